package report

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"math/rand/v2"
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

// crowd is a comparison of texts under one candidate whose vectors lie close together, so
// that many a similarity would be rounded up.
func crowd(t *testing.T, n, dim int) Comparison {
	t.Helper()
	random := rand.New(rand.NewPCG(1, uint64(dim)))
	rows, texts := make([][]float32, n), make([]corpus.Text, n)
	for i := range rows {
		rows[i] = make([]float32, dim)
		for k := range rows[i] {
			rows[i][k] = 1 + 0.1*float32(random.NormFloat64())
		}
		texts[i].Text = strconv.Itoa(i)
	}
	copy(rows[1], rows[0]) // one pair is the same
	v, err := compare.NewVectors(rows)
	if err != nil {
		t.Fatal(err)
	}
	m := api.Model{Provider: "own", ID: "crowd", Dimensions: dim}
	r, err := pipeline.Analyse(t.Context(), m, api.Candidate{Model: "own/crowd", Dimensions: dim}, &pipeline.Embedding{Vectors: v}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return Comparison{Texts: texts, Results: []*pipeline.Result{r}}
}

// A similarity that is copied from any report, and taken for the threshold, finds the pair
// that it is of.
func TestACopiedSimilarityFindsItsOwnPair(t *testing.T) {
	const n = 8
	for _, dim := range []int{3, 384} {
		c := crowd(t, n, dim)
		r := c.Results[0]
		finds := func(what string, a, b int, written string) {
			t.Helper()
			threshold, err := strconv.ParseFloat(written, 64)
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			exact := r.Vectors.Similarity(a, b)
			if threshold > exact || threshold < exact-1e-6-1e-12 {
				t.Errorf("%s, %d dimensions: the pair %d and %d is %v, and %s is written", what, dim, a, b, exact, written)
			}
		}
		order := []int{0, 1, 2, 3, 4, 5, 6, 7}
		sheets := map[string]struct {
			rows [][]string
			at   int // the column of the first text's similarities, or of the only ones
		}{
			"a matrix":     {csvOf(t, func(s *Sheet) error { return s.Matrix(t.Context(), c.Texts, order, r) }), 2},
			"all matrices": {csvOf(t, func(s *Sheet) error { return s.Matrices(t.Context(), c, order) }), 3},
		}
		for what, sheet := range sheets {
			for i, row := range sheet.rows[1:] {
				for k := range n {
					finds(what, i, k, row[sheet.at+k])
				}
			}
		}
		at := 1
		pairs := csvOf(t, func(s *Sheet) error { return s.Pairs(t.Context(), c) })
		for i := range n {
			for k := i + 1; k < n; k++ {
				finds("all pairs", i, k, pairs[at][2])
				at++
				one := csvOf(t, func(s *Sheet) error { return s.Pair(c, i, k) })
				finds("a pair", i, k, one[len(one)-1][1])
			}
		}
		var written struct {
			Candidates []struct {
				Background struct{ Max json.Number }
				Similarity [][]json.Number
			}
		}
		read(t, &written, func(w io.Writer) error { return CompareJSON(t.Context(), w, c) })
		for i, row := range written.Candidates[0].Similarity {
			for k, cell := range row {
				finds("JSON", i, k, cell.String())
			}
		}
		finds("the greatest of the background", 0, 1, written.Candidates[0].Background.Max.String())
	}
}

// What is written of a cluster lies on the same side of the threshold as what it was found
// by, and finds it again.
func TestACopiedLinkFindsItsCluster(t *testing.T) {
	c := crowd(t, 8, 384)
	least := c.Results[0].Scan.Pairs()
	for k, p := range least {
		common, own := p.Similarity, []float64(nil)
		if k%2 == 1 {
			common, own = 1, []float64{p.Similarity}
		}
		found, err := FindClusters(t.Context(), c, common, true, own...)
		if err != nil {
			t.Fatal(err)
		}
		var written struct {
			Clusters []struct{ Weakest, Drift, Least json.Number }
		}
		read(t, &written, func(w io.Writer) error { return ClustersJSON(w, found) })
		for i, x := range found.Found[0] {
			out := written.Clusters[i]
			for what, pair := range map[string]struct {
				exact   float64
				written json.Number
			}{"weakest": {x.Weakest, out.Weakest}, "drift": {x.Drift, out.Drift}, "least": {x.Least, out.Least}} {
				v, err := pair.written.Float64()
				if err != nil || v > pair.exact || (v >= p.Similarity) != (pair.exact >= p.Similarity) {
					t.Errorf("at %v the %s is %v, and %v is written (%v)", p.Similarity, what, pair.exact, pair.written, err)
				}
			}
		}
		rows := tsvOf(t, func(s *Sheet) error { return s.Clusters(found) })
		at := 1
		for i, x := range found.Found[0] {
			for _, row := range found.rows(0, i) {
				v, err := strconv.ParseFloat(rows[at][4], 64)
				if err != nil || v > row.similarity || (v >= p.Similarity) != (row.similarity >= p.Similarity) {
					t.Errorf("at %v text %d of %v is %v to the one that stands for it, and %v is written", p.Similarity, row.text, x.Texts, row.similarity, rows[at][4])
				}
				at++
			}
		}
	}
}

// Where texts have no group, the items of an evaluation are not the texts in their order.
func TestEveryItemIsWrittenOfItsOwnText(t *testing.T) {
	c := crowd(t, 6, 3)
	for i, group := range []string{"", "a", "b", "", "b", "a"} {
		c.Texts[i].Group, c.Texts[i].ID = group, "t"+strconv.Itoa(i)
	}
	of, err := evaluate.NewGroups([]int{-1, 0, 1, -1, 1, 0})
	if err != nil {
		t.Fatal(err)
	}
	pairs := []evaluate.Pair{{A: 5, B: 2, Score: 1}, {A: 0, B: 1, Score: 0}, {A: 3, B: 4, Score: 1}}
	ofPairs, err := evaluate.NewPairs(len(c.Texts), pairs)
	if err != nil {
		t.Fatal(err)
	}
	v := c.Results[0].Vectors
	finds := func(a, b int, written string) {
		t.Helper()
		x, err := strconv.ParseFloat(written, 64)
		if exact := v.Similarity(a, b); err != nil || x > exact || x < exact-1e-6-1e-12 {
			t.Errorf("texts %d and %d are %v, and %s is written (%v)", a, b, exact, written, err)
		}
	}
	for _, labels := range []*evaluate.Labels{of, ofPairs} {
		made, err := trial.New(t.Context(), labels, c.Results, trial.Options{Seed: 1, Paid: func(api.Model) bool { return false }})
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if err := PerItem(&out, Evaluation{Comparison: c, Trial: made}, nil); err != nil {
			t.Fatal(err)
		}
		rows := strings.Split(strings.TrimSpace(out.String()), "\n")[1:]
		for i, row := range rows {
			cells := strings.Split(row, "\t")
			if labels == ofPairs {
				if p := pairs[i]; cells[0] != c.Texts[p.A].ID || cells[1] != c.Texts[p.B].ID || cells[2] != strconv.FormatFloat(p.Score, 'f', -1, 64) {
					t.Errorf("pair %d is written as %q", i+1, row)
				}
				finds(pairs[i].A, pairs[i].B, cells[3])
				continue
			}
			text, near := int(cells[0][1]-'0'), int(cells[2][1]-'0')
			if cells[1] != c.Texts[text].Group || cells[1] == "" || cells[4] != strconv.FormatBool(c.Texts[near].Group == cells[1]) || near == text {
				t.Errorf("text %d is written as %q", text, row)
			}
			finds(text, near, cells[3])
			for other := range c.Texts {
				if c.Texts[other].Group != "" && other != text && v.Similarity(text, other) > v.Similarity(text, near)+1e-9 {
					t.Errorf("nearest to %d is %d, not %d", text, other, near)
				}
			}
		}
		if len(rows) != labels.Items() {
			t.Errorf("%d of %d items are written", len(rows), labels.Items())
		}
	}
}

func csvOf(t *testing.T, write func(*Sheet) error) [][]string {
	t.Helper()
	written, _ := sheetOf(t, Comma, write)
	r := csv.NewReader(strings.NewReader(written))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func tsvOf(t *testing.T, write func(*Sheet) error) [][]string {
	t.Helper()
	written, _ := sheetOf(t, Tab, write)
	var rows [][]string
	for line := range strings.Lines(written) {
		rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
	}
	return rows
}

func read(t *testing.T, into any, write func(io.Writer) error) {
	t.Helper()
	var out strings.Builder
	if err := write(&out); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(out.String()), into); err != nil {
		t.Fatal(err)
	}
}
