package corpus_test

import (
	"errors"
	"fmt"
	"slices"
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

func TestAColumnWhoseValuesRepeatHasNoIDs(t *testing.T) {
	reading := load(t, corpus.FormatCSV, "key,text\n1,a\n2,b\n1,c\n3,d\n", corpus.Options{})
	if want := (texts{{Text: "a"}, {Text: "b"}, {Text: "c"}, {Text: "d"}}); !slices.Equal(reading.Texts, want) || reading.NotIDs != "key" {
		t.Errorf("%q, no ids: %q", reading.Texts, reading.NotIDs)
	}
}

func TestWhatIsGuessedIsSaid(t *testing.T) {
	for header, want := range map[string]string{
		"text,id":    "",
		"text,key":   `texts from "text", ids from "key"`,
		"body,id":    `texts from "body", ids from "id"`,
		"text,topic": `texts from "text", groups from "topic"`,
	} {
		if got := strings.Join(load(t, corpus.FormatCSV, header+"\na,b\n", corpus.Options{}).Notes(), "; "); got != want {
			t.Errorf("%s: %s, want %s", header, got, want)
		}
	}
	look, err := corpus.LookAt(t.Context(), fileOf(t, "a.csv", "text,group,status\na,b,c\n"), corpus.Options{})
	if err != nil || !look.Sure {
		t.Errorf("with a group named as such nothing is to be asked: %+v, %v", look, err)
	}
}

func TestTheHeaderOnceMoreIsNoText(t *testing.T) {
	for in, field := range map[string]string{"text\na\ntext\nb\n": "line 3", "id,text\n1,a\nid,text\n2,b\n": "line 3"} {
		reading := load(t, corpus.FormatCSV, in, corpus.Options{})
		if len(reading.Texts) != 2 || reading.Left != 1 || !strings.Contains(reading.Reasons[0].Error(), field+": it is the header once more") {
			t.Errorf("%q: %q, left out %v", in, reading.Texts, reading.Reasons)
		}
	}
}

func TestAnObjectAloneIsNoList(t *testing.T) {
	for in, want := range map[string]string{
		"{\"text\":\"a\"}":              "there is no JSON array in it",
		"{\"text\":\"a\"}\n \n":         "there is no JSON array in it",
		"{\"text\":\"a\"}\n{\"text\":2": "the JSON is wrong here",
	} {
		reading, err := corpus.Load(t.Context(), strings.NewReader(in), "in.json", corpus.FormatJSON, corpus.Options{})
		if err == nil && reading.Left == 1 {
			err = reading.Reasons[0]
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %+v, %v, want %q", in, reading, err, want)
		}
	}
}

func TestAQuoteInsideAFieldOfATableWithTabsIsOne(t *testing.T) {
	reading := load(t, corpus.FormatTSV, "id\ttext\n5\" disk\t\"two\nlines\"\n", corpus.Options{})
	if want := (texts{{ID: `5" disk`, Text: "two\nlines"}}); !slices.Equal(reading.Texts, want) || reading.Left != 0 {
		t.Errorf("%q, left out %v", reading.Texts, reading.Reasons)
	}
}

// Half a character takes its row with it, and nothing that follows.
func TestHalfACharacterOfUTF16EndsWithIt(t *testing.T) {
	in := "\xff\xfe"
	for _, unit := range []rune{'a', '\n', 'b', 0xD83D, '\n', 'c', 0xDE00, 'd', '\n', 'e', '\n', 0xD83D} {
		in += string([]byte{byte(unit), byte(unit >> 8)})
	}
	reading := load(t, corpus.FormatTXT, in, corpus.Options{})
	var rows []int
	for _, why := range reading.Reasons {
		rows = append(rows, why.Row)
	}
	if want := (texts{{Text: "a"}, {Text: "e"}}); !slices.Equal(reading.Texts, want) || !slices.Equal(rows, []int{2, 3, 5}) {
		t.Errorf("%q, and left out are lines %d", reading.Texts, rows)
	}
}
