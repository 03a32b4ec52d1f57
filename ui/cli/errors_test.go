package cli

import (
	"errors"
	"slices"
	"strconv"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
)

func TestOfManyReasonsTheFirstFiveAreTold(t *testing.T) {
	for n, want := range map[int]string{
		4: "p/m@3: text 4 has no vector: reason 4",
		5: "p/m@3: text 5 has no vector: reason 5",
		6: "p/m@3: and 1 more text",
		8: "p/m@3: and 3 more texts",
	} {
		failed := map[int]error{}
		for i := range n {
			failed[i] = &api.TextError{Index: i, Err: errors.New("reason " + strconv.Itoa(i+1))}
		}
		lines := withoutVector("p/m@3", failed, make([]corpus.Text, n))
		if len(lines) != min(n, 6) || slices.Index(lines, want) != len(lines)-1 {
			t.Errorf("of %d reasons it tells %q, want %q at the end", n, lines, want)
		}
	}
}

func TestOfManyReasonsTheTextsOfTheOthersAreCounted(t *testing.T) {
	failed := map[int]error{}
	for i := range 16 { // two for each reason
		failed[i] = &api.TextError{Index: i, Err: errors.New("reason " + strconv.Itoa(i/2+1))}
	}
	lines := withoutVector("p/m@3", failed, make([]corpus.Text, 20))
	if len(lines) != 6 || lines[0] != "p/m@3: 2 texts have no vector (1, 2): reason 1" || lines[5] != "p/m@3: and 6 more texts" {
		t.Errorf("it tells %q", lines)
	}
}
