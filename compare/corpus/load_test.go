package corpus_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/vecscope/vecscope/compare/corpus"
)

type texts = []corpus.Text

func load(t *testing.T, format corpus.Format, in string, o corpus.Options) *corpus.Reading {
	t.Helper()
	reading, err := corpus.Load(t.Context(), strings.NewReader(in), "in", format, o)
	if err != nil {
		t.Fatal(err)
	}
	return reading
}

// A row is read as it is meant, or named with its line; it is never merged with
// another, and never changed without a word.
func TestRowsAreReadAsTheyAreMeantOrNamed(t *testing.T) {
	for _, tt := range []struct {
		name   string
		format corpus.Format
		in     string
		want   texts
		left   []string
	}{
		{"a stray quote in a table with tabs called .csv", corpus.FormatCSV, "id\ttext\n1\t\"Hello world, said the clerk\n2\tSecond text here\n3\tThird text here\n",
			texts{{ID: "1", Text: `"Hello world, said the clerk`}, {ID: "2", Text: "Second text here"}, {ID: "3", Text: "Third text here"}}, nil},
		{"a stray quote before a row that is too long", corpus.FormatTSV, "id\ttext\n1\tfirst\n2\t\"Inch quote start\n3\tthird\n4\tfour\tand a tab\n5\tShe said \"yes\"\n6\tsixth\n",
			texts{{ID: "1", Text: "first"}, {ID: "2", Text: `"Inch quote start`}, {ID: "3", Text: "third"}, {ID: "5", Text: `She said "yes"`}, {ID: "6", Text: "sixth"}},
			[]string{"line 5: it has 3 columns, the header has 2"}},
		{"a stray quote before a row that is too short", corpus.FormatTSV, "id\tgroup\ttext\n1\tg\tplain\n2\tg\t\"Quoted start only\n3\tg\tplain\n4\talso plain\n5\tg\tlast\n",
			texts{{ID: "1", Text: "plain", Group: "g"}, {ID: "2", Text: `"Quoted start only`, Group: "g"}, {ID: "3", Text: "plain", Group: "g"}, {ID: "5", Text: "last", Group: "g"}},
			[]string{"line 5: it has 2 columns, the header has 3"}},
		{"quotes that could hold rows together", corpus.FormatTSV, "id\ttext\n1\t\"open\n2\tb\nend\"\n4\td\n",
			texts{{ID: "4", Text: "d"}}, []string{"line 2: a quote opens here and ends in line 4: this may be one text or several rows"}},
		{"a stray quote in commas", corpus.FormatCSV, "id,text\n1,\"Hello\n2,second\n3,\"third\"\n4,fourth\n",
			texts{{ID: "2", Text: "second"}, {ID: "3", Text: "third"}, {ID: "4", Text: "fourth"}}, []string{"line 2: a quoted field that begins here does not end properly"}},
		{"a quote that never ends", corpus.FormatCSV, "id,text\n1,\"Hello\n2,second\n", texts{{ID: "2", Text: "second"}}, []string{"line 2: a quoted field that begins here does not end properly"}},
		{"inches", corpus.FormatCSV, "id,text\n1,a 5\" disk\n2, \"b, c\" \n", texts{{ID: "1", Text: `a 5" disk`}, {ID: "2", Text: "b, c"}}, nil},

		{"keys that differ in case", corpus.FormatJSONL, `{"id":"real-1","Id":"other-1","text":"right","Text":"other column"}` + "\n" + `{"id":"real-2","ID":"other-2","text":"right 2"}`,
			texts{{ID: "real-1", Text: "right"}, {ID: "real-2", Text: "right 2"}}, nil},
		{"the key meant after one that differs in case", corpus.FormatJSONL, `{"Id":"other","id":"real","Text":"other column","text":"right"}`, texts{{ID: "real", Text: "right"}}, nil},
		{"a key that stands twice", corpus.FormatJSONL, `{"text":"a"}` + "\n" + `{"id":"real-3","text":"right","text":"wrong"}`,
			texts{{Text: "a"}}, []string{`line 2: the key "text" stands twice`}},
		{"keys of which neither is meant more", corpus.FormatJSONL, `{"Text":"a"}` + "\n" + `{"tExt":"b","TEXT":"c"}`,
			texts{{Text: "a"}}, []string{`line 2, column "Text": there are "tExt" and "TEXT"`}},
		{"lone surrogates", corpus.FormatJSONL, `{"text":"cut \ud83d here"}` + "\n" + `{"text":"cut \ude00 here"}` + "\n" + `{"text":"whole \ud83d\ude00 \\ud83d"}`,
			texts{{Text: `whole 😀 \ud83d`}}, []string{`\ud83d is half a character`, `\ude00 is half a character`}},
		{"escapes before half a character, and none", corpus.FormatJSONL, `{"text":"a\nb\tc \ud83d"}` + "\n" + `{"text":"a\n\ud83d"}` + "\n" + `{"text":"\uff21\ue000\uac00\n\u00e9"}`,
			texts{{Text: "Ａ\ue000가\né"}}, []string{`\ud83d is half a character`, `\ud83d is half a character`}},
		{"half a character of UTF-16", corpus.FormatTXT, "\xff\xfea\x00\x00\xd8b\x00\n\x00c\x00\n\x00", texts{{Text: "c"}}, []string{"line 1: it has bytes that utf-16le does not know"}},
		{"half of the two bytes of one", corpus.FormatTXT, "\xff\xfea\x00\n\x00b", texts{{Text: "a"}}, []string{"line 2: it has bytes that utf-16le does not know"}},
		{"a line that is too long", corpus.FormatCSV, "text,other\na,1\nb," + strings.Repeat("x", 17<<20) + "\nc,2\n", texts{{Text: "a"}, {Text: "c"}}, []string{"line 3: the line is longer than 16 MB"}},

		{"carriage returns alone", corpus.FormatCSV, "id,text\r1,one\r2,\"two\rlines\"\r", texts{{ID: "1", Text: "one"}, {ID: "2", Text: "two\nlines"}}, nil},
		{"two carriage returns", corpus.FormatCSV, "id,text\r\r\n1,one\r\r\n2,two\r\r\nx,y,z\r\r\n", texts{{ID: "1", Text: "one"}, {ID: "2", Text: "two"}}, []string{"line 4: it has 3"}},
		{"carriage returns in JSON Lines", corpus.FormatJSONL, `{"text":"a"}` + "\r" + `{"text":"b"}`, texts{{Text: "a"}, {Text: "b"}}, nil},
		{"a carriage return inside quotes", corpus.FormatCSV, "text\n\"a\rb\"\n", texts{{Text: "a\rb"}}, nil},

		{"a foreign file's apostrophes", corpus.FormatCSV, "id,text\n1,'-ing is a suffix\n2,\"'@home' is a place\"\n3,'+1 from me'\n",
			texts{{ID: "1", Text: "'-ing is a suffix"}, {ID: "2", Text: "'@home' is a place"}, {ID: "3", Text: "'+1 from me'"}}, nil},
		{"joined files", corpus.FormatTXT, "\uFEFFone\n\uFEFFone\n", texts{{Text: "one"}, {Text: "one"}}, nil},
		{"joined tables", corpus.FormatCSV, "\uFEFFid,text\n1,one\n\uFEFFid,text\n2,two\n", texts{{ID: "1", Text: "one"}, {ID: "2", Text: "two"}}, []string{"line 3: it is the header once more"}},

		{"empty texts", corpus.FormatCSV, "id,text\n1,a\n2,\n3,b\n", texts{{ID: "1", Text: "a"}, {ID: "3", Text: "b"}}, []string{`line 3, column "text": the text is empty`}},
		{"the same id", corpus.FormatCSV, "id,text\n1,a\n1,b\n", texts{{ID: "1", Text: "a"}}, []string{`line 3, column "id": line 2 has the same id "1"`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			reading := load(t, tt.format, tt.in, corpus.Options{})
			if !reflect.DeepEqual(reading.Texts, tt.want) {
				t.Errorf("%q\nwant %q", reading.Texts, tt.want)
			}
			if reading.Left != len(tt.left) || len(reading.Reasons) != len(tt.left) {
				t.Fatalf("left out: %v, want %q", reading.Reasons, tt.left)
			}
			for i, want := range tt.left {
				if !strings.Contains(reading.Reasons[i].Error(), want) {
					t.Errorf("%q, want %q in it", reading.Reasons[i], want)
				}
			}
			if _, err := corpus.Load(t.Context(), strings.NewReader(tt.in), "in", tt.format, corpus.Options{Strict: true}); (err == nil) != (len(tt.left) == 0) && tt.name != "inches" {
				t.Errorf("read strictly: %v", err)
			}
		})
	}
}

func TestWhatWasLeftOutOrChangedIsSaidInOneLine(t *testing.T) {
	for _, tt := range []struct {
		format corpus.Format
		in     string
		want   string
	}{
		{corpus.FormatCSV, "id,text,group\n1,a,g\n", ""},
		{corpus.FormatTXT, "\uFEFFone\n\uFEFFtwo\n", "1 byte order mark taken off"},
		{corpus.FormatCSV, "id,text\n1,a\n2,\nb,c,d\n3,\n", "3 rows left out (lines 3, 5: the text is empty; line 4: it has 3 columns, the header has 2)"},
		{corpus.FormatCSV, "id,text\n0,a\n" + strings.Repeat("1,\n", 5), "5 rows left out (lines 3, 4, 5, 6, 7: the text is empty)"},
		{corpus.FormatCSV, "id,text\n0,a\n" + strings.Repeat("1,\n", 6), "6 rows left out (lines 3, 4, 5, 6, 7 and 1 more: the text is empty)"},
		{corpus.FormatCSV, "id,text\n1,a\n2,\nb,c,d\nb,c,d,e\n", "3 rows left out (line 3: the text is empty; line 4: it has 3 columns, the header has 2; line 5: it has 4 columns, the header has 2)"},
		{corpus.FormatCSV, "id,text\n1,a\n2,\nb,c,d\nb,c,d,e\nb,c,d,e,f\n3,\n", "5 rows left out (lines 3, 7: the text is empty; line 4: it has 3 columns, the header has 2; line 5: it has 4 columns, the header has 2; 1 more)"},
		{corpus.FormatTXT, "\xff\xfeo\x00n\x00e\x00", "read as utf-16le"},
		{corpus.FormatCSV, "Ticket ID,Subject,Description\n7,s,d\n", `texts from "Description", ids from "Ticket ID"`},
		{corpus.FormatCSV, "Ticket ID,Description,Category\n7,a,x\n7,b,y\n", `texts from "Description", groups from "Category"; no ids, since "Ticket ID" repeats`},
	} {
		reading := load(t, tt.format, tt.in, corpus.Options{})
		if got := strings.Join(reading.Notes(), "; "); got != tt.want {
			t.Errorf("%q says %q, want %q", tt.in, got, tt.want)
		}
	}
	for in, want := range map[string]string{
		"text\n" + strings.Repeat("a,b\n", 9): "in, line 2: none of 9 rows can be used; of the first, it has 2 columns, the header has 1",
		"text\na,b\n":                         "in, line 2: it has 2 columns, the header has 1",
	} {
		if _, err := corpus.Load(t.Context(), strings.NewReader(in), "in", corpus.FormatCSV, corpus.Options{}); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %q", in, err, want)
		}
	}
}

func TestColumnsAreToldOrFound(t *testing.T) {
	zendesk := "Ticket ID,Subject,Description,Status\n7,Sub,Where is it?,open\n"
	for _, tt := range []struct {
		name   string
		format corpus.Format
		in     string
		told   corpus.Columns
		want   corpus.Text
	}{
		{"a Zendesk export", corpus.FormatCSV, zendesk, corpus.Columns{}, corpus.Text{ID: "7", Text: "Where is it?"}},
		{"told", corpus.FormatCSV, zendesk, corpus.Columns{Text: "subject", ID: "none", Group: "Status"}, corpus.Text{Text: "Sub", Group: "open"}},
		{"told a column that is called like groups", corpus.FormatCSV, "label,id\na,7\n", corpus.Columns{Text: "label"}, corpus.Text{ID: "7", Text: "a"}},
		{"told a column that is called like ids", corpus.FormatCSV, "key,label\na,b\n", corpus.Columns{Text: "key"}, corpus.Text{Text: "a", Group: "b"}},
		{"content", corpus.FormatCSV, "content\na\n", corpus.Columns{}, corpus.Text{Text: "a"}},
		{"body", corpus.FormatTSV, "body\tx\na\tb\n", corpus.Columns{}, corpus.Text{Text: "a"}},
		{"sentence", corpus.FormatJSONL, `{"sentence":"a","label":3}`, corpus.Columns{}, corpus.Text{Text: "a", Group: "3"}},
		{"question", corpus.FormatJSON, `[{"question":"a","is_faq":true}]`, corpus.Columns{Group: "is_faq"}, corpus.Text{Text: "a", Group: "true"}},
		{"semicolons", corpus.FormatCSV, "Nr;Question;Class\n1;a, b;c\n", corpus.Columns{}, corpus.Text{ID: "1", Text: "a, b", Group: "c"}},
		{"sep=", corpus.FormatCSV, "sep=;\nid;text\n1;a, b\n", corpus.Columns{}, corpus.Text{ID: "1", Text: "a, b"}},
		{"two marks of which one gives the name itself", corpus.FormatCSV, "body,x;text\n1,2;hello\n", corpus.Columns{}, corpus.Text{Text: "hello"}},
		{"sep= of another mark", corpus.FormatCSV, "\"sep=|\"\r\nid|text\r\n1|a;b\r\n", corpus.Columns{}, corpus.Text{ID: "1", Text: "a;b"}},
		{"told, with semicolons", corpus.FormatCSV, "eins;zwei\na;b\n", corpus.Columns{Text: "zwei", Group: "eins"}, corpus.Text{Text: "b", Group: "a"}},
		{"a JSON array", corpus.FormatJSON, "[\n {\"_id\": \"d1\", \"text\": \"a\"}\n]", corpus.Columns{}, corpus.Text{ID: "d1", Text: "a"}},
		{"strings in a JSON array", corpus.FormatJSON, `["a"]`, corpus.Columns{}, corpus.Text{Text: "a"}},
		{"an array in an object", corpus.FormatJSON, `{"count":1,"tickets":[{"id":5,"description":"a","group":"g"}]}`, corpus.Columns{}, corpus.Text{ID: "5", Text: "a", Group: "g"}},
		{"JSON Lines called .json", corpus.FormatJSON, `{"text":"a","id":null}` + "\n" + `{"text":""}`, corpus.Columns{}, corpus.Text{Text: "a"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := load(t, tt.format, tt.in, corpus.Options{Columns: tt.told}).Texts; !reflect.DeepEqual(got, texts{tt.want}) {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
	for told, want := range map[corpus.Columns]string{
		{Text: "Subject,Betreff"}: `there is no column "Betreff"; there is "Ticket ID"`,
		{Text: ","}:               `there is no column ","`,
		{Text: "Betreff"}:         `in, line 1: there is no column "Betreff"; there is "Ticket ID", "Subject", "Description", "Status"; name one of these`,
		{Text: "none"}:            `there is no column "none"`,
		{Group: "\x1b[2J"}:        `there is no column "\x1b[2J"`,
	} {
		if _, err := corpus.Load(t.Context(), strings.NewReader(zendesk), "in", corpus.FormatCSV, corpus.Options{Columns: told}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", told, err, want)
		}
	}
	objects := "\n\n" + `{"Subject":"a","Body":"b"}` + "\n" + `{"Subject":"a","Subject":"c","Body":"b"}` + "\n" + `{"Subject":"d"}`
	if _, err := corpus.Load(t.Context(), strings.NewReader(objects), "in", corpus.FormatJSONL, corpus.Options{Columns: corpus.Columns{Text: "x"}}); err == nil || !strings.HasPrefix(err.Error(), `in, line 3: there is no column "x"; there is "Subject", "Body"`) {
		t.Errorf("a key that is nowhere: %v", err)
	}
	both := load(t, corpus.FormatJSONL, objects, corpus.Options{Columns: corpus.Columns{Text: "Subject,Body"}})
	if want := (texts{{Text: "a\nb"}, {Text: "d"}}); !reflect.DeepEqual(both.Texts, want) || both.Left != 1 || !strings.Contains(both.Reasons[0].Error(), "line 4") || !strings.Contains(both.Reasons[0].Error(), "the key \"Subject\" stands twice") {
		t.Errorf("%q, left out %v", both.Texts, both.Reasons)
	}
	for _, c := range []corpus.Columns{{Text: "a"}, {Group: "a"}, {ID: "a"}} {
		if _, err := corpus.Load(t.Context(), strings.NewReader("a"), "in", corpus.FormatTXT, corpus.Options{Columns: c}); err == nil || !strings.Contains(err.Error(), "it has no columns") {
			t.Errorf("%+v of lines: %v", c, err)
		}
	}
}

func TestEncodings(t *testing.T) {
	utf16le := func(s string) string {
		var out strings.Builder
		for _, unit := range utf16.Encode([]rune(s)) {
			out.WriteByte(byte(unit))
			out.WriteByte(byte(unit >> 8))
		}
		return out.String()
	}
	swapped := func(s string) string {
		b := []byte(s)
		for i := 0; i+1 < len(b); i += 2 {
			b[i], b[i+1] = b[i+1], b[i]
		}
		return string(b)
	}
	table := utf16le("id;text\r\n1;Grüße 😀\r\n")
	japanese := utf16le("text\r\nこんにちは\r\n" + strings.Repeat("ありがとうございます。\r\n", 20))
	for _, tt := range []struct{ name, in, told, text, said string }{
		{"utf-16 with a mark", "\xff\xfe" + table, "", "Grüße 😀", "utf-16le"},
		{"utf-16 without one", table, "", "Grüße 😀", "utf-16le"},
		{"utf-16 without one and all ASCII", utf16le("id;text\r\n1;plain\r\n"), "", "plain", "utf-16le"},
		{"utf-16 the other way", swapped(table), "", "Grüße 😀", "utf-16be"},
		{"utf-16 the other way with a mark", "\xfe\xff" + swapped(table), "utf-8", "Grüße 😀", "utf-16be"},
		{"utf-16 with the sign for what was lost before", "\xff\xfe" + utf16le("text\r\nGr\uFFFDn\r\n"), "", "Gr\uFFFDn", "utf-16le"},
		{"Japanese utf-16", japanese, "", "こんにちは", "utf-16le"},
		{"windows-1252", "text\nGr\xfc\xdfe \x80", "windows-1252", "Grüße €", "windows-1252"},
		{"latin-1", "text\nGr\xfc\xdfe", "iso-8859-1", "Grüße", "iso-8859-1"},
		{"shift_jis", "text\n\x82\xb1\x82\xf1", "shift_jis", "こん", "shift_jis"},
		{"utf-8", "text\nGrüße", "utf-8", "Grüße", ""},
		{"utf-8 with a bad row", "text\nGrüße\nGr\xfc\xdfe", "utf-8", "Grüße", ""},
		{"a byte that windows-1252 does not have", "text\na\nb\x81", "windows-1252", "a", "windows-1252"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			reading := load(t, corpus.FormatCSV, tt.in, corpus.Options{Encoding: tt.told})
			if reading.Texts[0].Text != tt.text || reading.Encoding != tt.said {
				t.Errorf("%q in %s", reading.Texts[0].Text, reading.Encoding)
			}
			if bad := strings.Contains(tt.name, "bad row") || strings.Contains(tt.name, "does not have"); bad != (reading.Left == 1) {
				t.Errorf("left out: %v", reading.Reasons)
			}
		})
	}
	for format, in := range map[corpus.Format]string{
		corpus.FormatTXT: "a\n\xfc\nb", corpus.FormatCSV: "text\na\n\xfc\nb", corpus.FormatTSV: "text\na\n\xfc\nb",
		corpus.FormatJSONL: "{\"text\":\"a\"}\n{\"text\":\"\xfc\"}\n{\"text\":\"b\"}", corpus.FormatJSON: "[{\"text\":\"a\"},\n{\"text\":\"\xfc\"},{\"text\":\"b\"}]",
	} {
		reading := load(t, format, in, corpus.Options{Encoding: "utf-8"})
		if len(reading.Texts) != 2 || reading.Texts[1].Text != "b" || reading.Left != 1 || !strings.Contains(reading.Reasons[0].Error(), "it has bytes that utf-8 does not know") {
			t.Errorf("%v: %q, left out %v", format, reading.Texts, reading.Reasons)
		}
	}
	for _, format := range []corpus.Format{corpus.FormatTXT, corpus.FormatCSV, corpus.FormatTSV, corpus.FormatJSONL} {
		if _, err := corpus.Load(t.Context(), strings.NewReader("text\nGr\xfc\xdfe"), "in", format, corpus.Options{}); !errors.Is(err, corpus.ErrEncoding) {
			t.Errorf("%v: nobody is asked for the encoding: %v", format, err)
		}
	}
	if _, err := corpus.Load(t.Context(), strings.NewReader("[\n\"Gr\xfc\xdfe\"]"), "in", corpus.FormatJSON, corpus.Options{}); !errors.Is(err, corpus.ErrEncoding) || !strings.Contains(err.Error(), "line 2: the byte 0xfc") {
		t.Errorf("nobody is asked for the encoding of JSON: %v", err)
	}
	for written, want := range map[string]string{"Latin-1": "iso-8859-1", "UTF8": "utf-8", "CP1252": "windows-1252", "Shift_JIS": "shift_jis", "utf-16": "utf-16le", "ISO 8859-1": "iso-8859-1", "Windows 1252": "windows-1252", "mac roman": "macintosh", "klingon": "", "": ""} {
		if got, ok := corpus.EncodingNamed(written); got != want || ok != (want != "") {
			t.Errorf("%s is %q, %v", written, got, ok)
		}
	}
}

func TestGroupsComeFromEveryFormat(t *testing.T) {
	for format, in := range map[corpus.Format]string{
		corpus.FormatCSV: "text,intent\na,pay\n", corpus.FormatTSV: "text\tintent\na\tpay\n",
		corpus.FormatJSONL: `{"text":"a","intent":"pay"}`, corpus.FormatJSON: `[{"text":"a","intent":"pay"}]`,
	} {
		for _, told := range []string{"", "intent", "INTENT"} {
			reading := load(t, format, in, corpus.Options{Columns: corpus.Columns{Group: told}})
			if reading.Texts[0].Group != "pay" || reading.Columns.Group != "intent" {
				t.Errorf("%v, %q: %+v", format, told, reading)
			}
		}
	}
}

func TestReadingTellsItsProgressAndCanBeStopped(t *testing.T) {
	in := strings.Repeat("some text\n", 20_000)
	ctx, stop := context.WithCancel(t.Context())
	var last int64
	_, err := corpus.Load(ctx, strings.NewReader(in), "in", corpus.FormatTXT, corpus.Options{Progress: func(read, _ int64) {
		if last = read; read > 100_000 {
			stop()
		}
	}})
	if !errors.Is(err, ctx.Err()) || ctx.Err() == nil || last < 100_000 || last == int64(len(in)) {
		t.Errorf("%v after %d bytes", err, last)
	}
}

func TestAQuoteThatNeverEndsCostsLinearTime(t *testing.T) {
	// 100,000 lines that each open a quote: read to the end from each, this would be
	// 5 billion lines.
	var in strings.Builder
	in.WriteString("id,text\n0,ok\n")
	for i := range 100_000 {
		fmt.Fprintf(&in, "%d,\"open \"\"%d\n\n", i+1, i)
	}
	if reading := load(t, corpus.FormatCSV, in.String(), corpus.Options{}); len(reading.Texts) != 1 || reading.Left != 100_000 || len(reading.Reasons) != 1000 {
		t.Errorf("%d texts, %d rows left out", len(reading.Texts), reading.Left)
	}
	tabs := strings.ReplaceAll(in.String(), ",", "\t")
	if reading, err := corpus.Load(t.Context(), strings.NewReader(tabs), "in", corpus.FormatTSV, corpus.Options{}); err == nil || !strings.Contains(err.Error(), "more than") {
		t.Errorf("%d texts, %v", len(reading.Texts), err)
	}
}

// table100k writes a table of as many texts as can be read, beside columns that
// nobody wants.
func table100k(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "id,notes,text,group")
	notes := strings.Repeat("what nobody wants ", 40)
	for i := range corpus.MaxTexts {
		fmt.Fprintf(out, "%d,%s,How do I get my money back for order %d?,%d\n", i, notes, i, i%50)
	}
	return out.Flush()
}

func TestNoMoreIsKeptOfALargeFileThanItsTexts(t *testing.T) {
	in, out := io.Pipe()
	go func() { _ = out.CloseWithError(table100k(out)) }()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	reading, err := corpus.Load(t.Context(), in, "in", corpus.FormatCSV, corpus.Options{})
	if err != nil || len(reading.Texts) != corpus.MaxTexts || reading.Texts[99_999].Group != "49" {
		t.Fatalf("%v, %v", reading, err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	// The file has 77 MB, the texts 5 MB; a Text is 64 bytes beside its words.
	if held := int64(after.HeapAlloc) - int64(before.HeapAlloc); held > 30<<20 {
		t.Errorf("%d MB are held", held>>20)
	}
	runtime.KeepAlive(reading)
}

func BenchmarkLoad100000(b *testing.B) {
	var file strings.Builder
	if err := table100k(&file); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(file.Len()))
	for b.Loop() {
		if _, err := corpus.Load(b.Context(), strings.NewReader(file.String()), "in", corpus.FormatCSV, corpus.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
