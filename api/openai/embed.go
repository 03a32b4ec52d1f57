package openai

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"net/http"
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
