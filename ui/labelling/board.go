package labelling

import (
	"fmt"
	"math"
	"strings"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
)

// Figures are a candidate's scores at the labels, each as a line would show it.
type Figures struct {
	// AUC is how often a pair that belongs together is the more similar one, Nearest how
	// many texts have their nearest in their own group, BestF1 and At the best F1 and the
	// threshold that has it. What labels do not allow is empty.
	AUC, Nearest, BestF1, At string
	// Part is PartMark where the scores are over a part of what is labelled, and Lacks
	// says for how many texts the candidate has no vector, where that is why.
	Part, Lacks string
	others      []string // of queries, with their names
}

// PartMark stands behind the name of a score that is over a part of what is labelled.
const PartMark = "*"

// Basis says over how much of what is labelled the scores are, where that is a part, and
// why it is no more; else both are empty.
func Basis(s *session.Session) (over, why string) {
	t := s.Verdict().Trial()
	if t == nil {
		return "", ""
	}
	if over, why = findings.BasisOf(t); over != "" {
		over = PartMark + " " + over
	}
	return over, why
}

// WithBasis puts around a status what the scores are over: how much before it, and why it is
// no more behind it, which takes the most room.
func WithBasis(s *session.Session, status string) string {
	over, why := Basis(s)
	if over != "" {
		status = over + " · " + status
	}
	if why != "" {
		status += " · " + why
	}
	return status
}

// ScoreName is the name of a score, marked where it is over a part of what is labelled.
func ScoreName(s *session.Session, name string) string {
	if over, _ := Basis(s); over != "" {
		return name + PartMark
	}
	return name
}

// FiguresOf are those of the candidate of that id; ok is false without labels, and
// until it has been tried at them.
func FiguresOf(s *session.Session, id string) (f Figures, ok bool) {
	score := s.Verdict().Score(id)
	if score == nil {
		return f, false
	}
	f.rest(s, id)
	if score.Split == nil {
		for _, m := range score.Metrics[:min(len(score.Metrics), 2)] {
			if !math.IsNaN(m.Value) {
				f.others = append(f.others, ScoreName(s, findings.Metric(m.Name))+" "+findings.Score(m.Value))
			}
		}
		return f, len(f.others) > 0
	}
	f.AUC, f.BestF1, f.At = findings.Score(score.Split.AUC), findings.Score(score.Split.BestF1), findings.Threshold(score.Split.Threshold)
	if nearest, known := score.Value(evaluate.NearestInGroup); known && !math.IsNaN(nearest) {
		f.Nearest = findings.Score(nearest)
	}
	return f, true
}

// rest says which part of what is labelled the figures are over.
func (f *Figures) rest(s *session.Session, id string) {
	t := s.Verdict().Trial()
	if over, _ := findings.BasisOf(t); over == "" {
		return
	}
	f.Part = PartMark
	for _, l := range t.Lacking {
		if l.ID == id && l.Texts > 0 {
			f.Lacks = fmt.Sprintf("no vector for %s of %s", format.Thousands(l.Texts), format.Count(l.Of, "text"))
		}
	}
}

// Lines writes the figures in one line, the longest way first.
func (f Figures) Lines() []string {
	if len(f.others) > 0 {
		all := strings.Join(f.others, " · ")
		if f.Lacks != "" {
			return []string{all + " · " + f.Lacks, all, f.others[0]}
		}
		return []string{all, f.others[0]}
	}
	terse := "AUC" + f.Part + " " + f.AUC
	long := []string{terse}
	if f.Nearest != "" {
		long = append(long, "nearest in group "+f.Nearest)
	}
	long = append(long, "best F1 "+f.BestF1+" at "+f.At)
	lines := []string{strings.Join(long, " · "), terse + " · F1 " + f.BestF1 + " at " + f.At, terse}
	if f.Lacks != "" {
		lines = append([]string{lines[0] + " · " + f.Lacks, terse + " · " + f.Lacks}, lines[1:]...)
	}
	return lines
}
