package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/uitest"
)

// Every hit looks as what it is: the one under the cursor, the same text elsewhere, or another.
func TestEveryHitLooksAsWhatItIs(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	ask(t, a, "set a new password")
	s := screenOf(a)
	look := func(at, i int) string {
		line := s.drawColumn(at, 44, 10)[i]
		for name, pen := range map[string]string{"cursor": a.Theme.Codes.Selected, "same": a.Theme.Codes.Match, "dim": a.Theme.Codes.Dim} {
			if strings.HasPrefix(line, pen) {
				return name
			}
		}
		return ""
	}
	for cursor := range faq {
		s.list.Put(cursor)
		text, _ := s.hit()
		for at, r := range s.rows() {
			for i, h := range r.hits {
				want := map[bool]string{true: "same"}[h.Index == text]
				if at == s.column && i == cursor {
					want = "cursor"
				}
				if got := look(at, i); got != want {
					t.Errorf("with the cursor on rank %d, rank %d of column %s looks %q, want %q", cursor+1, i+1, r.letter, got, want)
				}
			}
		}
	}
	s.list.Put(0)
	if _, err := a.Session.Edits().Insert(len(faq), corpus.Text{Text: "another"}); err != nil {
		t.Fatal(err)
	}
	if got := look(1, 3); got != "dim" {
		t.Errorf("while the results are of the texts before it looks %q", got)
	}
	// The texts have changed, and the hits are not those of these yet.
	before := a.Session.CursorA()
	s.Move(2, 0)
	if got := a.Session.CursorA(); got != before {
		t.Errorf("the cursor of all screens goes to text %d of other texts", got+1)
	}
	s.shown.rows[0].hits = []search.Hit{{Index: 99}}
	if s.list.Put(0); s.drawColumn(0, 44, 10)[0] != "" {
		t.Error("a text that is gone is drawn")
	}
	if _, ok := s.hit(); ok {
		t.Error("a text that is gone is under the cursor")
	}
}

// What is said of a hit grows with the width of its column.
func TestAHitSaysMoreInWiderColumns(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	r := row{kind: byVectors, id: uitest.Glove, at: 1, background: search.Background{Mean: .5, SD: .25}, hits: []search.Hit{{Index: 0, Score: .75}}}
	s.shown.rows = []row{s.shown.rows[0], r}
	s.shown.rows[0].hits = []search.Hit{{Index: 2}, {Index: 0}}
	s.shown.lines = search.Align(10, s.shown.rows[0].hits, r.hits)
	s.shown.place = map[int]int{0: slices.IndexFunc(s.shown.lines, func(l search.Line) bool { return l.Text == 0 })}
	s.shown.marks = map[int]string{0: "a"}
	for w, want := range map[int]string{29: "a   0.750 You find your invo…", 30: "a    ↑1 0.750 You find your i…", 33: "a    ↑1 0.750 You find your invo…", 34: "a    ↑1 0.750  +1.0σ You find you…"} {
		if got := ansi.Strip(s.cell(r, 1, 0, w, 5, false)); uitest.Flat(got) != uitest.Flat(want) || term.Width(got) > w {
			t.Errorf("in %d columns: %q, want %q", w, got, want)
		}
	}
}

// Over a column stands how it searches, what it lacks and what its scores tell, as far as there is room.
func TestTheHeadOfAColumnSaysWhatMattersMost(t *testing.T) {
	s := screenOf(settled(t, 200, 60, withFAQ(t)))
	for name, c := range map[string]struct {
		lacks string
		floor *search.Floor
		want  [3]string // in one, two and three lines
	}{
		"all is well":       {"", nil, [3]string{"A x", "A x|how", "A x|how|best +2.0σ over background"}},
		"lacking":           {"1 text without a vector", nil, [3]string{"A x", "A x|1 text without a vector", "A x|1 text without a vector|best +2.0σ over background"}},
		"with a floor":      {"", &search.Floor{Separates: true, Score: .3}, [3]string{"A x", "A x|floor 0.300", "A x|how|floor 0.300"}},
		"lacking, a floor":  {"1 text without a vector", &search.Floor{Separates: true, Score: .3}, [3]string{"A x", "A x|floor 0.300", "A x|1 text without a vector|floor 0.300"}},
		"nothing separates": {"", &search.Floor{}, [3]string{"A x", "A x|no floor separates them under this model", "A x|how|no floor separates them under this model"}},
		"too few queries":   {"", &search.Floor{TooFew: true}, [3]string{"A x", "A x|how", "A x|how|best +2.0σ over background"}},
	} {
		s.shown.rows = []row{{id: "x", name: "x", letter: "A", about: "how", lacks: c.lacks, hits: []search.Hit{{Score: .75}}, background: search.Background{Mean: .5, SD: .125}}}
		s.measured = nil
		if c.floor != nil {
			s.measured = []session.Measured{{ID: "x", Judged: search.Judged{Queries: 3}, Floor: *c.floor, HasFloor: true}}
		}
		for i, want := range c.want {
			if got := strings.ReplaceAll(bare(s.head(0, 60, i+1)), "\n", "|"); got != want {
				t.Errorf("%s, in %d lines: %q, want %q", name, i+1, got, want)
			}
		}
	}
}

// The texts that a query is made of are left out of every column, which has the next ones instead.
func TestATextIsNotFoundForItself(t *testing.T) {
	a := settled(t, 200, 60, uitest.OptionsWith(t, uitest.Numbered(40), "local/ngrams@64", "local/ngrams@128"))
	s := screenOf(a)
	uitest.Settle(t, a, s.ask(uitest.Numbered(40)[0].Text, uitest.Numbered(40)[0].Text))
	for range 3 {
		uitest.Happen(t, a, uitest.Nothing)
	}
	if s.place() != 0 || len(s.rows()) != 4 {
		t.Fatalf("it is like text %d, in %d columns", s.place()+1, len(s.rows()))
	}
	for _, r := range s.rows() {
		all := slices.Concat(r.hits, r.further)
		if len(r.hits) != defaultHits || len(r.further) != mostFurther || slices.ContainsFunc(all, func(h search.Hit) bool { return h.Index == 0 }) {
			t.Errorf("%s finds %d and %d further: %v", r.id, len(r.hits), len(r.further), all)
		}
	}
	of, _ := a.Session.Search().Of(a.Session.Ready()[0])
	want, err := hitsOf(t.Context(), of, s.query.answers[of.Query.Key()].embedding, search.FuseDepth)
	if got := s.query.found["local/ngrams@64"].hits; err != nil || !slices.Equal(got, want) {
		t.Errorf("what was found is changed: %v, want %v, %v", got, want, err)
	}
	if c, _ := s.Command(); !strings.Contains(c.Line(), "--top 11") || len(c.Lacks) == 0 {
		t.Errorf("the command is %q, %q", c.Line(), c.Lacks)
	}
	if s.start("other words", uitest.Numbered(40)[2].Text); s.place() != 2 {
		t.Errorf("words of their own are made of text %d", s.place()+1)
	}
}

// Ranks are numbered where there is a query, and as many as are shown.
func TestRanksAreNumberedForAQuery(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	s := screenOf(a)
	uitest.Press(t, a, "/")
	if got := s.ranks(10); len(got) != 0 {
		t.Errorf("without a query there are the ranks %q", bare(got))
	}
	ask(t, a, "invoice")
	for _, c := range []struct {
		hits, h int
		want    string
	}{{10, 10, "1 2 3 4 5 6"}, {3, 10, "1 2 3"}, {10, 2, "1 2"}} {
		s.hits = c.hits
		if got := uitest.Flat(strings.Join(s.ranks(c.h), " ")); got != c.want {
			t.Errorf("of %d hits in %d lines: %q, want %q", c.hits, c.h, got, c.want)
		}
	}
}

func TestWhatColumnsHaveInCommonIsSaidAsFarAsThereIsRoom(t *testing.T) {
	s := &Screen{hits: 2}
	hits := func(texts ...int) (out []search.Hit) {
		for _, i := range texts {
			out = append(out, search.Hit{Index: i})
		}
		return out
	}
	s.shown.rows = []row{{letter: "A", hits: hits(1, 2)}, {letter: "B", hits: hits(2, 3)}, {letter: "C", hits: hits(4, 5)}, {letter: "W", kind: byWords}, {letter: "H", kind: byBoth, hits: hits(1, 2)}}
	parts := s.overlaps()
	if len(parts) != 3 || !strings.HasPrefix(parts[0], "A–B 0.") || parts[1] != "A–C 0.000" || parts[2] != "B–C 0.000" {
		t.Fatalf("they have in common %q", parts)
	}
	all := "overlap@2 · " + strings.Join(parts, " · ")
	two := "overlap@2 · " + strings.Join(parts[:2], " · ")
	one := "overlap@2 · " + parts[0]
	for _, c := range []struct {
		w, h int
		want string
	}{
		{len([]rune(all)), 1, all}, {len([]rune(all)) - 1, 1, two + hiddenOverlaps(1)}, {len([]rune(two + hiddenOverlaps(1))), 1, two + hiddenOverlaps(1)},
		{len([]rune(two+hiddenOverlaps(1))) - 1, 1, one + hiddenOverlaps(2)}, {len([]rune(all)) - 1, 2, two + "|" + parts[2]}, {len([]rune(one)), 2, one + "|" + parts[1] + " · " + parts[2]},
		{len([]rune(one)), 3, one + "|" + parts[1] + " · " + parts[2]}, {9, 2, "overlap@2|" + parts[0] + hiddenOverlaps(2)}, {9, 4, "overlap@2|" + strings.Join(parts, "|")},
	} {
		if got := strings.Join(s.overlapLines(c.w, c.h), "|"); got != c.want {
			t.Errorf("in %d lines of %d: %q, want %q", c.h, c.w, got, c.want)
		}
	}
	s.shown.rows = s.shown.rows[:1]
	if s.overlapLines(80, 4) != nil {
		t.Error("one column has something in common with itself")
	}
}

// Whoever finds a text is named, and all do that found anything but for the hybrid.
func TestAllColumnsFindATextThatFoundAnything(t *testing.T) {
	found := []search.Hit{{Index: 7}}
	s := &Screen{}
	s.shown.rows = []row{{letter: "A", hits: found}, {letter: "B", hits: found}, {letter: "W", kind: byWords}, {letter: "H", kind: byBoth, hits: found}}
	for names, c := range map[string]struct {
		ranks []int
		all   bool
	}{"A 1 · B 2 · H 1": {[]int{1, 2, 0, 1}, true}, "A 1 · B 2": {[]int{1, 2, 0, 0}, true}, "A 1": {[]int{1, 0, 0, 0}, false}, "": {[]int{0, 0, 0, 0}, false}} {
		if got, all := s.finders(search.Line{Ranks: c.ranks}); got != names || all != c.all {
			t.Errorf("%v: %q, all %t", c.ranks, got, all)
		}
	}
}

// A hybrid waits for the model that it is made of, and says for what.
func TestAHybridWaitsForItsModel(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	c := a.Session.Ready()[0]
	had := s.query.found[c.ID()]
	for name, step := range map[string]struct {
		change func()
		want   string
	}{
		"all is there": {func() {}, ""}, "the words are looked for": {func() { s.query.words.over = false }, "…"},
		"the model looks":            {func() { s.query.found[c.ID()] = found{}; s.shown.rows[0].why.What = term.Ellipsis }, "…"},
		"the model waits":            {func() { s.query.found[c.ID()] = found{}; s.shown.rows[0].why.What = "not asked" }, "waits for A"},
		"the model failed":           {func() { f := had; f.err = errStopped; s.query.found[c.ID()] = f; s.shown.rows[0].why.What = "stopped" }, "waits for A"},
		"the model has a few so far": {func() { f := had; f.depth = search.FuseDepth - 1; s.query.found[c.ID()] = f }, "…"},
	} {
		s.query.found[c.ID()], s.query.words.over, s.shown.rows[0].why = had, true, candidate.Status{}
		step.change()
		if r := s.hybridRow(0, c); r.why.What != step.want || (len(r.hits) > 0) != (step.want == "") {
			t.Errorf("%s: %q, %d hits, want %q", name, r.why.What, len(r.hits), step.want)
		}
	}
}

// A query that is cut is told of whether it was asked or would be.
func TestAQueryThatIsCutIsToldOf(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	c := a.Session.Ready()[0]
	of, _ := a.Session.Search().Of(c)
	had := s.query.answers[of.Query.Key()]
	clipped := *had.embedding
	clipped.Clipped = []int{0}
	for name, step := range map[string]struct {
		a     answer
		lacks bool
	}{
		"read whole": {had, false}, "cut": {answer{embedding: &clipped}, true}, "it would be cut": {answer{phase: unpaid, estimate: pipeline.Estimate{Long: []int{0}}}, true}, "it would not": {answer{phase: unpaid}, false},
	} {
		s.query.answers[of.Query.Key()] = step.a
		if got := s.candidateRow(0, c).lacks; (got == "query truncated: longer than the model reads") != step.lacks {
			t.Errorf("%s: it lacks %q", name, got)
		}
	}
}

// Two columns stand side by side from a width on, the shorter one filled up.
func TestTwoColumnsStandBesideEachOtherWhereThereIsRoom(t *testing.T) {
	column := func(name string, n int) func(int) []string {
		return func(w int) (lines []string) {
			for range n {
				lines = append(lines, fmt.Sprint(name, w))
			}
			return lines
		}
	}
	for w, want := range map[int]string{leastBeside - 1: "l69|l69||r69", leastBeside: "l22                     r46|l22"} {
		got := strings.Split(bare(sideBySide(w, column("l", 2), column("r", 1), 1, 2)), "\n")
		if strings.Join(got, "|") != want {
			t.Errorf("in %d columns: %q, want %q", w, got, want)
		}
	}
}

// A short line of a text stands behind who found it, or under that where it has too little room.
func TestHitsThatDifferStandBehindTheirFinders(t *testing.T) {
	th := settled(t, 80, 24, withFAQ(t)).Theme
	o := opened{query: "alpha", texts: []corpus.Text{{Text: "alpha"}, {Text: "beta text of some words", Group: "g"}}, text: 0, differing: []int{1}, finders: map[int]string{0: "A 1", 1: "A 2 · B 3"}, ranks: "A 1", known: map[int]search.Shared{}}
	behind := len([]rune("A 2 · B 3  g  ")) + leastBehindRanks
	for w, want := range map[int]string{behind: "A 2 · B 3  g  beta text of…", behind - 1: "A 2 · B 3  g\n  beta text of some words"} {
		if got := bare(o.lines(w, th)); !strings.Contains(got, "\n"+want+"\n") && !strings.HasSuffix(got, "\n"+want) {
			t.Errorf("in %d columns there is no %q in\n%s", w, want, got)
		}
	}
	if o.most = 4; o.words(1) != "beta" || o.words(0) != "alph" {
		t.Errorf("looked at are %q and %q", o.words(1), o.words(0))
	}
}

// The group of a text stands before it where it leaves the text room.
func TestTheGroupStandsBeforeTheTextUnderTheCursor(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, []corpus.Text{{Text: "your invoice is here", Group: "billing"}, {Text: "others"}}, uitest.Use))
	ask(t, a, "invoice")
	s := screenOf(a)
	for w, want := range map[int]string{leastForGroup - 1: " your invoice is here", leastForGroup: " billing · your invoice is here"} {
		if got := bare(s.hitLines(w, 1)); got != want {
			t.Errorf("in %d columns: %q, want %q", w, got, want)
		}
	}
}
