package report

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/format"
)

func TestAFigureOfTheBackgroundIsRoundedDownButForWhatFloat32HasLost(t *testing.T) {
	for v, want := range map[float64]string{0.4999: "0.499", 0.49999991: "0.500", 0.4999994: "0.499", -0.0001: "-0.001", 1: "1.000"} {
		if got := percentile(v); got != want {
			t.Errorf("a percentile of %v is written %s, want %s", v, got, want)
		}
	}
	for v, want := range map[float64]string{0.4999: "0.500", 0.49949: "0.499", -0.0001: "0.000"} {
		if got := statistic(v); got != want {
			t.Errorf("a mean of %v is written %s, want %s", v, got, want)
		}
	}
}

// The greatest similarity is that of a pair, which is never written as more than it is.
func TestTheGreatestSimilarityIsRoundedDown(t *testing.T) {
	c := circle(t, 6)
	r := c.Results[0]
	exact := r.Scan.Pairs()[0].Similarity
	max := highestColumn()
	if got := max.value(r).(float64); got > exact || got < exact-1e-6 {
		t.Errorf("of %v %v is written", exact, got)
	}
	if got := max.text(r); got != "0.965" {
		t.Errorf("of %v people read %s", exact, got)
	}
}

// Of texts without a vector that share a reason each is counted where they are not listed.
func TestTextsWithoutAVectorAreCountedBeyondFiveReasons(t *testing.T) {
	c := Comparison{Texts: make([]corpus.Text, 20), Results: []*pipeline.Result{{Candidate: api.Candidate{Model: "a/m", Dimensions: 1}, Failed: map[int]error{}}}}
	for i := range 14 {
		c.Results[0].Failed[i] = &api.TextError{Index: i, Err: fmt.Errorf("reason %d", i/2)}
	}
	var d document
	d.problems(c)
	got := written(t, func(b *bytes.Buffer) error { return d.writeText(b) })
	want := "Missing\n"
	for i := range 5 {
		want += fmt.Sprintf("a/m@1: 2 texts have no vector (%d, %d): reason %d\n", 2*i+1, 2*i+2, i)
	}
	if want += "a/m@1: and 4 more texts\n"; got != want {
		t.Errorf("it says\n%s\nwant\n%s", got, want)
	}
}

func TestTwentyTextsThatWereCutAreNamed(t *testing.T) {
	for n, more := range map[int]string{20: "", 21: " and 1 more", 23: " and 3 more"} {
		r := &pipeline.Result{Candidate: api.Candidate{Model: "a/m", Dimensions: 1}}
		var ids []string
		for i := range n {
			r.Clipped = append(r.Clipped, i)
			ids = append(ids, fmt.Sprint(i+1))
		}
		c := Comparison{Texts: make([]corpus.Text, n), Results: []*pipeline.Result{r}, Called: Queries}
		want := fmt.Sprintf("a/m@1 read only the beginning of %d queries: %s%s", n, strings.Join(ids[:20], ", "), more)
		if got := c.ReadInPart(); len(got) != 1 || got[0] != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	texts := []corpus.Text{{ID: "a"}, {}, {ID: "c"}}
	for at, want := range map[int]string{1: "p/m reads 512 tokens, and 1 query is longer (2)", 2: "p/m reads 512 tokens, and 2 queries are longer (2, c)"} {
		if got := TooLong(api.Model{Provider: "p", ID: "m", MaxTokens: 512}, []int{1, 2}[:at], texts, Queries); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAMessageDoesNotNameItsProviderTwice(t *testing.T) {
	for why, want := range map[string]string{"p: no key": "no key", "p needs a key": "p needs a key", "other: p: no key": "other: p: no key"} {
		if got := (Failure{"p/m@3", errors.New(why)}).Message(); got != want {
			t.Errorf("%q is said as %q, want %q", why, got, want)
		}
	}
}

// The scans know by themselves whether they kept all pairs from a threshold on.
func TestPairsAreCompleteByTheThresholdOfEachModel(t *testing.T) {
	c := circle(t, 20)
	var err error
	scan := c.Results[0].Scan
	kept := scan.Pairs()[30].Similarity
	if c.Results[0].Scan, err = c.Results[0].Matrix.Scan(t.Context(), compare.ScanOptions{Floor: kept, MaxPairs: 1000}, nil); err != nil {
		t.Fatal(err)
	}
	for own, want := range map[float64]error{0.2: ErrTooManyPairs, kept: nil} {
		if _, err := FindDuplicates(c, 1-own, own); !errors.Is(err, want) {
			t.Errorf("at %v of its own: %v", own, err)
		}
	}
	// One that lacks pairs is enough, whichever it is.
	c.Results = append(circle(t, 20).Results, c.Results...)
	for second, want := range map[float64]error{0.2: ErrTooManyPairs, kept: nil} {
		if _, err := FindDuplicates(c, 0, 0.2, second); !errors.Is(err, want) {
			t.Errorf("at %v of the second: %v", second, err)
		}
	}
}

// Of texts that are all the same the pairs stand in the order of the texts, and of each
// model what it kept.
func TestPairsOfTheSameSimilarityStandInTheirOrder(t *testing.T) {
	v, err := compare.NewVectors([][]float32{{1, 0}, {1, 0}, {1, 0}, {1, 0}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := pipeline.Analyse(t.Context(), api.Model{Provider: "p", ID: "m", Dimensions: 2}, api.Candidate{Model: "p/m", Dimensions: 2}, &pipeline.Embedding{Vectors: v}, nil)
	if err != nil {
		t.Fatal(err)
	}
	c := Comparison{Texts: make([]corpus.Text, 4), Results: []*pipeline.Result{r}}
	d, err := FindDuplicates(c, 1)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range d.Pairs {
		got = append(got, fmt.Sprint(p.A, p.B))
	}
	if want := "0 1, 0 2, 0 3, 1 2, 1 3, 2 3"; strings.Join(got, ", ") != want {
		t.Errorf("the pairs are %q, want %s", got, want)
	}
	few := *r
	if few.Scan, err = r.Matrix.Scan(t.Context(), compare.ScanOptions{Floor: 1, MaxPairs: 1}, nil); err != nil {
		t.Fatal(err)
	}
	c.Results = []*pipeline.Result{&few, r}
	if found, err := FindClusters(t.Context(), c, 1, false); !errors.Is(err, ErrTooManyPairs) || len(found.Found) != 2 || len(found.Found[1]) != 1 || len(found.Found[1][0].Texts) != 4 {
		t.Errorf("%v: the clusters are %+v", err, found.Found)
	}
}

// A similarity at the threshold is written with all the digits that take it there.
func TestASimilarityAtItsThresholdIsWrittenWhole(t *testing.T) {
	c := circle(t, 6)
	at := c.Results[0].Scan.Pairs()[2].Similarity
	d, err := FindDuplicates(c, at)
	if err != nil {
		t.Fatal(err)
	}
	if got := written(t, func(b *bytes.Buffer) error { return DuplicatesText(b, d) }); !strings.Contains(got, " "+format.Plain(at)+"  yes\n") {
		t.Errorf("%s is not said in\n%s", format.Plain(at), got)
	}
	// Of no model nothing is said to be no duplicate.
	d, err = FindDuplicates(Comparison{Texts: c.Texts, Failures: []Failure{{"p/m", errors.New("no key")}}}, .9)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := written(t, func(b *bytes.Buffer) error { return DuplicatesText(b, d) }), "Duplicate pairs at 0.9 or more in 6 texts\n\nMissing\np/m: no key\n"; got != want {
		t.Errorf("it says\n%s\nwant\n%s", got, want)
	}
}
