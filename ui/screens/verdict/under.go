package verdict

import (
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// under is what stands below the table and below the scatter where there is room: what the
// row under the cursor gets wrong, and its figures.
type under struct {
	of             underOf
	wrong, figures []string
}

// underOf is what these lines are made of, and for which room.
type underOf struct {
	trial    *trial.Trial
	findings *trial.Findings
	row      string
	wrong    ui.Rect
	figures  ui.Rect
	theme    *theme.Theme
	dark     bool
	many     int // for how many documents costs are told
}

// leastUnder is how many lines are worth it.
const leastUnder = 3

// fitUnder readies these lines for the row under the cursor.
func (s *Screen) fitUnder() {
	r, v := s.row(), s.Session.Verdict()
	if r == nil {
		s.under = under{}
		return
	}
	l := s.layout(s.Body)
	of := underOf{v.Trial(), v.Findings(), r.ID, l.wrong, l.figures, s.Theme, s.Theme.Dark, s.documents}
	if s.under.of == of {
		return
	}
	s.under = under{of: of}
	o := opened{v.Trial(), v.Findings(), *r, s.Session.Texts(), s.Session.Labels().Queries()}
	if l.wrong.H > 0 {
		d := &widget.DetailText{W: max(l.wrong.W-2, 1), Theme: s.Theme}
		if r.Score == nil {
			d.Text(rowError(r), s.Theme.Codes.Bad)
		} else {
			s.failures(o, term.Safe(s.Session.RowName(r)), d, l.wrong.H)
		}
		s.under.wrong = s.othersWrong(o, s.withMore(d.Lines, l.wrong.H, ""))
	}
	if l.figures.H > 0 {
		d := &widget.DetailText{W: max(l.figures.W-2, 1), Theme: s.Theme}
		if s.figures(o, d); r.Score != nil {
			d.Gap()
			s.slices(o.trial, r, o.texts, d, l.figures.H)
		}
		s.under.figures = s.withMore(d.Lines, l.figures.H, "")
	}
}

// othersWrong adds to what a row gets wrong what the other models do, as far as there is
// room.
func (s *Screen) othersWrong(o opened, lines []string) []string {
	place := s.under.of.wrong
	for _, i := range s.rows() {
		r, room := &o.trial.Rows[i], place.H-len(lines)-1
		if r.ID == s.under.of.row || r.Cut || r.Score == nil || room < leastUnder {
			continue
		}
		o.row = *r
		d := &widget.DetailText{W: max(place.W-2, 1), Theme: s.Theme}
		s.failures(o, term.Safe(s.Session.RowName(r)), d, room)
		lines = append(append(lines, ""), s.withMore(d.Lines, room, " on its row")...)
	}
	return lines
}

// withMore are as many lines as have room, and that enter shows more, and where.
func (s *Screen) withMore(lines []string, h int, where string) []string {
	for n := len(lines); n > 0 && lines[n-1] == ""; n-- {
		lines = lines[:n-1]
	}
	if len(lines) > h {
		lines = append(lines[:h-1:h-1], s.Theme.Dim.Render("… more: "+ui.KeyEnter.Help().Key+where))
	}
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	return lines
}
