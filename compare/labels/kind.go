package labels

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
)

// Kind is what a file holds.
type Kind int

// What a file can hold.
const (
	KindTexts   Kind = iota // texts, perhaps with groups
	KindPairs               // labelled pairs of texts
	KindQueries             // queries and the texts that answer them
	KindBEIR                // a folder in BEIR's layout, which has both texts and queries
)

// firstLine is the most that is looked at to tell what a file holds, in bytes.
const firstLine = 1 << 16

// KindOf tells by the names of its columns what a file holds: labels only if it has
// the columns of them and none of texts. A pipe, which can be read but once, is not
// looked into and said to hold texts. The error is an *Error.
func KindOf(path string) (Kind, error) {
	if IsBEIR(path) {
		return KindBEIR, nil
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return KindTexts, nil
	}
	f, format, err := openFile(path)
	if err != nil {
		return KindTexts, err
	}
	defer f.Close()
	start, _ := bufio.NewReaderSize(f, firstLine).Peek(firstLine) // shorter files are read whole
	t := &table{Place: Place{Name: path}, columns: columnsIn(string(start), format)}
	has := func(names ...string) bool {
		_, ok := t.column(names...)
		return ok
	}
	switch {
	case has("text"):
		return KindTexts, nil
	case has(columnsA...) && has(columnsB...) && has(columnsScore...):
		return KindPairs, nil
	case has(columnsQuery...) && has(columnsRelevant...):
		return KindQueries, nil
	}
	return KindTexts, nil
}

// columnsIn are the names in the first line of a table.
func columnsIn(start string, format corpus.Format) []string {
	line, _, _ := strings.Cut(strings.TrimLeft(strings.TrimPrefix(start, "\uFEFF"), "\r\n"), "\n")
	var names []string
	switch format {
	case corpus.FormatJSONL:
		var object map[string]any
		if json.Unmarshal([]byte(line), &object) == nil {
			for name := range object {
				names = append(names, columnName(name))
			}
		}
	case corpus.FormatCSV, corpus.FormatTSV:
		for name := range strings.SplitSeq(line, string(separator(line))) {
			names = append(names, columnName(strings.Trim(strings.TrimSpace(name), `"`)))
		}
	}
	return names
}
