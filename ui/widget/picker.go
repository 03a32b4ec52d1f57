package widget

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// PickItem is one line of a picker.
type PickItem struct {
	Label string
	// Detail stands dimmed behind the label; the filter searches it too.
	Detail string
	// Hint stands at the right end, such as a key.
	Hint string
	// Note is shown below the list while the cursor is on the item.
	Note string
	// Marked shows a mark before the label.
	Marked bool
	// Reason says why the item cannot be chosen; empty when it can.
	Reason string
	Choose func() tea.Cmd
}

// Picker is a list to choose from; typing filters it.
type Picker struct {
	ui.Closable
	List
	*ui.Context
	title, about string
	// items makes the list anew after every choice.
	items func() []PickItem
	// Typed makes an item of what was typed, to stand first; may be nil.
	Typed func(query string) (PickItem, bool)
	// Nothing says what to type when nothing matches; empty is nothing to say.
	Nothing string
	// Stays keeps the picker open after a choice, for marking several.
	Stays bool

	Input   Input
	all     []PickItem
	Matches []pickMatch
}

// pickMatch is an item that the filter lets through, with the letters it hit.
type pickMatch struct {
	Item PickItem
	hits []int // byte positions in label + " " + detail
}

// NewPicker is a picker of items, which are made anew after every choice; about is a
// line under the title and may be empty.
func NewPicker(s *ui.Context, title, about string, items func() []PickItem) *Picker {
	p := &Picker{Context: s, title: title, about: about, items: items, Input: NewInput(s.Theme, "type to filter")}
	p.reload()
	return p
}

func (p *Picker) reload() {
	p.all = p.items()
	p.Filter()
}

// Filter finds the items that match what was typed, the best first.
func (p *Picker) Filter() {
	query := strings.TrimSpace(p.Input.Value())
	p.Matches = p.Matches[:0]
	if query == "" {
		for _, it := range p.all {
			p.Matches = append(p.Matches, pickMatch{Item: it})
		}
	} else {
		if p.Typed != nil {
			if it, ok := p.Typed(query); ok {
				p.Matches = append(p.Matches, pickMatch{Item: it})
			}
		}
		searched := make([]string, len(p.all))
		for i, it := range p.all {
			searched[i] = it.Label + " " + it.Detail
		}
		for _, m := range ranked(query, searched) {
			p.Matches = append(p.Matches, pickMatch{Item: p.all[m.Index], hits: m.Hits})
		}
	}
	p.List.Fit(len(p.Matches), p.Shown)
}

// Typing tells that letters go into the query.
func (p *Picker) Typing() bool { return true }

// Update moves the cursor, chooses, or edits the filter; esc clears it before it leaves.
func (p *Picker) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return p.edit(msg)
	}
	if by, ok := FilterStep(press, p.Page()); ok {
		p.move(by)
		return nil
	}
	switch {
	case key.Matches(press, ui.KeyBack):
		if p.Input.Value() == "" {
			p.Dismiss()
		} else {
			p.Input.Reset()
			p.Filter()
		}
	case key.Matches(press, ui.KeyEnter), p.Stays && key.Matches(press, ui.KeyChoose):
		return p.choose()
	default:
		return p.edit(msg)
	}
	return nil
}

func (p *Picker) edit(msg tea.Msg) tea.Cmd {
	before := p.Input.Value()
	var cmd tea.Cmd
	p.Input, cmd = p.Input.Update(msg)
	if p.Input.Value() != before {
		p.Put(0)
		p.Filter()
	}
	return cmd
}

func (p *Picker) choose() tea.Cmd {
	if p.Cursor >= len(p.Matches) {
		p.Notify(ui.NoticeWarn, Sentence(p.nothingText()))
		return nil
	}
	it := p.Matches[p.Cursor].Item
	if it.Reason != "" {
		p.Notify(ui.NoticeWarn, it.Label+": "+it.Reason)
		return nil
	}
	if !p.Stays {
		p.Dismiss()
	}
	cmd := it.Choose()
	if p.Stays {
		p.Input.Reset()
		p.reload()
	}
	return cmd
}

// Renew makes the list anew where what a choice opened has changed it.
func (p *Picker) Renew() { p.reload() }

// head is how many lines stand above the list.
func (p *Picker) head() int {
	if p.about == "" {
		return 2
	}
	return 3
}

// Fit keeps the cursor in sight.
func (p *Picker) Fit(room ui.Size, _ *theme.Theme) {
	note := p.note(p.width(room), room.H-p.head()-1)
	p.List.Fit(len(p.Matches), max(min(max(len(p.all), 1), room.H-p.head()-len(note)-1), 1))
}

func (p *Picker) width(room ui.Size) int { return min(max(p.widest(), 36), room.W) }

// View draws the filter over the items, and the note of the one under the cursor below.
func (p *Picker) View(room ui.Size, t *theme.Theme) []string {
	w := p.width(room)
	in := p.Input
	in.SetWidth(max(w-6, 1))
	note := p.note(w, room.H-p.head()-1)
	lines := []string{term.Fit(t.Title.Render(p.title)+t.Dim.Render(fmt.Sprintf("  %d of %d", len(p.Matches), len(p.all))), w)}
	if p.about != "" {
		lines = append(lines, t.Dim.Render(term.Fit(p.about, w)))
	}
	lines = append(lines, InputLine(in, w))
	for i := range p.Shown {
		lines = append(lines, p.row(p.Top+i, w, t))
	}
	for _, l := range note {
		lines = append(lines, t.Accent.Render(term.Fit(l, w)))
	}
	lines = append(lines, term.Fit(p.hintLine(t), w))
	return lines
}

// note wraps the note of the item under the cursor, always in as many lines as
// the longest one takes; it goes before the list has fewer than three rows.
func (p *Picker) note(w, room int) []string {
	lines := 0
	for _, it := range p.all {
		if it.Note != "" {
			lines = max(lines, len(term.SafeLines(it.Note, w)))
		}
	}
	if lines == 0 || room-lines < 3 {
		return nil
	}
	var out []string
	if p.Cursor < len(p.Matches) {
		out = term.SafeLines(p.Matches[p.Cursor].Item.Note, w)
	}
	for len(out) < lines {
		out = append(out, "")
	}
	return out
}

func (p *Picker) hintLine(t *theme.Theme) string {
	typed := p.Input.Value() != ""
	switch {
	case p.Stays && typed:
		return Hints(t, "space, enter", "mark", "esc", "clear")
	case p.Stays:
		return Hints(t, "space, enter", "mark", "esc", "done")
	case typed:
		return Hints(t, "enter", "choose", "esc", "clear")
	}
	return Hints(t, "enter", "choose", "esc", "back")
}

// noteWidth is how wide a note makes the picker at the most.
const noteWidth = 66

func (p *Picker) widest() int {
	w := term.Width(p.about)
	for _, it := range p.all {
		w = max(w, min(term.Width(it.Note), noteWidth))
		w = max(w, 2+term.Width(it.Label)+2+term.Width(it.Detail)+2+term.Width(it.Hint))
	}
	return w
}

func (p *Picker) row(i, w int, t *theme.Theme) string {
	if i >= len(p.Matches) {
		if i == 0 {
			return t.Dim.Render(term.Fit("  "+p.nothingText(), w))
		}
		return strings.Repeat(" ", w)
	}
	m := p.Matches[i]
	mark := "  "
	if m.Item.Marked {
		mark = "● "
	}
	base := ""
	switch {
	case i == p.Cursor:
		base = t.Codes.Selected
	case m.Item.Reason != "":
		base = t.Codes.Dim
	}
	label := Highlight(m.Item.Label, m.hits, 0, base, t.Codes.Match)
	detailStyle := base
	if i != p.Cursor {
		detailStyle += t.Codes.Dim
	}
	detail := Highlight(m.Item.Detail, m.hits, len(m.Item.Label)+1, detailStyle, t.Codes.Match)
	left := base + mark + label + "  " + detailStyle + detail
	hint := ""
	if m.Item.Hint != "" {
		hint = base + t.Codes.Accent + " " + m.Item.Hint
	}
	return term.Fit(left, w-term.Width(hint)) + hint + theme.Reset
}

func (p *Picker) nothingText() string {
	if p.Nothing == "" {
		return "nothing matches"
	}
	return "nothing matches: " + p.Nothing
}

// Highlight writes s with the hit bytes in the match look; offset is where s
// starts in the text that was searched.
func Highlight(s string, hits []int, offset int, base, match string) string {
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
			b.WriteString(match + string(r) + theme.Reset + base)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Mouse chooses the item that was clicked, or moves the cursor.
func (p *Picker) Mouse(ev ui.Mouse) tea.Cmd {
	if !p.List.Mouse(ev.Wheel, ev.Y-p.head()) {
		return nil
	}
	return p.choose()
}
