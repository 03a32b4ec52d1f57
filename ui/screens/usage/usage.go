package usage

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

var keyBalance = ui.Bind("B", "ask for the balance", "B")

// Screen shows what was spent, in this session and over all, and what is
// left.
type Screen struct {
	*ui.Context
	// selected is the row under the cursor, and list where it was last: rows
	// change their order while something is spent.
	selected usageKey
	list     widget.List
	filter   widget.FilterLine
	// priced are the models with what embedding costs, made ready by Refresh.
	priced prices
	// ended are the last requests that have the words of the filter, made ready by Refresh.
	ended []session.Ended
	// due tells that the screen was opened and has not asked for anything yet.
	due     bool
	reading bool // the sums of all sessions are on their way
	// seen is how often the log had taken something when they were asked for last.
	seen     int
	totals   []api.Tally
	err      error
	balances balances
}

// ID is the screen's id.
const ID = "usage"

// Info says what it is called.
func (u *Screen) Info() ui.Info { return ui.Info{ID: ID, Title: "Usage"} }

// Opened has the sums and balances asked for anew.
func (u *Screen) Opened() { u.due = true }

// New makes the screen, which asks for sums and balances when it is first shown.
func New(s *ui.Context) ui.Screen {
	return &Screen{Context: s, due: true, balances: newBalances()}
}

// Update takes what is typed into the filter, and keeps the cursor on a row.
func (u *Screen) Update(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	if u.filter.Typing() {
		cmd = u.filter.Take(u.Context, u.Actions(), msg)
	}
	u.Move(0, 0)
	return cmd
}

// read takes in what was spent over all sessions.
func (u *Screen) read(totals []api.Tally, err error) tea.Cmd {
	u.reading, u.err = false, err
	if err == nil || len(totals) > 0 {
		u.totals = totals
	}
	u.Move(0, 0)
	return nil
}

// Refresh asks for the sums when something was noted since, and for the balances
// when the screen has just been opened or a run has ended that spent something.
func (u *Screen) Refresh() tea.Cmd {
	u.priced, u.ended = u.makePrices(), u.endedNow()
	u.scroll()
	var cmds []tea.Cmd
	if log := u.Session.Payments().Ledger().Log(); log != nil && !u.reading && (u.due || u.seen != u.Session.Payments().Logged()) {
		u.reading, u.seen = true, u.Session.Payments().Logged()
		cmds = append(cmds, loop.Async(u.Session.Life(), log.Totals, u.read))
	}
	if u.due {
		u.due = false
		return tea.Batch(append(cmds, u.askBalances())...)
	}
	return tea.Batch(append(cmds, u.askSpentBalances())...)
}

// scroll keeps the cursor in sight.
func (u *Screen) scroll() {
	list := u.rows()
	place := u.layout(list, u.Body).table
	u.list.Cursor = u.at(list)
	u.list.Fit(len(list), u.table(list, place).Fit(place.W, place.H).Rows)
}

// Actions read a row, filter, ask for balances, and take the table out.
func (u *Screen) Actions() []ui.Action {
	if u.filter.Typing() {
		return u.filter.Actions(ID, "rows", u.clearFilter, u)
	}
	return append([]ui.Action{
		{ID: "usage.details", Key: ui.KeyEnter, Name: "details of the row…", Short: "details…", Group: ui.GroupShow, Footer: 3, Guard: u.cannotOpen, Run: ui.Do(u.openDetails)},
		{ID: "usage.balance", Key: keyBalance, Group: ui.GroupDo, Footer: 2, Short: "balance", Guard: ui.Unless(func() bool { return len(u.balancers()) > 0 }, "no provider that tells its balance has a key set"), Run: u.askBalances},
		{ID: "usage.filter", Key: ui.KeyFilter, Name: "filter by provider or model…", Short: "filter…", Group: ui.GroupShow, Footer: 3, Guard: u.lacksUsage, Run: ui.Do(u.startFilter)},
		{ID: "usage.copy", Key: ui.KeyCopy, Name: "copy the table", Short: "copy", Group: ui.GroupDo, Footer: 3, Guard: u.lacksUsage,
			Run: func() tea.Cmd { return u.Copy(u.tableExport()) }},
		{ID: "usage.export", Key: ui.KeyExport, Name: "export the table to a file…", Short: "export…", Group: ui.GroupDo, Footer: 3, Guard: u.lacksUsage,
			Run: func() tea.Cmd { return u.Export(u.tableExport()) }},
	}, ui.Motions("usage", u)...)
}

// Move moves the cursor.
func (u *Screen) Move(rows, _ int) {
	list := u.rows()
	u.list.Fit(len(list), u.list.Shown)
	u.list.Put(u.at(list) + rows)
	u.selected = list[u.list.Cursor].key
}

// at is the place of the row under the cursor, or where it was when it is gone.
func (u *Screen) at(list []usageRow) int {
	for i, r := range list {
		if r.key == u.selected {
			return i
		}
	}
	return min(u.list.Cursor, len(list)-1)
}

// Page is how many rows a page key moves.
func (u *Screen) Page() int { return u.list.Page() }

// Mouse puts the cursor on the row that was clicked, or scrolls.
func (u *Screen) Mouse(ev ui.Mouse, z ui.Size) tea.Cmd {
	if ev.Wheel != 0 {
		u.Move(3*ev.Wheel, 0)
		return nil
	}
	list := u.rows()
	place := u.layout(list, z).table
	if !place.Contains(ev.X, ev.Y) {
		return nil
	}
	if row, ok := u.table(list, place).Fit(place.W, place.H).RowAt(ev.Y); ok {
		u.Move(row-u.at(list), 0)
	}
	return nil
}

// usageMarks say what the marks before and after numbers mean, the longest first.
var usageMarks = []string{
	"≈ tokens not counted by the server · > at least, a part is unknown · + for lost answers, which may be billed",
	"≈ not counted by the server · > at least · + lost, may be billed",
	"≈ estimated, > at least, + maybe billed",
}

// besideQuestion is how much of the status line the question of what embedding
// would cost takes.
const besideQuestion = 44

// Status says what the marks mean.
func (u *Screen) Status() string {
	if text := u.unkeptText(); text != "" && u.err == nil && u.Body.H < usageRoomy {
		return text
	}
	if u.err != nil {
		return "The sums of earlier sessions cannot be read: " + term.Safe(u.err.Error())
	}
	room := u.Body.W - 1
	if u.Session.Payments().Unpaid() > 0 {
		room -= besideQuestion
	}
	return term.Wording(room, usageMarks...)
}

// limitText says how much of what a session may cost is spent.
func (u *Screen) limitText() string {
	usd, lost := u.Session.Payments().Ledger().Spent(), 0.0
	for _, s := range u.Session.Payments().Ledger().Session() {
		lost += s.LostUSD
	}
	spent := format.Dollars(usd)
	if lost > 0 { // rounded as what was lost is
		spent = "up to " + format.UpTo(usd)
	}
	return fmt.Sprintf("%s of %s this session", spent, format.Dollars(u.Session.Payments().Ledger().Limits().PerSession))
}
