package answer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/vecscope/vecscope/api/openai/internal/scrub"
)

// Embeddings is what an embeddings endpoint says.
type Embeddings struct {
	Vectors [][]float32 // in the order of the texts, all of one length, finite
	Tokens  int         // what the server counted; 0 when it did not
	Failure []byte      // the JSON of "error"; nil when there is none
}

// ErrCut is an answer that ends before its end.
var ErrCut = errors.New("the answer is cut off")

// ErrNoAPI is an answer that no embeddings endpoint gives.
var ErrNoAPI = errors.New("this does not look like an embeddings API")

// Decode reads the answer to a request of that many texts. Every value is read
// the way its first byte says, whatever was asked for. An answer with a failure
// has no vectors. The error says what makes the answer unusable.
func Decode(body []byte, texts int) (Embeddings, error) {
	d := decoder{json: cursor{b: bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))}, texts: texts}
	switch d.json.next() {
	case '{':
	case 0:
		return Embeddings{}, ErrCut
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
	return d.answer, nil
}

// decoder reads one answer.
type decoder struct {
	json   cursor
	texts  int
	answer Embeddings

	rows [][]float32 // as they come
	at   []int       // the index of each, -1 without one
	slab []float32   // what is left of the room for all rows
	dims int         // length of the first row
	data bool        // there is a field for the vectors
}

func (d *decoder) field(key []byte) error {
	switch string(key) {
	case "data":
		d.rows, d.at, d.data = nil, nil, true
		if d.json.next() != '[' {
			return d.json.skip()
		}
		return d.json.array(d.row)
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

// row reads one element of data.
func (d *decoder) row() error {
	if d.json.next() != '{' {
		return errors.New("data holds something other than objects")
	}
	index, found := -1, false
	err := d.json.object(func(key []byte) error {
		switch string(key) {
		case "index":
			raw, err := d.json.value()
			if err == nil && string(raw) != "null" {
				if index, err = strconv.Atoi(string(raw)); err != nil || index < 0 {
					return fmt.Errorf("the index %s is no position", scrub.Cut(scrub.Clean(string(raw)), 30))
				}
			}
			return err
		case "embedding":
			if found {
				return errors.New("an object of data holds two embeddings")
			}
			found = true
			return d.vector()
		}
		return d.json.skip()
	})
	if err != nil {
		return err
	}
	if !found {
		return errors.New("an object of data holds no embedding")
	}
	d.at = append(d.at, index)
	return nil
}

// vector reads an embedding in the form that its first byte tells.
func (d *decoder) vector() error {
	number := len(d.rows) + 1
	if len(d.rows) >= d.texts { // counted, but of no use
		d.rows = append(d.rows, nil)
		return d.json.skip()
	}
	var row []float32
	var err error
	switch d.json.next() {
	case '"':
		row, err = d.base64()
	case '[':
		row, err = d.numbers()
	default:
		err = errors.New("it is neither numbers nor base64")
	}
	switch {
	case errors.Is(err, ErrCut):
		return err
	case err != nil:
		return fmt.Errorf("vector %d: %w", number, err)
	case len(row) == 0:
		return fmt.Errorf("vector %d is empty", number)
	case len(row) != d.dims:
		return fmt.Errorf("vectors of %d and %d dimensions in one answer", d.dims, len(row))
	}
	d.rows = append(d.rows, row)
	return nil
}

// room gives space for the next row of that length; the first row's length makes
// room for all. most bounds how many values the rest of the answer can hold, so
// that a lie about lengths reserves no memory.
func (d *decoder) room(length, most int) []float32 {
	if d.dims == 0 {
		d.dims = length
		d.slab = make([]float32, min(length*d.texts, max(length, most)))
	}
	if length != d.dims || len(d.slab) < length {
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
	if d.dims == 0 { // the first tells how long they are
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
// or absent everywhere; then the rows are in order already.
func (d *decoder) arrange() error {
	if len(d.rows) != d.texts {
		switch {
		case !d.data:
			return fmt.Errorf("the answer holds no vectors: %w", ErrNoAPI)
		case len(d.rows) == 0:
			return errors.New("the answer holds no vectors")
		}
		return fmt.Errorf("%s for %s", Counted(len(d.rows), "vector"), Counted(d.texts, "text"))
	}
	absent := 0
	d.answer.Vectors = make([][]float32, d.texts)
	for i, at := range d.at {
		switch {
		case at < 0:
			absent++
			at = i
		case at >= d.texts:
			return fmt.Errorf("the index %d for %s", at, Counted(d.texts, "text"))
		case d.answer.Vectors[at] != nil && absent == 0:
			return fmt.Errorf("the index %d comes twice", at)
		}
		d.answer.Vectors[at] = d.rows[i]
	}
	if absent > 0 && absent < d.texts {
		return errors.New("some vectors have an index and some have none")
	}
	return nil
}

// countedTokens reads a usage: prompt_tokens, else total_tokens; 0 when neither
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
