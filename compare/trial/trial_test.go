package trial_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// groups are twelve texts in two groups.
var groups = []int{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1}

// result is a candidate that sees the groups apart by that angle, in 256 dimensions of
// which the first two say all; price is per million tokens.
func result(t *testing.T, id string, angle, price float64, without ...int) *pipeline.Result {
	t.Helper()
	rows, failed := make([][]float32, len(groups)), map[int]error{}
	for i, g := range groups {
		if slices.Contains(without, i) {
			failed[i] = errors.New("it knows no word of it")
			continue
		}
		at := angle*float64(g) + 0.4*math.Sin(float64(7*i))
		rows[i] = make([]float32, 256)
		rows[i][0], rows[i][1] = float32(math.Cos(at)), float32(math.Sin(at))
	}
	v, err := compare.NewVectors(rows)
	if err != nil {
		t.Fatal(err)
	}
	m := api.Model{Provider: "shop", ID: id, Kind: api.KindEmbedding, Dimensions: 256, Price: &price}
	return &pipeline.Result{Candidate: api.Candidate{Model: m.Ref(), Dimensions: 256}, Model: m, From: 256, Vectors: v, Failed: failed}
}

func tried(t *testing.T, o trial.Options, results ...*pipeline.Result) *trial.Trial {
	t.Helper()
	labels, err := evaluate.NewGroups(groups)
	if err != nil {
		t.Fatal(err)
	}
	o.Paid = func(m api.Model) bool { return *m.Price > 0 }
	made, err := trial.New(t.Context(), labels, results, o)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestEveryCandidateIsTriedAtWhatCanBeCutFromItToo(t *testing.T) {
	made := tried(t, trial.Options{Cuts: true}, result(t, "good", 1.5, 0.1), result(t, "poor", 0.1, 0))
	var ids []string
	for _, r := range made.Rows {
		ids = append(ids, r.ID)
		if r.Err != nil || r.Score == nil || r.Cut != (r.Candidate.Dimensions < 256) {
			t.Errorf("%s: cut %v, %v", r.ID, r.Cut, r.Err)
		}
	}
	want := []string{"shop/good@256", "shop/good@128", "shop/good@64", "shop/poor@256", "shop/poor@128", "shop/poor@64"}
	if !slices.Equal(ids, want) {
		t.Errorf("the rows are %v, want %v", ids, want)
	}
	if usd, known := made.Rows[0].CostOf(2e6); !known || usd != 0.2 {
		t.Errorf("two million tokens cost %v, %v", usd, known)
	}
	if p := made.Rows[3].Price; p == nil || *p != 0 {
		t.Errorf("what costs nothing has the price %v", p)
	}
}

func TestWhatTwoCandidatesCanBeCutToIsTriedOnce(t *testing.T) {
	full, shorter := result(t, "good", 1.5, 0.1), result(t, "good", 1.5, 0.1)
	shorter.Candidate.Dimensions = 128
	var ids []string
	for _, r := range tried(t, trial.Options{Cuts: true}, full, shorter).Rows {
		ids = append(ids, r.ID)
	}
	if want := []string{"shop/good@256", "shop/good@64", "shop/good@128"}; !slices.Equal(ids, want) {
		t.Errorf("the rows are %v, want %v", ids, want)
	}
}

func TestFindingsFollowTheLimits(t *testing.T) {
	made := tried(t, trial.Options{Seed: 3, Cuts: true}, result(t, "good", 1.5, 0.1), result(t, "poor", 0.1, 0))
	f, err := made.Refine(t.Context(), 200, evaluate.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if best := made.At(f.Verdict.Best).ID; best != "shop/good@256" || f.Resamples != 200 || f.Seed != 3 {
		t.Errorf("the best is %s after %d resamples of seed %d", best, f.Resamples, f.Seed)
	}
	if len(f.Estimates) != 6 || len(f.Differences) != len(made.Labels.Metrics()) {
		t.Errorf("%d estimates, %d differences", len(f.Estimates), len(f.Differences))
	}
	again, err := made.Refine(t.Context(), 0, evaluate.Limits{Price: 0.05})
	if err != nil {
		t.Fatal(err)
	}
	if best := made.At(again.Verdict.Best).ID; best != "shop/poor@256" || again.Resamples != 200 {
		t.Errorf("within the limit the best is %s after %d resamples", best, again.Resamples)
	}
	ended, stop := context.WithCancel(t.Context())
	stop()
	if _, err := made.Refine(ended, 100, evaluate.Limits{}); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

func TestLatencyIsOfRequestsOrElseOfATextInsideTheProgram(t *testing.T) {
	var requests []time.Duration
	for k := range 101 {
		requests = append(requests, time.Duration(100-k)*time.Millisecond)
	}
	for name, c := range map[string]struct {
		usage    api.Usage
		p50, p95 time.Duration
	}{
		"a server":           {api.Usage{Latencies: requests, Requests: 101}, 50 * time.Millisecond, 95 * time.Millisecond},
		"two requests":       {api.Usage{Latencies: requests[:2], Requests: 2}, 99 * time.Millisecond, 99 * time.Millisecond},
		"one request":        {api.Usage{Latencies: requests[:1], Requests: 1}, 100 * time.Millisecond, 100 * time.Millisecond},
		"inside the program": {api.Usage{Texts: 12, Cached: 2, Elapsed: time.Second}, 100 * time.Millisecond, 100 * time.Millisecond},
		"nobody timed it":    {api.Usage{Texts: 12, Cached: 2, Requests: 3, Elapsed: time.Second}, 0, 0},
		"all known":          {api.Usage{Texts: 2, Cached: 2, Elapsed: time.Second}, 0, 0},
	} {
		if p50, p95 := trial.Latency(c.usage); p50 != c.p50 || p95 != c.p95 {
			t.Errorf("%s: %v and %v, want %v and %v", name, p50, p95, c.p50, c.p95)
		}
	}
}

func TestTheLongestCutWithinTheLimitsTakesTheCandidatesPlace(t *testing.T) {
	limits := evaluate.Limits{Dimensions: 200}
	one, other := result(t, "good", 1.5, 0), result(t, "poor", 0.1, 0)
	f, err := tried(t, trial.Options{Seed: 3}, one, other).Refine(t.Context(), 200, limits)
	if err != nil || f.Verdict.Choice >= 0 {
		t.Errorf("without cuts %d is chosen, %v", f.Verdict.Choice, err)
	}
	made := tried(t, trial.Options{Seed: 3, Cuts: true}, one, other)
	if f, err = made.Refine(t.Context(), 200, limits); err != nil {
		t.Fatal(err)
	}
	if best := made.At(f.Verdict.Best).ID; best != "shop/good@128" || len(f.Verdict.Differences) != 1 {
		t.Errorf("the best is %s of %d differences", best, len(f.Verdict.Differences))
	}
	if len(f.Cuts) != 1 || made.At(f.Cuts[0].Candidate).Candidate.Dimensions != 64 || f.Cuts[0].Standing != evaluate.Best {
		t.Errorf("cut from the choice are %+v", f.Cuts)
	}
	for cuts, want := range map[bool]bool{true: true, false: false} {
		if got := trial.Within(limits, one.Candidate, one.Model, false, cuts); got != want {
			t.Errorf("before it is asked, with cuts %v: within %v", cuts, got)
		}
	}
}

// What a cut throws away it cannot score by.
func TestACutIsTriedWithWhatIsLeftOfTheVectors(t *testing.T) {
	behind := result(t, "behind", 1.5, 0)
	rows := make([][]float32, len(groups))
	for i := range rows {
		rows[i] = make([]float32, 256)
		copy(rows[i][100:], behind.Vectors.Row(i)[:2])
		rows[i][i%3] = 0.1
	}
	var err error
	if behind.Vectors, err = compare.NewVectors(rows); err != nil {
		t.Fatal(err)
	}
	made := tried(t, trial.Options{Seed: 3, Cuts: true}, behind)
	f, err := made.Refine(t.Context(), 200, evaluate.Limits{})
	if err != nil || len(f.Cuts) != 2 {
		t.Fatalf("%+v, %v", f, err)
	}
	for i, want := range []evaluate.Standing{evaluate.Best, evaluate.Worse} {
		if cut := f.Cuts[i]; cut.Standing != want || made.At(cut.Candidate).Candidate.Dimensions != 128>>i {
			t.Errorf("%s is %v by %v, want %v", made.At(cut.Candidate).ID, cut.Standing, cut.ToBest, want)
		}
	}
}

func TestAStoppedTrialIsNone(t *testing.T) {
	labels, err := evaluate.NewGroups(groups)
	if err != nil {
		t.Fatal(err)
	}
	ended, stop := context.WithCancel(t.Context())
	stop()
	made, err := trial.New(ended, labels, []*pipeline.Result{result(t, "good", 1.5, 0.1)}, trial.Options{Paid: func(api.Model) bool { return true }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%+v, %v", made, err)
	}
}

func TestWhatARowCosts(t *testing.T) {
	price, free := 0.02, 0.0
	for name, c := range map[string]struct {
		row  trial.Row
		want evaluate.Terms
	}{
		"a server's": {trial.Row{Candidate: api.Candidate{Dimensions: 512}, Model: api.Model{Source: api.SourceLive}, Price: &price, P50: 40 * time.Millisecond, P95: time.Second},
			evaluate.Terms{Price: 0.02, Dimensions: 512, Bytes: 2048, Milliseconds: 40}},
		"one inside the program": {trial.Row{Candidate: api.Candidate{Dimensions: 100}, Model: api.Model{Source: api.SourceBinary}, Price: &free, P50: 50 * time.Microsecond},
			evaluate.Terms{Dimensions: 100, Bytes: 400, Milliseconds: 0.05, Local: true}},
		"words alone, which have no vectors": {trial.Row{ID: trial.BM25, Lexical: true, Price: &free}, evaluate.Terms{Local: true}},
	} {
		if got := c.row.Terms(); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
	if usd, known := (trial.Row{}).CostOf(1e6); usd != 0 || known {
		t.Errorf("at an unknown price it costs $%v", usd)
	}
	// What is not known is no number, and so within no limit.
	if got := (trial.Row{}).Terms(); !math.IsNaN(got.Price) || !math.IsNaN(got.Milliseconds) || got.Local {
		t.Errorf("of nothing known: %+v", got)
	}
}

func TestAQueryThatCostsMoneyIsNotAsked(t *testing.T) {
	labels, err := evaluate.NewQueries(len(groups), []evaluate.Query{{Source: evaluate.NoText, Judged: []evaluate.Judgment{{Text: 1, Grade: 1}}}}, evaluate.QueryOptions{})
	if err != nil {
		t.Fatal(err)
	}
	o := trial.Options{Paid: func(api.Model) bool { return true }}
	o.Queries = func(r *pipeline.Result) (compare.Vectors, error) {
		if r.Model.ID == "dear" {
			return compare.Vectors{}, trial.ErrUnpaid
		}
		return r.Vectors, nil
	}
	o.Lexical = []trial.Lexical{{ID: trial.BM25, Baseline: true, Score: func(_ int, scores []float64) error { scores[1] = 1; return nil }}}
	made, err := trial.New(t.Context(), labels, []*pipeline.Result{result(t, "dear", 1, 0.1), result(t, "known", 1, 0.1)}, o)
	if err != nil {
		t.Fatal(err)
	}
	if !errors.Is(made.Rows[0].Err, trial.ErrUnpaid) || made.Rows[1].Score == nil {
		t.Errorf("%v, %v", made.Rows[0].Err, made.Rows[1].Err)
	}
	if words := made.Rows[2]; words.ID != trial.BM25 || !words.Lexical || words.Score == nil || words.Score.Metrics[0].Value != 1 {
		t.Errorf("the search by words: %+v", words)
	}
}

// A baseline stands there to be beaten: nothing is cut from it, and no verdict takes it.
func TestABaselineTakesNoPartInTheVerdict(t *testing.T) {
	good, words := result(t, "good", 1, 0.1), result(t, "words", 1.6, 0)
	made := tried(t, trial.Options{Seed: 3, Cuts: true, Baselines: []*pipeline.Result{words}}, good, result(t, "poor", 0.1, 0.2))
	for _, r := range made.Rows {
		if r.Baseline != (r.ID == "shop/words@256") || r.Baseline && (r.Cut || r.Score == nil) {
			t.Errorf("%s: a baseline %t, cut %t, %v", r.ID, r.Baseline, r.Cut, r.Err)
		}
	}
	if last := made.Rows[len(made.Rows)-1]; !last.Baseline || len(made.Rows) != 7 {
		t.Errorf("%d rows, the last is %s", len(made.Rows), last.ID)
	}
	f, err := made.Refine(t.Context(), 200, evaluate.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if best := made.At(f.Verdict.Best); best.Baseline || len(f.Verdict.Differences) != 1 {
		t.Errorf("the best is %s", best.ID)
	}
	if f.Verdict.Metric != made.Labels.Metrics()[0] || len(f.Estimates) != len(made.Scored) || len(f.Estimates[0]) != len(made.Labels.Metrics()) {
		t.Errorf("the verdict is by %s", f.Verdict.Metric)
	}
	for _, c := range f.Cuts {
		if r := made.At(c.Candidate); !r.Cut || r.From() != made.At(f.Verdict.Choice).ID {
			t.Errorf("%s is no cut of the choice", r.ID)
		}
	}
}
