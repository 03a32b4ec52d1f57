package verdict

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// Every part has its place in windows of all sizes: the sentence over the table, the scatter below
// it or beside it, and what a row gets wrong and its figures where lines are left.
func TestEveryPartOfTheVerdictHasItsPlace(t *testing.T) {
	var lines []string
	s := screenOfVerdict(t, 120, 40, "polysemy")
	for _, filter := range []string{"", "glove", "nothing"} {
		s.Filter(filter)
		if filter == "" {
			s.filter.Clear()
		}
		for _, w := range []int{40, 80, 149, 150, 200} {
			for _, h := range []int{7, 12, 21, 24, 28, 29, 36, 47, 57, 80} {
				l := s.layout(ui.Size{W: w, H: h})
				line := fmt.Sprintf("%q %dx%d:", filter, w, h)
				for _, part := range []struct {
					name string
					at   ui.Rect
				}{{"sentence", l.sentence}, {"filter", l.filter}, {"table", l.table}, {"scatter", l.scatter}, {"wrong", l.wrong}, {"figures", l.figures}} {
					if part.at.H > 0 {
						line += fmt.Sprintf(" %s %d,%d %dx%d", part.name, part.at.X, part.at.Y, part.at.W, part.at.H)
					}
				}
				lines = append(lines, line)
			}
		}
	}
	golden.RequireEqual(t, strings.Join(lines, "\n")+"\n")
}

// The cursor's row is in sight in windows of every height, to the last.
func TestTheRowUnderTheCursorIsInSight(t *testing.T) {
	a := settled(t, 80, 40, withSet(t, "polysemy"))
	uitest.Press(t, a, "5")
	s := a.Screen(ID).(*Screen)
	for h := 10; h < 40; h++ {
		uitest.Send(t, a, uitest.WindowSize(ui.Size{W: 80, H: h}))
		for _, key := range []string{"end", "home"} {
			uitest.Press(t, a, key)
			if !strings.Contains(a.Draw(), a.Theme.Codes.Selected) {
				t.Errorf("in %d lines the row under the cursor is out of sight after %s:\n%s", h, key, uitest.Plain(a))
			}
		}
		if shown := s.layout(a.Body).table.H - 1; s.list.Shown != min(max(shown, 1), max(len(s.rows()), 1)) && s.list.Shown != max(shown, 1) {
			t.Errorf("in %d lines %d rows are shown of %d", h, s.list.Shown, shown)
		}
	}
}

// Without labels lines are airy where all have room, and pairs to label stand below them.
func TestWhatIsSaidWithoutLabelsIsAiryWhereItHasRoom(t *testing.T) {
	s := agreed(t, 100, 40)
	s.agreeing.doubts = [][2]int{{0, 1}, {1, 2}}
	airy, tight := len(s.unlabelled(100, true)), len(s.unlabelled(100, false))
	if airy <= tight+4 {
		t.Fatalf("%d lines are airy, %d are not", airy, tight)
	}
	for h, want := range map[int]struct{ lead, pairs bool }{
		tight: {false, false}, tight + 3: {false, false}, tight + 4: {false, true}, airy - 1: {false, true}, airy: {true, false}, airy + 3: {true, false}, airy + 4: {true, true},
	} {
		lines := s.drawUnlabelled(ui.Size{W: 100, H: h})
		lead, pairs := uitest.Flat(lines[0]) == "", strings.Contains(flatLines(lines), "Pairs that tell most")
		if len(lines) != h || lead != want.lead || pairs != want.pairs {
			t.Errorf("in %d lines, %d airy and %d not, it is airy %v, with pairs %v, want %v", h, airy, tight, lead, pairs, want)
		}
	}
	for _, z := range []struct {
		ui.Size
		want bool
	}{{ui.Size{W: 139, H: 30}, false}, {ui.Size{W: 140, H: 29}, false}, {ui.Size{W: 140, H: 30}, true}} {
		if got := strings.Contains(flatLines(s.drawUnlabelled(z.Size)), "│"); got != z.want {
			t.Errorf("in %v how to label stands beside it: %v", z.Size, got)
		}
	}
}

// A point reaches over its interval and is chosen where a model is recommended.
func TestAPointReachesOverItsInterval(t *testing.T) {
	s := screenOfVerdict(t, 200, 60, "polysemy")
	tr, f := s.Session.Verdict().Trial(), s.Session.Verdict().Findings()
	value := tr.At(0).Score.Metrics[0].Value
	for _, c := range []struct{ low, high, wantLow, wantHigh float64 }{
		{value - .1, value + .1, value - .1, value + .1}, {value + .1, value + .2, value, value + .2}, {value - .2, value - .1, value - .2, value},
		{math.NaN(), value + .1, value, value}, {value - .1, math.NaN(), value, value},
	} {
		f.Estimates[0][0].Low, f.Estimates[0][0].High = c.low, c.high
		if p := s.point(tr, 0); p.Low != c.wantLow || p.High != c.wantHigh || p.Y != value {
			t.Errorf("between %v and %v the point is %+v", c.low, c.high, p)
		}
	}
	choice := f.Verdict.Choice
	for _, reason := range []evaluate.Reason{evaluate.Clear, evaluate.Illustration} {
		f.Verdict.Reason = reason
		for k := range tr.Scored {
			if got := s.point(tr, k).Chosen; got != (k == choice && findings.Recommends(f)) {
				t.Errorf("reason %v: point %d of choice %d is chosen: %v", reason, k, choice, got)
			}
		}
	}
}

func TestRowsHaveASignOfWhatTheyAre(t *testing.T) {
	s := screenOfVerdict(t, 120, 40, "polysemy")
	chosen := s.Session.Candidates()[1]
	dim := s.Theme.Codes.Dim
	for _, c := range []struct {
		row       trial.Row
		text, pen string
	}{
		{trial.Row{Candidate: chosen}, "B x", s.Theme.Candidate(1)}, {trial.Row{}, "  x", ""}, {trial.Row{Candidate: chosen, Cut: true}, "✂ x", dim},
		{trial.Row{Baseline: true}, "· x", dim}, {trial.Row{Lexical: true}, "· x", dim}, {trial.Row{Lexical: true, Cut: true}, "✂ x", dim},
	} {
		if got := s.nameCell("x", &c.row); got.Text != c.text || got.Pen != c.pen {
			t.Errorf("%+v is called %q in %q", c.row, got.Text, got.Pen)
		}
	}
}

func TestWhatARowCostsIsToldOfAMillionDocumentsAtLeast(t *testing.T) {
	s := screenOfVerdict(t, 200, 60, "polysemy")
	price := 2.0
	r := trial.Row{ID: "shop/x@4"}
	r.Price, r.Model.Provider, r.Model.Price, r.Candidate.Dimensions = &price, "shop", &price, 4
	for documents, want := range map[int]string{0: "for 1,000,000 documents", 7: "for 1,000,000 documents", 3_000_000: "for 3,000,000 documents"} {
		s.documents = documents
		d := &widget.DetailText{W: 100, Theme: s.Theme}
		s.terms(&r, d)
		said := uitest.Flat(strings.Join(d.Lines, " "))
		if !strings.Contains(said, "$2.00 per million tokens: "+s.costOf(&r, 0)+" for these texts, "+s.costOf(&r, max(documents, 1_000_000))+" "+want) || !strings.Contains(said, "4 dimensions, 16 bytes") || strings.Contains(said, "latency") {
			t.Errorf("of %d documents it is said %q", documents, said)
		}
	}
	for name, lexical := range map[bool]string{true: "", false: "price free"} {
		free := 0.0
		r.Price, r.Lexical = &free, name
		d := &widget.DetailText{W: 100, Theme: s.Theme}
		if s.terms(&r, d); !strings.HasPrefix(uitest.Flat(strings.Join(d.Lines, " ")), lexical) || name && len(d.Lines) > 0 {
			t.Errorf("lexical %v: it is said %q", name, d.Lines)
		}
	}
}

// Groups are told apart where there are two or more, and a pair is of a group where both texts are.
func TestGroupsAreToldApartWhereThereAreSeveral(t *testing.T) {
	texts := []corpus.Text{{Text: "a cat purrs", Group: "c", Lang: "en"}, {Text: "the cat is purring", Group: "c", Lang: "en"}, {Text: "stocks fell", Group: "s", Lang: "en"}, {Text: "the market dropped", Group: "s", Lang: "en"}}
	a := settled(t, 140, 50, uitest.OptionsWith(t, texts, "local/ngrams@64"))
	l := a.Session.Labels()
	uitest.Settle(t, a, l.Mark(0, 1, labels.Same), l.Mark(2, 3, labels.Same), l.Mark(0, 2, labels.Different), l.Mark(1, 3, labels.Different))
	for task, want := range map[evaluate.Task][]string{evaluate.Groups: {"By group"}, evaluate.Pairs: nil} {
		uitest.Settle(t, a, l.ChooseTask(task))
		a.SetScreen(ID)
		uitest.Happen(t, a, uitest.Nothing)
		s := a.Screen(ID).(*Screen)
		tr := s.Session.Verdict().Trial()
		d := &widget.DetailText{W: 100, Theme: s.Theme}
		s.slices(tr, &tr.Rows[0], a.Session.Texts(), d, noEnd)
		var titles []string
		for _, line := range d.Lines {
			if flat := uitest.Flat(line); strings.HasPrefix(flat, "By ") {
				titles = append(titles, flat)
			}
		}
		if !slices.Equal(titles, want) {
			t.Errorf("of %v it is said\n%s", task, flatLines(d.Lines))
		}
		if task == evaluate.Pairs {
			names := itemNames(tr, &tr.Rows[0], func(i int) string { return texts[i].Group })
			for i, x := range tr.Rows[0].Score.Pairs {
				if want := map[bool]string{true: texts[x.A].Group, false: ""}[texts[x.A].Group == texts[x.B].Group]; names[i] != want {
					t.Errorf("the pair of %q and %q is of %q", texts[x.A].Text, texts[x.B].Text, names[i])
				}
			}
		}
	}
}
