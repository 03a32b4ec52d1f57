package search

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/uitest"
)

// faq are a few answers, and a text that answers nothing.
var faq = []corpus.Text{
	{ID: "invoice", Text: "You find your invoice under Billing and can download it as a PDF."},
	{ID: "cancel", Text: "To cancel your subscription open Settings and choose Cancel plan."},
	{ID: "ship", Text: "Parcels leave our warehouse every morning and arrive within two days."},
	{ID: "password", Text: "Forgot your password? Request a link and set a new one."},
	{ID: "refund", Text: "We refund the price within a week after the goods came back."},
	{ID: "moon", Text: "The moon has no atmosphere worth speaking of."},
}

func withFAQ(t testing.TB, candidates ...string) shell.Options {
	t.Helper()
	if len(candidates) == 0 {
		candidates = []string{uitest.Use, uitest.Glove}
	}
	return uitest.OptionsWith(t, faq, candidates...)
}

// ask types a query and enters it.
func ask(t testing.TB, a *shell.App, query string) {
	t.Helper()
	uitest.Press(t, a, "/", "ctrl+u")
	uitest.Letters(t, a, query)
	uitest.Press(t, a, "enter")
}

func screenOf(a *shell.App) *Screen { return a.Screen(ID).(*Screen) }

func TestSearchDrawing(t *testing.T) {
	for _, z := range []ui.Size{{W: 80, H: 24}, {W: 200, H: 60}, {W: 40, H: 10}} {
		t.Run(fmt.Sprintf("%dx%d", z.W, z.H), func(t *testing.T) {
			a := settled(t, z.W, z.H, uitest.NearDuplicates(t))
			ask(t, a, "was my card charged?")
			uitest.Press(t, a, "J", "2", "1", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "esc")
			drawing := uitest.Plain(a)
			uitest.RequireSize(t, drawing, z.W, z.H)
			golden.RequireEqual(t, drawing)
		})
	}
}

func TestTheSameTextIsJoinedByALetterAndOneThatOneRowFindsAloneMarked(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	uitest.Press(t, a, "t", "2", "enter")
	ask(t, a, "cancel the subscription")
	s := screenOf(a)
	joined, alone := 0, 0
	for _, l := range s.shown.lines {
		switch {
		case several(l) && s.shown.marks[l.Text] != "":
			joined++
		case s.shown.marks[l.Text] != "":
			t.Errorf("text %d has a letter and is in one column", l.Text)
		}
		if s.alone(l.Text) {
			alone++
		}
	}
	if joined == 0 || alone == 0 {
		t.Fatalf("%d texts are joined, %d found by one alone:\n%s", joined, alone, uitest.Plain(a))
	}
	uitest.WantShown(t, a, "◆", "a ")
}

func TestColumnsThatHaveNoRoomAreCountedAndTabShowsThem(t *testing.T) {
	a := settled(t, 80, 24, withFAQ(t))
	ask(t, a, "invoice")
	uitest.WantShown(t, a, "2 more: tab", "A use-lite@512", "B glove@100")
	uitest.Press(t, a, "tab")
	uitest.WantShown(t, a, "W local/bm25", "H ", "words in common")
	uitest.Press(t, a, "tab")
	uitest.WantShown(t, a, "A use-lite@512")
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 60, H: 15}, {W: 200, H: 60}} {
		uitest.Send(t, a, uitest.WindowSize(z))
		uitest.CheckFrame(t, a.Draw(), z)
	}
}

// As many columns are in sight as can be read, and paging either way comes to every one.
func TestAsManyColumnsAreShownAsFit(t *testing.T) {
	many := []string{uitest.Use, uitest.Glove, "local/ngrams@4096", "local/ngrams@256", "local/use-lite@64", "local/glove@50"}
	a := settled(t, 200, 60, withFAQ(t, many...))
	ask(t, a, "invoice")
	s := screenOf(a)
	if in, n := len(s.layout(s.Body).columns), len(s.rows()); in != 6 || n != 8 {
		t.Fatalf("%d of %d columns are shown", in, n)
	}
	uitest.WantShown(t, a, "2 more: tab")
	uitest.Press(t, a, "tab")
	uitest.WantShown(t, a, "H ", "W local/bm25")
	if s.column != 6 {
		t.Errorf("tab leads to column %d", s.column)
	}
	for _, z := range []ui.Size{{W: 80, H: 24}, {W: 120, H: 24}} {
		uitest.Send(t, a, uitest.WindowSize(z))
		for _, press := range []string{"tab", "shift+tab"} {
			seen := map[int]bool{}
			for range 4 {
				uitest.Press(t, a, press)
				for i := range s.layout(s.Body).columns {
					seen[s.first+i] = true
				}
			}
			if len(seen) != 8 {
				t.Errorf("%d wide %s shows %d of 8 columns", z.W, press, len(seen))
			}
		}
	}
}

func TestTheModelOfTheColumnIsInFocusOnEveryScreen(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	ask(t, a, "invoice")
	for _, c := range []struct {
		key  string
		want int
	}{{"right", 1}, {"left", 0}} {
		if uitest.Press(t, a, c.key); a.Session.Focused() != c.want {
			t.Errorf("%s leaves model %d in focus", c.key, a.Session.Focused())
		}
	}
}

func TestTheHybridFollowsItsWeight(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	ask(t, a, "set a new password")
	uitest.Press(t, a, "]", "]", "]")
	uitest.WantShown(t, a, "A + 1.3×bm25")
	for range 30 {
		uitest.Press(t, a, "[")
	}
	s := screenOf(a)
	if s.weight != 0 || s.rows()[3].hits[0].Index != s.rows()[0].hits[0].Index {
		t.Errorf("without words the hybrid is not the model: weight %g", s.weight)
	}
	o := withFAQ(t)
	o.State = a.State()
	if again := screenOf(settled(t, 100, 30, o)); again.weight != 0 {
		t.Errorf("the weight is remembered as %g", again.weight)
	}
}

func TestAHitIsOpenedInFullBesideTheQuery(t *testing.T) {
	for _, z := range []ui.Size{{W: 120, H: 40}, {W: 60, H: 15}, {W: 40, H: 10}} {
		a := settled(t, z.W, z.H, withFAQ(t))
		uitest.Press(t, a, "t", "2", "enter")
		ask(t, a, "download the invoice as a PDF")
		uitest.Press(t, a, "enter")
		uitest.CheckFrame(t, a.Draw(), z)
		if z.H >= 40 {
			uitest.WantShown(t, a, "Text invoice", "In common: ", "shares words with the query", "does not")
		}
	}
}

func TestMoreLikeATextLeavesItOut(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	a.SetScreen("texts")
	uitest.Press(t, a, "down", "~")
	if a.Current().Info().ID != ID {
		t.Fatalf("~ leads to %s", a.Current().Info().ID)
	}
	s := screenOf(a)
	if s.query == nil || s.query.text != faq[1].Text {
		t.Fatalf("asked is %+v", s.query)
	}
	for _, r := range s.rows() {
		for _, h := range r.hits {
			if h.Index == 1 {
				t.Errorf("%s finds the text itself", r.id)
			}
		}
	}
	uitest.WantShown(t, a, "Like “To cancel")
}

func TestMoreLikeATextIsOfferedInThePairBox(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	a.SetScreen("matrices")
	uitest.OpenPair(t, a, 2, 4)
	uitest.WantShown(t, a, "~ more like the first")
	uitest.Press(t, a, "~")
	if s := screenOf(a); a.Top() != nil || a.Current().Info().ID != ID || s.query == nil || s.query.text != faq[2].Text {
		t.Errorf("~ leads to %s and asks %+v", a.Current().Info().ID, s.query)
	}
}

func TestTheHelpSaysThatLengthsDoNotMatter(t *testing.T) {
	a := settled(t, 130, 80, withFAQ(t))
	uitest.Press(t, a, "?")
	uitest.WantShown(t, a, "cosine, dot product and Euclidean distance rank alike")
}

func TestTheMouseChoosesAHit(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	l := s.layout(a.Body)
	uitest.Send(t, a, uitest.Click(l.columns[1].X+5, 1+l.ranks.Y+2))
	if s.column != 1 || s.list.Cursor != 2 {
		t.Errorf("column %d, rank %d", s.column, s.list.Cursor+1)
	}
}

func TestFiguresSayWhyAModelHasNoVectorForTheQueryAsItsColumnDoes(t *testing.T) {
	o := uitest.OptionsWith(t, append([]corpus.Text{{ID: "ja", Text: "注文をキャンセルするにはどうすればいいですか。"}}, faq...), uitest.Use, uitest.Glove)
	a := settled(t, 160, 50, o)
	ask(t, a, "注文 キャンセル")
	uitest.Settle(t, a, a.Session.Asked().Judge("注文 キャンセル", 0, 2), nil)
	screen := uitest.Plain(a)
	uitest.WantShown(t, a, "Over the 1 query with a known answer", "no vector for the query")
	if strings.Contains(screen, "not embedded yet") {
		t.Errorf("a model that reads no Japanese is called not embedded yet:\n%s", screen)
	}
	if _, below, _ := strings.Cut(screen, "Over the 1 query with a known answer"); strings.Count(below, "no vector for the query") < 2 {
		t.Errorf("the figures do not say why:\n%s", screen)
	}
}

// A row that lacks vectors is measured at fewer queries, maybe the easier ones: that is
// said, and it is not taken for the best.
func TestFiguresOverFewerQueriesAreMarked(t *testing.T) {
	const japanese = "注文 キャンセル"
	texts := append([]corpus.Text{{ID: "ja", Text: "注文をキャンセルするにはどうすればいいですか。"}}, faq...)
	a := settled(t, 160, 50, uitest.OptionsWith(t, texts, uitest.Use, "local/ngrams@4096"))
	for query, relevant := range map[string]int{japanese: 1, "download the invoice": 1, "the moon": 6} {
		ask(t, a, query)
		uitest.Settle(t, a, a.Session.Asked().Judge(query, relevant, 2), nil)
	}
	uitest.WantShown(t, a, "Over the 3 queries with a known answer; hits not judged count as not relevant", "A use-lite@512*", "B ngrams@4096 ",
		"* over fewer of the 3, for it lacks vectors: A 2, H 2")
	s := screenOf(a)
	if use, _ := s.measuredOf(uitest.Use); use.NDCG != 1 {
		t.Errorf("nDCG of use-lite at two queries is %g", use.NDCG)
	}
	if best := s.best(); best < 1 || s.rows()[best].id == uitest.Use {
		t.Errorf("the best is row %d", best)
	}
}

func TestZeroHasNoMinus(t *testing.T) {
	for d, want := range map[float64]string{-0.04: "+0.0σ", 0.04: "+0.0σ", -0.06: "-0.1σ", 3.14: "+3.1σ"} {
		if got := distanceText(d); got != want {
			t.Errorf("%g is %q, want %q", d, got, want)
		}
	}
}

func TestAllRanksOfAHitAreShownWhereManySearch(t *testing.T) {
	a := settled(t, 80, 24, withFAQ(t, uitest.Use, uitest.Glove, "local/ngrams@1024", "local/use-lite@256", "local/glove@50", "local/ngrams@512"))
	ask(t, a, "where is my invoice")
	uitest.Press(t, a, "enter")
	uitest.WantShown(t, a, "A 1 ·", "F 1 ·", "W 1 ·", "H 1")
}

func TestNothingIsCopiedThatWasFoundInTextsThatAreGone(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	ask(t, a, "cancel my plan")
	a.Update(uitest.OpenTexts(a, "none.txt")) // what that starts has not ended yet
	a.Update(uitest.KeyPress("5"))
	for _, key := range []string{"X", "y", "J"} {
		a.Update(uitest.KeyPress(key))
		uitest.WantNotice(t, a, "nothing is found yet")
	}
}

func TestOverlapsThatHaveNoRoomAreCounted(t *testing.T) {
	a := settled(t, 80, 24, withFAQ(t, uitest.Use, uitest.Glove, "local/use-lite@64", "local/glove@50", "local/ngrams@64", "local/ngrams@512"))
	ask(t, a, "where is my invoice")
	s := screenOf(a)
	all := len(s.overlaps())
	if all != 21 {
		t.Fatalf("seven rows have %d overlaps", all)
	}
	for w := 20; w <= 200; w++ {
		for h := 1; h <= 6; h++ {
			lines := s.overlapLines(w, h)
			text := strings.Join(lines, " · ")
			shown := strings.Count(text, "–")
			if len(lines) > h || term.Widest(lines) > w {
				t.Fatalf("%d columns, %d lines: %q", w, h, lines)
			}
			if hidden := fmt.Sprintf("+%d: F", all-shown); shown < all && !strings.HasSuffix(text, hidden) {
				t.Fatalf("%d columns, %d lines: %q does not end with %q", w, h, lines, hidden)
			}
		}
	}
	uitest.Press(t, a, "F")
	uitest.WantShown(t, a, "What the columns have in common", "F–W ")
}

func TestScalesThatHaveNoRoomAreCounted(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t, uitest.Use, uitest.Glove, "local/use-lite@64", "local/glove@50", "local/ngrams@64", "local/ngrams@512"))
	ask(t, a, "where is my invoice")
	s := screenOf(a)
	for h, want := range map[int]int{3: 0, 4: 5, 5: 4, 7: 2, 8: 0, 20: 0} {
		lines := s.scaleLines(100, h)
		shown, text := max(len(lines)-2, 0), ansi.Strip(strings.Join(lines, "\n"))
		if want > 0 {
			shown--
		}
		hidden := fmt.Sprintf("\n … %d models more", want)
		if len(lines) > h || strings.Contains(text, " more") != (want > 0) || want > 0 && (!strings.HasSuffix(text, hidden) || shown+want != 6) {
			t.Errorf("in %d lines:\n%s", h, text)
		}
	}
}

// The group of a text is said wherever it is found, where its ranks have a line of their own, too.
func TestDifferingHitsHaveTheirGroups(t *testing.T) {
	a := settled(t, 120, 40, uitest.NearDuplicates(t))
	ask(t, a, "was my card charged?")
	o := screenOf(a).openedAt(0)
	for _, w := range []int{90, 140, 200} {
		drawn := uitest.Flat(strings.Join(o.lines(w, a.Theme), "\n"))
		for _, at := range o.differing {
			ranks := strings.ReplaceAll(o.finders[at], "\u00a0", " ")
			if !strings.Contains(strings.ReplaceAll(drawn, "\u00a0", " "), ranks+" "+o.texts[at].Group+" ") {
				t.Errorf("at %d columns %q lacks its group %q:\n%s", w, ranks, o.texts[at].Group, drawn)
			}
		}
	}
}

func TestAWideWindowShowsTheHitInFullAndFurtherRanks(t *testing.T) {
	a := settled(t, 200, 60, uitest.NearDuplicates(t))
	ask(t, a, "was my card charged?")
	uitest.WantShown(t, a, " · payment  ranks ", "In common: ", "Hits on which the columns differ", "shares words with the query", "11     ", "12     ")
	s := screenOf(a)
	before := s.list.Cursor
	uitest.Press(t, a, "end")
	if s.list.Cursor != s.hits-1 {
		t.Errorf("from rank %d the last one that counts is %d", before+1, s.list.Cursor+1)
	}
	if overlap := s.overlaps()[0]; !strings.Contains(uitest.Plain(a), overlap) {
		t.Errorf("%q is missing:\n%s", overlap, uitest.Plain(a))
	}
	blank := 0
	for _, l := range strings.Split(uitest.Plain(a), "\n") {
		if strings.TrimSpace(l) == "" {
			blank++
		}
	}
	if blank > 20 {
		t.Errorf("%d of 60 lines are empty:\n%s", blank, uitest.Plain(a))
	}
}

func TestScoresStandUnderEachOther(t *testing.T) {
	set, _ := corpus.FindSet("faq")
	a := settled(t, 200, 60, uitest.OptionsWith(t, set.Texts, uitest.Use, uitest.Glove, "local/ngrams@512", "local/use-lite@128", "local/ngrams@256"))
	ask(t, a, "password")
	s := screenOf(a)
	negative := false
	for at, r := range s.rows() {
		if r.kind != byVectors {
			continue
		}
		var ends []int
		for _, l := range append(s.drawColumn(at, 32, s.hits), s.furtherLines(at, 32, 21)[1:]...) {
			plain := ansi.Strip(l)
			place := regexp.MustCompile(`-?0\.\d{3} `).FindStringIndex(plain)
			if place == nil {
				t.Fatalf("no score in %q", plain)
			}
			negative = negative || strings.Contains(plain, "-0.")
			ends = append(ends, term.Width(plain[:place[1]]))
		}
		if len(slices.Compact(ends)) != 1 {
			t.Errorf("under %s the scores end at columns %v", r.name, ends)
		}
	}
	if !negative {
		t.Error("no score lies under 0: the test tests nothing")
	}
}

func TestHitsLikeATextSayWhetherTheyAreOfItsGroup(t *testing.T) {
	texts := slices.Clone(faq)
	for i := range texts {
		texts[i].Group = []string{"money", "account", "goods", "account", "money", ""}[i]
	}
	a := settled(t, 120, 40, uitest.OptionsWith(t, texts, uitest.Use))
	a.Session.PointAt(1)
	uitest.Press(t, a, "2", "~")
	s := screenOf(a)
	for _, h := range s.rows()[0].hits {
		got, want := grade(s.gradeOf(h.Index)), map[string]string{"money": "✗", "account": "✓", "goods": "✗", "": " "}[texts[h.Index].Group]
		if got != want {
			t.Errorf("text %d of %q has the sign %q, want %q", h.Index, texts[h.Index].Group, got, want)
		}
	}
	uitest.WantShown(t, a, "Text password · account")
}

// A frame looks at what is known of the texts, and not at the texts again.
func TestWhatTextsHaveInCommonWithTheQueryIsFoundOutOnce(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	ask(t, a, "where is my invoice?")
	a.Draw()
	q := screenOf(a).query
	if len(q.inCommon) == 0 {
		t.Fatal("nothing is known of the text under the cursor")
	}
	for text := range q.inCommon {
		q.inCommon[text] = search.Shared{Words: []string{"remembered"}}
	}
	uitest.WantShown(t, a, "In common: remembered")
	uitest.Settle(t, a, a.Session.Edits().Delete(0))
	if strings.Contains(uitest.Flat(a.Draw()), "In common: remembered") {
		t.Error("what was known of other texts is shown")
	}
}

func TestTheFirstHitIsHeldAgainstTheBackground(t *testing.T) {
	of := func(k kind, sd float64, scores ...float64) row {
		r := row{kind: k, background: search.Background{Mean: 0.25, SD: sd}}
		for _, x := range scores {
			r.hits = append(r.hits, search.Hit{Score: x})
		}
		return r
	}
	for want, r := range map[string]row{
		"best +2.0σ over background": of(byVectors, 0.125, 0.5, 0.375),
		"best +0.0σ over background": of(byVectors, 0.125, 0.25),
		"best -1.0σ from background": of(byVectors, 0.125, 0.125),
		"":                           of(byWords, 0.125, 0.5),
	} {
		if got := r.bestText(); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
	for _, r := range []row{of(byVectors, 0.125), of(byVectors, 0, 0.5)} {
		if got := r.bestText(); got != "" {
			t.Errorf("of %+v it says %q", r, got)
		}
	}
}
