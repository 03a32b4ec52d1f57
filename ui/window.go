package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/vecscope/vecscope/ui/term"
)

// View draws the whole window and sets everything the terminal is told.
func (a *app) View() tea.View {
	v := tea.NewView(a.draw())
	v.AltScreen = true
	v.WindowTitle = "vecscope: " + a.current.describe().title
	if a.mouseOn {
		v.MouseMode = tea.MouseModeCellMotion
	}
	if a.store.running() && !a.quitting {
		done, total := a.store.progress()
		v.ProgressBar = tea.NewProgressBar(tea.ProgressBarDefault, 100*done/max(total, 1))
	}
	return v
}

func (a *app) draw() string {
	f, ok := layout(a.window.w, a.window.h)
	if !ok {
		return a.tooSmall()
	}
	body := a.current.view(f.body.size())
	status := a.statusLines(size{f.status.w, min(maxStatusLines, 1+f.body.h/2)})
	body = slices.Concat(body[:len(body)-len(status)+1], status)
	base := a.header(f.header.w) + "\n" + strings.Join(body, "\n") + "\n" + a.footer(f.footer.w)
	if len(a.overlays) == 0 {
		return base
	}
	layers := []*lipgloss.Layer{lipgloss.NewLayer(base)}
	for i, o := range a.overlays {
		content, r := a.place(o)
		layers = append(layers, lipgloss.NewLayer(content).X(r.x).Y(r.y).Z(i+1))
	}
	// The compositor leaves out blanks at the ends of lines.
	lines := strings.Split(lipgloss.NewCompositor(layers...).Render(), "\n")
	for i, l := range lines {
		lines[i] = term.PadRight(l, a.window.w)
	}
	return strings.Join(lines, "\n")
}

// room is how large an overlay may be, without its box.
func (a *app) room() size { return size{max(a.window.w-6, 1), max(a.window.h-4, 1)} }

// place draws an overlay in its box and says where the box stands.
func (a *app) place(o overlay) (string, rect) {
	content := o.view(a.room(), a.theme)
	box := a.theme.box.Padding(0, 1).Render(strings.Join(content, "\n"))
	return box, centered(a.window, size{lipgloss.Width(box), lipgloss.Height(box)})
}

func (a *app) tooSmall() string {
	if a.window.w == 0 || a.window.h == 0 {
		return ""
	}
	needed := fmt.Sprintf("%d×%d", minimum.w, minimum.h)
	for _, text := range []string{"vecscope needs " + needed + "; q quits", "needs " + needed + "; q quits", "needs " + needed, "≥ " + needed} {
		if term.Width(text) <= a.window.w {
			return text
		}
	}
	return term.Truncate(needed, a.window.w)
}
