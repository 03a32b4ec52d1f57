package app

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui/uitest"
)

// progressSequences are the terminal's progress bar as the program set it, the
// oldest first: "1;33", and "0" where it was taken away.
func progressSequences(written string) []string {
	var out []string
	for _, part := range strings.Split(written, "\x1b]9;4;")[1:] {
		end := strings.IndexAny(part, "\a\x1b")
		out = append(out, part[:max(end, 0)])
	}
	return out
}

func TestProgressIsSetWhileEmbeddingAndClearedAfterwards(t *testing.T) {
	for _, ending := range []string{"done", "stopped", "quit"} {
		t.Run(ending, func(t *testing.T) {
			s := uitest.NewShop()
			s.Holds = make(chan struct{})
			term := start(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
			term.WaitFor("not embedded yet")
			term.Press("E")
			term.WaitFor("p pay and embed")
			term.Press("p")
			term.WaitFor("1 of 3")
			term.Until(func(string) bool {
				return strings.Contains(term.Output.Written(), "\x1b]9;4;1;33")
			}, "to have set the progress")
			switch ending {
			case "done":
				close(s.Holds)
				term.WaitFor("background")
			case "stopped":
				term.Press("esc")
				term.WaitFor("Stop?")
				term.Press("y")
				term.WaitFor("Stopped")
			}
			if ending == "quit" {
				term.Program.Quit()
			} else {
				term.Press("q")
			}
			if err := term.End(); err != nil {
				t.Fatal(err)
			}
			set := progressSequences(term.Output.Written())
			if last := set[len(set)-1]; last != "0" && !strings.HasPrefix(last, "0;") {
				t.Errorf("at the end the progress is %q, after %q", last, set)
			}
		})
	}
}

func TestWindowTitleNamesTheScreenAndIsTakenAway(t *testing.T) {
	term := start(t, 100, 30, uitest.LocalOptions(t))
	term.WaitFor("AUC")
	for k, name := range map[string]string{"1": "Models", "2": "Texts", "4": "Duplicates", "5": "Search", "6": "Verdict", "7": "Usage", "3": "Matrices"} {
		term.Press(k)
		title := ansi.SetWindowTitle("vecscope: " + name)
		term.Until(func(string) bool { return strings.Contains(term.Output.Written(), title) }, "to have the title %s", name)
	}
	term.Press("q")
	if err := term.End(); err != nil {
		t.Fatal(err)
	}
	written := term.Output.Written()
	if last := strings.LastIndex(written, ansi.SetWindowTitle("")); last < strings.LastIndex(written, "vecscope: ") {
		t.Error("the title stays after the end")
	}
}
