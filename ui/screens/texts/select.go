package texts

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/widget"
)

// selectedMark stands before a text that is selected.
const selectedMark = "*"

// selectText selects the text under the cursor, or puts it back. Where a filter shows some
// texts it asks which are meant.
func (s *Screen) selectText() tea.Cmd {
	at := s.Session.CursorA()
	one := func() tea.Cmd {
		s.Session.Select(!s.Session.Selected(at), at)
		s.saySelection()
		return nil
	}
	if s.filter.Words() == "" {
		return one()
	}
	s.Open(widget.NewMenu(s.Context, "Select", keySelect, []widget.Option{
		{Key: "t", Label: "this text, or put it back", Run: one},
		{Key: "a", Label: fmt.Sprintf("all %s that the filter shows", format.Count(s.rows(), "text")), Guard: s.stillLooking, Run: func() tea.Cmd {
			s.Session.Select(true, s.filter.matches...)
			s.saySelection()
			return nil
		}},
		{Key: "n", Label: "none", Run: s.selectNone},
	}))
	return nil
}

// stillLooking gives the reason why what the filter shows is not what it will.
func (s *Screen) stillLooking() string {
	if s.looking() {
		return "the texts are still being searched"
	}
	return ""
}

func (s *Screen) selectNone() tea.Cmd {
	s.Session.SelectNone()
	s.saySelection()
	return nil
}

// saySelection says how many texts are selected, and what for.
func (s *Screen) saySelection() {
	switch n := len(s.Session.Selection()); n {
	case 0:
		s.Inform("No text is selected.")
	case 1:
		s.Inform("1 text is selected; of two and more Matrices and Duplicates show those alone.")
	default:
		s.Inform("%s are selected: Matrices and Duplicates show those alone.", format.Count(n, "text"))
	}
}

// Offers are the actions of the selection that have no key.
func (s *Screen) Offers() []ui.Action {
	none := ui.Unless(func() bool { return len(s.Session.Selection()) > 0 }, "no text is selected")
	return append(s.examples(), ui.Action{ID: "texts.select.none", Name: "select no text", Group: ui.GroupDo, Guard: none, Run: s.selectNone},
		ui.Action{ID: "texts.select.show", Name: "show the selected texts alone on Matrices", Group: ui.GroupDo, Guard: none, Run: ui.Do(func() {
			s.Session.ShowSelection(true)
			s.Go("matrices")
		})})
}
