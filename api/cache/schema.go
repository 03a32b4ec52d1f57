package cache

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

const (
	// schemaVersion grows when an older program could no longer use the file
	// rightly. Columns with a default value do not make it grow: older programs
	// name the columns that they know, and go on using the file and adding to it.
	schemaVersion = 1
	// applicationID marks the file as ours: "vecs".
	applicationID = 0x76656373
	// pageSize of the file, in bytes. Measured with 1,536 dimensions: with larger
	// pages batches are written quicker and single vectors slower.
	pageSize = 8192
)

// A vector's row holds all that identifies it, so that it can be saved from a
// damaged file on its own. Times are apart from it because they change, and are
// counted and sorted without touching the vectors.
const schema = `
CREATE TABLE scope (
	id         INTEGER PRIMARY KEY,
	base_url   TEXT NOT NULL,
	model      TEXT NOT NULL,
	dimensions INTEGER NOT NULL,
	prefix     TEXT NOT NULL,
	length     INTEGER NOT NULL,
	UNIQUE (base_url, model, dimensions, prefix)
) STRICT;
CREATE TABLE vector (
	id    INTEGER PRIMARY KEY,
	scope INTEGER NOT NULL,
	hash  BLOB NOT NULL,
	crc   INTEGER NOT NULL,
	value BLOB NOT NULL,
	UNIQUE (scope, hash)
) STRICT;
CREATE TABLE times (
	vector  INTEGER PRIMARY KEY,
	scope   INTEGER NOT NULL,
	created INTEGER NOT NULL,
	used    INTEGER NOT NULL
) STRICT;
CREATE TABLE usage (
	provider  TEXT NOT NULL,
	model     TEXT NOT NULL,
	tokens    INTEGER NOT NULL,
	estimated INTEGER NOT NULL,
	usd       REAL NOT NULL,
	unpriced  INTEGER NOT NULL,
	requests  INTEGER NOT NULL,
	first     INTEGER NOT NULL,
	last      INTEGER NOT NULL,
	PRIMARY KEY (provider, model)
) STRICT, WITHOUT ROWID;
`

// usageColumns came after the first programs that wrote such files. Every file gets
// them in this way and this order, when it is made or when something is first
// added to its sums: opening a file changes nothing in it. Of requests, counted
// are those of which the other columns tell; what older programs add stays
// outside of it.
var usageColumns = []string{
	"texts INTEGER NOT NULL DEFAULT 0",
	"cached INTEGER NOT NULL DEFAULT 0",
	"counted INTEGER NOT NULL DEFAULT 0",
	"failed INTEGER NOT NULL DEFAULT 0",
	"lost INTEGER NOT NULL DEFAULT 0",
	"lost_tokens INTEGER NOT NULL DEFAULT 0",
	"lost_usd REAL NOT NULL DEFAULT 0",
	"latencies TEXT NOT NULL DEFAULT ''", // an api.Histogram
}

// scopeColumns came later, too, in the same way: what is known of the model that made
// a scope's vectors, an api.Identity, and its vector of sampleText with a checksum
// before it.
var scopeColumns = []string{
	"identity TEXT NOT NULL DEFAULT ''",
	"sample BLOB NOT NULL DEFAULT x''",
}

// completeTable adds the columns that a table lacks. It runs in a transaction that
// writes.
func completeTable(ctx context.Context, tx *sql.Tx, table string, columns []string) error {
	if complete, err := isComplete(ctx, tx, table, columns); err != nil || complete {
		return err
	}
	for _, column := range columns {
		if _, err := tx.ExecContext(ctx, "ALTER TABLE "+table+" ADD COLUMN "+column); err != nil {
			return err
		}
	}
	return nil
}

// isComplete tells whether a table has all columns; they are added together, so the
// last one tells.
func isComplete(ctx context.Context, q querier, table string, columns []string) (complete bool, err error) {
	last, _, _ := strings.Cut(columns[len(columns)-1], " ")
	err = q.QueryRowContext(ctx, `SELECT count(*) > 0 FROM pragma_table_info(?) WHERE name = ?`, table, last).Scan(&complete)
	return complete, err
}

const (
	// schemaTables is the number of tables in schema.
	schemaTables = 4
	// unalteredTables is how many of them get no further columns. A version of the
	// schema that grows must change one of these.
	unalteredTables = 2
)

// prepare makes the tables of a new file, or checks that an old one is ours and
// of a version that we know. Until that is known it writes nothing.
func prepare(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	version, err := versionOf(ctx, conn)
	if err != nil || version == schemaVersion {
		return err
	}
	// These come before the first table and last as long as the file.
	for _, pragma := range []string{fmt.Sprintf("page_size = %d", pageSize), "auto_vacuum = INCREMENTAL", "journal_mode = WAL"} {
		if _, err := conn.ExecContext(ctx, "PRAGMA "+pragma); err != nil {
			return err
		}
	}
	return createTables(ctx, conn)
}

func createTables(ctx context.Context, conn *sql.Conn) error {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	// Another program may have come first.
	version, err := versionOf(ctx, tx)
	if err != nil || version == schemaVersion {
		return err
	}
	marks := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, schemaVersion)
	if _, err := tx.ExecContext(ctx, schema+marks); err != nil {
		return err
	}
	if err := completeTable(ctx, tx, "usage", usageColumns); err != nil {
		return err
	}
	if err := completeTable(ctx, tx, "scope", scopeColumns); err != nil {
		return err
	}
	return tx.Commit()
}

// versionOf is the version of the file's tables; 0 when the file is empty. The
// error is a *foreignFileError when the file is not for us to use, errTablesMissing
// when it was, and errHeader when its tables are ours and its marks are not.
func versionOf(ctx context.Context, q querier) (int, error) {
	var version, application, tables, ours, same int
	err := q.QueryRowContext(ctx, `SELECT
		(SELECT user_version FROM pragma_user_version),
		(SELECT application_id FROM pragma_application_id),
		(SELECT count(*) FROM sqlite_schema WHERE type = 'table'),
		(SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('scope', 'vector', 'times', 'usage')),
		(SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND instr(?, sql || ';') > 0)`, schema,
	).Scan(&version, &application, &tables, &ours, &same)
	switch {
	case err != nil:
		return 0, err
	case version == schemaVersion && application == applicationID && ours == schemaTables:
		return version, nil
	case tables == schemaTables && ours == schemaTables && same >= unalteredTables:
		return 0, errHeader
	case application != applicationID && (tables > 0 || application != 0):
		return 0, &foreignFileError{"it belongs to another program"}
	case version > schemaVersion || version < 0:
		return 0, &foreignFileError{"a newer version of vecscope wrote it"}
	case version == schemaVersion:
		return 0, errTablesMissing
	}
	return version, nil
}
