package matrices

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/pair"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

const (
	// asideFrom is the width from which on there is a panel beside the matrices, where
	// they leave it room.
	asideFrom = 200
	asideGap  = 3
	// asideLeast and asideMost are how wide it is.
	asideLeast, asideMost = 32, 96
	// asideLabels is how wide the labels of the rows stay beside it.
	asideLabels = 14
	// asideLines is how high it is at least.
	asideLines = 24
)

// asideWidth is how wide the panel beside the matrices is; 0 where they leave no room.
func (m *Screen) asideWidth(s ui.Size, a arrangement) int {
	free := s.W - asideGap - a.columns*a.cellWidth() - (a.columns-1)*panelGap
	if s.W < asideFrom || s.H < asideLines || m.needsPair() != "" || free < asideLabels+asideLeast {
		return 0
	}
	return min(max(free*2/3, asideLeast), free-asideLabels, asideMost)
}

// aside is the panel beside the matrices: the pair under the cursor in words and under each
// model, where it lies among all pairs, and the pairs that are worth a look.
func (m *Screen) aside(s ui.Size) []string {
	lines := m.asideHead(s)
	return append(lines, m.notableLines(ui.Size{W: s.W, H: s.H - len(lines)})...)
}

// asideHead is what stands over the list of pairs.
func (m *Screen) asideHead(s ui.Size) []string {
	lines := term.CutLines(m.pairLines(s.W, s.H/2), s.W, s.H/2)
	return append(lines, m.spreadLines(ui.Size{W: s.W, H: (s.H - len(lines)) * 3 / 5})...)
}

// pairLines are both texts and what the models make of them, in about h lines of w columns.
func (m *Screen) pairLines(w, h int) []string {
	a, b := m.Session.CursorA(), m.Session.CursorB()
	values := m.pairTable(a, b, w)
	texts := pair.Texts(m.Session, a, b, w, w*max(h-len(values)-5, 2)/2, m.Theme)
	if block := m.blockText(a, b); block != "" {
		texts = append(append(term.SafeLines(widget.SentenceStart(block), w), ""), texts...)
	}
	lines := append(term.CutLines(texts, w, max(h-len(values)-2, 4)), values...)
	if what := m.pairWords(a, b); what != "" {
		lines = append(lines, term.Fit(what, w))
	}
	return append(lines, "")
}

// pairTable is what every model makes of a pair: the similarity, its place among all pairs
// and how far above the average pair it is, which can be compared between models.
func (m *Screen) pairTable(a, b, w int) []string {
	columns := []widget.Column{
		{Title: "similarity", Width: 10, Align: widget.AlignRight},
		{Title: "rank", Width: 8, Align: widget.AlignRight, Priority: 1},
		{Title: "strictness", Width: 10, Align: widget.AlignRight, Priority: 2},
	}
	for _, c := range m.Session.Ready() {
		pairs := format.Thousands(c.Result.Scan.Background.Pairs)
		columns[1].Width = max(columns[1].Width, 2*term.Width(pairs)+term.Width(" of "))
	}
	lines := pair.CandidateTable(m.Session.States(), columns, w, m.Theme, func(c session.State) []widget.Cell {
		v := c.Result.Vectors
		if !v.Has(a) || !v.Has(b) {
			return []widget.Cell{{Text: "no vector", Pen: m.Theme.Codes.Dim}}
		}
		similarity, of := v.Similarity(a, b), c.Result.Scan
		cells := []widget.Cell{{Text: format.Similarity(similarity, 3), Pen: m.Theme.Codes.Strong}}
		if a == b {
			return cells
		}
		rank := fmt.Sprintf("%s of %s", format.Thousands(of.Place(similarity)), format.Thousands(of.Background.Pairs))
		return append(cells, widget.Cell{Text: rank}, widget.Cell{Text: pair.Strictness(of.Background.Strictness(similarity))})
	})
	for _, remark := range pair.ReadInPart(m.Session, a, b) {
		for _, l := range term.SafeLines(remark, w) {
			lines = append(lines, m.Theme.Warn.Render(l))
		}
	}
	return lines
}

// pairWords says what labels and the person say of a pair, and how far two models that are
// compared lie apart.
func (m *Screen) pairWords(a, b int) string {
	var parts []string
	if same, known := m.Session.Labels().Tied().Same(a, b); known && a != b {
		if same {
			parts = append(parts, m.Theme.Good.Render(labelling.SameSign+" labelled the same"))
		} else {
			parts = append(parts, m.Theme.Warn.Render(labelling.DifferentSign+" labelled different"))
		}
	}
	if mark := labelling.MarkText(m.Session, m.Theme, a, b); mark != "" {
		parts = append(parts, "marked "+mark)
	}
	if text := m.deltaText(a, b); text != "" {
		parts = append(parts, text)
	}
	return strings.Join(parts, " · ")
}

// leastSpread is how high a histogram is at least, with its title and its axis.
const leastSpread = 5

// spreadLines draws how the similarities lie under the models, with a mark at the pair: of
// all models where there is room, else of as many as fit, the one in focus among them.
func (m *Screen) spreadLines(s ui.Size) []string {
	const highest = 8
	ready := m.Session.Ready()
	if len(ready) == 0 || s.H < leastSpread+2 {
		return nil
	}
	hidden := ""
	if (s.H-2)/len(ready) < leastSpread {
		n := (s.H - 2) / leastSpread
		hidden = fmt.Sprintf(": %d of %d models, tab for others", n, len(ready))
		at := slices.IndexFunc(ready, func(c session.State) bool { return m.indexOf(c) == m.Session.Focused() })
		first := min(max(at, 0), len(ready)-n)
		ready = ready[first : first+n]
	}
	h := min((s.H-2)/len(ready), highest)
	lines := []string{m.spreadHeading(ready, hidden, s.W)}
	for _, c := range ready {
		lines = append(lines, m.spreadOf(c, ui.Size{W: s.W, H: h})...)
	}
	return append(lines, "")
}

// spreadHeading says what is drawn of the models, and how many are not.
func (m *Screen) spreadHeading(of []session.State, hidden string, w int) string {
	words := ""
	if x := m.spreads.Of(of[0].ID()); x != nil {
		words = x.Words()
	}
	head := m.Theme.Title.Render("Pairs")
	joint := ": "
	if hidden != "" {
		head += m.Theme.Dim.Render(hidden)
		joint = " · "
	}
	for _, about := range []string{joint + words + " · │ this pair", joint + "│ this pair"} {
		if term.Width(head)+term.Width(about) <= w {
			head += m.Theme.Dim.Render(about)
			break
		}
	}
	return term.Fit(head, w)
}

// spreadOf draws the similarities of one model.
func (m *Screen) spreadOf(c session.State, s ui.Size) []string {
	x := m.spreads.Of(c.ID())
	if x == nil {
		return make([]string, s.H)
	}
	at, value := math.NaN(), ""
	a, b := m.Session.CursorA(), m.Session.CursorB()
	if v := c.Result.Vectors; a != b && v.Has(a) && v.Has(b) {
		at = v.Similarity(a, b)
		value = " │ " + format.Similarity(at, 3)
	}
	name := m.Theme.Candidate(m.indexOf(c)) + m.nameIn(c.ID(), s.W-term.Width(value)) + theme.Reset + m.Theme.Dim.Render(value)
	return append([]string{term.Fit(name, s.W)}, x.Drawing(at, m.Theme.Codes).Draw(s.W, s.H-1)...)
}

// notablePlace is how many of the pairs have room in h lines, which is the first, and which
// is under the cursor; -1 for none.
func (m *Screen) notablePlace(h int) (fit, first, at int) {
	n := len(m.notable.pairs)
	at = m.notable.current(m.Session.CursorA(), m.Session.CursorB())
	fit = min(max(h-1, 0)/notableEach, n)
	return fit, term.Scrolled(m.notable.at, m.notable.at-fit/2, fit, n), at
}

// notableAt is which pair is on a line of the list of h lines; ok is false on none.
func (m *Screen) notableAt(line, h int) (i int, ok bool) {
	fit, first, _ := m.notablePlace(h)
	i = (line - 1) / notableEach
	return first + i, line >= 1 && i < fit
}

// notableEach is how many lines a pair of the list takes.
const notableEach = 2

// notableLines list the pairs that n goes through, from about the one under the cursor on.
func (m *Screen) notableLines(s ui.Size) []string {
	fit, first, at := m.notablePlace(s.H)
	if fit == 0 {
		return nil
	}
	lines := []string{m.notableHeading(s.W)}
	for i := first; i < first+fit; i++ {
		lines = append(lines, m.notableItem(i, i == at, s.W)...)
	}
	return lines
}

// notableHeading says what the list is of, and what its numbers are.
func (m *Screen) notableHeading(w int) string {
	head, about := "Strongest disagreements", "the pair's rank under each model"
	if len(m.Session.Ready()) < 2 {
		head, about = "Most similar pairs", "rank"
	}
	head = m.Theme.Title.Render(head)
	next := " " + keyDisagreement.Help().Key + " next"
	for _, words := range []string{next + " · " + about, next} {
		if term.Width(head)+term.Width(words) <= w {
			return term.Fit(head+m.Theme.Dim.Render(words), w)
		}
	}
	return term.Fit(head, w)
}

// notableItem is a pair in two lines: its texts, and its place among all pairs under each model.
func (m *Screen) notableItem(i int, current bool, w int) []string {
	p, texts, sign := m.notable.pairs[i], m.Session.Texts(), ""
	if labelling.Any(m.Session) {
		sign = labelling.Signs(m.Session, p[0], p[1]) + " "
	}
	mark, pen := " ", m.Theme.Codes.Dim
	if current {
		mark, pen = focusMark, m.Theme.Codes.Strong
	}
	head := mark + term.PadLeft(fmt.Sprint(i+1), len(fmt.Sprint(len(m.notable.pairs)))) + " " + sign
	room := w - term.Width(head) - len(" / ")
	excerpt := func(i, w int) string {
		number := fmt.Sprint(i+1) + " "
		return number + term.Excerpt(texts[i].Text, max(w-len(number), 1))
	}
	left := excerpt(p[0], room/2)
	words := left + " / " + excerpt(p[1], room-term.Width(left))
	var places []string
	for _, c := range m.Session.Ready() {
		if v := c.Result.Vectors; v.Has(p[0]) && v.Has(p[1]) {
			places = append(places, fmt.Sprintf("%s%s%s %s", m.Theme.Candidate(m.indexOf(c)), m.insightName(c), theme.Reset,
				format.Thousands(c.Result.Scan.Place(v.Similarity(p[0], p[1])))))
		}
	}
	return []string{
		pen + term.Fit(head+words, w) + theme.Reset,
		term.Fit(term.Blanks(term.Width(head))+wholeParts(places, w-term.Width(head)), w),
	}
}

// wholeParts are as many of the parts as w columns hold, and how many there are besides.
func wholeParts(parts []string, w int) string {
	const between = "  "
	text := strings.Join(parts, between)
	for n := len(parts) - 1; n > 0 && term.Width(text) > w; n-- {
		text = strings.Join(parts[:n], between) + " +" + format.Thousands(len(parts)-n)
	}
	return text
}
