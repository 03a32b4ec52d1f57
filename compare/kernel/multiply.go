package kernel

import (
	"errors"
	"fmt"
)

// ShapesError reports matrices that cannot be multiplied into the one given.
type ShapesError struct{ X, Y, Out [2]int } // rows and columns of each

func (e *ShapesError) Error() string {
	return fmt.Sprintf("%d×%d times the transpose of %d×%d is not %d×%d",
		e.X[0], e.X[1], e.Y[0], e.Y[1], e.Out[0], e.Out[1])
}

// checkShapes returns a *ShapesError where the products of x with y are not out.
func checkShapes(out, x, y [2]int) error {
	if x[0] == 0 || x[1] != y[1] || out != [2]int{x[0], y[0]} {
		return &ShapesError{X: x, Y: y, Out: out}
	}
	return nil
}

// AddProducts adds X·Yᵀ to out: to row i, column j of it the product of row i of x
// with row j of y. The error is a *[ShapesError].
func AddProducts(out, x, y Matrix) error { return chosen.addProducts(out, x, y) }

func (v variant) addProducts(out, x, y Matrix) error {
	if err := checkShapes(out.shape(), x.shape(), y.shape()); err != nil {
		return err
	}
	for i := 0; i < x.rows; i += TileRows {
		rows := Span{i, min(x.rows, i+TileRows)}
		inTiles(y.rows, func(columns Span) {
			v.addRows(x, y, rows, columns, 0, x.padded(), out.values[i*out.stride+columns.From:], out.stride)
		})
	}
	return nil
}

// RowReader is a matrix that is read row by row.
type RowReader interface {
	// Shape returns the number of rows and of values in each.
	Shape() (rows, columns int)
	// Row writes row i into dst, which has room for the values.
	Row(i int, dst []float32)
}

// readTogether is how many values of such rows are read at a time: they stay in a core's
// second-level cache while all rows of x are multiplied with them: so many values of these
// at a time, which stay in the first-level cache.
const readTogether, withRead = 16 << 10, 5 << 10

// addProductsOf is [AddProducts] with the rows of y from the one given on read, into the
// memory of b, a few at a time: what they are read from may be much smaller than they are.
// The errors are a *[ShapesError] and a *[SizeError].
func (b *Buffer) addProductsOf(v variant, out, x Matrix, y RowReader, from int) error {
	rows, columns := y.Shape()
	if err := checkShapes(out.shape(), x.shape(), [2]int{rows, columns}); err != nil {
		return err
	}
	// A multiple of rowsAtOnce, so that what is added after the last row is not in the way.
	together := min(max(readTogether/strideOf(columns)/rowsAtOnce, 1)*rowsAtOnce, rows)
	read, err := b.Matrix(together, columns)
	if err != nil {
		return err
	}
	defer func() { b.used -= len(read.values) }()
	some := max(withRead/columns/3, 1) * 3 // whole groups of the fastest loops
	for j := from; j < rows; j += together {
		n := min(together, rows-j)
		for i := range n {
			y.Row(j+i, read.Row(i))
		}
		clear(read.values[n*read.stride : min(n+rowsAtOnce-1, together)*read.stride])
		for i := 0; i < x.rows; i += some {
			v.addRows(x, read, Span{i, min(x.rows, i+some)}, Span{0, n}, 0, x.padded(), out.values[i*out.stride+j:], out.stride)
		}
	}
	return nil
}

// columnsTogether is how many rows of y are multiplied at a time: their products are
// still in a core's second-level cache when the next chunk adds to them.
const columnsTogether = 256

// inTiles cuts rows of y into those that are multiplied at a time.
func inTiles(rows int, visit func(columns Span)) {
	for j := 0; j < rows; j += columnsTogether {
		visit(Span{j, min(rows, j+columnsTogether)})
	}
}

func (m Matrix) shape() [2]int { return [2]int{m.rows, m.columns} }

// padded returns the length of rows in whole steps.
func (m Matrix) padded() int { return (m.columns + step - 1) / step * step }

// Against puts into out the products of the first row of x with rows of m, one after the
// other. The error tells what does not fit: it is a *[ShapesError] where x has no row, or
// one of another length.
func (m Matrix) Against(x Matrix, rows Span, out []float32) error {
	if x.rows == 0 || x.columns != m.columns {
		return &ShapesError{X: x.shape(), Y: m.shape(), Out: [2]int{1, len(out)}}
	}
	if !rows.within(m.rows, len(out)) {
		return fmt.Errorf("%w: %v of %d into %d", errRows, rows, m.rows, len(out))
	}
	// So few at a time read the rows in the order in which they lie in memory.
	var products [rowsAtOnce]float32
	for from := rows.From; from < rows.To; from += rowsAtOnce {
		part := Span{from, min(rows.To, from+rowsAtOnce)}
		clear(products[:])
		chosen.addRows(x, m, Span{0, 1}, part, 0, m.padded(), products[:], rowsAtOnce)
		copy(out[from-rows.From:], products[:part.len()])
	}
	return nil
}

// errRows reports rows that are not there, or more than there is room for.
var errRows = errors.New("the products of rows of a matrix need rows that are there, and room")
