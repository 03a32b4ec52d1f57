package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Action is one thing a person can do. Keys, the mouse, the footer, the help
// and the palette all go through it.
type Action struct {
	// ID names it among all actions: "matrix.order".
	ID string
	// Key has the keys and the words for the help; an action that the
	// palette alone offers has no keys.
	Key key.Binding
	// Name overrides the binding's words where they say too little on their own.
	Name string
	// Short overrides them in the footer, where there is little room.
	Short string
	// Group is the heading under which the help lists it.
	Group string
	// Footer is its place in the footer, 1 first; 0 leaves it out.
	Footer int
	// Guard gives the reason why it cannot be done now; nil is always possible.
	Guard Guard
	// Run does it.
	Run func() tea.Cmd
}

// Label is what help, footer and palette call the action.
func (a Action) Label() string {
	if a.Name != "" {
		return a.Name
	}
	return a.Key.Help().Desc
}

// Reason is why the action cannot be done now; empty when it can.
func (a Action) Reason() string {
	if a.Guard == nil {
		return ""
	}
	return a.Guard()
}

// The groups of actions.
const (
	GroupMove     = "Move"
	GroupDo       = "Do"
	GroupShow     = "Show"
	GroupAnywhere = "Anywhere"
)

// Do makes an action's run of a function that needs no command.
func Do(f func()) func() tea.Cmd {
	return func() tea.Cmd {
		f()
		return nil
	}
}

// Mover is a part of a screen with a cursor, which Motions binds the keys to.
type Mover interface {
	// Move changes the cursor by rows and columns, stopping at the edges.
	Move(rows, columns int)
	// Page is how many rows a page key moves.
	Page() int
}

// Unlimited is more rows or columns than any list has.
const Unlimited = 1 << 30

// Motions are the actions that move through a list: arrows, hjkl, g/G and the
// page keys. home and end do what g and G do. Their ids begin with prefix: "texts.go.up".
func Motions(prefix string, m Mover) []Action {
	step := func(name string, b key.Binding, rows func() int) Action {
		return Action{ID: prefix + "." + name, Key: b, Group: GroupMove,
			Run: Do(func() { m.Move(rows(), 0) })}
	}
	fixed := func(n int) func() int { return func() int { return n } }
	return []Action{
		step("up", KeyUp, fixed(-1)),
		step("down", KeyDown, fixed(1)),
		step("pageup", KeyPageUp, func() int { return -m.Page() }),
		step("pagedown", KeyPageDown, func() int { return m.Page() }),
		step("top", KeyTop, fixed(-Unlimited)),
		step("bottom", KeyBottom, fixed(Unlimited)),
		step("home", KeyHome, fixed(-Unlimited)),
		step("end", KeyEnd, fixed(Unlimited)),
	}
}

// Find gives the action whose keys match, preferring what comes first.
func Find(actions []Action, press tea.KeyPressMsg) (Action, bool) {
	for _, act := range actions {
		if key.Matches(press, act.Key) {
			return act, true
		}
	}
	return Action{}, false
}

// Press does what a key means among the actions of a box; done is false when none takes
// it.
func Press(actions []Action, msg tea.Msg) (cmd tea.Cmd, done bool) {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	act, ok := Find(actions, press)
	if !ok || act.Run == nil {
		return nil, false
	}
	return act.Run(), true
}
