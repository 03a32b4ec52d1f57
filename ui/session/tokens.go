package session

import (
	"context"
	"sync"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/kernel"
	"github.com/vecscope/vecscope/ui/loop"
)

// mostCounts is how many token counts are remembered.
const mostCounts = 4 * corpus.MaxTexts

// sumAtOnce is of how many texts the counts are added up on the loop: it takes less than
// half a millisecond, and the number does not go away and come back at a change.
const sumAtOnce = 4000

// countsTogether is how many texts are looked up under one lock.
const countsTogether = 128

// tokenCounts remembers how many tokens texts have. Commands count; the loop, which must
// not go through all texts, asks for those that it shows.
type tokenCounts struct {
	counter *corpus.Counter
	// counting is held by the only command that counts.
	counting sync.Mutex
	mu       sync.Mutex // guards byText, and is held briefly
	byText   map[string]int
}

func newTokenCounts(counter *corpus.Counter) *tokenCounts {
	return &tokenCounts{counter: counter, byText: map[string]int{}}
}

// of is how many tokens a text has; known is false until it is counted.
func (c *tokenCounts) of(text string) (tokens int, known bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	tokens, known = c.byText[text]
	return tokens, known
}

// count is how many tokens a text has, counted when it is not known.
func (c *tokenCounts) count(text string) int {
	if tokens, known := c.of(text); known {
		return tokens
	}
	return c.counter.Count(text)
}

// add counts those of texts that were not counted before, and gives the sum of all. When
// there are too many to remember, those of other texts are forgotten. The error is ctx's.
func (c *tokenCounts) add(ctx context.Context, texts []corpus.Text) (sum int, err error) {
	c.counting.Lock()
	defer c.counting.Unlock()
	for len(texts) > 0 {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		part := texts[:min(len(texts), countsTogether)]
		sum += c.addPart(part)
		texts = texts[len(part):]
	}
	return sum, nil
}

// addPart counts a few texts, without the lock while it does.
func (c *tokenCounts) addPart(texts []corpus.Text) (sum int) {
	var missing []string
	c.mu.Lock()
	for _, t := range texts {
		n, known := c.byText[t.Text]
		if sum += n; !known {
			missing = append(missing, t.Text)
		}
	}
	c.mu.Unlock()
	counted := make([]int, len(missing))
	for i, text := range missing {
		counted[i] = c.counter.Count(text)
		sum += counted[i]
	}
	c.mu.Lock()
	for i, text := range missing {
		c.byText[text] = counted[i]
	}
	c.mu.Unlock()
	return sum
}

// forget drops the counts of all but some texts when there are too many to remember.
func (c *tokenCounts) forget(but []corpus.Text) {
	c.counting.Lock()
	defer c.counting.Unlock()
	if len(c.byText) <= mostCounts {
		return
	}
	kept := make(map[string]int, len(but)) // nobody else writes while this goes on
	for _, t := range but {
		if n, ok := c.byText[t.Text]; ok {
			kept[t.Text] = n
		}
	}
	c.mu.Lock()
	c.byText = kept
	c.mu.Unlock()
}

// sum adds up the counts of texts; complete is false when some are not counted.
func (c *tokenCounts) sum(texts []corpus.Text) (sum int, complete bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range texts {
		n, known := c.byText[t.Text]
		if !known {
			return 0, false
		}
		sum += n
	}
	return sum, true
}

// tokenSum is the number of tokens of a revision of the corpus.
type tokenSum struct {
	revision uint64
	tokens   int
}

// countTokens counts the tokens of the texts that were not counted before, and adds up
// those of all.
func (s *Session) countTokens() tea.Cmd {
	if s.corpus.Len() == 0 || s.sum.revision == s.corpus.Revision() {
		return nil
	}
	counts, texts, revision := s.counted, s.corpus.Snapshot(), s.corpus.Revision()
	work := func(ctx context.Context) (tokenSum, error) {
		kernel.GiveWay(ctx)
		tokens, err := counts.add(ctx, texts)
		counts.forget(texts)
		return tokenSum{revision, tokens}, err
	}
	return loop.Async(s.life, work, func(sum tokenSum, err error) tea.Cmd {
		if err == nil && sum.revision == s.corpus.Revision() {
			s.sum = sum
		}
		return nil
	})
}

// TokensOf is how many tokens a text has; known is false until it is counted.
func (s *Session) TokensOf(text string) (tokens int, known bool) { return s.counted.of(text) }

// CorpusTokens is how many tokens all texts have; complete is false while some are still
// being counted.
func (s *Session) CorpusTokens() (tokens int, complete bool) {
	if s.corpus.Len() == 0 {
		return 0, true
	}
	if s.sum.revision == s.corpus.Revision() {
		return s.sum.tokens, true
	}
	if s.corpus.Len() > sumAtOnce {
		return 0, false
	}
	if tokens, complete = s.counted.sum(s.corpus.Snapshot()); complete {
		s.sum = tokenSum{s.corpus.Revision(), tokens}
	}
	return tokens, complete
}
