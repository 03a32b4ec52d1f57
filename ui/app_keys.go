package ui

// The keys that work anywhere.
var (
	keyHelp      = bind("?", "help", "?")
	keyPalette   = bind("ctrl+p", "every action…", "ctrl+p", ":")
	keyInterrupt = bind("ctrl+c", "stop what runs, else quit", "ctrl+c")
	keySuspend   = bind("ctrl+z", "suspend (fg returns)", "ctrl+z")

	keyModels         = bind("1", "Models", "1")
	keyTexts          = bind("2", "Texts", "2")
	keyMatrices       = bind("3", "Matrices", "3")
	keyDuplicates     = bind("4", "Duplicates", "4")
	keyUsage          = bind("5", "Usage", "5")
	keyNextScreen     = bind("ctrl+pgdn", "next screen", "ctrl+pgdown")
	keyPreviousScreen = bind("ctrl+pgup", "previous screen", "ctrl+pgup")

	keyEmbed     = bind("E", "what embedding costs…", "E")
	keyErrors    = bind("!", "errors in full…", "!")
	keyRecompute = bind("R", "compute again", "R")
	keyTheme     = bind("ctrl+t", "light or dark", "ctrl+t")
	keyMouse     = bind("ctrl+y", "mouse on or off (off: select to copy)", "ctrl+y")
)
