// Package findings says in plain words what a trial of candidates has found, for the
// explorer and the reports alike. It may import compare/trial, compare/evaluate and the
// leaf ui/format.
package findings

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/format"
)

// metricNames are what people call the metrics.
var metricNames = map[string]string{
	evaluate.AUC: "AUC", evaluate.AP: "average precision", evaluate.BestF1: "best F1", evaluate.NearestInGroup: "nearest in group",
	evaluate.Silhouette: "silhouette", evaluate.Spearman: "Spearman", evaluate.Pearson: "Pearson", evaluate.MCC: "MCC",
	evaluate.NDCGAt10: "nDCG@10", evaluate.MRR: "MRR", evaluate.RecallAt10: "recall@10", evaluate.HitAt1: "hit@1", evaluate.MAP: "MAP",
	evaluate.RejectionAUC: "rejection AUC",
}

// metricMeanings say what a metric measures, in one clause.
var metricMeanings = map[string]string{
	evaluate.AUC:            "how often a pair that belongs together is more similar than one that does not; .5 is chance",
	evaluate.AP:             "precision over the pairs that belong together, by falling similarity",
	evaluate.BestF1:         "precision and recall at the threshold that is best on these data, which is optimistic",
	evaluate.NearestInGroup: "of texts whose group has another, how many have their nearest text in it",
	evaluate.Silhouette:     "how much nearer the own group is than the next one, from -1 to 1",
	evaluate.Spearman:       "how well the order of the similarities follows the order of the grades",
	evaluate.Pearson:        "how well similarities lie on a line with the grades",
	evaluate.MCC:            "correlation of what is called the same with what is the same, at the best threshold",
	evaluate.NDCGAt10:       "how near to the top of ten hits the relevant texts stand; 1 is perfect",
	evaluate.MRR:            "1 over the rank of the first relevant text, on average",
	evaluate.RecallAt10:     "how many of the relevant texts are among the first ten hits",
	evaluate.HitAt1:         "how often the first hit is relevant",
	evaluate.MAP:            "average precision over all relevant texts",
	evaluate.RejectionAUC:   "how often a query that has an answer scores higher than one that has none",
}

// Metric is what people call a metric.
func Metric(name string) string { return metricNames[name] }

// Meaning is what a metric measures, in one clause.
func Meaning(name string) string { return metricMeanings[name] }

// Items counts what the labels are of, and the queries among them that have an answer.
func Items(l *evaluate.Labels) string {
	text := ItemsOf(l.Task(), l.Items())
	if n := l.Measured(); n < l.Items() {
		text += fmt.Sprintf(", %s with an answer", format.Thousands(n))
	}
	return text
}

func itemNoun(t evaluate.Task) string {
	switch t {
	case evaluate.Groups:
		return "labelled text"
	default:
		return "labelled pair"
	}
}

// ItemsOf counts n items of a task: "60 labelled texts", "1 query".
func ItemsOf(t evaluate.Task, n int) string {
	if t == evaluate.Retrieval {
		return format.Thousands(n) + " " + format.Agree(n, "query", "queries")
	}
	return format.Count(n, itemNoun(t))
}

// Resampled says what resamples are drawn of.
func Resampled(l *evaluate.Labels) string {
	switch l.Resampled() {
	case evaluate.WholeGroups:
		return "whole groups drawn together"
	case evaluate.WithinGroups:
		return "texts drawn within their groups: it holds for these groups"
	case evaluate.LinkedPairs:
		return "pairs that share texts drawn together"
	case evaluate.CrossedPairs:
		return "pairs share texts, so the intervals are somewhat too narrow"
	case evaluate.BySource:
		return "queries of one source drawn together"
	case evaluate.EachPair:
		return "pairs drawn one by one"
	default:
		return "queries drawn one by one"
	}
}

// Score writes a figure of a metric with three decimals: "0.931".
func Score(v float64) string {
	if math.IsNaN(v) {
		return format.Unknown
	}
	return format.Fixed(format.Round(v, 3), 3)
}

// Threshold writes a threshold with three decimals, rounded down: copied, it finds the
// pairs that it was found with.
func Threshold(v float64) string {
	if math.IsNaN(v) {
		return format.Unknown
	}
	return format.Similarity(v, 3)
}

// Interval writes a 95% interval: "0.91 … 0.95".
func Interval(i evaluate.Interval) string {
	if math.IsNaN(i.Low) || math.IsNaN(i.High) {
		return format.Unknown
	}
	return format.Fixed(format.Round(i.Low, 3), 3) + " … " + format.Fixed(format.Round(i.High, 3), 3)
}

// Signed writes a difference with its sign: "+0.012".
func Signed(v float64) string {
	if math.IsNaN(v) {
		return format.Unknown
	}
	return fmt.Sprintf("%+.3f", format.Round(v, 3))
}

// SignedInterval writes the interval of a difference: "-0.010 … +0.041".
func SignedInterval(i evaluate.Interval) string {
	if math.IsNaN(i.Low) || math.IsNaN(i.High) {
		return format.Unknown
	}
	return Signed(i.Low) + " … " + Signed(i.High)
}

// SignedWithInterval writes a difference and, where it is known, its interval behind it:
// "+0.012 (-0.010 … +0.041)".
func SignedWithInterval(d evaluate.Difference) string {
	if math.IsNaN(d.Low) || math.IsNaN(d.High) {
		return Signed(d.Value)
	}
	return Signed(d.Value) + " (" + SignedInterval(d.Interval) + ")"
}

// Standing says in few words where a row stands against the best.
func Standing(s evaluate.Standing) string {
	switch s {
	case evaluate.Best:
		return "best"
	case evaluate.Equal:
		return "practically equal"
	case evaluate.Tied:
		return "tied with the best"
	case evaluate.Worse:
		return "worse"
	default:
		return "outside the limits"
	}
}

// What tables say of cuts: NoLoss of one that is practically equal to the verdict's choice,
// from which it is cut, NoLossSeen where the labels only show no loss, CutUntold where they
// are too few to show any, and OtherCut of one that is cut from another row and compared
// with nothing.
const NoLoss, NoLossSeen, CutUntold, OtherCut = "no loss", "no loss seen", "cannot tell", "cut"

// CutStanding says in few words where a row stands that is only cut from the choice.
func CutStanding(p evaluate.Place) string {
	switch {
	case p.Standing == evaluate.Worse || p.Standing == evaluate.Outside:
		return Standing(p.Standing)
	case p.ToBest.Equal():
		return NoLoss
	case math.IsNaN(p.ToBest.Low) || math.IsNaN(p.ToBest.High):
		return CutUntold
	default:
		return NoLossSeen
	}
}

// Basis says what scores rest on where that is not all that is labelled: "scores over 2,000
// of 12,345 labelled texts, drawn at random". It is empty where it is.
func Basis(t *trial.Trial) string {
	over, why := BasisOf(t)
	if why != "" {
		over += " · " + why
	}
	return over
}

// BasisOf says the same in two: over how much of what is labelled the scores are, and, each
// behind a " · ", which rows leave the rest out. Over is empty where they are over all.
func BasisOf(t *trial.Trial) (over, why string) {
	n := ItemsOf(t.Labels.Task(), t.Labels.Items())
	switch {
	case t.Drawn > 0:
		over = fmt.Sprintf("scores over %s of %s, drawn at random", format.Thousands(trial.MostLabelled), ItemsOf(t.Labels.Task(), t.Drawn))
	case t.LeftOut > 0:
		over = fmt.Sprintf("scores over %s of %s", format.Thousands(t.Labels.Items()), ItemsOf(t.Labels.Task(), t.Labels.Items()+t.LeftOut))
	default:
		return "", ""
	}
	var parts []string
	if t.Drawn > 0 && t.LeftOut > 0 {
		parts = append(parts, "of which "+n+" have a vector under every model")
	}
	for _, l := range equallyLacking(t.Lacking) {
		parts = append(parts, strings.Join(l.ids, ", ")+": no vector for "+l.countOfAll()+l.reason())
	}
	return over, strings.Join(parts, " · ")
}

// LessBest is a place less the best one, as tables show it; the place has the best less
// its own.
func LessBest(p evaluate.Place) evaluate.Difference {
	d := p.ToBest
	d.A, d.B, d.Value, d.Low, d.High = d.B, d.A, -d.Value, -d.High, -d.Low
	return d
}

// PlaceOf is what findings say of the row at a place among those with a score: of a
// candidate in the verdict, or a cut in the place of one, of what is cut from its choice
// among those, and of a cut beyond the limits that it is. ok is false for a row that takes
// no part.
func PlaceOf(t *trial.Trial, f *trial.Findings, place int) (p evaluate.Place, ok bool) {
	if f == nil || place < 0 {
		return p, false
	}
	switch r := t.At(place); {
	case r.Baseline:
		return p, false
	case r.Cut:
		if p = f.Verdict.Places[place]; p.Standing != evaluate.Outside {
			return p, true
		}
		at := slices.IndexFunc(f.Cuts, func(p evaluate.Place) bool { return p.Candidate == place })
		if at < 0 {
			return p, !f.Limits.Allow(r.Terms())
		}
		return f.Cuts[at], true
	}
	return f.Verdict.Places[place], true
}

// Compared tells that a row is one of those that the verdict is among, not one that is
// only cut from its choice.
func Compared(f *trial.Findings, p evaluate.Place) bool {
	return f.Verdict.Places[p.Candidate].Standing != evaluate.Outside
}

// Torn says that two texts, by index, are the same in words and of different groups.
func Torn(a, b int) string {
	return fmt.Sprintf("Texts %d and %d are the same, in different groups: nothing can tell them apart, mend the groups.", a+1, b+1)
}
