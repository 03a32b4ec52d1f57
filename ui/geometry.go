package ui

// Size is a width and a height in terminal cells.
type Size struct{ W, H int }

// Rect is a rectangle of terminal cells; x and y count from the top left.
type Rect struct{ X, Y, W, H int }

func (r Rect) Size() Size { return Size{r.W, r.H} }

func (r Rect) Contains(x, y int) bool {
	return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H
}
