package texts

import (
	"path/filepath"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// columnBox shows the columns of a file with their first values, and asks which has
// the texts, which their groups and which their ids.
type columnBox struct {
	ui.Closable
	*ui.Context
	list  widget.List
	name  string // of the file
	look  *corpus.Look
	roles corpus.Columns
	head  int // how many lines stand above the columns
	// take goes on with what was chosen.
	take func(corpus.Columns) tea.Cmd
}

// The keys that say what the column under the cursor is.
var (
	keyColumnText  = ui.Bind("t", "text", "t", "space")
	keyColumnGroup = ui.Bind("g", "group", "g")
	keyColumnID    = ui.Bind("i", "id", "i")
)

// askColumns asks for the columns of a file, and opens it with them.
func (s *Screen) askColumns(o *opening, f found) {
	b := &columnBox{Context: s.Context, name: filepath.Base(f.path), look: f.look, roles: f.look.Columns}
	b.take = func(c corpus.Columns) tea.Cmd {
		options := o.options
		options.Columns = c
		return s.openFile(f.path, options)
	}
	for i, name := range f.look.Names {
		if b.role(name) == roleText {
			b.list.Fit(len(f.look.Names), 1)
			b.list.Put(i)
		}
	}
	s.Open(b)
}

// The words for what a column is.
const (
	roleText  = "text"
	roleID    = "id"
	roleGroup = "group"
)

// role is what a column is; empty for nothing.
func (b *columnBox) role(name string) string {
	switch name = strings.TrimSpace(name); name {
	case b.roles.Text:
		return roleText
	case b.roles.Group:
		return roleGroup
	case b.roles.ID:
		return roleID
	}
	return ""
}

// Update moves the cursor, says what its column is, or opens the file.
func (b *columnBox) Update(msg tea.Msg) tea.Cmd {
	cmd, done := ui.Press(b.Actions(), msg)
	if _, isKey := msg.(tea.KeyPressMsg); isKey && !done {
		b.Inform("Press t, g, i, enter or esc.")
	}
	return cmd
}

// Actions say what the column under the cursor is, open the file, and move; g is the
// group here, home leads to the first row.
func (b *columnBox) Actions() []ui.Action {
	is := func(k key.Binding, role string) ui.Action {
		return ui.Action{Key: k, Name: "it has the " + role, Group: ui.GroupDo, Run: ui.Do(func() { b.assign(role) })}
	}
	motions := slices.DeleteFunc(b.list.Motions(), func(act ui.Action) bool { return slices.Equal(act.Key.Keys(), ui.KeyTop.Keys()) })
	return append([]ui.Action{
		{Key: ui.KeyEnter, Group: ui.GroupDo, Run: b.open},
		is(keyColumnText, roleText), is(keyColumnGroup, roleGroup), is(keyColumnID, roleID),
		ui.Closing(b.Dismiss, ui.KeyQuit),
	}, motions...)
}

// open hands on what was chosen: a role without a column is to have none.
func (b *columnBox) open() tea.Cmd {
	if b.roles.Text == "" {
		b.Notify(ui.NoticeWarn, "Say which column has the texts: t takes the one under the cursor.")
		return nil
	}
	b.Dismiss()
	chosen := b.roles
	for _, name := range []*string{&chosen.ID, &chosen.Group} {
		if *name == "" {
			*name = corpus.NoColumn
		}
	}
	return b.take(chosen)
}

// assign gives the column under the cursor a role, or takes away that which it has.
func (b *columnBox) assign(role string) {
	if b.list.Cursor >= len(b.look.Names) {
		return
	}
	name := strings.TrimSpace(b.look.Names[b.list.Cursor])
	had := b.role(name)
	for _, r := range []struct {
		word string
		name *string
	}{{roleText, &b.roles.Text}, {roleGroup, &b.roles.Group}, {roleID, &b.roles.ID}} {
		switch {
		case r.word == had:
			*r.name = ""
		case r.word == role:
			*r.name = name
		}
	}
}

// Fit keeps the cursor in sight.
func (b *columnBox) Fit(room ui.Size, _ *theme.Theme) {
	n := len(b.look.Names)
	b.head = 2
	if n+3 > room.H {
		b.head = 1 // the explanation gives way where the window is low
	}
	b.list.Fit(n, max(min(n, room.H-b.head-1), 1))
}

// columnBoxWidth is how wide the box is at the most.
const columnBoxWidth = 110

// View draws a line for every column: what it is, its name, its first values.
func (b *columnBox) View(room ui.Size, t *theme.Theme) []string {
	w := min(room.W, columnBoxWidth)
	lines := []string{t.Title.Render(term.Fit("Which columns of "+term.Safe(b.name)+"?", w))}
	if b.head > 1 {
		lines = append(lines, t.Dim.Render(term.Fit("One has the texts; groups and ids are optional.", w)))
	}
	names := 0
	for _, name := range b.look.Names {
		names = max(names, term.Width(term.Safe(strings.TrimSpace(name))))
	}
	names = min(names, max(w/3, 8))
	for i := b.list.Top; i < b.list.Top+b.list.Shown && i < len(b.look.Names); i++ {
		lines = append(lines, b.row(i, names, w, t))
	}
	return append(lines, widget.Foot(t, w, ui.KeyEnter.Help().Key, "open", keyColumnText.Help().Key, "text", keyColumnGroup.Help().Key, "group",
		keyColumnID.Help().Key, "id", ui.KeyBack.Help().Key, "back"))
}

func (b *columnBox) row(i, names, w int, t *theme.Theme) string {
	name := b.look.Names[i]
	var values []string
	for _, row := range b.look.Rows {
		if value := strings.TrimSpace(row[i]); value != "" {
			values = append(values, term.Excerpt(value, columnBoxWidth))
		}
	}
	base, dim := "", t.Codes.Dim
	if i == b.list.Cursor {
		base, dim = t.Codes.Selected, t.Codes.Selected
	}
	role := term.PadRight(b.role(name), len(roleGroup))
	mark := "  "
	if b.role(name) != "" {
		mark = "● "
	}
	left := base + " " + mark + t.Codes.Strong + role + theme.Reset + base + "  " + term.Fit(term.Safe(strings.TrimSpace(name)), names) + "  "
	return term.Fit(left+dim+strings.Join(values, " · "), w) + theme.Reset
}

// Mouse puts the cursor on the column that was clicked.
func (b *columnBox) Mouse(ev ui.Mouse) tea.Cmd {
	b.list.Mouse(ev.Wheel, ev.Y-b.head)
	return nil
}
