package report

import (
	"encoding/json"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
)

// text is what a writer writes.
func text(t *testing.T, write func(io.Writer) error) string {
	t.Helper()
	var out strings.Builder
	if err := write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestAModelsPrefixesAreToldByTheirRole(t *testing.T) {
	r := Row{Model: api.Model{Provider: "p", ID: "m", Dimensions: 4, Roles: api.Roles{
		Query: api.Manner{Prefix: "q: ", Field: api.Field{Name: "type", Value: "query"}}, Document: api.Manner{Prefix: "d: "}, Symmetric: api.Manner{Prefix: "s: "},
	}}}
	var out []struct {
		ID, Model, Provider                          string
		Query, Document, Symmetric, Fields, Currency string
	}
	written := text(t, func(w io.Writer) error { return ModelsJSON(w, []Row{r}) })
	for old, now := range map[string]string{"query_prefix": "query", "document_prefix": "document", "symmetric_prefix": "symmetric", "role_fields": "fields"} {
		written = strings.ReplaceAll(written, `"`+old+`"`, `"`+now+`"`)
	}
	if err := json.Unmarshal([]byte(written), &out); err != nil {
		t.Fatal(err)
	}
	if o := out[0]; o.ID != "p/m" || o.Model != "m" || o.Provider != "p" || o.Query != "q: " || o.Document != "d: " || o.Symmetric != "s: " || o.Fields != "query type=query" || o.Currency != "USD" {
		t.Errorf("%+v", o)
	}
}

func TestReasonsAreNumberedOnceEach(t *testing.T) {
	row := func(id, why string) Row {
		r := Row{Model: api.Model{Provider: "p", ID: id}}
		if why != "" {
			r.Unavailable = errors.New(why)
		}
		return r
	}
	out := text(t, func(w io.Writer) error {
		return ModelsText(w, []Row{row("a", "no key"), row("b", ""), row("c", "out of order"), row("d", "no key")})
	})
	if strings.Count(out, "no (1)") != 2 || strings.Count(out, "no (2)") != 1 || !strings.Contains(out, "(1) no key\n") || !strings.Contains(out, "(2) out of order\n") || strings.Contains(out, "(3)") {
		t.Error(out)
	}
}

func TestWhatIsKnownCostsNothingWhateverItsPrice(t *testing.T) {
	for name, c := range map[string]struct {
		e     pipeline.Estimate
		known bool
	}{
		"a price": {pipeline.Estimate{Texts: 2, USD: .5, Priced: true, Paid: true}, true}, "no price": {pipeline.Estimate{Texts: 2, Paid: true}, false},
		"no price, and all is known": {pipeline.Estimate{Texts: 2, Cached: 2, Paid: true}, true},
	} {
		about, most := costRange(c.e, .75)
		if (about != nil) != c.known || (most != nil) != c.known || about != nil && (*about != c.e.USD || *most != .75) {
			t.Errorf("%s: %v to %v", name, about, most)
		}
	}
	for want, estimated := range map[string]bool{"7": false, "≈7": true} {
		if got := about(7, estimated); got != want || about(0, estimated) != "0" {
			t.Errorf("%q", got)
		}
	}
	price := 2.0
	r := &pipeline.Result{Model: api.Model{Price: &price}, Usage: api.Usage{Tokens: 1_000_000, Texts: 3}}
	if usd := cost(r); usd == nil || *usd != 2 {
		t.Errorf("a million tokens cost %v", usd)
	}
	r.Model.Price = nil
	if usd := cost(r); usd != nil {
		t.Errorf("without a price they cost %g", *usd)
	}
}

func TestVectorsAreWrittenWithWhyTheyAreMissing(t *testing.T) {
	c := square(t, corpus.Text{ID: "a", Text: "x"}, corpus.Text{Text: "y"}, corpus.Text{ID: "c", Text: "z"})
	r := c.Results[0]
	e := Embeddings{Texts: c.Texts, Vectors: r.Vectors, Failed: map[int]error{2: &api.TextError{Index: 2, Err: errors.New("it says nothing")}}, Prefix: "p: "}
	lines := strings.Split(text(t, func(w io.Writer) error { return EmbeddingsJSONL(w, e) }), "\n")
	if lines[0] != `{"id":"a","text":"x","prefix":"p: ","embedding":[1,0]}` || !strings.HasPrefix(lines[2], `{"id":"c","text":"z","prefix":"p: ","embedding":null,"error":"`) || !strings.Contains(lines[2], "it says nothing") || !strings.Contains(lines[2], "c") {
		t.Errorf("%q", lines)
	}
	for _, d := range []int{1, 2, 9, 10, 99, 100, 1536} {
		for _, n := range []int{0, 7, 12, 4096, 100_000} {
			h := npyHeader(n, d)
			if len(h)%64 != 0 || h[len(h)-1] != '\n' || strings.HasSuffix(string(h), strings.Repeat(" ", 64)+"\n") || int(h[8])+256*int(h[9]) != len(h)-10 || len(h) > 128 {
				t.Errorf("%d×%d has a header of %d bytes", n, d, len(h))
			}
		}
	}
}

func TestTextsAreNamedByWordsThatNoOtherHas(t *testing.T) {
	if got := textIDs([]corpus.Text{{ID: "2"}, {}, {ID: "#2"}, {}, {ID: "x"}}); !slices.Equal(got, []string{"2", "##2", "#2", "4", "x"}) {
		t.Errorf("%q", got)
	}
	ids := []string{"a", "b", "c", "d"}
	for most, want := range map[int]string{1: "a and 2 more", 2: "a, b and 1 more", 3: "a, b, d", 4: "a, b, d"} {
		if got := firstIDs([]int{0, 1, 3}, ids, most); got != want {
			t.Errorf("%d at most: %q", most, got)
		}
	}
}

func TestProblemsAreThoseOfCandidatesThenThoseOfTexts(t *testing.T) {
	c := square(t, corpus.Text{Text: "x"}, corpus.Text{Text: "y"}, corpus.Text{Text: "z"})
	c.Failures = []Failure{{"p/m", errors.New("p: out of order")}}
	got := c.Problems()
	if len(got) != 2 || got[0].Candidate != "p/m" || got[0].Message != "out of order" || got[0].Texts == nil || got[1].Candidate != "own/square@2" || !slices.Equal(got[1].Texts, []string{"3"}) {
		t.Errorf("%+v", got)
	}
}

// A pair at the threshold is a duplicate, in every form of the report.
func TestAPairAtItsThresholdIsOne(t *testing.T) {
	c := square(t, corpus.Text{Text: "x"}, corpus.Text{Text: "y"}, corpus.Text{Text: "z"})
	at := c.Results[0].Vectors.Similarity(0, 1)
	d, err := FindDuplicates(c, at)
	if err != nil || len(d.Pairs) != 1 {
		t.Fatalf("%+v, %v", d.Pairs, err)
	}
	if out := text(t, func(w io.Writer) error { return DuplicatesText(w, d) }); !strings.Contains(out, "yes") {
		t.Error(out)
	}
	if out := text(t, func(w io.Writer) error { return DuplicatesJSON(w, d) }); !strings.Contains(out, `"duplicate":{"own/square@2":true}`) {
		t.Error(out)
	}
	if out := text(t, func(w io.Writer) error { return DuplicatesTSV(w, d) }); strings.Count(out, "own/square@2") != 2 {
		t.Errorf("the sheet does not name the model once in its head and once beside the pair:\n%s", out)
	}
	found, err := FindClusters(t.Context(), c, at, true)
	if err != nil || len(found.Found[0]) != 1 {
		t.Fatalf("%+v, %v", found, err)
	}
	if out := text(t, func(w io.Writer) error { return ClustersText(w, found) }); !strings.Contains(out, "1 of 3 texts would be dropped.") {
		t.Error(out)
	}
}

func TestClustersOfAPartOfThePairsAreSaidToBe(t *testing.T) {
	c := circle(t, 20)
	scan, err := compare.ScanPairs(t.Context(), c.Results[0].Vectors, compare.ScanOptions{Floor: -1, MaxPairs: 5}, nil)
	if err != nil {
		t.Fatal(err)
	}
	c.Results[0].Scan = scan
	if _, err := FindClusters(t.Context(), c, .5, false); !errors.Is(err, ErrTooManyPairs) {
		t.Errorf("%v", err)
	}
	if _, err := FindClusters(t.Context(), c, 1, false); err != nil {
		t.Errorf("where all are kept: %v", err)
	}
}

func TestLinesThatAreJoinedAreCounted(t *testing.T) {
	var out strings.Builder
	joined, err := TextsLines(&out, []corpus.Text{{Text: "a\nb"}, {Text: "c\rd"}, {Text: "e\r\nf"}, {Text: "g"}})
	if joined != 3 || err != nil || out.String() != "a b\nc d\ne f\ng\n" {
		t.Errorf("%d, %q, %v", joined, out.String(), err)
	}
}

// What is said of every two candidates stands under its own name.
func TestAgreementIsToldBesideChance(t *testing.T) {
	c := crowd(t, 8, 384)
	other := crowd(t, 8, 3)
	c.Results = append(c.Results, other.Results[0])
	judged, err := c.judge(t.Context())
	if err != nil || len(judged.agreements) != 1 {
		t.Fatalf("%+v, %v", judged, err)
	}
	var out struct {
		Agreement []agreementJSON
	}
	read(t, &out, func(w io.Writer) error { return CompareJSON(t.Context(), w, c) })
	g, x := judged.agreements[0], out.Agreement[0]
	for name, v := range map[string][2]*float64{
		"overlap": {x.Overlap.Value, rounded(g.Overlap)}, "chance": {x.Overlap.Chance, rounded(g.Chance)}, "spearman": {x.Spearman, rounded(g.Spearman)}, "pearson": {x.Pearson, rounded(g.Pearson)},
		"cka": {x.CKA, rounded(g.CKA)}, "jaccard": {x.Jaccard, rounded(g.Jaccard)},
	} {
		if v[0] == nil || v[1] == nil || *v[0] != *v[1] {
			t.Errorf("%s: %v, want %v", name, v[0], v[1])
		}
	}
	if x.A != "own/crowd@384" || x.B != "own/crowd@3" || x.Overlap.K != g.K || g.Overlap == g.Chance {
		t.Errorf("%+v", x)
	}
}

func TestEveryHitIsWrittenWithItsRank(t *testing.T) {
	s := searched()
	var out struct {
		Candidates []struct {
			ID   string
			Hits []hitJSON
		}
	}
	s.Alone = true
	read(t, &out, func(w io.Writer) error { return SearchJSON(w, s) })
	for k, c := range out.Candidates {
		want := s.Rows[k].Hits[0]
		if c.ID != s.Rows[k].ID || len(c.Hits) != len(want) {
			t.Fatalf("%s has %d hits of %d", c.ID, len(c.Hits), len(want))
		}
		for i, h := range c.Hits {
			if h.Rank != i+1 || h.Index != want[i].Index || h.Text != s.Texts[h.Index].Text {
				t.Errorf("%s: hit %d is %+v", c.ID, i+1, h)
			}
		}
	}
}

// How far a hit stands out is not known where all texts are equally similar: its cell is empty.
func TestADistanceThatIsNotKnownIsAnEmptyCell(t *testing.T) {
	s := searched()
	s.Rows = s.Rows[:1]
	for sd, want := range map[float64]string{.125: "\t0.5\t-2\t\ttwo\n", 0: "\t0.5\t\t\ttwo\n"} {
		s.Rows[0].Background.SD = sd
		if got := text(t, func(w io.Writer) error { return SearchTSV(w, s) }); !strings.Contains(got, want) {
			t.Errorf("with a deviation of %v %q is missing in\n%s", sd, want, got)
		}
	}
}

func TestWhatIsThereIsCountedByItself(t *testing.T) {
	for want, f := range map[string]api.Field{"": {}, "task=sts": {Name: "task", Value: "sts"}, "task=": {Name: "task"}} {
		if got := fieldWords(f); got != want {
			t.Errorf("%+v is written %q, want %q", f, got, want)
		}
	}
	for _, c := range []struct {
		n    int
		of   api.Tally
		want string
	}{{0, api.Tally{Texts: 3, Uncounted: 1}, "-"}, {2, api.Tally{Uncounted: 1}, ">2"}, {0, api.Tally{Texts: 3}, "0"}} {
		if got := SpentCount(strconv.Itoa, c.n, c.of); got != c.want {
			t.Errorf("%d of %+v is written %q, want %q", c.n, c.of, got, c.want)
		}
	}
	for want, c := range map[float64]struct {
		e         Evaluation
		documents int
	}{7: {Evaluation{Tokens: 7}, 100}, 30: {Evaluation{Tokens: 30, Comparison: Comparison{Texts: make([]corpus.Text, 3)}}, 0}, 1000: {Evaluation{Tokens: 30, Comparison: Comparison{Texts: make([]corpus.Text, 3)}}, 100}} {
		if got := c.e.TokensOf(c.documents); got != want {
			t.Errorf("%d documents have %v tokens, want %v", c.documents, got, want)
		}
	}
	if got := text(t, func(w io.Writer) error { j := newJSON(w); j.list("none", 0, nil); return j.end() }); got != "\"none\":[]\n" {
		t.Errorf("an empty list is %q", got)
	}
	if got := text(t, func(w io.Writer) error { s := newTSV(w); s.value(.1234567, true); s.value(1, false); return s.close() }); got != "0.123457\t" {
		t.Errorf("a number is %q", got)
	}
	// A text is escaped whether it has an id or not.
	if got := text(t, func(w io.Writer) error { return NewSheet(w, Comma).Texts([]corpus.Text{{Text: "=1"}}) }); got != "id,text,group,escaped\n,'=1,,text\n" {
		t.Errorf("a formula is %q", got)
	}
}

// What a query does not find has no place in a run.
func TestARunHasNoHitsThatWereNotFound(t *testing.T) {
	labels, err := evaluate.NewQueries(2, []evaluate.Query{{Judged: []evaluate.Judgment{{Text: 1, Grade: 1}}, Source: evaluate.NoText}}, evaluate.QueryOptions{})
	if err != nil {
		t.Fatal(err)
	}
	score := &evaluate.Result{Queries: []evaluate.QueryResult{{Hits: []evaluate.Hit{{Text: 1, Score: .5}, {Text: 0, Score: math.Inf(-1)}}}}}
	e := Evaluation{Comparison: Comparison{Texts: []corpus.Text{{ID: "a b"}, {ID: "c"}}}, Trial: &trial.Trial{Labels: labels, Rows: []trial.Row{{ID: "p/m", Score: score}}, Scored: []int{0}}}
	if got := text(t, func(w io.Writer) error { return PerItem(w, e, []corpus.Text{{ID: "q\u00a01"}}) }); got != "q_1 Q0 c 1 0.500000 p/m\n" {
		t.Errorf("the run is %q", got)
	}
}

// One model that lacks vectors is enough for a column about them.
func TestOneModelThatLacksVectorsIsEnough(t *testing.T) {
	e := sameOrNot(t)
	e.Trial.Lacking = []trial.Lacking{{ID: e.Trial.Rows[1].ID, Texts: 2, Of: 12}}
	out := text(t, func(w io.Writer) error { return EvaluationText(w, e) })
	if !strings.Contains(out, "  no vector for  ") || strings.Count(out, "  2 of 12 texts  ") != 1 {
		t.Error(out)
	}
}
