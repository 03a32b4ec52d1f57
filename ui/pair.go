package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
)

// pairView shows two texts in full, with the words that differ marked, and what
// every candidate makes of them.
type pairView struct {
	closable
	scroller // the page, and every candidate's value above it
	*shared
	a, b         int // indices into the texts
	textA, textB corpus.Text
	page         pairPage
}

// pairPage is the texts wrapped to a width; it is made anew when what it shows
// has changed, because marking the differences of long texts takes a while.
type pairPage struct {
	w     int
	theme *theme
	lines []string
}

func newPairView(s *shared, a, b int) *pairView {
	texts := s.store.texts()
	return &pairView{shared: s, a: a, b: b, textA: texts[a], textB: texts[b]}
}

// gone tells that the texts were changed since the pair was opened, so that other
// ones may stand in their places.
func (p *pairView) gone() bool {
	texts := p.store.texts()
	return p.a >= len(texts) || p.b >= len(texts) || texts[p.a] != p.textA || texts[p.b] != p.textB
}

func (p *pairView) update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
	case key.Matches(press, keyBack, keyEnter, keyQuit):
		p.dismiss()
	case key.Matches(press, keyCopy):
		return p.copyPair()
	default:
		p.pressed(press)
	}
	return nil
}

func (p *pairView) copyPair() tea.Cmd {
	why := lacksAny(p.store)
	if p.gone() {
		why = "these texts were changed meanwhile"
	}
	if why != "" {
		p.notify(noticeWarn, "copy the pair: "+why)
		return nil
	}
	return p.copy(pairExport(p.store, p.a, p.b))
}

// pairWidth is how wide a pair is drawn at the most.
const pairWidth = 110

func (p *pairView) fit(room size, t *theme) {
	w := min(room.w, pairWidth)
	lines := []string{Fit("These texts were changed meanwhile; esc leads back.", min(w, 50))}
	if !p.gone() {
		lines = append(append(pairValues(p.store, p.a, p.b, w, t), ""), p.texts(w, t)...)
	}
	p.hold(lines, room.h-1)
}

func (p *pairView) view(room size, t *theme) []string {
	w := min(room.w, pairWidth)
	foot := hints(t, "esc", "back", "y", "copy")
	if position := p.position(); position != "" {
		foot = hints(t, "esc", "back", "↑↓", position, "y", "copy")
	}
	return append(p.shown(w), Fit(foot, w))
}

// texts are both texts under their names.
func (p *pairView) texts(w int, t *theme) []string {
	if p.page.lines == nil || p.page.w != w || p.page.theme != t {
		p.page = pairPage{w, t, pairTexts(p.store, p.a, p.b, w, far, t)}
	}
	return p.page.lines[:len(p.page.lines):len(p.page.lines)]
}
