package models

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/uitest"
)

// A column that has nothing to show sorts nothing, and the next key begins anew.
func TestAColumnWithNothingToShowSortsNothing(t *testing.T) {
	_, s := catalogApp(t, 100, 30)
	s.sort = columnScore
	if s.sorted() != columnNone {
		t.Errorf("without labels rows are sorted by %v", s.sorted())
	}
	if s.nextSort(); s.sorted() != columnChosen {
		t.Errorf("the next column is %v", s.sorted())
	}
	s.reverse = true
	if s.nextSort(); s.sorted() != columnModel || s.reverse {
		t.Errorf("the next column is %v, backwards %v", s.sorted(), s.reverse)
	}
}

// The chart has its names and what follows under it, which give way in low windows.
func TestTheChartKeepsItsNamesInLowWindows(t *testing.T) {
	a := settled(t, 200, 60, uitest.OptionsWith(t, grouped, uitest.Use, uitest.Glove))
	uitest.Press(t, a, "1")
	s := a.Screen(ID).(*Screen)
	var drawn []string
	for _, h := range []int{4, 9, 14, 22, 32} {
		lines := s.chartLines(ui.Size{W: 60, H: h})
		if len(lines) != h {
			t.Errorf("in %d lines there are %d", h, len(lines))
		}
		drawn = append(drawn, fmt.Sprintf("%d lines:", h))
		for _, l := range lines {
			drawn = append(drawn, strings.TrimRight(ansi.Strip(l), " "))
		}
	}
	golden.RequireEqual(t, strings.Join(drawn, "\n")+"\n")
	for _, c := range s.scored() {
		score, _ := s.scoreOf(c.ID())
		if p := s.chartPoint(c); p.X != float64(4*c.Candidate.Dimensions) || p.Y != score || p.Low > p.Y || p.High < p.Y {
			t.Errorf("%s lies at %+v", c.ID(), p)
		}
	}
}

// The status line says what a model reads where the list lacks the room, and what scores are over
// of those that have any.
func TestTheStatusSaysWhatTheListLacksTheRoomFor(t *testing.T) {
	_, s := catalogApp(t, 80, 24)
	goTo(t, s, "local/use-lite")
	row, _, _ := s.current(s.rows())
	row.model.Languages = "English"
	short := "space selects it · local/use-lite"
	use := " · " + languagesCell(row.model)
	full := short + use + " · enter: details"
	for w, want := range map[int]string{columnsOf(full) + 1: full, columnsOf(full): short + " · enter: details"} {
		s.Body.W = w
		if got := s.Status(); got != want {
			t.Errorf("in %d columns it is said %q, want %q", w, got, want)
		}
	}
}

// The wheel over the list leaves the details, over the details it scrolls them.
func TestTheWheelOverTheListLeavesTheDetails(t *testing.T) {
	a, s := catalogApp(t, 120, 20)
	goTo(t, s, "nanogpt/text-embedding-3-small")
	before := s.selected
	uitest.Press(t, a, "enter")
	l := s.layout(a.Body)
	uitest.Send(t, a, tea.MouseWheelMsg{X: l.details.X + 2, Y: 6, Button: tea.MouseWheelDown})
	if row, _, _ := s.current(s.rows()); !s.reading || s.selected != before || s.detailTop != min(3, max(len(s.details(row, l.details.W))-(l.details.H-1), 0)) {
		t.Errorf("over the details: reading %v, line %d", s.reading, s.detailTop)
	}
	uitest.Send(t, a, tea.MouseWheelMsg{X: 5, Y: 6, Button: tea.MouseWheelDown})
	if s.reading || s.selected == before {
		t.Errorf("over the list: reading %v, %s", s.reading, s.selected)
	}
}

// Prices have as many decimals as any of the catalog needs.
func TestAllPricesHaveTheDecimalsThatOneNeeds(t *testing.T) {
	price := func(usd float64) *float64 { return &usd }
	for _, c := range []struct {
		models []api.Model
		want   int
	}{
		{[]api.Model{{}}, 0}, {[]api.Model{{Price: price(0.125)}, {Price: price(2)}, {}}, 3}, {[]api.Model{{Price: price(2)}, {Price: price(0.0004), Unlikely: true}}, 4},
	} {
		for i := range c.models {
			c.models[i].Provider, c.models[i].ID, c.models[i].Kind = "p", fmt.Sprint(i), api.KindEmbedding
		}
		o := uitest.LocalOptions(t)
		o.Engine.Catalog = catalog.New(c.models)
		if got := settled(t, 100, 30, o).Screen(ID).(*Screen).decimals(); got != c.want {
			t.Errorf("%d models: %d decimals, want %d", len(c.models), got, c.want)
		}
	}
}

// rolesOf opens the box of a model's prefixes.
func rolesOf(t *testing.T, ref string) *rolesEditor {
	t.Helper()
	a, s := catalogApp(t, 100, 30)
	goTo(t, s, ref)
	uitest.Press(t, a, "e")
	e, ok := a.Top().(*rolesEditor)
	if !ok {
		t.Fatal("no box opens")
	}
	return e
}

func TestTheBoxOfPrefixesGoesRoundBothWays(t *testing.T) {
	e := rolesOf(t, bge)
	for _, step := range []struct{ by, want int }{{-1, 2}, {-1, 1}, {1, 2}, {1, 0}, {2, 2}} {
		if e.move(step.by); e.at != step.want {
			t.Errorf("%d leads to field %d, want %d", step.by, e.at, step.want)
		}
	}
	for _, c := range []struct {
		ev   ui.Mouse
		want int
	}{{ui.Mouse{Y: 1}, 0}, {ui.Mouse{Y: 3}, 2}, {ui.Mouse{Y: 0}, 2}, {ui.Mouse{Y: 4}, 2}, {ui.Mouse{Y: 2, Wheel: 1}, 2}, {ui.Mouse{Y: 2}, 1}} {
		if e.Mouse(c.ev); e.at != c.want {
			t.Errorf("%+v leads to field %d, want %d", c.ev, e.at, c.want)
		}
	}
}

// Models with words that are filtered by from elsewhere have the cursor on the first of them.
func TestAFilterFromElsewhereBeginsWithItsFirstModel(t *testing.T) {
	_, s := catalogApp(t, 100, 30)
	goTo(t, s, "nanogpt/text-embedding-3-large")
	s.Filter("text-embedding-3")
	rows := s.rows()
	if len(rows) < 2 || s.selected != rows[0].model.Ref() || s.editing || s.query != "text-embedding-3" {
		t.Errorf("of %d models the cursor is on %s", len(rows), s.selected)
	}
	s.detailTop = 4
	if s.Filter("glove"); s.selected != "local/glove" || s.detailTop != 0 {
		t.Errorf("the cursor is on %s, its details begin with line %d", s.selected, s.detailTop+1)
	}
}

// What is sent is said of the field that is typed into, and what the catalog says where it is another.
func TestTheBoxOfPrefixesSaysWhatIsSent(t *testing.T) {
	e := rolesOf(t, bge)
	own := candidate.PrefixWords(e.own.Query.Prefix)
	const help = `Added before queries only. Write \n for a line break; ␣ marks a blank at the ends.`
	for _, c := range []struct{ typed, want string }{
		{candidate.EscapePrefix(e.own.Query.Prefix), "Sent: " + candidate.PrefixText(e.own.Query.Prefix) + " and then the query.|" + help},
		{"", "Nothing goes before the query.|The catalog's own: " + own + ".|" + help},
		{"q: ", "Sent: “q:␣” and then the query.|The catalog's own: " + own + ".|" + help},
		{`\x`, "problem|" + help},
	} {
		e.inputs[0].SetValue(c.typed)
		if _, problem := candidate.ReadPrefix(c.typed); problem != "" {
			c.want = strings.Replace(c.want, "problem", strings.ToUpper(problem[:1])+problem[1:]+".", 1)
		}
		var parts []string
		for _, p := range e.parts(200, e.Theme) {
			parts = append(parts, uitest.Flat(strings.Join(p, " ")))
		}
		if got := strings.Join(parts, "|"); got != c.want {
			t.Errorf("of %q it is said\n%s\nwant\n%s", c.typed, got, c.want)
		}
	}
	e.at = 1
	e.inputs[0].SetValue("bad \x1b[2J\\q")
	if line := e.field(0, 80, e.Theme); strings.Contains(line, "\x1b[2J") || !strings.Contains(line, "bad") {
		t.Errorf("a field that is not typed into is drawn %q", line)
	}
	const narrow, wide = "F1 keys enter OK tab next ctrl+r catalog's esc back", "F1 keys enter OK tab next role ctrl+r the catalog's own esc back"
	for w, want := range map[int]string{59: narrow, 60: narrow, 67: narrow, 68: wide, 80: wide} {
		lines := e.View(ui.Size{W: w, H: 20}, e.Theme)
		if got := uitest.Flat(lines[len(lines)-1]); got != want {
			t.Errorf("in %d columns the keys are %q, want %q", w, got, want)
		}
	}
}

// Where a list that was read has no room nothing is said of it, and order gives way to one that was not.
func TestListsThatWereReadAreSaidWhole(t *testing.T) {
	o := uitest.LocalOptions(t)
	o.Servers = []string{"nanogpt"}
	s := settled(t, 100, 30, o).Screen(ID).(*Screen)
	full := s.listsInFull()
	for w, want := range map[int]string{columnsOf(full): full, columnsOf(full) - 1: "", 3: ""} {
		if got := s.listsText(w); got != want {
			t.Errorf("in %d columns it is said %q, want %q", w, got, want)
		}
	}
}

// Rows that are in catalog order cannot be reversed, whatever they were sorted by before.
func TestOnlyWhatIsSortedIsReversed(t *testing.T) {
	_, s := catalogApp(t, 100, 30)
	for column, want := range map[catalogColumn]string{columnNone: "nothing is sorted yet: s sorts by a column", columnScore: "nothing is sorted yet: s sorts by a column", columnModel: ""} {
		s.sortBy(column)
		at := slices.IndexFunc(s.Actions(), func(a ui.Action) bool { return a.ID == "models.reverse" })
		if why := s.Actions()[at].Guard(); why != want {
			t.Errorf("sorted by column %d it is said %q, want %q", column, why, want)
		}
	}
}

// A page of the details leaves two lines of what was read, one of them the hint.
func TestAPageOfTheDetailsIsOfTheirLines(t *testing.T) {
	a, s := catalogApp(t, 80, 15)
	goTo(t, s, "nanogpt/text-embedding-3-small")
	uitest.Press(t, a, "enter")
	h := s.layout(a.Body).details.H
	if got := s.Page(); got != h-2 || h < 8 {
		t.Errorf("a page of %d lines of details has %d", h, got)
	}
	uitest.Press(t, a, "pgdown")
	if s.detailTop != min(h-2, len(s.details(s.rows()[0], 80))-h+1) {
		t.Errorf("a page on they begin with line %d of %d in sight", s.detailTop+1, h)
	}
	uitest.Send(t, a, uitest.WindowSize(ui.Size{W: 200, H: 60}))
	if got, l := s.Page(), s.layout(a.Body); got != l.details.H-2 || l.details.H == l.list.H {
		t.Errorf("beside a list of %d lines a page of the details, which have %d, has %d", l.list.H, l.details.H, got)
	}
	uitest.Press(t, a, "esc")
	if got := s.Page(); got != s.list.Page() {
		t.Errorf("of the list a page has %d rows, want %d", got, s.list.Page())
	}
}
