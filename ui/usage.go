package ui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/pipeline"
)

// usageScreen shows what was spent, in this session and over all, and what is
// left.
type usageScreen struct {
	*shared
	cursor, top int
	// due tells that the screen was opened and has not asked for anything yet.
	due     bool
	reading bool // the sums of all sessions are on their way
	// seen is what the session had used when they were asked for last.
	seen   int
	totals []pipeline.Spent
	err    error
	// balances are what providers told, by name.
	balances map[string]balanceMsg
	asking   map[string]bool
}

func newUsageScreen(s *shared) *usageScreen {
	return &usageScreen{shared: s, due: true, balances: map[string]balanceMsg{}, asking: map[string]bool{}}
}

func (u *usageScreen) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case totalsMsg:
		u.reading = false
		u.totals, u.err = msg.totals, msg.err
	case balanceMsg:
		delete(u.asking, msg.provider)
		if !errors.Is(msg.err, context.Canceled) {
			u.balances[msg.provider] = msg
		}
	}
	u.move(0, 0)
	return nil
}

// refresh asks for the sums when something was spent since, and for the balances
// when the screen has just been opened.
func (u *usageScreen) refresh() tea.Cmd {
	var cmds []tea.Cmd
	if log := u.store.money.log; log != nil && !u.reading && (u.due || u.seen != u.store.money.logged) {
		u.reading, u.seen = true, u.store.money.logged
		cmds = append(cmds, readTotals(u.store.life, log))
	}
	if u.due {
		u.due = false
		cmds = append(cmds, u.askBalances())
	}
	return tea.Batch(cmds...)
}

// balancers are the providers that tell their balance and whose key is set.
func (u *usageScreen) balancers() []string {
	var names []string
	for _, m := range u.store.engine.Catalog.Models() {
		if _, ok := u.store.engine.Balancer(m.Provider); !ok || slices.Contains(names, m.Provider) {
			continue
		}
		if m.KeyEnv != "" && u.store.engine.HasKey(m.KeyEnv) {
			names = append(names, m.Provider)
		}
	}
	return names
}

func (u *usageScreen) askBalances() tea.Cmd {
	var cmds []tea.Cmd
	for _, name := range u.balancers() {
		if b, ok := u.store.engine.Balancer(name); ok && !u.asking[name] {
			u.asking[name] = true
			cmds = append(cmds, askBalance(u.store.life, name, b))
		}
	}
	return tea.Batch(cmds...)
}

func (u *usageScreen) cannotAskBalance() string {
	if len(u.balancers()) == 0 {
		return "no provider that tells its balance has a key set"
	}
	return ""
}

func (u *usageScreen) actions() []action {
	return append([]action{
		{id: "usage.balance", binding: keys.balance, group: groupDo, footer: 2, short: "balance", enabled: u.cannotAskBalance, run: u.askBalances},
	}, motions("usage", u)...)
}

func (u *usageScreen) move(rows, _ int) {
	u.cursor = min(max(u.cursor+rows, 0), len(u.rows())-1)
	g := u.table(u.rows()).Fit(u.body.w, u.tableHeight(u.body))
	u.top = g.Scroll(u.cursor, u.top)
}

func (u *usageScreen) page() int { return max(u.tableHeight(u.body)-2, 1) }

func (u *usageScreen) mouse(ev mouseEvent, z size) tea.Cmd {
	if ev.wheel != 0 {
		u.move(3*ev.wheel, 0)
		return nil
	}
	if row, ok := u.table(u.rows()).Fit(z.w, u.tableHeight(z)).RowAt(ev.y); ok {
		u.move(row-u.cursor, 0)
	}
	return nil
}

func (u *usageScreen) typing() bool { return false }

func (u *usageScreen) back() bool { return false }

// status says what the screen may lack the room for.
func (u *usageScreen) status() string {
	if u.err != nil {
		return "The sums of earlier sessions cannot be read: " + Safe(u.err.Error())
	}
	limits := u.store.money.limits
	return fmt.Sprintf("≈ was not counted by the server · limits: %s a run, %s a session", dollars(limits.PerRun), dollars(limits.PerSession))
}

// usageRow is a line of the table: a section's sum or one model.
type usageRow struct {
	title   string
	section bool
	spent   pipeline.Spent
}

// rows are this session and all time, each with its sum and its models.
func (u *usageScreen) rows() []usageRow {
	session := slices.Collect(maps.Values(u.store.money.session))
	rows := usageSection("This session", session)
	if u.store.money.log == nil {
		return rows
	}
	title := "All time (paid)"
	if u.reading && u.totals == nil {
		title += " (reading…)"
	}
	return append(rows, usageSection(title, u.totals)...)
}

func usageSection(title string, list []pipeline.Spent) []usageRow {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b pipeline.Spent) int {
		return cmp.Or(cmp.Compare(b.USD, a.USD), cmp.Compare(a.Provider, b.Provider), cmp.Compare(a.Model, b.Model))
	})
	rows := []usageRow{{title: title, section: true}}
	if len(list) == 0 {
		rows = append(rows, usageRow{title: "  nothing yet"})
	}
	for _, s := range list {
		rows[0].spent = rows[0].spent.Plus(s)
		rows = append(rows, usageRow{title: "  " + Safe(s.Provider+"/"+s.Model), spent: s})
	}
	return rows
}

// tableHeight leaves room for the balances below.
func (u *usageScreen) tableHeight(z size) int {
	return max(z.h-min(len(u.balancers()), 3), 2)
}

func (u *usageScreen) view(z size) string {
	rows := u.rows()
	t := u.table(rows)
	height := min(u.tableHeight(z), z.h)
	lines := strings.Split(t.Draw(z.w, height), "\n")
	for _, name := range u.balancers() {
		if len(lines) < z.h {
			lines = append(lines, u.balanceLine(name, z.w))
		}
	}
	return strings.Join(lines, "\n")
}

func (u *usageScreen) table(rows []usageRow) Table {
	return Table{
		Columns: []Column{
			{Title: "model", Width: 30, Min: 16, Flex: 1},
			{Title: "texts", Width: 7, Min: 6, Priority: 3, Align: AlignRight},
			{Title: "cached", Width: 7, Min: 6, Priority: 4, Align: AlignRight},
			{Title: "tokens", Width: 10, Min: 7, Priority: 1, Align: AlignRight},
			{Title: "cost", Width: 11, Min: 9, Align: AlignRight},
			{Title: "asked", Width: 6, Min: 5, Priority: 5, Align: AlignRight},
			{Title: "p50", Width: 7, Min: 6, Priority: 6, Align: AlignRight},
			{Title: "p95", Width: 7, Min: 6, Priority: 7, Align: AlignRight},
		},
		Rows: len(rows), Cursor: min(u.cursor, len(rows)-1), Top: u.top, Styles: u.theme.sgr,
		Row: func(i int) []Cell { return u.cells(rows[i]) },
	}
}

func (u *usageScreen) cells(r usageRow) []Cell {
	s := r.spent
	cells := []Cell{{Text: r.title}, {Text: wholeOr(s.Texts)}, {Text: wholeOr(s.Cached)}, {Text: spentTokens(s)}, {Text: spentCost(s)}, {Text: wholeOr(s.Requests)}, {Text: latencyText(s, 0.5)}, {Text: latencyText(s, 0.95)}}
	if r.section {
		for i := range cells {
			cells[i].Pen = u.theme.sgr.strong
		}
	}
	return cells
}

// spentTokens writes a number of tokens, "≈" where the server did not count all
// of them.
func spentTokens(s pipeline.Spent) string {
	if s.Estimated > 0 {
		return "≈" + thousands(s.Tokens)
	}
	return wholeOr(s.Tokens)
}

// spentCost writes a cost, ">" where some price is unknown.
func spentCost(s pipeline.Spent) string {
	switch {
	case s.Unpriced > 0 && s.USD == 0:
		return "unknown"
	case s.Unpriced > 0:
		return ">" + dollars(s.USD)
	case s.Estimated > 0 && s.USD >= smallestShown:
		return "≈" + dollars(s.USD)
	}
	return dollars(s.USD)
}

func latencyText(s pipeline.Spent, share float64) string {
	d, ok := pipeline.Percentile(s.Latencies, share)
	switch {
	case !ok:
		return unknown
	case d < time.Second:
		return fmt.Sprintf("%d ms", max(d.Milliseconds(), 1))
	default:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
}

// balanceLine says what is left at a provider.
func (u *usageScreen) balanceLine(name string, w int) string {
	told, ok := u.balances[name]
	label := " " + Safe(name) + ": "
	switch {
	case u.asking[name]:
		return u.theme.sgr.dim + Fit(label+"asking for the balance…", w) + sgrReset
	case !ok:
		return u.theme.sgr.dim + Fit(label+"b asks for the balance", w) + sgrReset
	case told.err != nil:
		return u.theme.sgr.bad + Fit(label+Safe(told.err.Error()), w) + sgrReset
	}
	return Fit(label+balanceText(told.balance), w)
}

func balanceText(b api.Balance) string {
	var parts []string
	if b.USD != nil {
		parts = append(parts, dollars(*b.USD)+" left")
	}
	for _, currency := range slices.Sorted(maps.Keys(b.Other)) {
		parts = append(parts, Safe(b.Other[currency]+" "+currency))
	}
	if len(parts) == 0 {
		return "the balance is not told"
	}
	return strings.Join(parts, ", ")
}
