package corpus_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
)

func TestAHeaderIsKnownHoweverItIsSpelt(t *testing.T) {
	for header, want := range map[string]corpus.Columns{
		"Ticket.No,text":       {Text: "text", ID: "Ticket.No"},
		"TICKET-NUMBER,text":   {Text: "text", ID: "TICKET-NUMBER"},
		"row id,text":          {Text: "text", ID: "row id"},
		"doc_id,text":          {Text: "text", ID: "doc_id"},
		"document.id,Message ": {Text: "Message", ID: "document.id"},
		"text,label":           {Text: "text", Group: "label"},
		"text,la/bel":          {Text: "text"},
		"question,query":       {Text: "question"},
	} {
		if got := load(t, corpus.FormatCSV, header+"\n1,a\n", corpus.Options{}).Columns; got != want {
			t.Errorf("%q: %+v, want %+v", header, got, want)
		}
		look, err := corpus.LookAt(t.Context(), fileOf(t, "a.csv", header+"\n1,a\n"), corpus.Options{})
		sure := want.Text == "text" && want.ID != ""
		if err != nil || look.Columns != want || look.Sure != sure {
			t.Errorf("%q: %+v, %v, want %+v, which is sure: %v", header, look, err, want, sure)
		}
	}
}

func TestOfManyColumnsTheFirstEightAreNamed(t *testing.T) {
	for n, want := range map[int]string{
		1: `there is "c1";`, 8: `"c7", "c8";`, 9: `"c7", "c8" and 1 more;`, 12: `"c7", "c8" and 4 more;`,
	} {
		var names []string
		for k := range n {
			names = append(names, fmt.Sprintf("c%d", k+1))
		}
		_, err := corpus.Read(strings.NewReader(strings.Join(names, ",")+"\n"), "a.csv", corpus.FormatCSV)
		if !errors.Is(err, corpus.ErrColumns) || !strings.Contains(err.Error(), want) {
			t.Errorf("%d: %v, want %q", n, err, want)
		}
	}
}

func TestTheColumnsOfObjectsAreTheirKeys(t *testing.T) {
	for in, want := range map[string]corpus.Columns{
		`[{"text":"a"}]`:                  {Text: "text"},
		`[{"text":"a","id":1},{"id":2}]`:  {Text: "text", ID: "id"},
		`[{"Text":"a","group":"x"},"b"]`:  {Text: "Text", Group: "group"},
		`["a","b"]`:                       {},
		`[{"body":"a","category":"one"}]`: {Text: "body", Group: "category"},
	} {
		if got := load(t, corpus.FormatJSON, in, corpus.Options{}).Columns; got != want {
			t.Errorf("%s: %+v, want %+v", in, got, want)
		}
	}
}

func TestAnObjectIsNamedByTheLineOnWhichItBegins(t *testing.T) {
	in := "[\n{\"text\":\n\"a\"},\n{\"text\":\n\n5},\n\n{\"text\": \"b\"}, {\"text\":\n7}]"
	var rows []int
	for _, why := range load(t, corpus.FormatJSON, in, corpus.Options{}).Reasons {
		rows = append(rows, why.Row)
	}
	if got := fmt.Sprint(rows); got != "[4 8]" {
		t.Errorf("the wrong objects are in lines %s", got)
	}
}
