package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestSpansAreMarkedWhereALineIsBroken(t *testing.T) {
	a := settled(t, 80, 24, withFAQ(t))
	on, off := a.Theme.Codes.Match, theme.Reset
	span := func(from, to int) search.Span { return search.Span{From: from, To: to} }
	for _, c := range []struct {
		text  string
		marks []search.Span
		w     int
		want  string
	}{
		{"one two", nil, 20, "one two"}, {"one two", []search.Span{span(0, 3)}, 20, "[one] two"}, {"one two", []search.Span{span(4, 7)}, 20, "one [two]"},
		{"one two", []search.Span{span(0, 3), span(4, 7)}, 20, "[one] [two]"}, {"one two", []search.Span{span(0, 7)}, 4, "[one]|[two]"}, {"one two three", []search.Span{span(4, 7), span(8, 13)}, 8, "one [two]|[three]"},
		{"ünd ünd", []search.Span{span(5, 9)}, 20, "ünd [ünd]"}, {"one\n\ntwo", []search.Span{span(5, 8)}, 20, "one||[two]"},
	} {
		got := strings.Join(markedLines(c.text, c.marks, c.w, a.Theme), "|")
		if got = strings.ReplaceAll(strings.ReplaceAll(got, on, "["), off, "]"); got != c.want {
			t.Errorf("%q with %v in %d columns is %q, want %q", c.text, c.marks, c.w, got, c.want)
		}
	}
}

func TestGradesHaveSignsAndWords(t *testing.T) {
	for g, want := range map[float64][2]string{0: {"✗", "not relevant"}, 0.5: {"~", "partly relevant"}, 1: {"~", "partly relevant"}, 1.9: {"~", "partly relevant"}, 2: {"✓", "relevant"}, 3: {"✓", "relevant"}} {
		if sign, word := grade(g, true), gradeWord(g); sign != want[0] || word != want[1] {
			t.Errorf("grade %g is %q, %q, want %q", g, sign, word, want)
		}
		if grade(g, false) != " " {
			t.Errorf("grade %g that nobody gave has a sign", g)
		}
	}
	for want, grades := range map[string][]float64{"not judged": nil, "0 of 1 relevant": {0}, "2 of 3 relevant": {1, 0, 2}} {
		var q labels.AskedQuery
		for _, g := range grades {
			q.Graded = append(q.Graded, labels.Grade{Grade: g})
		}
		if got := judgedNote(q); got != want {
			t.Errorf("of %v it is said %q, want %q", grades, got, want)
		}
	}
}

// The names of groups with several texts are offered where they are words.
func TestGroupsOfSeveralTextsAreOffered(t *testing.T) {
	var texts []corpus.Text
	for group, n := range map[string]int{"alone": 1, "12": 3, "ab": 2, "": 4} {
		for range n {
			texts = append(texts, corpus.Text{Group: group})
		}
	}
	for _, group := range []string{"second", "first", "first", "second", "second"} {
		texts = append(texts, corpus.Text{Group: group})
	}
	if got, want := fmt.Sprint(groupExamples(texts)), "[{first  a group of 2 texts -1} {second  a group of 3 texts -1}]"; got != want {
		t.Errorf("offered are %s, want %s", got, want)
	}
	for i := range 20 {
		texts = append(texts, corpus.Text{Group: fmt.Sprint("group ", i)}, corpus.Text{Group: fmt.Sprint("group ", i)})
	}
	if got := groupExamples(texts); len(got) != mostGroups {
		t.Errorf("%d groups are offered", len(got))
	}
	// What was asked before is not offered once more.
	a := settled(t, 100, 30, uitest.OptionsWith(t, []corpus.Text{{Text: "one", Group: "first"}, {Text: "two", Group: "first"}}, uitest.Glove))
	ask(t, a, "first")
	uitest.Press(t, a, "esc")
	var offered []string
	for _, e := range screenOf(a).examples {
		offered = append(offered, e.text+": "+e.note)
	}
	if want := []string{"first: asked before, not judged", "one: find texts like 1", "two: find texts like 2"}; !slices.Equal(offered, want) {
		t.Errorf("offered are %q, want %q", offered, want)
	}
}

// What the screen answers is said as far as there is room.
func TestWhatTheScreenAnswersIsSaidAsFarAsThereIsRoom(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	s := screenOf(a)
	const question = "What does each model find for a question?"
	for w, want := range map[int]string{len(question): question, len(question) - 1: "What does each model find?"} {
		if got := bare(s.aboutLines(w, 5)[:1]); got != want {
			t.Errorf("in %d columns it is asked %q", w, got)
		}
	}
	for h, want := range map[int]string{13: "/ asks one; or take an example:", 14: "/      asks a question, as your users would put it, or some words."} {
		if got := bare(s.aboutLines(200, h)[1:2]); got != want {
			t.Errorf("in %d lines it is said %q, want %q", h, got, want)
		}
	}
	for h, want := range map[int]int{13: 2, 14: 3, 19: 3, 20: 9, 39: 9, 40: 18} {
		if got := len(s.aboutLines(200, h)); got != want {
			t.Errorf("in %d lines there are %d, want %d", h, got, want)
		}
	}
	for _, c := range []struct {
		w, h int
		want string
	}{{59, 9, "Examples: enter asks"}, {60, 9, "Examples from your texts: enter asks one"}, {60, 6, "Examples from your texts: enter asks one"}, {60, 5, "Examples from your texts: enter asks one · 1–5 of 6"}} {
		l := beginLayout{head: ui.Rect{W: c.w, H: 1}, list: ui.Rect{W: c.w, H: c.h}}
		if got := strings.TrimSpace(s.examplesHead(l)); got != c.want {
			t.Errorf("of %d examples over %d lines of %d it is said %q, want %q", len(s.examples), c.h, c.w, got, c.want)
		}
	}
	for w, want := range map[int]string{59: "You find your invoice under Billing and can download it…", 60: "You find your invoice under Billing a… find texts like 1"} {
		if got := uitest.Flat(s.exampleLine(0, w)); got != want {
			t.Errorf("in %d columns an example is %q, want %q", w, got, want)
		}
	}
}

func TestHowQueriesAndTextsAreSentIsSaid(t *testing.T) {
	prefixed := api.Roles{Query: api.Manner{Prefix: "query: "}, Document: api.Manner{Prefix: "text: "}}
	for _, c := range []struct {
		roles api.Roles
		of    session.Searched
		want  string
	}{
		{api.Roles{}, session.Searched{Role: api.RoleQuery, DocumentRole: api.RoleDocument}, "cosine · no prefix"},
		{prefixed, session.Searched{Role: api.RoleQuery, DocumentRole: api.RoleDocument}, "query “query:␣” · texts “text:␣”"},
		{prefixed, session.Searched{Role: api.RoleDocument, DocumentRole: api.RoleDocument}, "query “text:␣” · texts “text:␣”"},
		{prefixed, session.Searched{Role: api.RoleQuery, DocumentRole: api.RoleDocument, Instead: true}, "sent as for matrices: texts are not embedded as documents · “query:␣”"},
	} {
		if got := aboutRoles(c.roles, c.of); got != c.want {
			t.Errorf("it is said %q, want %q", got, c.want)
		}
	}
}

// Queries in the list have what is known of them beside them where that has room.
func TestQueriesAreListedWithWhatIsKnownOfThem(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	ask(t, a, "invoice")
	uitest.Press(t, a, "Q")
	b := a.Top().(*askedBox)
	graded := []labels.Grade{{Grade: 2}, {Grade: 0}}
	b.queries = []labels.AskedQuery{{Text: "one"}, {Text: "two", Graded: graded}, {Text: "three", Graded: graded, Pool: 10}, {Text: "four", Pool: 3}, {Text: "five", Graded: graded, Pool: 10}}
	b.fromLabels = map[string]bool{"five": true}
	for w, want := range map[int]string{60: "one not judged|two 1 of 2 relevant|three 1 of 2 relevant, pool 10|four not judged|five from the labels|", 59: "one|two|three|four|five|"} {
		var got []string
		for i := range 6 {
			got = append(got, uitest.Flat(b.row(i, w, a.Theme)))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("in %d columns it is listed %q, want %q", w, strings.Join(got, "|"), want)
		}
	}
	b.queries = nil
	if got := uitest.Flat(b.row(0, 80, a.Theme)); got != "none: / on Search asks one" {
		t.Errorf("without queries it is listed %q", got)
	}
	for judged, want := range []string{"As .csv the 0 queries judged are written, as .txt all.", ""} {
		if judged > 0 {
			uitest.Settle(t, a, a.Session.Asked().Judge("invoice", 0, labels.WhollyRelevant))
		}
		e := b.askedExport()
		if e.Remark != want || e.What != "1 query" || written(t, e, ".txt") != "invoice\n" {
			t.Errorf("%d judged: %q, %q, %q", judged, e.What, e.Remark, written(t, e, ".txt"))
		}
	}
}

func TestTheWeightOfWordsGoesByTenths(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	s := screenOf(a)
	for _, c := range []struct {
		from float64
		by   int
		want float64
	}{{1, 1, 1.1}, {1.1, 1, 1.2}, {0.3, -1, 0.2}, {0.7, -1, 0.6}, {0, -1, 0}, {0.1, -1, 0}, {2, 1, 2}, {1.9, 1, 2}} {
		s.weight = c.from
		a.Session.MarkSaved()
		if s.weigh(c.by); s.weight != c.want || !a.Session.Unsaved() {
			t.Errorf("from %g by %d words weigh %v, want %v", c.from, c.by, s.weight, c.want)
		}
	}
}

// In the end of judging the relevant texts stand first, those that nobody spoke of last.
func TestInTheEndRelevantTextsStandFirst(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	ask(t, a, "invoice")
	uitest.Press(t, a, "J")
	j := a.Top().(*judging)
	for i, g := range []float64{labels.NotRelevant, labels.PartlyRelevant, labels.WhollyRelevant, labels.PartlyRelevant} {
		uitest.Settle(t, a, j.Session.Asked().Judge(j.query, j.pool[i], g))
	}
	var want []string
	for _, i := range []int{2, 1, 3, 0, 4, 5} {
		want = append(want, j.texts[j.pool[i]].ID)
	}
	lines := j.lifted(ui.Size{W: 100, H: 30}, a.Theme)
	var got []string
	for _, l := range lines {
		for _, text := range faq {
			if strings.Contains(uitest.Flat(l), text.Text[:20]) {
				got = append(got, text.ID)
			}
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the texts stand as %q, want %q", got, want)
	}
	for w, want := range map[int]string{59: "0 no", 60: "0 not"} {
		if got := uitest.Flat(j.hints(w, a.Theme)); !strings.Contains(got+" ", want+" ") {
			t.Errorf("in %d columns the keys are %q", w, got)
		}
	}
}
