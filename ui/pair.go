package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/term"
)

// pairView shows two texts in full, with the words that differ marked, and what
// every candidate makes of them.
type pairView struct {
	reader // of the page, and of every candidate's value above it
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
	p := &pairView{shared: s, a: a, b: b, textA: texts[a], textB: texts[b]}
	p.reader = reader{
		width: pairWidth, write: p.content, copied: p.copyPair,
		foot: func(position string) []string {
			return withPosition([]string{"esc", "back", "y", "copy"}, 2, position)
		},
	}
	return p
}

// gone tells that the texts were changed since the pair was opened, so that other
// ones may stand in their places.
func (p *pairView) gone() bool {
	texts := p.store.texts()
	return p.a >= len(texts) || p.b >= len(texts) || texts[p.a] != p.textA || texts[p.b] != p.textB
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

// content is what the box says.
func (p *pairView) content(w int, t *theme) []string {
	if p.gone() {
		return []string{term.Fit("These texts were changed meanwhile; esc leads back.", min(w, 50))}
	}
	return append(append(pairValues(p.store, p.a, p.b, w, t), ""), p.texts(w, t)...)
}

// texts are both texts under their names.
func (p *pairView) texts(w int, t *theme) []string {
	if p.page.lines == nil || p.page.w != w || p.page.theme != t {
		p.page = pairPage{w, t, pairTexts(p.store, p.a, p.b, w, far, t)}
	}
	return p.page.lines[:len(p.page.lines):len(p.page.lines)]
}
