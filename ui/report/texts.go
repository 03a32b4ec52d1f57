package report

import (
	"bufio"
	"io"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// numberedText is a text with its number from 1.
type numberedText struct {
	number int
	corpus.Text
}

func numbered(texts []corpus.Text) []numberedText {
	all := make([]numberedText, len(texts))
	for i, t := range texts {
		all[i] = numberedText{i + 1, t}
	}
	return all
}

// textColumns are the texts as vecscope reads them: what a text has no id or group
// for is left out of JSON.
var textColumns = columns[numberedText]{
	{head: "number", right: true, value: func(t numberedText) any { return t.number }},
	{key: "id", head: "id", omit: true, value: func(t numberedText) any { return t.ID }},
	{key: "text", head: "text", value: func(t numberedText) any { return t.Text.Text }},
	{key: "group", head: "group", omit: true, value: func(t numberedText) any { return t.Group }},
	{key: "lang", omit: true, value: func(t numberedText) any { return t.Lang }},
}

// textTable is the texts for people, their wording last, written by text.
func textTable(texts []corpus.Text, text func(string) string) *table {
	c := textColumns.pick("number", "id", "group", "text")
	c[len(c)-1].text = func(t numberedText) string { return text(t.Text.Text) }
	return c.table(numbered(texts))
}

// TextsJSONL writes one JSON object a text, as vecscope reads them: what a text
// has no id or group for is left out.
func TextsJSONL(w io.Writer, texts []corpus.Text) error {
	j := newJSON(w)
	for i, t := range numbered(texts) {
		if i > 0 {
			j.raw("\n")
		}
		textColumns.write(j, t)
	}
	return j.end()
}

// TextsJSON writes the same objects as one JSON array.
func TextsJSON(w io.Writer, texts []corpus.Text) error {
	j := newJSON(w)
	textColumns.list(j, "", numbered(texts))
	return j.end()
}

// Texts writes the texts in the columns that vecscope reads, so that it reads the
// same texts: id and group are empty where a text has none, and a column of languages
// stands there only if some text has one. Where cells are escaped, a last column says
// which.
func (s *Sheet) Texts(texts []corpus.Text) error {
	s.faithful = true
	columns := textColumns
	if !slices.ContainsFunc(texts, func(t corpus.Text) bool { return t.Lang != "" }) {
		columns = columns.pick("id", "text", "group")
	}
	if slices.ContainsFunc(texts, func(t corpus.Text) bool { return escapedCells(t) != "" }) {
		columns = append(slices.Clone(columns), column[numberedText]{
			key: corpus.EscapedColumn, value: func(t numberedText) any { return escapedCells(t.Text) },
		})
	}
	return columns.fill(s, numbered(texts))
}

// escapedCells names the columns in which a spreadsheet would compute what a text has.
func escapedCells(t corpus.Text) string {
	var names []string
	for _, cell := range []struct{ name, value string }{{"id", t.ID}, {"text", t.Text}, {"group", t.Group}, {"lang", t.Lang}} {
		if _, escaped := corpus.EscapeFormula(cell.value); escaped {
			names = append(names, cell.name)
		}
	}
	return strings.Join(names, " ")
}

// TextsLines writes one text a line, its own line breaks as spaces, and says how
// many texts had some.
func TextsLines(w io.Writer, texts []corpus.Text) (joined int, err error) {
	out := bufio.NewWriterSize(w, 1<<16)
	for _, t := range texts {
		if strings.ContainsAny(t.Text, "\r\n") {
			joined++
		}
		if _, err := out.WriteString(field(t.Text) + "\n"); err != nil {
			return joined, err
		}
	}
	return joined, out.Flush()
}

// TextsMarkdown writes the texts as a table, each whole. safe makes foreign text
// safe for one line.
func TextsMarkdown(w io.Writer, texts []corpus.Text) error {
	var d document
	d.heading("%s", format.PlainCount(len(texts), "text"))
	d.table(textTable(texts, term.Written))
	return d.writeMarkdown(w)
}
