package usage

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/term"
)

// lacksUsage gives the reason why there is no table of what was spent.
func (u *Screen) lacksUsage() string {
	switch {
	case u.reading:
		return "the sums are still being read"
	case len(u.Session.Payments().Ledger().Session())+len(u.totals) == 0:
		return "nothing was spent yet"
	}
	return ""
}

// tableExport is what was spent, as it is filtered.
func (u *Screen) tableExport() ui.Export {
	words := u.filter.Words()
	usage := report.Usage{Session: byModel(matching(u.Session.Payments().Ledger().Session(), words)), AllTime: byModel(matching(u.totals, words))}
	what := "the table of usage"
	if words != "" {
		what += fmt.Sprintf(", only what has “%s”", term.Safe(words))
	}
	return ui.Export{
		What: what, Name: "vecscope-usage",
		Formats: export.Tables(usage, (*report.Sheet).Usage, report.PeriodsJSON, report.PeriodsMarkdown, report.PeriodsText),
	}
}

// byModel sorts by provider and model.
func byModel(list []api.Tally) []api.Tally {
	return slices.SortedFunc(slices.Values(list), func(a, b api.Tally) int {
		return strings.Compare(a.Provider+"/"+a.Model, b.Provider+"/"+b.Model)
	})
}
