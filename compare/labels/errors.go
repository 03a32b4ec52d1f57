package labels

import (
	"fmt"

	"github.com/vecscope/vecscope/compare/corpus"
)

// Problem says what is wrong with labels.
type Problem int

// The problems that labels can have.
const (
	Unreadable    Problem = iota + 1 // no file, or none that could be read
	NoColumn                         // a column is missing
	NoLabels                         // there is not one label
	TooMany                          // there are more labels than are read
	NoSuchText                       // a label names a text that there is not
	SameText                         // a pair is a text with itself
	NotANumber                       // a score or grade is no finite number
	Twice                            // what must be there once is there twice: an id, a query, a text of a query
	Contradiction                    // a pair has two scores
	NoWords                          // a query or text has no words
	NoGroups                         // no text has a group
	OneGroup                         // all texts with a group are of one
	NothingShared                    // no group has two texts
	AllEqual                         // every pair has the same score
	NoAnswers                        // no query has a relevant text
	NoJudgments                      // a BEIR folder has no qrels
	TooLong                          // a text or query is longer than is read
	OneText                          // there is one text only to be found
)

// Error is a problem of labels: where it is, why it is one, and what to do, in one
// line.
type Error struct {
	Problem Problem
	// More is how many labels after this one have the same problem.
	More int
	*corpus.ReadError
}

func (e *Error) Error() string {
	line := e.ReadError.Error()
	if e.More > 0 {
		line += fmt.Sprintf(" (and %d more like this)", e.More)
	}
	return line
}

// Unwrap gives the *corpus.ReadError.
func (e *Error) Unwrap() error { return e.ReadError }

// Place is where labels stand: in which file, and from which row on.
type Place struct {
	// Name is the file's name, or what else the labels come from.
	Name string
	// Row is the line, or the row of a workbook, from 1; 0 when there is none.
	Row int
}

func (p Place) fail(problem Problem, field, why, hint string) *Error {
	return &Error{Problem: problem, ReadError: &corpus.ReadError{Name: p.Name, Row: p.Row, Field: field, Why: why, Hint: hint}}
}
