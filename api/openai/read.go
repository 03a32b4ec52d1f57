package openai

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai/internal/answer"
)

// read reads an answer of status 200 and keeps its vectors.
func (j *job) read(b batch, r reply) *fault {
	a, f := j.decode(b, r)
	if f != nil {
		return f
	}
	return j.keep(b, r, a)
}

// decode reads an answer of status 200, which can hold a failure all the same.
func (j *job) decode(b batch, r reply) (answer.Embeddings, *fault) {
	a, err := answer.Decode(r.body, len(b))
	if err != nil {
		f := j.c.unreadable(r, err)
		f.wrong = a.Wrong
		return a, f
	}
	if a.Failure != nil {
		return a, j.c.refusal(r.header, answer.ReadComplaint(append(append([]byte(`{"error":`), a.Failure...), '}')))
	}
	return a, nil
}

// unreadable reports an answer of status 200 that holds no vectors. Some of them
// say what went wrong.
func (c *Client) unreadable(r reply, err error) *fault {
	said := answer.ReadComplaint(r.body[:min(len(r.body), errorLimit)])
	if said.Message != "" {
		return c.refusal(r.header, said)
	}
	f := c.unusable(r.header, err.Error(), faultyAnswer)
	if errors.Is(err, answer.ErrNoAPI) {
		f.Advice = c.addressAdvice()
	}
	if said.HTML {
		c.aboutPage(f)
	}
	if errors.Is(err, answer.ErrCut) { // ended without an error, as by a careless proxy
		f.again, f.lost, f.unread, f.Permanent = true, true, true, false
		f.Advice = tryLater
	}
	return f
}

// refusal reports a failure that came with status 200. Its code may be the status
// that should have been.
func (c *Client) refusal(header http.Header, said answer.Complaint) *fault {
	status, err := strconv.Atoi(said.Code)
	told := err == nil && status >= 400 && status <= 599
	if !told {
		status = http.StatusBadRequest
	}
	f := c.complaintFault(status, header, said)
	f.Status = http.StatusOK
	f.refused = told && status < 500
	f.Message = cmp.Or(f.Message, "it failed and does not say why")
	return f
}

// keep takes a batch's vectors into the result and hands them over. A text whose
// vector is of no use fails alone.
func (j *job) keep(b batch, r reply, a answer.Embeddings) *fault {
	first := a.Vectors[slices.IndexFunc(a.Vectors, func(v []float32) bool { return v != nil })] // there is one
	dims := len(first)
	if dims == 1 || answer.Garbled(first) {
		return j.c.unusable(r.header, notVectors(dims), faultyAnswer)
	}
	if expected := j.expect(dims); dims != expected {
		return j.c.otherLength(r.header, j.req.Model, expected, dims)
	}
	at, vectors := make([]int, 0, len(b)), make([][]float32, 0, len(b))
	var norms api.Norms
	for i, v := range a.Vectors {
		if v == nil {
			j.fail(b[i], &api.TextError{Index: b[i], Err: j.c.unusable(r.header, a.Wrong[i].Error(), faultyAnswer).ServerError})
			continue
		}
		norm := answer.Normalise(v)
		if norm == 0 {
			j.fail(b[i], &api.TextError{Index: b[i], Err: errors.New("the server gave a vector of zeros; try again, or choose another model")})
			continue
		}
		at, vectors, norms = append(at, b[i]), append(vectors, v), norms.With(api.Norms{Low: norm, High: norm})
	}
	if j.req.Arrived != nil && len(at) > 0 {
		j.req.Arrived(at, vectors)
	}
	j.use(j.answered(b, r, a.Tokens))
	j.mu.Lock()
	defer j.mu.Unlock()
	for i, place := range at {
		if j.result.Vectors != nil {
			j.result.Vectors[place] = vectors[i]
		}
	}
	j.result.Norms = j.result.Norms.With(norms)
	j.result.Clipped = append(j.result.Clipped, j.silentlyCut(b, a.Tokens)...)
	j.trust(at)
	j.learn(len(b))
	j.progress(len(at))
	j.over++
	j.tellBatches()
	return nil
}

// silentlyCut finds the texts of a batch that the server has read only in part, by the
// tokens that it counted: one that has many more even if all others have as few as they
// can. Where that could be several, those are known that alone have many more than were
// counted for all.
func (j *job) silentlyCut(b batch, counted int) (cut []int) {
	if counted == 0 {
		return nil
	}
	all := j.size(b)
	for _, at := range b {
		left := counted - (all-j.tokens[at])/wellAbove
		if j.tokens[at] > shortText && j.tokens[at] >= wellAbove*max(left, 1) {
			cut = append(cut, at)
		}
	}
	if len(cut) > 1 {
		cut = slices.DeleteFunc(cut, func(at int) bool { return j.tokens[at] < wellAbove*counted })
	}
	return cut
}

// expect is how long vectors must be when some of that length have come: the first
// tell it for all.
func (j *job) expect(dims int) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.result.Dimensions == 0 {
		j.result.Dimensions = dims
		if !j.shortened() {
			j.c.known.came(j.req.Model, dims)
		}
	}
	return cmp.Or(j.req.Length, j.result.Dimensions)
}
