package ui

import "charm.land/bubbles/v2/key"

// keys holds every binding once: the handlers, the footer, the help and the
// palette are all made from it through the action tables.
var keys = struct {
	// Anywhere
	help, palette, quit, interrupt, suspend, back       key.Binding
	models, texts, matrix, duplicates, usage            key.Binding
	embed, troubles, copyAll                            key.Binding
	theme, mouse, recompute, nextScreen, previousScreen key.Binding

	// Moving, in every list and matrix
	up, down, left, right, top, bottom   key.Binding
	pageUp, pageDown, home, end          key.Binding
	nextPane, previousPane               key.Binding
	filter, sortNext, sortReverse, enter key.Binding
	copy, export                         key.Binding

	// Models
	choose, dimensions, guide, candidates, prefix, ownPrefix key.Binding

	// Texts
	add, edit, remove, undo, redo, moveUp, moveDown, clear, openFile, example key.Binding
	group, query, exportTexts                                                 key.Binding

	// Writing a text; letters go into it
	finish, newline, endWriting, eraseBack, eraseForward           key.Binding
	eraseWord, eraseToStart, eraseToEnd                            key.Binding
	goLeft, goRight, goUp, goDown, goWordLeft, goWordRight         key.Binding
	goLineStart, goLineEnd, goTextStart, goTextEnd, goPgUp, goPgDn key.Binding

	// Matrices
	fewer, more, cells, colours, scale, order, difference, solo, ownReduced key.Binding

	// Overlays; letters are typed there
	listUp, listDown, listPageUp, listPageDown, accept key.Binding

	// Usage
	balance key.Binding

	// What it costs
	pay, payAboveLimit, longTexts, whichLong key.Binding

	// Duplicates
	lower, raise, lowerFine, raiseFine, threshold, perCandidate, disagree key.Binding
}{
	help:           bind("?", "help", "?"),
	palette:        bind("ctrl+p", "every action…", "ctrl+p", ":"),
	quit:           bind("q", "quit", "q"),
	interrupt:      bind("ctrl+c", "stop what runs, else quit", "ctrl+c"),
	suspend:        bind("ctrl+z", "suspend (fg returns)", "ctrl+z"),
	back:           bind("esc", "one step back", "esc"),
	models:         bind("1", "Models", "1"),
	texts:          bind("2", "Texts", "2"),
	matrix:         bind("3", "Matrices", "3"),
	duplicates:     bind("4", "Duplicates", "4"),
	usage:          bind("5", "Usage", "5"),
	theme:          bind("ctrl+t", "light or dark", "ctrl+t"),
	mouse:          bind("ctrl+y", "mouse on or off (off: select to copy)", "ctrl+y"),
	recompute:      bind("R", "compute again", "R"),
	embed:          bind("E", "what embedding costs…", "E"),
	troubles:       bind("!", "errors in full…", "!"),
	copyAll:        bind("y", "copy all of it", "y"),
	nextScreen:     bind("ctrl+pgdn", "next screen", "ctrl+pgdown"),
	previousScreen: bind("ctrl+pgup", "previous screen", "ctrl+pgup"),

	up:           bind("↑/k", "up", "up", "k"),
	down:         bind("↓/j", "down", "down", "j"),
	left:         bind("←/h", "left", "left", "h"),
	right:        bind("→/l", "right", "right", "l"),
	top:          bind("g", "first row", "g"),
	bottom:       bind("G", "last row", "G"),
	pageUp:       bind("pgup", "page up", "pgup", "ctrl+b"),
	pageDown:     bind("pgdn", "page down", "pgdown", "ctrl+f"),
	home:         bind("home", "to the start", "home"),
	end:          bind("end", "to the end", "end"),
	nextPane:     bind("tab", "next pane", "tab"),
	previousPane: bind("shift+tab", "previous pane", "shift+tab"),
	filter:       bind("/", "filter…", "/"),
	sortNext:     bind("s", "sort by next column", "s"),
	sortReverse:  bind("S", "turn the sorting round", "S"),
	enter:        bind("enter", "open…", "enter"),
	copy:         bind("y", "copy…", "y"),
	export:       bind("e", "export to a file…", "e", "X"),

	choose:     bind("space", "choose as candidate", "space"),
	dimensions: bind("d", "dimensions…", "d"),
	guide:      bind("w", "which model for…", "w"),
	candidates: bind("c", "candidates…", "c"),
	prefix:     bind("p", "query prefix…", "p"),
	ownPrefix:  bind("ctrl+r", "the catalog's own prefix", "ctrl+r"),

	add:      bind("a", "add a text…", "a"),
	edit:     bind("e", "edit…", "e", "enter"),
	remove:   bind("d", "delete", "d", "delete"),
	undo:     bind("u", "undo", "u"),
	redo:     bind("U", "redo", "U"),
	moveUp:   bind("K", "move the text up", "K", "shift+up"),
	moveDown: bind("J", "move the text down", "J", "shift+down"),
	clear:    bind("C", "clear all…", "C"),
	openFile: bind("o", "open a file…", "o"),
	example:  bind("x", "load an example…", "x"),
	group:    bind("t", "group of the text…", "t"),
	query:    bind("n", "nearest to a query…", "n"),
	// e edits here; X exports everywhere.
	exportTexts: bind("X", "export to a file…", "X"),

	finish:       bind("enter", "done", "enter"),
	newline:      bind("alt+enter", "new line in the text", "alt+enter", "shift+enter", "ctrl+j"),
	endWriting:   bind("esc", "keep it and end"),
	eraseBack:    bind("backspace", "erase before the cursor", "backspace", "ctrl+h"),
	eraseForward: bind("delete", "erase under the cursor", "delete", "ctrl+d"),
	eraseWord:    bind("ctrl+w", "erase the word before", "ctrl+w", "alt+backspace"),
	eraseToStart: bind("ctrl+u", "erase to the start of the line", "ctrl+u"),
	eraseToEnd:   bind("ctrl+k", "erase to the end of the line", "ctrl+k"),
	goLeft:       bind("←", "left", "left"),
	goRight:      bind("→", "right", "right"),
	goUp:         bind("↑", "line up", "up"),
	goDown:       bind("↓", "line down", "down"),
	goWordLeft:   bind("ctrl+←", "a word left", "ctrl+left", "alt+left", "alt+b"),
	goWordRight:  bind("ctrl+→", "a word right", "ctrl+right", "alt+right", "alt+f"),
	goLineStart:  bind("home", "start of the line", "home", "ctrl+a"),
	goLineEnd:    bind("end", "end of the line", "end", "ctrl+e"),
	goTextStart:  bind("ctrl+home", "start of the text", "ctrl+home"),
	goTextEnd:    bind("ctrl+end", "end of the text", "ctrl+end"),
	goPgUp:       bind("pgup", "page up", "pgup"),
	goPgDn:       bind("pgdn", "page down", "pgdown"),

	fewer:      bind("{", "fewer dimensions", "{"),
	more:       bind("}", "more dimensions", "}"),
	cells:      bind("v", "numbers, colours or half-blocks", "v"),
	colours:    bind("c", "colour scale", "c"),
	scale:      bind("r", "one range for all or one each", "r"),
	order:      bind("o", "order of the texts", "o"),
	difference: bind("d", "difference of two candidates…", "d"),
	solo:       bind("z", "one matrix or all", "z"),
	ownReduced: bind("a", "compare with the server's own shorter vectors…", "a"),

	listUp:       bind("↑", "up", "up", "ctrl+k"),
	listDown:     bind("↓", "down", "down", "ctrl+n"),
	listPageUp:   bind("pgup", "page up", "pgup"),
	listPageDown: bind("pgdn", "page down", "pgdown"),
	accept:       bind("enter", "choose", "enter"),

	balance: bind("b", "ask for the balance", "b"),

	pay:           bind("p", "pay and embed", "p"),
	payAboveLimit: bind("y", "yes, spend it", "y"),
	longTexts:     bind("t", "cut long texts or leave them out", "t"),
	whichLong:     bind("l", "which texts are too long…", "l"),

	lower:        bind("[", "lower the threshold", "["),
	raise:        bind("]", "raise the threshold", "]"),
	lowerFine:    bind("(", "lower it by 0.001", "("),
	raiseFine:    bind(")", "raise it by 0.001", ")"),
	threshold:    bind("t", "threshold…", "t"),
	perCandidate: bind("m", "one threshold for all or one each", "m"),
	disagree:     bind("f", "only where candidates disagree", "f"),
}

func bind(label, help string, k ...string) key.Binding {
	return key.NewBinding(key.WithKeys(k...), key.WithHelp(label, help))
}
