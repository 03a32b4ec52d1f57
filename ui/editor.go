package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
)

// editor holds a text that is being written. It keeps every character of it as
// it is, also those that a terminal must not be shown, and stays quick with
// 100,000 of them; that is why it is not the text area of bubbles, which drops
// some, prints others raw and draws all lines for every key.
type editor struct {
	text string
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

// newEditor edits text, the cursor at its end.
func newEditor(text string) *editor {
	e := &editor{text: text, cursor: len(text), goal: -1, glyphs: map[string]glyph{}}
	e.fit(usualWidth, 1)
	return e
}

// insert puts s before the cursor.
func (e *editor) insert(s string) {
	e.replace(e.cursor, e.cursor, s)
}

// replace puts s in the place of the bytes from–to, the cursor behind it.
func (e *editor) replace(from, to int, s string) {
	e.text = e.text[:from] + s + e.text[to:]
	e.cursor, e.goal = from+len(s), -1
	e.layout()
	e.snap()
	e.scroll()
}

// snap moves a cursor that has come to stand inside a cluster behind it.
func (e *editor) snap() {
	i := e.lines[e.line()].from
	for i < e.cursor {
		i += len(e.cluster(i))
	}
	e.cursor = i
}

// moveTo puts the cursor at a byte.
func (e *editor) moveTo(at int) {
	e.cursor, e.goal = min(max(at, 0), len(e.text)), -1
	e.snap()
	e.scroll()
}

// line is the index of the line with the cursor.
func (e *editor) line() int { return e.lineAt(e.cursor) }

// lineAt is the index of the line with that byte.
func (e *editor) lineAt(at int) int {
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
func (e *editor) before(at int) int {
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
func (e *editor) after(at int) int {
	if at >= len(e.text) {
		return len(e.text)
	}
	return at + len(e.cluster(at))
}

func (e *editor) left()  { e.moveTo(e.before(e.cursor)) }
func (e *editor) right() { e.moveTo(e.after(e.cursor)) }

func (e *editor) wordLeft()  { e.moveTo(e.wordStart(e.cursor)) }
func (e *editor) wordRight() { e.moveTo(e.wordEnd(e.cursor)) }

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// wordStart is the start of the word before byte at.
func (e *editor) wordStart(at int) int {
	head := strings.TrimRightFunc(e.text[:at], func(r rune) bool { return !inWord(r) })
	return len(strings.TrimRightFunc(head, inWord))
}

// wordEnd is the end of the word after byte at.
func (e *editor) wordEnd(at int) int {
	tail := strings.TrimLeftFunc(e.text[at:], func(r rune) bool { return !inWord(r) })
	return len(e.text) - len(strings.TrimLeftFunc(tail, inWord))
}

// paragraph gives the bytes of the line between two line breaks.
func (e *editor) paragraph() (from, to int) {
	from = strings.LastIndexAny(e.text[:e.cursor], "\r\n") + 1
	to = len(e.text)
	if n := strings.IndexAny(e.text[e.cursor:], "\r\n"); n >= 0 {
		to = e.cursor + n
	}
	return from, to
}

func (e *editor) lineStart() { from, _ := e.paragraph(); e.moveTo(from) }
func (e *editor) lineEnd()   { _, to := e.paragraph(); e.moveTo(to) }
func (e *editor) textStart() { e.moveTo(0) }
func (e *editor) textEnd()   { e.moveTo(len(e.text)) }

// vertical moves the cursor by lines as they are shown, keeping its column.
func (e *editor) vertical(by int) {
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
func (e *editor) byteAt(line, column int) int {
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
func (e *editor) columns(from, to int) int {
	x := 0
	for i := from; i < to; {
		c := e.cluster(i)
		i, x = i+len(c), x+e.glyph(c).w
	}
	return x
}

// eraseBack takes away the character before the cursor: of a cluster of several
// the last, so that an accent can be taken off its letter.
func (e *editor) eraseBack() {
	if e.cursor == 0 {
		return
	}
	start := e.before(e.cursor)
	last := start
	if c := e.text[start:e.cursor]; c != "\r\n" {
		_, n := utf8.DecodeLastRuneInString(c)
		last = e.cursor - n
	}
	e.replace(last, e.cursor, "")
}

func (e *editor) eraseForward() { e.erase(e.after(e.cursor)) }
func (e *editor) eraseWord()    { e.erase(e.wordStart(e.cursor)) }
func (e *editor) eraseToStart() { from, _ := e.paragraph(); e.erase(from) }

// eraseToEnd takes away the rest of the line or, at its end, the line break.
func (e *editor) eraseToEnd() {
	_, to := e.paragraph()
	if to == e.cursor {
		to = e.after(e.cursor)
	}
	e.erase(to)
}

// erase takes away what lies between the cursor and a byte.
func (e *editor) erase(to int) { e.replace(min(e.cursor, to), max(e.cursor, to), "") }

// editorKey is a key that changes the text or moves the cursor in it.
type editorKey struct {
	id      string
	binding key.Binding
	run     func(*editor)
}

var writingErasers = []editorKey{
	{"erase", bind("backspace", "erase before the cursor", "backspace", "ctrl+h"), (*editor).eraseBack},
	{"delete", bind("delete", "erase under the cursor", "delete", "ctrl+d"), (*editor).eraseForward},
	{"word", bind("ctrl+w", "erase the word before", "ctrl+w", "alt+backspace"), (*editor).eraseWord},
	{"tostart", bind("ctrl+u", "erase to the start of the line", "ctrl+u"), (*editor).eraseToStart},
	{"toend", bind("ctrl+k", "erase to the end of the line", "ctrl+k"), (*editor).eraseToEnd},
}

var writingMotions = []editorKey{
	{"left", bind("←", "left", "left"), (*editor).left},
	{"right", bind("→", "right", "right"), (*editor).right},
	{"up", bind("↑", "line up", "up"), func(e *editor) { e.vertical(-1) }},
	{"down", bind("↓", "line down", "down"), func(e *editor) { e.vertical(1) }},
	{"wordleft", bind("ctrl+←", "a word left", "ctrl+left", "alt+left", "alt+b"), (*editor).wordLeft},
	{"wordright", bind("ctrl+→", "a word right", "ctrl+right", "alt+right", "alt+f"), (*editor).wordRight},
	{"linestart", bind("home", "start of the line", "home", "ctrl+a"), (*editor).lineStart},
	{"lineend", bind("end", "end of the line", "end", "ctrl+e"), (*editor).lineEnd},
	{"textstart", bind("ctrl+home", "start of the text", "ctrl+home"), (*editor).textStart},
	{"textend", bind("ctrl+end", "end of the text", "ctrl+end"), (*editor).textEnd},
	{"pageup", bind("pgup", "page up", "pgup"), func(e *editor) { e.vertical(1 - max(e.h, 2)) }},
	{"pagedown", bind("pgdn", "page down", "pgdown"), func(e *editor) { e.vertical(max(e.h, 2) - 1) }},
}
