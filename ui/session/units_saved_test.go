package session

import (
	"context"
	"errors"
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
)

// What a later session is to have is noted as unsaved, and nothing else is: every save
// writes a file.
func TestWhatALaterSessionIsToHaveIsUnsaved(t *testing.T) {
	s := bare(t, numbered(4)...)
	pairs := labels.Labels{Pairs: []labels.Pair{{A: "1", B: "2", Score: 1}, {A: "1", B: "3", Score: 0}}}
	importMarks := func(list []labels.Mark, err error) {
		ended(s.Labels().Import(func() ([]labels.Mark, error) { return list, err }, func(int, labels.Merged, error) tea.Cmd { return nil }))
	}
	importQueries := func(err error) {
		questions := labels.Questions{Queries: []labels.Query{{Text: "third?"}}}
		ended(s.Asked().Import(func() (labels.Questions, error) { return questions, err }, func(MergedQueries, error) tea.Cmd { return nil }))
	}
	edit := s.Edits().Begin(0)
	retype := func(text string) {
		if _, err := s.Edits().Retype(edit, text); err != nil {
			t.Error(err)
		}
	}
	failed := errors.New("no such file")
	const saved, unsaved = true, false
	shop := api.Model{Provider: "a", ID: "m", Dimensions: 4}
	at := func(dimensions int) api.Candidate { return api.Candidate{Model: "a/m", Dimensions: dimensions} }
	for _, c := range []struct {
		what string
		do   func()
		want bool
	}{
		{"labels are opened", func() { s.Labels().Open(pairs, "/x/p.csv") }, unsaved},
		{"a task is chosen", func() { s.Labels().ChooseTask(evaluate.Pairs) }, unsaved},
		{"a pair is marked", func() { s.Labels().Set(0, 1, labels.Same) }, unsaved},
		{"it is marked the same again", func() { s.Labels().Set(0, 1, labels.Same) }, saved},
		{"that is undone", func() { s.Labels().UndoMark() }, unsaved},
		{"nothing is left to undo", func() { s.Labels().UndoMark() }, saved},
		{"marks are taken in", func() { importMarks([]labels.Mark{{A: "text 1", B: "text 2", Verdict: labels.Same}}, nil) }, unsaved},
		{"marks that are known are taken in", func() { importMarks([]labels.Mark{{A: "text 1", B: "text 2", Verdict: labels.Same}}, nil) }, saved},
		{"marks cannot be read", func() { importMarks(nil, failed) }, saved},
		{"a query is asked", func() { s.Asked().Ask("which?", "") }, unsaved},
		{"a text is judged", func() { s.Asked().Judge("which?", 1, 1) }, unsaved},
		{"all hits are judged", func() { s.Asked().Finish("which?", 10) }, unsaved},
		{"a judgment is undone", func() { s.Asked().Undo() }, unsaved},
		{"a query is forgotten", func() { s.Asked().Forget("which?") }, unsaved},
		{"queries are taken in", func() { importQueries(nil) }, unsaved},
		{"queries cannot be read", func() { importQueries(failed) }, saved},
		{"a text is typed", func() { retype("new") }, unsaved},
		{"nothing more is typed", func() { retype("new") }, saved},
		{"a model is selected", func() { s.ToggleModel(shop) }, unsaved},
		{"another is", func() { s.Toggle(at(2)) }, unsaved},
		{"it is moved", func() { s.MoveCandidate(1, -1) }, unsaved},
		{"it is moved no further", func() { s.MoveCandidate(0, -1) }, saved},
		{"it gets other dimensions", func() { s.Resize(0, 3) }, unsaved},
		{"it gets those of another", func() { s.Resize(0, 4) }, saved},
		{"it is removed", func() { s.Toggle(at(3)) }, unsaved},
		{"the texts are ordered", func() { s.SetOrder(OrderGroup) }, unsaved},
		{"a threshold is set", func() { s.Thresholds().Set("", .5) }, unsaved},
		{"each has its own", func() { s.Thresholds().SetEach(true) }, unsaved},
		{"a seed is chosen", func() { s.Verdict().SetSeed(3) }, unsaved},
		{"limits are set", func() { s.Verdict().SetLimits(evaluate.Limits{Price: 1}) }, unsaved},
		{"a prefix is edited", func() { s.SetRoles(shop, api.Roles{Query: api.Manner{Prefix: "q: "}}) }, unsaved},
		{"the cursor is moved", func() { s.SetCursor(1, 2) }, saved},
		{"a text is pointed at", func() { s.PointAt(3) }, saved},
		{"the focus is moved", func() { s.CycleFocus(1) }, saved},
		{"a text is marked to be compared with", func() { s.Mark(0) }, saved},
		{"that is taken back", func() { s.Unmark() }, saved},
		{"texts are selected", func() { s.Select(true, 0, 1) }, saved},
		{"more like a text is wanted", func() { s.Asked().Want("text 1") }, saved},
	} {
		s.MarkSaved()
		if c.do(); s.Unsaved() == c.want {
			t.Errorf("%s: unsaved is %t", c.what, s.Unsaved())
		}
	}
}

func TestMarksThatAreKnownAlreadySaveNothingElse(t *testing.T) {
	s := bare(t, numbered(2)...)
	s.Labels().Set(0, 1, labels.Same)
	known := s.Labels().Marks()
	ended(s.Labels().Import(func() ([]labels.Mark, error) { return known, nil }, func(int, labels.Merged, error) tea.Cmd { return nil }))
	if !s.Unsaved() {
		t.Error("the mark of before counts as saved")
	}
}

func TestAFileThatCannotBeReadSaysSoAndChangesNothing(t *testing.T) {
	s := bare(t, numbered(3)...)
	failed := errors.New("no such file")
	var told []error
	ended(s.Labels().Import(func() ([]labels.Mark, error) {
		return []labels.Mark{{A: "text 1", B: "text 2", Verdict: labels.Same}}, failed
	},
		func(n int, merged labels.Merged, err error) tea.Cmd {
			if told = append(told, err); n != 0 || merged.New != 0 {
				t.Errorf("%d marks, %+v", n, merged)
			}
			return nil
		}))
	ended(s.Asked().Import(func() (labels.Questions, error) {
		return labels.Questions{Queries: []labels.Query{{Text: "which?"}}}, failed
	}, func(_ MergedQueries, err error) tea.Cmd {
		told = append(told, err)
		return nil
	}))
	if !slices.Equal(told, []error{failed, failed}) || len(s.Labels().Marks()) != 0 || len(s.Asked().List()) != 0 {
		t.Errorf("told %v; there are %v and %v", told, s.Labels().Marks(), s.Asked().List())
	}
}

// What came up is told once and kept; why nothing can be kept for later goes when it can.
func TestNewsAreToldAndReadAgain(t *testing.T) {
	s := bare(t)
	var lines []string
	var persist error
	asked := 0
	s.readNews = Config{News: func() []string { asked++; return lines }, PersistErr: func() error { return persist }}.readNews()
	for _, c := range []struct {
		lines    []string
		persist  error
		events   int
		warnings []string
	}{
		{nil, nil, 0, nil},
		{[]string{"the cache is slow"}, errors.New("disk full"), 1, []string{"the cache is slow"}},
		{nil, errors.New("disk full"), 0, []string{"the cache is slow"}},
		{[]string{"it was read only", "the cache is slow"}, nil, 1, []string{"the cache is slow", "it was read only"}},
	} {
		lines, persist = c.lines, c.persist
		ended(s.askNews())
		events := s.TakeEvents()
		if len(events) != c.events || !errors.Is(s.PersistErr(), c.persist) || !slices.Equal(s.Warnings(), c.warnings) {
			t.Errorf("%q, %v: events %+v, %v, warnings %q", c.lines, c.persist, events, s.PersistErr(), s.Warnings())
		}
		if c.events > 0 && !slices.Equal(events[0].(NewsEvent).Lines, c.lines) {
			t.Errorf("told are %+v", events)
		}
	}
	if asked != 4 || (Config{PersistErr: func() error { return nil }}).readNews() != nil {
		t.Errorf("asked %d times", asked)
	}
	s.Warnings()[0] = "changed"
	if s.Warnings()[0] == "changed" {
		t.Error("who reads the warnings can change them")
	}
}

func TestTheListsOfAllOthersAreReadWhenOneFails(t *testing.T) {
	s, l := withServers(t, "a", "b", "c")
	s.lists.read = func(_ context.Context, provider string) (string, error) {
		if l.asked = append(l.asked, provider); provider == "a" {
			return "", errors.New("out of order")
		}
		return "1 new", nil
	}
	ended(s.Lists().Begin())
	var failed, changed []string
	for _, e := range s.TakeEvents() {
		if list, ok := e.(ListEvent); ok && list.Err != nil {
			failed = append(failed, list.Provider+list.Changes)
		} else if ok {
			changed = append(changed, list.Provider+" "+list.Changes)
		}
	}
	if !slices.Equal(failed, []string{"a"}) || !slices.Equal(changed, []string{"b 1 new", "c 1 new"}) || !slices.Equal(l.asked, []string{"a", "b", "c"}) {
		t.Errorf("asked %v, failed %v, changed %v", l.asked, failed, changed)
	}
	if s.Lists().Refresh("nobody") != nil {
		t.Error("the list of a server that there is not is read")
	}
}
