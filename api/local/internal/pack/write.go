package pack

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/vecscope/vecscope/compare/kernel"
)

// Writer builds a packed file in memory.
type Writer struct {
	buf []byte
	err error
}

// NewWriter starts a file without sections.
func NewWriter() *Writer { return &Writer{buf: []byte(magic)} }

// Table adds a matrix, rounded to 8 bits a value with one scale a row.
func (w *Writer) Table(name string, m kernel.RowReader) {
	rows, cols := m.Shape()
	w.header(name, kindTable, rows, cols)
	row := make([]float32, cols)
	values := make([]byte, rows*cols)
	for i := range rows {
		m.Row(i, row)
		w.float32(quantise(row, values[i*cols:(i+1)*cols]))
	}
	w.buf = append(w.buf, values...)
}

// Vector adds float32 values as they are.
func (w *Writer) Vector(name string, values []float32) {
	w.header(name, kindVector, 1, len(values))
	for _, v := range values {
		w.float32(v)
	}
}

// Strings adds a list of strings of at most 65,535 bytes each.
func (w *Writer) Strings(name string, list []string) {
	var plain Writer
	for _, s := range list {
		plain.string(s)
	}
	packed, err := deflate(plain.buf)
	if w.err == nil {
		w.err = errors.Join(plain.err, err)
	}
	w.header(name, kindStrings, len(list), len(packed))
	w.buf = append(w.buf, packed...)
}

func deflate(data []byte) ([]byte, error) {
	var out bytes.Buffer
	packer, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := packer.Write(data); err != nil {
		return nil, err
	}
	if err := packer.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Bytes gives the file, or what could not be written into it.
func (w *Writer) Bytes() ([]byte, error) { return w.buf, w.err }

func (w *Writer) header(name string, k kind, rows, cols int) {
	w.string(name)
	w.buf = append(w.buf, byte(k))
	w.buf = binary.LittleEndian.AppendUint32(w.buf, uint32(rows))
	w.buf = binary.LittleEndian.AppendUint32(w.buf, uint32(cols))
}

func (w *Writer) string(s string) {
	if len(s) > math.MaxUint16 && w.err == nil {
		w.err = fmt.Errorf("pack a string of %d bytes: at most %d fit", len(s), math.MaxUint16)
	}
	w.buf = binary.LittleEndian.AppendUint16(w.buf, uint16(len(s)))
	w.buf = append(w.buf, s...)
}

func (w *Writer) float32(v float32) {
	w.buf = binary.LittleEndian.AppendUint32(w.buf, math.Float32bits(v))
}
