package ui

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"github.com/vecscope/vecscope/ui/term"
)

// pickItem is one line of a picker.
type pickItem struct {
	label string
	// detail stands dimmed behind the label; the filter searches it too.
	detail string
	// hint stands at the right end, such as a key.
	hint string
	// note is shown below the list while the cursor is on the item.
	note string
	// marked shows a mark before the label.
	marked bool
	// reason says why the item cannot be chosen; empty when it can.
	reason string
	choose func() tea.Cmd
}

// picker is a list to choose from; typing filters it.
type picker struct {
	closable
	list
	*shared
	title, about string
	// items makes the list anew after every choice.
	items func() []pickItem
	// typed makes an item of what was typed, to stand first; may be nil.
	typed func(query string) (pickItem, bool)
	// nothing says what to type when nothing matches; empty is nothing to say.
	nothing string
	// stays keeps the picker open after a choice, for marking several.
	stays bool

	input   textinput.Model
	all     []pickItem
	matches []pickMatch
}

// pickMatch is an item that the filter lets through, with the letters it hit.
type pickMatch struct {
	item pickItem
	hits []int // byte positions in label + " " + detail
}

// pickItems lets fuzzy search label and detail.
type pickItems []pickItem

func (p pickItems) String(i int) string { return p[i].label + " " + p[i].detail }
func (p pickItems) Len() int            { return len(p) }

func newPicker(s *shared, title, about string, items func() []pickItem) *picker {
	p := &picker{shared: s, title: title, about: about, items: items, input: newInput(s.theme, "type to filter")}
	p.reload()
	return p
}

func (p *picker) reload() {
	p.all = p.items()
	p.filter()
}

func (p *picker) filter() {
	query := strings.TrimSpace(p.input.Value())
	p.matches = p.matches[:0]
	if query == "" {
		for _, it := range p.all {
			p.matches = append(p.matches, pickMatch{item: it})
		}
	} else {
		if p.typed != nil {
			if it, ok := p.typed(query); ok {
				p.matches = append(p.matches, pickMatch{item: it})
			}
		}
		found := fuzzy.FindFrom(query, pickItems(p.all))
		// What holds the words as they are stands before what merely has their letters.
		slices.SortStableFunc(found, func(a, b fuzzy.Match) int {
			return literally(query, b.Str) - literally(query, a.Str)
		})
		found = slices.DeleteFunc(found, func(m fuzzy.Match) bool {
			return literally(query, m.Str) == 0 && !gathered(m.Str, m.MatchedIndexes)
		})
		for _, m := range found {
			p.matches = append(p.matches, pickMatch{item: p.all[m.Index], hits: m.MatchedIndexes})
		}
	}
	p.list.fit(len(p.matches), p.shown)
}

func (p *picker) update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return p.edit(msg)
	}
	if by, ok := filterStep(press, p.page()); ok {
		p.move(by)
		return nil
	}
	switch {
	case key.Matches(press, keyBack):
		if p.input.Value() == "" {
			p.dismiss()
		} else {
			p.input.Reset()
			p.filter()
		}
	case key.Matches(press, keyEnter), p.stays && key.Matches(press, keyChoose):
		return p.choose()
	default:
		return p.edit(msg)
	}
	return nil
}

func (p *picker) edit(msg tea.Msg) tea.Cmd {
	before := p.input.Value()
	var cmd tea.Cmd
	p.input, cmd = p.input.Update(msg)
	if p.input.Value() != before {
		p.put(0)
		p.filter()
	}
	return cmd
}

func (p *picker) choose() tea.Cmd {
	if p.cursor >= len(p.matches) {
		p.notify(noticeWarn, sentence(p.nothingText()))
		return nil
	}
	it := p.matches[p.cursor].item
	if it.reason != "" {
		p.notify(noticeWarn, it.label+": "+it.reason)
		return nil
	}
	if !p.stays {
		p.dismiss()
	}
	cmd := it.choose()
	if p.stays {
		p.input.Reset()
		p.reload()
	}
	return cmd
}

// head is how many lines stand above the list.
func (p *picker) head() int {
	if p.about == "" {
		return 2
	}
	return 3
}

func (p *picker) fit(room size, _ *theme) {
	note := p.note(p.width(room), room.h-p.head()-1)
	p.list.fit(len(p.matches), max(min(max(len(p.all), 1), room.h-p.head()-len(note)-1), 1))
}

func (p *picker) width(room size) int { return min(max(p.widest(), 36), room.w) }

func (p *picker) view(room size, t *theme) []string {
	w := p.width(room)
	in := p.input
	in.SetWidth(max(w-6, 1))
	note := p.note(w, room.h-p.head()-1)
	lines := []string{term.Fit(t.title.Render(p.title)+t.dim.Render(fmt.Sprintf("  %d of %d", len(p.matches), len(p.all))), w)}
	if p.about != "" {
		lines = append(lines, t.dim.Render(term.Fit(p.about, w)))
	}
	lines = append(lines, inputLine(in, w))
	for i := range p.shown {
		lines = append(lines, p.row(p.top+i, w, t))
	}
	for _, l := range note {
		lines = append(lines, t.accent.Render(term.Fit(l, w)))
	}
	lines = append(lines, term.Fit(p.hintLine(t), w))
	return lines
}

// note wraps the note of the item under the cursor, always in as many lines as
// the longest one takes; it goes before the list has fewer than three rows.
func (p *picker) note(w, room int) []string {
	lines := 0
	for _, it := range p.all {
		if it.note != "" {
			lines = max(lines, len(term.SafeLines(it.note, w)))
		}
	}
	if lines == 0 || room-lines < 3 {
		return nil
	}
	var out []string
	if p.cursor < len(p.matches) {
		out = term.SafeLines(p.matches[p.cursor].item.note, w)
	}
	for len(out) < lines {
		out = append(out, "")
	}
	return out
}

func (p *picker) hintLine(t *theme) string {
	typed := p.input.Value() != ""
	switch {
	case p.stays && typed:
		return hints(t, "space, enter", "mark", "esc", "clear")
	case p.stays:
		return hints(t, "space, enter", "mark", "esc", "done")
	case typed:
		return hints(t, "enter", "choose", "esc", "clear")
	}
	return hints(t, "enter", "choose", "esc", "back")
}

// noteWidth is how wide a note makes the picker at the most.
const noteWidth = 66

func (p *picker) widest() int {
	w := term.Width(p.about)
	for _, it := range p.all {
		w = max(w, min(term.Width(it.note), noteWidth))
		w = max(w, 2+term.Width(it.label)+2+term.Width(it.detail)+2+term.Width(it.hint))
	}
	return w
}

func (p *picker) row(i, w int, t *theme) string {
	if i >= len(p.matches) {
		if i == 0 {
			return t.dim.Render(term.Fit("  "+p.nothingText(), w))
		}
		return strings.Repeat(" ", w)
	}
	m := p.matches[i]
	mark := "  "
	if m.item.marked {
		mark = "● "
	}
	base := ""
	switch {
	case i == p.cursor:
		base = t.sgr.selected
	case m.item.reason != "":
		base = t.sgr.dim
	}
	label := highlight(m.item.label, m.hits, 0, base, t.sgr.match)
	detailStyle := base
	if i != p.cursor {
		detailStyle += t.sgr.dim
	}
	detail := highlight(m.item.detail, m.hits, len(m.item.label)+1, detailStyle, t.sgr.match)
	left := base + mark + label + "  " + detailStyle + detail
	hint := ""
	if m.item.hint != "" {
		hint = base + t.sgr.accent + " " + m.item.hint
	}
	return term.Fit(left, w-term.Width(hint)) + hint + sgrReset
}

func (p *picker) nothingText() string {
	if p.nothing == "" {
		return "nothing matches"
	}
	return "nothing matches: " + p.nothing
}

// highlight writes s with the hit bytes in the match look; offset is where s
// starts in the text that was searched.
func highlight(s string, hits []int, offset int, base, match string) string {
	if len(hits) == 0 {
		return s
	}
	hit := make(map[int]bool, len(hits))
	for _, h := range hits {
		hit[h-offset] = true
	}
	var b strings.Builder
	for i, r := range s {
		if hit[i] {
			b.WriteString(match + string(r) + sgrReset + base)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func (p *picker) mouse(ev mouseEvent) tea.Cmd {
	if !p.list.mouse(ev.wheel, ev.y-p.head()) {
		return nil
	}
	return p.choose()
}
