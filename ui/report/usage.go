package report

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/format"
)

// spentLatency is a percentile in milliseconds; nil when none is known.
func spentLatency(s api.Tally, share float64) *float64 {
	d, ok := s.Latency(share)
	if !ok {
		return nil
	}
	ms := format.Round(milliseconds(d), 1)
	return &ms
}

// total adds up what was spent on several models.
func total(spent []api.Tally) api.Tally {
	var sum api.Tally
	for _, s := range spent {
		sum = sum.Plus(s)
	}
	return sum
}

// sinceDay is a day; empty when it is not known.
func sinceDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format(day)
}

// UsageJSON writes what was spent on each model as a JSON object, like the part
// "usage" of a comparison.
func UsageJSON(w io.Writer, spent []api.Tally) error {
	j := newJSON(w)
	j.value(usageOf(spent))
	return j.end()
}

// UsageText writes what was spent on each model as a plain table, and below it what
// lost answers may cost.
func UsageText(w io.Writer, spent []api.Tally) error {
	d := document{}
	if len(spent) == 0 {
		d.line("No server was asked for anything yet.")
		return d.writeText(w)
	}
	d.line("What servers were asked for since %s. Latencies are within %g%%.", sinceDay(total(spent).Since), 100*api.HistogramError)
	d.line("")
	d.usage(spent)
	return d.writeText(w)
}

// usageRow is what was spent on a model, or on all.
type usageRow struct {
	api.Tally
	name   string
	period string // the key of the period, for sheets
	about  bool   // the cost is made of tokens that no server counted
}

// usageRows are what was spent on each model.
func usageRows(spent []api.Tally) []usageRow {
	rows := make([]usageRow, len(spent))
	for i, s := range spent {
		rows[i] = usageRow{Tally: s, name: s.Ref(), about: s.CostEstimated()}
	}
	return rows
}

// usageColumns are what is said of every model. When the first of it was noted, and
// how many requests nobody counted the texts and failures of, is known of all
// sessions only.
var usageColumns = columns[usageRow]{
	{key: "model", head: "model", value: func(r usageRow) any { return r.name }},
	{key: "since", omit: true, value: func(r usageRow) any { return sinceDay(r.Since) }},
	{key: "texts", head: "texts", right: true, value: func(r usageRow) any { return r.Texts }, text: countedText(func(r usageRow) int { return r.Texts })},
	{key: "cached", head: "cached", right: true, value: func(r usageRow) any { return r.Cached }, text: countedText(func(r usageRow) int { return r.Cached })},
	{key: "tokens", head: "tokens", right: true, value: func(r usageRow) any { return r.Tokens },
		text: func(r usageRow) string { return about(r.Tokens, r.Estimated > 0) }},
	{key: "tokens_estimated", value: func(r usageRow) any { return r.Estimated > 0 }},
	{key: "cost_usd", head: "cost", right: true, text: func(r usageRow) string { return SpentCost(r.Tally, r.about) }, value: func(r usageRow) any {
		spent, _ := usd(r.Tally)
		return spent
	}},
	{key: "requests", head: "requests", right: true, value: func(r usageRow) any { return r.Requests }},
	{key: "requests_uncounted", omit: true, value: func(r usageRow) any { return r.Uncounted }},
	{key: "requests_failed", head: "failed", right: true, value: func(r usageRow) any { return r.Failed }, text: countedText(func(r usageRow) int { return r.Failed })},
	{key: "requests_lost", value: func(r usageRow) any { return r.Lost }},
	{key: "cost_usd_lost", value: func(r usageRow) any {
		_, lost := usd(r.Tally)
		return lost
	}},
	latencyColumn("latency_p50_ms", "p50 ms", 0.50),
	latencyColumn("latency_p95_ms", "p95 ms", 0.95),
}

// countedText writes a number that an older version of the program did not count.
func countedText(n func(usageRow) int) func(usageRow) string {
	return func(r usageRow) string { return SpentCount(strconv.Itoa, n(r), r.Tally) }
}

// latencyColumn is the time that a share of the requests did not exceed.
func latencyColumn(key, head string, share float64) column[usageRow] {
	return column[usageRow]{
		key: key, head: head, right: true, value: func(r usageRow) any { return spentLatency(r.Tally, share) },
		text: func(r usageRow) string {
			if ms := spentLatency(r.Tally, share); ms != nil {
				return format.Fixed(*ms, 0)
			}
			return format.Unknown
		},
	}
}

// Usage writes what was spent in columns named as the keys of UsageJSON.
func (s *Sheet) Usage(u Usage) error {
	c := append(columns[usageRow]{{key: "period", value: func(r usageRow) any { return r.period }}},
		usageColumns.moved("requests_uncounted", "cost_usd_lost")...)
	var rows []usageRow
	for _, p := range u.periods() {
		for _, r := range usageRows(p.spent) {
			r.period = p.key
			rows = append(rows, r)
		}
	}
	return c.fill(s, rows)
}

// usage writes the table with its sum and what the marks in it mean.
func (d *document) usage(spent []api.Tally) {
	rows := usageRows(spent)
	all := usageRow{Tally: total(spent), name: "in all"}
	for _, r := range rows {
		all.about = all.about || r.about
	}
	d.table(usageColumns.table(append(rows, all)))
	d.usageNotes(all.Tally)
}

// usageNotes say what the marks mean that occur.
func (d *document) usageNotes(sum api.Tally) {
	var notes []string
	if sum.Estimated > 0 {
		notes = append(notes, "≈ was not counted by the server.")
	}
	if sum.Unpriced > 0 || sum.Uncounted > 0 {
		notes = append(notes, "> is at least: a price is unknown, or an older version of vecscope did not count it.")
	}
	if sum.MayCostMore() {
		notes = append(notes, "+ may be billed on top: "+LostAnswers(sum)+".")
	}
	if len(notes) > 0 {
		d.line("")
	}
	for _, n := range notes {
		d.line("%s", n)
	}
}

// SpentCount writes how many texts or failed requests there were: "-" when nobody
// counted them, ">" before what is only a part of them. write writes a number.
func SpentCount(write func(int) string, n int, s api.Tally) string {
	switch {
	case s.Uncounted > 0 && n == 0:
		return format.Unknown
	case s.Uncounted > 0:
		return ">" + write(n)
	}
	return write(n)
}

// SpentCost writes a cost: ">" where some price is unknown, "≈" where the server did
// not count the tokens that it is made of, "+" where answers were lost that may be
// billed on top.
func SpentCost(s api.Tally, about bool) string {
	text := format.Dollars(s.USD)
	switch {
	case s.Unpriced > 0 && s.USD == 0:
		text = "unknown"
	case s.Unpriced > 0:
		text = ">" + text
	case about:
		text = "≈" + text
	}
	if s.MayCostMore() {
		text += "+"
	}
	return text
}

// LostAnswers says what requests may cost at the most that were sent and brought
// neither vectors nor a refusal: "up to $0.0003 for 2 requests without a usable
// answer".
func LostAnswers(s api.Tally) string {
	whose := format.PlainCount(s.Lost, "request") + " without a usable answer"
	if s.LostUSD == 0 {
		return fmt.Sprintf("about %s of %s", format.PlainCount(s.LostTokens, "token"), whose)
	}
	return fmt.Sprintf("up to $%s for %s", format.Limit(s.LostUSD), whose)
}
