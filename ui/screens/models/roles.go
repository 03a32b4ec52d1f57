package models

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// roleFields are the fields of the editor, with what follows a prefix and where it
// goes.
var roleFields = []struct {
	role         api.Role
	then, before string
}{
	{api.RoleQuery, "the query", "Added before queries only."},
	{api.RoleDocument, "the text", "Added before texts that are searched."},
	{api.RoleSymmetric, "the text", "Added before texts that are compared with each other, as on Matrices and Duplicates."},
}

// roleLabel is how wide the names of the roles stand.
const roleLabel = len("symmetric") + 1

// rolesEditor edits what goes before texts to a model in each role. Blanks and line
// breaks matter there, so a prefix is typed with escapes and shown in quotes below.
type rolesEditor struct {
	ui.Closable
	*ui.Context
	model  api.Model
	own    api.Roles // without edits
	inputs []widget.Input
	at     int // of the field that is typed into
}

func (s *Screen) askRoles() {
	m, ok := s.model()
	if !ok {
		return
	}
	e := &rolesEditor{Context: s.Context, model: m, own: s.Session.OwnRoles(m)}
	for range roleFields {
		e.inputs = append(e.inputs, widget.NewInput(s.Theme, "none"))
	}
	e.write(s.Session.Roles(m))
	s.Open(e)
}

// write puts the prefixes into the fields.
func (e *rolesEditor) write(roles api.Roles) {
	for i, f := range roleFields {
		e.inputs[i].SetValue(candidate.EscapePrefix(roles.Of(f.role).Prefix))
		e.inputs[i].CursorEnd()
	}
}

// typed are the roles with what stands in the fields; a problem says what is wrong in
// which.
func (e *rolesEditor) typed() (roles api.Roles, wrong int, problem string) {
	roles = e.Session.Roles(e.model)
	for i, manner := range []*api.Manner{&roles.Query, &roles.Document, &roles.Symmetric} {
		prefix, problem := candidate.ReadPrefix(e.inputs[i].Value())
		if problem != "" {
			return roles, i, problem
		}
		manner.Prefix = prefix
	}
	return roles, 0, ""
}

// lineBreaks lets a pasted prefix keep its line breaks in a field of one line.
var lineBreaks = strings.NewReplacer("\r\n", `\n`, "\n", `\n`, "\r", `\n`, "\t", `\t`)

// Typing tells that letters go into a prefix.
func (e *rolesEditor) Typing() bool { return true }

// Update takes what is typed or pasted.
func (e *rolesEditor) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.PasteMsg:
		msg = tea.PasteMsg{Content: lineBreaks.Replace(m.Content)}
	case tea.KeyPressMsg:
		if cmd, done := ui.Press(e.Actions(), m); done {
			return cmd
		}
	}
	var cmd tea.Cmd
	e.inputs[e.at], cmd = e.inputs[e.at].Update(msg)
	return cmd
}

// Actions take what was typed, go from field to field, and edit.
func (e *rolesEditor) Actions() []ui.Action {
	return append([]ui.Action{
		{Key: ui.KeyEnter, Name: "OK", Group: ui.GroupDo, Run: e.accept},
		{Key: keyOwnPrefix, Group: ui.GroupDo, Run: ui.Do(func() { e.write(e.own) })},
		ui.Closing(e.Dismiss),
		{Key: keyNextRole, Group: ui.GroupMove, Run: ui.Do(func() { e.move(1) })},
		{Key: keyPreviousRole, Group: ui.GroupMove, Run: ui.Do(func() { e.move(-1) })},
	}, e.inputs[e.at].Editing()...)
}

// move goes to another field.
func (e *rolesEditor) move(by int) {
	e.at = (e.at + by + len(e.inputs)) % len(e.inputs)
}

// accept takes what was typed.
func (e *rolesEditor) accept() tea.Cmd {
	roles, wrong, problem := e.typed()
	if problem != "" {
		e.at = wrong
		return nil
	}
	e.Dismiss()
	cmd := e.Session.SetRoles(e.model, roles)
	words := e.model.ID + ": " + candidate.RolesWords(roles) + "."
	if roles.Same(e.own) {
		e.Inform("%s", "The catalog's own for "+words)
	} else {
		e.Notify(ui.NoticeGood, words)
	}
	return cmd
}

// wideHints is the width from which the keys stand with all their words.
const wideHints = 68

// View draws the fields, what is sent, and the keys.
func (e *rolesEditor) View(room ui.Size, t *theme.Theme) []string {
	w := min(widget.PromptWidth, room.W)
	head := []string{t.Title.Render(term.Fit("Prefixes of "+term.Safe(e.model.ID), w))}
	for i := range e.inputs {
		head = append(head, e.field(i, w, t))
	}
	hints := []string{"enter", "OK", "tab", "next role", keyOwnPrefix.Help().Key, "the catalog's own", "esc", "back"}
	if w < wideHints {
		hints = []string{"enter", "OK", "tab", "next", keyOwnPrefix.Help().Key, "catalog's", "esc", "back"}
	}
	foot := []string{widget.TypedFoot(t, w, hints...)}
	// What is sent matters more than the explanation where the window is low.
	for _, part := range e.parts(w, t) {
		head = append(head, part[:max(min(len(part), room.H-len(head)-len(foot)), 0)]...)
	}
	return append(head, foot...)
}

// field draws a role and its field: the one that is typed into, or what the others hold.
func (e *rolesEditor) field(i, w int, t *theme.Theme) string {
	label := term.Fit(string(roleFields[i].role), min(roleLabel, w))
	room := max(w-roleLabel, 0)
	if i == e.at {
		in := e.inputs[i]
		in.SetWidth(max(room-4, 1))
		return label + widget.InputLine(in, room)
	}
	prefix, problem := candidate.ReadPrefix(e.inputs[i].Value())
	words := candidate.PrefixWords(prefix)
	if problem != "" {
		words = e.inputs[i].Value()
	}
	return t.Codes.Dim + label + term.Fit("  "+term.Safe(words), room) + theme.Reset
}

// parts are what stands between the fields and the keys, the most important first.
func (e *rolesEditor) parts(w int, t *theme.Theme) [][]string {
	lines := func(pen, text string) (out []string) {
		for _, l := range term.SafeLines(text, w) {
			out = append(out, pen+term.Fit(l, w)+theme.Reset)
		}
		return out
	}
	f := roleFields[e.at]
	prefix, problem := candidate.ReadPrefix(e.inputs[e.at].Value())
	own := e.own.Of(f.role)
	var parts [][]string
	switch {
	case problem != "":
		parts = append(parts, lines(t.Codes.Bad, widget.Sentence(problem)))
	case prefix == "":
		parts = append(parts, lines("", "Nothing goes before "+f.then+"."))
	default:
		parts = append(parts, lines("", "Sent: "+candidate.PrefixText(prefix)+" and then "+f.then+"."))
	}
	if field := e.Session.Roles(e.model).Of(f.role).Field; field != (api.Field{}) {
		parts = append(parts, lines("", "The request says "+field.Name+" = "+field.Value+"."))
	}
	if problem == "" && prefix != own.Prefix {
		parts = append(parts, lines(t.Codes.Dim, "The catalog's own: "+candidate.PrefixWords(own.Prefix)+"."))
	}
	return append(parts, lines(t.Codes.Dim, f.before+` Write \n for a line break; ␣ marks a blank at the ends.`))
}

// Mouse goes to the field that is clicked.
func (e *rolesEditor) Mouse(ev ui.Mouse) tea.Cmd {
	if row := ev.Y - 1; ev.Wheel == 0 && row >= 0 && row < len(e.inputs) {
		e.move(row - e.at)
	}
	return nil
}
