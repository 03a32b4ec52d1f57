package shell

import (
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
)

// What tests look at. The program itself needs none of it from outside.

// Window is the size of the terminal's window as it was told last.
func (a *App) Window() ui.Size { return a.window }

// TooSmall tells that the window has no room for any screen.
func (a *App) TooSmall() bool {
	_, ok := layout(a.window.W, a.window.H)
	return !ok
}

// Current is the screen that is shown, below all overlays.
func (a *App) Current() ui.Screen { return a.current }

// Screens are all screens, in the order of their tabs.
func (a *App) Screens() []ui.Screen { return a.screens }

// Globals are the actions that work on every screen.
func (a *App) Globals() []ui.Action { return a.globals }

// Overlays are the open boxes, the topmost last.
func (a *App) Overlays() []ui.Overlay { return a.overlays }

// Exports is what asks for files and writes them.
func (a *App) Exports() *export.Dialog { return &a.exports }

// Notice is what the person was told last and can still read; without text when
// there is nothing.
func (a *App) Notice() Notice { return a.notice }

// Quitting tells that the program is about to end.
func (a *App) Quitting() bool { return a.quitting }
