package duplicates

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui/pair"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

func TestListHoldsExactlyThePairsOverAThreshold(t *testing.T) {
	a, d := duplicatesOf(t, 120, 40, uitest.NearDuplicates(t))
	for _, disagree := range []bool{false, true} {
		if disagree {
			uitest.Press(t, a, "f")
		}
		for _, threshold := range []float64{0.5, 0.9, 0.95, 0.99} {
			a.Session.Thresholds().Set("", threshold)
			uitest.Settle(t, a, d.Refresh())
			want := map[[2]int32]bool{}
			for i := range 36 {
				for j := i + 1; j < 36; j++ {
					duplicates := 0
					for _, c := range a.Session.Ready() {
						if c.Result.Vectors.Similarity(i, j) >= threshold {
							duplicates++
						}
					}
					if duplicates > 0 && (!disagree || duplicates < 3) {
						want[[2]int32{int32(i), int32(j)}] = true
					}
				}
			}
			if len(d.rows) != len(want) || len(want) == 0 {
				t.Errorf("at %v %d pairs are listed, want %d", threshold, len(d.rows), len(want))
			}
			for _, p := range d.rows {
				if !want[p] {
					t.Errorf("at %v the pair %v is listed (only disagreeing: %v)", threshold, p, disagree)
				}
			}
		}
	}
	uitest.Press(t, a, "esc")
	if d.disagree {
		t.Error("esc does not leave the filter")
	}
}

func TestTheExactSimilarityDecidesAtTheThreshold(t *testing.T) {
	d := screenOf(plane(t, 80, 24, map[string][]float64{uitest.Use: {0, 10, 20}}))
	s := d.wanted.sources[0]
	exact := s.matrix.Vectors().Similarity(0, 1)
	for threshold, want := range map[float64]bool{
		exact: true, math.Nextafter(exact, 2): false, math.Nextafter(exact, -2): true, exact + 0.1: false, exact - 0.1: true,
	} {
		s.threshold = threshold
		if _, duplicate, ok := s.similarity(0, 1); !ok || duplicate != want {
			t.Errorf("%v at a threshold of %v: duplicate is %v, want %v", exact, threshold, duplicate, want)
		}
	}
}

func TestThresholdMovesTheListAndTheCountsAtOnce(t *testing.T) {
	a := plane(t, 100, 30, map[string][]float64{uitest.Use: {0, 10, 25, 45}})
	d := screenOf(a)
	for _, step := range []struct{ key, list, summary string }{
		{"j", "1-2 2-3", "0.950 2 "},
		{"[", "1-2 2-3", "0.940 2 "},
		{"(", "1-2 2-3 3-4", "0.939 3 "},
		{")", "1-2 2-3", "0.940 2 "},
		{"]", "1-2 2-3", "0.950 2 "},
		{"]", "1-2 2-3", "0.960 2 "},
		{"]", "1-2", "0.970 1 "},
	} {
		uitest.Press(t, a, step.key)
		if got := d.numbers(); got != step.list {
			t.Errorf("%s leads to %s, want %s", step.key, got, step.list)
		}
		wantScreen(t, d, step.summary)
	}
}

func TestThresholdByNumber(t *testing.T) {
	a := plane(t, 100, 30, map[string][]float64{uitest.Use: {0, 10, 25, 45}})
	uitest.Press(t, a, "t", "9", "5", "enter")
	p, open := a.Top().(*widget.Prompt)
	if !open || !strings.Contains(p.Problem, "95% is 0.95") {
		t.Fatalf("95 is taken, or refused without a hint")
	}
	uitest.Press(t, a, "backspace", "backspace", "8", "0", "%", "enter")
	if a.Top() != nil || a.Session.Thresholds().Common() != 0.8 {
		t.Errorf("80%% leads to %v", a.Session.Thresholds().Common())
	}
}

// twoViews are three texts that two candidates see differently: 1-2 are near in
// the first, 2-3 in the second, and 1-3 in neither.
var twoViews = map[string][]float64{uitest.Glove: {0, 10, 60}, uitest.Use: {0, 50, 55}}

func TestEachCandidateCanHaveItsOwnThreshold(t *testing.T) {
	a := plane(t, 100, 30, twoViews)
	d := screenOf(a)
	uitest.Press(t, a, "|", "tab", "[", "[")
	if got := [2]float64{a.Session.Thresholds().Of(uitest.Glove), a.Session.Thresholds().Of(uitest.Use)}; got != [2]float64{0.95, 0.93} {
		t.Fatalf("the thresholds are %v, want only the second one lowered", got)
	}
	wantScreen(t, d, "▸B use-lite@512 0.930", "glove@100 0.950")
	uitest.Press(t, a, "t")
	if title := a.Top().(*widget.Prompt).Title; !strings.Contains(title, uitest.Use) {
		t.Errorf("the prompt is called %q, it does not say whose threshold it is", title)
	}
	uitest.Press(t, a, "esc", "|")
	if got := a.Session.Thresholds().Of(uitest.Use); got != 0.95 {
		t.Errorf("the shared threshold is %v, want 0.95", got)
	}
	uitest.Press(t, a, "tab")
	if !strings.Contains(a.Notice().Text, "| gives each its own") {
		t.Errorf("tab with one threshold for all says %q", a.Notice().Text)
	}
	uitest.Press(t, a, "|")
	if got := a.Session.Thresholds().Of(uitest.Use); got != 0.93 {
		t.Errorf("its own threshold comes back as %v, want 0.93", got)
	}
}

func TestBackgroundStandsBesideTheThreshold(t *testing.T) {
	a, d := duplicatesOf(t, 80, 24, uitest.NearDuplicates(t))
	for _, c := range a.Session.Ready() {
		wantScreen(t, d, fmt.Sprintf("0.950 %d %s", c.Result.Scan.CountAt(0.95), pair.BackgroundNumbers(c)))
	}
}

func TestThresholdsUnderWhatIsKeptAreNotPassedOffAsComplete(t *testing.T) {
	angles := make([]float64, 501)
	for i := range angles {
		angles[i] = float64(i * 37 % 360)
	}
	a := plane(t, 120, 30, map[string][]float64{uitest.Use: angles})
	d := screenOf(a)
	a.Session.Thresholds().Set("", 0.2)
	uitest.Settle(t, a, d.Refresh())
	wantScreen(t, d, "similar pairs are kept, those from 0.30 up", "fewer are listed than counted")
	if got := d.listExport().Remark; got != "They are the most similar: more are over the threshold than are kept." {
		t.Errorf("of the list that is taken out it is said %q", got)
	}
	d.clusters.on = true
	d.clusters.wanted = d.clusters.query()
	d.clusters.found = d.clusters.wanted
	if got := d.clusterExport().Remark; got != "They are of the most similar pairs: more are over the threshold than are kept." {
		t.Errorf("of clusters that are taken out it is said %q", got)
	}
}

// A person who types the number from which pairs are kept has all of them listed.
func TestFromTheThresholdThatIsNamedAllPairsAreListed(t *testing.T) {
	a := plane(t, 120, 30, map[string][]float64{uitest.Use: {0, 20, 40, 60, 80}})
	d := screenOf(a)
	source := &d.wanted.sources[0]
	var err error
	if source.scan, err = compare.ScanPairs(t.Context(), source.matrix.Vectors(), compare.ScanOptions{Floor: 0.34561, MaxPairs: 100}, nil); err != nil {
		t.Fatal(err)
	}
	for threshold, want := range map[float64]string{0.1: "those from 0.3457 up", 0.3456: "those from 0.3457 up", 0.3457: ""} {
		source.threshold = threshold
		if why := d.incomplete(); (why != "") != (want != "") || !strings.Contains(why, want) {
			t.Errorf("at %v it is said %q, want %q", threshold, why, want)
		}
	}
}

func TestMovingTheThresholdCostsLittle(t *testing.T) {
	a, d := duplicatesOf(t, 200, 60, uitest.NearDuplicates(t))
	if cmd := d.Refresh(); cmd != nil {
		t.Error("with nothing changed a refresh leads to work")
	}
	rows := d.rows
	uitest.Happen(t, a, uitest.Nothing)
	if len(rows) > 0 && &rows[0] != &d.rows[0] {
		t.Error("the list is made anew though nothing has changed")
	}
}
