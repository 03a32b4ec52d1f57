package report

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
)

// Embeddings are the vectors of one candidate over texts.
type Embeddings struct {
	// Texts are what was embedded, in order.
	Texts []corpus.Text
	// Vectors are N×D, of unit length.
	Vectors compare.Vectors
	// Prefix is what went before every text.
	Prefix string
	// Failed says why a text has no vector, by its index.
	Failed map[int]error
}

type embeddingJSON struct {
	ID        string    `json:"id"`
	Text      string    `json:"text"`
	Prefix    string    `json:"prefix,omitempty"`
	Embedding []float32 `json:"embedding"`
	Error     string    `json:"error,omitempty"`
}

func (e Embeddings) json(ids []string, i int) embeddingJSON {
	out := embeddingJSON{ID: ids[i], Text: e.Texts[i].Text, Prefix: e.Prefix, Embedding: e.Vectors.Row(i)}
	if why := e.Failed[i]; why != nil {
		out.Error = api.WithID(why, e.Texts[i].ID).Error()
	}
	return out
}

// EmbeddingsJSONL writes one JSON object a line. A text without a vector has the
// embedding null and an error.
func EmbeddingsJSONL(w io.Writer, e Embeddings) error {
	j := newJSON(w)
	ids := textIDs(e.Texts)
	for i := range e.Texts {
		if i > 0 {
			j.raw("\n")
		}
		j.value(e.json(ids, i))
	}
	return j.end()
}

// EmbeddingsJSON writes the same objects as one JSON array.
func EmbeddingsJSON(w io.Writer, e Embeddings) error {
	j := newJSON(w)
	ids := textIDs(e.Texts)
	j.list("", len(e.Texts), func(i int) { j.value(e.json(ids, i)) })
	return j.end()
}

// EmbeddingsTSV writes a header and one line a text: id, text and D columns with
// the values, named by their number from 1. They are empty for a text without a
// vector.
func EmbeddingsTSV(w io.Writer, e Embeddings) error {
	s := newTSV(w)
	d := e.Vectors.Dim()
	s.texts("id", "text")
	for k := range d {
		s.whole(k + 1)
	}
	s.end()
	ids := textIDs(e.Texts)
	for i, text := range e.Texts {
		if s.err != nil {
			break
		}
		s.texts(ids[i], text.Text)
		row := e.Vectors.Row(i)
		for k := range d {
			s.scratch = s.scratch[:0]
			if row != nil {
				s.scratch = strconv.AppendFloat(s.scratch, float64(row[k]), 'g', -1, 32)
			}
			s.written()
		}
		s.end()
	}
	return s.close()
}

// EmbeddingsNPY writes a NumPy array (format version 1.0) of N×D little-endian
// float32 in C order. An array cannot leave a row out: when a text has no vector,
// nothing is written and the error is a *MissingVectorError.
func EmbeddingsNPY(w io.Writer, e Embeddings) error {
	ids := textIDs(e.Texts)
	for i := range e.Texts {
		if !e.Vectors.Has(i) {
			return &MissingVectorError{Text: ids[i], Why: e.Failed[i]}
		}
	}
	n, d := e.Vectors.Len(), e.Vectors.Dim()
	if _, err := w.Write(npyHeader(n, d)); err != nil {
		return err
	}
	row := make([]byte, 0, 4*d)
	for i := range n {
		row = row[:0]
		for _, x := range e.Vectors.Row(i) {
			row = binary.LittleEndian.AppendUint32(row, math.Float32bits(x))
		}
		if _, err := w.Write(row); err != nil {
			return err
		}
	}
	return nil
}

// npyHeader is the magic string, the version, the header's length and a Python
// dictionary filled up so that the numbers begin at a multiple of 64 bytes.
func npyHeader(n, d int) []byte {
	const magic, alignment = "\x93NUMPY\x01\x00", 64
	dict := fmt.Sprintf("{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }", n, d)
	used := len(magic) + 2 + len(dict) + 1
	fill := (alignment - used%alignment) % alignment
	out := []byte(magic)
	out = binary.LittleEndian.AppendUint16(out, uint16(len(dict)+fill+1))
	return fmt.Appendf(out, "%s%*s\n", dict, fill, "")
}

// MissingVectorError reports a text whose row an array would lack.
type MissingVectorError struct {
	// Text is its id.
	Text string
	// Why is the reason; may be nil.
	Why error
}

func (e *MissingVectorError) Error() string {
	var ended *api.ServerError
	if errors.As(e.Why, &ended) {
		return fmt.Sprintf("no array is written, for text %q has no vector: %v; what has arrived is kept for the next run", e.Text, ended)
	}
	line := fmt.Sprintf("a NumPy array cannot leave out text %q, which has no vector", e.Text)
	if e.Why != nil {
		line += " (" + e.Why.Error() + ")"
	}
	return line + "; take the text out or use jsonl"
}

// Unwrap gives the reason.
func (e *MissingVectorError) Unwrap() error { return e.Why }
