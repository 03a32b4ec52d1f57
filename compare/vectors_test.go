package compare

import (
	"errors"
	"math"
	"strings"
	"testing"
)

func TestVectorsAreUnitLengthCopies(t *testing.T) {
	row := []float32{3, 4}
	v := mustVectors(t, [][]float32{row, nil, {0, -2}})
	row[0] = 99
	if v.Len() != 3 || v.Dim() != 2 || v.Present() != 2 {
		t.Fatalf("Len %d, Dim %d, Present %d", v.Len(), v.Dim(), v.Present())
	}
	wantRow(t, v.Row(0), .6, .8)
	wantRow(t, v.Row(2), 0, -1)
	if v.Row(1) != nil || v.Has(1) || !v.Has(2) || v.Has(-1) || v.Has(3) {
		t.Error("an absent text must have no row, the others one")
	}
	if got := v.Similarity(0, 1); got != 0 {
		t.Errorf("similarity with an absent text is %v, want 0", got)
	}
}

func wantRow(t *testing.T, row []float32, want ...float64) {
	t.Helper()
	got := make([]float64, len(row))
	for k, x := range row {
		got[k] = float64(x)
	}
	wantNear(t, "row", got, want, 1e-6)
}

func TestLengthsAtTheEdgeOfFloat32(t *testing.T) {
	huge, tiny := float32(math.MaxFloat32), float32(math.SmallestNonzeroFloat32)
	v := mustVectors(t, [][]float32{{huge, huge}, {tiny, tiny}, {tiny, -tiny}})
	if got := v.Similarity(0, 1); !near(got, 1, 1e-12) {
		t.Errorf("similarity of huge and tiny vectors of one direction is %v", got)
	}
	if got := v.Similarity(1, 2); !near(got, 0, 1e-12) {
		t.Errorf("similarity of vectors at right angles is %v", got)
	}
}

func TestBadVectorsNameTheText(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(-1))
	tests := []struct {
		name string
		rows [][]float32
		want error
		says string
	}{
		{"zero", [][]float32{{1, 0}, {0, 0}}, &ZeroVectorError{Text: 1, Dimensions: 2}, "text 2 "},
		{"longer", [][]float32{nil, {1, 0}, {1, 0, 0}}, &LengthError{Text: 2, Length: 3, Want: 2}, "text 3 has a vector of 3 dimensions where the others have 2"},
		{"empty", [][]float32{{1}, {}}, &LengthError{Text: 1, Length: 0, Want: 1}, "text 2 has an empty vector"},
		{"first empty", [][]float32{{}, {1}}, &LengthError{Text: 0, Length: 0, Want: 0}, "text 1 has an empty vector"},
		{"NaN", [][]float32{{1, nan}}, &NotFiniteError{Text: 0, Position: 1}, "text 1 has a vector whose value 2"},
		{"infinite", [][]float32{{1, 2}, nil, {inf, 1}}, &NotFiniteError{Text: 2, Position: 0}, "text 3 has a vector whose value 1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := NewVectors(test.rows)
			if !sameError(err, test.want) {
				t.Fatalf("got %#v, want %#v", err, test.want)
			}
			if !strings.Contains(err.Error(), test.says) {
				t.Errorf("%q does not say %q", err, test.says)
			}
		})
	}
}

// sameError compares the contents of the typed errors of this package.
func sameError(got, want error) bool {
	switch want := want.(type) {
	case *ZeroVectorError:
		var e *ZeroVectorError
		return errors.As(got, &e) && *e == *want
	case *LengthError:
		var e *LengthError
		return errors.As(got, &e) && *e == *want
	case *NotFiniteError:
		var e *NotFiniteError
		return errors.As(got, &e) && *e == *want
	case *DimensionsError:
		var e *DimensionsError
		return errors.As(got, &e) && *e == *want
	}
	return false
}

func TestEqualVectorsAreExactlyAlike(t *testing.T) {
	r := newRandom(3)
	for dim := 1; dim < 300; dim += 17 {
		row := randomRows(r, 1, dim)[0]
		v := mustVectors(t, [][]float32{row, row})
		if got := v.Similarity(0, 1); got != 1 {
			t.Errorf("%d dimensions: similarity of a vector with itself is %.17g", dim, got)
		}
	}
}

func TestTruncateErrors(t *testing.T) {
	v := mustVectors(t, [][]float32{{1, 0, 2}, nil, {0, 0, 5}})
	tests := []struct {
		d    int
		want error
	}{
		{0, &DimensionsError{Asked: 0, Have: 3}},
		{-4, &DimensionsError{Asked: -4, Have: 3}},
		{4, &DimensionsError{Asked: 4, Have: 3}},
	}
	for _, test := range tests {
		if _, _, err := v.Truncate(test.d); !sameError(err, test.want) {
			t.Errorf("Truncate(%d): got %v, want %v", test.d, err, test.want)
		}
	}
	full, _, err := v.Truncate(3)
	if err != nil || full.Dim() != 3 {
		t.Errorf("Truncate to all dimensions: %d, %v", full.Dim(), err)
	}
}

func TestDotProductsAgree(t *testing.T) {
	r := newRandom(5)
	for dim := 1; dim <= 130; dim++ {
		rows := mustVectors(t, randomRows(r, 2, dim))
		x, y := rows.Row(0), rows.Row(1)
		var want float64
		for k := range x {
			want += float64(x[k]) * float64(y[k])
		}
		for name, got := range map[string]float64{
			"float32": float64(dot(x, y)),
			"float64": dot64(x, y),
		} {
			if !near(got, want, 5e-7) {
				t.Errorf("%s, %d dimensions: %v, want %v", name, dim, got, want)
			}
		}
	}
}
