package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestTheTextUnderTheCursorIsMarkedInEveryColumn(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	ask(t, a, "cancel the subscription")
	s := screenOf(a)
	text, _ := s.hit()
	marked := 0
	for at, r := range s.rows() {
		lines := s.drawColumn(at, 44, 10)
		for i, h := range r.hits {
			if h.Index != text {
				continue
			}
			look := a.Theme.Codes.Match
			if at == s.column {
				look = a.Theme.Codes.Selected
			}
			if marked++; !strings.HasPrefix(lines[i], look) {
				t.Errorf("in column %s the text is drawn as %q", r.letter, lines[i])
			}
		}
	}
	if marked < 3 {
		t.Errorf("it is in %d columns", marked)
	}
	// The column in focus is the one whose head is marked, and models alone have colours.
	uitest.Press(t, a, "right")
	for at, r := range s.rows() {
		if head := s.head(at, 44, 3)[0]; strings.HasPrefix(head, a.Theme.Codes.Selected) != (at == 1) {
			t.Errorf("the head of column %s is %q", r.letter, head)
		}
		if pen := s.pen(r); (pen != "") != (r.kind == byVectors) {
			t.Errorf("column %s has the colour %q", r.letter, pen)
		}
	}
	// Ranks are numbered as far as there are texts.
	if ranks := s.ranks(20); len(ranks) != len(faq) {
		t.Errorf("%d ranks of %d texts are numbered", len(ranks), len(faq))
	}
}

// Hits of the query that was typed before are dimmed, neither judged nor taken out.
func TestHitsOfTheQueryBeforeAreNotThoseOfThisOne(t *testing.T) {
	a := settled(t, 120, 30, withFAQ(t))
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, "invoice")
	_, later := a.Update(uitest.KeyPress("s"))
	s := screenOf(a)
	old := 0
	for at, r := range s.rows() {
		if !r.old {
			continue
		}
		old++
		lines := s.drawColumn(at, 44, 10)
		if last := lines[len(lines)-1]; len(lines) > 1 && !strings.HasPrefix(last, a.Theme.Codes.Dim) {
			t.Errorf("an old hit is drawn as %q", last)
		}
	}
	fresh := slices.ContainsFunc(s.rows(), func(r row) bool { return !r.old && len(r.hits) > 0 })
	if old < 2 || fresh == (s.needsHits() != "") {
		t.Errorf("%d of %d columns have old hits, and of what is found it is said %q", old, len(s.rows()), s.needsHits())
	}
	s.judge()
	for _, text := range s.judging.pool {
		if !slices.ContainsFunc(s.rows(), func(r row) bool {
			return !r.old && slices.ContainsFunc(r.hits, func(h search.Hit) bool { return h.Index == text })
		}) {
			t.Errorf("text %d, which the query before has found, is to be judged for this one", text+1)
		}
	}
	a.Top().(*judging).Dismiss()
	uitest.Settle(t, a, later)
	for _, r := range s.rows() {
		if r.old || len(r.hits) == 0 && r.kind == byVectors {
			t.Errorf("column %s has old hits, or none", r.letter)
		}
	}
	// Other words begin at the first rank.
	uitest.Press(t, a, "enter", "down", "down")
	ask(t, a, "refund")
	if s.list.Cursor != 0 {
		t.Errorf("another query begins at rank %d", s.list.Cursor+1)
	}
}

// Words find texts that no model does: they may be the ones that are relevant.
func TestWhatAnyColumnHasFoundIsJudged(t *testing.T) {
	a := settled(t, 120, 30, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	for i := range s.shown.rows {
		s.shown.rows[i].hits = []search.Hit{{Index: i, Score: 1}}
	}
	s.judge()
	if pool := slices.Sorted(slices.Values(s.judging.pool)); len(pool) != len(s.rows()) {
		t.Errorf("of what %d columns have found, a text each, is judged: %v", len(s.rows()), pool)
	}
}

func TestChangesOfRanksPointTheWayTheTextGoes(t *testing.T) {
	s := &Screen{}
	s.shown = shown{rows: []row{{hits: []search.Hit{{Index: 1}, {Index: 2}, {Index: 3}}}, {hits: []search.Hit{{Index: 3}, {Index: 2}, {Index: 1}, {Index: 4}}}}, place: map[int]int{}}
	s.shown.lines = search.Align(10, s.shown.rows[0].hits, s.shown.rows[1].hits)
	for i, l := range s.shown.lines {
		s.shown.place[l.Text] = i
	}
	for text, want := range map[int]string{3: "↑2", 2: "=", 1: "↓2", 4: "new", 9: ""} {
		if got := s.change(1, text); got != want {
			t.Errorf("text %d is %q, want %q", text, got, want)
		}
	}
	if got := s.change(0, 1); got != "" {
		t.Errorf("in the first column text 1 is %q", got)
	}
	s.measured = []session.Measured{}
	s.toBest = true
	if got := s.change(1, 3); got != "" {
		t.Errorf("with no best column it is %q", got)
	}
	for g, want := range map[float64]string{0: "✗", 1: "~", 2: "✓", 3: "✓"} {
		if got := grade(g, true); got != want {
			t.Errorf("grade %v is %s, want %s", g, got, want)
		}
	}
	if grade(2, false) != " " || gradeWord(0) != "not relevant" || gradeWord(1) != "partly relevant" || gradeWord(2) != "relevant" {
		t.Error("grades are called otherwise")
	}
}

func TestATextThatOneOfOneColumnFindsIsNotAlone(t *testing.T) {
	a := settled(t, 120, 30, withFAQ(t, uitest.Use))
	ask(t, a, "zzz qqq")
	s := screenOf(a)
	if len(s.rows()[1].hits) != 0 {
		t.Fatal("words find something")
	}
	for _, h := range s.rows()[0].hits {
		if s.alone(h.Index) || s.shown.marks[h.Index] == "" && strings.Contains(strings.Join(s.drawColumn(0, 50, 10), ""), "◆") {
			t.Errorf("text %d is said to be found by one column alone", h.Index+1)
		}
	}
}

func TestTextsWithoutAVectorAreToldOverTheColumn(t *testing.T) {
	texts := append(uitest.Texts("☃☃☃"), faq...)
	a := settled(t, 160, 40, uitest.OptionsWith(t, texts, uitest.Glove))
	ask(t, a, "invoice")
	uitest.WantShown(t, a, "1 text without a vector")
	s := screenOf(a)
	if second := s.head(0, 50, 3)[1]; !strings.HasPrefix(second, string(a.Theme.Warn)) {
		t.Errorf("that it lacks a vector is drawn as %q", second)
	}
}

func TestTheFloorOfAColumnSaysWhetherAnythingIsRelevant(t *testing.T) {
	s := &Screen{}
	r := row{id: "x", kind: byVectors, hits: []search.Hit{{Index: 0, Score: .4}}}
	at := func(f search.Floor) string {
		s.measured = []session.Measured{{ID: "x", Judged: search.Judged{Queries: 3}, Floor: f, HasFloor: true}}
		return s.floorText(r)
	}
	for want, f := range map[string]search.Floor{
		floorUnknown: {TooFew: true},
		"no floor separates them under this model": {},
		"floor 0.300":                        {Separates: true, Score: .3},
		"floor 0.500: nothing relevant here": {Separates: true, Score: .5},
	} {
		if got := at(f); got != want {
			t.Errorf("%+v is told as %q, want %q", f, got, want)
		}
	}
	s.measured[0].HasFloor = false
	if got := s.floorText(r); got != "" {
		t.Errorf("without a floor it says %q", got)
	}
}

// Of columns that are measured at the same queries the best figure counts, of others the
// number of queries.
// That hits were not judged is said whichever column has them.
func TestHitsThatNobodyJudgedAreToldOfWhicheverColumnHasThem(t *testing.T) {
	a := settled(t, 120, 30, withFAQ(t, uitest.Use, "local/ngrams@64"))
	ask(t, a, "invoice")
	s := screenOf(a)
	for _, unjudged := range [][2]int{{0, 0}, {2, 0}, {0, 2}} {
		s.measured = nil
		for i, id := range []string{uitest.Use, "local/ngrams@64"} {
			s.measured = append(s.measured, session.Measured{ID: id, Judged: search.Judged{Queries: 3, Hits: 9, Unjudged: unjudged[i]}})
		}
		title := uitest.Flat(s.figureLines(120)[0])
		if told := strings.Contains(title, "; hits not judged count as not relevant"); told != (unjudged != [2]int{}) {
			t.Errorf("with %v hits not judged the title is %q", unjudged, title)
		}
	}
	for w, want := range map[int]string{
		78: "Over the 3 queries with a known answer; hits not judged count as not relevant",
		77: "Over the 3 queries with a known answer; not judged counts as not relevant",
		73: "Over the 3 queries with a known answer; not judged = not relevant",
		65: "Over 3 queries; not judged = not relevant",
	} {
		if title := strings.TrimSpace(ansi.Strip(s.figureLines(w)[0])); title != want {
			t.Errorf("in %d columns the title is %q, want %q", w, title, want)
		}
	}
	words := slices.IndexFunc(s.rows(), func(r row) bool { return r.kind == byWords })
	for w, want := range map[int]string{37: "words in common · no cosine, no price", 36: "words in common · no cosine", 27: "words in common · no cosine"} {
		if about := ansi.Strip(s.head(words, w, 3)[1]); about != want {
			t.Errorf("in %d columns the search by words is told as %q, want %q", w, about, want)
		}
	}
}

func TestTheBestColumnIsTheOneMeasuredMost(t *testing.T) {
	s := &Screen{}
	s.shown.rows = []row{{id: "a"}, {id: "b"}, {id: "c"}}
	measured := func(id string, queries int, ndcg float64) session.Measured {
		m := session.Measured{ID: id}
		m.Queries, m.NDCG = queries, ndcg
		return m
	}
	for want, list := range map[int][]session.Measured{
		1: {measured("a", 3, .5), measured("b", 3, .6), measured("c", 2, .9)},
		0: {measured("a", 3, .6), measured("b", 3, .6)},
		2: {measured("b", 1, .9), measured("c", 2, .1)},
	} {
		if s.measured = list; s.best() != want {
			t.Errorf("of %+v the best is column %d, want %d", list, s.best(), want)
		}
	}
	s.toBest, s.measured = true, []session.Measured{measured("b", 1, .9)}
	if s.reference(1) != -1 || s.reference(0) != 1 {
		t.Errorf("the best column is compared with %d, another with %d", s.reference(1), s.reference(0))
	}
}

func TestAClickGoesToTheRankThatIsSeenThere(t *testing.T) {
	a := settled(t, 100, 14, uitest.OptionsWith(t, uitest.Numbered(30), "local/ngrams@64", "local/ngrams@256", "local/ngrams@512", "local/ngrams@1024"))
	ask(t, a, "text number 7")
	s := screenOf(a)
	uitest.Press(t, a, "end", "tab")
	l := s.layout(a.Body)
	if s.list.Top == 0 || l.first == 0 {
		t.Fatalf("all is in sight: from rank %d and column %d on", s.list.Top+1, l.first+1)
	}
	uitest.Send(t, a, uitest.Click(l.columns[1].X+2, 1+l.ranks.Y+1))
	if s.list.Cursor != s.list.Top+1 || s.column != l.first+1 {
		t.Errorf("a click on the second rank and column in sight leads to rank %d of column %d", s.list.Cursor+1, s.column+1)
	}
	if got := s.rows()[s.column].hits[s.list.Cursor].Index; a.Session.CursorA() != got {
		t.Errorf("the cursor of all screens is on text %d, want %d", a.Session.CursorA()+1, got+1)
	}
	uitest.Press(t, a, "home", "down")
	if s.list.Cursor != 1 {
		t.Errorf("down leads to rank %d", s.list.Cursor+1)
	}
	uitest.Send(t, a, tea.MouseWheelMsg{X: 20, Y: 1 + l.ranks.Y, Button: tea.MouseWheelDown})
	if s.list.Cursor != 2 {
		t.Errorf("the wheel leads to rank %d", s.list.Cursor+1)
	}
	hidden := len(s.rows()) - len(l.columns)
	uitest.WantShown(t, a, fmt.Sprintf(" %d more: tab ", hidden))
	for range len(s.rows()) { // around the end, through all
		uitest.Press(t, a, "tab")
		if l := s.layout(a.Body); s.column < l.first || s.column >= l.first+len(l.columns) {
			t.Errorf("column %d is in focus, and from %d on %d are in sight", s.column+1, l.first+1, len(l.columns))
		}
	}
	uitest.Send(t, a, uitest.Click(10, 1))
	if !s.typing || s.input.Value() != "text number 7" {
		t.Errorf("a click on the query leads to %q", s.input.Value())
	}
}

func TestAnExampleIsAskedByTheSecondClick(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	x, y := uitest.PlaceOf(t, a, faq[2].Text[:20])
	uitest.Send(t, a, uitest.Click(x, y))
	s := screenOf(a)
	if s.query != nil || s.examples[s.offered.Cursor].text != faq[2].Text {
		t.Fatalf("the first click asks %v, the cursor is on %q", s.query != nil, s.examples[s.offered.Cursor].text)
	}
	uitest.Send(t, a, uitest.Click(x, y))
	if s.query == nil || s.query.source != faq[2].Text {
		t.Errorf("the second click asks %+v", s.query)
	}
	uitest.Press(t, a, "esc", "G")
	uitest.Press(t, a, "enter")
	uitest.WantShown(t, a, "Like “")
	// Groups are words that a person has for several texts.
	if got := groupExamples([]corpus.Text{{Group: "pay"}, {Group: "moon"}, {Group: "pay"}, {Group: "12"}, {Group: "12"}}); len(got) != 1 || got[0].text != "pay" || got[0].note != "a group of 2 texts" {
		t.Errorf("offered are %+v", got)
	}
	if got := judgedNote(labels.AskedQuery{Graded: []labels.Grade{{Grade: 0}, {Grade: 1}, {Grade: 2}}}); got != "2 of 3 relevant" {
		t.Errorf("judged is told as %q", got)
	}
}

func TestWhatOneTypesIsGoneWithEsc(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	uitest.Press(t, a, "/", "space", "esc", "/")
	if got := screenOf(a).input.Value(); got != "" {
		t.Errorf("the field has %q", got)
	}
	uitest.Press(t, a, "esc")
	if s := screenOf(a); s.typing || s.Back() {
		t.Error("there is something to leave")
	}
	// More like a text is asked although something is being typed.
	uitest.Press(t, a, "/", "a")
	a.SearchLike(faq[1].Text)
	uitest.Happen(t, a, uitest.Nothing)
	if s := screenOf(a); s.typing || s.query == nil || s.query.source != faq[1].Text || len(a.Session.Asked().List()) != 1 {
		t.Errorf("asked is %+v, typing %v", s.query, s.typing)
	}
	for _, r := range screenOf(a).rows() {
		for _, h := range r.hits {
			if h.Index == 1 {
				t.Errorf("%s finds the text itself", r.id)
			}
		}
	}
}

func TestAHitInFullIsReadToItsEnd(t *testing.T) {
	long := strings.Repeat("It rains and rains. ", 700) + "The invoice is at its end."
	a := settled(t, 120, 40, uitest.OptionsWith(t, append(uitest.Texts(long), faq[1:]...), uitest.Use, uitest.Glove))
	ask(t, a, "invoice")
	s := screenOf(a)
	for at, h := range s.rows()[0].hits {
		if h.Index == 0 {
			uitest.Press(t, a, "home")
			for range at {
				uitest.Press(t, a, "down")
			}
		}
	}
	uitest.Press(t, a, "enter", "home")
	lines := strings.Join(a.Top().View(ui.Size{W: 118, H: 300}, a.Theme), "\n")
	uitest.Press(t, a, "G")
	if whole := uitest.Flat(a.Draw()); !strings.Contains(uitest.Flat(lines)+whole, "In common: invoice") {
		t.Errorf("the end of the text is not looked at:\n%s", whole)
	}
	uitest.Press(t, a, "esc")
	for _, sharing := range []bool{true, false} {
		o := s.openedAt(0)
		drawn := strings.Join(o.lines(140, a.Theme), "\n")
		head := map[bool]string{true: "shares words with the query", false: "does not"}[sharing]
		if !strings.Contains(drawn, a.Theme.Title.Render(head)) && !strings.Contains(uitest.Flat(drawn), head) {
			t.Errorf("%q is missing", head)
		}
	}
}

func TestEveryFinderHasItsOwnRank(t *testing.T) {
	a := settled(t, 160, 40, withFAQ(t))
	ask(t, a, "cancel the subscription")
	s := screenOf(a)
	for _, l := range s.shown.lines {
		var want []string
		for _, r := range s.rows() {
			if rank := search.Rank(r.hits, l.Text); rank > 0 {
				want = append(want, fmt.Sprintf("%s %d", r.letter, rank))
			}
		}
		if got, _ := s.finders(l); got != strings.Join(want, " · ") {
			t.Errorf("text %d is found as %q, want %q", l.Text+1, got, want)
		}
	}
}

// What was found in texts that are gone is not shown while the hits in those that are there
// are on their way.
func TestHitsInTextsThatAreGoneDoNotStayInSight(t *testing.T) {
	a := settled(t, 120, 30, withFAQ(t))
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, "invoice")
	_, later := a.Update(uitest.KeyPress("s"))
	s := screenOf(a)
	if len(s.query.before) == 0 {
		t.Fatal("the hits of the query before do not stay")
	}
	uitest.Settle(t, a, a.Session.Edits().Delete(5))
	if len(s.query.before) != 0 {
		t.Errorf("of %d columns hits in other texts stay", len(s.query.before))
	}
	uitest.Settle(t, a, later)
}
