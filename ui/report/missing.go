package report

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// EndedError says why a text has no vector that an asking did not come to, or whose
// answer ended it.
type EndedError struct {
	// Err is what ended the asking.
	Err error
}

func (e *EndedError) Error() string { return "the asking ended: " + e.Err.Error() }

// Unwrap gives what ended the asking.
func (e *EndedError) Unwrap() error { return e.Err }

// Problem is something that a report lacks.
type Problem struct {
	// Candidate is whose.
	Candidate string
	// Message says what and why.
	Message string
	// Texts are the ids of the texts without a vector; none where the candidate is
	// lacking as a whole.
	Texts []string
}

// Missing says which texts have no vector under a candidate, a problem for each
// reason in the order of the texts.
func Missing(candidate string, failed map[int]error, texts []corpus.Text) []Problem {
	if len(failed) == 0 {
		return nil
	}
	ids := textIDs(texts)
	reasons := byReason(candidate, failed)
	problems := make([]Problem, len(reasons))
	for k, r := range reasons {
		same := r.texts
		problems[k] = Problem{Candidate: candidate, Texts: idsAt(same, ids)}
		if len(same) == 1 {
			problems[k].Message = Failure{candidate, api.WithID(failed[same[0]], texts[same[0]].ID)}.Message()
			continue
		}
		problems[k].Message = fmt.Sprintf("%d texts have no vector (%s): %s", len(same), firstIDs(same, ids, namedMissing), ofSeveral(candidate, failed[same[0]]))
	}
	return problems
}

// failedAlike are texts, by their index, that have no vector for the same reason.
type failedAlike struct {
	why   string
	texts []int
}

// byReason puts texts without a vector together by the reason, in the order of the texts.
func byReason(candidate string, failed map[int]error) []failedAlike {
	var all []failedAlike
	place := map[string]int{}
	for _, i := range slices.Sorted(maps.Keys(failed)) {
		why := reason(candidate, failed[i])
		at, known := place[why]
		if !known {
			at = len(all)
			place[why] = at
			all = append(all, failedAlike{why: why})
		}
		all[at].texts = append(all[at].texts, i)
	}
	return all
}

// reason is why a text has no vector, without the text's name.
func reason(candidate string, err error) string {
	var text *api.TextError
	var empty *api.EmptyTextError
	var ended *EndedError
	switch {
	case errors.As(err, &empty):
		return "they are empty"
	case errors.As(err, &ended):
		return (&EndedError{errors.New(Failure{candidate, ended.Err}.Message())}).Error()
	case errors.As(err, &text):
		err = text.Err
	}
	return Failure{candidate, err}.Message()
}

// ofSeveral is the reason why several texts have no vector, in their number where the error
// has words for that.
func ofSeveral(candidate string, err error) string {
	var several interface{ OfSeveral() string }
	if errors.As(err, &several) {
		return several.OfSeveral()
	}
	return reason(candidate, err)
}

// missing lists the texts without a vector, candidate by candidate.
func (c Comparison) missing() []Problem {
	var problems []Problem
	for _, r := range c.Results {
		problems = append(problems, c.missingUnder(r)...)
	}
	return problems
}

func (c Comparison) missingUnder(r *pipeline.Result) []Problem {
	return Missing(r.Candidate.ID(), r.Failed, c.Texts)
}

// Problems lists everything that went wrong: the candidates that could not be
// compared, then the texts without a vector, candidate by candidate.
func (c Comparison) Problems() []Problem {
	var problems []Problem
	for _, f := range c.Failures {
		problems = append(problems, Problem{Candidate: f.Candidate, Message: f.Message(), Texts: []string{}})
	}
	return append(problems, c.missing()...)
}
