package session

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/ui/loop"
)

// messages are what commands bring to the loop, which does not take them in yet.
func messages(cmds ...tea.Cmd) (all []loop.Done) {
	for len(cmds) > 0 {
		cmd := cmds[0]
		if cmds = cmds[1:]; cmd == nil {
			continue
		}
		switch msg := cmd().(type) {
		case tea.BatchMsg:
			cmds = append(cmds, msg...)
		case loop.Done:
			all = append(all, msg)
		}
	}
	return all
}

// inside is a session with so many texts and a model inside the program.
func inside(t *testing.T, texts int) *Session {
	t.Helper()
	s := bare(t, numbered(texts)...)
	free := 0.
	m := api.Model{Provider: "a", ID: "m", Kind: api.KindEmbedding, Dimensions: 1024, Price: &free, Source: api.SourceBinary}
	s.engine.Catalog = catalog.New([]api.Model{m})
	s.engine.Providers["a"] = api.Uncached{Embedder: noise{}}
	s.Restore().Candidate(api.Candidate{Model: m.Ref(), Dimensions: 1024})
	return s
}

// A change that leaves the texts as they are begins another round while their vectors are
// computed and compared, as the settings of a folder do.
func TestWhatIsComparedOutlivesTheRoundThatBeganIt(t *testing.T) {
	s := inside(t, 40)
	brought := messages(s.Invalidate(0))
	ended(s.Invalidate(0))
	id := s.Candidates()[0].ID()
	if s.job.compared[id] == nil {
		t.Error("the new round does not know that the candidate is compared already")
	}
	for _, message := range brought {
		message()
	}
	if s.resultAt(1024) == nil {
		t.Error("what was compared is thrown away")
	}
}

func TestWhatIsComparedOfOtherTextsIsThrownAway(t *testing.T) {
	s := inside(t, 40)
	brought := messages(s.Invalidate(0))
	s.corpus.Delete(0)
	s.Invalidate(1) // its round has not begun
	for _, message := range brought {
		message()
	}
	if r := s.resultAt(1024); r != nil {
		t.Errorf("the result is of %d texts, not of 39", r.Vectors.Len())
	}
}
