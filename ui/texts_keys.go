package ui

// The keys of the list of texts, beside those that all screens have; of a text that
// is being written, where letters go into it; and of the filter.
var (
	keyAdd      = bind("a", "add a text…", "a")
	keyEdit     = bind("e", "edit…", "e", "enter")
	keyRemove   = bind("d", "delete", "d", "delete")
	keyUndo     = bind("u", "undo", "u")
	keyRedo     = bind("U", "redo", "U")
	keyMoveUp   = bind("K", "move the text up", "K", "shift+up")
	keyMoveDown = bind("J", "move the text down", "J", "shift+down")
	keyClear    = bind("C", "clear all…", "C")
	keyOpenFile = bind("o", "open a file…", "o")
	keyExample  = bind("x", "load an example…", "x")
	keyGroup    = bind("t", "group of the text…", "t")
	keyQuery    = bind("n", "nearest to a query…", "n")
	// e edits here; X exports everywhere.
	keyExportTexts = bind("X", "export to a file…", "X")

	keyFinish     = bind("enter", "done", "enter")
	keyNewline    = bind("alt+enter", "new line in the text", "alt+enter", "shift+enter", "ctrl+j")
	keyEndWriting = bind("esc", "keep it and end")

	keyFilterUp   = bind("↑", "up", "up")
	keyFilterDown = bind("↓", "down", "down")
)
