package duplicates

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/pair"
	"github.com/vecscope/vecscope/ui/widget"
)

// Screen lists the pairs of texts that at least one candidate finds
// at or over its threshold, with what every candidate makes of them.
type Screen struct {
	*ui.Context
	sortBy   string // sortBest, sortPair, sortSpread or a candidate's id
	reversed bool   // against the way in which that column usually stands
	disagree bool   // only pairs on which the candidates disagree

	wanted   pairQuery          // what the list shows or will show
	found    pairList           // what was found last
	rows     [][2]int32         // found, sorted
	sorted   sorting            // how rows are sorted
	underWay pairQuery          // what is being looked for aside
	cancel   context.CancelFunc // ends that search; nil without one

	filter   *wordFilter // of pairs and clusters
	list     widget.List // of the rows
	selected [2]int32    // the pair that was chosen, kept while the list changes; or noPair
	seen     [2]int      // the shared cursor as it was looked at last
	marked   markedPairs
	clusters clusterView

	// spread shows how similarities lie, in the place of the curves.
	spread  bool
	spreads labelling.Spreads

	under underList
	best  selectedBest
	over  map[string]labelledOver // by candidate id
}

// noPair is what no pair of texts is.
var noPair = [2]int32{-1, -1}

// New makes the screen, with the most similar pairs first.
func New(s *ui.Context) ui.Screen {
	filter := &wordFilter{Context: s}
	return &Screen{
		Context: s, sortBy: sortBest, filter: filter, selected: noPair, seen: [2]int{-1, -1},
		clusters: newClusterView(s, filter),
	}
}

// ID is the screen's id.
const ID = "duplicates"

// Info says what it is called.
func (d *Screen) Info() ui.Info {
	return ui.Info{ID: ID, Title: "Duplicates", Short: "Dups", Compares: true}
}

// pairChoices are what is remembered of the list: the column by which it is sorted,
// a candidate by its id, which way, and whether only pairs stay on which candidates
// disagree; what is drawn above it; and whether clusters are shown instead, and how these
// are sorted.
type pairChoices struct {
	Sort     string `json:"sort,omitempty"`
	Reversed bool   `json:"reversed,omitempty"`
	Disagree bool   `json:"disagree,omitempty"`
	Spread   bool   `json:"spread,omitempty"`
	Clusters bool   `json:"clusters,omitempty"`

	ClusterSort     string `json:"cluster_sort,omitempty"`
	ClusterReversed bool   `json:"cluster_reversed,omitempty"`
}

// Save gives how the list is sorted and whether it is filtered.
func (d *Screen) Save() json.RawMessage {
	how := d.clusters.sort
	return ui.Encode(pairChoices{d.sortBy, d.reversed, d.disagree, d.spread, d.clusters.on, how.by, how.reversed})
}

// Restore sorts and filters as before.
func (d *Screen) Restore(kept json.RawMessage) {
	var c pairChoices
	if json.Unmarshal(kept, &c) != nil {
		return
	}
	if c.Sort != "" {
		d.sortBy = c.Sort
	}
	if slices.Contains(clusterSorts, c.ClusterSort) {
		d.clusters.sort = clusterSorting{c.ClusterSort, c.ClusterReversed}
	}
	d.reversed, d.disagree, d.spread, d.clusters.on = c.Reversed, c.Disagree, c.Spread, c.Clusters
}

// Legend explains the rows.
func (d *Screen) Legend() [][2]string {
	return append([][2]string{
		{pair.DuplicateMark, "at or over the model's threshold: a duplicate pair"},
		{pair.ApartMark, "under it"},
		{"–", "no similarity: a text has no vector"},
		{"A B C", "the models, as the lines above name them"},
		{"σ", "standard deviations above the model's average pair: best is the most, spread how far models lie apart"},
		{"+2", "so many columns have no room: a wider window shows them"},
		{"~", "the model read only the beginning of a text"},
		{labelling.PartMark, "a score over a part of what is labelled; the status line says which"},
		{foldedSign + " " + unfoldedSign, "a cluster: texts that pairs link, its members hidden or shown"},
		{labelling.DifferentSign + " 3 of 9", "so many texts of a cluster do not belong with the one that stands for it, as labels say"},
		{driftSign, "its least similar two texts lie under the threshold: chains drift"},
	}, labelling.Legend()...)
}

// cursor is the selected pair.
func (d *Screen) cursor() (a, b int, reason string) {
	if reason := d.needsRow(); reason != "" {
		return 0, 0, reason
	}
	if _, c, head, _ := d.clusters.row(); d.clusters.on && head && len(c.Texts) > 2 {
		return 0, 0, "marks are of two texts, and these are more: → unfolds them"
	}
	p, _ := d.shown()
	return int(p[0]), int(p[1]), ""
}

// shown is the pair that is shown in full.
func (d *Screen) shown() (p [2]int32, ok bool) {
	if d.clusters.on {
		return d.clusters.pair()
	}
	if d.list.Cursor >= len(d.rows) {
		return noPair, false
	}
	return d.rows[d.list.Cursor], true
}

// Back clears the filter, leaves the clusters, then shows what all agree on again.
func (d *Screen) Back() bool {
	if d.filter.Shown() {
		d.filter.Clear()
		return true
	}
	if d.clusters.on {
		d.toggleClusters()
		return true
	}
	if !d.disagree {
		return ui.LeaveSelection(d.Session)
	}
	d.toggleDisagree()
	return true
}

// Status counts the pairs and says how they are sorted.
func (d *Screen) Status() string {
	if d.emptyText() != "" || len(d.Session.Ready()) == 0 {
		return ""
	}
	if status := d.clusters.status(); d.clusters.on {
		if status != "" && d.anyFigures() {
			return labelling.WithBasis(d.Session, status)
		}
		return status
	}
	var parts []string
	if selected := ui.SelectionText(d.Session); selected != "" {
		parts = append(parts, selected)
	}
	over, why := labelling.Basis(d.Session)
	if over != "" && d.anyFigures() {
		parts = append(parts, over)
	}
	shown := len(parts)
	switch {
	case d.searching():
		parts = append(parts, "Looking for pairs")
	case d.Session.SelectionShown() && len(d.found.pairs) < d.found.total:
		parts = append(parts, fmt.Sprintf("%s among the %s most similar", format.Count(len(d.rows), "pair"), format.Thousands(len(d.found.pairs))))
	case len(d.rows) < d.found.total && !d.Session.SelectionShown():
		parts = append(parts, fmt.Sprintf("%s most similar of %s", format.Thousands(len(d.rows)), format.Count(d.found.total, "pair")))
	default:
		parts = append(parts, format.Count(len(d.rows), "pair"))
	}
	if d.wanted.disagree {
		parts[shown] += " on which models disagree (" + ui.KeyOnly.Help().Key + ": all)"
	}
	parts = append(parts, d.sortText())
	if d.Session.Thresholds().Each() {
		parts = append(parts, "separate thresholds; tab selects which one moves")
	} else {
		parts = append(parts, "one threshold for all")
	}
	if why != "" && d.anyFigures() {
		parts = append(parts, why)
	}
	return strings.Join(parts, " · ")
}

// Actions move thresholds, sort and filter the list, and take it out.
func (d *Screen) Actions() []ui.Action {
	if d.filter.Typing() {
		noun := "pairs"
		if d.clusters.on {
			noun = "clusters"
		}
		return d.filter.Actions(ID, noun, d.filter.Clear, d)
	}
	name := func(id string) string { return "duplicates." + id }
	hasPairs := ui.All(ui.HasCandidates(d.Session), ui.HasTwoTexts(d.Session))
	nudge := func(by float64) func() tea.Cmd { return ui.Do(func() { d.nudge(by) }) }
	list := []ui.Action{
		{ID: name("pair"), Key: ui.KeyEnter, Name: "open the pair in full, or unfold the cluster…", Short: "pair…", Group: ui.GroupDo, Footer: 4,
			Guard: d.needsRow, Run: ui.Do(d.openPair)},
		{ID: name("lower"), Key: keyLower, Name: "lower the threshold by 0.01", Short: "lower", Group: ui.GroupDo, Footer: 2,
			Guard: hasPairs, Run: nudge(-0.01)},
		{ID: name("raise"), Key: keyRaise, Name: "raise the threshold by 0.01", Short: "raise", Group: ui.GroupDo, Footer: 3,
			Guard: hasPairs, Run: nudge(0.01)},
		{ID: name("lowerFine"), Key: keyLowerFine, Group: ui.GroupDo, Guard: hasPairs, Run: nudge(-0.001)},
		{ID: name("raiseFine"), Key: keyRaiseFine, Group: ui.GroupDo, Guard: hasPairs, Run: nudge(0.001)},
		{ID: name("threshold"), Key: ui.KeyNumber, Name: "threshold by number…", Short: "threshold…", Group: ui.GroupDo, Footer: 5,
			Guard: hasPairs, Run: ui.Do(d.askThreshold)},
		{ID: name("fit"), Key: keyFit, Name: "thresholds that fit the labels, or find equally many", Short: "fit", Group: ui.GroupDo, Footer: 6,
			Guard: ui.All(hasPairs, d.cannotFit), Run: ui.Do(d.fitThresholds)},
		{ID: name("each"), Key: ui.KeyEach, Name: "one threshold for all or one each", Short: "one each", Group: ui.GroupDo, Footer: 7,
			Guard: hasPairs, Run: ui.Do(d.toggleEach)},
		{ID: name("copy"), Key: ui.KeyCopy, Name: "copy the pair or the list…", Short: "copy…", Group: ui.GroupDo, Footer: 10,
			Guard: d.lacksList, Run: ui.Do(d.askCopy)},
		{ID: name("export"), Key: ui.KeyExport, Name: "export the list, or what to keep of clusters…", Short: "export…", Group: ui.GroupDo, Footer: 10,
			Guard: d.lacksList, Run: func() tea.Cmd { return d.Export(d.export()) }},
		{ID: name("clusters"), Key: ui.KeyView, Name: "clusters of duplicates, or pairs", Short: "clusters", Group: ui.GroupShow, Footer: 6,
			Guard: d.lacksPairs, Run: ui.Do(d.toggleClusters)},
		{ID: name("unfold"), Key: keyUnfold, Group: ui.GroupShow, Guard: d.needsClusters, Run: ui.Do(func() { d.clusters.fold(true) })},
		{ID: name("fold"), Key: keyFold, Group: ui.GroupShow, Guard: d.needsClusters, Run: ui.Do(func() { d.clusters.fold(false) })},
		{ID: name("disagree"), Key: ui.KeyOnly, Name: "only where models disagree", Short: "disagreeing", Group: ui.GroupShow, Footer: 6,
			Guard: ui.All(hasPairs, d.needsPairs, d.needsTwo), Run: ui.Do(d.toggleDisagree)},
		{ID: name("spread"), Key: keySpread, Short: "histogram", Group: ui.GroupShow, Footer: 9, Guard: d.needsSpreadRoom, Run: ui.Do(d.toggleSpread)},
		{ID: name("filter"), Key: ui.KeyFilter, Name: "filter pairs or clusters by words in their texts…", Short: "filter…", Group: ui.GroupShow, Footer: 7,
			Guard: hasPairs, Run: ui.Do(d.startFilter)},
		{ID: name("sort"), Key: ui.KeySortNext, Short: "sort", Group: ui.GroupShow, Footer: 8, Guard: hasPairs, Run: ui.Do(d.nextSort)},
		{ID: name("reverse"), Key: ui.KeySortReverse, Group: ui.GroupShow, Run: ui.Do(d.reverse)},
		{ID: name("next"), Key: ui.KeyNextPane, Name: "next model's threshold", Group: ui.GroupMove, Run: ui.Do(func() { d.cycleFocus(1) })},
		{ID: name("previous"), Key: ui.KeyPreviousPane, Name: "previous model's threshold", Group: ui.GroupMove, Run: ui.Do(func() { d.cycleFocus(-1) })},
	}
	list = append(list, labelling.Actions(d.Context, ID, "duplicates", d.cursor)...)
	return append(list, ui.Motions("duplicates", d)...)
}

// needsTwo gives the reason why nobody can disagree; the filter can always be left.
func (d *Screen) needsTwo() string {
	if d.disagree {
		return ""
	}
	return ui.HasTwoResults(d.Session)()
}

func (d *Screen) needsRow() string {
	switch {
	case d.clusters.on:
		return d.clusters.lacks()
	case len(d.rows) > 0:
		return ""
	case d.searching():
		return "the pairs are still being looked for"
	case d.wordsHide():
		return "no pair has these words; " + ui.KeyBack.Help().Key + " clears the filter"
	case d.wanted.disagree && d.anyFound(d.Session.Ready()):
		return "there is no pair on which the models disagree; " + ui.KeyOnly.Help().Key + " shows all"
	default:
		return "there is no pair in the list; " + keyLower.Help().Key + " lowers the threshold"
	}
}

// needsClusters gives the reason why nothing folds.
func (d *Screen) needsClusters() string {
	if !d.clusters.on {
		return "clusters fold: " + ui.KeyView.Help().Key + " shows them"
	}
	return d.clusters.lacks()
}

// lacksPairs gives the reason why nothing can cluster; clusters can always be left.
func (d *Screen) lacksPairs() string {
	switch {
	case d.clusters.on:
		return ""
	}
	return ui.All(ui.CanCompute(d.Session), ui.HasTwoTexts(d.Session))()
}

// needsPairs gives the reason why candidates cannot disagree.
func (d *Screen) needsPairs() string {
	if d.clusters.on {
		return "clusters are of one model: " + ui.KeyView.Help().Key + " shows the pairs of all"
	}
	return ""
}

func (d *Screen) toggleDisagree() {
	d.disagree = !d.disagree
	d.Session.MarkUnsaved()
}

// toggleClusters shows clusters in the place of pairs, or these again.
func (d *Screen) toggleClusters() {
	d.clusters.on = !d.clusters.on
	d.Session.MarkUnsaved()
	if d.clusters.on {
		d.clusters.selected = int(d.selected[0])
		d.clusters.unroll()
	}
}

// openPair opens the pair in full; a cluster it unfolds, or folds again.
func (d *Screen) openPair() {
	if r, _, head, _ := d.clusters.row(); d.clusters.on && head {
		d.clusters.fold(!d.clusters.unfolded[r.text])
		return
	}
	p, _ := d.shown()
	d.Open(pair.New(d.Context, int(p[0]), int(p[1])))
}

// nextSort sorts by the next column.
func (d *Screen) nextSort() {
	if d.clusters.on {
		d.clusters.nextSort()
		return
	}
	all := d.sorts()
	d.sort(all[(slices.Index(all, d.effectiveSort())+1)%len(all)], false)
}

// reverse turns the sorting round.
func (d *Screen) reverse() {
	if how := d.clusters.sort; d.clusters.on {
		d.clusters.sortBy(how.by, !how.reversed)
		return
	}
	d.sort(d.sortBy, !d.reversed)
}

func (d *Screen) sort(by string, reversed bool) {
	d.sortBy, d.reversed = by, reversed
	d.Session.MarkUnsaved()
}
