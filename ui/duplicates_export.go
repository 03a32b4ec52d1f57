package ui

import (
	"context"
	"io"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
)

// askCopy asks what to copy.
func (d *duplicatesScreen) askCopy() {
	d.open(newMenu(d.shared, "Copy", keyCopy, []menuItem{
		{key: "p", label: "the pair: both texts, every value", enabled: d.lacksList, run: func() tea.Cmd {
			p := d.rows[d.list.cursor]
			return d.copy(pairExport(d.store, int(p[0]), int(p[1])))
		}},
		{key: "t", label: "the list as a table: " + format.Count(d.found.total, "pair"), enabled: d.lacksList,
			run: func() tea.Cmd { return d.copy(d.listExport()) }},
	}))
}

// lacksList gives the reason why there is no list of pairs to take out.
func (d *duplicatesScreen) lacksList() string {
	if why := lacksAny(d.store); why != "" {
		return why
	}
	if d.searching() {
		return "the pairs are still being looked for"
	}
	return d.needsRow()
}

// listExport is the list of pairs as it is sorted, with those that the screen has
// no room for.
func (d *duplicatesScreen) listExport() export {
	query, how, list := d.wanted, d.sorting(), d.duplicates()
	what, remark := format.Count(d.found.total, "duplicate pair"), ""
	for _, s := range query.used() {
		if !s.scan.Complete(s.threshold) {
			remark = "They are the most similar: more are over the threshold than are kept."
		}
	}
	// Finding all of them with their exact similarities takes a while.
	complete := func(ctx context.Context) (report.Duplicates, error) {
		all, err := findPairs(ctx, query, 0)
		if err != nil {
			return list, err
		}
		full := list
		for i, p := range sortPairs(all, how) {
			if i%1024 == 0 && ctx.Err() != nil {
				return list, ctx.Err()
			}
			full.Pairs = append(full.Pairs, report.PairOf(full.Comparison, int(p[0]), int(p[1])))
		}
		return full, nil
	}
	as := func(ending string, write func(io.Writer, report.Duplicates) error) exportFormat {
		return quiet(ending, func(ctx context.Context, w io.Writer) error {
			full, err := complete(ctx)
			if err != nil {
				return err
			}
			return write(w, full)
		})
	}
	formats := append(sheets(func(ctx context.Context, s *report.Sheet) error {
		full, err := complete(ctx)
		if err != nil {
			return err
		}
		return s.Duplicates(full)
	}), as(".json", report.DuplicatesJSON), as(".md", report.DuplicatesMarkdown), as(".txt", report.DuplicatesText))
	return export{what: what, name: "vecscope-duplicates", remark: remark, formats: formats}
}

// duplicates is the list for a report, its pairs still to be filled in.
func (d *duplicatesScreen) duplicates() report.Duplicates {
	list := report.Duplicates{Comparison: comparisonReport(d.store), Threshold: d.store.threshold}
	if d.store.perCandidate {
		for _, s := range d.wanted.used() {
			list.Own = append(list.Own, s.threshold)
		}
	}
	if d.wanted.disagree {
		list.Only = "Only those on which the candidates disagree."
	}
	return list
}
