package corpus_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
)

// fuzzed are the formats of a stream by number.
var fuzzed = []corpus.Format{corpus.FormatTXT, corpus.FormatCSV, corpus.FormatTSV, corpus.FormatJSONL, corpus.FormatJSON}

// The numbers of what is no stream: the bytes of a workbook, and those of the sheet in
// one, which changes of the former hardly ever reach.
const (
	asWorkbook = 100 + iota
	asSheet
)

var fuzzSeeds = []string{
	"one\ntwo", "\uFEFFid,text\r\n1,\"a\"\"b\nc\"\r\n", "id;text\n1;2", "id\ttext\n1\t\"a\"\n2\t\"b\nc\"", "text\n\"\n",
	`{"text":"a","id":7}` + "\n" + `{"text":1}`, "\xff\xfe", "a\x00", "text,text", `"`, "text\n" + `"a" b`, "{", "\r", `{"id":`,
	"sep=;\nticket id;description\r\r\n1;\"a\r\nb\"\r\r\n", `[{"_id":"a","text":"b","label":true},"c"]`, `{"data":[{"text":"\ud83d"}]}`,
	"id\ttext\n1\t\"open\n2\tb\tc\n3\tend\"\n", "o\x00n\x00e\x00\n\x00", "caf\xe9\n", "text,escaped\n'=1,text\n", `{"Text":"a","text":"b","text":"c"}`,
}

// Whatever a file holds, its texts are usable and its errors one line that names a
// row that there is.
func FuzzLoad(f *testing.F) {
	encodings := corpus.Encodings()
	for _, seed := range fuzzSeeds {
		for format := range fuzzed {
			f.Add(seed, uint8(format), false, uint8(0))
		}
		f.Add(seed, uint8(1), true, uint8(4))
	}
	book := workbook(f, [][]any{{"Ticket ID", "Description"}, {7, "one"}, {"8", "two\nlines"}, {9, true}})
	whole, err := os.ReadFile(book)
	if err != nil {
		f.Fatal(err)
	}
	sheet := within(f, whole, nil)
	for _, seed := range []string{string(whole), "PK\x03\x04"} {
		f.Add(seed, uint8(asWorkbook), false, uint8(0))
	}
	for _, seed := range []string{string(sheet), strings.ReplaceAll(string(sheet), `r="2"`, `r="1048577"`), strings.ReplaceAll(string(sheet), "<v>", "<v>9"), "<worksheet>"} {
		f.Add(seed, uint8(asSheet), true, uint8(0))
	}
	f.Fuzz(func(t *testing.T, in string, format uint8, strict bool, encoding uint8) {
		o := corpus.Options{Strict: strict}
		if encoding > 0 {
			o.Encoding = encodings[int(encoding)%len(encodings)].Name
		}
		var reading *corpus.Reading
		var err error
		switch format {
		case asWorkbook, asSheet:
			content := []byte(in)
			if format == asSheet {
				content = within(t, whole, content)
			}
			if err := os.WriteFile(book, content, 0o600); err != nil {
				t.Fatal(err)
			}
			reading, err = corpus.LoadFile(t.Context(), book, o)
		default:
			reading, err = corpus.Load(t.Context(), strings.NewReader(in), "in", fuzzed[int(format)%len(fuzzed)], o)
		}
		if err != nil {
			checkReadError(t, err)
			return
		}
		checkReading(t, reading, strict)
	})
}

// checkReading wants texts that can be used, and every row that was left out counted.
func checkReading(t *testing.T, reading *corpus.Reading, strict bool) {
	t.Helper()
	ids := map[string]bool{}
	for i, text := range reading.Texts {
		if strings.TrimSpace(text.Text) == "" || text.ID != "" && ids[text.ID] {
			t.Fatalf("text %d: %+v", i, text)
		}
		ids[text.ID] = true
	}
	if reading.Left < len(reading.Reasons) || strict && reading.Left > 0 {
		t.Fatalf("%d rows left out for %d reasons", reading.Left, len(reading.Reasons))
	}
	for _, why := range reading.Reasons {
		checkReadError(t, why)
	}
	if notes := strings.Join(reading.Notes(), "; "); strings.ContainsAny(notes, "\n\x1b") {
		t.Fatalf("notes %q", notes)
	}
}

// within gives a workbook with that content in the place of its last sheet; without
// content the sheet.
func within(t testing.TB, book, content []byte) []byte {
	t.Helper()
	from, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var made bytes.Buffer
	to := zip.NewWriter(&made)
	for _, part := range from.File {
		isSheet := strings.HasSuffix(part.Name, "sheet2.xml")
		if isSheet && content != nil {
			w, err := to.Create(part.Name)
			if err == nil {
				_, err = w.Write(content)
			}
			if err != nil {
				t.Fatal(err)
			}
			continue
		}
		if isSheet {
			r, err := part.Open()
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			sheet, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			return sheet
		}
		if err := to.Copy(part); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return made.Bytes()
}

func checkReadError(t *testing.T, err error) {
	t.Helper()
	var read *corpus.ReadError
	if !errors.As(err, &read) || strings.ContainsAny(err.Error(), "\n\x1b") || read.Row < 0 || read.Hint == "" {
		t.Fatalf("error %q", err)
	}
}
