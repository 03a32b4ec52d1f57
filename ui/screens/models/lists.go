package models

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
)

// listWords say where the rows of each server come from and how old they are, those whose
// list could not be read first.
func listWords(lists []session.ServerList, models []api.Model, now time.Time) []string {
	failedFirst := func(a, b session.ServerList) int {
		switch {
		case (a.Err == nil) == (b.Err == nil):
			return 0
		case a.Err != nil:
			return -1
		}
		return 1
	}
	slices.SortStableFunc(lists, failedFirst)
	var out []string
	for _, l := range lists {
		text := term.Safe(l.Server)
		if l.Origin != "" {
			text += " (" + term.Safe(l.Origin) + ")"
		}
		if l.Err != nil {
			text += " " + listFailure(l.Err)
		}
		switch origin := originOf(models, l.Server, now); {
		case origin != "":
			text += ": " + origin
		case l.Err == nil:
			text += ": no list yet"
		}
		out = append(out, text)
	}
	return out
}

// listFailure says in few words why a list could not be read.
func listFailure(err error) string {
	var refused *api.ServerError
	switch {
	case errors.As(err, &refused) && refused.Status == 0:
		return "unreachable"
	case refused != nil:
		return fmt.Sprintf("gives no list (%d)", refused.Status)
	}
	return "was not asked for its list"
}

// originOf says where a server's newest row comes from and how old that is.
func originOf(models []api.Model, server string, now time.Time) string {
	var newest api.Model
	for _, m := range models {
		if m.Provider == server && m.Mark != api.MarkVanished && listRank(m) > listRank(newest) {
			newest = m
		}
	}
	switch newest.Source {
	case api.SourceLive, api.SourceCached:
		at := newest.Listed.Local()
		day := "2006-01-02 15:04"
		if at.Format(time.DateOnly) == now.Local().Format(time.DateOnly) {
			day = "15:04"
		}
		return "list of " + at.Format(day) + ", " + ageText(now.Sub(at))
	case api.SourceSnapshot:
		return "built-in list, " + catalog.SnapshotMade
	case api.SourceConfig:
		return "models from the settings"
	}
	return ""
}

// listRank orders the sources of rows by how much they tell of a server's list.
func listRank(m api.Model) int {
	return slices.Index([]api.Source{api.SourceConfig, api.SourceSnapshot, api.SourceCached, api.SourceLive}, m.Source) + 1
}

// ageText says how long ago something was.
func ageText(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 48*time.Hour:
		return format.Count(int(d.Hours()), "hour") + " ago"
	}
	return format.Count(int(d.Hours()/24), "day") + " ago"
}

// Refresh lets the lists grow older, and keeps the cursor in sight.
func (s *Screen) Refresh() tea.Cmd {
	s.looked, s.made = time.Now(), nil
	rows, place := s.rows(), s.layout(s.Body).list
	_, s.list.Cursor, _ = s.current(rows)
	s.list.Fit(len(rows), s.table(rows, place.Size()).Fit(place.W, place.H).Rows)
	if s.layout(s.Body).chart.W > 0 { // which draws the intervals, too
		return s.Session.Verdict().Refine()
	}
	return nil
}

// cannotReadLists gives the reason why the lists cannot be read again.
func (s *Screen) cannotReadLists() string {
	if !s.Session.Lists().CanRefresh() {
		return "they are being read already, or there is no server"
	}
	return ""
}

// readLists reads them again.
func (s *Screen) readLists() tea.Cmd {
	s.Inform("%s", ui.ReadingLists)
	return s.Session.Lists().RefreshAll()
}

// listsInFull says of all lists where they come from.
func (s *Screen) listsInFull() string {
	return strings.Join(listWords(s.Session.Lists().All(), s.Session.Engine().Catalog.Models(), s.looked), " · ")
}

// listsText is what the line over the table says of the lists in w columns; empty
// where there is no room to say anything. What failed is said in fewer words, and the other
// lists are counted, before anything is cut.
func (s *Screen) listsText(w int) string {
	lists := s.Session.Lists().All()
	text := s.listsInFull()
	switch {
	case term.Width(text) <= w:
		return text
	case !anyListFailed(lists):
		return ""
	}
	words := listWords(lists, s.Session.Engine().Catalog.Models(), s.looked)
	var brief []string
	for _, l := range lists {
		if l.Err != nil {
			brief = append(brief, term.Safe(l.Server)+" "+listFailure(l.Err))
		}
	}
	others := ""
	if n := len(lists) - len(brief); n > 0 {
		others = " · +" + format.Count(n, "list")
	}
	counted := format.Count(len(brief), "list") + " not read: " + keyReadLists.Help().Key
	full, short := strings.Join(words[:len(brief)], " · "), strings.Join(brief, " · ")
	return term.Wording(w, full+others, full, short+others, short, counted+" tries again", counted, term.Truncate(short, w))
}

// anyListFailed tells that a server's list could not be read.
func anyListFailed(lists []session.ServerList) bool {
	return slices.ContainsFunc(lists, func(l session.ServerList) bool { return l.Err != nil })
}
