package ui

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/term"
)

// duplicatesOf is the explorer on the duplicates screen.
func duplicatesOf(t testing.TB, w, h int, o Options) (*app, *duplicatesScreen) {
	t.Helper()
	a := settled(t, w, h, o)
	press(t, a, "4")
	return a, a.screen(screenDuplicates).(*duplicatesScreen)
}

// nearDuplicates is the built-in set of them, under the local candidates.
func nearDuplicates(t testing.TB) Options {
	t.Helper()
	set, ok := corpus.FindSet("near-duplicates")
	if !ok {
		t.Fatal("the set is missing")
	}
	return optionsWith(t, set.Texts, "local/use-lite@512", "local/glove@100", "local/ngrams@4096")
}

// plane is the explorer with texts whose vectors lie at the given angles in
// degrees, one list for each candidate: their similarities are cosines of the
// differences.
func plane(t testing.TB, w, h int, angles map[string][]float64) *app {
	t.Helper()
	a := settled(t, w, h, planeOptions(t, angles))
	press(t, a, "4")
	setPlane(t, a, angles)
	return a
}

// planeOptions are those of the explorer with as many texts and candidates.
func planeOptions(t testing.TB, angles map[string][]float64) Options {
	t.Helper()
	var ids []string
	n := 0
	for id, list := range angles {
		ids = append(ids, id)
		n = len(list)
	}
	slices.Sort(ids)
	texts := make([]corpus.Text, n)
	for i := range texts {
		texts[i].Text = fmt.Sprintf("text number %d", i+1)
	}
	return optionsWith(t, texts, ids...)
}

// setPlane gives the candidates those vectors.
func setPlane(t testing.TB, a *app, angles map[string][]float64) {
	t.Helper()
	for id, list := range angles {
		n := len(list)
		rows, failed := make([][]float32, n), map[int]error{}
		for i, angle := range angles[id] {
			if !math.IsNaN(angle) {
				rows[i] = []float32{float32(math.Cos(angle * math.Pi / 180)), float32(math.Sin(angle * math.Pi / 180))}
			} else {
				failed[i] = &api.TextError{Index: i, Err: errors.New("nothing to see in it")}
			}
		}
		vectors, err := compare.NewVectors(rows)
		if err != nil {
			t.Fatal(err)
		}
		c, err := api.ParseCandidate(id)
		c.Dimensions = 2
		if err != nil {
			t.Fatal(err)
		}
		result, err := pipeline.Analyse(t.Context(), api.Model{}, c, &pipeline.Embedding{Vectors: vectors, Failed: failed}, nil)
		if err != nil {
			t.Fatal(err)
		}
		a.store.setResult(id, result)
	}
	settle(t, a, a.refresh())
}

// screenOf is the duplicates screen.
func screenOf(a *app) *duplicatesScreen { return a.screen(screenDuplicates).(*duplicatesScreen) }

// found are the pairs that the list shows, as numbers from 1.
func (d *duplicatesScreen) numbers() string {
	var out []string
	for _, p := range d.rows {
		out = append(out, fmt.Sprintf("%d-%d", p[0]+1, p[1]+1))
	}
	return strings.Join(out, " ")
}

const (
	use   = "local/use-lite@512"
	glove = "local/glove@100"
)

func screenText(d *duplicatesScreen) string { return ansi.Strip(strings.Join(d.view(d.body), "\n")) }

func wantScreen(t *testing.T, d *duplicatesScreen, wanted ...string) {
	t.Helper()
	screen := strings.Join(strings.Fields(screenText(d)), " ")
	for _, w := range wanted {
		if !strings.Contains(screen, w) {
			t.Errorf("the screen lacks %q:\n%s", w, screenText(d))
		}
	}
}

func TestDuplicatesFillEverySizeExactly(t *testing.T) {
	sets := map[string][]corpus.Text{"hostile": hostile, "none": nil, "one": hostile[:1]}
	for name, texts := range sets {
		a, d := duplicatesOf(t, 80, 24, optionsWith(t, texts, use, "local/glove@50", "nanogpt/BAAI/bge-m3@1024"))
		for _, s := range []size{{40, 7}, {60, 12}, {80, 21}, {200, 57}, {120, 37}, {150, 24}} {
			send(t, a, windowSize(size{s.w, s.h + 3}))
			for _, threshold := range []float64{0.95, -1} {
				a.store.setThreshold("", threshold)
				for _, key := range []string{"m", "f", "s", "S", "j", "G"} {
					press(t, a, key)
					t.Run(fmt.Sprintf("%s/%dx%d/%s", name, s.w, s.h, key), func(t *testing.T) { checkFrame(t, strings.Join(d.view(s), "\n"), s) })
				}
			}
		}
	}
}

func TestDuplicatesDrawing(t *testing.T) {
	for _, s := range []size{{40, 10}, {80, 24}, {160, 44}} {
		for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ASCII} {
			t.Run(fmt.Sprintf("%s-%dx%d", profile, s.w, s.h), func(t *testing.T) {
				a := plane(t, s.w, s.h, map[string][]float64{use: {0, 5, 20, 90, 91}, glove: {0, 50, 3, 100, math.NaN()}})
				d := screenOf(a)
				a.setTheme(true, profile)
				press(t, a, "j")
				golden.RequireEqual(t, strings.Join(d.view(d.body), "\n"))
			})
		}
	}
}

func TestListHoldsExactlyThePairsOverAThreshold(t *testing.T) {
	a, d := duplicatesOf(t, 120, 40, nearDuplicates(t))
	for _, disagree := range []bool{false, true} {
		if disagree {
			press(t, a, "f")
		}
		for _, threshold := range []float64{0.5, 0.9, 0.95, 0.99} {
			a.store.setThreshold("", threshold)
			settle(t, a, d.refresh())
			want := map[[2]int32]bool{}
			for i := range 36 {
				for j := i + 1; j < 36; j++ {
					duplicates := 0
					for _, c := range a.store.ready() {
						if c.result.Vectors.Similarity(i, j) >= threshold {
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
	press(t, a, "esc")
	if d.disagree {
		t.Error("esc does not leave the filter")
	}
}

func TestTheExactSimilarityDecidesAtTheThreshold(t *testing.T) {
	d := screenOf(plane(t, 80, 24, map[string][]float64{use: {0, 10, 20}}))
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
	a := plane(t, 100, 30, map[string][]float64{use: {0, 10, 25, 45}})
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
		press(t, a, step.key)
		if got := d.numbers(); got != step.list {
			t.Errorf("%s leads to %s, want %s", step.key, got, step.list)
		}
		wantScreen(t, d, step.summary)
	}
}

func TestThresholdByNumber(t *testing.T) {
	a := plane(t, 100, 30, map[string][]float64{use: {0, 10, 25, 45}})
	press(t, a, "t", "9", "5", "enter")
	p, open := a.top().(*prompt)
	if !open || !strings.Contains(p.problem, "95% is 0.95") {
		t.Fatalf("95 is taken, or refused without a hint")
	}
	press(t, a, "backspace", "backspace", "8", "0", "%", "enter")
	if a.top() != nil || a.store.threshold != 0.8 {
		t.Errorf("80%% leads to %v", a.store.threshold)
	}
}

// twoViews are three texts that two candidates see differently: 1-2 are near in
// the first, 2-3 in the second, and 1-3 in neither.
var twoViews = map[string][]float64{glove: {0, 10, 60}, use: {0, 50, 55}}

func TestEachCandidateCanHaveItsOwnThreshold(t *testing.T) {
	a := plane(t, 100, 30, twoViews)
	d := screenOf(a)
	press(t, a, "m", "tab", "[", "[")
	if got := [2]float64{a.store.thresholdOf(glove), a.store.thresholdOf(use)}; got != [2]float64{0.95, 0.93} {
		t.Fatalf("the thresholds are %v, want only the second one lowered", got)
	}
	wantScreen(t, d, "▸ use-lite@512 0.930", "glove@100 0.950")
	press(t, a, "t")
	if title := a.top().(*prompt).title; !strings.Contains(title, use) {
		t.Errorf("the prompt is called %q, it does not say whose threshold it is", title)
	}
	press(t, a, "esc", "m")
	if got := a.store.thresholdOf(use); got != 0.95 {
		t.Errorf("the shared threshold is %v, want 0.95", got)
	}
	press(t, a, "tab")
	if !strings.Contains(a.notice.text, "m gives each its own") {
		t.Errorf("tab with one threshold for all says %q", a.notice.text)
	}
	press(t, a, "m")
	if got := a.store.thresholdOf(use); got != 0.93 {
		t.Errorf("its own threshold comes back as %v, want 0.93", got)
	}
}

func TestEveryColumnSorts(t *testing.T) {
	a := plane(t, 120, 30, twoViews)
	d := screenOf(a)
	a.store.setThreshold("", 0.5)
	settle(t, a, d.refresh())
	for _, step := range []struct{ key, list, status, header string }{
		{"j", "2-3 1-2 1-3", "best first", "best▼"},
		{"s", "1-2 2-3 1-3", "by glove@100", "glove@100▼"},
		{"S", "1-3 2-3 1-2", "by glove@100, least first", "glove@100▲"},
		{"s", "2-3 1-2 1-3", "by use-lite@512", "use-lite@512▼"},
		{"s", "2-3 1-2 1-3", "by spread", "spread▼"},
		{"s", "1-2 1-3 2-3", "by number", "pair▲"},
		{"S", "2-3 1-3 1-2", "by number, last first", "pair▼"},
		{"s", "2-3 1-2 1-3", "best first", "best▼"},
	} {
		press(t, a, step.key)
		if got := d.numbers(); got != step.list || !strings.Contains(d.status(), step.status) {
			t.Errorf("%s leads to %s and %q, want %s and %q", step.key, got, d.status(), step.list, step.status)
		}
		header := strings.Split(screenText(d), "\n")[d.layout(d.body).list.y]
		if !strings.Contains(header, step.header) {
			t.Errorf("after %s the header is %q, want %q", step.key, header, step.header)
		}
	}
}

func TestTextsWithoutAVectorComeLastEitherWay(t *testing.T) {
	a := plane(t, 120, 30, map[string][]float64{glove: {0, 10, math.NaN()}, use: {0, 5, 3}})
	d := screenOf(a)
	for _, key := range []string{"s", "S"} {
		press(t, a, key)
		if got := d.rows[0]; got != [2]int32{0, 1} {
			t.Errorf("after %s the pair %v comes first, the only one with a value is 1-2", key, got)
		}
	}
	wantScreen(t, d, "–")
}

func TestNothingFoundSaysWhatWould(t *testing.T) {
	a := plane(t, 80, 24, map[string][]float64{use: {0, 40, 90}, glove: {0, 70, 120}})
	d := screenOf(a)
	wantScreen(t, d, "No pair reaches the threshold.", "glove@100 0.643, texts 2 and 3", "use-lite@512 0.766, texts 1 and 2",
		"[ lowers the threshold", "0.95 does not mean the same in two models")
	press(t, a, "enter")
	if a.top() != nil || !strings.Contains(a.notice.text, "[ lowers the threshold") {
		t.Errorf("enter without a pair says %q", a.notice.text)
	}
	press(t, a, "t", ".", "7", "5", "enter")
	if got := d.numbers(); got != "1-2" {
		t.Errorf("at 0.75 the list is %s, want 1-2", got)
	}
}

func TestAgreementSaysSo(t *testing.T) {
	a := plane(t, 80, 24, map[string][]float64{use: {0, 5}, glove: {0, 5}})
	d := screenOf(a)
	press(t, a, "f")
	wantScreen(t, d, "the candidates agree. f shows them all")
}

func TestFilterNeedsTwoCandidates(t *testing.T) {
	a := plane(t, 80, 24, map[string][]float64{use: {0, 5}})
	d := screenOf(a)
	press(t, a, "f")
	if d.disagree || !strings.Contains(a.notice.text, "needs two candidates") {
		t.Errorf("f with one candidate says %q", a.notice.text)
	}
}

func TestEmptyDuplicatesNameTheNextStep(t *testing.T) {
	for name, test := range map[string]struct {
		texts      []corpus.Text
		candidates []string
		want       string
	}{
		"no candidates": {hostile, nil, "space on Models"},
		"no texts":      {nil, []string{use}, "on Texts a adds"},
		"one text":      {hostile[:1], []string{use}, "One text makes no pair"},
		"no key":        {hostile, []string{"nanogpt/BAAI/bge-m3@1024"}, "No candidate has a result"},
	} {
		t.Run(name, func(t *testing.T) {
			a, d := duplicatesOf(t, 80, 24, optionsWith(t, test.texts, test.candidates...))
			wantScreen(t, d, test.want)
			press(t, a, "enter", "y", "[", "m", "s", "S", "j", "tab")
			checkFrame(t, a.draw(), size{80, 24})
		})
	}
}

func TestCandidatesWithoutAKeyShowTheirState(t *testing.T) {
	_, d := duplicatesOf(t, 120, 24, optionsWith(t, hostile, use, "nanogpt/BAAI/bge-m3@1024"))
	wantScreen(t, d, "nanogpt/BAAI/bge-m3@1024", "NANOGPT_API_KEY")
}

func TestDerivedDimensionsAreLabelled(t *testing.T) {
	_, d := duplicatesOf(t, 120, 24, optionsWith(t, hostile, "local/use-lite@256"))
	wantScreen(t, d, "local/use-lite@256 derived")
}

func TestBackgroundStandsBesideTheThreshold(t *testing.T) {
	a, d := duplicatesOf(t, 80, 24, nearDuplicates(t))
	for _, c := range a.store.ready() {
		wantScreen(t, d, fmt.Sprintf("0.950 %d %s", c.result.Scan.CountAt(0.95), backgroundNumbers(c)))
	}
}

func TestThresholdsUnderWhatIsKeptAreNotPassedOffAsComplete(t *testing.T) {
	angles := make([]float64, 501)
	for i := range angles {
		angles[i] = float64(i * 37 % 360)
	}
	a := plane(t, 120, 30, map[string][]float64{use: angles})
	d := screenOf(a)
	a.store.setThreshold("", 0.2)
	settle(t, a, d.refresh())
	wantScreen(t, d, "similar pairs are kept, those from 0.30 up", "fewer are listed than counted")
}

func TestLongListsAreCutAndSaySo(t *testing.T) {
	angles := make([]float64, 300)
	a := plane(t, 120, 30, map[string][]float64{use: angles})
	d := screenOf(a)
	if len(d.rows) != maxListed || d.found.total != 300*299/2 {
		t.Fatalf("%d of %d pairs are listed", len(d.rows), d.found.total)
	}
	if !strings.HasPrefix(d.status(), "10,000 most similar of 44,850 pairs") {
		t.Errorf("the status line says %q", d.status())
	}
	press(t, a, "G")
	checkFrame(t, strings.Join(d.view(d.body), "\n"), d.body)
}

func TestOutdatedSearchesAreDropped(t *testing.T) {
	angles := make([]float64, 300)
	for i := range angles {
		angles[i] = float64(i) / 10
	}
	a := plane(t, 120, 30, map[string][]float64{use: angles})
	d := screenOf(a)
	before := len(d.rows)
	a.store.setThreshold("", 0.9)
	first := d.refresh()
	if first == nil || !d.searching() || len(d.rows) != before {
		t.Fatal("a large search does not run aside")
	}
	a.store.setThreshold("", 0.9999)
	if d.refresh() != nil {
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
	a := plane(t, 120, 30, map[string][]float64{use: {0, 3, 5, 6}})
	d := screenOf(a)
	press(t, a, "j", "j")
	if got, want := [2]int32{int32(a.store.cursorA), int32(a.store.cursorB)}, d.rows[2]; got != want {
		t.Errorf("the cursor is on %v, the list on %v", got, want)
	}
	press(t, a, "3")
	a.store.setCursor(3, 1)
	press(t, a, "4")
	if got := d.rows[d.list.cursor]; got != [2]int32{1, 3} {
		t.Errorf("coming from the matrices with 4 and 2 selects %v", got)
	}
}

func TestSelectedPairStaysSelected(t *testing.T) {
	a := plane(t, 120, 30, map[string][]float64{use: {0, 10, 25, 45}})
	d := screenOf(a)
	press(t, a, "j")
	chosen := d.rows[d.list.cursor]
	press(t, a, "s", "S")
	if d.rows[d.list.cursor] != chosen {
		t.Errorf("sorting moves the selection to %v", d.rows[d.list.cursor])
	}
	press(t, a, "t", "1", "enter")
	press(t, a, "t", ".", "9", "enter")
	if d.rows[d.list.cursor] != chosen {
		t.Errorf("a pair that comes back is not selected but %v", d.rows[d.list.cursor])
	}
}

func TestMouseOnDuplicates(t *testing.T) {
	a := plane(t, 120, 30, twoViews)
	d := screenOf(a)
	a.store.setThreshold("", 0.5)
	settle(t, a, d.refresh())
	list := d.layout(d.body).list
	send(t, a, click(5, 1+list.y+3))
	if d.list.cursor != 2 {
		t.Errorf("a click on the third row selects row %d", d.list.cursor+1)
	}
	header := strings.Split(screenText(d), "\n")[list.y]
	x := term.Width(header[:strings.Index(header, "glove@100")])
	send(t, a, click(x, 1+list.y))
	if d.sortBy != glove || d.reversed {
		t.Errorf("a click on the title sorts by %s", d.sortBy)
	}
	send(t, a, click(x, 1+list.y))
	if !d.reversed {
		t.Error("a second click does not turn the sorting round")
	}
	send(t, a, tea.MouseWheelMsg{X: 5, Y: 10, Button: tea.MouseWheelUp})
	if d.list.cursor != 0 {
		t.Errorf("the wheel leads to row %d", d.list.cursor+1)
	}
	press(t, a, "m")
	send(t, a, click(5, 1+2))
	if d.store.focused() != 1 {
		t.Errorf("a click on the second candidate leaves the threshold with number %d", d.store.focused()+1)
	}
}

func TestDuplicatesAreRemembered(t *testing.T) {
	a, _ := duplicatesOf(t, 120, 40, nearDuplicates(t))
	press(t, a, "[", "m", "s", "S", "f")
	o := localOptions(t)
	o.State = a.state()
	b := settled(t, 120, 40, o)
	d := b.screen(screenDuplicates).(*duplicatesScreen)
	if b.current.describe().id != screenDuplicates || b.store.threshold != 0.94 || !b.store.perCandidate || len(b.store.overrides) != 0 {
		t.Errorf("screen %s, threshold %v, each %v, own %v", b.current, b.store.threshold, b.store.perCandidate, b.store.overrides)
	}
	if d.sortBy != use || !d.reversed || !d.disagree {
		t.Errorf("sorted by %s, reversed %v, filter %v", d.sortBy, d.reversed, d.disagree)
	}
	press(t, b, "m")
	if st := b.state(); st.ThresholdEach {
		t.Error("one threshold for all is not remembered")
	}
}

func TestSortingByACandidateThatIsGoneIsBestFirst(t *testing.T) {
	o := nearDuplicates(t)
	o.State.Screens = map[string]json.RawMessage{screenDuplicates: json.RawMessage(`{"sort":"local/gone@1"}`)}
	_, d := duplicatesOf(t, 120, 40, o)
	if !strings.Contains(d.status(), "best first") {
		t.Errorf("the status line says %q", d.status())
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
	a := plane(t, 120, 30, map[string][]float64{use: {0, 3, 5, 6}})
	d := screenOf(a)
	press(t, a, "j", "j")
	cmd, err := a.store.setTexts([]corpus.Text{{Text: "one thing"}, {Text: "one thing"}, {Text: "entirely different words here"}}, corpus.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	settle(t, a, cmd)
	if got := d.numbers(); got != "1-2" || d.list.cursor != 0 {
		t.Errorf("the list is %s, row %d selected", got, d.list.cursor+1)
	}
	checkFrame(t, a.draw(), size{120, 30})
}

func TestMovingTheThresholdCostsLittle(t *testing.T) {
	a, d := duplicatesOf(t, 200, 60, nearDuplicates(t))
	if cmd := d.refresh(); cmd != nil {
		t.Error("with nothing changed a refresh leads to work")
	}
	rows := d.rows
	happen(t, a, nothing)
	if len(rows) > 0 && &rows[0] != &d.rows[0] {
		t.Error("the list is made anew though nothing has changed")
	}
}
