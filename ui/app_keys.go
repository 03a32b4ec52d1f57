package ui

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"
)

// The keys that work anywhere.
var (
	keyHelp      = bind("?", "help", "?")
	keyPalette   = bind("ctrl+p", "every action…", "ctrl+p", ":")
	keyInterrupt = bind("ctrl+c", "stop what runs, else quit", "ctrl+c")
	keySuspend   = bind("ctrl+z", "suspend (fg returns)", "ctrl+z")

	keyNextScreen     = bind("ctrl+pgdn", "next screen", "ctrl+pgdown")
	keyPreviousScreen = bind("ctrl+pgup", "previous screen", "ctrl+pgup")

	keyEmbed     = bind("E", "what embedding costs…", "E")
	keyErrors    = bind("!", "errors in full…", "!")
	keyRecompute = bind("R", "compute again", "R")
	keyTheme     = bind("ctrl+t", "light or dark", "ctrl+t")
	keyMouse     = bind("ctrl+y", "mouse on or off (off: select to copy)", "ctrl+y")
)

// global are the actions that every screen has.
func (a *app) global() []action {
	all := []action{
		{id: "help", binding: keyHelp, group: groupAnywhere, footer: 1, run: do(a.openHelp)},
		{id: "palette", binding: keyPalette, group: groupAnywhere, footer: 8, short: "actions…", run: do(a.openPalette)},
		{id: "screen.next", binding: keyNextScreen, group: groupAnywhere, run: do(func() { a.cycleScreen(1) })},
		{id: "screen.previous", binding: keyPreviousScreen, group: groupAnywhere, run: do(func() { a.cycleScreen(-1) })},
		{id: "back", binding: keyBack, group: groupAnywhere, run: a.goBack},
		{id: "recompute", binding: keyRecompute, group: groupAnywhere, enabled: func() string { return nothingToCompute(a.store) },
			run: func() tea.Cmd { return a.store.recompute() }},
		{id: "embed", binding: keyEmbed, group: groupAnywhere, enabled: func() string { return nothingToBuy(a.store) }, run: a.askEmbed},
		{id: "troubles", binding: keyErrors, group: groupAnywhere, enabled: func() string { return nothingInTheWay(a.store) }, run: do(a.openTroubles)},
		{id: "theme", binding: keyTheme, group: groupAnywhere, run: do(a.toggleTheme)},
		{id: "mouse", binding: keyMouse, group: groupAnywhere, run: do(a.toggleMouse)},
		{id: "suspend", binding: keySuspend, group: groupAnywhere, run: func() tea.Cmd { return tea.Suspend }},
		{id: "interrupt", binding: keyInterrupt, group: groupAnywhere, run: a.interrupt},
		{id: "quit", binding: keyQuit, group: groupAnywhere, footer: 9, run: a.quit},
	}
	for i, s := range a.screens {
		all = slices.Insert(all, 2+i, a.opening(s.describe(), strconv.Itoa(i+1)))
	}
	return all
}

// opening is the action that goes to a screen.
func (a *app) opening(i info, key string) action {
	return action{id: "open." + i.id, binding: bind(key, i.title, key), name: "Go to " + i.title, group: groupAnywhere,
		run: do(func() { a.show(i.id) })}
}
