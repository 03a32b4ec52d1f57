package verdict

import (
	"errors"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/trial"
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
	sentence, filter, table, scatter ui.Rect
	// wrong is where it stands what the row under the cursor gets wrong, and figures where
	// its figures do.
	wrong, figures ui.Rect
}

const (
	// scatterBeside is the width from which the scatter stands beside the table.
	scatterBeside = 150
	// scatterLines is how high it is below the table at the most, and leastScatter at
	// the least.
	scatterLines, leastScatter = 16, 9
)

// leastEmpty is how many lines it takes to say that the filter leaves no row.
const leastEmpty = 2

func (s *Screen) layout(z ui.Size) layout {
	sentence := s.sentenceRoom(z)
	l := layout{sentence: ui.Rect{W: z.W, H: sentence}}
	if s.filter.Shown() {
		l.filter = ui.Rect{Y: sentence, W: z.W, H: 1}
		sentence++
	}
	rest := z.H - sentence
	l.table = ui.Rect{Y: sentence, W: z.W, H: rest}
	rows := len(s.rows()) + 1
	if rows == 1 {
		rows += leastEmpty
	}
	switch spare := rest - rows - 1; {
	case z.W >= scatterBeside && rest >= leastScatter:
		w := z.W * 4 / 10
		l.table.W = z.W - w - 2
		l.scatter = ui.Rect{X: l.table.W + 2, Y: sentence, W: w, H: min(rest, 24)}
		if left := rest - l.scatter.H - 1; left >= leastUnder {
			l.figures = ui.Rect{X: l.scatter.X, Y: z.H - left, W: w, H: left}
		}
	case spare >= leastScatter:
		h := min(spare, scatterLines)
		l.table.H = rest - h - 1
		l.scatter = ui.Rect{Y: z.H - h, W: z.W, H: h}
	}
	if left := l.table.H - rows - 1; left >= leastUnder {
		l.wrong = ui.Rect{Y: l.table.Y + rows + 1, W: l.table.W, H: left}
		l.table.H = rows
	}
	return l
}

// leastTable is how many lines the table keeps under a sentence that needs the rest.
const leastTable = 3

// sentenceRoom is how many lines what follows has: as many as it needs with an empty one
// under it, but that the table stays useful.
func (s *Screen) sentenceRoom(z ui.Size) int {
	n := len(s.sentenceLines(z.W))
	if n+1 <= z.H/2 {
		return n + 1
	}
	return max(min(n, z.H-leastTable), 1)
}

// abridged are lines in the room there is; which key shows all stands at the end where
// some are missing.
func (s *Screen) abridged(lines []string, w, h int) []string {
	if len(lines) <= h {
		return lines
	}
	lines = slices.Clone(lines[:h])
	more := " " + ui.KeyFull.Help().Key
	last := strings.TrimRight(ansi.Strip(lines[h-1]), " ") + term.Ellipsis
	lines[h-1] = term.Truncate(last, max(w-term.Width(more)-1, 1)) + s.Theme.Codes.Accent + more + theme.Reset
	return lines
}

// View draws what follows, the table and the scatter.
func (s *Screen) View(z ui.Size) []string {
	t := s.Session.Verdict().Trial()
	if t == nil {
		return s.withoutTrial(z)
	}
	l := s.layout(z)
	c := widget.NewCanvas(z)
	c.Put(l.sentence, s.abridged(s.sentenceLines(z.W), z.W, l.sentence.H))
	if l.filter.H > 0 {
		c.PutExact(l.filter, []string{s.filterLine(z.W)})
	}
	c.PutExact(l.table, s.table(l.table).Draw(l.table.W, l.table.H))
	if l.scatter.H > 0 {
		c.PutExact(l.scatter, s.scatter(t).Draw(l.scatter.W, l.scatter.H))
	}
	c.Put(l.wrong, s.under.wrong)
	c.Put(l.figures, s.under.figures)
	return c.Lines()
}

// withoutTrial says why there is no verdict, what can be said without labels, and how to
// get some.
func (s *Screen) withoutTrial(z ui.Size) []string {
	if reason := s.reason(); reason != "" {
		return widget.CenteredText(reason, z, s.Theme)
	}
	return s.drawUnlabelled(z)
}

// reason says why there is no verdict although there are labels, or nothing to be
// labelled; empty when there are no labels.
func (s *Screen) reason() string {
	v := s.Session.Verdict()
	with := func(first string) string { return strings.Join(append([]string{first}, s.missing()...), " ") }
	switch err := v.Err(); {
	case v.Working():
		return "Trying the models at your labels…"
	case errors.Is(err, trial.ErrUnpaid) && len(s.missing()) > 0:
		return strings.Join(s.missing(), " ")
	case err != nil:
		return with(widget.Sentence(err.Error()))
	}
	if empty := candidate.EmptyOfTwo(s.Session, "verdict"); empty != "" {
		return empty
	}
	if s.Session.Stale() && s.Session.Busy() {
		return with(later) // what is known of labels is of the texts before
	}
	if err := s.unfit(); err != nil {
		return widget.Sentence(err.Error())
	}
	if _, ok := s.Session.Labels().Task(); ok && s.Session.Busy() {
		return with(later)
	} else if ok {
		return with("The models have no vectors yet.")
	}
	return ""
}

// later is said while models are at work.
const later = "The verdict follows when the models have their vectors."

// unfit is why the labels that are there allow no verdict; nil without labels, and where
// some do.
func (s *Screen) unfit() error {
	if _, ok := s.Session.Labels().Task(); ok {
		return nil
	}
	for _, t := range s.Session.Labels().Tasks() {
		if t.Err != nil {
			return t.Err
		}
	}
	return nil
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
	for _, l := range term.SafeLines(findings.Sentence(t, f, s.Session.RowName), max(w-2, 1)) {
		lines = append(lines, pen+" "+l+theme.Reset)
	}
	lines = append(append(lines, s.missingLines(w)...), s.tornLines(w)...)
	metric := t.Labels.Metrics()[0]
	for _, l := range term.SafeLines(findings.Metric(metric)+": "+findings.Meaning(metric), max(w-2, 1)) {
		lines = append(lines, s.Theme.Codes.Dim+" "+l+theme.Reset)
	}
	return lines
}
