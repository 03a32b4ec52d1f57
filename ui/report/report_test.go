package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// circle is a comparison of n texts under one candidate, whose vectors are spread
// over a quarter of a circle.
func circle(t *testing.T, n int) Comparison {
	t.Helper()
	rows := make([][]float32, n)
	texts := make([]corpus.Text, n)
	for i := range rows {
		sin, cos := math.Sincos(math.Pi / 2 * float64(i) / float64(n))
		rows[i] = []float32{float32(cos), float32(sin)}
		texts[i].Text = fmt.Sprintf("text number %d", i+1)
	}
	v, err := compare.NewVectors(rows)
	if err != nil {
		t.Fatal(err)
	}
	m := api.Model{Provider: "own", ID: "circle", Dimensions: 2}
	r, err := pipeline.Analyse(t.Context(), m, api.Candidate{Model: "own/circle", Dimensions: 2}, &pipeline.Embedding{Vectors: v}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return Comparison{Texts: texts, Results: []*pipeline.Result{r}}
}

func TestMatricesArePrintedOnlyWhereTheyCanBeRead(t *testing.T) {
	for n, printed := range map[int]bool{MatrixLimit: true, MatrixLimit + 1: false} {
		var out strings.Builder
		if err := CompareText(t.Context(), &out, circle(t, n)); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(out.String(), "Similarity under"); got != printed {
			t.Errorf("%d texts: a matrix is printed: %v", n, got)
		}
		if got := strings.Contains(out.String(), "too many to read"); got == printed {
			t.Errorf("%d texts: said that there is none: %v", n, got)
		}
		if !strings.Contains(out.String(), "Most similar under own/circle@2") {
			t.Errorf("%d texts: no pairs", n)
		}
	}
}

func TestAMatrixThatThereIsNotIsNotTooLargeToRead(t *testing.T) {
	c := circle(t, MatrixLimit+1)
	c.Results = nil
	var out strings.Builder
	if err := CompareText(t.Context(), &out, c); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "Matrices") || strings.Contains(out.String(), "too many to read") {
		t.Errorf("of no model it is said\n%s", out.String())
	}
}

func TestOnePairHasOneNumberInAllReports(t *testing.T) {
	c := circle(t, 3)
	v, err := compare.NewVectors([][]float32{{1, 0}, {.97481, .22303}, {-.22348, .97471}, {.97481, .22303}})
	if err != nil {
		t.Fatal(err)
	}
	m := api.Model{Provider: "own", ID: "circle", Dimensions: 2}
	r, err := pipeline.Analyse(t.Context(), m, api.Candidate{Model: "own/circle", Dimensions: 2}, &pipeline.Embedding{Vectors: v}, nil)
	if err != nil {
		t.Fatal(err)
	}
	c.Texts = append(c.Texts, corpus.Text{Text: "again"})
	c.Results = []*pipeline.Result{r}
	var out strings.Builder
	if err := CompareText(t.Context(), &out, c); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"1   1.000   0.974  -0.224   0.974", "0.974  1  2  text number 1", "1.000  2  4  text number 2"} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("compare does not say %q:\n%s", line, out.String())
		}
	}
	if strings.Contains(out.String(), "0.975") {
		t.Errorf("a similarity is more than it is:\n%s", out.String())
	}
	d, err := FindDuplicates(c, 0.974)
	if err != nil || len(d.Pairs) != 3 {
		t.Fatalf("%d pairs at a threshold copied from there (%v)", len(d.Pairs), err)
	}
	out.Reset()
	if err := DuplicatesText(&out, d); err != nil || strings.Count(out.String(), "0.974  yes") != 2 {
		t.Errorf("duplicates (%v):\n%s", err, out.String())
	}
}

func TestCostsTellWhetherOtherTextsAreCounted(t *testing.T) {
	for _, others := range []bool{true, false} {
		c := circle(t, 3)
		c.Results[0].UsageOfOthers = others
		var out strings.Builder
		if err := CompareText(t.Context(), &out, c); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(out.String(), "Texts that were changed or removed since are counted too."); got != others {
			t.Errorf("others are counted: %v; it is said: %v", others, got)
		}
	}
}

func TestManyTextsWithoutAVectorAreSummedUp(t *testing.T) {
	c := circle(t, 12)
	c.Results[0].Failed = map[int]error{}
	for i := range 8 {
		c.Results[0].Failed[i] = fmt.Errorf("text %d says nothing", i+1)
	}
	c.Failures = []Failure{{"own/other@2", errors.New("there is no answer")}}
	var out strings.Builder
	if err := CompareText(t.Context(), &out, c); err != nil {
		t.Fatal(err)
	}
	_, missing, _ := strings.Cut(out.String(), "Missing\n")
	missing, _, _ = strings.Cut(missing, "\n\n")
	want := []string{"own/other@2: there is no answer"}
	for i := range fewProblems {
		want = append(want, fmt.Sprintf("own/circle@2: text %d says nothing", i+1))
	}
	want = append(want, "own/circle@2: and 3 more texts")
	if got := strings.Split(missing, "\n"); !slices.Equal(got, want) {
		t.Errorf("missing:\n%s", missing)
	}
}

func TestALongTextIsCutInLists(t *testing.T) {
	c := circle(t, 2)
	c.Texts[0].Text = strings.Repeat("word ", 20_000)
	var out strings.Builder
	if err := CompareText(t.Context(), &out, c); err != nil {
		t.Fatal(err)
	}
	if out.Len() > 2000 || !strings.Contains(out.String(), "word…") && !strings.Contains(out.String(), "word …") {
		t.Errorf("%d bytes", out.Len())
	}
}

func TestColumnsAreAlignedByWidth(t *testing.T) {
	var d document
	table := newTable(words("name"), numbers("n"), words("note"))
	table.add("日本", "1", "")
	table.add("abc", "12", "x")
	d.table(table)
	var out strings.Builder
	if err := d.writeText(&out); err != nil {
		t.Fatal(err)
	}
	if want := "name   n  note\n日本   1\nabc   12  x\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}

func TestReportsKeepSyllablesAsTheyAreWritten(t *testing.T) {
	const hindi, thai = "पानी की कीमत क्या है", "ราคาน้ำมัน"
	var d document
	d.heading("%s", term.Safe(hindi))
	d.line("%s", term.Safe(thai))
	table := newTable(words("text"), numbers("n"))
	table.add(term.Safe(hindi), "1")
	d.table(table)
	for _, write := range []func(io.Writer) error{d.writeText, d.writeMarkdown} {
		var out strings.Builder
		if err := write(&out); err != nil {
			t.Fatal(err)
		}
		if strings.Count(out.String(), hindi) != 2 || !strings.Contains(out.String(), thai) {
			t.Errorf("%q", out.String())
		}
	}
}

func TestMarkdownMeansNothingInTexts(t *testing.T) {
	var d document
	d.heading("a # b")
	table := newTable(words("text"))
	table.add("a|b *c* <i> [d](e) `f` \\")
	d.table(table)
	var out strings.Builder
	if err := d.writeMarkdown(&out); err != nil {
		t.Fatal(err)
	}
	want := "# a \\# b\n\n| text |\n| --- |\n| a\\|b \\*c\\* \\<i\\> \\[d\\](e) \\`f\\` \\\\ |\n"
	if out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}

func TestJSONLosesNothingAndShowsNoControls(t *testing.T) {
	const text = "a\x1b[31m\u009b\u202e\u200d\U000e0041é日<&>\u2028\x7f"
	b, err := marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	obeyed := func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf) }
	if bytes.ContainsFunc(b, obeyed) || !strings.Contains(string(b), "é日<&>") {
		t.Errorf("%q", b)
	}
	var back string
	if err := json.Unmarshal(b, &back); err != nil || back != text {
		t.Errorf("%q came back, %v", back, err)
	}
}

func TestASimilarityIsWrittenOnItsSideOfTheThreshold(t *testing.T) {
	for _, c := range []struct {
		s, threshold float64
		number       float64
	}{
		{0.951, 0.95, 0.951},
		{0.95, 0.95, 0.95},
		{0.9499, 0.95, 0.9499},
		{0.94999, 0.95, 0.94999},
		{0.9499999999, 0.95, 0.949999999},
		{0.9500000009, 0.9500000009, 0.9500000009},
		{0.1234567899, 0.95, 0.123456789},
		{0.12345678901, 0.95, 0.123456789},
		{-0.0001, 0, -0.0001},
	} {
		if got := roundNear(c.s, c.threshold, 9); got != c.number {
			t.Errorf("%v at %v is %v, want %v", c.s, c.threshold, got, c.number)
		}
	}
	if !math.IsNaN(roundNear(math.NaN(), 0.95, 9)) {
		t.Error("NaN is a number")
	}
}

func TestPairsThatWereNotKeptAreReported(t *testing.T) {
	c := circle(t, 20)
	all, err := FindDuplicates(c, 0.9)
	if err != nil || len(all.Pairs) != c.Results[0].Scan.CountAt(0.9) {
		t.Fatalf("%d pairs, %v", len(all.Pairs), err)
	}
	if c.Results[0].Scan, err = c.Results[0].Matrix.Scan(t.Context(), compare.ScanOptions{Floor: 0.9, MaxPairs: 5}, nil); err != nil {
		t.Fatal(err)
	}
	few, err := FindDuplicates(c, 0.9)
	if !errors.Is(err, ErrTooManyPairs) || len(few.Pairs) != 5 {
		t.Errorf("%d pairs, %v", len(few.Pairs), err)
	}
}

func TestPairsComeBestFirst(t *testing.T) {
	d, err := FindDuplicates(circle(t, 20), 0.5)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(d.Pairs, func(a, b Pair) int { return cmp.Compare(slices.Max(b.Similarity), slices.Max(a.Similarity)) }) {
		t.Error("not sorted")
	}
}

func TestNumbersAreRounded(t *testing.T) {
	if r := format.Round(-0.0000001, 6); r != 0 || math.Signbit(r) {
		t.Errorf("%v", r)
	}
	if r := format.Round(2.0/3, 6); r != 0.666667 {
		t.Errorf("%v", r)
	}
}
