package report

import (
	"io"
	"math"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/format"
)

// PerItem writes what every row of an evaluation makes of every item: for texts and
// pairs one line each with tabs between the columns, for queries the lines of a TREC
// run, tagged with the row's id.
func PerItem(w io.Writer, e Evaluation, queries []corpus.Text) error {
	if e.Trial.Labels.Task() == evaluate.Retrieval {
		return perQuery(w, e, queries)
	}
	s := NewSheet(w, Tab)
	rows := scoredRows(e.Trial)
	if e.Trial.Labels.Task() == evaluate.Pairs {
		perPair(s, e, rows)
	} else {
		perText(s, e, rows)
	}
	return s.close()
}

// scoredRows are the rows of a trial that have a score.
func scoredRows(t *trial.Trial) []*trial.Row {
	rows := make([]*trial.Row, len(t.Scored))
	for k := range rows {
		rows[k] = t.At(k)
	}
	return rows
}

func perPair(s *Sheet, e Evaluation, rows []*trial.Row) {
	for _, title := range []string{"a", "b", "score"} {
		s.text(title)
	}
	for _, r := range rows {
		s.text(r.ID)
	}
	s.end()
	ids := textIDs(e.Texts)
	for i := range e.Trial.Labels.Items() {
		p := rows[0].Score.Pairs[i]
		s.text(ids[p.A])
		s.text(ids[p.B])
		s.cell(&p.Score)
		for _, r := range rows {
			s.cell(finite(format.Down(r.Score.Pairs[i].Similarity, 6)))
		}
		s.end()
	}
}

func perText(s *Sheet, e Evaluation, rows []*trial.Row) {
	for _, title := range []string{"text", "group"} {
		s.text(title)
	}
	for _, r := range rows {
		for _, what := range []string{" nearest", " similarity", " in_group"} {
			s.text(r.ID + what)
		}
	}
	s.end()
	ids := textIDs(e.Texts)
	for i := range e.Trial.Labels.Items() {
		x := rows[0].Score.Texts[i]
		s.text(ids[x.Text])
		s.text(e.Texts[x.Text].Group)
		for _, r := range rows {
			x := r.Score.Texts[i]
			s.text(ids[x.Nearest])
			s.cell(finite(format.Down(x.Similarity, 6)))
			s.cell(x.InGroup)
		}
		s.end()
	}
}

// perQuery writes the first hits of every query as a TREC run.
func perQuery(w io.Writer, e Evaluation, queries []corpus.Text) error {
	texts, names := textIDs(e.Texts), textIDs(queries)
	out := newTREC(w)
	for _, r := range scoredRows(e.Trial) {
		for i, q := range r.Score.Queries {
			for rank, h := range q.Hits {
				if !math.IsInf(h.Score, 0) {
					out.line(names[e.Trial.Labels.Origin(i)], texts[h.Text], rank+1, h.Score, r.ID)
				}
			}
		}
	}
	return out.end()
}
