package evaluate

import (
	"math"
	"slices"
	"sync"
)

// NoText stands where a text could be named and none is.
const NoText = -1

// Task is what labels let a candidate be tried at.
type Task string

// The three tasks.
const (
	Groups    Task = "groups"    // texts of one group belong together
	Pairs     Task = "pairs"     // pairs of texts, graded or same and different
	Retrieval Task = "retrieval" // queries and the texts that answer them
)

// The names of the metrics, as they stand in JSON.
const (
	AUC            = "auc"
	AP             = "ap"
	BestF1         = "best_f1"
	NearestInGroup = "nearest_in_group"
	Silhouette     = "silhouette"
	Spearman       = "spearman"
	Pearson        = "pearson"
	MCC            = "mcc"
	NDCGAt10       = "ndcg@10"
	MRR            = "mrr"
	RecallAt10     = "recall@10"
	HitAt1         = "hit@1"
	MAP            = "map"
	RejectionAUC   = "rejection_auc"
)

// Pair is two texts, by index from 0, and how similar a person calls them. Scores that
// are all 0 or 1 mean different and same; any others are grades.
type Pair struct {
	A, B  int
	Score float64
}

// Judgment is how relevant a text is to a query. A grade of 0 or less is a text that
// was looked at and is not relevant; a text without a judgment was not looked at, and
// counts as not relevant.
type Judgment struct {
	Text  int
	Grade float64
}

// Query is what is judged of one query. One without a relevant text has no answer: it
// takes part in the rejection metrics alone.
type Query struct {
	Judged []Judgment
	Source int // the text that the query was made of, left out of its ranking, or NoText
}

// Labels are what a person says is true of texts, checked and ready to be compared
// with what candidates say. They are never changed after they were made.
type Labels struct {
	task    Task
	texts   int
	origin  []int // of every item its index as given
	metrics []string

	members []int // groups: the texts that have one, ascending; items are these
	groups  []int // groups: of every item its group, from 0
	pairs   []Pair
	graded  bool
	queries []Query
	options QueryOptions
	pool    []bool // retrieval: texts that are ranked

	units     []int // of every item what it is resampled with, from 0
	unitCount int
	resampled Resampled
	points    func() *points // groups: the pairs of texts that resamples look at, drawn when first asked for; else nil
	byGroup   [][]int        // groups: of every group its items
}

// Task returns what the labels are for.
func (l *Labels) Task() Task { return l.task }

// Items returns how many items are resampled: labelled texts, pairs, or queries.
func (l *Labels) Items() int { return len(l.origin) }

// Measured returns how many items the metrics rest on: of queries those that have an
// answer, for only the rejection metrics look at the others; else all.
func (l *Labels) Measured() int {
	if l.task != Retrieval {
		return l.Items()
	}
	n := 0
	for _, q := range l.queries {
		if q.answerable() {
			n++
		}
	}
	return n
}

// Origin returns the index of an item among the labels that were given: of a text for
// groups, else of a pair or query. It differs from the item's own where [Labels.Only]
// left some out, and where texts have no group.
func (l *Labels) Origin(item int) int { return l.origin[item] }

// Pool returns the number of texts that take part: that have a group, that are in a
// pair, or that queries are ranked against.
func (l *Labels) Pool() int {
	switch l.task {
	case Groups:
		return len(l.members)
	case Pairs:
		seen := map[int]bool{}
		for _, p := range l.pairs {
			seen[p.A], seen[p.B] = true, true
		}
		return len(seen)
	default:
		n := 0
		for _, in := range l.pool {
			if in {
				n++
			}
		}
		return n
	}
}

// Metrics returns the names of the metrics that these labels allow, the one that
// decides first.
func (l *Labels) Metrics() []string { return slices.Clone(l.metrics) }

// NewGroups returns labels made of the group of every text, -1 for none: texts of one
// group belong together. The errors are *[Error]: OneGroup, NoSharedGroup.
func NewGroups(groups []int) (*Labels, error) {
	l := &Labels{
		task:    Groups,
		texts:   len(groups),
		metrics: []string{AUC, AP, BestF1, NearestInGroup, Silhouette},
	}
	number := map[int]int{}
	for text, group := range groups {
		if group < 0 {
			continue
		}
		if _, known := number[group]; !known {
			number[group] = len(number)
		}
		l.members = append(l.members, text)
		l.groups = append(l.groups, number[group])
	}
	l.origin = l.members
	if len(number) < 2 {
		return nil, &Error{Problem: OneGroup, Item: -1, Text: NoText}
	}
	if len(number) == len(l.members) {
		return nil, &Error{Problem: NoSharedGroup, Item: -1, Text: NoText}
	}
	l.resampleGroups(len(number))
	l.points = sync.OnceValue(func() *points { return newPoints(l.byGroup) })
	return l, nil
}

// NewPairs returns labels made of pairs among so many texts. The errors are *[Error]:
// NoLabels, TextUnknown, SameText, NotFinite, AllEqual.
func NewPairs(texts int, pairs []Pair) (*Labels, error) {
	l := &Labels{task: Pairs, texts: texts, pairs: slices.Clone(pairs)}
	if len(pairs) == 0 {
		return nil, &Error{Problem: NoLabels, Item: -1, Text: NoText}
	}
	equal := true
	for i, p := range pairs {
		if err := l.checkPair(i, p); err != nil {
			return nil, err
		}
		l.graded = l.graded || p.Score != 0 && p.Score != 1
		equal = equal && p.Score == pairs[0].Score
	}
	if equal {
		return nil, &Error{Problem: AllEqual, Item: 0, Text: NoText}
	}
	l.origin = ascending(len(pairs))
	if l.metrics = []string{AUC, AP, BestF1, MCC}; l.graded {
		l.metrics = []string{Spearman, Pearson}
	}
	l.resamplePairs()
	return l, nil
}

func (l *Labels) checkPair(i int, p Pair) error {
	for _, text := range []int{p.A, p.B} {
		if text < 0 || text >= l.texts {
			return &Error{Problem: TextUnknown, Item: i, Text: text}
		}
	}
	switch {
	case p.A == p.B:
		return &Error{Problem: SameText, Item: i, Text: p.A}
	case !finite(p.Score):
		return &Error{Problem: NotFinite, Item: i, Text: NoText}
	}
	return nil
}

// QueryOptions say how rankings are measured.
type QueryOptions struct {
	Exponential bool   // nDCG's gain is 2^grade − 1, rather than the grade
	Seed        uint64 // of the texts drawn for smaller pools
}

// NewQueries returns labels made of queries, each ranked against so many texts. The
// errors are *[Error]: NoLabels, TextUnknown, NotFinite, JudgedTwice, NoneAnswerable.
func NewQueries(texts int, queries []Query, options QueryOptions) (*Labels, error) {
	l := &Labels{task: Retrieval, texts: texts, options: options, pool: make([]bool, texts)}
	for text := range l.pool {
		l.pool[text] = true
	}
	if len(queries) == 0 {
		return nil, &Error{Problem: NoLabels, Item: -1, Text: NoText}
	}
	for i, q := range queries {
		if err := l.checkQuery(i, q); err != nil {
			return nil, err
		}
	}
	return l.withQueries(queries, ascending(len(queries)))
}

// withQueries completes l for queries that were checked.
func (l *Labels) withQueries(queries []Query, origin []int) (*Labels, error) {
	answerable := 0
	for _, q := range queries {
		q.Judged = slices.DeleteFunc(slices.Clone(q.Judged), func(j Judgment) bool { return j.Text == q.Source || !l.pool[j.Text] })
		if l.queries = append(l.queries, q); q.answerable() {
			answerable++
		}
	}
	if answerable == 0 {
		return nil, &Error{Problem: NoneAnswerable, Item: -1, Text: NoText}
	}
	l.origin = origin
	l.metrics = []string{NDCGAt10, MRR, RecallAt10, HitAt1, MAP}
	if answerable < len(queries) {
		l.metrics = append(l.metrics, RejectionAUC)
	}
	l.resampleQueries()
	return l, nil
}

func (l *Labels) checkQuery(i int, q Query) error {
	if q.Source != NoText && (q.Source < 0 || q.Source >= l.texts) {
		return &Error{Problem: TextUnknown, Item: i, Text: q.Source}
	}
	seen := map[int]bool{}
	for _, j := range q.Judged {
		switch {
		case j.Text < 0 || j.Text >= l.texts:
			return &Error{Problem: TextUnknown, Item: i, Text: j.Text}
		case !finite(j.Grade):
			return &Error{Problem: NotFinite, Item: i, Text: j.Text}
		case seen[j.Text]:
			return &Error{Problem: JudgedTwice, Item: i, Text: j.Text}
		}
		seen[j.Text] = true
	}
	return nil
}

func (q Query) answerable() bool {
	return slices.ContainsFunc(q.Judged, func(j Judgment) bool { return j.Grade > 0 })
}

// Answerable reports whether query item has a relevant text that is ranked.
func (l *Labels) Answerable(item int) bool { return l.queries[item].answerable() }

// Only returns the labels that remain when some texts, and some items by their origin,
// take no part: those for which every candidate has a vector, say, so that all are
// measured by the same. A query with a relevant text that is left out is left out
// whole. A nil function leaves nothing out. The errors are those of making labels.
func (l *Labels) Only(text, item func(int) bool) (*Labels, error) {
	all := func(int) bool { return true }
	if text == nil {
		text = all
	}
	if item == nil {
		item = all
	}
	switch l.task {
	case Groups:
		return l.onlyGroups(text, item)
	case Pairs:
		return l.onlyPairs(text, item)
	default:
		return l.onlyQueries(text, item)
	}
}

func (l *Labels) onlyGroups(text, item func(int) bool) (*Labels, error) {
	groups := slices.Repeat([]int{-1}, l.texts)
	for i, t := range l.members {
		if text(t) && item(t) {
			groups[t] = l.groups[i]
		}
	}
	return NewGroups(groups)
}

func (l *Labels) onlyPairs(text, item func(int) bool) (*Labels, error) {
	var pairs []Pair
	var origin []int
	for i, p := range l.pairs {
		if text(p.A) && text(p.B) && item(l.origin[i]) {
			pairs, origin = append(pairs, p), append(origin, l.origin[i])
		}
	}
	part, err := NewPairs(l.texts, pairs)
	if err != nil {
		return nil, err
	}
	part.origin = origin
	return part, nil
}

func (l *Labels) onlyQueries(text, item func(int) bool) (*Labels, error) {
	part := &Labels{task: Retrieval, texts: l.texts, options: l.options, pool: make([]bool, l.texts)}
	for t := range part.pool {
		part.pool[t] = l.pool[t] && text(t)
	}
	var queries []Query
	var origin []int
	for i, q := range l.queries {
		lost := slices.ContainsFunc(q.Judged, func(j Judgment) bool { return j.Grade > 0 && !part.pool[j.Text] })
		if item(l.origin[i]) && !lost {
			queries, origin = append(queries, q), append(origin, l.origin[i])
		}
	}
	return part.withQueries(queries, origin)
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

func ascending(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}
