package shell

import (
	"github.com/vecscope/vecscope/ui"
)

// minimum is the smallest window in which the screens can be used.
var minimum = ui.Size{W: 40, H: 10}

// frame is where the parts of the window lie.
type frame struct {
	header, body, status, footer ui.Rect
}

// layout divides the window: a line of tabs, the screen, a status line and the
// footer. ok is false when the window is smaller than minimum.
func layout(w, h int) (f frame, ok bool) {
	if w < minimum.W || h < minimum.H {
		return frame{}, false
	}
	return frame{
		header: ui.Rect{X: 0, Y: 0, W: w, H: 1},
		body:   ui.Rect{X: 0, Y: 1, W: w, H: h - 3},
		status: ui.Rect{X: 0, Y: h - 2, W: w, H: 1},
		footer: ui.Rect{X: 0, Y: h - 1, W: w, H: 1},
	}, true
}

// frame divides the window as it is now: while a text is marked it has a line of its own
// under the screen, where there is room.
func (a *App) frame() (f frame, ok bool) {
	f, ok = layout(a.window.W, a.window.H)
	if ok && a.marksBelow() {
		f.body.H--
	}
	return f, ok
}

// marksBelow tells that the marked text has a line of its own.
func (a *App) marksBelow() bool {
	_, marked := a.Session.Marked()
	return marked && a.window.H >= leastForMark
}

// centered places a box of the wanted size in the middle of the window, made
// smaller where the window is, with a margin of one cell if there is room.
func centered(window, want ui.Size) ui.Rect {
	w := min(want.W, max(window.W-2, 1))
	h := min(want.H, max(window.H-2, 1))
	return ui.Rect{X: (window.W - w) / 2, Y: (window.H - h) / 2, W: w, H: h}
}
