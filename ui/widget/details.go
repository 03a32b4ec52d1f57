package widget

import (
	"unicode"
	"unicode/utf8"

	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// DetailText gathers lines of labels and wrapped text.
type DetailText struct {
	W     int
	Theme *theme.Theme
	Lines []string
}

const detailLabel = 13

// Gap adds an empty line, unless there is one or nothing yet.
func (d *DetailText) Gap() {
	if n := len(d.Lines); n > 0 && d.Lines[n-1] != "" {
		d.Lines = append(d.Lines, "")
	}
}

// Text adds wrapped foreign text in one look.
func (d *DetailText) Text(text, pen string) {
	for _, l := range term.SafeLines(text, d.W) {
		d.Lines = append(d.Lines, pen+l+theme.Reset)
	}
}

// Field adds a label with wrapped foreign text beside it, or below it where
// there is little room; without text it adds nothing.
func (d *DetailText) Field(label, text string) {
	if text == "" {
		return
	}
	indent := detailLabel
	if narrow := d.W < 3*detailLabel; narrow || term.Width(label) >= detailLabel {
		if narrow {
			indent = 2
		}
		if label != "" {
			d.Lines = append(d.Lines, d.Theme.Codes.Dim+label+theme.Reset)
			label = ""
		}
	}
	for _, l := range term.SafeLines(text, max(d.W-indent, 1)) {
		d.Lines = append(d.Lines, d.Theme.Codes.Dim+term.PadRight(label, indent)+theme.Reset+l)
		label = ""
	}
}

// Sentence makes a sentence of an error's words.
func Sentence(words string) string {
	if words == "" {
		return ""
	}
	return SentenceStart(words) + "."
}

// SentenceStart makes the first letter a capital.
func SentenceStart(words string) string {
	first, n := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[n:]
}
