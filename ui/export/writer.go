package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// Writer writes one file at a time.
type Writer struct {
	// cancel ends the writing under way, of the order with the number last; nil
	// without one. Both belong to the loop.
	cancel context.CancelFunc
	last   int
	// mu is held while a file is written, so that the program can wait for its end.
	mu sync.Mutex
}

// busy tells that a file is being written.
func (x *Writer) busy() bool { return x.cancel != nil }

// begin numbers an order and gives the context under which it is carried out.
func (x *Writer) begin(life context.Context, o *order) context.Context {
	ctx, cancel := context.WithCancel(life)
	x.cancel = cancel
	x.last++
	o.number = x.last
	return ctx
}

// end notes that an order was carried out, or not.
func (x *Writer) end(o order) {
	if o.number == x.last {
		x.Stop()
	}
}

// Stop ends the writing under way, and tells whether there was one.
func (x *Writer) Stop() bool {
	if x.cancel == nil {
		return false
	}
	x.cancel()
	x.cancel = nil
	return true
}

// Wait returns when nothing is written any more. Only what was cancelled ends
// soon.
func (x *Writer) Wait() {
	x.mu.Lock()
	defer x.mu.Unlock()
}

// order is what to write where.
type order struct {
	number   int
	export   ui.Export
	format   ui.ExportFormat
	path     string // as it was typed
	existing onExisting
}

// onExisting says what becomes of a file that is there already.
type onExisting int

const (
	leaveExisting   onExisting = iota // it stays, and the person is asked
	replaceExisting                   // it is replaced
)

// exported is what was written.
type exported struct {
	place  string // the file's whole path
	size   int64  // in bytes
	remark string // what to know of it
}

// takenError reports a file that exists already.
type takenError struct {
	place string // its whole path
	size  int64  // in bytes
}

func (e *takenError) Error() string {
	return fmt.Sprintf("%s exists already and was left as it is; take another name", term.Safe(e.place))
}

// write writes a file whole or not at all. Errors are a *takenError, a
// *config.WriteError, that of ctx, and that the path cannot be a file's.
func (x *Writer) write(ctx context.Context, o order) (exported, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return exported{}, err
	}
	place, err := filepath.Abs(widget.ExpandHome(o.path))
	if err != nil {
		return exported{}, err
	}
	perm, claimed, err := claim(place, o.existing)
	if err != nil {
		return exported{place: place}, err
	}
	done := exported{place: place}
	err = config.StreamAtomic(place, perm, func(w io.Writer) error {
		counted := &counter{w: w}
		var err error
		done.remark, err = o.format.Write(ctx, counted)
		done.size = counted.n
		return errors.Join(err, ctx.Err())
	})
	if errors.Is(err, context.Canceled) {
		err = context.Canceled
	}
	if err != nil && claimed {
		// What is left is an empty file; that it cannot be removed changes nothing.
		_ = os.Remove(place)
	}
	return done, err
}

// claim makes sure that a file can be written and gives the permissions it shall
// have: those of the file that it replaces, else what the system gives new files.
// claimed tells that an empty file was made, which keeps the name until then.
func claim(place string, existing onExisting) (perm fs.FileMode, claimed bool, err error) {
	f, err := os.OpenFile(place, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		perm, err := replacedMode(place, existing)
		return perm, false, err
	}
	if errors.Is(err, fs.ErrNotExist) {
		return 0, false, fmt.Errorf("the directory %s does not exist; check the path or make it first", term.Safe(filepath.Dir(place)))
	}
	if err != nil {
		return 0, false, &config.WriteError{Path: place, Err: err}
	}
	info, err := f.Stat()
	if err = errors.Join(err, f.Close()); err != nil {
		return 0, false, &config.WriteError{Path: place, Err: errors.Join(err, os.Remove(place))}
	}
	return info.Mode().Perm(), true, nil
}

// replacedMode gives the permissions of a file that is to be replaced. Errors are a
// *takenError where it is to stay, and what keeps it from being replaced.
func replacedMode(place string, existing onExisting) (fs.FileMode, error) {
	info, err := os.Stat(place)
	switch {
	case err != nil:
		return 0, &config.WriteError{Path: place, Err: err}
	case info.IsDir():
		return 0, fmt.Errorf("%s is a directory; type a file's name behind it", term.Safe(place))
	case !info.Mode().IsRegular():
		return 0, fmt.Errorf("%s is no ordinary file; take another name", term.Safe(place))
	case existing == leaveExisting:
		return 0, &takenError{place: place, size: info.Size()}
	}
	// The directory alone would allow to replace a file that is protected.
	f, err := os.OpenFile(place, os.O_WRONLY, 0)
	if err != nil {
		return 0, &config.WriteError{Path: place, Err: err}
	}
	return info.Mode().Perm(), f.Close()
}

// counter counts the bytes written to w.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
