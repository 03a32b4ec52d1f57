package widget

import (
	"math/rand/v2"
	"strings"
	"testing"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// typed gives the field keys: named ones, and all else as the letter.
func typed(in Input, keys ...tea.KeyPressMsg) Input {
	for _, k := range keys {
		in, _ = in.Update(k)
	}
	return in
}

func letters(s string) (keys []tea.KeyPressMsg) {
	for _, r := range s {
		keys = append(keys, tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return keys
}

var (
	keyLeft       = tea.KeyPressMsg{Code: tea.KeyLeft}
	keyTab        = tea.KeyPressMsg{Code: tea.KeyTab}
	keyHome       = tea.KeyPressMsg{Code: tea.KeyHome}
	keyEraseWord  = tea.KeyPressMsg{Code: 'd', Mod: tea.ModAlt}
	keyDeleteWord = tea.KeyPressMsg{Code: tea.KeyDelete, Mod: tea.ModCtrl}
)

func testInput() Input { return NewInput(theme.New(true, colorprofile.TrueColor), "nothing yet") }

func TestErasingAWordForward(t *testing.T) {
	for _, c := range []struct {
		text       string
		left       int
		want       string
		wantCursor int
	}{
		{"a b", 1, "a ", 2},
		{"a b", 2, "a", 1},
		{"a b", 0, "a b", 3},
		{"one two  three", 11, "one  three", 3},
		{"one two  three", 14, " two  three", 0},
		{"trailing   ", 3, "trailing", 8},
		{"漢字 かな", 1, "漢字 か", 4},
	} {
		for _, k := range []tea.KeyPressMsg{keyEraseWord, keyDeleteWord} {
			in := typed(testInput(), letters(c.text)...)
			for range c.left {
				in = typed(in, keyLeft)
			}
			in = typed(in, k)
			if in.Value() != c.want || in.Position() != c.wantCursor {
				t.Errorf("%q, %d to the left, is then %q with the cursor at %d, not %q at %d", c.text, c.left, in.Value(), in.Position(), c.want, c.wantCursor)
			}
		}
	}
}

func TestWhatIsHiddenIsErasedToItsEnd(t *testing.T) {
	in := testInput()
	in.EchoMode = textinput.EchoPassword
	in = typed(in, letters("two words")...)
	if in = typed(in, keyHome, keyEraseWord); in.Value() != "" {
		t.Errorf("erasing a word of what nobody sees tells where it ends: %q is left", in.Value())
	}
}

func TestTabAfterAPasteTakesNoStaleSuggestion(t *testing.T) {
	in := testInput()
	in.ShowSuggestions = true
	in.SetSuggestions([]string{"group"})
	in = typed(in, letters("gr")...)
	in, _ = in.Update(tea.PasteMsg{Content: "and more than that"})
	if in = typed(in, keyTab); in.Value() != "grand more than that" {
		t.Errorf("tab made %q of it", in.Value())
	}
	in.SetValue("gr")
	if in = typed(in, keyTab); in.Value() != "group" {
		t.Errorf("tab made %q of gr", in.Value())
	}
	in.Reset()
	if in = typed(in, keyTab); in.Value() != "" {
		t.Errorf("tab made %q of nothing", in.Value())
	}
}

// editingKeys are all keys with which a line is edited, and some letters.
func editingKeys() []tea.KeyPressMsg {
	keys := letters("a b  é漢\u0301ก\u0e33👍x")
	for _, code := range []rune{tea.KeyLeft, tea.KeyRight, tea.KeyUp, tea.KeyDown, tea.KeyHome, tea.KeyEnd, tea.KeyDelete, tea.KeyBackspace, tea.KeyTab} {
		for _, mod := range []tea.KeyMod{0, tea.ModAlt, tea.ModCtrl, tea.ModShift} {
			keys = append(keys, tea.KeyPressMsg{Code: code, Mod: mod})
		}
	}
	for code := 'a'; code <= 'z'; code++ {
		if code != 'v' { // reads the clipboard of whoever runs the tests
			keys = append(keys, tea.KeyPressMsg{Code: code, Mod: tea.ModCtrl}, tea.KeyPressMsg{Code: code, Mod: tea.ModAlt})
		}
	}
	return keys
}

func TestNoEditingKeyBreaksAField(t *testing.T) {
	keys := editingKeys()
	for seed := range uint64(40) {
		random := rand.New(rand.NewPCG(seed, 1))
		in := testInput()
		if seed%2 == 0 {
			in.ShowSuggestions = true
			in.SetSuggestions([]string{"a b", "ab", "a b é", "漢字かな", "x"})
		}
		var did []string
		for range 400 {
			k := keys[random.IntN(len(keys))]
			switch random.IntN(40) {
			case 0:
				did = append(did, "paste")
				in, _ = in.Update(tea.PasteMsg{Content: "pasted\twords\n\x1b[31m"})
			case 1:
				in.SetWidth(random.IntN(20))
			default:
				did = append(did, k.String())
				in, _ = in.Update(k)
			}
			w := 1 + random.IntN(30)
			if got := InputLine(in, w); term.Width(got) != w {
				t.Fatalf("after %q the line is %d columns wide, not %d: %q", did, term.Width(got), w, got)
			}
		}
	}
}

// A field whose text is longer than it tells at which end more of it is.
func TestAFieldMarksTheEndsBehindWhichItsTextGoesOn(t *testing.T) {
	in := testInput()
	in.SetWidth(12)
	in.SetValue("how do I get my money back?")
	in.CursorEnd()
	line := func() string { return strings.TrimRight(ansi.Strip(InputLine(in, 16)), " ") }
	if got := line(); !strings.HasPrefix(got, "› …") || !strings.HasSuffix(got, "back?") {
		t.Errorf("at the end %q", got)
	}
	in.CursorStart()
	if got := line(); !strings.HasPrefix(got, "› how do") || !strings.HasSuffix(got, term.Ellipsis) {
		t.Errorf("at the beginning %q", got)
	}
	in.SetValue("short")
	if got := line(); got != "› short" {
		t.Errorf("a short text %q", got)
	}
}

func TestAFieldShowsNothingThatDisturbsATerminal(t *testing.T) {
	in := testInput()
	in.SetValue("a\u202eb\u200bc\x1b[31md")
	if got := strings.TrimRight(ansi.Strip(InputLine(in, 20)), " "); got != "› abcd" && got != "› abc[31md" {
		t.Errorf("it is shown as %q", got)
	}
	in.SetWidth(5)
	in.SetValue("abcde")
	in.CursorStart()
	if got := strings.TrimRight(ansi.Strip(InputLine(in, 8)), " "); got != "› abcde" {
		t.Errorf("a text that fits exactly is %q", got)
	}
}
