package pipeline

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
)

// Embedding holds the vectors of one source over the texts.
type Embedding struct {
	Source Source
	// Texts are what was embedded, in order.
	Texts []string
	// Vectors are N×D; a text that Failed names is absent.
	Vectors compare.Vectors
	// Failed says why a text has no vector, by its index.
	Failed map[int]error
	// Clipped are the places of the texts that the model read only in part because
	// they are too long for it, in increasing order.
	Clipped []int
	// Version tells apart what different models of the source's name gave; empty is
	// unknown.
	Version string
	// Unknown are the places of the texts of which the model does not know a good
	// part, in increasing order.
	Unknown []int
	// Norms is how long the vectors were as they came, as far as that is known.
	Norms api.Norms
	// Partial tells that texts may be absent that Failed does not name, because the
	// asking ended early or only what is known was taken.
	Partial bool
	// Usage adds up what was asked of the provider since the first of the askings
	// that brought these vectors, and Spent is the part of it that the last took.
	// UsageOfOthers tells that Usage counts texts too that are not among these any
	// more.
	Usage, Spent  api.Usage
	UsageOfOthers bool
}

// known gives the places of the texts that have a vector.
func (e *Embedding) known() map[string]int {
	known := map[string]int{}
	if e == nil {
		return known
	}
	for i, t := range e.Texts {
		if e.Vectors.Has(i) {
			known[t] = i
		}
	}
	return known
}

// EmbedOptions is how to ask for vectors.
type EmbedOptions struct {
	// Before, when set, holds vectors that need not be asked for, and the texts that
	// the provider gave none for, which are not asked for again.
	Before *Embedding
	// KnownOnly takes what Before and the provider hold and asks for nothing: the
	// embedding is partial when that is not all.
	KnownOnly bool
	// Progress, when set, is told the number of texts done of all.
	Progress func(done int)
	// Batch, when set, is told the batches answered of all that are sent.
	Batch func(done, total int)
	// Notice, when set, is told of waits before they begin.
	Notice func(api.Notice)
	// Approval, when set, says what may be spent, and takes note of all that the asking
	// takes: of each request as soon as that is known, of the rest in the end.
	Approval api.Approval
	// Long tells what becomes of texts that are too long; Count counts tokens and
	// must be set unless they are sent as they are.
	Long  Long
	Count func(string) int
}

// Embed asks the provider for the vectors of texts. Each different text is asked for
// once, and those that options.Before holds are taken from there. With an
// error it also gives what had arrived until then, marked as partial, unless
// nothing was asked for. When the model's vectors have become longer or shorter,
// those of the former length are left out and the error, if there is no other, is
// a *LengthChangedError.
func (e *Engine) Embed(ctx context.Context, s Source, texts []string, options EmbedOptions) (*Embedding, error) {
	if err := e.Available(s.Model); err != nil {
		return nil, err
	}
	r := newEmbedJob(s, texts, options)
	asked := error(nil)
	switch {
	case len(r.sent) == 0:
	case options.KnownOnly:
		asked = e.take(ctx, r)
	default:
		r, asked = e.sendAll(ctx, r)
	}
	vectors, was, err := r.gathered.joined(r.vectorsBefore(), r.before)
	if asked == nil && !options.KnownOnly {
		asked = r.changedLength(was)
	}
	if err != nil {
		if asked != nil {
			err = asked
		} else {
			err = fmt.Errorf("the vectors of %s cannot be used: %w", s.Model.Ref(), err)
		}
		return &Embedding{Source: s, Partial: true, Spent: r.out.Spent}, err
	}
	r.out.Vectors = vectors
	r.out.Partial = asked != nil || options.KnownOnly && r.lacks()
	r.gatherRemarks()
	r.gatherNorms()
	return r.out, asked
}

// embedJob is one call of Embed.
type embedJob struct {
	out     *Embedding
	options EmbedOptions
	before  []int // for each text its place in options.Before, where it has a vector; or -1
	mu      sync.Mutex
	// gathered, answered and came are guarded by mu while answers arrive.
	gathered gathered
	came     []bool // of sent
	// sent are the different texts to ask for and places where each belongs.
	sent     []string
	places   [][]int
	answered int // of sent
	// clipped tells which of sent are read only in part, and unknown of which a good
	// part is not known.
	clipped, unknown []bool
	known            int // texts that need not be asked for
	norms            api.Norms

	recording sync.Mutex // held while the approval takes note
	recorded  api.Usage  // what it has taken note of
}

// newEmbedJob takes over what is known and gathers the rest.
func newEmbedJob(s Source, texts []string, options EmbedOptions) *embedJob {
	r := &embedJob{options: options, before: make([]int, len(texts)), gathered: gathered{texts: len(texts)}}
	r.out = &Embedding{Source: s, Texts: texts, Failed: map[int]error{}}
	if options.Before != nil {
		r.out.Usage, r.out.Version = options.Before.Usage, options.Before.Version
		r.out.UsageOfOthers = options.Before.UsageOfOthers || !contains(texts, options.Before.Texts)
	}
	known := options.Before.known()
	refused := options.Before.refused()
	index := map[string]int{}
	for i, t := range texts {
		r.before[i] = -1
		if at, ok := known[t]; ok {
			r.before[i] = at
			if _, clipped := slices.BinarySearch(options.Before.Clipped, at); clipped {
				r.out.Clipped = append(r.out.Clipped, i)
			}
			if _, unknown := slices.BinarySearch(options.Before.Unknown, at); unknown {
				r.out.Unknown = append(r.out.Unknown, i)
			}
			r.known++
			continue
		}
		if why, ok := refused[t]; ok { // asking again is for the person to say
			r.out.Failed[i] = api.AtIndex(why, i)
			r.known++
			continue
		}
		if k, ok := index[t]; ok {
			r.places[k] = append(r.places[k], i)
			continue
		}
		send, ok := t, true
		if options.Long != LongSent && s.tooLong(t, options.Count) {
			send, ok = s.fit(t, options.Long, options.Count)
		}
		if !ok {
			r.out.Failed[i] = &api.TextError{Index: i, Err: &LongTextError{MaxTokens: s.Model.MaxTokens}}
			r.known++
			continue
		}
		index[t] = len(r.sent)
		r.sent = append(r.sent, send)
		r.clipped = append(r.clipped, len(send) < len(t))
		r.places = append(r.places, []int{i})
	}
	r.unknown, r.came = make([]bool, len(r.sent)), make([]bool, len(r.sent))
	return r
}

// vectorsBefore are those that are taken over.
func (r *embedJob) vectorsBefore() compare.Vectors {
	if r.options.Before == nil {
		return compare.Vectors{}
	}
	return r.options.Before.Vectors
}

// contains tells whether all of some texts are among others.
func contains(texts, all []string) bool {
	among := make(map[string]bool, len(texts))
	for _, t := range texts {
		among[t] = true
	}
	return !slices.ContainsFunc(all, func(t string) bool { return !among[t] })
}

// complete reports an answer that lacks texts.
func (r *embedJob) complete(result api.Result) error {
	came := len(result.Vectors)
	if result.Vectors == nil {
		for k, arrived := range r.came {
			if arrived || result.Failed[k] != nil {
				came++
			}
		}
	}
	if came != len(r.sent) {
		return fmt.Errorf("%d vectors came back for %d texts", came, len(r.sent))
	}
	return nil
}

// mark sets marks at places; others are ignored.
func mark(marks []bool, places []int) {
	for _, k := range places {
		if k >= 0 && k < len(marks) {
			marks[k] = true
		}
	}
}

// gatherRemarks adds the texts sent now that were read or known only in part.
func (r *embedJob) gatherRemarks() {
	for k, places := range r.places {
		for _, at := range places {
			if !r.out.Vectors.Has(at) {
				continue
			}
			if r.clipped[k] {
				r.out.Clipped = append(r.out.Clipped, at)
			}
			if r.unknown[k] {
				r.out.Unknown = append(r.out.Unknown, at)
			}
		}
	}
	slices.Sort(r.out.Clipped)
	slices.Sort(r.out.Unknown)
}

// gatherNorms adds those of the vectors from before to those of what came.
func (r *embedJob) gatherNorms() {
	r.out.Norms = r.norms
	if slices.ContainsFunc(r.before, func(place int) bool { return place >= 0 }) {
		r.out.Norms = r.out.Norms.With(r.options.Before.Norms)
	}
}

// progress tells how many of all texts are done; those that occur twice count
// when all are.
func (r *embedJob) progress(done int) {
	done += r.known
	if done == r.known+len(r.sent) {
		done = len(r.before)
	}
	r.options.Progress(done)
}

// arrived keeps a batch, so that it is there even if the rest fails.
func (r *embedJob) arrived(at []int, vectors [][]float32) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answered += len(at)
	for n, k := range at {
		r.came[k] = true
		r.bring(k, vectors[n], nil)
	}
}

// spend counts what the asking took in all, and has the part of it recorded that was
// not yet.
func (r *embedJob) spend(u api.Usage) {
	u.Texts = r.answered
	r.out.Spent = u
	r.out.Usage = r.out.Usage.Plus(u)
	if r.options.Approval != nil {
		r.options.Approval.Record(u.Minus(r.recorded))
	}
}

// recorder is the approval of an asking as the provider sees it: it adds to each
// part of what is used the texts that have arrived since the part before.
type recorder struct{ *embedJob }

// Allow implements api.Approval.
func (r recorder) Allow(tokens int) bool { return r.options.Approval.Allow(tokens) }

// Record implements api.Approval.
func (r recorder) Record(u api.Usage) {
	r.recording.Lock()
	defer r.recording.Unlock()
	r.mu.Lock()
	u.Texts = r.answered - r.recorded.Texts
	r.mu.Unlock()
	r.recorded = r.recorded.Plus(u)
	r.options.Approval.Record(u)
}

// LengthChangedError reports that a model's vectors have another length than
// before.
type LengthChangedError struct {
	Model    string
	Was, Now int
}

func (e *LengthChangedError) Error() string {
	return fmt.Sprintf("the vectors of %s have %d dimensions where those before had %d: the texts from before must be embedded again", e.Model, e.Now, e.Was)
}

// lacks tells whether a text has no vector and nothing says why.
func (r *embedJob) lacks() bool {
	for at := range r.before {
		if _, failed := r.out.Failed[at]; !r.out.Vectors.Has(at) && !failed {
			return true
		}
	}
	return false
}

// WithoutClipped is the embedding without the vectors of the texts that the model
// read only in part: each fails with a *LongTextError.
func (e *Embedding) WithoutClipped() (*Embedding, error) {
	rows := make([][]float32, len(e.Texts))
	for i := range rows {
		rows[i] = e.Vectors.Row(i)
	}
	out := *e
	out.Failed, out.Clipped = maps.Clone(e.Failed), nil
	out.Unknown = slices.DeleteFunc(slices.Clone(e.Unknown), func(i int) bool {
		_, clipped := slices.BinarySearch(e.Clipped, i)
		return clipped
	})
	for _, i := range e.Clipped {
		rows[i] = nil
		out.Failed[i] = &api.TextError{Index: i, Err: &LongTextError{MaxTokens: e.Source.Model.MaxTokens}}
	}
	var err error
	if out.Vectors, err = compare.NewVectors(rows); err != nil {
		return nil, fmt.Errorf("leaving long texts out: %w", err)
	}
	return &out, nil
}
