package cache

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	codes "modernc.org/sqlite/lib"
)

// Cache keeps vectors by what was asked for. It is safe for several goroutines;
// several programs may have the same file open. A nil *Cache knows nothing and
// keeps nothing.
type Cache struct {
	path string
	now  func() time.Time

	mu   sync.RWMutex // held for reading while db is in use
	db   *sql.DB      // nil when there is no file to use
	file os.FileInfo  // what db has open; nil when that is for reading only
	why  error        // why file is nil

	writing chan struct{} // holds one token while somebody writes
	pending pendingWrites
	news    news
}

// Open opens the file of the cache, or makes it, for the user alone, with the
// directories to it. The error is ctx's and nothing else: when the file cannot
// be used, the cache keeps everything in memory until it is closed; when it can
// only be read, what is new.
//
// notice, when not empty, is what the person should know: a damaged file was
// set aside, with everything readable in it saved; or the file cannot be
// written, or belongs to a newer version of the program, and was left untouched.
//
// It takes some milliseconds, or longer when another program is writing or
// there is something to save.
func Open(ctx context.Context, path string) (c *Cache, notice string, err error) {
	c = &Cache{path: path, now: time.Now, writing: make(chan struct{}, 1)}
	c.db, c.file, notice, err = openFile(ctx, path)
	if ctx.Err() != nil {
		return nil, "", ctx.Err()
	}
	if err != nil {
		notice = c.fallBack(ctx, err)
	}
	return c, notice, nil
}

// fallBack goes on without writing, and says so: with what the file holds when
// that can be read, on a full disk for instance, else in memory alone.
func (c *Cache) fallBack(ctx context.Context, err error) (notice string) {
	c.file, c.why = nil, &Error{Path: c.path, Doing: "opening the cache", Err: err}
	c.db = openReadOnly(ctx, c.path, err)
	what := "Vectors"
	if c.db != nil {
		what = "New vectors"
	}
	return what + " are kept in memory only and will be paid for again next time, and what is spent is missing from the usage: " + c.why.Error() + "."
}

// Path is the file.
func (c *Cache) Path() string {
	if c == nil {
		return ""
	}
	return c.path
}

// closingTime bounds the last attempt to write what is only in memory.
const closingTime = 5 * time.Second

// Patience is the longest that keeping what came takes after a stop, while another
// program keeps the file to itself: who ends the program earlier loses what was paid for.
const Patience = busyTimeout + closingTime

// Close writes what could not be written before, and closes the file. The error,
// an *Error, says that some of it could not be kept.
func (c *Cache) Close() error {
	if c == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), closingTime)
	defer cancel()
	err := c.flush(ctx)
	c.mu.Lock()
	defer c.mu.Unlock()
	var why *Error
	if err == nil && c.pending.count() > 0 && errors.As(c.why, &why) {
		err = &Error{Path: c.path, Doing: "keeping vectors", Err: why.Err}
	}
	if c.db == nil {
		return err
	}
	if closed := c.db.Close(); err == nil && closed != nil {
		err = &Error{Path: c.path, Doing: "closing the cache", Err: closed}
	}
	c.db, c.file, c.why = nil, nil, &Error{Path: c.path, Doing: "using the cache", Err: fs.ErrClosed}
	return err
}

// Notices gives what the person should know and was not given before: that a
// damaged file was set aside meanwhile, that vectors cannot be written.
func (c *Cache) Notices() []string {
	if c == nil {
		return nil
	}
	return c.news.take()
}

// Unkept tells why nothing new can be written to the file, as an *Error; nil when it
// can, as far as is known.
func (c *Cache) Unkept() error {
	if c == nil {
		return nil
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.why
}

// errMemoryOnly tells that there is no file to use, or none to write to.
var errMemoryOnly = errors.New("the cache is kept in memory only")

// use runs op on the file. When that turns out to be damaged, or is no longer in
// its place, op runs once more on the one that replaces it; so op must be one
// that can run twice.
func (c *Cache) use(ctx context.Context, op func(*sql.DB) error) error {
	file, err := c.try(op)
	if file != nil && (errors.Is(err, errReplaced) || damaged(err)) {
		if err := c.renew(ctx, file, err); err != nil {
			return err
		}
		_, err = c.try(op)
	}
	return err
}

// change is use for an op that writes.
func (c *Cache) change(ctx context.Context, op func(*sql.DB) error) error {
	return c.use(ctx, func(db *sql.DB) error {
		if c.file == nil {
			return errMemoryOnly
		}
		err := op(db)
		if sqliteCode(err) == codes.SQLITE_READONLY && forbidsWriting(c.path) {
			return errHeader
		}
		return err
	})
}

// try runs op on the file as it is, and tells which file that was.
func (c *Cache) try(op func(*sql.DB) error) (os.FileInfo, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.db == nil {
		return nil, errMemoryOnly
	}
	if c.file == nil {
		return nil, op(c.db)
	}
	// What is written to a file that was removed is lost.
	if now, err := os.Stat(c.path); err != nil || !os.SameFile(now, c.file) {
		return c.file, errReplaced
	}
	return c.file, op(c.db)
}

// renew opens the file anew, after repairing it when it is damaged.
func (c *Cache) renew(ctx context.Context, old os.FileInfo, cause error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.db == nil || c.file != old {
		return nil // somebody else did
	}
	// Nothing of a file that is given up can fail in a way that matters.
	_ = c.db.Close()
	var repaired, opened string
	var err error
	if damaged(cause) {
		repaired, err = repair(ctx, c.path, old)
	}
	if err == nil {
		c.db, c.file, opened, err = openFile(ctx, c.path)
	}
	if ctx.Err() != nil {
		// Stopped before the end: the next one to come here tries again.
		c.db, err = connect(c.path, nil)
		c.file = old
		return errors.Join(ctx.Err(), err)
	}
	if err != nil {
		opened = c.fallBack(ctx, err)
	}
	c.news.add(repaired)
	c.news.add(opened)
	return nil
}

// failed makes an *Error of what went wrong with the file, if it did. That there
// is no file was said when it was given up.
func (c *Cache) failed(ctx context.Context, doing string, err error) error {
	switch {
	case err == nil, errors.Is(err, errMemoryOnly):
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return &Error{Path: c.path, Doing: doing, Err: err}
}

// warn makes a notice of an *Error, with what comes of it.
func (c *Cache) warn(err error, so string) {
	var failure *Error
	if errors.As(err, &failure) {
		line := failure.Error()
		c.news.add(strings.ToUpper(line[:1]) + line[1:] + ". " + so)
	}
}

// news are the notices not given yet. Each is given once.
type news struct {
	mu    sync.Mutex
	lines []string
	told  map[string]bool
}

func (n *news) add(line string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if line == "" || n.told[line] {
		return
	}
	if n.told == nil {
		n.told = map[string]bool{}
	}
	n.told[line] = true
	n.lines = append(n.lines, line)
}

func (n *news) take() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	lines := n.lines
	n.lines = nil
	return lines
}
