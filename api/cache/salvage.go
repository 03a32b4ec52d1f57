package cache

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"net/url"
	"os"
	"sort"
	"time"

	"github.com/vecscope/vecscope/api"
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
	s := salvage{target: target}
	err = s.run(ctx, from)
	if err == nil && len(s.scopes) == 0 {
		err = s.runWithoutStart(ctx, from, to+"-start")
	}
	return s.saved, errors.Join(err, target.Close())
}

// runWithoutStart saves what is readable in a database whose first page, without
// which there is no other, is lost: that of an empty database takes its place, in
// a copy.
func (s *salvage) runWithoutStart(ctx context.Context, from, scratch string) error {
	if err := removeDatabase(scratch); err != nil {
		return err
	}
	defer removeDatabase(scratch)
	start, err := firstPage(ctx, scratch)
	if err != nil {
		return err
	}
	if err := copyWithStart(from, scratch, start); err != nil {
		return err
	}
	return s.run(ctx, scratch)
}

// firstPage makes an empty database and gives its first page, as that of a
// database of any size.
func firstPage(ctx context.Context, path string) ([]byte, error) {
	db, err := openDatabase(ctx, path)
	if err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if err != nil || len(data) < pageSize {
		return nil, errors.Join(err, io.ErrUnexpectedEOF)
	}
	// Bytes 28 to 31 are the number of pages, by the file format's description;
	// with 0 the size of the file counts.
	clear(data[28:32])
	return data[:pageSize], nil
}

// copyWithStart copies a file with another beginning.
func copyWithStart(from, to string, start []byte) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	if _, err := source.Seek(int64(len(start)), io.SeekStart); err != nil {
		return err
	}
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	_, err = io.Copy(target, io.MultiReader(bytes.NewReader(start), source))
	return err
}

// salvage copies what can be read.
type salvage struct {
	source, target *sql.DB
	scopes         map[int64]*batch // by their numbers in source, with rows not written yet
	held           int              // rows not written yet
	saved          int
	probes         int // numbers tried one by one
}

// run saves what can be read of the database at path.
func (s *salvage) run(ctx context.Context, path string) (err error) {
	// With a writable schema SQLite reads a file that is shorter than it says.
	if s.source, err = connect(path, url.Values{"_pragma": {"writable_schema(ON)", "query_only(ON)"}}); err != nil {
		return err
	}
	// Closing a damaged file may well fail, which changes nothing.
	defer s.source.Close()
	if err := s.readScopes(ctx); err != nil {
		return err
	}
	if err := s.readVectors(ctx); err != nil {
		return err
	}
	if err := s.write(ctx); err != nil {
		return err
	}
	usage, _ := readUsage(ctx, s.source) // as far as it can be read
	if err := ctx.Err(); err != nil {
		return err
	}
	return writeUsage(ctx, s.target, usage)
}

func (s *salvage) readScopes(ctx context.Context) error {
	s.scopes = map[int64]*batch{}
	later := `'', x''`
	if complete, err := isComplete(ctx, s.source, "scope", scopeColumns); err == nil && complete {
		later = `identity, sample`
	}
	rows, err := s.source.QueryContext(ctx, `SELECT id, base_url, model, dimensions, prefix, length, `+later+` FROM scope`)
	if err == nil {
		// Those that can be read are all there are.
		_ = eachRow(rows, func() error {
			var id int64
			var b batch
			var identity string
			var sample []byte
			err := rows.Scan(&id, &b.scope.BaseURL, &b.scope.Model, &b.scope.Dimensions, &b.scope.Prefix, &b.length, &identity, &sample)
			if err == nil {
				b.note = &note{identity: api.Identity(identity), sample: readSample(sample)}
				s.scopes[id] = &b
			}
			return err
		})
	}
	return ctx.Err()
}

// readVectors goes through the vectors in the order of their numbers, and past
// the places that cannot be read.
func (s *salvage) readVectors(ctx context.Context) error {
	if len(s.scopes) == 0 {
		return nil
	}
	for next := int64(0); next < beyondVectors; {
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
			next = after
		default:
			next = s.skip(ctx, next)
		}
	}
	return ctx.Err()
}

const (
	// beyondVectors is a number that no vector has.
	beyondVectors = 1 << 40
	// skipOneByOne is how many unreadable vectors are passed one by one, so that
	// nothing between two damaged places is passed over.
	skipOneByOne = 1024
	// mostProbes is how many numbers are tried one by one in a whole file: a damage that
	// needs more costs what lies between, not hours.
	mostProbes = 1 << 17
)

// skip gives the number after bad from which the file may be read again.
func (s *salvage) skip(ctx context.Context, bad int64) int64 {
	if at, ok := s.firstFrom(ctx, bad); ok {
		return max(bad, at) + 1 // it is found, but not whole
	}
	for id := bad + 1; id < bad+skipOneByOne && s.probes < mostProbes && ctx.Err() == nil; id++ {
		s.probes++
		if _, ok := s.firstFrom(ctx, id); ok {
			return id
		}
	}
	low := bad + skipOneByOne
	for step := skipOneByOne; low < beyondVectors && ctx.Err() == nil; step *= 2 {
		if s.readable(ctx, low+int64(step)) {
			return low + int64(sort.Search(step, func(i int) bool { return s.readable(ctx, low+int64(i)) }))
		}
		low += int64(step)
	}
	return beyondVectors
}

// readable tells whether the file can be read at a number.
func (s *salvage) readable(ctx context.Context, id int64) bool {
	_, ok := s.firstFrom(ctx, id)
	return ok
}

// firstFrom is the number of the first vector from id on; ok is false where the file
// cannot be read. Behind the last one it is beyondVectors.
func (s *salvage) firstFrom(ctx context.Context, id int64) (at int64, ok bool) {
	err := s.source.QueryRowContext(ctx, `SELECT id FROM vector WHERE id >= ? ORDER BY id LIMIT 1`, id).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return beyondVectors, true
	}
	return at, err == nil
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
		after = max(after, id+1)
		b := s.scopes[scope]
		if b == nil {
			return nil
		}
		r, ok := readRow(hash, crc, value, b.length)
		if !ok {
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
