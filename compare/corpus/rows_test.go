package corpus_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
)

func TestRowsAreHandedOutAsTheyStand(t *testing.T) {
	for _, c := range []struct {
		name   string
		format corpus.Format
		in     string
		want   string
	}{
		{"a table", corpus.FormatCSV, "\uFEFFA;b\r\n\r\n1;\"x\ny\"\r\n;\r\n2;z\r\n", `[3/1: A="1" b="x\ny"] [6/1: A="2" b="z"]`},
		{"tabs and quotes that are text", corpus.FormatTSV, "a\tb\n\"open\tsaid \"so\"\n", `[2/1: a="\"open" b="said \"so\""]`},
		{"columns of one name, and of none", corpus.FormatCSV, "a,A,,\n1,2,3,4\n", `[2/1: a="1" A="2" ="3" ="4"]`},
		{"objects", corpus.FormatJSONL, `{"a":"x","n":1.50,"t":true,"none":null}` + "\n\n" + `{"l":["p",2],"o":{"b":1,"a":"q"},"a":1,"a":2}`,
			`[1/1: a="x" n="1.50" t="true" none=""] [3/3: l="p 2" o="a:q b:1" a="1" a="2"]`},
		{"an array", corpus.FormatJSON, "[\n{\"a\":\"x\"},\n{\"a\":\"y\"}]", `[2/2: a="x"] [3/3: a="y"]`},
		{"UTF-16", corpus.FormatCSV, "\xff\xfea\x00\n\x00x\x00\n\x00", `[2/1: a="x"]`},
		{"one text a line", corpus.FormatTXT, "x\n\n y,z", `[1/1: text="x"] [3/3: text=" y,z"]`},
		{"only a header", corpus.FormatCSV, "a,b\n", ""},
	} {
		var got []string
		err := corpus.EachRow(t.Context(), strings.NewReader(c.in), "in", c.format, func(r corpus.Row) error {
			line := fmt.Sprintf("[%d/%d:", r.Number, r.Named)
			for i, name := range r.Names {
				line += fmt.Sprintf(" %s=%q", name, r.Values[i])
			}
			got = append(got, line+"]")
			return nil
		})
		if joined := strings.Join(got, " "); err != nil || joined != c.want {
			t.Errorf("%s: %s, %v", c.name, joined, err)
		}
	}
}

func TestRowsOfAWorkbook(t *testing.T) {
	var got []string
	err := corpus.EachRowOf(t.Context(), workbook(t, [][]any{{"a", "b", "score"}, {"x", "y", 0.5}, {}, {"x", "z", 1}}), func(r corpus.Row) error {
		got = append(got, fmt.Sprint(r.Number, r.Values))
		return nil
	})
	if want := "2 [x y 0.5] 4 [x z 1]"; err != nil || strings.Join(got, " ") != want {
		t.Errorf("%v, %v, want %s", got, err, want)
	}
}

func TestRowsThatCannotBeReadAreNamed(t *testing.T) {
	nothing := func(corpus.Row) error { return nil }
	for _, c := range []struct {
		name   string
		format corpus.Format
		in     string
		want   string
	}{
		{"a row too short", corpus.FormatCSV, "a,b\n1,2\n3\n", "in, line 3: it has 1 column, the header has 2"},
		{"a quote that does not end", corpus.FormatCSV, "a,b\n1,\"2\n3,4\n", "in, line 2: a quoted field that begins here does not end"},
		{"text after an object", corpus.FormatJSONL, `{"a":1} and more`, "in, line 1, column 9: the JSON is wrong here"},
		{"a string", corpus.FormatJSONL, `"a"`, "in, line 1: this is not a JSON object"},
		{"half a character in a list", corpus.FormatJSONL, `{"a":["\ud83d"]}`, `in, line 1, column "a": \ud83d is half a character`},
		{"bytes that are no UTF-8 in lines", corpus.FormatTXT, "a\n\xff\n", "in, line 2, column 1: the byte 0xff is not UTF-8"},
		{"bytes that are no UTF-8", corpus.FormatCSV, "a\n\xff\n", "in, line 2, column 1: the byte 0xff is not UTF-8"},
	} {
		err := corpus.EachRow(t.Context(), strings.NewReader(c.in), "in", c.format, nothing)
		var known *corpus.ReadError
		if !errors.As(err, &known) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	if err := corpus.EachRowOf(t.Context(), t.TempDir()+"/none.csv", nothing); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	for format, in := range map[corpus.Format]string{
		corpus.FormatTXT: "a\n", corpus.FormatCSV: "a\n1\n", corpus.FormatTSV: "a\n1\n", corpus.FormatJSONL: `{"a":1}` + "\n", corpus.FormatJSON: `[{"a":1},`,
	} {
		var known *corpus.ReadError
		err := corpus.EachRow(t.Context(), io.MultiReader(strings.NewReader(in), brokenPipe{}), "in", format, nothing)
		if !errors.As(err, &known) || !errors.Is(err, io.ErrClosedPipe) || !strings.HasPrefix(err.Error(), "in: it cannot be read") {
			t.Errorf("%v from a broken stream: %v", format, err)
		}
	}
}

func TestRowsOfAFileAreThoseOfItsFormat(t *testing.T) {
	path, rows := fileOf(t, "a.tsv", "a\tb\n1\t2,3\n"), 0
	err := corpus.EachRowOf(t.Context(), path, func(r corpus.Row) error {
		rows++
		if r.Values[1] != "2,3" {
			t.Errorf("%q", r.Values)
		}
		return nil
	})
	if err != nil || rows != 1 {
		t.Errorf("%d rows, %v", rows, err)
	}
	damaged := fileOf(t, "a.xlsx", "PK")
	checkReadError(t, corpus.EachRowOf(t.Context(), damaged, func(corpus.Row) error { return nil }))
	_, err = corpus.LookAt(t.Context(), damaged, corpus.Options{})
	if checkReadError(t, err); err == nil || !strings.HasPrefix(err.Error(), damaged) {
		t.Errorf("the error does not name the file: %v", err)
	}
}

func TestNoRowIsReadAfterOneThatIsRefused(t *testing.T) {
	refused, taken := errors.New("refused"), 0
	err := corpus.EachRow(t.Context(), strings.NewReader("a\n1\n2\n\"3\n"), "in", corpus.FormatCSV, func(corpus.Row) error {
		taken++
		return &corpus.ReadError{Name: "in", Row: 2, Why: "refused", Err: refused}
	})
	if !errors.Is(err, refused) || taken != 1 {
		t.Errorf("%v after %d rows", err, taken)
	}
}
