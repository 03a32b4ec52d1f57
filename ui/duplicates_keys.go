package ui

// The keys of the list of pairs, beside those that all screens have.
var (
	keyLower        = bind("[", "lower the threshold", "[")
	keyRaise        = bind("]", "raise the threshold", "]")
	keyLowerFine    = bind("(", "lower it by 0.001", "(")
	keyRaiseFine    = bind(")", "raise it by 0.001", ")")
	keyThreshold    = bind("t", "threshold…", "t")
	keyPerCandidate = bind("m", "one threshold for all or one each", "m")
	keyDisagree     = bind("f", "only where candidates disagree", "f")
)
