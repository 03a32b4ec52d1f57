package usage

import (
	"cmp"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/costs"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// usageKey names a row of the usage table. Without a model it is a provider's sum,
// without a provider a section's.
type usageKey struct {
	allTime         bool
	provider, model string
}

// usageRow is a line of the table: a section's sum, a provider's or one model.
type usageRow struct {
	key   usageKey
	title string
	costs.Bill
	// empty tells that there are no numbers, and filtered that the filter leaves none.
	empty, filtered bool
}

func (r usageRow) section() bool { return r.key.provider == "" }

// rows are this session and all time, each with its sum, its providers and their
// models.
func (u *Screen) rows() []usageRow {
	rows := usageSection(usageKey{}, "This session", u.Session.Payments().Ledger().Session(), u.filter.Words())
	if u.Session.Payments().Ledger().Log() == nil {
		return rows
	}
	title := "All time"
	if u.reading && u.totals == nil {
		title += ", reading…"
	}
	return append(rows, usageSection(usageKey{allTime: true}, title, u.totals, u.filter.Words())...)
}

// usageSection is the sum of those that have the words of the filter, over them.
func usageSection(key usageKey, title string, all []api.Tally, words string) []usageRow {
	list := matching(all, words)
	section := usageRow{key: key, title: title, empty: len(list) == 0, filtered: len(list) < len(all) && len(list) == 0}
	if section.empty {
		row := usageRow{key: usageKey{allTime: key.allTime, provider: "-"}, title: " nothing yet", empty: true}
		if key.allTime {
			row.title = " no server yet"
		}
		if section.filtered {
			row.title, row.filtered = " none has these words", true
		}
		return []usageRow{section, row}
	}
	providers := map[string][]api.Tally{}
	for _, s := range list {
		section.Spent = section.Spent.Plus(s)
		providers[s.Provider] = append(providers[s.Provider], s)
	}
	var groups [][]usageRow
	for name, models := range providers {
		groups = append(groups, usageProvider(usageKey{allTime: key.allTime, provider: name}, models))
	}
	for _, g := range groups {
		section.Inexact = section.Inexact || g[0].Inexact
	}
	slices.SortFunc(groups, func(a, b []usageRow) int { return byCost(a[0], b[0]) })
	return slices.Concat(append([][]usageRow{{section}}, groups...)...)
}

// matching are those whose provider and model have all words of the filter.
func matching(list []api.Tally, words string) []api.Tally {
	return slices.DeleteFunc(slices.Clone(list), func(s api.Tally) bool {
		return slices.ContainsFunc(strings.Fields(words), func(word string) bool {
			return widget.IndexFold(term.Safe(s.Ref()), word) < 0
		})
	})
}

// modelIndent stands before the names of models.
const modelIndent = "  "

func usageProvider(key usageKey, list []api.Tally) []usageRow {
	sum := usageRow{key: key, title: " " + term.Safe(key.provider)}
	rows := make([]usageRow, len(list))
	for i, s := range list {
		sum.Spent = sum.Spent.Plus(s)
		key.model = s.Model
		rows[i] = usageRow{key: key, title: modelIndent + term.Safe(s.Model), Bill: costs.Bill{Spent: s, Inexact: s.CostEstimated()}}
		sum.Inexact = sum.Inexact || rows[i].Inexact
	}
	slices.SortFunc(rows, byCost)
	return append([]usageRow{sum}, rows...)
}

// byCost puts what cost most first.
func byCost(a, b usageRow) int {
	return cmp.Or(cmp.Compare(b.Spent.USD, a.Spent.USD), cmp.Compare(a.key.provider, b.key.provider), cmp.Compare(a.key.model, b.key.model))
}

// counted writes how many texts or failed requests there were, as far as that is
// known.
func counted(n int, s api.Tally) string { return report.SpentCount(format.Thousands, n, s) }
