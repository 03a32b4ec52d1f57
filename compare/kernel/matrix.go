package kernel

import (
	"fmt"
	"math"
	"unsafe"
)

const (
	// step is how many values of a row every loop takes at a time: a cache line.
	step = 16
	// rowsAtOnce is how many rows of the second matrix a loop takes at a time.
	rowsAtOnce = 4
	// oddFrom is the length of rows from which on they are an odd number of cache
	// lines apart, so that neighbours do not compete for the same places in a cache.
	oddFrom = 512
	// maxValues bounds a matrix; its bytes are counted without overflow.
	maxValues = math.MaxInt / 8
)

// Matrix is rows of float32 values. Its rows begin on cache lines and are padded
// with zeros. Make one with [New] or [Of]; the zero value has no rows. Copies
// share their values.
type Matrix struct {
	rows, columns int
	stride        int       // from one row to the next
	values        []float32 // rows and rowsAtOnce-1 more, of stride values each
}

// SizeError reports a matrix that has no rows or columns, or more than can be
// counted.
type SizeError struct{ Rows, Columns int }

func (e *SizeError) Error() string {
	return fmt.Sprintf("no matrix has %d rows of %d values", e.Rows, e.Columns)
}

// LengthError reports a row that is not as long as the first.
type LengthError struct {
	Row          int // from 0
	Length, Want int
}

func (e *LengthError) Error() string {
	return fmt.Sprintf("row %d has %d values where the first has %d", e.Row, e.Length, e.Want)
}

// NotFiniteError reports a value that is NaN or infinite.
type NotFiniteError struct{ Row, Column int } // from 0

func (e *NotFiniteError) Error() string {
	return fmt.Sprintf("value %d of row %d is not a finite number", e.Column, e.Row)
}

// New returns a matrix of zeros, to be filled through [Matrix.Row]. The error is a
// *[SizeError].
func New(rows, columns int) (Matrix, error) {
	if err := checkSize(rows, columns); err != nil {
		return Matrix{}, err
	}
	stride := strideOf(columns)
	return Matrix{rows: rows, columns: columns, stride: stride, values: aligned((rows + rowsAtOnce - 1) * stride)}, nil
}

// checkSize returns a *SizeError for a matrix that cannot be.
func checkSize(rows, columns int) error {
	if rows < 1 || columns < 1 || columns > maxValues-2*step || rows > maxValues/strideOf(columns)-rowsAtOnce {
		return &SizeError{Rows: rows, Columns: columns}
	}
	return nil
}

// Of returns a copy of rows. The errors are *[SizeError], *[LengthError] and
// *[NotFiniteError].
func Of(rows [][]float32) (Matrix, error) {
	columns := 0
	if len(rows) > 0 {
		columns = len(rows[0])
	}
	m, err := New(len(rows), columns)
	if err != nil {
		return Matrix{}, err
	}
	for i, row := range rows {
		if len(row) != columns {
			return Matrix{}, &LengthError{Row: i, Length: len(row), Want: columns}
		}
		for k, x := range row {
			if d := x - x; d != d {
				return Matrix{}, &NotFiniteError{Row: i, Column: k}
			}
		}
		copy(m.Row(i), row)
	}
	return m, nil
}

// Rows returns the number of rows.
func (m Matrix) Rows() int { return m.rows }

// Columns returns the number of values in a row.
func (m Matrix) Columns() int { return m.columns }

// Row returns the values of row i, from 0, which may be changed. A value that is
// not finite spoils the products of its row and no others.
func (m Matrix) Row(i int) []float32 {
	start := i * m.stride
	return m.values[start : start+m.columns : start+m.columns]
}

// First returns the first n rows, of which there are at least 1, as a matrix that
// shares their values.
func (m Matrix) First(n int) Matrix {
	if n < m.rows {
		m.rows = max(n, 1)
	}
	return m
}

// Part returns some rows, of which there is at least 1 and which must be there, as a
// matrix that shares their values.
func (m Matrix) Part(rows Span) Matrix {
	m.rows, m.values = rows.len(), m.values[rows.From*m.stride:]
	return m
}

// strideOf returns how far apart rows of so many values lie.
func strideOf(columns int) int {
	lines := (columns + step - 1) / step
	if columns >= oddFrom {
		lines |= 1
	}
	return lines * step
}

// cacheLine is how many bytes a step of values has.
const cacheLine = 4 * step

// Zeros returns n zeros. Where they are many they lie on large pages, if the system has
// these: they are then much faster to fill.
func Zeros(n int) []float32 { return aligned(n) }

// aligned returns n zeros that begin on a cache line, or many of them on a large page, with
// room for the rest of the last one if they fill half of it.
func aligned(n int) []float32 {
	border, room := borderOf(4*n), n
	if rest := 4 * n % border; border > cacheLine && rest >= border/2 {
		room += (border - rest) / 4
	}
	values := make([]float32, room+border/4-1)
	past := int(uintptr(unsafe.Pointer(unsafe.SliceData(values))) % uintptr(border))
	start := (border - past) % border / 4
	values = values[start : start+n]
	onLargePages(values)
	return values[:n:n]
}

// Buffer is memory for matrices that live until the next Reset, to be used again
// and again by one goroutine. The zero value is empty and grows with use.
type Buffer struct {
	values   []float32
	used     int
	outgrown int // how many values were in use in memory that was too small, since the last Reset
}

// Matrix is [New] in the memory of b.
func (b *Buffer) Matrix(rows, columns int) (Matrix, error) {
	m, err := b.take(rows, columns)
	clear(m.values)
	return m, err
}

// Filled returns a matrix of so many rows that are all as the one given.
func (b *Buffer) Filled(rows int, row []float32) (Matrix, error) {
	m, err := b.take(rows, len(row))
	if err != nil {
		return Matrix{}, err
	}
	for i := range rows {
		start := i * m.stride
		copy(m.values[start:], row)
		clear(m.values[start+m.columns : start+m.stride])
	}
	clear(m.values[rows*m.stride:])
	return m, nil
}

// take returns a matrix of whatever was in the memory.
func (b *Buffer) take(rows, columns int) (Matrix, error) {
	if err := checkSize(rows, columns); err != nil {
		return Matrix{}, err
	}
	m := Matrix{rows: rows, columns: columns, stride: strideOf(columns)}
	n := (rows + rowsAtOnce - 1) * m.stride
	if b.used+n > len(b.values) {
		// What was given out stays valid: its owners hold the old memory.
		b.outgrown += b.used
		b.values, b.used = aligned(max(n, 2*len(b.values))), 0
	}
	m.values = b.values[b.used : b.used+n : b.used+n]
	b.used += n
	return m, nil
}

// Cut returns some columns of some rows of m, of which there is at least one and which must
// be there, as a matrix that shares their values where it can, and else has copies.
func (b *Buffer) Cut(m Matrix, rows, columns Span) (Matrix, error) {
	if columns.len()%step == 0 {
		from := rows.From*m.stride + columns.From
		return Matrix{rows: rows.len(), columns: columns.len(), stride: m.stride, values: m.values[from:]}, nil
	}
	cut, err := b.Matrix(rows.len(), columns.len())
	for i := range cut.rows {
		copy(cut.Row(i), m.Row(rows.From + i)[columns.From:])
	}
	return cut, err
}

// CutColumns is [Buffer.Cut] with the columns as rows.
func (b *Buffer) CutColumns(m Matrix, rows, columns Span) (Matrix, error) {
	cut, err := b.Matrix(columns.len(), rows.len())
	if err != nil {
		return cut, err
	}
	for i := range rows.len() {
		for k, x := range m.Row(rows.From + i)[columns.From:columns.To] {
			cut.values[k*cut.stride+i] = x
		}
	}
	return cut, nil
}

// Mark tells [Buffer.Release] which matrices have been made.
func (b *Buffer) Mark() int { return b.used }

// Release takes back the memory of all matrices made since the mark was given.
func (b *Buffer) Release(mark int) {
	// Of memory that took the place of other since, all has been given out since.
	b.used = min(b.used, mark)
}

// Reset takes back the memory of all matrices made since the last one.
func (b *Buffer) Reset() {
	b.used = 0
	if b.outgrown > 0 {
		// One piece that would have held all.
		b.values, b.outgrown = aligned(b.outgrown+len(b.values)), 0
	}
}
