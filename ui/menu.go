package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/term"
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
	list
	*shared
	title string
	again key.Binding
	items []menuItem
}

func newMenu(s *shared, title string, again key.Binding, items []menuItem) *menu {
	m := &menu{shared: s, title: title, again: again, items: items}
	m.list.fit(len(items), len(items))
	m.put(slices.IndexFunc(items, func(it menuItem) bool { return it.reason() == "" }))
	return m
}

func (m *menu) update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	for i, it := range m.items {
		if press.String() == it.key {
			m.put(i)
			return m.choose()
		}
	}
	switch {
	case key.Matches(press, keyBack, keyQuit):
		m.dismiss()
	case key.Matches(press, keyEnter, m.again):
		return m.choose()
	case m.pressed(press):
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
	m.list.fit(len(m.items), max(min(len(m.items), room.h-2), 1))
}

func (m *menu) view(room size, t *theme) []string {
	w := term.Width(m.title)
	for _, it := range m.items {
		w = max(w, term.Width(it.label)+5)
	}
	foot := []string{"enter", "choose", "esc", "back"}
	w = min(max(w, term.Width(hints(t, foot...))), room.w)
	lines := []string{t.title.Render(term.Fit(m.title, w))}
	for i := m.top; i < m.top+m.shown; i++ {
		lines = append(lines, m.row(i, w, t))
	}
	return append(lines, term.Fit(hints(t, foot...), w))
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
	return term.Fit(base+" "+mark+it.key+sgrReset+base+"  "+it.label+" ", w) + sgrReset
}

func (m *menu) mouse(ev mouseEvent) tea.Cmd {
	if m.list.mouse(ev.wheel, ev.y-1) {
		return m.choose()
	}
	return nil
}
