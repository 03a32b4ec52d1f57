package report

import (
	"io"
	"slices"
	"strconv"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// EstimatesText writes what sources would take to embed as a plain table with
// the sum below, then a line each for those that cannot be asked and for what else
// is to be said, such as which texts are too long.
func EstimatesText(w io.Writer, estimates []pipeline.Estimate, more []string) error {
	d := document{}
	t := newTable(words("model"), numbers("texts"), numbers("cached"), numbers("tokens"), numbers("$ per 1M tokens"), numbers("cost"))
	for _, e := range estimates {
		tokens := strconv.Itoa(e.Tokens)
		if e.Estimated && e.Tokens > 0 {
			tokens = "≈" + tokens
		}
		t.add(term.Safe(e.Source.Model.Ref()), strconv.Itoa(e.Texts), strconv.Itoa(e.Cached), tokens, price(e.Source.Model.Price), Cost(e))
	}
	d.table(t)
	d.line("")
	d.line("In all %s. Nothing was sent.", inAll(pipeline.Total(estimates)))
	for _, line := range append(unavailable(estimates), more...) {
		d.line("%s", term.Safe(line))
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

type estimateJSON struct {
	Model                 string   `json:"model"`
	Candidates            []string `json:"candidates"`
	Prefix                string   `json:"prefix,omitempty"` // before every text
	Texts                 int      `json:"texts"`
	Cached                int      `json:"cached"`
	Tokens                int      `json:"tokens"`
	TokensEstimated       bool     `json:"tokens_estimated"`
	PricePerMillionTokens *float64 `json:"price_per_million_tokens"`
	CostUSD               *float64 `json:"cost_usd"`
	CostUSDAtMost         *float64 `json:"cost_usd_at_most"`
	TooLong               []string `json:"too_long"` // ids of texts
	Available             bool     `json:"available"`
	Reason                string   `json:"reason"`
}

// EstimatesJSON writes what sources would take to embed as one JSON object.
func EstimatesJSON(w io.Writer, estimates []pipeline.Estimate, texts []corpus.Text) error {
	ids := textIDs(texts)
	j := newJSON(w)
	j.raw("{")
	j.list("estimates", len(estimates), func(i int) {
		e := estimates[i]
		out := estimateJSON{
			Model: e.Source.Model.Ref(), Candidates: e.Candidates, Prefix: e.Source.Prefix, Texts: e.Texts, Cached: e.Cached, Tokens: e.Tokens,
			TokensEstimated: e.Estimated, PricePerMillionTokens: e.Source.Model.Price,
			TooLong: pick(e.Long, ids), Available: e.Unavailable == nil,
		}
		out.CostUSD, out.CostUSDAtMost = costRange(e, atMost(e))
		if e.Unavailable != nil {
			out.Reason = e.Unavailable.Error()
		}
		j.value(out)
	})
	about, most := costRange(pipeline.Total(estimates), AtMost(estimates))
	j.raw(",\n\"cost_usd\":")
	j.value(about)
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
