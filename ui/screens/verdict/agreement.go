package verdict

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// agreeing is how the candidates agree with a reference, which needs no labels.
type agreeing struct {
	reference string             // the candidate that the person chose; empty for the dearest
	results   []*pipeline.Result // what was compared, or is: the reference first
	cancel    context.CancelFunc // ends the comparing; nil when there is none
	all       []trial.Agreement  // nil until it is compared
	err       error              // why it could not be
	// doubts are pairs that tell most when they are labelled; none where it takes long to
	// find them.
	doubts [][2]int
}

// mostForDoubts is among how many texts pairs to label are looked for unasked.
const mostForDoubts = 2000

// compared are the results to compare, the reference first; nil where there are labels
// or fewer than two results.
func (s *Screen) compared() []*pipeline.Result {
	if _, labelled := s.Session.Labels().Task(); labelled || s.Session.Stale() {
		return nil
	}
	var results []*pipeline.Result
	for _, c := range s.Session.Ready() {
		if c.Result.Vectors.Present() > 0 {
			results = append(results, c.Result)
		}
	}
	if len(results) < 2 {
		return nil
	}
	first := 0
	for i, r := range results {
		if r.Candidate.ID() == s.agreeing.reference {
			first = i
			break
		}
		if dearer(r, results[first]) {
			first = i
		}
	}
	return slices.Concat([]*pipeline.Result{results[first]}, results[:first], results[first+1:])
}

// dearer tells that a costs more than b, or as much for longer vectors.
func dearer(a, b *pipeline.Result) bool {
	price := func(r *pipeline.Result) float64 {
		if r.Model.Price == nil {
			return 0
		}
		return *r.Model.Price
	}
	if price(a) != price(b) {
		return price(a) > price(b)
	}
	return a.Candidate.Dimensions > b.Candidate.Dimensions
}

// agree compares the candidates with the reference where that has changed.
func (s *Screen) agree() tea.Cmd {
	results := s.compared()
	g := &s.agreeing
	if slices.Equal(results, g.results) {
		return nil
	}
	if g.cancel != nil {
		g.cancel()
	}
	g.results, g.all, g.err, g.cancel, g.doubts = results, nil, nil, nil, nil
	if results == nil {
		return nil
	}
	var ctx context.Context
	ctx, g.cancel = context.WithCancel(s.Session.Life())
	work := func(ctx context.Context) ([]trial.Agreement, error) {
		return trial.AgreementsWith(ctx, results[0], results[1:])
	}
	agreed := loop.Async(ctx, work, func(all []trial.Agreement, err error) tea.Cmd {
		if slices.Equal(results, s.agreeing.results) && !errors.Is(err, context.Canceled) {
			s.agreeing.all, s.agreeing.err = all, err
			s.Session.Touch()
		}
		return nil
	})
	if len(s.Session.Texts()) > mostForDoubts {
		return agreed
	}
	return tea.Batch(agreed, s.Session.Labels().DoubtsUntil(ctx, func(pairs [][2]int, err error) tea.Cmd {
		if err == nil && slices.Equal(results, s.agreeing.results) {
			s.agreeing.doubts = pairs
			s.Session.Touch()
		}
		return nil
	}))
}

// mostChanged is how many of the texts whose neighbours change most are named.
const mostChanged = 3

// agreement says how the candidates agree with the reference, and names as many of the texts
// that tell them apart; no lines where there is nothing to compare.
func (s *Screen) agreement(w, most int) []string {
	g := &s.agreeing
	if len(g.results) == 0 {
		return nil
	}
	const head = " What can be said without labels: agreement with "
	reference, another := term.NameCut(term.Safe(s.Session.Short(g.results[0].Candidate)), max(w-len(head), 1)), " (A: another)"
	if term.Width(head+reference+another) > w {
		another = ""
	}
	lines := []string{s.Theme.Codes.Strong + head + reference + theme.Reset + s.Theme.Dim.Render(another)}
	if g.err != nil {
		return append(lines, s.Theme.Bad.Render(term.Fit(" "+term.Safe(g.err.Error()), w)), "")
	}
	if g.all == nil {
		return append(lines, " Comparing…", "")
	}
	t := widget.Table{Rows: len(g.all), Cursor: -1, Styles: s.Theme.Codes, Columns: []widget.Column{
		{Title: "model", Width: 18, Min: 12, Flex: 1}, {Title: "shared", Width: 6, Align: widget.AlignRight}, {Title: "chance", Width: 6, Align: widget.AlignRight},
		{Title: "rank corr.", Width: 10, Align: widget.AlignRight}, {Title: "RSA", Width: 6, Align: widget.AlignRight, Priority: 2},
		{Title: "CKA", Width: 6, Align: widget.AlignRight, Priority: 1}, {Title: "$ per 1M", Width: 8, Align: widget.AlignRight},
	}}
	names := make([]string, len(g.all))
	for i, a := range g.all {
		names[i] = term.Safe(s.Session.Short(a.B.Candidate))
	}
	if places := t.Fit(w, len(g.all)+1).Places; len(places) > 0 {
		names = term.DistinctCuts(names, places[0].W)
	}
	t.Row = func(i int) []widget.Cell {
		a := g.all[i]
		cells := []widget.Cell{{Text: names[i]}}
		for _, v := range []float64{a.Overlap, a.Chance, a.Spearman, a.Pearson, a.CKA} {
			cells = append(cells, widget.Cell{Text: findings.Score(v)})
		}
		return append(cells, widget.Cell{Text: format.Price(a.B.Model.Price, 2)})
	}
	lines = append(lines, t.Draw(w, len(g.all)+1)...)
	lines = append(lines, s.Theme.Dim.Render(term.Fit(fmt.Sprintf(" shared: of the nearest %d, found by both. Agreeing is not being right.", g.all[0].K), w)))
	return append(append(lines, s.changed(w, most)...), "")
}

// changed names the texts whose neighbours change most with the candidate that agrees
// the least: in one line, or in a line each where most is more.
func (s *Screen) changed(w, most int) []string {
	least := slices.MinFunc(s.agreeing.all, func(a, b trial.Agreement) int {
		return cmp.Compare(a.Overlap, b.Overlap)
	})
	texts := s.Session.Texts()
	head := " Neighbours change most with " + term.Safe(s.Session.Short(least.B.Candidate)) + ":"
	changes := slices.DeleteFunc(slices.Clone(least.Changes[:min(len(least.Changes), max(most, mostChanged))]), func(c evaluate.Change) bool {
		return c.Text >= len(texts) || c.Overlap >= 1
	})
	switch {
	case len(changes) == 0:
		return nil
	case most > mostChanged:
		lines := []string{term.Fit(head, w)}
		for _, c := range changes {
			shared := fmt.Sprintf("%3.0f%% shared  ", 100*c.Overlap)
			lines = append(lines, "  "+s.Theme.Dim.Render(shared)+textLine(texts, c.Text, max(w-term.Width(shared)-3, 1)))
		}
		return lines
	}
	line := head
	for n, c := range changes {
		named := fmt.Sprintf(" %s “%s”", format.Thousands(c.Text+1), term.Excerpt(texts[c.Text].Text, 30))
		if n > 0 {
			named = "," + named
		}
		if n > 0 && term.Width(line+named) > w {
			break
		}
		line += named
	}
	return []string{term.Fit(line, w)}
}

// askReference offers the candidates to agree with.
func (s *Screen) askReference() {
	s.Open(widget.NewPicker(s.Context, "Agreement with which model", "", func() []widget.PickItem {
		var items []widget.PickItem
		for _, r := range s.compared() {
			id := r.Candidate.ID()
			items = append(items, widget.PickItem{Label: term.Safe(id), Marked: r == s.compared()[0], Choose: func() tea.Cmd {
				s.agreeing.reference = id
				return s.agree()
			}})
		}
		return items
	}))
}

func (s *Screen) needsAgreement() string {
	if len(s.agreeing.results) == 0 {
		return "it is for two models or more whose texts have no labels"
	}
	return ""
}
