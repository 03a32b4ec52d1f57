package ui

import (
	tea "charm.land/bubbletea/v2"
)

// overlay is a box on top of the screen that takes all keys while it is open.
type overlay interface {
	update(msg tea.Msg) tea.Cmd
	// fit prepares for drawing in that room what must be remembered: how many rows
	// there are, which is the first. It is called after every message.
	fit(room size, t *theme)
	// view draws the content, at most as large as room. It must be pure.
	view(room size, t *theme) []string
	// mouse takes a click or the wheel, relative to the content.
	mouse(ev mouseEvent) tea.Cmd
	// dismiss closes it without doing anything.
	dismiss()
	closed() bool
}

// closable is the part of every overlay that remembers that it was closed. It has
// nothing to fit.
type closable struct{ done bool }

func (c *closable) fit(size, *theme) {}

func (c *closable) dismiss() { c.done = true }

func (c *closable) closed() bool { return c.done }
