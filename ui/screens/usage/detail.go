package usage

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/costs"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// fact is something to say of a row, as a line with a label or in a sentence.
type fact struct{ label, text string }

// serversAlone says what is not in the sums of all time, and is in those of a session.
const serversAlone = "built-in models are not counted"

// facts are everything known of a row, what matters most first.
func (u *Screen) facts(r usageRow) []fact {
	s := r.Spent
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
		facts = append(facts, fact{"", costs.LostText(s)})
	}
	if _, ok := s.Latency(0.5); ok {
		about := ""
		if len(s.Histogram) > 0 {
			about = fmt.Sprintf(" (within %g%%)", 100*api.HistogramError)
		}
		facts = append(facts, fact{"latency", "p50 " + costs.LatencyOf(s, 0.5) + ", p95 " + costs.LatencyOf(s, 0.95) + about})
	}
	if saved := savedFact(s); saved != "" {
		facts = append(facts, fact{"saved", saved})
	}
	if r.section() && r.key.allTime {
		facts = append(facts, fact{"", serversAlone})
	}
	if s.Uncounted > 0 {
		facts = append(facts, fact{"", fmt.Sprintf("%s by an older version, which noted tokens and cost alone", format.Count(s.Uncounted, "request"))})
	}
	return facts
}

// tokensFact says how many tokens were read and who counted them.
func (u *Screen) tokensFact(r usageRow) string {
	s := r.Spent
	switch {
	case s.Estimated == 0:
		return format.Thousands(s.Tokens)
	case s.Estimated >= s.Tokens:
		return costs.SpentTokens(s) + ", not counted by the server"
	default:
		return fmt.Sprintf("%s, %s of them not counted by the server", costs.SpentTokens(s), format.Thousands(s.Estimated))
	}
}

// savedFact says what the texts would have cost that were in the cache, by what the others
// cost; empty when that is nothing or not known.
func savedFact(s api.Tally) string {
	if sent := s.Texts - s.Cached; sent > 0 && s.Cached > 0 && s.USD > 0 && s.Uncounted == 0 {
		return fmt.Sprintf("≈%s: %s came from the cache", format.Dollars(s.USD/float64(sent)*float64(s.Cached)), format.Count(s.Cached, "text"))
	}
	return ""
}

// costFact says what a row cost and at which price.
func (u *Screen) costFact(r usageRow) string {
	s := r.Spent
	cost := strings.TrimSuffix(r.Cost(), "+")
	if s.Unpriced > 0 && s.USD > 0 {
		cost += fmt.Sprintf(", %s at an unknown price", format.Count(s.Unpriced, "token"))
	}
	m, err := u.Session.Find(r.key.provider + "/" + r.key.model)
	switch {
	case r.key.model == "" || err != nil:
	case !u.Session.Engine().Paid(m):
		cost += ", free"
	case m.Price != nil:
		cost += ", " + format.Dollars(*m.Price) + " per 1M"
	}
	return cost
}

// balanceFact is what is left at the row's provider, which a roomy window says at
// its foot.
func (u *Screen) balanceFact(r usageRow) []fact {
	if text, _ := u.balanceOf(r.key.provider); text != "" {
		return []fact{{"balance", text}}
	}
	return nil
}

// name is what a row is about, in full.
func (r usageRow) name() string {
	switch {
	case r.section() && r.key.allTime && !r.Spent.Since.IsZero():
		return "All servers since " + r.Spent.Since.Local().Format("2006-01-02")
	case r.section() && r.key.allTime && r.empty && !r.filtered:
		return "All time: no server was asked yet; " + serversAlone
	case r.section():
		return r.title
	case r.filtered:
		return "No model here has the words of the filter; " + ui.KeyBack.Help().Key + " clears it"
	case r.empty && r.key.allTime:
		return "No server was asked yet; " + serversAlone
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
func (u *Screen) summary(r usageRow, z ui.Size) []string {
	w := max(z.W-2, 1)
	title := r.name()
	if when := r.period(); when != "" && term.Width(title)+2+term.Width(when) <= w {
		title += ", " + when
	}
	facts := u.facts(r)
	if z.H < usageRoomy {
		if r.key == (usageKey{}) {
			title = u.limitText()
		}
		if r.key.model == "" {
			facts = append(u.balanceFact(r), facts...)
		} else {
			facts = append(facts, u.balanceFact(r)...)
		}
	}
	lines := []string{" " + u.Theme.Codes.Header + term.Truncate(title, w) + theme.Reset}
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
func (u *Screen) panel(r usageRow, w int) []string {
	d := &widget.DetailText{W: w, Theme: u.Theme}
	for _, l := range term.SafeLines(r.name(), w) {
		d.Lines = append(d.Lines, u.Theme.Codes.Header+term.Fit(l, w)+theme.Reset)
	}
	if when := r.period(); when != "" {
		d.Text(when, u.Theme.Codes.Dim)
	}
	d.Gap()
	for _, f := range append(u.facts(r), u.balanceFact(r)...) {
		d.Field(orBlank(f.label), f.text)
	}
	if bars := u.latencyBars(r, w); len(bars) > 0 {
		d.Gap()
		d.Lines = append(d.Lines, bars...)
	}
	return d.Lines
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
func (u *Screen) latencyBars(r usageRow, w int) []string {
	spread := r.Spent.Spread()
	if spread.Total() < fewLatencies {
		return nil
	}
	spans := spread.Spans(latencySpans)
	most := int64(0)
	for _, s := range spans {
		most = max(most, s.Count)
	}
	lines := []string{u.Theme.Codes.Dim + term.Fit("requests by latency", w) + theme.Reset}
	for _, s := range spans {
		label := term.PadLeft(format.Duration(s.From), 6) + " – " + term.PadRight(format.Duration(s.To), 6) + " "
		number := " " + format.Thousands(int(s.Count))
		room := max(w-term.Width(label)-len(format.Thousands(int(most)))-1, 1)
		full := int(s.Count * int64(room) / most)
		if s.Count > 0 {
			full = max(full, 1)
		}
		lines = append(lines, label+u.Theme.Codes.Accent+strings.Repeat("█", full)+theme.Reset+number)
	}
	return lines
}

// cannotOpen gives the reason why a row has nothing to open.
func (u *Screen) cannotOpen() string {
	list := u.rows()
	switch {
	case list[u.at(list)].empty:
		return "nothing was spent yet"
	case u.layout(list, u.Body).beside:
		return "the details stand beside the table"
	}
	return ""
}

func (u *Screen) openDetails() {
	list := u.rows()
	row := list[u.at(list)]
	u.Open(&widget.Reader{
		Width: usageDetailsWidth, Write: func(w int, _ *theme.Theme) []string { return u.panel(row, w) },
		Foot: func(position string) []string { return widget.WithPosition([]string{"esc", "back"}, 2, position) },
	})
}

// usageDetailsWidth is how wide the details are at the most where there is no room
// for them beside the table.
const usageDetailsWidth = 70
