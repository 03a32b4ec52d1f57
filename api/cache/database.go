package cache

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

const (
	// busyTimeout is how long to wait for another program that is writing.
	busyTimeout = 5 * time.Second
	// connections bounds what reads side by side; each has its own page cache.
	connections = 4
)

// readOnly is for a file that can be read but not written, nor anything beside it:
// SQLite then takes it for one that nobody changes.
var readOnly = url.Values{"mode": {"ro"}, "immutable": {"1"}}

// connect makes a pool of connections to the file, with more options; nothing is
// opened yet.
func connect(path string, options url.Values) (*sql.DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a Windows drive
	}
	query := url.Values{
		"_busy_timeout": {fmt.Sprint(busyTimeout.Milliseconds())},
		// What was paid for outlives a power cut.
		"_synchronous": {"FULL"},
		// Waiting for another writer happens at the beginning of a transaction, and
		// never in its middle, where it could fail.
		"_txlock":   {"immediate"},
		"_error_rc": {"true"},
	}
	maps.Copy(query, options)
	name := url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: query.Encode()}
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// querier is a connection, a pool or a transaction.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// inTransaction runs do in a transaction that writes: all of it happens, or none.
func inTransaction(ctx context.Context, db *sql.DB, do func(*sql.Tx) error) error {
	return transact(ctx, db, nil, do)
}

// atOneMoment runs do, which only reads, on the file as it is at one moment.
func atOneMoment(ctx context.Context, db *sql.DB, do func(*sql.Tx) error) error {
	return transact(ctx, db, &sql.TxOptions{ReadOnly: true}, do)
}

func transact(ctx context.Context, db *sql.DB, options *sql.TxOptions, do func(*sql.Tx) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	// A transaction whose context ends is rolled back beside this function. To close
	// the connection waits for that; to close the pool does not.
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// eachRow goes through rows and closes them.
func eachRow(rows *sql.Rows, each func() error) error {
	defer rows.Close()
	for rows.Next() {
		if err := each(); err != nil {
			return err
		}
	}
	return rows.Err()
}

// inIDs goes through ids in parts that one statement can take.
func inIDs(ids []int64, part func(list string, ids []any) error) error {
	for len(ids) > 0 {
		n := min(lookupRows, len(ids))
		args := make([]any, n)
		for i, id := range ids[:n] {
			args[i] = id
		}
		ids = ids[n:]
		if err := part(repeat("?", n), args); err != nil {
			return err
		}
	}
	return nil
}

// repeat writes n parts with commas between them.
func repeat(part string, n int) string {
	return strings.TrimSuffix(strings.Repeat(part+", ", n), ", ")
}
