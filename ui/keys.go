package ui

import "charm.land/bubbles/v2/key"

// What moves in every list and matrix, and what means the same on every screen and
// in every box. All else is declared beside the actions that it is for.
var (
	keyUp           = bind("↑/k", "up", "up", "k")
	keyDown         = bind("↓/j", "down", "down", "j")
	keyLeft         = bind("←/h", "left", "left", "h")
	keyRight        = bind("→/l", "right", "right", "l")
	keyTop          = bind("g", "first row", "g")
	keyBottom       = bind("G", "last row", "G")
	keyPageUp       = bind("pgup", "page up", "pgup", "ctrl+b")
	keyPageDown     = bind("pgdn", "page down", "pgdown", "ctrl+f")
	keyHome         = bind("home", "to the start", "home")
	keyEnd          = bind("end", "to the end", "end")
	keyNextPane     = bind("tab", "next pane", "tab")
	keyPreviousPane = bind("shift+tab", "previous pane", "shift+tab")

	keyEnter       = bind("enter", "open…", "enter")
	keyChoose      = bind("space", "choose", "space")
	keyBack        = bind("esc", "one step back", "esc")
	keyQuit        = bind("q", "quit", "q")
	keyFilter      = bind("/", "filter…", "/")
	keySortNext    = bind("s", "sort by next column", "s")
	keySortReverse = bind("S", "turn the sorting round", "S")
	keyCopy        = bind("y", "copy…", "y")
	keyExport      = bind("e", "export to a file…", "e", "X")
)

// bind is a binding: what the help calls the key and what it does, and the keys.
func bind(label, help string, k ...string) key.Binding {
	return key.NewBinding(key.WithKeys(k...), key.WithHelp(label, help))
}
