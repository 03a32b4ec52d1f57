package shell

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/compare/evaluate"
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
		case session.FoundEvent:
			a.tellFound(e)
		case session.ReadAgainEvent:
			a.tellReadAgain(e)
		case session.KeyEvent:
			a.tellKey(e)
		case session.NewsEvent:
			a.Notify(ui.NoticeWarn, strings.Join(e.Lines, " "))
			a.notice.news, a.notice.stays = a.notice.Text, true
		case session.UnrecordedEvent:
			a.Notify(ui.NoticeWarn, fmt.Sprintf("What was spent is not noted for later: %v", e.Err))
		case session.DecidingEvent:
			a.Inform("%s", decidingText(e))
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

// tellFound tells of a server that was found here, unless something else is being said:
// Models says it too, for as long as the program runs.
func (a *App) tellFound(e session.FoundEvent) {
	if a.notice.Text == "" || a.notice.Text == ui.ReadingLists {
		a.Inform("%s runs on this machine: Models lists what it has. discover = false in the settings file looks for no server.", e.Provider)
	}
}

// tellReadAgain tells what reading the lists again has brought.
func (a *App) tellReadAgain(e session.ReadAgainEvent) {
	if a.notice.Text != "" && a.notice.Text != ui.ReadingLists {
		return // what has changed, or went wrong
	}
	var silent []string
	for _, l := range a.Session.Lists().All() {
		if l.Err != nil {
			silent = append(silent, l.Server)
		}
	}
	if len(silent) > 0 {
		a.Notify(ui.NoticeWarn, "Read again, but not the lists of "+strings.Join(silent, ", ")+": they do not answer. r tries again.")
		return
	}
	if e.More > 0 {
		a.Notify(ui.NoticeGood, fmt.Sprintf("The lists have been read again: %s more.", format.Count(e.More, "model")))
		return
	}
	a.Notify(ui.NoticeGood, "The lists have been read again; nothing has changed.")
}

// tellKey tells whether a key was taken.
func (a *App) tellKey(e session.KeyEvent) {
	if e.Err != nil {
		a.Fail(e.Err)
		return
	}
	a.Notify(ui.NoticeGood, fmt.Sprintf("The key for %s is kept until the program ends, and written nowhere.", e.Provider))
}

// decidingText says which labels decide now, and how those of before can be chosen again.
func decidingText(e session.DecidingEvent) string {
	text := labelNames[e.Now] + " decide now"
	switch {
	case e.Now == evaluate.Pairs && e.Marks > 0:
		text = fmt.Sprintf("Your %s %s now", format.Count(e.Marks, "mark"), format.Agree(e.Marks, "decides", "decide"))
	case e.Now == evaluate.Retrieval && e.Judged > 0:
		text = fmt.Sprintf("Your %s judged %s now", format.Thousands(e.Judged), format.Agree(e.Judged, "query decides", "queries decide"))
	}
	if e.Left {
		text += "; L on Verdict selects " + strings.ToLower(labelNames[e.Before]) + " again"
	}
	return text + "."
}

// labelNames are what labels are called, by what they let candidates be tried at.
var labelNames = map[evaluate.Task]string{evaluate.Groups: "Groups", evaluate.Pairs: "Pairs", evaluate.Retrieval: "Queries"}

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
