package labels

import (
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
)

// Texts are texts as labels name them, made ready once for all ties to them. They are
// not changed, so that several goroutines may share them.
type Texts struct {
	list                    []corpus.Text
	byID, byNumber, byWords map[string]int
	groups                  []int
	groupNames              []string
	first                   []int  // of each text the first with the same words
	torn                    [2]int // two texts of the same words and different groups; zero for none
}

// NewTexts makes texts ready. They must not be changed afterwards.
func NewTexts(texts []corpus.Text) *Texts {
	x := &Texts{list: texts, byID: map[string]int{}, byNumber: map[string]int{}, byWords: make(map[string]int, len(texts))}
	put := func(m map[string]int, name string, i int) {
		if _, taken := m[name]; !taken && name != "" {
			m[name] = i
		}
	}
	for i, t := range texts {
		put(x.byID, t.ID, i)
		if t.ID == "" {
			put(x.byNumber, t.Label(i), i)
		}
		put(x.byWords, t.Text, i)
	}
	for i, t := range texts {
		put(x.byWords, strings.TrimSpace(t.Text), i)
		put(x.byWords, withoutNUL(t.Text), i) // as files of marks have it
	}
	x.group()
	for _, t := range texts {
		x.first = append(x.first, x.byWords[t.Text])
	}
	x.findTorn()
	return x
}

// find gives the index of a text; the first of several with the same wording.
func (x *Texts) find(name string) (int, bool) {
	trimmed := strings.TrimSpace(name)
	for _, in := range []struct {
		names map[string]int
		name  string
	}{{x.byID, trimmed}, {x.byWords, name}, {x.byWords, trimmed}, {x.byNumber, trimmed}} {
		if i, ok := in.names[in.name]; ok {
			return i, true
		}
	}
	return evaluate.NoText, false
}

// words gives the words of the text that a mark names; what names none stays as it is.
func (x *Texts) words(name string) (words string, ok bool) {
	i, ok := x.byWords[name]
	if !ok {
		i, ok = x.find(name)
	}
	if !ok {
		return name, false
	}
	return x.list[i].Text, true
}

func (x *Texts) group() {
	number := map[string]int{}
	for _, text := range x.list {
		if text.Group == "" {
			x.groups = append(x.groups, evaluate.NoText)
			continue
		}
		if _, known := number[text.Group]; !known {
			number[text.Group] = len(number)
			x.groupNames = append(x.groupNames, text.Group)
		}
		x.groups = append(x.groups, number[text.Group])
	}
}

func (x *Texts) findTorn() {
	for i, first := range x.first {
		if first != i && x.groups[i] >= 0 && x.groups[first] >= 0 && x.groups[i] != x.groups[first] {
			x.torn = [2]int{first, i}
			return
		}
	}
}
