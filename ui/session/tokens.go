package session

import (
	"context"
	"maps"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/loop"
)

// countMissingTokens counts the tokens of the texts that were not counted before.
func (s *Session) countMissingTokens() tea.Cmd {
	var texts []string
	for i := range s.corpus.Len() {
		t := s.corpus.At(i).Text
		if _, ok := s.tokens[t]; !ok {
			texts = append(texts, t)
		}
	}
	if len(texts) == 0 {
		return nil
	}
	counter := s.counter
	work := func(ctx context.Context) (map[string]int, error) {
		counts := make(map[string]int, len(texts))
		for _, t := range texts {
			if ctx.Err() != nil {
				break
			}
			counts[t] = counter.Count(t)
		}
		return counts, nil
	}
	return loop.Async(s.life, work, func(counts map[string]int, _ error) tea.Cmd {
		s.counted(counts)
		return nil
	})
}

// counted takes in token counts, whatever has changed meanwhile. When there are
// too many to remember, those of texts that are gone are forgotten.
func (s *Session) counted(counts map[string]int) {
	maps.Copy(s.tokens, counts)
	if len(s.tokens) > mostCounts {
		kept := make(map[string]int, s.corpus.Len())
		for i := range s.corpus.Len() {
			t := s.corpus.At(i).Text
			if n, ok := s.tokens[t]; ok {
				kept[t] = n
			}
		}
		s.tokens = kept
	}
	s.rounds++
}

// mostCounts is how many token counts are remembered.
const mostCounts = 4 * corpus.MaxTexts

// tokenSum is the number of tokens of a revision of the corpus.
type tokenSum struct {
	revision uint64
	round    int // of counting
	tokens   int
	complete bool
}

// TokensOf is how many tokens a text has; known is false until it is counted.
func (s *Session) TokensOf(text string) (tokens int, known bool) {
	tokens, known = s.tokens[text]
	return tokens, known
}

// CorpusTokens adds up the tokens of all texts; complete is false while some
// are still being counted.
func (s *Session) CorpusTokens() (tokens int, complete bool) {
	if s.sum.revision == s.corpus.Revision() && s.sum.round == s.rounds {
		return s.sum.tokens, s.sum.complete
	}
	sum := tokenSum{revision: s.corpus.Revision(), round: s.rounds, complete: true}
	for i := range s.corpus.Len() {
		n, ok := s.tokens[s.corpus.At(i).Text]
		if !ok {
			sum.complete = false
		}
		sum.tokens += n
	}
	s.sum = sum
	return sum.tokens, sum.complete
}
