package ui_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
)

// moved notes how a list was moved; a page of it has seven rows.
type moved struct{ by []int }

func (m *moved) Move(rows, columns int) { m.by = append(m.by, rows, columns) }

func (m *moved) Page() int { return 7 }

func TestEveryKeyThatMovesMovesItsOwnWay(t *testing.T) {
	for _, c := range []struct {
		press tea.KeyPressMsg
		id    string
		rows  int
	}{
		{tea.KeyPressMsg{Code: tea.KeyUp}, "list.up", -1}, {tea.KeyPressMsg{Code: 'k', Text: "k"}, "list.up", -1},
		{tea.KeyPressMsg{Code: tea.KeyDown}, "list.down", 1}, {tea.KeyPressMsg{Code: 'j', Text: "j"}, "list.down", 1},
		{tea.KeyPressMsg{Code: tea.KeyPgUp}, "list.pageup", -7}, {tea.KeyPressMsg{Code: 'b', Mod: tea.ModCtrl}, "list.pageup", -7},
		{tea.KeyPressMsg{Code: tea.KeyPgDown}, "list.pagedown", 7}, {tea.KeyPressMsg{Code: 'f', Mod: tea.ModCtrl}, "list.pagedown", 7},
		{tea.KeyPressMsg{Code: 'g', Text: "g"}, "list.top", -ui.Unlimited}, {tea.KeyPressMsg{Code: 'G', Text: "G"}, "list.bottom", ui.Unlimited},
		{tea.KeyPressMsg{Code: tea.KeyHome}, "list.home", -ui.Unlimited}, {tea.KeyPressMsg{Code: tea.KeyEnd}, "list.end", ui.Unlimited},
	} {
		m := &moved{}
		actions := ui.Motions("list", m)
		act, ok := ui.Find(actions, c.press)
		if _, done := ui.Press(actions, c.press); !ok || !done || act.ID != c.id || act.Group != ui.GroupMove || fmt.Sprint(m.by) != fmt.Sprint([]int{c.rows, 0}) {
			t.Errorf("%s is %q (%v) and moves by %v, want %q and %d rows", c.press, act.ID, ok, m.by, c.id, c.rows)
		}
	}
	m := &moved{}
	for _, msg := range []tea.Msg{tea.KeyPressMsg{Code: 'x', Text: "x"}, tea.KeyReleaseMsg{Code: tea.KeyUp}, tea.PasteMsg{Content: "k"}} {
		if cmd, done := ui.Press(ui.Motions("list", m), msg); cmd != nil || done || len(m.by) != 0 {
			t.Errorf("%T moves by %v", msg, m.by)
		}
	}
}

func TestTheFirstActionOfAKeyIsDoneUnlessItBelongsToAField(t *testing.T) {
	did := ""
	run := func(name string) func() tea.Cmd { return ui.Do(func() { did += name }) }
	actions := []ui.Action{
		{ID: "field", Key: ui.Bind("x", "erase", "x")}, {ID: "one", Key: ui.Bind("a", "first", "a", "b"), Run: run("one")}, {ID: "two", Key: ui.Bind("b", "second", "b"), Run: run("two")},
	}
	for key, want := range map[string]string{"a": "one", "b": "one", "x": "", "c": ""} {
		did = ""
		if _, done := ui.Press(actions, tea.KeyPressMsg{Code: rune(key[0]), Text: key}); did != want || done != (want != "") {
			t.Errorf("%s does %q, %v; want %q", key, did, done, want)
		}
	}
}

func TestAnActionIsCalledByItsNameElseByItsKeysWords(t *testing.T) {
	plain := ui.Action{Key: ui.Bind("x", "of the key", "x")}
	named := plain
	named.Name = "named…"
	if plain.Label() != "of the key" || named.Label() != "named…" || plain.Reason() != "" {
		t.Errorf("they are called %q and %q, and the first waits for %q", plain.Label(), named.Label(), plain.Reason())
	}
	var said []string
	ran := false
	c := &ui.Context{Notify: func(level ui.NoticeLevel, text string) { said = append(said, fmt.Sprint(level, " ", text)) }}
	named.Run = ui.Do(func() { ran = true })
	named.Guard = func() string { return "not now" }
	if c.Perform(named); ran || strings.Join(said, "|") != fmt.Sprint(ui.NoticeWarn)+" named: not now" {
		t.Errorf("what cannot be done runs: %v, and it says %q", ran, said)
	}
	named.Guard = func() string { return "" }
	if c.Perform(named); !ran || len(said) != 1 {
		t.Errorf("what can be done runs: %v, and it says %q", ran, said)
	}
}

func TestTheFirstReasonIsGiven(t *testing.T) {
	guard := func(reason string) ui.Guard { return func() string { return reason } }
	for want, guards := range map[string][]ui.Guard{"": {guard(""), guard("")}, "one": {guard(""), guard("one"), guard("two")}, "two": {guard("two"), guard("one")}} {
		if got := ui.All(guards...)(); got != want {
			t.Errorf("the reason is %q, want %q", got, want)
		}
	}
	if ui.All()() != "" || ui.Unless(func() bool { return true }, "why")() != "" || ui.Unless(func() bool { return false }, "why")() != "why" {
		t.Error("a reason is given where there is none, or none where there is one")
	}
}

// esc always closes a box, whatever other keys do.
func TestABoxIsClosedByEscAndItsOtherKeys(t *testing.T) {
	box := &ui.Closable{}
	act := ui.Closing(box.Dismiss, ui.KeyQuit, ui.KeyEnter)
	if label := act.Key.Help().Key + " " + act.Label(); label != "esc/q/enter close" {
		t.Errorf("it is called %q", label)
	}
	for _, press := range []tea.KeyPressMsg{{Code: tea.KeyEscape}, {Code: 'q', Text: "q"}, {Code: tea.KeyEnter}} {
		box = &ui.Closable{}
		if ui.Press([]ui.Action{ui.Closing(box.Dismiss, ui.KeyQuit, ui.KeyEnter)}, press); !box.Closed() {
			t.Errorf("%s leaves it open", press)
		}
	}
	box = &ui.Closable{}
	if ui.Press([]ui.Action{ui.Closing(box.Dismiss)}, tea.KeyPressMsg{Code: 'q', Text: "q"}); box.Closed() {
		t.Error("q closes a box of which it is no key")
	}
}

func TestWhatWritesIsOneCharacterOrABlank(t *testing.T) {
	for key, want := range map[string]bool{"a": true, "é": true, "漢": true, "space": true, "?": true, "f1": false, "ctrl+p": false, "enter": false, "tab": false, "": false} {
		if ui.Writes(key) != want {
			t.Errorf("%q writes: %v", key, !want)
		}
	}
}

func TestARectangleHasItsFirstCellsAndNotThoseBehind(t *testing.T) {
	r := ui.Rect{X: 2, Y: 3, W: 4, H: 5}
	for at, want := range map[[2]int]bool{
		{2, 3}: true, {5, 7}: true, {5, 3}: true, {2, 7}: true, {1, 3}: false, {2, 2}: false, {6, 3}: false, {2, 8}: false, {3, 2}: false, {7, 5}: false,
	} {
		if r.Contains(at[0], at[1]) != want {
			t.Errorf("it contains %v: %v", at, !want)
		}
	}
	if r.Size() != (ui.Size{W: 4, H: 5}) || (ui.Rect{X: 1, Y: 1}).Contains(1, 1) {
		t.Errorf("it is %v large, or an empty one contains a cell", r.Size())
	}
}

func TestAScreenWithoutAShortTitleHasItsTitle(t *testing.T) {
	if (ui.Info{Title: "Matrices"}).ShortTitle() != "Matrices" || (ui.Info{Title: "Matrices", Short: "Matrix"}).ShortTitle() != "Matrix" {
		t.Error("the short title is another one")
	}
}
