package openai

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai/internal/answer"
)

// shortText is how many tokens every embedding model reads in one text: the least
// that any in use reads are 128.
const shortText = 64

const (
	// wellAbove is how many times the estimated tokens of a text that is too long
	// another must have to be too long without asking: estimates are that far off.
	wellAbove = 2
	// refusedEnough is how many texts may be refused by themselves, and none be
	// accepted, before all others are believed to be refused too.
	refusedEnough = 16
)

// send gets the vectors of a batch, in parts when it is too large. refusals is how
// often a batch that its texts were in has been refused for that already.
func (j *job) send(ctx, stop context.Context, b batch, refusals int) error {
	if b = j.withinLimit(b); len(b) == 0 {
		j.batchOver()
		return nil
	}
	if int64(len(b)) > j.inputs() { // the server has found fewer too many meanwhile
		return j.sendParts(ctx, stop, refusals, b[:len(b)/2], b[len(b)/2:])
	}
	f, err := j.askSize(ctx, stop, b, j.tries(b, refusals))
	switch {
	case f == nil:
		return j.wrongAlone(b, err)
	case len(b) == 1:
		return j.refusedText(ctx, stop, b[0], f)
	case !j.mayAskAgain(f, b):
		return err
	case f.size == sizeTooMany:
		lower(&j.fewer, int64(len(b)/2))
	case refusals > 0 && !j.accepted():
		return j.sendShortest(ctx, stop, b, refusals)
	}
	return j.sendParts(ctx, stop, refusals+1, b[:len(b)/2], b[len(b)/2:])
}

// askSize asks for a batch; f is not nil when it is too large, or may be.
func (j *job) askSize(ctx, stop context.Context, b batch, tries int) (f *fault, err error) {
	err = j.ask(ctx, stop, b, tries)
	if errors.As(err, &f) && f.size != sizeFits {
		return f, err
	}
	return nil, err
}

// wrongAlone takes note of texts whose vectors are of no use, if that is all that err
// says: it is theirs and costs no others. Only a server that gives none of many a good
// one is at fault itself, and is not paid for more.
func (j *job) wrongAlone(b batch, err error) error {
	var f *fault
	if !errors.As(err, &f) || f.wrong == nil {
		return err
	}
	if j.refusesAll(len(b)) {
		return err
	}
	for i, at := range b {
		why := *f.ServerError
		why.Message = j.c.scrub.Say(f.wrong[i].Error(), messageLimit)
		j.fail(at, &api.TextError{Index: at, Err: &why})
	}
	j.batchOver()
	return nil
}

// refusesAll counts texts that have been refused by themselves, and tells whether they
// are so many that the server is believed to refuse everything.
func (j *job) refusesAll(more int) bool {
	j.mu.Lock()
	j.refusedAlone += more
	often := j.refusedAlone >= refusedEnough
	j.mu.Unlock()
	return often && !j.accepted()
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
// shortest text tells. When it is too long alone so are those that are surely
// longer, and asking for them would not help.
func (j *job) sendShortest(ctx, stop context.Context, b batch, refusals int) error {
	shortest, others := j.shortestFirst(b)
	j.plan(1)
	f, err := j.askSize(ctx, stop, shortest, j.tries(shortest, refusals))
	switch {
	case f == nil:
		err = j.wrongAlone(shortest, err)
	case f.size == sizeUnknown:
		err = j.refusedText(ctx, stop, shortest[0], f)
	default:
		others, err = j.shortestTooLong(shortest[0], others, f)
	}
	switch {
	case err != nil:
		return err
	case len(others) == 0:
		j.batchOver()
		return nil
	case stop.Err() != nil:
		return ended(ctx, stop.Err())
	case len(others) == 1:
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

// tooLong takes note of a text that is refused for its size by itself. On a server
// that has accepted nothing a short one is not at fault, nor one that is too many,
// nor the last of so many: everything would be refused.
func (j *job) tooLong(place int, f *fault) error {
	if f.limit > 0 { // what it says of itself is to be believed
		j.c.known.reads(j.req.Model, f.limit)
		j.fail(place, &api.TextError{Index: place, Err: &api.LimitError{Limit: f.limit, Tokens: f.given, Err: f.ServerError}})
		j.batchOver()
		return nil
	}
	if j.refusesAll(1) || (f.size == sizeTooMany || j.tokens[place] <= shortText) && !j.accepted() {
		return j.hopeless(place, f)
	}
	j.fail(place, &api.TextError{Index: place, Err: f.ServerError})
	j.batchOver()
	return nil
}

// shortestTooLong takes note of the shortest text of a batch, which is refused by
// itself, and of those that must be refused too. It gives the others. When that
// would be all texts there are, nothing fits.
func (j *job) shortestTooLong(shortest int, others batch, f *fault) (batch, error) {
	if f.size == sizeTooLong && f.limit == 0 && !j.accepted() && j.tooLongAll(shortest) {
		return nil, j.hopeless(shortest, f)
	}
	if err := j.tooLong(shortest, f); err != nil {
		return nil, err
	}
	var left batch
	for _, at := range others {
		if f.size == sizeTooLong && f.limit == 0 && j.tooLongToo(shortest, at) {
			j.fail(at, &api.TextError{Index: at, Err: f.ServerError})
		} else {
			left = append(left, at)
		}
	}
	return left, nil
}

// withinLimit is a batch without the texts that are surely longer than what the server
// said that it reads.
func (j *job) withinLimit(b batch) batch {
	limit := j.c.known.limit(j.req.Model)
	if limit == 0 {
		return b
	}
	var left batch
	for _, at := range b {
		if j.tokens[at] < wellAbove*limit {
			left = append(left, at)
			continue
		}
		why := fmt.Errorf("it has about %d tokens and the server reads %d; shorten the text", j.tokens[at], limit)
		j.fail(at, &api.TextError{Index: at, Err: &api.LimitError{Limit: limit, Err: why}})
	}
	return left
}

// tooLongToo tells whether a text must be too long because another is.
func (j *job) tooLongToo(tooLong, other int) bool {
	return j.tokens[other] >= wellAbove*j.tokens[tooLong] || j.req.Texts[other] == j.req.Texts[tooLong]
}

// tooLongAll tells whether all texts must be too long because that one is.
func (j *job) tooLongAll(tooLong int) bool {
	for at, n := range j.tokens {
		if n > 0 && !j.tooLongToo(tooLong, at) { // 0 are not sent
			return false
		}
	}
	return true
}

// hopeless is the error of a server that refuses even this text by itself.
func (j *job) hopeless(place int, f *fault) error {
	n := j.tokens[place]
	refused := *f.ServerError
	why := "even a text of about " + answer.Counted(n, "token") + " is too large for it"
	refused.Advice = "shorten the texts, or choose a model that reads longer ones"
	if f.size == sizeTooMany {
		why = "even one text is too many for it"
	}
	if f.size == sizeTooMany || n <= shortText {
		refused.Advice = "check the limits of the server, or choose another model"
	}
	refused.Message = cmp.Or(f.Message, "it refuses the request for its size") + ": " + why
	return &fault{ServerError: &refused}
}

// accepted tells whether the server has given vectors for any batch.
func (j *job) accepted() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.result.Usage.Latencies) > 0
}

// inputs is the most texts in a request, as far as is known.
func (j *job) inputs() int64 { return min(j.fewer.Load(), j.c.inputs.Load()) }

// learn remembers for other requests how many texts were too many, once that many
// or fewer are accepted: a server that refuses everything so says nothing.
func (j *job) learn(accepted int) {
	if most := j.fewer.Load(); int64(accepted) <= most {
		lower(&j.c.inputs, most)
	}
}

// lower makes a number smaller.
func lower(number *atomic.Int64, to int64) {
	for {
		now := number.Load()
		if to >= now || number.CompareAndSwap(now, to) {
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
