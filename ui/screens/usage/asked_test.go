package usage

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

// counting is a log that counts how often its sums were asked for.
type counting struct {
	noted
	asked int
}

func (c *counting) Totals(ctx context.Context) ([]api.Tally, error) {
	c.asked++
	return c.noted.Totals(ctx)
}

// The sums are asked for when the screen is opened and when something was noted since, and not
// with every frame.
func TestSumsAreAskedForOnceAChange(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4")
	log := &counting{}
	o.Usage = log
	a := settled(t, 100, 30, o)
	for _, step := range []struct {
		keys  []string
		asked int
	}{{[]string{"5"}, 1}, {[]string{"j", "k"}, 1}, {[]string{"E", "p"}, 2}, {[]string{"j", "k"}, 2}, {[]string{"1", "5"}, 3}, {[]string{"j"}, 3}} {
		if uitest.Press(t, a, step.keys...); log.asked != step.asked {
			t.Errorf("after %q they were asked for %d times, want %d", step.keys, log.asked, step.asked)
		}
	}
}

// Providers tell a balance whose key is set; models that take none ask nobody.
func TestBalancesAreAskedOfProvidersWithAKey(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), "local/glove@100")
	a := settled(t, 100, 30, o)
	u := a.Screen(ID).(*Screen)
	u.Session.Engine().HasKey = func(string) bool { return true }
	if got := u.balancers(); !slices.Equal(got, []string{"shop"}) {
		t.Errorf("with keys for everything the balance is asked of %q", got)
	}
	u.Session.Engine().HasKey = func(string) bool { return false }
	if got := u.balancers(); got != nil {
		t.Errorf("without a key the balance is asked of %q", got)
	}
}

func TestRequestsAreCountedByProvider(t *testing.T) {
	a := usageSample(t, ui.Size{W: 80, H: 24})
	u := a.Screen(ID).(*Screen)
	if sent := u.requestsSent(); sent["shop"] != 15 || sent["local"] != 0 {
		t.Errorf("the requests are %v", sent)
	}
}

// A balance that a provider told at length takes three lines at the most, and is made safe.
func TestLongBalancesAreCut(t *testing.T) {
	a := usageSample(t, ui.Size{W: 80, H: 24})
	u := a.Screen(ID).(*Screen)
	for _, c := range []struct {
		err  string
		want []string
	}{
		{"no", []string{" Balance at shop: no"}},
		{"shop said no\x1b[2J", []string{" shop said no"}},
		{"one two three four five six seven eight nine ten eleven twelve", []string{" Balance at shop: one", " two three four five", " six seven eight nine"}},
	} {
		u.balances.answers["shop"] = balance{err: errors.New(c.err)}
		var got []string
		for _, l := range u.balanceLines(24) {
			if strings.Contains(l, "\x1b[2J") {
				t.Errorf("%q is drawn as it came: %q", c.err, l)
			}
			got = append(got, strings.TrimRight(ansi.Strip(l), " "))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("of %q it is said %q, want %q", c.err, got, c.want)
		}
		if text, pen := u.balanceOf("shop"); strings.ContainsRune(text, '\x1b') || pen != a.Theme.Codes.Bad {
			t.Errorf("of %q it is said %q in the look %q", c.err, text, pen)
		}
	}
}

// What the filter hides is in no copy of the table, and models stand in it by provider and name.
func TestTheTableIsTakenOutAsItIsFiltered(t *testing.T) {
	a := usageSample(t, ui.Size{W: 120, H: 40})
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, "good")
	uitest.Press(t, a, "enter")
	copied := uitest.CopiedBy(t, a, "y")
	if strings.Count(copied, "good") != 2 || strings.Contains(copied, "bad") || strings.Contains(copied, "long-name") {
		t.Errorf("with the filter it is copied\n%s", copied)
	}
	list := []api.Tally{{Provider: "b", Model: "a"}, {Provider: "a", Model: "c"}, {Provider: "a", Model: "b"}}
	var order []string
	for _, s := range byModel(list) {
		order = append(order, s.Ref())
	}
	if !slices.Equal(order, []string{"a/b", "a/c", "b/a"}) || list[0].Model != "a" {
		t.Errorf("the order is %q, of the list itself %v", order, list)
	}
}

func TestTheCommandSaysWhatItLacks(t *testing.T) {
	a := usageSample(t, ui.Size{W: 120, H: 40})
	u := a.Screen(ID).(*Screen)
	for _, c := range []struct {
		answered bool
		words    string
		want     []string
	}{
		{false, "", nil}, {true, "", []string{"it prints no balance"}},
		{false, "x", []string{"it prints every model, not only those of the filter"}},
	} {
		u.balances = newBalances()
		u.balances.requested["shop"] = true
		if c.answered {
			u.balances.take("shop", balance{at: time.Now()})
		}
		u.Filter(c.words)
		if got, _ := u.Command(); !slices.Equal(got.Args, []string{"usage"}) || !slices.Equal(got.Lacks, c.want) {
			t.Errorf("answered %v, filter %q: %q lacks %q, want %q", c.answered, c.words, got.Args, got.Lacks, c.want)
		}
	}
}

func TestTheFilterLineSaysThatSumsAreFilteredWhereItHasRoom(t *testing.T) {
	a := usageSample(t, ui.Size{W: 120, H: 40})
	u := a.Screen(ID).(*Screen)
	for _, c := range []struct {
		words string
		w     int
		want  string
	}{{"good", 59, "/ good 2 of 6"}, {"good", 60, "/ good 2 of 6, sums of these"}, {"glove", 60, "/ glove 1 of 6, sums of these"}, {"", 60, "/ 6 of 6"}} {
		u.Filter(c.words)
		if got := uitest.Flat(u.filterLine(u.rows(), c.w)); got != c.want {
			t.Errorf("in %d columns it is said %q, want %q", c.w, got, c.want)
		}
	}
}

// A row opens when there is anything to say of it that is not in sight already.
func TestRowsOpenWhereTheyHaveDetails(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), "local/glove@100")
	o.Usage = &noted{}
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "5")
	u := a.Screen(ID).(*Screen)
	for _, c := range []struct {
		key  string
		w    int
		want string
	}{{"g", 80, ""}, {"G", 80, "nothing was spent yet"}, {"g", 140, "the details stand beside the table"}, {"G", 140, "nothing was spent yet"}} {
		uitest.Send(t, a, uitest.WindowSize(ui.Size{W: c.w, H: 24}))
		uitest.Press(t, a, c.key)
		if got := u.cannotOpen(); got != c.want {
			t.Errorf("after %s in %d columns it is said %q, want %q", c.key, c.w, got, c.want)
		}
	}
}

// A session without a limit that has spent nothing has no bar.
func TestNothingSpentOfNothingIsNoBar(t *testing.T) {
	a := settled(t, 80, 24, uitest.ShopOptions(t, uitest.NewShop()))
	u := a.Screen(ID).(*Screen)
	uitest.SetLimits(a, config.Spending{PerRun: 0.25})
	if line := uitest.Flat(u.limitLine(80)); line != "$0 of $0 this session ░░░░░░░░░░░░░░░░░░░░ limit $0.25 a run" {
		t.Errorf("it is drawn %q", line)
	}
}

// The wheel goes three rows at once, and clicks beside the table nowhere.
func TestTheWheelGoesThreeRows(t *testing.T) {
	a := usageSample(t, ui.Size{W: 80, H: 24})
	u := a.Screen(ID).(*Screen)
	for _, c := range []struct {
		msg  tea.Msg
		want int
	}{
		{tea.MouseWheelMsg{X: 5, Y: 5, Button: tea.MouseWheelDown}, 3}, {tea.MouseWheelMsg{X: 5, Y: 5, Button: tea.MouseWheelDown}, 6},
		{tea.MouseWheelMsg{X: 5, Y: 5, Button: tea.MouseWheelUp}, 3}, {uitest.Click(5, 21), 3}, {uitest.Click(5, 2), 0},
	} {
		uitest.Send(t, a, c.msg)
		if list := u.rows(); u.at(list) != c.want {
			t.Errorf("after %#v the cursor is on row %d, want %d", c.msg, u.at(list), c.want)
		}
	}
}

// The cursor stays on its row, which keeps in sight, and on its place where that is gone.
func TestTheCursorStaysOnItsRow(t *testing.T) {
	a := usageSample(t, ui.Size{W: 80, H: 24})
	u := a.Screen(ID).(*Screen)
	list := u.rows()
	for at, r := range list {
		u.selected, u.list.Cursor = r.key, 0
		if u.scroll(); u.list.Cursor != at || at < u.list.Top || at >= u.list.Top+u.list.Shown {
			t.Errorf("row %d: the cursor stands on %d, in sight are %d from %d on", at, u.list.Cursor, u.list.Shown, u.list.Top)
		}
	}
	u.selected.model = "gone"
	for from, want := range map[int]int{2: 2, 99: len(list) - 1} {
		u.list.Cursor = from
		if u.scroll(); u.list.Cursor != want {
			t.Errorf("where its row is gone the cursor goes from %d to %d, want %d", from, u.list.Cursor, want)
		}
	}
}
