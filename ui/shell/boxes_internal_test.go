package shell

import (
	"errors"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
)

// withBoxes is an explorer that opens boxes.
func withBoxes(t *testing.T) *App {
	t.Helper()
	a, _ := withScreens(t)
	a.Context.Open = func(o ui.Overlay) { a.overlays = append(a.overlays, o) }
	a.window = ui.Size{W: 80, H: 24}
	return a
}

// topLines are the lines of the top box, without styles and blanks at their ends.
func topLines(a *App, w, h int) []string {
	a.Top().Fit(ui.Size{W: w, H: h}, a.Theme)
	lines := slices.Clone(a.Top().View(ui.Size{W: w, H: h}, a.Theme))
	for i, l := range lines {
		lines[i] = strings.TrimRight(ansi.Strip(l), " ")
	}
	return lines
}

// Each error stands apart from the one before, wrapped and safe.
func TestErrorsStandApart(t *testing.T) {
	a := withBoxes(t)
	a.Session.Warn("the cache\x1b[1m is locked", "two words that are longer than a line of forty columns", "three")
	a.openErrors()
	got := strings.Join(topLines(a, 40, 20), "|")
	if want := "Besides|the cache is locked||two words that are longer than a line of|forty columns||three|"; !strings.Contains(got, want) {
		t.Errorf("listed is %q, want %q", got, want)
	}
}

// The keys of a box are listed with those that hold everywhere, and lead to every action in its
// place.
func TestTheKeysOfABoxLeadOn(t *testing.T) {
	a := withBoxes(t)
	a.globals = []ui.Action{
		{ID: "interrupt", Key: keyInterrupt, Group: ui.GroupAnywhere, Run: ui.Do(func() {})}, {ID: "theme", Key: keyTheme, Group: ui.GroupAnywhere, Run: ui.Do(func() {})},
	}
	a.openBoxHelp(&box{actions: []ui.Action{{Key: ui.Bind("x", "export", "x"), Group: ui.GroupDo, Run: ui.Do(func() {})}}})
	got := strings.Join(topLines(a, 60, 20), "|")
	for text, there := range map[string]bool{"Keys of this box": true, "x       export": true, "ctrl+c  cancel, or quit": true, "light or dark": false} {
		if strings.Contains(got, text) != there {
			t.Errorf("%q is listed: %t; %q", text, !there, got)
		}
	}
	help := a.Top()
	help.Update(tea.KeyPressMsg{Code: 'p', Mod: tea.ModCtrl})
	if a.closeOverlays(); len(a.overlays) != 1 || a.Top() == help {
		t.Errorf("%d boxes are open", len(a.overlays))
	}
}

// What is like the text under the cursor is looked for, whatever else the screens share.
func TestWhatIsLikeTheFirstTextUnderTheCursorIsLookedFor(t *testing.T) {
	a := withBoxes(t)
	for _, c := range []struct {
		x, y int
		want string
	}{{1, 2, "second"}, {0, 1, "first"}, {2, 0, "third"}} {
		a.Session.SetCursor(c.x, c.y)
		if a.searchLike(); a.Session.Asked().TakeWanted() != c.want {
			t.Errorf("with the cursor on %d and %d it is not %q", c.x, c.y, c.want)
		}
	}
}

// Going back leads to the model that was in focus, too.
func TestGoingBackLeadsToTheModelInFocus(t *testing.T) {
	a := withBoxes(t)
	for _, id := range []string{"a/one@4", "a/two@4", "a/three@4"} {
		c, err := api.ParseCandidate(id)
		if err != nil {
			t.Fatal(err)
		}
		a.Session.Restore().Candidate(c)
	}
	a.Session.SetFocus(2)
	a.SetScreen("two")
	a.Session.SetFocus(1)
	if a.goTo(&a.history.before, &a.history.after); a.Session.Focused() != 2 || a.current.Info().ID != "one" {
		t.Errorf("back leads to %s and model %d", a.current.Info().ID, a.Session.Focused()+1)
	}
	if a.goTo(&a.history.after, &a.history.before); a.Session.Focused() != 1 || a.current.Info().ID != "two" {
		t.Errorf("forward leads to %s and model %d", a.current.Info().ID, a.Session.Focused()+1)
	}
}

// What was to follow a consent follows, also where it could not be given.
func TestWhatWasToFollowAConsentFollows(t *testing.T) {
	for _, failed := range []error{nil, errors.New("the settings are locked")} {
		a := withBoxes(t)
		a.Context.Notify = a.setNotice
		followed := 0
		a.allowed(&api.InsecureKeyError{Provider: "shop", Host: "example.com"}, failed, func() tea.Cmd { followed++; return nil })
		want := "The key for shop goes unencrypted to example.com until the program ends."
		level := ui.NoticeWarn
		if failed != nil {
			want, level = "the settings are locked", ui.NoticeError
		}
		if n := a.Notice(); followed != 1 || n.Text != want || n.Level != level {
			t.Errorf("%v: it went on %d times, and says %q at level %v", failed, followed, n.Text, n.Level)
		}
	}
}

// The palette offers what can be done here first, then what can be done anywhere, then what other
// screens can do; of a screen's own offers that have no key, too.
func TestThePaletteOffersWhatIsNearestFirst(t *testing.T) {
	a := withBoxes(t)
	act := func(id, group string) ui.Action {
		return ui.Action{ID: id, Key: ui.Bind("x", id, "x"), Group: group, Run: ui.Do(func() {})}
	}
	a.screens[0].(*pointing).actions = []ui.Action{act("here", ui.GroupDo), act("down", ui.GroupMove)}
	a.screens[1] = &offering{pointing{still: still{id: "two"}, actions: []ui.Action{act("there", ui.GroupDo)}, opened: new(int)}, []ui.Action{{ID: "far", Name: "far off", Run: ui.Do(func() {})}}}
	a.screens[2].(*pointing).actions = []ui.Action{act("last", ui.GroupShow)}
	a.globals = []ui.Action{act("palette", ui.GroupAnywhere), act("anywhere", ui.GroupAnywhere)}
	a.openPalette()
	var got []string
	for _, l := range topLines(a, 60, 20)[2:] {
		if l != "" {
			got = append(got, strings.Join(strings.Fields(l), " "))
		}
	}
	want := "here x|anywhere x|there two x|far off two|last three x|"
	if !strings.HasPrefix(strings.Join(got, "|")+"|", want) {
		t.Errorf("it offers %q, want %q", got, want)
	}
}

// offering is a screen with actions that have no key.
type offering struct {
	pointing
	offers []ui.Action
}

func (o *offering) Offers() []ui.Action { return o.offers }
