package cli

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/app"
	"github.com/vecscope/vecscope/ui/report"
)

// The flags that say where the explorer starts.
const (
	startModelsFlag = "models"
	screenFlag      = "screen"
	filterFlag      = "filter"
	thresholdFlag   = "threshold"
	orderFlag       = "order"
)

// start is what they say.
type start struct {
	screen, order *choice
	filter        string
	threshold     cosine
	models        []string
}

func newStart() *start {
	return &start{screen: newChoice(app.ScreenIDs()...), order: newChoice(app.OrderWords()...)}
}

// startFlags adds them.
func (p *program) startFlags(cmd *cobra.Command, s *start) {
	f := cmd.Flags()
	f.StringSliceVar(&s.models, startModelsFlag, nil, "start with these models, with commas between them: provider/model, or provider/model@256 for that many dimensions (default those of last time)")
	p.completeModels(cmd, startModelsFlag)
	f.Var(s.screen, screenFlag, "start the explorer on this screen: "+s.screen.list()+" (default where you left)")
	onceFlag(cmd, &s.filter, filterFlag, "write all words into one", "start with the list of the screen filtered by these words; on search they are the query")
	f.Var(&s.threshold, thresholdFlag, "start with this similarity as the threshold of all models")
	f.Lookup(thresholdFlag).DefValue = ""
	f.Var(s.order, orderFlag, "start with the texts of matrices in this order: "+s.order.list())
	completeWith(cmd, screenFlag, app.ScreenIDs)
	completeWith(cmd, orderFlag, app.OrderWords)
}

// options are what the explorer is told of them.
func (s *start) options(cmd *cobra.Command) app.Start {
	at := app.Start{Screen: s.screen.value, Filter: s.filter, Order: s.order.value}
	if cmd.Flags().Changed(thresholdFlag) {
		x := float64(s.threshold)
		at.Threshold = &x
	}
	return at
}

// startModels are the ids of the models that --models names. One of a server whose list was
// never read waits for it in the explorer.
func (p *program) startModels(cmd *cobra.Command, refs []string) (ids []string, err error) {
	if !cmd.Flags().Changed(startModelsFlag) {
		return nil, nil
	}
	engine, err := p.engine(cmd.Context())
	if err != nil {
		return nil, err
	}
	for _, ref := range refs {
		ref = strings.TrimSpace(ref)
		if ref == trial.BM25 || strings.HasSuffix(ref, report.FusedSuffix) {
			return nil, misused(cmd, "%s searches by words: Search has it beside the models", ref)
		}
		c, _, err := engine.Catalog.Resolve(ref)
		if _, unknown := errors.AsType[*api.UnknownModelError](err); unknown && p.servers.registry.NeverListed(providerOf(ref)) {
			c, err = api.ParseCandidate(ref)
		}
		if err != nil {
			return nil, &usageError{Err: err}
		}
		if !slices.Contains(ids, c.ID()) {
			ids = append(ids, c.ID())
		}
	}
	switch n := len(ids); {
	case n == 0:
		return nil, misused(cmd, "--models names no model: write provider/model, such as local/use-lite")
	case n > app.MostModels:
		return nil, misused(cmd, "--models names %d models: the explorer compares up to %d; %s compare takes any number", n, app.MostModels, name)
	}
	return ids, nil
}

// startGiven names one of the flags that was given; empty for none.
func startGiven(cmd *cobra.Command) string {
	for _, flag := range []string{startModelsFlag, screenFlag, filterFlag, thresholdFlag, orderFlag} {
		if cmd.Flags().Changed(flag) {
			return flag
		}
	}
	return ""
}
