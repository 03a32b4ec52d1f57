package shell

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
)

// TellEvents tells what has happened in the session since that was told last.
func (a *App) TellEvents() {
	for _, e := range a.Session.TakeEvents() {
		switch e := e.(type) {
		case session.DetachedEvent:
			words := make([]string, len(e))
			for i, d := range e {
				words[i] = detachedText(d)
			}
			a.Notify(ui.NoticeInfo, strings.Join(words, " "))
		case session.UncachedEvent:
			a.Notify(ui.NoticeWarn, fmt.Sprintf("%s: some vectors are no longer in the cache. Nothing was sent; E shows what they cost.", e.Model))
		case session.ListEvent:
			a.tellList(e)
		case session.NewsEvent:
			a.Notify(ui.NoticeWarn, strings.Join(e.Lines, " "))
		case session.UnrecordedEvent:
			a.Notify(ui.NoticeWarn, fmt.Sprintf("What was spent is not noted for later: %v", e.Err))
		case session.FailedEvent:
			a.Fail(e.Err)
		}
	}
}

// tellList tells what a server's list changed. That a server cannot be reached is
// said over the catalog's rows, with how old they are, and when it is asked for
// vectors: a person without a network need not hear of it at every start.
func (a *App) tellList(e session.ListEvent) {
	switch {
	case session.GaveNoList(e.Err):
		a.Notify(ui.NoticeWarn, listRefusals(a.Session.Lists().All()))
	case e.Err == nil && e.Changes != "":
		a.Notify(ui.NoticeInfo, fmt.Sprintf("The list of %s: %s.", e.Provider, e.Changes))
	}
}

// detachedText says that an asking goes on with what was agreed to.
func detachedText(d session.Detached) string {
	goesOn := fmt.Sprintf("%s goes on with the %s that %s agreed to", d.Model, format.Count(d.Agreed, "text"), format.Agree(d.Agreed, "was", "were"))
	switch {
	case d.Unwanted:
		return goesOn + ", and what it brings is kept; esc stops it."
	case d.Changed == 1:
		return goesOn + "; the changed text waits for E."
	case d.Changed > 1:
		return goesOn + fmt.Sprintf("; the %s changed texts wait for E.", format.Thousands(d.Changed))
	}
	return goesOn + "."
}

// listRefusals say why servers that can be reached gave no list, one after the other: a
// notice takes the place of the one before.
func listRefusals(lists []session.ServerList) string {
	var why []string
	slices.SortFunc(lists, func(a, b session.ServerList) int { return strings.Compare(a.Server, b.Server) })
	for _, l := range lists {
		if session.GaveNoList(l.Err) {
			why = append(why, l.Err.Error())
		}
	}
	if len(why) == 1 {
		return "The list of models could not be read: " + why[0]
	}
	return "Lists of models could not be read: " + strings.Join(why, "; ")
}
