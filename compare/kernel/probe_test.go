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
				q := compacted(t, m)
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
						if name == "normal" && columns == 1536 && float64(limit) > want+.05 {
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
	q := compacted(t, filled(t, 3, 5, func() float32 { return 1 }))
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
