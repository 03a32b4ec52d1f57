package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/vecscope/vecscope/api/oserr"
)

// WriteError reports a file that could not be written. What stood there before
// still does.
type WriteError struct {
	Path string
	Err  error
}

// Error is one line: what, why, what to do.
func (e *WriteError) Error() string {
	if e.Path == "" {
		return "there is no place to write to: " + oserr.Reason(e.Err)
	}
	return fmt.Sprintf("%s cannot be written (%s); %s", oserr.Printable(e.Path), oserr.Reason(e.Err), e.advice())
}

// advice is what to do about it.
func (e *WriteError) advice() string {
	switch {
	case errors.Is(e.Err, syscall.ENOSPC), errors.Is(e.Err, syscall.EDQUOT):
		return "make room there or take another place"
	case errors.Is(e.Err, syscall.ENAMETOOLONG):
		return "take a shorter name"
	default:
		return "check that its directory can be written to"
	}
}

// Unwrap gives the cause.
func (e *WriteError) Unwrap() error { return e.Err }

// WriteAtomic writes a file so that it holds either all of what it held before or
// all of data, whatever happens meanwhile, and whoever else writes it. Missing
// directories are made for the user alone. A symbolic link is followed. The error
// is a *WriteError.
func WriteAtomic(path string, data []byte, perm fs.FileMode) error {
	return StreamAtomic(path, perm, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// StreamAtomic is WriteAtomic for what is too large to be held in memory: fill
// writes it. When fill fails, the file stays as it was, and the *WriteError wraps
// the error of fill.
func StreamAtomic(path string, perm fs.FileMode, fill func(w io.Writer) error) error {
	return realDisk().stream(path, perm, fill)
}

// disk is what writing a file needs of the system: the order of its steps is what keeps
// a file whole through a power cut, and tests look at it.
type disk struct {
	create func(dir string) (tempFile, error)
	rename func(from, to string) error
	sync   func(dir string)
}

// tempFile is a file that another one becomes.
type tempFile interface {
	io.Writer
	Name() string
	Chmod(fs.FileMode) error
	Sync() error
	Close() error
}

func realDisk() disk {
	create := func(dir string) (tempFile, error) { return os.CreateTemp(dir, ".vecscope-*") }
	return disk{create: create, rename: os.Rename, sync: syncDir}
}

func (d disk) stream(path string, perm fs.FileMode, fill func(w io.Writer) error) error {
	if path == "" {
		return &WriteError{Err: errors.New("the home directory is not known")}
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return &WriteError{Path: path, Err: err}
	}
	temp, err := d.writeTemp(dir, perm, fill)
	if err != nil {
		return &WriteError{Path: path, Err: err}
	}
	if err := d.rename(temp, path); err != nil {
		return &WriteError{Path: path, Err: errors.Join(err, os.Remove(temp))}
	}
	d.sync(dir)
	return nil
}

// writeTemp makes a file in dir that is safely on the disk; none is left when
// that fails. Its name is short, so that every name that can be written can be
// written this way.
func (d disk) writeTemp(dir string, perm fs.FileMode, fill func(w io.Writer) error) (string, error) {
	f, err := d.create(dir)
	if err != nil {
		return "", err
	}
	err = f.Chmod(perm)
	if err == nil {
		err = fill(f)
	}
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), nil
}

// syncDir makes a renaming last through a power cut, where the system can.
func syncDir(dir string) {
	d, err := os.Open(dir)
	if err != nil {
		return
	}
	// The file itself is complete already; not every system can sync a directory.
	_ = d.Sync()
	_ = d.Close()
}
