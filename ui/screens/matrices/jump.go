package matrices

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// disagreements are the pairs that the candidates rank most differently, the strongest first.
type disagreements struct {
	pairs [][2]int
	of    []string // the candidates that they are of
	shown uint64   // revision of the texts
	at    int      // the one that the cursor was put on last
}

// nextDisagreement puts the cursor on the pair that the candidates rank most differently,
// and from there on the next one.
func (m *Screen) nextDisagreement() tea.Cmd {
	of, shown := session.CandidateIDs(m.Session.Candidates()), m.Session.ResultsRevision()
	if m.disagreements.pairs != nil && m.disagreements.shown == shown && slices.Equal(m.disagreements.of, of) {
		m.disagreements.at = (m.disagreements.at + 1) % len(m.disagreements.pairs)
		m.showDisagreement()
		return nil
	}
	return m.Session.Labels().Doubts(func(pairs [][2]int, err error) tea.Cmd {
		switch {
		case err != nil:
			m.Fail(err)
		case len(pairs) == 0:
			m.Inform("The models rank all pairs alike, or those that they do not are marked.")
		default:
			m.disagreements = disagreements{pairs: pairs, of: of, shown: shown}
			m.showDisagreement()
		}
		return nil
	})
}

func (m *Screen) showDisagreement() {
	p := m.disagreements.pairs[m.disagreements.at]
	m.Session.SetCursor(p[0], p[1])
	m.Inform("Disagreement %d of %d: the models rank texts %d and %d most differently.", m.disagreements.at+1, len(m.disagreements.pairs), p[0]+1, p[1]+1)
}

// mostPicked is of how many texts a list is made to choose one from: of more it would
// take a while, and be too long to look through.
const mostPicked = 5000

// askText asks for a text by its number or words in it, and puts the cursor's row there.
func (m *Screen) askText() {
	if len(m.Session.DisplayOrder()) > mostPicked {
		m.askWords()
		return
	}
	m.Open(widget.NewPicker(m.Context, "Go to a text", "its number, or words in it", func() []widget.PickItem {
		var items []widget.PickItem
		texts := m.Session.Texts()
		for _, i := range m.Session.DisplayOrder() {
			items = append(items, widget.PickItem{Label: fmt.Sprintf("%d %s", i+1, term.Safe(texts[i].Text)), Detail: term.Safe(texts[i].Group), Choose: func() tea.Cmd {
				if i < len(m.Session.Texts()) {
					m.Session.SetCursor(i, m.Session.CursorB())
				}
				return nil
			}})
		}
		return items
	}))
}

// askWords asks for the number of a text or for words in it; the same words again lead to
// the next text that has them.
func (m *Screen) askWords() {
	m.Open(widget.NewPrompt(m.Theme, "Go to a text", "Its number, or words in it: enter goes to the next text that has them.", "number or words", func(typed string) (tea.Cmd, string) {
		at, problem := m.textWith(typed)
		if problem == "" {
			m.Session.SetCursor(at, m.Session.CursorB())
		}
		return nil, problem
	}))
}

// textWith is the text of a number or, from that under the cursor on, the next with some
// words in it; or why there is none.
func (m *Screen) textWith(typed string) (at int, problem string) {
	order, texts := m.Session.DisplayOrder(), m.Session.Texts()
	if n, err := strconv.Atoi(typed); err == nil {
		if !slices.Contains(order, n-1) {
			return 0, fmt.Sprintf("No text that is shown has the number %d.", n)
		}
		return n - 1, ""
	}
	words := strings.Fields(strings.ToLower(typed))
	if len(words) == 0 {
		return 0, "Type a number, or words of the text."
	}
	from := session.IndexIn(order, m.Session.CursorA()) + 1
	for k := range order {
		i := order[(from+k)%len(order)]
		text := strings.ToLower(texts[i].Text)
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			return i, ""
		}
	}
	return 0, "No text has these words."
}
