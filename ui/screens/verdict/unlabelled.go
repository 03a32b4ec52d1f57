package verdict

import (
	"fmt"
	"math"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// noLabels is why there is no verdict.
const noLabels = "These texts have no labels: nothing says yet which of them belong together."

// unlabelled says how to get labels in a few minutes; airy has empty lines between what is
// said.
func (s *Screen) unlabelled(w int, airy bool) []string {
	var lines []string
	gap := func() {
		if airy {
			lines = append(lines, "")
		}
	}
	gap()
	for _, l := range term.SafeLines(noLabels, max(w-2, 1)) {
		lines = append(lines, s.Theme.Codes.Strong+" "+l+theme.Reset)
	}
	gap()
	lines = append(lines, s.agreement(w, mostChanged)...)
	lines = append(lines, s.missingLines(w)...)
	return append(lines, s.howToLabel(w, airy)...)
}

// howToLabel says how labels come about, the way that takes the least first.
func (s *Screen) howToLabel(w int, airy bool) (lines []string) {
	for _, text := range []string{
		"Four ways to get some in five minutes:",
		"1. N shows pairs on which models disagree: = same, # different, “,” unsure.",
		"2. On Search ask as your users would; J judges what was found.",
		"3. On Texts L gives a text its group; o opens a file with a column group.",
		"4. On Texts o opens pairs (a, b, score) or queries (query, relevant).",
		fmt.Sprintf("From %d labels on there is a first answer; the verdict says how many more it would take.", evaluate.FewItems),
	} {
		for _, l := range term.SafeLines(text, max(w-2, 1)) {
			lines = append(lines, " "+l)
		}
		if airy {
			lines = append(lines, "")
		}
	}
	return lines
}

// whatLabelsBuy says how exactly a score is known with so many labels: the half width of
// the 95% interval of a share near .8.
func (s *Screen) whatLabelsBuy(w int) []string {
	lines := []string{s.Theme.Codes.Strong + term.Fit(" What labels buy: a score near 0.8 is known to about", w) + theme.Reset}
	for _, n := range []int{evaluate.FewItems, 50, 100, 200, 500, 1000} {
		lines = append(lines, fmt.Sprintf(" %s labels  ±%.2f", term.PadLeft(format.Thousands(n), 6), 1.96*math.Sqrt(.8*.2/float64(n))))
	}
	for _, l := range term.SafeLines("Models are compared at the same labels, so that somewhat smaller differences show; too few labels end in “cannot tell”, not in a guess.", max(w-2, 1)) {
		lines = append(lines, s.Theme.Dim.Render(" "+l))
	}
	return lines
}

// pairsInALine is the width from which both texts of a pair stand in one line.
const pairsInALine = 110

// doubtLines are pairs that tell most when they are labelled, in at most h lines.
func (s *Screen) doubtLines(w, h int) []string {
	pairs, texts := s.agreeing.doubts, s.Session.Texts()
	if len(pairs) == 0 || h < 3 {
		return nil
	}
	lines := []string{s.Theme.Codes.Strong + term.Fit(" Pairs that tell most when labelled: the models disagree on them. N begins with these", w) + theme.Reset}
	each := 2
	if w >= pairsInALine {
		each = 1
	}
	for _, p := range pairs[:min(len(pairs), (h-1)/each)] {
		if max(p[0], p[1]) >= len(texts) {
			break
		}
		if each == 1 {
			lines = append(lines, s.pairLine(texts, " · ", p, w))
			continue
		}
		lines = append(lines, "· "+textLine(texts, p[0], max(w-4, 1)), s.Theme.Dim.Render("  "+textLine(texts, p[1], max(w-4, 1))))
	}
	return lines
}

const (
	// labellingBeside is the width from which how to label stands beside what can be said
	// without labels, in howWidth columns, in windows of leastBesideHeight lines or more.
	labellingBeside, howWidth, leastBesideHeight = 140, 66, 30
	// manyChanged is how many texts are named where there is so much room.
	manyChanged = 8
)

// drawUnlabelled draws all that can be said without labels, in the room there is.
func (s *Screen) drawUnlabelled(z ui.Size) []string {
	if besideFits(z) {
		return s.drawBeside(z)
	}
	lines := s.unlabelled(z.W, true)
	if len(lines) > z.H {
		lines = s.unlabelled(z.W, false)
	}
	if room := z.H - len(lines) - 1; room >= 3 {
		if doubts := s.doubtLines(z.W, room); len(doubts) > 0 {
			lines = append(append(lines, ""), doubts...)
		}
	}
	return widget.FillTo(s.abridged(lines, z.W, z.H), z)
}

// drawBeside draws what can be said without labels beside how to get some.
func (s *Screen) drawBeside(z ui.Size) []string {
	w := z.W - howWidth - 2
	left := []string{"", s.Theme.Codes.Strong + term.Fit(" "+noLabels, w) + theme.Reset, ""}
	left = append(left, s.agreement(w, manyChanged)...)
	left = append(left, s.missingLines(w)...)
	left = append(left, s.aloneLines(w, z.H-len(left))...)
	left = append(left, s.doubtLines(w, z.H-len(left))...)
	right := append([]string{""}, s.howToLabel(howWidth, true)...)
	right = append(right, s.whatLabelsBuy(howWidth)...)
	right = append(right, s.spreadLines(howWidth, z.H-len(right))...)
	c := widget.NewCanvas(z)
	c.Put(ui.Rect{W: w, H: z.H}, s.abridged(left, w, z.H))
	rule := make([]string, z.H)
	for i := range rule {
		rule[i] = s.Theme.Dim.Render("│")
	}
	c.Put(ui.Rect{X: w + 1, W: 1, H: z.H}, rule)
	c.Put(ui.Rect{X: w + 2, W: howWidth, H: z.H}, s.abridged(right, howWidth, z.H))
	return c.Lines()
}
