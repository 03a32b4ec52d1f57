package labels

import (
	"hash/maphash"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
)

// Texts are texts as labels name them, made ready once for all ties to them. They are
// not changed, so that several goroutines may share them.
type Texts struct {
	list       []corpus.Text
	ids, words index
	variants   index // of their words, where these differ: see variantsOf
	groups     []int
	groupNames []string
	first      []int  // of each text the first with the same words
	torn       [2]int // two texts of the same words and different groups; zero for none
}

// NewTexts makes texts ready. They must not be changed afterwards.
func NewTexts(texts []corpus.Text) *Texts {
	x := &Texts{list: texts}
	seed := maphash.MakeSeed()
	x.ids, x.words, x.variants = newIndex(seed), newIndex(seed), newIndex(seed)
	x.words.grow(len(texts))
	for i, t := range texts {
		x.ids.put(t.ID, i)
		x.words.put(t.Text, i)
		for _, v := range variantsOf(t.Text) {
			if v != t.Text {
				x.variants.put(v, i)
			}
		}
	}
	x.ids.sort()
	x.words.sort()
	x.variants.sort()
	x.group()
	x.findFirst()
	x.findTorn()
	return x
}

// variantsOf are the ways in which files may have the words of a text, those of marks
// without NUL.
func variantsOf(words string) [2]string {
	return [2]string{strings.TrimSpace(words), withoutNUL(words)}
}

// findID gives the first text of an id.
func (x *Texts) findID(id string) (int, bool) {
	return x.ids.find(id, func(i int) bool { return x.list[i].ID == id })
}

// findNumber gives the text of a number, if it has no id to be called by.
func (x *Texts) findNumber(number string) (int, bool) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(x.list) || x.list[n-1].ID != "" || strconv.Itoa(n) != number {
		return evaluate.NoText, false
	}
	return n - 1, true
}

// findWords gives the first text of those words, or else the first that has them in
// another way.
func (x *Texts) findWords(words string) (int, bool) {
	if i, ok := x.words.find(words, func(i int) bool { return x.list[i].Text == words }); ok {
		return i, true
	}
	return x.variants.find(words, func(i int) bool {
		v := variantsOf(x.list[i].Text)
		return v[0] == words || v[1] == words
	})
}

// find gives the index of a text; the first of several with the same wording.
func (x *Texts) find(name string) (int, bool) {
	trimmed := strings.TrimSpace(name)
	if i, ok := x.findID(trimmed); ok {
		return i, true
	}
	for _, words := range []string{name, trimmed} {
		if i, ok := x.findWords(words); ok {
			return i, true
		}
	}
	return x.findNumber(trimmed)
}

// wordsOf gives the words of the text that a mark names; what names none stays as it is.
func (x *Texts) wordsOf(name string) (words string, ok bool) {
	i, ok := x.findWords(name)
	if !ok {
		i, ok = x.find(name)
	}
	if !ok {
		return name, false
	}
	return x.list[i].Text, true
}

// findFirst finds of each text the first with the same words.
func (x *Texts) findFirst() {
	x.first = make([]int, len(x.list))
	for i := range x.first {
		x.first[i] = i
	}
	x.words.same(func(of, first int) bool {
		if x.list[of].Text != x.list[first].Text {
			return false
		}
		x.first[of] = first
		return true
	})
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
