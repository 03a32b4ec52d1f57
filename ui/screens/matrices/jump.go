package matrices

import (
	"fmt"
	"slices"

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

// askText asks for a text by its number or words in it, and puts the cursor's row there.
func (m *Screen) askText() {
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
