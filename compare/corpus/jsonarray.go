package corpus

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// jsonObjects reads a .json file: an array, an object of which one value is an array,
// or objects of which each has a line.
func jsonObjects(s *source) objects {
	start, _ := s.in.Peek(s.in.Size())
	trimmed := bytes.TrimLeft(start, space)
	first, rest, more := bytes.Cut(trimmed, []byte("\n"))
	if bytes.HasPrefix(first, []byte("{")) && json.Valid(first) && more && len(bytes.TrimSpace(rest)) > 0 {
		return jsonLines{s.lines()}
	}
	places := &linePlaces{in: s.in}
	return &jsonArray{source: s, places: places, decoder: json.NewDecoder(places)}
}

// jsonArray reads the elements of one.
type jsonArray struct {
	*source
	places  *linePlaces
	decoder *json.Decoder
	begun   bool
	items   int   // read
	crowded bool  // items share lines
	over    error // what ended it, said again to who asks again
}

func (j *jsonArray) next() (o object, err error) {
	if j.over != nil {
		return object{}, j.over
	}
	o, err = j.read()
	j.over = err
	return o, err
}

func (j *jsonArray) read() (object, error) {
	if !j.begun {
		j.begun = true
		if err := j.enter(); err != nil {
			return object{}, err
		}
	}
	if !j.decoder.More() {
		return object{}, j.ended()
	}
	var raw json.RawMessage
	if err := j.decoder.Decode(&raw); err != nil {
		return object{}, j.wrong(err)
	}
	row := j.places.line(j.decoder.InputOffset() - int64(len(raw)))
	if j.items++; j.items == 1 {
		j.crowded = !j.places.broken()
	}
	if at := firstInvalid(raw); at < len(raw) {
		if j.encoding.assumed {
			return object{}, &ReadError{Name: j.name, Row: row, Why: fmt.Sprintf("the byte %#02x is not UTF-8", raw[at]),
				Hint: "save it as UTF-8, or say its encoding, such as windows-1252", Err: ErrEncoding}
		}
		return object{row: row, item: j.item(), fault: &ReadError{Row: row, Why: "it has bytes that " + j.encoding.name + " does not know", Hint: "write the text anew"}}, nil
	}
	o := objectOf(row, strings.TrimSpace(string(raw)))
	o.item = j.item()
	return o, nil
}

// item is the number of the item that was read last, where the line does not tell it apart.
func (j *jsonArray) item() int {
	if j.crowded {
		return j.items
	}
	return 0
}

// enter goes into the array: the document itself, or the first in an object.
func (j *jsonArray) enter() error {
	for depth := 0; ; {
		token, err := j.decoder.Token()
		if errors.Is(err, io.EOF) && depth == 0 {
			return io.EOF
		}
		if err != nil {
			return j.wrong(err)
		}
		switch token {
		case json.Delim('['):
			return nil
		case json.Delim('{'):
			depth++
		case json.Delim('}'):
			depth--
		}
		if depth == 0 {
			return &ReadError{Name: j.name, Row: j.places.line(j.decoder.InputOffset()), Why: "there is no JSON array in it", Hint: `write [{"text": "…"}, …]`}
		}
	}
}

// ended tells whether the array was closed.
func (j *jsonArray) ended() error {
	if _, err := j.decoder.Token(); err != nil {
		return j.wrong(err)
	}
	return io.EOF
}

func (j *jsonArray) wrong(err error) error {
	var syntax *json.SyntaxError
	at := j.decoder.InputOffset()
	switch {
	case errors.As(err, &syntax):
		at = syntax.Offset
	case errors.Is(err, io.EOF):
		err = io.ErrUnexpectedEOF // or who reads on would take it for the end of a whole file
	case !errors.Is(err, io.ErrUnexpectedEOF):
		return err
	}
	return &ReadError{Name: j.name, Row: j.places.line(at), Why: "the JSON is wrong here", Hint: `write [{"text": "…"}, …]`, Err: err}
}

// linePlaces remembers where lines end in what was read ahead.
type linePlaces struct {
	in    io.Reader
	read  int64
	ends  []int64
	count int // ends that were forgotten
}

// Read implements io.Reader.
func (l *linePlaces) Read(p []byte) (int, error) {
	n, err := l.in.Read(p)
	for at := 0; ; {
		next := bytes.IndexByte(p[at:n], '\n')
		if next < 0 {
			break
		}
		at += next + 1
		l.ends = append(l.ends, l.read+int64(at))
	}
	l.read += int64(n)
	return n, err
}

// broken tells that what was read ahead goes over several lines; one at the end is none.
func (l *linePlaces) broken() bool {
	return l.count > 0 || len(l.ends) > 0 && l.ends[0] < l.read
}

// line gives the line, from 1, of a place that is not before one asked for earlier.
func (l *linePlaces) line(at int64) int {
	for len(l.ends) > 0 && l.ends[0] <= at {
		l.ends = l.ends[1:]
		l.count++
	}
	return l.count + 1
}
