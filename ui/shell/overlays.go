package shell

import (
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/vecscope/vecscope/ui"
)

// Top is the topmost open box; nil when there is none.
func (a *App) Top() ui.Overlay {
	if len(a.overlays) == 0 {
		return nil
	}
	return a.overlays[len(a.overlays)-1]
}

func (a *App) closeOverlays() {
	kept := a.overlays[:0]
	for _, o := range a.overlays {
		if !o.Closed() {
			kept = append(kept, o)
		}
	}
	clear(a.overlays[len(kept):])
	a.overlays = kept
}

// room is how large an overlay may be, without its box.
func (a *App) room() ui.Size { return ui.Size{W: max(a.window.W-6, 1), H: max(a.window.H-4, 1)} }

// place draws an overlay in its box and says where the box stands.
func (a *App) place(o ui.Overlay) (string, ui.Rect) {
	content := o.View(a.room(), a.Theme)
	box := a.Theme.Box.Padding(0, 1).Render(strings.Join(content, "\n"))
	return box, centered(a.window, ui.Size{W: lipgloss.Width(box), H: lipgloss.Height(box)})
}
