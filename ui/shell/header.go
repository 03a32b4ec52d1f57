package shell

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// Header is the line of tabs with what is loaded at its right end.
func (a *App) Header(w int) string {
	l := a.HeaderLine(w)
	room := w - l.Width - 1
	for _, right := range a.summaries() {
		// A blank more parts it from the tabs.
		if term.Width(right)+1 <= room {
			return l.B.String() + a.Theme.Bar.Render(strings.Repeat(" ", room-term.Width(right))+right+" ")
		}
	}
	return term.Truncate(l.B.String(), w) + a.Theme.Bar.Render(strings.Repeat(" ", max(w-l.Width, 0)))
}

// tabForm is how the tabs are written.
type tabForm int

// The forms of the tabs, the widest first.
const (
	tabsBranded tabForm = iota // whole titles after the program's name
	tabsFull                   // whole titles
	tabsShort                  // short titles
	tabsTight                  // short titles, one blank between them
	tabsNumbers                // numbers, a title for the screen shown
)

// HeaderLine is the tabs, in the widest form that has room.
func (a *App) HeaderLine(w int) *widget.Line {
	for form := tabsBranded; form < tabsNumbers; form++ {
		if l := a.tabs(form); l.Width <= w {
			return l
		}
	}
	return a.tabs(tabsNumbers)
}

// tabs are the tabs in one form.
func (a *App) tabs(form tabForm) *widget.Line {
	l := &widget.Line{}
	if form == tabsBranded {
		l.Add(a.Theme.Tab.Bold(), " vecscope ", "")
	}
	for i, s := range a.screens {
		style := a.Theme.Tab
		if s == a.current {
			style = a.Theme.TabActive
		}
		info := s.Info()
		text := fmt.Sprintf("%d %s", i+1, info.ShortTitle())
		switch {
		case form <= tabsFull:
			text = fmt.Sprintf(" %d %s ", i+1, info.Title)
		case form == tabsShort:
			text = " " + text + " "
		case form == tabsNumbers && s != a.current:
			text = strconv.Itoa(i + 1)
		}
		if form >= tabsTight && i > 0 {
			l.Add(a.Theme.Tab, " ", "")
		}
		l.Add(style, text, "open."+info.ID)
	}
	return l
}

// sourceWidth is how much of the source's name the header shows.
const sourceWidth = 32

// summaries say what is loaded, the longest first.
func (a *App) summaries() []string {
	texts, candidates := format.Count(a.Session.Corpus().Len(), "text"), format.Count(len(a.Session.Candidates()), "model")
	short := texts + " · " + candidates
	if a.Session.Corpus().Len() == 0 {
		return []string{short, texts}
	}
	return []string{term.Excerpt(a.Session.Corpus().Origin().Title(), sourceWidth) + " · " + short, short, texts}
}
