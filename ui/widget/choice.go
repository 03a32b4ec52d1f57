package widget

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// Option is one way to answer a choice.
type Option struct {
	// Key chooses it, and Label says what it is.
	Key, Label string
	// Guard gives the reason why it cannot be chosen; empty when it can. It may
	// change while the choice is open; nil is always possible.
	Guard ui.Guard
	// Run does it.
	Run func() tea.Cmd
}

func (o Option) reason() string {
	if o.Guard == nil {
		return ""
	}
	return o.Guard()
}

// Choice is a short list of options of which each has a key, so that choosing takes
// one stroke. A menu has a cursor besides, which begins on the first option that can
// be chosen, and which enter takes. A question has none: what cannot be taken back
// must not be a habit.
type Choice struct {
	ui.Closable
	context *ui.Context
	list    List
	title   string
	options []Option
	// again is the key that opened a menu, which takes what is under the cursor as
	// enter does.
	again key.Binding
	// question tells that there is no cursor, and details what is known about it.
	question bool
	details  []string
	// head is how many lines stand above the answers of a question.
	head int
}

// NewMenu is a choice with a cursor; again is the key that opens it.
func NewMenu(c *ui.Context, title string, again key.Binding, options []Option) *Choice {
	m := &Choice{context: c, title: title, again: again, options: options}
	m.list.Fit(len(options), len(options))
	m.list.Put(slices.IndexFunc(options, func(o Option) bool { return o.reason() == "" }))
	return m
}

// NewQuestion is a choice without a cursor; esc answers "none of these", and so does
// n where there is one other answer.
func NewQuestion(c *ui.Context, question string, details []string, answers ...Option) *Choice {
	return &Choice{context: c, title: question, options: answers, question: true, details: details}
}

// noKey answers a question that has one other answer with no.
const noKey = "n"

// Actions are the options, and what moves and closes.
func (c *Choice) Actions() []ui.Action {
	var out []ui.Action
	for i, o := range c.options {
		out = append(out, ui.Action{Key: ui.Bind(o.Key, o.Label, o.Key), Group: ui.GroupDo, Guard: o.Guard, Run: func() tea.Cmd {
			c.list.Put(i)
			return c.choose(o)
		}})
	}
	switch {
	case c.question && len(c.options) == 1:
		return append(out, ui.Closing(c.Dismiss, ui.Bind(noKey, "no", noKey)))
	case c.question:
		return append(out, ui.Closing(c.Dismiss))
	}
	take := ui.Bind(ui.KeyEnter.Help().Key, "choose", slices.Concat(ui.KeyEnter.Keys(), c.again.Keys())...)
	out = append(out, ui.Action{Key: take, Group: ui.GroupDo, Run: func() tea.Cmd { return c.choose(c.options[c.list.Cursor]) }},
		ui.Closing(c.Dismiss, ui.KeyQuit))
	return append(out, c.list.Motions()...)
}

// Update takes the keys of the options, and tells which there are at any other.
func (c *Choice) Update(msg tea.Msg) tea.Cmd {
	cmd, done := ui.Press(c.Actions(), msg)
	if _, isKey := msg.(tea.KeyPressMsg); done || !isKey {
		return cmd
	}
	c.context.Inform("Press %s or esc.", c.keysText())
	return nil
}

// keysText names the keys of the options: "v, p, m".
func (c *Choice) keysText() string {
	var all []string
	for _, o := range c.options {
		all = append(all, o.Key)
	}
	if c.question && len(c.options) == 1 {
		all = append(all, noKey)
	}
	return strings.Join(all, ", ")
}

// choose does what the option says, or tells why it cannot be.
func (c *Choice) choose(o Option) tea.Cmd {
	if why := o.reason(); why != "" {
		c.context.Notify(ui.NoticeWarn, o.Label+": "+why)
		return nil
	}
	c.Dismiss()
	return o.Run()
}

// Fit keeps the cursor of a menu in sight.
func (c *Choice) Fit(room ui.Size, t *theme.Theme) {
	if c.question {
		c.head = len(c.questionHead(room, t))
		return
	}
	c.list.Fit(len(c.options), max(min(len(c.options), room.H-2), 1))
}

// View draws the title over the options.
func (c *Choice) View(room ui.Size, t *theme.Theme) []string {
	w := c.width(room)
	if c.question {
		return c.drawQuestion(room, w, t)
	}
	lines := []string{t.Title.Render(term.Fit(c.title, w))}
	for i := c.list.Top; i < c.list.Top+c.list.Shown; i++ {
		lines = append(lines, c.row(i, w, t))
	}
	return append(lines, Foot(t, w, "enter", "choose", "esc", "back"))
}

const menuFootWidth = len("? keys  enter choose  esc back")

func (c *Choice) width(room ui.Size) int {
	w := term.Width(c.title)
	if c.question {
		w = max(w, 40)
		for _, d := range c.details {
			w = max(w, term.Width(term.Safe(d)))
		}
		return min(w, room.W)
	}
	for _, o := range c.options {
		w = max(w, term.Width(o.Label)+5)
	}
	return min(max(w, menuFootWidth), room.W)
}

// row draws an option of a menu.
func (c *Choice) row(i, w int, t *theme.Theme) string {
	o := c.options[i]
	base, mark := "", t.Codes.Accent+t.Codes.Strong
	switch {
	case i == c.list.Cursor:
		base = t.Codes.Selected
	case o.reason() != "":
		base = t.Codes.Dim
	}
	return term.Fit(base+" "+mark+o.Key+theme.Reset+base+"  "+o.Label+" ", w) + theme.Reset
}

func (c *Choice) drawQuestion(room ui.Size, w int, t *theme.Theme) []string {
	lines := c.questionHead(room, t)
	for _, o := range c.options {
		lines = append(lines, term.Fit(Hints(t, o.Key, o.Label), w))
	}
	none, k := "cancel", "esc"
	if len(c.options) == 1 {
		none, k = "no, leave everything as it is", noKey
	}
	return append(lines, term.Fit(Hints(t, k, none), w))
}

// questionHead is the question and what is known about it.
func (c *Choice) questionHead(room ui.Size, t *theme.Theme) []string {
	w := c.width(room)
	var lines []string
	for _, l := range term.SafeLines(c.title, w) {
		lines = append(lines, t.Strong.Render(l))
	}
	most := max(room.H-len(c.options)-1, len(lines)+min(len(c.details), 1)) // one detail is always shown
	for _, d := range c.details {
		if len(lines) >= most {
			break
		}
		for _, l := range term.CutLines(term.SafeLines(d, w), w, most-len(lines)) {
			lines = append(lines, t.Dim.Render(term.Fit(l, w)))
		}
	}
	return lines
}

// Mouse chooses the option that was clicked, or moves the cursor of a menu.
func (c *Choice) Mouse(ev ui.Mouse) tea.Cmd {
	if !c.question {
		if c.list.Mouse(ev.Wheel, ev.Y-1) {
			return c.choose(c.options[c.list.Cursor])
		}
		return nil
	}
	at := ev.Y - c.head
	if ev.Wheel != 0 || at < 0 || at > len(c.options) {
		return nil
	}
	if at == len(c.options) {
		c.Dismiss()
		return nil
	}
	return c.choose(c.options[at])
}
