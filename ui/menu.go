package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// menuItem is a line of a menu: the key that chooses it, what it is.
type menuItem struct {
	key, label string
	// enabled gives the reason why it cannot be chosen; empty when it can. It may
	// change while the menu is open; nil is always possible.
	enabled func() (reason string)
	run     func() tea.Cmd
}

func (it menuItem) reason() string {
	if it.enabled == nil {
		return ""
	}
	return it.enabled()
}

// menu is a short list in which every item has a key, so that a choice takes one
// stroke. The cursor begins on the first item that can be chosen; the key that
// opened the menu takes what is under it, as enter does.
type menu struct {
	closable
	*shared
	title  string
	again  key.Binding
	items  []menuItem
	cursor int
	top    int
	rows   int // visible rows
}

func newMenu(s *shared, title string, again key.Binding, items []menuItem) *menu {
	m := &menu{shared: s, title: title, again: again, items: items}
	m.cursor = max(slices.IndexFunc(items, func(it menuItem) bool { return it.reason() == "" }), 0)
	return m
}

func (m *menu) update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	for i, it := range m.items {
		if press.String() == it.key {
			m.cursor = i
			return m.choose()
		}
	}
	switch {
	case key.Matches(press, keyBack, keyQuit):
		m.dismiss()
	case key.Matches(press, keyEnter, m.again):
		return m.choose()
	case key.Matches(press, keyUp, keyPageUp):
		m.put(m.cursor - 1)
	case key.Matches(press, keyDown, keyPageDown):
		m.put(m.cursor + 1)
	case key.Matches(press, keyHome, keyTop):
		m.put(0)
	case key.Matches(press, keyEnd, keyBottom):
		m.put(len(m.items))
	default:
		m.info("The box takes %s or esc.", m.keysText())
	}
	return nil
}

// keysText names the keys of the items: "v, p, m".
func (m *menu) keysText() string {
	all := make([]string, len(m.items))
	for i, it := range m.items {
		all[i] = it.key
	}
	return strings.Join(all, ", ")
}

func (m *menu) put(at int) { m.cursor = min(max(at, 0), len(m.items)-1) }

// choose does what the item under the cursor says, or tells why it cannot be.
func (m *menu) choose() tea.Cmd {
	it := m.items[m.cursor]
	if why := it.reason(); why != "" {
		m.notify(noticeWarn, it.label+": "+why)
		return nil
	}
	m.dismiss()
	return it.run()
}

func (m *menu) fit(room size, _ *theme) {
	m.rows = max(min(len(m.items), room.h-2), 1)
	m.top = scrollTo(m.cursor, m.top, m.rows, len(m.items))
}

func (m *menu) view(room size, t *theme) []string {
	w := Width(m.title)
	for _, it := range m.items {
		w = max(w, Width(it.label)+5)
	}
	foot := []string{"enter", "choose", "esc", "back"}
	w = min(max(w, Width(hints(t, foot...))), room.w)
	lines := []string{t.title.Render(Fit(m.title, w))}
	for i := m.top; i < m.top+m.rows; i++ {
		lines = append(lines, m.row(i, w, t))
	}
	return append(lines, Fit(hints(t, foot...), w))
}

func (m *menu) row(i, w int, t *theme) string {
	it := m.items[i]
	base, mark := "", t.sgr.accent+t.sgr.strong
	switch {
	case i == m.cursor:
		base = t.sgr.selected
	case it.reason() != "":
		base = t.sgr.dim
	}
	return Fit(base+" "+mark+it.key+sgrReset+base+"  "+it.label+" ", w) + sgrReset
}

func (m *menu) mouse(ev mouseEvent) tea.Cmd {
	if ev.wheel != 0 {
		m.put(m.cursor + ev.wheel)
		return nil
	}
	if row := ev.y - 1; row >= 0 && row < m.rows {
		m.put(m.top + row)
		return m.choose()
	}
	return nil
}
