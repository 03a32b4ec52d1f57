package report

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

type ownTextJSON struct {
	ID    string `json:"id,omitempty"`
	Text  string `json:"text"`
	Group string `json:"group,omitempty"`
}

// TextsJSONL writes one JSON object a text, as vecscope reads them: what a text
// has no id or group for is left out.
func TextsJSONL(w io.Writer, texts []corpus.Text) error {
	j := newJSON(w)
	for i, t := range texts {
		if i > 0 {
			j.raw("\n")
		}
		j.value(ownTextJSON(t))
	}
	return j.end()
}

// TextsJSON writes the same objects as one JSON array.
func TextsJSON(w io.Writer, texts []corpus.Text) error {
	j := newJSON(w)
	j.list("", len(texts), func(i int) { j.value(ownTextJSON(texts[i])) })
	return j.end()
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
	t := newTable(numbers("number"), words("id"), words("group"), words("text"))
	for i, text := range texts {
		t.add(strconv.Itoa(i+1), term.Safe(text.ID), term.Safe(text.Group), term.Safe(text.Text))
	}
	d.table(t)
	return d.writeMarkdown(w)
}
