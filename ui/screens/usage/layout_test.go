package usage

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

// placed writes where parts of a screen lie, those that have no lines left out.
func placed(names []string, parts ...ui.Rect) string {
	var said []string
	for i, r := range parts {
		if r.H > 0 {
			said = append(said, fmt.Sprintf("%s %d,%d %dx%d", names[i], r.X, r.Y, r.W, r.H))
		}
	}
	return strings.Join(said, " · ")
}

// Every part has its place in windows of all sizes: the table first, then what is said of its
// row and, from the bottom, what holds for all; the rest goes to prices, growth and the requests.
func TestEveryPartOfUsageHasItsPlace(t *testing.T) {
	a := usageSample(t, ui.Size{W: 80, H: 24})
	u := a.Screen(ID).(*Screen)
	list := u.rows()
	var lines []string
	for _, filtered := range []bool{false, true} {
		if filtered {
			u.Filter("o")
		}
		for _, n := range []int{2, len(list)} {
			for _, prices := range []int{0, 12} {
				for _, ended := range []int{0, 20} {
					for _, z := range []ui.Size{{W: 40, H: 6}, {W: 59, H: 11}, {W: 60, H: 12}, {W: 80, H: 22}, {W: 129, H: 36}, {W: 130, H: 36}, {W: 200, H: 57}, {W: 220, H: 80}} {
						u.priced.rows, u.ended = make([]priced, prices), make([]session.Ended, ended)
						l := u.layout(list[:n], z)
						lines = append(lines, fmt.Sprintf("%dx%d, %d rows, %d prices, %d ended: ", z.W, z.H, n, prices, ended)+
							placed([]string{"filter", "table", "details", "prices", "growth", "ended", "foot"}, l.filter, l.table, l.details, l.prices, l.growth, l.ended, l.foot))
					}
				}
			}
		}
	}
	golden.RequireEqual(t, strings.Join(lines, "\n")+"\n")
}

// What was free stays free: a part never has more lines than there are, and none lie on another.
func TestTheFreeLinesAreShared(t *testing.T) {
	free := func(h int) ui.Rect { return ui.Rect{X: 1, Y: 20, W: 70, H: h} }
	for _, c := range []struct {
		free, prices, ended int
		want                string
	}{
		{9, 12, 6, "prices 1,20 70x9"},
		{10, 12, 6, "prices 1,20 70x6 · ended 1,27 70x3"},
		{20, 12, 2, "prices 1,20 70x12 · growth 1,33 70x7"},
		{18, 12, 2, "prices 1,20 70x12"},
		{19, 12, 2, "prices 1,20 70x12 · growth 1,33 70x6"},
		{30, 12, 6, "prices 1,20 70x12 · growth 1,33 70x9 · ended 1,43 70x6"},
		{24, 12, 30, "prices 1,20 70x12 · ended 1,33 70x11"},
		{12, 5, 6, "prices 1,20 70x5 · ended 1,26 70x6"},
	} {
		var l usageLayout
		l.share(free(c.free), c.prices, c.ended)
		if got := placed([]string{"prices", "growth", "ended"}, l.prices, l.growth, l.ended); got != c.want {
			t.Errorf("of %d lines for %d and %d: %s, want %s", c.free, c.prices, c.ended, got, c.want)
		}
	}
}

// A low window has at the foot no more than half of its lines, and says in the status line
// what has no room there.
func TestWhyNothingIsNotedIsSaidOnce(t *testing.T) {
	why := errors.New("the folder of the cache lies on a disk that is full, and nothing can be written there until something else is deleted or moved to another one; all else works as before \x1b[2J")
	with := func(h int) *Screen {
		o := uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4")
		o.News, o.Unkept = func() []string { return nil }, func() error { return why }
		a := settled(t, 60, h, o)
		uitest.Press(t, a, "E", "p", "5")
		return a.Screen(ID).(*Screen)
	}
	u := with(24)
	if got, want := uitest.Flat(strings.Join(u.unkeptLines(60), "\n")), "Not noted for later, ! in full: the folder of the cache lies on a disk that is full, and nothing can be written…"; got != want || len(u.unkeptLines(60)) != 2 {
		t.Errorf("at the foot it is said\n%s, want\n%s", got, want)
	}
	if status := u.Status(); status != usageMarks[2] {
		t.Errorf("in a high window the status line says %q", status)
	}
	low := with(13)
	if status := low.Status(); !strings.HasPrefix(status, "Not noted for later, ! in full: the folder") || strings.ContainsRune(status, '\x1b') {
		t.Errorf("in a low window the status line says %q", status)
	}
	low.err = errors.New("gone \x1b[2J")
	if status := low.Status(); !strings.HasPrefix(status, "The sums of earlier sessions cannot be read: gone") || strings.ContainsRune(status, '\x1b') {
		t.Errorf("of sums that cannot be read the status line says %q", status)
	}
}

func TestTheMarksAreExplainedAsFarAsThereIsRoom(t *testing.T) {
	paid := settled(t, 80, 24, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4")) // waits for a word
	free := settled(t, 80, 24, uitest.ShopOptions(t, uitest.NewShop(), "local/glove@100"))
	for _, c := range []struct {
		w, free, paid int
	}{{40, 2, 2}, {64, 2, 2}, {65, 1, 2}, {108, 1, 2}, {109, 0, 1}, {152, 0, 1}, {153, 0, 0}} {
		for app, want := range map[*Screen]int{paid.Screen(ID).(*Screen): c.paid, free.Screen(ID).(*Screen): c.free} {
			app.Body = ui.Size{W: c.w, H: 20}
			if got := app.Status(); got != usageMarks[want] {
				t.Errorf("in %d columns, %d unpaid, it is said %q, want %q", c.w, app.Session.Payments().Unpaid(), got, usageMarks[want])
			}
		}
	}
}

// The foot has all of its lines in half of the window at the most, and none in a low window.
func TestTheFootTakesHalfOfTheWindowAtTheMost(t *testing.T) {
	acc, o := accountOptions(t, "shop/good@4")
	o.Engine.HasKey = func(string) bool { return true }
	o.Engine.Providers["nanogpt"] = acc
	acc.err = errors.New(strings.Repeat("the balance cannot be told ", 9))
	a := settled(t, 60, 24, o)
	uitest.Press(t, a, "5")
	u := a.Screen(ID).(*Screen)
	all := 1 + len(u.balanceLines(60))
	if all != 7 {
		t.Fatalf("of two balances there are %q", u.balanceLines(60))
	}
	for h, want := range map[int]int{11: 0, 12: 6, 13: 6, 14: 7, 40: 7} {
		if l := u.layout(u.rows(), ui.Size{W: 60, H: h}); l.foot.H != want || len(l.footLines) != want || want > 0 && l.foot.Y != h-want {
			t.Errorf("in %d lines the foot has %d from line %d on, want %d", h, l.foot.H, l.foot.Y, want)
		}
	}
}
