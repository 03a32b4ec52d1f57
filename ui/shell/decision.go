package shell

import (
	"fmt"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
)

// restoreDecision takes up marks, labels, and what was chosen for the verdict.
func (a *App) restoreDecision(st config.State) {
	d := session.Decision{Task: evaluate.Task(st.Trial.Task), Seed: session.DefaultSeed, Limits: evaluate.Limits{
		Price: st.Trial.MaxPrice, Dimensions: st.Trial.MaxDimensions, Milliseconds: st.Trial.MaxMilliseconds, LocalOnly: st.Trial.LocalOnly,
	}}
	if st.Trial.Seed != nil {
		d.Seed = *st.Trial.Seed
	}
	for _, m := range st.Marks {
		d.Marks = append(d.Marks, labels.Mark{A: m.A, B: m.B, Verdict: labels.Verdict(m.Verdict)})
	}
	for _, q := range st.Asked {
		asked := labels.AskedQuery{Of: q.Of, Text: q.Text, Source: q.Source, Pool: q.Pool, Complete: q.Complete}
		for _, g := range q.Graded {
			asked.Graded = append(asked.Graded, labels.Grade(g))
		}
		d.Asked = append(d.Asked, asked)
	}
	if l := st.Labels; l != nil {
		d.Labels, d.File, d.Path, d.Origin = l.Content, l.File, l.Path, corpus.Origin{Source: l.Source, Set: l.Set}
	}
	if err := a.Session.Restore().Decision(d); err != nil {
		a.Notify(ui.NoticeWarn, fmt.Sprintf("The labels of %s are not there any more: %s.", d.File, err))
	}
}

// rememberDecision puts them into the state.
func (a *App) rememberDecision(st *config.State) {
	d := a.Session.Decision()
	for _, m := range d.Marks {
		st.Marks = append(st.Marks, config.Mark{A: m.A, B: m.B, Verdict: string(m.Verdict)})
	}
	for _, q := range d.Asked {
		asked := config.Asked{Of: q.Of, Text: q.Text, Source: q.Source, Pool: q.Pool, Complete: q.Complete}
		for _, g := range q.Graded {
			asked.Graded = append(asked.Graded, config.Graded(g))
		}
		st.Asked = append(st.Asked, asked)
	}
	if d.Labels != nil {
		st.Labels = &config.Labels{File: d.File, Path: d.Path, Source: d.Origin.Source, Set: d.Origin.Set, Content: d.Labels}
	}
	st.Trial = config.Trial{
		Task: string(d.Task), MaxPrice: d.Limits.Price, MaxDimensions: d.Limits.Dimensions, MaxMilliseconds: d.Limits.Milliseconds, LocalOnly: d.Limits.LocalOnly,
	}
	if d.Seed != session.DefaultSeed {
		st.Trial.Seed = &d.Seed
	}
}
