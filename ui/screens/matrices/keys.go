package matrices

import (
	"github.com/vecscope/vecscope/ui"
)

// The keys of the matrices, beside those that all screens have.
var (
	keyFewer        = ui.Bind("{", "fewer dimensions", "{")
	keyMore         = ui.Bind("}", "more dimensions", "}")
	keyColours      = ui.Bind("V", "colour scale", "V")
	keyDisagreement = ui.Bind("n", "next notable pair: ranked differently, or most similar", "n")
	keyZoomOut      = ui.Bind("[", "zoom out: more texts a block", "[")
	keyZoomIn       = ui.Bind("]", "zoom in: fewer texts a block", "]")
	keySolo         = ui.Bind("z", "one matrix or all", "z")
)
