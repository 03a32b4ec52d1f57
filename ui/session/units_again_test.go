package session

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
)

// A source that is asked anew is asked so until all of it has come.
func TestAskingAnewLastsUntilAllHasCome(t *testing.T) {
	for name, c := range map[string]struct {
		partial bool
		err     error
		stays   bool
	}{"all came": {false, nil, false}, "a part came": {true, nil, true}, "it failed": {true, errors.New("x"), true}} {
		s, m := withModel(t, 1, 4, 4)
		source, _ := pipeline.SourceOf(m, s.candidates[0])
		a := s.newRequest(ForCandidates, source, s.wordings(), SendingGrant)
		s.anew[a.key] = true
		emb := ofLength(t, source, 4)
		emb.Partial = c.partial
		if s.received(a, emb, c.err); s.anew[a.key] != c.stays || s.requests[a.key] != nil {
			t.Errorf("%s: it is asked anew again: %t", name, s.anew[a.key])
		}
	}
}

// The small vectors of a candidate that was taken out stay for it while the texts do.
func TestVectorsOfACandidateThatWasTakenOutStayWithTheirTexts(t *testing.T) {
	for name, c := range map[string]struct {
		texts []corpus.Text
		stays bool
	}{"the same texts": {nil, true}, "other texts": {numbered(5), false}} {
		s, m := compared(t, 6)
		source, _ := pipeline.SourceOf(m, s.candidates[0])
		ended(s.Toggle(s.candidates[0]))
		if c.texts != nil {
			if err := s.corpus.Set(c.texts, corpus.Origin{}); err != nil {
				t.Fatal(err)
			}
		}
		s.job = &job{texts: s.wordings()}
		if s.evict(); (s.embeddings[source.Key()] != nil) != c.stays {
			t.Errorf("%s: the vectors stay: %t", name, !c.stays)
		}
	}
	s, m := compared(t, 6)
	source, _ := pipeline.SourceOf(m, s.candidates[0])
	s.candidates = nil
	s.job = &job{texts: s.wordings()}
	for rows, want := range map[int]bool{1: true, spareBytes / 4096: true, spareBytes/4096 + 1: false} {
		emb := *s.embeddings[source.Key()]
		all := make([][]float32, rows)
		all[0] = make([]float32, 1024)
		all[0][0] = 1
		emb.Vectors = embeddingOf(t, all...).Vectors
		if got := s.spares(&emb); got != want {
			t.Errorf("%d vectors stay: %t", rows, got)
		}
	}
}

// What was stopped and ended well before the stop reached it was not stopped.
func TestAnEndBeforeAStopIsAnEnd(t *testing.T) {
	s, m := withModel(t, 1, 4, 4)
	source, _ := pipeline.SourceOf(m, s.candidates[0])
	for _, c := range []struct {
		stopped   bool
		err, want error
	}{{false, nil, nil}, {true, nil, nil}, {true, errors.New("x"), ErrStopped}} {
		a := s.newRequest(ForCandidates, source, s.wordings(), SendingGrant)
		a.stopped = c.stopped
		a.started = a.started.Add(-3e9)
		s.noteEnded(a, ofLength(t, source, 4), c.err)
		if e := s.Requests().Ended()[0]; !errors.Is(e.Err, c.want) || c.want == nil && e.Err != nil || e.Took < 3e9 || e.Took > e.At.Sub(a.started) || e.Came != 1 || e.Texts != 3 {
			t.Errorf("stopped %t, %v: %+v", c.stopped, c.err, e)
		}
	}
}

// A later look for pairs takes the place of one before, and other texts of both.
func TestTheLastLookForPairsCounts(t *testing.T) {
	s, _ := compared(t, 6)
	s.Labels().Set(0, 1, "same")
	called := map[string]int{}
	look := func(name string) tea.Cmd {
		return s.Labels().Doubts(func([][2]int, error) tea.Cmd { called[name]++; return nil })
	}
	first, second := look("first"), look("second")
	ended(first, second)
	if called["first"] != 0 || called["second"] != 1 {
		t.Errorf("%v", called)
	}
	late := messages(look("of former texts"))
	become(t, s, numbered(6)...)
	for _, done := range late {
		done()
	}
	if called["of former texts"] != 0 {
		t.Error("pairs of former texts are suggested")
	}
}

// What waited to be paid for and turns out to cost nothing is asked.
func TestWhatIsFreeNowIsAsked(t *testing.T) {
	for price, want := range map[float64]bool{0: true, 1: false} {
		s, _ := withModel(t, price, 4, 4)
		s.engine.Providers["a"] = open{}
		s.current.outcomes["a/m@4"] = outcome{unpaid: &pipeline.Estimate{}}
		if got := s.unfinished("")["a/m@4"]; got != want {
			t.Errorf("at %g it is asked: %t", price, got)
		}
	}
	// Nothing is asked of what was stopped, or has all.
	s, _ := withModel(t, 0, 4, 4)
	s.engine.Providers["a"] = open{}
	s.current.outcomes["a/m@4"] = outcome{result: &pipeline.Result{Model: api.Model{Source: api.SourceCached}}}
	if len(s.unfinished("")) != 0 {
		t.Error("what has all is asked again")
	}
	delete(s.current.outcomes, "a/m@4")
	s.stoppedCandidates = map[string]bool{"a/m@4": true}
	if len(s.unfinished("")) != 0 {
		t.Error("what was stopped is asked again")
	}
	if s.Invalidate(0); s.stoppedCandidates != nil {
		t.Error("a change leaves it stopped")
	}
}

func TestADecisionIsTakenUpWhole(t *testing.T) {
	s := bare(t, numbered(2)...)
	d := Decision{
		Marks: []labels.Mark{{A: "text 1", B: "text 2", Verdict: labels.Same}}, Asked: []labels.AskedQuery{{Of: "a.csv", Text: "which?", Pool: 10}},
		Labels: json.RawMessage(`{"Pairs":[{"A":"1","B":"2","Score":1}]}`), File: "p.csv", Path: "/x/p.csv", Origin: corpus.Origin{Source: "a.csv"},
		Task: evaluate.Pairs, Seed: 7, Limits: evaluate.Limits{Price: .5, LocalOnly: true},
	}
	if err := s.Restore().Decision(d); err != nil {
		t.Fatal(err)
	}
	if got := s.Decision(); !reflect.DeepEqual(got, d) || s.Verdict().Limits() != d.Limits || s.Verdict().Seed() != 7 || len(s.labelled.opened.Pairs) != 1 {
		t.Errorf("%+v, want %+v", got, d)
	}
}

// While results are on their way the trial of the present texts stands, and that of others goes.
func TestATrialOfFormerTextsDoesNotStand(t *testing.T) {
	for name, c := range map[string]struct {
		texts  uint64
		stands bool
	}{"of these texts": {0, true}, "of former texts": {9, false}} {
		s := bare(t, numbered(4)...)
		s.trying = trying{seed: 1, trial: &trial.Trial{}, key: trialKey{labels: &evaluate.Labels{}}, of: labelsKey{texts: s.current.revision + c.texts}}
		s.job = &job{} // it is going to begin
		if s.ensureTrial(); (s.trying.trial != nil) != c.stands {
			t.Errorf("%s: the trial stands: %t", name, !c.stands)
		}
	}
}

// What several candidates wait for is summed up once.
func TestASourceIsSummedUpOnce(t *testing.T) {
	s, m := withModel(t, 1, 4, 4, 2)
	source, _ := pipeline.SourceOf(m, s.candidates[0])
	for _, c := range s.candidates {
		s.current.outcomes[c.ID()] = outcome{unpaid: &pipeline.Estimate{Source: source, Texts: 3, Tokens: 9, Paid: true, Priced: true}}
	}
	s.engine.Providers["a"] = open{}
	s.Touch()
	if total, known := s.Payments().UnpaidEstimate(); !known || total.Tokens != 9 || total.Texts != 3 || s.Payments().Unpaid() != 2 {
		t.Errorf("%d candidates wait for %+v, known %t", s.Payments().Unpaid(), total, known)
	}
}

// broken is a model that gives nothing.
type broken struct{ err error }

func (b broken) Embed(context.Context, api.Request) (api.Result, error) { return api.Result{}, b.err }

func TestWhyDocumentsDidNotComeIsKept(t *testing.T) {
	for _, why := range []error{errors.New("out of order"), context.Canceled} {
		s, m := withModel(t, 0, 4, 4)
		s.engine.Providers["a"] = api.Uncached{Embedder: broken{why}}
		source := pipeline.Source{Model: m, Manner: api.Manner{Prefix: "document: "}}
		ended(s.Search().askDocuments(source))
		d, want := s.Search().documentsOf(source), why
		if errors.Is(why, context.Canceled) {
			want = ErrStopped
		}
		if d == nil || d.asking || !d.incomplete || !errors.Is(d.err, want) {
			t.Errorf("%v: %+v", why, d)
		}
	}
}

// While texts are typed only the last change has anything computed, and numbers are drawn
// anew by one clock.
func TestWhatIsTypedIsComputedOnceWhenItRests(t *testing.T) {
	s, _ := withModel(t, 0, 4, 4)
	s.engine.Providers["a"] = open{}
	var later []func() tea.Cmd
	s.after = func(_ context.Context, _ time.Duration, then func() tea.Cmd) tea.Cmd {
		later = append(later, then)
		return func() tea.Msg { return nil }
	}
	s.Invalidate(RestDelay)
	s.Invalidate(RestDelay)
	for i, running := range []bool{false, true} {
		if later[i](); s.Running() != running {
			t.Errorf("after the rest of change %d it is computed: %t", i+1, s.Running())
		}
	}
	ticks := len(later)
	if s.tick(); len(later) != ticks || ticks != 3 {
		t.Errorf("it is drawn anew %d times at once", len(later)-2)
	}
}
