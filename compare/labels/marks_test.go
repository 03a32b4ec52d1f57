package labels_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
)

func TestMarksAreTakenBackAndGivenAgain(t *testing.T) {
	var m labels.Marks
	if !m.Set("one", "two", labels.Same) || m.Set("two", "one", labels.Same) || m.Set("one", "one", labels.Same) {
		t.Error("a mark that changes nothing, or of a text with itself, is one")
	}
	m.Set("one", "two", labels.Unsure)
	m.Set("three", "one", labels.Different)
	if m.Of("two", "one") != labels.Unsure || m.Len() != 2 {
		t.Errorf("%v", m.List())
	}
	for _, want := range []labels.Mark{{A: "one", B: "three"}, {A: "one", B: "two", Verdict: labels.Same}, {A: "one", B: "two"}} {
		if got, ok := m.Undo(); !ok || got != want {
			t.Errorf("undone to %v, want %v", got, want)
		}
	}
	if _, ok := m.Undo(); ok || m.Len() != 0 {
		t.Errorf("%v is left", m.List())
	}
}

func TestEveryChangeOfTheMarksIsNoticed(t *testing.T) {
	var m labels.Marks
	seen := map[uint64]bool{m.Revision(): true}
	for name, change := range map[string]func(){
		"set":    func() { m.Set("a", "b", labels.Same); m.Set("c", "d", labels.Same) },
		"undone": func() { m.Set("e", "f", labels.Same); seen[m.Revision()] = true; m.Undo() },
		"merged": func() { m.Merge([]labels.Mark{{A: "g", B: "h", Verdict: labels.Same}}, labels.NewTexts(nil)) },
	} {
		if change(); seen[m.Revision()] {
			t.Errorf("a mark is %s, and nobody notices", name)
		}
		seen[m.Revision()] = true
	}
	read := labels.NewMarks([]labels.Mark{{A: "a", B: "b", Verdict: "perhaps"}, {A: "b", B: "a", Verdict: labels.Same}, {A: "a", B: "b", Verdict: labels.Unsure}})
	if got := read.List(); len(got) != 1 || got[0].Verdict != labels.Unsure {
		t.Errorf("%v", got)
	}
	if _, ok := read.Undo(); ok {
		t.Error("what was read can be undone")
	}
}

func TestMarksComeBack(t *testing.T) {
	path := file(t, "marks.csv", "")
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.OneOf(
			rapid.StringN(1, 8, -1), rapid.SampledFrom([]string{"=SUM(A1)", "'=x", "''@y", "a,\"b\"", "two\nlines", " spaces ", "-1", "漢字"}),
		).Filter(func(s string) bool { return strings.TrimSpace(s) != "" && !strings.ContainsAny(s, "\r\x00\uFEFF") }), 2, 8).Draw(t, "words")
		var m labels.Marks
		for range rapid.IntRange(1, 12).Draw(t, "marks") {
			m.Set(rapid.SampledFrom(words).Draw(t, "a"), rapid.SampledFrom(words).Draw(t, "b"),
				rapid.SampledFrom([]labels.Verdict{labels.Same, labels.Different, labels.Unsure, ""}).Draw(t, "verdict"))
		}
		data, err := json.Marshal(&m)
		if err != nil {
			t.Fatal(err)
		}
		var back labels.Marks
		if err := json.Unmarshal(data, &back); err != nil || !reflect.DeepEqual(back.List(), m.List()) {
			t.Fatalf("%v became %v: %v", m.List(), back.List(), err)
		}
		var out bytes.Buffer
		if err := labels.WriteCSV(&out, m.List()); err != nil {
			t.Fatal(err)
		}
		if m.Len() == 0 {
			return
		}
		if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		read, err := labels.OpenMarks(path)
		if err != nil || !slices.Equal(read, m.List()) {
			t.Fatalf("%q became %q: %v", m.List(), read, err)
		}
		var merged labels.Marks
		if got := merged.Merge(read, labels.NewTexts(nil)); got.New != m.Len() || len(got.Disagreements) != 0 || !reflect.DeepEqual(merged.List(), m.List()) {
			t.Fatalf("%+v of %d marks", got, m.Len())
		}
	})
}

func TestMarksOfTextsWithANULByteComeBack(t *testing.T) {
	texts := []corpus.Text{{Text: "page\x00one"}, {Text: "=\x00two"}}
	var m labels.Marks
	m.Set(texts[0].Text, texts[1].Text, labels.Same)
	var out strings.Builder
	if err := labels.WriteCSV(&out, m.List()); err != nil {
		t.Fatal(err)
	}
	read, err := labels.OpenMarks(file(t, "marks.csv", out.String()))
	if err != nil {
		t.Fatal(err)
	}
	var merged labels.Marks
	if got := merged.Merge(read, labels.NewTexts(texts)); got.New != 1 || got.Nowhere != 0 || !slices.Equal(merged.List(), m.List()) {
		t.Errorf("%+v: %q, want %q", got, merged.List(), m.List())
	}
}

func TestImportedMarksMayNameTextsByID(t *testing.T) {
	marks, err := labels.OpenMarks(file(t, "m.csv", "a,b,score\na1,a2,1\nb1,4,0\nThe parcel never came,a1,0\nHello,a2,0\n"))
	if err != nil {
		t.Fatal(err)
	}
	var m labels.Marks
	if got := m.Merge(marks, labels.NewTexts(shop)); got.New != 4 || got.Nowhere != 0 {
		t.Errorf("%+v", got)
	}
	for _, c := range []struct {
		a, b int
		want labels.Verdict
	}{{1, 0, labels.Same}, {2, 3, labels.Different}, {0, 2, labels.Different}, {3, 1, labels.Different}, {0, 3, ""}} {
		if got := m.Of(shop[c.a].Text, shop[c.b].Text); got != c.want {
			t.Errorf("texts %d and %d are marked %q, want %q", c.a, c.b, got, c.want)
		}
	}
	byID := labels.Labels{Marks: []labels.Mark{{A: "a1", B: "a2", Verdict: labels.Same}, {A: "b1", B: "4", Verdict: labels.Same}}}.Tie(shop)
	if len(byID.Pairs) != 1 || byID.Pairs[0].A != 0 || byID.Pairs[0].B != 1 {
		t.Errorf("%v: ids name texts, numbers that may mean others later do not", byID.Pairs)
	}
}

func TestMarksOfTwoPeopleAreComparedWhenMerged(t *testing.T) {
	m := labels.NewMarks([]labels.Mark{{A: shop[0].Text, B: shop[1].Text, Verdict: labels.Same}, {A: shop[0].Text, B: "Hello", Verdict: labels.Unsure}})
	got := m.Merge([]labels.Mark{
		{A: "a2", B: "a1", Verdict: labels.Different}, {A: "a1", B: "Hello", Verdict: labels.Same},
		{A: "a1", B: "who", Verdict: labels.Same}, {A: "no", B: "where", Verdict: labels.Different}, {A: "a1", B: "a1", Verdict: labels.Same},
	}, labels.NewTexts(shop))
	want := labels.Merged{New: 4, Nowhere: 2, Disagreements: []labels.Disagreement{
		{Mark: labels.Mark{A: shop[1].Text, B: shop[0].Text, Verdict: labels.Different}, Was: labels.Same},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if again := m.Merge([]labels.Mark{{A: "a1", B: "a2", Verdict: labels.Unsure}}, labels.NewTexts(shop)); again.New != 1 || len(again.Disagreements) != 0 {
		t.Errorf("%+v: to be unsure is not to disagree", again)
	}
}

func TestForeignMarks(t *testing.T) {
	marks, err := labels.OpenMarks(file(t, "m.csv", "text1,text2,label\nx,y,1.0\nx,z,Different\ny,z,unsure\na,b,yes\na,c,FALSE\n"))
	if err != nil || fmt.Sprint(marks) != "[{x y same} {x z different} {y z unsure} {a b same} {a c different}]" {
		t.Errorf("%v, %v", marks, err)
	}
	_, err = labels.OpenMarks(file(t, "m.csv", "a,b,score\nx,y,0.5\n"))
	if err == nil || !strings.Contains(err.Error(), "m.csv, line 2") {
		t.Error(err)
	}
	_, err = labels.OpenMarks(file(t, "m.csv", "a,b,score\n"+strings.Repeat("x,y,1\n", labels.MaxPairs+1)))
	var problem *labels.Error
	if !errors.As(err, &problem) || problem.Problem != labels.TooMany {
		t.Errorf("of too many marks: %v", err)
	}
}

func TestMarksBesideGradesAreTheirEnds(t *testing.T) {
	marks := []labels.Mark{{A: "Hello", B: "=SUM(A1)", Verdict: labels.Same}, {A: "Hello", B: shop[0].Text, Verdict: labels.Different}}
	for _, c := range []struct {
		scores          [2]float64
		different, same float64
		graded          bool
	}{
		{[2]float64{4.5, 0.5}, 0.5, 4.5, true}, {[2]float64{1, 5}, 1, 5, true}, {[2]float64{0.2, 0.8}, 0.2, 0.8, true}, {[2]float64{-1, 1}, -1, 1, true},
		{[2]float64{0, 5}, 0, 5, true}, {[2]float64{1, 1}, 0, 1, false}, {[2]float64{0, 1}, 0, 1, false},
	} {
		l := labels.Labels{Pairs: []labels.Pair{{A: "a1", B: "a2", Score: c.scores[0]}, {A: "a1", B: "b1", Score: c.scores[1]}}, Marks: marks}
		tied := l.Tie(shop)
		if same, different := tied.Pairs[2].Score, tied.Pairs[3].Score; same != c.same || different != c.different {
			t.Errorf("beside the grades %v marks count as %g and %g", c.scores, different, same)
		}
		different, same, graded := tied.MarkGrades()
		if graded != c.graded || graded && (different != c.different || same != c.same) {
			t.Errorf("beside the grades %v marks are said to count as %g and %g, %v", c.scores, different, same, graded)
		}
		if same, known := tied.Same(3, 4); !same || !known {
			t.Errorf("beside the grades %v a mark says nothing of its pair", c.scores)
		}
		if same, known := tied.Same(0, 1); c.graded && (!same || !known) {
			t.Errorf("beside the grades %v groups say nothing of a pair that is not marked", c.scores)
		}
	}
}

func TestWithoutAMarkNothingCountsAsAGrade(t *testing.T) {
	pairs := []labels.Pair{{A: "a1", B: "a2", Score: 5}, {A: "a1", B: "b1", Score: 1}}
	for _, marks := range [][]labels.Mark{nil, {{A: "Hello", B: "=SUM(A1)", Verdict: labels.Unsure}}} {
		if different, same, ok := (labels.Labels{Pairs: pairs, Marks: marks}).Tie(shop).MarkGrades(); ok {
			t.Errorf("%v count as %g and %g", marks, different, same)
		}
	}
}
