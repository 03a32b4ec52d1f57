package evaluate

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestScoresOfEitherPrecisionAreOrderedAlike(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	scores := []float64{0, math.Copysign(0, -1), 0, -1, 1, -0.5, -0.5}
	for range 1000 {
		scores = append(scores, float64(float32(random.NormFloat64())), float64(float32(random.IntN(5)))/4-0.5)
	}
	if got, want := sortedItems(scores), sortedByScore(scores); !slices.Equal(got, want) {
		t.Error("similarities are ordered otherwise than any numbers are")
	}
	scores = append(scores, 0.1) // no float32
	if got, want := sortedItems(scores), sortedByScore(scores); !slices.Equal(got, want) {
		t.Error("numbers of more precision are ordered otherwise")
	}
}
