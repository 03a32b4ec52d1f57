package matrices

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// notable are pairs worth a look: those that the models rank most differently, the strongest
// first; of one model alone its most similar ones.
type notable struct {
	pairs [][2]int
	of    notableOf
	at    int // the one that the cursor was put on last; -1 for none yet
	// looking is of what they are looked for now, and end ends that; going tells that the
	// cursor is to be put on the first.
	looking notableOf
	end     context.CancelFunc
	going   bool
}

// notableOf is what pairs are found in.
type notableOf struct {
	shown   uint64 // revision of the texts
	results [session.MaxCandidates]*pipeline.Result
}

// mostNotable is how many pairs of one model are gone through.
const mostNotable = 500

// current is the place of a pair among them; -1 where it is none of them.
func (n *notable) current(a, b int) int {
	return slices.IndexFunc(n.pairs, func(p [2]int) bool { return p == [2]int{a, b} || p == [2]int{b, a} })
}

// lookForNotable looks for the pairs anew where the results have changed.
func (m *Screen) lookForNotable() tea.Cmd {
	n, of := &m.notable, notableOf{shown: m.Session.ResultsRevision()}
	ready := m.Session.Ready()
	for i, c := range ready {
		of.results[i] = c.Result
	}
	if of == n.looking {
		return nil
	}
	if n.end != nil {
		n.end()
	}
	if of == n.of { // what was looked for is not wanted any more
		n.looking, n.going = notableOf{}, false
		return nil
	}
	if of.shown != n.of.shown { // those found are pairs of other texts
		n.pairs, n.of, n.at = nil, notableOf{}, -1
	}
	if len(ready) < 2 {
		*n = notable{of: of, at: -1}
		if len(ready) == 1 {
			n.pairs = mostSimilar(ready[0].Result.Scan.Pairs())
		}
		return nil
	}
	var ctx context.Context
	ctx, n.end = context.WithCancel(m.Session.Life())
	n.looking = of
	return m.Session.Labels().DoubtsUntil(ctx, func(pairs [][2]int, err error) tea.Cmd {
		going := n.going
		n.end()
		*n = notable{of: of, pairs: pairs, at: -1}
		switch {
		case err != nil:
			m.Fail(err)
		case going && m.Undisturbed(ID):
			m.goToNotable()
		}
		return nil
	})
}

// mostSimilar are the first of a model's pairs.
func mostSimilar(kept []compare.Pair) [][2]int {
	pairs := make([][2]int, min(len(kept), mostNotable))
	for i := range pairs {
		pairs[i] = [2]int{int(kept[i].A), int(kept[i].B)}
	}
	return pairs
}

// nextNotable puts the cursor on the most notable pair, and from there on the next one.
func (m *Screen) nextNotable() tea.Cmd {
	cmd := m.lookForNotable()
	if m.notable.looking != (notableOf{}) {
		m.notable.going = true
		return cmd
	}
	m.goToNotable()
	return cmd
}

func (m *Screen) goToNotable() {
	n := &m.notable
	if len(n.pairs) == 0 {
		m.Inform("The models rank all pairs alike, or those that they do not are marked.")
		return
	}
	n.at = (n.at + 1) % len(n.pairs)
	p := n.pairs[n.at]
	m.Session.SetCursor(p[0], p[1])
	if len(m.Session.Ready()) < 2 {
		m.Inform("Pair %d of %d by similarity: texts %d and %d.", n.at+1, len(n.pairs), p[0]+1, p[1]+1)
		return
	}
	m.Inform("Disagreement %d of %d: the models rank texts %d and %d most differently.", n.at+1, len(n.pairs), p[0]+1, p[1]+1)
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
