package trial

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/lexical"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// Trial is how candidates do at the same labelled items.
type Trial struct {
	// Labels are those items for which every row has what it needs.
	Labels *evaluate.Labels
	// Rows are the candidates in their order, each followed by what is cut from it,
	// the baselines last.
	Rows []Row
	// LeftOut is how many labelled items take no part because a candidate lacks a
	// vector that they need.
	LeftOut int
	// Lacking says of the rows for whose sake that is what they have no vector for, those
	// that lack most texts first; of what is cut, where it lacks more than the whole.
	Lacking []Lacking
	// Beyond is how many candidates have no row, for they are beyond the limits and were
	// not asked.
	Beyond int
	// Drawn is of how many labelled texts these were drawn, where there are more than
	// can be compared with each other; else 0.
	Drawn int
	// Bootstrap resamples the rows that have a score, which Scored names.
	Bootstrap *evaluate.Bootstrap
	Scored    []int
}

// Lacking is a row that has no vector for some texts or queries.
type Lacking struct {
	ID    string
	Texts int
	Of    int // all texts
	// Awaited is how many of Texts are still to be embedded, rather than known to have no
	// vector.
	Awaited int
	Queries int
	// Zero and ZeroQueries are those of them, by their index, of whose vector the row's
	// Dimensions leave nothing.
	Zero, ZeroQueries []int
	Dimensions        int
}

// Options say how a trial is made.
type Options struct {
	Seed uint64
	// Paid tells that a model costs something.
	Paid func(m api.Model) bool
	// Cuts has shorter vectors tried too, where they are cut from longer ones.
	Cuts bool
	// Baselines are results of candidates that nobody chose.
	Baselines []*pipeline.Result
	// Queries gives the vectors of the queries under a result's model, for labels
	// for retrieval, at the length at which the model gives them, and Documents those
	// of the texts in the role of documents; nil takes the result's own.
	Queries, Documents func(r *pipeline.Result) (compare.Vectors, error)
	// Name gives the ID of a result's row; nil is the candidate's.
	Name func(r *pipeline.Result) string
	// Lexical are searches without vectors, for labels for retrieval.
	Lexical []Lexical
	// Fusion has results ranked together with BM25; nil has none.
	Fusion *Fusion
}

// BM25 is the ID of the search by words that every candidate for search has to beat.
const BM25 = "local/bm25"

// FusedSuffix ends the IDs of rows in which a result is fused with BM25.
const FusedSuffix = "+bm25"

// Fusion says which results are ranked together with BM25, for labels for retrieval:
// those stand there as a further row, or in place of their own one.
type Fusion struct {
	Index *lexical.Index // of the texts
	Asked []string       // the wording of every query
	// Weight is that of BM25's ranking where the result's weighs 1.
	Weight float64
	// Rows tells whether a result has its own row, and one in which it is fused.
	Rows func(r *pipeline.Result) (own, fused bool)
}

// Lexical is a search by words: Score puts the score of every text for a query, by the
// query's index as given, into scores. Several goroutines may call it.
type Lexical struct {
	ID string
	// Baseline tells that nobody chose it.
	Baseline bool
	Score    func(query int, scores []float64) error
}

// ErrNoCandidates says that no candidate has vectors to be tried.
var ErrNoCandidates = errors.New("no model has vectors yet")

// New tries results at labels. A row that cannot be tried has an Err; the error is
// ErrNoCandidates, an *evaluate.Error when too few items are left, or ctx's.
func New(ctx context.Context, labels *evaluate.Labels, results []*pipeline.Result, o Options) (*Trial, error) {
	t := &Trial{}
	if labels.Task() == evaluate.Groups && labels.Items() > MostLabelled {
		t.Drawn = labels.Items()
		var err error
		if labels, err = drawn(labels); err != nil {
			return nil, err
		}
	}
	t.rows(labels, results, o)
	if err := t.narrow(labels, len(o.Lexical) > 0); err != nil {
		return nil, err
	}
	for i := range t.Rows {
		if err := t.Rows[i].score(ctx, t.Labels); err != nil {
			return nil, err
		}
	}
	if err := t.lexical(ctx, o.Lexical); err != nil {
		return nil, err
	}
	return t, t.prepare(o.Seed)
}

// MostLabelled is how many texts with groups are compared each with each other; of more
// so many are drawn at random, the same ones every time.
const MostLabelled = 2_000

// drawn are labels for groups of so many of the texts.
func drawn(labels *evaluate.Labels) (*evaluate.Labels, error) {
	keep := map[int]bool{}
	for _, item := range rand.New(rand.NewPCG(1, uint64(labels.Items()))).Perm(labels.Items())[:MostLabelled] {
		keep[labels.Origin(item)] = true
	}
	return labels.Only(func(text int) bool { return keep[text] }, nil)
}

// rows makes a row of everything that can be tried.
func (t *Trial) rows(labels *evaluate.Labels, results []*pipeline.Result, o Options) {
	name := o.Name
	if name == nil {
		name = func(r *pipeline.Result) string { return r.Candidate.ID() }
	}
	var taken []string
	for _, r := range results {
		taken = append(taken, name(r))
	}
	add := func(r *pipeline.Result, baseline bool) {
		row := candidateRow(r, o.Paid(r.Model))
		row.ID = name(r)
		row.Baseline = baseline
		if labels.Task() == evaluate.Retrieval {
			row.search(r, o)
		}
		row.cutTo()
		own, fused := true, false
		if o.Fusion != nil && !baseline {
			own, fused = o.Fusion.Rows(r)
		}
		if own {
			t.Rows = append(t.Rows, row)
		}
		if own && o.Cuts && !baseline && row.Err == nil {
			for _, cut := range shorter(row, taken) {
				cut.cutTo()
				t.Rows = append(t.Rows, cut)
				taken = append(taken, cut.ID)
			}
		}
		if fused {
			t.Rows = append(t.Rows, row.with(o.Fusion))
		}
	}
	for _, r := range results {
		add(r, false)
	}
	for _, r := range o.Baselines {
		add(r, true)
	}
}

// search takes the vectors of queries and documents.
func (r *Row) search(of *pipeline.Result, o Options) {
	var err error
	if r.queries, err = o.Queries(of); err != nil {
		r.Err = fmt.Errorf("its queries: %w", err)
		return
	}
	if o.Documents != nil {
		if r.vectors, err = o.Documents(of); err != nil {
			r.Err = fmt.Errorf("its texts as documents: %w", err)
		}
		if r.vectors.Present() != of.Vectors.Present() {
			r.awaited = 0 // documents embedded on their own are all there
		}
	}
}

// narrow leaves out the texts that a candidate has no vector for, so that all are
// measured by the same items; lexical tells that there are searches without vectors.
func (t *Trial) narrow(labels *evaluate.Labels, lexical bool) error {
	var rows []*Row
	for i := range t.Rows {
		if r := &t.Rows[i]; r.Err == nil && r.vectors.Present() > 0 {
			rows = append(rows, r)
		}
	}
	if len(rows) == 0 && len(t.Rows) == 0 && lexical {
		t.Labels = labels
		return nil
	}
	if len(rows) == 0 {
		for _, r := range t.Rows {
			if r.Err != nil {
				return fmt.Errorf("%s: %w", r.ID, r.Err)
			}
		}
		return ErrNoCandidates
	}
	all := func(v func(*Row) compare.Vectors) func(int) bool {
		return func(i int) bool {
			for _, r := range rows {
				if !v(r).Has(i) {
					return false
				}
			}
			return true
		}
	}
	items := func(int) bool { return true }
	if labels.Task() == evaluate.Retrieval {
		items = all(func(r *Row) compare.Vectors { return r.queries })
	}
	part, err := labels.Only(all(func(r *Row) compare.Vectors { return r.vectors }), items)
	if err != nil {
		return fmt.Errorf("of the labelled texts, only some have a vector under every model: %w", err)
	}
	t.Labels, t.LeftOut = part, labels.Items()-part.Items()
	for _, r := range rows {
		l := r.lacks()
		more := !r.Cut && l.Texts+l.Queries > 0 || len(l.Zero)+len(l.ZeroQueries) > 0
		if more && t.LeftOut > 0 && t.lackingOf(r.ID, r.OwnID()) == nil {
			t.Lacking = append(t.Lacking, l)
		}
	}
	slices.SortStableFunc(t.Lacking, func(a, b Lacking) int { return b.Texts - a.Texts })
	return nil
}

// Lacks is what a row has no vector for, told of it or of another with the same vectors:
// without words, or whole. It is nil for nothing.
func (t *Trial) Lacks(r *Row) *Lacking {
	if l := t.lackingOf(r.ID, r.OwnID()); l != nil || !r.Cut {
		return l
	}
	return t.lackingOf(r.from)
}

// lackingOf is what is told of the row of one of these ids.
func (t *Trial) lackingOf(ids ...string) *Lacking {
	for i, l := range t.Lacking {
		if slices.Contains(ids, l.ID) {
			return &t.Lacking[i]
		}
	}
	return nil
}

// lexical adds the rows that count words.
func (t *Trial) lexical(ctx context.Context, searches []Lexical) error {
	if t.Labels.Task() != evaluate.Retrieval {
		return nil
	}
	for _, s := range searches {
		free := 0.0
		row := Row{ID: s.ID, Lexical: true, Baseline: s.Baseline, Price: &free}
		row.Score, row.Err = t.Labels.ScoreRanking(ctx, s.Score)
		if err := ctx.Err(); err != nil {
			return err
		}
		t.Rows = append(t.Rows, row)
	}
	return nil
}

// prepare makes the bootstrap of the rows that have a score.
func (t *Trial) prepare(seed uint64) error {
	var scores []*evaluate.Result
	for i, r := range t.Rows {
		if r.Score != nil {
			scores, t.Scored = append(scores, r.Score), append(t.Scored, i)
		}
	}
	if len(scores) == 0 {
		return ErrNoCandidates
	}
	var err error
	t.Bootstrap, err = evaluate.NewBootstrap(scores, seed)
	return err
}
