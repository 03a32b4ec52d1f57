package labels_test

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
)

func TestTheSameWordsInTwoGroupsAreFound(t *testing.T) {
	texts := func(groups ...string) []corpus.Text {
		words := []string{"paid twice", "late", "paid twice", "late"}
		out := make([]corpus.Text, len(groups))
		for i, g := range groups {
			out[i] = corpus.Text{Text: words[i], Group: g}
		}
		return out
	}
	for _, c := range []struct {
		name        string
		groups      []string
		first, text int
		ok          bool
	}{
		{"in one group", []string{"billing", "delivery", "billing", "delivery"}, 0, 0, false},
		{"without a group", []string{"billing", "delivery", "", ""}, 0, 0, false},
		{"the first of them without a group", []string{"", "", "billing", "delivery"}, 0, 0, false},
		{"the first text again", []string{"billing", "delivery", "delivery", "delivery"}, 0, 2, true},
		{"another", []string{"billing", "delivery", "billing", "billing"}, 1, 3, true},
	} {
		first, text, ok := labels.Labels{}.Tie(texts(c.groups...)).Torn()
		if first != c.first || text != c.text || ok != c.ok {
			t.Errorf("%s: %d, %d, %v", c.name, first, text, ok)
		}
	}
}

func TestMarksThatAllSayTheSameAreCalledMarks(t *testing.T) {
	texts := []corpus.Text{{Text: "a"}, {Text: "b"}, {Text: "c"}}
	for says, verdict := range map[string]labels.Verdict{"same": labels.Same, "different": labels.Different} {
		var marks labels.Marks
		marks.Set("a", "b", verdict)
		marks.Set("b", "c", verdict)
		_, err := labels.Labels{Marks: marks.List()}.Tie(texts).ForPairs("tickets.csv")
		if err == nil || !strings.Contains(err.Error(), "marks: all 2 say "+says) || strings.Contains(err.Error(), "column") {
			t.Errorf("%v", err)
		}
	}
	pairs := []labels.Pair{{A: "a", B: "b", Score: .5}, {A: "b", B: "c", Score: 4}}
	marks := []labels.Mark{{A: "a", B: "b", Verdict: labels.Same}, {A: "b", B: "c", Verdict: labels.Same}}
	_, err := labels.Labels{Pairs: pairs, Marks: marks}.Tie(texts).ForPairs("tickets.csv")
	if err == nil || !strings.Contains(err.Error(), `tickets.csv, column "score": all 2 pairs have the score 4, so`) {
		t.Errorf("beside grades: %v", err)
	}
}
