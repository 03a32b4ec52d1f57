package report

import (
	"slices"

	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
)

// Lacks says which queries have no vector under which candidate, and which candidates
// could not be tried, a line for each reason. What the Comparison lacks is not among them.
func (e Evaluation) Lacks() []string {
	var lines []string
	for _, p := range e.lacking() {
		lines = append(lines, p.Candidate+": "+p.Message)
	}
	return lines
}

// lacking are the problems that a comparison of the texts does not have.
func (e Evaluation) lacking() []Problem {
	return append(unasked(e.Unasked, e.Queries, false), e.untried()...)
}

// untried says why candidates have no score, but of those that have no vectors, as is
// said of their texts or queries.
func (e Evaluation) untried() []Problem {
	var problems []Problem
	for i := range e.Trial.Rows {
		r := &e.Trial.Rows[i]
		if r.Err != nil && !r.Cut && !r.Baseline && !e.lacksVectors(r) {
			problems = append(problems, Problem{Candidate: r.ID, Message: Failure{r.ID, r.Err}.Message(), Texts: []string{}})
		}
	}
	return problems
}

// lacksVectors tells that a row has no vector for any text, or none for some query.
func (e Evaluation) lacksVectors(r *trial.Row) bool {
	return slices.ContainsFunc(e.Unasked, func(u Unasked) bool { return u.Candidate == r.Candidate.ID() }) ||
		slices.ContainsFunc(e.Results, func(of *pipeline.Result) bool {
			return of.Candidate == r.Candidate && of.Vectors.Present() == 0
		})
}
