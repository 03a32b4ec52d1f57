package corpus_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
)

func TestWhatChangesNothingAndIsThenTypedIsOneChange(t *testing.T) {
	c := corpus.New(named("a b"))
	_ = c.Add(named("c")...)
	e := c.AddText(0)
	typed(t, e, " ", "n", " ", "m")
	if show(c) != "m a b c" {
		t.Errorf("%q", show(c))
	}
	if what, _ := c.Undo(); what != "add 1 text" || show(c) != "a b c" {
		t.Errorf("undo of %q leaves %q", what, show(c))
	}
	// A change of before stays one that can be taken back.
	if what, ok := c.Undo(); !ok || what != "add 1 text" || show(c) != "a b" {
		t.Errorf("undo of %q leaves %q", what, show(c))
	}
}

func TestOnlyMarksInsideAreTold(t *testing.T) {
	for in, want := range map[string]int{"\uFEFFone\ntwo": 0, "\uFEFF\uFEFFone\ntwo": 0, "one\n\uFEFFtwo\n\uFEFF\uFEFFthree": 3} {
		reading := load(t, corpus.FormatTXT, in, corpus.Options{})
		if reading.Marks != want || strings.Contains(reading.Texts[0].Text, "\uFEFF") {
			t.Errorf("%q: %d marks, %q", in, reading.Marks, reading.Texts)
		}
	}
}

func TestIDsAndGroupsAreWordsOfTheirOwn(t *testing.T) {
	f := corpus.Fold([]corpus.Text{{ID: "a1", Group: "b2", Text: "c3"}})
	for word, want := range map[string]bool{"a1": true, "b2": true, "c3": true, "1b": false, "a1 b2": true, "3a": false, "2c": false} {
		if f.Hold([]string{word}, 0) != want {
			t.Errorf("%q is held: %v", word, !want)
		}
	}
}

func TestTheFilesOfEditedTextsStayKnown(t *testing.T) {
	from := corpus.FilesAt(corpus.Options{Columns: corpus.Columns{Text: "body"}, Encoding: "utf-8"}, "a.csv", "b.csv")
	c := corpus.New(nil)
	_ = c.Set(named("a b"), corpus.Origin{Source: "2 files", Files: from})
	c.Delete(0)
	if got := c.Origin(); got.Files != from || !got.Edited {
		t.Errorf("%+v", got)
	}
}

func TestPathsOfFilesAreAbsoluteAndTheirFolderIsTheOneOfAll(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for folder, paths := range map[string][]string{
		here:                     {"a.csv", "./b.csv", filepath.Join(here, "c.csv")},
		filepath.Join(here, "x"): {"x/a.csv", "x/../x/b.csv"},
	} {
		f := corpus.FilesAt(corpus.Options{}, paths...)
		if f.Folder() != folder || len(f.Paths()) != len(paths) || slices.ContainsFunc(f.Paths(), func(p string) bool { return !filepath.IsAbs(p) }) {
			t.Errorf("%q in %q", f.Paths(), f.Folder())
		}
	}
	for _, apart := range [][]string{{"a.csv", "x/b.csv"}, {"x/a.csv", "b.csv"}, {"a.csv", "b.csv", "x/c.csv"}, {}} {
		if f := corpus.FilesAt(corpus.Options{}, apart...); f.Folder() != "" {
			t.Errorf("%q in %q", f.Paths(), f.Folder())
		}
	}
}

// Rows that quotes may hold together are told apart by how wide they are.
func TestAQuoteOverLinesOfOtherWidthsOfATable(t *testing.T) {
	for in, left := range map[string]int{
		"id\ttext\n1\t\"open\nin the middle\nend\"\n2\tb\n":     0, // one text of three lines
		"id\ttext\n1\t\"open\na\tb\tc\nend\"\n2\tb\n":           1, // a row that is too wide, or a text?
		"id\ttext\n1\t\"open\na\tb\nend\"\n2\tb\n":              1,
		"id\ttext\tgroup\n1\t\"open\na\tb\nend\"\tg\n2\tb\tg\n": 0,
	} {
		reading := load(t, corpus.FormatTSV, in, corpus.Options{})
		if reading.Left < left || left == 0 && reading.Left != 0 {
			t.Errorf("%q: %d left out, %v; %q", in, reading.Left, reading.Reasons, reading.Texts)
		}
	}
}

func TestCellsThatAreLeftEmptyCountInAWorkbook(t *testing.T) {
	path := workbook(t, [][]any{{"text", "id", "group"}, {"a", "1", ""}, {"b", "", ""}, {"c"}, {"d", "4", "g", " "}, {"e", "5", "h", "", "more"}})
	reading, err := corpus.LoadFile(t.Context(), path, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if want := (texts{{Text: "a", ID: "1"}, {Text: "b"}, {Text: "c"}, {Text: "d", ID: "4", Group: "g"}}); !reflect.DeepEqual(reading.Texts, want) || reading.Left != 1 {
		t.Errorf("%q, %d left out, want %q", reading.Texts, reading.Left, want)
	}
}

func TestRowsOfAWorkbookAreToldNowAndThen(t *testing.T) {
	rows := [][]any{{"text"}}
	for range 2500 {
		rows = append(rows, []any{"a"})
	}
	var told []int
	if _, err := corpus.LoadFile(t.Context(), workbook(t, rows), corpus.Options{Rows: func(read int) { told = append(told, read) }}); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(told, []int{1000, 2000}) {
		t.Errorf("told after %v rows", told)
	}
	ctx, stop := context.WithCancel(t.Context())
	_, err := corpus.LoadFile(ctx, workbook(t, rows), corpus.Options{Rows: func(int) { stop() }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

func TestProgressIsOfTheFilesSize(t *testing.T) {
	path := fileOf(t, "a.txt", strings.Repeat("some text\n", 20_000))
	var last int64
	if _, err := corpus.LoadFile(t.Context(), path, corpus.Options{Progress: func(read, size int64) {
		if size != 200_000 || read < last || read > size {
			t.Errorf("%d bytes of %d are read, after %d", read, size, last)
		}
		last = read
	}}); err != nil || last != 200_000 {
		t.Errorf("%d bytes, %v", last, err)
	}
}

func TestNumbersStandAsTheyAreWritten(t *testing.T) {
	var got []string
	err := corpus.EachRow(t.Context(), strings.NewReader(`{"l":[1.50,12345678901234567890,1e3],"o":{"b":0.10}}`), "in", corpus.FormatJSONL, func(r corpus.Row) error {
		got = append(got, r.Values...)
		return nil
	})
	if want := []string{"1.50 12345678901234567890 1e3", "b:0.10"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v, want %q", got, err, want)
	}
}

// A document that ends inside an object is cut off, which an empty one is not.
func TestJSONThatIsCutOffIsNamed(t *testing.T) {
	for in, want := range map[string]string{
		"":                 "there are no texts in it",
		" \n":              "there are no texts in it",
		"{":                "in, line 1: the JSON is wrong here",
		"{\"a\":\n{\"b\":": "the JSON is wrong here",
		"[":                "the JSON is wrong here",
		"[\"a\"":           "the JSON is wrong here",
		"{}":               "there is no JSON array in it",
	} {
		reading, err := corpus.Load(t.Context(), strings.NewReader(in), "in", corpus.FormatJSON, corpus.Options{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %+v, %v, want %q", in, reading, err, want)
		}
	}
}

func TestOnlyOneCharacterAfterSepIsAMark(t *testing.T) {
	for first, want := range map[string]string{"sep=;": "a", "\"sep=;\"": "a", "sep=;;": "", "sep=": "", "sep=→": ""} {
		reading, err := corpus.Load(t.Context(), strings.NewReader(first+"\nid;text\n1;a\n"), "in", corpus.FormatCSV, corpus.Options{})
		if (err == nil && len(reading.Texts) == 1 && reading.Texts[0].Text == "a") != (want == "a") {
			t.Errorf("%s: %+v, %v", first, reading, err)
		}
	}
}

// To look at a file of lines its beginning is enough.
func TestALookReadsTheBeginningAlone(t *testing.T) {
	path := fileOf(t, "a.txt", strings.Repeat("line\n", 100)+strings.Repeat("x", 1<<17)+"\n\xff\n")
	if look, err := corpus.LookAt(t.Context(), path, corpus.Options{}); err != nil || !look.Sure {
		t.Errorf("%+v, %v", look, err)
	}
	path = fileOf(t, "b.txt", strings.Repeat("line\n", 99)+"\xff\n")
	if _, err := corpus.LookAt(t.Context(), path, corpus.Options{}); !errors.Is(err, corpus.ErrEncoding) {
		t.Errorf("the hundredth line: %v", err)
	}
}

func TestAnErrorIsToldWithAndWithoutItsFile(t *testing.T) {
	for want, e := range map[string]*corpus.ReadError{
		"wrong; do this":                   {Name: "a.csv", Why: "wrong", Hint: "do this"},
		"wrong":                            {Why: "wrong"},
		"line 3: wrong":                    {Name: "a.csv", Row: 3, Why: "wrong"},
		"row 3: wrong":                     {Name: "a.XLSX", Row: 3, Why: "wrong"},
		"line 3, column 4: wrong; do this": {Name: "a.csv", Row: 3, Column: 4, Why: "wrong", Hint: "do this"},
		"line 3, column \"id\": wrong":     {Name: "a.csv", Row: 3, Column: 4, Field: "id", Why: "wrong"},
		"column \"id\": wrong":             {Name: "a.csv", Field: "id", Why: "wrong"},
		"column \"\\x1b\": wrong; do this": {Name: "a\x1b.csv", Field: "\x1b", Why: "wrong", Hint: "do this"},
	} {
		if got := e.Unnamed(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		if got := e.Error(); !strings.HasSuffix(got, want) || strings.Contains(got, "\x1b") || e.Name != "" && e.Row+e.Column == 0 && e.Field == "" && !strings.HasPrefix(got, e.Name+": ") {
			t.Errorf("%q", got)
		}
	}
}
