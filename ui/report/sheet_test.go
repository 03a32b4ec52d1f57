package report

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// sheetOf is what a sheet holds after fill, and how many cells it guarded.
func sheetOf(t *testing.T, d Delimiter, fill func(s *Sheet) error) (written string, guarded int) {
	t.Helper()
	var out strings.Builder
	s := NewSheet(&out, d)
	if err := fill(s); err != nil {
		t.Fatal(err)
	}
	return out.String(), s.Escaped()
}

// rowsOf reads CSV as a spreadsheet does.
func rowsOf(t *testing.T, written string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(written)).ReadAll()
	if err != nil {
		t.Fatalf("%v in %q", err, written)
	}
	return rows
}

// square is a comparison of three texts, of which the last has no vector.
func square(t *testing.T, texts ...corpus.Text) Comparison {
	t.Helper()
	v, err := compare.NewVectors([][]float32{{1, 0}, {0.6, 0.8}, nil})
	if err != nil {
		t.Fatal(err)
	}
	m := api.Model{Provider: "own", ID: "square", Dimensions: 2}
	r, err := pipeline.Analyse(t.Context(), m, api.Candidate{Model: "own/square", Dimensions: 2},
		&pipeline.Embedding{Vectors: v, Failed: map[int]error{2: errors.New("it says nothing")}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return Comparison{Texts: texts, Results: []*pipeline.Result{r}}
}

func TestAMatrixIsASheetWithEmptyCellsWhereATextHasNoVector(t *testing.T) {
	c := square(t, corpus.Text{ID: "a", Text: "east, or\nso"}, corpus.Text{Text: `"north"`}, corpus.Text{ID: "c", Text: "calm\tsea"})
	csv, _ := sheetOf(t, Comma, func(s *Sheet) error {
		return s.Matrix(t.Context(), c.Texts, []int{1, 0, 2}, c.Results[0])
	})
	want := [][]string{
		{"id", "text", "2", "a", "c"},
		{"2", `"north"`, "1", "0.6", ""},
		{"a", "east, or\nso", "0.6", "1", ""},
		{"c", "calm sea", "", "", ""},
	}
	if got := rowsOf(t, csv); !equalRows(got, want) {
		t.Errorf("CSV holds %q", got)
	}
	tsv, _ := sheetOf(t, Tab, func(s *Sheet) error {
		return s.Matrix(t.Context(), c.Texts, []int{0, 2}, c.Results[0])
	})
	if want := "id\ttext\ta\tc\na\teast, or so\t1\t\nc\tcalm sea\t\t\n"; tsv != want {
		t.Errorf("TSV is %q, want %q", tsv, want)
	}
}

func equalRows(a, b [][]string) bool {
	return slices.EqualFunc(a, b, func(x, y []string) bool { return slices.Equal(x, y) })
}

func TestMatricesAndPairsNameTheirCandidate(t *testing.T) {
	c := square(t, corpus.Text{Text: "x"}, corpus.Text{Text: "y"}, corpus.Text{Text: "z"})
	all, _ := sheetOf(t, Tab, func(s *Sheet) error { return s.Matrices(t.Context(), c, []int{0, 1, 2}) })
	if want := "candidate\tid\ttext\t1\t2\t3\nown/square@2\t1\tx\t1\t0.6\t\n"; !strings.HasPrefix(all, want) {
		t.Errorf("%q does not begin with %q", all, want)
	}
	pairs, _ := sheetOf(t, Tab, func(s *Sheet) error { return s.Pairs(t.Context(), c) })
	if want := "a\tb\town/square@2\ttext_a\ttext_b\n1\t2\t0.6\tx\ty\n1\t3\t\tx\tz\n2\t3\t\ty\tz\n"; pairs != want {
		t.Errorf("%q, want %q", pairs, want)
	}
	one, _ := sheetOf(t, Tab, func(s *Sheet) error { return s.Pair(c, 1, 0) })
	if want := "2\ty\n1\tx\nown/square@2\t0.6\n"; one != want {
		t.Errorf("%q, want %q", one, want)
	}
}

func TestNoForeignTextIsAFormula(t *testing.T) {
	for text, guarded := range map[string]bool{
		"=1+1": true, "+49 30 1234": true, "-- a list": true, "@SUM(A1)": true, "\t=1": true, " =1": true, "\n@x": true, "＝1": true, "-2+3": true, "-Inf": true,
		"-5": false, "+3.25": false, "-1e-9": false, "a=b": false, "": false, "'=1": true, "'quoted'": false, "–5": false,
	} {
		for _, d := range []Delimiter{Comma, Tab} {
			written, n := sheetOf(t, d, func(s *Sheet) error { return s.Texts([]corpus.Text{{Text: text}}) })
			if (n == 1) != guarded {
				t.Errorf("%q: %d cells are guarded", text, n)
			}
			if d == Comma && guarded && rowsOf(t, written)[1][1][0] != '\'' {
				t.Errorf("%q is written as %q", text, written)
			}
		}
	}
	// A similarity keeps its sign.
	c := square(t, make([]corpus.Text, 3)...)
	opposite := values{n: 2, at: -0.25}
	written, n := sheetOf(t, Comma, func(s *Sheet) error { return s.Differences(t.Context(), c.Texts, []int{0, 1}, opposite) })
	if n != 0 || !strings.Contains(written, ",-0.25,") {
		t.Errorf("%d cells are guarded in %q", n, written)
	}
}

// values is a matrix with the same number everywhere.
type values struct {
	n  int
	at float64
}

func (v values) Len() int                    { return v.n }
func (v values) At(i, j int) (float64, bool) { return v.at, true }

func TestASheetHasNothingThatATerminalObeys(t *testing.T) {
	hostile := corpus.Text{ID: "a\x1b[31m", Text: "x\x1b]0;title\a\u202ey\x7f\u2028z\r\nw", Group: "\x00"}
	for _, d := range []Delimiter{Comma, Tab} {
		written, _ := sheetOf(t, d, func(s *Sheet) error { return s.Texts([]corpus.Text{hostile}) })
		if at := strings.IndexFunc(written, func(r rune) bool { return r != '\n' && r != '\t' && invisible(r) || r < ' ' && r != '\n' && r != '\t' }); at >= 0 {
			t.Errorf("%q", written[at:])
		}
	}
}

func TestALongSheetEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out strings.Builder
	texts := make([]corpus.Text, 2)
	if err := NewSheet(&out, Comma).Differences(ctx, texts, []int{0, 1}, values{n: 2}); !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
}

func TestDuplicatesWithAThresholdEach(t *testing.T) {
	c := square(t, corpus.Text{Text: "x"}, corpus.Text{Text: "y"}, corpus.Text{Text: "z"})
	d := Duplicates{Comparison: c, Threshold: 0.95, Own: []float64{0.6}, Only: "Only some.", Pairs: []Pair{PairOf(c, 0, 1), PairOf(c, 0, 2)}}
	tsv, _ := sheetOf(t, Tab, func(s *Sheet) error { return s.Duplicates(d) })
	if want := "a\tb\town/square@2\tduplicate\ttext_a\ttext_b\n1\t2\t0.600000009\town/square@2\tx\ty\n1\t3\t\t\tx\tz\n"; tsv != want {
		t.Errorf("%q, want %q", tsv, want)
	}
	var out strings.Builder
	if err := DuplicatesJSON(&out, d); err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Threshold  *float64
		Thresholds map[string]float64
		Pairs      []struct {
			Similarity map[string]*float64
			Duplicate  map[string]bool
		}
	}
	if err := json.Unmarshal([]byte(out.String()), &doc); err != nil || doc.Threshold != nil || doc.Thresholds["own/square@2"] != 0.6 ||
		len(doc.Pairs) != 2 || *doc.Pairs[0].Similarity["own/square@2"] < 0.6 || !doc.Pairs[0].Duplicate["own/square@2"] || doc.Pairs[1].Similarity["own/square@2"] != nil {
		t.Errorf("%+v, %v", doc, err)
	}
	// A similarity just at its candidate's own threshold is written so that it is not under it.
	d.Own = []float64{d.Pairs[0].Similarity[0]}
	out.Reset()
	doc.Pairs = nil
	if err := errors.Join(DuplicatesJSON(&out, d), json.Unmarshal([]byte(out.String()), &doc)); err != nil || len(doc.Pairs) != 2 || *doc.Pairs[0].Similarity["own/square@2"] < d.Own[0] {
		t.Errorf("at %v: %+v, %v", d.Own, doc.Pairs, err)
	}
	d.Own = []float64{0.6}
	out.Reset()
	if err := DuplicatesMarkdown(&out, d); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# Duplicate pairs at each model's own threshold in 3 texts", "Only some.", "| 0.6 |", "| own/square@2 | 0.600 | yes |"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, out.String())
		}
	}
}

func TestModelsAreASheet(t *testing.T) {
	price := 0.02
	rows := []Row{
		{Model: api.Model{Provider: "p", ID: "m", Name: "M, large", Dimensions: 8, SupportsDimensions: true, Price: &price}},
		{Model: api.Model{Provider: "p", ID: "n"}, Unavailable: errors.New("needs a key")},
	}
	written, _ := sheetOf(t, Comma, func(s *Sheet) error { return s.Models(rows) })
	got := rowsOf(t, written)
	want := [][]string{
		{"p/m", "p", "m", "M, large", "8", "8", "true", "", "0.02", "USD", "", "", "", "true", "", "", "", "", ""},
		{"p/n", "p", "n", "", "", "", "false", "", "", "USD", "", "", "", "false", "needs a key", "", "", "", ""},
	}
	if !equalRows(got[1:], want) {
		t.Errorf("%q", got)
	}
}

func TestUsageIsWrittenInEveryFormat(t *testing.T) {
	u := Usage{
		Session: []api.Tally{{Provider: "shop", Model: "good", Texts: 3, Tokens: 9, Estimated: 4, USD: 0.5, Requests: 2, Failed: 1, Lost: 1, LostTokens: 5, LostUSD: 0.25, Latencies: []time.Duration{40 * time.Millisecond}}},
		AllTime: []api.Tally{{Provider: "shop", Model: "odd", Tokens: 7, Unpriced: 7, Requests: 3, Uncounted: 3, Since: time.Date(2026, 3, 4, 12, 0, 0, 0, time.Local)}},
	}
	written, _ := sheetOf(t, Comma, func(s *Sheet) error { return s.Usage(u) })
	want := [][]string{
		{"session", "shop/good", "", "3", "0", "9", "true", "0.5", "2", "1", "1", "0.25", "0", "40", "40"},
		{"all_time", "shop/odd", "2026-03-04", "0", "0", "7", "false", "", "3", "0", "0", "0", "3", "", ""},
	}
	if got := rowsOf(t, written); !equalRows(got[1:], want) {
		t.Errorf("%q", got)
	}
	var out strings.Builder
	if err := PeriodsJSON(&out, u); err != nil {
		t.Fatal(err)
	}
	var doc map[string]struct{ Models []map[string]any }
	if err := json.Unmarshal([]byte(out.String()), &doc); err != nil {
		t.Fatalf("%v in %s", err, out.String())
	}
	if doc["session"].Models[0]["cost_usd_lost"] != 0.25 || doc["all_time"].Models[0]["requests_uncounted"] != 3.0 || doc["all_time"].Models[0]["cost_usd"] != nil {
		t.Errorf("%v", doc)
	}
	out.Reset()
	if err := PeriodsText(&out, u); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"This session\n", "≈9", "All time\n", "shop/odd"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, out.String())
		}
	}
	out.Reset()
	if err := PeriodsMarkdown(&out, Usage{}); err != nil || !strings.Contains(out.String(), "Nothing yet.") {
		t.Errorf("%v, %s", err, out.String())
	}
}

// Blanks at the ends of a cell are quoted: many programs drop them otherwise.
func TestACellIsQuotedWhereItNeedsIt(t *testing.T) {
	for cell, want := range map[string]string{
		"plain": "plain", "two words": "two words", "a,b": `"a,b"`, `say "so"`: `"say ""so"""`, "two\nlines": "\"two\nlines\"",
		" before": `" before"`, "behind ": `"behind "`, " ": `" "`, "": "",
	} {
		if got, _ := sheetOf(t, Comma, func(s *Sheet) error { s.row(cell, "x"); return s.close() }); got != want+",x\n" {
			t.Errorf("%q is written as %q, want %q", cell, got, want+",x\n")
		}
	}
}

func TestTextsCanBeOpenedAgain(t *testing.T) {
	texts := []corpus.Text{{ID: "1", Text: "one, with \"quotes\"\nand two lines", Group: "g"}, {Text: "  blanks around  "}, {Text: "日本語　と"},
		{ID: "@1", Text: "=SUM(A1)", Group: "-g"}, {Text: "@home"}, {Text: "'=1"}, {Text: "''-x"}, {Text: "'quoted'"}, {Text: `"Yes," she said`}, {Text: `"all"`}, {Text: "a\n\nb"}, {Text: "-5"}, {Text: " =1"}}
	for _, f := range []struct {
		format corpus.Format
		write  func(out *strings.Builder) error
	}{
		{corpus.FormatCSV, func(out *strings.Builder) error { return NewSheet(out, Comma).Texts(texts) }},
		{corpus.FormatTSV, func(out *strings.Builder) error { return NewSheet(out, Tab).Texts(texts) }},
		{corpus.FormatJSONL, func(out *strings.Builder) error { return TextsJSONL(out, texts) }},
	} {
		var out strings.Builder
		if err := f.write(&out); err != nil {
			t.Fatal(err)
		}
		back, err := corpus.Read(strings.NewReader(out.String()), "texts", f.format)
		if err != nil || !slices.Equal(back, texts) {
			t.Errorf("%v: %q came back, %v", f.format, back, err)
		}
	}
	texts = texts[:3]
	var out strings.Builder
	if joined, err := TextsLines(&out, texts); joined != 1 || err != nil || out.String() != "one, with \"quotes\" and two lines\n  blanks around  \n日本語 と\n" {
		t.Errorf("%d, %v: %q", joined, err, out.String())
	}
	out.Reset()
	if err := TextsMarkdown(&out, texts); err != nil || !strings.Contains(out.String(), "| 3 |  |  | 日本語　と |") {
		t.Errorf("%v: %s", err, out.String())
	}
	out.Reset()
	var list []map[string]string
	if err := errors.Join(TextsJSON(&out, texts), json.Unmarshal([]byte(out.String()), &list)); err != nil || len(list) != 3 {
		t.Errorf("%v: %s", err, out.String())
	}
}
