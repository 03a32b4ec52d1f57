package labels

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
)

// Verdict is what a person says of a pair of texts.
type Verdict string

// What can be said of a pair.
const (
	Same      Verdict = "same"
	Different Verdict = "different"
	// Unsure is said to be done with a pair; it is no label.
	Unsure Verdict = "unsure"
)

// verdictScores are the scores that verdicts mean.
var verdictScores = map[Verdict]float64{Same: 1, Different: 0}

// Mark is a verdict on two texts, which it names by their words, so that it outlives
// that they are moved, and comes back with them.
type Mark struct {
	A       string  `json:"a"`
	B       string  `json:"b"`
	Verdict Verdict `json:"verdict"`
}

// between is the pair of a mark whichever way round.
func (m Mark) between() [2]string { return [2]string{min(m.A, m.B), max(m.A, m.B)} }

// Marks are the marks of a person, one a pair, with undo. The zero Marks has
// none. It is not safe for concurrent use.
type Marks struct {
	verdicts map[[2]string]Verdict
	order    [][2]string // of the first mark of each pair; those taken back stay
	undo     []marking
	revision uint64
}

// marking is a change of what was said of a pair.
type marking struct {
	pair [2]string
	was  Verdict
}

// NewMarks are those marks, with nothing to undo; of two of a pair the later counts.
// What is no verdict, as in a file that was edited by hand, is none.
func NewMarks(list []Mark) *Marks {
	m := &Marks{}
	for _, mark := range list {
		if mark.Verdict.known() {
			m.put(mark.between(), mark.Verdict)
		}
	}
	return m
}

// Set says of two texts what they are; an empty verdict takes back what was said. It
// tells whether that changed anything.
func (m *Marks) Set(a, b string, v Verdict) bool {
	pair := Mark{A: a, B: b}.between()
	was := m.verdicts[pair]
	if was == v || a == b {
		return false
	}
	m.undo = append(m.undo, marking{pair, was})
	m.put(pair, v)
	return true
}

func (m *Marks) put(pair [2]string, v Verdict) {
	if m.verdicts == nil {
		m.verdicts = map[[2]string]Verdict{}
	}
	if _, known := m.verdicts[pair]; !known {
		m.order = append(m.order, pair)
	}
	m.verdicts[pair] = v
	m.revision++
}

// Of gives what is said of two texts, whichever way round; empty for nothing.
func (m *Marks) Of(a, b string) Verdict { return m.verdicts[Mark{A: a, B: b}.between()] }

// List gives the marks in the order in which the pairs were marked first.
func (m *Marks) List() []Mark {
	var list []Mark
	for _, pair := range m.order {
		if v := m.verdicts[pair]; v != "" {
			list = append(list, Mark{pair[0], pair[1], v})
		}
	}
	return list
}

// Len is how many pairs are marked.
func (m *Marks) Len() int { return len(m.List()) }

// Revision changes with every change of the marks and never comes back to an earlier
// value.
func (m *Marks) Revision() uint64 { return m.revision }

// Undo takes the last marking back and gives what is said of its pair now, which has
// an empty verdict where nothing is; ok is false when there is none.
func (m *Marks) Undo() (now Mark, ok bool) {
	if len(m.undo) == 0 {
		return Mark{}, false
	}
	last := m.undo[len(m.undo)-1]
	m.undo = m.undo[:len(m.undo)-1]
	m.put(last.pair, last.was)
	return Mark{last.pair[0], last.pair[1], last.was}, true
}

// MarshalJSON implements json.Marshaler: a list of {"a","b","verdict"}.
func (m *Marks) MarshalJSON() ([]byte, error) { return json.Marshal(m.List()) }

// UnmarshalJSON implements json.Unmarshaler.
func (m *Marks) UnmarshalJSON(data []byte) error {
	var list []Mark
	if err := json.Unmarshal(data, &list); err != nil {
		return fmt.Errorf("reading the marks: %w", err)
	}
	*m = *NewMarks(list)
	return nil
}

func (v Verdict) known() bool { return v == Same || v == Different || v == Unsure }

// WriteCSV writes marks as a file of pairs: the words of both texts and the score 1 or
// 0, or "unsure", which is no label. What a spreadsheet would compute is escaped as
// corpus.EscapeFormula does, and NUL bytes are left out, with which it were no text file.
func WriteCSV(w io.Writer, marks []Mark) error {
	out := csv.NewWriter(w)
	rows := [][]string{{columnsA[0], columnsB[0], columnsScore[0]}}
	for _, m := range marks {
		score := string(Unsure)
		if number, known := verdictScores[m.Verdict]; known {
			score = strconv.FormatFloat(number, 'g', -1, 64)
		}
		rows = append(rows, []string{cell(m.A), cell(m.B), score})
	}
	return out.WriteAll(rows)
}

// cell is words as they are written to a file.
func cell(words string) string {
	safe, _ := corpus.EscapeFormula(withoutNUL(words))
	return safe
}

func withoutNUL(words string) string { return strings.ReplaceAll(words, "\x00", "") }

// OpenMarks reads marks from a file of pairs that WriteCSV wrote, or from any whose
// scores are 1 or 0, or say same, different, yes, no, true, false or unsure. The error is an *Error.
func OpenMarks(path string) ([]Mark, error) {
	return ofMarks().open(path)
}

func ofMarks() reading[Mark] {
	return reading[Mark]{most: MaxPairs, what: "marks", label: row.mark}
}

func (r row) mark() (m Mark, ok bool, err error) {
	a, b, score, err := r.sides()
	if err != nil {
		return m, false, err
	}
	verdict := verdictIn(score)
	switch x, isNumber := number(score); {
	case isNumber && x == 1:
		verdict = Same
	case isNumber && x == 0:
		verdict = Different
	case verdict == "":
		return m, false, r.fail(NotANumber, "score", fmt.Sprintf("%.40q is no mark", score), "write 1 for same, 0 for different, or unsure")
	}
	return Mark{a, b, verdict}, true, nil
}
