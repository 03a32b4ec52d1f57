package models

import (
	"github.com/vecscope/vecscope/ui"
)

// The keys of the catalog, beside those that all screens have.
var (
	keyDimensions = ui.Bind("d", "dimensions…", "d")
	keyGuide      = ui.Bind("w", "which model for…", "w")
	keyPrefix     = ui.Bind("p", "query prefix…", "p")
	keyReadLists  = ui.Bind("r", "read the lists again", "r")
	keyEnterKey   = ui.Bind("K", "enter a key for this session…", "K")
	keyOwnPrefix  = ui.Bind("ctrl+r", "the catalog's own prefix", "ctrl+r")
)
