package cache

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// saveInto makes a new database of everything readable in a damaged one.
func saveInto(ctx context.Context, from, to string) (saved int, err error) {
	if err := removeDatabase(to); err != nil {
		return 0, err
	}
	if _, err := makeFile(to); err != nil {
		return 0, err
	}
	target, err := openDatabase(ctx, to)
	if err != nil {
		return 0, err
	}
	// With a writable schema SQLite reads a file that is shorter than it says.
	source, err := connect(from, "writable_schema(ON)", "query_only(ON)")
	if err != nil {
		return 0, errors.Join(err, target.Close())
	}
	s := salvage{source: source, target: target}
	err = s.run(ctx)
	// Closing a damaged file may well fail, which changes nothing.
	_ = source.Close()
	return s.saved, errors.Join(err, target.Close())
}

// salvage copies what can be read.
type salvage struct {
	source, target *sql.DB
	scopes         map[int64]*batch // by their numbers in source, with rows not written yet
	held           int              // rows not written yet
	saved          int
}

func (s *salvage) run(ctx context.Context) error {
	if err := s.readScopes(ctx); err != nil {
		return err
	}
	if err := s.readVectors(ctx); err != nil {
		return err
	}
	if err := s.write(ctx); err != nil {
		return err
	}
	usage, err := readUsage(ctx, s.source)
	if ctx.Err() != nil {
		return err
	}
	return writeUsage(ctx, s.target, usage)
}

func (s *salvage) readScopes(ctx context.Context) error {
	s.scopes = map[int64]*batch{}
	rows, err := s.source.QueryContext(ctx, `SELECT id, base_url, model, dimensions, prefix, length FROM scope`)
	if err == nil {
		err = eachRow(rows, func() error {
			var id int64
			var b batch
			err := rows.Scan(&id, &b.scope.BaseURL, &b.scope.Model, &b.scope.Dimensions, &b.scope.Prefix, &b.length)
			if err == nil {
				s.scopes[id] = &b
			}
			return err
		})
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	// Those that were read are all there are.
	return nil
}

// maxUnreadable is how many vectors in a row may be unreadable before the rest is
// given up.
const maxUnreadable = 1 << 16

// readVectors goes through the vectors in the order of their numbers; where the
// file cannot be read it goes on with the next number.
func (s *salvage) readVectors(ctx context.Context) error {
	if len(s.scopes) == 0 {
		return nil
	}
	next := int64(0)
	for misses := 0; misses < maxUnreadable; {
		after, err := s.readFrom(ctx, next)
		var failed *targetError
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(err, &failed):
			return failed.err
		case !unreadable(err):
			return nil // the end, or nothing that can be read at all
		case after > next:
			next, misses = after, 0
		default:
			next++
			misses++
		}
	}
	return nil
}

// targetError is a failure to write what was saved.
type targetError struct{ err error }

func (e *targetError) Error() string { return e.err.Error() }

// readFrom reads vectors from number next on until the end or an error; after is
// the number behind the last that was read.
func (s *salvage) readFrom(ctx context.Context, next int64) (after int64, err error) {
	after = next
	rows, err := s.source.QueryContext(ctx, `SELECT id, scope, hash, crc, value FROM vector WHERE id >= ? ORDER BY id`, next)
	if err != nil {
		return after, err
	}
	err = eachRow(rows, func() error {
		var id, scope, crc int64
		var hash, value []byte
		if err := rows.Scan(&id, &scope, &hash, &crc, &value); err != nil {
			return err
		}
		after = id + 1
		b := s.scopes[scope]
		if b == nil || len(hash) != len(textHash{}) {
			return nil
		}
		r := &row{hash: textHash(hash), crc: uint32(crc), value: value}
		if !r.intact(b.length) {
			return nil
		}
		b.rows = append(b.rows, r)
		if s.held++; s.held < batchRows {
			return nil
		}
		if err := s.write(ctx); err != nil {
			return &targetError{err}
		}
		return nil
	})
	return after, err
}

// write puts the rows that are held into the target.
func (s *salvage) write(ctx context.Context) error {
	for _, b := range s.scopes {
		if len(b.rows) == 0 {
			continue
		}
		if err := write(ctx, s.target, *b, time.Now()); err != nil {
			return err
		}
		s.saved += len(b.rows)
		b.rows = nil
	}
	s.held = 0
	return nil
}
