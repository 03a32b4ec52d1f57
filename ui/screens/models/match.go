package models

import (
	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// modelField is a part of a model that the filter searches.
type modelField int

const (
	fieldID modelField = iota
	fieldLanguages
	fieldUse
	fieldProvider
	fieldName
	modelFields
)

// modelMatch tells how well a model matches the filter and where.
type modelMatch struct {
	score int
	// hits are byte positions in the field as fieldText gives it.
	hits [modelFields][]int
}

// fieldText is the part as it is shown, which is what the filter searches.
func fieldText(m api.Model, f modelField) string {
	switch f {
	case fieldID:
		return term.Safe(m.ID)
	case fieldLanguages:
		return term.Safe(m.Languages)
	case fieldUse:
		return term.Safe(m.Use)
	case fieldProvider:
		return term.Safe(m.Provider)
	default:
		return term.Safe(m.Name)
	}
}

// literalBonus lets a field that holds the word as it is stand before all whose
// letters are merely found in this order.
const literalBonus = 1000

// matchModel looks for every word in the fields, each by itself, so that letters
// are not gathered from all over the row. ok is false when a word is nowhere.
func matchModel(m api.Model, words []string) (match modelMatch, ok bool) {
	var fields [modelFields]string
	for f := range modelFields {
		fields[f] = fieldText(m, f)
	}
	for _, word := range words {
		if !match.addReference(fields, word) && !match.add(fields, word) {
			return modelMatch{}, false
		}
	}
	return match, true
}

// addReference looks for a word that holds the end of the provider, the slash and
// the beginning of the model's name, as references are written.
func (match *modelMatch) addReference(fields [modelFields]string, word string) bool {
	provider := fields[fieldProvider]
	at := widget.IndexFold(provider+"/"+fields[fieldID], word)
	if at < 0 || at > len(provider) || at+len(word) <= len(provider) {
		return false
	}
	for i := at; i < at+len(word); i++ {
		switch {
		case i < len(provider):
			match.hits[fieldProvider] = append(match.hits[fieldProvider], i)
		case i > len(provider):
			match.hits[fieldID] = append(match.hits[fieldID], i-len(provider)-1)
		}
	}
	match.score += literalBonus
	return true
}

// add looks for one word: in all fields that hold it as it is, else in the one
// where its letters fit best.
func (match *modelMatch) add(fields [modelFields]string, word string) bool {
	literal := false
	for f, text := range fields {
		if at := widget.IndexFold(text, word); at >= 0 {
			literal = true
			for i := range word {
				match.hits[f] = append(match.hits[f], at+i)
			}
		}
	}
	best, field := widget.Match{}, -1
	for _, found := range widget.Gathered(word, fields[:]) {
		if field < 0 || found.Score > best.Score {
			best, field = found, found.Index
		}
	}
	switch {
	case literal:
		match.score += literalBonus + best.Score
	case field >= 0:
		match.score += best.Score
		match.hits[field] = append(match.hits[field], best.Hits...)
	default:
		return false
	}
	return true
}
