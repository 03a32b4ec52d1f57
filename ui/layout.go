package ui

// size is a width and a height in terminal cells.
type size struct{ w, h int }

// rect is a rectangle of terminal cells; x and y count from the top left.
type rect struct{ x, y, w, h int }

func (r rect) size() size { return size{r.w, r.h} }

func (r rect) contains(x, y int) bool {
	return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h
}

// minimum is the smallest window in which the screens can be used.
var minimum = size{40, 10}

// frame is where the parts of the window lie.
type frame struct {
	header, body, status, footer rect
}

// layout divides the window: a line of tabs, the screen, a status line and the
// footer. ok is false when the window is smaller than minimum.
func layout(w, h int) (f frame, ok bool) {
	if w < minimum.w || h < minimum.h {
		return frame{}, false
	}
	return frame{
		header: rect{0, 0, w, 1},
		body:   rect{0, 1, w, h - 3},
		status: rect{0, h - 2, w, 1},
		footer: rect{0, h - 1, w, 1},
	}, true
}

// centered places a box of the wanted size in the middle of the window, made
// smaller where the window is, with a margin of one cell if there is room.
func centered(window, want size) rect {
	w := min(want.w, max(window.w-2, 1))
	h := min(want.h, max(window.h-2, 1))
	return rect{(window.w - w) / 2, (window.h - h) / 2, w, h}
}
