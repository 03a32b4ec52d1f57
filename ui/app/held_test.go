package app

import (
	"runtime"
	"testing"
	"weak"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// startedWith is the explorer with texts of a file and others of the last session, and
// what was remembered of that, for as long as anybody holds it.
func startedWith(t *testing.T) (*shell.App, weak.Pointer[config.Text]) {
	o := uitest.LocalOptions(t)
	o.Texts, o.Source = uitest.Texts("a refund", "an invoice"), "tickets.txt"
	o.State = config.State{Version: 1, Candidates: []string{"local/ngrams@64"}, Source: "tickets.txt", Texts: make([]config.Text, 1000)}
	for i := range o.State.Texts {
		o.State.Texts[i] = config.Text(corpus.Text{Text: "from last time"})
	}
	read := weak.Make(&o.State.Texts[0])
	return settled(t, 80, 24, o), read
}

func TestTheTextsOfTheLastSessionAreNotHeldTwice(t *testing.T) {
	a, read := startedWith(t)
	runtime.GC()
	if read.Value() != nil {
		t.Error("what was read of the last session is held beside the texts that were made of it")
	}
	if texts := a.Session.Corpus().Texts(); len(texts) != 2 || texts[0].Text != "a refund" {
		t.Errorf("the texts are %v", texts)
	}
}
