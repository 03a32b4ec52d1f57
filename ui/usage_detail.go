package ui

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// fact is something to say of a row, as a line with a label or in a sentence.
type fact struct{ label, text string }

// facts are everything known of a row, what matters most first.
func (u *usageScreen) facts(r usageRow) []fact {
	s := r.spent
	if r.empty {
		return nil
	}
	facts := []fact{
		{"texts", counted(s.Texts, s) + ", " + counted(s.Cached, s) + " cached"},
		{"tokens", u.tokensFact(r)},
		{"cost", u.costFact(r)},
	}
	facts = append(facts, fact{"requests", format.Thousands(s.Requests) + ", " + counted(s.Failed, s) + " failed"})
	if s.MayCostMore() {
		facts = append(facts, fact{"", lostText(s)})
	}
	if _, ok := s.Latency(0.5); ok {
		about := ""
		if len(s.Histogram) > 0 {
			about = fmt.Sprintf(" (within %g%%)", 100*api.HistogramError)
		}
		facts = append(facts, fact{"latency", "p50 " + latencyOf(s, 0.5) + ", p95 " + latencyOf(s, 0.95) + about})
	}
	if s.Uncounted > 0 {
		facts = append(facts, fact{"", fmt.Sprintf("%s by an older version, which noted tokens and cost alone", format.Count(s.Uncounted, "request"))})
	}
	return facts
}

// tokensFact says how many tokens were read and who counted them.
func (u *usageScreen) tokensFact(r usageRow) string {
	s := r.spent
	switch {
	case s.Estimated == 0:
		return format.Thousands(s.Tokens)
	case s.Estimated >= s.Tokens:
		return spentTokens(s) + ", not counted by the server"
	default:
		return fmt.Sprintf("%s, %s of them not counted by the server", spentTokens(s), format.Thousands(s.Estimated))
	}
}

// costFact says what a row cost and at which price.
func (u *usageScreen) costFact(r usageRow) string {
	s := r.spent
	cost := strings.TrimSuffix(r.cost(), "+")
	if s.Unpriced > 0 && s.USD > 0 {
		cost += fmt.Sprintf(", %s at an unknown price", format.Count(s.Unpriced, "token"))
	}
	m, err := u.store.engine.Catalog.Find(r.key.provider + "/" + r.key.model)
	switch {
	case r.key.model == "" || err != nil:
	case !u.store.engine.Paid(m):
		cost += ", free"
	case m.Price != nil:
		cost += ", " + format.Dollars(*m.Price) + " per 1M"
	}
	return cost
}

// balanceFact is what is left at the row's provider, which a roomy window says at
// its foot.
func (u *usageScreen) balanceFact(r usageRow) []fact {
	if text, _ := u.balanceOf(r.key.provider); text != "" {
		return []fact{{"balance", text}}
	}
	return nil
}

// name is what a row is about, in full.
func (r usageRow) name() string {
	switch {
	case r.section() && r.key.allTime && !r.spent.Since.IsZero():
		return "All servers since " + r.spent.Since.Local().Format("2006-01-02")
	case r.section():
		return r.title
	case r.empty:
		return "Nothing yet: E asks what embedding with paid models costs"
	case r.key.model == "":
		return term.Safe(r.key.provider)
	default:
		return term.Safe(r.key.provider + "/" + r.key.model)
	}
}

// period is when what the row tells was spent; empty for sections, which say it.
func (r usageRow) period() string {
	switch {
	case r.section() || r.empty:
		return ""
	case r.key.allTime:
		return "all time"
	default:
		return "this session"
	}
}

// summary says all of a row in few lines, for below the table.
func (u *usageScreen) summary(r usageRow, z size) []string {
	w := max(z.w-2, 1)
	title := r.name()
	if when := r.period(); when != "" && term.Width(title)+2+term.Width(when) <= w {
		title += ", " + when
	}
	facts := u.facts(r)
	if z.h < usageRoomy {
		if r.key == (usageKey{}) {
			title = u.limitText()
		}
		if r.key.model == "" {
			facts = append(u.balanceFact(r), facts...)
		} else {
			facts = append(facts, u.balanceFact(r)...)
		}
	}
	lines := []string{" " + u.theme.sgr.header + term.Truncate(title, w) + sgrReset}
	pieces := make([]string, len(facts))
	for i, f := range facts {
		pieces[i] = strings.TrimSpace(f.label + " " + f.text)
	}
	for _, l := range flow(pieces, w) {
		lines = append(lines, " "+l)
	}
	return lines
}

// flow puts pieces into lines of w columns, and parts none that fits one.
func flow(pieces []string, w int) []string {
	const between = " · "
	var lines []string
	for _, piece := range pieces {
		wrapped := term.SafeLines(piece, w)
		if last := len(lines) - 1; last >= 0 && len(wrapped) == 1 && term.Width(lines[last])+term.Width(between)+term.Width(piece) <= w {
			lines[last] += between + wrapped[0]
			continue
		}
		lines = append(lines, wrapped...)
	}
	return lines
}

// panel says all of a row in lines with labels, and draws how the latencies lie.
func (u *usageScreen) panel(r usageRow, w int) []string {
	d := &detailText{w: w, theme: u.theme}
	for _, l := range term.SafeLines(r.name(), w) {
		d.lines = append(d.lines, u.theme.sgr.header+term.Fit(l, w)+sgrReset)
	}
	d.text(r.period(), u.theme.sgr.dim)
	d.gap()
	for _, f := range append(u.facts(r), u.balanceFact(r)...) {
		d.field(orBlank(f.label), f.text)
	}
	if bars := u.latencyBars(r, w); len(bars) > 0 {
		d.gap()
		d.lines = append(d.lines, bars...)
	}
	return d.lines
}

// orBlank keeps the place of a label that is missing.
func orBlank(label string) string {
	if label == "" {
		return " "
	}
	return label
}

const (
	// fewLatencies are too few for a distribution.
	fewLatencies = 5
	// latencySpans is how many bars draw one.
	latencySpans = 10
)

// latencyBars draw how many requests took how long.
func (u *usageScreen) latencyBars(r usageRow, w int) []string {
	spread := r.spent.Spread()
	if spread.Total() < fewLatencies {
		return nil
	}
	spans := spread.Spans(latencySpans)
	most := int64(0)
	for _, s := range spans {
		most = max(most, s.Count)
	}
	lines := []string{u.theme.sgr.dim + term.Fit("requests by latency", w) + sgrReset}
	for _, s := range spans {
		label := term.PadLeft(format.Duration(s.From), 6) + " – " + term.PadRight(format.Duration(s.To), 6) + " "
		number := " " + format.Thousands(int(s.Count))
		room := max(w-term.Width(label)-len(format.Thousands(int(most)))-1, 1)
		full := int(s.Count * int64(room) / most)
		if s.Count > 0 {
			full = max(full, 1)
		}
		lines = append(lines, label+u.theme.sgr.accent+strings.Repeat("█", full)+sgrReset+number)
	}
	return lines
}

// cannotOpen gives the reason why a row has nothing to open.
func (u *usageScreen) cannotOpen() string {
	list := u.rows()
	switch {
	case list[u.at(list)].empty:
		return "nothing was spent yet"
	case u.layout(list, u.body).beside:
		return "all of it stands beside the table"
	}
	return ""
}

func (u *usageScreen) openDetails() {
	list := u.rows()
	row := list[u.at(list)]
	u.open(&reader{
		width: usageDetailsWidth, write: func(w int, _ *theme) []string { return u.panel(row, w) },
		foot: func(position string) []string { return withPosition([]string{"esc", "back"}, 2, position) },
	})
}

// usageDetailsWidth is how wide the details are at the most where there is no room
// for them beside the table.
const usageDetailsWidth = 70
