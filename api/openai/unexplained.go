package openai

import (
	"context"
	"net/http"

	"github.com/vecscope/vecscope/api"
)

// What a server refuses and does not explain may be a text that is too long for it, one
// that it cannot read, or all that it will ever be sent. Smaller requests tell.
const (
	// suspectedEnough is how many texts may be refused by themselves, and none be
	// accepted, before the server is believed to refuse everything.
	suspectedEnough = 4
	// doubtAfter is how many texts in a row may be refused as bad requests before it
	// is asked whether the server still accepts what it did. One that fails at them
	// is asked at once.
	doubtAfter = 4
)

// tries is how often a batch is sent that fails without a reason. The first failure may
// pass; where one has been a text's own, others are soon believed to be too, and parts
// of what has failed need not wait.
func (j *job) tries(b batch, refusals int) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case refusals > 0 && len(b) > 1:
		return 1
	case refusals > 0 || j.refusedAlone > 0:
		return 2
	}
	return maxAttempts
}

// mayAskAgain tells whether texts may be sent again after a failure that the server may
// bill; f says what to do if not.
func (j *job) mayAskAgain(f *fault, b batch) bool {
	if !j.c.paid(j.req.Model) || !f.costs() || j.req.Approval == nil || j.req.Approval.Allow(j.size(b)) {
		return true
	}
	f.Advice = notAllowedAgain
	return false
}

// refusedText takes note of a text that is refused by itself.
func (j *job) refusedText(ctx, stop context.Context, place int, f *fault) error {
	if f.size != sizeUnknown {
		return j.tooLong(place, f)
	}
	if j.suspects(f) {
		return f
	}
	if j.doubts(f) && !j.stillAccepts(ctx, stop) {
		return f
	}
	why := *f.ServerError
	if j.accepted() {
		why.Permanent, why.Advice = true, "leave this text out, or shorten it: the server takes others"
	}
	j.fail(place, &api.TextError{Index: place, Err: &why})
	j.batchOver()
	return nil
}

// suspects counts a text that was refused by itself without a reason, and tells whether
// the server is to be believed at fault: when it has accepted nothing.
func (j *job) suspects(f *fault) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.refusedAlone++
	j.inRow++
	j.unexplained = f
	return j.refusedAlone >= suspectedEnough && len(j.result.Usage.Latencies) == 0
}

// doubts tells whether a server that has accepted texts may accept none any more.
func (j *job) doubts(f *fault) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.sound >= 0 && (f.meant == http.StatusInternalServerError || j.inRow%doubtAfter == 0)
}

// trust takes note of texts that the server has accepted. j.mu is held.
func (j *job) trust(places []int) {
	j.inRow = 0
	for _, at := range places {
		if j.sound < 0 || j.tokens[at] < j.tokens[j.sound] {
			j.sound = at
		}
	}
}

// stillAccepts asks once more for the shortest text that the server has accepted.
// Where that may not be paid for, the server is not trusted.
func (j *job) stillAccepts(ctx, stop context.Context) bool {
	j.mu.Lock()
	b := batch{j.sound}
	j.mu.Unlock()
	if j.c.paid(j.req.Model) && j.req.Approval != nil && !j.req.Approval.Allow(j.size(b)) {
		return false
	}
	q, err := j.call(b)
	if err != nil {
		return false
	}
	q.tries = 1
	return j.c.exchange(ctx, stop, q, func(r reply) *fault {
		a, f := j.decode(b, r)
		if f != nil {
			f.settle(r)
			return f
		}
		j.use(j.answered(b, r, a.Tokens))
		return nil
	}) == nil
}
