package shell

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
)

// View draws the whole window and sets everything the terminal is told.
func (a *App) View() tea.View {
	frame := a.Draw()
	if !a.clusters {
		frame = term.Joined(frame)
	}
	v := tea.NewView(frame)
	v.AltScreen = true
	v.WindowTitle = "vecscope: " + a.current.Info().Title
	if a.mouseOn {
		v.MouseMode = tea.MouseModeCellMotion
	}
	if a.Session.Running() && !a.quitting {
		done, total := a.Session.Requests().Progress()
		v.ProgressBar = tea.NewProgressBar(tea.ProgressBarDefault, 100*done/max(total, 1))
	}
	return v
}

// Draw gives the whole window as lines with styles: the screen between header and
// footer, and the open boxes over it.
func (a *App) Draw() string {
	f, ok := a.frame()
	if !ok {
		return a.tooSmall()
	}
	body := a.current.View(f.body.Size())
	if a.marksBelow() {
		body = append(body, a.MarkedLine(f.body.W))
	}
	status := a.StatusLines(ui.Size{W: f.status.W, H: min(MaxStatusLines, 1+f.body.H/2)})
	body = slices.Concat(body[:len(body)-len(status)+1], status)
	base := a.Header(f.header.W) + "\n" + strings.Join(body, "\n") + "\n" + a.Footer(f.footer.W)
	if len(a.overlays) == 0 {
		return base
	}
	layers := []*lipgloss.Layer{lipgloss.NewLayer(base)}
	for i, o := range a.overlays {
		content, r := a.place(o)
		layers = append(layers, lipgloss.NewLayer(content).X(r.X).Y(r.Y).Z(i+1))
	}
	// The compositor leaves out blanks at the ends of lines.
	lines := strings.Split(lipgloss.NewCompositor(layers...).Render(), "\n")
	for i, l := range lines {
		lines[i] = term.PadRight(l, a.window.W)
	}
	return strings.Join(lines, "\n")
}

func (a *App) tooSmall() string {
	if a.window.W == 0 || a.window.H == 0 {
		return ""
	}
	needed := fmt.Sprintf("%d×%d", minimum.W, minimum.H)
	text := term.Wording(a.window.W, "vecscope needs "+needed+"; q quits", "needs "+needed+"; q quits", "needs "+needed, "≥ "+needed, needed)
	return term.Truncate(text, a.window.W)
}
