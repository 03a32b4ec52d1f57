package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/theme"
)

// Overlay is a box on top of the screen that takes all keys while it is open. One
// into which something can be typed is a Typer.
type Overlay interface {
	// Update takes keys, pastes, and what the box's own work brings.
	Update(msg tea.Msg) tea.Cmd
	// Actions are what its keys do now: Update takes keys through them, and help lists
	// those that have a group. One without Run is a key of the text field.
	Actions() []Action
	// Fit prepares for drawing in that room what must be remembered: how many rows
	// there are, which is the first. It is called after every message.
	Fit(room Size, t *theme.Theme)
	// View draws the content, at most as large as room. It must be pure.
	View(room Size, t *theme.Theme) []string
	// Mouse takes a click or the wheel, relative to the content.
	Mouse(ev Mouse) tea.Cmd
	// Dismiss closes it without doing anything.
	Dismiss()
	// Closed tells that it is to be taken away.
	Closed() bool
}

// Closable is the part of every overlay that remembers that it was closed. It has
// nothing to fit.
type Closable struct{ closed bool }

// Fit has nothing to prepare.
func (c *Closable) Fit(Size, *theme.Theme) {}

// Dismiss closes the overlay.
func (c *Closable) Dismiss() { c.closed = true }

// Closing is the action that closes a box: esc does, and the keys of others.
func Closing(dismiss func(), others ...key.Binding) Action {
	label, keys := KeyBack.Help().Key, KeyBack.Keys()
	for _, o := range others {
		label, keys = label+"/"+o.Help().Key, slices.Concat(keys, o.Keys())
	}
	return Action{Key: Bind(label, "close", keys...), Group: GroupDo, Run: Do(dismiss)}
}

// Closed tells whether the overlay was closed.
func (c *Closable) Closed() bool { return c.closed }
