package texts

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
)

// twoViews are four texts under two models.
var twoViews = map[string][]float64{uitest.Glove: {0, 10, 50, 121}, uitest.Use: {0, 100, 20, math.NaN()}}

func viewed(t *testing.T, w, h int) (*shell.App, *Screen) {
	t.Helper()
	a := settled(t, w, h, uitest.PlaneOptions(t, twoViews))
	a.SetScreen(ID)
	uitest.SetPlane(t, a, twoViews)
	uitest.Happen(t, a, uitest.Nothing)
	return a, a.Screen(ID).(*Screen)
}

// Every model has the nearest texts of its own, the nearest first, with their numbers.
func TestEveryModelHasItsOwnNearestTexts(t *testing.T) {
	a, s := viewed(t, 160, 50)
	cos := func(degrees float64) string { return format.Similarity(math.Cos(degrees*math.Pi/180), 3) }
	for at, want := range [][2][]string{
		{{"2 " + cos(10), "3 " + cos(50), "4 " + cos(121)}, {"3 " + cos(20), "2 " + cos(100)}},
		{{"1 " + cos(10), "3 " + cos(40), "4 " + cos(111)}, {"3 " + cos(80), "1 " + cos(100)}},
		{{"2 " + cos(40), "1 " + cos(50), "4 " + cos(71)}, {"1 " + cos(20), "2 " + cos(80)}},
	} {
		a.Session.PointAt(at)
		uitest.Happen(t, a, uitest.Nothing)
		for i, c := range a.Session.Ready() {
			var got []string
			for _, row := range s.nearestRows(c, 60, 10) {
				cells := strings.Fields(row)
				got = append(got, cells[1]+" "+cells[0])
				if !strings.Contains(row, "text number "+cells[1]) {
					t.Errorf("text %s is drawn as %q", cells[1], row)
				}
			}
			if !slices.Equal(got, want[i]) {
				t.Errorf("nearest to text %d in %s are %q, want %q", at+1, c.ID(), got, want[i])
			}
		}
		lines := strings.Split(uitest.Plain(a), "\n")
		for i, c := range a.Session.Candidates() {
			if heads := slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return !strings.Contains(l, "nearest in "+c.ID()) }); len(heads) != 1 || !strings.Contains(a.Draw(), a.Theme.Candidate(i)+a.Theme.Codes.Strong+"nearest in "+c.ID()+theme.Reset) {
				t.Errorf("the heading of model %d is %q", i+1, heads)
			}
		}
	}
	a.Session.PointAt(3)
	uitest.Happen(t, a, uitest.Nothing)
	if line := uitest.Flat(strings.Join(s.nearestLines(150, 1), "")); line != "nearest glove@100 → 3 "+cos(71)+" use-lite@512 → no vector" {
		t.Errorf("in one line it is said %q", line)
	}
}

// What is said of all texts stands under its own title and is that of its own model.
func TestTheSummaryCountsTheTexts(t *testing.T) {
	a, s := viewed(t, 160, 50)
	for i, c := range a.Session.States() {
		b := c.Result.Scan.Background
		var got []string
		for _, cell := range s.modelCells(i, c) {
			got = append(got, strings.TrimSpace(cell.Text))
		}
		want := []string{c.Short(), fmt.Sprint(4 - i), "0", format.Similarity(b.P50, 3), format.Similarity(b.P95, 3), format.Similarity(b.Max, 3)}
		if !slices.Equal(got, want) {
			t.Errorf("of model %d it is said %q, want %q", i+1, got, want)
		}
	}
	texts := []corpus.Text{{Text: "one", Group: "a"}, {Text: "one two three", Group: "a"}, {Text: "one", Group: "b"}, {Text: strings.TrimSpace(strings.Repeat("word ", 12))}, {Text: "one two three"}}
	b := textsApp(t, 160, 50, uitest.OptionsWith(t, texts, "local/ngrams@64"))
	lines := b.Screen(ID).(*Screen).lengthLines(100)
	if got := uitest.Flat(lines[0]); got != "All 5 texts: shortest 1 tokens, typical 3, longest 12 · 2 groups, 1 of one text · 2 texts twice" {
		t.Errorf("it is said %q", got)
	}
	sum := 0
	for i, want := range []string{"1–2 tokens 2", "3–4 tokens 2", "5–6 tokens 0", "7–8 tokens 0", "9–10 tokens 0", "11–12 tokens 1"} {
		if got := strings.Join(strings.Fields(strings.ReplaceAll(uitest.Flat(lines[1+i]), "█", "")), " "); got != want {
			t.Errorf("class %d is %q, want %q", i+1, got, want)
		}
		sum += strings.Count(lines[1+i], "█")
	}
	if sum == 0 {
		t.Error("there are no bars")
	}
}

// Texts are selected one by one or as a filter shows them, and put back.
func TestTextsAreSelectedAndPutBack(t *testing.T) {
	a := textsApp(t, 100, 30, uitest.OptionsWith(t, uitest.Texts("a red cat", "a dog", "a red fox", "rain"), "local/ngrams@64"))
	s := a.Screen(ID).(*Screen)
	for _, step := range []struct {
		keys   []string
		want   []int
		notice string
	}{
		{[]string{"j", "*"}, []int{1}, "1 text is selected; of two and more Matrices and Duplicates show those alone."},
		{[]string{"j", "j", "*"}, []int{1, 3}, "2 texts are selected: Matrices and Duplicates show those alone."},
		{[]string{"k", "k", "*"}, []int{3}, "1 text is selected; of two and more Matrices and Duplicates show those alone."},
		{[]string{"/", "r", "e", "d", "enter", "*", "a"}, []int{0, 2, 3}, "3 texts are selected: Matrices and Duplicates show those alone."},
		{[]string{"g", "*", "t"}, []int{2, 3}, "2 texts are selected: Matrices and Duplicates show those alone."},
		{[]string{"*", "n"}, nil, "No text is selected."},
	} {
		uitest.Press(t, a, step.keys...)
		if got := a.Session.Selection(); !slices.Equal(got, step.want) || a.Notice().Text != step.notice {
			t.Errorf("%q selects %v and says %q, want %v", step.keys, got, a.Notice().Text, step.want)
		}
		for i := range 4 {
			if got := s.cell(textSelected, i, corpus.Text{}, 80).Text == selectedMark; got != slices.Contains(step.want, i) {
				t.Errorf("after %q text %d is marked: %v", step.keys, i+1, got)
			}
		}
	}
}

// What is done is done to the text under the cursor, and told of it.
func TestKeysActOnTheTextUnderTheCursor(t *testing.T) {
	texts := []corpus.Text{{ID: "i-1", Text: "one", Group: "g1"}, {ID: "i-2", Text: "two", Group: "g2"}, {ID: "i-3", Text: "three", Group: "g3"}}
	a := textsApp(t, 100, 30, uitest.OptionsWith(t, texts, "local/ngrams@64"))
	s := a.Screen(ID).(*Screen)
	uitest.Press(t, a, "j")
	if got := s.heading(80, true); !strings.Contains(got, "Text 2 · i-2 · g2") {
		t.Errorf("it is called %q", got)
	}
	uitest.Press(t, a, "y")
	uitest.WantShown(t, a, "t  text 2", "a  all 3 texts, one a line")
	uitest.Press(t, a, "esc")
	if got := uitest.CopiedBy(t, a, "y", "t"); got != "two" {
		t.Errorf("copied is %q", got)
	}
	if got := uitest.CopiedBy(t, a, "y", "a"); got != "one\ntwo\nthree\n" {
		t.Errorf("of all texts is copied %q", got)
	}
	uitest.Press(t, a, "L")
	uitest.WantShown(t, a, "Group of text 2", "› g2")
	uitest.Press(t, a, "esc", "a", "n", "e", "w", "esc")
	uitest.WantWords(t, a, "one", "two", "new", "three")
	if a.Session.CursorA() != 2 {
		t.Errorf("the cursor stands on text %d", a.Session.CursorA()+1)
	}
	uitest.Press(t, a, "u")
	uitest.WantWords(t, a, "one", "two", "three")
	if got := a.Notice().Text; !strings.HasPrefix(got, "Undone: ") || !strings.HasSuffix(got, ". U redoes it.") {
		t.Errorf("it says %q", got)
	}
	uitest.Press(t, a, "U")
	uitest.WantWords(t, a, "one", "two", "new", "three")
	if got := a.Notice().Text; !strings.HasPrefix(got, "Done again: ") || !strings.HasSuffix(got, ". u takes it back.") {
		t.Errorf("it says %q", got)
	}
	// Behind a filter the row stays, which is that of the next match.
	uitest.Press(t, a, "g", "/", "o", "enter", "d")
	uitest.WantWords(t, a, "two", "new", "three")
	if a.Session.CursorA() != 0 {
		t.Errorf("the cursor stands on text %d", a.Session.CursorA()+1)
	}
}

// Another text begins at its first line.
func TestAnotherTextBeginsAtItsFirstLine(t *testing.T) {
	long := strings.Repeat("line\n", 60)
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts(long+"1", long+"2", long+"3"), "local/ngrams@64"))
	s := a.Screen(ID).(*Screen)
	for _, key := range []string{"j", "G", "k", "g"} {
		uitest.Press(t, a, "tab", "down", "down", "down")
		if s.firstRow != 3 || !s.reading {
			t.Fatalf("the text begins at line %d, read %v", s.firstRow+1, s.reading)
		}
		if uitest.Press(t, a, "esc", key); s.firstRow != 0 {
			t.Errorf("after %s the text begins at line %d", key, s.firstRow+1)
		}
	}
}
