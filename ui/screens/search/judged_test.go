package search

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

// judgingBox is the box that judges what was found for a query.
func judgingBox(t *testing.T, w, h int, queries ...string) (*judging, func(keys ...string)) {
	t.Helper()
	a := settled(t, w, h, withFAQ(t))
	for _, q := range queries {
		ask(t, a, q)
	}
	uitest.Press(t, a, "J")
	return a.Top().(*judging), func(keys ...string) { t.Helper(); uitest.Press(t, a, keys...) }
}

// The box has its rule and its list where the window leaves them room.
func TestTheBoxThatJudgesGrowsWithTheWindow(t *testing.T) {
	j, _ := judgingBox(t, 100, 40, "where is my invoice")
	for h, want := range map[int]string{7: "query", 8: "query rule list", 9: "query rule list", 40: "query rule list"} {
		room := ui.Size{W: 100, H: h}
		j.Fit(room, j.Theme)
		lines := j.View(room, j.Theme)
		got := "query"
		if strings.Contains(bare(lines), "── a text that some column has found") {
			got += " rule"
		}
		if j.listed > 0 {
			got += " list"
		}
		if got != want || len(lines) > h || !strings.Contains(bare(lines[1:2]), "“where is my invoice”") {
			t.Errorf("in %d lines it has %q in %d, want %q:\n%s", h, got, len(lines), want, bare(lines))
		}
		if j.listed == len(j.pool) {
			// A click on a line of the list goes to its text, others go nowhere.
			for at := range j.pool {
				if j.Mouse(ui.Mouse{Y: j.listAt + at}); j.at != at {
					t.Errorf("a click on line %d of the list goes to text %d", at+1, j.at+1)
				}
			}
			for _, y := range []int{j.listAt - 1, j.listAt + len(j.pool)} {
				j.at = 2
				if j.Mouse(ui.Mouse{Y: y}); j.at != 2 {
					t.Errorf("a click on line %d, the list begins on %d, goes to text %d", y, j.listAt, j.at+1)
				}
			}
		}
	}
}

// In the end left leads back to the last text, and enter to the next query where there is one.
func TestFromTheEndOfJudgingLeftLeadsBackAndEnterOn(t *testing.T) {
	j, press := judgingBox(t, 100, 40, "refund", "where is my invoice")
	for range j.pool {
		press("0")
	}
	if !j.over() || j.marked() != len(faq) {
		t.Fatalf("text %d of %d, %d judged", j.at+1, len(j.pool), j.marked())
	}
	if press("left"); j.at != len(j.pool)-1 {
		t.Errorf("left leads to text %d", j.at+1)
	}
	press("2")
	if press("enter"); j.screen.query.text != "refund" || j.screen.judging == j || j.screen.judging.query != "refund" || !j.Closed() {
		t.Errorf("enter leads to %q", j.screen.query.text)
	}
}

// In the end the list is scrolled as far as there are texts.
func TestTheEndOfJudgingIsScrolledToItsEnd(t *testing.T) {
	j, press := judgingBox(t, 100, 40, "where is my invoice")
	for range j.pool {
		press("0")
	}
	for _, c := range []struct{ top, h, want int }{{0, 6, 0}, {99, 6, 3}, {-4, 6, 0}, {2, 6, 2}, {99, 40, 0}} {
		j.top = c.top
		lines := j.lifted(ui.Size{W: 100, H: c.h}, j.Theme)
		if j.top != c.want || len(lines) > c.h {
			t.Errorf("scrolled to %d in %d lines it begins with %d and has %d", c.top, c.h, j.top, len(lines))
		}
	}
	j.top = 1
	if j.Mouse(ui.Mouse{Wheel: -3}); j.top != 0 {
		t.Errorf("the wheel leads to %d", j.top)
	}
	if j.Mouse(ui.Mouse{Wheel: 2}); j.top != 2 {
		t.Errorf("the wheel leads to %d", j.top)
	}
}

func TestOneJudgmentIsEnoughToAskBeforeAQueryIsForgotten(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	ask(t, a, "refund?")
	uitest.Settle(t, a, a.Session.Asked().Judge("refund?", 4, labels.WhollyRelevant))
	uitest.Press(t, a, "Q", "d")
	uitest.WantShown(t, a, "Forget “refund?” and 1 judgment of it?")
	uitest.Press(t, a, "d")
	if n := len(a.Session.Asked().List()); n != 0 {
		t.Errorf("%d queries are left", n)
	}
	// Nothing is done to a query that the filter hides.
	uitest.Press(t, a, "esc")
	ask(t, a, "invoice")
	uitest.Press(t, a, "Q", "/", "z", "z", "enter", ".", "d", "J")
	if _, open := a.Top().(*askedBox); !open || len(a.Session.Asked().List()) != 1 {
		t.Errorf("over all lies %T, %d queries are left", a.Top(), len(a.Session.Asked().List()))
	}
}
