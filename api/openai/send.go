package openai

import (
	"context"
	"errors"
	"fmt"

	"github.com/vecscope/vecscope/api"
)

// shortText is how many tokens every embedding model reads in one text: the least
// that any in use reads are 128.
const shortText = 64

// send gets the vectors of a batch, in parts when it is too large. refusals is how
// often a batch that its texts were in has been refused for that already.
func (j *job) send(ctx, stop context.Context, b batch, refusals int) error {
	if len(b) > int(j.c.inputs.Load()) { // the server has found fewer too many meanwhile
		return j.sendParts(ctx, stop, refusals, b[:len(b)/2], b[len(b)/2:])
	}
	f, err := j.askSize(ctx, stop, b)
	switch {
	case f == nil:
		return err
	case len(b) == 1:
		return j.tooLong(b[0], f)
	case f.size == sizeTooMany:
		j.c.fewerInputs(len(b) / 2)
	case refusals > 0 && !j.accepted():
		return j.sendShortest(ctx, stop, b, refusals)
	}
	return j.sendParts(ctx, stop, refusals+1, b[:len(b)/2], b[len(b)/2:])
}

// askSize asks for a batch; f is not nil when it is too large.
func (j *job) askSize(ctx, stop context.Context, b batch) (f *fault, err error) {
	err = j.ask(ctx, stop, b)
	if errors.As(err, &f) && f.size != sizeFits {
		return f, err
	}
	return nil, err
}

// sendParts sends a batch in parts, one after the other.
func (j *job) sendParts(ctx, stop context.Context, refusals int, parts ...batch) error {
	j.plan(len(parts) - 1)
	for i, part := range parts {
		if i > 0 && stop.Err() != nil {
			return ended(ctx, stop.Err())
		}
		if err := j.send(ctx, stop, part, refusals); err != nil {
			return err
		}
	}
	return nil
}

// sendShortest is for a batch that is refused for its size after one that it was a
// part of, on a server that has accepted nothing yet: perhaps it never will. The
// shortest text tells. When it is too long alone so are all others, and asking for
// them would not help.
func (j *job) sendShortest(ctx, stop context.Context, b batch, refusals int) error {
	shortest, others := j.shortestFirst(b)
	j.plan(1)
	f, err := j.askSize(ctx, stop, shortest)
	if f != nil {
		return j.allTooLong(shortest[0], others, f)
	}
	if err != nil || stop.Err() != nil {
		return or(err, ended(ctx, stop.Err()))
	}
	if len(others) == 1 {
		return j.send(ctx, stop, others, refusals)
	}
	return j.sendParts(ctx, stop, refusals+1, others[:len(others)/2], others[len(others)/2:])
}

// shortestFirst parts the shortest text of a batch from the others.
func (j *job) shortestFirst(b batch) (shortest, others batch) {
	least := 0
	for i, at := range b {
		if j.tokens[at] < j.tokens[b[least]] {
			least = i
		}
	}
	others = append(append(batch{}, b[:least]...), b[least+1:]...)
	return batch{b[least]}, others
}

// tooLong takes note of a text that is too long by itself. A short one on a server
// that has accepted nothing is not at fault: everything would be refused.
func (j *job) tooLong(place int, f *fault) error {
	if j.tokens[place] <= shortText && !j.accepted() {
		return j.hopeless(place, f)
	}
	j.fail(place, &api.TextError{Index: place, Err: f.ServerError})
	j.batchOver()
	return nil
}

// allTooLong takes note of texts of which the shortest is too long by itself. When
// none of all texts is shorter, the rest need not be asked for.
func (j *job) allTooLong(shortest int, others batch, f *fault) error {
	n := j.tokens[shortest]
	if !j.accepted() && (n <= shortText || n <= j.least()) {
		return j.hopeless(shortest, f)
	}
	for _, place := range append(batch{shortest}, others...) {
		j.fail(place, &api.TextError{Index: place, Err: f.ServerError})
	}
	j.batchOver()
	j.batchOver()
	return nil
}

// least is the number of tokens of the shortest text that is sent.
func (j *job) least() int {
	least := 0
	for _, n := range j.tokens {
		if n > 0 && (least == 0 || n < least) {
			least = n
		}
	}
	return least
}

// hopeless is the error of a server that refuses even this text for its size.
func (j *job) hopeless(place int, f *fault) error {
	n := j.tokens[place]
	refused := *f.ServerError
	refused.Message = fmt.Sprintf("%s: even a text of about %s is too large for it", or(f.Message, "it refuses the request for its size"), counted(n, "token"))
	refused.Advice = "shorten the texts, or choose a model that reads longer ones"
	if n <= shortText {
		refused.Advice = "check the limits of the server, or choose another model"
	}
	return &fault{ServerError: &refused}
}

// accepted tells whether the server has given vectors for any batch.
func (j *job) accepted() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.result.Usage.Latencies) > 0
}

// fewerInputs remembers that more texts than that are too many in a request.
func (c *Client) fewerInputs(n int) {
	for {
		now := c.inputs.Load()
		if int64(n) >= now || c.inputs.CompareAndSwap(now, int64(n)) {
			return
		}
	}
}

// plan adds batches to those that are to be sent.
func (j *job) plan(more int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.planned += more
	j.tellBatches()
}

// batchOver counts a batch that needs no more asking.
func (j *job) batchOver() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.over++
	j.tellBatches()
}

// tellBatches reports the batches, one report at a time. j.mu is held.
func (j *job) tellBatches() {
	if j.req.Batch != nil && j.planned > 0 {
		j.req.Batch(j.over, j.planned)
	}
}
