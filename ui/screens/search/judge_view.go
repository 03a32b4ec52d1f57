package search

import (
	"fmt"
	"slices"

	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// judgingWidth is how wide the box is at the most.
const judgingWidth = 100

// judgingRest are the lines of the box that are neither query nor texts: title, rule, what
// was said, and keys.
const judgingRest = 4

// Fit finds out how many texts can be listed below the one in full, which they must leave
// the room for the longest.
func (j *judging) Fit(room ui.Size, _ *theme.Theme) {
	w := min(room.W, judgingWidth)
	j.listed, j.longest = 0, 1
	left := room.H - judgingRest - len(j.queryLines(ui.Size{W: w, H: room.H}))
	most := left / 3
	for _, i := range j.pool {
		if len(j.texts[i].Text) > 8*w*most {
			return
		}
		j.longest = max(j.longest, len(term.SafeLines(j.texts[i].Text, w)))
	}
	if j.longest <= most {
		j.listed = min(left-j.longest, len(j.pool))
		j.listAt = room.H - 1 - (left - j.longest)
	}
}

// page are the places in the pool that are listed beside the present one.
func (j *judging) page() (from, to int) {
	from = j.at / j.listed * j.listed
	return from, min(from+j.listed, len(j.pool))
}

// View draws the query over the text and the keys; in the end who found what.
func (j *judging) View(room ui.Size, t *theme.Theme) []string {
	w := min(room.W, judgingWidth)
	lines := j.lines(ui.Size{W: w, H: room.H}, t)
	for i := range lines {
		lines[i] = term.Fit(lines[i], w)
	}
	return lines[:min(len(lines), room.H)]
}

func (j *judging) queryLines(z ui.Size) []string {
	return term.CutLines(term.SafeLines("“"+term.Excerpt(j.query, 4*z.W)+"”", z.W), z.W, max(z.H/4, 1))
}

func (j *judging) lines(z ui.Size, t *theme.Theme) []string {
	switch {
	case j.gone():
		return []string{"The texts were changed meanwhile; esc leads back."}
	case j.over():
		return j.lifted(z, t)
	}
	done := 0
	for _, i := range j.pool {
		if j.judged(i) {
			done++
		}
	}
	judged, all := j.Session.Asked().Decided()
	progress := fmt.Sprintf("%d of %d · %d of %s judged", j.at+1, len(j.pool), judged, countQueries(all))
	lines := []string{t.Title.Render("Does it answer?") + t.Dim.Render("  "+progress)}
	for _, l := range j.queryLines(z) {
		lines = append(lines, t.Strong.Render(l))
	}
	if z.H >= 8 {
		lines = append(lines, t.Dim.Render("── a text that some column has found"))
	}
	room := max(z.H-len(lines)-2, 1)
	if j.listed > 0 {
		room = j.longest
	}
	text := j.texts[j.pool[j.at]].Text
	if len(text) > 8*z.W*room {
		text = text[:term.RuneStart(text, 8*z.W*room)]
	}
	full := term.CutLines(term.SafeLines(text, z.W), z.W, room)
	lines = append(lines, full...)
	now := ""
	if g, ok := j.Session.Asked().Query(j.query).GradeOf(j.texts[j.pool[j.at]].Text); ok {
		now = t.Accent.Render("judged: " + gradeWord(g))
	}
	lines = append(lines, now)
	if j.listed > 0 {
		for range room - len(full) {
			lines = append(lines, "") // so that the list stands still
		}
		lines = append(lines, j.list(z.W, t)...)
	}
	return append(lines, j.hints(z.W, t))
}

// list are the texts of the page in one line each, with what was said of them.
func (j *judging) list(w int, t *theme.Theme) (lines []string) {
	asked := j.Session.Asked().Query(j.query)
	from, to := j.page()
	for at := from; at < to; at++ {
		text := j.texts[j.pool[at]].Text
		line := grade(asked.GradeOf(text)) + " " + term.Excerpt(text, max(w-2, 1))
		if at == j.at {
			line = t.Codes.Selected + term.Fit(line, w) + theme.Reset
		}
		lines = append(lines, line)
	}
	return lines
}

// hints are the keys that judge, as many as have room.
func (j *judging) hints(w int, t *theme.Theme) string {
	relevant, not := "relevant", "not"
	if w < 60 {
		relevant, not = "yes", "no"
	}
	hints := []string{keyRelevant.Help().Key, relevant, keyPartly.Help().Key, "partly", keyNot.Help().Key, not}
	if j.listed > 0 {
		hints = append(hints, keyRest.Help().Key, "the others not")
	}
	return widget.Foot(t, w, append(hints, keySkip.Help().Key, "skip", keyUndo.Help().Key, "undo", ui.KeyBack.Help().Key, "done")...)
}

// gradeWord names a grade.
func gradeWord(g float64) string {
	switch {
	case g >= labels.WhollyRelevant:
		return "relevant"
	case g > 0:
		return "partly relevant"
	}
	return "not relevant"
}

// lifted says who found what, the relevant texts first.
func (j *judging) lifted(z ui.Size, t *theme.Theme) []string {
	asked := j.Session.Asked().Query(j.query)
	order := slices.Clone(j.pool)
	value := func(i int) float64 {
		if g, ok := asked.GradeOf(j.texts[i].Text); ok {
			return g
		}
		return -1
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch x, y := value(a), value(b); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	judged, all := j.Session.Asked().Decided()
	lines := []string{t.Title.Render("Who found what") + t.Dim.Render(fmt.Sprintf("  %s judged · %d of %s", format.Count(j.marked(), "text"), judged, countQueries(all)))}
	for _, l := range term.CutLines(term.SafeLines(j.names, z.W), z.W, 3) {
		lines = append(lines, t.Dim.Render(l))
	}
	room := max(z.H-len(lines)-1, 1)
	j.top = max(min(j.top, len(order)-room), 0)
	for _, i := range order[j.top:min(len(order), j.top+room)] {
		g, ok := asked.GradeOf(j.texts[i].Text)
		who := term.Fit(j.finders[i], min(z.W/2, 28))
		lines = append(lines, grade(g, ok)+" "+who+"  "+term.Excerpt(j.texts[i].Text, max(z.W-term.Width(who)-4, 1)))
	}
	hints := []string{ui.KeyEnter.Help().Key, "done"}
	if _, ok := j.screen.undecided(j.query); ok {
		hints = []string{ui.KeyEnter.Help().Key, "next query", ui.KeyBack.Help().Key, "done"}
	}
	return append(lines, widget.Foot(t, z.W, append(hints, "↑↓", "more", keyUndo.Help().Key, "undo")...))
}
