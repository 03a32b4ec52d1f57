package verdict

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// A server is away when nothing answered at it; what answers that it refuses is there.
func TestAServerIsAwayWhenNothingAnswers(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), uitest.Use, "shop/good@4")
	o.Servers = []string{"shop", "other", "quiet"}
	o.Refresh = func(_ context.Context, server string) (string, error) {
		switch server {
		case "shop":
			return "", &api.ServerError{Provider: server, Status: 500, Message: "on fire"}
		case "other":
			return "", fmt.Errorf("reading: %w", &api.ServerError{Provider: server, Message: "nothing answers"})
		}
		return "", errors.New("no list")
	}
	a := marked(t, o)
	uitest.Settle(t, a, a.Session.Lists().Begin())
	s := a.Screen(ID).(*Screen)
	for provider, want := range map[string]bool{"shop": false, "other": true, "quiet": false, "local": false} {
		if got := s.away(provider); got != want {
			t.Errorf("%s is away: %v", provider, got)
		}
	}
}

func TestEveryErrorOfARowHasItsWordAndItsLook(t *testing.T) {
	s := screenOfVerdict(t, 120, 40, "polysemy")
	c := s.Theme.Codes
	beyond := fmt.Errorf("price: %w", session.ErrBeyondLimits)
	for _, x := range []struct {
		err  error
		want widget.Cell
		said string
	}{
		{fmt.Errorf("texts: %w", trial.ErrUnpaid), widget.Cell{Text: "E: costs", Pen: c.Warn}, "texts: " + trial.ErrUnpaid.Error() + ": E embeds them and says before what that costs"},
		{beyond, widget.Cell{Text: "limits", Pen: c.Dim}, beyond.Error() + "; f changes them"},
		{session.ErrUnderWay, widget.Cell{Text: "embedding", Pen: c.Dim}, session.ErrUnderWay.Error()},
		{session.ErrStopped, widget.Cell{Text: "stopped", Pen: c.Warn}, session.ErrStopped.Error()},
		{errors.New("on fire"), widget.Cell{Text: "failed", Pen: c.Bad}, "on fire"},
	} {
		r := &trial.Row{Err: x.err}
		if cell, said := s.standingCell(0, r), rowError(r); cell.Text != x.want.Text || cell.Pen != x.want.Pen || said != x.said {
			t.Errorf("%v stands as %+v and is told as %q, want %+v and %q", x.err, cell, said, x.want, x.said)
		}
		if got := failed(r); got != (x.err.Error() == "on fire") {
			t.Errorf("%v has failed: %v", x.err, got)
		}
	}
}

// While the verdict is not known a cut stands nowhere; afterwards one of another model than the
// choice says so.
func TestCutsStandNowhereBeforeTheVerdict(t *testing.T) {
	s := screenOfVerdict(t, 120, 40, "polysemy")
	tr, f := s.Session.Verdict().Trial(), s.Session.Verdict().Findings()
	other := 0
	for i := range tr.Rows {
		r := &tr.Rows[i]
		p, ok := findings.PlaceOf(tr, f, tr.PlaceOf(i))
		got := s.standingCell(i, r).Text
		switch {
		case r.Cut && !ok:
			other++
			if got != findings.OtherCut {
				t.Errorf("%s stands as %q", r.ID, got)
			}
		case !ok && got != "":
			t.Errorf("%s, which takes no part, stands as %q", r.ID, got)
		case ok && r.Cut && got != findings.CutStanding(p) && !findings.Compared(f, p):
			t.Errorf("%s stands as %q, want %q", r.ID, got, findings.CutStanding(p))
		}
	}
	if other == 0 {
		t.Error("nothing is cut from another model than the choice")
	}
	early := settled(t, 120, 40, withSet(t, "polysemy")) // nobody has looked at the verdict
	s, tr = early.Screen(ID).(*Screen), early.Session.Verdict().Trial()
	for i := range tr.Rows {
		if got := s.standingCell(i, &tr.Rows[i]).Text; early.Session.Verdict().Findings() != nil || got != "" {
			t.Errorf("before the verdict %s stands as %q", tr.Rows[i].ID, got)
		}
	}
}

// The choice is to be taken, or is the best where that is not clear.
func TestTheChoiceIsToBeTaken(t *testing.T) {
	s := screenOfVerdict(t, 120, 40, "polysemy")
	tr, f := s.Session.Verdict().Trial(), s.Session.Verdict().Findings()
	choice, chance := f.Verdict.Choice, f.Verdict.Places[f.Verdict.Best].Low
	f.Verdict.Places[f.Verdict.Best].Low = max(chance, 0.9)
	for _, c := range []struct {
		reason   evaluate.Reason
		standing evaluate.Standing
		want     string
	}{
		{evaluate.Clear, evaluate.Best, "take it"}, {evaluate.AsGood, evaluate.Equal, "take it"}, {evaluate.NotWorse, evaluate.Tied, "take it"},
		{evaluate.AsGood, evaluate.Best, "best"}, {evaluate.CannotTell, evaluate.Best, "best"}, {evaluate.Illustration, evaluate.Tied, "tied"},
	} {
		f.Verdict.Reason, f.Verdict.Places[choice].Standing = c.reason, c.standing
		i := tr.Scored[choice]
		if got := s.standingCell(i, &tr.Rows[i]).Text; got != c.want {
			t.Errorf("reason %v, standing %v: %q, want %q", c.reason, c.standing, got, c.want)
		}
	}
	// The best is not to be taken where a cheaper one is as good.
	best := f.Verdict.Best
	cheaper := slices.IndexFunc(f.Verdict.Places, func(p evaluate.Place) bool {
		return p.Candidate != best && !tr.At(p.Candidate).Cut && !tr.At(p.Candidate).Baseline
	})
	f.Verdict.Choice, f.Verdict.Reason = cheaper, evaluate.NotWorse
	f.Verdict.Places[best].Standing, f.Verdict.Places[cheaper].Standing = evaluate.Best, evaluate.Tied
	for place, want := range map[int]string{best: "best", cheaper: "take it"} {
		if got := s.standingCell(tr.Scored[place], tr.At(place)).Text; got != want {
			t.Errorf("%s stands as %q, want %q", tr.At(place).ID, got, want)
		}
	}
}

// Models that are beyond the limits are named beside those that wait for a word.
func TestModelsBeyondTheLimitsAreNamedBesideOthers(t *testing.T) {
	a := marked(t, uitest.ShopOptions(t, uitest.NewShop(), uitest.Use, "shop/good@4", "shop/bad@2"))
	uitest.Settle(t, a, a.Session.Verdict().SetLimits(evaluate.Limits{Dimensions: 3}))
	said := a.Screen(ID).(*Screen).missing()
	if len(said) != 2 || !strings.HasPrefix(said[0], "Not tried, for it costs money: bad@2. E embeds what is missing: 3 texts, ") || said[1] != "Beyond your limits, and so not offered: good@4. f on Verdict changes the limits." {
		t.Errorf("it is said %q", said)
	}
}

// What is known of labels is of the texts before, until the models have seen the others.
func TestWhileOtherTextsAreReadNothingIsSaidOfLabelsOfBefore(t *testing.T) {
	alone := []corpus.Text{{Text: "a cat purrs", Group: "cats"}, {Text: "stocks fell", Group: "money"}, {Text: "it rained"}}
	a := settled(t, 100, 30, uitest.OptionsWith(t, alone, uitest.Use, uitest.Glove))
	s := a.Screen(ID).(*Screen)
	unfit := s.reason()
	if unfit == "" || unfit == later {
		t.Fatalf("of groups of one text it is said %q", unfit)
	}
	cmd, err := a.Session.Edits().Insert(2, corpus.Text{Text: "the cat is purring", Group: "cats"}, corpus.Text{Text: "the market dropped", Group: "money"})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.reason(); got != later {
		t.Errorf("while the models read them it is said %q", got)
	}
	a.Session.Stop() // nothing follows then
	if got := s.reason(); got != unfit {
		t.Errorf("after that is stopped it is said %q, want %q", got, unfit)
	}
	if uitest.Settle(t, a, cmd, a.Session.Recompute()); a.Session.Verdict().Trial() == nil {
		t.Errorf("afterwards it is said %q", s.reason())
	}
}

// Edits of a set are no edits of a file with labels.
func TestEditsOfASetAreNotThoseOfAFile(t *testing.T) {
	a := onSet(t, "polysemy")
	uitest.Settle(t, a, a.Session.Edits().Delete(0))
	c, _ := a.Screen(ID).(*Screen).Command()
	for _, lacks := range c.Lacks {
		if strings.HasPrefix(lacks, "your edits are not in") {
			t.Errorf("it is said %q", lacks)
		}
	}
}

func TestTheStatusLineSaysWhatTheFiguresRestOn(t *testing.T) {
	s := screenOfVerdict(t, 300, 40, "polysemy")
	tr, f := s.Session.Verdict().Trial(), s.Session.Verdict().Findings()
	f.Resamples = evaluate.DefaultResamples
	items, end := findings.Items(tr.Labels), findings.Resampled(tr.Labels)
	resampled := fmt.Sprintf(" · %s resamples", "2,000")
	if evaluate.DefaultResamples != 2_000 {
		t.Fatal("the number of resamples is another")
	}
	full := items + resampled + " · seed 1 · " + end
	for _, c := range []struct {
		resamples, left, drawn, w int
		want                      string
	}{
		{2_000, 0, 0, 300, full},
		{1_999, 0, 0, 300, items + " · resampling 1,999 of 2,000 · seed 1 · " + end},
		{2_000, 1, 0, 300, items + resampled + " · 1 left out: a model has no vector for them · seed 1 · " + end},
		{2_000, 0, 5000, 300, items + " drawn of 5,000" + resampled + " · seed 1 · " + end},
		{2_000, 0, 0, columnsOf(full) + 1, full},
		{2_000, 0, 0, columnsOf(full), items + " · " + end},
		{1_999, 1, 0, 60, items + " · resampling 1,999 of 2,000 · 1 left out: a model has no vector for them · " + end},
	} {
		f.Resamples, tr.LeftOut, tr.Drawn, s.Body.W = c.resamples, c.left, c.drawn, c.w
		if got := s.Status(); got != c.want {
			t.Errorf("%+v: it is said\n%s", c, got)
		}
	}
}

func TestTheLookOfASentenceTellsHowSureItIs(t *testing.T) {
	s := screenOfVerdict(t, 120, 40, "polysemy")
	f := s.Session.Verdict().Findings()
	sure := f.Verdict.Reason
	for reason, pen := range map[evaluate.Reason]string{sure: s.Theme.Codes.Strong, evaluate.Clear: s.Theme.Codes.Strong, evaluate.Illustration: s.Theme.Codes.Warn, evaluate.CannotTell: s.Theme.Codes.Warn, evaluate.Alone: s.Theme.Codes.Warn} {
		f.Verdict.Reason = reason
		if lines := s.sentenceLines(120); !strings.HasPrefix(lines[0], pen+" ") || !strings.HasPrefix(lines[len(lines)-1], s.Theme.Codes.Dim+" ") {
			t.Errorf("reason %v has the look %q", reason, lines)
		}
	}
}

func TestTheKeyThatShowsAllStandsInsteadOfWhatHasNoRoom(t *testing.T) {
	s := screenOfVerdict(t, 120, 40, "polysemy")
	lines := []string{s.Theme.Codes.Strong + " one" + "\x1b[0m", s.Theme.Codes.Warn + " two and more   \x1b[0m", "three"}
	for _, c := range []struct {
		w, h int
		want []string
	}{{40, 3, []string{"one", "two and more", "three"}}, {40, 2, []string{"one", "two and more… F"}}, {12, 2, []string{"one", "two and… F"}}, {40, 1, []string{"one… F"}}} {
		got := s.abridged(lines, c.w, c.h)
		if said := strings.Split(flatLines(got), "\n"); !slices.Equal(said, c.want) {
			t.Errorf("in %d columns and %d lines it is %q, want %q", c.w, c.h, said, c.want)
		}
		if last := got[len(got)-1]; c.h < 3 && strings.Contains(last[:len(last)-len(s.Theme.Codes.Accent+" F\x1b[0m")], "\x1b") {
			t.Errorf("a line that was cut keeps its look: %q", last)
		}
	}
	if lines[1] != s.Theme.Codes.Warn+" two and more   \x1b[0m" {
		t.Errorf("the lines themselves are changed to %q", lines)
	}
}

func TestWhatWasChosenIsRemembered(t *testing.T) {
	s := screenOfVerdict(t, 120, 40, "polysemy")
	for kept, want := range map[string]struct {
		documents int
		cuts      bool
	}{`{"documents":-5}`: {0, true}, `{"documents":0}`: {0, true}, `{"documents":7,"hide_cuts":true}`: {7, false}, `{"hide_cuts":true}`: {99, false}, `{"documents":"x","hide_cuts":true}`: {99, true}, `{}`: {99, true}} {
		s.documents, s.cuts = 99, true
		if s.Restore(json.RawMessage(kept)); s.documents != want.documents || s.cuts != want.cuts {
			t.Errorf("%s restores %d, %v", kept, s.documents, s.cuts)
		}
	}
}

func TestWhatIsChosenIsSaved(t *testing.T) {
	a := settled(t, 120, 40, withSet(t, "polysemy"))
	uitest.Press(t, a, "5")
	for keys, do := range map[string]func(){"v": func() {}, "t": func() { uitest.Letters(t, a, "1,234 567"); uitest.Press(t, a, "enter") }} {
		a.Session.MarkSaved()
		uitest.Press(t, a, keys)
		if do(); !a.Session.Unsaved() {
			t.Errorf("what %s chooses is not saved", keys)
		}
	}
	if s := a.Screen(ID).(*Screen); s.documents != 1234567 || s.cuts {
		t.Errorf("costs are of %d documents, cuts are shown: %v", s.documents, s.cuts)
	}
}

func TestTimesUnderAMillisecondAreOne(t *testing.T) {
	for d, want := range map[time.Duration]string{0: "-", time.Nanosecond: "<1 ms", time.Millisecond - 1: "<1 ms", time.Millisecond: "1 ms", 2 * time.Millisecond: "2 ms"} {
		if got := latency(&trial.Row{P50: d}); got != want {
			t.Errorf("%v is written %q, want %q", d, got, want)
		}
		if got := latency(&trial.Row{P50: d, Lexical: true}); got != "-" {
			t.Errorf("of a search by words it is written %q", got)
		}
	}
}

// Labels that are enough to decide are offered where those that decide are too few.
func TestLabelsThatAreEnoughAreOffered(t *testing.T) {
	for n, want := range map[int]string{evaluate.FewItems - 1: "", evaluate.FewItems: "L selects 20 labelled texts", evaluate.FewItems + 1: "L selects 21 labelled texts"} {
		var texts []corpus.Text
		for i := range n {
			texts = append(texts, corpus.Text{Text: fmt.Sprint("order ", i), Group: []string{"a", "b"}[i%2]})
		}
		a := settled(t, 120, 30, uitest.OptionsWith(t, texts, "local/ngrams@64"))
		uitest.Settle(t, a, a.Session.Asked().Judge("which?", 0, labels.WhollyRelevant))
		uitest.Settle(t, a, a.Session.Labels().ChooseTask(evaluate.Retrieval))
		if got := a.Screen(ID).(*Screen).enoughOthers(); got != want {
			t.Errorf("beside %d texts in groups it is said %q, want %q", n, got, want)
		}
		uitest.Settle(t, a, a.Session.Labels().ChooseTask(evaluate.Groups))
		if got := a.Screen(ID).(*Screen).enoughOthers(); n >= evaluate.FewItems && got != "" {
			t.Errorf("where these decide it is said %q", got)
		}
	}
}

func TestKindsOfLabelsAreMarkedAndExplained(t *testing.T) {
	one := settled(t, 80, 24, uitest.OptionsWith(t, []corpus.Text{{Text: "one", Group: "g"}, {Text: "two", Group: "g"}}, uitest.Glove)).Screen(ID).(*Screen)
	for _, item := range one.labelItems() {
		if item.Marked || item.Reason == "" || item.Note != "" {
			t.Errorf("labels that tell nothing apart are offered as %+v", item)
		}
	}
	none := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two"), uitest.Glove)).Screen(ID).(*Screen)
	if items := none.labelItems(); len(items) != 1 || items[0].Label != "no labels yet" || items[0].Reason != howToLabel {
		t.Errorf("without labels it is offered %+v", items)
	}
	texts := []corpus.Text{{Text: "a cat purrs", Group: "c"}, {Text: "the cat is purring", Group: "c"}, {Text: "stocks fell", Group: "s"}, {Text: "the market dropped", Group: "s"}}
	a := settled(t, 120, 30, uitest.OptionsWith(t, texts, uitest.Glove))
	graded := labels.Labels{Pairs: []labels.Pair{{A: "1", B: "2", Score: 5}, {A: "1", B: "3", Score: 1}, {A: "3", B: "4", Score: 4.5}}}
	uitest.Settle(t, a, a.Session.Labels().Open(graded, "graded.csv"), a.Session.Labels().Mark(1, 3, labels.Different), a.Session.Labels().ChooseTask(evaluate.Groups))
	var got []string
	for _, item := range a.Screen(ID).(*Screen).labelItems() {
		got = append(got, fmt.Sprintf("%v %s: %s", item.Marked, item.Label, item.Detail))
	}
	want := []string{"false labelled pairs: 4 labelled pairs graded.csv, your marks as 1 and 5", "true texts of one group belong together: 4 labelled texts"}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("it is offered %q, want %q", got, want)
	}
}

func TestWhereLabelsComeFromIsSaid(t *testing.T) {
	for _, c := range []struct {
		task session.LabelTask
		want string
	}{
		{session.LabelTask{}, ""}, {session.LabelTask{From: "a.csv"}, "a.csv"}, {session.LabelTask{Judged: 1}, "your judgments"},
		{session.LabelTask{From: "a.csv", Judged: 2}, "a.csv and your judgments"},
		{session.LabelTask{Judged: 2, Pooled: true}, "your judgments (pooled: only the first hits were looked at)"},
		{session.LabelTask{From: "a.csv", Pooled: true}, "a.csv"},
	} {
		if got := fromText(c.task); got != c.want {
			t.Errorf("%+v comes from %q, want %q", c.task, got, c.want)
		}
	}
}

func TestLimitsAreTold(t *testing.T) {
	s := screenOfVerdict(t, 120, 40, "polysemy")
	told := func() string {
		var out []string
		for _, item := range s.limitItems(func() {}) {
			out = append(out, fmt.Sprintf("%v %s: %s", item.Marked, item.Label, item.Detail))
		}
		return strings.Join(out, "\n")
	}
	const end = "only models on this machine: the others take no part in the verdict\nfalse no limits: "
	if got, want := told(), "false price: no limit\nfalse dimensions: no limit\nfalse latency: no limit\nfalse "+end; got != want {
		t.Errorf("without limits it is told\n%s", got)
	}
	s.Session.Verdict().SetLimits(evaluate.Limits{Price: 0.5, Dimensions: 300, Milliseconds: 20, LocalOnly: true})
	if got, want := told(), "true price: at most 0.5 US dollars per million tokens\ntrue dimensions: at most 300 \ntrue latency: at most 20 milliseconds a request\ntrue "+end; got != want {
		t.Errorf("with limits it is told\n%s", got)
	}
}

func TestALimitIsANumberFromNothing(t *testing.T) {
	a := settled(t, 120, 40, withSet(t, "polysemy"))
	uitest.Press(t, a, "5", "f", "enter")
	for _, typed := range []string{"-1", "inf", "nan", "x", ""} {
		uitest.Press(t, a, "ctrl+u")
		uitest.Letters(t, a, typed)
		uitest.Press(t, a, "enter")
		if prompt, open := a.Top().(*widget.Prompt); !open || prompt.Problem != "a number from 0" || a.Session.Verdict().Limits() != (evaluate.Limits{}) {
			t.Errorf("%q is taken as %+v", typed, a.Session.Verdict().Limits())
		}
	}
}
