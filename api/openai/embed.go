package openai

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai/internal/answer"
)

// Embed implements api.Embedder. The length of the vectors is the server's: it
// differs from what was asked when the server cannot shorten them, and always
// stands in the result. Empty texts are not sent; they fail with an
// *api.EmptyTextError, texts that the server finds too long with an
// *api.TextError. The error is ctx's, an *api.KeyError or an *api.ServerError; the
// result then still says what was used, and Arrived has handed over what came.
// After a failure no further batch is sent, but those under way are awaited, for
// they are paid for; the end of ctx cuts them.
func (c *Client) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	if err := c.checkKey(); err != nil {
		return api.Result{}, err
	}
	if err := ctx.Err(); err != nil {
		return api.Result{}, err
	}
	start := time.Now()
	j := c.newJob(req)
	err := j.run(ctx)
	j.result.Usage.Elapsed = time.Since(start)
	slices.Sort(j.result.Clipped)
	return j.result, public(err)
}

// job is one request to Embed.
type job struct {
	c      *Client
	req    api.Request
	shape  map[string]any // what every call's body holds beside the texts
	tokens []int          // estimate for every text, prefix included
	fewer  atomic.Int64   // the most texts in a request, by what was too many
	// reached tells that a request has been taken, answered or not.
	reached atomic.Bool

	mu      sync.Mutex // guards the rest
	result  api.Result
	done    int // texts
	planned int // batches, with those that were cut in parts
	over    int // batches that are answered
	// refusedAlone is how many texts were refused by themselves, and inRow how many of
	// them since a request was accepted.
	refusedAlone, inRow int
	sound               int    // the place of the shortest text that was accepted, -1 for none
	unexplained         *fault // the last of those that named no reason
}

func (c *Client) newJob(req api.Request) *job {
	j := &job{
		c: c, req: req,
		shape:  map[string]any{"model": req.Model},
		tokens: make([]int, len(req.Texts)),
		result: api.Result{Failed: map[int]error{}},
	}
	if !req.Streamed || req.Arrived == nil {
		j.result.Vectors = make([][]float32, len(req.Texts))
	}
	j.sound = -1
	j.fewer.Store(math.MaxInt64)
	p := c.cfg.Profile
	if p.Base64 {
		j.shape["encoding_format"] = "base64"
	}
	if req.Field.Name != "" {
		j.shape[req.Field.Name] = req.Field.Value
	}
	if req.Dimensions > 0 && p.DimensionsName != "" && c.known.mayShorten(req.Model, p.Dimensioning) {
		j.shape[p.DimensionsName] = req.Dimensions
	}
	return j
}

// shortened tells whether the server was asked for vectors of a certain length.
func (j *job) shortened() bool { return j.shape[j.c.cfg.Profile.DimensionsName] != nil }

// run sends all texts. It returns when every batch under way has ended.
func (j *job) run(ctx context.Context) error {
	var places []int
	for i, text := range j.req.Texts {
		if blank(text) {
			j.fail(i, &api.EmptyTextError{Index: i})
			continue
		}
		j.tokens[i] = max(1, j.c.cfg.Count(j.req.Prefix+text))
		places = append(places, i)
	}
	group, stop := errgroup.WithContext(ctx)
	group.SetLimit(j.c.cfg.Concurrency)
	batches := cutBatches(places, j.tokens, int(j.inputs()), j.c.cfg.MaxTokens)
	j.plan(len(batches))
	for _, b := range batches {
		if stop.Err() != nil {
			break
		}
		group.Go(func() error { return j.send(ctx, stop, b, 0) })
	}
	err := group.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err == nil && j.unexplained != nil && !j.accepted() {
		return j.unexplained // it may refuse everything
	}
	return err
}

const (
	// answerBase and answerPerText bound an answer: the longest vectors there are,
	// written as numbers with all their digits, are some 300 kB a text.
	answerBase    = 1 << 20
	answerPerText = 512 << 10
	answerMost    = 256 << 20
)

// ask sends a batch, as often as it takes, and keeps what comes. After a failure that
// nobody can explain it is sent so many times at most.
func (j *job) ask(ctx, stop context.Context, b batch, tries int) error {
	q, err := j.call(b)
	if err != nil {
		return err
	}
	q.tries = tries
	return j.c.exchange(ctx, stop, q, func(r reply) *fault {
		f := j.read(b, r)
		if f != nil {
			f.settle(r)
		}
		return f
	})
}

// call is the request for a batch.
func (j *job) call(b batch) (call, error) {
	body, err := j.body(b)
	if err != nil {
		return call{}, err
	}
	q := call{
		method:  http.MethodPost,
		url:     j.c.base.JoinPath("embeddings"),
		body:    body,
		limit:   min(answerBase+int64(len(b))*answerPerText, answerMost),
		timeout: j.c.cfg.Timeout,
		paid:    j.c.paid(j.req.Model),
		served:  func() bool { return j.reached.Load() || j.accepted() },
		begun:   &j.reached,
		notice:  j.req.Notice,
		sent: func() {
			j.mu.Lock()
			defer j.mu.Unlock()
			j.result.Usage.Requests++
		},
		failed: func(f *fault) { j.lose(b, f) },
	}
	if j.req.Approval != nil {
		q.allowed = func() bool { return j.req.Approval.Allow(j.size(b)) }
	}
	return q, nil
}

// settle tells what an answer of status 200 costs that cannot be used: what the
// server counted, else it is not known.
func (f *fault) settle(r reply) {
	f.billed = answer.CountedTokens(r.body)
	f.lost = f.lost || f.billed == 0 && !f.refused && !f.page
}

// lose counts a request that brought no vectors.
func (j *job) lose(b batch, f *fault) {
	u := api.Usage{Failed: 1}
	switch {
	case f.billed > 0:
		u.Tokens = f.billed
	case f.lost:
		u.Lost, u.LostTexts, u.LostTokens = 1, len(b), j.size(b)
	}
	j.use(u)
}

// size is about how many tokens a batch has.
func (j *job) size(b batch) int {
	sum := 0
	for _, at := range b {
		sum += j.tokens[at]
	}
	return sum
}

// body writes the request for a batch.
func (j *job) body(b batch) ([]byte, error) {
	texts := make([]string, len(b))
	for i, at := range b {
		texts[i] = j.req.Prefix + j.req.Texts[at]
	}
	fields := map[string]any{"input": texts}
	for name, value := range j.shape {
		fields[name] = value
	}
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false) // fewer bytes, and easier to read in the log
	err := enc.Encode(fields)
	return bytes.TrimSpace(body.Bytes()), err
}

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
// can. Where that could be several, nothing is known.
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
		return nil
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

// answered is what an answer cost.
func (j *job) answered(b batch, r reply, tokens int) api.Usage {
	u := api.Usage{Tokens: tokens, Latencies: []time.Duration{r.elapsed}}
	if tokens == 0 {
		u.Tokens, u.Estimated = j.size(b), true
	}
	return u
}

// use counts what a request took, which was counted itself when it was sent.
func (j *job) use(u api.Usage) {
	j.mu.Lock()
	j.result.Usage = j.result.Usage.Plus(u)
	j.mu.Unlock()
	if j.req.Approval != nil {
		u.Requests = 1
		j.req.Approval.Record(u)
	}
}

// fail notes why a text has no vector.
func (j *job) fail(place int, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.result.Failed[place] = err
	j.progress(1)
}

// progress reports texts that are done. Reports are made one at a time, so that
// their numbers only grow.
func (j *job) progress(n int) {
	if n == 0 {
		return
	}
	j.done += n
	if j.req.Progress != nil {
		j.req.Progress(j.done)
	}
}
