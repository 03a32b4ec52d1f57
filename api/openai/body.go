package openai

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
)

const (
	// errorLimit is how much is read of an answer that reports a failure.
	errorLimit = 64 << 10
	// listLimit is how much is read of a list of models.
	listLimit = 16 << 20
	// smallBody is how much of every answer is read at once; of what is larger there
	// is one at a time, so that what never ends takes its limit of memory only once.
	smallBody = 32 << 20
	// firstPiece and largestPiece are how much room is made at a time for an answer of
	// unknown length. What came is never copied to make room for more.
	firstPiece   = 32 << 10
	largestPiece = 4 << 20
)

var errTooLarge = errors.New("the answer is too large")

// oneLarge lets one large answer be read at a time.
type oneLarge chan struct{}

// read reads an answer up to the limit. What was read before an error is given with
// it, unless that is large itself. Waiting for other large answers ends with ctx.
func (l oneLarge) read(ctx context.Context, resp *http.Response, limit int64) ([]byte, error) {
	small := min(limit, smallBody)
	b := pieces{next: firstPiece}
	if n := resp.ContentLength; n > 0 && n <= small {
		b.next = int(n) + 1 // the end is found without more room
	}
	err := b.readTo(resp.Body, small)
	if errors.Is(err, errTooLarge) && limit > small {
		select {
		case l <- struct{}{}:
			defer func() { <-l }()
			if err = b.readTo(resp.Body, limit); errors.Is(err, errTooLarge) {
				return nil, err // too much to be joined for nothing
			}
		case <-ctx.Done():
			err = ctx.Err()
		}
	}
	return b.all(), err
}

// pieces is what has come of an answer.
type pieces struct {
	full [][]byte
	size int64
	next int // room for the next piece
}

// readTo reads up to the end, or until there is more than limit.
func (p *pieces) readTo(r io.Reader, limit int64) error {
	for p.size <= limit {
		piece := make([]byte, 0, p.next)
		p.next = min(2*p.next, largestPiece)
		var err error
		for err == nil && len(piece) < cap(piece) {
			var n int
			n, err = r.Read(piece[len(piece):cap(piece)])
			piece = piece[:len(piece)+n]
		}
		p.full = append(p.full, piece)
		p.size += int64(len(piece))
		if errors.Is(err, io.EOF) && p.size <= limit {
			return nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
	}
	return errTooLarge
}

// all joins the pieces.
func (p *pieces) all() []byte {
	if len(p.full) == 1 {
		return p.full[0]
	}
	return slices.Concat(p.full...)
}
