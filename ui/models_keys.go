package ui

// The keys of the catalog, beside those that all screens have.
var (
	keyDimensions = bind("d", "dimensions…", "d")
	keyGuide      = bind("w", "which model for…", "w")
	keyPrefix     = bind("p", "query prefix…", "p")
	keyOwnPrefix  = bind("ctrl+r", "the catalog's own prefix", "ctrl+r")
)
