package duplicates

import (
	"github.com/vecscope/vecscope/ui"
)

// The keys of the list of pairs, beside those that all screens have.
var (
	keyLower     = ui.Bind("[", "lower the threshold", "[")
	keyRaise     = ui.Bind("]", "raise the threshold", "]")
	keyLowerFine = ui.Bind("(", "lower it by 0.001", "(")
	keyRaiseFine = ui.Bind(")", "raise it by 0.001", ")")
	keyFit       = ui.Bind("T", "thresholds that fit", "T")
	keySpread    = ui.Bind("b", "curves or a histogram of similarities", "b")
	keyUnfold    = ui.Bind("→/l", "unfold the cluster", "right", "l")
	keyFold      = ui.Bind("←/h", "fold the cluster", "left", "h")
)
