package widget

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// Answer is one way to answer a question: its key, what it means, what it does.
type Answer struct {
	Key, Label string
	Run        func() tea.Cmd
}

// noKey answers a question that has one other answer with no.
const noKey = "n"

// Confirm asks a question that one key answers; esc answers "none of these".
type Confirm struct {
	ui.Closable
	question string
	details  []string
	answers  []Answer
	first    int // line of the first answer
}

func NewConfirm(question string, details []string, answers ...Answer) *Confirm {
	return &Confirm{question: question, details: details, answers: answers}
}

func (c *Confirm) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	for _, a := range c.answers {
		if press.String() == a.Key {
			c.Dismiss()
			return a.Run()
		}
	}
	if press.Code == tea.KeyEscape || press.String() == noKey && len(c.answers) == 1 {
		c.Dismiss()
	}
	return nil
}

// KeysText names the keys that answer: "y, n or esc".
func (c *Confirm) KeysText() string {
	var b strings.Builder
	for _, a := range c.answers {
		b.WriteString(a.Key + ", ")
	}
	if len(c.answers) == 1 {
		b.WriteString(noKey + ", ")
	}
	return strings.TrimSuffix(b.String(), ", ") + " or esc"
}

func (c *Confirm) Fit(room ui.Size, t *theme.Theme) { c.first = len(c.head(room, t)) }

func (c *Confirm) width(room ui.Size) int {
	w := max(term.Width(c.question), 40)
	for _, d := range c.details {
		w = max(w, term.Width(term.Safe(d)))
	}
	return min(w, room.W)
}

// head is the question and what is known about it.
func (c *Confirm) head(room ui.Size, t *theme.Theme) []string {
	w := c.width(room)
	var lines []string
	for _, l := range term.SafeLines(c.question, w) {
		lines = append(lines, t.Strong.Render(l))
	}
	for i, d := range c.details {
		if len(lines)+len(c.answers)+2 > room.H && i > 0 {
			break
		}
		lines = append(lines, t.Dim.Render(term.Fit(term.Safe(d), w)))
	}
	return lines
}

func (c *Confirm) View(room ui.Size, t *theme.Theme) []string {
	w := c.width(room)
	lines := c.head(room, t)
	for _, a := range c.answers {
		lines = append(lines, term.Fit(Hints(t, a.Key, a.Label), w))
	}
	none, k := "neither: leave everything as it is", "esc"
	if len(c.answers) == 1 {
		none, k = "no, leave everything as it is", noKey
	}
	lines = append(lines, term.Fit(Hints(t, k, none), w))
	return lines
}

// Mouse gives the answer that was clicked.
func (c *Confirm) Mouse(ev ui.Mouse) tea.Cmd {
	at := ev.Y - c.first
	if ev.Wheel != 0 || at < 0 || at > len(c.answers) {
		return nil
	}
	c.Dismiss()
	if at == len(c.answers) {
		return nil
	}
	return c.answers[at].Run()
}
