package answer

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"

	"github.com/vecscope/vecscope/api/openai/internal/scrub"
)

// cursor walks through JSON without building anything of it. Embeddings are
// megabytes of numbers, for which encoding/json takes ten times as long.
type cursor struct {
	b []byte
	i int
}

// maxDepth bounds how deep a value that nobody reads may be nested.
const maxDepth = 100

var errSyntax = errors.New("the answer is no valid JSON")

// next skips white space and gives the byte that follows; 0 at the end.
func (c *cursor) next() byte {
	for c.i < len(c.b) {
		switch b := c.b[c.i]; b {
		case ' ', '\n', '\t', '\r':
			c.i++
		default:
			return b
		}
	}
	return 0
}

// nested tells whether the list that begins here begins with another.
func (c *cursor) nested() bool {
	rest := bytes.TrimLeft(c.b[c.i+1:min(len(c.b), c.i+1+maxDepth)], " \n\t\r")
	return len(rest) > 0 && rest[0] == '['
}

// take steps over one byte that must come next.
func (c *cursor) take(want byte) error {
	switch c.next() {
	case want:
		c.i++
		return nil
	case 0:
		return ErrCut
	}
	return errSyntax
}

// object walks through an object; field reads the value of every key.
func (c *cursor) object(field func(key []byte) error) error {
	return c.list('{', '}', func() error {
		if c.next() != '"' {
			return errSyntax
		}
		key, err := c.text()
		if err != nil {
			return err
		}
		if err := c.take(':'); err != nil {
			return err
		}
		if c.next() == 0 {
			return ErrCut
		}
		return field(key)
	})
}

// array walks through an array; element reads every element.
func (c *cursor) array(element func() error) error { return c.list('[', ']', element) }

func (c *cursor) list(open, end byte, element func() error) error {
	if err := c.take(open); err != nil {
		return err
	}
	if c.next() == end {
		c.i++
		return nil
	}
	for {
		if c.next() == 0 {
			return ErrCut
		}
		if err := element(); err != nil {
			return err
		}
		if c.next() == ',' {
			c.i++
			continue
		}
		return c.take(end)
	}
}

// text reads a string. What it gives is part of the answer's bytes, unless the
// string holds escapes.
func (c *cursor) text() ([]byte, error) {
	start := c.i + 1
	end := bytes.IndexByte(c.b[start:], '"')
	if end < 0 {
		return nil, ErrCut
	}
	raw := c.b[start : start+end]
	if bytes.IndexByte(raw, '\\') < 0 {
		c.i = start + end + 1
		return raw, nil
	}
	if err := c.skipText(); err != nil {
		return nil, err
	}
	var s string
	if json.Unmarshal(c.b[start-1:c.i], &s) != nil {
		return nil, errSyntax
	}
	return []byte(s), nil
}

// skipText steps over a string.
func (c *cursor) skipText() error {
	for i := c.i + 1; i < len(c.b); i++ {
		switch c.b[i] {
		case '\\':
			i++
		case '"':
			c.i = i + 1
			return nil
		}
	}
	return ErrCut
}

// value steps over a value and gives its bytes.
func (c *cursor) value() ([]byte, error) {
	c.next()
	start := c.i
	err := c.skip()
	return bytes.TrimSpace(c.b[start:c.i]), err
}

// skip steps over a value of any kind.
func (c *cursor) skip() error {
	depth := 0
	for {
		switch c.next() {
		case 0:
			return ErrCut
		case '"':
			if err := c.skipText(); err != nil {
				return err
			}
		case '{', '[':
			c.i++
			if depth++; depth > maxDepth {
				return errSyntax
			}
		case '}', ']':
			if depth == 0 {
				return errSyntax
			}
			depth--
			c.i++
		case ',', ':':
			if depth == 0 {
				return errSyntax
			}
			c.i++
		default:
			c.skipWord()
		}
		if depth == 0 {
			return nil
		}
	}
}

// skipWord steps over a number, true, false or null.
func (c *cursor) skipWord() {
	for c.i < len(c.b) {
		switch c.b[c.i] {
		case ',', ':', '}', ']', '{', '[', '"', ' ', '\n', '\t', '\r':
			return
		}
		c.i++
	}
}

// numbers reads an array of finite numbers and appends them to row.
func (c *cursor) numbers(row []float32) ([]float32, error) {
	if err := c.take('['); err != nil {
		return nil, err
	}
	if c.next() == ']' {
		c.i++
		return row, nil
	}
	for {
		c.next()
		v, err := c.number()
		if err != nil {
			return nil, err
		}
		row = append(row, v)
		if c.i < len(c.b) && c.b[c.i] == ',' || c.next() == ',' {
			c.i++
			continue
		}
		return row, c.take(']')
	}
}

// largestPower is the greatest power of ten that numbers are multiplied with.
const largestPower = 37

// powers of ten from 10^-37 to 10^37, each the nearest float64.
var powers = func() (p [2*largestPower + 1]float64) {
	for i := range p {
		p[i], _ = strconv.ParseFloat("1e"+strconv.Itoa(i-largestPower), 64) // a literal of ours
	}
	return p
}()

const (
	// mantissaDigits is how many digits are sure to fit into 64 bits.
	mantissaDigits = 19
	// smallestNormal is the least float32 with a full mantissa.
	smallestNormal = 0x1p-126
	// doubt is how many units in the last place of float64 the product of digits
	// and power can be wrong by, generously: each of the two and their product is
	// rounded once.
	doubt = 4
)

// number reads a number and rounds it to the nearest float32. Nearly all are read
// by multiplying their digits with a power of ten in float64; where its error
// could round the wrong way to float32, and for rare forms, strconv decides.
func (c *cursor) number() (float32, error) {
	b, i := c.b, c.i
	negative := i < len(b) && b[i] == '-'
	if negative {
		i++
	}
	mantissa, end := digitRun(b, i, 0)
	digits := end - i
	if digits == 0 {
		return 0, c.noNumber()
	}
	i = end
	exponent := 0
	if i < len(b) && b[i] == '.' {
		mantissa, end = digitRun(b, i+1, mantissa)
		exponent = i + 1 - end
		digits -= exponent
		i = end
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		e, end := shortInt(b, i+1)
		if end < 0 {
			return c.slowNumber()
		}
		exponent, i = exponent+e, end
	}
	if digits > mantissaDigits || exponent < -largestPower || exponent > largestPower {
		return c.slowNumber()
	}
	v := float64(mantissa) * powers[exponent+largestPower]
	// The 29 bits that float32 drops: near their half, rounding is undecided.
	dropped := math.Float64bits(v) & (1<<29 - 1)
	if dropped-(1<<28-doubt) <= 2*doubt || (v < smallestNormal && mantissa != 0) || v > math.MaxFloat32 {
		return c.slowNumber()
	}
	c.i = i
	if negative {
		v = -v
	}
	return float32(v), nil
}

// digitRun appends the digits from i on to a number, eight at a time where there
// are so many. Too many digits overflow; the caller counts them.
func digitRun(b []byte, i int, n uint64) (number uint64, end int) {
	for i+8 <= len(b) {
		eight := binary.LittleEndian.Uint64(b[i:])
		// The upper half of every digit's byte is 3, also after adding 6.
		if eight&(eight+0x0606060606060606)&0xf0f0f0f0f0f0f0f0 != 0x3030303030303030 {
			break
		}
		n = n*100_000_000 + eightDigits(eight)
		i += 8
	}
	for ; i < len(b) && b[i]-'0' <= 9; i++ {
		n = n*10 + uint64(b[i]-'0')
	}
	return n, i
}

// eightDigits reads eight digits at once: first neighbours are joined to pairs,
// then pairs to fours, then fours to eight.
func eightDigits(text uint64) uint64 {
	text = text & 0x0f0f0f0f0f0f0f0f * (10<<8 + 1) >> 8
	text = text & 0x00ff00ff00ff00ff * (100<<16 + 1) >> 16
	return text & 0x0000ffff0000ffff * (10000<<32 + 1) >> 32
}

// shortInt reads an exponent of up to three digits; end is -1 for any other.
func shortInt(b []byte, i int) (value, end int) {
	sign := 1
	if i < len(b) && (b[i] == '-' || b[i] == '+') {
		if b[i] == '-' {
			sign = -1
		}
		i++
	}
	start := i
	for ; i < len(b) && b[i]-'0' <= 9; i++ {
		if i-start == 3 {
			return 0, -1
		}
		value = value*10 + int(b[i]-'0')
	}
	if i == start {
		return 0, -1
	}
	return sign * value, i
}

// slowNumber reads the rare forms of a number.
func (c *cursor) slowNumber() (float32, error) {
	start := c.i
	c.skipWord()
	v, err := strconv.ParseFloat(string(c.b[start:c.i]), 32)
	if err != nil {
		c.i = start
		return 0, c.noNumber()
	}
	return float32(v), nil
}

// noNumber says what stands where a number should.
func (c *cursor) noNumber() error {
	start := c.i
	if start >= len(c.b) {
		return ErrCut
	}
	c.skipWord()
	if c.i == len(c.b) {
		return ErrCut
	}
	return fmt.Errorf("%q is no finite number", excerpt(c.b[start:max(c.i, start+1)]))
}

// longestQuote is how much of an answer is shown to say what is wrong with it.
const longestQuote = 30

// excerpt shows a piece of an answer. A long one is not cut but left out, for the key
// may be in it and is not known here.
func excerpt(piece []byte) string {
	if len(piece) > 4*longestQuote {
		return "something of " + Counted(len(piece), "byte")
	}
	text := scrub.Clean(string(piece))
	if n := utf8.RuneCountInString(text); n > longestQuote {
		return "something of " + Counted(n, "character")
	}
	return text
}
