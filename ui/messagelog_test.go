package ui

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// loggedApp is an explorer that writes its messages to the buffer, which is empty
// after the start.
func loggedApp(t *testing.T) (*app, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	o := localOptions(t)
	o.Debug = &log
	a := settled(t, 80, 24, o)
	log.Reset()
	return a, &log
}

func TestEveryMessageIsLoggedWithItsTime(t *testing.T) {
	a, log := loggedApp(t)
	press(t, a, "ctrl+t")
	send(t, a, windowSize(size{100, 30}))
	happen(t, a, nothing)
	var types []string
	for line := range strings.Lines(log.String()) {
		m := regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z explorer (.+), [0-9.]+[nµm]?s\n$`).FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("the line %q", line)
		}
		types = append(types, m[1])
	}
	if got, want := strings.Join(types[:3], "; "), "tea.KeyPressMsg ctrl+t; tea.WindowSizeMsg; ui.done"; got != want {
		t.Errorf("logged are %s, want %s", got, want)
	}
}

func TestWhatIsTypedOrPastedIsNotLogged(t *testing.T) {
	for _, c := range []struct {
		name string
		open []string
	}{
		{"a text", []string{"2", "a"}},
		{"a query", []string{"2", "n"}},
		{"a filter", []string{"2", "/"}},
		{"a filter of models", []string{"1", "/"}},
		{"the palette", []string{"ctrl+p"}},
		{"a file to write", []string{"3", "e", "enter"}},
		{"a threshold", []string{"4", "t"}},
	} {
		a, log := loggedApp(t)
		press(t, a, c.open...)
		for _, k := range c.open {
			if !strings.Contains(log.String(), "tea.KeyPressMsg "+k+",") {
				t.Errorf("%s: the log lacks the key %s:\n%s", c.name, k, log)
			}
		}
		log.Reset()
		press(t, a, "Q", "X", "left")
		send(t, a, tea.PasteMsg{Content: "QX"})
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

func TestAPanicLeavesItsMessageInTheLog(t *testing.T) {
	var log bytes.Buffer
	func() {
		defer func() { _ = recover() }()
		messageLog{&log}.logged(tea.FocusMsg{}, false, func(tea.Msg) tea.Cmd { panic("on purpose") })
	}()
	if !strings.Contains(log.String(), "tea.FocusMsg") {
		t.Errorf("logged is %q", log.String())
	}
}

func TestALogThatCannotBeWrittenStopsNothing(t *testing.T) {
	o := localOptions(t)
	full, none := io.Pipe()
	if err := full.Close(); err != nil {
		t.Fatal(err)
	}
	o.Debug = none
	a := settled(t, 80, 24, o)
	press(t, a, "4")
	if a.current.describe().id != screenDuplicates {
		t.Errorf("4 shows %s", a.current.describe().id)
	}
}
