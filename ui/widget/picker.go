package widget

import (
	"fmt"
	"slices"
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
	// Words are others for what the item does: who types one of them finds it.
	Words []string
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
	// Aligned has details stand under each other where there is room.
	Aligned bool

	Input Input
	// begun tells that letters go into the filter although it is still empty.
	begun bool
	// first is a letter that moved the cursor and may yet begin a word.
	first tea.Msg
	// moved tells that the cursor was moved since anything was typed.
	moved   bool
	all     []PickItem
	labels  int // how wide the longest label of all is
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
	p.all, p.labels = p.items(), 0
	for _, it := range p.all {
		p.labels = max(p.labels, term.Width(it.Label))
	}
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
		p.Matches = append(p.Matches, matching(query, p.all)...)
	}
	p.List.Fit(len(p.Matches), p.Shown)
}

// matching are the items that match a query: those that say it, then those that have
// another word for it, then those that merely have its letters.
func matching(query string, items []PickItem) []pickMatch {
	searched := make([]string, len(items))
	for i, it := range items {
		searched[i] = it.Label + " " + it.Detail
	}
	found := ranked(query, searched)
	var out []pickMatch
	taken := map[int]bool{}
	take := func(i int, hits []int) {
		if !taken[i] {
			out, taken[i] = append(out, pickMatch{Item: items[i], hits: hits}), true
		}
	}
	for _, m := range found {
		if literally(query, searched[m.Index]) > 0 {
			take(m.Index, m.Hits)
		}
	}
	for i, it := range items {
		if slices.ContainsFunc(it.Words, func(w string) bool { return literally(query, w) == 2 }) {
			take(i, nil)
		}
	}
	for _, m := range found {
		take(m.Index, m.Hits)
	}
	return out
}

// Typing tells that letters go into the query.
func (p *Picker) Typing() bool { return true }

// Update moves the cursor, chooses, or edits the filter; esc clears it before it leaves.
func (p *Picker) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return p.edit(msg)
	}
	first, fresh := p.first, p.fresh()
	p.first = nil
	if cmd, done := ui.Press(p.Actions(), msg); done {
		if fresh && press.Text != "" && key.Matches(press, ui.KeyUp, ui.KeyDown) {
			if !p.moved {
				p.first = press
			}
			p.moved = true
		}
		return cmd
	}
	if first != nil && press.Text != "" {
		return tea.Batch(p.edit(first), p.edit(msg))
	}
	return p.edit(msg)
}

// Actions choose, move and leave, and edit the filter.
func (p *Picker) Actions() []ui.Action {
	choose := ui.Action{Key: ui.KeyEnter, Name: "choose", Group: ui.GroupDo, Run: p.choose}
	if p.Stays {
		choose.Key, choose.Name = ui.Bind("space/enter", "mark", "space", "enter"), "mark"
	}
	if !p.fresh() {
		clearing := ui.Action{Key: ui.KeyBack, Name: "clear the filter", Group: ui.GroupDo, Run: ui.Do(func() {
			p.begun, p.moved = false, false
			p.Input.Reset()
			p.Filter()
		})}
		return append(append([]ui.Action{choose, clearing}, p.FilterMotions()...), p.Input.Editing()...)
	}
	out := []ui.Action{choose, ui.Closing(p.Dismiss),
		{Key: ui.KeyFilter, Name: "filter; any letter but j and k begins it too", Group: ui.GroupDo, Run: ui.Do(func() { p.begun = true })},
		{Key: ui.KeyUp, Group: ui.GroupMove, Run: ui.Do(func() { p.move(-1) })},
		{Key: ui.KeyDown, Group: ui.GroupMove, Run: ui.Do(func() { p.move(1) })},
	}
	return append(out, p.FilterMotions()...)
}

// fresh tells that nothing has been typed: letters that move in every list do so here.
func (p *Picker) fresh() bool { return !p.begun && p.Input.Value() == "" }

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
	lines = append(lines, TypedFoot(t, w, p.hints()...))
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

func (p *Picker) hints() []string {
	typed := p.Input.Value() != ""
	switch {
	case p.Stays && typed:
		return []string{"space, enter", "mark", "esc", "clear"}
	case p.Stays:
		return []string{"space, enter", "mark", "esc", "done"}
	case typed:
		return []string{"enter", "choose", "esc", "clear"}
	}
	return []string{"enter", "choose", "esc", "back"}
}

// noteWidth is how wide a note makes the picker at the most.
const noteWidth = 66

func (p *Picker) widest() int {
	w := term.Width(p.about)
	for _, it := range p.all {
		w = max(w, min(term.Width(it.Note), noteWidth))
		w = max(w, 2+term.Width(it.Label)+term.Width(p.aligning(it, ui.Unlimited))+2+term.Width(it.Detail)+2+term.Width(it.Hint))
	}
	return w
}

// aligning are the blanks before the detail of an item, which has room for label and detail.
func (p *Picker) aligning(it PickItem, room int) string {
	if !p.Aligned {
		return ""
	}
	if p.labels+2+term.Width(it.Detail) > room {
		return ""
	}
	return term.Blanks(p.labels - term.Width(it.Label))
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
	hint := ""
	if m.Item.Hint != "" {
		hint = base + t.Codes.Accent + " " + m.Item.Hint
	}
	left := base + mark + label + p.aligning(m.Item, w-term.Width(mark)-term.Width(hint)) + "  " + detailStyle + detail
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
