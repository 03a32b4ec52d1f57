package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// monkey uses the explorer without sense or patience: commands end in any order,
// long after the next keys.
type monkey struct {
	t       *testing.T
	a       *shell.App
	options shell.Options
	random  *rand.Rand
	keys    []tea.KeyPressMsg
	pending []tea.Cmd
	did     []string
}

var monkeySizes = []ui.Size{{W: 40, H: 10}, {W: 47, H: 11}, {W: 60, H: 15}, {W: 80, H: 24}, {W: 100, H: 30}, {W: 200, H: 60}, {W: 10, H: 5}, {W: 59, H: 13}}

// monkeyKeys are all keys that mean anything, and some letters.
func monkeyKeys(a *shell.App) []tea.KeyPressMsg {
	var out []tea.KeyPressMsg
	for _, k := range slices.Sorted(maps.Keys(uitest.NamedKeys)) {
		out = append(out, uitest.KeyPress(k))
	}
	actions := a.Globals()
	for _, s := range a.Screens() {
		actions = append(actions, s.Actions()...)
	}
	for _, act := range actions {
		for _, k := range act.Key.Keys() {
			out = append(out, uitest.KeyPress(k))
		}
	}
	for _, r := range "12345678ynpPOXbatmfe0.,é宽 " { // of boxes and fields, too
		out = append(out, uitest.KeyPress(string(r)))
	}
	return out
}

func (m *monkey) step() {
	choice := m.random.IntN(100)
	switch {
	case choice < 55:
		k := m.keys[m.random.IntN(len(m.keys))]
		m.give(k.String(), k)
	case choice < 62:
		s := monkeySizes[m.random.IntN(len(monkeySizes))]
		m.give(fmt.Sprint(s), uitest.WindowSize(s))
	case choice < 72:
		x, y := m.random.IntN(max(m.a.Window().W, 1)), m.random.IntN(max(m.a.Window().H, 1))
		m.give(fmt.Sprintf("click %d %d", x, y), uitest.Click(x, y))
	case choice < 76:
		x, y := m.random.IntN(max(m.a.Window().W, 1)), m.random.IntN(max(m.a.Window().H, 1))
		m.give("wheel", tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelDown})
	case choice < 78:
		pastes := []string{"one", "two\nlines", "a\n\n\nb\nc\x1b[31m", "", "\n"}
		m.give("paste", tea.PasteMsg{Content: pastes[m.random.IntN(len(pastes))]})
	case choice < 80:
		texts := make([]corpus.Text, m.random.IntN(12))
		for i := range texts {
			texts[i] = corpus.Text{Text: fmt.Sprintf("text %d of %d\x1b]0;x\a", i, m.random.IntN(5)), Group: []string{"", "a", "b"}[m.random.IntN(3)]}
		}
		m.give(fmt.Sprintf("open %d", len(texts)), uitest.OpenTexts(m.a, "f.txt", texts...))
	default:
		m.work()
	}
}

// work lets one of the commands end.
func (m *monkey) work() {
	if len(m.pending) == 0 {
		return
	}
	i := m.random.IntN(len(m.pending))
	cmd := m.pending[i]
	m.pending = append(m.pending[:i], m.pending[i+1:]...)
	switch msg := cmd().(type) {
	case nil, tea.SuspendMsg:
	case tea.BatchMsg:
		for _, c := range msg {
			if c != nil {
				m.pending = append(m.pending, c)
			}
		}
	default:
		m.give(fmt.Sprintf("%T", msg), msg)
	}
}

// restart opens the explorer again after it was left, as it was left.
func (m *monkey) restart() {
	o := m.options
	o.State = m.a.State()
	m.pending = nil
	m.a = settled(m.t, 100, 30, o)
}

func (m *monkey) give(what string, msg tea.Msg) {
	m.did = append(m.did, what)
	before := remembered(m.t, m.a)
	m.a.Session.MarkSaved()
	_, cmd := m.a.Update(msg)
	if !m.a.Session.Unsaved() && !m.a.Quitting() && remembered(m.t, m.a) != before {
		m.t.Errorf("what would be remembered has changed, and nothing saves it:\n%s\nbefore\n%s", remembered(m.t, m.a), before)
	}
	if cmd != nil {
		m.pending = append(m.pending, cmd)
	}
	if m.a.Quitting() {
		m.restart()
	}
	first, second := strings.Split(m.a.Draw(), "\n"), strings.Split(m.a.Draw(), "\n")
	for i := range first {
		if first[i] != second[i] {
			m.t.Errorf("drawn twice line %d is %q, then %q", i+1, first[i], second[i])
		}
	}
	if !m.a.TooSmall() {
		uitest.CheckFrame(m.t, strings.Join(first, "\n"), m.a.Window())
	}
	uitest.CheckNobodyWaitsForNothing(m.t, m.a.Session)
	if m.t.Failed() {
		m.t.Fatalf("after %q", m.did[max(len(m.did)-12, 0):])
	}
}

// remembered is what would be written now.
func remembered(t *testing.T, a *shell.App) string {
	t.Helper()
	written, err := json.Marshal(a.State())
	if err != nil {
		t.Fatal(err)
	}
	return string(written)
}

func TestNothingThatAPersonDoesBreaksAFrame(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			letLoose(t, seed, uitest.OptionsWith(t, uitest.Hostile, "local/ngrams@64", "local/glove@100", "local/ngrams@256"))
		})
	}
}

// moody is a shop that often breaks off, and whose vectors change their length.
type moody struct {
	*uitest.Shop
	random *rand.Rand
}

func (m *moody) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	switch m.random.IntN(8) {
	case 0, 1, 2:
		m.After, m.Meanwhile, m.Breaks = 1, func() {}, errors.New("it broke off")
	case 3:
		m.Length = 2 + m.random.IntN(5)
	}
	return m.Shop.Embed(ctx, req)
}

func TestNothingThatAPersonDoesLeavesACandidateWaitingForNothing(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			s := uitest.NewShop()
			o := uitest.ShopOptions(t, s, "shop/good@4", "local/ngrams@64", "shop/bad@2", "shop/good@3")
			o.Engine.Providers["shop"] = &moody{Shop: s, random: rand.New(rand.NewPCG(seed, 3))}
			letLoose(t, seed, o)
		})
	}
}

// letLoose starts the explorer and lets a monkey use it.
func letLoose(t *testing.T, seed uint64, o shell.Options) {
	t.Chdir(t.TempDir()) // it exports, too
	a := uitest.Settled(t, 100, 30, o, further)
	m := &monkey{t: t, a: a, options: o, random: rand.New(rand.NewPCG(seed, 1)), keys: monkeyKeys(a)}
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("after %q", m.did[max(len(m.did)-12, 0):])
			panic(r)
		}
	}()
	for range 400 {
		m.step()
	}
	uitest.Settle(t, m.a, m.pending...)
	a = m.a
	uitest.CheckNobodyWaitsForNothing(t, a.Session)
	if a.Session.Busy() || a.Session.Requests().Open() > 0 || a.Session.Payments().Ledger().Committed() != a.Session.Payments().Ledger().Spent() {
		t.Errorf("when all has ended the job is %v, %d are asked, under way is %v", a.Session.Pending(), a.Session.Requests().Open(), a.Session.Payments().Ledger().Committed())
	}
}
