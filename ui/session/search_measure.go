package session

import (
	"context"
	"errors"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/lexical"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/loop"
)

// measuring is how rows do at the queries that are judged.
type measuring struct {
	of      measuredOf
	cancel  context.CancelFunc
	rows    []Measured
	working bool
}

// measuredOf is what rows were measured of.
type measuredOf struct {
	labels     *evaluate.Labels
	index      *lexical.Index
	candidates []string // ids with the keys of what they search
	results    []*pipeline.Result
	hybrid     string
	weight     float64
}

func (m measuredOf) equal(o measuredOf) bool {
	return m.labels == o.labels && m.index == o.index && slices.Equal(m.candidates, o.candidates) && slices.Equal(m.results, o.results) &&
		m.hybrid == o.hybrid && m.weight == o.weight
}

// Measured is how a row does at the queries that are judged.
type Measured struct {
	// ID is the candidate's, trial.BM25, or HybridID.
	ID string
	search.Judged
	// Floor is the score under which nothing relevant was found; HasFloor tells that the
	// queries allow one.
	Floor    search.Floor
	HasFloor bool
	// Err is why it could not be measured: trial.ErrUnpaid where queries were not asked
	// of a model that costs something, or why they have no vector.
	Err error
}

// HybridID is the id of the row that fuses a candidate and BM25.
const HybridID = "hybrid"

// Measured is how the rows do at all judged queries of the texts; hybrid is the id of the
// candidate that is fused with BM25 by weight, empty for none. The command measures them
// where that has changed; until it has ended the figures of before stand.
func (x Search) Measured(hybrid string, weight float64) ([]Measured, tea.Cmd) {
	s := x.session
	m := &s.searching.measuring
	of := measuredOf{labels: s.Labels().Retrieval(), hybrid: hybrid, weight: weight}
	if of.labels == nil || s.Stale() {
		if of.labels == nil {
			x.forgetMeasured()
		}
		return m.rows, nil
	}
	var cmds []tea.Cmd
	var cmd tea.Cmd
	if of.index, cmd = x.Index(); of.index == nil {
		return m.rows, cmd
	}
	var all []toMeasure
	for _, c := range s.Ready() {
		cmds = append(cmds, x.Ask(c))
		searched, ok := x.Of(c)
		if ok && (searched.Err == nil || searched.Instead) && searched.Result.Vectors.Present() > 0 {
			all = append(all, toMeasure{c.ID(), searched})
			of.candidates, of.results = append(of.candidates, c.ID()+searched.Query.Key()), append(of.results, searched.Result)
		}
	}
	if of.equal(m.of) {
		return m.rows, tea.Batch(cmds...)
	}
	x.forgetMeasuring()
	m.of, m.working = of, true
	var ctx context.Context
	ctx, m.cancel = context.WithCancel(s.life)
	engine, queries, seed := s.engine, s.Labels().Queries(), s.trying.seed
	work := func(ctx context.Context) ([]Measured, error) {
		return measure(ctx, engine, of, all, queries, seed)
	}
	return m.rows, tea.Batch(append(cmds, loop.Async(ctx, work, func(rows []Measured, err error) tea.Cmd {
		if ctx.Err() == nil && err == nil {
			m.rows = rows
			s.Touch()
		}
		if m.of.equal(of) {
			m.working = false
		}
		return nil
	}))...)
}

func (x Search) forgetMeasuring() {
	m := &x.session.searching.measuring
	if m.cancel != nil {
		m.cancel()
	}
}

func (x Search) forgetMeasured() {
	x.forgetMeasuring()
	x.session.searching.measuring = measuring{}
}

// toMeasure is a candidate that is to be measured.
type toMeasure struct {
	id string
	Searched
}

// measure measures all rows, outside the loop. Every row is measured by the queries and
// texts that it can rank; what it lacks takes part in no figure of it.
func measure(ctx context.Context, engine *pipeline.Engine, of measuredOf, all []toMeasure, queries []string, seed uint64) ([]Measured, error) {
	var rows []Measured
	words := search.Row{Index: of.index, Asked: queries}
	var fused *search.Row
	for _, c := range all {
		m := Measured{ID: c.id}
		row, lacks, err := c.row(ctx, engine, queries)
		if m.Err = err; err == nil {
			m.measure(ctx, of.labels, row, seed)
			if lacks != nil && errors.Is(m.Err, errUnmeasured) {
				m.Err = lacks
			}
			if c.id == of.hybrid {
				fused = &search.Row{Texts: row.Texts, Queries: row.Queries, Index: of.index, Asked: queries, Weight: of.weight}
			}
		}
		rows = append(rows, m)
	}
	m := Measured{ID: trial.BM25}
	m.measure(ctx, of.labels, words, seed)
	rows = append(rows, m)
	if fused != nil {
		m := Measured{ID: HybridID}
		m.measure(ctx, of.labels, *fused, seed)
		rows = append(rows, m)
	}
	return rows, ctx.Err()
}

// row is a candidate with the vectors of the queries. What costs something is taken only
// as far as it is known. lacks is why the first of the queries that can have no vector has
// none; nil when all can.
func (c toMeasure) row(ctx context.Context, engine *pipeline.Engine, queries []string) (row search.Row, lacks, err error) {
	emb, err := engine.Embed(ctx, c.Query, queries, pipeline.EmbedOptions{KnownOnly: !Inside(c.Query.Model)})
	if err != nil {
		return search.Row{}, nil, err
	}
	if emb, err = pipeline.Queries(emb, c.Result); err != nil {
		return search.Row{}, nil, err
	}
	if len(emb.Failed) > 0 {
		lacks = pipeline.WhyNoVector(emb, slices.Min(slices.Collect(maps.Keys(emb.Failed))))
	}
	if emb.Vectors.Present() == 0 {
		if lacks == nil || emb.Partial {
			lacks = trial.ErrUnpaid
		}
		return search.Row{}, nil, lacks
	}
	return search.Row{Texts: c.Result.Vectors, Queries: emb.Vectors}, lacks, nil
}

// errUnmeasured says that of no query with an answer both it and the answer have a vector.
var errUnmeasured = errors.New("none of the judged queries can be measured: their vectors are missing")

// measure takes in the figures of a row.
func (m *Measured) measure(ctx context.Context, all *evaluate.Labels, row search.Row, seed uint64) {
	part, err := search.Measured(all, []search.Row{row})
	if err != nil {
		m.Err = errUnmeasured
		return
	}
	result, err := row.Measure(ctx, part)
	if err != nil {
		m.Err = err
		return
	}
	m.Judged = search.JudgedBy(result)
	if row.Cosine() {
		m.Floor, m.HasFloor, m.Err = search.FloorOf(ctx, result, seed)
	}
}
