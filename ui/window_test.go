package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
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
			s := newShop()
			s.holds = make(chan struct{})
			term := start(t, 100, 30, shopOptions(t, s, "shop/good@4"))
			term.waitFor("not embedded yet")
			term.press("E")
			term.waitFor("p pay and embed")
			term.press("p")
			term.waitFor("1 of 3")
			term.until(func(string) bool {
				return strings.Contains(term.output.written(), "\x1b]9;4;1;33")
			}, "to have set the progress")
			switch ending {
			case "done":
				close(s.holds)
				term.waitFor("background")
			case "stopped":
				term.press("esc")
				term.waitFor("Stop?")
				term.press("y")
				term.waitFor("Stopped")
			}
			if ending == "quit" {
				term.program.Quit()
			} else {
				term.press("q")
			}
			if err := term.end(); err != nil {
				t.Fatal(err)
			}
			set := progressSequences(term.output.written())
			if last := set[len(set)-1]; last != "0" && !strings.HasPrefix(last, "0;") {
				t.Errorf("at the end the progress is %q, after %q", last, set)
			}
		})
	}
}

func TestWindowTitleNamesTheScreenAndIsTakenAway(t *testing.T) {
	term := start(t, 100, 30, localOptions(t))
	term.waitFor("p95")
	for k, name := range map[string]string{"1": "Models", "2": "Texts", "4": "Duplicates", "5": "Usage", "3": "Matrices"} {
		term.press(k)
		title := ansi.SetWindowTitle("vecscope: " + name)
		term.until(func(string) bool { return strings.Contains(term.output.written(), title) }, "to have the title %s", name)
	}
	term.press("q")
	if err := term.end(); err != nil {
		t.Fatal(err)
	}
	written := term.output.written()
	if last := strings.LastIndex(written, ansi.SetWindowTitle("")); last < strings.LastIndex(written, "vecscope: ") {
		t.Error("the title stays after the end")
	}
}
