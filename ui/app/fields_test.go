package app

import (
	"fmt"
	"math/rand/v2"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// leastFields is how many places to type in there are at the least.
const leastFields = 10

// TestNoEditingKeyBreaksAField opens whatever letters can be typed into, by every
// action that there is, and presses keys with which text is edited.
func TestNoEditingKeyBreaksAField(t *testing.T) {
	t.Chdir(t.TempDir())
	a := fieldsApp(t)
	fields := 0
	for _, act := range a.Globals() {
		fields += editAtRandom(t, "", act.ID)
	}
	for _, s := range a.Screens() {
		for _, act := range s.Actions() {
			fields += editAtRandom(t, s.Info().ID, act.ID)
		}
	}
	if fields < leastFields {
		t.Errorf("%d fields were found, at least %d expected", fields, leastFields)
	}
}

// fieldsApp is the explorer with texts, results and a query, where every action
// can be done.
func fieldsApp(t *testing.T) *shell.App {
	t.Helper()
	return settled(t, 80, 24, uitest.OptionsWith(t, uitest.Hostile, "local/ngrams@64", "local/ngrams@256"))
}

// editAtRandom does an action and edits what it opens to be typed into; it gives
// how many fields that were.
func editAtRandom(t *testing.T, screen, action string) int {
	t.Helper()
	a := fieldsApp(t)
	actions := a.Globals()
	if screen != "" {
		a.SetScreen(screen)
		uitest.Happen(t, a, uitest.Nothing)
		actions = a.Current().Actions()
	}
	for _, act := range actions {
		if act.ID == action {
			uitest.Happen(t, a, func() tea.Cmd { return a.Perform(act) })
		}
	}
	if a.Quitting() || !typing(a) {
		return 0
	}
	keys := editingKeys()
	for seed := range uint64(2) {
		random := rand.New(rand.NewPCG(seed, 1))
		var did []string
		for range 120 {
			k := keys[random.IntN(len(keys))]
			did = append(did, k.String())
			requireNoPanic(t, fmt.Sprintf("%s %s, after %q", screen, action, did), func() { uitest.Send(t, a, k) })
			if !typing(a) {
				break // a key took the field away
			}
		}
		uitest.CheckFrame(t, a.Draw(), a.Window())
	}
	return 1
}

// typing tells that letters go into a text.
func typing(a *shell.App) bool {
	if top := a.Top(); top != nil {
		typer, ok := top.(ui.Typer)
		return ok && typer.Typing()
	}
	typer, ok := a.Current().(ui.Typer)
	return ok && typer.Typing()
}

// requireNoPanic fails with what was done when doing it panics.
func requireNoPanic(t *testing.T, after string, do func()) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Fatalf("%s: %v", after, r)
		}
	}()
	do()
}

// editingKeys are the keys with which text is edited, and some letters. ctrl+v
// would read the clipboard of whoever runs the tests, and ctrl+c ends.
func editingKeys() (keys []tea.KeyPressMsg) {
	for _, r := range "a b é漢👍x" {
		keys = append(keys, tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	for _, code := range []rune{tea.KeyLeft, tea.KeyRight, tea.KeyHome, tea.KeyEnd, tea.KeyDelete, tea.KeyBackspace, tea.KeyTab} {
		for _, mod := range []tea.KeyMod{0, tea.ModAlt, tea.ModCtrl} {
			keys = append(keys, tea.KeyPressMsg{Code: code, Mod: mod})
		}
	}
	for _, code := range "abdefhknuw" {
		for _, mod := range []tea.KeyMod{tea.ModAlt, tea.ModCtrl} {
			keys = append(keys, tea.KeyPressMsg{Code: code, Mod: mod})
		}
	}
	return keys
}

func TestErasingTheLastLetterAsAWordIsNoEnd(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	uitest.Press(t, a, "ctrl+p", "a", "space", "b", "left")
	uitest.Send(t, a, tea.KeyPressMsg{Code: 'd', Mod: tea.ModAlt})
	uitest.WantShown(t, a, "› a ")
}
