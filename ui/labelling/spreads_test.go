package labelling

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/theme"
)

// spreadOf counts the pairs of texts whose vectors are those, with what labels say.
func spreadOf(t *testing.T, ctx context.Context, texts []corpus.Text, of labels.Labels, rows ...[]float32) *Spread {
	t.Helper()
	v, err := compare.NewVectors(rows)
	if err != nil {
		t.Fatal(err)
	}
	m := api.Model{Provider: "own", ID: "m", Dimensions: 2}
	r, err := pipeline.Analyse(t.Context(), m, api.Candidate{Model: "own/m", Dimensions: 2}, &pipeline.Embedding{Vectors: v}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return newSpread(ctx, counting{r, of.Tie(texts)})
}

// sum is how many pairs all classes have, and where the first and the last stand that has any.
func sum(classes []int) (n, first, last int) {
	first = -1
	for i, k := range classes {
		if n += k; k > 0 {
			if last = i; first < 0 {
				first = i
			}
		}
	}
	return n, first, last
}

func TestEveryPairStandsInItsClass(t *testing.T) {
	// The cosines are .6, 0 and .8, and 1 of the last with the first.
	rows := [][]float32{{1, 0}, {.6, .8}, {0, 1}, {1, 0}}
	texts := []corpus.Text{{Text: "a", Group: "x"}, {Text: "b", Group: "x"}, {Text: "c", Group: "y"}, {Text: "d"}}
	x := spreadOf(t, t.Context(), texts, labels.Labels{}, rows...)
	if n, first, last := sum(x.all); x.lo != 0 || x.hi != 1 || n != 6 || first != 0 || last != spreadClasses-1 || len(x.all) != spreadClasses {
		t.Errorf("from %v to %v there are %d pairs, in classes %d to %d", x.lo, x.hi, n, first, last)
	}
	// a and b belong together (.6), a and c (0), b and c (.8) do not; of d nothing is known.
	if n, first, last := sum(x.same); n != 1 || first != last || first != 72 {
		t.Errorf("%d belong together, in class %d", n, first)
	}
	if n, first, last := sum(x.other); n != 2 || first != 0 || last != 95 && last != 96 {
		t.Errorf("%d do not belong together, in classes %d to %d", n, first, last)
	}
	if !x.Labelled() || !x.Partial() || x.labelled != 3 || x.Words() != "✓ belong together, ✗ do not" {
		t.Errorf("of %d something is known: %q", x.labelled, x.Words())
	}
	codes := theme.New(true, colorprofile.TrueColor).Codes
	if d := x.Drawing(.5, codes); d.At != .5 || d.Lo != 0 || d.Hi != 1 || !slices.Equal(d.Same, x.same) || !slices.Equal(d.Other, x.other) || d.SamePen != codes.Good || d.OtherPen != codes.Warn {
		t.Errorf("drawn is %+v", d)
	}
	if d := x.Background(.5, codes); d.At != .5 || d.Same != nil || !slices.Equal(d.Other, x.all) || d.OtherPen != codes.Dim {
		t.Errorf("all of them are drawn as %+v", d)
	}

	// A pair that a file names counts too, once: also where both texts have a group.
	pairs := labels.Labels{Pairs: []labels.Pair{{A: "1", B: "4", Score: 1}, {A: "1", B: "2", Score: 1}, {A: "3", B: "4", Score: 0}}}
	x = spreadOf(t, t.Context(), texts, pairs, rows...)
	if n, _, last := sum(x.same); x.labelled != 5 || n != 2 || last != spreadClasses-1 {
		t.Errorf("of %d pairs %d belong together", x.labelled, n)
	}

	for i := range texts {
		texts[i].Group = "x"
	}
	if x = spreadOf(t, t.Context(), texts, labels.Labels{}, rows...); x.Partial() || x.labelled != 6 {
		t.Errorf("of %d of 6 pairs something is known, which is a part: %t", x.labelled, x.Partial())
	}
	ended, stop := context.WithCancel(t.Context())
	stop()
	if x = spreadOf(t, ended, texts, labels.Labels{}, rows...); x.Labelled() {
		t.Error("it counts on after its end")
	}
}

func TestWithoutLabelsAllPairsAreDrawn(t *testing.T) {
	texts := []corpus.Text{{Text: "a"}, {Text: "b"}, {Text: "c"}}
	x := spreadOf(t, t.Context(), texts, labels.Labels{}, []float32{1, 0}, []float32{.6, .8}, []float32{1, 0})
	codes := theme.New(true, colorprofile.TrueColor).Codes
	if x.Labelled() || x.Partial() || x.Words() != "similarities of all pairs" || x.lo != .6 && x.lo != .5 || !slices.Equal(x.Drawing(0, codes).Other, x.all) {
		t.Errorf("%+v: %q", x, x.Words())
	}
	// One text has no pair, and two that are the same have no width.
	x = spreadOf(t, t.Context(), texts[:1], labels.Labels{}, []float32{1, 0})
	if n, _, _ := sum(x.all); n != 0 || x.lo != 0 || x.hi != 1 {
		t.Errorf("of one text there are %d pairs from %v to %v", n, x.lo, x.hi)
	}
	x = spreadOf(t, t.Context(), texts[:2], labels.Labels{}, []float32{1, 0}, []float32{1, 0})
	if n, _, _ := sum(x.all); n != 1 || x.hi < x.lo+.1 {
		t.Errorf("of two there are %d pairs from %v to %v", n, x.lo, x.hi)
	}
}

// The ends of the drawing are tenths that hold all similarities, and it is a tenth wide at least.
func TestTheEndsOfTheDrawingAreTenths(t *testing.T) {
	texts := []corpus.Text{{Text: "a"}, {Text: "b"}, {Text: "c"}}
	at := func(degrees float64) []float32 {
		return []float32{float32(math.Cos(degrees * math.Pi / 180)), float32(math.Sin(degrees * math.Pi / 180))}
	}
	for _, c := range []struct {
		to     [2]float64 // degrees from the first
		lo, hi float64
	}{
		{[2]float64{40, 80}, .1, .8},     // .766, .766, .174
		{[2]float64{120, 150}, -.9, .9},  // -.5, .866, -.866
		{[2]float64{25, 50}, .6, 1},      // .906, .906, .643
		{[2]float64{21.6, 22}, .9, 1},    // .930, 1.000, .927
		{[2]float64{60.5, 121}, -.6, .5}, // .492, .492, -.515
	} {
		x := spreadOf(t, t.Context(), texts, labels.Labels{}, at(0), at(c.to[0]), at(c.to[1]))
		if math.Abs(x.lo-c.lo) > 1e-9 || math.Abs(x.hi-c.hi) > 1e-9 {
			t.Errorf("of texts at %v it goes from %v to %v, want %v to %v", c.to, x.lo, x.hi, c.lo, c.hi)
		}
		if n, _, _ := sum(x.all); n != 3 {
			t.Errorf("of texts at %v %d pairs are drawn", c.to, n)
		}
	}
}
