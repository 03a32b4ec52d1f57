package app

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/screens/duplicates"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// loggedApp is an explorer that writes its messages to the buffer, which is empty
// after the start.
func loggedApp(t *testing.T) (*shell.App, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	o := uitest.LocalOptions(t)
	o.Debug = &log
	a := settled(t, 80, 24, o)
	log.Reset()
	return a, &log
}

func TestEveryMessageIsLoggedWithItsTime(t *testing.T) {
	a, log := loggedApp(t)
	uitest.Press(t, a, "ctrl+t")
	uitest.Send(t, a, uitest.WindowSize(ui.Size{W: 100, H: 30}))
	uitest.Happen(t, a, uitest.Nothing)
	var types []string
	for line := range strings.Lines(log.String()) {
		m := regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z explorer (.+), [0-9.]+[nµm]?s\n$`).FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("the line %q", line)
		}
		types = append(types, m[1])
	}
	if got, want := strings.Join(types[:3], "; "), "tea.KeyPressMsg ctrl+t; tea.WindowSizeMsg; loop.Done"; got != want {
		t.Errorf("logged are %s, want %s", got, want)
	}
}

func TestWhatIsTypedOrPastedIsNotLogged(t *testing.T) {
	for _, c := range []struct {
		name string
		open []string
	}{
		{"a text", []string{"2", "a"}},
		{"a query", []string{"2", "Q"}},
		{"a filter", []string{"2", "/"}},
		{"a filter of models", []string{"1", "/"}},
		{"the palette", []string{"ctrl+p"}},
		{"a file to write", []string{"3", "X", "enter"}},
		{"a threshold", []string{"4", "t"}},
	} {
		a, log := loggedApp(t)
		uitest.Press(t, a, c.open...)
		for _, k := range c.open {
			if !strings.Contains(log.String(), "tea.KeyPressMsg "+k+",") {
				t.Errorf("%s: the log lacks the key %s:\n%s", c.name, k, log)
			}
		}
		log.Reset()
		uitest.Press(t, a, "Q", "X", "left")
		uitest.Send(t, a, tea.PasteMsg{Content: "QX"})
		if strings.ContainsAny(log.String(), "QX") {
			t.Errorf("%s: what was typed stands in the log:\n%s", c.name, log)
		}
		for _, want := range []string{"tea.KeyPressMsg of a character,", "tea.KeyPressMsg left,", "tea.PasteMsg,"} {
			if !strings.Contains(log.String(), want) {
				t.Errorf("%s: the log lacks %q:\n%s", c.name, want, log)
			}
		}
	}
}

func TestALogThatCannotBeWrittenStopsNothing(t *testing.T) {
	o := uitest.LocalOptions(t)
	full, none := io.Pipe()
	if err := full.Close(); err != nil {
		t.Fatal(err)
	}
	o.Debug = none
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "4")
	if a.Current().Info().ID != duplicates.ID {
		t.Errorf("4 shows %s", a.Current().Info().ID)
	}
}
