package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// judged is a judged text of a query and how many texts come before it, by the
// smallest pool that these are in.
type judged struct {
	Judgment
	place  int
	score  float64
	before [pools]int
}

func (j judged) relevant() bool { return j.Grade > 0 }

// ranks are those of a text, from 1, by the size of the pool; 0 when it was not found.
func (j judged) ranks() [pools]int {
	var ranks [pools]int
	if math.IsInf(j.score, -1) {
		return ranks
	}
	rank := 1
	for p, before := range j.before {
		rank += before
		ranks[p] = rank
	}
	return ranks
}

// rank ranks the texts in all places by their values for a query, none of which is NaN;
// it changes them. It may be called for different queries at once.
func rank[T float32 | float64](r *retrieval, item int, values []T) {
	query := r.labels.queries[item]
	texts := make([]judged, len(query.Judged))
	top := newTop(cutoff)
	least := math.Inf(1)
	for i, j := range query.Judged {
		place := r.places[j.Text]
		texts[i] = judged{Judgment: j, place: place, score: float64(values[place])}
		least = min(least, texts[i].score)
	}
	// NaN is no more than anything: the source and relevant texts are not come across
	// below.
	if query.Source != NoText && r.places[query.Source] >= 0 {
		values[r.places[query.Source]] = T(math.NaN())
	}
	early := foundEarly(values)
	for _, t := range texts {
		if t.relevant() {
			top.add(Hit{Text: t.Text, Score: t.score})
			values[t.place] = T(math.NaN())
		}
	}
	enough := T(min(least, top.enough))
	for place, value := range values {
		if !(value >= enough) {
			continue
		}
		score := float64(value)
		precede(texts, place, score, r.levels[place])
		if score >= top.enough {
			top.add(Hit{Text: r.texts[place], Score: score})
			enough = T(min(least, top.enough))
		}
	}
	orderRelevant(texts)
	r.queries[item] = queryResult(texts, top.hits(texts), early, r.labels.options.Exponential)
}

// foundEarly is how many texts have a rank up to ten: those that are found, and no more.
func foundEarly[T float32 | float64](values []T) int {
	found := 0
	for _, value := range values {
		if value > T(math.Inf(-1)) {
			if found++; found == cutoff {
				break
			}
		}
	}
	return found
}

// precede counts an irrelevant text before the judged ones that it comes before: of
// equal scores it is before relevant ones, and in order of place with others.
func precede(texts []judged, place int, score float64, level uint8) {
	for i := range texts {
		t := &texts[i]
		if score > t.score || score == t.score && (t.relevant() || place < t.place) {
			t.before[level]++
		}
	}
}

// orderRelevant counts relevant texts before each other and before those that are not.
func orderRelevant(texts []judged) {
	for i := range texts {
		t := &texts[i]
		for j, other := range texts {
			if i == j || !other.relevant() {
				continue
			}
			tied := other.score == t.score && t.relevant() &&
				cmp.Or(cmp.Compare(other.Grade, t.Grade), cmp.Compare(other.place, t.place)) < 0
			if other.score > t.score || tied {
				t.before[0]++
			}
		}
	}
}

// queryResult measures where the judged texts came; early is how many texts have a
// rank up to ten.
func queryResult(texts []judged, hits []Hit, early int, exponential bool) QueryResult {
	q := unranked()
	q.Hits = hits
	if len(hits) > 0 {
		q.Best = hits[0].Score
	}
	var grades []float64
	var ranks [pools][]int
	judgedEarly := 0
	for _, t := range texts {
		at := t.ranks()
		found := Found{Text: t.Text, Grade: t.Grade, Rank: at[pools-1]}
		if found.Within(cutoff) {
			judgedEarly++
		}
		if !t.relevant() {
			continue
		}
		for p, rank := range at {
			ranks[p] = append(ranks[p], rank)
		}
		grades, q.Found = append(grades, t.Grade), append(q.Found, found)
	}
	q.Unjudged = early - judgedEarly
	if len(grades) == 0 {
		return q
	}
	for p := range pools {
		q.pools[p] = ndcg(grades, ranks[p], exponential)
	}
	q.NDCG = q.pools[pools-1]
	// What was not found, 0, comes last.
	slices.SortStableFunc(q.Found, func(a, b Found) int { return cmp.Compare(uint(a.Rank-1), uint(b.Rank-1)) })
	q.measureRanks()
	return q
}

// measureRanks measures where the relevant texts came: they are in order of rank, and what
// was not found adds nothing.
func (q *QueryResult) measureRanks() {
	q.RR, q.Recall, q.Hit, q.AP = 0, 0, 0, 0
	found, all := 0, float64(len(q.Found))
	for _, f := range q.Found {
		if f.Rank == 0 {
			continue
		}
		found++
		if found == 1 {
			q.RR = 1 / float64(f.Rank)
		}
		if f.Rank == 1 {
			q.Hit = 1
		}
		if f.Within(cutoff) {
			q.Recall += 1 / all
		}
		q.AP += float64(found) / float64(f.Rank) / all
	}
}

// ndcg is the normalised discounted cumulative gain at 10 of texts with these grades
// at these ranks; a rank of 0 is one that was not found.
func ndcg(grades []float64, ranks []int, exponential bool) float64 {
	gain := func(grade float64) float64 {
		if exponential {
			return math.Exp2(grade) - 1
		}
		return grade
	}
	best := slices.Clone(grades)
	slices.SortFunc(best, func(a, b float64) int { return cmp.Compare(b, a) })
	var got, ideal float64
	for i, rank := range ranks {
		if rank > 0 && rank <= cutoff {
			got += gain(grades[i]) / math.Log2(float64(rank)+1)
		}
	}
	for i, grade := range best[:min(len(best), cutoff)] {
		ideal += gain(grade) / math.Log2(float64(i)+2)
	}
	return got / ideal
}

// top collects the first hits.
type top struct {
	depth  int
	found  []Hit
	enough float64 // score under which a hit has no place
}

func newTop(depth int) *top { return &top{depth: depth, enough: math.Inf(-1)} }

// add takes a text; one of -Inf is not found.
func (t *top) add(h Hit) {
	if math.IsInf(h.Score, -1) {
		return
	}
	t.found = append(t.found, h)
	if len(t.found) >= 4*t.depth {
		slices.SortFunc(t.found, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
		t.enough = t.found[t.depth-1].Score
		tied := t.depth
		for tied < len(t.found) && t.found[tied].Score == t.enough {
			tied++
		}
		t.found = t.found[:tied]
	}
}

// hits are the first hits with what was judged of them; of equal scores relevant ones
// come last.
func (t *top) hits(texts []judged) []Hit {
	for i := range t.found {
		h := &t.found[i]
		for _, j := range texts {
			if j.Text == h.Text {
				h.Grade, h.Judged = max(0, j.Grade), true
			}
		}
	}
	slices.SortFunc(t.found, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Grade, b.Grade), cmp.Compare(a.Text, b.Text))
	})
	return slices.Clone(t.found[:min(t.depth, len(t.found))])
}
