package pair

import (
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// View shows two texts in full, with the words that differ marked, and what
// every candidate makes of them.
type View struct {
	widget.Reader // of the page, and of every candidate's value above it
	*ui.Context
	a, b         int // indices into the texts
	textA, textB corpus.Text
	page         pairPage
}

// pairPage is the texts wrapped to a width; it is made anew when what it shows
// has changed, because marking the differences of long texts takes a while.
type pairPage struct {
	w     int
	theme *theme.Theme
	lines []string
}

// New is the box of the texts at a and b of those that the results belong to.
func New(s *ui.Context, a, b int) *View {
	texts := s.Session.Texts()
	p := &View{Context: s, a: a, b: b, textA: texts[a], textB: texts[b]}
	like := ui.Action{Key: ui.KeyLike, Name: "more like the first text", Group: ui.GroupDo, Run: ui.Do(p.like)}
	p.Reader = widget.Reader{
		Width: pairWidth, Write: p.content, Copied: p.copyPair, More: []ui.Action{like},
		Foot: func(position string) []string {
			return widget.WithPosition([]string{"esc", "back", "y", "copy", "~", "more like the first"}, 2, position)
		},
	}
	return p
}

// like searches for what is like the first text.
func (p *View) like() {
	if !p.gone() {
		p.Dismiss()
		p.SearchLike(p.textA.Text)
	}
}

// gone tells that the texts were changed since the pair was opened, so that other
// ones may stand in their places.
func (p *View) gone() bool {
	texts := p.Session.Texts()
	return p.a >= len(texts) || p.b >= len(texts) || texts[p.a] != p.textA || texts[p.b] != p.textB
}

func (p *View) copyPair() tea.Cmd {
	why := export.HasAnyResult(p.Session)()
	if p.gone() {
		why = "these texts were changed meanwhile"
	}
	if why != "" {
		p.Notify(ui.NoticeWarn, "copy the pair: "+why)
		return nil
	}
	return p.Copy(export.Pair(p.Session, p.a, p.b))
}

// pairWidth is how wide a pair is drawn at the most.
const pairWidth = 110

// content is what the box says.
func (p *View) content(w int, t *theme.Theme) []string {
	if p.gone() {
		return []string{term.Fit("These texts were changed meanwhile; esc leads back.", min(w, 50))}
	}
	return append(append(Values(p.Session, p.a, p.b, w, t), ""), p.texts(w, t)...)
}

// texts are both texts under their names.
func (p *View) texts(w int, t *theme.Theme) []string {
	if p.page.lines == nil || p.page.w != w || p.page.theme != t {
		p.page = pairPage{w, t, Texts(p.Session, p.a, p.b, w, ui.Unlimited, t)}
	}
	return p.page.lines
}
