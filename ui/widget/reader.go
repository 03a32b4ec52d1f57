package widget

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// Reader is a box with lines to read, to scroll and perhaps to copy. What it shows
// is all that tells one reader from another.
type Reader struct {
	ui.Closable
	scroller
	// Title stands above the lines, and Remark dimmed beside it; empty takes no line.
	Title  string
	Remark func(position string) string
	// Width is how wide the box is at the most. It is as wide as its lines, but not
	// under Least, when that is set.
	Width, Least int
	// Write gives its lines, which may be styled, in a width.
	Write func(w int, t *theme.Theme) []string
	// Copied sends what it says to the clipboard; nil when it cannot be copied.
	Copied func() tea.Cmd
	// Closes closes the box as esc and q do; enter where it has no keys.
	Closes key.Binding
	// More are actions besides.
	More []ui.Action
	// Left is called when the box is closed; may be nil.
	Left func()
	// Foot names the keys, in pairs of key and meaning; position says which lines are
	// in sight, empty when all are.
	Foot func(position string) []string
}

// ReadingWidth is how wide a box with sentences is at the most.
const ReadingWidth = 96

// NewReader is a box with sentences; plain is what is copied of them.
func NewReader(s *ui.Context, title, plain string, write func(w int, t *theme.Theme) []string) *Reader {
	return &Reader{
		Title: title, Width: ReadingWidth, Write: write,
		Copied: func() tea.Cmd {
			s.Inform("It was sent to the clipboard.")
			return tea.SetClipboard(plain)
		},
		Foot: func(position string) []string {
			return WithPosition([]string{"esc", "back", "y", "copy"}, 4, position)
		},
	}
}

// WithPosition puts the keys that scroll among those of a foot where not all lines
// are in sight.
func WithPosition(foot []string, at int, position string) []string {
	if position == "" {
		return foot
	}
	return slices.Insert(foot, at, "↑↓", position)
}

// Dismiss closes the box.
func (r *Reader) Dismiss() {
	r.Closable.Dismiss()
	if r.Left != nil {
		r.Left()
	}
}

// Actions close, copy and scroll.
func (r *Reader) Actions() []ui.Action {
	out := slices.Clone(r.More)
	if r.Copied != nil {
		out = append(out, ui.Action{Key: ui.KeyCopy, Name: "copy", Group: ui.GroupDo, Run: r.Copied})
	}
	return append(append(out, ui.Closing(r.Dismiss, ui.KeyQuit, r.closes())), r.motions()...)
}

// Update scrolls, copies or closes.
func (r *Reader) Update(msg tea.Msg) tea.Cmd {
	cmd, _ := ui.Press(r.Actions(), msg)
	return cmd
}

// around is how many lines stand around those that are read.
func (r *Reader) around() int {
	if r.Title == "" {
		return 1
	}
	return 2
}

func (r *Reader) closes() key.Binding {
	if len(r.Closes.Keys()) > 0 {
		return r.Closes
	}
	return ui.KeyEnter
}

// Fit writes the lines, which may have changed, and stays where it was among them.
func (r *Reader) Fit(room ui.Size, t *theme.Theme) {
	r.hold(r.Write(min(r.Width, room.W), t), room.H-r.around())
}

// View draws the lines in sight between the title and the keys.
func (r *Reader) View(room ui.Size, t *theme.Theme) []string {
	w := min(r.Width, room.W)
	if r.Least > 0 {
		w = min(max(r.Least, term.Widest(r.lines)), w)
	}
	var lines []string
	if r.Title != "" {
		title := t.Title.Render(term.Fit(r.Title, w))
		if r.Remark != nil {
			title = term.Fit(t.Title.Render(r.Title)+t.Dim.Render(r.Remark(r.position())), w)
		}
		lines = append(lines, title)
	}
	lines = append(lines, r.shown(w)...)
	if slices.Contains(r.closes().Keys(), HelpKey) { // it is the list of keys itself
		return append(lines, hintsIn(t, w, r.Foot(r.position())...))
	}
	return append(lines, Foot(t, w, r.Foot(r.position())...))
}

// Lines are all lines of the box, as they were written last.
func (r *Reader) Lines() []string { return r.lines }
