package duplicates

import (
	"github.com/vecscope/vecscope/ui"
)

// The keys of the list of pairs, beside those that all screens have.
var (
	keyLower        = ui.Bind("[", "lower the threshold", "[")
	keyRaise        = ui.Bind("]", "raise the threshold", "]")
	keyLowerFine    = ui.Bind("(", "lower it by 0.001", "(")
	keyRaiseFine    = ui.Bind(")", "raise it by 0.001", ")")
	keyThreshold    = ui.Bind("t", "threshold…", "t")
	keyFit          = ui.Bind("T", "thresholds that fit", "T")
	keySpread       = ui.Bind("b", "curves or a histogram of similarities", "b")
	keyPerCandidate = ui.Bind("|", "one threshold for all or one each", "|")
	keyClusters     = ui.Bind("c", "clusters of duplicates, or pairs", "c")
	keyUnfold       = ui.Bind("→/l", "unfold the cluster", "right", "l")
	keyFold         = ui.Bind("←/h", "fold the cluster", "left", "h")
	keyDisagree     = ui.Bind("f", "only where candidates disagree", "f")
)
