package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui/term"
)

// searched is a search by two candidates and BM25 for one query, of which the second
// candidate has no vector.
func searched() Search {
	hit := []search.Hit{{Index: 1, Score: .5}, {Index: 0, Score: .25}}
	return Search{
		Comparison: Comparison{Texts: []corpus.Text{{ID: "a", Text: "one"}, {ID: "b", Text: "two"}}},
		Alone:      true, Top: 2, Queries: []corpus.Text{{Text: "which"}}, Grades: make([]map[int]float64, 1),
		Rows: []SearchRow{
			{ID: "s/raw@3", Hits: [][]search.Hit{hit}, Cosine: true, Background: search.Background{Mean: .75, SD: .125}, Norms: api.Norms{Low: .83, High: 1.21}},
			{ID: "s/unit@3", Hits: [][]search.Hit{nil}, Cosine: true, Norms: api.Norms{Low: .999, High: 1.001}},
			{ID: "local/bm25", Hits: [][]search.Hit{hit[:1]}},
		},
	}
}

func TestSearchSaysWhoseVectorsCameUnnormalised(t *testing.T) {
	var text, doc bytes.Buffer
	if err := SearchText(&text, searched()); err != nil {
		t.Fatal(err)
	}
	if got := text.String(); !strings.Contains(got, "s/raw@3: 0.83 to 1.21 long: by dot product they would rank otherwise.") || strings.Contains(got, "s/unit@3: 1.00") {
		t.Error(got)
	}
	if err := SearchJSON(&doc, searched()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"norms":{"low":0.83,"high":1.21}`, `"norms":{"low":0.999,"high":1.001}`, `"id":"local/bm25","cosine":false,"background":null,"norms":null`,
	} {
		if !strings.Contains(doc.String(), want) {
			t.Errorf("no %s in\n%s", want, doc.String())
		}
	}
}

// Long names give way, so that hits of two models stand side by side, and can be told apart.
func TestLongNamesOfModelsLeaveRoomForTheHits(t *testing.T) {
	s := searched()
	s.Rows = s.Rows[:2]
	for k := range s.Rows {
		s.Rows[k].ID = fmt.Sprintf("server/%s-%d@3", strings.Repeat("embedding-", 8), k)
	}
	s.Rows[1].Hits = s.Rows[0].Hits
	got := written(t, func(b *bytes.Buffer) error { return SearchText(b, s) })
	heads := 0
	for line := range strings.Lines(got) {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			heads++
			if w := term.Width(strings.TrimRight(line, "\n")); w > searchWidth || !strings.Contains(line, "-0@3") || !strings.Contains(line, "-1@3") {
				t.Errorf("the head takes %d columns: %q", w, line)
			}
		}
	}
	if heads == 0 {
		t.Errorf("there is no table in\n%s", got)
	}
}

func TestSearchDoubtsABestHitUnderTheFloorAlone(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*SearchRow)
		want   string
	}{
		"under any two texts": {func(*SearchRow) {}, ""},
		"under the floor":     {func(r *SearchRow) { r.Floor = &search.Floor{Separates: true, Score: .6} }, "s/raw@3: best hit under the floor of 0.60: perhaps no answer here."},
		"over both":           {func(r *SearchRow) { r.Background.Mean = .1 }, ""},
		"a floor that does not separate": {func(r *SearchRow) {
			r.Background.Mean, r.Floor = .1, &search.Floor{Score: .6}
		}, ""},
	} {
		s := searched()
		c.change(&s.Rows[0])
		var text bytes.Buffer
		if err := SearchText(&text, s); err != nil {
			t.Fatal(err)
		}
		if got := text.String(); strings.Contains(got, "perhaps") != (c.want != "") || !strings.Contains(got, c.want) {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}

func TestARowThatFindsNothingLeavesTheOthersTheirPlace(t *testing.T) {
	var text bytes.Buffer
	if err := SearchText(&text, searched()); err != nil {
		t.Fatal(err)
	}
	if got := text.String(); !strings.Contains(got, "1  b 0.50 -2.0σ    ") || !strings.Contains(got, "s/unit@3 finds nothing.") {
		t.Error(got)
	}
}

func TestAFloorSaysWhatItsFigureIs(t *testing.T) {
	s := searched()
	s.Rows[0].Floor = &search.Floor{Separates: true, Score: .6, LeftOut: .9034}
	var text bytes.Buffer
	if err := SearchText(&text, s); err != nil {
		t.Fatal(err)
	}
	if got := text.String(); !strings.Contains(got, "s/raw@3: 0.600; decided without itself the mean of both shares is 0.903.") || strings.Contains(got, "of the queries are right") {
		t.Error(got)
	}
}

func TestAScoreIsWrittenWithTheDigitsOfItsKind(t *testing.T) {
	for want, c := range map[string]struct {
		row   SearchRow
		score float64
	}{
		"0.50": {SearchRow{ID: "p/m@3", Cosine: true}, .5}, "-0.13": {SearchRow{ID: "p/m@3", Cosine: true}, -.123}, "0.0328": {SearchRow{ID: "p/m@3+bm25"}, .03279}, "1.0": {SearchRow{ID: "p/m@3+bm25"}, 1},
		"0.2": {SearchRow{ID: "local/bm25"}, .234}, "12.3": {SearchRow{ID: "local/bm25"}, 12.345},
	} {
		if got := scoreText(c.row, search.Hit{Score: c.score}); got != want {
			t.Errorf("%v of %+v is written %q, want %q", c.score, c.row, got, want)
		}
	}
}

// At its floor a best hit is no doubt, and of norms that nobody knows nothing is said.
func TestAHitAtTheFloorIsAnAnswer(t *testing.T) {
	s := searched()
	s.Rows[0].Floor, s.Rows[0].Norms = &search.Floor{Separates: true, Score: .5}, api.Norms{}
	s.Rows[1].Floor, s.Rows[1].Norms = &search.Floor{Separates: true, Score: .5}, api.Norms{Low: .2, High: .4}
	s.Rows[1].Cosine = false
	if got := written(t, func(b *bytes.Buffer) error { return SearchText(b, s) }); strings.Contains(got, "perhaps") || strings.Contains(got, "unit length") {
		t.Errorf("it says\n%s", got)
	}
	if got := written(t, func(b *bytes.Buffer) error { return SearchJSON(b, s) }); !strings.Contains(got, `{"id":"s/raw@3","cosine":true,"background":{"mean":0.75,"sd":0.125},"norms":null,"judged":null,"floor":`) {
		t.Errorf("it says\n%s", got)
	}
}

// Long ids of texts are cut to what a row has room for, and told apart by their ends.
func TestLongIDsOfTextsAreCut(t *testing.T) {
	s := searched()
	const long = "a-text-with-a-very-long-name-of-which-there-are-several-"
	s.Texts[0].ID, s.Texts[1].ID = long+"1", long+"2"
	for n, want := range map[int]string{
		1: "1  " + long + "2 0.50 -2.0σ", 2: "1  a-text-with…e-several-2 0.50 -2.0σ *", 3: "1  a-tex…al-2 0.50 -2.0σ              a-text-wi…several-2 0.5",
	} {
		s.Rows = searched().Rows[:n]
		got := written(t, func(b *bytes.Buffer) error { return SearchText(b, s) })
		if lines := strings.Split(got, "\n"); lines[2] != want || !strings.Contains(got, "\na-text-with…re-several-2  two\n") {
			t.Errorf("of %d rows the first hit is %q, want %q, in\n%s", n, lines[2], want, got)
		}
	}
}
