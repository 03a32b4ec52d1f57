package duplicates

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/uitest"
)

// threeViews are four texts under three models, A, B and C.
var threeViews = map[string][]float64{uitest.Glove: {0, 15, 30, 120}, "local/ngrams@64": {0, 80, 5, 84}, uitest.Use: {0, 90, 180, 185}}

// Of three models a key that goes forward and one that goes back lead to different ones.
func TestEveryKeyOfTheListDoesItsOwnWork(t *testing.T) {
	a := plane(t, 120, 30, threeViews)
	d := screenOf(a)
	uitest.Press(t, a, "|")
	for _, step := range []struct {
		key        string
		focus      int
		thresholds [3]string
	}{
		{"tab", 1, [3]string{"0.950", "0.950", "0.950"}},
		{"[", 1, [3]string{"0.950", "0.940", "0.950"}},
		{"tab", 2, [3]string{"0.950", "0.940", "0.950"}},
		{"]", 2, [3]string{"0.950", "0.940", "0.960"}},
		{"tab", 0, [3]string{"0.950", "0.940", "0.960"}},
		{"(", 0, [3]string{"0.949", "0.940", "0.960"}},
		{"shift+tab", 2, [3]string{"0.949", "0.940", "0.960"}},
		{")", 2, [3]string{"0.949", "0.940", "0.961"}},
		{"shift+tab", 1, [3]string{"0.949", "0.940", "0.961"}},
	} {
		uitest.Press(t, a, step.key)
		var got [3]string
		for i, c := range a.Session.Candidates() {
			got[i] = fmt.Sprintf("%.3f", a.Session.Thresholds().Of(c.ID()))
			line := strings.Split(screenText(d), "\n")[1+i]
			if !strings.Contains(line, " "+got[i]+" ") || strings.HasPrefix(line, "▸") != (i == step.focus) {
				t.Errorf("after %s the line of model %d is %q", step.key, i+1, line)
			}
		}
		if got != step.thresholds || a.Session.Focused() != step.focus {
			t.Errorf("%s leads to model %d and %v, want %d and %v", step.key, a.Session.Focused(), got, step.focus, step.thresholds)
		}
	}
	c, _ := d.Command()
	for _, want := range [][]string{{"--threshold", "0.95"}, {"--threshold", uitest.Glove + "=0.949"}, {"--threshold", "local/ngrams@64=0.94"}, {"--threshold", uitest.Use + "=0.961"}} {
		if at := slices.Index(c.Args, want[1]); at < 1 || c.Args[at-1] != want[0] {
			t.Errorf("the command %q lacks %q", c.Args, want)
		}
	}
}

func TestEscLeavesOneThingAfterTheOther(t *testing.T) {
	a := plane(t, 120, 30, chained)
	d := screenOf(a)
	a.Session.Select(true, 0, 1, 4, 5)
	a.Session.ShowSelection(true)
	uitest.Press(t, a, "f", "v", "/")
	uitest.Letters(t, a, "number")
	uitest.Press(t, a, "enter")
	for step, want := range [][4]bool{{false, true, true, true}, {false, false, true, true}, {false, false, false, true}, {false, false, false, false}} {
		uitest.Press(t, a, "esc")
		if got := [4]bool{d.filter.Shown(), d.clusters.on, d.disagree, a.Session.SelectionShown()}; got != want {
			t.Fatalf("after esc %d filter, clusters, disagreement and selection are %v, want %v", step+1, got, want)
		}
	}
}

// The cluster of the pair that was chosen is the one in which the cursor stands.
func TestClustersBeginWithTheOneOfThePair(t *testing.T) {
	a := plane(t, 120, 30, chained)
	d := screenOf(a)
	d.choose(slices.Index(d.rows, [2]int32{4, 5}))
	uitest.Press(t, a, "v")
	if d.clusters.list.Cursor != 1 {
		t.Fatalf("with texts 5 and 6 chosen the cursor stands on cluster %d", d.clusters.list.Cursor+1)
	}
	uitest.Press(t, a, "S") // the smallest first
	if d.clusters.list.Cursor != 0 || len(d.clusters.clusters[0].Texts) != 2 {
		t.Errorf("sorted the other way the cursor stands on cluster %d", d.clusters.list.Cursor+1)
	}
	uitest.Press(t, a, "l")
	if got := len(d.clusters.rows); got != 3 {
		t.Errorf("l leads to %d rows", got)
	}
	uitest.Press(t, a, "h")
	if got := len(d.clusters.rows); got != 2 {
		t.Errorf("h leads to %d rows", got)
	}
	uitest.Press(t, a, "G", "right", "G")
	r, c, head, ok := d.clusters.row()
	if !ok || head || r.text != 3 || c.Representative != 1 {
		t.Fatalf("the last row is %+v of %+v", r, c)
	}
	if got := d.Under(); !slices.Equal(got, []int{1, 3}) {
		t.Errorf("under it are texts %v", got)
	}
	// What is shown below is the member beside the text that stands for its cluster.
	lines := strings.Split(screenText(d), "\n")
	if n := len(lines); uitest.Flat(lines[n-2]) != "2 text number 2" || uitest.Flat(lines[n-1]) != "4 text number 4" || strings.Contains(lines[n-3], "least alike") {
		t.Errorf("below stand %q", lines[n-3:])
	}
}

func TestMouseOnClusters(t *testing.T) {
	a := plane(t, 120, 30, chained)
	d := screenOf(a)
	uitest.Press(t, a, "v")
	list := d.layout(d.Body).list
	uitest.Send(t, a, uitest.Click(5, 1+list.Y+2))
	if d.clusters.list.Cursor != 1 || a.Session.CursorA() != 4 || a.Session.CursorB() != 5 {
		t.Errorf("a click on the second cluster leads to row %d and texts %d and %d", d.clusters.list.Cursor+1, a.Session.CursorA()+1, a.Session.CursorB()+1)
	}
	uitest.Send(t, a, tea.MouseWheelMsg{X: 5, Y: 10, Button: tea.MouseWheelUp})
	if d.clusters.list.Cursor != 0 {
		t.Errorf("the wheel leads to row %d", d.clusters.list.Cursor+1)
	}
	for _, step := range []struct {
		title string
		want  clusterSorting
		mark  string
	}{
		{"least", clusterSorting{sortLeast, false}, "least▲"}, {"least", clusterSorting{sortLeast, true}, "least▼"}, {"least", clusterSorting{sortLeast, false}, "least▲"},
		{"stands", clusterSorting{sortFirst, false}, "stands for it ▲"}, {"drift", clusterSorting{sortFirst, false}, "stands for it ▲"}, {"texts", clusterSorting{sortSize, false}, "texts▼"},
		{"weakest", clusterSorting{sortSize, false}, "texts▼"}, {"texts", clusterSorting{sortSize, true}, "texts▲"},
	} {
		header := strings.Split(uitest.Plain(a), "\n")[1+list.Y]
		uitest.Send(t, a, uitest.Click(len([]rune(header[:strings.Index(header, step.title)])), 1+list.Y))
		if d.clusters.sort != step.want {
			t.Errorf("a click on %q leads to %+v, want %+v", step.title, d.clusters.sort, step.want)
		}
		if header = strings.Split(uitest.Plain(a), "\n")[1+list.Y]; !strings.Contains(header, step.mark) || strings.Count(header, "▲")+strings.Count(header, "▼") != 1 {
			t.Errorf("sorted by %+v the titles are %q", step.want, header)
		}
	}
	// The lines of the models take the focus, the titles over them do not.
	uitest.Send(t, a, uitest.Click(5, 1+2))
	if a.Session.Focused() != 1 {
		t.Errorf("a click on the second model leads to number %d", a.Session.Focused()+1)
	}
	uitest.Send(t, a, uitest.Click(5, 1))
	if a.Session.Focused() != 1 {
		t.Errorf("a click on the titles leads to number %d", a.Session.Focused()+1)
	}
}

func TestTheBoxThatCopiesNamesWhatItCopies(t *testing.T) {
	a := plane(t, 120, 30, chained)
	uitest.Press(t, a, "j", "y")
	uitest.WantShown(t, a, "b  the pair: both texts, every value", "t  the list as a table: 6 pairs")
	uitest.Press(t, a, "esc", "v", "right", "y")
	uitest.WantShown(t, a, "t  the list as a table: 2 clusters")
	uitest.Press(t, a, "esc", "esc")
	d := screenOf(a)
	p, _ := d.shown()
	if got := uitest.CopiedBy(t, a, "y", "b"); !strings.Contains(got, fmt.Sprintf("text number %d", p[0]+1)) || !strings.Contains(got, fmt.Sprintf("text number %d", p[1]+1)) || strings.Count(got, "text number") != 2 {
		t.Errorf("of the pair %v is copied\n%s", p, got)
	}
	if got := uitest.CopiedBy(t, a, "y", "t"); strings.Count(got, "text number") != 2*len(d.rows) {
		t.Errorf("of %d pairs is copied\n%s", len(d.rows), got)
	}
}

// The numbers of labels over the threshold stand under their own titles.
func TestWhatLabelsSayOfPairsStandsUnderItsTitle(t *testing.T) {
	texts := append(slices.Clone(grouped), corpus.Text{Text: "I cannot log in to my account!", Group: "login"})
	a, d := duplicatesOf(t, 160, 44, uitest.OptionsWith(t, texts, uitest.Use))
	a.Session.Thresholds().Set("", -1)
	uitest.Settle(t, a, d.Refresh())
	lines := strings.Split(screenText(d), "\n")
	same, other := strings.Index(lines[0], "✓ over"), strings.Index(lines[0], "✗ over")
	if same < 0 || other < 0 {
		t.Fatalf("the titles are %q", lines[0])
	}
	under := func(at int) string { // the numbers stand at the right of their column
		at = len([]rune(lines[0][:at]))
		return strings.TrimSpace(string([]rune(lines[1])[at : at+6]))
	}
	if under(same) != "4" || under(other) != "6" {
		t.Errorf("of 10 pairs 4 belong together, and the numbers are %q and %q:\n%s\n%s", under(same), under(other), lines[0], lines[1])
	}
}

// A model without a result has no column; the others keep their letters and their colours.
func TestColumnsHaveTheColoursOfTheLegend(t *testing.T) {
	texts := uitest.Texts("a cat sat here", "a cat sat there", "rain")
	a, d := duplicatesOf(t, 120, 30, uitest.OptionsWith(t, texts, "nanogpt/BAAI/bge-m3@1024", uitest.Use, uitest.Glove))
	a.Session.Thresholds().Set("", 0.2)
	uitest.Settle(t, a, d.Refresh())
	for i, c := range d.columns(100)[3:5] {
		if c.Title != letter(i+1) || c.Pen != d.Theme.Candidate(i+1) {
			t.Errorf("column %d is %q in %q, want %q in %q", i+1, c.Title, c.Pen, letter(i+1), d.Theme.Candidate(i+1))
		}
	}
	for i, s := range d.curve().Series {
		if s.Letter != letter(i+1) || s.Pen != d.Theme.Candidate(i+1) || s.Name != a.Session.Candidates()[i+1].Short() {
			t.Errorf("curve %d is %q of %q", i+1, s.Letter, s.Name)
		}
	}
}

// In a low window the histogram is that of the model in focus, with its own threshold.
func TestALowWindowDrawsTheSimilaritiesOfTheModelInFocus(t *testing.T) {
	a := plane(t, 100, 24, threeViews)
	d := screenOf(a)
	uitest.Press(t, a, "b", "|")
	for i, want := range []string{"A glove@100", "B ngrams@64", "C use-lite@512"} {
		uitest.Press(t, a, "t", ".", fmt.Sprint(7+i), "enter")
		l := d.layout(d.Body)
		if title := strings.Split(screenText(d), "\n")[l.curve.Y]; !strings.HasPrefix(title, want+" ") || !strings.HasSuffix(strings.TrimSpace(title), fmt.Sprintf("│ threshold 0.%d0", 7+i)) {
			t.Errorf("model %d is in focus, and drawn is %q", i+1, title)
		}
		uitest.Press(t, a, "tab")
	}
}

// Where the similarities can be drawn, the key says nothing against it.
func TestTheSimilaritiesAreDrawnWhereverTheyHaveRoom(t *testing.T) {
	a := plane(t, 100, 24, threeViews)
	d := screenOf(a)
	for h := leastForSpread - 2; h <= leastForSpread+2; h++ {
		d.Body.H, d.spread = h, true
		drawn := d.layout(d.Body).curve.H > 0
		if d.needsSpreadRoom() == "" != drawn {
			t.Errorf("in %d lines they are drawn: %v, and the key says %q", h, drawn, d.needsSpreadRoom())
		}
	}
}

// New texts are looked through for the words that are kept, and nothing of the former ones.
func TestTheFilterLooksThroughTheTextsThatAreThere(t *testing.T) {
	a, d := duplicatesOf(t, 120, 30, uitest.OptionsWith(t, uitest.Texts("one red cat", "two red cats", "rain"), uitest.Use))
	a.Session.Thresholds().Set("", -1)
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, "red")
	uitest.Press(t, a, "enter", "s")
	if got := d.numbers(); len(d.rows) != 3 || !strings.Contains(got, "1-2") {
		t.Fatalf("the pairs are %s", got)
	}
	cmd, err := a.Session.Edits().Replace(uitest.Texts("blue sky", "grey sky", "red sky", "no sky"), corpus.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	uitest.Settle(t, a, cmd)
	uitest.Press(t, a, "s", "s")
	a.Session.Thresholds().Set("", -1)
	uitest.Settle(t, a, d.Refresh())
	if d.filter.Words() == "red" {
		for _, p := range d.rows {
			if p[0] != 2 && p[1] != 2 {
				t.Errorf("the pair %v has no red text", p)
			}
		}
		if len(d.rows) != 3 {
			t.Errorf("%d pairs have the word, want 3", len(d.rows))
		}
	}
}

func TestWithoutAResultTheListSaysWhatLeadsToOne(t *testing.T) {
	s := uitest.NewShop()
	a, d := duplicatesOf(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	wantScreen(t, d, "No model has a result yet. E shows what embedding costs; 1 selects others")
	if d.Status() != "" {
		t.Errorf("the status is %q", d.Status())
	}
	uitest.Press(t, a, "v")
	if d.clusters.on {
		wantScreen(t, d, "Clusters are of one model.")
	}
	_, d = duplicatesOf(t, 100, 30, uitest.OptionsWith(t, uitest.Hostile, "nanogpt/BAAI/bge-m3@1024"))
	wantScreen(t, d, "No model has a result: the reason stands beside each. 1 selects others, R tries again.")
	b, d := duplicatesOf(t, 100, 30, uitest.OptionsWith(t, uitest.Hostile, uitest.Use, "nanogpt/BAAI/bge-m3@1024"))
	uitest.Press(t, b, "v", "tab")
	wantScreen(t, d, "bge-m3@1024: no key; set NANOGPT_API_KEY", "Clusters are of one model; tab goes to the next.")
	if d.Status() != "" {
		t.Errorf("of a model without clusters the status is %q", d.Status())
	}
}

// A list that is empty because of what is selected is not empty for want of a disagreement.
func TestAnEmptyListOfSelectedTextsIsToldAsSuch(t *testing.T) {
	a := plane(t, 120, 30, chained)
	a.Session.Select(true, 0, 4)
	a.Session.ShowSelection(true)
	uitest.Happen(t, a, uitest.Nothing)
	uitest.Press(t, a, "enter")
	uitest.WantNotice(t, a, "there is no pair in the list; [ lowers the threshold")
	if under := screenOf(a).Under(); under != nil {
		t.Errorf("under no pair are the texts %v", under)
	}
}

// One pair that belongs together and one that does not are enough to fit thresholds.
func TestAPairOfEachKindFitsTheThresholds(t *testing.T) {
	texts := slices.Clone(grouped[:3])
	a, _ := duplicatesOf(t, 160, 30, uitest.OptionsWith(t, texts, uitest.Use))
	uitest.Press(t, a, "T")
	uitest.WantNotice(t, a, "Best F1 at use-lite@512 ")
	a, _ = duplicatesOf(t, 160, 30, uitest.OptionsWith(t, texts[:2], uitest.Use))
	uitest.Press(t, a, "T")
	uitest.WantNotice(t, a, "needs labels (= and # mark pairs), or two models with a result")
}

// That a text was read in part is said over the list while its pair is chosen, and the list
// stays where it is.
func TestATextReadInPartIsToldOfItsPairAlone(t *testing.T) {
	long := strings.Repeat("a cat sat on the mat and looked at the rain. ", 300)
	a, d := duplicatesOf(t, 160, 34, uitest.OptionsWith(t, uitest.Texts(long, "a cat sat on the mat", "the rain falls"), uitest.Use, uitest.Glove))
	a.Session.Thresholds().Set("", -1)
	uitest.Settle(t, a, d.Refresh())
	list := d.layout(d.Body).list
	for at, p := range d.rows {
		d.choose(at)
		uitest.Happen(t, a, uitest.Nothing)
		if told := strings.HasPrefix(strings.Split(screenText(d), "\n")[d.layout(d.Body).note.Y], "~ use-lite@512 read only the beginning of 1 "); told != (p[0] == 0) {
			t.Errorf("of the pair %v: told %v\n%s", p, told, screenText(d))
		}
		wantScreen(t, d, "is strict for one model and loose for another")
		if now := d.layout(d.Body).list; now != list {
			t.Errorf("on the pair %v the list stands at %+v, not at %+v", p, now, list)
		}
	}
}

// The pair of another screen is chosen here, and again where it comes into the list later.
func TestThePairOfAnotherScreenIsChosen(t *testing.T) {
	a := plane(t, 120, 30, map[string][]float64{uitest.Use: {0, 10, 25, 45}})
	d := screenOf(a)
	uitest.Press(t, a, "j", "3")
	a.Session.SetCursor(3, 0)
	uitest.Press(t, a, "4")
	if d.selected != [2]int32{0, 3} {
		t.Errorf("of texts 4 and 1 the pair %v is chosen", d.selected)
	}
	uitest.Press(t, a, "t", ".", "5", "enter")
	if got := d.rows[d.list.Cursor]; got != [2]int32{0, 3} {
		t.Errorf("under a lower threshold the cursor stands on %v", got)
	}
}

// Of one model nobody is told how it compares with another.
func TestWhatIsSaidOfOneModelNamesNoOther(t *testing.T) {
	a := plane(t, 120, 30, map[string][]float64{uitest.Use: {0, 10, 25, 45}})
	for _, threshold := range []float64{1, 0.5} {
		a.Session.Thresholds().Set("", threshold)
		uitest.Happen(t, a, uitest.Nothing)
		if text := screenText(screenOf(a)); strings.Contains(text, "for another") {
			t.Errorf("there is one model:\n%s", text)
		}
	}
}
