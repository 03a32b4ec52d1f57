package corpus_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
)

// fuzzed are the formats of a stream by number.
var fuzzed = []corpus.Format{corpus.FormatTXT, corpus.FormatCSV, corpus.FormatTSV, corpus.FormatJSONL, corpus.FormatJSON}

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
	f.Fuzz(func(t *testing.T, in string, format uint8, strict bool, encoding uint8) {
		o := corpus.Options{Strict: strict}
		if encoding > 0 {
			o.Encoding = encodings[int(encoding)%len(encodings)].Name
		}
		reading, err := corpus.Load(t.Context(), strings.NewReader(in), "in", fuzzed[int(format)%len(fuzzed)], o)
		if err != nil {
			checkReadError(t, err)
			return
		}
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
	})
}

func checkReadError(t *testing.T, err error) {
	t.Helper()
	var read *corpus.ReadError
	if !errors.As(err, &read) || strings.ContainsAny(err.Error(), "\n\x1b") || read.Row < 0 || read.Hint == "" {
		t.Fatalf("error %q", err)
	}
}
