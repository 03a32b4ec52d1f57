package corpus_test

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
)

// Where items share a line, its number tells nobody which is meant.
func TestRowsOfAnArrayAreTheItemsWhereTheyShareALine(t *testing.T) {
	for in, want := range map[string]string{
		`[{"text":"a"},{"text":""},{"text":"b"},{"text":" "},{"x":1},7]`: "items 2, 4: the text is empty; item 5: there is no key \"text\"; item 6: this is not a JSON object",
		`{"rows":[{"text":""},{"text":"b"}]}` + "\n":                     "item 1: the text is empty",
		`[{"text":"a","id":"x"},{"text":"b","id":"x"}]`:                  `item 2: item 1 has the same id "x"`,
		`[{"text":"a"},{"text":"b","text":"c"}]`:                         `item 2: the key "text" stands twice`,
		"[\n{\"text\":\"a\"},\n{\"text\":\"\"}\n]":                       "line 3: the text is empty",
		"[{\"text\":\"a\"},\n{\"text\":\"\"}]":                           "line 2: the text is empty",
	} {
		reading, err := corpus.Load(t.Context(), strings.NewReader(in), "in.json", corpus.FormatJSON, corpus.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(reading.Notes(), "\n"); !strings.Contains(got, "("+want+")") {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
		if got := reading.Reasons[0].Error(); !strings.HasPrefix(got, "in.json, "+strings.Fields(strings.Replace(want, "items", "item", 1))[0]+" ") {
			t.Errorf("%s: %q", in, got)
		}
	}
}

func TestBlanksAroundTheMarksOfAHeaderAreNoPartOfAName(t *testing.T) {
	for in, format := range map[string]corpus.Format{
		"\"Body\" ,Subject , \"Id\"\none,two,3\n": corpus.FormatCSV, "\"Body\" ; Subject;Id\none;two;3\n": corpus.FormatCSV,
		"\"Body\" \t Subject\tId\none\ttwo\t3\n": corpus.FormatTSV, " \"Body\"\t\"Subject\" \tId\none\ttwo\t3\n": corpus.FormatTSV,
	} {
		reading := load(t, format, in, corpus.Options{Columns: corpus.Columns{Text: "Body", Group: "Subject", ID: "Id"}})
		if got := (corpus.Text{Text: "one", Group: "two", ID: "3"}); len(reading.Texts) != 1 || reading.Texts[0] != got || reading.Columns.Text != "Body" {
			t.Errorf("%q: %+v of %+v", in, reading.Texts, reading.Columns)
		}
	}
}
