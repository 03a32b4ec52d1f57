package report

import (
	"io"
	"strconv"

	"github.com/vecscope/vecscope/ui/pipeline"
)

// EstimatesText writes what sources would take to embed as a plain table with
// the sum below. safe makes foreign text safe for one line.
func EstimatesText(w io.Writer, estimates []pipeline.Estimate, safe func(string) string) error {
	d := document{}
	t := newTable(words("model"), numbers("texts"), numbers("cached"), numbers("tokens"), numbers("$ per 1M tokens"), numbers("cost in $"))
	for _, e := range estimates {
		tokens := strconv.Itoa(e.Tokens)
		if e.Estimated && e.Tokens > 0 {
			tokens = "≈" + tokens
		}
		t.add(safe(e.Source.Model.Ref()), strconv.Itoa(e.Texts), strconv.Itoa(e.Cached), tokens, price(e.Source.Model.Price), estimatedCost(e))
	}
	d.table(t)
	d.line("")
	total := pipeline.Total(estimates)
	d.line("In all $%s. Nothing was sent.", estimatedCost(total))
	for _, e := range estimates {
		if n := len(e.Long); n > 0 {
			d.line("%s reads %d tokens: %d longer texts would be cut, the first is text %d.", safe(e.Source.Model.Ref()), e.Source.Model.MaxTokens, n, e.Long[0]+1)
		}
	}
	return d.writeText(w)
}

func estimatedCost(e pipeline.Estimate) string {
	if !e.Priced && e.Missing() > 0 {
		return unknown
	}
	return Limit(e.USD)
}
