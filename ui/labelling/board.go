package labelling

import (
	"math"
	"strings"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/session"
)

// Figures are a candidate's scores at the labels, each as a line would show it.
type Figures struct {
	// AUC is how often a pair that belongs together is the more similar one, Nearest how
	// many texts have their nearest in their own group, BestF1 and At the best F1 and the
	// threshold that has it. What labels do not allow is empty.
	AUC, Nearest, BestF1, At string
	others                   []string // of queries, with their names
}

// FiguresOf are those of the candidate of that id; ok is false without labels, and
// until it has been tried at them.
func FiguresOf(s *session.Session, id string) (f Figures, ok bool) {
	score := s.Verdict().Score(id)
	if score == nil {
		return f, false
	}
	if score.Split == nil {
		for _, m := range score.Metrics[:min(len(score.Metrics), 2)] {
			if !math.IsNaN(m.Value) {
				f.others = append(f.others, findings.Metric(m.Name)+" "+findings.Score(m.Value))
			}
		}
		return f, len(f.others) > 0
	}
	f = Figures{AUC: findings.Score(score.Split.AUC), BestF1: findings.Score(score.Split.BestF1), At: findings.Score(score.Split.Threshold)}
	if nearest, known := score.Value(evaluate.NearestInGroup); known && !math.IsNaN(nearest) {
		f.Nearest = findings.Score(nearest)
	}
	return f, true
}

// Lines writes the figures in one line, the longest way first.
func (f Figures) Lines() []string {
	if len(f.others) > 0 {
		return []string{strings.Join(f.others, " · "), f.others[0]}
	}
	long, terse := []string{"AUC " + f.AUC}, "AUC "+f.AUC
	if f.Nearest != "" {
		long = append(long, "nearest in group "+f.Nearest)
	}
	long = append(long, "best F1 "+f.BestF1+" at "+f.At)
	return []string{strings.Join(long, " · "), terse + " · F1 " + f.BestF1 + " at " + f.At, terse}
}
