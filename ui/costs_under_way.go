package ui

import (
	"slices"
	"strings"

	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// underWay names what is being paid for now, which is not asked again; empty for
// nothing.
func (c *costs) underWay() string {
	var parts []string
	for _, a := range c.store.paidRequests() {
		done, total := a.progress()
		parts = append(parts, term.Safe(shortOf(a.source.Model.Ref()))+" "+askText(c.store.workOf(a), done, total))
	}
	if len(parts) == 0 {
		return ""
	}
	return "Under way: " + strings.Join(parts, "; ") + "."
}

// showsUnderWay are the askings with rows of their own.
func (c *costs) showsUnderWay() []*request {
	if c.query != "" {
		return nil
	}
	return slices.DeleteFunc(c.store.paidRequests(), func(a *request) bool { return a.besides != "" })
}

// nothingElse tells that something is being paid for, and nothing is left to send.
func (c *costs) nothingElse() bool {
	return c.estimates != nil && len(c.showsUnderWay()) > 0 && pipeline.Total(c.estimates).Missing() == 0
}

// cellsUnderWay are rows for the candidates whose vectors are being paid for now,
// with what was agreed to.
func (c *costs) cellsUnderWay(decimals int) [][]Cell {
	var cells [][]Cell
	for _, a := range c.showsUnderWay() {
		ids := candidateIDs(c.store.madeFrom(a.key))
		if len(ids) == 0 {
			ids = []string{a.source.Model.Ref()}
		}
		_, texts := a.progress()
		tokens := ""
		if a.grant.estimate != nil {
			tokens = tokensNumber(*a.grant.estimate)
		}
		cells = append(cells, []Cell{
			costsNames: {Text: sourceName(pipeline.Estimate{Candidates: ids}) + ", under way"}, costsTexts: {Text: format.Thousands(texts)}, costsCached: {},
			costsTokens: {Text: tokens}, costsPrice: {Text: format.Price(a.source.Model.Price, decimals)}, costsCost: {Text: agreedText(a.grant)},
		})
	}
	return cells
}

// agreedText says what an asking may cost.
func agreedText(g grant) string {
	switch c := g.approval.Cost(); {
	case !c.Priced:
		return "agreed"
	case c.Estimated:
		return "agreed, ≤" + format.Dollars(c.AtMost())
	default:
		return "agreed, " + format.Dollars(c.AtMost())
	}
}
