package verdict

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/uitest"
)

// screenOfVerdict is the screen over a built-in set.
func screenOfVerdict(t *testing.T, w, h int, set string) *Screen {
	t.Helper()
	a := settled(t, w, h, withSet(t, set))
	a.SetScreen(ID)
	uitest.Happen(t, a, uitest.Nothing)
	return a.Screen(ID).(*Screen)
}

func TestAReferenceIsTheDearestOrTheOneThatWasChosen(t *testing.T) {
	price := func(usd float64) *float64 { return &usd }
	result := func(usd *float64, dims int) *pipeline.Result {
		r := &pipeline.Result{}
		r.Model.Price, r.Candidate.Dimensions = usd, dims
		return r
	}
	for _, c := range []struct {
		a, b *pipeline.Result
		want bool
	}{
		{result(price(2), 8), result(price(1), 64), true}, {result(price(1), 64), result(price(2), 8), false},
		{result(nil, 64), result(price(0), 8), true}, {result(price(0), 8), result(nil, 64), false}, {result(nil, 8), result(nil, 8), false},
	} {
		if got := dearer(c.a, c.b); got != c.want {
			t.Errorf("%v at %d before %v at %d: %v", c.a.Model.Price, c.a.Candidate.Dimensions, c.b.Model.Price, c.b.Candidate.Dimensions, got)
		}
	}
	texts := uitest.Texts("a cat purrs", "the cat is purring", "stocks fell", "the market dropped", "rain fell", "it is raining")
	a := settled(t, 120, 40, uitest.OptionsWith(t, texts, "local/use-lite@512", "local/glove@100", "local/ngrams@64"))
	a.SetScreen(ID)
	uitest.Happen(t, a, uitest.Nothing)
	wantSaid(t, a, "agreement with use-lite@512")
	s := a.Screen(ID).(*Screen)
	uitest.Press(t, a, "A")
	uitest.WantShown(t, a, "● local/use-lite@512")
	if n := strings.Count(uitest.Plain(a), "● "); n != 1 {
		t.Errorf("%d models are marked", n)
	}
	uitest.Letters(t, a, "glove")
	uitest.Press(t, a, "enter")
	wantSaid(t, a, "agreement with glove@100")
	for _, x := range s.agreeing.all {
		line := uitest.LineWith(t, a, x.B.Candidate.Short(), findings.Score(x.Overlap), findings.Score(x.Spearman))
		if at := strings.Index(line, findings.Score(x.Overlap)); at < 0 || !strings.Contains(line, findings.Score(x.Chance)) || x.Overlap != x.Chance && !strings.Contains(line[at:], findings.Score(x.Chance)) {
			t.Errorf("shared %v and chance %v stand as %q", x.Overlap, x.Chance, line)
		}
	}
	least := slices.MinFunc(s.agreeing.all, func(a, b trial.Agreement) int { return int(1e6 * (a.Overlap - b.Overlap)) })
	lines := s.changed(200, mostChanged)
	if len(least.Changes) > 0 && least.Changes[0].Overlap < 1 {
		if want := fmt.Sprintf("Neighbours change most with %s: %d “", least.B.Candidate.Short(), least.Changes[0].Text+1); len(lines) != 1 || !strings.Contains(uitest.Flat(lines[0]), want) {
			t.Errorf("it is said %q, want %q", lines, want)
		}
	}
}

func TestRowsSayWhatTheyCostAndWhereTheyRun(t *testing.T) {
	s := screenOfVerdict(t, 200, 60, "polysemy")
	price, free := 2.0, 0.0
	row := func(usd *float64) *trial.Row {
		r := &trial.Row{}
		r.Price, r.Model.Provider, r.Model.Price = usd, "shop", usd
		return r
	}
	tokens, complete := s.Session.CorpusTokens()
	if !complete {
		t.Fatal("tokens are not counted")
	}
	perText := float64(tokens) / float64(s.Session.Corpus().Len())
	for documents, want := range map[int]float64{0: float64(tokens), 1000: 1000 * perText, 1_000_000: 1e6 * perText} {
		usd, _ := row(&price).CostOf(want)
		if got := s.costOf(row(&price), documents); !strings.HasPrefix(got, "$") && !strings.HasPrefix(got, "<$") || usd >= 0.01 && !strings.HasPrefix(got, fmt.Sprintf("$%.1f", usd)[:3]) {
			t.Errorf("%d documents cost %s, want about %g", documents, got, usd)
		}
	}
	if these, _ := row(&price).CostOf(float64(tokens)); s.costOf(row(&price), 0) != format.Dollars(these) {
		t.Errorf("these texts alone cost %s, want %s", s.costOf(row(&price), 0), format.Dollars(these))
	}
	if got := s.costOf(row(&free), 7); got != "free" {
		t.Errorf("what costs nothing costs %s", got)
	}
	if got := s.costOf(&trial.Row{Lexical: true}, 7); got != "-" {
		t.Errorf("a search by words costs %s", got)
	}
	for n, want := range map[int]string{0: "these", 1000: "1k docs", 2_000_000: "2M docs", 1234: "1,234 docs"} {
		if s.documents = n; s.documentsTitle() != want {
			t.Errorf("of %d documents the title is %q", n, s.documentsTitle())
		}
	}
	r := row(&price)
	for d, want := range map[time.Duration]string{0: "-", 500 * time.Microsecond: "<1 ms", 20 * time.Millisecond: "20 ms"} {
		if r.P50 = d; latency(r) != want {
			t.Errorf("%v is written %q", d, latency(r))
		}
	}
	if got := where(r); got != "shop" {
		t.Errorf("it runs %q", got)
	}
	local := &trial.Row{}
	local.Model.Source, local.Model.Provider = api.SourceBinary, "local"
	if got := where(local); got != "here" {
		t.Errorf("a model inside the program runs %q", got)
	}
}

func TestEveryReasonHasItsStanding(t *testing.T) {
	s := screenOfVerdict(t, 120, 40, "polysemy")
	for want, err := range map[string]error{"E: costs": trial.ErrUnpaid, "failed": errors.New("the server is on fire")} {
		r := s.Session.Verdict().Trial().Rows[0]
		if r.Err = err; s.standingCell(0, &r).Text != want {
			t.Errorf("%v is told as %q, want %q", err, s.standingCell(0, &r).Text, want)
		}
	}
	if got := rowError(&trial.Row{Err: trial.ErrUnpaid}); !strings.HasSuffix(got, ": E embeds them and says before what that costs") {
		t.Errorf("what is not paid for is told as %q", got)
	}
	if got := rowError(&trial.Row{}); got != "it could not be tried" {
		t.Errorf("without a reason it is told as %q", got)
	}
}

func TestRowsStandByTheirScoreAndTheCursorStaysOnOne(t *testing.T) {
	a := settled(t, 120, 30, withSet(t, "polysemy"))
	a.SetScreen(ID)
	uitest.Happen(t, a, uitest.Nothing)
	s := a.Screen(ID).(*Screen)
	tr := s.Session.Verdict().Trial()
	metric := tr.Labels.Metrics()[0]
	last := 2.0
	for _, i := range s.rows() {
		v, _ := tr.Rows[i].Score.Value(metric)
		if v > last {
			t.Errorf("%s with %v stands behind %v", tr.Rows[i].ID, v, last)
		}
		last = v
	}
	uitest.Press(t, a, "j", "j")
	chosen := s.row().ID
	if chosen == tr.Rows[s.rows()[0]].ID {
		t.Fatal("the cursor does not move")
	}
	s.toggleCuts()
	uitest.Happen(t, a, uitest.Nothing)
	s.toggleCuts()
	uitest.Happen(t, a, uitest.Nothing)
	if s.row().ID != chosen {
		t.Errorf("the cursor goes from %s to %s", chosen, s.row().ID)
	}
	l := s.layout(a.Body)
	uitest.Send(t, a, uitest.Click(4, 1+l.table.Y+1))
	if first := tr.Rows[s.rows()[0]].ID; s.row().ID != first {
		t.Errorf("a click on the first row leads to %s", s.row().ID)
	}
	uitest.Send(t, a, tea.MouseWheelMsg{X: 4, Y: 1 + l.table.Y + 1, Button: tea.MouseWheelDown})
	if s.list.Cursor != min(3, len(s.rows())-1) {
		t.Errorf("the wheel leads to row %d", s.list.Cursor+1)
	}
	// The letters are those of the candidates, and a cut of one has none.
	for i := range tr.Rows {
		r := &tr.Rows[i]
		at := slices.Index(s.Session.Candidates(), r.Candidate)
		want := " "
		if at >= 0 {
			want = string(rune('A' + at))
		}
		if got := s.letterOf(r); got != want {
			t.Errorf("%s has the letter %q, want %q", r.ID, got, want)
		}
	}
}

func TestFiguresAreThoseOfTheRow(t *testing.T) {
	s := screenOfVerdict(t, 200, 60, "polysemy")
	v := s.Session.Verdict()
	for _, i := range s.rows() {
		r := v.Trial().Rows[i]
		if r.Score == nil {
			continue
		}
		o := opened{v.Trial(), v.Findings(), r, s.Session.Texts(), nil}
		text := uitest.Flat(strings.Join(s.items(o, 160, s.Theme), "\n"))
		place := v.Trial().PlaceOf(i)
		for k, m := range r.Score.Metrics {
			want := findings.Score(m.Value)
			if place >= 0 {
				want += " 95% interval " + findings.Interval(v.Findings().Estimates[place][k].Interval)
			}
			if !strings.Contains(text, findings.Metric(m.Name)+" "+want) {
				t.Errorf("%s lacks %s %s:\n%s", r.ID, m.Name, want, text)
			}
		}
		wrong := 0
		for _, x := range r.Score.Texts {
			if !x.InGroup && !x.Alone {
				wrong++
			}
		}
		if !strings.Contains(text, fmt.Sprintf(": %d text", wrong)) {
			t.Errorf("%s gets %d texts wrong:\n%s", r.ID, wrong, text)
		}
		if split := r.Score.Split; split != nil {
			if want := fmt.Sprintf("precision %s, recall %s", findings.Score(split.Precision), findings.Score(split.Recall)); !strings.Contains(text, want) {
				t.Errorf("%s lacks %q", r.ID, want)
			}
		}
	}
}

func TestPairsOnTheWrongSideAreCalledWhatTheyAre(t *testing.T) {
	texts := uitest.Texts("a cat purrs", "the cat is purring", "a cat purrs loudly", "stocks fell", "the market dropped", "rain fell all night")
	a := settled(t, 140, 50, uitest.OptionsWith(t, texts, "local/ngrams@64"))
	l := a.Session.Labels()
	uitest.Settle(t, a, l.Mark(0, 2, labels.Different), l.Mark(3, 4, labels.Same), l.Mark(0, 1, labels.Same), l.Mark(3, 5, labels.Different))
	a.SetScreen(ID)
	uitest.Happen(t, a, uitest.Nothing)
	s := a.Screen(ID).(*Screen)
	tr := s.Session.Verdict().Trial()
	r := tr.Rows[s.rows()[0]]
	o := opened{tr, s.Session.Verdict().Findings(), r, s.Session.Texts(), nil}
	text := uitest.Flat(strings.Join(s.items(o, 130, s.Theme), "\n"))
	wrong := 0
	for _, x := range r.Score.Pairs {
		if x.Over == (x.Score == 1) {
			continue
		}
		wrong++
		is := "called the same, is different"
		if x.Score == 1 {
			is = "called different, is the same"
		}
		if want := fmt.Sprintf("✗ %s %s", findings.Score(x.Similarity), is); !strings.Contains(text, want) {
			t.Errorf("%q is missing:\n%s", want, text)
		}
	}
	if wrong == 0 {
		t.Errorf("no pair is on the wrong side:\n%s", text)
	}
	// Both ways of being wrong are listed, and no pair that is right.
	for i, c := range []struct {
		over  bool
		score float64
		want  string
	}{{true, 1, ""}, {false, 0, ""}, {true, 0, "called the same, is different"}, {false, 1, "called different, is the same"}} {
		score := *r.Score
		score.Pairs = []evaluate.PairResult{r.Score.Pairs[0]}
		score.Pairs[0].Over, score.Pairs[0].Score = c.over, c.score
		o.row.Score = &score
		text := uitest.Flat(strings.Join(s.items(o, 130, s.Theme), "\n"))
		if got := strings.Contains(text, "✗ "); got != (c.want != "") || !strings.Contains(text, c.want) {
			t.Errorf("pair %d is listed as wrong: %t, want %q\n%s", i+1, got, c.want, text)
		}
	}
	if got := s.fullName(); got == "" {
		t.Error("it has no name")
	}
}

// fullName is what the row under the cursor is called.
func (s *Screen) fullName() string { return s.Session.RowName(s.row()) }

func TestLimitsAreTypedMarkedAndTakenBack(t *testing.T) {
	a := settled(t, 120, 40, withSet(t, "polysemy"))
	a.SetScreen(ID)
	uitest.Happen(t, a, uitest.Nothing)
	v := a.Session.Verdict()
	uitest.Press(t, a, "f", "enter")
	uitest.Letters(t, a, "-1")
	uitest.Press(t, a, "enter")
	uitest.WantShown(t, a, "a number from 0")
	uitest.Press(t, a, "ctrl+u")
	uitest.Letters(t, a, "$0.5")
	uitest.Press(t, a, "enter")
	if v.Limits().Price != 0.5 {
		t.Errorf("the limit of the price is %v", v.Limits().Price)
	}
	uitest.WantShown(t, a, "● price", "at most 0.5 US dollars per million tokens")
	uitest.Press(t, a, "down", "down", "enter")
	uitest.Letters(t, a, "20")
	uitest.Press(t, a, "enter")
	if v.Limits().Milliseconds != 20 || v.Limits().Dimensions != 0 {
		t.Errorf("the limits are %+v", v.Limits())
	}
	for _, on := range []bool{true, false} {
		uitest.Letters(t, a, "machine")
		uitest.Press(t, a, "enter")
		if v.Limits().LocalOnly != on {
			t.Errorf("only models on this machine: %v", v.Limits().LocalOnly)
		}
	}
	uitest.Letters(t, a, "limits")
	uitest.Press(t, a, "enter")
	if v.Limits() != (evaluate.Limits{}) {
		t.Errorf("the limits are %+v", v.Limits())
	}
	uitest.Press(t, a, "esc", "t", "ctrl+u")
	uitest.Letters(t, a, "-5")
	uitest.Press(t, a, "enter")
	uitest.WantShown(t, a, "a whole number, such as 1000000")
	uitest.Press(t, a, "ctrl+u")
	uitest.Letters(t, a, "20_000")
	uitest.Press(t, a, "enter")
	if s := a.Screen(ID).(*Screen); s.documents != 20000 {
		t.Errorf("costs are told of %d documents", s.documents)
	}
	uitest.Press(t, a, "L")
	if n := strings.Count(uitest.Plain(a), "● "); n != 1 {
		t.Errorf("%d kinds of labels are marked:\n%s", n, uitest.Plain(a))
	}
}

func TestMarksOfAFileAreCounted(t *testing.T) {
	s := screenOfVerdict(t, 100, 30, "polysemy")
	merged := labels.Merged{New: 1, Nowhere: 1, Disagreements: []labels.Disagreement{{Mark: labels.Mark{A: "a cat", B: "a dog", Verdict: labels.Same}, Was: labels.Different}}}
	taken := s.takenMarks(3, merged)
	if taken.Said != "3 marks, of which 1 is new. 1 names no text that is here." {
		t.Errorf("it is said %q", taken.Said)
	}
	s.Open(taken.Disagreements("theirs.csv"))
	if e := s.marksExport(); e.Copied != ".csv" {
		t.Errorf("copied as %q", e.Copied)
	}
}

func TestWhatLabelsBuyIsHalfAnInterval(t *testing.T) {
	s := screenOfVerdict(t, 200, 60, "polysemy")
	text := uitest.Flat(strings.Join(s.whatLabelsBuy(66), "\n"))
	for _, want := range []string{"100 labels ±0.08", "1,000 labels ±0.02"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing: %s", want, text)
		}
	}
}

func TestAScatterLeavesOutWhatHasNoPlace(t *testing.T) {
	s := screenOfVerdict(t, 200, 60, "polysemy")

	p := s.scatter(s.Session.Verdict().Trial())
	chosen := 0
	for _, x := range p.Points {
		if x.Chosen {
			chosen++
		}
		if x.X <= 0 || x.Low > x.Y || x.High < x.Y {
			t.Errorf("%s lies at %v, %v between %v and %v", x.Name, x.X, x.Y, x.Low, x.High)
		}
	}
	if f := s.Session.Verdict().Findings(); findings.Recommends(f) && chosen != 1 || len(p.Points) < 3 {
		t.Errorf("of %d points %d are chosen", len(p.Points), chosen)
	}
	tr := *s.Session.Verdict().Trial()
	tr.Rows = slices.Clone(tr.Rows)
	low, high := 1.0, 2.0
	for k, i := range tr.Scored {
		if tr.Rows[i].Lexical {
			continue
		}
		tr.Rows[i].Price = &low
		if k == 0 {
			tr.Rows[i].Price = &high
		}
	}
	if samePrice(&tr) {
		t.Error("prices of 2 and 1 are the same")
	}
	for _, i := range tr.Scored {
		if tr.Rows[i].Price != nil {
			tr.Rows[i].Price = &low
		}
	}
	if !samePrice(&tr) {
		t.Error("equal prices are not the same")
	}
}

// Where prices differ a scatter is over them: of what is cut there is none, of a baseline
// there is, and neither has a letter.
func TestAScatterOverPricesHasBaselinesAndNoCuts(t *testing.T) {
	s := screenOfVerdict(t, 200, 60, "polysemy")
	tr := *s.Session.Verdict().Trial()
	tr.Rows = slices.Clone(tr.Rows)
	low, high := 1.0, 2.0
	if len(tr.Scored) < 4 {
		t.Fatalf("%d rows have a score", len(tr.Scored))
	}
	for k, i := range tr.Scored {
		r := &tr.Rows[i]
		r.Cut, r.Baseline, r.Lexical, r.Price = k == 1, k == 2, false, &low
		if k == 0 {
			r.Price = &high
		}
		if k > 3 {
			r.Price = nil
		}
	}
	dear := s.scatter(&tr)
	if len(dear.Points) != 3 || dear.Points[0].X != high || dear.Points[1].X != low || dear.Points[1].Letter != "·" || dear.Points[0].Letter == "·" || dear.Points[2].Letter == "·" || dear.Label(0) != "free" || dear.Label(2) != "$2.00" {
		t.Errorf("over prices: %+v", dear.Points)
	}
	for _, i := range tr.Scored {
		tr.Rows[i].Price = &low
	}
	sizes := s.scatter(&tr)
	if len(sizes.Points) != len(tr.Scored)-1 || sizes.Points[1].Letter != "·" || sizes.Points[0].X != float64(tr.Rows[tr.Scored[0]].BytesPerVector()) {
		t.Errorf("over sizes: %+v", sizes.Points)
	}
}
