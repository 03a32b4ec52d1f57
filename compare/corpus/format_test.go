package corpus_test

import (
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
)

func TestTheFirstLineTellsTheFormat(t *testing.T) {
	for line, want := range map[string]corpus.Format{
		"":                               corpus.FormatTXT,
		"text":                           corpus.FormatTXT,
		"How do I get my money back?":    corpus.FormatTXT,
		"send me a text, or call":        corpus.FormatTXT,
		"[text]":                         corpus.FormatTXT,
		`{"id": 1}`:                      corpus.FormatTXT,
		"id,text,group":                  corpus.FormatCSV,
		`"id"; "Text"`:                   corpus.FormatCSV,
		"id\ttext":                       corpus.FormatTSV,
		`{"id": "T1", "text": "a, b"}`:   corpus.FormatJSONL,
		`{"text": "one", "group": null}`: corpus.FormatJSONL,
	} {
		if got := corpus.GuessFormat(line); got != want {
			t.Errorf("%q looks like %s, want %s", line, got, want)
		}
	}
}

func TestFormatsHaveNames(t *testing.T) {
	for _, name := range corpus.FormatNames() {
		if f, ok := corpus.FormatNamed(name); !ok || f.String() != name {
			t.Errorf("%s is %s, %v", name, f, ok)
		}
	}
	if _, ok := corpus.FormatNamed("xlsx"); ok {
		t.Error("xlsx is a format")
	}
}
