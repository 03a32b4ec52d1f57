package app

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui/theme"
)

// An empty place is one in which something else could stand, of that size at the least:
// margins, the ragged ends of lines and a few free lines between two parts are none.
const emptyColumns, emptyLines = 24, 8

// emptyRoom measures how much of a large window is empty: all cells without a sign and
// without a ground of their own that lie in an empty place of at least emptyColumns times
// emptyLines.
func emptyRoom(v sight) []string {
	if v.size.W < 200 {
		return nil
	}
	filled := filledCells(v.frame, v.size.W)
	if empty := emptyCells(filled); 3*empty > v.size.W*v.size.H {
		return []string{fmt.Sprintf("%d%% of it", 100*empty/(v.size.W*v.size.H))}
	}
	return nil
}

// filledCells tells of every cell of a drawing whether something is in it.
func filledCells(frame string, w int) [][]bool {
	var cells [][]bool
	for _, line := range strings.Split(frame, "\n") {
		row := make([]bool, 0, w)
		ground := false
		var state byte
		for len(line) > 0 {
			sequence, width, n, next := ansi.DecodeSequence(line, state, nil)
			switch {
			case width == 0:
				ground = grounded(sequence, ground)
			default:
				for range width {
					row = append(row, ground || sequence != " " && sequence != "│")
				}
			}
			line, state = line[n:], next
		}
		cells = append(cells, row)
	}
	return cells
}

// grounded tells whether cells have a ground after a sequence.
func grounded(sequence string, before bool) bool {
	switch {
	case sequence == theme.Reset, strings.Contains(sequence, "[49m"):
		return false
	case strings.Contains(sequence, "48;") || strings.HasPrefix(sequence, "\x1b[7"):
		return true
	}
	return before
}

// emptyCells counts the cells that lie in an empty place.
func emptyCells(filled [][]bool) int {
	h, w := len(filled), len(filled[0])
	// sums[y][x] is how many cells above and to the left are filled.
	sums := make([][]int, h+1)
	sums[0] = make([]int, w+1)
	for y := range h {
		sums[y+1] = make([]int, w+1)
		for x := range w {
			sums[y+1][x+1] = sums[y][x+1] + sums[y+1][x] - sums[y][x]
			if filled[y][x] {
				sums[y+1][x+1]++
			}
		}
	}
	empty := make([][]bool, h)
	for y := range h {
		empty[y] = make([]bool, w)
	}
	count := 0
	for y := 0; y+emptyLines <= h; y++ {
		for x := 0; x+emptyColumns <= w; x++ {
			if sums[y+emptyLines][x+emptyColumns]-sums[y][x+emptyColumns]-sums[y+emptyLines][x]+sums[y][x] > 0 {
				continue
			}
			for row := y; row < y+emptyLines; row++ {
				for column := x; column < x+emptyColumns; column++ {
					if !empty[row][column] {
						empty[row][column] = true
						count++
					}
				}
			}
		}
	}
	return count
}
