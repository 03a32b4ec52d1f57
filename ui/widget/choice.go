package widget

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// MenuItem is a line of a menu: the key that chooses it, what it is.
type MenuItem struct {
	Key, Label string
	// Enabled gives the reason why it cannot be chosen; empty when it can. It may
	// change while the menu is open; nil is always possible.
	Enabled func() (reason string)
	Run     func() tea.Cmd
}

func (it MenuItem) reason() string {
	if it.Enabled == nil {
		return ""
	}
	return it.Enabled()
}

// Menu is a short list in which every item has a key, so that a choice takes one
// stroke. The cursor begins on the first item that can be chosen; the key that
// opened the menu takes what is under it, as enter does.
type Menu struct {
	ui.Closable
	List
	*ui.Context
	title string
	again key.Binding
	items []MenuItem
}

func NewMenu(s *ui.Context, title string, again key.Binding, items []MenuItem) *Menu {
	m := &Menu{Context: s, title: title, again: again, items: items}
	m.List.Fit(len(items), len(items))
	m.Put(slices.IndexFunc(items, func(it MenuItem) bool { return it.reason() == "" }))
	return m
}

func (m *Menu) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	for i, it := range m.items {
		if press.String() == it.Key {
			m.Put(i)
			return m.choose()
		}
	}
	switch {
	case key.Matches(press, ui.KeyBack, ui.KeyQuit):
		m.Dismiss()
	case key.Matches(press, ui.KeyEnter, m.again):
		return m.choose()
	case m.Pressed(press):
	default:
		m.Inform("The box takes %s or esc.", m.keysText())
	}
	return nil
}

// keysText names the keys of the items: "v, p, m".
func (m *Menu) keysText() string {
	all := make([]string, len(m.items))
	for i, it := range m.items {
		all[i] = it.Key
	}
	return strings.Join(all, ", ")
}

// choose does what the item under the cursor says, or tells why it cannot be.
func (m *Menu) choose() tea.Cmd {
	it := m.items[m.Cursor]
	if why := it.reason(); why != "" {
		m.Notify(ui.NoticeWarn, it.Label+": "+why)
		return nil
	}
	m.Dismiss()
	return it.Run()
}

func (m *Menu) Fit(room ui.Size, _ *theme.Theme) {
	m.List.Fit(len(m.items), max(min(len(m.items), room.H-2), 1))
}

func (m *Menu) View(room ui.Size, t *theme.Theme) []string {
	w := term.Width(m.title)
	for _, it := range m.items {
		w = max(w, term.Width(it.Label)+5)
	}
	foot := []string{"enter", "choose", "esc", "back"}
	w = min(max(w, term.Width(Hints(t, foot...))), room.W)
	lines := []string{t.Title.Render(term.Fit(m.title, w))}
	for i := m.Top; i < m.Top+m.Shown; i++ {
		lines = append(lines, m.row(i, w, t))
	}
	return append(lines, term.Fit(Hints(t, foot...), w))
}

func (m *Menu) row(i, w int, t *theme.Theme) string {
	it := m.items[i]
	base, mark := "", t.Codes.Accent+t.Codes.Strong
	switch {
	case i == m.Cursor:
		base = t.Codes.Selected
	case it.reason() != "":
		base = t.Codes.Dim
	}
	return term.Fit(base+" "+mark+it.Key+theme.Reset+base+"  "+it.Label+" ", w) + theme.Reset
}

func (m *Menu) Mouse(ev ui.Mouse) tea.Cmd {
	if m.List.Mouse(ev.Wheel, ev.Y-1) {
		return m.choose()
	}
	return nil
}
