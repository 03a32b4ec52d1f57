package ui

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/format"
)

// duplicatesScreen lists the pairs of texts that at least one candidate finds
// at or over its threshold, with what every candidate makes of them.
type duplicatesScreen struct {
	*shared
	sortBy   string // sortBest, sortPair, sortSpread or a candidate's id
	reversed bool   // against the way in which that column usually stands
	disagree bool   // only pairs on which the candidates disagree

	wanted   pairQuery          // what the list shows or will show
	found    pairList           // what was found last
	rows     [][2]int32         // found, sorted
	sorted   sorting            // how rows are sorted
	underWay pairQuery          // what is being looked for aside
	cancel   context.CancelFunc // ends that search; nil without one

	list     list     // of the rows
	selected [2]int32 // the pair that was chosen, kept while the list changes; or noPair
	seen     [2]int   // the shared cursor as it was looked at last
	marked   markedPairs
}

// noPair is what no pair of texts is.
var noPair = [2]int32{-1, -1}

func newDuplicatesScreen(s *shared) screen {
	return &duplicatesScreen{shared: s, sortBy: sortBest, selected: noPair, seen: [2]int{-1, -1}}
}

// screenDuplicates is the screen's id.
const screenDuplicates = "duplicates"

func (d *duplicatesScreen) describe() info {
	return info{id: screenDuplicates, title: "Duplicates", short: "Dups", compares: true}
}

// pairChoices are what is remembered of the list: the column by which it is sorted,
// a candidate by its id, which way, and whether only pairs stay on which candidates
// disagree.
type pairChoices struct {
	Sort     string `json:"sort,omitempty"`
	Reversed bool   `json:"reversed,omitempty"`
	Disagree bool   `json:"disagree,omitempty"`
}

func (d *duplicatesScreen) save() json.RawMessage {
	return remembering(pairChoices{d.sortBy, d.reversed, d.disagree})
}

func (d *duplicatesScreen) restore(kept json.RawMessage) {
	var c pairChoices
	if json.Unmarshal(kept, &c) != nil {
		return
	}
	if c.Sort != "" {
		d.sortBy = c.Sort
	}
	d.reversed, d.disagree = c.Reversed, c.Disagree
}

func (d *duplicatesScreen) update(tea.Msg) tea.Cmd { return nil }

// marks explain the rows.
func (d *duplicatesScreen) marks() [][2]string {
	return [][2]string{
		{duplicateMark, "at or over the candidate's threshold: a duplicate pair"},
		{apartMark, "under it"},
		{"–", "no similarity: a text has no vector"},
		{"~", "the candidate read only the beginning of a text"},
	}
}

func (d *duplicatesScreen) typing() bool { return false }

// back leaves the filter.
func (d *duplicatesScreen) back() bool {
	if !d.disagree {
		return false
	}
	d.toggleDisagree()
	return true
}

func (d *duplicatesScreen) status() string {
	if d.emptyText() != "" || len(d.store.ready()) == 0 {
		return ""
	}
	var parts []string
	switch {
	case d.searching():
		parts = append(parts, "Looking for pairs")
	case len(d.rows) < d.found.total:
		parts = append(parts, fmt.Sprintf("%s most similar of %s", format.Thousands(len(d.rows)), format.Count(d.found.total, "pair")))
	default:
		parts = append(parts, format.Count(len(d.rows), "pair"))
	}
	if d.wanted.disagree {
		parts[0] += " on which candidates disagree (f: all)"
	}
	parts = append(parts, d.sortText())
	if d.store.perCandidate {
		parts = append(parts, "a threshold each; tab chooses whose moves")
	} else {
		parts = append(parts, "one threshold for all")
	}
	return strings.Join(parts, " · ")
}

func (d *duplicatesScreen) actions() []action {
	name := func(id string) string { return "duplicates." + id }
	nudge := func(by float64) func() tea.Cmd { return do(func() { d.nudge(by) }) }
	list := []action{
		{id: name("pair"), binding: keyEnter, name: "open the pair in full…", short: "pair…", group: groupDo, footer: 4,
			enabled: d.needsRow, run: do(d.openPair)},
		{id: name("lower"), binding: keyLower, name: "lower the threshold by 0.01", short: "lower", group: groupDo, footer: 2,
			enabled: d.needsCandidate, run: nudge(-0.01)},
		{id: name("raise"), binding: keyRaise, name: "raise the threshold by 0.01", short: "raise", group: groupDo, footer: 3,
			enabled: d.needsCandidate, run: nudge(0.01)},
		{id: name("lowerFine"), binding: keyLowerFine, group: groupDo, enabled: d.needsCandidate, run: nudge(-0.001)},
		{id: name("raiseFine"), binding: keyRaiseFine, group: groupDo, enabled: d.needsCandidate, run: nudge(0.001)},
		{id: name("threshold"), binding: keyThreshold, name: "threshold by number…", short: "threshold…", group: groupDo, footer: 5,
			enabled: d.needsCandidate, run: do(d.askThreshold)},
		{id: name("each"), binding: keyPerCandidate, short: "one each", group: groupDo, footer: 7,
			enabled: d.needsCandidate, run: do(d.toggleEach)},
		{id: name("copy"), binding: keyCopy, name: "copy the pair or the list…", short: "copy…", group: groupDo, footer: 10,
			enabled: d.lacksList, run: do(d.askCopy)},
		{id: name("export"), binding: keyExport, name: "export the list to a file…", short: "export…", group: groupDo, footer: 10,
			enabled: d.lacksList, run: func() tea.Cmd { return d.export(d.listExport()) }},
		{id: name("disagree"), binding: keyDisagree, short: "disagreeing", group: groupShow, footer: 6,
			enabled: d.needsTwo, run: do(d.toggleDisagree)},
		{id: name("sort"), binding: keySortNext, short: "sort", group: groupShow, footer: 8, run: do(d.nextSort)},
		{id: name("reverse"), binding: keySortReverse, group: groupShow, run: do(func() { d.sort(d.sortBy, !d.reversed) })},
		{id: name("next"), binding: keyNextPane, name: "next candidate's threshold", group: groupMove, run: do(func() { d.cycleFocus(1) })},
		{id: name("previous"), binding: keyPreviousPane, name: "previous candidate's threshold", group: groupMove, run: do(func() { d.cycleFocus(-1) })},
	}
	return append(list, motions("duplicates", d)...)
}

func (d *duplicatesScreen) needsCandidate() string {
	if len(d.store.candidates) == 0 {
		return "no candidates: choose some on Models"
	}
	return ""
}

func (d *duplicatesScreen) needsTwo() string {
	if len(d.store.ready()) < 2 && !d.disagree {
		return "needs two candidates with a result: choose some on Models"
	}
	return ""
}

func (d *duplicatesScreen) needsRow() string {
	switch {
	case len(d.rows) > 0:
		return ""
	case d.searching():
		return "the pairs are still being looked for"
	case d.wanted.disagree:
		return "there is no pair on which the candidates disagree; f shows all"
	default:
		return "there is no pair in the list; [ lowers the threshold"
	}
}

func (d *duplicatesScreen) cycleFocus(by int) {
	d.store.cycleFocus(by)
	if !d.store.perCandidate {
		d.info("All candidates share one threshold; m gives each its own.")
	}
}

// threshold is the one that moves now: the candidate's in focus, which is the
// common one when there is one for all.
func (d *duplicatesScreen) threshold() float64 {
	return d.store.thresholdOf(d.store.candidates[d.store.focused()].ID())
}

func (d *duplicatesScreen) setThreshold(value float64) {
	d.store.setThreshold(d.store.candidates[d.store.focused()].ID(), value)
}

func (d *duplicatesScreen) nudge(by float64) { d.setThreshold(d.threshold() + by) }

func (d *duplicatesScreen) toggleEach() {
	d.store.setPerCandidate(!d.store.perCandidate)
	if d.store.perCandidate {
		d.info("Each candidate has its own threshold: tab chooses whose, [ and ] move it.")
	} else {
		d.info("One threshold for all candidates: %s.", format.Threshold(d.store.threshold))
	}
}

func (d *duplicatesScreen) toggleDisagree() {
	d.disagree = !d.disagree
	d.store.markUnsaved()
}

func (d *duplicatesScreen) openPair() {
	p := d.rows[d.list.cursor]
	d.open(newPairView(d.shared, int(p[0]), int(p[1])))
}

// move moves the selection; there is nothing to the left or right.
func (d *duplicatesScreen) move(rows, _ int) { d.choose(d.list.cursor + rows) }

func (d *duplicatesScreen) page() int { return d.list.page() }

// choose selects a row, and with it the cell under the cursor of the matrices.
func (d *duplicatesScreen) choose(row int) {
	if len(d.rows) == 0 {
		return
	}
	d.list.put(row)
	d.selected = d.rows[d.list.cursor]
	d.store.setCursor(int(d.selected[0]), int(d.selected[1]))
	d.seen = [2]int{d.store.cursorA, d.store.cursorB}
}

// mouse selects the row or the candidate that was clicked, sorts by the column
// whose title was, or scrolls.
func (d *duplicatesScreen) mouse(ev mouseEvent, s size) tea.Cmd {
	if ev.wheel != 0 {
		d.choose(d.list.cursor + 3*ev.wheel)
		return nil
	}
	l := d.layout(s)
	switch {
	case d.emptyText() != "":
	case l.list.contains(ev.x, ev.y) && len(d.rows) > 0:
		d.clickList(ev.x-l.list.x, ev.y-l.list.y, l.list.size())
	case l.summary.contains(ev.x, ev.y) && l.summary.h > 1 && ev.y > l.summary.y:
		d.store.setFocus(ev.y - l.summary.y - 1)
	}
	return nil
}

func (d *duplicatesScreen) clickList(x, y int, s size) {
	t := d.table(s.w, s.h)
	g := t.Fit(s.w, s.h)
	if row, ok := g.RowAt(y); ok {
		d.choose(row)
		return
	}
	column, ok := g.ColumnAt(x)
	if !ok || !g.OnHeader(y) {
		return
	}
	by := d.columns(s.w)[column].sort
	d.sort(by, by == d.sortBy && !d.reversed)
}

// nextSort sorts by the next column.
func (d *duplicatesScreen) nextSort() {
	all := d.sorts()
	d.sort(all[(slices.Index(all, d.effectiveSort())+1)%len(all)], false)
}

func (d *duplicatesScreen) sort(by string, reversed bool) {
	d.sortBy, d.reversed = by, reversed
	d.store.markUnsaved()
}
