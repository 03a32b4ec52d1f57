package duplicates

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// clusterView lists the texts that pairs over the threshold link, directly or through
// others, under the candidate in focus. A cluster is a row with the text that stands for
// it, under which the others unfold.
type clusterView struct {
	*ui.Context
	filter   *wordFilter // shared with the pairs
	on       bool        // clusters are shown in the place of pairs
	sort     clusterSorting
	wanted   clusterQuery       // what is shown or will be
	found    clusterQuery       // what was found last
	underWay clusterQuery       // what is being looked for
	cancel   context.CancelFunc // ends that search; nil without one

	clusters []compare.Cluster // those that the filter lets through, sorted
	linked   []compare.Cluster // found, the largest first, as reports have them
	words    string            // of the filter, as clusters are
	texts    int               // how many texts the clusters have
	drifting int               // how many of them reach under the threshold
	unfolded map[int]bool      // by the text that stands for the cluster
	rows     []clusterRow
	list     widget.List // of the rows
	selected int         // the text that was chosen last; -1 for none

	tied   *labels.Tied // the labels that belong was counted with
	belong []belonging  // of the clusters, as they are sorted
	marked markedPairs
}

// clusterQuery is everything that clusters are derived from.
type clusterQuery struct {
	shown  uint64 // revision of the texts
	source pairSource
}

// clusterRow is a text of a cluster; that which stands for it comes first.
type clusterRow struct{ cluster, text int }

// belonging is how many texts of a cluster belong together with the one that stands for
// it, and how many do not, as labels say.
type belonging struct{ same, other int }

// clusterSorting is how clusters are sorted.
type clusterSorting struct {
	by       string
	reversed bool
}

// The ways to sort clusters.
const (
	sortSize  = "size"
	sortLeast = "least"
	sortFirst = "first"
)

var clusterSorts = []string{sortSize, sortLeast, sortFirst}

func newClusterView(c *ui.Context, filter *wordFilter) clusterView {
	return clusterView{Context: c, filter: filter, sort: clusterSorting{by: sortSize}, unfolded: map[int]bool{}, selected: -1}
}

// of is the candidate whose clusters are shown; it may have no result yet.
func (v *clusterView) of() session.State {
	return v.Session.State(v.Session.Candidates()[v.Session.Focused()])
}

func (v *clusterView) threshold() float64 { return v.wanted.source.threshold }

// searching tells that the rows are behind what they should show.
func (v *clusterView) searching() bool { return v.wanted != v.found }

// query is what should be shown now; without a result its source is empty.
func (v *clusterView) query() clusterQuery {
	q := clusterQuery{shown: v.Session.ResultsRevision()}
	if len(v.Session.Candidates()) == 0 {
		return q
	}
	if c := v.of(); c.Phase == session.PhaseReady {
		q.source = pairSource{c.ID(), c.Result.Matrix, c.Result.Scan, v.Session.Thresholds().Of(c.ID())}
	}
	return q
}

// refresh lets the clusters follow texts, candidate, threshold and labels. One search
// runs at a time; its end starts the next where one is due.
func (v *clusterView) refresh() tea.Cmd {
	if !v.on {
		v.stop()
		return nil
	}
	v.wanted = v.query()
	var cmd tea.Cmd
	switch {
	case !v.searching():
	case v.wanted.source.scan == nil || v.wanted.shown != v.found.shown || v.wanted.source.id != v.found.source.id:
		v.take(clusterQuery{shown: v.wanted.shown, source: pairSource{id: v.wanted.source.id}}, nil)
		if v.wanted.source.scan != nil {
			cmd = v.search()
		}
	default:
		cmd = v.search()
	}
	switch {
	case v.words == v.filter.Words():
	case v.filter.Words() == "" || v.filter.ready():
		v.arrange()
	default:
		cmd = tea.Batch(cmd, v.filter.prepare())
	}
	if tied := v.Session.Labels().Tied(); tied != v.tied {
		v.tied = tied
		v.count()
	}
	return cmd
}

// stop ends a search under way.
func (v *clusterView) stop() {
	if v.cancel != nil {
		v.cancel()
	}
}

// search links the pairs outside the loop.
func (v *clusterView) search() tea.Cmd {
	switch {
	case v.Session.Life().Err() != nil:
		return nil
	case v.cancel != nil:
		if v.underWay != v.wanted {
			v.cancel()
		}
		return nil
	}
	var ctx context.Context
	ctx, v.cancel = context.WithCancel(v.Session.Life())
	v.underWay = v.wanted
	q := v.wanted
	work := func(ctx context.Context) ([]compare.Cluster, error) {
		return compare.Clusters(ctx, q.source.matrix.Vectors(), q.source.scan.Over(q.source.threshold))
	}
	return loop.Async(ctx, work, func(found []compare.Cluster, err error) tea.Cmd {
		v.cancel()
		v.cancel = nil
		if err == nil && q == v.wanted {
			v.take(q, found)
		}
		return nil
	})
}

// take shows clusters that were found. Those of other texts or of another candidate are
// folded.
func (v *clusterView) take(q clusterQuery, found []compare.Cluster) {
	if q.shown != v.found.shown || q.source.id != v.found.source.id {
		v.unfolded = map[int]bool{}
	}
	v.found, v.linked = q, found
	v.arrange()
}

// filtered are the clusters that the filter lets through, the largest first.
func (v *clusterView) filtered() []compare.Cluster {
	out := slices.Clone(v.linked)
	if len(out) == 0 || v.words == "" {
		return out
	}
	texts, words := v.filter.folded()(), v.filter.wanted()
	return slices.DeleteFunc(out, func(c compare.Cluster) bool { return !texts.Hold(words, c.Texts...) })
}

// arrange sorts the clusters that the filter lets through and makes their rows.
func (v *clusterView) arrange() {
	if v.words = v.filter.Words(); v.words != "" && !v.filter.ready() {
		v.words = "" // in a moment
	}
	v.clusters = v.filtered()
	v.texts, v.drifting = 0, 0
	for _, c := range v.clusters {
		v.texts += len(c.Texts)
		if c.Drifts(v.found.source.threshold) {
			v.drifting++
		}
	}
	slices.SortStableFunc(v.clusters, func(a, b compare.Cluster) int {
		var order int
		switch v.sort.by {
		case sortLeast:
			order = cmp.Compare(a.Least, b.Least)
		case sortFirst:
			order = cmp.Compare(a.Texts[0], b.Texts[0])
		default:
			order = cmp.Compare(len(b.Texts), len(a.Texts))
		}
		if v.sort.reversed {
			return -order
		}
		return order
	})
	v.count()
	v.unroll()
}

// count counts what labels say of every cluster.
func (v *clusterView) count() {
	v.belong = make([]belonging, len(v.clusters))
	if v.tied == nil || v.tied.Texts != len(v.Session.Texts()) {
		return
	}
	for i, c := range v.clusters {
		for _, text := range c.Texts {
			same, known := v.tied.Same(c.Representative, text)
			switch {
			case !known || text == c.Representative:
			case same:
				v.belong[i].same++
			default:
				v.belong[i].other++
			}
		}
	}
}

// unroll makes the rows: of every cluster the text that stands for it, and the others
// where it is unfolded. The chosen text stays chosen.
func (v *clusterView) unroll() {
	v.rows = v.rows[:0]
	at := -1
	for i, c := range v.clusters {
		head := len(v.rows)
		v.rows = append(v.rows, clusterRow{i, c.Representative})
		_, inside := slices.BinarySearch(c.Texts, v.selected)
		if inside {
			at = head
		}
		if !v.unfolded[c.Representative] {
			continue
		}
		_, drop := c.KeepOne()
		for _, text := range drop {
			if text == v.selected {
				at = len(v.rows)
			}
			v.rows = append(v.rows, clusterRow{i, text})
		}
	}
	v.list.Fit(len(v.rows), v.list.Shown)
	if at >= 0 {
		v.list.Put(at)
	}
}

// row is the one under the cursor, and whether it is that of a whole cluster.
func (v *clusterView) row() (r clusterRow, c compare.Cluster, head, ok bool) {
	if len(v.rows) == 0 {
		return r, c, false, false
	}
	r = v.rows[v.list.Cursor]
	c = v.clusters[r.cluster]
	return r, c, r.text == c.Representative, true
}

// pair is what the row under the cursor shows in full: a text beside the one that stands
// for its cluster, or the least similar two of a cluster.
func (v *clusterView) pair() (p [2]int32, ok bool) {
	r, c, head, ok := v.row()
	switch {
	case !ok:
		return noPair, false
	case head:
		return [2]int32{int32(c.Apart[0]), int32(c.Apart[1])}, true
	}
	a, b := int32(r.text), int32(c.Representative)
	return [2]int32{min(a, b), max(a, b)}, true
}

// choose selects a row, and with it the cell under the cursor of the matrices.
func (v *clusterView) choose(row int) {
	v.list.Put(row)
	r, _, _, ok := v.row()
	if !ok {
		return
	}
	v.selected = r.text
	p, _ := v.pair()
	v.Session.SetCursor(int(p[0]), int(p[1]))
}

// fold shows the members of the cluster under the cursor, or hides them.
func (v *clusterView) fold(unfolded bool) {
	_, c, _, ok := v.row()
	if !ok || v.unfolded[c.Representative] == unfolded {
		return
	}
	v.unfolded[c.Representative] = unfolded
	v.unroll()
	v.choose(v.list.Cursor)
}

// sortBy sorts by one of clusterSorts.
func (v *clusterView) sortBy(by string, reversed bool) {
	v.sort = clusterSorting{by, reversed}
	v.Session.MarkUnsaved()
	v.arrange()
}

// nextSort sorts by the next column.
func (v *clusterView) nextSort() {
	v.sortBy(clusterSorts[(slices.Index(clusterSorts, v.sort.by)+1)%len(clusterSorts)], false)
}

// lacks gives the reason why there is no cluster.
func (v *clusterView) lacks() string {
	switch {
	case len(v.rows) > 0:
		return ""
	case v.searching() && v.wanted.source.scan != nil:
		return "the clusters are still being looked for"
	case len(v.linked) > 0:
		return "no cluster has these words; " + ui.KeyBack.Help().Key + " clears the filter"
	}
	return "there is no cluster in the list; " + keyLower.Help().Key + " lowers the threshold"
}

// status counts the clusters and says how they are sorted.
func (v *clusterView) status() string {
	if v.wanted.source.scan == nil {
		return ""
	}
	if v.searching() {
		return "Looking for clusters"
	}
	out := fmt.Sprintf("%s of %s under %s", format.Count(len(v.clusters), "cluster"), format.Count(v.texts, "text"), term.Safe(v.of().Short()))
	if v.Session.SelectionShown() {
		out += ", selected or not"
	}
	if v.drifting > 0 {
		out += fmt.Sprintf(" · %s %s under the threshold", format.Thousands(v.drifting), format.Agree(v.drifting, "drifts", "drift"))
	}
	return out + " · " + v.sortText()
}

// sortText says in words how the clusters are sorted.
func (v *clusterView) sortText() string {
	words := map[string][2]string{
		sortSize:  {"largest first", "smallest first"},
		sortLeast: {"least alike first", "most alike first"},
		sortFirst: {"by number", "by number, last first"},
	}[v.sort.by]
	if v.sort.reversed {
		return words[1]
	}
	return words[0]
}
