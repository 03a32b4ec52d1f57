package session

import (
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// The cursor is on what was changed, or where it was, and beside it is another text.
func TestTheCursorFollowsEveryEdit(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(Edits) (tea.Cmd, error)
		a, b int
	}{
		"inserted": {func(e Edits) (tea.Cmd, error) { return e.Insert(3, corpus.Text{Text: "x"}, corpus.Text{Text: "y"}) }, 3, 1},
		"deleted":  {func(e Edits) (tea.Cmd, error) { return e.Delete(2), nil }, 2, 1},
		"the last": {func(e Edits) (tea.Cmd, error) { return e.Delete(4), nil }, 3, 1},
		"moved":    {func(e Edits) (tea.Cmd, error) { return e.Move(2, 2), nil }, 4, 1},
		"typed":    {func(e Edits) (tea.Cmd, error) { return e.Retype(e.Begin(2), "x") }, 2, 1},
		"replaced": {func(e Edits) (tea.Cmd, error) { return e.Replace(numbered(3), corpus.Origin{}) }, 0, 1},
		"cleared":  {func(e Edits) (tea.Cmd, error) { return e.Clear(), nil }, 0, 0},
	} {
		s := bare(t, numbered(5)...)
		s.SetCursor(4, 1)
		if _, err := c.do(s.Edits()); err != nil || s.CursorA() != c.a || s.CursorB() != c.b {
			t.Errorf("%s: it is on %d and %d, want %d and %d (%v)", name, s.CursorA(), s.CursorB(), c.a, c.b, err)
		}
	}
}

func TestOfNoTextsNobodyIsAsked(t *testing.T) {
	s, _ := withModel(t, 0, 4, 4)
	s.engine.Providers["a"] = open{}
	s.Edits().Clear()
	if n := s.Requests().Open(); n != 0 || s.Running() || len(s.Texts()) != 0 {
		t.Errorf("%d requests are open, and %d texts are shown", n, len(s.Texts()))
	}
}

// Two names of one model, as Ollama has them, are one candidate when its list says so.
func TestTwoNamesOfOneModelBecomeOneCandidate(t *testing.T) {
	s := bare(t)
	for _, ref := range []string{"ollama/m:latest", "ollama/n", "ollama/m"} {
		s.Restore().Candidate(api.Candidate{Model: ref, Dimensions: 4})
	}
	s.SetFocus(1)
	s.engine.Catalog = catalog.New([]api.Model{{Provider: "ollama", ID: "m:latest", Kind: api.KindEmbedding, Dimensions: 4, MaxDimensions: 4}})
	s.nameInFull()
	if got := CandidateIDs(s.Candidates()); !slices.Equal(got, []string{"ollama/m:latest@4", "ollama/n@4"}) || s.Focused() != 1 {
		t.Errorf("%v, in focus is %d", got, s.Focused())
	}
}

func TestTheNearestDimensionsComeFirst(t *testing.T) {
	for _, c := range []struct {
		from int
		want []int
	}{
		{256, []int{256, 128, 512, 64, 768}}, {64, []int{64, 128, 256, 512, 768}}, {768, []int{768, 512, 256, 128, 64}}, {300, []int{512, 256, 768, 128, 64}},
	} {
		if got := nearest([]int{64, 128, 256, 512, 768}, c.from); !slices.Equal(got, c.want) {
			t.Errorf("from %d: %v, want %v", c.from, got, c.want)
		}
	}
}

// The newest results that fit are kept, and none that does not.
func TestAsManyResultsAreKeptAsFit(t *testing.T) {
	s, _ := compared(t, 700)
	of, one := s.kept[0].of, s.resultAt(1024)
	var k keptResults
	for d := range 2*keptBytes/one.Bytes() + 2 {
		r := *one
		r.Candidate.Dimensions = d
		k.add(of, &r)
	}
	if want := keptBytes / one.Bytes(); len(k) != want || k[len(k)-1].Candidate.Dimensions != 2*keptBytes/one.Bytes()+1 {
		t.Errorf("%d results are kept, of %d bytes each", len(k), one.Bytes())
	}
	emb := *of
	emb.Partial = true
	if got := s.further(one.Model, []api.Candidate{one.Candidate}, &emb); got != nil {
		t.Errorf("of a part of the texts %v dimensions are computed that nobody has asked for", got)
	}
	if k.add(of, &pipeline.Result{Candidate: one.Candidate, Matrix: one.Matrix, Vectors: one.Vectors, Scan: one.Scan}); len(k) != keptBytes/one.Bytes() {
		t.Errorf("with one more %d are kept", len(k))
	}
}
