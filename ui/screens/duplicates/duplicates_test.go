package duplicates

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// duplicatesOf is the explorer on the duplicates screen.
func duplicatesOf(t testing.TB, w, h int, o shell.Options) (*shell.App, *Screen) {
	t.Helper()
	a := settled(t, w, h, o)
	uitest.Press(t, a, "4")
	return a, a.Screen(ID).(*Screen)
}

// plane is the explorer with texts whose vectors lie at the given angles in
// degrees, one list for each candidate: their similarities are cosines of the
// differences.
func plane(t testing.TB, w, h int, angles map[string][]float64) *shell.App {
	t.Helper()
	a := settled(t, w, h, uitest.PlaneOptions(t, angles))
	uitest.Press(t, a, "4")
	uitest.SetPlane(t, a, angles)
	return a
}

// screenOf is the duplicates screen.
func screenOf(a *shell.App) *Screen { return a.Screen(ID).(*Screen) }

// found are the pairs that the list shows, as numbers from 1.
func (d *Screen) numbers() string {
	var out []string
	for _, p := range d.rows {
		out = append(out, fmt.Sprintf("%d-%d", p[0]+1, p[1]+1))
	}
	return strings.Join(out, " ")
}

func screenText(d *Screen) string { return ansi.Strip(strings.Join(d.View(d.Body), "\n")) }

func wantScreen(t *testing.T, d *Screen, wanted ...string) {
	t.Helper()
	screen := strings.Join(strings.Fields(screenText(d)), " ")
	for _, w := range wanted {
		if !strings.Contains(screen, w) {
			t.Errorf("the screen lacks %q:\n%s", w, screenText(d))
		}
	}
}

func TestDuplicatesFillEverySizeExactly(t *testing.T) {
	sets := map[string][]corpus.Text{"hostile": uitest.Hostile, "none": nil, "one": uitest.Hostile[:1]}
	for name, texts := range sets {
		a, d := duplicatesOf(t, 80, 24, uitest.OptionsWith(t, texts, uitest.Use, "local/glove@50", "nanogpt/BAAI/bge-m3@1024"))
		for _, s := range []ui.Size{{W: 40, H: 7}, {W: 60, H: 12}, {W: 80, H: 21}, {W: 200, H: 57}, {W: 120, H: 37}, {W: 150, H: 24}} {
			uitest.Send(t, a, uitest.WindowSize(ui.Size{W: s.W, H: s.H + 3}))
			for _, threshold := range []float64{0.95, -1} {
				a.Session.Thresholds().Set("", threshold)
				for _, key := range []string{"|", "f", "s", "S", "j", "G"} {
					uitest.Press(t, a, key)
					t.Run(fmt.Sprintf("%s/%dx%d/%s", name, s.W, s.H, key), func(t *testing.T) { uitest.CheckFrame(t, strings.Join(d.View(s), "\n"), s) })
				}
			}
		}
	}
}

func TestDuplicatesDrawing(t *testing.T) {
	for _, s := range []ui.Size{{W: 40, H: 10}, {W: 80, H: 24}, {W: 160, H: 44}} {
		for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ASCII} {
			t.Run(fmt.Sprintf("%s-%dx%d", profile, s.W, s.H), func(t *testing.T) {
				a := plane(t, s.W, s.H, map[string][]float64{uitest.Use: {0, 5, 20, 90, 91}, uitest.Glove: {0, 50, 3, 100, math.NaN()}})
				d := screenOf(a)
				a.SetTheme(true, profile)
				uitest.Press(t, a, "j")
				golden.RequireEqual(t, strings.Join(d.View(d.Body), "\n"))
			})
		}
	}
}

func TestEveryColumnSorts(t *testing.T) {
	a := plane(t, 120, 30, twoViews)
	d := screenOf(a)
	a.Session.Thresholds().Set("", 0.5)
	uitest.Settle(t, a, d.Refresh())
	for _, step := range []struct{ key, list, status, header string }{
		{"j", "2-3 1-2 1-3", "best first", "best▼"},
		{"s", "1-2 2-3 1-3", "by glove@100", "A▼"},
		{"S", "1-3 2-3 1-2", "by glove@100, least first", "A▲"},
		{"s", "2-3 1-2 1-3", "by use-lite@512", "B▼"},
		{"s", "1-2 2-3 1-3", "by spread", "spread▼"},
		{"s", "1-2 1-3 2-3", "by number", "pair▲"},
		{"S", "2-3 1-3 1-2", "by number, last first", "pair▼"},
		{"s", "2-3 1-2 1-3", "best first", "best▼"},
	} {
		uitest.Press(t, a, step.key)
		if got := d.numbers(); got != step.list || !strings.Contains(d.Status(), step.status) {
			t.Errorf("%s leads to %s and %q, want %s and %q", step.key, got, d.Status(), step.list, step.status)
		}
		header := strings.Split(screenText(d), "\n")[d.layout(d.Body).list.Y]
		if !strings.Contains(header, step.header) {
			t.Errorf("after %s the header is %q, want %q", step.key, header, step.header)
		}
	}
}

// sixCandidates are as many as can be compared.
var sixCandidates = []string{uitest.Use, "local/glove@100", "local/ngrams@4096", "local/use-lite@256", "local/glove@50", "local/ngrams@1024"}

// listHeader is the titles of the list of pairs.
func listHeader(d *Screen) string {
	return strings.Split(screenText(d), "\n")[d.layout(d.Body).list.Y]
}

func TestSixCandidatesLeaveRoomForTexts(t *testing.T) {
	set, _ := corpus.FindSet("near-duplicates")
	a, d := duplicatesOf(t, 80, 24, uitest.OptionsWith(t, set.Texts, sixCandidates...))
	a.Session.Thresholds().Set("", 0.9)
	shown := 0
	for _, w := range []int{40, 60, 80, 100, 120, 149, 150, 160, 181, 200, 240} {
		uitest.Send(t, a, uitest.WindowSize(ui.Size{W: w, H: 50}))
		place := d.layout(d.Body).list
		g := d.table(place.W, place.H).Fit(place.W, place.H)
		if !g.Shows(1) {
			t.Errorf("in %d columns no text is shown", w)
		}
		if len(g.Places) < shown {
			t.Errorf("in %d columns %d columns are shown, %d in a narrower window", w, len(g.Places), shown)
		}
		shown = len(g.Places)
		header := listHeader(d)
		if told := strings.Contains(header, fmt.Sprintf("+%d", g.Hidden)); w < 150 && told != (g.Hidden > 0) {
			t.Errorf("in %d columns %d are hidden, and the titles say %q", w, g.Hidden, header)
		}
		if letters := strings.Count(screenText(d), "A "); w >= 80 && (letters == 0 || !g.Shows(8)) {
			t.Errorf("in %d columns not all candidates are shown:\n%s", w, screenText(d))
		}
	}
}

func TestLowWindowsSayWhoseLettersTheyAre(t *testing.T) {
	set, _ := corpus.FindSet("near-duplicates")
	_, d := duplicatesOf(t, 120, 18, uitest.OptionsWith(t, set.Texts, sixCandidates...))
	wantScreen(t, d, "A use-lite@512 B glove@100 C ngrams@4096 D use-lite@256 E glove@50 F ngrams@1024")
}

func TestBestFirstIsNotLedByTheModelWithTheHighestBackground(t *testing.T) {
	// All pairs are similar in glove, hardly any in use-lite.
	a := plane(t, 120, 30, map[string][]float64{uitest.Glove: {0, 1, 4, 7, 9, 12}, uitest.Use: {0, 60, 120, 180, 240, 242}})
	d := screenOf(a)
	a.Session.Thresholds().Set("", 0.97)
	uitest.Settle(t, a, d.Refresh())
	if d.rows[0] != [2]int32{4, 5} {
		t.Errorf("%v leads, want the only pair that is near in use-lite", d.rows[0])
	}
	wantScreen(t, d, "σ")
}

func TestTextsWithoutAVectorComeLastEitherWay(t *testing.T) {
	a := plane(t, 120, 30, map[string][]float64{uitest.Glove: {0, 10, math.NaN()}, uitest.Use: {0, 5, 3}})
	d := screenOf(a)
	for _, key := range []string{"s", "S"} {
		uitest.Press(t, a, key)
		if got := d.rows[0]; got != [2]int32{0, 1} {
			t.Errorf("after %s the pair %v comes first, the only one with a value is 1-2", key, got)
		}
	}
	wantScreen(t, d, "–")
}

func TestNothingFoundSaysWhatWould(t *testing.T) {
	a := plane(t, 80, 24, map[string][]float64{uitest.Use: {0, 40, 90}, uitest.Glove: {0, 70, 120}})
	d := screenOf(a)
	wantScreen(t, d, "No pair reaches the threshold.", "glove@100 0.642, texts 2 and 3", "use-lite@512 0.766, texts 1 and 2",
		"[ lowers the threshold", "0.95 is strict for one model and loose for another")
	uitest.Press(t, a, "enter")
	if a.Top() != nil || !strings.Contains(a.Notice().Text, "[ lowers the threshold") {
		t.Errorf("enter without a pair says %q", a.Notice().Text)
	}
	uitest.Press(t, a, "t", ".", "7", "5", "enter")
	if got := d.numbers(); got != "1-2" {
		t.Errorf("at 0.75 the list is %s, want 1-2", got)
	}
}

func TestAgreementSaysSo(t *testing.T) {
	a := plane(t, 80, 24, map[string][]float64{uitest.Use: {0, 5}, uitest.Glove: {0, 5}})
	d := screenOf(a)
	uitest.Press(t, a, "f")
	wantScreen(t, d, "the models agree. f shows them all")
}

func TestFilterNeedsTwoCandidates(t *testing.T) {
	a := plane(t, 80, 24, map[string][]float64{uitest.Use: {0, 5}})
	d := screenOf(a)
	uitest.Press(t, a, "f")
	if d.disagree || !strings.Contains(a.Notice().Text, "needs two models") {
		t.Errorf("f with one candidate says %q", a.Notice().Text)
	}
}

func TestEmptyDuplicatesNameTheNextStep(t *testing.T) {
	for name, test := range map[string]struct {
		texts      []corpus.Text
		candidates []string
		want       string
	}{
		"no candidates": {uitest.Hostile, nil, "space on Models"},
		"no texts":      {nil, []string{uitest.Use}, "on Texts a adds"},
		"one text":      {uitest.Hostile[:1], []string{uitest.Use}, "One text makes no pair"},
		"no key":        {uitest.Hostile, []string{"nanogpt/BAAI/bge-m3@1024"}, "No model has a result"},
	} {
		t.Run(name, func(t *testing.T) {
			a, d := duplicatesOf(t, 80, 24, uitest.OptionsWith(t, test.texts, test.candidates...))
			wantScreen(t, d, test.want)
			uitest.Press(t, a, "enter", "y", "[", "|", "s", "S", "j", "tab")
			uitest.CheckFrame(t, a.Draw(), ui.Size{W: 80, H: 24})
		})
	}
}

func TestCandidatesWithoutAKeyShowTheirState(t *testing.T) {
	_, d := duplicatesOf(t, 120, 24, uitest.OptionsWith(t, uitest.Hostile, uitest.Use, "nanogpt/BAAI/bge-m3@1024"))
	wantScreen(t, d, "nanogpt/BAAI/bge-m3@1024", "NANOGPT_API_KEY")
}

func TestDerivedDimensionsAreLabelled(t *testing.T) {
	_, d := duplicatesOf(t, 120, 24, uitest.OptionsWith(t, uitest.Hostile, "local/use-lite@256"))
	wantScreen(t, d, "local/use-lite@256 derived")
}

func TestLongListsAreCutAndSaySo(t *testing.T) {
	angles := make([]float64, 300)
	a := plane(t, 120, 30, map[string][]float64{uitest.Use: angles})
	d := screenOf(a)
	if len(d.rows) != maxListed || d.found.total != 300*299/2 {
		t.Fatalf("%d of %d pairs are listed", len(d.rows), d.found.total)
	}
	if !strings.HasPrefix(d.Status(), "10,000 most similar of 44,850 pairs") {
		t.Errorf("the status line says %q", d.Status())
	}
	uitest.Press(t, a, "G")
	uitest.CheckFrame(t, strings.Join(d.View(d.Body), "\n"), d.Body)
}

func TestOutdatedSearchesAreDropped(t *testing.T) {
	angles := make([]float64, 300)
	for i := range angles {
		angles[i] = float64(i) / 10
	}
	a := plane(t, 120, 30, map[string][]float64{uitest.Use: angles})
	d := screenOf(a)
	before := len(d.rows)
	a.Session.Thresholds().Set("", 0.9)
	first := d.Refresh()
	if first == nil || !d.searching() || len(d.rows) != before {
		t.Fatal("a large search does not run aside")
	}
	a.Session.Thresholds().Set("", 0.9999)
	if d.Refresh() != nil {
		t.Error("a second search runs beside the first")
	}
	outdated := first()
	a.Update(outdated)
	if d.searching() || d.found.query.sources[0].threshold != 0.9999 {
		t.Errorf("the list is that for %v, want 0.9999", d.found.query.sources[0].threshold)
	}
	for _, p := range d.rows {
		if s := d.wanted.sources[0]; s.matrix.Vectors().Similarity(int(p[0]), int(p[1])) < s.threshold {
			t.Fatalf("the pair %v is under the threshold", p)
		}
	}
}

func TestCursorIsSharedWithTheMatrices(t *testing.T) {
	a := plane(t, 120, 30, map[string][]float64{uitest.Use: {0, 3, 5, 6}})
	d := screenOf(a)
	uitest.Press(t, a, "j", "j")
	if got, want := [2]int32{int32(a.Session.CursorA()), int32(a.Session.CursorB())}, d.rows[2]; got != want {
		t.Errorf("the cursor is on %v, the list on %v", got, want)
	}
	uitest.Press(t, a, "3")
	a.Session.SetCursor(3, 1)
	uitest.Press(t, a, "4")
	if got := d.rows[d.list.Cursor]; got != [2]int32{1, 3} {
		t.Errorf("coming from the matrices with 4 and 2 selects %v", got)
	}
}

func TestSelectedPairStaysSelected(t *testing.T) {
	a := plane(t, 120, 30, map[string][]float64{uitest.Use: {0, 10, 25, 45}})
	d := screenOf(a)
	uitest.Press(t, a, "j")
	chosen := d.rows[d.list.Cursor]
	uitest.Press(t, a, "s", "S")
	if d.rows[d.list.Cursor] != chosen {
		t.Errorf("sorting moves the selection to %v", d.rows[d.list.Cursor])
	}
	uitest.Press(t, a, "t", "1", "enter")
	uitest.Press(t, a, "t", ".", "9", "enter")
	if d.rows[d.list.Cursor] != chosen {
		t.Errorf("a pair that comes back is not selected but %v", d.rows[d.list.Cursor])
	}
}

func TestDuplicatesAreRemembered(t *testing.T) {
	a, _ := duplicatesOf(t, 120, 40, uitest.NearDuplicates(t))
	uitest.Press(t, a, "[", "|", "s", "S", "f")
	o := uitest.LocalOptions(t)
	o.State = a.State()
	b := settled(t, 120, 40, o)
	d := b.Screen(ID).(*Screen)
	if b.Current().Info().ID != ID || b.Session.Thresholds().Common() != 0.94 || !b.Session.Thresholds().Each() || len(b.Session.Choices().Thresholds) != 0 {
		t.Errorf("screen %s, threshold %v, each %v, own %v", b.Current(), b.Session.Thresholds().Common(), b.Session.Thresholds().Each(), b.Session.Choices().Thresholds)
	}
	if d.sortBy != uitest.Use || !d.reversed || !d.disagree {
		t.Errorf("sorted by %s, reversed %v, filter %v", d.sortBy, d.reversed, d.disagree)
	}
	uitest.Press(t, b, "|")
	if st := b.State(); st.ThresholdEach {
		t.Error("one threshold for all is not remembered")
	}
}

func TestSortingByACandidateThatIsGoneIsBestFirst(t *testing.T) {
	o := uitest.NearDuplicates(t)
	o.State.Screens = map[string]json.RawMessage{ID: json.RawMessage(`{"sort":"local/gone@1"}`)}
	_, d := duplicatesOf(t, 120, 40, o)
	if !strings.Contains(d.Status(), "best first") {
		t.Errorf("the status line says %q", d.Status())
	}
	best := func(p [2]int32) float64 {
		v, _ := bestAndSpread(d.wanted.used(), int(p[0]), int(p[1]))
		return v
	}
	if !slices.IsSortedFunc(d.rows, func(p, q [2]int32) int { return cmp.Compare(best(q), best(p)) }) {
		t.Error("the rows are not sorted by their best similarity")
	}
}

func TestNewTextsReplaceTheList(t *testing.T) {
	a := plane(t, 120, 30, map[string][]float64{uitest.Use: {0, 3, 5, 6}})
	d := screenOf(a)
	uitest.Press(t, a, "j", "j")
	cmd, err := a.Session.Edits().Replace([]corpus.Text{{Text: "one thing"}, {Text: "one thing"}, {Text: "entirely different words here"}}, corpus.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	uitest.Settle(t, a, cmd)
	if got := d.numbers(); got != "1-2" || d.list.Cursor != 0 {
		t.Errorf("the list is %s, row %d selected", got, d.list.Cursor+1)
	}
	uitest.CheckFrame(t, a.Draw(), ui.Size{W: 120, H: 30})
}
