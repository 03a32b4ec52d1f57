package duplicates

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/pair"
	"github.com/vecscope/vecscope/ui/uitest"
)

// chained are a chain of four texts 15° apart, whose ends are not alike, and a pair.
var chained = map[string][]float64{uitest.Glove: {0, 15, 30, 45, 120, 122}, uitest.Use: {0, 90, 2, 92, 180, 270}}

func TestClustersStandUnderTheCandidateInFocus(t *testing.T) {
	a := plane(t, 100, 30, chained)
	d := screenOf(a)
	uitest.Press(t, a, "v")
	wantScreen(t, d, "▸ 4", "2 text number 2", "0.965", "! 0.707", "▸ 2", "5 text number 5",
		"Chains drift: texts 1 and 4 are only 0.707 alike, under the threshold 0.950")
	if got := d.Status(); !strings.HasPrefix(got, "2 clusters of 6 texts under glove@100 · 1 drifts under the threshold · largest first") {
		t.Errorf("the status line says %q", got)
	}
	uitest.Press(t, a, "tab")
	if got := d.Status(); !strings.HasPrefix(got, "2 clusters of 4 texts under use-lite@512 · largest first") {
		t.Errorf("of the other candidate the status line says %q", got)
	}
	if notice := a.Notice().Text; notice != "" {
		t.Errorf("it says %q", notice)
	}
	uitest.Press(t, a, "esc")
	wantScreen(t, d, "text B")
}

func TestAClusterUnfoldsToItsMembers(t *testing.T) {
	a := plane(t, 100, 30, chained)
	d := screenOf(a)
	uitest.Press(t, a, "v", "enter")
	wantScreen(t, d, "▾ 4", "1 text number 1", "3 text number 3", "4 text number 4")
	if len(d.clusters.rows) != 5 {
		t.Fatalf("%d rows are shown", len(d.clusters.rows))
	}
	uitest.Press(t, a, "j", "j")
	if got := [2]int{a.Session.CursorA(), a.Session.CursorB()}; got != [2]int{1, 2} {
		t.Errorf("on text 3 the cursor is on %v, want it and the text that stands for the cluster", got)
	}
	uitest.Press(t, a, "enter")
	if _, open := a.Top().(*pair.View); !open {
		t.Fatal("enter on a member does not open it beside the text that stands for it")
	}
	uitest.Press(t, a, "esc", "left")
	if len(d.clusters.rows) != 2 || d.clusters.list.Cursor != 0 {
		t.Errorf("folded from within, %d rows are shown, row %d chosen", len(d.clusters.rows), d.clusters.list.Cursor)
	}
	uitest.Press(t, a, "right")
	if len(d.clusters.rows) != 5 {
		t.Error("right does not unfold")
	}
	uitest.Press(t, a, "t", ".", "9", "9", "enter")
	wantScreen(t, d, "▸ 2")
	uitest.Press(t, a, "t", "1", "enter")
	wantScreen(t, d, "No two texts reach the threshold")
}

func TestClustersSort(t *testing.T) {
	a := plane(t, 100, 30, map[string][]float64{uitest.Use: {200, 203, 0, 15, 30, 45, 120, 121, 122}})
	d := screenOf(a)
	uitest.Press(t, a, "v")
	for _, step := range []struct{ key, order, status string }{
		{"j", "4 3 2", "largest first"},
		{"s", "4 2 3", "least alike first"},
		{"s", "2 4 3", "by number"},
		{"S", "3 4 2", "by number, last first"},
		{"S", "2 4 3", "by number"},
		{"S", "3 4 2", "by number, last first"},
		{"s", "4 3 2", "largest first"},
	} {
		uitest.Press(t, a, step.key)
		var sizes []string
		for _, x := range d.clusters.clusters {
			sizes = append(sizes, fmt.Sprint(len(x.Texts)))
		}
		if got := strings.Join(sizes, " "); got != step.order || !strings.Contains(d.Status(), step.status) {
			t.Errorf("%s leads to %s and %q, want %s and %q", step.key, got, d.Status(), step.order, step.status)
		}
	}
}

func TestClustersSayWhatBelongsTogether(t *testing.T) {
	a, d := duplicatesOf(t, 100, 30, uitest.OptionsWith(t, grouped, uitest.Use))
	a.Session.Thresholds().Set("", -1)
	uitest.Press(t, a, "v", "enter")
	wantScreen(t, d, "✗ 2")
	uitest.Press(t, a, "g", "=")
	if notice := a.Notice().Text; !strings.Contains(notice, "→ unfolds") || len(a.Session.Labels().Marks()) > 0 {
		t.Errorf("marking a cluster says %q", notice)
	}
	uitest.Press(t, a, "j", "=")
	if len(a.Session.Labels().Marks()) != 1 {
		t.Errorf("marking a member says %q", a.Notice().Text)
	}
}

func TestKeepOneNamesWhatToKeepAndWhatToDrop(t *testing.T) {
	a := plane(t, 100, 30, chained)
	d := screenOf(a)
	uitest.Press(t, a, "v", "S") // the file has the largest first however the list is sorted
	e := d.clusterExport()
	if e.What != "what to keep and drop of 2 clusters under "+uitest.Glove {
		t.Errorf("it is called %q", e.What)
	}
	for ending, want := range map[string]string{
		".tsv": "candidate\tcluster\taction\tid\tsimilarity\ttext\nlocal/glove@2\t1\tkeep\t2\t1\ttext number 2\nlocal/glove@2\t1\tdrop\t1\t0.965925\t",
		".csv": "local/glove@2,2,drop,6,", ".txt": "4 of 6 texts would be dropped.", ".md": "texts 1 and 4 only 0.707 alike, under the threshold",
		".json": `"keep":"2","drop":["1","3","4"]`,
	} {
		format, ok := e.Format("x" + ending)
		if !ok {
			t.Errorf("%s is not offered", ending)
			continue
		}
		var out bytes.Buffer
		if _, err := format.Write(t.Context(), &out); err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("%v: %s lacks %q:\n%s", err, ending, want, out.String())
		}
	}
	// What the filter leaves out is left out of the file, too.
	uitest.Press(t, a, "/", "5", "enter")
	e = d.clusterExport()
	tsv, _ := e.Format("x.tsv")
	var out bytes.Buffer
	if _, err := tsv.Write(t.Context(), &out); err != nil || strings.Contains(out.String(), "text number 1") || !strings.Contains(out.String(), "text number 5") {
		t.Errorf("%v: of the cluster with 5 the file holds\n%s", err, out.String())
	}
	uitest.Press(t, a, "esc")
	a.Session.Thresholds().Set("", 1)
	uitest.Settle(t, a, d.Refresh())
	uitest.Press(t, a, "X")
	if a.Top() != nil || !strings.Contains(a.Notice().Text, "no cluster") {
		t.Errorf("without a cluster the export says %q", a.Notice().Text)
	}
}

func TestClustersFillEverySizeExactly(t *testing.T) {
	for _, s := range []ui.Size{{W: 40, H: 10}, {W: 60, H: 15}, {W: 80, H: 24}, {W: 200, H: 60}, {W: 150, H: 24}} {
		a, d := duplicatesOf(t, s.W, s.H, uitest.OptionsWith(t, uitest.Hostile, uitest.Use, "nanogpt/BAAI/bge-m3@1024"))
		for _, threshold := range []float64{0.95, -1} {
			a.Session.Thresholds().Set("", threshold)
			uitest.Press(t, a, "g")
			for _, key := range []string{"v", "enter", "j", "s", "G", "S", "tab", "left", "esc"} {
				uitest.Press(t, a, key)
				uitest.CheckFrame(t, strings.Join(d.View(d.Body), "\n"), d.Body)
				uitest.CheckFrame(t, a.Draw(), s)
			}
		}
	}
}

func TestClustersDrawing(t *testing.T) {
	for _, s := range []ui.Size{{W: 40, H: 10}, {W: 80, H: 24}, {W: 160, H: 44}} {
		t.Run(fmt.Sprintf("%dx%d", s.W, s.H), func(t *testing.T) {
			a := plane(t, s.W, s.H, map[string][]float64{uitest.Glove: {0, 15, 30, 45, 120, 122}, uitest.Use: {0, 50, 3, 100, math.NaN(), 1}})
			d := screenOf(a)
			a.SetTheme(true, colorprofile.ASCII)
			uitest.Press(t, a, "v", "enter")
			golden.RequireEqual(t, strings.Join(d.View(d.Body), "\n"))
		})
	}
}

func TestClustersAreLinkedAsideAndDroppedWhenOutdated(t *testing.T) {
	a := plane(t, 100, 30, chained)
	d := screenOf(a)
	uitest.Press(t, a, "v")
	a.Session.Thresholds().Set("", 0.5)
	first := d.clusters.refresh()
	if first == nil || !d.clusters.searching() || len(d.clusters.clusters) != 2 {
		t.Fatal("the clusters of before do not stand until others are found")
	}
	a.Session.Thresholds().Set("", 0.9999)
	if d.clusters.refresh() != nil {
		t.Error("a second search runs beside the first")
	}
	uitest.Send(t, a, first())
	if d.clusters.searching() || len(d.clusters.clusters) != 0 {
		t.Errorf("%+v are shown", d.clusters.clusters)
	}
	uitest.Press(t, a, "v")
	if d.clusters.refresh() != nil {
		t.Error("clusters that nobody sees are looked for")
	}
}

func TestTheClustersAndTheirOrderAreRemembered(t *testing.T) {
	a := plane(t, 100, 30, chained)
	uitest.Press(t, a, "v", "s", "S")
	kept, other := screenOf(a).Save(), New(&ui.Context{}).(*Screen)
	if other.Restore(kept); !other.clusters.on || other.clusters.sort != (clusterSorting{sortLeast, true}) {
		t.Errorf("of %s it takes up %t, %+v", kept, other.clusters.on, other.clusters.sort)
	}
	other.Restore(json.RawMessage(`{"cluster_sort":"colour","cluster_reversed":true}`))
	if other.clusters.sort != (clusterSorting{sortLeast, true}) {
		t.Errorf("it sorts by what there is not: %+v", other.clusters.sort)
	}
}

func TestOneTextHasNoClusters(t *testing.T) {
	a, d := duplicatesOf(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("a text alone"), uitest.Use))
	uitest.Press(t, a, "v")
	uitest.WantShown(t, a, "needs two texts")
	if d.clusters.on {
		t.Error("clusters are shown")
	}
}

// Labels of other texts than the clusters' count for nothing until they are tied to these.
func TestLabelsOfOtherTextsAreNotCountedInClusters(t *testing.T) {
	a, d := duplicatesOf(t, 100, 30, uitest.OptionsWith(t, grouped, uitest.Use))
	a.Session.Thresholds().Set("", -1)
	uitest.Press(t, a, "v")
	v := &d.clusters
	counted := v.belong[0]
	if counted == (belonging{}) {
		t.Fatal("labels say nothing of the cluster")
	}
	tied := *v.tied
	for texts, want := range map[int]belonging{len(grouped): counted, len(grouped) - 1: {}, len(grouped) + 1: {}} {
		tied.Texts = texts
		v.tied = &tied
		if v.count(); v.belong[0] != want {
			t.Errorf("with labels of %d texts there are %+v, want %+v", texts, v.belong[0], want)
		}
	}
}

// Clusters that come when others are wanted already are not shown.
func TestClustersThatComeTooLateAreNotShown(t *testing.T) {
	a := plane(t, 100, 30, chained)
	d := screenOf(a)
	uitest.Press(t, a, "v")
	v := &d.clusters
	for later, shown := range map[float64]float64{0.5: 0.5, 0.9: 0.95} {
		uitest.Settle(t, a, d.Refresh())
		v.wanted.source.threshold = 0.5
		found := v.search()().(loop.Done)
		v.wanted.source.threshold = later
		if found(); v.found.source.threshold != shown || v.cancel != nil {
			t.Errorf("with %g wanted by then those of %g are shown, ended %t", later, v.found.source.threshold, v.cancel == nil)
		}
		v.wanted = v.query()
		uitest.Settle(t, a, v.search())
	}
}

// A search under way ends where something else is wanted by now, and goes on otherwise; without
// a cluster that has the words of the filter it is said how to clear it.
func TestASearchForClustersEndsWhenOthersAreWanted(t *testing.T) {
	a := plane(t, 100, 30, chained)
	d := screenOf(a)
	uitest.Press(t, a, "v")
	v := &d.clusters
	for _, other := range []bool{false, true} {
		ended := false
		v.cancel, v.underWay = func() { ended = true }, v.wanted
		if other {
			v.underWay.shown++
		}
		if cmd := v.search(); cmd != nil || ended != other {
			t.Errorf("with another wanted, %t, it ended %t", other, ended)
		}
	}
	v.cancel = nil
	for n, want := range map[int]string{0: "No two texts reach the threshold 0.95 under glove@100: [ lowers it by 0.01, t takes a number, tab goes to the next model.", 1: "No cluster has these words. esc clears the filter.", 2: "No cluster has these words. esc clears the filter."} {
		linked := v.linked
		v.linked = linked[:n]
		if got := uitest.Flat(strings.Join(v.nothing(200), " ")); got != want {
			t.Errorf("of %d clusters it is said %q, want %q", n, got, want)
		}
		v.linked = linked
	}
}
