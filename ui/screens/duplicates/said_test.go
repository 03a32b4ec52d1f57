package duplicates

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/ui/uitest"
)

func TestClustersSayWhichWayTheyAreSorted(t *testing.T) {
	a := plane(t, 100, 30, map[string][]float64{uitest.Use: {200, 203, 0, 15, 30, 45, 120, 121, 122}})
	d := screenOf(a)
	uitest.Press(t, a, "v")
	for _, want := range [][2]string{{"largest first", "smallest first"}, {"least alike first", "most alike first"}, {"by number", "by number, last first"}} {
		for _, words := range want {
			if !strings.HasSuffix(d.Status(), " · "+words) {
				t.Errorf("the status is %q, want %q", d.Status(), words)
			}
			uitest.Press(t, a, "S")
		}
		uitest.Press(t, a, "s")
	}
}

func TestPairsSayWhichWayTheyAreSortedAndWhoseThresholdMoves(t *testing.T) {
	a := plane(t, 120, 30, twoViews)
	d := screenOf(a)
	a.Session.Thresholds().Set("", 0.5)
	uitest.Settle(t, a, d.Refresh())
	for _, want := range [][2]string{
		{"best first", "best last"}, {"by glove@100", "by glove@100, least first"}, {"by use-lite@512", "by use-lite@512, least first"},
		{"by spread", "by spread, least first"}, {"by number", "by number, last first"},
	} {
		for _, words := range want {
			if !strings.Contains(d.Status(), " · "+words+" · one threshold for all") {
				t.Errorf("the status is %q, want %q", d.Status(), words)
			}
			uitest.Press(t, a, "S")
		}
		uitest.Press(t, a, "s")
	}
	uitest.Press(t, a, "t")
	uitest.WantShown(t, a, "Threshold for all models", "From -1 to 1, or in per cent: 0.9, .9 or 90%. It is 0.50 now.")
	uitest.Press(t, a, "esc", "|")
	uitest.WantNotice(t, a, "Separate thresholds: tab selects the model, [ and ] move its threshold.")
	if !strings.HasSuffix(d.Status(), " · separate thresholds; tab selects which one moves") {
		t.Errorf("the status is %q", d.Status())
	}
	uitest.Press(t, a, "tab", "t")
	uitest.WantShown(t, a, "Threshold of "+a.Session.Candidates()[a.Session.Focused()].ID())
	uitest.Press(t, a, "0", ".", "6", "enter", "|")
	uitest.WantNotice(t, a, "One threshold for all models: ")
}

// What cannot be done now says why, with the key that changes it.
func TestReasonsOfTheListAndOfClusters(t *testing.T) {
	a := plane(t, 120, 30, twoViews)
	d := screenOf(a)
	a.Session.Thresholds().Set("", 1)
	uitest.Settle(t, a, d.Refresh())
	for _, c := range []struct {
		keys []string
		want string
	}{
		{[]string{"enter"}, "there is no pair in the list; [ lowers the threshold"},
		{[]string{"right"}, "clusters fold: v shows them"},
		{[]string{"T"}, "no pair reaches the threshold to match; [ lowers it"},
		{[]string{"f", "enter"}, "there is no pair in the list; [ lowers the threshold"},
		{[]string{"esc", "v", "enter"}, "there is no cluster in the list; [ lowers the threshold"},
		{[]string{"f"}, "clusters are of one model: v shows the pairs of all"},
	} {
		if uitest.Press(t, a, c.keys...); !strings.Contains(a.Notice().Text, c.want) {
			t.Errorf("%q says %q, want %q", c.keys, a.Notice().Text, c.want)
		}
	}
	if said := uitest.Flat(a.Draw()); !strings.Contains(said, "No two texts reach the threshold 1.00 under ") || !strings.Contains(said, ", tab goes to the next model.") {
		t.Errorf("without clusters it is said\n%s", uitest.Plain(a))
	}
	uitest.Press(t, a, "esc")
	a.Session.Thresholds().Set("", 0.5)
	uitest.Settle(t, a, d.Refresh())
	d.Filter("nobody writes this")
	uitest.Happen(t, a, uitest.Nothing)
	if uitest.Press(t, a, "enter"); !strings.Contains(a.Notice().Text, "no pair has these words; esc clears the filter") {
		t.Errorf("enter says %q", a.Notice().Text)
	}
	uitest.WantShown(t, a, "No pair has these words. esc clears the filter.")

	a.Session.Thresholds().Set("", 1)
	uitest.Settle(t, a, d.Refresh())
	if uitest.Press(t, a, "enter"); !strings.Contains(a.Notice().Text, "there is no pair in the list; [ lowers the threshold") {
		t.Errorf("without a pair enter says %q", a.Notice().Text)
	}
	uitest.Press(t, a, "esc")
	a.Session.Thresholds().Set("", -1)
	uitest.Settle(t, a, d.Refresh())
	if uitest.Press(t, a, "f", "enter"); !strings.Contains(a.Notice().Text, "there is no pair on which the models disagree; f shows all") {
		t.Errorf("where all agree enter says %q", a.Notice().Text)
	}
}
