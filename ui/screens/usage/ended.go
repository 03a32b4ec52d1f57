package usage

import (
	"fmt"
	"slices"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// endedFor are the words for what was asked for.
var endedFor = map[session.Purpose]string{
	session.ForCandidates: "texts", session.ForQuery: "query", session.ForReduction: "shorter vectors",
	session.ForTriedQueries: "queries", session.ForTriedDocuments: "documents", session.ForDocuments: "documents",
}

// endedNow are the last requests that have the words of the filter.
func (u *Screen) endedNow() []session.Ended {
	return slices.DeleteFunc(slices.Clone(u.Session.Requests().Ended()), func(e session.Ended) bool {
		return len(matching([]api.Tally{splitRef(e.Model)}, u.filter.Words())) == 0
	})
}

// endedLines are the title and the table of the last requests and what came of them, in at
// most that room.
func (u *Screen) endedLines(z ui.Size) []string {
	list := u.ended
	if z.H < 3 || len(list) == 0 {
		return nil
	}
	title := "Last asked for, newest first"
	shown := list[:min(len(list), z.H-2)]
	if n := len(list) - len(shown); n > 0 {
		title += fmt.Sprintf(" · … %d more", n)
	}
	lines := []string{u.Theme.Codes.Strong + term.Fit(title, z.W) + theme.Reset}
	return append(lines, u.endedTable(shown).Draw(z.W, len(shown)+1)...)
}

func (u *Screen) endedTable(list []session.Ended) widget.Table {
	cells := make([][]widget.Cell, len(list))
	for i, e := range list {
		cells[i] = u.endedCells(e)
	}
	t := widget.Table{Rows: len(list), Cursor: -1, Styles: u.Theme.Codes, TellHidden: true, Row: func(i int) []widget.Cell { return cells[i] }}
	titles := [...]string{"at", "model", "what", "vectors", "tokens", "took", "answer"}
	for i, title := range titles {
		c := widget.Column{Title: title, Width: term.Width(title), Priority: [len(titles)]int{2, 0, 4, 1, 3, 1, 0}[i]}
		for _, row := range cells {
			c.Width = max(c.Width, term.Width(row[i].Text))
		}
		switch title {
		case "model":
			c.CutMiddle, c.Min = true, min(c.Width, mostModelName)
		case "vectors", "tokens", "took":
			c.Align = widget.AlignRight
		case "answer":
			c.Min, c.Flex = min(c.Width, mostModelName), 1
		}
		t.Columns = append(t.Columns, c)
	}
	return t
}

// endedCells are those of one request.
func (u *Screen) endedCells(e session.Ended) []widget.Cell {
	vectors := format.Thousands(e.Came)
	if e.Came != e.Texts {
		vectors += " of " + format.Thousands(e.Texts)
	}
	answer, pen := u.endedAnswer(e)
	return []widget.Cell{
		{Text: e.At.Local().Format("15:04:05")}, {Text: term.Safe(e.Model)}, {Text: endedFor[e.Purpose]}, {Text: vectors},
		{Text: endedTokens(e.Spent)}, {Text: format.Duration(e.Took)}, {Text: answer, Pen: pen},
	}
}

func endedTokens(u api.Usage) string {
	if u.Estimated {
		return "≈" + format.Thousands(u.Tokens)
	}
	return format.Thousands(u.Tokens)
}

// endedAnswer says what came of a request and how that looks.
func (u *Screen) endedAnswer(e session.Ended) (text, pen string) {
	switch {
	case e.Err != nil:
		return candidate.OfError(e.Err).Line(ui.Unlimited), u.Theme.Codes.Bad
	case e.Spent.Requests == 0 && e.Spent.Cached > 0:
		return "all from the cache", u.Theme.Codes.Good
	case e.Spent.Requests == 0:
		return "computed here", u.Theme.Codes.Dim
	}
	text = format.Count(e.Spent.Requests, "request")
	if e.Spent.Failed > 0 {
		text += fmt.Sprintf(", %d failed and repeated", e.Spent.Failed)
	}
	if e.Spent.Cached > 0 {
		text += ", " + format.Thousands(e.Spent.Cached) + " from the cache"
	}
	return text, ""
}
