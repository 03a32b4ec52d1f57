package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

var keyBalance = bind("b", "ask for the balance", "b")

// usageScreen shows what was spent, in this session and over all, and what is
// left.
type usageScreen struct {
	*shared
	// selected is the row under the cursor, and list where it was last: rows
	// change their order while something is spent.
	selected usageKey
	list     list
	// due tells that the screen was opened and has not asked for anything yet.
	due     bool
	reading bool // the sums of all sessions are on their way
	// seen is how often the log had taken something when they were asked for last.
	seen     int
	totals   []api.Tally
	err      error
	balances balances
}

// screenUsage is the screen's id.
const screenUsage = "usage"

func (u *usageScreen) describe() info { return info{id: screenUsage, title: "Usage"} }

// opened has the sums and balances asked for anew.
func (u *usageScreen) opened() { u.due = true }

func newUsageScreen(s *shared) screen {
	return &usageScreen{shared: s, due: true, balances: newBalances()}
}

func (u *usageScreen) update(tea.Msg) tea.Cmd {
	u.move(0, 0)
	return nil
}

// read takes in what was spent over all sessions.
func (u *usageScreen) read(totals []api.Tally, err error) tea.Cmd {
	u.reading, u.err = false, err
	if err == nil || len(totals) > 0 {
		u.totals = totals
	}
	u.move(0, 0)
	return nil
}

// refresh asks for the sums when something was noted since, and for the balances
// when the screen has just been opened or a run has ended that spent something.
func (u *usageScreen) refresh() tea.Cmd {
	u.scroll()
	var cmds []tea.Cmd
	if log := u.store.ledger.Log(); log != nil && !u.reading && (u.due || u.seen != u.store.logged) {
		u.reading, u.seen = true, u.store.logged
		cmds = append(cmds, async(u.store.life, log.Totals, u.read))
	}
	if u.due {
		u.due = false
		return tea.Batch(append(cmds, u.askBalances())...)
	}
	return tea.Batch(append(cmds, u.askSpentBalances())...)
}

// scroll keeps the cursor in sight.
func (u *usageScreen) scroll() {
	list := u.rows()
	place := u.layout(list, u.body).table
	u.list.cursor = u.at(list)
	u.list.fit(len(list), u.table(list, place).Fit(place.w, place.h).Rows)
}

func (u *usageScreen) actions() []action {
	return append([]action{
		{id: "usage.details", binding: keyEnter, name: "read all of the row…", short: "all of it…", group: groupShow, footer: 3, enabled: u.cannotOpen, run: do(u.openDetails)},
		{id: "usage.balance", binding: keyBalance, group: groupDo, footer: 2, short: "balance", enabled: u.cannotAskBalance, run: u.askBalances},
		{id: "usage.copy", binding: keyCopy, name: "copy the table", short: "copy", group: groupDo, footer: 3, enabled: u.lacksUsage,
			run: func() tea.Cmd { return u.copy(u.tableExport()) }},
		{id: "usage.export", binding: keyExport, name: "export the table to a file…", short: "export…", group: groupDo, footer: 3, enabled: u.lacksUsage,
			run: func() tea.Cmd { return u.export(u.tableExport()) }},
	}, motions("usage", u)...)
}

func (u *usageScreen) move(rows, _ int) {
	list := u.rows()
	u.list.fit(len(list), u.list.shown)
	u.list.put(u.at(list) + rows)
	u.selected = list[u.list.cursor].key
}

// at is the place of the row under the cursor, or where it was when it is gone.
func (u *usageScreen) at(list []usageRow) int {
	for i, r := range list {
		if r.key == u.selected {
			return i
		}
	}
	return min(u.list.cursor, len(list)-1)
}

func (u *usageScreen) page() int { return u.list.page() }

func (u *usageScreen) mouse(ev mouseEvent, z size) tea.Cmd {
	if ev.wheel != 0 {
		u.move(3*ev.wheel, 0)
		return nil
	}
	list := u.rows()
	place := u.layout(list, z).table
	if !place.contains(ev.x, ev.y) {
		return nil
	}
	if row, ok := u.table(list, place).Fit(place.w, place.h).RowAt(ev.y); ok {
		u.move(row-u.at(list), 0)
	}
	return nil
}

func (u *usageScreen) typing() bool { return false }

func (u *usageScreen) back() bool { return false }

// usageMarks say what the marks before and after numbers mean, the longest first.
var usageMarks = []string{
	"≈ tokens not counted by the server · > at least, a part is unknown · + for lost answers, which may be billed",
	"≈ not counted by the server · > at least · + lost, may be billed",
	"≈ estimated, > at least, + maybe billed",
}

// besideQuestion is how much of the status line the question of what embedding
// would cost takes.
const besideQuestion = 44

// status says what the marks mean.
func (u *usageScreen) status() string {
	if text := u.unkeptText(); text != "" && u.err == nil && u.body.h < usageRoomy {
		return text
	}
	if u.err != nil {
		return "The sums of earlier sessions cannot be read: " + term.Safe(u.err.Error())
	}
	room := u.body.w - 1
	if u.store.unpaid() > 0 {
		room -= besideQuestion
	}
	for _, marks := range usageMarks {
		if term.Width(marks) <= room {
			return marks
		}
	}
	return usageMarks[len(usageMarks)-1]
}

// limitText says how much of what a session may cost is spent.
func (u *usageScreen) limitText() string {
	usd, lost := u.store.ledger.Spent(), 0.0
	for _, s := range u.store.ledger.Session() {
		lost += s.LostUSD
	}
	spent := format.Dollars(usd)
	if lost > 0 { // rounded as what was lost is
		spent = "up to " + format.UpTo(usd)
	}
	return fmt.Sprintf("%s of %s this session", spent, format.Dollars(u.store.ledger.Limits().PerSession))
}
