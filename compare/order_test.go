package compare

import (
	"context"
	"errors"
	"slices"
	"testing"
)

// clustered returns rows around centres, text i near centre i mod centres.
func clustered(n, dim, centres int) [][]float32 {
	r := newRandom(21)
	middle := randomRows(r, centres, dim)
	rows := randomRows(r, n, dim)
	for i, row := range rows {
		for k := range row {
			row[k] = middle[i%centres][k] + .2*row[k]
		}
	}
	return rows
}

func wantPermutation(t *testing.T, order []int, n int) {
	t.Helper()
	sorted := slices.Sorted(slices.Values(order))
	for i, text := range sorted {
		if len(sorted) != n || text != i {
			t.Fatalf("not an order of %d texts: %v", n, order)
		}
	}
}

func TestOrderMakesBlocksVisible(t *testing.T) {
	const n, centres = 90, 6
	for name, limit := range map[string]int{"clustered": linkageLimit, "split first": 20} {
		m := mustMatrix(t, mustVectors(t, clustered(n, 24, centres)))
		rows := make([]int32, n)
		for i := range rows {
			rows[i] = int32(i)
		}
		order, err := arranger{matrix: m, limit: limit}.arrange(context.Background(), rows)
		if err != nil {
			t.Fatal(err)
		}
		changes := 0
		for k := 1; k < n; k++ {
			if order[k]%centres != order[k-1]%centres {
				changes++
			}
		}
		if changes != centres-1 {
			t.Errorf("%s: the group changes %d times along the order, want %d", name, changes, centres-1)
		}
	}
}

func TestOrderFollowsALine(t *testing.T) {
	// Directions along a quarter circle, shuffled: the order is the circle's.
	rows := make([][]float32, 7)
	for i := range rows {
		angle := float32((i * 3) % 7)
		rows[i] = []float32{20 - angle*angle/2, 1 + angle*angle}
	}
	order, err := OrderBySimilarity(context.Background(), mustMatrix(t, mustVectors(t, rows)))
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{0, 5, 3, 1, 6, 4, 2}; !slices.Equal(order, want) {
		t.Errorf("got %v, want %v", order, want)
	}
}

func TestOrderKeepsEveryTextAndPutsAbsentOnesLast(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 6, 40} {
		v := mustVectors(t, mixedRows(newRandom(uint64(n)), n, 8))
		m := mustMatrix(t, v)
		order, err := OrderBySimilarity(context.Background(), m)
		if err != nil {
			t.Fatal(err)
		}
		wantPermutation(t, order, n)
		for k, text := range order {
			if v.Has(text) != (k < v.Present()) {
				t.Errorf("%d texts: text %d at place %d", n, text, k)
			}
		}
		again, _ := OrderBySimilarity(context.Background(), m)
		if !slices.Equal(order, again) {
			t.Errorf("%d texts: two orders of the same vectors", n)
		}
	}
}

func TestOrderOfEqualTexts(t *testing.T) {
	rows := make([][]float32, 50)
	for i := range rows {
		rows[i] = []float32{1, 1, 1}
	}
	m := mustMatrix(t, mustVectors(t, rows))
	for _, limit := range []int{linkageLimit, 4} {
		all := make([]int32, len(rows))
		for i := range all {
			all[i] = int32(i)
		}
		arranged, err := arranger{matrix: m, limit: limit}.arrange(context.Background(), all)
		if err != nil {
			t.Fatal(err)
		}
		var order []int
		for _, row := range arranged {
			order = append(order, int(row))
		}
		wantPermutation(t, order, len(rows))
	}
}

func TestOrderOfALargeCorpus(t *testing.T) {
	rows := clustered(2300, 8, 5)
	rows[17] = nil
	m := mustMatrix(t, mustVectors(t, rows))
	order, err := OrderBySimilarity(context.Background(), m)
	if err != nil {
		t.Fatal(err)
	}
	wantPermutation(t, order, len(rows))
	var beside float64
	for k := 1; k < len(order)-1; k++ {
		s, _ := m.At(order[k-1], order[k])
		beside += s / float64(len(order)-2)
	}
	if beside < .95 {
		t.Errorf("neighbours in the order have a mean similarity of %v", beside)
	}
}

func TestOrderByGroup(t *testing.T) {
	tests := []struct {
		groups []string
		want   []int
	}{
		{nil, []int{}},
		{[]string{"", "b", "a", "", "b", "a"}, []int{1, 4, 2, 5, 0, 3}},
		{[]string{"x", "x"}, []int{0, 1}},
		{[]string{"", ""}, []int{0, 1}},
	}
	for _, test := range tests {
		if got := OrderByGroup(test.groups); !slices.Equal(got, test.want) {
			t.Errorf("%q: got %v, want %v", test.groups, got, test.want)
		}
	}
}

func TestOrderStopsWithItsContext(t *testing.T) {
	small := mustMatrix(t, mustVectors(t, clustered(60, 8, 3)))
	large := mustMatrix(t, mustVectors(t, clustered(2100, 8, 3)))
	for checks := range 5 {
		for _, m := range []*Matrix{small, large} {
			ctx := &endingContext{Context: context.Background(), checks: checks}
			if _, err := OrderBySimilarity(ctx, m); !errors.Is(err, context.Canceled) {
				t.Errorf("%d texts, ended at check %d: %v", m.Len(), checks, err)
			}
		}
	}
}

// endingContext ends after its error was asked for so many times.
type endingContext struct {
	context.Context
	checks int
}

func (c *endingContext) Err() error {
	if c.checks--; c.checks < 0 {
		return context.Canceled
	}
	return nil
}

// Of the four ways in which two runs can be turned, that one is taken in which the most
// similar ends meet.
func TestRunsAreJoinedWhereTheyAreMostSimilar(t *testing.T) {
	v, err := NewVectors([][]float32{{1, 0}, {0, 1}, {1, 1}, {1, 2}})
	if err != nil {
		t.Fatal(err)
	}
	for first := range 4 {
		for second := range 4 {
			for third := range 4 {
				last := 6 - first - second - third
				if first == second || second == third || first == third {
					continue
				}
				// Of the rows 0 and 1 with the rows 2 and 3, in all orders of four similarities.
				between := []float32{.1 + float32(first)/10, .1 + float32(second)/10, .1 + float32(third)/10, .1 + float32(last)/10}
				m := &Matrix{vectors: v, upper: append([]float32{.9}, append(between, .9)...)}
				got := arranger{matrix: m, limit: 4}.join([]int32{0, 1}, []int32{2, 3})
				best := slices.Index(between, slices.Max(between)) // 0 and 2, 0 and 3, 1 and 2, 1 and 3
				if got[1] != int32(best/2) || got[2] != int32(2+best%2) {
					t.Errorf("similarities %v: in the order %v", between, got)
				}
			}
		}
	}
}
