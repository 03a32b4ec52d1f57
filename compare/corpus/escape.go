package corpus

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// EscapedColumn is the column of a table that names, for every row, those of its cells
// that EscapeFormula has changed, by their columns with blanks between them.
const EscapedColumn = "escaped"

// formulaEscape stands before a cell of a table that a spreadsheet would compute.
const formulaEscape = "'"

// EscapeFormula puts an apostrophe before the cell of a table that a spreadsheet
// would take for a formula, because it begins with = + - or @, as the OWASP advises
// on CSV injection; a number stays as it is. Cells that look escaped get another.
// escaped tells that there is one more: reading takes it off again where a column
// EscapedColumn says so, and leaves the apostrophes of other files alone.
func EscapeFormula(cell string) (safe string, escaped bool) {
	if formula(strings.TrimLeft(cell, formulaEscape)) {
		return formulaEscape + cell, true
	}
	return cell, false
}

// unescapeFormula is the cell that EscapeFormula was given.
func unescapeFormula(cell string) string {
	if bare, ok := strings.CutPrefix(cell, formulaEscape); ok && formula(strings.TrimLeft(bare, formulaEscape)) {
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
