package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// action is one thing a person can do. Keys, the mouse, the footer, the help
// and the palette all go through it.
type action struct {
	// id names it among all actions: "matrix.order".
	id string
	// binding has the keys and the words for the help; an action that the
	// palette alone offers has no keys.
	binding key.Binding
	// name overrides the binding's words where they say too little on their own.
	name string
	// short overrides them in the footer, where there is little room.
	short string
	// group is the heading under which the help lists it.
	group string
	// footer is its place in the footer, 1 first; 0 leaves it out.
	footer int
	// enabled gives the reason why it cannot be done now; empty when it can.
	// nil is always possible.
	enabled func() (reason string)
	// run does it.
	run func() tea.Cmd
}

// label is what help, footer and palette call the action.
func (a action) label() string {
	if a.name != "" {
		return a.name
	}
	return a.binding.Help().Desc
}

func (a action) reason() string {
	if a.enabled == nil {
		return ""
	}
	return a.enabled()
}

// groups of actions, in the order in which the help shows them.
const (
	groupMove     = "Move"
	groupDo       = "Do"
	groupShow     = "Show"
	groupAnywhere = "Anywhere"
)

// do makes an action's run of a function that needs no command.
func do(f func()) func() tea.Cmd {
	return func() tea.Cmd {
		f()
		return nil
	}
}

// mover is a screen part with a cursor; motions binds the keys that move it.
type mover interface {
	// move changes the cursor by rows and columns, stopping at the edges.
	move(rows, columns int)
	// page is how many rows a page key moves.
	page() int
}

// far is more rows or columns than any list has.
const far = 1 << 30

// motions are the actions that move through a list: arrows, hjkl, g/G and the
// page keys. home and end do what g and G do.
func motions(prefix string, m mover) []action {
	step := func(name string, b key.Binding, rows func() int) action {
		return action{id: prefix + "." + name, binding: b, group: groupMove,
			run: do(func() { m.move(rows(), 0) })}
	}
	fixed := func(n int) func() int { return func() int { return n } }
	return []action{
		step("up", keyUp, fixed(-1)),
		step("down", keyDown, fixed(1)),
		step("pageup", keyPageUp, func() int { return -m.page() }),
		step("pagedown", keyPageDown, func() int { return m.page() }),
		step("top", keyTop, fixed(-far)),
		step("bottom", keyBottom, fixed(far)),
		step("home", keyHome, fixed(-far)),
		step("end", keyEnd, fixed(far)),
	}
}

// find gives the action whose keys match, preferring what comes first.
func find(actions []action, press tea.KeyPressMsg) (action, bool) {
	for _, act := range actions {
		if key.Matches(press, act.binding) {
			return act, true
		}
	}
	return action{}, false
}
