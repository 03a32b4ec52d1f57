package widget

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// Prompt asks for one line: a number, a file's path.
type Prompt struct {
	ui.Closable
	Title, about string
	Input        Input
	Problem      string
	// accept takes what was typed; a problem keeps the prompt open and is shown.
	accept func(value string) (cmd tea.Cmd, problem string)
}

// NewPrompt asks for a line; accept takes it without blanks around, or gives the
// problem that keeps the prompt open.
func NewPrompt(t *theme.Theme, title, about, placeholder string, accept func(string) (tea.Cmd, string)) *Prompt {
	return &Prompt{Title: title, about: about, Input: NewInput(t, placeholder), accept: accept}
}

// Typing tells that letters go into the answer.
func (p *Prompt) Typing() bool { return true }

// Actions hand the line on, leave, and edit it.
func (p *Prompt) Actions() []ui.Action {
	return append([]ui.Action{
		{Key: ui.KeyEnter, Name: "OK", Group: ui.GroupDo, Run: p.take},
		ui.Closing(p.Dismiss),
	}, p.Input.Editing()...)
}

// take hands the line on.
func (p *Prompt) take() tea.Cmd {
	cmd, problem := p.accept(strings.TrimSpace(p.Input.Value()))
	p.Problem = problem
	if problem == "" {
		p.Dismiss()
	}
	return cmd
}

// Update edits the line; enter hands it on and esc leaves.
func (p *Prompt) Update(msg tea.Msg) tea.Cmd {
	if cmd, done := ui.Press(p.Actions(), msg); done {
		return cmd
	}
	var cmd tea.Cmd
	p.Input, cmd = p.Input.Update(msg)
	p.Problem = ""
	return cmd
}

// PromptWidth is how wide a prompt is at the most; what is longer is wrapped.
const PromptWidth = 90

// View draws the line between what is asked for and the problem with it.
func (p *Prompt) View(room ui.Size, t *theme.Theme) []string {
	w := min(max(term.Width(p.about), term.Width(p.Problem), 50), room.W, PromptWidth)
	in := p.Input
	in.SetWidth(max(w-4, 1))
	problem := term.SafeLines(p.Problem, w)
	lines := []string{t.Title.Render(term.Fit(p.Title, w))}
	// The explanation gives way where the window is low.
	if about := term.SafeLines(p.about, w); len(about)+len(problem)+3 <= room.H {
		lines = append(lines, about...)
	}
	lines = append(lines, InputLine(in, w))
	for _, l := range problem {
		lines = append(lines, t.Bad.Render(term.Fit(l, w)))
	}
	foot := []string{"enter", "OK", "esc", "back"}
	if p.Input.Value() != "" && w >= 45 { // else they have no room beside each other
		foot = []string{"enter", "OK", "ctrl+u", "clear the line", "esc", "back"}
	}
	return append(lines, TypedFoot(t, w, foot...))
}

// Mouse does nothing.
func (p *Prompt) Mouse(ui.Mouse) tea.Cmd { return nil }
