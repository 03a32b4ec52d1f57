package widget

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// PathPrompt asks for the path of a file; tab completes it.
type PathPrompt struct {
	*Prompt
	// Offers tells which files can be meant; directories always can.
	Offers func(name string) bool
	// Lists shows the names that there are, to choose from; what is typed filters them.
	Lists bool
	// Path gives the path that is meant by what was typed; nil takes ~ for the home
	// directory and nothing else.
	Path   func(typed string) string
	names  []string // in the directory that is listed
	shown  []string // of these, what goes on with what is typed
	list   List
	chosen bool   // the cursor is on a name rather than in the line
	above  int    // lines over the names, as they were drawn last
	listed string // the directory whose names are offered, as it was typed
	begun  bool
}

// NewPathPrompt is NewPrompt for a path.
func NewPathPrompt(t *theme.Theme, title, about, placeholder string, accept func(string) (tea.Cmd, string)) *PathPrompt {
	p := &PathPrompt{Prompt: NewPrompt(t, title, about, placeholder, accept)}
	p.Input.ShowSuggestions = true
	return p
}

// Actions are those of the line, and where names are shown those that choose among them.
func (p *PathPrompt) Actions() []ui.Action {
	complete := ui.Action{Key: ui.Bind("tab", "complete", p.Input.KeyMap.AcceptSuggestion.Keys()...), Group: ui.GroupDo}
	return append(p.choosing(), append([]ui.Action{complete}, p.Prompt.Actions()...)...)
}

// choosing are the actions among the names that are shown.
func (p *PathPrompt) choosing() []ui.Action {
	if !p.Lists || len(p.shown) == 0 {
		return nil
	}
	motions := filterMotions(p.step, p.list.Page())
	if name, ok := p.meant(); ok {
		return append([]ui.Action{{Key: ui.KeyEnter, Group: ui.GroupDo, Run: func() tea.Cmd { return p.enter(name) }}}, motions...)
	}
	if isFolder(p.Input.Value()) { // it has to be one of its files
		return append([]ui.Action{{Key: ui.KeyEnter, Name: "to the files of the folder", Group: ui.GroupDo, Run: ui.Do(func() { p.step(1) })}}, motions...)
	}
	return motions
}

// Update edits the path, and has the names listed with which it can go on. Where they
// are shown, the arrows choose among them.
func (p *PathPrompt) Update(msg tea.Msg) tea.Cmd {
	if cmd, done := ui.Press(p.choosing(), msg); done {
		return cmd
	}
	before := p.Input.Value()
	cmd := p.Prompt.Update(msg)
	if p.Input.Value() != before {
		p.filter()
	}
	return tea.Batch(cmd, p.List())
}

// step moves the cursor among the names; above the first it is in the line.
func (p *PathPrompt) step(by int) {
	switch {
	case !p.chosen && by > 0:
		p.chosen = true
		p.list.Put(0)
	case p.chosen && p.list.Cursor+by < 0:
		p.chosen = false
	case p.chosen:
		p.list.move(by)
	}
}

// meant is the name that enter takes: the one under the cursor, else the first that
// has what was typed in it, unless that is the name of a file itself.
func (p *PathPrompt) meant() (name string, ok bool) {
	if p.chosen {
		return p.shown[p.list.Cursor], true
	}
	typed := p.typedName()
	if typed == "" || slices.Contains(p.names, typed) {
		return "", false
	}
	return p.shown[0], true
}

// enter goes into a directory, or hands a file on.
func (p *PathPrompt) enter(name string) tea.Cmd {
	p.Input.SetValue(p.listed + name)
	p.Input.CursorEnd()
	if isFolder(name) {
		p.filter()
		return p.List()
	}
	return p.Prompt.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
}

func isFolder(name string) bool { return strings.HasSuffix(name, string(filepath.Separator)) }

// typedName is what was typed of the name in the directory.
func (p *PathPrompt) typedName() string {
	typed := p.Input.Value()
	return typed[len(DirectoryOf(typed)):]
}

// filter finds the names that have what was typed in them, those that begin so first;
// hidden ones only where a dot is typed.
func (p *PathPrompt) filter() {
	typed := p.typedName()
	p.chosen, p.shown = false, p.shown[:0]
	for _, how := range []int{2, 1} {
		for _, name := range p.names {
			if literally(typed, name) == how && (strings.HasPrefix(typed, ".") || !strings.HasPrefix(name, ".")) {
				p.shown = append(p.shown, name)
			}
		}
	}
	p.list.Fit(len(p.shown), p.list.Shown)
	p.list.Put(0)
	p.suggest()
}

// suggest makes completions of names; hidden ones only where a dot is typed.
func (p *PathPrompt) suggest() {
	hidden := strings.HasPrefix(p.typedName(), ".")
	var paths []string
	for _, n := range p.names {
		if hidden || !strings.HasPrefix(n, ".") {
			paths = append(paths, p.listed+n)
		}
	}
	p.Input.SetSuggestions(paths)
}

// List has the names listed that the path can go on with.
func (p *PathPrompt) List() tea.Cmd {
	directory := DirectoryOf(p.Input.Value())
	if p.begun && directory == p.listed {
		return nil
	}
	p.begun, p.listed = true, directory
	p.names = nil
	p.filter()
	path := ExpandHome
	if p.Path != nil {
		path = p.Path
	}
	work := func(context.Context) ([]string, error) { return listDirectory(path(directory), p.Offers), nil }
	return loop.Async(context.Background(), work, func(names []string, _ error) tea.Cmd {
		if directory == p.listed {
			p.offer(names)
		}
		return nil
	})
}

// DirectoryOf is the part of a path up to the last separator.
func DirectoryOf(path string) string {
	return path[:strings.LastIndexAny(path, "/"+string(os.PathSeparator))+1]
}

// offer takes the names that were listed, but for those that could disturb the terminal.
func (p *PathPrompt) offer(names []string) {
	for _, n := range names {
		if term.Safe(n) == n {
			p.names = append(p.names, n)
		}
	}
	p.filter()
}

// mostNamesShown is how many names are in sight at the most.
const mostNamesShown = 12

// Fit keeps the cursor in sight.
func (p *PathPrompt) Fit(room ui.Size, t *theme.Theme) {
	if p.Lists {
		p.above = len(p.Prompt.View(room, t)) - 1
		p.list.Fit(len(p.shown), min(max(room.H-p.above-1, 0), mostNamesShown))
	}
}

// View draws the names between the line and the keys.
func (p *PathPrompt) View(room ui.Size, t *theme.Theme) []string {
	lines := p.Prompt.View(room, t)
	if !p.Lists || len(p.shown) == 0 || p.list.Shown == 0 {
		return lines
	}
	w := term.Width(lines[0])
	meant, enters := p.meant()
	lines = lines[:len(lines)-1]
	for i := p.list.Top; i < min(p.list.Top+p.list.Shown, len(p.shown)); i++ {
		name := p.shown[i]
		base := ""
		switch {
		case p.chosen && i == p.list.Cursor:
			base = t.Codes.Selected
		case enters && name == meant:
			base = t.Codes.Strong
		case isFolder(name):
			base = t.Codes.Dim
		}
		lines = append(lines, base+term.Fit("  "+name, w)+theme.Reset)
	}
	return append(lines, TypedFoot(t, w, "enter", "open", "↑↓", "choose", "tab", "complete", "esc", "back"))
}

// Mouse takes the name that was clicked, or moves the cursor.
func (p *PathPrompt) Mouse(ev ui.Mouse) tea.Cmd {
	switch {
	case !p.Lists || len(p.shown) == 0:
	case ev.Wheel != 0:
		p.step(ev.Wheel)
	case p.list.Mouse(0, ev.Y-p.above):
		return p.enter(p.shown[p.list.Cursor])
	}
	return nil
}
