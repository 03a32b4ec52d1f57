package matrices

import (
	"github.com/vecscope/vecscope/ui"
)

// The keys of the matrices, beside those that all screens have.
var (
	keyFewer      = ui.Bind("{", "fewer dimensions", "{")
	keyMore       = ui.Bind("}", "more dimensions", "}")
	keyCells      = ui.Bind("v", "numbers, colours or half-blocks", "v")
	keyColours    = ui.Bind("c", "colour scale", "c")
	keyScale      = ui.Bind("r", "one range for all or one each", "r")
	keyOrder      = ui.Bind("o", "order of the texts", "o")
	keyDifference = ui.Bind("d", "difference of two candidates…", "d")
	keySolo       = ui.Bind("z", "one matrix or all", "z")
	keyOwnReduced = ui.Bind("a", "compare with the server's own shorter vectors…", "a")
)
