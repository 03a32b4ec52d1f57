package labels

import (
	"fmt"

	"github.com/vecscope/vecscope/compare/evaluate"
)

// Strict is an error for labels of which some could not be tied: the first *Error,
// with how many more there are of its kind.
func (t *Tied) Strict() error {
	if len(t.Problems) == 0 {
		return nil
	}
	first := *t.Problems[0]
	for _, p := range t.Problems[1:] {
		if p.Problem == first.Problem {
			first.More++
		}
	}
	return &first
}

// ForGroups are the groups as candidates are measured by, which errors say are those
// of name. The error is an *Error that tells why they can tell no candidates apart.
func (t *Tied) ForGroups(name string) (*evaluate.Labels, error) {
	if err := t.checkGroups(name); err != nil {
		return nil, err
	}
	return evaluate.NewGroups(t.Groups)
}

// ForPairs are the pairs so, in the order of Tied.Pairs.
func (t *Tied) ForPairs(name string) (*evaluate.Labels, error) {
	if err := t.checkPairs(name); err != nil {
		return nil, err
	}
	pairs := make([]evaluate.Pair, len(t.Pairs))
	for i, p := range t.Pairs {
		pairs[i] = p.Pair
	}
	return evaluate.NewPairs(t.Texts, pairs)
}

// ForQueries are the queries so, in the order of Tied.Queries.
func (t *Tied) ForQueries(name string, options evaluate.QueryOptions) (*evaluate.Labels, error) {
	if err := t.checkQueries(name); err != nil {
		return nil, err
	}
	queries := make([]evaluate.Query, len(t.Queries))
	for i, q := range t.Queries {
		queries[i] = q.Query
	}
	return evaluate.NewQueries(t.Texts, queries, options)
}

// checkGroups tells why the groups, of name cannot tell candidates apart.
func (t *Tied) checkGroups(name string) error {
	at := Place{Name: name}
	count := map[int]int{}
	shared := false
	for _, g := range t.Groups {
		if g >= 0 {
			count[g]++
			shared = shared || count[g] > 1
		}
	}
	switch {
	case len(count) == 0:
		return at.fail(NoGroups, "group", "no text has a group", "give texts that belong together the same group")
	case len(count) == 1:
		return at.fail(OneGroup, "group", fmt.Sprintf("all texts with a group are of one, %.60q, so nothing is to be told apart", t.GroupNames[0]), "give texts at least two groups")
	case !shared:
		return at.fail(NothingShared, "group", "no group has two texts, so nothing belongs together", "give at least two texts the same group")
	}
	return nil
}

// checkPairs does so for the pairs.
func (t *Tied) checkPairs(name string) error {
	at := Place{Name: name}
	if len(t.Pairs) == 0 {
		return at.fail(NoLabels, "", "there are no labelled pairs", "mark some, or name a file with the columns a, b and score")
	}
	for _, p := range t.Pairs {
		if p.Score != t.Pairs[0].Score {
			return nil
		}
	}
	if len(t.marked) == len(t.Pairs) && t.grades == nil {
		says := "different"
		if t.Pairs[0].Score == 1 {
			says = "same"
		}
		return Place{Name: "marks"}.fail(AllEqual, "", fmt.Sprintf("all %d say %s, so nothing is to be told apart", len(t.Pairs), says), "mark pairs that say otherwise too")
	}
	return at.fail(AllEqual, columnsScore[0], fmt.Sprintf("all %d pairs have the score %g, so nothing is to be told apart", len(t.Pairs), t.Pairs[0].Score), "label pairs that differ too")
}

// checkQueries does so for the queries.
func (t *Tied) checkQueries(name string) error {
	at := Place{Name: name}
	if len(t.Queries) == 0 {
		return at.fail(NoLabels, "", "there are no queries", "name a file with the columns query and relevant")
	}
	if t.Texts == 1 {
		return at.fail(OneText, "", "there is one text only, which every search finds", "give at least two texts")
	}
	for _, q := range t.Queries {
		for _, j := range q.Judged {
			if j.Grade > 0 && j.Text != q.Source {
				return nil
			}
		}
	}
	return at.fail(NoAnswers, columnsRelevant[0], "no query has a relevant text", "name the texts that answer it")
}

// Same tells what labels say of two texts: by a mark, by a file of pairs that are same
// and different, or else by their groups. known is false where nothing is said.
func (t *Tied) Same(a, b int) (same, known bool) {
	pairs := [][2]int{{min(a, b), max(a, b)}, {min(t.first[a], t.first[b]), max(t.first[a], t.first[b])}}
	for _, pair := range pairs {
		if same, marked := t.marked[pair]; marked {
			return same, true
		}
	}
	for _, pair := range pairs {
		if at, labelled := t.scores[pair]; labelled && t.grades == nil {
			return t.Pairs[at].Score == 1, true
		}
	}
	if t.Groups[a] < 0 || t.Groups[b] < 0 {
		return false, false
	}
	return t.Groups[a] == t.Groups[b], true
}

// Torn is the first text that has the words of an earlier one, first, and another group:
// no candidate can tell those two apart. ok is false when there is none.
func (t *Tied) Torn() (first, text int, ok bool) { return t.torn[0], t.torn[1], t.torn[1] > 0 }
