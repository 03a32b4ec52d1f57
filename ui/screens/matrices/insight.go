package matrices

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
)

// insightLines is how many lines over the matrices say what one sees: one, until the
// person has read it, where there is room for it.
func (m *Screen) insightLines(s ui.Size) int {
	if m.read || s.H < 14 || s.W < 25*len(m.Session.Candidates()) {
		return 0
	}
	return 1
}

// insight says in one line what one sees and what follows from it: the longest way that
// fits.
func (m *Screen) insight(w int) string {
	ways := m.insightWays()
	for _, way := range ways {
		if term.Width(way) < w {
			return term.Fit(" "+way, w)
		}
	}
	return term.Fit(" "+term.Truncate(ways[len(ways)-1], w-1), w)
}

func (m *Screen) insightWays() []string {
	const hide = " esc hides this."
	ready := m.Session.Ready()
	if traps := m.traps(); len(traps) > 0 && len(ready) > 0 {
		var fell []string
		for _, c := range ready {
			fell = append(fell, fmt.Sprintf("%s %d", insightName(c, ready), fallenFor(c, traps)))
		}
		n, of := format.Thousands(len(traps)), strings.Join(fell, ", ")
		if m.Session.Corpus().Origin().Set != corpus.ParaphraseTraps {
			return []string{
				fmt.Sprintf("Bright = similar. Of %s texts, one labelled different is nearer than one labelled the same: %s.", n, of) + hide,
				fmt.Sprintf("Bright = similar. Labelled different, yet nearer: %s of %s.", of, n) + hide,
				fmt.Sprintf("Labelled different, yet nearer: %s of %s.", of, n),
			}
		}
		return []string{
			fmt.Sprintf("Bright = similar. A trap has the same words and another meaning (texts %d and %d). Of %s traps each model falls for: %s.", traps[0].Text+1, traps[0].Different+1, n, of) + hide,
			fmt.Sprintf("Bright = similar. Of %s traps (same words, other meaning) fallen for: %s.", n, of) + hide,
			fmt.Sprintf("Bright = similar. Fell for same words, other meaning: %s of %s.", of, n),
			fmt.Sprintf("Fell for same words, other meaning: %s of %s.", of, n),
		}
	}
	var nearest, others []string
	for _, c := range ready {
		if f, ok := labelling.FiguresOf(m.Session, c.ID()); ok && f.Nearest != "" {
			nearest = append(nearest, insightName(c, ready)+" "+f.Nearest)
		} else if ok {
			lines := f.Lines()
			others = append(others, insightName(c, ready)+" "+lines[len(lines)-1])
		}
	}
	if of := strings.Join(nearest, ", "); of != "" {
		return []string{
			"Bright = similar. How often the most similar text is of the same group: " + of + "." + hide,
			"Bright = similar. Nearest in the same group: " + of + "." + hide,
			"Nearest in the same group: " + of + ".",
		}
	}
	if of := strings.Join(others, ", "); of != "" {
		return []string{"Bright = similar. By your labels: " + of + "." + hide, "By your labels: " + of + "."}
	}
	return []string{
		"Bright = similar to that model. With groups, or pairs marked with = and #, Verdict says which model to take." + hide,
		"Bright = similar. Mark pairs with = and #: Verdict then says which to take." + hide,
		"Bright = similar. Mark pairs (= #) for a verdict." + hide,
	}
}

// insightName is a candidate's name without its dimensions, where no other has that.
func insightName(c session.State, all []session.State) string {
	for _, other := range all {
		if other.Candidate != c.Candidate && other.Candidate.Model == c.Candidate.Model {
			return c.Short()
		}
	}
	name, _, _ := strings.Cut(c.Short(), "@")
	return name
}

// traps are those of a list small enough to be looked through at every frame.
func (m *Screen) traps() []labels.Trap {
	if tied := m.Session.Labels().Tied(); tied != nil && len(tied.Pairs) <= 1000 {
		return tied.Traps()
	}
	return nil
}

// fallenFor is how many traps a candidate takes for the nearer.
func fallenFor(c session.State, traps []labels.Trap) (n int) {
	for _, trap := range traps {
		same, ok := c.Result.Matrix.At(trap.Text, trap.Same)
		different, also := c.Result.Matrix.At(trap.Text, trap.Different)
		if ok && also && different >= same {
			n++
		}
	}
	return n
}
