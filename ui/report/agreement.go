package report

import (
	"context"
	"fmt"

	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// judgement is what a comparison can say of quality: how alike every two candidates see
// the texts, and how they do at the groups, where there are some.
type judgement struct {
	agreements []trial.Agreement
	groups     *trial.Trial // nil without groups that tell candidates apart
}

// judge computes it. The error is ctx's.
func (c Comparison) judge(ctx context.Context) (j judgement, err error) {
	if j.agreements, err = trial.Agreements(ctx, c.Results); err != nil {
		return j, err
	}
	j.groups, err = trial.AtGroups(ctx, c.Texts, c.Results)
	return j, err
}

type overlapJSON struct {
	K      int      `json:"k"`
	Value  *float64 `json:"value"`
	Chance *float64 `json:"chance"`
}

type agreementJSON struct {
	A        string      `json:"a"`
	B        string      `json:"b"`
	Spearman *float64    `json:"rsa_spearman"`
	Pearson  *float64    `json:"rsa_pearson"`
	CKA      *float64    `json:"cka_debiased"`
	Overlap  overlapJSON `json:"overlap"`
	Jaccard  *float64    `json:"jaccard"`
}

type scoreJSON struct {
	ID      string              `json:"id"`
	Metrics map[string]*float64 `json:"metrics"`
}

// judgement writes how candidates agree and, where there are groups, how they do.
func (j *jsonWriter) judgement(v judgement) {
	j.list("agreement", len(v.agreements), func(i int) {
		g := v.agreements[i]
		j.value(agreementJSON{g.A.Candidate.ID(), g.B.Candidate.ID(), rounded(g.Spearman), rounded(g.Pearson), rounded(g.CKA),
			overlapJSON{g.K, rounded(g.Overlap), rounded(g.Chance)}, rounded(g.Jaccard)})
	})
	if v.groups == nil {
		return
	}
	j.raw(",\n")
	j.list("scores", len(v.groups.Rows), func(i int) {
		r := v.groups.Rows[i]
		s := scoreJSON{r.ID, map[string]*float64{}}
		if r.Score != nil {
			for _, m := range r.Score.Metrics {
				s.Metrics[m.Name] = rounded(m.Value)
			}
		}
		j.value(s)
	})
	if n := v.groups.Labels.Items(); v.groups.Drawn+v.groups.LeftOut > 0 {
		j.raw(fmt.Sprintf(",\n\"scores_over\":{\"items\":%d,\"left_out\":%d,\"drawn_of\":%d}", n, v.groups.LeftOut, v.groups.Drawn))
	}
}

// agreementColumns are those of every two candidates.
var agreementColumns = columns[trial.Agreement]{
	{head: "model", value: func(g trial.Agreement) any { return g.A.Candidate.ID() }},
	{head: "with", value: func(g trial.Agreement) any { return g.B.Candidate.ID() }},
	{head: "neighbours shared", right: true, text: func(g trial.Agreement) string { return findings.Score(g.Overlap) }},
	{head: "by chance", right: true, text: func(g trial.Agreement) string { return findings.Score(g.Chance) }},
	{head: "rank correlation", right: true, text: func(g trial.Agreement) string { return findings.Score(g.Spearman) }},
	{head: "CKA", right: true, text: func(g trial.Agreement) string { return findings.Score(g.CKA) }},
}

// judged says how candidates agree, and how they do at the groups.
func (d *document) judged(j judgement) {
	if len(j.agreements) > 0 {
		d.heading("Agreement of every two models, which says nothing of which is right")
		d.table(agreementColumns.table(j.agreements))
		d.line("Neighbours shared: of the nearest texts of each text (k = %d), how many both find. Rank correlation: of the similarities of all pairs.", j.agreements[0].K)
	}
	if j.groups == nil {
		return
	}
	d.heading("How they tell the groups apart")
	names := j.groups.Labels.Metrics()
	c := columns[trial.Row]{{head: "model", value: func(r trial.Row) any { return r.ID }}}
	for k, name := range names {
		c = append(c, column[trial.Row]{head: findings.Metric(name), right: true, text: func(r trial.Row) string {
			if r.Score == nil {
				return format.Unknown
			}
			return findings.Score(r.Score.Metrics[k].Value)
		}})
	}
	d.table(c.table(j.groups.Rows))
	d.line("%s: %s. Whether a difference is more than luck is what vecscope evaluate says.", findings.Metric(names[0]), findings.Meaning(names[0]))
	if basis := findings.Basis(j.groups); basis != "" {
		d.line("These are %s.", term.Written(basis))
	}
}
