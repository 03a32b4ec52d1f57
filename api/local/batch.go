package local

import (
	"context"
	"strings"
	"sync"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/kernel"
)

// maxTogether is the most texts that a worker takes at once. use-lite fetches its
// weights once for all of them; more would gain little and delay cancelling.
const maxTogether = 8

// batch is one request being answered by several workers.
type batch struct {
	texts      []string
	prefix     string
	dimensions int
	encode     encoder
	progress   func(done int)
	arrived    func(at []int, vectors [][]float32)
	streamed   bool // the result has no vectors: they are all handed over
	workers    int
	together   int // texts that a worker takes at once

	mu     sync.Mutex // guards the rest
	next   int
	done   int
	result api.Result
}

func newBatch(req api.Request, dimensions int, encode encoder) *batch {
	n := len(req.Texts)
	workers := max(1, min(kernel.Cores(), n))
	b := &batch{
		texts:      req.Texts,
		prefix:     req.Prefix,
		dimensions: dimensions,
		encode:     encode,
		progress:   req.Progress,
		arrived:    req.Arrived,
		streamed:   req.Streamed && req.Arrived != nil,
		workers:    workers,
		// Several turns for every worker, so that all end at about the same time.
		together: max(1, min(maxTogether, n/workers/4)),
		result: api.Result{
			Dimensions: dimensions,
			Failed:     map[int]error{},
		},
	}
	if !b.streamed {
		b.result.Vectors = make([][]float32, n)
	}
	return b
}

// run answers and returns when every worker has ended; the error is ctx's when
// texts are left.
func (b *batch) run(ctx context.Context) error {
	var workers sync.WaitGroup
	for range b.workers {
		workers.Go(func() { b.work(ctx) })
	}
	workers.Wait()
	if b.done < len(b.texts) {
		return ctx.Err()
	}
	return nil
}

// work answers texts until there are no more or ctx ends.
func (b *batch) work(ctx context.Context) {
	kernel.GiveWay(ctx)
	for b.workNext(ctx) {
	}
}

// workNext answers the next texts; false when there are none or ctx has ended.
func (b *batch) workNext(ctx context.Context) bool {
	end, err := kernel.Turn(ctx)
	if err != nil {
		return false
	}
	first, texts := b.take()
	answers := b.answer(first, texts)
	end()
	if len(texts) == 0 {
		return false
	}
	b.handOver(first, answers)
	b.put(first, answers)
	return true
}

// take gives the next texts that nobody has taken, and the number of the first.
func (b *batch) take() (first int, texts []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	first = b.next
	b.next = min(first+b.together, len(b.texts))
	return first, b.texts[first:b.next]
}

// answer encodes the texts that are not empty; first is the number of texts[0].
func (b *batch) answer(first int, texts []string) []answer {
	answers := make([]answer, len(texts))
	var filled []string
	var places []int
	for i, text := range texts {
		if strings.TrimSpace(text) == "" {
			answers[i].err = &api.EmptyTextError{Index: first + i}
			continue
		}
		filled, places = append(filled, b.prefix+text), append(places, i)
	}
	if len(filled) == 0 {
		return answers
	}
	for i, a := range b.encode(filled, b.dimensions) {
		if a.err != nil {
			a.err = &api.TextError{Index: first + places[i], Err: a.err}
		}
		answers[places[i]] = a
	}
	return answers
}

// handOver gives away the vectors among the answers.
func (b *batch) handOver(first int, answers []answer) {
	if b.arrived == nil {
		return
	}
	var at []int
	var vectors [][]float32
	for i, a := range answers {
		if a.err == nil {
			at, vectors = append(at, first+i), append(vectors, a.vector)
		}
	}
	if len(at) > 0 {
		b.arrived(at, vectors)
	}
}

// put keeps answers and reports them. Reports are made one at a time, so that
// their numbers only grow.
func (b *batch) put(first int, answers []answer) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, a := range answers {
		if !b.streamed {
			b.result.Vectors[first+i] = a.vector
		}
		b.result.Usage.Tokens += a.tokens
		if a.err != nil {
			b.result.Failed[first+i] = a.err
			continue
		}
		if a.clipped {
			b.result.Clipped = append(b.result.Clipped, first+i)
		}
		if a.inPart {
			b.result.Unknown = append(b.result.Unknown, first+i)
		}
	}
	b.done += len(answers)
	if b.progress != nil {
		b.progress(b.done)
	}
}
