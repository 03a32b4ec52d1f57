package report

import (
	"fmt"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// details say of every row that was not cut from another what its task has beside the
// metrics.
func (d *document) details(e Evaluation) {
	var rows []*trial.Row
	for _, r := range scoredRows(e.Trial) {
		if !r.Cut {
			rows = append(rows, r)
		}
	}
	if len(rows) == 0 {
		return
	}
	d.thresholds(rows)
	d.neighbours(rows)
	if e.Trial.Labels.Task() == evaluate.Retrieval {
		d.pools(e, rows)
		d.floors(e)
	}
}

// thresholds are those of the best F1, which is optimistic, with F1 when every item is
// decided without itself.
func (d *document) thresholds(rows []*trial.Row) {
	if rows[0].Score.Split == nil {
		return
	}
	d.heading("Thresholds of the best F1")
	t := newTable(words("model"), numbers("threshold"), numbers("precision"), numbers("recall"), numbers("F1"), numbers("decided without itself"))
	for _, r := range rows {
		s := r.Score.Split
		t.add(term.Written(r.ID), findings.Threshold(s.Threshold), findings.Score(s.Precision), findings.Score(s.Recall), findings.Score(s.BestF1), findings.Score(s.LeftOutF1))
	}
	d.table(t)
}

// neighbours say how often the nearest text tells the group, beside always saying the
// largest one.
func (d *document) neighbours(rows []*trial.Row) {
	if rows[0].Score.Neighbour == nil {
		return
	}
	d.heading("The group as the nearest text tells it")
	t := newTable(words("model"), numbers("right"), numbers("always the largest group"))
	for _, r := range rows {
		n := r.Score.Neighbour
		t.add(term.Written(r.ID), findings.Score(n.Accuracy), findings.Score(n.Majority))
	}
	d.table(t)
}

// pools say against how many texts queries were ranked and how that changes the score,
// unless that was all texts alone, and how many of the hits nobody judged.
func (d *document) pools(e Evaluation, rows []*trial.Row) {
	sizes := len(rows[0].Score.Pools)
	if sizes > 1 {
		d.heading("nDCG@10 against a part of the texts")
	} else {
		d.heading("Hits that nobody judged")
		sizes = 0
	}
	t := newTable(words("model"))
	for _, p := range rows[0].Score.Pools[:sizes] {
		t.columns = append(t.columns, numbers(format.PlainCount(p.Texts, "text")))
	}
	t.columns = append(t.columns, numbers("hits not judged"))
	var results []*evaluate.Result
	for _, r := range rows {
		results = append(results, r.Score)
		cells := []string{term.Written(r.ID)}
		for _, p := range r.Score.Pools[:sizes] {
			cells = append(cells, findings.Score(p.NDCG))
		}
		judged := search.JudgedBy(r.Score)
		t.add(append(cells, fmt.Sprintf("%d of %d", judged.Unjudged, judged.Hits))...)
	}
	d.table(t)
	if evaluate.OrderChanges(results) {
		d.line("The order of the models changes with the number of texts that are searched: with another collection another may win.")
	}
}

// floors say from which score on a query has an answer, where some have none. Scores of
// a search by words, and of one fused with it, compare within one query alone, so that it
// has no floor.
func (d *document) floors(e Evaluation) {
	metrics := e.metrics()
	at := len(metrics) - 1
	if metrics[at] != evaluate.RejectionAUC {
		return
	}
	begun := false
	for k := range e.Trial.Scored {
		r := e.Trial.At(k)
		if r.Cut || r.Lexical || r.Fused() || r.Score.Rejection == nil {
			continue
		}
		if !begun {
			d.heading("The score under which a query has no answer")
			begun = true
		}
		j, auc := r.Score.Rejection, e.Findings.Estimates[k][at].Interval
		d.floor(r.ID, search.Floor{Separates: j.Separates(auc), TooFew: j.TooFew(auc), Score: j.Floor, LeftOut: j.LeftOut})
	}
}
