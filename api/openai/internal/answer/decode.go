package answer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// Embeddings is what an embeddings endpoint says.
type Embeddings struct {
	// Vectors are in the order of the texts, all of one length and finite; nil for
	// a text that Wrong names.
	Vectors [][]float32
	// Wrong says of each text whose vector is of no use why, by its place.
	Wrong   map[int]error
	Tokens  int    // what the server counted; 0 when it did not
	Failure []byte // the JSON of "error"; nil when there is none
}

// ErrCut is an answer that ends before its end.
var ErrCut = errors.New("the answer is cut off")

// ErrNoAPI is an answer that no embeddings endpoint gives.
var ErrNoAPI = errors.New("this does not look like an embeddings API")

// ownFormWithin is where a list of vectors in llama.cpp's own form shows, in bytes.
const ownFormWithin = 64

var (
	// errOwnForm is a list where OpenAI's form has an object.
	errOwnForm = fmt.Errorf("the vectors come in the server's own form and not in OpenAI's, as where base_url should end with /v1: %w", ErrNoAPI)
	// errEmpty is a vector without numbers.
	errEmpty = errors.New("empty")
	// errNeither is something else in place of a vector.
	errNeither = errors.New("neither numbers nor base64")
	// errLeftOut is a text for which no vector came, though some came for those after it.
	errLeftOut = errors.New("the answer leaves it out")
	// errNested is a list of vectors in place of one.
	errNested = errors.New("it has a vector for every token and none for the text: the server must pool them (llama-server: --pooling mean)")
	// errNone is a place where a vector should be.
	errNone = errors.New("an object of data holds no embedding")
)

// Decode reads the answer to a request of that many texts. Every value is read
// the way its first byte says, whatever was asked for. An answer with a failure
// has no vectors. The error says what makes the answer unusable; Wrong comes with
// it when the answer is in order and just none of its vectors is of use.
func Decode(body []byte, texts int) (Embeddings, error) {
	d := decoder{json: cursor{b: bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))}, texts: texts}
	switch d.json.next() {
	case '{':
	case 0:
		return Embeddings{}, ErrCut
	case '[':
		if bytes.Contains(body[:min(len(body), ownFormWithin)], []byte(`"embedding"`)) {
			return Embeddings{}, errOwnForm
		}
		fallthrough
	default:
		return Embeddings{}, fmt.Errorf("the answer is no JSON object: %w", ErrNoAPI)
	}
	if err := d.json.object(d.field); err != nil {
		return Embeddings{}, err
	}
	if d.answer.Failure != nil {
		return d.answer, nil
	}
	if err := d.arrange(); err != nil {
		return Embeddings{}, err
	}
	switch {
	case d.dims > 0, texts == 0:
	case errors.Is(d.rows[0].wrong, errNone):
		return Embeddings{}, errNone
	default:
		return d.answer, unusable("vector 1", d.rows[0].wrong)
	}
	return d.answer, nil
}

// decoder reads one answer.
type decoder struct {
	json   cursor
	texts  int
	answer Embeddings

	rows []row     // as they come
	slab []float32 // what is left of the room for all rows
	dims int       // length of the first good row; 0 before
	data bool      // there is a field for the vectors
}

// row is one vector as it comes.
type row struct {
	at     int // its index, -1 without one
	vector []float32
	wrong  error // why it is of no use
}

func (d *decoder) field(key []byte) error {
	switch string(key) {
	case "data":
		d.rows, d.data = nil, true
		if d.json.next() != '[' {
			return d.json.skip()
		}
		return d.json.array(d.element)
	case "usage":
		raw, err := d.json.value()
		d.answer.Tokens = tokensIn(raw)
		return err
	case "error":
		raw, err := d.json.value()
		if len(raw) > 0 && !bytes.Equal(raw, []byte("null")) {
			d.answer.Failure = raw
		}
		return err
	}
	return d.json.skip()
}

// element reads one element of data.
func (d *decoder) element() error {
	if d.json.next() != '{' {
		return errors.New("data holds something other than objects")
	}
	r, found := row{at: -1}, false
	err := d.json.object(func(key []byte) error {
		switch string(key) {
		case "index":
			raw, err := d.json.value()
			if err == nil && string(raw) != "null" {
				if r.at, err = strconv.Atoi(string(raw)); err != nil || r.at < 0 {
					return fmt.Errorf("the index %s is no position", excerpt(raw))
				}
			}
			return err
		case "embedding":
			if found {
				return errors.New("an object of data holds two embeddings")
			}
			found = true
			return d.vector(&r)
		}
		return d.json.skip()
	})
	if err != nil {
		return err
	}
	if !found {
		r.wrong = errNone
	}
	d.rows = append(d.rows, r)
	return nil
}

// vector reads an embedding in the form that its first byte tells. One that is of no
// use is stepped over: those beside it are good all the same.
func (d *decoder) vector(r *row) error {
	if len(d.rows) >= d.texts { // counted, but of no use
		return d.json.skip()
	}
	start := d.json.i
	switch d.json.next() {
	case '"':
		r.vector, r.wrong = d.base64()
	case '[':
		if r.wrong = errNested; !d.json.nested() {
			r.vector, r.wrong = d.numbers()
		}
	default:
		r.wrong = errNeither
	}
	switch {
	case errors.Is(r.wrong, ErrCut), errors.Is(r.wrong, errSyntax):
		return r.wrong
	case r.wrong != nil:
		d.json.i, r.vector = start, nil
		return d.json.skip()
	case len(r.vector) == 0:
		r.vector, r.wrong = nil, errEmpty
	case d.dims == 0:
		d.dims = len(r.vector)
	case len(r.vector) != d.dims:
		return fmt.Errorf("vectors of %d and %d dimensions in one answer", d.dims, len(r.vector))
	}
	return nil
}

// room gives space for the next row of that length; the first row's length makes
// room for all. most bounds how many values the rest of the answer can hold, so
// that a lie about lengths reserves no memory.
func (d *decoder) room(length, most int) []float32 {
	if d.slab == nil {
		d.slab = make([]float32, min(length*d.texts, max(length, most)))
	}
	if len(d.slab) < length {
		return make([]float32, length)
	}
	row := d.slab[:length:length]
	d.slab = d.slab[length:]
	return row
}

func (d *decoder) base64() ([]float32, error) {
	text, err := d.json.text()
	if err != nil {
		return nil, err
	}
	length, err := base64Floats(text)
	if err != nil || length == 0 {
		return nil, err
	}
	row := d.room(length, (len(text)+len(d.json.b)-d.json.i)*3/16)
	return row, decodeBase64(row, text)
}

func (d *decoder) numbers() ([]float32, error) {
	if d.dims == 0 { // the first good one tells how long they are
		row, err := d.json.numbers(nil)
		if err != nil || len(row) == 0 {
			return nil, err
		}
		kept := d.room(len(row), len(row)+(len(d.json.b)-d.json.i)/2)
		copy(kept, row)
		return kept, nil
	}
	return d.json.numbers(d.room(d.dims, 0)[:0])
}

// arrange puts the rows into the order of the texts. Indices are a permutation,
// or absent everywhere; then the rows are in order already. Some may be missing where
// the indices of the others tell which.
func (d *decoder) arrange() error {
	if len(d.rows) != d.texts && !d.leavesOut() {
		switch {
		case !d.data:
			return fmt.Errorf("the answer holds no vectors: %w", ErrNoAPI)
		case len(d.rows) == 0:
			return errors.New("the answer holds no vectors")
		}
		return fmt.Errorf("%s for %s", Counted(len(d.rows), "vector"), Counted(d.texts, "text"))
	}
	absent, taken := 0, make([]bool, d.texts)
	d.answer.Vectors = make([][]float32, d.texts)
	for i, r := range d.rows {
		at := r.at
		switch {
		case at < 0:
			absent++
			at = i
		case at >= d.texts:
			return fmt.Errorf("the index %d for %s", at, Counted(d.texts, "text"))
		case taken[at] && absent == 0:
			return fmt.Errorf("the index %d comes twice", at)
		}
		taken[at] = true
		d.answer.Vectors[at] = r.vector
		if r.wrong != nil {
			d.wrong(at, r.wrong)
		}
	}
	if absent > 0 && absent < d.texts {
		return errors.New("some vectors have an index and some have none")
	}
	for at, came := range taken {
		if !came {
			d.wrong(at, errLeftOut)
		}
	}
	return nil
}

// leavesOut tells whether vectors are missing whose texts are certain: all others have
// indices, and those do not merely count what came.
func (d *decoder) leavesOut() bool {
	last := -1
	for _, r := range d.rows {
		if r.at < 0 {
			return false
		}
		last = max(last, r.at)
	}
	return len(d.rows) < d.texts && last >= len(d.rows)
}

// wrong takes note of a text whose vector is of no use.
func (d *decoder) wrong(at int, why error) {
	if d.answer.Wrong == nil {
		d.answer.Wrong = map[int]error{}
	}
	d.answer.Wrong[at] = unusable("its vector", why)
}

// unusable says of a vector why it is of no use.
func unusable(which string, why error) error {
	if errors.Is(why, errEmpty) || errors.Is(why, errNeither) {
		return fmt.Errorf("%s is %w", which, why)
	}
	return fmt.Errorf("%s: %w", which, why)
}

// tokensIn reads a usage: prompt_tokens, else total_tokens; 0 when neither
// is a number above 0.
func tokensIn(raw []byte) int {
	usage := Fields{}
	if json.Unmarshal(raw, &usage) != nil {
		return 0
	}
	for _, key := range []string{"prompt_tokens", "total_tokens"} {
		if n := usage.Count(key); n > 0 {
			return n
		}
	}
	return 0
}

// CountedTokens looks for the tokens that a server counted in an answer whose vectors
// are of no use; 0 when it does not say.
func CountedTokens(body []byte) (tokens int) {
	c := cursor{b: bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))}
	// What follows a mistake is not read, as if it had not come.
	_ = c.object(func(key []byte) error {
		raw, err := c.value()
		if string(key) == "usage" && err == nil {
			tokens = tokensIn(raw)
		}
		return err
	})
	return tokens
}

// Counted writes a number with its noun: 1 vector, 2 vectors.
func Counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
