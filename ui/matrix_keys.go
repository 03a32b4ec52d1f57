package ui

// The keys of the matrices, beside those that all screens have.
var (
	keyFewer      = bind("{", "fewer dimensions", "{")
	keyMore       = bind("}", "more dimensions", "}")
	keyCells      = bind("v", "numbers, colours or half-blocks", "v")
	keyColours    = bind("c", "colour scale", "c")
	keyScale      = bind("r", "one range for all or one each", "r")
	keyOrder      = bind("o", "order of the texts", "o")
	keyDifference = bind("d", "difference of two candidates…", "d")
	keySolo       = bind("z", "one matrix or all", "z")
	keyOwnReduced = bind("a", "compare with the server's own shorter vectors…", "a")
)
