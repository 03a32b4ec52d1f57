package shell

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
)

// asked is something that runs when a person stops it.
type asked struct {
	of   session.Purpose
	paid bool
}

// A stop says what is kept, and which key goes on with what was stopped.
func TestAStopSaysWhichKeyGoesOn(t *testing.T) {
	const stopping, stopped = "Stopping; what has arrived is kept. ", "Stopped; what had arrived is kept. "
	candidates, query, own := session.ForCandidates, session.ForQuery, session.ForReduction
	for name, c := range map[string]struct {
		runs    []asked
		want    string
		stopped bool // a failure that follows is none
	}{
		"what is paid for":         {[]asked{{candidates, true}}, stopping + "E asks what the rest costs.", false},
		"and what costs nothing":   {[]asked{{candidates, true}, {candidates, false}}, stopping + "E asks what the rest costs, R computes what costs nothing.", false},
		"what costs nothing":       {[]asked{{candidates, false}}, stopped + "R computes the rest.", true},
		"queries of a trial":       {[]asked{{session.ForTriedQueries, true}}, stopping + "E asks what the rest costs.", false},
		"documents of a trial":     {[]asked{{session.ForTriedDocuments, false}}, stopped + "R computes the rest.", true},
		"a query":                  {[]asked{{query, false}}, "Stopped: the query has no answer yet; ask it again.", false},
		"a paid query":             {[]asked{{query, true}}, "Stopped: the query has no answer yet; ask it again.", false},
		"shorter vectors":          {[]asked{{own, false}}, "Stopped: " + ui.KeyOwnReduced.Help().Key + " on Matrices asks the server again.", false},
		"a query and models":       {[]asked{{query, false}, {candidates, false}}, stopped + "R computes the rest.", true},
		"a query and a paid model": {[]asked{{query, false}, {candidates, true}}, stopping + "E asks what the rest costs.", false},
		"texts that are searched":  {[]asked{{session.ForDocuments, false}}, stopped + "R computes the rest.", true},
	} {
		a := withModels(t)
		for i, r := range c.runs {
			m := api.Model{Provider: "shop", ID: string(rune('a' + i)), Dimensions: 4}
			var grant session.Grant
			if r.paid {
				e := pipeline.Estimate{Source: pipeline.Source{Model: m}, Paid: true, Texts: 2}
				grant = a.Session.Payments().Grants([]pipeline.Estimate{e}, pipeline.LongCut)[0]
			}
			a.Session.Requests().Embed(r.of, pipeline.Source{Model: m}, []string{"one", "two"}, grant, func(*pipeline.Embedding, error) tea.Cmd { return nil })
		}
		a.stop()
		if got := a.Notice(); got.Text != c.want || got.Level != ui.NoticeWarn || got.stopped != c.stopped {
			t.Errorf("%s: it says %q, want %q; a failure that follows is none: %t", name, got.Text, c.want, got.stopped)
		}
	}
}
