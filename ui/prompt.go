package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/term"
)

// prompt asks for one line: a number, a file's path.
type prompt struct {
	closable
	title, about string
	input        textinput.Model
	problem      string
	// accept takes what was typed; a problem keeps the prompt open and is shown.
	accept func(value string) (cmd tea.Cmd, problem string)
}

func newPrompt(t *theme, title, about, placeholder string, accept func(string) (tea.Cmd, string)) *prompt {
	return &prompt{title: title, about: about, input: newInput(t, placeholder), accept: accept}
}

func (p *prompt) update(msg tea.Msg) tea.Cmd {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch {
		case key.Matches(press, keyBack):
			p.dismiss()
			return nil
		case key.Matches(press, keyEnter):
			cmd, problem := p.accept(strings.TrimSpace(p.input.Value()))
			p.problem = problem
			p.done = problem == ""
			return cmd
		}
	}
	var cmd tea.Cmd
	p.input, cmd = p.input.Update(msg)
	p.problem = ""
	return cmd
}

// promptWidth is how wide a prompt is at the most; what is longer is wrapped.
const promptWidth = 90

func (p *prompt) view(room size, t *theme) []string {
	w := min(max(term.Width(p.about), term.Width(p.problem), 50), room.w, promptWidth)
	in := p.input
	in.SetWidth(max(w-4, 1))
	problem := term.SafeLines(p.problem, w)
	lines := []string{t.title.Render(term.Fit(p.title, w))}
	// The explanation gives way where the window is low.
	if about := term.SafeLines(p.about, w); len(about)+len(problem)+3 <= room.h {
		lines = append(lines, about...)
	}
	lines = append(lines, inputLine(in, w))
	for _, l := range problem {
		lines = append(lines, t.bad.Render(term.Fit(l, w)))
	}
	foot := []string{"enter", "take it", "esc", "back"}
	if p.input.Value() != "" && w >= 44 {
		foot = []string{"enter", "take it", "ctrl+u", "clear the line", "esc", "back"}
	}
	lines = append(lines, term.Fit(hints(t, foot...), w))
	return lines
}

func (p *prompt) mouse(mouseEvent) tea.Cmd { return nil }
