package texts

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/vecscope/vecscope/compare"
)

// TestNearestOfManyAreThoseOfAFew looks for the same texts with the similarities in
// memory and without.
func TestNearestOfManyAreThoseOfAFew(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	rows := make([][]float32, 300)
	for i := range rows {
		if i%7 == 3 {
			continue
		}
		rows[i] = []float32{float32(random.NormFloat64()), float32(random.NormFloat64()), float32(random.NormFloat64())}
	}
	rows[20], rows[21] = rows[22], rows[22] // of equal ones the text itself is none
	v, err := compare.NewVectors(rows)
	if err != nil {
		t.Fatal(err)
	}
	m, err := compare.Similarities(t.Context(), v, nil)
	if err != nil {
		t.Fatal(err)
	}
	for at := range rows {
		few, err := nearestIn(t.Context(), m, at)
		if err != nil {
			t.Fatal(err)
		}
		many, err := nearestOfMany(t.Context(), m, at)
		if err != nil {
			t.Fatal(err)
		}
		texts := func(list []neighbour) (out []int) {
			for _, n := range list {
				out = append(out, n.text)
			}
			return out
		}
		if fmt.Sprint(texts(few)) != fmt.Sprint(texts(many)) {
			t.Errorf("nearest to text %d: %v, and without similarities in memory %v", at, texts(few), texts(many))
		}
	}
}
