package report

import (
	"io"
	"slices"
	"strconv"

	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// EstimatesText writes what sources would take to embed as a plain table with
// the sum below, then a line each for those that cannot be asked and for what else
// is to be said, such as which texts are too long.
func EstimatesText(w io.Writer, estimates []pipeline.Estimate, more []string) error {
	var d document
	d.table(estimateColumns(nil).table(estimates))
	d.line("")
	d.line("Total: %s. Nothing was sent.", inAll(pipeline.Total(estimates)))
	for _, line := range append(unavailable(estimates), more...) {
		d.line("%s", term.Written(line))
	}
	return d.writeText(w)
}

func inAll(total pipeline.Estimate) string {
	if !total.Paid {
		return format.Dollars(0)
	}
	return Cost(total)
}

// unavailable says why sources cannot be asked, each reason once.
func unavailable(estimates []pipeline.Estimate) []string {
	var reasons []string
	for _, e := range estimates {
		if e.Unavailable != nil && !slices.Contains(reasons, e.Unavailable.Error()) {
			reasons = append(reasons, e.Unavailable.Error())
		}
	}
	return reasons
}

// estimateColumns are what is said of every source; ids name the texts.
func estimateColumns(ids []string) columns[pipeline.Estimate] {
	return columns[pipeline.Estimate]{
		{key: "model", head: "model", value: func(e pipeline.Estimate) any { return e.Source.Model.Ref() }},
		{key: "candidates", value: func(e pipeline.Estimate) any { return e.Candidates }},
		{key: "prefix", omit: true, value: func(e pipeline.Estimate) any { return e.Source.Prefix }}, // before every text
		{key: "texts", head: "texts", right: true, value: func(e pipeline.Estimate) any { return e.Texts }},
		{key: "cached", head: "cached", right: true, value: func(e pipeline.Estimate) any { return e.Cached }},
		{key: "tokens", head: "tokens", right: true, value: func(e pipeline.Estimate) any { return e.Tokens },
			text: func(e pipeline.Estimate) string { return about(e.Tokens, e.Estimated) }},
		{key: "tokens_estimated", value: func(e pipeline.Estimate) any { return e.Estimated }},
		{key: "price_per_million_tokens", head: "$ per 1M tokens", right: true, value: func(e pipeline.Estimate) any { return e.Source.Model.Price }},
		{key: "cost_usd", head: "cost", right: true, text: Cost, value: func(e pipeline.Estimate) any {
			usd, _ := costRange(e, e.Cost().AtMost())
			return usd
		}},
		{key: "cost_usd_at_most", value: func(e pipeline.Estimate) any {
			_, most := costRange(e, e.Cost().AtMost())
			return most
		}},
		{key: "too_long", value: func(e pipeline.Estimate) any { return idsAt(e.Long, ids) }},
		{key: "available", value: func(e pipeline.Estimate) any { return e.Unavailable == nil }},
		{key: "reason", value: func(e pipeline.Estimate) any {
			if e.Unavailable == nil {
				return ""
			}
			return e.Unavailable.Error()
		}},
	}
}

// about writes a number of tokens, "≈" before those that the model's own tokenizer
// did not count.
func about(tokens int, estimated bool) string {
	if estimated && tokens > 0 {
		return "≈" + strconv.Itoa(tokens)
	}
	return strconv.Itoa(tokens)
}

// Estimated is what it would take to embed some texts.
type Estimated struct {
	Estimates []pipeline.Estimate
	// Texts are those that the estimates name by their index.
	Texts []corpus.Text
}

// EstimatesJSON writes what sources would take to embed, texts and queries for instance, as
// one JSON object.
func EstimatesJSON(w io.Writer, parts ...Estimated) error {
	var all []pipeline.Estimate
	var written []columns[pipeline.Estimate] // of each
	for _, p := range parts {
		all = append(all, p.Estimates...)
		written = append(written, slices.Repeat([]columns[pipeline.Estimate]{estimateColumns(textIDs(p.Texts))}, len(p.Estimates))...)
	}
	j := newJSON(w)
	j.raw("{")
	j.list("estimates", len(all), func(i int) { written[i].write(j, all[i]) })
	usd, most := costRange(pipeline.Total(all), spending.AtMost(pipeline.Costs(all)))
	j.raw(",\n\"cost_usd\":")
	j.value(usd)
	j.raw(",\"cost_usd_at_most\":")
	j.value(most)
	j.raw("}")
	return j.end()
}

// costRange is what an estimate costs and may cost; both nil when a price is
// unknown.
func costRange(e pipeline.Estimate, upTo float64) (about, most *float64) {
	if !e.Priced && e.Missing() > 0 {
		return nil, nil
	}
	usd := format.Round(e.USD, 12)
	upTo = format.Round(upTo, 12)
	return &usd, &upTo
}
