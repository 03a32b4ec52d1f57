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
