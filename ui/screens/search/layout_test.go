package search

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/lexical"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

// Every part has its place in windows of all sizes: heads over as many columns as have room, the
// ranks that count, further ones in high windows, and what is said below.
func TestEveryPartOfSearchHasItsPlace(t *testing.T) {
	var many []corpus.Text
	for i := range 40 {
		many = append(many, corpus.Text{Text: fmt.Sprint("order number ", i)})
	}
	var lines []string
	for _, c := range []struct {
		name  string
		texts []corpus.Text
		query string
		hits  int
	}{{"asked", faq, "invoice", 10}, {"of many texts", many, "order", 10}, {"three hits", many, "order", 3}, {"not asked", many, "", 10}, {"all of few", faq, "invoice", 6}, {"a few more", many[:13], "order", 10}} {
		a := settled(t, 100, 30, uitest.OptionsWith(t, c.texts, uitest.Glove, "local/ngrams@64"))
		s := screenOf(a)
		if s.hits = c.hits; c.query != "" {
			ask(t, a, c.query)
		}
		for _, w := range []int{40, 110, 111, 126, 127, 200} {
			for _, h := range []int{7, 9, 10, 11, 12, 17, 18, 21, 22, 38, 39, 40, 57} {
				l := s.layout(ui.Size{W: w, H: h})
				line := fmt.Sprintf("%s %dx%d: %d columns from %d", c.name, w, h, len(l.columns), l.first+1)
				for _, part := range []struct {
					name string
					at   ui.Rect
				}{{"query", l.query}, {"heads", l.heads}, {"ranks", l.ranks}, {"further", l.further}, {"below", l.below}, {"the last", l.columns[len(l.columns)-1]}} {
					if part.at.H > 0 {
						line += fmt.Sprintf(" · %s %d,%d %dx%d", part.name, part.at.X, part.at.Y, part.at.W, part.at.H)
					}
				}
				lines = append(lines, line)
			}
		}
	}
	golden.RequireEqual(t, strings.Join(lines, "\n")+"\n")
}

// bare are lines without looks and without blanks at their ends.
func bare(lines []string) string {
	var out []string
	for _, l := range lines {
		out = append(out, strings.TrimRight(ansi.Strip(l), " "))
	}
	return strings.Join(out, "\n")
}

// Words have bars as long as they weigh; those without room are counted, the last with them.
func TestWordsOfTheQueryAreWeighed(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	s.query.words.weights = []lexical.Weight{{Word: "cat", Texts: 1, Weight: 2}, {Word: "the\x1b[2J", Texts: 5, Weight: 0.5}, {Word: "xyzzy"}, {Word: "of", Texts: 6, Weight: 0.01}}
	const head = "Words of the query: the rarer, the …\nword       texts  weight\n"
	cat, the, none, of := "cat       1 of 6    2.00 ██████████", "the       5 of 6    0.50 ███", "xyzzy       none       -", "of        6 of 6    0.01 █"
	for h, want := range map[int]string{3: "", 4: head + cat + "\n… 3 more", 5: head + cat + "\n" + the + "\n… 2 more", 6: head + cat + "\n" + the + "\n" + none + "\n" + of, 9: head + cat + "\n" + the + "\n" + none + "\n" + of} {
		got := s.wordLines(36, h)
		if flat := bare(got); flat != want {
			t.Errorf("in %d lines it is said\n%s\nwant\n%s", h, flat, want)
		}
		if strings.Contains(strings.Join(got, ""), "\x1b[2J") {
			t.Errorf("a word is drawn as it came: %q", got)
		}
	}
}

// A scale reaches from what is least to what is most, with the first hits above all others.
func TestAScaleHasEveryHitInItsPlace(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	result := *uitest.CandidateIn(t, a, uitest.Use).Result
	scan := *result.Scan
	result.Scan = &scan
	scan.Background.Pairs, scan.Background.P50, scan.Background.P95, scan.Background.Min, scan.Background.Max = 15, 0.25, 0.5, 0.125, 0.75
	s.shown.marks, s.shown.place = map[int]string{0: "a", 1: "b"}, map[int]int{0: 0, 1: 1}
	r := row{kind: byVectors, state: session.State{Result: &result}, hits: []search.Hit{{Index: 0, Score: 1}, {Index: 2, Score: 0.9}, {Index: 1, Score: 0.9}}, further: []search.Hit{{Index: 3, Score: 0.1}}}
	for _, c := range []struct {
		name string
		do   func()
		want string
	}{
		{"above nothing", func() {}, "0.00 ··•··│····┊·······b◆a 1.00"},
		{"with hits below", func() { r.further = []search.Hit{{Index: 3, Score: -1}} }, "-1.00 •···········│·┊···ba 1.00"},
	} {
		c.do()
		if got := uitest.Flat(s.scale(r, 31)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if got := s.background(row{state: session.State{Result: &result}}); *got != [4]float64{0.25, 0.5, 0.125, 0.75} {
		t.Errorf("the background is %v", *got)
	}
	scan.Background.Pairs = 0
	if got := s.background(row{state: session.State{Result: &result}}); got != nil || s.background(row{}) != nil {
		t.Errorf("without pairs the background is %v", got)
	}
}

// What is said below grows with the room, the text first, figures where they leave it some.
func TestWhatIsSaidBelowFillsItsRoom(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	var drawn []string
	for _, h := range []int{0, 1, 2, 3, 5, 6, 8, 13, 14, 20, 30} {
		lines := s.belowLines(90, h)
		drawn = append(drawn, fmt.Sprintf("%d lines:", h), bare(lines[:min(len(lines), h)]))
	}
	for _, r := range s.rows() {
		s.measured = append(s.measured, session.Measured{ID: r.id, Judged: search.Judged{Queries: 3, Hits: 9}})
	}
	for _, h := range []int{8, 9, 10, 14, 20, 21, 22, 30} {
		lines := s.belowLines(90, h)
		drawn = append(drawn, fmt.Sprintf("%d lines, with figures:", h), bare(lines[:min(len(lines), h)]))
	}
	golden.RequireEqual(t, strings.Join(drawn, "\n")+"\n")
}

// Further ranks are numbered behind those that count, to the last text.
func TestFurtherRanksAreNumberedToTheLastText(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	for _, c := range []struct {
		hits, h int
		want    string
	}{{3, 3, "| 4| 5"}, {3, 4, "| 4| 5| 6"}, {3, 9, "| 4| 5| 6"}, {6, 5, ""}, {3, 1, ""}} {
		s.hits = c.hits
		if got := strings.ReplaceAll(bare(s.furtherRanks(c.h)), "\n", "|"); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(c.want, " ", "") {
			t.Errorf("behind %d hits in %d lines: %q, want %q", c.hits, c.h, got, c.want)
		}
	}
}

// The query is said with what enter or the dot would cost, and how many columns are out of sight.
func TestTheLineOfTheQuerySaysWhatIsOutOfSight(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	for _, c := range []struct {
		source string
		w      int
		want   string
	}{{"", 200, "Query “invoice”"}, {"x", 200, "Like “invoice”"}, {"", 60, "Query “invoice” 2 more: tab"}} {
		s.query.source = c.source
		if got := uitest.Flat(s.queryLine(c.w, s.layout(ui.Size{W: c.w, H: 20}))); got != c.want {
			t.Errorf("in %d columns it is said %q, want %q", c.w, got, c.want)
		}
	}
}

// Of many columns it takes more lines to say what they have in common, as far as there is room.
func TestWhatColumnsHaveInCommonGrowsWithTheRoomBelow(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t, uitest.Use, uitest.Glove, "local/ngrams@64", "local/ngrams@128", "local/ngrams@256"))
	ask(t, a, "where is my invoice")
	s := screenOf(a)
	for h, want := range map[int]int{5: 1, 6: 2, roomyBelow - 1: 2, roomyBelow: mostOverlap} {
		got := 0
		for _, l := range strings.Split(bare(s.belowLines(52, h)), "\n") {
			if strings.Contains(l, "–") {
				got++
			}
		}
		if got != want {
			t.Errorf("in %d lines it takes %d, want %d:\n%s", h, got, want, bare(s.belowLines(52, h)))
		}
	}
}
