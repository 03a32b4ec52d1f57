package shell

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/widget"
)

// backing is a screen in which one can go so many steps back.
type backing struct {
	still
	steps int
}

func (b *backing) Back() bool {
	b.steps--
	return b.steps >= 0
}

// esc goes a step back on the screen before it stops what runs, and asks before it stops what
// costs money; ctrl+c stops before it quits, and answers its own question; q asks while money is
// being spent.
func TestOneStepBackIsTheNearest(t *testing.T) {
	const free, paid = 1, 2
	for name, c := range map[string]struct {
		keys  string // e for esc, c for ctrl+c, q
		steps int
		runs  int // what runs
		want  string
	}{
		"esc on a step":         {"e", 1, free, "runs 1"},
		"esc without a step":    {"e", 0, free, "runs 0"},
		"esc and nothing runs":  {"e", 0, 0, "runs 0: Nothing to go back from here; q quits."},
		"esc while it costs":    {"e", 0, paid, "runs 1, asks"},
		"ctrl+c on a step":      {"c", 1, free, "runs 0"},
		"ctrl+c, nothing runs":  {"c", 0, 0, "runs 0, quits"},
		"ctrl+c while it costs": {"c", 0, paid, "runs 1, asks"},
		"ctrl+c twice":          {"cc", 0, paid, "runs 0"},
		"ctrl+c after esc":      {"ec", 0, paid, "runs 0"},
		"q":                     {"q", 0, free, "runs 0, quits"},
		"q while it costs":      {"q", 0, paid, "runs 1, asks"},
	} {
		a := withBoxes(t)
		a.current = &backing{still{id: "one"}, c.steps}
		if c.runs > 0 {
			begun(a, "paid", c.runs == paid)
		}
		var cmd tea.Cmd
		for _, k := range c.keys {
			cmd = map[rune]func() tea.Cmd{'e': a.goBack, 'c': a.interrupt, 'q': a.quit}[k]()
			a.closeOverlays()
		}
		running := 0
		if a.Session.Running() {
			running = 1
		}
		got := fmt.Sprintf("runs %d", running)
		if a.Top() != nil {
			got += ", asks"
		}
		if a.quitting {
			if got += ", quits"; cmd == nil || cmd() != tea.Quit() {
				t.Errorf("%s: the program does not end", name)
			}
		}
		if running == 0 && c.runs == 0 && !a.quitting {
			got += ": " + a.Notice().Text
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// What is asked before a stop or an end names how many are being paid for.
func TestAQuestionNamesWhatIsBeingPaidFor(t *testing.T) {
	a := withBoxes(t)
	for _, want := range []string{
		"1 paid model is being embedded. What arrived is kept, the rest may be charged.",
		"2 paid models are being embedded. What arrived is kept, the rest may be charged.",
		"3 paid models are being embedded. What arrived is kept, the rest may be charged.",
	} {
		begun(a, fmt.Sprint(len(a.Session.Requests().Paid())), true)
		if got := a.spendingText(); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}

// A save writes what there is then, once, and what changes after it is saved again.
func TestASaveWritesWhatThereIs(t *testing.T) {
	for _, failed := range []error{nil, errors.New("the disk is full")} {
		a, l := withoutScreens(t)
		a.screens = []ui.Screen{still{id: "one"}}
		a.current = a.screens[0]
		var written []string
		a.saver = &saver{write: func(st config.State) error {
			written = append(written, st.Screen)
			return failed
		}}
		a.Session.MarkUnsaved()
		a.scheduleSave()
		cmd := l.then[0]()
		if a.Session.Unsaved() || a.saveDue {
			t.Error("it is to be saved still")
		}
		a.Session.MarkUnsaved()
		a.scheduleSave()
		if cmd().(loop.Done)(); len(written) != 1 || written[0] != "one" || len(l.then) != 2 {
			t.Errorf("written are the screens %q, and %d saves were put off", written, len(l.then))
		}
		if (a.saveProblem != "") != (failed != nil) {
			t.Errorf("%v: it says %q", failed, a.saveProblem)
		}
	}
}

// drawn is a screen with nothing on it.
type drawn struct{ still }

func (drawn) Actions() []ui.Action { return nil }

func (drawn) View(s ui.Size) []string {
	lines := make([]string, s.H)
	for i := range lines {
		lines[i] = strings.Repeat(" ", s.W)
	}
	return lines
}

// Boxes lie over those that were opened before, and what no longer runs is not shown as running
// when the program ends.
func TestTheLastBoxLiesOnTop(t *testing.T) {
	a := withBoxes(t)
	a.current = &drawn{still{id: "one"}}
	for _, question := range []string{"The first question of all?", "The second?"} {
		a.Open(widget.NewQuestion(&a.Context, question, nil))
	}
	if got := ansi.Strip(a.Draw()); !strings.Contains(got, "The second?") || strings.Contains(got, "The first question of all?") {
		t.Errorf("on top is not the last: %s", got)
	}
	begun(a, "free", false)
	if a.View().ProgressBar == nil {
		t.Error("what runs is not shown to the terminal")
	}
	if a.exit(); a.View().ProgressBar != nil || a.Session.Running() {
		t.Error("what has ended is shown to run")
	}
}
