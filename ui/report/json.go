package report

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/vecscope/vecscope/compare/pipeline"
)

// jsonWriter writes a document piece by piece, because a matrix of 20,000 texts
// does not fit into memory. The first error is kept.
type jsonWriter struct {
	w   *bufio.Writer
	err error
}

func newJSON(w io.Writer) *jsonWriter { return &jsonWriter{w: bufio.NewWriterSize(w, 1<<16)} }

func (j *jsonWriter) raw(s string) {
	if j.err == nil {
		_, j.err = j.w.WriteString(s)
	}
}

// value writes v in one line.
func (j *jsonWriter) value(v any) {
	if j.err != nil {
		return
	}
	b, err := marshal(v)
	if err != nil {
		j.err = err
		return
	}
	_, j.err = j.w.Write(b)
}

// list writes a list with one item a line; name is its key, empty at the top.
func (j *jsonWriter) list(name string, n int, item func(i int)) {
	if name != "" {
		j.raw(strconv.Quote(name) + ":")
	}
	j.raw("[")
	for i := 0; i < n && j.err == nil; i++ {
		if i > 0 {
			j.raw(",")
		}
		j.raw("\n")
		item(i)
	}
	if n > 0 {
		j.raw("\n")
	}
	j.raw("]")
}

// end writes what is left and gives the first error.
func (j *jsonWriter) end() error {
	j.raw("\n")
	if j.err == nil {
		j.err = j.w.Flush()
	}
	return j.err
}

// marshal is json.Marshal without escapes for HTML, but with escapes for every
// character that a terminal would obey or that hides or reorders text.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("writing JSON: %w", err)
	}
	line := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	if bytes.IndexFunc(line, invisible) < 0 {
		return line, nil
	}
	out := make([]byte, 0, len(line)+16)
	for len(line) > 0 {
		r, n := utf8.DecodeRune(line)
		switch {
		case !invisible(r):
			out = append(out, line[:n]...)
		case r > 0xffff:
			high, low := (r-0x10000)>>10+0xd800, (r-0x10000)&0x3ff+0xdc00
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		line = line[n:]
	}
	return out, nil
}

func invisible(r rune) bool { return r >= 0x7f && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) }

type textJSON struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Group string `json:"group"`
	Lang  string `json:"lang,omitempty"`
}

type errorJSON struct {
	Candidate string `json:"candidate"`
	Message   string `json:"message"`
	// Texts are the ids of those without a vector.
	Texts []string `json:"texts"`
}

func (j *jsonWriter) texts(c Comparison) {
	ids := textIDs(c.Texts)
	j.list("texts", len(c.Texts), func(i int) {
		j.value(textJSON{ids[i], c.Texts[i].Text, c.Texts[i].Group, c.Texts[i].Lang})
	})
}

func (j *jsonWriter) errors(problems []Problem) {
	j.list("errors", len(problems), func(i int) {
		j.value(errorJSON(problems[i]))
	})
}

// CompareJSON writes the comparison as one JSON object. Cells of texts without a
// vector are null. It returns the error of ctx when that ends first, because
// the cells of a very large matrix are computed while they are written.
func CompareJSON(ctx context.Context, w io.Writer, c Comparison) error {
	judged, err := c.judge(ctx)
	if err != nil {
		return err
	}
	j := newJSON(w)
	j.raw("{")
	j.texts(c)
	j.raw(",\n")
	ids := textIDs(c.Texts)
	j.list("candidates", len(c.Results), func(i int) { j.candidate(ctx, c.Results[i], ids) })
	j.raw(",\n")
	j.judgement(judged)
	j.raw(",\n")
	j.usage(c)
	j.raw(",\n")
	j.errors(c.Problems())
	j.raw("}")
	return j.end()
}

// candidate writes what candidateColumns hold and, as the last key, the matrix.
func (j *jsonWriter) candidate(ctx context.Context, r *pipeline.Result, ids []string) {
	b, err := object[*pipeline.Result]{candidateColumns(ids), r}.MarshalJSON()
	if err != nil {
		j.err = err
		return
	}
	j.raw(string(b[:len(b)-1]) + ",")
	n := r.Matrix.Len()
	var line []byte
	j.list("similarity", n, func(i int) {
		if j.err = ctx.Err(); j.err != nil {
			return
		}
		line = append(line[:0], '[')
		for k := range n {
			if k > 0 {
				line = append(line, ',')
			}
			line = appendCell(line, r, i, k)
		}
		_, j.err = j.w.Write(append(line, ']'))
	})
	j.raw("}")
}

func appendCell(line []byte, r *pipeline.Result, i, k int) []byte {
	s, ok := similarity(r, i, k)
	if !ok {
		return append(line, "null"...)
	}
	return strconv.AppendFloat(line, s, 'f', -1, 64)
}

// DuplicatesJSON writes the pairs as one JSON object; a and b are ids of texts.
// Similarities are rounded so that none seems to be on the other side of the
// threshold, which is null where each candidate has its own.
func DuplicatesJSON(w io.Writer, d Duplicates) error {
	j := newJSON(w)
	j.raw(`{"threshold":`)
	candidates := d.candidates()
	thresholds := map[string]float64{}
	for k, id := range candidates {
		thresholds[id] = d.threshold(k)
	}
	if d.Own == nil {
		j.value(d.Threshold)
	} else {
		j.raw("null")
	}
	j.raw(",\n")
	j.texts(d.Comparison)
	j.raw(",\n\"candidates\":")
	j.value(candidates)
	j.raw(",\n\"thresholds\":")
	j.value(thresholds)
	j.raw(",\n")
	ids := textIDs(d.Texts)
	j.list("pairs", len(d.Pairs), func(i int) {
		p := d.Pairs[i]
		out := struct {
			A          string              `json:"a"`
			B          string              `json:"b"`
			Similarity map[string]*float64 `json:"similarity"`
			Duplicate  map[string]bool     `json:"duplicate"`
		}{ids[p.A], ids[p.B], map[string]*float64{}, map[string]bool{}}
		for k, id := range candidates {
			out.Similarity[id] = finite(roundNear(p.Similarity[k], d.threshold(k), 9))
			out.Duplicate[id] = p.Similarity[k] >= d.threshold(k)
		}
		j.value(out)
	})
	clipped, unknown := map[string][]string{}, map[string][]string{}
	for _, r := range d.Results {
		clipped[r.Candidate.ID()] = idsAt(r.Clipped, ids)
		unknown[r.Candidate.ID()] = idsAt(r.Unknown, ids)
	}
	j.raw(",\n\"clipped\":")
	j.value(clipped)
	j.raw(",\n\"known_in_part\":")
	j.value(unknown)
	j.raw(",\n")
	j.usage(d.Comparison)
	j.raw(",\n")
	j.errors(d.Problems())
	j.raw("}")
	return j.end()
}

// finite is nil for NaN and infinity, which JSON cannot write.
func finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
