package export

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/session"
)

func TestATableHoldsThePairsOfTwoThousandTexts(t *testing.T) {
	for n, want := range map[int]string{0: "", 2048: "", 2049: "2,098,176 pairs are too many for a table: Duplicates exports the most similar"} {
		if got := tooManyPairs(n); got != want {
			t.Errorf("of %d texts: %q, want %q", n, got, want)
		}
	}
}

// A candidate is waited for while work is under way or is going to begin, and not where it
// waits for nothing.
func TestWhatMoreComesForIsNotTakenYet(t *testing.T) {
	for busy, waits := range map[bool]bool{false: false, true: true} {
		s := session.New(t.Context(), session.Config{
			Engine:  &pipeline.Engine{Catalog: catalog.New(nil), Providers: map[string]api.Provider{}},
			Counter: corpus.NewCounter(),
			After:   func(context.Context, time.Duration, func() tea.Cmd) tea.Cmd { return nil },
		})
		if busy {
			s.Restore().Texts([]corpus.Text{{Text: "a"}, {Text: "b"}}, corpus.Origin{})
			s.Restore().Candidate(api.Candidate{Model: "a/m", Dimensions: 4})
			s.Invalidate(time.Second) // its round is going to begin
		}
		if s.Busy() != busy {
			t.Fatalf("busy: %t", s.Busy())
		}
		ready := session.State{Candidate: api.Candidate{Model: "a/ready", Dimensions: 4}, Phase: session.PhaseReady}
		for _, c := range []struct {
			phase   session.Phase
			working bool
			waits   bool
		}{
			{session.PhaseWaiting, false, waits}, {session.PhaseReady, false, false}, {session.PhaseReady, true, true}, {session.PhaseRunning, true, true},
			{session.PhaseFailed, false, false}, {session.PhaseUnpaid, false, false},
		} {
			st := session.State{Candidate: api.Candidate{Model: "a/m", Dimensions: 4}, Phase: c.phase, Working: c.working}
			why := atWork(s, ready, st)
			if (why != "") != c.waits || c.waits && !strings.HasPrefix(why, st.Short()+" is still at work") {
				t.Errorf("busy %t, in phase %d, working %t: %q", busy, c.phase, c.working, why)
			}
		}
	}
}
