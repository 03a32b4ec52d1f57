package compare

import "fmt"

// ZeroVectorError reports a text whose vector has length zero, so that it has
// no direction and no cosine with anything.
type ZeroVectorError struct {
	Text       int // index of the text, from 0; the message counts from 1
	Dimensions int // how many leading values were looked at
}

func (e *ZeroVectorError) Error() string {
	return fmt.Sprintf("text %d has a zero vector (all %d values are 0), which is similar to nothing; change or remove the text",
		e.Text+1, e.Dimensions)
}

// LengthError reports a text whose vector has another length than the vectors
// before it.
type LengthError struct {
	Text   int // index of the text, from 0; the message counts from 1
	Length int // number of values found
	Want   int // number of values of the first vector; 0 when the first vector itself is empty
}

func (e *LengthError) Error() string {
	if e.Length == 0 {
		return fmt.Sprintf("text %d has an empty vector; ask for it again", e.Text+1)
	}
	return fmt.Sprintf("text %d has a vector of %d dimensions where the others have %d; vectors of one model at one length can be compared",
		e.Text+1, e.Length, e.Want)
}

// NotFiniteError reports a text whose vector contains NaN or an infinity.
type NotFiniteError struct {
	Text     int // index of the text, from 0; the message counts from 1
	Position int // index of the value in the vector, from 0
}

func (e *NotFiniteError) Error() string {
	return fmt.Sprintf("text %d has a vector whose value %d is not a finite number; ask for it again", e.Text+1, e.Position+1)
}

// DimensionsError reports a number of dimensions that vectors cannot be
// truncated to.
type DimensionsError struct {
	Asked int // dimensions asked for
	Have  int // dimensions of the vectors
}

func (e *DimensionsError) Error() string {
	return fmt.Sprintf("vectors of %d dimensions cannot be truncated to %d; choose from 1 to %d", e.Have, e.Asked, e.Have)
}
