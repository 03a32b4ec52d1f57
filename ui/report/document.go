package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui/term"
)

// document is a report for people: headings, lines and tables, from which plain
// text and Markdown are made. Foreign text in it is safe for one line already.
type document struct{ blocks []block }

// block is one of these; the others are empty.
type block struct {
	heading string
	line    string
	table   *table
}

func (d *document) heading(format string, args ...any) {
	d.blocks = append(d.blocks, block{heading: fmt.Sprintf(format, args...)})
}

func (d *document) line(format string, args ...any) {
	d.blocks = append(d.blocks, block{line: fmt.Sprintf(format, args...)})
}

func (d *document) table(t *table) { d.blocks = append(d.blocks, block{table: t}) }

// table is rows under a header.
type table struct {
	columns []tableColumn
	rows    [][]string
}

type tableColumn struct {
	name  string
	right bool // aligned to the right, as numbers are
}

func words(name string) tableColumn   { return tableColumn{name: name} }
func numbers(name string) tableColumn { return tableColumn{name: name, right: true} }

func newTable(columns ...tableColumn) *table { return &table{columns: columns} }

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// writeText writes plain text: a blank line before every heading, columns padded
// with spaces, no trailing spaces, nothing drawn.
func (d *document) writeText(w io.Writer) error {
	out := bufio.NewWriter(w)
	for i, b := range d.blocks {
		switch {
		case b.table != nil:
			b.table.writeText(out)
		case b.heading != "":
			if i > 0 {
				fmt.Fprintln(out)
			}
			fmt.Fprintln(out, term.Joined(b.heading))
		default:
			fmt.Fprintln(out, term.Joined(b.line))
		}
	}
	return out.Flush()
}

func (t *table) writeText(w io.Writer) {
	header := make([]string, len(t.columns))
	widths := make([]int, len(t.columns))
	for i, c := range t.columns {
		header[i] = c.name
	}
	lines := append([][]string{header}, t.rows...)
	for _, cells := range lines {
		for i, cell := range cells {
			widths[i] = max(widths[i], ansi.StringWidth(cell))
		}
	}
	for _, cells := range lines {
		var line strings.Builder
		for i, cell := range cells {
			if i > 0 {
				line.WriteString("  ")
			}
			gap := strings.Repeat(" ", widths[i]-ansi.StringWidth(cell))
			if t.columns[i].right {
				line.WriteString(gap + cell)
			} else {
				line.WriteString(cell + gap)
			}
		}
		fmt.Fprintln(w, term.Joined(strings.TrimRight(line.String(), " ")))
	}
}

// writeMarkdown writes GitHub's dialect, which has tables.
func (d *document) writeMarkdown(w io.Writer) error {
	out := bufio.NewWriter(w)
	for i, b := range d.blocks {
		if i > 0 {
			fmt.Fprintln(out)
		}
		switch {
		case b.table != nil:
			b.table.writeMarkdown(out)
		case b.heading != "" && i == 0:
			fmt.Fprintln(out, "# "+escapeMarkdown(b.heading))
		case b.heading != "":
			fmt.Fprintln(out, "## "+escapeMarkdown(b.heading))
		default:
			fmt.Fprintln(out, escapeMarkdown(b.line))
		}
	}
	return out.Flush()
}

func (t *table) writeMarkdown(w io.Writer) {
	header, rule := make([]string, len(t.columns)), make([]string, len(t.columns))
	for i, c := range t.columns {
		header[i], rule[i] = c.name, "---"
		if c.right {
			rule[i] = "---:"
		}
	}
	writeMarkdownRow(w, header)
	fmt.Fprintln(w, "| "+strings.Join(rule, " | ")+" |")
	for _, cells := range t.rows {
		writeMarkdownRow(w, cells)
	}
}

func writeMarkdownRow(w io.Writer, cells []string) {
	escaped := make([]string, len(cells))
	for i, cell := range cells {
		escaped[i] = escapeMarkdown(cell)
	}
	fmt.Fprintln(w, "| "+strings.Join(escaped, " | ")+" |")
}

// markdown puts a backslash before what would mean something inside a line.
var markdown = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", `*`, `\*`, `_`, `\_`, `|`, `\|`, `[`, `\[`, `]`, `\]`,
	`<`, `\<`, `>`, `\>`, `#`, `\#`, `&`, `\&`, `~`, `\~`,
)

func escapeMarkdown(s string) string { return markdown.Replace(term.Joined(s)) }
