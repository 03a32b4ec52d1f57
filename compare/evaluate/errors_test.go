package evaluate

import (
	"math"
	"testing"
)

// What is wrong is said with the numbers that a person counts by, from 1.
func TestProblemsAreSaidInWords(t *testing.T) {
	for want, e := range map[string]Error{
		"all texts with a group are of one group, so nothing is to be told apart; give at least two groups": {Problem: OneGroup},
		"no group has two texts, so nothing belongs together; give at least one group two texts":            {Problem: NoSharedGroup},
		"there are no labels to go by":                                  {Problem: NoLabels},
		"all pairs have the same score, so nothing is to be told apart": {Problem: AllEqual},
		"label 3 names text 5, which there is not":                      {TextUnknown, 2, 4},
		"pair 3 is text 5 with itself":                                  {SameText, 2, 4},
		"a score of label 3 is not a finite number":                     {NotFinite, 2, 4},
		"query 3 judges text 5 twice":                                   {JudgedTwice, 2, 4},
		"no query has a relevant text":                                  {Problem: NoneAnswerable},
		"query 3 has no vector":                                         {NoVector, 2, NoText},
		"text 5 has a label and no vector":                              {NoVector, 2, 4},
		"there are 2 scores, which is not the number of labels":         {WrongCount, 2, NoText},
		"candidate 3 was measured by other labels than the first":       {DifferentLabels, 2, NoText},
		"these labels are for another task":                             {Problem: WrongTask},
	} {
		if got := e.Error(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestGroupsLeaveOutItemsAsTheyLeaveOutTexts(t *testing.T) {
	labels := must[*Labels](t)(NewGroups([]int{-1, 7, 7, 7, 9, 9, 9}))
	without := func(text int) func(int) bool { return func(i int) bool { return i != text } }
	for name, part := range map[string]*Labels{
		"a text": must[*Labels](t)(labels.Only(without(2), nil)), "an item": must[*Labels](t)(labels.Only(nil, without(2))),
	} {
		if part.Items() != 5 || part.Origin(0) != 1 || part.Origin(1) != 3 {
			t.Errorf("without %s there are %d items, the first %d and %d", name, part.Items(), part.Origin(0), part.Origin(1))
		}
	}
}

// Two candidates are the same where nothing that they are measured by differs.
func TestResultsAreTheSameInEverything(t *testing.T) {
	of := func(change func(r *Result)) *Result {
		r := &Result{
			Pairs: []PairResult{{Similarity: .5}}, Texts: []TextResult{{Nearest: 1, Similarity: .5, Silhouette: .25}},
			Queries: []QueryResult{{Hits: []Hit{{Text: 3, Score: .5}}}},
		}
		change(r)
		return r
	}
	for name, c := range map[string]struct {
		change func(r *Result)
		want   bool
	}{
		"nothing":                 {func(*Result) {}, true},
		"rounding":                {func(r *Result) { r.Pairs[0].Similarity += 1e-7; r.Texts[0].Similarity += 1e-7 }, true},
		"the similarity of pairs": {func(r *Result) { r.Pairs[0].Similarity = .6 }, false},
		"the nearest text":        {func(r *Result) { r.Texts[0].Nearest = 2 }, false},
		"how near it is":          {func(r *Result) { r.Texts[0].Similarity = .6 }, false},
		"the silhouette":          {func(r *Result) { r.Texts[0].Silhouette = .3 }, false},
		"a hit":                   {func(r *Result) { r.Queries[0].Hits[0].Text = 4 }, false},
		"its score":               {func(r *Result) { r.Queries[0].Hits[0].Score = .6 }, false},
		"how many are found":      {func(r *Result) { r.Queries[0].Hits = nil }, false},
	} {
		if got := same(of(func(*Result) {}), of(c.change)); got != c.want {
			t.Errorf("%s differs: the same is %t", name, got)
		}
	}
}

func TestAsManyEitherWayAreNoSignAtAll(t *testing.T) {
	for n, want := range map[[2]int]float64{{0, 0}: 1, {1, 1}: 1, {3, 3}: 1, {0, 1}: 1, {0, 5}: .0625, {5, 0}: .0625} {
		if got := McNemar(n[0], n[1]); math.Abs(got-want) > 1e-12 {
			t.Errorf("%v: %v, want %v", n, got, want)
		}
	}
}

// How often queries with an answer come before those without is a share, as AUC is.
func TestTheIntervalOfARejectionIsThatOfAShare(t *testing.T) {
	var queries []Query
	for text := range 30 {
		grade := 1.0
		if text >= 15 {
			grade = 0
		}
		queries = append(queries, Query{Source: NoText, Judged: []Judgment{{Text: text, Grade: grade}}})
	}
	labels := must[*Labels](t)(NewQueries(30, queries, QueryOptions{}))
	r := must[*Result](t)(labels.ScoreRanking(t.Context(), func(query int, scores []float64) error {
		for text := range scores {
			scores[text] = float64((7*query+3*text)%11) / 20
		}
		if query < 15 {
			scores[query] += float64(query) / 25
		}
		return nil
	}))
	b := mustBootstrap(t, []*Result{r}, 1, 300)
	at, ok := b.at(0, RejectionAUC)
	if !ok {
		t.Fatal("it is not measured")
	}
	got := b.Estimate(0, RejectionAUC)
	if want := b.spread(b.series[at], RejectionAUC).logit(got.Value); got.Interval != want || !(got.Value > .5 && got.Value < 1) {
		t.Errorf("%+v, want the interval %+v", got, want)
	}
}

// Of three texts there is nothing left when the bias is taken off.
func TestFewTextsHaveNoCKA(t *testing.T) {
	rows := [][]float32{{1, 0}, {.8, .6}, {0, 1}, {-.6, .8}}
	for n, known := range map[int]bool{2: false, 3: false, 4: true} {
		if g := mustAgree(t, rows[:n], rows[:n], 1); math.IsNaN(g.CKA) == known {
			t.Errorf("of %d texts it is %v", n, g.CKA)
		}
	}
}
