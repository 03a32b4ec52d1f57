package cache

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	codes "modernc.org/sqlite/lib"

	"github.com/vecscope/vecscope/api/oserr"
)

// openFile opens the file at path, makes it when it is missing, and repairs it
// when it is damaged.
func openFile(ctx context.Context, path string) (db *sql.DB, file os.FileInfo, notice string, err error) {
	if path == "" {
		return nil, nil, "", errNoPlace
	}
	if err = oserr.CheckRegular(path); errors.Is(err, oserr.ErrIrregular) {
		return nil, nil, "", err
	}
	if file, err = makeFile(path); err != nil {
		return nil, nil, "", err
	}
	db, err = openDatabase(ctx, path)
	if damaged(err) {
		if notice, err = repair(ctx, path, file); err != nil {
			return nil, nil, "", err
		}
		if file, err = makeFile(path); err != nil {
			return nil, nil, "", err
		}
		db, err = openDatabase(ctx, path)
	}
	if err != nil {
		return nil, nil, "", err
	}
	return db, file, notice, nil
}

// makeFile makes an empty file where there is none: SQLite would let others read
// it.
func makeFile(path string) (os.FileInfo, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	// An existing file is never opened here: closing it would take away the locks
	// that SQLite holds on it.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case err == nil:
		err = f.Close()
	case errors.Is(err, fs.ErrExist):
		err = nil
	}
	if err != nil {
		return nil, err
	}
	return os.Stat(path)
}

// openDatabase connects to a file and prepares it.
func openDatabase(ctx context.Context, path string) (*sql.DB, error) {
	db, err := connect(path, nil)
	if err != nil {
		return nil, err
	}
	if err := untilFree(ctx, func() error { return prepare(ctx, db) }); err != nil {
		_ = db.Close() // the first error is the one that matters
		if sqliteCode(err) == codes.SQLITE_ERROR {
			return nil, fmt.Errorf("%w (%v)", errHeader, err) // what was asked is right, so the file is not
		}
		return nil, err
	}
	return db, nil
}

// forbidsWriting tells whether a file says of itself that it is of a kind that may only
// be read, which none of ours is: byte 18 is the kind, by the file format's
// description. To be asked after writing failed: it takes away the locks that SQLite
// holds on the file.
func forbidsWriting(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	start := make([]byte, 19)
	_, err = io.ReadFull(f, start)
	return err == nil && start[18] > 2
}

// openingTime is how long to wait for another program that makes the file.
const openingTime = 2 * busyTimeout

// untilFree tries again while another program is in the way: two that make the
// same file at once cannot both wait inside SQLite.
func untilFree(ctx context.Context, try func() error) error {
	const pause = 10 * time.Millisecond
	deadline := time.Now().Add(openingTime)
	for {
		err := try()
		if !busy(err) || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// openReadOnly opens a file that cannot be opened for writing, for the reason
// given; nil when it cannot or must not be read.
func openReadOnly(ctx context.Context, path string, why error) *sql.DB {
	var stranger *foreignFileError
	if path == "" || damaged(why) || errors.Is(why, oserr.ErrIrregular) || errors.As(why, &stranger) {
		return nil
	}
	db, err := connect(path, readOnly)
	if err != nil {
		return nil
	}
	if version, err := versionOf(ctx, db); err != nil || version != schemaVersion {
		_ = db.Close() // the reason is known
		return nil
	}
	return db
}
