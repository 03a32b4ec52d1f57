package export_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/screens/duplicates"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/screens/models"
	"github.com/vecscope/vecscope/ui/screens/texts"
	"github.com/vecscope/vecscope/ui/screens/usage"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestCopyingOnEveryScreen(t *testing.T) {
	// The vectors of plane have two dimensions, whatever the candidates are called.
	matrix := "id\ttext\t1\t2\t3\n" +
		"1\ttext number 1\t1\t0\t-0.500001\n2\ttext number 2\t0\t1\t0.866025\n3\ttext number 3\t-0.500001\t0.866025\t1\n"
	pair := "1\ttext number 1\n2\ttext number 2\nlocal/glove@2\t0\nlocal/use-lite@2\t0.5\n"
	for _, tt := range []struct {
		screen string
		keys   []string
		want   string
		notice string
	}{
		{matrices.ID, []string{"y", "v"}, "0.000000", "Copied 0.000000: texts 1 and 2 under local/glove@100."},
		{matrices.ID, []string{"y", "y"}, "0.000000", "Copied 0.000000"},
		{matrices.ID, []string{"tab", "y", "v"}, "0.500000", "under local/use-lite@512"},
		{matrices.ID, []string{"y", "b"}, pair, "Copied the pair of texts 1 and 2 (69 bytes)."},
		{matrices.ID, []string{"y", "m"}, matrix, "Copied the 3×3 matrix of local/glove@100 ("},
		{matrices.ID, []string{"y", "down", "down", "enter"}, matrix, "Copied the 3×3 matrix"},
		{matrices.ID, []string{"f", "y", "f"}, "id\ttext\t1\t2\t3\n" +
			"1\ttext number 1\t0\t-0.923315\t0.31197\n2\ttext number 2\t-0.923315\t0\t0.611344\n3\ttext number 3\t0.31197\t0.611344\t0\n", "Copied the difference local/glove@100 − local/use-lite@512, in standard deviations"},
		{matrices.ID, []string{"f", "|", "y", "f"}, "id\ttext\t1\t2\t3\n" +
			"1\ttext number 1\t0\t-0.5\t0\n2\ttext number 2\t-0.5\t0\t0.366025\n3\ttext number 3\t0\t0.366025\t0\n", "Copied the difference local/glove@100 − local/use-lite@512, of raw similarities"},
		{matrices.ID, []string{"enter", "y"}, pair, "Copied the pair of texts 1 and 2"},
		{duplicates.ID, []string{"y", "b"}, "2\ttext number 2\n3\ttext number 3\nlocal/glove@2\t0.866025\nlocal/use-lite@2\t0.499999\n", "Copied the pair of texts 2 and 3"},
		{duplicates.ID, []string{"y", "t"}, "a\tb\tlocal/glove@2\tlocal/use-lite@2\tduplicate\ttext_a\ttext_b\n" +
			"2\t3\t0.866025399\t0.499999986\tlocal/glove@2\ttext number 2\ttext number 3\n", "Copied 1 duplicate pair ("},
		{texts.ID, []string{"y", "t"}, "text number 1", "Copied text 1 (13 bytes)."},
		{texts.ID, []string{"y", "a"}, "text number 1\ntext number 2\ntext number 3\n", "Copied 3 texts (42 bytes)."},
		{models.ID, []string{"y", "c"}, "local/glove@100,local/use-lite@512", "Copied local/glove@100,local/use-lite@512."},
	} {
		t.Run(tt.screen+" "+strings.Join(tt.keys, " "), func(t *testing.T) {
			a := plane(t, 120, 30, map[string][]float64{uitest.Glove: {0, 90, 120}, uitest.Use: {0, 60, 120}})
			a.Session.Thresholds().Set("", 0.8)
			uitest.Settle(t, a, a.Refresh())
			a.SetScreen(tt.screen)
			a.Session.SetCursor(0, 1)
			uitest.Settle(t, a, a.Refresh())
			if got := uitest.CopiedBy(t, a, tt.keys...); got != tt.want {
				t.Errorf("copied is %q, want %q", got, tt.want)
			}
			uitest.WantNotice(t, a, tt.notice)
			if tt.keys[0] != "enter" && a.Top() != nil {
				t.Error("the menu stays open")
			}
		})
	}
}

func TestCopyingAModel(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Numbered(3), "local/glove@50", "local/glove@100"))
	uitest.Press(t, a, "1", "/")
	uitest.Letters(t, a, "glove")
	uitest.Press(t, a, "enter")
	if got := uitest.CopiedBy(t, a, "y", "r"); got != "local/glove@50,local/glove@100" {
		t.Errorf("a model that takes part twice is copied as %q", got)
	}
	uitest.Press(t, a, "esc", "/")
	uitest.Letters(t, a, "use-lite")
	uitest.Press(t, a, "enter")
	if got := uitest.CopiedBy(t, a, "y", "r"); got != "local/use-lite@512" {
		t.Errorf("a model that takes no part is copied as %q", got)
	}
	table := uitest.CopiedBy(t, a, "y", "t")
	if n := strings.Count(table, "\n"); n != 2 || !strings.HasPrefix(table, "id\tprovider\tmodel\t") || !strings.Contains(table, "\nlocal/use-lite\tlocal\tuse-lite\t") {
		t.Errorf("the filtered table is copied as %q", table)
	}
	uitest.WantNotice(t, a, "Copied the table of 1 model (")
}

func TestWhatIsTooLargeToCopyCanBeExported(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Numbered(200), "local/ngrams@64"))
	if got := uitest.CopiedBy(t, a, "y", "m"); got != "" {
		t.Fatalf("%d bytes were copied", len(got))
	}
	uitest.WantShown(t, a, "Too large to copy: the 200×200 matrix of local/ngrams@64", "Only 75.0 kB", "X export it to a file")
	uitest.Press(t, a, "X")
	uitest.WantShown(t, a, "Export the 200×200 matrix of local/ngrams@64", "vecscope-matrix-ngrams@64.csv")
	uitest.Press(t, a, "esc")

	long := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts(strings.Repeat("a", export.ClipboardLimit), strings.Repeat("b", export.ClipboardLimit+1)), "local/ngrams@64"))
	if got := uitest.CopiedBy(t, long, "y", "t"); len(got) != export.ClipboardLimit {
		t.Errorf("of the longest text that fits %d bytes were copied", len(got))
	}
	uitest.Press(t, long, "j")
	if got := uitest.CopiedBy(t, long, "y", "t"); got != "" {
		t.Errorf("of a longer text %d bytes were copied", len(got))
	}
	uitest.WantShown(t, long, "Too large to copy: text 2")
}

func TestWhatDoesNotFitIntoTheClipboardIsSaidWhereNoBoxMayOpen(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts(strings.Repeat("b", export.ClipboardLimit+1)), "local/ngrams@64"))
	uitest.Press(t, a, "y")
	_, copying := a.Update(uitest.KeyPress("t"))
	uitest.Press(t, a, "?") // something else was opened meanwhile
	uitest.Settle(t, a, copying)
	uitest.WantNotice(t, a, "Not copied: text 1 takes more than the 75.0 kB that fit into a clipboard; a file takes it.")

	d := export.Dialog{Context: &a.Context}
	for length, copied := range map[int]bool{export.ClipboardLimit: true, export.ClipboardLimit + 1: false} {
		cmd := d.CopyCommand(ui.Command{Args: []string{strings.Repeat("c", length-len("vecscope "))}})
		if (cmd != nil) != copied || strings.Contains(a.Notice().Text, "Not copied") == copied {
			t.Errorf("of a command of %d bytes it says %.80q", length, a.Notice().Text)
		}
	}
}

func TestCopyingSaysOfTextsThatSpreadsheetsWouldCompute(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("=1+1", "two"), "local/ngrams@64"))
	if got := uitest.CopiedBy(t, a, "y", "b"); !strings.Contains(got, "\t'=1+1\n") {
		t.Errorf("the pair is copied as %q", got)
	}
	uitest.WantNotice(t, a, "1 text that a spreadsheet would compute got an apostrophe in front.")
	uitest.Press(t, a, "2")
	if got := uitest.CopiedBy(t, a, "y", "t"); got != "=1+1" {
		t.Errorf("the text itself is copied as %q", got)
	}
}

func TestNothingToCopyOrExportSaysWhy(t *testing.T) {
	s := uitest.NewShop()
	s.Fails = map[string]error{"bad": fmt.Errorf("the server is on holiday")}
	unpaid := uitest.ShopOptions(t, s, "shop/good@4")
	for name, tt := range map[string]struct {
		o      shell.Options
		screen string
		reason string
	}{
		"no candidates":       {uitest.OptionsWith(t, uitest.Numbered(3)), matrices.ID, "no models: select some on Models"},
		"no texts":            {uitest.OptionsWith(t, nil, uitest.Use), matrices.ID, "needs a text"},
		"no key":              {uitest.OptionsWith(t, uitest.Numbered(3), "nanogpt/BAAI/bge-m3@1024"), matrices.ID, "bge-m3@1024 has no result: needs key: set NANOGPT_API_KEY"},
		"not paid":            {unpaid, matrices.ID, "good@4 has no result: not embedded yet: E shows its cost"},
		"no pair":             {uitest.OptionsWith(t, uitest.Numbered(1), uitest.Use), duplicates.ID, "there is no pair in the list"},
		"no texts to take":    {uitest.OptionsWith(t, nil, uitest.Use), texts.ID, "no texts yet"},
		"nothing spent":       {uitest.OptionsWith(t, nil), usage.ID, "nothing was spent yet"},
		"results not present": {uitest.OptionsWith(t, nil, uitest.Use), duplicates.ID, "no texts: add some on Texts"},
	} {
		t.Run(name, func(t *testing.T) {
			a := settled(t, 100, 30, tt.o)
			a.SetScreen(tt.screen)
			for _, key := range []string{"y", "X"} {
				if got := uitest.CopiedBy(t, a, key); got != "" || a.Top() != nil {
					t.Errorf("%s copies %q", key, got)
				}
				uitest.WantNotice(t, a, tt.reason)
			}
		})
	}
}

func TestWhileACandidateIsAtWorkOnlyTheOthersAreTaken(t *testing.T) {
	for _, tt := range []struct {
		candidates []string
		keys       []string // to the one that has a result
	}{
		{[]string{"local/glove@100", "shop/good@4"}, nil},
		{[]string{"shop/good@4", "local/glove@100"}, []string{"tab"}},
	} {
		t.Run(tt.candidates[0], func(t *testing.T) {
			s := uitest.NewShop()
			s.Holds = make(chan struct{})
			term := start(t, 100, 30, uitest.ShopOptions(t, s, tt.candidates...))
			term.WaitFor("not embedded yet")
			term.Pay()
			term.WaitFor("Working", "good@4")
			term.Press(tt.keys...)
			term.Press("y", "a")
			term.WaitFor("all matrices: good@4 is still at work; esc stops it")
			term.Press("m")
			term.WaitFor("Copied the 3×3 matrix of local/glove@100")
			term.Press("X", "t")
			term.WaitFor("every pair with all values: good@4 is still at work")
			close(s.Holds)
			term.WaitFor("mean 0.95")
			term.Press("t")
			term.WaitFor("Export all 3 pairs")
		})
	}
}

func TestWhatWasStoppedHalfwayIsCopiedAndToldOf(t *testing.T) {
	s := uitest.NewShop()
	s.Holds = make(chan struct{})
	term := start(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	term.WaitFor("not embedded yet")
	term.Pay()
	term.WaitFor("Working")
	term.Press("esc")
	term.WaitFor("Stop?")
	term.Press("y")
	term.WaitFor("stopped at 1 of 3 texts")
	term.Press("y", "m")
	term.WaitFor("Copied the 3×3 matrix of shop/good@4 without 2 texts")
	term.WaitCopied("id\ttext\t1\t2\t3\n1\tone\t1\t\t\n2\ta second text\t\t\t\n3\tand the third\t\t\t\n")
}

func TestAPairOfChangedTextsIsNotCopied(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Numbered(3), uitest.Use))
	uitest.OpenPair(t, a, 0, 1)
	uitest.Send(t, a, uitest.OpenTexts(a, "other.txt", uitest.Texts("one", "two")...))
	if got := uitest.CopiedBy(t, a, "y"); got != "" {
		t.Errorf("%q was copied", got)
	}
	uitest.WantNotice(t, a, "copy the pair: these texts were changed meanwhile")
}

func TestMenusFitEveryWindow(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Hostile, "local/use-lite@512", "local/glove@50", "nanogpt/BAAI/bge-m3@1024"))
	uitest.Press(t, a, "f")
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 60, H: 15}, {W: 80, H: 24}, {W: 200, H: 60}} {
		uitest.Send(t, a, uitest.WindowSize(z))
		for _, shown := range a.Screens() {
			id := shown.Info().ID
			for _, key := range []string{"y", "X"} {
				if id == usage.ID {
					continue
				}
				a.SetScreen(id)
				uitest.Press(t, a, key)
				uitest.CheckFrame(t, a.Draw(), z)
				uitest.Press(t, a, "down", "G", "up", "?")
				uitest.CheckFrame(t, a.Draw(), z)
				for a.Top() != nil {
					uitest.Press(t, a, "esc")
				}
			}
		}
	}
}

func TestAMenuSaysWhatItTakes(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Numbered(3), "local/ngrams@64"))
	uitest.Press(t, a, "y", "x")
	uitest.WantNotice(t, a, "Press v, b, m, a or esc.")
	x, y := position(t, a, "the pair: texts 1 and 2")
	uitest.Send(t, a, uitest.Click(x, y))
	uitest.WantNotice(t, a, "Copied the pair of texts 1 and 2")
}

// position is where a text stands in the window.
func position(t *testing.T, a *shell.App, text string) (x, y int) {
	t.Helper()
	for y, l := range strings.Split(uitest.Plain(a), "\n") {
		if at := strings.Index(l, text); at >= 0 {
			return term.Width(l[:at]), y
		}
	}
	t.Fatalf("%q is not shown:\n%s", text, uitest.Plain(a))
	return 0, 0
}
