package shell

import (
	"github.com/charmbracelet/colorprofile"

	"github.com/vecscope/vecscope/ui/theme"
)

// SetTheme draws for a dark or a light background in the colours that the terminal has.
func (a *App) SetTheme(dark bool, p colorprofile.Profile) {
	if dark != a.Theme.Dark || p != a.Theme.Profile {
		a.Context.Theme = theme.New(dark, p)
	}
}

func (a *App) toggleTheme() {
	a.themeChoice = "light"
	if !a.Theme.Dark {
		a.themeChoice = "dark"
	}
	a.SetTheme(!a.Theme.Dark, a.Theme.Profile)
	a.Session.MarkUnsaved()
	a.Inform("Colours for a %s background.", a.themeChoice)
}

func (a *App) toggleMouse() {
	a.mouseOn = !a.mouseOn
	a.Session.MarkUnsaved()
	if a.mouseOn {
		a.Inform("The mouse selects and scrolls.")
	} else {
		a.Inform("The mouse is the terminal's again: select text to copy it; %s gives it back.", keyMouse.Help().Key)
	}
}
