package labels

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
)

// Labels are all labels beside the groups, before they are tied to texts.
type Labels struct {
	Pairs   []Pair
	Queries []Query
	Marks   []Mark
	// Asked are the queries that the person asked and judged.
	Asked []AskedQuery
}

// OfSet are the labels that come with a built-in set. The error is an *Error, which
// the program's tests would show.
func OfSet(s corpus.Set) (l Labels, err error) {
	if s.Pairs != "" {
		if l.Pairs, err = ReadPairs(strings.NewReader(s.Pairs), s.Name, corpus.FormatCSV); err != nil {
			return l, err
		}
	}
	if s.Queries != "" {
		l.Queries, err = ReadQueries(strings.NewReader(s.Queries), s.Name, corpus.FormatCSV)
	}
	return l, err
}

// TiedPair is a labelled pair by the indices of its texts, A before B.
type TiedPair struct {
	evaluate.Pair
	// Marked tells that the person marked it.
	Marked bool
	// Label is the index among Labels.Pairs, or Labels.Marks.
	Label int
}

// TiedQuery is a query whose texts are named by index.
type TiedQuery struct {
	evaluate.Query
	// Label is the index among Labels.Queries, or Labels.Asked after those.
	Label int
}

// Tied are labels tied to a list of texts: what they name is an index.
type Tied struct {
	// Texts is how many texts there are.
	Texts int
	// Groups has the number of its group for each text, or -1 for none, and
	// GroupNames their names by number.
	Groups     []int
	GroupNames []string
	// Pairs are those of files and the person's marks, each pair once. A mark counts
	// before what a file says.
	Pairs []TiedPair
	// Repeated is how many pairs of files stood there before with the same score; they count once.
	Repeated int
	// Queries are those of files and the person's own, whose wording Labels.Wording has.
	Queries []TiedQuery
	// Pools says of the queries that the person judged, by their index in Queries, how
	// many first hits of every row they looked at; 0 when they did not look at all.
	Pools map[int]int
	// Problems are the labels that could not be tied and were left out, in their
	// order. A mark whose texts are not there is none.
	Problems []*Error

	scores map[[2]int]int  // a pair → its index in Pairs
	marked map[[2]int]bool // a pair that the person marked → it is the same
	grades *[2]float64     // the lowest and the highest of the pairs; nil where they are same and different
	first  []int           // of each text the first with the same words
	torn   [2]int          // two texts of the same words and different groups; zero for none
}

// Tie finds the texts that labels name: by id, by number where a text has no id, or
// by wording.
func (l Labels) Tie(texts []corpus.Text) *Tied { return l.TieTo(NewTexts(texts)) }

// TieTo is Tie to texts that were made ready before.
func (l Labels) TieTo(texts *Texts) *Tied {
	t := &tying{Texts: texts, Tied: &Tied{
		Texts: len(texts.list), Groups: texts.groups, GroupNames: texts.groupNames, first: texts.first, torn: texts.torn,
		scores: map[[2]int]int{}, marked: map[[2]int]bool{}, Pools: map[int]int{},
	}}
	for i, p := range l.Pairs {
		t.pair(i, p)
	}
	ends := t.ends()
	for i, m := range l.Marks {
		t.mark(i, m, ends)
	}
	for i, q := range l.Queries {
		t.query(i, q)
	}
	t.asked(l)
	return t.Tied
}

// tying is on its way to be Tied.
type tying struct {
	*Texts
	*Tied
}

func (t *tying) problem(e *Error) { t.Problems = append(t.Problems, e) }

// named finds a text, or notes that there is none of that name.
func (t *tying) named(at Place, column, name string) (int, bool) {
	i, ok := t.find(name)
	if !ok {
		hint := "write the id or the words of one"
		if column == columnsRelevant[0] {
			hint = idsHint
		}
		t.problem(at.fail(NoSuchText, column, fmt.Sprintf("there is no text %.60q", name), hint))
	}
	return i, ok
}

func (t *tying) pair(label int, p Pair) {
	a, okA := t.named(p.Place, columnsA[0], p.A)
	if !okA {
		return
	}
	b, okB := t.named(p.Place, columnsB[0], p.B)
	if !okB {
		return
	}
	if a == b {
		t.problem(p.fail(SameText, "", fmt.Sprintf("the pair is the text %.60q with itself", p.A), "name two texts"))
		return
	}
	key := [2]int{min(a, b), max(a, b)}
	if at, twice := t.scores[key]; twice {
		if before := t.Pairs[at]; before.Score != p.Score {
			t.problem(p.fail(Contradiction, "", fmt.Sprintf("the pair has the score %g here and another before", p.Score), "keep one of the two"))
		} else {
			t.Repeated++
		}
		return
	}
	t.add(key, TiedPair{Pair: evaluate.Pair{Score: p.Score}, Label: label})
}

func (t *tying) add(key [2]int, p TiedPair) {
	p.A, p.B = key[0], key[1]
	t.scores[key] = len(t.Pairs)
	t.Pairs = append(t.Pairs, p)
}

// ends are the scores of texts that are marked the same and different: 1 and 0, or the
// highest and the lowest grade where pairs have grades.
func (t *tying) ends() map[Verdict]float64 {
	var low, high float64
	graded := false
	for i, p := range t.Pairs {
		if i == 0 {
			low, high = p.Score, p.Score
		}
		graded = graded || p.Score != 0 && p.Score != 1
		low, high = min(low, p.Score), max(high, p.Score)
	}
	if !graded {
		return verdictScores
	}
	t.grades = &[2]float64{low, high}
	return map[Verdict]float64{Same: high, Different: low}
}

// MarkGrades tells which grades marks count as beside pairs with grades: the lowest there
// is for texts that are different, the highest for the same. ok is false without grades
// or without a mark that says either.
func (t *Tied) MarkGrades() (different, same float64, ok bool) {
	if t.grades == nil || len(t.marked) == 0 {
		return 0, 0, false
	}
	return t.grades[0], t.grades[1], true
}

// mark ties a mark, which has the score that scores give its verdict. It names its texts
// by their words, or by their ids where it came from a file.
func (t *tying) mark(label int, m Mark, scores map[Verdict]float64) {
	a, okA := t.markedText(m.A)
	b, okB := t.markedText(m.B)
	score, decided := scores[m.Verdict]
	if !okA || !okB || a == b || !decided {
		return
	}
	key, p := [2]int{min(a, b), max(a, b)}, TiedPair{Pair: evaluate.Pair{Score: score}, Marked: true, Label: label}
	t.marked[key] = m.Verdict == Same
	if at, known := t.scores[key]; known {
		p.A, p.B = key[0], key[1]
		t.Pairs[at] = p
		return
	}
	t.add(key, p)
}

// markedText finds a text that a mark names. A number is none of its names here: it would
// mean another text after every edit.
func (t *tying) markedText(name string) (int, bool) {
	if i, ok := t.findWords(name); ok {
		return i, true
	}
	return t.findID(strings.TrimSpace(name))
}

func (t *tying) query(label int, q Query) {
	tied := TiedQuery{Query: evaluate.Query{Source: evaluate.NoText}, Label: label}
	if q.Source != "" {
		source, ok := t.named(q.Place, "source", q.Source)
		if !ok {
			return
		}
		tied.Source = source
	}
	seen := map[int]bool{}
	for _, j := range q.Judged {
		grade := j.Grade
		text, ok := t.find(j.written)
		if ok && j.written != j.Text {
			grade = 1
		} else if text, ok = t.named(j.Place, columnsRelevant[0], j.Text); !ok {
			return
		}
		if seen[text] {
			t.problem(j.fail(Twice, columnsRelevant[0], fmt.Sprintf("the text %.60q is named twice", cmp.Or(j.Text, j.written)), "name it once"))
			return
		}
		seen[text] = true
		tied.Judged = append(tied.Judged, evaluate.Judgment{Text: text, Grade: grade})
	}
	t.Queries = append(t.Queries, tied)
}
