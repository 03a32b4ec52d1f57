package report

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/cache"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
)

// evaluated is the evaluation of a circle at two groups of three texts.
func evaluated(t *testing.T) Evaluation {
	t.Helper()
	c := circle(t, 6)
	groups := make([]int, len(c.Texts))
	for i := range groups {
		groups[i] = i / 3
		c.Texts[i].Group = string(rune('a' + groups[i]))
	}
	labels, err := evaluate.NewGroups(groups)
	if err != nil {
		t.Fatal(err)
	}
	made, err := trial.New(t.Context(), labels, c.Results, trial.Options{Seed: 1, Paid: func(api.Model) bool { return false }})
	if err != nil {
		t.Fatal(err)
	}
	found, err := made.Refine(t.Context(), 20, evaluate.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return Evaluation{Comparison: c, Trial: made, Findings: found}
}

// fullDisk takes nothing.
type fullDisk struct{}

var errFull = errors.New("no space left")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

// A report that could not be written must not look like one that was.
func TestNoReportIsWrittenToAFullDiskUnsaid(t *testing.T) {
	ctx, c, e := t.Context(), circle(t, 3), evaluated(t)
	d, err := FindDuplicates(c, .5)
	if err != nil {
		t.Fatal(err)
	}
	found, err := FindClusters(ctx, c, .5, true)
	if err != nil {
		t.Fatal(err)
	}
	sheet := func(fill func(*Sheet) error) func(io.Writer) error {
		return func(w io.Writer) error { return fill(NewSheet(w, Comma)) }
	}
	estimates, spent := []pipeline.Estimate{{Texts: 3}}, []api.Tally{{Provider: "p", Model: "m", Requests: 1}}
	vectors := Embeddings{Texts: c.Texts, Vectors: c.Results[0].Vectors}
	rows, order := []Row{{Model: api.Model{Provider: "p", ID: "m"}}}, []int{0, 1, 2}
	for name, write := range map[string]func(io.Writer) error{
		"compare text":        func(w io.Writer) error { return CompareText(ctx, w, c) },
		"compare markdown":    func(w io.Writer) error { return CompareMarkdown(ctx, w, c) },
		"compare json":        func(w io.Writer) error { return CompareJSON(ctx, w, c) },
		"duplicates text":     func(w io.Writer) error { return DuplicatesText(w, d) },
		"duplicates markdown": func(w io.Writer) error { return DuplicatesMarkdown(w, d) },
		"duplicates tsv":      func(w io.Writer) error { return DuplicatesTSV(w, d) },
		"duplicates json":     func(w io.Writer) error { return DuplicatesJSON(w, d) },
		"clusters text":       func(w io.Writer) error { return ClustersText(w, found) },
		"clusters markdown":   func(w io.Writer) error { return ClustersMarkdown(w, found) },
		"clusters tsv":        func(w io.Writer) error { return ClustersTSV(w, found) },
		"clusters json":       func(w io.Writer) error { return ClustersJSON(w, found) },
		"evaluation text":     func(w io.Writer) error { return EvaluationText(w, e) },
		"evaluation markdown": func(w io.Writer) error { return EvaluationMarkdown(w, e) },
		"evaluation json":     func(w io.Writer) error { return EvaluationJSON(w, e) },
		"evaluation per item": func(w io.Writer) error { return PerItem(w, e, nil) },
		"search text":         func(w io.Writer) error { return SearchText(w, searched()) },
		"search json":         func(w io.Writer) error { return SearchJSON(w, searched()) },
		"search tsv":          func(w io.Writer) error { return SearchTSV(w, searched()) },
		"search trec":         func(w io.Writer) error { return SearchTREC(w, searched()) },
		"embeddings jsonl":    func(w io.Writer) error { return EmbeddingsJSONL(w, vectors) },
		"embeddings json":     func(w io.Writer) error { return EmbeddingsJSON(w, vectors) },
		"embeddings tsv":      func(w io.Writer) error { return EmbeddingsTSV(w, vectors) },
		"embeddings npy":      func(w io.Writer) error { return EmbeddingsNPY(w, vectors) },
		"estimates text":      func(w io.Writer) error { return EstimatesText(w, estimates, nil) },
		"estimates json":      func(w io.Writer) error { return EstimatesJSON(w, Estimated{Estimates: estimates}) },
		"models text":         func(w io.Writer) error { return ModelsText(w, rows) },
		"models markdown":     func(w io.Writer) error { return ModelsMarkdown(w, rows) },
		"models json":         func(w io.Writer) error { return ModelsJSON(w, rows) },
		"providers text":      func(w io.Writer) error { return ProvidersText(w, []ProviderRow{{Name: "p"}}) },
		"providers json":      func(w io.Writer) error { return ProvidersJSON(w, []ProviderRow{{Name: "p"}}) },
		"sets text":           func(w io.Writer) error { return SetsText(w, corpus.Sets()[:1]) },
		"sets json":           func(w io.Writer) error { return SetsJSON(w, corpus.Sets()[:1]) },
		"cache text":          func(w io.Writer) error { return CacheText(w, cache.Stats{}) },
		"cache json":          func(w io.Writer) error { return CacheJSON(w, cache.Stats{}) },
		"usage text":          func(w io.Writer) error { return UsageText(w, spent) },
		"no usage":            func(w io.Writer) error { return UsageText(w, nil) },
		"usage json":          func(w io.Writer) error { return UsageJSON(w, spent) },
		"periods text":        func(w io.Writer) error { return PeriodsText(w, Usage{Session: spent}) },
		"periods markdown":    func(w io.Writer) error { return PeriodsMarkdown(w, Usage{Session: spent}) },
		"periods json":        func(w io.Writer) error { return PeriodsJSON(w, Usage{Session: spent}) },
		"texts jsonl":         func(w io.Writer) error { return TextsJSONL(w, c.Texts) },
		"texts json":          func(w io.Writer) error { return TextsJSON(w, c.Texts) },
		"texts markdown":      func(w io.Writer) error { return TextsMarkdown(w, c.Texts) },
		"texts, one a line":   func(w io.Writer) error { _, err := TextsLines(w, c.Texts); return err },
		"a sheet of texts":    sheet(func(s *Sheet) error { return s.Texts(c.Texts) }),
		"a sheet of models":   sheet(func(s *Sheet) error { return s.Models(rows) }),
		"a sheet of usage":    sheet(func(s *Sheet) error { return s.Usage(Usage{Session: spent}) }),
		"a sheet of rows":     sheet(func(s *Sheet) error { return s.Evaluation(e) }),
		"a sheet of clusters": sheet(func(s *Sheet) error { return s.Clusters(found) }),
		"a matrix":            sheet(func(s *Sheet) error { return s.Matrix(ctx, c.Texts, order, c.Results[0]) }),
		"all matrices":        sheet(func(s *Sheet) error { return s.Matrices(ctx, c, order) }),
		"all pairs":           sheet(func(s *Sheet) error { return s.Pairs(ctx, c) }),
		"a pair":              sheet(func(s *Sheet) error { return s.Pair(c, 0, 1) }),
	} {
		if err := write(fullDisk{}); !errors.Is(err, errFull) {
			t.Errorf("%s ends with %v", name, err)
		}
	}
}

func TestWhatTakesLongEndsWithItsContext(t *testing.T) {
	c := circle(t, 3)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, write := range map[string]func(io.Writer) error{
		"all matrices": func(w io.Writer) error { return NewSheet(w, Comma).Matrices(ctx, c, []int{0, 1, 2}) },
		"all pairs":    func(w io.Writer) error { return NewSheet(w, Comma).Pairs(ctx, c) },
		"compare json": func(w io.Writer) error { return CompareJSON(ctx, w, c) },
	} {
		if err := write(io.Discard); !errors.Is(err, context.Canceled) {
			t.Errorf("%s ends with %v", name, err)
		}
	}
	// Also where it ends while the matrix is written.
	j := newJSON(io.Discard)
	if j.candidate(ctx, c.Results[0], textIDs(c.Texts)); !errors.Is(j.end(), context.Canceled) {
		t.Error("the matrix of a candidate is written to its end")
	}
}

func TestACostSaysHowSureItIs(t *testing.T) {
	for want, c := range map[string]struct {
		of    api.Tally
		about bool
	}{
		"$0": {}, "$0.50": {api.Tally{USD: .5}, false}, "≈$0.50": {api.Tally{USD: .5}, true}, "unknown": {api.Tally{Unpriced: 3}, true},
		">$0.50": {api.Tally{USD: .5, Unpriced: 3}, true}, "$0.50+": {api.Tally{USD: .5, Lost: 1, LostUSD: .1}, false},
		">$0.50+": {api.Tally{USD: .5, Unpriced: 3, Lost: 1, LostUSD: .1}, false}, "unknown+": {api.Tally{Unpriced: 3, Lost: 1, LostTokens: 4}, false},
	} {
		if got := SpentCost(c.of, c.about); got != want {
			t.Errorf("%+v, about %t: %q, want %q", c.of, c.about, got, want)
		}
	}
	for want, s := range map[string]api.Tally{"7": {Texts: 7}, ">7": {Texts: 7, Uncounted: 1}, "-": {Uncounted: 1}, "0": {}} {
		if got := SpentCount(func(n int) string { return string(rune('0' + n)) }, s.Texts, s); got != want {
			t.Errorf("%+v: %q, want %q", s, got, want)
		}
	}
}

// What scores rest on is told wherever that is not all.
func TestAnEvaluationSaysWhatIsNotInIt(t *testing.T) {
	for name, c := range map[string]struct {
		change   func(*Evaluation)
		has, not string
	}{
		"all":    {func(*Evaluation) {}, "Verdict on 6 labelled texts\n", "drawn at random"},
		"a part": {func(e *Evaluation) { e.Trial.Drawn = 12345 }, "Of 12345 texts with a group these were drawn at random.\n", "Ranked against"},
		"a row that failed": {func(e *Evaluation) {
			e.Trial.Rows = append(e.Trial.Rows, trial.Row{ID: "shop/\x1b[1mb@2", Err: errors.New("out of\norder")})
		}, "shop/b@2: out of⏎order\n", "\x1b"},
		"a model that failed": {func(e *Evaluation) { e.Failures = []Failure{{"shop/c@2", errors.New("no key")}} }, "Missing\nshop/c@2: no key\n", "\x1b"},
		"some documents":      {func(e *Evaluation) { e.Documents = 1_200_000 }, "1200000 documents", "\x1b"},
	} {
		e := evaluated(t)
		c.change(&e)
		got := strings.ReplaceAll(written(t, func(b *bytes.Buffer) error { return EvaluationText(b, e) }), "1,200,000", "1200000")
		if !strings.Contains(got, c.has) || strings.Contains(got, c.not) {
			t.Errorf("%s: it lacks %q, or has %q:\n%s", name, c.has, c.not, got)
		}
	}
}

// An interval is given from five items on, where resamples tell one.
func TestAnEvaluationSaysWhyItHasNoIntervals(t *testing.T) {
	for n, want := range map[int]string{
		4: "No intervals under 5 items: they would look certain.\n", 5: "Intervals of 95% from 40 resamples (pairs drawn one by one), seed 3. Of several models a difference counts if it holds after Holm's correction too.\n",
	} {
		c := circle(t, 2*n)
		pairs := make([]evaluate.Pair, n)
		for i := range pairs {
			pairs[i] = evaluate.Pair{A: i, B: 2*n - 1 - i, Score: float64(i)} // graded
		}
		labels, err := evaluate.NewPairs(len(c.Texts), pairs)
		if err != nil {
			t.Fatal(err)
		}
		made, err := trial.New(t.Context(), labels, c.Results, trial.Options{Seed: 3, Paid: func(api.Model) bool { return true }})
		if err != nil {
			t.Fatal(err)
		}
		found, err := made.Refine(t.Context(), 40, evaluate.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		got := written(t, func(b *bytes.Buffer) error {
			return EvaluationText(b, Evaluation{Comparison: c, Trial: made, Findings: found})
		})
		if !strings.Contains(got, want) {
			t.Errorf("of %d pairs it does not say %q:\n%s", n, want, got)
		}
	}
}

// Queries without an answer are measured by nothing, and make no interval.
func TestOnlyQueriesWithAnAnswerMakeAnInterval(t *testing.T) {
	e := judgedShopping(t)
	for answered, few := range map[int]bool{4: true, 5: false} {
		given := make([]evaluate.Query, 12)
		for i := range given {
			given[i].Source = evaluate.NoText
			if i < answered {
				given[i].Judged = []evaluate.Judgment{{Text: 1, Grade: 1}}
			}
		}
		var err error
		if e.Trial.Labels, err = evaluate.NewQueries(len(e.Texts), given, evaluate.QueryOptions{}); err != nil {
			t.Fatal(err)
		}
		got := written(t, func(b *bytes.Buffer) error { return EvaluationText(b, e) })
		if strings.Contains(got, "No intervals under 5 items: they would look certain.\n") != few {
			t.Errorf("of 12 queries, %d with an answer, it says\n%s", answered, got)
		}
	}
}

// What was only tried to be cut has no place beside the metrics, and a model that reads
// English alone is named once.
func TestDetailsAreOfWhatWasChosen(t *testing.T) {
	e := sameOrNot(t)
	for i := range e.Trial.Rows {
		r := &e.Trial.Rows[i]
		r.Model = api.Model{Provider: "shop", ID: "english", Languages: "English"}
		e.Trial.Lacking = append(e.Trial.Lacking, trial.Lacking{ID: r.ID, Texts: 1, Of: 12})
	}
	q := judgedShopping(t)
	for i := range q.Trial.Rows {
		q.Trial.Rows[i].Score.Pools = q.Trial.Rows[i].Score.Pools[:2]
	}
	if got := written(t, func(b *bytes.Buffer) error { return EvaluationText(b, q) }); !strings.Contains(got, "\nnDCG@10 against a part of the texts\nmodel             3 texts  5 texts  hits not judged\n") {
		t.Errorf("of two sizes it says\n%s", got)
	}
	for i := range q.Trial.Rows {
		q.Trial.Rows[i].Score.Pools = q.Trial.Rows[i].Score.Pools[:1]
	}
	if got := written(t, func(b *bytes.Buffer) error { return EvaluationText(b, q) }); !strings.Contains(got, "\nHits that nobody judged\nmodel             hits not judged\n") {
		t.Errorf("of one size it says\n%s", got)
	}
	e.Trial.Rows[1].Cut = true
	if got := e.english(); !slices.Equal(got, []string{"shop/english"}) {
		t.Errorf("English alone is read by %q", got)
	}
	reads := e
	reads.Trial = &trial.Trial{Labels: e.Trial.Labels, Rows: e.Trial.Rows, Scored: e.Trial.Scored}
	if got := reads.english(); len(got) != 0 {
		t.Errorf("of texts that they all read it is said of %q that they read English alone", got)
	}
	var d document
	d.details(e)
	if got := written(t, func(b *bytes.Buffer) error { return d.writeText(b) }); !strings.Contains(got, "shop/good@3") || strings.Contains(got, "own/long@2") {
		t.Errorf("the details are\n%s", got)
	}
}
