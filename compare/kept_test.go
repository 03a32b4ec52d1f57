package compare

import (
	"context"
	"errors"
	"testing"
)

func TestNearestKept(t *testing.T) {
	// Of 0 and 10 each is the other's nearest; 30 and 70 turn to others under b.
	a := mustMatrix(t, mustVectors(t, fan(0, 10, 30, 70)))
	b := mustMatrix(t, mustVectors(t, fan(0, 10, 80, 70)))
	if kept, of, err := NearestKept(t.Context(), a, b); kept != 3 || of != 4 || err != nil {
		t.Errorf("%d of %d, %v; want 3 of 4", kept, of, err)
	}
	gap := mustMatrix(t, mustVectors(t, [][]float32{{1, 0}, nil, {0, 1}, {1, 1}}))
	if kept, of, _ := NearestKept(t.Context(), gap, gap); kept != 3 || of != 3 {
		t.Errorf("with a gap %d of %d, want 3 of 3", kept, of)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := NearestKept(ctx, a, b); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// A text without a vector under one of the two is not counted, nor is one that is alone.
func TestNearestKeptAmongTextsThatBothHave(t *testing.T) {
	whole := fan(0, 1, 30, 31)
	for name, c := range map[string]struct {
		a, b     [][]float32
		kept, of int
	}{
		"all":                 {whole, whole, 4, 4},
		"one lacks a text":    {whole, [][]float32{whole[0], whole[1], whole[2], nil}, 2, 3},
		"the other does":      {[][]float32{nil, whole[1], whole[2], whole[3]}, whole, 2, 3},
		"one has a text only": {whole, [][]float32{whole[0], nil, nil, nil}, 0, 0},
	} {
		kept, of, err := NearestKept(t.Context(), mustMatrix(t, mustVectors(t, c.a)), mustMatrix(t, mustVectors(t, c.b)))
		if kept != c.kept || of != c.of || err != nil {
			t.Errorf("%s: %d of %d, %v; want %d of %d", name, kept, of, err, c.kept, c.of)
		}
	}
}
