package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// maxLine is how long a line is kept, in bytes: a text of the greatest length fits
// into it however it is escaped. The rest of a longer one is read and dropped.
const maxLine = 16 << 20

// mark is the byte order mark, which programs put at the beginning of a file; where
// files were joined it stands at the beginning of a line.
const mark = "\uFEFF"

// line is a line of a file, without its end.
type line struct {
	number int // from 1
	text   string
	// end is a line feed, or the carriage return alone where other lines end otherwise.
	end string
	// broken says why the line is not what was written; empty when it is.
	broken string
}

// lineReader gives the lines of a stream, however they end: \n, \r\n, \r alone, and
// the \r\r\n that some programs make of \r\n.
type lineReader struct {
	in       *bufio.Reader
	name     string
	encoding encoding
	number   int
	returned []line // put back, to be given again
	buffer   []byte
	feeds    bool // a line ended in a line feed
	// marks counts the byte order marks that stood inside and were taken off.
	marks int
}

// next gives a line; the error is io.EOF, what the stream has, or a *ReadError of
// what makes the whole file unreadable.
func (l *lineReader) next() (line, error) {
	if n := len(l.returned); n > 0 {
		back := l.returned[0]
		l.returned = l.returned[1:]
		return back, nil
	}
	raw, end, long, err := l.scan()
	if err != nil {
		return line{}, err
	}
	l.number++
	got := line{number: l.number, end: end}
	if at := bytes.IndexByte(raw, 0); at >= 0 {
		return line{}, &ReadError{Name: l.name, Row: l.number, Column: utf8.RuneCount(raw[:at]) + 1, Why: "there is a NUL byte: this is not a text file", Hint: readsThese}
	}
	switch at := firstInvalid(raw); {
	case long:
		got.broken = fmt.Sprintf("the line is longer than %d MB", maxLine>>20)
	case at < len(raw) && l.encoding.assumed:
		return line{}, &ReadError{
			Name: l.name, Row: l.number, Column: utf8.RuneCount(raw[:at]) + 1, Why: fmt.Sprintf("the byte %#02x is not UTF-8", raw[at]),
			Hint: "save it as UTF-8, or say its encoding, such as windows-1252", Err: ErrEncoding,
		}
	case at < len(raw), l.encoding.decoder != nil && bytes.ContainsRune(raw, utf8.RuneError) && !l.encoding.unicode:
		got.broken = "it has bytes that " + l.encoding.name + " does not know"
	}
	got.text = string(raw)
	for strings.HasPrefix(got.text, mark) {
		got.text = got.text[len(mark):]
		if l.number > 1 {
			l.marks++
		}
	}
	return got, nil
}

// putBack gives lines again, before those that follow.
func (l *lineReader) putBack(lines []line) {
	if len(lines) > 0 {
		l.returned = append(lines, l.returned...)
	}
}

// scan reads up to the end of a line; long tells that it is not all of it. The bytes
// are good until the next call.
func (l *lineReader) scan() (raw []byte, end string, long bool, err error) {
	l.buffer = l.buffer[:0]
	for begun := false; ; begun = true {
		if _, err := l.in.Peek(1); err != nil {
			if errors.Is(err, io.EOF) && begun {
				return l.buffer, "\n", long, nil
			}
			return nil, "", false, err
		}
		chunk, _ := l.in.Peek(l.in.Buffered())
		at := bytes.IndexAny(chunk, "\r\n")
		part := chunk
		if at >= 0 {
			part = chunk[:at]
		}
		if len(l.buffer)+len(part) <= maxLine {
			l.buffer = append(l.buffer, part...)
		} else {
			long = true
		}
		if at < 0 {
			l.discard(len(chunk))
			continue
		}
		isReturn := chunk[at] == '\r'
		l.discard(at + 1)
		if isReturn {
			return l.buffer, l.afterReturn(), long, nil
		}
		l.feeds = true
		return l.buffer, "\n", long, nil
	}
}

// afterReturn takes what belongs to the end of a line that begins with \r.
func (l *lineReader) afterReturn() string {
	for _, rest := range []string{"\n", "\r\n"} {
		if next, _ := l.in.Peek(len(rest)); string(next) == rest {
			l.discard(len(rest))
			l.feeds = true
			return "\n"
		}
	}
	if !l.feeds {
		return "\n"
	}
	return "\r"
}

// discard drops bytes that were looked at, which cannot fail.
func (l *lineReader) discard(n int) { _, _ = l.in.Discard(n) }

func firstInvalid(data []byte) int {
	if utf8.Valid(data) {
		return len(data)
	}
	at := 0
	for at < len(data) {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return at
}
