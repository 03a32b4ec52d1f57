package corpus_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vecscope/vecscope/compare/corpus"
)

func TestRead(t *testing.T) {
	type texts = []corpus.Text
	for _, tt := range []struct {
		name   string
		format corpus.Format
		in     string
		want   texts
	}{
		{"one text a line", corpus.FormatTXT, "one\ntwo\n", texts{{Text: "one"}, {Text: "two"}}},
		{"blank lines are skipped", corpus.FormatTXT, "\n one\n\t \n\ntwo", texts{{Text: " one"}, {Text: "two"}}},
		{"windows and old mac lines", corpus.FormatTXT, "one\r\ntwo\rthree\r\n", texts{{Text: "one"}, {Text: "two"}, {Text: "three"}}},
		{"byte order mark", corpus.FormatTXT, "\uFEFFone", texts{{Text: "one"}}},
		{"escape sequences are only text", corpus.FormatTXT, "\x1b[31mred", texts{{Text: "\x1b[31mred"}}},
		{"commas in lines", corpus.FormatTXT, `a, "b`, texts{{Text: `a, "b`}}},

		{"csv", corpus.FormatCSV, "id,text,group\n1,one,g\n2,two,\n", texts{{"1", "one", "g", ""}, {"2", "two", "", ""}}},
		{"csv with a byte order mark and \\r\\n", corpus.FormatCSV, "\uFEFFtext,id\r\none,a\r\n", texts{{"a", "one", "", ""}}},
		{"csv header in any case, other columns", corpus.FormatCSV, "Lang, TEXT ,x\nen,one,2\n", texts{{Text: "one", Lang: "en"}}},
		{"csv of one column", corpus.FormatCSV, "text\n\"a, b\"\n\nc\n", texts{{Text: "a, b"}, {Text: "c"}}},
		{"csv quotes and line breaks", corpus.FormatCSV, "text,id\n\"say \"\"hi\"\"\nthere\",7\n", texts{{"7", "say \"hi\"\nthere", "", ""}}},
		{"csv with semicolons", corpus.FormatCSV, "id;\"Text\"\n1;one, two\n", texts{{"1", "one, two", "", ""}}},
		{"csv with quoted names", corpus.FormatCSV, "\"id, or number\";\"text\"\n\"1\";\"one\"\n", texts{{Text: "one"}}},
		{"csv after blank lines", corpus.FormatCSV, " \n\nid;text\n1;one\n", texts{{"1", "one", "", ""}}},
		{"csv with blanks around", corpus.FormatCSV, "id,text,group,lang\n 1 , one , g , en \n", texts{{"1", " one ", "g", "en"}}},
		{"csv leftover rows", corpus.FormatCSV, "id,text\n1,one\n,\n , \n", texts{{"1", "one", "", ""}}},

		{"tsv", corpus.FormatTSV, "id\ttext\tgroup\n1\tone\tg\n", texts{{"1", "one", "g", ""}}},
		{"tsv without quoting", corpus.FormatTSV, "id\ttext\n1\t\"Yes,\" she said\n2\ta 5\" disk\n3\t\"open\n4\tend\"\n",
			texts{{"1", `"Yes," she said`, "", ""}, {"2", `a 5" disk`, "", ""}, {"3", `"open`, "", ""}, {"4", `end"`, "", ""}}},
		{"tsv with quoting", corpus.FormatTSV, "id\ttext\n1\t\"say \"\"hi\"\"\"\n2\t\"\"\"a\"\" b\"\n", texts{{"1", `say "hi"`, "", ""}, {"2", `"a" b`, "", ""}}},
		{"tsv quoted tabs and line breaks", corpus.FormatTSV, "id\ttext\r\n1\t\"a\tb\"\r\n2\t\"c\nd\"\r\n", texts{{"1", "a\tb", "", ""}, {"2", "c\nd", "", ""}}},

		{"jsonl", corpus.FormatJSONL, `{"id":"a","text":"one","group":"g","lang":"en"}` + "\n\n" + `{"text":"two\nlines"}` + "\r\n",
			texts{{"a", "one", "g", "en"}, {Text: "two\nlines"}}},
		{"jsonl with lines of blanks", corpus.FormatJSONL, " \n{\"text\":\"one\"}\n\t \r\n{\"text\":\"two\"}\n  ", texts{{Text: "one"}, {Text: "two"}}},
		{"jsonl with blanks around", corpus.FormatJSONL, `{"id":" 1 ","text":" one ","group":" g ","lang":" en "}`, texts{{"1", " one ", "g", "en"}}},
		{"jsonl keys in any case, numbers, null", corpus.FormatJSONL, `{"ID":7,"Text":"one","GROUP":-1.5}` + "\n" + `{"id":null,"text":"two"}`,
			texts{{"7", "one", "-1.5", ""}, {Text: "two"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := corpus.Read(strings.NewReader(tt.in), "in", tt.format)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("%#v\nwant %#v", got, tt.want)
			}
		})
	}
}

func TestReadSaysWhereAndWhatToDo(t *testing.T) {
	for _, tt := range []struct {
		name   string
		format corpus.Format
		in     string
		want   string
	}{
		{"empty", corpus.FormatTXT, "", "in: there are no texts in it"},
		{"only blank lines", corpus.FormatTXT, "\n \n\t\n", "in: there are no texts in it"},
		{"only a header", corpus.FormatCSV, "id,text\n", "in: there are no texts in it"},
		{"empty table", corpus.FormatTSV, "", "in: there are no texts in it"},
		{"binary", corpus.FormatTXT, "one\ntw\x00o", "in, line 2, column 3: there is a NUL byte"},
		{"binary from the first line of a table on", corpus.FormatCSV, "\x00", "in, line 1, column 1: there is a NUL byte"},
		{"binary inside quotes", corpus.FormatCSV, "id,text\n1,\"a\nb\x00\"\n", "in, line 3, column 2: there is a NUL byte"},
		{"a blank behind quotes", corpus.FormatCSV, "id,text\n\"1\" ,a\n", "in, line 2, column 3: the quotes are wrong"},
		{"binary in a table", corpus.FormatCSV, "text\n\x00", "in, line 2, column 1: there is a NUL byte"},
		{"latin-1", corpus.FormatTXT, "one\nçaf\xe9", "in, line 2, column 4: the byte 0xe9 is not UTF-8; save it as UTF-8"},
		{"half a utf-16 character", corpus.FormatTXT, "\xff\xfeo\x00\x00\xd8", "in, line 1: it has bytes that utf-16le does not know"},

		{"no text column", corpus.FormatCSV, "name,body\nx,y\n", `in, line 1: there is no column "text"; there is "name", "body"; name the column`},
		{"no header", corpus.FormatCSV, "one\ntwo\n", `there is "one"`},
		{"many columns", corpus.FormatCSV, "a,b,c,d,e,f,g,h,i,j\n", `"h" and 2 more`},
		{"header from outside", corpus.FormatCSV, "\x1b[2J\n", `there is "\x1b[2J"`},
		{"the same column twice", corpus.FormatCSV, "text,Text\n", `in, line 1, column "text": the header names this column twice`},
		{"too many columns", corpus.FormatCSV, "id,text\n1,a\n2,b,c\n", "in, line 3: it has 3 columns, the header has 2; put a text that contains the separator in quotes"},
		{"too few columns", corpus.FormatTSV, "id\ttext\n1\ta\n2\n", "in, line 3: it has 1 column, the header has 2"},
		{"the row after a line break", corpus.FormatCSV, "id,text\n1,\"a\nb\"\n2\n", "in, line 4: it has 1 column"},
		{"empty text", corpus.FormatCSV, "id,text\n1,a\n2, \n", `in, line 3, column "text": the text is empty; write one or delete the row`},
		{"empty text in tsv", corpus.FormatTSV, "id\ttext\n1\t\"\"\n", `in, line 2, column "text": the text is empty`},
		{"bare quote", corpus.FormatCSV, "id,text\n1,é 5\" disk\n", "in, line 2, column 6: the quotes are wrong"},
		{"open quote", corpus.FormatCSV, "id,text\n1,\"open\n2,b\n", "in, line 2: a quoted field that begins here does not end"},
		{"the same id twice", corpus.FormatCSV, "id,text\n1,a\n2,b\n1,c\n", `in, line 4, column "id": line 2 has the same id "1"; give each text its own`},

		{"not json", corpus.FormatJSONL, "{\"text\":\"é\"}\nhello\n", "in, line 2, column 1: the JSON is wrong here"},
		{"json cut off", corpus.FormatJSONL, `{"text":"é"`, "in, line 1, column 11: the JSON is wrong here"},
		{"two objects in a line", corpus.FormatJSONL, `{"text":"a"} {"text":"b"}`, "in, line 1, column 14: the JSON is wrong here"},
		{"json array", corpus.FormatJSONL, `["a"]`, "in, line 1: this is not a JSON object"},
		{"json without text", corpus.FormatJSONL, `{"body":"a"}`, `in, line 1: there is no key "text"`},
		{"json null text", corpus.FormatJSONL, `{"text":null}`, `in, line 1: there is no key "text"`},
		{"json text is a number", corpus.FormatJSONL, `{"text":5}`, `in, line 1, column "text": this is a number, not a string; put it in quotes`},
		{"json id is a list", corpus.FormatJSONL, `{"text":"a","id":[1]}`, `in, line 1: "id", "group" and "lang" must be strings or numbers`},
		{"json text is true or false", corpus.FormatJSONL, `{"text":false}`, `in, line 1, column "text": this is true or false, not a string`},
		{"a string in json lines", corpus.FormatJSONL, `{"text":"a"}` + "\n" + `"b"`, "in, line 2: this is not a JSON object; write one object a line"},
		{"json without an array", corpus.FormatJSON, "{\"a\":{\"b\":1}}\n", "in, line 1: there is no JSON array in it; write [{"},
		{"json empty text", corpus.FormatJSONL, `{"text":" "}`, `in, line 1, column "text": the text is empty`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := corpus.Read(strings.NewReader(tt.in), "in", tt.format)
			var read *corpus.ReadError
			if !errors.As(err, &read) {
				t.Fatalf("texts %v, error %v, want a ReadError", got, err)
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%q\nwant %q in it", err, tt.want)
			}
			if strings.ContainsAny(err.Error(), "\n\x1b") || read.Hint == "" {
				t.Errorf("%q: not one printable line with a hint", err)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	read := func(in string) ([]corpus.Text, error) {
		return corpus.Read(strings.NewReader(in), "in", corpus.FormatTXT)
	}
	if texts, err := read(strings.Repeat("a\n", corpus.MaxTexts)); err != nil || len(texts) != corpus.MaxTexts {
		t.Errorf("%d texts, %v", len(texts), err)
	}
	if _, err := read(strings.Repeat("a\n", corpus.MaxTexts+1)); err == nil || !strings.Contains(err.Error(), "line 100001: there are more than 100,000 texts") {
		t.Errorf("one text too many: %v", err)
	}
	if texts, err := read(strings.Repeat("é", corpus.MaxTextLength)); err != nil || len(texts) != 1 {
		t.Errorf("%d texts, %v", len(texts), err)
	}
	if _, err := read("a\n" + strings.Repeat("é", corpus.MaxTextLength+1)); err == nil || !strings.Contains(err.Error(), "line 2: the text has 100,001 characters; split it: the longest that is read has 100,000") {
		t.Errorf("a text too long: %v", err)
	}
}

// endless never ends, and counts what was taken from it.
type endless struct{ taken int }

func (e *endless) Read(p []byte) (int, error) {
	for n := copy(p, "a"); n > 0 && n < len(p); n *= 2 {
		copy(p[n:], p[:n])
	}
	e.taken += len(p)
	return len(p), nil
}

func TestAStreamWithoutEndIsCutOff(t *testing.T) {
	stream := &endless{}
	_, err := corpus.Read(stream, "standard input", corpus.FormatTXT)
	if err == nil || !strings.Contains(err.Error(), "standard input: it is larger than 256 MB") {
		t.Errorf("error %v", err)
	}
	if stream.taken > corpus.MaxFileSize+1 {
		t.Errorf("took %d bytes", stream.taken)
	}
}

func TestABrokenStreamKeepsItsCause(t *testing.T) {
	_, err := corpus.Read(io.MultiReader(strings.NewReader("one\n"), brokenPipe{}), "in", corpus.FormatTXT)
	if !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("error %v", err)
	}
}

type brokenPipe struct{}

func (brokenPipe) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestFormatOf(t *testing.T) {
	for name, want := range map[string]corpus.Format{
		"-": corpus.FormatTXT, "notes": corpus.FormatTXT, "a.TXT": corpus.FormatTXT, "README.md": corpus.FormatTXT,
		"a.b.csv": corpus.FormatCSV, "a.tsv": corpus.FormatTSV, "a.jsonl": corpus.FormatJSONL, "a.NDJSON": corpus.FormatJSONL, "a.json": corpus.FormatJSON,
	} {
		if got, err := corpus.FormatOf(name); err != nil || got != want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	for _, name := range []string{"a.pdf", "a.docx", "a.\x1b[2J", "a.\x9b2J"} {
		_, err := corpus.FormatOf(name)
		var read *corpus.ReadError
		if !errors.As(err, &read) || !strings.Contains(err.Error(), ".jsonl") || strings.Contains(err.Error(), "\x1b") || !utf8.ValidString(err.Error()) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	reading, err := corpus.LoadFile(t.Context(), write("a.csv", "text,id\none,1\n"), corpus.Options{})
	if err != nil || len(reading.Texts) != 1 || reading.Texts[0].ID != "1" {
		t.Errorf("%v, %v", reading, err)
	}
	huge := write("huge.txt", "")
	if err := os.Truncate(huge, 300<<20); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		huge:                                "it is larger than 256 MB",
		dir:                                 "this is a directory; name files in it, such as " + filepath.Join(dir, "*.txt"),
		filepath.Join(dir, "none.txt"):      "there is no such file; check the path",
		write("empty.txt", ""):              "there are no texts in it",
		write("a.pdf", "%PDF"):              "files that end in .pdf cannot be read",
		filepath.Join(dir, "a.csv", "b"):    "cannot be opened",
		write("program.txt", "\x7fELF\x00"): "NUL byte",
	} {
		_, err := corpus.LoadFile(t.Context(), path, corpus.Options{})
		var read *corpus.ReadError
		if !errors.As(err, &read) || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), path) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
	if _, err := corpus.LoadFile(t.Context(), filepath.Join(dir, "none.txt"), corpus.Options{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the cause is lost: %v", err)
	}
}

func TestLabel(t *testing.T) {
	if got := (corpus.Text{ID: "a"}).Label(4) + (corpus.Text{}).Label(4); got != "a5" {
		t.Error(got)
	}
}
