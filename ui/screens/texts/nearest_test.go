package texts

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/uitest"
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

func TestTheLineOfNearestTextsSaysWhyThereIsNone(t *testing.T) {
	for want, texts := range map[string][]corpus.Text{
		"nearest  glove@100 → no other text":  uitest.Texts("a text alone"),
		"nearest  glove@100 → no vector":      uitest.Texts("☃☃☃", "a text", "another text"),
		"nearest  glove@100 → no other text ": uitest.Texts("a text", "☃☃☃"),
	} {
		a := textsApp(t, 80, 24, uitest.OptionsWith(t, texts, uitest.Glove))
		a.SetScreen(ID)
		uitest.Press(t, a, "g")
		if drawn := uitest.Plain(a); !strings.Contains(drawn, want) {
			t.Errorf("%q is not said in\n%s", want, drawn)
		}
	}
}
