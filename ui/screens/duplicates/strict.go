package duplicates

import (
	"fmt"
	"math"
	"strings"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
)

// split is how well a candidate's similarities tell pairs apart; nil where no labels
// say so.
func (d *Screen) split(id string) *evaluate.Split {
	score := d.Session.Verdict().Score(id)
	if score == nil || score.Split == nil || score.Split.Positive == 0 || score.Split.Negative == 0 {
		return nil
	}
	return score.Split
}

// scored tells that labels say how well some candidate tells pairs apart.
func (d *Screen) scored() bool {
	for _, c := range d.Session.Ready() {
		if d.split(c.ID()) != nil {
			return true
		}
	}
	return false
}

// cannotFit gives the reason why there are no thresholds to set.
func (d *Screen) cannotFit() string {
	if d.scored() {
		return ""
	}
	if len(d.Session.Ready()) < 2 {
		return "needs labels (= and # mark pairs), or two models with a result"
	}
	if c := d.reference(); c.scan.CountAt(c.threshold) == 0 {
		return "no pair reaches the threshold to match; [ lowers it"
	}
	return ""
}

// reference is the candidate in focus, or the first with a result.
func (d *Screen) reference() pairSource {
	sources := d.query()
	used := sources.used()
	focused := d.Session.Candidates()[d.Session.Focused()].ID()
	for _, s := range used {
		if s.id == focused {
			return s
		}
	}
	return used[0]
}

// fitThresholds sets each candidate's threshold to its best F1 where labels allow it,
// else to what finds as many pairs as the one in focus.
func (d *Screen) fitThresholds() {
	if d.scored() {
		d.bestThresholds()
	} else {
		d.equalThresholds()
	}
}

// bestThresholds says of each candidate how well its threshold does when every item is
// decided without itself, for its best F1 was found on the same data.
func (d *Screen) bestThresholds() {
	d.Session.Thresholds().SetEach(true)
	var parts []string
	for _, c := range d.Session.Ready() {
		s := d.split(c.ID())
		if s == nil {
			continue
		}
		threshold := short(c.Result.Scan, s.Threshold)
		d.Session.Thresholds().Set(c.ID(), threshold)
		part := fmt.Sprintf("%s %s (F1 %s", c.Short(), format.Threshold(threshold), findings.Score(s.BestF1))
		if !math.IsNaN(s.LeftOutF1) {
			part += ", left out " + findings.Score(s.LeftOutF1)
		}
		parts = append(parts, part+")")
	}
	d.Inform("Best F1 at %s.", strings.Join(parts, ", "))
}

// short is the threshold with as few decimals as find the same pairs.
func short(scan *compare.Scan, threshold float64) float64 {
	for decimals := 3; decimals <= 6; decimals++ { // three are shown beside F1, rounded down
		if rounded := format.Down(threshold, decimals); scan.CountAt(rounded) == scan.CountAt(threshold) {
			return rounded
		}
	}
	return threshold
}

// equalThresholds lets every candidate find as many pairs as the one in focus.
func (d *Screen) equalThresholds() {
	of := d.reference()
	count := of.scan.CountAt(of.threshold)
	d.Session.Thresholds().SetEach(true)
	d.Session.Thresholds().Set(of.id, of.threshold)
	var parts []string
	for _, c := range d.Session.Ready() {
		if c.ID() == of.id {
			continue
		}
		threshold := c.Result.Scan.AsStrict(of.scan, of.threshold)
		if math.IsNaN(threshold) {
			continue
		}
		threshold = short(c.Result.Scan, threshold)
		d.Session.Thresholds().Set(c.ID(), threshold)
		parts = append(parts, fmt.Sprintf("%s in %s", format.Threshold(threshold), c.Short()))
	}
	name := of.id
	for _, c := range d.Session.Ready() {
		if c.ID() == of.id {
			name = c.Short()
		}
	}
	d.Inform("%s in %s finds as many as %s: %s.", format.Threshold(of.threshold), name, strings.Join(parts, " and "), format.Count(count, "pair"))
}

// toggleSpread shows how the similarities lie in the place of the curves, or these again.
func (d *Screen) toggleSpread() {
	d.spread = !d.spread
	d.Session.MarkUnsaved()
}

// needsSpreadRoom gives the reason why the similarities cannot be drawn.
func (d *Screen) needsSpreadRoom() string {
	if d.Body.H < leastForSpread {
		return "the window is too low for it"
	}
	return ui.HasCandidates(d.Session)()
}
