package cli

import (
	"context"
	"errors"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/report"
)

// What ended an asking is the reason of those texts alone that have neither a vector nor
// a reason of their own.
func TestWhatEndsAnAskingTakesNoTextsOwnReasonAway(t *testing.T) {
	vectors, err := compare.NewVectors([][]float32{{1, 0}, nil, nil})
	if err != nil {
		t.Fatal(err)
	}
	own, ended := errors.New("it is empty"), errors.New("no credit")
	before := map[int]error{1: own}
	got, err := keepArrived(t.Context(), &pipeline.Embedding{Texts: []string{"a", "", "c"}, Vectors: vectors, Failed: before}, ended)
	if err != nil {
		t.Fatal(err)
	}
	var text *api.TextError
	var after *report.EndedError
	if len(got.Failed) != 2 || !errors.Is(got.Failed[1], own) || !errors.As(got.Failed[2], &text) || text.Index != 2 || !errors.As(got.Failed[2], &after) || !errors.Is(after, ended) {
		t.Errorf("the reasons are %v", got.Failed)
	}
	if len(before) != 1 {
		t.Errorf("what others hold was changed: %v", before)
	}
	none, _ := compare.NewVectors([][]float32{nil, nil, nil})
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx context.Context
		emb *pipeline.Embedding
	}{
		"nothing came":     {t.Context(), nil},
		"no vector came":   {t.Context(), &pipeline.Embedding{Texts: []string{"a", "", "c"}, Vectors: none}},
		"it was cancelled": {over, &pipeline.Embedding{Texts: []string{"a", "", "c"}, Vectors: vectors}},
	} {
		if got, err := keepArrived(c.ctx, c.emb, ended); got != nil || !errors.Is(err, ended) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// More pairs than are kept are listed as far as they go, and the end says so and fails.
func TestMorePairsThanAreKeptAreAFailure(t *testing.T) {
	vectors, err := compare.NewVectors([][]float32{{1, 0}, {1, 0}, {1, 0}, {1, 0}})
	if err != nil {
		t.Fatal(err)
	}
	candidate := api.Candidate{Model: "local/compass", Dimensions: 2}
	result, err := pipeline.Analyse(t.Context(), api.Model{}, candidate, &pipeline.Embedding{Vectors: vectors}, nil)
	if err != nil {
		t.Fatal(err)
	}
	of := &thresholds{common: .9}
	for most, want := range map[int]error{6: nil, 3: report.ErrTooManyPairs} {
		if result.Scan, err = result.Matrix.Scan(t.Context(), compare.ScanOptions{Floor: .9, MaxPairs: most}, nil); err != nil {
			t.Fatal(err)
		}
		c := report.Comparison{Texts: make([]corpus.Text, 4), Results: []*pipeline.Result{result}}
		for name, write := range map[string]func(s *session) error{
			"pairs":            func(s *session) error { return s.duplicates(c, of, false, false) },
			"pairs as JSON":    func(s *session) error { return s.duplicates(c, of, true, false) },
			"pairs as TSV":     func(s *session) error { return s.duplicates(c, of, false, true) },
			"clusters":         func(s *session) error { return s.clusters(t.Context(), c, of, &progress{}, false, false, false) },
			"clusters as JSON": func(s *session) error { return s.clusters(t.Context(), c, of, &progress{}, false, true, false) },
			"clusters as TSV":  func(s *session) error { return s.clusters(t.Context(), c, of, &progress{}, true, false, true) },
		} {
			s := newSession(t)
			err := write(s)
			if want == nil && err != nil || want != nil && (err == nil || err.Error() != want.Error()) || s.out.Len() == 0 {
				t.Errorf("%s of which %d are kept: %v, %q", name, most, err, s.out.String())
			}
		}
	}
}
