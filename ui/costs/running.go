package costs

import (
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// runningText names what is being paid for now, which is not asked again; empty for
// nothing.
func (c *Box) runningText() string {
	var parts []string
	for _, a := range c.Session.Requests().Paid() {
		done, total := a.Progress()
		parts = append(parts, term.Safe(c.Session.ShortOf(a.Source().Model.Ref()))+" "+candidate.AskText(c.Session.Requests().Work(a), done, total))
	}
	if len(parts) == 0 {
		return ""
	}
	return "Under way: " + strings.Join(parts, "; ") + "."
}

// runningRequests are those being paid for now, with rows of their own; a query
// shows none.
func (c *Box) runningRequests() []*session.Request {
	if c.query != "" {
		return nil
	}
	return slices.DeleteFunc(c.Session.Requests().Paid(), func(a *session.Request) bool {
		return a.Purpose() == session.ForQuery || a.Purpose() == session.ForReduction
	})
}

// nothingLeft tells that something is being paid for, and nothing is left to send.
func (c *Box) nothingLeft() bool {
	return c.estimates != nil && len(c.runningRequests()) > 0 && pipeline.Total(c.estimates).Missing() == 0
}

// runningCells are rows for the candidates whose vectors are being paid for now,
// with what was agreed to.
func (c *Box) runningCells(decimals int) [][]widget.Cell {
	var cells [][]widget.Cell
	for _, a := range c.runningRequests() {
		ids := session.CandidateIDs(c.Session.Requests().CandidatesOf(a))
		if len(ids) == 0 {
			ids = []string{a.Source().Model.Ref()}
		}
		_, texts := a.Progress()
		tokens := ""
		if a.Estimate() != nil {
			tokens = candidate.TokensNumber(*a.Estimate())
		}
		cells = append(cells, []widget.Cell{
			costsNames: {Text: c.sourceName(pipeline.Estimate{Candidates: ids, Role: a.Role()}) + ", under way"}, costsTexts: {Text: format.Thousands(texts)}, costsCached: {},
			costsTokens: {Text: tokens}, costsPrice: {Text: format.Price(a.Source().Model.Price, decimals)}, costsCost: {Text: agreedText(a.Cost())},
		})
	}
	return cells
}

// agreedText says what a request may cost at the most.
func agreedText(c spending.Cost) string {
	switch {
	case !c.Priced:
		return "agreed"
	case c.Estimated:
		return "agreed, ≤" + format.Dollars(c.AtMost())
	default:
		return "agreed, " + format.Dollars(c.AtMost())
	}
}
