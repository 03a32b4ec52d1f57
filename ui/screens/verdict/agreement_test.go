package verdict

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/uitest"
)

// agreed is the screen over three texts without labels, with what comparing them gave.
func agreed(t *testing.T, w, h int) *Screen {
	t.Helper()
	a := settled(t, w, h, uitest.OptionsWith(t, uitest.Texts("one cat", "two dogs", "three birds"), uitest.Use, uitest.Glove))
	a.SetScreen(ID)
	uitest.Happen(t, a, uitest.Nothing)
	s := a.Screen(ID).(*Screen)
	result := func(model string, price float64) *pipeline.Result {
		r := &pipeline.Result{Candidate: api.Candidate{Model: "shop/" + model, Dimensions: 4}}
		r.Model.Price = &price
		return r
	}
	reference, near, far := result("dear", 2), result("near", 0.25), result("far", 0)
	agreement := func(b *pipeline.Result, x float64, changes ...evaluate.Change) trial.Agreement {
		return trial.Agreement{A: reference, B: b, Agreement: &evaluate.Agreement{K: 2, Overlap: x + .01, Chance: x + .02, Spearman: x + .03, Pearson: x + .04, CKA: x + .05, Changes: changes}}
	}
	s.agreeing.results = []*pipeline.Result{reference, near, far}
	s.agreeing.all = []trial.Agreement{
		agreement(near, 0.5, evaluate.Change{Text: 2, Overlap: 0}),
		agreement(far, 0.25, evaluate.Change{Text: 1, Overlap: 0.25}, evaluate.Change{Text: 7, Overlap: 0.3}, evaluate.Change{Text: 0, Overlap: 0.5}, evaluate.Change{Text: 2, Overlap: 1}),
	}
	return s
}

// flatLines are lines without looks and without blanks at their ends.
func flatLines(lines []string) string {
	var out []string
	for _, l := range lines {
		out = append(out, uitest.Flat(l))
	}
	return strings.Join(out, "\n")
}

func TestAgreementIsToldWhole(t *testing.T) {
	s := agreed(t, 120, 40)
	const table = "\nmodel shared chance rank corr. RSA CKA $ per 1M\nnear@4 0.510 0.520 0.530 0.540 0.550 0.25\nfar@4 0.260 0.270 0.280 0.290 0.300 free\nshared: of the nearest 2, found by both. Agreeing is not being right.\n"
	const head = "What can be said without labels: agreement with dear@4"
	if got, want := flatLines(s.agreement(100, mostChanged)), head+" (A: another)"+table+"Neighbours change most with far@4: 2 “two dogs”, 1 “one cat”\n"; got != want {
		t.Errorf("it is said\n%s\nwant\n%s", got, want)
	}
	if got, want := flatLines(s.agreement(100, manyChanged)), head+" (A: another)"+table+"Neighbours change most with far@4:\n25% shared 2 two dogs\n50% shared 1 one cat\n"; got != want {
		t.Errorf("with room it is said\n%s\nwant\n%s", got, want)
	}
	full := len(" " + head + " (A: another)")
	for w, want := range map[int]string{full: head + " (A: another)", full - 1: head} {
		if got := uitest.Flat(s.agreement(w, mostChanged)[0]); got != want {
			t.Errorf("in %d columns the title is %q, want %q", w, got, want)
		}
	}
	s.agreeing.all = nil
	if got := flatLines(s.agreement(100, mostChanged)); got != head+" (A: another)\nComparing…\n" {
		t.Errorf("before it is compared it is said\n%s", got)
	}
	s.agreeing.err = errors.New("no luck\x1b[2J")
	if got := s.agreement(100, mostChanged); flatLines(got) != head+" (A: another)\nno luck\n" || strings.Contains(got[1], "\x1b[2J") {
		t.Errorf("where it fails it is said\n%q", got)
	}
	s.agreeing.results = nil
	if got := s.agreement(100, mostChanged); got != nil {
		t.Errorf("without anything to compare it is said %q", got)
	}
}

// In one line stand as many texts as have room, and always the first.
func TestTextsThatChangeAreNamedAsFarAsThereIsRoom(t *testing.T) {
	s := agreed(t, 120, 40)
	const one = "Neighbours change most with far@4: 2 “two dogs”"
	both := columnsOf(one + ", 1 “one cat”")
	for w, want := range map[int]string{both + 1: one + ", 1 “one cat”", both: one, columnsOf(one) + 1: one, columnsOf(one): string([]rune(one)[:columnsOf(one)-2]) + "…", columnsOf(one) - 6: string([]rune(one)[:columnsOf(one)-8]) + "…", 20: "Neighbours change …"} {
		if got := flatLines(s.changed(w, mostChanged)); got != want {
			t.Errorf("in %d columns it is said %q, want %q", w, got, want)
		}
	}
	s.agreeing.all[1].Changes = s.agreeing.all[1].Changes[3:]
	if got := s.changed(100, mostChanged); got != nil {
		t.Errorf("where no neighbours change it is said %q", got)
	}
}

// columnsOf is how many columns some words take.
func columnsOf(words string) int { return len([]rune(words)) }

// The dearest is the reference, or that which was chosen; what has no vectors is compared with nothing.
func TestWhatIsComparedHasVectorsAndIsOfTheseTexts(t *testing.T) {
	a := settled(t, 120, 40, uitest.OptionsWith(t, uitest.Texts("one cat", "two dogs", "three birds"), "local/glove@50", "local/use-lite@512", "local/ngrams@64"))
	a.SetScreen(ID)
	uitest.Happen(t, a, uitest.Nothing)
	s := a.Screen(ID).(*Screen)
	order := func() string {
		var ids []string
		for _, r := range s.compared() {
			ids = append(ids, r.Candidate.Short())
		}
		return strings.Join(ids, " ")
	}
	for reference, want := range map[string]string{"": "use-lite@512 glove@50 ngrams@64", "local/glove@50": "glove@50 use-lite@512 ngrams@64", "local/ngrams@64": "ngrams@64 glove@50 use-lite@512", "local/gone@1": "use-lite@512 glove@50 ngrams@64"} {
		if s.agreeing.reference = reference; order() != want {
			t.Errorf("with %q chosen %s are compared, want %s", reference, order(), want)
		}
	}
	s.agreeing.reference = ""
	old := uitest.CandidateIn(t, a, "local/use-lite@512").Result
	empty := *old
	empty.Vectors = compare.Vectors{}
	a.Session.SetResult("local/use-lite@512", &empty)
	if got := order(); got != "ngrams@64 glove@50" {
		t.Errorf("without vectors of one %s are compared", got)
	}
	a.Session.SetResult("local/use-lite@512", old)
	if _, err := a.Session.Edits().Insert(0, corpus.Text{Text: "another"}); err != nil || !a.Session.Stale() {
		t.Fatal("the results are of the texts that are there: ", err)
	}
	if got := order(); got != "" {
		t.Errorf("while the results are of other texts %s are compared", got)
	}
}

// What is compared is dropped when something else is to be.
func TestComparingIsEndedWhenOthersAreToBeCompared(t *testing.T) {
	s := agreed(t, 120, 40)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s.agreeing.cancel, s.agreeing.doubts = cancel, [][2]int{{0, 1}}
	s.agree()
	if ctx.Err() == nil || s.agreeing.all != nil || s.agreeing.doubts != nil || len(s.agreeing.results) != 2 {
		t.Errorf("after a change %d results are compared, %v, %v, with the pairs %v", len(s.agreeing.results), s.agreeing.all, ctx.Err(), s.agreeing.doubts)
	}
	s.agreeing.cancel()
}

// One model has its most similar pairs listed where nothing else can be said, as far as there is room.
func TestOneModelHasItsPairsListed(t *testing.T) {
	texts := uitest.Texts("one cat", "one cat more", "three birds", "four")
	s := settled(t, 200, 60, uitest.OptionsWith(t, texts, uitest.Glove)).Screen(ID).(*Screen)
	lines := func(h int) int { return len(s.aloneLines(100, h)) }
	for h, want := range map[int]int{4: 0, 5: 5, 6: 6, 8: 8, 9: 9, 10: 10, 11: 10, 40: 10} {
		if got := lines(h); got != want {
			t.Errorf("in %d lines there are %d, want %d:\n%s", h, got, want, flatLines(s.aloneLines(100, h)))
		}
	}
	two := agreed(t, 200, 60)
	if two.agreeing.results = nil; len(two.aloneLines(100, 40)) > 0 {
		t.Errorf("with two models it is said\n%s", flatLines(two.aloneLines(100, 40)))
	}
}

// Pairs that tell most stand in one line each, or in two where the window is narrow.
func TestPairsToLabelAreListedAsFarAsThereIsRoom(t *testing.T) {
	s := agreed(t, 200, 60)
	s.agreeing.doubts = [][2]int{{0, 1}, {1, 2}, {0, 2}}
	const title = "Pairs that tell most when labelled: the models disagree on them. N begins with these"
	one, two, three := "\n· 1 one cat ↔ 2 two dogs", "\n· 2 two dogs ↔ 3 three birds", "\n· 1 one cat ↔ 3 three birds"
	narrow := []string{"\n· 1 one cat\n2 two dogs", "\n· 2 two dogs\n3 three birds"}
	for _, c := range []struct {
		z    ui.Size
		want string
	}{
		{ui.Size{W: 110, H: 2}, ""}, {ui.Size{W: 110, H: 3}, title + one + two}, {ui.Size{W: 110, H: 4}, title + one + two + three}, {ui.Size{W: 110, H: 9}, title + one + two + three},
		{ui.Size{W: 109, H: 3}, title + narrow[0]}, {ui.Size{W: 109, H: 4}, title + narrow[0]}, {ui.Size{W: 109, H: 5}, title + narrow[0] + narrow[1]},
	} {
		if got := flatLines(s.doubtLines(c.z.W, c.z.H)); got != c.want {
			t.Errorf("in %v it is listed\n%s\nwant\n%s", c.z, got, c.want)
		}
	}
	s.agreeing.doubts = [][2]int{{0, 1}, {1, 9}, {0, 2}}
	if got := flatLines(s.doubtLines(110, 9)); got != title+one {
		t.Errorf("of texts that are gone it is listed\n%s", got)
	}
	s.agreeing.doubts = nil
	if got := s.doubtLines(110, 9); got != nil {
		t.Errorf("without pairs it is listed %q", got)
	}
}

// How similar any two texts are is drawn for as many models as have room, the others are counted.
func TestSpreadsAreDrawnAsFarAsThereIsRoom(t *testing.T) {
	a := settled(t, 200, 60, uitest.OptionsWith(t, uitest.Texts("one cat", "two dogs", "three birds", "four", "five cats and dogs"), uitest.Use, uitest.Glove))
	a.SetScreen(ID)
	uitest.Happen(t, a, uitest.Nothing)
	s := a.Screen(ID).(*Screen)
	for h, want := range map[int]struct {
		lines int
		title string
	}{
		7: {0, ""}, 8: {8, "How similar any two of your texts are · +1: Duplicates"}, 11: {11, "How similar any two of your texts are · +1: Duplicates"},
		12: {12, "How similar any two of your texts are"}, 22: {22, "How similar any two of your texts are"}, 40: {22, "How similar any two of your texts are"},
	} {
		lines := s.spreadLines(66, h)
		title := ""
		if len(lines) > 1 {
			title = uitest.Flat(lines[1])
		}
		if len(lines) != want.lines || title != want.title {
			t.Errorf("in %d lines there are %d under %q, want %+v", h, len(lines), title, want)
		}
	}
	b := uitest.CandidateIn(t, a, uitest.Use).Result.Scan.Background
	if b.P50 == b.P95 {
		t.Fatal("the typical pair is as similar as nearly all")
	}
	if got, want := uitest.Flat(s.spreadLines(66, 12)[2]), "use-lite@512 typical pair "+format.Similarity(b.P50, 2)+" · 95% below "+format.Similarity(b.P95, 2); got != want {
		t.Errorf("the title is %q, want %q", got, want)
	}
}
