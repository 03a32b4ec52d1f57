package kernel

import (
	"errors"
	"testing"
)

func TestAProbesLimitsAreOverTheProducts(t *testing.T) {
	withVariant(t, func(t *testing.T) {
		for name, value := range fillings {
			r := random(23)
			for _, columns := range []int{1, 3, 64, 100, 1536} {
				m := unit(filled(t, 150, columns, func() float32 { return value(r) }))
				q := quantize(t, m)
				for _, i := range []int{0, 77} {
					p, err := NewProbe(m.Row(i))
					if err != nil {
						t.Fatal(err)
					}
					var limits [141]float32
					if !p.Limits(q, Span{3, 144}, limits[:]) {
						t.Fatal("no limits")
					}
					for j, limit := range limits {
						want, _ := exact(m.Row(i), m.Row(3+j), columns)
						if float64(limit) < want {
							t.Fatalf("%s, %d columns: a limit of %v, the product is %v", name, columns, limit, want)
						}
						if name == "normal" && columns == 1536 && float64(limit) > want+.025 {
							t.Errorf("a limit of %v over %v tells nothing", limit, want)
						}
					}
				}
			}
		}
	})
}

func TestProbesThatDoNotFit(t *testing.T) {
	var size *SizeError
	for _, columns := range []int{0, maxBytes + 1} {
		if _, err := NewProbe(make([]float32, columns)); !errors.As(err, &size) {
			t.Errorf("%d columns: %v", columns, err)
		}
	}
	q := quantize(t, filled(t, 3, 5, func() float32 { return 1 }))
	for _, c := range []struct {
		columns, room int
		rows          Span
	}{{6, 3, Span{0, 3}}, {5, 2, Span{0, 3}}, {5, 9, Span{0, 4}}, {5, 9, Span{-1, 2}}, {5, 9, Span{2, 2}}} {
		p, err := NewProbe(make([]float32, c.columns))
		if err != nil || p.Limits(q, c.rows, make([]float32, c.room)) {
			t.Errorf("%v: limits of rows that do not fit, %v", c, err)
		}
	}
}

func TestRowsAreTakenAtAPlace(t *testing.T) {
	r := random(24)
	m := filled(t, 9, 70, func() float32 { return float32(r.NormFloat64()) })
	whole := quantize(t, m)
	q, err := NewQuantized(9, 70)
	if err != nil || !q.TakeAt(4, m, Span{4, 9}) || !q.TakeAt(0, m, Span{0, 4}) {
		t.Fatal("rows are not taken", err)
	}
	for i, v := range whole.values {
		if q.values[i] != v {
			t.Fatalf("value %d is %d, want %d", i, q.values[i], v)
		}
	}
	for _, c := range []struct {
		at   int
		rows Span
	}{{-1, Span{0, 1}}, {9, Span{0, 1}}, {10, Span{0, 1}}, {4, Span{0, 6}}, {0, Span{8, 10}}} {
		if q.TakeAt(c.at, m, c.rows) {
			t.Errorf("%v: rows without a place are taken", c)
		}
	}
}
