package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/term"
)

// reader is a box with lines to read, to scroll and perhaps to copy. What it shows
// is all that tells one reader from another.
type reader struct {
	closable
	scroller
	// title stands above the lines; empty takes none.
	title string
	// width is how wide the box is at the most.
	width int
	// write gives its lines, which may be styled, in a width.
	write func(w int, t *theme) []string
	// copied sends what it says to the clipboard; nil when it cannot be copied.
	copied func() tea.Cmd
	// foot names the keys, in pairs of key and meaning; position says which lines are
	// in sight, empty when all are.
	foot func(position string) []string
}

// readingWidth is how wide a box with sentences is at the most.
const readingWidth = 96

// newReader is a box with sentences; plain is what is copied of them.
func newReader(s *shared, title, plain string, write func(w int, t *theme) []string) *reader {
	return &reader{
		title: title, width: readingWidth, write: write,
		copied: func() tea.Cmd {
			s.info("It was sent to the clipboard.")
			return tea.SetClipboard(plain)
		},
		foot: func(position string) []string {
			return withPosition([]string{"esc", "back", "y", "copy"}, 4, position)
		},
	}
}

// withPosition puts the keys that scroll among those of a foot where not all lines
// are in sight.
func withPosition(foot []string, at int, position string) []string {
	if position == "" {
		return foot
	}
	return slices.Insert(foot, at, "↑↓", position)
}

func (r *reader) update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
	case key.Matches(press, keyBack, keyEnter, keyQuit):
		r.dismiss()
	case key.Matches(press, keyCopy) && r.copied != nil:
		return r.copied()
	default:
		r.pressed(press)
	}
	return nil
}

// around is how many lines stand around those that are read.
func (r *reader) around() int {
	if r.title == "" {
		return 1
	}
	return 2
}

func (r *reader) fit(room size, t *theme) {
	r.hold(r.write(min(r.width, room.w), t), room.h-r.around())
}

func (r *reader) view(room size, t *theme) []string {
	w := min(r.width, room.w)
	var lines []string
	if r.title != "" {
		lines = append(lines, t.title.Render(term.Fit(r.title, w)))
	}
	lines = append(lines, r.shown(w)...)
	return append(lines, term.Fit(hints(t, r.foot(r.position())...), w))
}
