package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// answer is one way to answer a question: its key, what it means, what it does.
type answer struct {
	key, label string
	run        func() tea.Cmd
}

// confirm asks a question that one key answers; esc answers "none of these".
type confirm struct {
	closable
	question string
	details  []string
	answers  []answer
}

func newConfirm(question string, details []string, answers ...answer) *confirm {
	return &confirm{question: question, details: details, answers: answers}
}

func (c *confirm) update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	for _, a := range c.answers {
		if press.String() == a.key {
			c.dismiss()
			return a.run()
		}
	}
	if press.Code == tea.KeyEscape {
		c.dismiss()
	}
	return nil
}

func (c *confirm) view(room size, t *theme) string {
	w := min(max(Width(c.question), 40), room.w)
	var lines []string
	for _, l := range SafeLines(c.question, w) {
		lines = append(lines, t.strong.Render(l))
	}
	for i, d := range c.details {
		if len(lines)+len(c.answers)+2 > room.h && i > 0 {
			break
		}
		lines = append(lines, t.dim.Render(Fit(Safe(d), w)))
	}
	for _, a := range c.answers {
		lines = append(lines, Fit(hints(t, a.key, a.label), w))
	}
	lines = append(lines, Fit(hints(t, "esc", "neither: leave everything as it is"), w))
	return strings.Join(lines, "\n")
}

func (c *confirm) mouse(mouseEvent) tea.Cmd { return nil }
