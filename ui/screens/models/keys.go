package models

import (
	"github.com/vecscope/vecscope/ui"
)

// The keys of the catalog, beside those that all screens have.
var (
	keyGuide        = ui.Bind("w", "model guide…", "w")
	keyPrefix       = ui.Bind("e", "edit prefixes…", "e")
	keyReadLists    = ui.Bind("r", "read the lists again", "r")
	keyEnterKey     = ui.Bind("K", "enter a key for this session…", "K")
	keyOwnPrefix    = ui.Bind("ctrl+r", "the catalog's own prefixes", "ctrl+r")
	keyNextRole     = ui.Bind("tab", "next role", "tab", "down")
	keyPreviousRole = ui.Bind("shift+tab", "previous role", "shift+tab", "up")
)
