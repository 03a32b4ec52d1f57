package verdict

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// Screen shows the verdict.
type Screen struct {
	*ui.Context
	list widget.List
	// chosen is the id of the row under the cursor, kept while rows come and go.
	chosen string
	// documents is how many documents the costs are told for; 0 is this corpus.
	documents int
	// cuts shows the rows that are cut shorter.
	cuts   bool
	filter widget.FilterLine
	shown  shown
	// under is what the row under the cursor gets wrong.
	under under
	// agreeing is what can be said without labels.
	agreeing agreeing
	// spreads are how the similarities lie, drawn without labels.
	spreads labelling.Spreads
}

// New makes the screen.
func New(s *ui.Context) ui.Screen {
	return &Screen{Context: s, documents: defaultDocuments, cuts: true}
}

// defaultDocuments is for how many documents costs are told until the person says
// otherwise.
const defaultDocuments = 1_000_000

// ID is the screen's id.
const ID = "verdict"

// Info says what it is called.
func (s *Screen) Info() ui.Info { return ui.Info{ID: ID, Title: "Verdict", Compares: true} }

// choices are what is remembered of the screen.
type choices struct {
	Documents *int `json:"documents,omitempty"`
	HideCuts  bool `json:"hide_cuts,omitempty"`
}

// Save gives for how many documents costs are told and whether cuts are shown.
func (s *Screen) Save() json.RawMessage { return ui.Encode(choices{&s.documents, !s.cuts}) }

// Restore shows what was shown before.
func (s *Screen) Restore(kept json.RawMessage) {
	var c choices
	if json.Unmarshal(kept, &c) != nil {
		return
	}
	if c.Documents != nil {
		s.documents = max(*c.Documents, 0)
	}
	s.cuts = !c.HideCuts
}

// Refresh has resamples drawn while the screen is shown, until there are enough, and
// without labels the candidates compared with each other.
func (s *Screen) Refresh() tea.Cmd {
	s.follow()
	s.fitUnder()
	return tea.Batch(s.agree(), s.countSpreads(), s.Session.Verdict().Refine())
}

// shown are the rows of a trial, with those that are cut from others or without.
type shown struct {
	of    *trial.Trial
	found *trial.Findings
	cuts  bool
	words string // of the filter
	rows  []int
}

// rows are the rows of the trial that are shown, by their places in it, as they were
// sorted when the screen was last made ready.
func (s *Screen) rows() []int {
	if v := s.Session.Verdict(); !s.shown.is(v.Trial(), v.Findings(), s.cuts, s.filter.Words()) {
		return sorted(v.Trial(), v.Findings(), s.cuts, s.filter.Words())
	}
	return s.shown.rows
}

func (s *shown) is(t *trial.Trial, f *trial.Findings, cuts bool, words string) bool {
	return s.of == t && s.found == f && s.cuts == cuts && s.words == words
}

// sorted are the rows of a trial: the best first, those without a score last. A cut that
// stands in a candidate's place is there without the cuts too. Only rows whose names have the
// words are among them.
func sorted(t *trial.Trial, f *trial.Findings, cuts bool, words string) []int {
	if t == nil {
		return nil
	}
	var rows []int
	for i, r := range t.Rows {
		p, ok := findings.PlaceOf(t, f, t.PlaceOf(i))
		if (cuts || !r.Cut || ok && findings.Compared(f, p)) && named(&r, words) {
			rows = append(rows, i)
		}
	}
	metric := t.Labels.Metrics()[0]
	value := func(i int) float64 {
		if t.Rows[i].Score == nil {
			return -2
		}
		v, _ := t.Rows[i].Score.Value(metric)
		return v
	}
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(value(b), value(a)) })
	return rows
}

// follow keeps the cursor on its row.
func (s *Screen) follow() {
	t, f := s.Session.Verdict().Trial(), s.Session.Verdict().Findings()
	if words := s.filter.Words(); !s.shown.is(t, f, s.cuts, words) {
		s.shown = shown{t, f, s.cuts, words, sorted(t, f, s.cuts, words)}
	}
	rows := s.shown.rows
	s.list.Fit(len(rows), max(s.layout(s.Body).table.H-1, 1))
	if at := slices.IndexFunc(rows, func(i int) bool { return t.Rows[i].ID == s.chosen }); at >= 0 {
		s.list.Put(at)
	}
}

// row is the one under the cursor; nil without a trial.
func (s *Screen) row() *trial.Row {
	rows := s.rows()
	if len(rows) == 0 {
		return nil
	}
	return &s.Session.Verdict().Trial().Rows[rows[min(s.list.Cursor, len(rows)-1)]]
}

// Move moves the cursor; there is nothing to the left or right.
func (s *Screen) Move(rows, _ int) {
	s.list.Put(s.list.Cursor + rows)
	if r := s.row(); r != nil {
		s.chosen = r.ID
	}
}

// Page is how many rows a page key moves.
func (s *Screen) Page() int { return s.list.Page() }

// Mouse puts the cursor on the row that was clicked, or scrolls.
func (s *Screen) Mouse(ev ui.Mouse, z ui.Size) tea.Cmd {
	if ev.Wheel != 0 {
		s.Move(3*ev.Wheel, 0)
		return nil
	}
	l := s.layout(z)
	if s.Session.Verdict().Trial() == nil || !l.table.Contains(ev.X, ev.Y) {
		return nil
	}
	if row, ok := s.table(l.table).Fit(l.table.W, l.table.H).RowAt(ev.Y - l.table.Y); ok {
		s.Move(row-s.list.Cursor, 0)
	}
	return nil
}

// Legend explains the marks of the table.
func (s *Screen) Legend() [][2]string {
	return [][2]string{
		{"best", "the highest figure among your models"},
		{"tied", "these data cannot tell it from the best"},
		{"equal", fmt.Sprintf("within ±%g of the best: practically equal", evaluate.Equivalence)},
		{"worse", "measurably worse than the best"},
		{"✂", "shorter vectors, cut for free; compared with what they are cut from where that is the choice"},
		{findings.NoLoss, "the cut is practically equal to the choice"},
		{findings.NoLossSeen, "these data show no loss; more labels might"},
		{findings.CutUntold, "too few labels to show what the cut costs"},
		{findings.OtherCut, "cut from another model than the choice: compared with nothing"},
		{"·", "a baseline that nobody chose: it stands there to be beaten; local/bm25 counts words"},
	}
}

// Status says what the figures rest on.
func (s *Screen) Status() string {
	t := s.Session.Verdict().Trial()
	if t == nil {
		return ""
	}
	var parts, short []string // short is without what is in full anyway
	say := func(part string, extra bool) {
		if parts = append(parts, part); !extra {
			short = append(short, part)
		}
	}
	if s.Session.Verdict().Working() {
		say("trying the models anew…", false)
	}
	items := findings.Items(t.Labels)
	if t.Drawn > 0 {
		items += " drawn of " + format.Thousands(t.Drawn)
	}
	say(items, false)
	if other := s.enoughOthers(); other != "" {
		say(other, false)
	}
	if f := s.Session.Verdict().Findings(); f == nil || f.Resamples < evaluate.DefaultResamples {
		done := 0
		if f != nil {
			done = f.Resamples
		}
		say(fmt.Sprintf("resampling %s of %s", format.Thousands(done), format.Thousands(evaluate.DefaultResamples)), false)
	} else {
		say(format.Count(f.Resamples, "resample"), true)
	}
	if t.LeftOut > 0 {
		say(format.Thousands(t.LeftOut)+" left out: a model has no vector for them", false)
	}
	say(fmt.Sprintf("seed %d", s.Session.Verdict().Seed()), true)
	say(findings.Resampled(t.Labels), false)
	if said := strings.Join(parts, " · "); term.Width(said) < s.Body.W {
		return said
	}
	return strings.Join(short, " · ")
}

// enoughOthers names labels that are enough to decide where those that do are too few, as
// groups are when the first query is judged.
func (s *Screen) enoughOthers() string {
	tasks := s.Session.Labels()
	now, ok := tasks.Task()
	if !ok || now.Labels.Items() >= evaluate.FewItems {
		return ""
	}
	for _, t := range tasks.Tasks() {
		if t.Err == nil && t.Labels.Items() >= evaluate.FewItems {
			return "L selects " + findings.ItemsOf(t.Task, t.Labels.Items())
		}
	}
	return ""
}
