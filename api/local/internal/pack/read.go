package pack

import (
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
)

// File is an opened packed file. Its getters remember the first thing that is
// missing or has another shape, so that a model can be read without a check
// after every line: ask Err at the end.
type File struct {
	sections map[string]section
	err      error
}

// section is a part of the file, its payload not yet interpreted.
type section struct {
	kind       kind
	rows, cols int
	payload    string
}

// errShort reports a file that ends in the middle of a section.
var errShort = errors.New("the packed file ends too early")

// Open finds the sections of a packed file. What is read from it shares the
// memory of data.
func Open(data string) (*File, error) {
	rest, ok := strings.CutPrefix(data, magic)
	if !ok {
		return nil, errors.New("not a packed file of weights: it does not begin with its magic line")
	}
	f := &File{sections: map[string]section{}}
	for rest != "" {
		var name string
		var s section
		var err error
		if name, s, rest, err = readSection(rest); err != nil {
			return nil, err
		}
		f.sections[name] = s
	}
	return f, nil
}

func readSection(data string) (name string, s section, rest string, err error) {
	const shape = 1 + 4 + 4
	name, data, err = readString(data)
	if err != nil || len(data) < shape {
		return "", section{}, "", errShort
	}
	s = section{kind: kind(data[0]), rows: int(uint32At(data, 1)), cols: int(uint32At(data, 5))}
	data = data[shape:]
	size, err := s.size()
	if err != nil {
		return "", section{}, "", fmt.Errorf("section %q: %w", name, err)
	}
	if size > len(data) {
		return "", section{}, "", fmt.Errorf("section %q: %w", name, errShort)
	}
	s.payload = data[:size]
	return name, s, data[size:], nil
}

// size is the length of the payload in bytes.
func (s section) size() (int, error) {
	// Larger numbers are damage; refusing them keeps the products below in range.
	const limit = 1 << 28
	if s.rows < 0 || s.rows > limit || s.cols < 0 || s.cols > limit {
		return 0, fmt.Errorf("impossible shape %d×%d", s.rows, s.cols)
	}
	var size int64
	switch s.kind {
	case kindTable:
		size = int64(s.rows) * (4 + int64(s.cols))
	case kindVector:
		size = 4 * int64(s.cols)
	case kindStrings:
		size = int64(s.cols)
	default:
		return 0, fmt.Errorf("unknown kind %q", byte(s.kind))
	}
	if size > math.MaxInt32 {
		return 0, fmt.Errorf("impossible shape %d×%d", s.rows, s.cols)
	}
	return int(size), nil
}

// Err is the first thing that a getter could not give.
func (f *File) Err() error { return f.err }

// Table gives the table of that name; empty, and noted for Err, when there is none.
func (f *File) Table(name string) Table {
	s, ok := f.section(name, kindTable)
	if !ok {
		return Table{}
	}
	return Table{rows: s.rows, cols: s.cols, scales: floatsOf(s.payload[:4*s.rows]), values: s.payload[4*s.rows:]}
}

// Vector gives the float32 values of that name; nil, and noted for Err, when
// there are none.
func (f *File) Vector(name string) []float32 {
	s, ok := f.section(name, kindVector)
	if !ok {
		return nil
	}
	return floatsOf(s.payload)
}

// Strings gives the list of that name; nil, and noted for Err, when there is none.
func (f *File) Strings(name string) []string {
	s, ok := f.section(name, kindStrings)
	if !ok {
		return nil
	}
	rest, err := inflate(s.payload)
	if err != nil {
		f.fail(fmt.Errorf("section %q: %w", name, err))
		return nil
	}
	out := make([]string, 0, min(s.rows, len(rest)/2))
	for len(out) < s.rows {
		var item string
		if item, rest, err = readString(rest); err != nil {
			f.fail(fmt.Errorf("section %q: %w", name, err))
			return nil
		}
		out = append(out, item)
	}
	return out
}

// mostStrings is the most that a list of strings takes, in bytes: more is damage.
const mostStrings = 1 << 24

func inflate(packed string) (string, error) {
	var out strings.Builder
	n, err := io.Copy(&out, io.LimitReader(flate.NewReader(strings.NewReader(packed)), mostStrings+1))
	if err == nil && n > mostStrings {
		err = errors.New("the list of strings is too long")
	}
	return out.String(), err
}

func (f *File) section(name string, k kind) (section, bool) {
	s, ok := f.sections[name]
	if !ok || s.kind != k {
		f.fail(fmt.Errorf("the packed file has no section %q of kind %q", name, byte(k)))
		return section{}, false
	}
	return s, true
}

func (f *File) fail(err error) {
	if f.err == nil {
		f.err = err
	}
}

func readString(data string) (s, rest string, err error) {
	if len(data) < 2 {
		return "", "", errShort
	}
	n := int(data[0]) | int(data[1])<<8
	if len(data) < 2+n {
		return "", "", errShort
	}
	return data[2 : 2+n], data[2+n:], nil
}

func uint32At(s string, i int) uint32 {
	s = s[i : i+4]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// floatsOf gives the float32 values that s is made of.
func floatsOf(s string) []float32 {
	out := make([]float32, len(s)/4)
	for i := range out {
		out[i] = math.Float32frombits(uint32At(s, 4*i))
	}
	return out
}
