package corpus

import (
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// record is a row of a table.
type record struct {
	row    int // the line on which it begins
	fields []string
	// fault says why it cannot be taken; nil when it can.
	fault *ReadError
}

// records reads the rows of a table one by one, up to io.EOF.
type records interface {
	next() (record, error)
}

// csvRecords reads rows quoted as RFC 4180 says. A row whose quotes are wrong has a
// fault, and the line after its first is read as the beginning of the next: a quote
// that was never meant to open anything swallows no other row.
type csvRecords struct {
	lines *lineReader
	comma string
	// strict takes quotation marks inside a field that is not quoted for a fault.
	strict bool
}

func (c *csvRecords) next() (record, error) {
	first, err := c.lines.next()
	for err == nil && first.text == "" && first.broken == "" {
		first, err = c.lines.next()
	}
	if err != nil {
		return record{}, err
	}
	r, used, err := c.parse(first)
	if err != nil {
		return record{}, err
	}
	if r.fault != nil {
		c.lines.putBack(used)
	}
	return r, nil
}

// parse reads the row that begins on a line, and gives the lines besides that it
// took.
func (c *csvRecords) parse(first line) (r record, used []line, err error) {
	p := csvParser{csvRecords: c, row: first.number, now: first}
	for !p.done && p.fault == nil && err == nil {
		err = p.field()
	}
	return record{row: first.number, fields: p.fields, fault: p.fault}, p.used, err
}

// csvParser is on its way through one row.
type csvParser struct {
	*csvRecords
	row    int
	fields []string
	now    line
	at     int // where in the line, in bytes
	used   []line
	size   int
	done   bool
	fault  *ReadError
}

// rest is what has not been read of the line.
func (p *csvParser) rest() string { return p.now.text[p.at:] }

func (p *csvParser) wrong(at int, why string) {
	p.fault = &ReadError{Row: p.now.number, Column: utf8.RuneCountInString(p.now.text[:at]) + 1, Why: why, Hint: quoteHint}
}

const quoteHint = `put the whole field in quotes and write "" for a quote inside it`

func (p *csvParser) field() error {
	if p.now.broken != "" {
		p.fault = brokenLine(p.now)
		return nil
	}
	rest := p.rest()
	opening := rest
	if !p.strict {
		opening = strings.TrimLeft(rest, " ")
	}
	if strings.HasPrefix(opening, `"`) {
		p.at += len(rest) - len(opening) + 1
		return p.quoted()
	}
	field, _, more := strings.Cut(rest, p.comma)
	if quote := strings.IndexByte(field, '"'); quote >= 0 && p.strict && p.comma != tab {
		p.wrong(p.at+quote, "the quotes are wrong")
		return nil
	}
	p.take(field, len(field), more)
	return nil
}

// take takes a field that ends n bytes further in the line.
func (p *csvParser) take(field string, n int, more bool) {
	p.fields = append(p.fields, field)
	p.at += n
	if p.done = !more; more {
		p.at += len(p.comma)
	}
}

// quoted reads a field whose opening quote was read.
func (p *csvParser) quoted() error {
	var field strings.Builder
	for {
		part, _, closes := strings.Cut(p.rest(), `"`)
		field.WriteString(part)
		p.at += len(part)
		if !closes {
			field.WriteString(p.now.end)
			if goesOn, err := p.onward(); !goesOn {
				return err
			}
			continue
		}
		p.at++
		after := p.rest()
		if !p.strict {
			if bare := strings.TrimLeft(after, " "); bare == "" || strings.HasPrefix(bare, p.comma) {
				p.at += len(after) - len(bare)
				after = bare
			}
		}
		switch {
		case after == "":
			p.take(field.String(), 0, false)
			return nil
		case strings.HasPrefix(after, p.comma):
			p.take(field.String(), 0, true)
			return nil
		case after[0] != '"':
			p.wrong(p.at-1, "the quotes are wrong")
			p.blameOpening()
			return nil
		}
		field.WriteByte('"')
		p.at++
	}
}

// onward goes on to the next line, into which a quoted field runs.
func (p *csvParser) onward() (goesOn bool, err error) {
	p.size += len(p.now.text)
	next, err := p.lines.next()
	switch {
	case err == nil:
		p.used = append(p.used, next)
	case !errors.Is(err, io.EOF):
		return false, err
	}
	if err != nil || p.size > maxLine || next.broken != "" {
		p.unclosed()
		return false, nil
	}
	p.now, p.at = next, 0
	return true, nil
}

// blameOpening names the beginning of a field that ran over several lines: that is
// what has to be mended.
func (p *csvParser) blameOpening() {
	if p.now.number != p.row {
		p.unclosed()
	}
}

func (p *csvParser) unclosed() {
	p.fault = &ReadError{Row: p.row, Why: "a quoted field that begins here does not end properly", Hint: quoteHint}
}

func brokenLine(l line) *ReadError {
	return &ReadError{Row: l.number, Why: l.broken, Hint: "mend the line or say another encoding"}
}
