package duplicates

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/pair"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
)

// emptyText says what to do when there is nothing to compare.
func (d *Screen) emptyText() string {
	return candidate.EmptyOfTwo(d.Session, "pair")
}

// noteHeight is how many lines the note takes in a body of that size. It does not
// depend on the selected pair, so that the list stays where it is.
func (d *Screen) noteHeight(s ui.Size) int {
	why := d.incomplete()
	switch {
	case why != "" && s.H > 8:
	case s.H >= 30 && d.inPart() && len(d.Session.Candidates()) > 1:
		return 2
	case s.H >= 18:
		return 1
	default:
		return 0
	}
	return min(len(term.SafeLines(why, s.W)), 1+s.H/7)
}

// inPart tells that a candidate read or knows some texts only in part.
func (d *Screen) inPart() bool {
	return slices.ContainsFunc(d.Session.Ready(), func(c session.State) bool { return c.Result.InPart() > 0 })
}

// note is what must be said about the list, or about the selected pair, and then
// about thresholds.
func (d *Screen) note(w int) []string {
	if why := d.incomplete(); why != "" {
		lines := term.SafeLines(why, w)
		for i, l := range lines {
			lines[i] = d.Theme.Warn.Render(l)
		}
		return lines
	}
	var lines []string
	if d.clusters.on {
		lines = append(lines, d.clusters.note(w))
	}
	if p, ok := d.shown(); ok {
		if remarks := pair.ReadInPart(d.Session, int(p[0]), int(p[1])); len(remarks) > 0 {
			lines = append(lines, d.Theme.Warn.Render(term.Truncate(strings.Join(remarks, " · "), w)))
		}
	}
	if !d.clusters.on && len(d.Session.Candidates()) > 1 && len(d.rows) > 0 { // else it stands where the rows would
		lines = append(lines, d.Theme.Dim.Render(d.notTheSame()))
	}
	return lines
}

// notTheSame is the sentence that keeps people from comparing raw similarities.
func (d *Screen) notTheSame() string {
	if d.Session.Thresholds().Each() {
		return "Similarities of two models do not compare: read each against its background."
	}
	return format.Threshold(d.Session.Thresholds().Common()) + " is strict for one model and loose for another: compare the backgrounds."
}

// incomplete says whose pairs are not all listed; empty when all are.
func (d *Screen) incomplete() string {
	for _, c := range d.Session.States() {
		if candidate.Partial(c) {
			return fmt.Sprintf("%s: %s; pairs with the others are not among these.", term.Safe(c.Short()), candidate.Of(c).Line(ui.Unlimited))
		}
	}
	for _, s := range d.wanted.used() {
		if !s.scan.Complete(s.threshold) {
			kept := len(s.scan.Pairs())
			return fmt.Sprintf("%s: only its %s most similar pairs are kept, those from %s up; fewer are listed than counted.",
				term.Safe(s.id), format.Thousands(kept), format.Threshold(math.Ceil(s.scan.Floor()*1e4)/1e4))
		}
	}
	return ""
}

// nothingFound says why the list is empty and which key changes that.
func (d *Screen) nothingFound(w, h int) []string {
	var paragraphs []string
	ready := d.Session.Ready()
	switch {
	case len(ready) == 0 && d.Session.Busy():
		paragraphs = []string{"Waiting for the first model's result."}
	case len(ready) == 0 && d.Session.Payments().Unpaid() > 0:
		paragraphs = []string{"No model has a result yet. E shows what embedding costs; 1 selects others, among them the built-in models, which cost nothing."}
	case len(ready) == 0:
		paragraphs = []string{"No model has a result: the reason stands beside each. 1 selects others, R tries again."}
	case d.searching():
		paragraphs = []string{"Looking for pairs."}
	case d.wordsHide():
		paragraphs = []string{"No pair has these words. esc clears the filter."}
	case d.wanted.disagree && d.anyFound(ready):
		paragraphs = []string{"On every pair over a threshold the models agree. f shows them all."}
	default:
		paragraphs = append(d.nearest(ready),
			"[ lowers the threshold by 0.01, ( by 0.001, t takes a number.")
		if len(d.Session.Candidates()) > 1 {
			paragraphs = append(paragraphs, d.notTheSame())
		}
	}
	lines := []string{""}
	for _, p := range paragraphs {
		for _, l := range term.SafeLines(p, max(w-4, 1)) {
			lines = append(lines, "  "+l)
		}
	}
	if len(lines) > h {
		lines = lines[1:]
	}
	return term.CutLines(lines, w, h)
}

// wordsHide tells that there are pairs but for the words of the filter.
func (d *Screen) wordsHide() bool {
	return d.wanted.words != "" && d.found.all > 0 && (!d.Session.SelectionShown() || d.anySelectedFound())
}

// anyFound tells that a candidate finds a pair among the texts that are shown.
func (d *Screen) anyFound(ready []session.State) bool {
	if d.Session.SelectionShown() {
		return d.anySelectedFound()
	}
	for _, c := range ready {
		if c.Result.Scan.CountAt(d.Session.Thresholds().Of(c.ID())) > 0 {
			return true
		}
	}
	return false
}

// nearest says how similar the best pair of each candidate is.
func (d *Screen) nearest(ready []session.State) []string {
	if d.Session.SelectionShown() {
		return d.nearestSelected()
	}
	out := []string{"No pair reaches the threshold. The most similar pair of each model:"}
	for _, c := range ready {
		text := c.Short() + " "
		pairs := c.Result.Scan.Pairs()
		switch {
		case c.Result.Scan.Background.Pairs == 0:
			text += "has no two texts with a vector"
		case len(pairs) > 0:
			p := pairs[0]
			text += fmt.Sprintf("%s, texts %d and %d", format.Near(p.Similarity, d.Session.Thresholds().Of(c.ID()), 3, 6), p.A+1, p.B+1)
		default:
			text += format.Similarity(c.Result.Scan.Background.Max, 3)
		}
		out = append(out, "  "+text)
	}
	return out
}

// nearestSelected says it of the selected texts.
func (d *Screen) nearestSelected() []string {
	out := []string{"No pair of the selected texts reaches the threshold. The most similar pair of each model:"}
	for i, c := range d.Session.Ready() {
		if i < len(d.best.pairs) {
			out = append(out, "  "+c.Short()+" "+d.best.pairs[i].text(d.Session.Thresholds().Of(c.ID())))
		}
	}
	return out
}
