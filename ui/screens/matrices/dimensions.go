package matrices

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/ui"
)

// cannotResize gives the reason why the candidate in focus has no next smaller
// or larger number of dimensions.
func (m *Screen) cannotResize(by int) ui.Guard {
	return func() string {
		if _, ok := m.nextDimensions(by); !ok {
			c := m.Session.Candidates()[m.Session.Focused()]
			if by < 0 {
				return fmt.Sprintf("%s is at its fewest; D on Models takes any number", m.Session.Short(c))
			}
			return m.Session.Short(c) + " is at its most"
		}
		return ""
	}
}

// nextDimensions is the next smaller or larger preset that no other candidate
// of the model has.
func (m *Screen) nextDimensions(by int) (int, bool) {
	c := m.Session.Candidates()[m.Session.Focused()]
	model, err := m.Session.Find(c.Model)
	if err != nil {
		return 0, false
	}
	presets := catalog.Presets(model)
	if by < 0 {
		slices.Reverse(presets)
	}
	for _, d := range presets {
		if (d-c.Dimensions)*by <= 0 {
			continue
		}
		other := c
		other.Dimensions = d
		if !slices.Contains(m.Session.Candidates(), other) {
			return d, true
		}
	}
	return 0, false
}

func (m *Screen) resize(by int) tea.Cmd {
	dims, ok := m.nextDimensions(by)
	if !ok {
		return nil
	}
	m.cutFrom(m.Session.State(m.Session.Candidates()[m.Session.Focused()]))
	return m.Session.Resize(m.Session.Focused(), dims)
}
