package shell

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
)

// MaxStatusLines is how many lines a notice takes at the most.
const MaxStatusLines = 5

// StatusLines show the notice, else what runs, else what the screen says. Only a
// notice takes more than one line, over the end of the screen: what to do often
// stands last in it.
func (a *App) StatusLines(room ui.Size) []string {
	switch {
	case a.notice.Text != "":
		lines := term.SafeLines(a.notice.Text, room.W-1)
		if len(lines) > room.H {
			lines = lines[:room.H]
			lines[room.H-1] = term.Truncate(lines[room.H-1]+term.Ellipsis, room.W-1)
		}
		for i, l := range lines {
			lines[i] = noticeStyle(a.Theme, a.notice.Level).Render(term.Fit(" "+l, room.W))
		}
		return lines
	case a.Session.Running():
		return []string{a.Theme.Accent.Render(term.Fit(" "+a.ProgressText(room.W-1), room.W))}
	}
	if line := a.MarkedLine(room.W); line != "" && !a.marksBelow() {
		return []string{line}
	}
	return []string{a.RestingStatus(room.W)}
}

// RestingStatus is the status while nothing runs: what waits for the person's
// word, what is wrong with the candidate in focus, what the screen says.
func (a *App) RestingStatus(w int) string {
	ask := a.asksForMoney()
	status := a.withSamples(status(a.current), w-1-term.Width(ask))
	if a.current.Info().Compares {
		if wrong := candidate.FocusProblem(a.Session, max(w-1-term.Width(ask), 0)); wrong != "" {
			return a.Theme.Warn.Render(term.Fit(" "+wholeWords(ask+wrong, w-1), w))
		}
	}
	line := term.Fit(" "+wholeParts(strings.TrimSuffix(ask+status, between), w-1), w)
	if ask != "" {
		return a.Theme.Warn.Render(line)
	}
	return line
}

// asksForMoney says how many models wait for the person's word; empty for none.
func (a *App) asksForMoney() string {
	waiting := a.Session.Payments().Waiting()
	n := len(waiting)
	if n == 0 {
		return ""
	}
	state := "not embedded"
	if !slices.ContainsFunc(a.Session.States(), func(c session.State) bool { return c.Result == nil && slices.Contains(waiting, c.ID()) }) {
		state = format.Agree(n, "lacks", "lack") + " vectors"
	}
	return fmt.Sprintf("%s %s: E shows %s cost%s", format.Count(n, "model"), state, format.Agree(n, "its", "their"), between)
}

// withSamples puts before a status that the texts are a built-in set's, where there is room:
// nobody shall take them for their own.
func (a *App) withSamples(status string, w int) string {
	const samples = "Sample texts"
	whole := samples + between + status
	switch {
	case a.Session.Corpus().Len() == 0 || a.Session.Corpus().Origin().Set == "" || a.Session.Corpus().Origin().Own():
		return status
	case status == "":
		whole = samples + ": Texts takes yours"
	}
	if term.Width(whole) > w {
		return status
	}
	return whole
}

// between stands between the parts of a status.
const between = " · "

// wholeParts leaves the last parts of a status out, and says so, until it takes at
// most w columns; of the first one its last words.
func wholeParts(status string, w int) string {
	whole := status
	for term.Width(status) > w {
		at := strings.LastIndex(whole, between)
		switch {
		case at < 0 && term.Width(whole) < w && whole != status: // the mark alone has room
			return whole + term.Ellipsis
		case at < 0:
			return wholeWords(status, w)
		}
		whole = whole[:at]
		status = whole + between + term.Ellipsis
	}
	return status
}

// wholeWords leaves the last words of a line out, and says so, until it takes at most w
// columns; a word that is too long by itself is cut.
func wholeWords(line string, w int) string {
	whole := line
	for term.Width(line) > w {
		at := strings.LastIndex(whole, " ")
		if at < 0 {
			return term.Truncate(whole+term.Ellipsis, w)
		}
		whole = strings.TrimRight(whole[:at], " ·…")
		line = whole + " " + term.Ellipsis
	}
	return line
}

// ProgressText says in w columns what is under way and how far it is: in short
// where there is no room for all, then with names cut to leave each its place, and of those
// that have none even so how many they are.
func (a *App) ProgressText(w int) string {
	const head = "Working, esc stops: "
	works := candidate.UnderWay(a.Session)
	var full, brief []string
	for _, k := range works {
		full = append(full, k[0]+" "+k[1])
	}
	if text := head + strings.Join(full, between); term.Width(text) <= w {
		return text
	}
	var names []string
	longest := 0
	for i, k := range works {
		short, _, _ := strings.Cut(k[1], ", ")
		if strings.Contains(k[1], "waits") {
			short = k[1]
		}
		works[i][1] = " " + short
		names, longest = append(names, k[0]), max(longest, term.Width(k[0]))
	}
	text := ""
	for room := max(longest, leastWorkName); room >= leastWorkName; room-- {
		brief = brief[:0]
		for i, name := range term.DistinctCuts(names, room) {
			brief = append(brief, name+works[i][1])
		}
		if text = head + strings.Join(brief, between); term.Width(text) <= w {
			return text
		}
	}
	for n := len(brief) - 1; n > 0 && term.Width(text) > w; n-- {
		text = fmt.Sprintf("%s%s%s+%d", head, strings.Join(brief[:n], between), between, len(brief)-n)
	}
	return text
}

// leastWorkName is what a name keeps in the line of what is under way.
const leastWorkName = 12
