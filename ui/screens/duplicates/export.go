package duplicates

import (
	"context"
	"io"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/widget"
)

// askCopy asks what to copy.
func (d *Screen) askCopy() {
	d.Open(widget.NewMenu(d.Context, "Copy", ui.KeyCopy, []widget.Option{
		{Key: "b", Label: "the pair: both texts, every value", Guard: d.lacksList, Run: func() tea.Cmd {
			p, _ := d.shown()
			return d.Copy(export.Pair(d.Session, int(p[0]), int(p[1])))
		}},
		{Key: "t", Label: "the list as a table: " + d.counted(), Guard: d.lacksList,
			Run: func() tea.Cmd { return d.Copy(d.export()) }},
	}))
}

// counted says how many pairs or clusters the list has.
func (d *Screen) counted() string {
	if d.clusters.on {
		return format.Count(len(d.clusters.clusters), "cluster")
	}
	return format.Count(d.found.total, "pair")
}

// export is the list that is shown.
func (d *Screen) export() ui.Export {
	if d.clusters.on {
		return d.clusterExport()
	}
	return d.listExport()
}

// lacksList gives the reason why there is no list to take out.
func (d *Screen) lacksList() string {
	if d.clusters.on {
		return d.lacksClusters()
	}
	if why := export.HasAnyResult(d.Session)(); why != "" {
		return why
	}
	if d.searching() {
		return "the pairs are still being looked for"
	}
	return d.needsRow()
}

// listExport is the list of pairs as it is sorted, with those that the screen has
// no room for.
func (d *Screen) listExport() ui.Export {
	query, texts, how, list := d.wanted, d.filter.folded(), d.sorting(), d.duplicates()
	what, remark := format.Count(d.found.total, "duplicate pair"), ""
	for _, s := range query.used() {
		if !s.scan.Complete(s.threshold) {
			remark = "They are the most similar: more are over the threshold than are kept."
		}
	}
	// Finding all of them with their exact similarities takes a while.
	complete := func(ctx context.Context) (report.Duplicates, error) {
		all, err := findPairs(ctx, query, texts, 0)
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
	as := func(ending string, write func(io.Writer, report.Duplicates) error) ui.ExportFormat {
		return export.Quiet(ending, func(ctx context.Context, w io.Writer) error {
			full, err := complete(ctx)
			if err != nil {
				return err
			}
			return write(w, full)
		})
	}
	formats := append(export.Sheets(func(ctx context.Context, s *report.Sheet) error {
		full, err := complete(ctx)
		if err != nil {
			return err
		}
		return s.Duplicates(full)
	}), as(".json", report.DuplicatesJSON), as(".md", report.DuplicatesMarkdown), as(".txt", report.DuplicatesText))
	return ui.Export{What: what, Name: "vecscope-duplicates", Remark: remark, Formats: formats}
}

// duplicates is the list for a report, its pairs still to be filled in.
func (d *Screen) duplicates() report.Duplicates {
	list := report.Duplicates{Comparison: export.ComparisonReport(d.Session), Threshold: d.Session.Thresholds().Common()}
	if d.Session.Thresholds().Each() {
		for _, s := range d.wanted.used() {
			list.Own = append(list.Own, s.threshold)
		}
	}
	if d.wanted.words != "" {
		list.Only = "Only those with the words " + strconv.Quote(d.wanted.words) + "."
	}
	if d.wanted.disagree {
		list.Only = strings.TrimSpace(list.Only + " Only those on which the models disagree.")
	}
	return list
}
