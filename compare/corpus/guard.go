package corpus

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// guard stands before a cell of a table that a spreadsheet would compute.
const guard = "'"

// Guard puts an apostrophe before the cell of a table that a spreadsheet would take
// for a formula, because it begins with = + - or @, as the OWASP advises on CSV
// injection; a number stays as it is. Cells that look guarded get another, so that
// reading a .csv or .tsv file, which takes one off, gives every text back. guarded
// tells that there is one more.
func Guard(cell string) (safe string, guarded bool) {
	if formula(strings.TrimLeft(cell, guard)) {
		return guard + cell, true
	}
	return cell, false
}

// unguarded is the cell that Guard was given.
func unguarded(cell string) string {
	if bare, ok := strings.CutPrefix(cell, guard); ok && formula(strings.TrimLeft(bare, guard)) {
		return bare
	}
	return cell
}

// decimal is what a spreadsheet reads as a number, so that its sign is harmless.
var decimal = regexp.MustCompile(`^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// formula tells that a spreadsheet would take the text for a formula. Wide forms
// of the signs count, because some programs make the narrow ones of them; what
// programs skip at the beginning does not protect.
func formula(text string) bool {
	start := strings.TrimLeft(text, "\t\r\n ")
	if start == "" {
		return false
	}
	r, _ := utf8.DecodeRuneInString(start)
	return strings.ContainsRune("=+-@＝＋－＠", r) && !decimal.MatchString(text)
}
