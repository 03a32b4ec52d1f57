package session_test

import (
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// Why something cannot be done now is what helps now.
func TestGuardsSayWhatHelps(t *testing.T) {
	shop := func(candidates ...string) shell.Options {
		return uitest.ShopOptions(t, uitest.NewShop(), candidates...)
	}
	const noModels, noTexts = "no models: select some on Models", "no texts: add some on Texts"
	for name, c := range map[string]struct {
		o      shell.Options
		change func(a *shell.App)
		guard  func(*session.Session) ui.Guard
		want   string
	}{
		"nothing selected":    {shop(), nil, ui.CanBuy, noModels},
		"no texts":            {uitest.OptionsWith(t, nil, "local/ngrams@64"), nil, ui.CanBuy, noTexts},
		"no texts to compute": {uitest.OptionsWith(t, nil, "local/ngrams@64"), nil, ui.CanCompute, noTexts},
		"something costs":     {shop("shop/good@4"), nil, ui.CanBuy, ""},
		"nothing costs":       {shop("local/ngrams@64"), nil, ui.CanBuy, "no selected model costs anything; the built-in models just run"},
		"all is beyond the limits": {shop("shop/good@4"), func(a *shell.App) {
			uitest.Settle(t, a, a.Session.Verdict().SetLimits(evaluate.Limits{LocalOnly: true}))
		}, ui.CanBuy, "what costs something is beyond your limits: f on Verdict changes them"},
		"it is on its way": {shop("shop/good@4"), func(a *shell.App) {
			source, _ := a.Session.SourceOf(a.Session.Candidates()[0])
			a.Session.NewRequest(session.ForCandidates, source, session.TextsOf(uitest.ShopTexts), session.SendingGrant)
		}, ui.CanBuy, "what was agreed to is on its way: E asks again when it has ended"},
		"models inside":     {shop("local/ngrams@64"), nil, ui.CanEmbedAnew, "no selected model is on a server; the built-in models always give the same"},
		"a model of a shop": {shop("shop/good@4"), nil, ui.CanEmbedAnew, ""},
		"one text":          {uitest.OptionsWith(t, uitest.Numbered(1), "local/ngrams@64"), nil, ui.HasTwoTexts, "needs two texts: add some on Texts"},
		"two texts":         {uitest.OptionsWith(t, uitest.Numbered(2), "local/ngrams@64"), nil, ui.HasTwoTexts, ""},
		"one result":        {shop("local/ngrams@64", "shop/good@4"), nil, ui.HasTwoResults, "needs two models with a result: select some on Models"},
		"two results":       {shop("local/ngrams@64", "local/ngrams@128"), nil, ui.HasTwoResults, ""},
		"room for one":      {shop("local/ngrams@1", "local/ngrams@2", "local/ngrams@3", "local/ngrams@4", "local/ngrams@5"), nil, ui.HasRoom, ""},
		"no room": {shop("local/ngrams@1", "local/ngrams@2", "local/ngrams@3", "local/ngrams@4", "local/ngrams@5"), func(a *shell.App) {
			uitest.Settle(t, a, a.Session.Toggle(api.Candidate{Model: "local/ngrams", Dimensions: 6}))
		}, ui.HasRoom, "six models are the most that fit side by side: remove one first"},
	} {
		a := settled(t, 80, 24, c.o)
		if c.change != nil {
			c.change(a)
		}
		if got := c.guard(a.Session)(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
