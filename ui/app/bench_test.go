package app

import (
	"fmt"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/uitest"
)

// BenchmarkFrame draws the whole window of every screen at 200×60, with 40 texts
// and the three local candidates.
func BenchmarkFrame(b *testing.B) {
	var texts []corpus.Text
	for _, set := range corpus.Sets() {
		texts = append(texts, set.Texts...)
	}
	a := settled(b, 200, 60, uitest.OptionsWith(b, texts[:40], "local/use-lite@512", "local/glove@100", "local/ngrams@4096"))
	a.Session.Thresholds().Set("", 0.3) // so that the list of pairs is long
	for _, shown := range a.Screens() {
		id := shown.Info().ID
		a.SetScreen(id)
		uitest.Settle(b, a, a.Refresh())
		b.Run(shown.Info().Title, func(b *testing.B) {
			for b.Loop() {
				a.View()
			}
		})
	}
}

// BenchmarkKeys100000 presses keys on every screen and draws what follows, with 100,000
// texts and a run under way.
func BenchmarkKeys100000(b *testing.B) {
	words := []string{"order", "refund", "invoice", "login", "delivery", "late", "broken", "phone", "card", "address", "cancel"}
	texts := make([]corpus.Text, corpus.MaxTexts)
	for i := range texts {
		texts[i].Text = fmt.Sprint("my ", words[i%11], " and the ", words[i/11%11], " of ", words[i/121%11], " ", i)
	}
	a := settled(b, 160, 50, uitest.OptionsWith(b, texts, "local/ngrams@64"))
	press := func(keys ...string) {
		for _, k := range keys {
			_, _ = a.Update(uitest.KeyPress(k)) // what it gives to be done goes on beside
			a.View()
		}
	}
	press("2", "d")
	a.Session.Invalidate(0)
	for _, screen := range []struct {
		key  string
		each [][]string // what is pressed together, and leaves all as it was
	}{
		{"1", [][]string{{"j", "k"}, {"ctrl+d", "ctrl+u"}, {"G", "g"}}},
		{"2", [][]string{{"j", "k"}, {"ctrl+d", "ctrl+u"}, {"G", "g"}, {"/", "l", "a", "esc"}, {"*", "*"}, {"d", "u"}, {"e", "x", "backspace", "esc"}}},
		{"3", [][]string{{"j", "k"}, {"ctrl+d", "ctrl+u"}, {"G", "g"}}},
		{"4", [][]string{{"j", "k"}, {"ctrl+d", "ctrl+u"}, {"G", "g"}, {"[", "]"}, {"/", "l", "a", "esc"}, {"v", "v"}}},
		{"5", [][]string{{"l", "backspace"}}},
		{"6", [][]string{{"j", "k"}}},
		{"7", [][]string{{"j", "k"}}},
	} {
		press(screen.key)
		for _, keys := range screen.each {
			b.Run(fmt.Sprint(a.Current().Info().Title, " ", keys), func(b *testing.B) {
				for b.Loop() {
					press(keys...)
				}
			})
		}
	}
}
