package compare

import "testing"

// Texts and values are counted from 1 in what is said, from 0 in the fields.
func TestErrorsSayWhatIsWrongAndWhatHelps(t *testing.T) {
	for want, err := range map[string]error{
		"text 3 has a zero vector (all 64 values are 0), which is similar to nothing; change or remove the text":          &ZeroVectorError{Text: 2, Dimensions: 64},
		"text 1 has an empty vector; ask for it again":                                                                    &LengthError{Text: 0, Want: 3},
		"text 2 has a vector of 4 dimensions where the others have 3; vectors of one model at one length can be compared": &LengthError{Text: 1, Length: 4, Want: 3},
		"text 5 has a vector whose value 8 is not a finite number; ask for it again":                                      &NotFiniteError{Text: 4, Position: 7},
		"vectors of 512 dimensions cannot be truncated to 600; choose from 1 to 512":                                      &DimensionsError{Asked: 600, Have: 512},
	} {
		if got := err.Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAPairIsNeverBehindAllOthers(t *testing.T) {
	alone := mustScan(t, mustVectors(t, [][]float32{{1, 0}}), ScanOptions{Floor: -1})
	if got := alone.Place(.5); got != 1 {
		t.Errorf("without pairs the place is %d", got)
	}
	s := mustScan(t, mustVectors(t, fan(0, 10, 30)), ScanOptions{Floor: -1}) // 10, 20 and 30 degrees apart
	for similarity, want := range map[float64]int{1: 1, s.Pairs()[0].Similarity: 1, s.Pairs()[1].Similarity: 2, s.Pairs()[2].Similarity: 3, -1: 3} {
		if got := s.Place(similarity); got != want {
			t.Errorf("%v has the place %d, want %d", similarity, got, want)
		}
	}
}
