package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// editorLine is a line as it is shown: the bytes from–to of the text.
type editorLine struct {
	from, to int
	// hard tells that a line break or the end of the text follows; else the text
	// was wrapped here and goes on at byte to.
	hard bool
}

// glyph is how a cluster is shown.
type glyph struct {
	text string
	w    int
}

// cluster is the grapheme cluster at byte at, which is not the end.
func (e *Editor) cluster(at int) string {
	if b := e.Text[at]; b < 0x80 && b != '\r' && (at+1 == len(e.Text) || e.Text[at+1] < 0x80) {
		return e.Text[at : at+1]
	}
	c, _ := ansi.FirstGraphemeCluster(e.Text[at:], ansi.GraphemeWidth)
	return c
}

// glyph tells how a cluster is shown. What terminals obey or hide is shown as
// "�", so that it can be seen and erased.
func (e *Editor) glyph(c string) glyph {
	if len(c) == 1 && c[0] >= 0x20 && c[0] < 0x7f {
		return glyph{c, 1}
	}
	if g, ok := e.glyphs[c]; ok {
		return g
	}
	g := glyph{text: term.Safe(c)}
	if c == "\t" {
		g.text = "⇥"
	}
	if g.w = term.Width(g.text); g.w == 0 {
		g = glyph{"\uFFFD", 1}
	}
	e.glyphs[strings.Clone(c)] = g
	return g
}

func hardBreak(c string) bool { return c == "\n" || c == "\r" || c == "\r\n" }

// Fit prepares the drawing in that many columns and lines, with the cursor in
// sight.
func (e *Editor) Fit(w, h int) {
	e.h = max(h, 1)
	if w != e.w || e.lines == nil {
		e.w = w
		e.layout()
	}
	e.scroll()
}

func (e *Editor) scroll() { e.top = term.Scrolled(e.line(), e.top, e.h, len(e.lines)) }

// layout wraps the text. The last column is left to the cursor and to a blank at
// the end of a line.
func (e *Editor) layout() {
	room := max(e.w-1, 1)
	e.lines = make([]editorLine, 0, len(e.lines)+1)
	from, x := 0, 0
	brk, brkX := -1, 0 // where the line could be cut: behind a blank or a wide character
	for i := 0; i < len(e.Text); {
		c := e.cluster(i)
		if hardBreak(c) {
			e.lines = append(e.lines, editorLine{from, i, true})
			i += len(c)
			from, x, brk = i, 0, -1
			continue
		}
		w, blank := e.glyph(c).w, c == " "
		limit := room
		if blank {
			limit++
		}
		if x+w > limit && i > from {
			if brk <= from {
				brk, brkX = i, x
			}
			e.lines = append(e.lines, editorLine{from, brk, false})
			from, x, brk = brk, x-brkX, -1
		}
		i, x = i+len(c), x+w
		if blank || w > 1 {
			brk, brkX = i, x
		}
	}
	e.lines = append(e.lines, editorLine{from, len(e.Text), true})
}

// Draw gives h lines of w columns; placeholder is said while there is no text.
func (e *Editor) Draw(t *theme.Theme, placeholder string) []string {
	out := make([]string, 0, e.h)
	at := e.line()
	for n := e.top; n < e.top+e.h; n++ {
		switch {
		case n >= len(e.lines):
			out = append(out, term.Blanks(e.w))
		case e.Text == "":
			out = append(out, term.Fit(theme.Reverse+" "+theme.Reset+t.Codes.Dim+term.Truncate(placeholder, e.w-1)+theme.Reset, e.w))
		default:
			out = append(out, term.Fit(e.drawLine(e.lines[n], n == at), e.w))
		}
	}
	return out
}

func (e *Editor) drawLine(l editorLine, current bool) string {
	var b strings.Builder
	for i := l.from; i < l.to; {
		c := e.cluster(i)
		g := e.glyph(c)
		if current && i == e.cursor {
			b.WriteString(theme.Reverse + g.text + theme.Reset)
		} else {
			b.WriteString(g.text)
		}
		i += len(c)
	}
	if current && e.cursor == l.to {
		b.WriteString(theme.Reverse + " " + theme.Reset)
	}
	return b.String()
}
