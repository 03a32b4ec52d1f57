package shell

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/widget"
)

// The keys that work anywhere.
var (
	keyHelp      = ui.Bind("?", "help", widget.HelpKey, widget.TypedHelpKey)
	keyPalette   = ui.Bind("ctrl+p", "every action…", "ctrl+p", ":")
	keyInterrupt = ui.Bind("ctrl+c", "cancel, or quit", "ctrl+c")
	keySuspend   = ui.Bind("ctrl+z", "suspend (fg returns)", "ctrl+z")

	keyNextScreen     = ui.Bind("ctrl+pgdn", "next screen", "ctrl+pgdown")
	keyPreviousScreen = ui.Bind("ctrl+pgup", "previous screen", "ctrl+pgup")

	keyViewBack    = ui.Bind("-", "back to the view before", "-")
	keyViewForward = ui.Bind("_", "forward again to the view after", "_")

	keyMark      = ui.Bind("m", "mark the text, to compare every other with it", "m")
	keyEmbed     = ui.Bind("E", "embedding cost…", "E")
	keyErrors    = ui.Bind("!", "error details…", "!")
	keyCommand   = ui.Bind("Y", "copy the command that prints this", "Y")
	keyRecompute = ui.Bind("R", "compute again", "R")
	keyTheme     = ui.Bind("ctrl+t", "light or dark", "ctrl+t")
	keyMouse     = ui.Bind("ctrl+y", "mouse on or off (off: select to copy)", "ctrl+y")
)

// globalActions are the actions that every screen has.
func (a *App) globalActions() []ui.Action {
	all := []ui.Action{
		{ID: "help", Key: keyHelp, Group: ui.GroupAnywhere, Footer: 1, Run: ui.Do(a.openHelp)},
		{ID: "palette", Key: keyPalette, Group: ui.GroupAnywhere, Footer: 8, Short: "actions…", Run: ui.Do(a.openPalette)},
		{ID: "screen.next", Key: keyNextScreen, Group: ui.GroupAnywhere, Run: ui.Do(func() { a.cycleScreen(1) })},
		{ID: "screen.previous", Key: keyPreviousScreen, Group: ui.GroupAnywhere, Run: ui.Do(func() { a.cycleScreen(-1) })},
		{ID: "back", Key: ui.KeyBack, Group: ui.GroupAnywhere, Run: a.goBack},
		{ID: "recompute", Key: keyRecompute, Group: ui.GroupAnywhere, Guard: ui.CanCompute(a.Session),
			Run: func() tea.Cmd { return a.Session.Recompute() }},
		{ID: "anew", Name: "embed anew, past the cache", Group: ui.GroupAnywhere, Guard: ui.CanEmbedAnew(a.Session),
			Run: func() tea.Cmd { return a.Session.EmbedAnew() }},
		{ID: "candidates", Key: candidate.KeyCandidates, Name: "selected models: reorder, remove…", Short: "selected…", Group: ui.GroupAnywhere, Footer: 9,
			Run: ui.Do(func() { a.Open(candidate.NewList(&a.Context)) })},
		{ID: "embed", Key: keyEmbed, Group: ui.GroupAnywhere, Guard: ui.CanBuy(a.Session), Run: a.askEmbed},
		{ID: "errors", Key: keyErrors, Group: ui.GroupAnywhere, Guard: func() string { return candidate.NothingInTheWay(a.Session) }, Run: ui.Do(a.openErrors)},
		{ID: "like", Key: ui.KeyLike, Group: ui.GroupAnywhere, Guard: ui.CanCompute(a.Session), Run: ui.Do(a.searchLike)},
		{ID: "command", Key: keyCommand, Group: ui.GroupAnywhere, Guard: func() string { return cannotPrint(a.current) }, Run: a.copyCommand},
		{ID: "mark", Key: keyMark, Group: ui.GroupAnywhere, Guard: a.nothingToMark, Run: a.mark},
		{ID: "folder.keep", Name: "keep these choices for this folder…", Group: ui.GroupAnywhere, Guard: a.noFolder, Run: ui.Do(a.askKeepFolder)},
		{ID: "theme", Key: keyTheme, Group: ui.GroupAnywhere, Run: ui.Do(a.toggleTheme)},
		{ID: "mouse", Key: keyMouse, Group: ui.GroupAnywhere, Run: ui.Do(a.toggleMouse)},
		{ID: "suspend", Key: keySuspend, Group: ui.GroupAnywhere, Run: func() tea.Cmd { return tea.Suspend }},
		{ID: "interrupt", Key: keyInterrupt, Group: ui.GroupAnywhere, Run: a.interrupt},
		{ID: "quit", Key: ui.KeyQuit, Group: ui.GroupAnywhere, Footer: 9, Run: a.quit},
	}
	all = append(all, a.viewActions()...)
	for i, s := range a.screens {
		all = slices.Insert(all, 2+i, a.opening(s.Info(), strconv.Itoa(i+1)))
	}
	return all
}

// searchLike searches for what is like the text under the cursor that all screens share.
func (a *App) searchLike() {
	texts := a.Session.Corpus()
	a.SearchLike(texts.At(min(a.Session.CursorA(), texts.Len()-1)).Text)
}

// copyCommand copies what the command line is to be told to print what is shown.
func (a *App) copyCommand() tea.Cmd {
	c, _ := command(a.current)
	return a.exports.CopyCommand(c)
}

// opening is the action that goes to a screen.
func (a *App) opening(i ui.Info, key string) ui.Action {
	return ui.Action{ID: "open." + i.ID, Key: ui.Bind(key, i.Title, key), Name: "go to " + i.Title, Group: ui.GroupAnywhere,
		Run: ui.Do(func() { a.Go(i.ID) })}
}
