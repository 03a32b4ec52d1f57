package texts

import (
	"fmt"
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
	list widget.List
	name string // of the file
	look *corpus.Look
	// texts are the columns that make a text, in their order; id and group are empty
	// for none.
	texts     []string
	id, group string
	head      int // how many lines stand above the columns
	// take goes on with what was chosen.
	take func(corpus.Columns) tea.Cmd
}

// The keys that say what the column under the cursor is.
var (
	keyColumnText  = ui.Bind("t", "text", "t")
	keyColumnMore  = ui.Bind("space", "one more text", "space")
	keyColumnGroup = ui.Bind("g", "group", "g")
	keyColumnID    = ui.Bind("i", "id", "i")
)

// askColumns asks for the columns of a file, and opens it with them.
func (s *Screen) askColumns(o *opening, f found) {
	b := &columnBox{Context: s.Context, name: filepath.Base(f.path), look: f.look,
		texts: corpus.SplitColumns(f.look.Columns.Text), id: f.look.Columns.ID, group: f.look.Columns.Group}
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

// roleWidth is that of the longest, a number included.
const roleWidth = len(roleText + " 1")

// role is what a column is; empty for nothing.
func (b *columnBox) role(name string) string {
	switch name = strings.TrimSpace(name); {
	case slices.Contains(b.texts, name):
		return roleText
	case name == b.group:
		return roleGroup
	case name == b.id:
		return roleID
	}
	return ""
}

// shownRole is a column's role as the box shows it: of several with the texts, the
// number says which is the first.
func (b *columnBox) shownRole(name string) string {
	role := b.role(name)
	if role == roleText && len(b.texts) > 1 {
		role += fmt.Sprintf(" %d", slices.Index(b.texts, strings.TrimSpace(name))+1)
	}
	return role
}

// Update moves the cursor, says what its column is, or opens the file.
func (b *columnBox) Update(msg tea.Msg) tea.Cmd {
	cmd, done := ui.Press(b.Actions(), msg)
	if _, isKey := msg.(tea.KeyPressMsg); isKey && !done {
		b.Inform("Press t, space, g, i, enter or esc.")
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
		is(keyColumnText, roleText), {Key: keyColumnMore, Name: "it has a part of the text too, or no more", Group: ui.GroupDo, Run: ui.Do(b.toggleText)}, is(keyColumnGroup, roleGroup), is(keyColumnID, roleID),
		ui.Closing(b.Dismiss, ui.KeyQuit),
	}, motions...)
}

// open hands on what was chosen: a role without a column is to have none. Ids that stay as
// proposed are a guess still, which the reading drops where one repeats.
func (b *columnBox) open() tea.Cmd {
	if len(b.texts) == 0 {
		b.Notify(ui.NoticeWarn, "Say which column has the texts: t takes the one under the cursor.")
		return nil
	}
	b.Dismiss()
	chosen := corpus.Columns{Text: corpus.JoinColumns(b.texts...), ID: b.id, Group: b.group}
	for _, name := range []*string{&chosen.ID, &chosen.Group} {
		if *name == "" {
			*name = corpus.NoColumn
		}
	}
	if b.id == b.look.Columns.ID && b.id != "" {
		chosen.ID = ""
	}
	return b.take(chosen)
}

// marked is the column under the cursor; empty when there is none.
func (b *columnBox) marked() string {
	if b.list.Cursor >= len(b.look.Names) {
		return ""
	}
	return strings.TrimSpace(b.look.Names[b.list.Cursor])
}

// free takes from a column what it is.
func (b *columnBox) free(name string) {
	b.texts = slices.DeleteFunc(b.texts, func(text string) bool { return text == name })
	if b.id == name {
		b.id = ""
	}
	if b.group == name {
		b.group = ""
	}
}

// assign gives the column under the cursor a role that it alone has, or takes away that
// which it has.
func (b *columnBox) assign(role string) {
	name := b.marked()
	if name == "" {
		return
	}
	had := b.role(name) == role && !(role == roleText && len(b.texts) > 1)
	b.free(name)
	switch {
	case had:
	case role == roleText:
		b.texts = []string{name}
	case role == roleGroup:
		b.group = name
	case role == roleID:
		b.id = name
	}
}

// toggleText puts the values of the column under the cursor behind those that make the
// text, or leaves them out.
func (b *columnBox) toggleText() {
	name := b.marked()
	had := b.role(name) == roleText
	if b.free(name); !had && name != "" {
		b.texts = append(b.texts, name)
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
		lines = append(lines, t.Dim.Render(term.Fit(b.about(), w)))
	}
	names := 0
	for _, name := range b.look.Names {
		names = max(names, term.Width(term.Safe(strings.TrimSpace(name))))
	}
	names = min(names, max(w/3, 8))
	for i := b.list.Top; i < b.list.Top+b.list.Shown && i < len(b.look.Names); i++ {
		lines = append(lines, b.row(i, names, w, t))
	}
	return append(lines, widget.Foot(t, w, ui.KeyEnter.Help().Key, "open", keyColumnText.Help().Key, "text", keyColumnMore.Help().Key, "one more", keyColumnGroup.Help().Key, "group",
		keyColumnID.Help().Key, "id", ui.KeyBack.Help().Key, "back"))
}

// about says what the texts are made of.
func (b *columnBox) about() string {
	n := len(b.texts)
	if n < 2 {
		return "One or several (space) have the texts; groups and ids are optional."
	}
	safe := make([]string, n)
	for i, name := range b.texts {
		safe[i] = term.Safe(name)
	}
	return strings.Join(safe[:n-1], ", ") + " and " + safe[n-1] + " make one text, a line each."
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
	role := term.PadRight(b.shownRole(name), roleWidth)
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
