package widget

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"

	"github.com/vecscope/vecscope/ui"
)

// Editor holds a text that is being written. It keeps every character of it as
// it is, also those that a terminal must not be shown, and stays quick with
// 100,000 of them; that is why it is not the text area of bubbles, which drops
// some, prints others raw and draws all lines for every key.
type Editor struct {
	Text string
	// cursor is the byte before which letters go; the start of a grapheme cluster
	// or the end of the text.
	cursor int
	// goal is the column that moving up and down aims at; -1 when there is none.
	goal int

	w, h  int
	top   int // first line shown
	lines []editorLine
	// glyphs remembers how clusters are shown.
	glyphs map[string]glyph
}

// usualWidth is the width until the editor is drawn for the first time.
const usualWidth = 80

// NewEditor edits text, the cursor at its end.
func NewEditor(text string) *Editor {
	e := &Editor{Text: text, cursor: len(text), goal: -1, glyphs: map[string]glyph{}}
	e.Fit(usualWidth, 1)
	return e
}

// Insert puts s before the cursor.
func (e *Editor) Insert(s string) {
	e.replace(e.cursor, e.cursor, s)
}

// replace puts s in the place of the bytes from–to, the cursor behind it.
func (e *Editor) replace(from, to int, s string) {
	e.Text = e.Text[:from] + s + e.Text[to:]
	e.cursor, e.goal = from+len(s), -1
	e.layout()
	e.snap()
	e.scroll()
}

// snap moves a cursor that has come to stand inside a cluster behind it.
func (e *Editor) snap() {
	i := e.lines[e.line()].from
	for i < e.cursor {
		i += len(e.cluster(i))
	}
	e.cursor = i
}

// moveTo puts the cursor at a byte.
func (e *Editor) moveTo(at int) {
	e.cursor, e.goal = min(max(at, 0), len(e.Text)), -1
	e.snap()
	e.scroll()
}

// line is the index of the line with the cursor.
func (e *Editor) line() int { return e.lineAt(e.cursor) }

// lineAt is the index of the line with that byte.
func (e *Editor) lineAt(at int) int {
	lo, hi := 0, len(e.lines)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; e.lines[mid].from <= at {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

// before is the start of the cluster before byte at, which starts one itself.
func (e *Editor) before(at int) int {
	if at == 0 {
		return 0
	}
	n := e.lineAt(at)
	if at == e.lines[n].from {
		n--
	}
	if l := e.lines[n]; at > l.to {
		return l.to // the line break
	}
	i := e.lines[n].from
	for {
		next := i + len(e.cluster(i))
		if next >= at {
			return i
		}
		i = next
	}
}

// after is the end of the cluster at byte at.
func (e *Editor) after(at int) int {
	if at >= len(e.Text) {
		return len(e.Text)
	}
	return at + len(e.cluster(at))
}

func (e *Editor) left() { e.moveTo(e.before(e.cursor)) }

func (e *Editor) right() { e.moveTo(e.after(e.cursor)) }

func (e *Editor) wordLeft() { e.moveTo(e.wordStart(e.cursor)) }

func (e *Editor) wordRight() { e.moveTo(e.wordEnd(e.cursor)) }

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// wordStart is the start of the word before byte at.
func (e *Editor) wordStart(at int) int {
	head := strings.TrimRightFunc(e.Text[:at], func(r rune) bool { return !inWord(r) })
	return len(strings.TrimRightFunc(head, inWord))
}

// wordEnd is the end of the word after byte at.
func (e *Editor) wordEnd(at int) int {
	tail := strings.TrimLeftFunc(e.Text[at:], func(r rune) bool { return !inWord(r) })
	return len(e.Text) - len(strings.TrimLeftFunc(tail, inWord))
}

// paragraph gives the bytes of the line between two line breaks.
func (e *Editor) paragraph() (from, to int) {
	from = strings.LastIndexAny(e.Text[:e.cursor], "\r\n") + 1
	to = len(e.Text)
	if n := strings.IndexAny(e.Text[e.cursor:], "\r\n"); n >= 0 {
		to = e.cursor + n
	}
	return from, to
}

func (e *Editor) lineStart() { from, _ := e.paragraph(); e.moveTo(from) }

func (e *Editor) lineEnd() { _, to := e.paragraph(); e.moveTo(to) }

func (e *Editor) textStart() { e.moveTo(0) }

func (e *Editor) textEnd() { e.moveTo(len(e.Text)) }

// Vertical moves the cursor by lines as they are shown, keeping its column.
func (e *Editor) Vertical(by int) {
	at := e.line()
	goal := e.goal
	if goal < 0 {
		goal = e.columns(e.lines[at].from, e.cursor)
	}
	to := min(max(at+by, 0), len(e.lines)-1)
	e.moveTo(e.byteAt(to, goal))
	e.goal = goal
}

// byteAt is where in that line a column is.
func (e *Editor) byteAt(line, column int) int {
	l := e.lines[line]
	i, x := l.from, 0
	for i < l.to {
		c := e.cluster(i)
		w := e.glyph(c).w
		if x+w > column || (!l.hard && i+len(c) == l.to) {
			break // the end of a wrapped line is the start of the next
		}
		i, x = i+len(c), x+w
	}
	return i
}

// columns is how wide the bytes from–to are shown.
func (e *Editor) columns(from, to int) int {
	x := 0
	for i := from; i < to; {
		c := e.cluster(i)
		i, x = i+len(c), x+e.glyph(c).w
	}
	return x
}

// eraseBack takes away the character before the cursor: of a cluster of several
// the last, so that an accent can be taken off its letter.
func (e *Editor) eraseBack() {
	if e.cursor == 0 {
		return
	}
	start := e.before(e.cursor)
	last := start
	if c := e.Text[start:e.cursor]; c != "\r\n" {
		_, n := utf8.DecodeLastRuneInString(c)
		last = e.cursor - n
	}
	e.replace(last, e.cursor, "")
}

func (e *Editor) eraseForward() { e.erase(e.after(e.cursor)) }

func (e *Editor) eraseWord() { e.erase(e.wordStart(e.cursor)) }

func (e *Editor) eraseToStart() { from, _ := e.paragraph(); e.erase(from) }

// eraseToEnd takes away the rest of the line or, at its end, the line break.
func (e *Editor) eraseToEnd() {
	_, to := e.paragraph()
	if to == e.cursor {
		to = e.after(e.cursor)
	}
	e.erase(to)
}

// erase takes away what lies between the cursor and a byte.
func (e *Editor) erase(to int) { e.replace(min(e.cursor, to), max(e.cursor, to), "") }

// editorKey is a key that changes the text or moves the cursor in it.
type editorKey struct {
	ID      string
	Binding key.Binding
	Run     func(*Editor)
}

// WritingErasers are the keys that take characters away.
var WritingErasers = []editorKey{
	{"erase", ui.Bind("backspace", "erase before the cursor", "backspace", "ctrl+h"), (*Editor).eraseBack},
	{"delete", ui.Bind("delete", "erase under the cursor", "delete", "ctrl+d"), (*Editor).eraseForward},
	{"word", ui.Bind("ctrl+w", "erase the word before", "ctrl+w", "alt+backspace"), (*Editor).eraseWord},
	{"tostart", ui.Bind("ctrl+u", "erase to the start of the line", "ctrl+u"), (*Editor).eraseToStart},
	{"toend", ui.Bind("ctrl+k", "erase to the end of the line", "ctrl+k"), (*Editor).eraseToEnd},
}

// WritingMotions are the keys that move the cursor.
var WritingMotions = []editorKey{
	{"left", ui.Bind("←", "left", "left"), (*Editor).left},
	{"right", ui.Bind("→", "right", "right"), (*Editor).right},
	{"up", ui.Bind("↑", "line up", "up"), func(e *Editor) { e.Vertical(-1) }},
	{"down", ui.Bind("↓", "line down", "down"), func(e *Editor) { e.Vertical(1) }},
	{"wordleft", ui.Bind("ctrl+←", "a word left", "ctrl+left", "alt+left", "alt+b"), (*Editor).wordLeft},
	{"wordright", ui.Bind("ctrl+→", "a word right", "ctrl+right", "alt+right", "alt+f"), (*Editor).wordRight},
	{"linestart", ui.Bind("home", "start of the line", "home", "ctrl+a"), (*Editor).lineStart},
	{"lineend", ui.Bind("end", "end of the line", "end", "ctrl+e"), (*Editor).lineEnd},
	{"textstart", ui.Bind("ctrl+home", "start of the text", "ctrl+home"), (*Editor).textStart},
	{"textend", ui.Bind("ctrl+end", "end of the text", "ctrl+end"), (*Editor).textEnd},
	{"pageup", ui.Bind("pgup", "page up", "pgup"), func(e *Editor) { e.Vertical(1 - max(e.h, 2)) }},
	{"pagedown", ui.Bind("pgdn", "page down", "pgdown"), func(e *Editor) { e.Vertical(max(e.h, 2) - 1) }},
}
