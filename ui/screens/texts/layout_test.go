package texts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

// Every part has its place in windows of all sizes, while texts are read, written and ranked.
func TestEveryPartOfTextsHasItsPlace(t *testing.T) {
	texts := uitest.Texts("one cat", "two dogs", strings.Repeat("three birds and many more ", 40), "four")
	few := []string{"local/glove@50", "local/ngrams@64"}
	many := append(slices.Clone(few), "local/glove@100", "local/ngrams@128", "local/ngrams@256", "local/ngrams@512")
	var lines []string
	for _, c := range []struct {
		name   string
		models []string
		texts  []corpus.Text
		keys   []string
	}{
		{"list", few, texts, nil}, {"long text", few, texts, []string{"j", "j"}}, {"many models", many, texts, nil}, {"four models", many[:4], texts, nil}, {"no models", nil, texts, nil}, {"no texts", few, nil, nil},
		{"filter", few, texts, []string{"/", "o"}}, {"writing", few, texts, []string{"e"}}, {"the first text", few, nil, []string{"a"}},
		{"query", few, texts, []string{"Q", "o", "enter"}}, {"writing under a query", few, texts, []string{"Q", "o", "enter", "e"}},
	} {
		a := textsApp(t, 80, 24, uitest.OptionsWith(t, c.texts, c.models...))
		uitest.Press(t, a, c.keys...)
		s := a.Screen(ID).(*Screen)
		for _, w := range []int{80, 109, 110, 230} {
			for _, h := range []int{5, 9, 10, 17, 18, 20, 36} {
				s.Body = ui.Size{W: w, H: h}
				p := s.parts(s.Body)
				s.wrapped = s.wrap(p)
				d := s.detailParts(p.detail, p.wide)
				line := fmt.Sprintf("%s %dx%d:", c.name, w, h)
				for _, part := range []struct {
					name string
					at   ui.Rect
				}{{"caption", p.caption}, {"list", p.list}, {"detail", p.detail}, {"heading", d.heading}, {"text", d.text}, {"nearest", d.nearest}} {
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

func TestWhatTheListNeedsToKnowOfAllTexts(t *testing.T) {
	for name, c := range map[string]struct {
		texts []corpus.Text
		want  corpusFacts
	}{
		"nothing":       {uitest.Texts("one", "three"), corpusFacts{bytes: 8}},
		"ids":           {[]corpus.Text{{Text: "a", ID: "faq-1"}, {Text: "b"}, {Text: "c", ID: "faq-22"}}, corpusFacts{bytes: 14, idWidth: 6, idStart: 4}},
		"nothing alike": {[]corpus.Text{{Text: "a", ID: "x-1"}, {Text: "b", ID: "y-1"}}, corpusFacts{bytes: 8, idWidth: 3}},
		"alike later":   {[]corpus.Text{{Text: "a", ID: "x-1"}, {Text: "b", ID: "y-1"}, {Text: "c", ID: "y-2"}}, corpusFacts{bytes: 12, idWidth: 3}},
		"late ids":      {[]corpus.Text{{Text: "a"}, {Text: "b", ID: "x/1"}, {Text: "b", ID: "x/2"}}, corpusFacts{bytes: 9, idWidth: 3, idStart: 2}},
		"groups":        {[]corpus.Text{{Text: "a", Group: "zoo"}, {Text: "b", Group: "alphabet"}, {Text: "b", Group: "zoo"}}, corpusFacts{bytes: 17, groupWide: 8, groups: []string{"alphabet", "zoo"}}},
		"wide ones":     {[]corpus.Text{{Text: "a", ID: strings.Repeat("x", 30), Group: strings.Repeat("g", 30)}}, corpusFacts{bytes: 61, idWidth: widest, groupWide: widest, groups: []string{strings.Repeat("g", 30)}}},
	} {
		a := textsApp(t, 80, 24, uitest.OptionsWith(t, c.texts))
		f := corpusFacts{revision: session.NoRevision}
		f.follow(a.Session.Corpus())
		f.revision = 0
		if fmt.Sprint(f) != fmt.Sprint(c.want) {
			t.Errorf("%s: %+v, want %+v", name, f, c.want)
		}
	}
}

func TestIDsAreCutWhereTheyHaveNoRoom(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one")))
	s := a.Screen(ID).(*Screen)
	for w, want := range map[int]int{39: 5, 40: 5, 99: 12, 100: 16, 120: 20} {
		if got := mostTag(w); got != want {
			t.Errorf("of %d columns a group takes %d at the most, want %d", w, got, want)
		}
	}
	for _, c := range []struct {
		width, start int
		id, want     string
	}{{13, 4, "faq-22", "…22"}, {12, 4, "faq-22", "faq-22"}, {13, 0, "faq-22", "faq-22"}, {13, 6, "faq-22", "faq-22"}, {13, 4, "", ""}} {
		s.facts.idWidth, s.facts.idStart = c.width, c.start
		if got := s.shortID(c.id, 99); got != c.want {
			t.Errorf("of %d columns, alike to %d, %q is written %q, want %q", c.width, c.start, c.id, got, c.want)
		}
	}
}

// Parts of a line flow into as many lines as there are, and those without room are counted.
func TestPartsOfALineAreCountedWithoutRoom(t *testing.T) {
	s := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one"))).Screen(ID).(*Screen)
	for _, c := range []struct {
		parts   []string
		w, most int
		want    string
		left    int
	}{
		{[]string{"aa", "bb"}, 12, 1, "head  aa  bb", 0}, {[]string{"aa", "bb"}, 11, 1, "head  aa +1", 1}, {[]string{"aa", "bb"}, 11, 2, "head  aa|      bb", 0},
		{[]string{"aa", "bb", "cc"}, 16, 1, "head  aa  bb  cc", 0}, {[]string{"aa", "bb", "cc"}, 15, 1, "head  aa  bb +1", 1}, {[]string{"aa", "bb", "cc"}, 14, 1, "head  aa +2", 2},
		{[]string{"aa", "bb", "cc"}, 12, 2, "head  aa  bb|      cc", 0}, {[]string{"aaaaaaaaaaaa"}, 8, 1, "head  a…", 0}, {nil, 8, 1, "head", 0},
	} {
		lines, left := s.flowed("head", c.parts, c.w, c.most)
		var got []string
		for _, l := range lines {
			got = append(got, strings.TrimRight(plain(l), " "))
		}
		if strings.Join(got, "|") != c.want || left != c.left {
			t.Errorf("%q in %d columns and %d lines: %q, %d left, want %q, %d", c.parts, c.w, c.most, strings.Join(got, "|"), left, c.want, c.left)
		}
	}
}

func TestAllTextsAreSummedUp(t *testing.T) {
	texts := []corpus.Text{{Text: "a"}, {Text: "a"}, {Text: "a"}, {Text: "one two three four five six seven eight nine ten eleven twelve", Group: "x"}, {Text: "one two three", Group: "y"}, {Text: "one two", Group: "y"}, {Text: "b", Group: "z"}}
	a := textsApp(t, 80, 60, uitest.OptionsWith(t, texts, uitest.Glove))
	s := a.Screen(ID).(*Screen)
	if x := s.summary; x.groups != 3 || x.alone != 2 || x.same != 2 || !slices.Equal(x.tokens, []int{1, 1, 1, 1, 2, 3, 12}) {
		t.Fatalf("summed up are %+v", x)
	}
	var got []string
	for _, l := range s.lengthLines(40) {
		got = append(got, strings.TrimRight(plain(l), " "))
	}
	want := []string{" All 7 texts: shortest 1 tokens, typical 1, longest 12 · 3 groups, 2 of one text · 2 texts twice",
		"  1–2  tokens ███████████████████████ 5", "  3–4  tokens ████ 1", "  5–6  tokens  0", "  7–8  tokens  0", "  9–10 tokens  0", " 11–12 tokens ████ 1"}
	if !slices.Equal(got, want) {
		t.Errorf("it is said\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	models := len(s.modelLines(40))
	for free, want := range map[int]string{leastSummary - 1: "", leastSummary: "under", models + lengthClasses + 1: "under", models + lengthClasses + 2: "All 7 texts:"} {
		list := make([]string, s.rows()+2+free)
		s.underList(list, 40)
		if got := uitest.Flat(list[s.rows()+2]); !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("in %d free lines it begins with %q, want %q", free, got, want)
		}
	}
	for n, want := range map[int]int{mostSummed: mostSummed, mostSummed + 1: 0} {
		o := uitest.OptionsWith(t, nil)
		for i := range n {
			o.State.Texts = append(o.State.Texts, config.Text{Text: fmt.Sprint("text ", i)})
		}
		if s := textsApp(t, 80, 24, o).Screen(ID).(*Screen); len(s.summary.tokens) != want {
			t.Errorf("of %d texts %d are summed up", n, len(s.summary.tokens))
		}
	}
}

// In narrow windows the ids go first, then the tokens, the group last; numbers and texts stay.
func TestWhichColumnsOfTheTextsGoFirst(t *testing.T) {
	texts := []corpus.Text{{Text: "a cat sat on the mat", ID: "first-of-all", Group: "animals"}, {Text: "stocks fell", ID: "second", Group: "money"}}
	s := textsApp(t, 120, 30, uitest.OptionsWith(t, texts)).Screen(ID).(*Screen)
	var lost []string
	had := []string{"group", "id", "tokens", "text", "#"}
	for w := 110; w >= 14; w-- {
		table := s.table(ui.Size{W: w, H: 5})
		var titles []string
		for _, p := range table.Fit(w, 5).Places {
			titles = append(titles, table.Columns[p.Column].Title)
		}
		for _, title := range had {
			if !slices.Contains(titles, title) && !slices.Contains(lost, title) {
				lost = append(lost, title)
			}
		}
	}
	if want := []string{"id", "tokens", "group"}; !slices.Equal(lost, want) {
		t.Errorf("lost are %q, want %q", lost, want)
	}
}
