package ui

import (
	"unicode"
	"unicode/utf8"

	"github.com/vecscope/vecscope/ui/term"
)

// detailText gathers lines of labels and wrapped text.
type detailText struct {
	w     int
	theme *theme
	lines []string
}

const detailLabel = 13

func (d *detailText) gap() {
	if n := len(d.lines); n > 0 && d.lines[n-1] != "" {
		d.lines = append(d.lines, "")
	}
}

// text adds wrapped foreign text in one look.
func (d *detailText) text(text, pen string) {
	for _, l := range term.SafeLines(text, d.w) {
		d.lines = append(d.lines, pen+l+sgrReset)
	}
}

// field adds a label with wrapped foreign text beside it, or below it where
// there is little room; without text it adds nothing.
func (d *detailText) field(label, text string) {
	if text == "" {
		return
	}
	indent := detailLabel
	if d.w < 3*detailLabel {
		indent = 2
		if label != "" {
			d.lines = append(d.lines, d.theme.sgr.dim+label+sgrReset)
			label = ""
		}
	}
	for _, l := range term.SafeLines(text, max(d.w-indent, 1)) {
		d.lines = append(d.lines, d.theme.sgr.dim+term.PadRight(label, indent)+sgrReset+l)
		label = ""
	}
}

// sentence makes a sentence of an error's words.
func sentence(words string) string {
	if words == "" {
		return ""
	}
	return sentenceStart(words) + "."
}

func sentenceStart(words string) string {
	first, n := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[n:]
}
