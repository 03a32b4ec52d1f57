package findings

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/format"
)

// Sentence says what follows from the findings, in plain words, one sentence or a few.
// Names are what rows are called. It is empty before there are any.
func Sentence(t *trial.Trial, f *trial.Findings, names func(row *trial.Row) string) string {
	if f == nil {
		return ""
	}
	s := sentence{t: t, v: f.Verdict, limits: f.Limits, names: names, estimates: f.Estimates}
	text := s.choice()
	if byChance(f.Verdict) {
		text = s.unsure()
	}
	text += s.shortened() + s.others()
	if Recommends(f) {
		text += s.unread()
	}
	if len(f.Cuts) > 0 && Recommends(f) {
		text += s.cut(f.Cuts)
	}
	return text + s.unbeaten() + s.leftOut()
}

// Recommends tells that the choice of findings is one to take: not of too few items, and
// not one that may be no better than chance.
func Recommends(f *trial.Findings) bool {
	return f.Verdict.Choice >= 0 && f.Verdict.Reason != evaluate.Illustration && !byChance(f.Verdict)
}

// ByChance tells that models are compared and not even the best is measurably better than
// nothing: other models are to be tried.
func ByChance(f *trial.Findings) bool {
	return f != nil && f.Verdict.Reason != evaluate.Illustration && byChance(f.Verdict)
}

// byChance tells that not even the best is measurably better than nothing.
func byChance(v evaluate.Verdict) bool {
	value, ok := evaluate.Chance(v.Metric)
	return ok && v.Best >= 0 && v.Places[v.Best].Low <= value
}

type sentence struct {
	t      *trial.Trial
	v      evaluate.Verdict
	limits evaluate.Limits
	names  func(*trial.Row) string
	// estimates are those of every row with a score.
	estimates [][]evaluate.Estimate
}

func (s sentence) name(place int) string { return s.names(s.t.At(place)) }

// items counts those that the verdict rests on.
func (s sentence) items(n int) string {
	text := ItemsOf(s.t.Labels.Task(), n)
	if s.v.Items < s.t.Labels.Items() {
		text += " with an answer"
	}
	return text
}

func (s sentence) choice() string {
	v := s.v
	switch v.Reason {
	case evaluate.NoneWithin:
		if s.limits == (evaluate.Limits{}) {
			return "No model could be tried."
		}
		return "No model is within your limits: " + s.unmet() + "."
	case evaluate.Alone:
		return s.only()
	case evaluate.Illustration:
		return fmt.Sprintf("Illustration only: %s cannot decide; label at least %d. %s", s.items(v.Items), evaluate.FewItems, s.first())
	case evaluate.Clear:
		return fmt.Sprintf("Take %s: all others%s are measurably worse%s.", s.name(v.Choice), s.compared(), s.nearest(evaluate.Worse))
	case evaluate.CannotTell:
		until := "the cheapest, " + s.name(v.Choice)
		if s.samePrice() {
			until = s.name(v.Choice) + ", which is ahead at the same price"
		}
		return fmt.Sprintf("These %s cannot tell: %s.%s Until then take %s.",
			s.items(v.Items), s.against(s.next(), "ahead of"), s.needed(), until)
	}
	if v.Choice == v.Best {
		return fmt.Sprintf("Take %s, the best; %s%s.%s", s.name(v.Choice), s.noCheaper(), s.worse(), s.needed())
	}
	p := v.Places[v.Choice]
	if p.Standing == evaluate.Equal {
		return fmt.Sprintf("Take %s: practically equal to the best, %s (%s), and %s%s.",
			s.name(v.Choice), s.name(v.Best), s.difference(p), s.better(), s.worse())
	}
	return fmt.Sprintf("Take %s, the cheapest that is not measurably worse than the best, %s (%s)%s.%s",
		s.name(v.Choice), s.name(v.Best), s.difference(p), s.worse(), s.needed())
}

// alone tells that one candidate was tried within the limits.
func (s sentence) alone() bool { return len(s.v.Differences) == 0 }

// first says which of a few are ahead, or that there is one only.
func (s sentence) first() string {
	best := Score(s.v.Places[s.v.Best].Value)
	var first []string
	for _, p := range s.v.Places {
		if p.Standing != evaluate.Outside && Score(p.Value) == best {
			first = append(first, s.name(p.Candidate))
		}
	}
	switch {
	case s.alone():
		return s.only()
	case len(first) > 1:
		return fmt.Sprintf("%s do equally well with %s %s.", enumerated(first), Metric(s.v.Metric), best)
	default:
		return fmt.Sprintf("%s is ahead with %s %s.", s.name(s.v.Best), Metric(s.v.Metric), best)
	}
}

// enumerated writes two names or more: "a, b and c".
func enumerated(names []string) string {
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// compared says among which others the choice was made, where not among all.
func (s sentence) compared() string {
	switch {
	case s.beyond() > 0:
		return " within your limits"
	case slices.ContainsFunc(s.t.Rows, func(r trial.Row) bool { return r.Err != nil }):
		return " that were tried"
	default:
		return ""
	}
}

// only says that there is one candidate, for the limits or at all.
func (s sentence) only() string {
	score := fmt.Sprintf("(%s %s)", Metric(s.v.Metric), Score(s.v.Places[s.v.Best].Value))
	if n := s.beyond(); n > 0 {
		return fmt.Sprintf("Within your limits only %s is left %s: %s beyond them.", s.name(s.v.Best), score,
			format.Agree(n, "another is", format.Thousands(n)+" others are"))
	}
	return fmt.Sprintf("Only %s was tried %s: choose a second model to compare it with.", s.name(s.v.Best), score)
}

// better says in what the choice, practically equal to the best, is the better one.
func (s sentence) better() string {
	choice, best := s.t.At(s.v.Choice), s.t.At(s.v.Best)
	switch {
	case best.Price == nil && choice.Price != nil:
		return "its price is known"
	case !costSame(choice, best):
		return "the cheaper"
	case choice.BytesPerVector() < best.BytesPerVector():
		return "smaller"
	default:
		return "no larger"
	}
}

// costSame tells that two rows have the same price, or both none that is known.
func costSame(a, b *trial.Row) bool {
	return a.Price == b.Price || a.Price != nil && b.Price != nil && *a.Price == *b.Price
}

// beyond is how many candidates the limits leave out, without a cut in their place.
func (s sentence) beyond() int {
	n := s.t.Beyond
	for i := range s.t.Rows {
		if r := &s.t.Rows[i]; !r.Cut && !r.Baseline && !s.limits.Allow(r.Terms()) {
			n++
		}
	}
	return n - len(s.stands())
}

// others counts those that the limits leave out, where nothing else does.
func (s sentence) others() string {
	n := s.beyond()
	if n == 0 || s.v.Choice < 0 || s.v.Reason == evaluate.Clear || s.alone() {
		return ""
	}
	return fmt.Sprintf(" %s beyond your limits.", format.Agree(n, "Another model is", format.Thousands(n)+" other models are"))
}

// stands are the cuts that are compared in the place of what is too long for the limits.
func (s sentence) stands() []*trial.Row {
	var cuts []*trial.Row
	for _, p := range s.v.Places {
		if r := s.t.At(p.Candidate); r.Cut && p.Standing != evaluate.Outside {
			cuts = append(cuts, r)
		}
	}
	return cuts
}

// shortened says which candidates are compared at a shorter length for the limits.
func (s sentence) shortened() string {
	var said []string
	for _, cut := range s.stands() {
		at := slices.IndexFunc(s.t.Rows, func(r trial.Row) bool { return r.ID == cut.From() })
		said = append(said, fmt.Sprintf("%s is cut to %d", s.names(&s.t.Rows[at]), cut.Candidate.Dimensions))
	}
	if len(said) == 0 {
		return ""
	}
	return " " + strings.Join(said, ", ") + " for your limits."
}

// noCheaper names those that the choice, the best, is not measurably better than: they
// cost no less.
func (s sentence) noCheaper() string {
	var equal, tied []string
	for _, p := range s.v.Places {
		switch p.Standing {
		case evaluate.Equal:
			equal = append(equal, s.name(p.Candidate))
		case evaluate.Tied:
			tied = append(tied, s.name(p.Candidate))
		}
	}
	smaller, cost := "no cheaper", "no cheaper"
	if s.samePrice() {
		smaller, cost = "no smaller", "at the same price"
	}
	var parts []string
	if len(equal) > 0 {
		parts = append(parts, "practically equal and "+smaller+": "+strings.Join(equal, ", "))
	}
	if len(tied) > 0 {
		next, which := s.next(), ""
		if len(tied) > 1 {
			which = "the next, " + s.name(next.Candidate) + ": "
		}
		parts = append(parts, fmt.Sprintf("these %s cannot tell it from %s, %s (%s%s)",
			s.items(s.v.Items), strings.Join(tied, ", "), cost, which, s.difference(next)))
	}
	return strings.Join(parts, "; ")
}

// samePrice tells that those that are not worse cost the same.
func (s sentence) samePrice() bool {
	first := s.t.At(s.v.Tied[0])
	return !slices.ContainsFunc(s.v.Tied, func(place int) bool {
		r := s.t.At(place)
		return r.Price == nil || !costSame(r, first)
	})
}

// corrected says that an interval without 0 is not enough where there are several.
func corrected(d evaluate.Difference) string {
	if d.Different() || d.Holds(0) {
		return ""
	}
	return fmt.Sprintf(", but not after correcting for comparing several (p %s)", Score(d.HolmP))
}

// difference writes how far a row is under the best.
func (s sentence) difference(p evaluate.Place) string {
	d := LessBest(p)
	return fmt.Sprintf("%s %s, 95%% interval %s", Metric(s.v.Metric), Signed(d.Value), SignedInterval(d.Interval)) + corrected(d)
}

// next is the tied row that is the nearest to the best.
func (s sentence) next() evaluate.Place {
	nearest := s.v.Places[s.v.Best]
	for _, p := range s.v.Places {
		if p.Standing == evaluate.Tied && (nearest.Standing == evaluate.Best || p.Value > nearest.Value) {
			nearest = p
		}
	}
	return nearest
}

// against says by how much the best is ahead of a row, and how uncertain that is.
func (s sentence) against(p evaluate.Place, word string) string {
	if Signed(p.ToBest.Value) == "+0.000" {
		return fmt.Sprintf("%s and %s do equally well, 95%% interval of the difference %s", s.name(s.v.Best), s.name(p.Candidate), SignedInterval(p.ToBest.Interval))
	}
	return fmt.Sprintf("%s is %s %s by %s %s, 95%% interval %s",
		s.name(s.v.Best), word, s.name(p.Candidate), Metric(s.v.Metric), strings.TrimPrefix(Signed(p.ToBest.Value), "+"), SignedInterval(p.ToBest.Interval)) + corrected(p.ToBest)
}

// nearest says how the best of those of a standing compares.
func (s sentence) nearest(standing evaluate.Standing) string {
	best := -1
	for i, p := range s.v.Places {
		if p.Standing == standing && (best < 0 || p.Value > s.v.Places[best].Value) {
			best = i
		}
	}
	if best < 0 {
		return ""
	}
	p := s.v.Places[best]
	return fmt.Sprintf(" (the next, %s: %s)", s.name(p.Candidate), s.difference(p))
}

// worse names those that are measurably worse.
func (s sentence) worse() string {
	var names []string
	for _, p := range s.v.Places {
		if p.Standing == evaluate.Worse {
			names = append(names, s.name(p.Candidate))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "; measurably worse: " + strings.Join(names, ", ")
}

// cut says to how many dimensions the choice can be cut: as far as no length on the way
// there is worse.
func (s sentence) cut(cuts []evaluate.Place) string {
	full := s.t.At(s.v.Choice).Candidate.Dimensions
	last := slices.IndexFunc(cuts, func(p evaluate.Place) bool { return p.Standing == evaluate.Worse })
	if last < 0 {
		last = len(cuts)
	}
	if last == 0 {
		return fmt.Sprintf(" Cutting its %d dimensions shorter makes it measurably worse.", full)
	}
	p := cuts[last-1]
	d := LessBest(p)
	return fmt.Sprintf(" It can be cut from %d to %d dimensions without a measurable loss (%s %s, 95%% interval %s).",
		full, s.t.At(p.Candidate).Candidate.Dimensions, Metric(s.v.Metric), Signed(d.Value), SignedInterval(d.Interval))
}
