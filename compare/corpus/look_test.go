package corpus_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
)

func fileOf(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestALookShowsTheFirstRowsAndWhatSeemsToBeMeant(t *testing.T) {
	for _, c := range []struct {
		name, content string
		want          corpus.Look
	}{
		{"a.txt", "one\ntwo\n", corpus.Look{Sure: true}},
		{"empty.csv", "", corpus.Look{Sure: true}},
		{"a.csv", "id,text\n1,a\n1,b,c\n2,d\n\n3,e\n4,f\n", corpus.Look{
			Names: []string{"id", "text"}, Rows: [][]string{{"1", "a"}, {"2", "d"}, {"3", "e"}}, Columns: corpus.Columns{Text: "text", ID: "id"}, Sure: true,
		}},
		{"b.csv", "id,text,status\n1,a,open\n", corpus.Look{
			Names: []string{"id", "text", "status"}, Rows: [][]string{{"1", "a", "open"}}, Columns: corpus.Columns{Text: "text", ID: "id"},
		}},
		{"nothing-known.csv", "x,,z\n1,long words,long words\n", corpus.Look{
			Names: []string{"x", "column 2", "z"}, Rows: [][]string{{"1", "long words", "long words"}}, Columns: corpus.Columns{Text: "column 2"},
		}},
		{"a.jsonl", `{"body":"a","n":1,"body":"b"}` + "\n" + `{"n":null,"extra":{"x":[1]}}` + "\n" + `{"body":false}` + "\n" + `{"body":"fourth"}`, corpus.Look{
			Names: []string{"body", "n", "extra"}, Rows: [][]string{{"", "1", ""}, {"", "", `{"x":[1]}`}, {"false", "", ""}}, Columns: corpus.Columns{Text: "body"},
		}},
		{"a.json", `[{"id":7,"text":"a"}]`, corpus.Look{Names: []string{"id", "text"}, Rows: [][]string{{"7", "a"}}, Columns: corpus.Columns{Text: "text", ID: "id"}, Sure: true}},
		{"strings.json", `["a","b"]`, corpus.Look{Sure: true}},
	} {
		got, err := corpus.LookAt(t.Context(), fileOf(t, c.name, c.content), corpus.Options{})
		if err != nil || !reflect.DeepEqual(*got, c.want) {
			t.Errorf("%s: %+v, %v\nwant %+v", c.name, got, err, c.want)
		}
	}
	for name, content := range map[string]string{"a.txt": "Gr\xfc\xdfe", "a.csv": "text\n\xfc", "a.jsonl": "{\"text\":\"\xfc\"}"} {
		path := fileOf(t, name, content)
		if _, err := corpus.LookAt(t.Context(), path, corpus.Options{}); !errors.Is(err, corpus.ErrEncoding) || !strings.HasPrefix(err.Error(), path) {
			t.Errorf("%s: nobody is asked for the encoding: %v", name, err)
		}
	}
	if look, err := corpus.LookAt(t.Context(), fileOf(t, "a.csv", "text\n\xfc"), corpus.Options{Encoding: "windows-1252"}); err != nil || look.Rows[0][0] != "ü" {
		t.Errorf("%+v, %v", look, err)
	}
}

func TestASampleShowsALineInEveryEncodingThatCanBeMeant(t *testing.T) {
	path := fileOf(t, "a.csv", "id,text\n1,"+strings.Repeat("x", 100)+"Gr\xfc\x81e"+strings.Repeat("y", 100)+"\n2,gr\xfcn\n")
	got, err := corpus.Sample(t.Context(), path, 2)
	left, right := "…"+strings.Repeat("x", 22), strings.Repeat("y", 21)+"…"
	if want := left + "Gr\uFFFDe" + right; err != nil || got["utf-8"] != want {
		t.Errorf("%q, %v, want %q", got["utf-8"], err, want)
	}
	if want := left + "Gr\u00fc\u0081e" + right; got["iso-8859-1"] != want {
		t.Errorf("%q, want %q", got["iso-8859-1"], want)
	}
	if text, ok := got["windows-1252"]; ok { // which has no byte 81
		t.Errorf("windows-1252 is offered with %q", text)
	}
	if got, err := corpus.Sample(t.Context(), path, 3); err != nil || got["windows-1252"] != "2,grün" || got["utf-16le"] != "" {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := corpus.Sample(t.Context(), path+"none", 1); err == nil {
		t.Error("there is a sample of nothing")
	}
}
