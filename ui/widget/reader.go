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
	Scroller
	// title stands above the lines; empty takes none.
	title string
	// Width is how wide the box is at the most.
	Width int
	// Write gives its lines, which may be styled, in a width.
	Write func(w int, t *theme.Theme) []string
	// Copied sends what it says to the clipboard; nil when it cannot be copied.
	Copied func() tea.Cmd
	// Foot names the keys, in pairs of key and meaning; position says which lines are
	// in sight, empty when all are.
	Foot func(position string) []string
}

// ReadingWidth is how wide a box with sentences is at the most.
const ReadingWidth = 96

// NewReader is a box with sentences; plain is what is copied of them.
func NewReader(s *ui.Context, title, plain string, write func(w int, t *theme.Theme) []string) *Reader {
	return &Reader{
		title: title, Width: ReadingWidth, Write: write,
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

func (r *Reader) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
	case key.Matches(press, ui.KeyBack, ui.KeyEnter, ui.KeyQuit):
		r.Dismiss()
	case key.Matches(press, ui.KeyCopy) && r.Copied != nil:
		return r.Copied()
	default:
		r.Pressed(press)
	}
	return nil
}

// around is how many lines stand around those that are read.
func (r *Reader) around() int {
	if r.title == "" {
		return 1
	}
	return 2
}

func (r *Reader) Fit(room ui.Size, t *theme.Theme) {
	r.Hold(r.Write(min(r.Width, room.W), t), room.H-r.around())
}

func (r *Reader) View(room ui.Size, t *theme.Theme) []string {
	w := min(r.Width, room.W)
	var lines []string
	if r.title != "" {
		lines = append(lines, t.Title.Render(term.Fit(r.title, w)))
	}
	lines = append(lines, r.Shown(w)...)
	return append(lines, term.Fit(Hints(t, r.Foot(r.Position())...), w))
}
