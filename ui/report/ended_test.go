package report_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/report"
)

// Where the server went away, that is what is wrong, and not the text.
func TestAnArrayThatIsNotWrittenSaysThatTheServerEnded(t *testing.T) {
	err := &report.MissingVectorError{Text: "1", Why: fmt.Errorf("the asking ended: %w", &api.ServerError{Provider: "box", Message: "nothing answers at 127.0.0.1:8080"})}
	if got := err.Error(); !strings.Contains(got, "nothing answers at 127.0.0.1:8080") || !strings.Contains(got, "what has arrived is kept") || strings.Contains(got, "take the text out") {
		t.Error(got)
	}
}

func TestAnArrayNeedsAVectorOfEveryText(t *testing.T) {
	for want, err := range map[string]*report.MissingVectorError{
		`a NumPy array cannot leave out text "a", which has no vector; take the text out or use jsonl`:               {Text: "a"},
		`a NumPy array cannot leave out text "a", which has no vector (it is empty); take the text out or use jsonl`: {Text: "a", Why: errors.New("it is empty")},
	} {
		if got := err.Error(); got != want || err.Why != nil && !errors.Is(err, err.Why) {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
	vectors, err := compare.NewVectors([][]float32{{1, 0}, nil})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	var missing *report.MissingVectorError
	if err := report.EmbeddingsNPY(&out, report.Embeddings{Texts: make([]corpus.Text, 2), Vectors: vectors}); !errors.As(err, &missing) || missing.Text != "2" || out.Len() > 0 {
		t.Errorf("without the second vector it ends with %v, and writes %q", err, out.String())
	}
}
