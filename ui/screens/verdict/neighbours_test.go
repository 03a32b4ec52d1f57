package verdict

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

// A name stands whole where that takes no more than a quarter of the table.
func TestNamesStandWholeWhereThereIsRoom(t *testing.T) {
	s := screenOfVerdict(t, 200, 60, "polysemy")
	first := s.rows()[0]
	r := &s.Session.Verdict().Trial().Rows[first]
	r.Candidate.Model, r.Candidate.Dimensions = "shop/embed-multilingual-small", 64
	for w, whole := range map[int]bool{200: true, 132: true, 116: true, 80: false} {
		name := s.table(ui.Rect{W: w, H: 10}).Row(0)[0].Text
		if got := strings.HasSuffix(name, " embed-multilingual-small@64"); got != whole {
			t.Errorf("in %d columns the first row is called %q", w, name)
		}
	}
}

// Every figure of a row stands under its own title.
func TestFiguresStandUnderTheirTitles(t *testing.T) {
	s := screenOfVerdict(t, 200, 60, "polysemy")
	v := s.Session.Verdict()
	columns := s.columns(300)
	cell := func(title string, i int, r *trial.Row) string {
		for _, c := range columns[1:] {
			if c.Title == title {
				return c.cell(i, r).Text
			}
		}
		t.Fatalf("there is no column %q", title)
		return ""
	}
	price := 2.5
	for _, i := range s.rows() {
		r := v.Trial().Rows[i]
		if r.Score == nil {
			continue
		}
		r.Candidate.Dimensions, r.P50, r.P95, r.Model.Source, r.Model.Provider = 300, 20*time.Millisecond, 70*time.Millisecond, "", "shop"
		r.Price, r.Model.Price = &price, &price
		want := map[string]string{"$ per 1M": "2.50", "bytes": format.Thousands(r.BytesPerVector()), "p50": "20 ms", "p95": "70 ms", "where": "shop", s.documentsTitle(): s.costOf(&r, s.documents)}
		for _, m := range r.Score.Metrics {
			want[findings.Metric(m.Name)] = findings.Score(m.Value)
		}
		if place := v.Trial().PlaceOf(i); place >= 0 {
			want["95% interval"] = findings.Interval(v.Findings().Estimates[place][0].Interval)
		}
		for title, text := range want {
			if got := cell(title, i, &r); got != text {
				t.Errorf("%s has %q under %q, want %q", r.ID, got, title, text)
			}
		}
		if r.Lexical = true; cell("$ per 1M", i, &r) != format.Unknown || cell("bytes", i, &r) != format.Unknown || cell("p50", i, &r) != format.Unknown {
			t.Errorf("a search by words has a price, vectors or a latency")
		}
	}
	// The rows are drawn with the figures of their own.
	table := s.table(s.layout(s.Body).table)
	for k, i := range s.rows() {
		r := v.Trial().Rows[i]
		cells := table.Row(k)
		if !strings.HasSuffix(cells[0].Text, " "+s.Session.RowName(&r)) || cells[1].Text != s.figure(i, 0) {
			t.Errorf("row %d is %q with %q, want %s with %s", k+1, cells[0].Text, cells[1].Text, r.ID, s.figure(i, 0))
		}
		sign, pen := map[bool]string{true: "✂", false: s.letterOf(&r)}[r.Cut], ""
		if at := slices.Index(s.Session.Candidates(), r.Candidate); at >= 0 {
			pen = s.Theme.Candidate(at)
		}
		if r.Cut {
			pen = s.Theme.Codes.Dim
		}
		if !strings.HasPrefix(cells[0].Text, sign+" ") || cells[0].Pen != pen {
			t.Errorf("%s has the sign and the colour %q %q", r.ID, cells[0].Text, cells[0].Pen)
		}
	}
}

func TestEveryStateOfARowHasItsWordAndItsColour(t *testing.T) {
	s := screenOfVerdict(t, 120, 40, "polysemy")
	c := s.Theme.Codes
	for _, x := range []struct {
		err       error
		text, pen string
	}{
		{trial.ErrUnpaid, "E: costs", c.Warn}, {session.ErrBeyondLimits, "limits", c.Dim}, {session.ErrUnderWay, "embedding", c.Dim},
		{session.ErrStopped, "stopped", c.Warn}, {fmt.Errorf("away: %w", session.ErrStopped), "stopped", c.Warn}, {fmt.Errorf("no answer"), "failed", c.Bad},
	} {
		r := s.Session.Verdict().Trial().Rows[0]
		if r.Err = x.err; s.standingCell(0, &r).Text != x.text || s.standingCell(0, &r).Pen != x.pen {
			t.Errorf("%v is told as %+v, want %q", x.err, s.standingCell(0, &r), x.text)
		}
		if got := failed(&r); got != (x.text == "failed") {
			t.Errorf("%v counts as failed: %v", x.err, got)
		}
	}
	for standing, want := range map[evaluate.Standing][2]string{evaluate.Best: {"best", ""}, evaluate.Equal: {"equal", ""}, evaluate.Tied: {"tied", ""}, evaluate.Worse: {"worse", c.Bad}, evaluate.Outside: {"limits", c.Dim}} {
		if got := standingCells(c)[standing]; got.Text != want[0] || got.Pen != want[1] {
			t.Errorf("%v is told as %+v", standing, got)
		}
	}
}

// Rows without a score stand last, equal ones in the order of the trial, and cuts only where
// they are shown or one stands in its model's place.
func TestRowsWithoutAScoreStandLastAndEqualOnesAsTheyAre(t *testing.T) {
	s := screenOfVerdict(t, 120, 40, "polysemy")
	v := s.Session.Verdict()
	all := sorted(v.Trial(), v.Findings(), true, "")
	other := *v.Trial()
	other.Rows = slices.Clone(other.Rows)
	best := all[0]
	other.Rows[best].Score = nil
	if got := sorted(&other, v.Findings(), true, ""); got[len(got)-1] != best || got[0] != all[1] {
		t.Errorf("without the score of row %d the rows stand %v, before %v", best, got, all)
	}
	for i := range other.Rows {
		other.Rows[i].Score = v.Trial().Rows[best].Score
	}
	if got := sorted(&other, v.Findings(), true, ""); !slices.IsSorted(got) || len(got) != len(other.Rows) {
		t.Errorf("equal rows stand %v", got)
	}
	cuts := 0
	for _, i := range sorted(v.Trial(), v.Findings(), false, "") {
		if v.Trial().Rows[i].Cut {
			cuts++
		}
	}
	if cuts > 1 || len(all) != len(v.Trial().Rows) {
		t.Errorf("without cuts there are %d of them, with them %d of %d rows", cuts, len(all), len(v.Trial().Rows))
	}
	for words, want := range map[string]string{"use-lite @64": "local/use-lite@64", "LITE@64": "local/use-lite@64"} {
		got := sorted(v.Trial(), v.Findings(), true, words)
		if len(got) != 1 || v.Trial().Rows[got[0]].ID != want {
			t.Errorf("%q leaves %v", words, got)
		}
	}
}

func TestTheStatusSaysWhatTheFiguresRestOn(t *testing.T) {
	a := settled(t, 200, 60, withSet(t, "polysemy"))
	uitest.Press(t, a, "5", "%", "ctrl+u", "7", "enter")
	s := a.Screen(ID).(*Screen)
	tr := a.Session.Verdict().Trial()
	want := fmt.Sprintf("%s · 2,000 resamples · seed 7 · %s", findings.Items(tr.Labels), findings.Resampled(tr.Labels))
	if got := s.Status(); got != want {
		t.Errorf("the status is %q, want %q", got, want)
	}
	tr.LeftOut, tr.Drawn = 3, 5000
	want = fmt.Sprintf("%s drawn of 5,000 · 2,000 resamples · 3 left out: a model has no vector for them · seed 7 · %s", findings.Items(tr.Labels), findings.Resampled(tr.Labels))
	if got := s.Status(); got != want {
		t.Errorf("the status is %q, want %q", got, want)
	}
	s.Body.W = len(want) - 40
	if got := s.Status(); strings.Contains(got, "seed") || strings.Contains(got, "resamples ·") || !strings.Contains(got, "3 left out") {
		t.Errorf("in little room the status is %q", got)
	}
}

// Which labels decide is chosen, and the verdict is over those; the one that decides is marked.
func TestTheLabelsThatAreChosenDecide(t *testing.T) {
	set := withSet(t, "polysemy")
	a := settled(t, 120, 40, set)
	uitest.Settle(t, a, a.Session.Labels().Mark(0, 1, "same"), a.Session.Labels().Mark(0, 2, "different"), a.Session.Labels().Mark(1, 2, "different"))
	uitest.Press(t, a, "5")
	for _, c := range []struct{ words, name, items string }{{"pairs", "labelled pairs", "3 labelled pairs"}, {"group", "texts of one group belong together", "30 labelled texts"}} {
		uitest.Press(t, a, "L")
		uitest.Letters(t, a, c.words)
		uitest.Press(t, a, "enter", "L")
		if line := uitest.LineWith(t, a, "● "); !strings.Contains(line, c.name) {
			t.Errorf("marked is %q, want %q", line, c.name)
		}
		uitest.Press(t, a, "esc")
		if got := a.Screen(ID).(*Screen).Status(); !strings.HasPrefix(got, c.items) {
			t.Errorf("the status is %q, want %q", got, c.items)
		}
	}
}
