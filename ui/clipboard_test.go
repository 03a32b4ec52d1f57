package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/term"
)

// copiedBy presses keys and gives what they put into the clipboard; "" when
// nothing was.
func copiedBy(t testing.TB, a *app, keys ...string) string {
	t.Helper()
	copied := ""
	for _, k := range keys {
		_, cmd := a.Update(keyPress(k))
		for cmds := []tea.Cmd{cmd}; len(cmds) > 0; cmds = cmds[1:] {
			if cmds[0] == nil {
				continue
			}
			msg := cmds[0]()
			if batch, ok := msg.(tea.BatchMsg); ok {
				cmds = append(cmds, batch...)
				continue
			}
			// Bubble Tea does not export its message; SetClipboard gives one to compare.
			if fmt.Sprintf("%T", msg) == fmt.Sprintf("%T", tea.SetClipboard("")()) {
				copied = fmt.Sprint(msg)
				continue
			}
			_, next := a.Update(msg)
			cmds = append(cmds, next)
		}
	}
	return copied
}

// numbered are that many short texts.
func numbered(n int) []corpus.Text {
	out := make([]corpus.Text, n)
	for i := range out {
		out[i].Text = fmt.Sprintf("text number %d", i+1)
	}
	return out
}

func TestCopyingOnEveryScreen(t *testing.T) {
	// The vectors of plane have two dimensions, whatever the candidates are called.
	matrix := "id\ttext\t1\t2\t3\n" +
		"1\ttext number 1\t1\t0\t-0.5\n2\ttext number 2\t0\t1\t0.866025\n3\ttext number 3\t-0.5\t0.866025\t1\n"
	pair := "1\ttext number 1\n2\ttext number 2\nlocal/glove@2\t0\nlocal/use-lite@2\t0.5\n"
	for _, tt := range []struct {
		screen string
		keys   []string
		want   string
		notice string
	}{
		{screenMatrix, []string{"y", "v"}, "0.000000", "Copied 0.000000: texts 1 and 2 under local/glove@100."},
		{screenMatrix, []string{"y", "y"}, "0.000000", "Copied 0.000000"},
		{screenMatrix, []string{"tab", "y", "v"}, "0.500000", "under local/use-lite@512"},
		{screenMatrix, []string{"y", "p"}, pair, "Copied the pair of texts 1 and 2 (69 bytes)."},
		{screenMatrix, []string{"y", "m"}, matrix, "Copied the 3×3 matrix of local/glove@100 ("},
		{screenMatrix, []string{"y", "down", "down", "enter"}, matrix, "Copied the 3×3 matrix"},
		{screenMatrix, []string{"d", "y", "d"}, "id\ttext\t1\t2\t3\n" +
			"1\ttext number 1\t0\t-0.5\t0\n2\ttext number 2\t-0.5\t0\t0.366025\n3\ttext number 3\t0\t0.366025\t0\n", "Copied the difference local/glove@100 − local/use-lite@512"},
		{screenMatrix, []string{"enter", "y"}, pair, "Copied the pair of texts 1 and 2"},
		{screenDuplicates, []string{"y", "p"}, "2\ttext number 2\n3\ttext number 3\nlocal/glove@2\t0.866025\nlocal/use-lite@2\t0.5\n", "Copied the pair of texts 2 and 3"},
		{screenDuplicates, []string{"y", "t"}, "a\tb\tlocal/glove@2\tlocal/use-lite@2\tduplicate\ttext_a\ttext_b\n" +
			"2\t3\t0.8660254\t0.499999987\tlocal/glove@2\ttext number 2\ttext number 3\n", "Copied 1 duplicate pair ("},
		{screenTexts, []string{"y", "t"}, "text number 1", "Copied text 1 (13 bytes)."},
		{screenTexts, []string{"y", "a"}, "text number 1\ntext number 2\ntext number 3\n", "Copied 3 texts (42 bytes)."},
		{screenModels, []string{"y", "c"}, "local/glove@100,local/use-lite@512", "Copied local/glove@100,local/use-lite@512."},
	} {
		t.Run(tt.screen+" "+strings.Join(tt.keys, " "), func(t *testing.T) {
			a := plane(t, 120, 30, map[string][]float64{glove: {0, 90, 120}, use: {0, 60, 120}})
			a.store.setThreshold("", 0.8)
			settle(t, a, a.refresh())
			a.setScreen(tt.screen)
			a.store.setCursor(0, 1)
			settle(t, a, a.refresh())
			if got := copiedBy(t, a, tt.keys...); got != tt.want {
				t.Errorf("copied is %q, want %q", got, tt.want)
			}
			wantNotice(t, a, tt.notice)
			if tt.keys[0] != "enter" && a.top() != nil {
				t.Error("the menu stays open")
			}
		})
	}
}

func TestCopyingAModel(t *testing.T) {
	a := settled(t, 100, 30, optionsWith(t, numbered(3), "local/glove@50", "local/glove@100"))
	press(t, a, "1", "/")
	letters(t, a, "glove")
	press(t, a, "enter")
	if got := copiedBy(t, a, "y", "r"); got != "local/glove@50,local/glove@100" {
		t.Errorf("a model that takes part twice is copied as %q", got)
	}
	press(t, a, "esc", "/")
	letters(t, a, "use-lite")
	press(t, a, "enter")
	if got := copiedBy(t, a, "y", "r"); got != "local/use-lite@512" {
		t.Errorf("a model that takes no part is copied as %q", got)
	}
	table := copiedBy(t, a, "y", "t")
	if n := strings.Count(table, "\n"); n != 2 || !strings.HasPrefix(table, "id\tprovider\tmodel\t") || !strings.Contains(table, "\nlocal/use-lite\tlocal\tuse-lite\t") {
		t.Errorf("the filtered table is copied as %q", table)
	}
	wantNotice(t, a, "Copied the table of 1 model (")
}

func TestWhatIsTooLargeToCopyCanBeExported(t *testing.T) {
	a := settled(t, 80, 24, optionsWith(t, numbered(200), "local/ngrams@64"))
	if got := copiedBy(t, a, "y", "m"); got != "" {
		t.Fatalf("%d bytes were copied", len(got))
	}
	wantShown(t, a, "Too large to copy: the 200×200 matrix of local/ngrams@64", "Only 75.0 kB", "e export it to a file")
	press(t, a, "e")
	wantShown(t, a, "Export the 200×200 matrix of local/ngrams@64", "vecscope-matrix-ngrams@64.csv")
	press(t, a, "esc")

	long := textsApp(t, 80, 24, optionsWith(t, texts(strings.Repeat("a", clipboardLimit), strings.Repeat("b", clipboardLimit+1)), "local/ngrams@64"))
	if got := copiedBy(t, long, "y", "t"); len(got) != clipboardLimit {
		t.Errorf("of the longest text that fits %d bytes were copied", len(got))
	}
	press(t, long, "j")
	if got := copiedBy(t, long, "y", "t"); got != "" {
		t.Errorf("of a longer text %d bytes were copied", len(got))
	}
	wantShown(t, long, "Too large to copy: text 2")
}

func TestCopyingSaysOfTextsThatSpreadsheetsWouldCompute(t *testing.T) {
	a := settled(t, 80, 24, optionsWith(t, texts("=1+1", "two"), "local/ngrams@64"))
	if got := copiedBy(t, a, "y", "p"); !strings.Contains(got, "\t'=1+1\n") {
		t.Errorf("the pair is copied as %q", got)
	}
	wantNotice(t, a, "1 text that a spreadsheet would compute got an apostrophe in front.")
	press(t, a, "2")
	if got := copiedBy(t, a, "y", "t"); got != "=1+1" {
		t.Errorf("the text itself is copied as %q", got)
	}
}

func TestNothingToCopyOrExportSaysWhy(t *testing.T) {
	s := newShop()
	s.fails = map[string]error{"bad": fmt.Errorf("the server is on holiday")}
	unpaid := shopOptions(t, s, "shop/good@4")
	for name, tt := range map[string]struct {
		o      Options
		screen string
		reason string
	}{
		"no candidates":       {optionsWith(t, numbered(3)), screenMatrix, "no candidates: choose some on Models"},
		"no texts":            {optionsWith(t, nil, use), screenMatrix, "needs a text"},
		"no key":              {optionsWith(t, numbered(3), "nanogpt/BAAI/bge-m3@1024"), screenMatrix, "bge-m3@1024 has no result: needs key: set NANOGPT_API_KEY"},
		"not paid":            {unpaid, screenMatrix, "good@4 has no result: not embedded yet: E shows its cost"},
		"no pair":             {optionsWith(t, numbered(1), use), screenDuplicates, "there is no pair in the list"},
		"no texts to take":    {optionsWith(t, nil, use), screenTexts, "no texts yet"},
		"nothing spent":       {optionsWith(t, nil), screenUsage, "nothing was spent yet"},
		"results not present": {optionsWith(t, nil, use), screenDuplicates, "no texts: add some on Texts"},
	} {
		t.Run(name, func(t *testing.T) {
			a := settled(t, 100, 30, tt.o)
			a.setScreen(tt.screen)
			export := "e"
			if tt.screen == screenTexts {
				export = "X"
			}
			for _, key := range []string{"y", export} {
				if got := copiedBy(t, a, key); got != "" || a.top() != nil {
					t.Errorf("%s copies %q", key, got)
				}
				wantNotice(t, a, tt.reason)
			}
		})
	}
}

func TestWhileACandidateIsAtWorkOnlyTheOthersAreTaken(t *testing.T) {
	s := newShop()
	s.holds = make(chan struct{})
	term := start(t, 100, 30, shopOptions(t, s, "local/glove@100", "shop/good@4"))
	term.waitFor("not embedded yet")
	term.pay()
	term.waitFor("Working", "good@4")
	term.press("y", "a")
	term.waitFor("all matrices: good@4 is still at work; esc stops it")
	term.press("m")
	term.waitFor("Copied the 3×3 matrix of local/glove@100")
	term.press("e", "p")
	term.waitFor("every pair with all values: good@4 is still at work")
	close(s.holds)
	term.waitFor("background: mean 0.95")
	term.press("p")
	term.waitFor("Export all 3 pairs")
}

func TestWhatWasStoppedHalfwayIsCopiedAndToldOf(t *testing.T) {
	s := newShop()
	s.holds = make(chan struct{})
	term := start(t, 100, 30, shopOptions(t, s, "shop/good@4"))
	term.waitFor("not embedded yet")
	term.pay()
	term.waitFor("Working")
	term.press("esc")
	term.waitFor("Stop?")
	term.press("y")
	term.waitFor("stopped at 1 of 3 texts")
	term.press("y", "m")
	term.waitFor("Copied the 3×3 matrix of shop/good@4 without 2 texts")
	term.waitCopied("id\ttext\t1\t2\t3\n1\tone\t1\t\t\n2\ta second text\t\t\t\n3\tand the third\t\t\t\n")
}

func TestAPairOfChangedTextsIsNotCopied(t *testing.T) {
	a := settled(t, 100, 30, optionsWith(t, numbered(3), use))
	openPair(t, a, 0, 1)
	send(t, a, openTexts(a, "other.txt", texts("one", "two")...))
	if got := copiedBy(t, a, "y"); got != "" {
		t.Errorf("%q was copied", got)
	}
	wantNotice(t, a, "copy the pair: these texts were changed meanwhile")
}

func TestMenusFitEveryWindow(t *testing.T) {
	a := settled(t, 80, 24, optionsWith(t, hostile, "local/use-lite@512", "local/glove@50", "nanogpt/BAAI/bge-m3@1024"))
	press(t, a, "d")
	for _, z := range []size{{40, 10}, {60, 15}, {80, 24}, {200, 60}} {
		send(t, a, windowSize(z))
		for _, shown := range a.screens {
			id := shown.describe().id
			for _, key := range []string{"y", "e", "X"} {
				if id == screenTexts && key == "e" || id == screenUsage {
					continue
				}
				a.setScreen(id)
				press(t, a, key)
				checkFrame(t, a.draw(), z)
				press(t, a, "down", "G", "up", "?")
				checkFrame(t, a.draw(), z)
				for a.top() != nil {
					press(t, a, "esc")
				}
			}
		}
	}
}

func TestAMenuSaysWhatItTakes(t *testing.T) {
	a := settled(t, 80, 24, optionsWith(t, numbered(3), "local/ngrams@64"))
	press(t, a, "y", "x")
	wantNotice(t, a, "The box takes v, p, m, a or esc.")
	x, y := position(t, a, "the pair: texts 1 and 2")
	send(t, a, click(x, y))
	wantNotice(t, a, "Copied the pair of texts 1 and 2")
}

// position is where a text stands in the window.
func position(t *testing.T, a *app, text string) (x, y int) {
	t.Helper()
	for y, l := range strings.Split(plain(a), "\n") {
		if at := strings.Index(l, text); at >= 0 {
			return term.Width(l[:at]), y
		}
	}
	t.Fatalf("%q is not shown:\n%s", text, plain(a))
	return 0, 0
}
