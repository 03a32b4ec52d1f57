package uitest

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
)

// Numbered are that many short texts.
func Numbered(n int) []corpus.Text {
	out := make([]corpus.Text, n)
	for i := range out {
		out[i].Text = fmt.Sprintf("text number %d", i+1)
	}
	return out
}

// NearDuplicates are the options with the built-in set of that name under three
// local candidates.
func NearDuplicates(t testing.TB) shell.Options {
	t.Helper()
	set, ok := corpus.FindSet("near-duplicates")
	if !ok {
		t.Fatal("the set is missing")
	}
	return OptionsWith(t, set.Texts, "local/use-lite@512", "local/glove@100", "local/ngrams@4096")
}

// Candidates with the models inside the binary.
const (
	Use   = "local/use-lite@512"
	Glove = "local/glove@100"
)

// Hostile are texts that have broken other programs' frames.
var Hostile = []corpus.Text{
	{Text: "plain words to compare with"},
	{Text: "漢字とかなの文章です", Group: "日本語"},
	{Text: "emoji 👩‍👩‍👧‍👦 and flags 🇩🇪 in a row", Group: "emoji"},
	{Text: "e\u0301 combining a\u030a marks"},
	{Text: "نص عربي من اليمين إلى اليسار", Group: "rtl"},
	{Text: "escape \x1b[31mred\x1b[0m \x1b]0;title\x07 sequences"},
	{Text: "tabs\tand\nnew lines\r\nhere"},
	{Text: strings.Repeat("very long text ", 300)},
}

// OptionsWith are those of a later session with these texts and candidates.
func OptionsWith(t testing.TB, texts []corpus.Text, candidates ...string) shell.Options {
	o := LocalOptions(t)
	o.State = config.State{Version: 1, Threshold: 0.95, Candidates: candidates}
	for _, x := range texts {
		o.State.Texts = append(o.State.Texts, config.Text(x))
	}
	return o
}

// Texts are these words, each a text without id and group.
func Texts(words ...string) []corpus.Text {
	var out []corpus.Text
	for _, w := range words {
		out = append(out, corpus.Text{Text: w})
	}
	return out
}

func words(a *shell.App) []string { return session.TextsOf(a.Session.Corpus().Texts()) }

// Letters types a text, a key a letter.
func Letters(t testing.TB, a *shell.App, text string) {
	t.Helper()
	for _, r := range text {
		Send(t, a, tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}
