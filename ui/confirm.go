package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/term"
)

// answer is one way to answer a question: its key, what it means, what it does.
type answer struct {
	key, label string
	run        func() tea.Cmd
}

// noKey answers a question that has one other answer with no.
const noKey = "n"

// confirm asks a question that one key answers; esc answers "none of these".
type confirm struct {
	closable
	question string
	details  []string
	answers  []answer
	first    int // line of the first answer
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
	if press.Code == tea.KeyEscape || press.String() == noKey && len(c.answers) == 1 {
		c.dismiss()
	}
	return nil
}

// keysText names the keys that answer: "y, n or esc".
func (c *confirm) keysText() string {
	var b strings.Builder
	for _, a := range c.answers {
		b.WriteString(a.key + ", ")
	}
	if len(c.answers) == 1 {
		b.WriteString(noKey + ", ")
	}
	return strings.TrimSuffix(b.String(), ", ") + " or esc"
}

func (c *confirm) fit(room size, t *theme) { c.first = len(c.head(room, t)) }

func (c *confirm) width(room size) int {
	w := max(term.Width(c.question), 40)
	for _, d := range c.details {
		w = max(w, term.Width(term.Safe(d)))
	}
	return min(w, room.w)
}

// head is the question and what is known about it.
func (c *confirm) head(room size, t *theme) []string {
	w := c.width(room)
	var lines []string
	for _, l := range term.SafeLines(c.question, w) {
		lines = append(lines, t.strong.Render(l))
	}
	for i, d := range c.details {
		if len(lines)+len(c.answers)+2 > room.h && i > 0 {
			break
		}
		lines = append(lines, t.dim.Render(term.Fit(term.Safe(d), w)))
	}
	return lines
}

func (c *confirm) view(room size, t *theme) []string {
	w := c.width(room)
	lines := c.head(room, t)
	for _, a := range c.answers {
		lines = append(lines, term.Fit(hints(t, a.key, a.label), w))
	}
	none, k := "neither: leave everything as it is", "esc"
	if len(c.answers) == 1 {
		none, k = "no, leave everything as it is", noKey
	}
	lines = append(lines, term.Fit(hints(t, k, none), w))
	return lines
}

// mouse gives the answer that was clicked.
func (c *confirm) mouse(ev mouseEvent) tea.Cmd {
	at := ev.y - c.first
	if ev.wheel != 0 || at < 0 || at > len(c.answers) {
		return nil
	}
	c.dismiss()
	if at == len(c.answers) {
		return nil
	}
	return c.answers[at].run()
}
