package report

import (
	"errors"
	"slices"
	"strconv"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
)

func TestManyTextsWithoutAVectorAreOneProblem(t *testing.T) {
	texts := make([]corpus.Text, 9)
	failed := map[int]error{
		7: &api.TextError{Index: 7, Err: errors.New("p: too long")},
		8: &api.EmptyTextError{Index: 8},
	}
	for i := range texts {
		texts[i].ID = "t" + strconv.Itoa(i)
		if i < 7 {
			failed[i] = &api.TextError{Index: i, Err: &EndedError{errors.New("p: nothing answers")}}
		}
	}
	got := Missing("p/m@3", failed, texts)
	want := []string{
		"7 texts have no vector (t0, t1, t2, t3, t4 and 2 more): the asking ended: nothing answers",
		"text 8 (t7) has no vector: p: too long",
		"text 9 (t8) is empty: there is nothing to embed",
	}
	if len(got) != len(want) || len(got[0].Texts) != 7 || !slices.Equal(got[2].Texts, []string{"t8"}) {
		t.Fatalf("%+v", got)
	}
	for i, p := range got {
		if p.Candidate != "p/m@3" || p.Message != want[i] {
			t.Errorf("%q, want %q", p.Message, want[i])
		}
	}
}

// unread is a reason that has words for several texts.
type unread struct{}

func (unread) Error() string     { return "the model knows none of its words" }
func (unread) OfSeveral() string { return "the model knows none of their words" }

func TestAReasonIsSaidInTheNumberOfItsTexts(t *testing.T) {
	texts := []corpus.Text{{ID: "a"}, {ID: "b"}, {ID: "c"}}
	why := func(i int) error { return &api.TextError{Index: i, Err: unread{}} }
	for want, failed := range map[string]map[int]error{
		"text 2 (b) has no vector: the model knows none of its words":        {1: why(1)},
		"2 texts have no vector (a, c): the model knows none of their words": {0: why(0), 2: why(2)},
	} {
		if got := Missing("p/m@3", failed, texts); len(got) != 1 || got[0].Message != want {
			t.Errorf("%+v, want %q", got, want)
		}
	}
	for want, failed := range map[string]map[int]error{
		"p/m@3: 1 query (b) has no vector: the model knows none of its words":         {1: why(1)},
		"p/m@3: 2 queries (a, c) have no vector: the model knows none of their words": {0: why(0), 2: why(2)},
	} {
		e := Search{Queries: texts, Unasked: []Unasked{{"p/m@3", failed}}}
		if got := e.UnaskedLines(); !slices.Equal(got, []string{want}) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
