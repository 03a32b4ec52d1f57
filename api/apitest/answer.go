package apitest

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"math"
	"strconv"

	"github.com/vecscope/vecscope/api"
)

// embeddingAnswer is an answer full of vectors before it is written, so that
// faults can change it.
type embeddingAnswer struct {
	row        api.Model
	inputs     []string
	dimensions int
	tokens     int
	base64     bool
	items      []item
	// usage is written in place of the dialect's own; nil leaves that.
	usage any
	// leaveOutUsage leaves it out.
	leaveOutUsage bool
}

// item is one vector of the answer.
type item struct {
	// index is left out when it is nil.
	index  *int
	vector []float32
	// literal is written in place of the vector; empty writes the vector.
	literal string
	// first is written in place of the first number; empty writes the number.
	first string
}

// put makes the items of the vectors, in order.
func (a *embeddingAnswer) put(vectors [][]float32) {
	a.items = make([]item, len(vectors))
	for i, v := range vectors {
		a.items[i] = item{index: &i, vector: v}
	}
}

// encode writes the answer. It is written by hand because json.Marshal would take
// a second for 2048 vectors, and refuses what faults want to say.
func (a *embeddingAnswer) encode(usage func(tokens int) any) []byte {
	out := []byte(`{"object":"list","data":[`)
	for i, it := range a.items {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, `{"object":"embedding",`...)
		if it.index != nil {
			out = append(out, `"index":`...)
			out = strconv.AppendInt(out, int64(*it.index), 10)
			out = append(out, ',')
		}
		out = append(out, `"embedding":`...)
		out = it.append(out, a.base64)
		out = append(out, '}')
	}
	out = append(out, `],"model":`...)
	out = appendJSON(out, a.row.ID)
	if !a.leaveOutUsage {
		if a.usage == nil {
			a.usage = usage(a.tokens)
		}
		out = append(out, `,"usage":`...)
		out = appendJSON(out, a.usage)
	}
	return append(out, '}')
}

func (it item) append(out []byte, inBase64 bool) []byte {
	switch {
	case it.literal != "":
		return append(out, it.literal...)
	case inBase64 && it.first == "":
		out = append(out, '"')
		out = base64.StdEncoding.AppendEncode(out, littleEndian(it.vector))
		return append(out, '"')
	}
	out = append(out, '[')
	for i, x := range it.vector {
		if i > 0 {
			out = append(out, ',')
		}
		if i == 0 && it.first != "" {
			out = append(out, it.first...)
			continue
		}
		out = appendNumber(out, x)
	}
	return append(out, ']')
}

// appendNumber writes a number so that a float32 reads back the same. What is not
// finite becomes NaN or Infinity as Python writes them, which JSON does not have.
func appendNumber(out []byte, x float32) []byte {
	switch {
	case math.IsInf(float64(x), 1):
		return append(out, "Infinity"...)
	case math.IsInf(float64(x), -1):
		return append(out, "-Infinity"...)
	}
	return strconv.AppendFloat(out, float64(x), 'g', -1, 32)
}

// littleEndian gives the bytes of the float32 numbers, as every server with
// base64 sends them.
func littleEndian(v []float32) []byte {
	out := make([]byte, 0, 4*len(v))
	for _, x := range v {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(x))
	}
	return out
}

// appendJSON appends a value that can be encoded.
func appendJSON(out []byte, value any) []byte {
	encoded, err := json.Marshal(value)
	if err != nil {
		panic("encode an answer: " + err.Error())
	}
	return append(out, encoded...)
}

// promptUsage is OpenAI's.
func promptUsage(tokens int) any { return object{"prompt_tokens": tokens, "total_tokens": tokens} }

// totalUsage is Voyage's.
func totalUsage(tokens int) any { return object{"total_tokens": tokens} }

// noUsage is LM Studio's, which does not count.
func noUsage(int) any { return object{"prompt_tokens": 0, "total_tokens": 0} }
