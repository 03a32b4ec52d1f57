package report

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
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

// usage writes the table with its sum and what the marks in it mean.
func (d *document) usage(spent []api.Tally) {
	t := newTable(words("model"), numbers("texts"), numbers("cached"), numbers("tokens"), numbers("cost"), numbers("requests"),
		numbers("failed"), numbers("p50 ms"), numbers("p95 ms"))
	about := false
	for _, s := range spent {
		t.add(usageCells(term.Safe(s.Provider+"/"+s.Model), s, s.CostEstimated())...)
		about = about || s.CostEstimated()
	}
	sum := total(spent)
	t.add(usageCells("in all", sum, about)...)
	d.table(t)
	d.usageNotes(sum)
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

func usageCells(name string, s api.Tally, about bool) []string {
	tokens := strconv.Itoa(s.Tokens)
	if s.Estimated > 0 {
		tokens = "≈" + tokens
	}
	latency := func(share float64) string {
		if ms := spentLatency(s, share); ms != nil {
			return strconv.FormatFloat(*ms, 'f', 0, 64)
		}
		return format.Unknown
	}
	return []string{
		name, SpentCount(strconv.Itoa, s.Texts, s), SpentCount(strconv.Itoa, s.Cached, s), tokens, SpentCost(s, about),
		strconv.Itoa(s.Requests), SpentCount(strconv.Itoa, s.Failed, s), latency(0.50), latency(0.95),
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
