package matrices

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
)

// fallen is how many traps among the labelled pairs each candidate falls for.
type fallen struct {
	of     fallenOf
	traps  []labels.Trap
	counts []int // of the candidates that have a result, in their order
}

// fallenOf is what the traps were counted in.
type fallenOf struct {
	pairs   *labels.Tied
	results [session.MaxCandidates]*pipeline.Result
}

// mostTrapPairs is how many labelled pairs are looked through for traps at the most,
// because that is done on the loop.
const mostTrapPairs = 1000

// trapsFallenFor counts anew where the labels or the results have changed.
func (m *Screen) trapsFallenFor() fallen {
	of := fallenOf{pairs: m.Session.Labels().Tied()}
	for i, c := range m.Session.Ready() {
		of.results[i] = c.Result
	}
	if of == m.fallen.of {
		return m.fallen
	}
	f := fallen{of: of}
	if of.pairs == nil || len(of.pairs.Pairs) > mostTrapPairs {
		return f
	}
	f.traps = of.pairs.Traps()
	for _, c := range m.Session.Ready() {
		f.counts = append(f.counts, labels.Fallen(f.traps, c.Result.Matrix.At))
	}
	return f
}

// insight is the line over the matrices that says what one sees and what follows from it:
// the longest way that fits. It is empty once the person has read it, and where there is
// no room for it.
func (m *Screen) insight(s ui.Size) string {
	const leastHeight = 14
	if m.filter.Shown() {
		return " " // the filter has that line
	}
	if m.insightRead || s.H < leastHeight {
		return ""
	}
	for _, way := range m.insightWays() {
		if term.Width(way) < s.W {
			return way
		}
	}
	return ""
}

const hidesInsight = " esc hides this."

// insightWays are the ways to say it, the longest first: how the candidates do at the
// traps, else at other labels, else what labels would be good for.
func (m *Screen) insightWays() []string {
	if f := m.trapsFallenFor(); len(f.traps) > 0 && len(f.counts) > 0 {
		return m.trapWays(f)
	}
	nearest, others := m.insightFigures()
	switch {
	case nearest != "":
		return []string{
			"Bright = similar. How often the most similar text is of the same group: " + nearest + "." + hidesInsight,
			"Bright = similar. Nearest in the same group: " + nearest + "." + hidesInsight,
			"Nearest in the same group: " + nearest + ".",
		}
	case others != "":
		return []string{"Bright = similar. By your labels: " + others + "." + hidesInsight, "By your labels: " + others + "."}
	}
	return []string{
		"Bright = similar to that model. With groups, or pairs marked with = and #, Verdict says which model to take." + hidesInsight,
		"Bright = similar. Mark pairs with = and #: Verdict then says which to take." + hidesInsight,
		"Bright = similar. Mark pairs (= #) for a verdict." + hidesInsight,
	}
}

// trapWays say which candidate falls for how many traps. Those of the built-in set are
// known to have the same words; of other pairs only the labels are known.
func (m *Screen) trapWays(f fallen) []string {
	var each []string
	for i, c := range m.Session.Ready() {
		each = append(each, fmt.Sprintf("%s %d", m.insightName(c), f.counts[i]))
	}
	n, of := format.Thousands(len(f.traps)), strings.Join(each, ", ")
	if m.Session.Corpus().Origin().Set != corpus.ParaphraseTraps {
		return []string{
			fmt.Sprintf("Bright = similar. Of %s texts, one labelled different is nearer than one labelled the same: %s.", n, of) + hidesInsight,
			fmt.Sprintf("Bright = similar. Labelled different, yet nearer: %s of %s.", of, n) + hidesInsight,
			fmt.Sprintf("Labelled different, yet nearer: %s of %s.", of, n),
		}
	}
	first := f.traps[0]
	return []string{
		fmt.Sprintf("Bright = similar. A trap has the same words and another meaning (texts %d and %d). Of %s traps each model falls for: %s.", first.Text+1, first.Different+1, n, of) + hidesInsight,
		fmt.Sprintf("Bright = similar. Of %s traps (same words, other meaning) fallen for: %s.", n, of) + hidesInsight,
		fmt.Sprintf("Bright = similar. Fell for same words, other meaning: %s of %s.", of, n),
		fmt.Sprintf("Bright = similar. Fooled by same words: %s of %s.", of, n),
		fmt.Sprintf("Fell for same words, other meaning: %s of %s.", of, n),
	}
}

// insightFigures are how often each candidate has the nearest text in the same group, and
// what else the labels say of those of which that is not known.
func (m *Screen) insightFigures() (nearest, others string) {
	var inGroup, rest []string
	for _, c := range m.Session.Ready() {
		f, ok := labelling.FiguresOf(m.Session, c.ID())
		switch {
		case !ok:
		case f.Nearest != "":
			inGroup = append(inGroup, m.insightName(c)+" "+f.Nearest)
		default:
			lines := f.Lines()
			rest = append(rest, m.insightName(c)+" "+lines[len(lines)-1])
		}
	}
	return strings.Join(inGroup, ", "), strings.Join(rest, ", ")
}

// insightName is a candidate's name without its dimensions, where no other has that.
func (m *Screen) insightName(c session.State) string {
	for _, other := range m.Session.Ready() {
		if other.Candidate != c.Candidate && other.Candidate.Model == c.Candidate.Model {
			return term.Safe(c.Short())
		}
	}
	name, _, _ := strings.Cut(c.Short(), "@")
	return term.Safe(name)
}
