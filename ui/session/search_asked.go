package session

import (
	"context"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui/loop"
)

// Asked are the queries that the person has asked of the texts of the results, and what
// they said of the texts that were found.
type Asked struct{ session *Session }

// Asked are those of this session.
func (s *Session) Asked() Asked { return Asked{s} }

// of names the texts that queries are asked of.
func (a Asked) of() string { return a.session.origin().Source }

// List gives the queries, the one that was asked last last.
func (a Asked) List() []labels.AskedQuery { return a.session.labelled.asked.About(a.of()) }

// Query gives a query with what was said; one that was not asked has nothing.
func (a Asked) Query(text string) labels.AskedQuery {
	return a.session.labelled.asked.Query(a.of(), text)
}

// Decided is how many of the queries are judged, of how many.
func (a Asked) Decided() (judged, all int) {
	list := a.List()
	for _, q := range list {
		if q.Decided() {
			judged++
		}
	}
	return judged, len(list)
}

// Ask keeps a query; source are the words of the text that it was made of, empty for none.
func (a Asked) Ask(text, source string) {
	a.session.labelled.asked.Ask(a.of(), text, source)
	a.session.unsaved = true
}

// Forget takes a query out with all that was said of it.
func (a Asked) Forget(text string) tea.Cmd {
	a.session.labelled.asked.Forget(a.of(), text)
	return a.changed()
}

// Judge says how relevant the text at an index of the results is to a query.
func (a Asked) Judge(query string, text int, grade float64) tea.Cmd {
	a.session.labelled.asked.Judge(a.of(), query, a.session.current.texts[text].Text, grade)
	return a.changed()
}

// Finish notes that the first hits of every row, so many each, have all been judged.
func (a Asked) Finish(query string, pool int) tea.Cmd {
	a.session.labelled.asked.Finish(a.of(), query, pool)
	return a.changed()
}

// Undo takes the last judgment back and tells of which query and words it was; ok is
// false when there is none.
func (a Asked) Undo() (query, text string, ok bool, cmd tea.Cmd) {
	query, text, ok = a.session.labelled.asked.Undo()
	if !ok {
		return "", "", false, nil
	}
	return query, text, true, a.changed()
}

// MergedQueries says what became of queries that were taken in from a file.
type MergedQueries struct {
	// All is how many there were; Queries and Judgments are how many said something new.
	All, Queries, Judgments int
	// Disagree are the judgments that say otherwise than the person has; theirs stand.
	Disagree []labels.GradeDisagreement
	// LeftOut says of which rows and labels nothing was taken in and why.
	LeftOut []*labels.Error
}

// Import takes in queries with their judgments, which it reads and ties outside the loop,
// and goes on with what became of them.
func (a Asked) Import(read func() (labels.Questions, error), then func(MergedQueries, error) tea.Cmd) tea.Cmd {
	of, named := a.of(), a.session.current.named
	var merged MergedQueries
	work := func(context.Context) ([]labels.AskedQuery, error) {
		file, err := read()
		if err != nil {
			return nil, err
		}
		list, problems := labels.AskedOf(of, file.Queries, named())
		for i := range list {
			list[i].Complete = file.Judged
		}
		merged.All, merged.LeftOut = len(file.Queries), slices.Concat(file.Skipped, problems)
		return list, nil
	}
	return loop.Async(a.session.life, work, func(list []labels.AskedQuery, err error) tea.Cmd {
		if err != nil {
			return then(merged, err)
		}
		merged.Queries, merged.Judgments, merged.Disagree = a.session.labelled.asked.Merge(list)
		return tea.Batch(a.changed(), then(merged, nil))
	})
}

// changed follows a change of what was said.
func (a Asked) changed() tea.Cmd {
	a.session.unsaved = true
	return a.session.relabelled()
}

// Want asks Search for what is like a text of those words.
func (a Asked) Want(words string) { a.session.searching.wanted = words }

// TakeWanted gives the text that more like it is wanted of, once; empty for none.
func (a Asked) TakeWanted() string {
	text := a.session.searching.wanted
	a.session.searching.wanted = ""
	return text
}

// Texts are those that queries are asked of, for files.
func (a Asked) Texts() []corpus.Text { return a.session.current.texts }

// judged is how many of the tied queries the person has judged.
func (t *tiedLabels) judged() int { return len(t.Pools) }

// pooled tells that the person looked at no more than first hits of some query.
func (t *tiedLabels) pooled() bool {
	for _, n := range t.Pools {
		if n > 0 {
			return true
		}
	}
	return false
}

// sameQueries tells that queries ask and say the same as those before.
func (t *tiedLabels) sameQueries(had *tiedLabels) bool {
	same := func(a, b labels.TiedQuery) bool {
		return a.Source == b.Source && slices.Equal(a.Judged, b.Judged)
	}
	return slices.Equal(t.queries, had.queries) && slices.EqualFunc(t.Queries, had.Queries, same) && maps.Equal(t.Pools, had.Pools)
}

// Retrieval are the queries that candidates can be tried at, whatever decides; nil when
// there are none with an answer.
func (l Labels) Retrieval() *evaluate.Labels {
	for _, t := range l.Tasks() {
		if t.Task == evaluate.Retrieval {
			return t.Labels
		}
	}
	return nil
}
