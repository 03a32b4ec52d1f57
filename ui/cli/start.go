package cli

import (
	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/ui/app"
)

// The flags that say where the explorer starts.
const (
	screenFlag    = "screen"
	filterFlag    = "filter"
	thresholdFlag = "threshold"
	orderFlag     = "order"
)

// start is what they say.
type start struct {
	screen, order *choice
	filter        string
	threshold     cosine
}

func newStart() *start {
	return &start{screen: newChoice(app.ScreenIDs()...), order: newChoice(app.OrderWords()...)}
}

// flags adds them.
func (s *start) flags(cmd *cobra.Command) {
	f := cmd.Flags()
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

// startGiven names one of the flags that was given; empty for none.
func startGiven(cmd *cobra.Command) string {
	for _, flag := range []string{screenFlag, filterFlag, thresholdFlag, orderFlag} {
		if cmd.Flags().Changed(flag) {
			return flag
		}
	}
	return ""
}
