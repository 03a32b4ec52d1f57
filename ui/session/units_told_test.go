package session

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// deciding are the events of what decides since they were taken last.
func deciding(s *Session) (events []DecidingEvent) {
	for _, e := range s.TakeEvents() {
		if d, ok := e.(DecidingEvent); ok {
			events = append(events, d)
		}
	}
	return events
}

// That other labels decide is told once, and only where some did before.
func TestItIsToldWhenMarksDecideAndWhenTheyDoNoLonger(t *testing.T) {
	ungrouped := numbered(30)
	for i := range ungrouped {
		ungrouped[i].Group = ""
	}
	for name, c := range map[string]struct {
		texts      []corpus.Text
		come, gone []DecidingEvent
	}{
		"groups decided": {numbered(30), []DecidingEvent{{Before: evaluate.Groups, Now: evaluate.Pairs, Marks: fewMarks, Left: true}},
			[]DecidingEvent{{Before: evaluate.Pairs, Now: evaluate.Groups, Marks: fewMarks - 1, Left: true}}},
		"nothing decided": {ungrouped, nil, nil},
	} {
		s := bare(t, c.texts...)
		s.Labels().Tasks()
		for n := range fewMarks {
			s.Labels().Set(n, n+1, []labels.Verdict{labels.Same, labels.Different}[n%2])
			s.Labels().Tasks()
		}
		if got := deciding(s); !slices.Equal(got, c.come) {
			t.Errorf("%s: after %d marks %+v", name, fewMarks, got)
		}
		s.Labels().UndoMark()
		s.Labels().Tasks()
		if got := deciding(s); !slices.Equal(got, c.gone) {
			t.Errorf("%s: after one was taken back %+v", name, got)
		}
	}
}

// Of requests that asked no server the last of each model and purpose is remembered, of
// others each; one that nobody wanted any more is none.
func TestWhatHasEndedIsRememberedNewestFirst(t *testing.T) {
	s := bare(t)
	failed := errors.New("out of order")
	end := func(model string, p Purpose, stopped bool, requests, came int, err error) {
		a := &Request{source: pipeline.Source{Model: api.Model{Provider: "a", ID: model}}, purpose: p, stopped: stopped, texts: make([]string, 3), started: time.Now().Add(-time.Hour)}
		has := []int{0, 1, 2}[:came]
		s.noteEnded(a, &pipeline.Embedding{Vectors: vectors(t, 3, has...), Spent: api.Usage{Requests: requests}}, err)
	}
	end("m", ForCandidates, false, 0, 3, nil)
	end("m", ForQuery, false, 0, 1, nil)
	end("m", ForCandidates, false, 0, 2, nil) // takes the place of the first
	end("m", ForCandidates, false, 0, 1, failed)
	end("m", ForCandidates, false, 0, 0, failed)
	end("m", ForCandidates, false, 2, 3, nil)
	end("m", ForCandidates, false, 1, 3, nil)
	end("gone", ForCandidates, false, 1, 2, context.Canceled)
	end("m", ForCandidates, true, 1, 2, context.Canceled)
	end("n", ForCandidates, false, 0, 3, nil)
	var got []string
	for _, e := range s.Requests().Ended() {
		got = append(got, fmt.Sprintf("%s %d %d/%d %v", e.Model, e.Purpose, e.Came, e.Spent.Requests, e.Err))
		if e.Took < time.Hour || e.Took > 2*time.Hour || e.Texts != 3 {
			t.Errorf("%+v", e)
		}
	}
	want := []string{"a/n 0 3/0 <nil>", "a/m 0 2/1 stopped", "a/m 0 3/1 <nil>", "a/m 0 3/2 <nil>", "a/m 0 0/0 out of order", "a/m 0 1/0 out of order", "a/m 0 2/0 <nil>", "a/m 1 1/0 <nil>"}
	if !slices.Equal(got, want) {
		t.Errorf("remembered are %q, want %q", got, want)
	}
	for range mostEnded + 5 {
		end("many", ForCandidates, false, 1, 3, nil)
	}
	if all := s.Requests().Ended(); len(all) != mostEnded || all[mostEnded-1].Model != "a/many" {
		t.Errorf("%d are remembered, the oldest of %s", len(all), all[len(all)-1].Model)
	}
}

// A candidate of which cannot be found out what is known fails, and does not wait for ever.
func TestALookThatFailsIsTheCandidatesFailure(t *testing.T) {
	s, m := withModel(t, 1, 4, 4)
	s.engine.Providers["a"] = open{}
	source, _ := pipeline.SourceOf(m, s.candidates[0])
	s.job = &job{cancel: func() {}, running: true, texts: s.wordings(), pending: map[string]bool{"a/m@4": true}, parts: map[string]*part{}, compared: map[string]*comparing{}}
	s.job.part(source.Key()).looking = true
	failed := errors.New("out of order")
	s.looked(source.Key(), known{}, failed)
	if o := s.current.outcomes["a/m@4"]; !errors.Is(o.err, failed) || o.unpaid != nil || s.Pending() {
		t.Errorf("%+v, something is pending: %t", o, s.Pending())
	}
}

// While texts are embedded a candidate whose vectors turn out shorter is still awaited.
func TestACandidateThatGetsAnotherLengthIsStillAwaited(t *testing.T) {
	s, m := withModel(t, 1, 8, 8)
	s.job = &job{cancel: func() {}, pending: map[string]bool{"a/m@8": true}}
	s.Thresholds().Set("", .5)
	s.Thresholds().SetEach(true)
	s.Thresholds().Set("a/m@8", .25)
	s.learnDimensions(ofLength(t, pipeline.Source{Model: m}, 6))
	if !s.job.pending["a/m@6"] || s.job.pending["a/m@8"] || len(s.job.pending) != 1 || s.Thresholds().Of("a/m@6") != .25 {
		t.Errorf("awaited are %v, and its threshold is %g", s.job.pending, s.Thresholds().Of("a/m@6"))
	}
}
