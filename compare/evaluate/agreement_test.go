package evaluate

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/compare"
)

func mustAgree(t *testing.T, a, b [][]float32, k int) *Agreement {
	t.Helper()
	return agreement(t, mustVectors(t, a), mustVectors(t, b), k)
}

func agreement(t *testing.T, a, b compare.Vectors, k int) *Agreement {
	t.Helper()
	texts := must[[]int](t)(Common(a, b))
	x, y := must[*Space](t)(NewSpace(t.Context(), a, texts, k)), must[*Space](t)(NewSpace(t.Context(), b, texts, k))
	return must[*Agreement](t)(x.Agree(y))
}

func mustSpace(t *testing.T, rows [][]float32, k int) *Space {
	t.Helper()
	v := mustVectors(t, rows)
	return must[*Space](t)(NewSpace(t.Context(), v, must[[]int](t)(Common(v, v)), k))
}

// plainCKA is CKA with its bias, which nothing shows: it holds the gold numbers only.
func plainCKA(t *testing.T, a, b [][]float32) float64 {
	t.Helper()
	centred := func(rows [][]float32) [][]float64 {
		v := mustVectors(t, rows)
		n := v.Len()
		k, means, all := make([][]float64, n), make([]float64, n), 0.0
		for i := range n {
			for j := range n {
				s := v.Similarity(i, j)
				k[i] = append(k[i], s)
				means[i] += s / float64(n)
				all += s / float64(n*n)
			}
		}
		for i := range n {
			for j := range n {
				k[i][j] += all - means[i] - means[j]
			}
		}
		return k
	}
	x, y := centred(a), centred(b)
	product := func(p, q [][]float64) (s float64) {
		for i := range p {
			for j := range p {
				s += p[i][j] * q[i][j]
			}
		}
		return s
	}
	return product(x, y) / math.Sqrt(product(x, x)*product(y, y))
}

func TestGoldAgreement(t *testing.T) {
	a, b, c := mustSpace(t, goldA, 2), mustSpace(t, goldB, 2), mustSpace(t, goldC, 2)
	ab, ac := mustAgree(t, goldA, goldB, 2), mustAgree(t, goldA, goldC, 2)
	for name, test := range map[string][2]float64{
		"A-B Pearson":   {ab.Pearson, .949841},
		"A-B Spearman":  {ab.Spearman, .905779},
		"A-B CKA":       {ab.CKA, .988285},
		"A-B plain CKA": {plainCKA(t, goldA, goldB), .979259},
		"A-B overlap":   {ab.Overlap, 1},
		"A-B Jaccard":   {ab.Jaccard, 1},
		"A-C Pearson":   {ac.Pearson, .173384},
		"A-C Spearman":  {ac.Spearman, .261399},
		"A-C CKA":       {ac.CKA, -.063186},
		"A-C plain CKA": {plainCKA(t, goldA, goldC), .403840},
		"A-C overlap":   {ac.Overlap, .5},
		"A-C Jaccard":   {ac.Jaccard, .4},
		"chance":        {ac.Chance, .5},
	} {
		wantNear(t, name, test[0], test[1])
	}
	for rows, want := range map[*Space][][]int{
		a: {{1, 2}, {0, 2}, {3, 4}, {4, 2}, {3, 2}},
		b: {{1, 2}, {0, 2}, {3, 4}, {2, 4}, {3, 2}},
		c: {{2, 1}, {3, 2}, {0, 1}, {1, 4}, {3, 1}},
	} {
		for i, w := range want {
			if got := rows.nearest(i, 2, nil); !slices.Equal(got, w) {
				t.Errorf("neighbours of %d: %v, want %v", i, got, w)
			}
		}
	}
	full := mustVectors(t, goldA)
	short, zero, err := full.Truncate(2)
	if err != nil || len(zero) > 0 {
		t.Fatal(zero, err)
	}
	wantNear(t, "retention", agreement(t, full, short, 2).Overlap, 1)
	wantNear(t, "cosine after truncation", short.Similarity(3, 2), 1)
	wantNear(t, "row after truncation", float64(short.Row(4)[0]), -.707107)
	wantNear(t, "row after truncation", float64(short.Row(4)[1]), .707107)
	var mean, squares float64
	for _, s := range a.values() {
		mean += s / 10
		squares += s * s / 10
	}
	wantNear(t, "mean of A", mean, .237284)
	wantNear(t, "deviation of A", math.Sqrt(squares-mean*mean), .496599)
	for k, want := range []float64{.993884, 0, 0, -.502519, .110432, .088345, -.443951, .8, .502519, .824131} {
		wantNear(t, "upper triangle of A", a.values()[k], want)
	}
}

func TestAgreementIsUnchangedByRotationScalingAndJointPermutation(t *testing.T) {
	a, b := randomRows(21, 50, 12), randomRows(22, 50, 8)
	for i := range b {
		copy(b[i], a[i][:4])
	}
	before := mustAgree(t, a, b, 5)
	movedA, movedB := slices.Clone(a), slices.Clone(b)
	slices.Reverse(movedA)
	slices.Reverse(movedB)
	for name, after := range map[string]*Agreement{"rotated and scaled": mustAgree(t, rotated(a), b, 5), "permuted": mustAgree(t, movedA, movedB, 5)} {
		for k, x := range []float64{after.Pearson, after.Spearman, after.CKA, after.Overlap, after.Jaccard} {
			wantNear(t, name, x, []float64{before.Pearson, before.Spearman, before.CKA, before.Overlap, before.Jaccard}[k])
		}
	}
	same := mustAgree(t, a, a, 5)
	for _, x := range []float64{same.Pearson, same.Spearman, same.CKA, same.Overlap, same.Jaccard} {
		wantNear(t, "with itself", x, 1)
	}
}

func TestIndependentSpacesHaveNothingInCommon(t *testing.T) {
	a, b := randomRows(23, 30, 1536), randomRows(24, 30, 1536)
	g := mustAgree(t, a, b, 5)
	if math.Abs(g.CKA) > .15 || plainCKA(t, a, b) < .9 {
		t.Errorf("debiased %v, plain %v", g.CKA, plainCKA(t, a, b))
	}
}

func TestChangesBeginWithTheTextWhoseNeighboursChangeMost(t *testing.T) {
	a := randomRows(25, 40, 6)
	b := slices.Clone(a)
	b[7] = []float32{-a[7][0], -a[7][1], -a[7][2], -a[7][3], -a[7][4], -a[7][5]}
	b[9] = nil
	g := mustAgree(t, a, b, 3)
	if g.Texts != 39 || g.Changes[0].Text != 7 || len(g.Changes) != 39 || g.Changes[38].Overlap != 1 {
		t.Errorf("%d texts, %+v", g.Texts, g.Changes)
	}
}

func TestTooFewTextsToAgree(t *testing.T) {
	g := mustAgree(t, goldA[:1], goldB[:1], 3)
	if g.Pearson == g.Pearson || g.Overlap == g.Overlap || len(g.Changes) != 0 {
		t.Errorf("%+v", g)
	}
	if g = mustAgree(t, goldA, goldB, 0); g.K != 0 || g.Overlap == g.Overlap || g.Pearson != g.Pearson {
		t.Errorf("without neighbours: %+v", g)
	}
	if g = mustAgree(t, goldA[:3], goldB[:3], 9); g.K != 2 || g.CKA == g.CKA {
		t.Errorf("%+v", g)
	}
	var e *Error
	if _, err := Common(mustVectors(t, goldA), mustVectors(t, goldB[:4])); !errors.As(err, &e) || e.Problem != WrongCount {
		t.Error(err)
	}
}

func TestOfManyTextsSomeFromEverywhereAreCompared(t *testing.T) {
	v := mustVectors(t, randomRows(29, 2*mostAgreeing+1, 2))
	texts := must[[]int](t)(Common(v, v))
	if len(texts) != mostAgreeing || texts[0] != 0 || texts[mostAgreeing-1] < 2*mostAgreeing-2 || !slices.IsSorted(texts) {
		t.Errorf("%d texts from %d to %d", len(texts), texts[0], texts[len(texts)-1])
	}
}

func TestOneSpaceIsComparedWithSeveralAndWithTheSameTextsAlone(t *testing.T) {
	a, b, c := randomRows(26, 30, 6), randomRows(27, 30, 6), randomRows(28, 30, 6)
	x := mustSpace(t, a, 4)
	for _, rows := range [][][]float32{b, c, a} {
		if got, want := must[*Agreement](t)(x.Agree(mustSpace(t, rows, 4))), mustAgree(t, a, rows, 4); !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	c[3] = nil
	var e *Error
	if _, err := x.Agree(mustSpace(t, c, 4)); !errors.As(err, &e) || e.Problem != WrongCount {
		t.Error(err)
	}
}
