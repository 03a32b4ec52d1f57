package report

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/lexical"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/compare/trial"
)

// shopping is a comparison in which everything happens, and no two numbers are the same.
func shopping(t *testing.T) Comparison {
	t.Helper()
	c := Comparison{
		Source: "shop\x1b[1m.csv",
		Texts: []corpus.Text{
			{ID: "a", Text: "Where is my parcel?", Group: "parcel", Lang: "en"}, {Text: "When does the parcel come?", Group: "parcel"},
			{ID: "c", Text: "I want my | money back", Group: "money"}, {ID: "2", Text: "Refund me,\nplease", Group: "money", Lang: "en"},
			{ID: "e", Text: "=SUM(A1)", Group: "money"}, {ID: "f", Text: "Wo ist mein Paket?", Group: "parcel", Lang: "de"}, {ID: "g", Text: " "},
		},
		Failures: []Failure{{"shop/gone@8", errors.New("shop: no such model")}, {"shop/gone@4", errors.New("shop: no such model")}},
	}
	for i := range 5 {
		c.Texts = append(c.Texts, corpus.Text{ID: fmt.Sprintf("m%d", i), Text: fmt.Sprintf("more of it, number %d", i)})
	}
	vectors := func(shift int) compare.Vectors {
		rows := make([][]float32, len(c.Texts))
		for i := range rows {
			rows[i] = []float32{float32(i*(5-shift)%13) + 1, float32((i*i + 3*shift) % 17), float32((3*i + 5*shift) % 11)}
		}
		rows[6] = nil
		if shift > 0 {
			rows[4] = nil
		}
		v, err := compare.NewVectors(rows)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	latencies := make([]time.Duration, 200)
	for i := range latencies {
		latencies[i] = time.Duration(1000+7*i) * time.Microsecond
	}
	price := 0.25
	empty := map[int]error{6: &api.EmptyTextError{Index: 6}}
	for _, of := range []struct {
		model api.Model
		at    int
		emb   pipeline.Embedding
	}{
		{api.Model{Provider: "shop", ID: "good", Dimensions: 3, MaxTokens: 512, Price: &price, Roles: api.Roles{
			Symmetric: api.Manner{Prefix: "same: ", Field: api.Field{Name: "task", Value: "sts"}}, Query: api.Manner{Prefix: "query: ", Field: api.Field{Name: "task", Value: "find"}},
		}}, 3, pipeline.Embedding{Vectors: vectors(0), Failed: empty, Clipped: []int{0, 1, 3}, Unknown: []int{2},
			Usage: api.Usage{Tokens: 3100, Estimated: true, Elapsed: 1234567 * time.Microsecond, Requests: 200, Latencies: latencies, Texts: 26, Cached: 11}}},
		{api.Model{Provider: "own", ID: "long", Dimensions: 3}, 2, pipeline.Embedding{Vectors: vectors(1), UsageOfOthers: true, Clipped: []int{3},
			Failed: map[int]error{4: &api.TextError{Index: 4, Err: errors.New("own: it is a formula")}, 6: &api.EmptyTextError{Index: 6}},
			Usage:  api.Usage{Tokens: 41, Elapsed: 98765 * time.Microsecond, Texts: 25}}},
	} {
		r, err := pipeline.Analyse(t.Context(), of.model, api.Candidate{Model: of.model.Ref(), Dimensions: of.at}, &of.emb, nil)
		if err != nil {
			t.Fatal(err)
		}
		c.Results = append(c.Results, r)
	}
	c.Spent = []api.Tally{
		{Provider: "shop", Model: "good", Texts: 26, Cached: 11, Tokens: 3100, Estimated: 3100, USD: 0.000775, Requests: 203, Failed: 3, Lost: 2, LostTokens: 70, LostUSD: 0.0000175, Latencies: latencies},
		{Provider: "own", Model: "long", Texts: 25, Tokens: 41},
	}
	c.Paid = c.Spent[:1]
	return c
}

// judgedShopping is an evaluation of the shopping at queries, of which some have no answer.
func judgedShopping(t *testing.T) Evaluation {
	t.Helper()
	c := shopping(t)
	given := make([]evaluate.Query, 12)
	for i := range given {
		given[i].Source = evaluate.NoText
		if i < 7 {
			given[i].Judged = []evaluate.Judgment{{Text: i%4 + 1, Grade: float64(i%2 + 1)}}
		}
	}
	labels, err := evaluate.NewQueries(len(c.Texts), given, evaluate.QueryOptions{})
	if err != nil {
		t.Fatal(err)
	}
	asked, rows := make([]string, len(given)), make([][]float32, len(given))
	for i := range asked {
		asked[i], rows[i] = fmt.Sprintf("money or parcel %d", i), []float32{float32(i + 1), float32(i % 3), float32(9 - i/2)}
	}
	queries, err := compare.NewVectors(rows)
	if err != nil {
		t.Fatal(err)
	}
	words := make([]string, len(c.Texts))
	for i, text := range c.Texts {
		words[i] = text.Text
	}
	index, err := lexical.NewIndex(t.Context(), words)
	if err != nil {
		t.Fatal(err)
	}
	wordSearch, err := trial.WordSearch(t.Context(), words, asked, true)
	if err != nil {
		t.Fatal(err)
	}
	made, err := trial.New(t.Context(), labels, c.Results, trial.Options{
		Seed: 3, Paid: func(m api.Model) bool { return m.Provider == "shop" }, Cuts: true, Lexical: []trial.Lexical{wordSearch},
		Queries: func(*pipeline.Result) (compare.Vectors, error) { return queries, nil },
		Fusion:  &trial.Fusion{Index: index, Asked: asked, Weight: 1, Rows: func(r *pipeline.Result) (own, fused bool) { return true, r.Model.Provider == "shop" }},
	})
	if err != nil {
		t.Fatal(err)
	}
	found, err := made.Refine(t.Context(), 40, evaluate.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for k := range made.Rows {
		r := &made.Rows[k]
		r.P50 = time.Duration(1500+k) * time.Microsecond
		r.Score.Pools[0].NDCG = 0.5 + 0.05*float64(k) // which is another order
	}
	return Evaluation{Comparison: c, Trial: made, Findings: found, Tokens: 3100, Documents: 1_000_000}
}

// sameOrNot is an evaluation of the shopping at pairs, which are the same or not.
func sameOrNot(t *testing.T) Evaluation {
	t.Helper()
	c := shopping(t)
	var pairs []evaluate.Pair
	for i := range 12 {
		pairs = append(pairs, evaluate.Pair{A: i % 4, B: 7 + i%5, Score: float64(i % 2)})
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
	return Evaluation{Comparison: c, Trial: made, Findings: found, Tokens: 3100}
}

// asking is a search of the shopping for three queries, of which one is judged.
func asking(t *testing.T) Search {
	t.Helper()
	hit := func(index int, score float64) search.Hit { return search.Hit{Index: index, Score: score} }
	return Search{
		Comparison: shopping(t), Top: 3,
		Queries: []corpus.Text{{ID: "q1", Text: "parcel"}, {Text: "money"}, {ID: "q3", Text: "weather"}},
		Grades:  []map[int]float64{{0: 2, 3: 0.5}, nil, {}},
		Rows: []SearchRow{
			{ID: "shop/good@3", Cosine: true, Background: search.Background{Mean: 0.3125, SD: 0.0625}, Norms: api.Norms{Low: 0.81, High: 1.23},
				Hits:   [][]search.Hit{{hit(0, 0.75), hit(1, 0.5), hit(3, 0.4375)}, {hit(2, 0.65), hit(3, 0.6)}, {hit(4, 0.11)}},
				Judged: &search.Judged{Queries: 2, Hit1: 0.5, Hit3: 0.625, Hit10: 0.875, MRR: 0.55, NDCG: 0.45, Unjudged: 4, Hits: 6}, Floor: &search.Floor{Separates: true, Score: 0.3, LeftOut: 0.8, Answerable: 9, Unanswerable: 8}},
			{ID: "own/long@2", Cosine: true, Background: search.Background{Mean: 0.25, SD: 0.125}, Norms: api.Norms{Low: 1, High: 1},
				Hits: [][]search.Hit{{hit(1, 0.7), hit(5, 0.6)}, nil, {hit(6, 0.2)}}, Floor: &search.Floor{TooFew: true}},
			{ID: "shop/good@3+bm25", Hits: [][]search.Hit{{hit(0, 0.0325), hit(5, 0.0161)}, {hit(3, 0.0328)}, nil}},
			{ID: "local/bm25", Hits: [][]search.Hit{{hit(5, 2.25)}, nil, nil}},
		},
		Unasked: []Unasked{{"own/long@2", map[int]error{1: errors.New("own: out of order")}}},
	}
}

// Every report whole, so that no number stands under another's name.
func TestReports(t *testing.T) {
	ctx, c := t.Context(), shopping(t)
	all := make([]int, len(c.Texts))
	for i := range all {
		all[i] = len(all) - 1 - i
	}
	few := c.Texts[:7]
	pairs, err := FindDuplicates(c, 0.5, 0.9, 0.999)
	if err != nil {
		t.Fatal(err)
	}
	pairs.Only, pairs.Pairs = "Pairs that the models disagree on.", pairs.Pairs[:3]
	kept, err := FindClusters(ctx, c, 0.5, true, 0.9, 0.999)
	if err != nil {
		t.Fatal(err)
	}
	linked := kept
	linked.KeepOne = false
	queries := make([]corpus.Text, 12)
	vectors := Embeddings{Texts: few, Vectors: firstOf(t, c.Results[1].Vectors, 7), Prefix: "same: ", Failed: c.Results[1].Failed}
	free := 0.0
	models := []Row{
		{Model: api.Model{Provider: "shop", ID: "good", Name: "Good, or better", Dimensions: 8, MaxDimensions: 16, SupportsDimensions: true, MaxTokens: 512, Price: c.Results[0].Model.Price,
			Languages: "English", Source: api.SourceLive, Roles: api.Roles{From: "catalog", Query: api.Manner{Prefix: "q: "}, Document: api.Manner{Field: api.Field{Name: "task", Value: "store"}}, Symmetric: api.Manner{Prefix: "s: "}}}},
		{Model: api.Model{Provider: "shop", ID: "odd"}, Unavailable: errors.New("shop needs a key")},
		{Model: api.Model{Provider: "own", ID: "free", Price: &free, Source: api.SourceBinary}, Unavailable: errors.New("own is\nout of order")},
		{Model: api.Model{Provider: "shop", ID: "last"}, Unavailable: errors.New("shop needs a key")},
	}
	owed := -1.25
	providers := []ProviderRow{
		{Name: "local", From: "the program", Reachable: true, Authorised: true, Models: 4},
		{Name: "shop", Profile: "nanogpt", BaseURL: "https://shop.example/v1", From: "the settings", KeyEnv: "SHOP_KEY", HasKey: true, Reachable: true, Authorised: true, Models: 12,
			Balance: api.Balance{USD: &owed, Other: map[string]string{"nano": "3", "credits": "7"}}},
		{Name: "shut", Profile: "generic", BaseURL: "https://shut.example/v1", From: "the settings", KeyEnv: "SHUT_KEY", Reachable: true, Err: &api.KeyError{Provider: "shut", Env: "SHUT_KEY"}},
		{Name: "voyage", Profile: "voyage", BaseURL: "https://voyage.example/v1", From: "the settings", KeyEnv: "VOYAGE_KEY", Err: &api.KeyError{Provider: "voyage", Env: "VOYAGE_KEY"}},
		{Name: "down", Profile: "generic", From: "found", Err: errors.New("down: nothing answers")},
	}
	estimates := []pipeline.Estimate{
		{Source: pipeline.Source{Model: c.Results[0].Model}, Candidates: []string{"shop/good@3"}, Paid: true, Texts: 26, Cached: 11, Tokens: 3100, Estimated: true, USD: 0.000775, Priced: true, Long: []int{1, 3}},
		{Source: pipeline.Source{Model: api.Model{Provider: "own", ID: "long"}}, Texts: 25, Tokens: 41, Priced: true, Unavailable: errors.New("own is out of order")},
		{Source: pipeline.Source{Model: api.Model{Provider: "own", ID: "short"}}, Texts: 25, Tokens: 41, Priced: true, Unavailable: errors.New("own is out of order")},
		{Source: pipeline.Source{Model: api.Model{Provider: "shut", ID: "m"}}, Paid: true, Texts: 25, Tokens: 50, USD: 0.5, Priced: true, Unavailable: &api.KeyError{Provider: "shut", Env: "SHUT_KEY"}},
	}
	csv := func(fill func(*Sheet) error) func(io.Writer) error {
		return func(w io.Writer) error { return fill(NewSheet(w, Comma)) }
	}
	for name, write := range map[string]func(io.Writer) error{
		"compare.txt":      func(w io.Writer) error { return CompareText(ctx, w, c) },
		"compare.json":     func(w io.Writer) error { return CompareJSON(ctx, w, c) },
		"matrix.csv":       csv(func(s *Sheet) error { return s.Matrix(ctx, c.Texts, all, c.Results[1]) }),
		"duplicates.txt":   func(w io.Writer) error { return DuplicatesText(w, pairs) },
		"duplicates.json":  func(w io.Writer) error { return DuplicatesJSON(w, pairs) },
		"duplicates.tsv":   func(w io.Writer) error { return DuplicatesTSV(w, pairs) },
		"keep-one.txt":     func(w io.Writer) error { return ClustersText(w, kept) },
		"keep-one.json":    func(w io.Writer) error { return ClustersJSON(w, kept) },
		"clusters.txt":     func(w io.Writer) error { return ClustersText(w, linked) },
		"clusters.csv":     csv(func(s *Sheet) error { return s.Clusters(linked) }),
		"queries.txt":      func(w io.Writer) error { return EvaluationText(w, judgedShopping(t)) },
		"queries.json":     func(w io.Writer) error { return EvaluationJSON(w, judgedShopping(t)) },
		"queries.csv":      csv(func(s *Sheet) error { return s.Evaluation(judgedShopping(t)) }),
		"queries.trec":     func(w io.Writer) error { return PerItem(firstRanks{w}, judgedShopping(t), queries) },
		"pairs.txt":        func(w io.Writer) error { return EvaluationText(w, sameOrNot(t)) },
		"pairs.json":       func(w io.Writer) error { return EvaluationJSON(w, sameOrNot(t)) },
		"groups.txt":       func(w io.Writer) error { return EvaluationText(w, evaluated(t)) },
		"search.txt":       func(w io.Writer) error { return SearchText(w, asking(t)) },
		"search.json":      func(w io.Writer) error { return SearchJSON(w, asking(t)) },
		"search.tsv":       func(w io.Writer) error { return SearchTSV(w, asking(t)) },
		"search.trec":      func(w io.Writer) error { return SearchTREC(w, asking(t)) },
		"embeddings.json":  func(w io.Writer) error { return EmbeddingsJSON(w, vectors) },
		"embeddings.tsv":   func(w io.Writer) error { return EmbeddingsTSV(w, vectors) },
		"models.md":        func(w io.Writer) error { return ModelsMarkdown(w, models) },
		"models.json":      func(w io.Writer) error { return ModelsJSON(w, models) },
		"providers.txt":    func(w io.Writer) error { return ProvidersText(w, providers) },
		"providers.json":   func(w io.Writer) error { return ProvidersJSON(w, providers) },
		"texts.md":         func(w io.Writer) error { return TextsMarkdown(w, few) },
		"texts.jsonl":      func(w io.Writer) error { return TextsJSONL(w, few) },
		"texts.csv":        csv(func(s *Sheet) error { return s.Texts(few) }),
		"texts.tsv":        func(w io.Writer) error { return NewSheet(w, Tab).Texts(few) },
		"estimates.txt":    func(w io.Writer) error { return EstimatesText(w, estimates, []string{"own/long: it is\nlong"}) },
		"usage of one.txt": func(w io.Writer) error { return PeriodsText(w, Usage{AllTime: spentInAllSessions[:1]}) },
		"sets.txt":         func(w io.Writer) error { return SetsText(w, corpus.Sets()) },
		"differences.csv":  csv(func(s *Sheet) error { return s.Differences(ctx, few, []int{2, 0, 1}, placed{}) }),
		"usage of both.md": func(w io.Writer) error {
			return PeriodsMarkdown(w, Usage{Session: c.Spent, AllTime: spentInAllSessions})
		},
		"usage of both.json": func(w io.Writer) error { return PeriodsJSON(w, Usage{Session: c.Spent, AllTime: spentInAllSessions}) },
	} {
		t.Run(name, func(t *testing.T) { golden.RequireEqual(t, text(t, write)) })
	}
}

// placed has another value in every cell but those of one text with itself.
type placed struct{}

func (placed) Len() int { return 3 }

func (placed) At(i, j int) (float64, bool) { return float64(10*i+j) + 0.1234567, i != j }

// firstRanks lets the hits of the first two ranks through alone.
type firstRanks struct{ w io.Writer }

func (f firstRanks) Write(run []byte) (int, error) {
	for line := range bytes.Lines(run) {
		if rank := string(bytes.Fields(line)[3]); rank == "1" || rank == "2" {
			if _, err := f.w.Write(line); err != nil {
				return 0, err
			}
		}
	}
	return len(run), nil
}

// firstOf are the vectors of the first texts alone.
func firstOf(t *testing.T, v compare.Vectors, n int) compare.Vectors {
	t.Helper()
	rows := make([][]float32, n)
	for i := range rows {
		rows[i] = v.Row(i)
	}
	first, err := compare.NewVectors(rows)
	if err != nil {
		t.Fatal(err)
	}
	return first
}
