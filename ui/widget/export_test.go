package widget

import tea "charm.land/bubbletea/v2"

func (x Table) Styled(p0 Cell, p1 string) string { return x.styled(p0, p1) }

func (x *Editor) Cursor() int { return x.cursor }

func (x *Editor) EraseBack() { x.eraseBack() }

func (x *Editor) Left() { x.left() }

func (x *Editor) Lines() []editorLine { return x.lines }

func (x *Editor) Marked() string { return x.marked() }

func (x *Editor) MoveTo(p0 int) { x.moveTo(p0) }

func (x *Editor) Right() { x.right() }

func (x *Editor) TextEnd() { x.textEnd() }

func (x *Editor) TextStart() { x.textStart() }

func (x *editorLine) From() int { return x.from }

func (x *editorLine) To() int { return x.to }

func (x *List) Move(p0 int) { x.move(p0) }

type Scroller = scroller

func (x *scroller) Hold(p0 []string, p1 int) { x.hold(p0, p1) }

func (x *scroller) Pressed(p0 tea.KeyPressMsg) { x.pressed(p0) }

func (x *scroller) Shown(p0 int) []string { return x.shown(p0) }

func (x *scroller) Position() string { return x.position() }
