// Package sketch is a screen that tests add to the explorer, to show what a further
// screen takes: a folder like this one, and a line in the registry.
package sketch

import (
	"encoding/json"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
)

var keyCount = ui.Bind("b", "count one more", "b")

// Screen counts how often its key was pressed, and remembers it.
type Screen struct {
	*ui.Context
	count int
}

// New makes the screen.
func New(c *ui.Context) ui.Screen { return &Screen{Context: c} }

// ID is the screen's id.
const ID = "sketch"

// Info says what it is called.
func (s *Screen) Info() ui.Info { return ui.Info{ID: ID, Title: "Sketch"} }

// Update has nothing to take.
func (s *Screen) Update(tea.Msg) tea.Cmd { return nil }

// View shows the count.
func (s *Screen) View(z ui.Size) []string {
	lines := make([]string, z.H)
	for i := range lines {
		lines[i] = term.Fit("", z.W)
	}
	lines[0] = term.Fit(fmt.Sprintf("counted to %d", s.count), z.W)
	return lines
}

// Actions counts.
func (s *Screen) Actions() []ui.Action {
	return []ui.Action{{ID: "sketch.count", Key: keyCount, Group: ui.GroupDo, Footer: 2, Guard: ui.HasTexts(s.Session), Run: ui.Do(func() {
		s.count++
		s.Session.MarkUnsaved()
	})}}
}

type choices struct {
	Count int `json:"count"`
}

// Save gives the count.
func (s *Screen) Save() json.RawMessage { return ui.Encode(choices{s.count}) }

// Restore takes the count.
func (s *Screen) Restore(kept json.RawMessage) {
	var c choices
	if json.Unmarshal(kept, &c) == nil {
		s.count = c.Count
	}
}
