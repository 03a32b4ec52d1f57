package widget

import (
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
)

// What follows opens to the tests from outside what only they look at.

func (x Table) Styled(cell Cell, pen string) string { return x.styled(cell, pen) }

func (x *Editor) Cursor() int { return x.cursor }

func (x *Editor) EraseBack() { x.eraseBack() }

func (x *Editor) Left() { x.left() }

func (x *Editor) Lines() []editorLine { return x.lines }

func (x *Editor) Marked() string { return x.marked() }

func (x *Editor) MoveTo(at int) { x.moveTo(at) }

func (x *Editor) Right() { x.right() }

func (x *Editor) TextEnd() { x.textEnd() }

func (x *Editor) TextStart() { x.textStart() }

func (x *editorLine) From() int { return x.from }

func (x *editorLine) To() int { return x.to }

type Scroller = scroller

func (x *scroller) Hold(lines []string, room int) { x.hold(lines, room) }

func (x *scroller) Pressed(press tea.KeyPressMsg) { ui.Press(x.motions(), press) }

func (x *List) Pressed(press tea.KeyPressMsg) bool {
	_, done := ui.Press(x.Motions(), press)
	return done
}

func (x *scroller) Shown(w int) []string { return x.shown(w) }

func (x *scroller) Position() string { return x.position() }
