package findings_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/lexical"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/findings"
)

// sentence is what is said of candidates that see n pairs of groups apart by those
// angles, at those prices.
func sentence(t *testing.T, n int, limits evaluate.Limits, angles, prices []float64) string {
	t.Helper()
	groups := make([]int, n)
	for i := range groups {
		groups[i] = i % 2
	}
	labels, err := evaluate.NewGroups(groups)
	if err != nil {
		t.Fatal(err)
	}
	var results []*pipeline.Result
	for k, angle := range angles {
		rows := make([][]float32, n)
		for i, g := range groups {
			at := angle*float64(g) + 0.5*math.Sin(float64(7*i+3*k*i*i))
			rows[i] = []float32{float32(math.Cos(at)), float32(math.Sin(at))}
		}
		v, err := compare.NewVectors(rows)
		if err != nil {
			t.Fatal(err)
		}
		m := api.Model{Provider: "shop", ID: string(rune('a' + k)), Dimensions: 2, Price: &prices[k]}
		results = append(results, &pipeline.Result{Candidate: api.Candidate{Model: m.Ref(), Dimensions: 2}, Model: m, From: 2, Vectors: v})
	}
	made, err := trial.New(context.Background(), labels, results, trial.Options{Seed: 1, Paid: func(m api.Model) bool { return *m.Price > 0 }})
	if err != nil {
		t.Fatal(err)
	}
	f, err := made.Refine(t.Context(), 400, limits)
	if err != nil {
		t.Fatal(err)
	}
	return findings.Sentence(made, f, func(r *trial.Row) string { return r.Candidate.Short() })
}

func TestTheVerdictIsSaidInPlainWords(t *testing.T) {
	for _, c := range []struct {
		name           string
		n              int
		limits         evaluate.Limits
		angles, prices []float64
		want           []string
	}{
		{"few items", 12, evaluate.Limits{}, []float64{3, 0.1}, []float64{0.1, 0}, []string{"Illustration only", "12 labelled texts cannot decide", "a@2 is ahead"}},
		{"one is better", 80, evaluate.Limits{}, []float64{3, 0.05}, []float64{0.1, 0}, []string{"Take a@2: all others are measurably worse", "(the next, b@2: AUC -0.", "95% interval -0."}},
		{"cheaper and equal", 400, evaluate.Limits{}, []float64{3, 3.1}, []float64{0.1, 0.02}, []string{"Take b@2"}},
		{"no difference seen", 40, evaluate.Limits{}, []float64{0.7, 0.7}, []float64{0.1, 0}, []string{"cannot tell", "95% interval -"}},
		{"cannot tell", 40, evaluate.Limits{}, []float64{0.7, 0.68}, []float64{0.1, 0}, []string{"These 40 labelled texts cannot tell", "95% interval -", "Until then take the cheapest, b@2."}},
		{"cannot tell three", 40, evaluate.Limits{}, []float64{0.7, 0.69, 0.68}, []float64{0, 0, 0}, []string{"cannot tell: c@2 is ahead of a@2 by", "Until then take c@2, which is ahead at the same price."}},
		{"tied at one price, a third worse", 60, evaluate.Limits{}, []float64{0.6, 0.55, 0.001}, []float64{0, 0, 0}, []string{"Take ", "these 60 labelled texts cannot tell it from ", "95% interval ", "measurably worse: c@2"}},
		{"alone", 40, evaluate.Limits{}, []float64{1}, []float64{0}, []string{"Only a@2 was tried", "choose a second model"}},
		{"alone within the limits", 40, evaluate.Limits{Price: 0.05}, []float64{1, 2, 3}, []float64{0.01, 0.2, 0.3}, []string{"Within your limits only a@2 is left", "2 others are beyond them."}},
		{"chance within the limits", 40, evaluate.Limits{Price: 0.05}, []float64{0, 3}, []float64{0.01, 0.2}, []string{"Within your limits only a@2 is left (AUC 0.", "another is beyond them. It is not measurably better than chance (AUC 0.5); beyond your limits b@2 is."}},
		{"none within the limits", 40, evaluate.Limits{Price: 0.01}, []float64{1, 2}, []float64{0.1, 0.2}, []string{"No model is within your limits: at most $0.01 per million tokens."}},
		{"none within one of two limits", 40, evaluate.Limits{Price: 1, Dimensions: 1}, []float64{1, 2}, []float64{0.1, 0.2}, []string{"No model is within your limits: at most 1 dimension."}},
		{"one is better within the limits", 80, evaluate.Limits{Price: 0.1}, []float64{3, 0.05, 3.1}, []float64{0.1, 0, 2}, []string{"Take a@2: all others within your limits are measurably worse"}},
		{"limits that leave some out", 40, evaluate.Limits{Price: 0.1}, []float64{0.7, 0.68, 3}, []float64{0.1, 0, 2}, []string{"Until then take the cheapest, b@2. Another model is beyond your limits."}},
		{"few items, no difference", 12, evaluate.Limits{}, []float64{3, 3}, []float64{0, 0}, []string{"label at least 20. a@2 and b@2 do equally well with AUC 1.000."}},
		{"chance of two within the limits", 60, evaluate.Limits{Price: 0.05}, []float64{0, 0, 3}, []float64{0.01, 0, 0.2}, []string{"Within your limits none is measurably better than chance (AUC 0.5); beyond your limits c@2 is."}},
		{"few items of one", 12, evaluate.Limits{}, []float64{3}, []float64{0}, []string{"Illustration only: 12 labelled texts cannot decide; label at least 20. Only a@2 was tried (AUC 1.000)"}},
		{"none better than chance", 60, evaluate.Limits{}, []float64{0, 0}, []float64{0, 0}, []string{"None is measurably better than chance (AUC 0.5): try other models. "}},
	} {
		got := sentence(t, c.n, c.limits, c.angles, c.prices)
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q lacks %q", c.name, got, want)
			}
		}
	}
}

// Of texts in many languages a model that reads one of them may do best at what it reads.
func TestTheVerdictWarnsOfTextsThatItsChoiceDoesNotRead(t *testing.T) {
	const n, unread = 60, 12
	groups := make([]int, n)
	failed := func(lacks int) map[int]error {
		why := map[int]error{}
		for i := range lacks {
			why[i] = errors.New("another language")
		}
		return why
	}
	vectors := func(phase float64, lacks int) compare.Vectors {
		rows := make([][]float32, n)
		for i := range rows {
			groups[i] = i % 2
			at := 0.7*float64(groups[i]) + 0.5*math.Sin(float64(7*i)+phase*float64(i*i))
			if i >= lacks {
				rows[i] = []float32{float32(math.Cos(at)), float32(math.Sin(at))}
			}
		}
		v, err := compare.NewVectors(rows)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for name, c := range map[string]struct {
		lacks [2]int
		want  string
	}{
		"another reads all":    {[2]int{unread, 0}, " But it has no vector for 12 of your 60 texts, which these figures leave out; b@2 reads them all."},
		"no other reads all":   {[2]int{unread, 1}, " But it has no vector for 12 of your 60 texts, which these figures leave out: try a model that reads them."},
		"it reads all of them": {[2]int{0, unread}, ""},
	} {
		price := 0.0
		var results []*pipeline.Result
		for k, lacks := range c.lacks {
			m := api.Model{Provider: "shop", ID: string(rune('a' + k)), Dimensions: 2, Price: &price}
			results = append(results, &pipeline.Result{Candidate: api.Candidate{Model: m.Ref(), Dimensions: 2}, Model: m, From: 2, Vectors: vectors(0.1*float64(3*k), lacks), Failed: failed(lacks)})
		}
		labels, err := evaluate.NewGroups(groups)
		if err != nil {
			t.Fatal(err)
		}
		made, err := trial.New(t.Context(), labels, results, trial.Options{Seed: 1, Paid: func(api.Model) bool { return false }})
		if err != nil {
			t.Fatal(err)
		}
		f, err := made.Refine(t.Context(), 400, evaluate.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		got := findings.Sentence(made, f, func(r *trial.Row) string { return r.Candidate.Short() })
		if made.At(f.Verdict.Choice).Model.ID != "a" {
			t.Fatalf("%s: %q", name, got)
		}
		if c.want == "" && strings.Contains(got, " But it") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A row that is fused with words has the vectors of its model, cut or whole.
func TestARowFusedWithWordsReadsNoMoreThanItsModel(t *testing.T) {
	const n = 40
	texts, asked := make([]string, n), make([]string, n)
	rows, failed := make([][]float32, n), map[int]error{}
	var queries []evaluate.Query
	for i := range texts {
		texts[i] = fmt.Sprintf("text word%d", i)
		asked[i] = fmt.Sprintf("word%d", i)
		if i >= 5 {
			rows[i] = []float32{float32(math.Cos(float64(i))), float32(math.Sin(float64(i))), 0.1, 0.1}
		} else {
			failed[i] = errors.New("no word of it is known")
		}
		queries = append(queries, evaluate.Query{Source: evaluate.NoText, Judged: []evaluate.Judgment{{Text: i, Grade: 1}}})
	}
	vectors, err := compare.NewVectors(rows)
	if err != nil {
		t.Fatal(err)
	}
	of, err := compare.NewVectors(slices.Repeat([][]float32{{1, 0, 0.1, 0.1}}, n))
	if err != nil {
		t.Fatal(err)
	}
	labels, err := evaluate.NewQueries(n, queries, evaluate.QueryOptions{})
	if err != nil {
		t.Fatal(err)
	}
	index, err := lexical.NewIndex(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	price := 0.0
	m := api.Model{Provider: "shop", ID: "a", Dimensions: 4, Price: &price}
	result := &pipeline.Result{Candidate: api.Candidate{Model: m.Ref(), Dimensions: 4}, Model: m, From: 4, Vectors: vectors, Failed: failed}
	for _, own := range []bool{false, true} {
		made, err := trial.New(t.Context(), labels, []*pipeline.Result{result}, trial.Options{
			Seed: 1, Paid: func(api.Model) bool { return false },
			Queries: func(*pipeline.Result) (compare.Vectors, error) { return of, nil },
			Fusion:  &trial.Fusion{Index: index, Asked: asked, Weight: 100, Rows: func(*pipeline.Result) (bool, bool) { return own, true }},
		})
		if err != nil {
			t.Fatal(err)
		}
		f, err := made.Refine(t.Context(), 400, evaluate.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		got := findings.Sentence(made, f, func(r *trial.Row) string { return r.ID })
		if !made.At(f.Verdict.Choice).Fused() || !strings.Contains(got, " But it has no vector for 5 of your 40 texts") || strings.Contains(got, "reads them all") {
			t.Errorf("with a row of the model alone %v: %q", own, got)
		}
	}
}

func TestNothingIsRecommendedThatIsNoBetterThanChance(t *testing.T) {
	if got := sentence(t, 60, evaluate.Limits{}, []float64{0, 0, 0}, []float64{0, 0, 0}); !strings.HasPrefix(got, "None is measurably better than chance") || strings.Contains(strings.ToLower(got), "take ") || strings.Contains(got, "can be cut") {
		t.Errorf("it says %q", got)
	}
}

func TestEveryMetricHasANameAndAMeaning(t *testing.T) {
	for _, name := range []string{evaluate.AUC, evaluate.AP, evaluate.BestF1, evaluate.NearestInGroup, evaluate.Silhouette, evaluate.Spearman, evaluate.Pearson,
		evaluate.MCC, evaluate.NDCGAt10, evaluate.MRR, evaluate.RecallAt10, evaluate.HitAt1, evaluate.MAP, evaluate.RejectionAUC} {
		if findings.Metric(name) == "" || findings.Meaning(name) == "" {
			t.Errorf("%s has no name or meaning", name)
		}
	}
}

func TestFiguresThatAreNotKnownAreADash(t *testing.T) {
	nan := math.NaN()
	for _, got := range []string{findings.Score(nan), findings.Interval(evaluate.Interval{Low: nan, High: 1}), findings.Signed(nan), findings.Threshold(nan), findings.SignedInterval(evaluate.Interval{Low: 0, High: nan})} {
		if got != "-" {
			t.Errorf("%q", got)
		}
	}
	if got := findings.ItemsOf(evaluate.Retrieval, 1) + findings.ItemsOf(evaluate.Retrieval, 1200); got != "1 query1,200 queries" {
		t.Error(got)
	}
}

// shortened is a trial of candidates of 256 dimensions, and of what is cut from them, with
// what is found of it within limits.
func shortened(t *testing.T, limits evaluate.Limits) (*trial.Trial, *trial.Findings) {
	t.Helper()
	groups := make([]int, 60)
	for i := range groups {
		groups[i] = i % 2
	}
	labels, err := evaluate.NewGroups(groups)
	if err != nil {
		t.Fatal(err)
	}
	made := func(id string, angle, price float64) *pipeline.Result {
		rows := make([][]float32, len(groups))
		for i, g := range groups {
			at := angle*float64(g) + 0.5*math.Sin(float64(7*i))
			rows[i] = make([]float32, 256)
			rows[i][0], rows[i][1] = float32(math.Cos(at)), float32(math.Sin(at))
		}
		v, err := compare.NewVectors(rows)
		if err != nil {
			t.Fatal(err)
		}
		m := api.Model{Provider: "shop", ID: id, Kind: api.KindEmbedding, Dimensions: 256, Price: &price}
		return &pipeline.Result{Candidate: api.Candidate{Model: m.Ref(), Dimensions: 256}, Model: m, From: 256, Vectors: v}
	}
	tried, err := trial.New(t.Context(), labels, []*pipeline.Result{made("good", 1.5, 1), made("dear", 1.2, 5)}, trial.Options{
		Seed: 1, Cuts: true, Paid: func(api.Model) bool { return true }, Baselines: []*pipeline.Result{made("words", .2, 0)},
	})
	if err != nil {
		t.Fatal(err)
	}
	f, err := tried.Refine(t.Context(), 200, limits)
	if err != nil {
		t.Fatal(err)
	}
	return tried, f
}

func TestAShorterLengthThatIsComparedForTheLimitsIsSaid(t *testing.T) {
	name := func(r *trial.Row) string { return r.ID }
	for _, c := range []struct {
		limits     evaluate.Limits
		says, lack string
	}{
		{evaluate.Limits{}, "shop/good@256", "for your limits"},
		{evaluate.Limits{Dimensions: 128}, " shop/good@256 is cut to 128, shop/dear@256 is cut to 128 for your limits.", "beyond your limits"},
		{evaluate.Limits{Dimensions: 128, Price: 2}, "Within your limits only shop/good@128 is left (AUC 0.968): another is beyond them. shop/good@256 is cut to 128 for your limits.", "dear"},
	} {
		made, f := shortened(t, c.limits)
		if got := findings.Sentence(made, f, name); !strings.Contains(got, c.says) || strings.Contains(got, c.lack) {
			t.Errorf("%+v: %q, want %q", c.limits, got, c.says)
		}
	}
}

// Every row with a score is told where it stands, and what takes no part is not.
func TestThePlaceOfARowIsThatOfItsKind(t *testing.T) {
	made, f := shortened(t, evaluate.Limits{Dimensions: 128})
	want := map[string]struct {
		ok      bool
		outside bool
		cut     bool // it is one of what is cut from the choice
	}{
		"shop/good@256": {true, true, false}, "shop/good@128": {true, false, false}, "shop/good@64": {true, false, true},
		"shop/dear@256": {true, true, false}, "shop/dear@128": {true, false, false}, "shop/dear@64": {false, true, false},
		"shop/words@256": {false, false, false},
	}
	if choice := made.At(f.Verdict.Choice).ID; choice != "shop/good@128" {
		t.Fatalf("%s is chosen", choice)
	}
	for k := range made.Scored {
		id := made.At(k).ID
		p, ok := findings.PlaceOf(made, f, k)
		w, known := want[id]
		if !known || ok != w.ok || ok && (p.Candidate != k || (p.Standing == evaluate.Outside) != w.outside) {
			t.Errorf("%s: %+v, %t", id, p, ok)
		}
		at := slices.IndexFunc(f.Cuts, func(p evaluate.Place) bool { return p.Candidate == k })
		if (at >= 0) != w.cut || at >= 0 && p != f.Cuts[at] {
			t.Errorf("%s is cut from the choice: %t, %+v", id, at >= 0, p)
		}
		if ok && !w.cut && findings.Compared(f, p) == w.outside {
			t.Errorf("%s is compared: %t", id, !w.outside)
		}
		if w.cut && findings.Compared(f, p) {
			t.Errorf("%s, cut from the choice, is one of those compared", id)
		}
	}
	if _, ok := findings.PlaceOf(made, f, -1); ok {
		t.Error("what has no score has a place")
	}
	if _, ok := findings.PlaceOf(made, nil, 0); ok {
		t.Error("before there are findings there is a place")
	}
	// A cut that is beyond the limits is told so.
	made, f = shortened(t, evaluate.Limits{Dimensions: 64})
	for k := range made.Scored {
		if p, ok := findings.PlaceOf(made, f, k); made.At(k).ID == "shop/good@128" && (!ok || p.Standing != evaluate.Outside) {
			t.Errorf("a cut beyond the limits: %+v, %t", p, ok)
		}
	}
}

func TestNumbersAreRoundedBeforeTheyGetTheirSign(t *testing.T) {
	nan := math.NaN()
	for v, want := range map[float64]string{-.0004: "+0.000", .0005: "+0.001", -.0006: "-0.001", .0123: "+0.012", 1: "+1.000"} {
		if got := findings.Signed(v); got != want {
			t.Errorf("%g is %q, want %q", v, got, want)
		}
	}
	for _, i := range []evaluate.Interval{{Low: nan, High: 1}, {Low: 1, High: nan}} {
		if a, b := findings.Interval(i), findings.SignedInterval(i); strings.Contains(a+b, "NaN") || a != b {
			t.Errorf("%+v is %q and %q", i, a, b)
		}
	}
	if got := findings.Interval(evaluate.Interval{Low: .91, High: .9504}); got != "0.910 … 0.950" {
		t.Errorf("%q", got)
	}
	p := evaluate.Place{ToBest: evaluate.Difference{A: 1, B: 2, Value: .03, Interval: evaluate.Interval{Low: -.01, High: .07}}}
	if d := findings.LessBest(p); d.A != 2 || d.B != 1 || d.Value != -.03 || d.Low != -.07 || d.High != .01 {
		t.Errorf("%+v", d)
	}
}
