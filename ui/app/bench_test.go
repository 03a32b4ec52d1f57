package app

import (
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
