package duplicates

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestMouseOnDuplicates(t *testing.T) {
	a := plane(t, 120, 30, twoViews)
	d := screenOf(a)
	a.Session.Thresholds().Set("", 0.5)
	uitest.Settle(t, a, d.Refresh())
	list := d.layout(d.Body).list
	uitest.Send(t, a, uitest.Click(5, 1+list.Y+3))
	if d.list.Cursor != 2 {
		t.Errorf("a click on the third row selects row %d", d.list.Cursor+1)
	}
	header := strings.Split(screenText(d), "\n")[list.Y]
	x := term.Width(header[:strings.LastIndex(header, " A ")]) + 1
	uitest.Send(t, a, uitest.Click(x, 1+list.Y))
	if d.sortBy != uitest.Glove || d.reversed {
		t.Errorf("a click on the title sorts by %s", d.sortBy)
	}
	uitest.Send(t, a, uitest.Click(x, 1+list.Y))
	if !d.reversed {
		t.Error("a second click does not turn the sorting round")
	}
	uitest.Send(t, a, uitest.Click(x, 1+list.Y))
	if d.sortBy != uitest.Glove || d.reversed {
		t.Error("a third click does not turn it back")
	}
	uitest.Send(t, a, tea.MouseWheelMsg{X: 5, Y: 10, Button: tea.MouseWheelUp})
	if d.list.Cursor != 0 {
		t.Errorf("the wheel leads to row %d", d.list.Cursor+1)
	}
	uitest.Press(t, a, "|")
	uitest.Send(t, a, uitest.Click(5, 1+2))
	if d.Session.Focused() != 1 {
		t.Errorf("a click on the second candidate leaves the threshold with number %d", d.Session.Focused()+1)
	}
}
