package cache

import (
	"context"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"github.com/vecscope/vecscope/api/oserr"
)

// Error reports that the file of the cache could not be used for something.
type Error struct {
	// Path is the file; empty when no place for it is known.
	Path string
	// Doing is what failed: "keeping vectors".
	Doing string
	// Err is the cause.
	Err error
}

// Error is one line: what, why, what to do.
func (e *Error) Error() string {
	why, advice := explain(e.Err)
	if e.Path == "" {
		return fmt.Sprintf("%s failed: %s", e.Doing, why)
	}
	return fmt.Sprintf("%s in %s failed: %s; %s", e.Doing, oserr.Printable(e.Path), why, advice)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// foreignFileError reports a file that is not for this program to read or change.
type foreignFileError struct{ why string }

func (e *foreignFileError) Error() string { return e.why }

var (
	// errNoPlace tells that there is no directory for the file.
	errNoPlace = errors.New("no place for it is known")
	// errTablesMissing tells that the file is ours but lost tables.
	errTablesMissing = errors.New("it is damaged: tables are missing")
	// errUnsound tells that what was written to the file is not found in it.
	errUnsound = errors.New("it is damaged: what was written is not found")
	// errHeader tells that the beginning of the file contradicts the rest of it.
	errHeader = errors.New("it is damaged: its beginning is not what was written")
	// errReplaced tells that another file took the place of the one in use.
	errReplaced = errors.New("it was moved or removed")
)

// explain says in a few words why something failed, and what to do.
func explain(err error) (why, advice string) {
	var stranger *foreignFileError
	switch {
	case errors.As(err, &stranger):
		return stranger.why, "move that file away, or update vecscope"
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "it was stopped", "try again"
	case damaged(err):
		return "it is damaged", "move that file away"
	case busy(err):
		return "another program is writing to it", "try again"
	}
	switch sqliteCode(err) {
	case codes.SQLITE_FULL:
		return "the disk is full", "make room on it"
	case codes.SQLITE_READONLY, codes.SQLITE_PERM, codes.SQLITE_CANTOPEN:
		return "it cannot be written to", "check its directory and permissions"
	case codes.SQLITE_IOERR:
		return "the disk failed (" + oserr.Printable(err.Error()) + ")", "check the disk and the room on it"
	}
	return oserr.Reason(err), "check its directory and permissions"
}

// damaged tells whether the file's content is to blame.
func damaged(err error) bool {
	code := sqliteCode(err)
	return code == codes.SQLITE_CORRUPT || code == codes.SQLITE_NOTADB || errors.Is(err, errTablesMissing) ||
		errors.Is(err, errUnsound) || errors.Is(err, errHeader)
}

// unreadable tells whether an error is about one place of a file, so that others
// may be read.
func unreadable(err error) bool { return damaged(err) || sqliteCode(err) == codes.SQLITE_IOERR }

// busy tells whether another program is in the way.
func busy(err error) bool {
	code := sqliteCode(err)
	return code == codes.SQLITE_BUSY || code == codes.SQLITE_LOCKED
}

// sqliteCode is SQLite's primary result code; 0 when err is not SQLite's.
func sqliteCode(err error) int {
	var failure *sqlite.Error
	if !errors.As(err, &failure) {
		return 0
	}
	return failure.Code() & 0xff
}
