package evaluate

import "fmt"

// Problem says what is wrong with labels or scores.
type Problem int

// The problems that labels and scores can have. Item and Text are those of an
// [Error].
const (
	OneGroup        Problem = iota + 1 // all labelled texts are of one group, or of none
	NoSharedGroup                      // no group has two texts
	NoLabels                           // there is nothing to go by: no pair, no query
	AllEqual                           // every pair has the same score: Item 0 has it
	TextUnknown                        // Item names Text, which there is not
	SameText                           // pair Item is a text with itself
	NotFinite                          // a score or grade of Item is no finite number
	JudgedTwice                        // query Item judges Text twice
	NoneAnswerable                     // no query has a relevant text
	NoVector                           // the candidate has no vector for Text, or for query Item when Text is NoText
	WrongCount                         // there are not as many scores, queries or texts as labels: Item is how many there are
	WrongTask                          // labels of another task
	DifferentLabels                    // result Item is not of the same labels as the first
)

// Error is a problem of labels or scores and where it is. Item is the index of a
// pair or query as it was given, and −1 where no single one is at fault.
type Error struct {
	Problem Problem
	Item    int // from 0; the message counts from 1
	Text    int // from 0, or NoText
}

func (e *Error) Error() string {
	switch e.Problem {
	case OneGroup:
		return "all texts with a group are of one group, so nothing is to be told apart; give at least two groups"
	case NoSharedGroup:
		return "no group has two texts, so nothing belongs together; give at least one group two texts"
	case NoLabels:
		return "there are no labels to go by"
	case AllEqual:
		return "all pairs have the same score, so nothing is to be told apart"
	case TextUnknown:
		return fmt.Sprintf("label %d names text %d, which there is not", e.Item+1, e.Text+1)
	case SameText:
		return fmt.Sprintf("pair %d is text %d with itself", e.Item+1, e.Text+1)
	case NotFinite:
		return fmt.Sprintf("a score of label %d is not a finite number", e.Item+1)
	case JudgedTwice:
		return fmt.Sprintf("query %d judges text %d twice", e.Item+1, e.Text+1)
	case NoneAnswerable:
		return "no query has a relevant text"
	case NoVector:
		if e.Text == NoText {
			return fmt.Sprintf("query %d has no vector", e.Item+1)
		}
		return fmt.Sprintf("text %d has a label and no vector", e.Text+1)
	case WrongCount:
		return fmt.Sprintf("there are %d scores, which is not the number of labels", e.Item)
	case DifferentLabels:
		return fmt.Sprintf("candidate %d was measured by other labels than the first", e.Item+1)
	default:
		return "these labels are for another task"
	}
}
