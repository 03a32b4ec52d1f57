package ui

import (
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
)

// What moves in every list and matrix, and what means the same on every screen and
// in every box. All else is declared beside the actions that it is for.
var (
	KeyUp           = Bind("↑/k", "up", "up", "k")
	KeyDown         = Bind("↓/j", "down", "down", "j")
	KeyLeft         = Bind("←/h", "left", "left", "h")
	KeyRight        = Bind("→/l", "right", "right", "l")
	KeyTop          = Bind("g", "first row", "g")
	KeyBottom       = Bind("G", "last row", "G")
	KeyPageUp       = Bind("pgup", "page up", "pgup", "ctrl+b")
	KeyPageDown     = Bind("pgdn", "page down", "pgdown", "ctrl+f")
	KeyHome         = Bind("home", "to the start", "home")
	KeyEnd          = Bind("end", "to the end", "end")
	KeyNextPane     = Bind("tab", "next pane", "tab")
	KeyPreviousPane = Bind("shift+tab", "previous pane", "shift+tab")

	KeyEnter       = Bind("enter", "open…", "enter")
	KeyChoose      = Bind("space", "select", "space")
	KeyBack        = Bind("esc", "back", "esc")
	KeyQuit        = Bind("q", "quit", "q")
	KeyFilter      = Bind("/", "filter…", "/")
	KeyOnly        = Bind("f", "only what matters", "f")
	KeyView        = Bind("v", "another view", "v")
	KeyNumber      = Bind("t", "type a number…", "t")
	KeyEach        = Bind("|", "one for all or one each", "|")
	KeyLabels      = Bind("L", "labels…", "L")
	KeyFull        = Bind("F", "in full…", "F")
	KeyDelete      = Bind("d", "delete", "d", "delete")
	KeyCarryUp     = Bind("<", "move up", "<", "shift+up")
	KeyCarryDown   = Bind(">", "move down", ">", "shift+down")
	KeySortNext    = Bind("s", "sort by next column", "s")
	KeySortReverse = Bind("S", "reverse order", "S")
	KeyCopy        = Bind("y", "copy…", "y")
	KeyLike        = Bind("~", "more like the text under the cursor", "~")
	KeyExport      = Bind("X", "export to a file…", "X")
)

// Keys of one screen that sentences elsewhere name, too: on Models and on Matrices.
var (
	KeyDimensions = Bind("D", "dimensions…", "D")
	KeyOwnReduced = Bind("+", "compare with the server's own shorter vectors…", "+")
)

// Bind is a binding: what the help calls the key and what it does, and the keys.
func Bind(label, help string, k ...string) key.Binding {
	return key.NewBinding(key.WithKeys(k...), key.WithHelp(label, help))
}

// Writes tells that a key writes something where text is typed, so that it does nothing
// else there.
func Writes(k string) bool { return k == "space" || utf8.RuneCountInString(k) == 1 }
