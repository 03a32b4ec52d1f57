package cache

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/vecscope/vecscope/api/oserr"
)

// repair puts a new file, with everything that could be saved in it, in the place
// of the damaged one, which is kept beside it. Until all is saved nothing
// changes. notice tells what happened; it is empty when another program had
// repaired the file already.
func repair(ctx context.Context, path string, broken os.FileInfo) (notice string, err error) {
	unlock, err := lockRepairs(ctx, path)
	if err != nil {
		return "", fmt.Errorf("repairing: %w", err)
	}
	defer unlock()
	if now, err := os.Stat(path); err != nil || !os.SameFile(now, broken) {
		return "", nil
	}
	fresh := path + ".new"
	saved, err := saveInto(ctx, path, fresh)
	if err != nil {
		return "", fmt.Errorf("repairing: %w", errors.Join(err, removeDatabase(fresh)))
	}
	aside, err := exchange(path, fresh)
	if err != nil {
		return "", fmt.Errorf("repairing: %w", errors.Join(err, removeDatabase(fresh)))
	}
	return fmt.Sprintf("The cache of vectors was damaged. Vectors saved from it: %d. The damaged file is kept as %s.",
		saved, oserr.Printable(filepath.Base(aside))), nil
}

// lockRepairs lets one program repair at a time. The lock is an empty database
// beside the file, so that the system takes it back from a program that dies.
func lockRepairs(ctx context.Context, path string) (unlock func(), err error) {
	path += ".lock"
	if _, err := makeFile(path); err != nil {
		return nil, err
	}
	db, err := connect(path, nil)
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	unlock = func() {
		// Closing ends the transaction, which wrote nothing. The pool alone would leave
		// open what is taken from it.
		_ = conn.Close()
		_ = db.Close()
	}
	err = untilFree(ctx, func() error {
		_, err := conn.ExecContext(ctx, "BEGIN EXCLUSIVE")
		return err
	})
	if err != nil {
		unlock() // a BEGIN that was stopped may have begun
		return nil, err
	}
	return unlock, nil
}

// sidecars are the files that SQLite keeps beside a database: what was written
// last, and an index to it.
var sidecars = []string{"-wal", "-shm"}

// exchange renames path to the first free name, PATH.corrupt-1, -2, …, and fresh
// to path. At every moment there is a file at path.
func exchange(path, fresh string) (aside string, err error) {
	if aside, err = secondName(path); err != nil {
		return "", err
	}
	err = moveSidecars(path, aside)
	if err == nil {
		err = os.Rename(fresh, path)
	}
	if err != nil {
		// Some systems let no file be replaced that a program has open.
		return "", errors.Join(err, giveBack(aside, path))
	}
	return aside, nil
}

// giveBack gives a file the name back that it had before secondName.
func giveBack(aside, path string) error {
	if err := errors.Join(moveSidecars(aside, path), os.Rename(aside, path)); err != nil {
		return err
	}
	// To rename one name of a file to its other one changes nothing.
	if err := os.Remove(aside); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func moveSidecars(from, to string) error {
	for _, sidecar := range sidecars {
		if err := os.Rename(from+sidecar, to+sidecar); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// secondName gives a file another name beside its own. Where the system knows no
// hard links the file is renamed.
func secondName(path string) (string, error) {
	for n := 1; ; n++ {
		name := fmt.Sprintf("%s.corrupt-%d", path, n)
		_, err := os.Lstat(name)
		if err == nil {
			continue
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		if os.Link(path, name) == nil {
			return name, nil
		}
		return name, os.Rename(path, name)
	}
}

// removeDatabase removes a database and what belongs to it, if it is there.
func removeDatabase(path string) error {
	var failed error
	for _, suffix := range append([]string{""}, sidecars...) {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = errors.Join(failed, err)
		}
	}
	return failed
}
