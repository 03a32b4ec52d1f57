package verdict

import (
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// layout is how the screen is divided: what follows over the table, and price against
// quality below or beside it.
type layout struct {
	sentence, table, scatter ui.Rect
}

const (
	// scatterBeside is the width from which the scatter stands beside the table.
	scatterBeside = 150
	// scatterLines is how high it is below the table at the most, and leastScatter at
	// the least.
	scatterLines, leastScatter = 16, 9
)

func (s *Screen) layout(z ui.Size) layout {
	sentence := min(len(s.sentenceLines(z.W))+1, max(z.H/2, 1))
	l := layout{sentence: ui.Rect{W: z.W, H: sentence}}
	rest := z.H - sentence
	l.table = ui.Rect{Y: sentence, W: z.W, H: rest}
	rows := len(s.rows()) + 1
	switch spare := rest - rows - 1; {
	case z.W >= scatterBeside && rest >= leastScatter:
		w := z.W * 4 / 10
		l.table.W = z.W - w - 2
		l.scatter = ui.Rect{X: l.table.W + 2, Y: sentence, W: w, H: min(rest, 24)}
	case spare >= leastScatter:
		h := min(spare, scatterLines)
		l.table.H = rest - h - 1
		l.scatter = ui.Rect{Y: z.H - h, W: z.W, H: h}
	}
	return l
}

// View draws what follows, the table and the scatter.
func (s *Screen) View(z ui.Size) []string {
	t := s.Session.Verdict().Trial()
	if t == nil {
		return s.withoutTrial(z)
	}
	l := s.layout(z)
	c := widget.NewCanvas(z)
	c.Put(l.sentence, widget.Abridged(s.sentenceLines(z.W), max(l.sentence.H-1, 1)))
	c.PutExact(l.table, s.table(l.table).Draw(l.table.W, l.table.H))
	if l.scatter.H > 0 {
		c.PutExact(l.scatter, s.scatter(t).Draw(l.scatter.W, l.scatter.H))
	}
	return c.Lines()
}

// withoutTrial says why there is no verdict, what can be said without labels, and how to
// get some.
func (s *Screen) withoutTrial(z ui.Size) []string {
	v := s.Session.Verdict()
	switch {
	case v.Working():
		return widget.CenteredText("Trying the models at your labels…", z, s.Theme)
	case v.Err() != nil:
		return widget.CenteredText(widget.Sentence(v.Err().Error()), z, s.Theme)
	}
	if empty := candidate.EmptyText(s.Session); empty != "" {
		return widget.CenteredText(empty, z, s.Theme)
	}
	for _, t := range s.Session.Labels().Tasks() {
		if t.Err != nil {
			return widget.CenteredText(widget.Sentence(t.Err.Error()), z, s.Theme)
		}
	}
	if _, ok := s.Session.Labels().Task(); ok {
		return widget.CenteredText("The models have no vectors yet.", z, s.Theme)
	}
	return widget.FillTo(s.unlabelled(z.W), z)
}

// sentenceLines are what follows, in the look of its certainty.
func (s *Screen) sentenceLines(w int) []string {
	v := s.Session.Verdict()
	t, f := v.Trial(), v.Findings()
	if t == nil {
		return nil
	}
	if f == nil {
		return []string{" Drawing resamples…"}
	}
	pen := s.Theme.Codes.Strong
	switch f.Verdict.Reason {
	case evaluate.Illustration, evaluate.CannotTell, evaluate.NoneWithin, evaluate.Alone:
		pen = s.Theme.Codes.Warn
	}
	var lines []string
	for _, l := range term.SafeLines(findings.Sentence(t, f, rowName), max(w-2, 1)) {
		lines = append(lines, pen+" "+l+theme.Reset)
	}
	metric := t.Labels.Metrics()[0]
	for _, l := range term.SafeLines(findings.Metric(metric)+": "+findings.Meaning(metric), max(w-2, 1)) {
		lines = append(lines, s.Theme.Codes.Dim+" "+l+theme.Reset)
	}
	return lines
}
