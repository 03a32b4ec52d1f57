package evaluate

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/vecscope/vecscope/compare"
)

var (
	goldA = [][]float32{{1, 0, 0}, {.9, .1, 0}, {0, 1, 0}, {0, .8, .6}, {-.5, .5, .7}}
	goldB = [][]float32{{1, .2}, {.8, .1}, {.1, 1}, {-.3, .9}, {-.9, .4}}
	goldC = [][]float32{{1, 0}, {.2, 1}, {.9, .3}, {-.1, 1}, {-1, .2}}
)

// gold is what numpy, scipy and scikit-learn computed.
type gold struct {
	Spearman  float64    `json:"pairs_spearman"`
	Pearson   float64    `json:"pairs_pearson"`
	AUC       float64    `json:"AUC"`
	AP        float64    `json:"AP"`
	BestF1    float64    `json:"bestF1"`
	Threshold float64    `json:"bestF1_thr_midpoint"`
	MCC       float64    `json:"MCC@bestF1"`
	TiedAUC   float64    `json:"AUC_tie_example"`
	NDCG      []float64  `json:"nDCG"`
	MeanNDCG  float64    `json:"nDCG_mean"`
	MRR       float64    `json:"MRR"`
	Recall3   float64    `json:"Recall@3"`
	MAP       float64    `json:"MAP"`
	Hit1      float64    `json:"hit@1"`
	Exp       float64    `json:"graded_nDCG_exp"`
	Linear    float64    `json:"graded_nDCG_linear"`
	SilA      float64    `json:"silhouette_cosine_A"`
	SilB      float64    `json:"silhouette_cosine_B"`
	SilEach   []float64  `json:"sil_samples"`
	LooA      float64    `json:"LOO_1NN_A"`
	LooB      float64    `json:"LOO_1NN_B"`
	Homog     float64    `json:"homog"`
	Compl     float64    `json:"compl"`
	V         float64    `json:"V"`
	ARI       float64    `json:"ARI"`
	AMI       float64    `json:"AMI"`
	Wilson24  [2]float64 `json:"wilson_24_of_30"`
	Wilson30  [2]float64 `json:"wilson_30_of_30"`
	McN51     float64    `json:"mcnemar_exact_5_1"`
	McN60     float64    `json:"mcnemar_exact_6_0"`
	McN81     float64    `json:"mcnemar_exact_8_1"`
	McN92     float64    `json:"mcnemar_9_2"`
	SignFlipP float64    `json:"signflip_exact_p"`
	BW30      [2]float64 `json:"spearman_CI_n30"`
	BW100     [2]float64 `json:"spearman_CI_n100"`
	BW1379    [2]float64 `json:"spearman_CI_n1379"`
}

func readGold(t *testing.T) gold {
	t.Helper()
	data, err := os.ReadFile("testdata/metrics-gold.json")
	if err != nil {
		t.Fatal(err)
	}
	var g gold
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	return g
}

func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }

// wantNear compares to the last of the six places of the gold numbers.
func wantNear(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !near(got, want, 1e-6) {
		t.Errorf("%s is %.9f, want %.9f", what, got, want)
	}
}

func mustVectors(t *testing.T, rows [][]float32) compare.Vectors {
	t.Helper()
	v, err := compare.NewVectors(rows)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func must[T any](t *testing.T) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func value(t *testing.T, r *Result, name string) float64 {
	t.Helper()
	v, ok := r.Value(name)
	if !ok {
		t.Fatalf("there is no %s", name)
	}
	return v
}

// somePairs are as many pairs of different texts as there are scores.
func somePairs(scores ...float64) []Pair {
	pairs := make([]Pair, len(scores))
	for i, s := range scores {
		pairs[i] = Pair{A: 2 * i, B: 2*i + 1, Score: s}
	}
	return pairs
}

func pairResult(t *testing.T, scores, similarities []float64) *Result {
	t.Helper()
	l := must[*Labels](t)(NewPairs(2*len(scores), somePairs(scores...)))
	return must[*Result](t)(l.ScorePairs(similarities))
}

func TestGoldPairs(t *testing.T) {
	g := readGold(t)
	similarities := []float64{.97, .90, .82, .55, .85, .60, .40, .45, .20, .20}
	graded := pairResult(t, []float64{5, 4.5, 4, 3, 3, 2, 2, 1, 0, 0}, similarities)
	wantNear(t, "Spearman", value(t, graded, Spearman), g.Spearman)
	wantNear(t, "Pearson", value(t, graded, Pearson), g.Pearson)
	same := pairResult(t, []float64{1, 1, 1, 1, 0, 0, 0, 0, 0, 0}, similarities)
	wantNear(t, "AUC", value(t, same, AUC), g.AUC)
	wantNear(t, "AP", value(t, same, AP), g.AP)
	wantNear(t, "best F1", value(t, same, BestF1), g.BestF1)
	wantNear(t, "MCC", value(t, same, MCC), g.MCC)
	wantNear(t, "threshold", same.Split.Threshold, g.Threshold)
	wantNear(t, "precision", same.Split.Precision, 2./3)
	wantNear(t, "recall", same.Split.Recall, 1)
	tied := pairResult(t, []float64{1, 0, 1, 0}, []float64{.5, .5, .9, .1})
	wantNear(t, "AUC with ties", value(t, tied, AUC), g.TiedAUC)
}

func groupResult(t *testing.T, rows [][]float32, groups []int) *Result {
	t.Helper()
	l := must[*Labels](t)(NewGroups(groups))
	return must[*Result](t)(l.ScoreTexts(context.Background(), mustVectors(t, rows)))
}

func TestGoldGroups(t *testing.T) {
	g := readGold(t)
	groups := []int{0, 0, 1, 1, 1}
	for name, test := range map[string]struct {
		rows                             [][]float32
		auc, ap, f1, nearest, silhouette float64
	}{
		"A": {goldA, 1, 1, 1, g.LooA, g.SilA},
		"B": {goldB, 1, 1, 1, g.LooB, g.SilB},
		"C": {goldC, .416667, .398611, .615385, .2, math.NaN()},
	} {
		r := groupResult(t, test.rows, groups)
		wantNear(t, name+" AUC", value(t, r, AUC), test.auc)
		wantNear(t, name+" AP", value(t, r, AP), test.ap)
		wantNear(t, name+" best F1", value(t, r, BestF1), test.f1)
		wantNear(t, name+" nearest in group", value(t, r, NearestInGroup), test.nearest)
		wantNear(t, name+" accuracy of 1-NN", r.Neighbour.Accuracy, test.nearest)
		wantNear(t, name+" majority", r.Neighbour.Majority, .6)
		if !math.IsNaN(test.silhouette) {
			wantNear(t, name+" silhouette", value(t, r, Silhouette), test.silhouette)
		}
	}
	for i, text := range groupResult(t, goldA, groups).Texts {
		wantNear(t, "silhouette of a text", text.Silhouette, g.SilEach[i])
	}
	if c := groupResult(t, goldC, groups); c.Split.Threshold >= -.868 || c.Neighbour.InGroup != 1 || c.Neighbour.Of != 5 {
		t.Errorf("C: %+v %+v", c.Split, c.Neighbour)
	}
}

func TestGoldRetrieval(t *testing.T) {
	g := readGold(t)
	queries := []QueryResult{
		{Found: []Found{{Rank: 1, Grade: 1}, {Rank: 3, Grade: 1}}},
		{Found: []Found{{Rank: 3, Grade: 1}}},
		{Found: []Found{{Rank: 0, Grade: 1}}},
	}
	var mean, rr, ap, hit float64
	for i, q := range queries {
		var grades []float64
		var ranks []int
		for _, f := range q.Found {
			grades, ranks = append(grades, f.Grade), append(ranks, f.Rank)
		}
		q.measureRanks()
		got := ndcg(grades, ranks, false)
		wantNear(t, "nDCG", got, g.NDCG[i])
		wantNear(t, "nDCG by the exponential gain", ndcg(grades, ranks, true), g.NDCG[i])
		mean, rr, ap, hit = mean+got/3, rr+q.RR/3, ap+q.AP/3, hit+q.Hit/3
		wantNear(t, "recall", q.Recall, []float64{1, 1, 0}[i])
	}
	wantNear(t, "mean nDCG", mean, g.MeanNDCG)
	wantNear(t, "MRR", rr, g.MRR)
	wantNear(t, "MAP", ap, g.MAP)
	wantNear(t, "hit@1", hit, g.Hit1)
	wantNear(t, "recall@3", 2./3, g.Recall3)
	grades, ranks := []float64{3, 2, 1}, []int{1, 3, 4}
	wantNear(t, "graded, exponential", ndcg(grades, ranks, true), g.Exp)
	wantNear(t, "graded, linear", ndcg(grades, ranks, false), g.Linear)
}

func TestGoldRejection(t *testing.T) {
	best := []float64{.81, .62, .77, .55, .50, .58, .31}
	r := newRejection(best, []bool{true, true, true, true, false, false, false})
	wantNear(t, "rejection AUC", r.AUC, .916667)
	wantNear(t, "floor", r.Floor, .60)
	wantNear(t, "accuracy", r.Accuracy, .875)
}

func TestGoldClustering(t *testing.T) {
	g := readGold(t)
	c := must[Clustering](t)(CompareClustering([]int{0, 0, 0, 1, 1, 1, 2, 2}, []int{0, 0, 1, 1, 1, 2, 2, 2}))
	wantNear(t, "homogeneity", c.Homogeneity, g.Homog)
	wantNear(t, "completeness", c.Completeness, g.Compl)
	wantNear(t, "V", c.V, g.V)
	wantNear(t, "ARI", c.ARI, g.ARI)
	wantNear(t, "AMI", c.AMI, g.AMI)
	c = must[Clustering](t)(CompareClustering([]int{0, 0, 1, 1}, []int{0, 1, 2, 3}))
	wantNear(t, "homogeneity", c.Homogeneity, 1)
	wantNear(t, "completeness", c.Completeness, .5)
	wantNear(t, "V", c.V, .666667)
	// Texts without a group or a cluster are left out.
	if partly := must[Clustering](t)(CompareClustering([]int{-1, 0, 0, 5, 1, 1, -1}, []int{7, 0, 1, -1, 2, 3, -1})); partly != c {
		t.Errorf("%+v with texts that belong nowhere, want %+v", partly, c)
	}
}

func TestGoldSignificance(t *testing.T) {
	g := readGold(t)
	wantNear(t, "sign-flip", SignFlip([]float64{.02, .05, -.01, .03, .04, 0, .06, -.02}, 1), g.SignFlipP)
	for want, outcome := range map[float64][2]int{g.McN51: {5, 1}, g.McN60: {6, 0}, g.McN81: {8, 1}, g.McN92: {9, 2}} {
		wantNear(t, "McNemar", McNemar(outcome[0], outcome[1]), want)
		wantNear(t, "McNemar", McNemar(outcome[1], outcome[0]), want)
	}
	for name, test := range map[string]struct {
		got  Interval
		want [2]float64
	}{
		"Wilson 24/30":       {Wilson(24, 30), g.Wilson24},
		"Wilson 30/30":       {Wilson(30, 30), g.Wilson30},
		"Bonett-Wright 30":   {BonettWright(.8, 30), g.BW30},
		"Bonett-Wright 100":  {BonettWright(.8, 100), g.BW100},
		"Bonett-Wright 1379": {BonettWright(.8, 1379), g.BW1379},
	} {
		wantNear(t, name+", low", test.got.Low, test.want[0])
		wantNear(t, name+", high", test.got.High, test.want[1])
	}
	for i, want := range []float64{.03, .06, .06} {
		wantNear(t, "Holm", Holm([]float64{.01, .04, .03})[i], want)
	}
}
