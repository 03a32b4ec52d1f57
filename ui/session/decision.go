package session

import (
	"encoding/json"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
)

// Decision is what the person has brought to deciding among the candidates, as it is
// remembered.
type Decision struct {
	Marks []labels.Mark
	// Asked are the queries asked and what was said of the texts that they found.
	Asked []labels.AskedQuery
	// Labels are those of File, which was at Path, encoded, for texts from Origin; nil when none were
	// opened.
	Labels json.RawMessage
	File   string
	Path   string
	Origin corpus.Origin
	// Task is what candidates are tried at; empty leaves it to the labels.
	Task   evaluate.Task
	Seed   uint64
	Limits evaluate.Limits
}

// Decision is the present one.
func (s *Session) Decision() Decision {
	l := &s.labelled
	if l.file != "" && l.encoded == nil {
		l.encoded, _ = json.Marshal(l.opened) // scores and grades are finite: nothing else could fail
	}
	return Decision{l.marks.List(), l.asked.List(), l.encoded, l.file, l.path, l.origin, l.task, s.trying.seed, s.trying.limits}
}

// Decision takes up what Session.Decision gave. The error says why the labels cannot be
// read again; all else is taken up then.
func (r Restorer) Decision(d Decision) error {
	s := r.session
	s.labelled.marks, s.labelled.task = labels.NewMarks(d.Marks), d.Task
	s.labelled.asked = labels.NewAsked(d.Asked)
	s.trying.seed, s.trying.limits = d.Seed, d.Limits
	if d.Labels == nil {
		return nil
	}
	var opened labels.Labels
	if err := json.Unmarshal(d.Labels, &opened); err != nil {
		return err
	}
	l := &s.labelled
	l.opened, l.file, l.path, l.origin, l.encoded = opened, d.File, d.Path, d.Origin, d.Labels
	l.revision++
	return nil
}
