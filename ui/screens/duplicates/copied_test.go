package duplicates

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestAThresholdTypedAsShownFindsItsOwnPair(t *testing.T) {
	a := settled(t, 120, 30, uitest.NearDuplicates(t))
	uitest.Press(t, a, "4")
	d := a.Screen(ID).(*Screen)
	for _, c := range d.Session.Ready() {
		for n, p := range c.Result.Scan.Pairs()[:60] {
			cell := d.similarityCell(pairSource{c.ID(), c.Result.Matrix, c.Result.Scan, 0.95}, int(p.A), int(p.B))
			value, problem := format.ParseThreshold(strings.TrimLeft(cell.Text, "●· "))
			if problem != "" {
				t.Fatal(problem)
			}
			d.Session.Thresholds().Set("", value)
			if got := c.Result.Scan.CountAt(d.Session.Thresholds().Of(c.ID())); got < n+1 {
				t.Errorf("%s: at %v, shown for pair %d, there are %d", c.ID(), value, n+1, got)
			}
		}
	}
}
