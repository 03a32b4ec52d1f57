package verdict

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestMain(m *testing.M) { uitest.TestMain(m) }

// withSet is the explorer over a built-in set with the three models inside the binary.
func withSet(t testing.TB, name string) shell.Options {
	t.Helper()
	set, ok := corpus.FindSet(name)
	if !ok {
		t.Fatal("no set ", name)
	}
	return uitest.OptionsWith(t, set.Texts, "local/use-lite@512", "local/glove@100", "local/ngrams@4096")
}

func TestTextsThatAreTheSameInTwoGroupsAreNamed(t *testing.T) {
	set, _ := corpus.FindSet("polysemy")
	texts := slices.Clone(set.Texts)
	last := len(texts) - 1
	texts[last].Text = texts[0].Text
	a := settled(t, 100, 40, uitest.OptionsWith(t, texts, "local/use-lite@512", "local/glove@100"))
	uitest.Press(t, a, "5")
	wantSaid(t, a, fmt.Sprintf("Texts 1 and %d are the same, in different groups", last+1))
	b := settled(t, 100, 40, withSet(t, "polysemy"))
	uitest.Press(t, b, "5")
	if said := uitest.Plain(b); strings.Contains(said, "are the same, in different groups") {
		t.Error(said)
	}
}

func TestVerdictDrawing(t *testing.T) {
	for _, c := range []struct {
		set  string
		w, h int
	}{{"polysemy", 80, 24}, {"polysemy", 200, 60}, {"polysemy", 40, 10}, {"tickets", 120, 40}} {
		t.Run(fmt.Sprintf("%s-%dx%d", c.set, c.w, c.h), func(t *testing.T) {
			a := settled(t, c.w, c.h, withSet(t, c.set))
			uitest.Press(t, a, "5")
			drawing := timeless(uitest.Plain(a))
			uitest.RequireSize(t, drawing, c.w, c.h)
			golden.RequireEqual(t, drawing)
		})
	}
}

var (
	times = regexp.MustCompile(` *<?[\d.]+ (ms|µs|s)\b`)
	both  = regexp.MustCompile(`p50 <?[\d.]+ (ms|µs|s), p95 <?[\d.]+ (ms|µs|s) *`)
)

// timeless puts a mark in the place of times, which are of this machine.
func timeless(drawing string) string {
	drawing = both.ReplaceAllStringFunc(drawing, func(found string) string { return term.Fit("p50 T, p95 T", term.Width(found)) })
	return times.ReplaceAllStringFunc(drawing, func(found string) string { return term.PadLeft("T", term.Width(found)) })
}

// wantSaid checks that the screen says all that, however it is wrapped.
func wantSaid(t *testing.T, a *shell.App, want ...string) {
	t.Helper()
	drawn := strings.Join(strings.Fields(uitest.Plain(a)), " ")
	for _, w := range want {
		if !strings.Contains(drawn, w) {
			t.Errorf("%q is not said in\n%s", w, uitest.Plain(a))
		}
	}
}

func TestMarksBesideGradesAreSaidToBeTheirEnds(t *testing.T) {
	texts := uitest.Texts("a cat purrs", "the cat is purring", "stocks fell", "the market dropped")
	a := settled(t, 120, 30, uitest.OptionsWith(t, texts, "local/use-lite@512"))
	graded := labels.Labels{Pairs: []labels.Pair{{A: "1", B: "2", Score: 5}, {A: "1", B: "3", Score: 1}, {A: "3", B: "4", Score: 4.5}}}
	uitest.Settle(t, a, a.Session.Labels().Open(graded, "graded.csv"), a.Session.Labels().Mark(1, 3, labels.Different))
	uitest.Press(t, a, "5", "L")
	uitest.WantShown(t, a, "4 labelled pairs graded.csv, your marks as 1 and 5")
}

func TestWithoutLabelsItSaysHowToGetSome(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two", "three"), "local/glove@100"))
	uitest.Press(t, a, "5")
	wantSaid(t, a, "These texts have no labels", "= same", "# different", "column group")
}

func TestLabelsThatTellNothingApartSayWhy(t *testing.T) {
	texts := []corpus.Text{{Text: "one", Group: "g"}, {Text: "two", Group: "g"}, {Text: "three", Group: "g"}}
	a := settled(t, 80, 24, uitest.OptionsWith(t, texts, "local/glove@100"))
	uitest.Press(t, a, "5")
	wantSaid(t, a, "all texts with a group are of one", "give texts at least two groups")
}

func TestMarksBecomeAVerdict(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Texts("a cat purrs", "the cat is purring", "stocks fell", "the market dropped"), "local/use-lite@512", "local/ngrams@4096"))
	uitest.Settle(t, a, a.Session.Labels().Mark(0, 1, labels.Same), a.Session.Labels().Mark(0, 2, labels.Different))
	uitest.Settle(t, a, a.Session.Labels().Mark(2, 3, labels.Same))
	uitest.Press(t, a, "5")
	wantSaid(t, a, "Illustration only: 3 labelled pairs cannot decide")
	now, ok, cmd := a.Session.Labels().UndoMark()
	uitest.Settle(t, a, cmd)
	if !ok || now.Verdict != "" || len(a.Session.Labels().Marks()) != 2 {
		t.Errorf("undoing gives %+v, %v", now, ok)
	}
	uitest.Press(t, a, "j")
	wantSaid(t, a, "Illustration only: 2 labelled pairs cannot decide")
}

func TestItSaysOnceThatMarksOrJudgmentsDecide(t *testing.T) {
	a := settled(t, 120, 40, withSet(t, "polysemy"))
	l := a.Session.Labels()
	mark := func(text int, want string) {
		t.Helper()
		uitest.Press(t, a, "5") // takes the notice before away
		verdict := []labels.Verdict{labels.Same, labels.Different}[text%2]
		uitest.Settle(t, a, l.Mark(0, text, verdict))
		if got := a.Notice().Text; got != want {
			t.Errorf("after the mark of text %d: %q, not %q", text, got, want)
		}
	}
	for text := 1; text < 20; text++ {
		mark(text, "")
	}
	mark(20, "Your 20 marks decide now; L on Verdict selects groups again.")
	mark(21, "")
	mark(21, "")
	mark(20, "Groups decide now; L on Verdict selects pairs again.")
	uitest.Settle(t, a, l.ChooseTask(evaluate.Groups))
	mark(20, "")
	mark(21, "")
	uitest.Settle(t, a, l.ChooseTask(""))
	if got := a.Notice().Text; got != "" {
		t.Errorf("what is chosen with L is said: %q", got)
	}
	asked := a.Session.Asked()
	uitest.Settle(t, a, asked.Judge("bank of a river", 0, labels.WhollyRelevant))
	uitest.WantShown(t, a, "Your 1 judged query decides now; L on Verdict selects pairs again.")
	uitest.Settle(t, a, asked.Forget("bank of a river"))
	uitest.WantShown(t, a, "Your 21 marks decide now.")
}

// The first query that is judged decides in place of labels that had been enough.
func TestItSaysWhereOtherLabelsAreEnough(t *testing.T) {
	a := settled(t, 80, 24, withSet(t, "polysemy"))
	uitest.Press(t, a, "5")
	wantNoHint := func() {
		t.Helper()
		if said := uitest.Plain(a); strings.Contains(said, "L selects") {
			t.Errorf("where the labels are enough:\n%s", said)
		}
	}
	wantNoHint()
	uitest.Settle(t, a, a.Session.Asked().Judge("bank of a river", 0, labels.WhollyRelevant))
	uitest.WantShown(t, a, "Illustration only: 1 query cannot decide")
	uitest.Press(t, a, "j") // takes the notice away
	uitest.WantShown(t, a, "1 query · L selects 30 labelled texts")
	uitest.Settle(t, a, a.Session.Labels().ChooseTask(evaluate.Groups))
	wantNoHint()
}

func TestLimitsAndSeedChangeTheVerdict(t *testing.T) {
	a := settled(t, 120, 40, withSet(t, "polysemy"))
	uitest.Press(t, a, "5")
	before := a.Session.Verdict().Findings()
	uitest.Press(t, a, "%")
	uitest.Letters(t, a, "7")
	uitest.Press(t, a, "enter")
	if got := a.Session.Verdict().Findings(); got == before || got.Seed != 7 || got.Resamples != 2000 {
		t.Errorf("the findings are of seed %d with %d resamples", got.Seed, got.Resamples)
	}
	uitest.Press(t, a, "f", "down", "enter")
	uitest.Letters(t, a, "200")
	uitest.Press(t, a, "enter")
	wantSaid(t, a, "at most 200")
	uitest.Press(t, a, "esc", "j")
	wantSaid(t, a, "use-lite@512 is cut to 128 for your limits.")
	uitest.Settle(t, a, a.Session.Verdict().SetLimits(evaluate.Limits{Dimensions: 100}))
	uitest.Press(t, a, "j")
	wantSaid(t, a, "use-lite@512 is cut to 64 for your limits.")
}

func TestWhatFailedStaysWhileTextsChange(t *testing.T) {
	a := settled(t, 120, 60, withSet(t, "polysemy"))
	uitest.Press(t, a, "5", "enter")
	uitest.Settle(t, a, a.Session.Edits().Clear())
	uitest.Press(t, a, "j")
	wantSaid(t, a, "texts whose nearest text is of another group", "By group")
}

func TestWhatFailedIsListed(t *testing.T) {
	a := settled(t, 120, 60, withSet(t, "polysemy"))
	uitest.Press(t, a, "5", "enter")
	wantSaid(t, a, "texts whose nearest text is of another group", "By group", "threshold")
	wantSaid(t, a, "price", "free", "dimensions,", "bytes", "latency", "runs", "here")
}

func TestMarksAreExportedAndImported(t *testing.T) {
	texts := uitest.Texts("a cat purrs", "the cat is purring", "stocks fell", "the market dropped")
	a := settled(t, 100, 30, uitest.OptionsWith(t, texts, "local/use-lite@512"))
	uitest.Press(t, a, "5", "M", "e")
	uitest.WantNotice(t, a, "no pairs are marked yet")
	uitest.Press(t, a, "esc")
	uitest.Settle(t, a, a.Session.Labels().Mark(0, 1, labels.Same), a.Session.Labels().Mark(2, 0, labels.Unsure), a.Session.Labels().Mark(0, 3, labels.Different))
	path := filepath.Join(t.TempDir(), "marks.csv")
	uitest.Press(t, a, "M", "e")
	uitest.Send(t, a, tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
	uitest.Send(t, a, tea.PasteMsg{Content: path})
	uitest.Press(t, a, "enter")
	data, err := os.ReadFile(path)
	if want := "a,b,score\na cat purrs,the cat is purring,1\na cat purrs,stocks fell,unsure\na cat purrs,the market dropped,0\n"; err != nil || string(data) != want {
		t.Fatalf("%s, %v", data, err)
	}

	other := settled(t, 100, 30, uitest.OptionsWith(t, texts, "local/use-lite@512"))
	uitest.Press(t, other, "5", "M", "i")
	uitest.Send(t, other, tea.PasteMsg{Content: path})
	uitest.Press(t, other, "enter")
	uitest.WantNotice(t, other, "marks.csv: 3 marks, of which 3 are new.")
	if got := other.Session.Labels(); got.Marked(1, 0) != labels.Same || got.Marked(0, 2) != labels.Unsure || got.Marked(0, 3) != labels.Different {
		t.Errorf("%+v", got.Marks())
	}
	uitest.Press(t, other, "M", "u")
	uitest.WantNotice(t, other, "Taken back: “a cat purrs” and “the market dropped” are not marked any more.")

	uitest.Press(t, other, "M", "i")
	uitest.Send(t, other, tea.PasteMsg{Content: uitest.File(t, "bad.csv", "a,b,score\none,two,0.5\n")})
	uitest.Press(t, other, "enter")
	uitest.WantShown(t, other, "Import marks", "line 2")
	uitest.Press(t, other, "esc", "M", "i")
	uitest.Send(t, other, tea.PasteMsg{Content: uitest.File(t, "hers.csv", "a,b,score\n1,2,no\n3,4,yes\nnone,such,1\n")})
	uitest.Press(t, other, "enter")
	uitest.WantNotice(t, other, "hers.csv: 3 marks, of which 3 are new. 1 names no text that is here.")
	uitest.WantShown(t, other, "1 mark of hers.csv against yours", "different, was same: “a cat purrs” and “the cat is purring”")
}

func TestWithoutLabelsItSaysHowFarTheModelsAgree(t *testing.T) {
	texts := uitest.Texts("a cat purrs", "the cat is purring", "stocks fell", "the market dropped", "a dog barks")
	a := settled(t, 80, 24, uitest.OptionsWith(t, texts, "local/glove@100", "local/use-lite@512", "local/ngrams@64"))
	uitest.Press(t, a, "5")
	wantSaid(t, a, "agreement with use-lite@512", "shared", "chance", "glove@100", "0.250", "rank corr.", "Agreeing is not being right", "Four ways")
	uitest.Press(t, a, "A", "down", "enter")
	wantSaid(t, a, "agreement with glove@100")
	uitest.Settle(t, a, a.Session.Labels().Mark(0, 1, labels.Same), a.Session.Labels().Mark(0, 2, labels.Different))
	uitest.Press(t, a, "A")
	uitest.WantNotice(t, a, "it is for two models or more whose texts have no labels")
}

func TestTheCostOfTheseTextsAloneIsRemembered(t *testing.T) {
	for _, n := range []int{0, 2_000} {
		a := New(nil).(*Screen)
		a.documents, a.cuts = n, false
		b := New(nil).(*Screen)
		if b.Restore(a.Save()); b.documents != n || b.cuts {
			t.Errorf("%d documents come back as %d, with cuts %v", n, b.documents, b.cuts)
		}
	}
}

func TestWhatFailedStaysAsItWasOpened(t *testing.T) {
	a := settled(t, 120, 60, withSet(t, "polysemy"))
	uitest.Press(t, a, "5", "enter")
	intervals := func() (lines []string) {
		for l := range strings.SplitSeq(uitest.Plain(a), "\n") {
			if _, found, ok := strings.Cut(l, "95% interval 0."); ok {
				lines = append(lines, found[:len("865 … 0.963")])
			}
		}
		return lines
	}
	before := intervals()
	uitest.Happen(t, a, func() tea.Cmd { return a.Session.Verdict().SetSeed(9) })
	if after := intervals(); len(before) == 0 || !slices.Equal(after, before) {
		t.Errorf("the box follows other resamples:\n%s\n%s", before, after)
	}
}

func TestWhatIsSaidCanBeReadInSmallWindows(t *testing.T) {
	a := settled(t, 40, 10, withSet(t, "polysemy"))
	uitest.Press(t, a, "5")
	uitest.CheckFrame(t, a.Draw(), ui.Size{W: 40, H: 10})
	wantSaid(t, a, "… F ")
	said := ""
	uitest.Press(t, a, "F")
	for range 18 {
		said += " " + uitest.Plain(a)
		uitest.Press(t, a, "down")
	}
	sentence := findings.Sentence(a.Session.Verdict().Trial(), a.Session.Verdict().Findings(), a.Session.RowName)
	sentence += " " + a.Screen("verdict").(*Screen).Status()
	for _, word := range strings.Fields(sentence) {
		if !strings.Contains(said, word) {
			t.Errorf("%q of %q cannot be read", word, sentence)
		}
	}
	uitest.Press(t, a, "esc")
	many := uitest.OptionsWith(t, uitest.Texts("one", "two cats", "three dogs", "a fourth"), "local/glove@100", "local/use-lite@512", "local/ngrams@4096", "local/ngrams@64", "local/glove@64")
	a = settled(t, 80, 24, many)
	uitest.Press(t, a, "5")
	wantSaid(t, a, "how many more it would take")
}

func TestWhatCostsMoneyIsNamedWithItsCost(t *testing.T) {
	shop := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, shop, uitest.Use, "shop/good@4"))
	uitest.Press(t, a, "E", "p", "5")
	queries, err := labels.ReadQueries(strings.NewReader("query,relevant\nwhich is first?,1\nthe last?,3\n"), "asked.csv", corpus.FormatCSV)
	if err != nil {
		t.Fatal(err)
	}
	uitest.Settle(t, a, a.Session.Labels().Open(labels.Labels{Queries: queries}, "asked.csv"))
	uitest.Press(t, a, "j")
	wantSaid(t, a, "Not tried, for it costs money: good@4. E embeds what is missing: 2 texts, ", "E: costs")
	uitest.Press(t, a, "f")
	uitest.Press(t, a, "enter")
	uitest.Letters(t, a, "5")
	uitest.Press(t, a, "enter", "esc", "j")
	wantSaid(t, a, "Beyond your limits, and so not offered: good@4.", "limits")
	uitest.Settle(t, a, a.Session.Verdict().SetLimits(evaluate.Limits{}))
	uitest.Press(t, a, "E", "p", "j")
	if said := uitest.Plain(a); strings.Contains(said, "Not tried") || a.Session.Verdict().Score("shop/good@4") == nil {
		t.Errorf("what was paid for is not tried:\n%s", said)
	}
	opened := ""
	for range a.Session.Verdict().Trial().Rows {
		uitest.Press(t, a, "enter")
		opened += uitest.Plain(a)
		uitest.Press(t, a, "esc", "down")
	}
	for _, want := range []string{"$20.00 per million tokens:", "for these texts", "$46.67 for 1,000,000", "documents of their length"} {
		if !strings.Contains(opened, want) {
			t.Errorf("the rows opened lack %q:\n%s", want, opened)
		}
	}
}

func TestTheLegendExplainsWhatStandsAtCuts(t *testing.T) {
	a := settled(t, 120, 60, withSet(t, "polysemy"))
	uitest.Press(t, a, "5")
	uitest.WantShown(t, a, findings.NoLossSeen, findings.OtherCut+" ")
	uitest.Press(t, a, "?", "end")
	uitest.WantShown(t, a, findings.NoLoss+"  ", findings.NoLossSeen+"  ", "compared with nothing")
}

func TestAVerdictThatIsNotThereYetIsNotCopied(t *testing.T) {
	a := settled(t, 120, 40, uitest.OptionsWith(t, uitest.Numbered(3), "local/ngrams@64", "local/ngrams@256"))
	var grouped []corpus.Text
	for i := range 12 {
		grouped = append(grouped, corpus.Text{Text: fmt.Sprintf("text %d of %d", i, i%3), Group: string(rune('a' + i%3))})
	}
	_, cmd := a.Update(uitest.OpenTexts(a, "grouped.csv", grouped...))
	a.SetScreen(ID)
	v := a.Session.Verdict()
	for pending := []tea.Cmd{cmd}; v.Trial() == nil || v.Findings() != nil; pending = pending[1:] {
		if len(pending) == 0 {
			t.Fatal("the scores never stand alone")
		}
		if pending[0] == nil {
			continue
		}
		switch msg := pending[0]().(type) {
		case nil:
		case tea.BatchMsg:
			pending = append(pending, msg...)
		default:
			_, next := a.Update(msg)
			pending = append(pending, next)
		}
	}
	for _, key := range []string{"y", "X"} {
		a.Update(uitest.KeyPress(key))
		uitest.WantNotice(t, a, "the verdict is still being computed")
	}
}
