package pipeline

import (
	"testing"

	"github.com/vecscope/vecscope/api"
)

// What is kept aside is kept within a limit: vectors that the embedding has count there.
func TestAResultTakesTheMemoryOfWhatItHoldsAlone(t *testing.T) {
	e, m := engine(&letters{})
	emb, err := e.Embed(t.Context(), Source{Model: m}, []string{"abc", "?", "bcd", "cde"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for dimensions, vectors := range map[int]int{4: 0, 2: 4 * 3 * 2, 3: 4 * 3 * 3} {
		r, err := Analyse(t.Context(), m, api.Candidate{Model: m.Ref(), Dimensions: dimensions}, emb, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := r.Bytes(), vectors+r.Matrix.Bytes()+r.Scan.Bytes(); got != want || r.Matrix.Bytes() != 4*3 || r.Scan.Bytes() == 0 {
			t.Errorf("%d dimensions: %d bytes, want %d", dimensions, got, want)
		}
		if r.Scan = nil; r.Bytes() != vectors+4*3 {
			t.Errorf("%d dimensions without a scan: %d bytes", dimensions, r.Bytes())
		}
	}
}
