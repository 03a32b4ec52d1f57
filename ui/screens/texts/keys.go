package texts

import (
	"github.com/vecscope/vecscope/ui"
)

// The keys of the list of texts, beside those that all screens have; of a text that
// is being written, where letters go into it.
var (
	keyAdd      = ui.Bind("a", "add a text…", "a")
	keyEdit     = ui.Bind("e", "edit…", "e", "enter")
	keyUndo     = ui.Bind("u", "undo", "u")
	keyRedo     = ui.Bind("U", "redo", "U")
	keyClear    = ui.Bind("C", "clear all…", "C")
	keyOpenFile = ui.Bind("o", "open a file…", "o")
	keyLeftOut  = ui.Bind("i", "rows left out of the file…", "i")
	keyExample  = ui.Bind("x", "load an example…", "x")
	keySelect   = ui.Bind("*", "select the text, for Matrices and Duplicates", "*")
	keyQuery    = ui.Bind("Q", "nearest to a query…", "Q")

	keyFinish     = ui.Bind("enter", "done", "enter")
	keyNewline    = ui.Bind("alt+enter", "new line in the text", "alt+enter", "shift+enter", "ctrl+j")
	keyEndWriting = ui.Bind("esc", "keep it and end")
)
