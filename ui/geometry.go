package ui

// Size is a width and a height in terminal cells.
type Size struct{ W, H int }

// Rect is a rectangle of terminal cells; x and y count from the top left.
type Rect struct{ X, Y, W, H int }

// Size is how large the rectangle is.
func (r Rect) Size() Size { return Size{r.W, r.H} }

// Contains tells whether a cell lies in the rectangle.
func (r Rect) Contains(x, y int) bool {
	return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H
}
