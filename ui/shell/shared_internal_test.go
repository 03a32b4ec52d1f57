package shell

import (
	"fmt"
	"image/color"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/theme"
)

// pointing is a screen with a cursor on texts, and with actions.
type pointing struct {
	still
	under   []int
	actions []ui.Action
	opened  *int
}

func (p *pointing) Under() []int         { return p.under }
func (p *pointing) Actions() []ui.Action { return p.actions }
func (p *pointing) Opened()              { *p.opened++ }

// withScreens is an explorer with three texts, whose screens are drawn by nobody.
func withScreens(t *testing.T, under ...int) (a *App, opened *int) {
	t.Helper()
	a, _ = withoutScreens(t)
	opened = new(int)
	a.Context.Theme = theme.New(true, colorprofile.TrueColor)
	for _, id := range []string{"one", "two", "three"} {
		a.screens = append(a.screens, &pointing{still: still{id: id}, under: under, opened: opened})
	}
	a.current = a.screens[0]
	a.Context.Go = a.SetScreen
	a.Session.Restore().Texts([]corpus.Text{{Text: "first"}, {Text: "second"}, {Text: "third"}}, corpus.Origin{})
	return a, opened
}

func TestTheBackgroundDecidesOnlyWhereNobodyChose(t *testing.T) {
	for _, c := range []struct {
		choice string
		light  bool
		dark   bool // what is drawn for
	}{{"auto", true, false}, {"auto", false, true}, {"dark", true, true}, {"light", false, true}} {
		a, _ := withScreens(t)
		a.themeChoice = c.choice
		background := color.Color(color.Black)
		if c.light {
			background = color.White
		}
		a.updateShared(tea.BackgroundColorMsg{Color: background})
		if a.lightBackground != c.light || a.Theme.Dark != c.dark {
			t.Errorf("%s, a light background %v: remembered as light %v, drawn for dark %v", c.choice, c.light, a.lightBackground, a.Theme.Dark)
		}
	}
	a, _ := withScreens(t)
	for _, profile := range []colorprofile.Profile{colorprofile.ANSI, colorprofile.ASCII, colorprofile.ANSI256} {
		if a.updateShared(tea.ColorProfileMsg{Profile: profile}); a.Theme.Profile != profile || !a.Theme.Dark {
			t.Errorf("it draws for %v, dark %v; want %v", a.Theme.Profile, a.Theme.Dark, profile)
		}
	}
}

func TestChosenColoursAndTheMouseAreRemembered(t *testing.T) {
	a, _ := withScreens(t)
	for i, c := range []struct {
		do   func()
		said string
	}{
		{a.toggleTheme, "Colours for a light background."}, {a.toggleTheme, "Colours for a dark background."}, {a.toggleMouse, "The mouse selects and scrolls."},
		{a.toggleMouse, "The mouse is the terminal's again: select text to copy it; ctrl+y gives it back."},
	} {
		a.Session.MarkSaved()
		if c.do(); !a.Session.Unsaved() || a.Notice().Text != c.said {
			t.Errorf("step %d: to be saved %v, and it says %q", i, a.Session.Unsaved(), a.Notice().Text)
		}
	}
	if a.themeChoice != "dark" || !a.Theme.Dark || a.mouseOn {
		t.Errorf("the choice is %q, drawn for dark %v, the mouse on %v", a.themeChoice, a.Theme.Dark, a.mouseOn)
	}
}

func TestAScreenThatIsShownIsToldAndRemembered(t *testing.T) {
	a, opened := withScreens(t)
	a.opener = "one"
	a.Session.MarkSaved()
	if !a.undisturbed("one") || a.undisturbed("two") {
		t.Error("the screen that is shown is disturbed, or another is not")
	}
	a.SetScreen("two")
	if *opened != 1 || !a.Session.Unsaved() || a.opener != "" || a.current != a.screens[1] {
		t.Errorf("it was told %d times, to be saved is %v, the file is opened on %q", *opened, a.Session.Unsaved(), a.opener)
	}
	if !a.undisturbed("two") || a.undisturbed("one") {
		t.Error("the screen before is what the person looks at")
	}
	a.opener = "three"
	if !a.undisturbed("three") {
		t.Error("the screen that opens the first file is disturbed")
	}
	a.overlays = []ui.Overlay{&box{}}
	if a.undisturbed("two") || a.undisturbed("three") {
		t.Error("under a box the person looks at a screen")
	}
	for by, want := range map[int]string{1: "three", 2: "one", -1: "one", -2: "three"} {
		a.current = a.screens[1]
		if a.cycleScreen(by); a.current.Info().ID != want {
			t.Errorf("%d tabs further is %s, want %s", by, a.current.Info().ID, want)
		}
	}
}

// A view that is gone back to has its cursor; and forward leads to the one that was left.
func TestViewsAreGoneBackToWithTheirCursors(t *testing.T) {
	a, _ := withScreens(t)
	h := &a.history
	a.Session.SetCursor(0, 1)
	a.SetScreen("two")
	a.Session.SetCursor(2, 0)
	a.SetScreen("three")
	a.Session.SetCursor(1, 1)
	for i, c := range []struct {
		back bool
		want string
	}{{true, "two 2 0"}, {true, "one 0 1"}, {false, "two 2 0"}, {false, "three 1 1"}, {true, "two 2 0"}} {
		if c.back {
			a.goTo(&h.before, &h.after)
		} else {
			a.goTo(&h.after, &h.before)
		}
		if got := fmt.Sprint(a.current.Info().ID, " ", a.Session.CursorA(), " ", a.Session.CursorB()); got != c.want {
			t.Errorf("step %d leads to %s, want %s", i, got, c.want)
		}
	}
}

func TestTheNextTextUnderTheCursorIsMarkedUntilAllWere(t *testing.T) {
	for _, c := range []struct {
		under []int
		steps []string // the marked text and what is said
	}{
		{[]int{1}, []string{"1 Text 2 is marked: every screen compares with it. m on it takes the mark away.", "none No text is marked any more."}},
		{[]int{0, 2}, []string{"0 Text 1 is marked: every screen compares with it. m again marks text 3.", "2 Text 3 is marked: every screen compares with it. m on it takes the mark away.", "none No text is marked any more.", "0 Text 1 is marked: every screen compares with it. m again marks text 3."}},
		{[]int{1, 1}, []string{"1 Text 2 is marked: every screen compares with it. m on it takes the mark away.", "none No text is marked any more."}},
		{[]int{3, 2}, []string{"2 Text 3 is marked: every screen compares with it. m on it takes the mark away."}}, // of a text that is gone nothing is marked
	} {
		a, _ := withScreens(t)
		for _, want := range c.steps {
			a.current = &pointing{still: still{id: "one"}, under: append([]int(nil), c.under...)}
			a.mark()
			got := "none"
			if i, ok := a.Session.Marked(); ok {
				got = fmt.Sprint(i)
			}
			if got += " " + a.Notice().Text; got != want {
				t.Errorf("over %v it is %q, want %q", c.under, got, want)
			}
		}
	}
	a, _ := withScreens(t)
	a.Session.SetCursor(2, 0)
	for _, c := range []struct {
		under        []int
		marked, want int
	}{{[]int{0, 1}, 0, 1}, {[]int{0, 1}, 1, 0}, {[]int{0, 1}, 2, 0}, {[]int{1}, 1, 1}, {nil, 0, 2}, {nil, 2, 2}} {
		a.current = &pointing{still: still{id: "one"}, under: c.under}
		if got := a.compared(c.marked); got != c.want {
			t.Errorf("over %v text %d is compared with %d, want %d", c.under, c.marked, got, c.want)
		}
	}
}

// Whoever judges in a box is not swayed.
func TestTheMarkedLineSaysNothingUnderABox(t *testing.T) {
	a, _ := withScreens(t, 1)
	if got := a.MarkedLine(60); got != "" {
		t.Errorf("without a mark it says %q", got)
	}
	a.Session.Mark(1)
	line := func() string { return strings.TrimRight(ansi.Strip(a.MarkedLine(60)), " ") }
	if got := line(); got != " marked 2 “second”: move to another text" {
		t.Errorf("over the marked text it says %q", got)
	}
	a.current = &pointing{still: still{id: "one"}, under: []int{0}}
	if got := line(); got != " marked 2 “second” and 1: being computed" {
		t.Errorf("over another it says %q", got)
	}
	a.overlays = []ui.Overlay{&box{}}
	if got := a.MarkedLine(60); got != strings.Repeat(" ", 60) {
		t.Errorf("under a box it says %q", got)
	}
}

func TestThePaletteHasEveryActionButMotionsAndItself(t *testing.T) {
	a, _ := withScreens(t)
	ran := ""
	act := func(id, group string) ui.Action {
		return ui.Action{ID: id, Key: ui.Bind("x", id, "x"), Group: group, Run: ui.Do(func() { ran += id + " on " + a.current.Info().ID })}
	}
	own := &pointing{still: still{id: "two"}, actions: []ui.Action{act("do", ui.GroupDo), act("go", ui.GroupMove)}, opened: new(int)}
	a.screens[1] = own
	a.globals = []ui.Action{act("palette", ui.GroupAnywhere), act("anywhere", ui.GroupAnywhere)}
	for _, c := range []struct {
		actions []ui.Action
		home    ui.Screen
		want    string
	}{{own.actions, nil, "do//x"}, {own.actions, own, "do/two/x"}, {a.globals, nil, "anywhere//x"}} {
		var got []string
		for _, it := range a.paletteItems(c.actions, c.home) {
			got = append(got, it.Label+"/"+it.Detail+"/"+it.Hint)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("it has %q, want %q", got, c.want)
		}
	}
	for id, want := range map[string]string{"do": "do on two", "anywhere": "anywhere on one", "nothing": ""} {
		a.current, ran = a.screens[0], ""
		if a.perform(id); ran != want {
			t.Errorf("%s does %q, want %q", id, ran, want)
		}
	}
}

func TestAListThatChangesNothingIsNotTold(t *testing.T) {
	for changes, want := range map[string]string{"": "", "2 new models": "The list of shop: 2 new models."} {
		a, _ := withScreens(t)
		if a.tellList(session.ListEvent{Provider: "shop", Changes: changes}); a.Notice().Text != want {
			t.Errorf("%q is told as %q, want %q", changes, a.Notice().Text, want)
		}
	}
}
