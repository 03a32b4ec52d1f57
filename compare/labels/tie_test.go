package labels_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
)

func TestOnlyVerdictsThatAreKnownAreMarks(t *testing.T) {
	marks := labels.NewMarks([]labels.Mark{{A: "a", B: "b", Verdict: "maybe"}, {A: "b", B: "c", Verdict: labels.Unsure}, {A: "c", B: "d"}})
	if got := fmt.Sprint(marks.List()); got != "[{b c unsure}]" {
		t.Error(got)
	}
}

func TestAMarkMayNameATextByItsIDWithBlanksAround(t *testing.T) {
	texts := []corpus.Text{{ID: "a1", Text: "one"}, {ID: "a2", Text: "two"}, {ID: "two", Text: "three"}}
	for name, want := range map[string]int{"a2": 1, " a2 ": 1, "two": 1, " two ": 2} { // words go before ids
		tied := labels.Labels{Marks: []labels.Mark{{A: "one", B: name, Verdict: labels.Same}}}.Tie(texts)
		if len(tied.Pairs) != 1 || tied.Pairs[0].A != 0 || tied.Pairs[0].B != want || !tied.Pairs[0].Marked {
			t.Errorf("%q: %+v, want text %d", name, tied.Pairs, want)
		}
	}
}

func TestATextIsNoPairWithItself(t *testing.T) {
	texts := []corpus.Text{{ID: "a1", Text: "one"}, {ID: "a2", Text: "two"}, {ID: "a3", Text: "one"}}
	for name, marks := range map[string][]labels.Mark{
		"by its words": {{A: "one", B: "one", Verdict: labels.Same}}, "by its id": {{A: "one", B: "a1", Verdict: labels.Different}}, "a gone one": {{A: "one", B: "four", Verdict: labels.Same}},
	} {
		tied := labels.Labels{Marks: append(marks, labels.Mark{A: "one", B: "two", Verdict: labels.Same})}.Tie(texts)
		if len(tied.Pairs) != 1 || tied.Pairs[0].A != 0 || tied.Pairs[0].B != 1 {
			t.Errorf("%s: %+v", name, tied.Pairs)
		}
	}
}

func TestATextIsJudgedOnceAQueryWhateverBlanksAreAroundIt(t *testing.T) {
	texts := []corpus.Text{{Text: " one "}, {Text: "two"}}
	asked := []labels.AskedQuery{{Text: "which?", Graded: []labels.Grade{{Text: " one ", Grade: 2}, {Text: "one", Grade: 0}, {Text: "two", Grade: 1}}}}
	if got := fmt.Sprint(labels.Labels{Asked: asked}.Tie(texts).Queries); got != "[{{[{0 2} {1 1}] -1} 0}]" {
		t.Error(got)
	}
}

func TestATextIsNoAnswerToTheQueryThatIsMadeOfIt(t *testing.T) {
	texts := []corpus.Text{{ID: "a", Text: "one"}, {ID: "b", Text: "two"}}
	for relevant, answered := range map[string]bool{"a": false, "a b:0": false, "b": true, "a b": true} {
		queries, err := labels.ReadQueries(strings.NewReader("query,relevant,source\none,"+relevant+",a\n"), "q.csv", corpus.FormatCSV)
		if err != nil {
			t.Fatal(err)
		}
		_, err = labels.Labels{Queries: queries}.Tie(texts).ForQueries("q.csv", evaluate.QueryOptions{})
		var problem *labels.Error
		if none := errors.As(err, &problem) && problem.Problem == labels.NoAnswers; none == answered {
			t.Errorf("answered by %q: %v", relevant, err)
		}
	}
}

func TestTheLongestTextMayBeLabelled(t *testing.T) {
	for more, want := range []bool{true, false} {
		words := strings.Repeat("ü", corpus.MaxTextLength+more)
		_, pairs := labels.ReadPairs(strings.NewReader("a,b,score\n"+words+",b,1\n"), "p.csv", corpus.FormatCSV)
		_, queries := labels.ReadQueries(strings.NewReader("query,relevant\n"+words+",b\n"), "q.csv", corpus.FormatCSV)
		if (pairs == nil) != want || (queries == nil) != want {
			t.Errorf("%d characters: %v, %v", corpus.MaxTextLength+more, pairs, queries)
		}
	}
}

// A pair that stands twice counts once; the repetition is counted, unless it contradicts.
func TestRepeatedPairsAreCounted(t *testing.T) {
	texts := []corpus.Text{{ID: "a", Text: "one"}, {ID: "b", Text: "two"}, {ID: "c", Text: "three"}}
	pair := func(a, b string, score float64) labels.Pair { return labels.Pair{A: a, B: b, Score: score} }
	for name, c := range map[string]struct {
		pairs                     []labels.Pair
		tied, repeated, contested int
	}{
		"none":            {[]labels.Pair{pair("a", "b", 1), pair("a", "c", 0)}, 2, 0, 0},
		"as it stood":     {[]labels.Pair{pair("a", "b", 1), pair("a", "b", 1), pair("a", "c", 0)}, 2, 1, 0},
		"the other way":   {[]labels.Pair{pair("a", "b", 1), pair("b", "a", 1), pair("b", "a", 1)}, 1, 2, 0},
		"by its words":    {[]labels.Pair{pair("a", "b", .5), pair("two", "one", .5)}, 1, 1, 0},
		"another score":   {[]labels.Pair{pair("a", "b", 1), pair("a", "b", 0)}, 1, 0, 1},
		"an unknown text": {[]labels.Pair{pair("a", "x", 1), pair("a", "x", 1)}, 0, 0, 2},
	} {
		got := labels.Labels{Pairs: c.pairs}.Tie(texts)
		if len(got.Pairs) != c.tied || got.Repeated != c.repeated || len(got.Problems) != c.contested {
			t.Errorf("%s: %d pairs, %d repeated, %d problems, want %+v", name, len(got.Pairs), got.Repeated, len(got.Problems), c)
		}
	}
}
