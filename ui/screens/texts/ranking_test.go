package texts

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestALongRankingIsScrolledAndPointedAt(t *testing.T) {
	o := libraryOptions(t, &library{}, "local/ngrams@64", "library/gives@8")
	o.State.Texts = nil
	for i := range 60 {
		o.State.Texts = append(o.State.Texts, texts60(i))
	}
	a := settled(t, 80, 24, o)
	ask(t, a, "text 7")
	s := a.Screen(ID).(*Screen)
	hits, _ := s.hits(a.Session.States()[0])
	uitest.WantShown(t, a, "1 of 2, tab: next", "rank  ngrams@64 1 ("+format.Similarity(hits[0].Similarity, 3)+")")
	uitest.Press(t, a, "G")
	uitest.WantShown(t, a, "rank  ngrams@64 60 (")
	first := s.query.list.Top
	if first == 0 {
		t.Fatal("the ranking has room for all texts")
	}
	uitest.Press(t, a, "up", "up")
	uitest.WantShown(t, a, "rank  ngrams@64 58 (", fmt.Sprintf("  60  %7.4f", hits[59].Similarity)) // what is in sight stays there
	uitest.Press(t, a, "G")
	list := s.parts(a.Body).list
	uitest.Send(t, a, uitest.Click(10, 1+list.Y+rankingHead+1+2))
	if got := hits[first+2].Text; a.Session.CursorA() != got {
		t.Errorf("a click on the third rank in sight leads to text %d, want %d", a.Session.CursorA()+1, got+1)
	}
	uitest.Send(t, a, tea.MouseWheelMsg{X: 10, Y: 1 + list.Y + 4, Button: tea.MouseWheelUp})
	if got := hits[first-1].Text; a.Session.CursorA() != got {
		t.Errorf("the wheel leads to text %d, want %d", a.Session.CursorA()+1, got+1)
	}
	uitest.Send(t, a, uitest.Click(10, 1+list.Y))
	uitest.WantShown(t, a, "2 of 2, tab: next")
	// Where all rankings stand side by side, the text under the cursor is marked in each.
	uitest.Send(t, a, tea.WindowSizeMsg{Width: 200, Height: 60})
	uitest.Press(t, a, "g", "j")
	at := a.Session.CursorA()
	row := fmt.Sprintf("%s  ", format.Thousands(at+1))
	marked := 0
	for line := range strings.SplitSeq(a.Draw(), "\n") {
		if _, beside, ok := strings.Cut(line, "│"); ok && strings.Contains(beside, a.Theme.Codes.Selected) && strings.Contains(beside, row) {
			marked++
		}
	}
	if shown := strings.Count(uitest.Plain(a), " "+row+"text"); marked == 0 || shown == 0 {
		t.Errorf("text %d is marked %d times in the rankings:\n%s", at+1, marked, uitest.Plain(a))
	}
}

func TestTheCursorLeadsToTheNearestTextOnce(t *testing.T) {
	l := &library{}
	a := settled(t, 80, 24, libraryOptions(t, l, "library/gives@8"))
	ask(t, a, "hh")
	if a.Session.CursorA() != 2 {
		t.Fatalf("the cursor is on text %d", a.Session.CursorA()+1)
	}
	uitest.Press(t, a, "G")
	last := a.Session.CursorA()
	uitest.Happen(t, a, uitest.Nothing)
	if a.Session.CursorA() != last {
		t.Errorf("the cursor is taken from text %d to %d", last+1, a.Session.CursorA()+1)
	}
	// Who writes a text is not led away from it.
	b := settled(t, 200, 60, libraryOptions(t, &library{}, "library/gives@8"))
	uitest.Press(t, b, "Q", "h", "h")
	_, asking := b.Update(uitest.KeyPress("enter"))
	uitest.Press(t, b, "e")
	uitest.Settle(t, b, asking)
	if b.Session.CursorA() != 0 {
		t.Errorf("the editor of text 1 stands beside text %d", b.Session.CursorA()+1)
	}
}

func TestAQueryBeginsWithThePresentOne(t *testing.T) {
	a := settled(t, 80, 24, libraryOptions(t, &library{}, "library/gives@8"))
	ask(t, a, "hh")
	uitest.Press(t, a, "Q", "a", "enter")
	uitest.WantShown(t, a, "Query “hha”")
}

// What a query costs is shown to whoever has just asked it, and once.
func TestTheCostOfAQueryIsOfferedOnceAndToWhoeverWaits(t *testing.T) {
	l := &library{}
	a := settled(t, 80, 24, libraryOptions(t, l, "library/plain@8", "local/ngrams@64"))
	uitest.Press(t, a, "E", "p")
	uitest.Press(t, a, "Q", "h")
	_, pricing := a.Update(uitest.KeyPress("enter"))
	uitest.Press(t, a, "1")
	uitest.Settle(t, a, pricing)
	if a.Top() != nil {
		t.Errorf("a box opens over another screen:\n%s", uitest.Plain(a))
	}
	uitest.Press(t, a, "2", "Q", "enter")
	uitest.WantShown(t, a, "Run the query on paid models")
	uitest.Press(t, a, "esc")
	uitest.Settle(t, a, a.Session.Toggle(api.Candidate{Model: "library/wants", Dimensions: 8}))
	uitest.Press(t, a, "E", "p")
	if a.Top() != nil {
		t.Errorf("the costs are shown although nobody has asked again:\n%s", uitest.Plain(a))
	}
	uitest.WantShown(t, a, "Query “h”")
}

func TestNoTextWithAVectorHasNoRanking(t *testing.T) {
	o := uitest.OptionsWith(t, uitest.Texts("☃☃☃", "☃☃"), uitest.Glove)
	o.State.Screen = ID
	a := settled(t, 80, 24, o)
	ask(t, a, "a cat")
	uitest.WantShown(t, a, "no text has a vector")
}

// texts60 is one of many texts that are ranked.
func texts60(i int) config.Text { return config.Text{Text: fmt.Sprintf("text %d", i)} }

func TestEveryRankHasItsOwnText(t *testing.T) {
	a := settled(t, 80, 24, libraryOptions(t, &library{}, "local/ngrams@64"))
	ask(t, a, "hhhh")
	hits, _ := a.Screen(ID).(*Screen).hits(a.Session.States()[0])
	for i, h := range hits {
		line := uitest.Flat(uitest.LineWith(t, a, fmt.Sprintf(" %d  %7.4f", i+1, h.Similarity)))
		if want := fmt.Sprintf("%d %.4f %d %s", i+1, h.Similarity, h.Text+1, a.Session.Texts()[h.Text].Text); line != want {
			t.Errorf("rank %d is %q, want %q", i+1, line, want)
		}
	}
}

// The query is said as far as there is room, and how it ends where there is more.
func TestTheLineOfAQuerySaysHowItEnds(t *testing.T) {
	a := settled(t, 80, 24, libraryOptions(t, &library{}, "local/ngrams@64"))
	ask(t, a, strings.Repeat("h", 60))
	s := a.Screen(ID).(*Screen)
	for w, want := range map[int]string{49: "Query “" + strings.Repeat("h", 37) + "…”", 50: "Query “" + strings.Repeat("h", 25) + "…” esc ends it"} {
		if got := uitest.Flat(s.queryLine(w)); got != want {
			t.Errorf("in %d columns it is said %q, want %q", w, got, want)
		}
	}
}

// The nearest text begins at its first line, wherever the one before was scrolled to.
func TestTheNearestTextBeginsAtItsFirstLine(t *testing.T) {
	long := strings.Repeat("line\n", 60)
	o := libraryOptions(t, &library{}, "local/ngrams@64")
	o.State.Texts = []config.Text{{Text: long + "a"}, {Text: long + "hhhh"}}
	a := settled(t, 200, 24, o)
	uitest.Press(t, a, "tab", "down", "down", "esc")
	s := a.Screen(ID).(*Screen)
	if s.firstRow != 2 {
		t.Fatalf("it is scrolled to line %d", s.firstRow+1)
	}
	ask(t, a, long+"hhhh")
	a.Session.PointAt(0)
	s.query.cursorPlaced, s.firstRow = false, 2
	if s.lead(); a.Session.CursorA() != 1 || s.firstRow != 0 {
		t.Errorf("text %d begins at line %d", a.Session.CursorA()+1, s.firstRow+1)
	}
}

// What is sent with a query is said, whose way it is, and that only its beginning is read.
func TestWhatGoesBeforeAQueryIsSaid(t *testing.T) {
	a := settled(t, 80, 24, libraryOptions(t, &library{}, "library/wants@8"))
	uitest.Press(t, a, "E", "p")
	ask(t, a, "abba")
	uitest.Press(t, a, "p")
	s := a.Screen(ID).(*Screen)
	c := a.Session.States()[0]
	of := s.query.searched[c.ID()]
	way := func(role api.Role) string { return "prefix: " + candidate.MannerWords(s.Session.Roles(c.Row).Of(role)) }
	if way(api.RoleQuery) == way(api.RoleSymmetric) {
		t.Fatal("a query is sent like any text")
	}
	for _, tt := range []struct {
		role    api.Role
		instead bool
		clipped []int
		want    string
	}{
		{api.RoleQuery, false, nil, way(api.RoleQuery)},
		{api.RoleSymmetric, true, nil, way(api.RoleSymmetric) + ", as before the texts, which are not embedded as documents"},
		{api.RoleQuery, false, []int{0}, "only its beginning is read; " + way(api.RoleQuery)},
	} {
		of.Role, of.Instead = tt.role, tt.instead
		s.query.searched[c.ID()] = of
		s.query.answers[of.Query.Key()] = queryAnswer{embedding: &pipeline.Embedding{Clipped: tt.clipped}}
		if got := s.sentPrefix(c); got != tt.want {
			t.Errorf("%+v: it is said %q, want %q", tt, got, tt.want)
		}
	}
	delete(s.query.searched, c.ID())
	if got := s.sentPrefix(c); got != way(api.RoleQuery) {
		t.Errorf("before it is known how it is said %q", got)
	}
}

// Of other texts than those that were embedded a ranking follows, where there is one.
func TestARankingOfTextsBeforeSaysThatItFollows(t *testing.T) {
	a := settled(t, 200, 60, libraryOptions(t, &library{}, "local/ngrams@64", "library/plain@8"))
	ask(t, a, "abba")
	s := a.Screen(ID).(*Screen)
	for _, stale := range []bool{false, true} {
		if stale {
			if _, err := a.Session.Edits().Insert(0, corpus.Text{Text: "another"}); err != nil {
				t.Fatal(err)
			}
		}
		for _, l := range s.drawRankings(ui.Size{W: 90, H: 40}) {
			line := uitest.Flat(l)
			if strings.HasPrefix(line, "nearest to the query in ") && strings.HasSuffix(line, "follows when you rest") != (stale && strings.Contains(line, "ngrams")) {
				t.Errorf("stale %t: %q", stale, line)
			}
		}
	}
}
