package evaluate

import (
	"context"
	"math"

	"github.com/vecscope/vecscope/compare"
)

// TextResult is what a candidate says of one text that has a group.
type TextResult struct {
	Text       int
	Group      int // as numbered by first appearance among the labelled texts
	Nearest    int // the most similar of the other labelled texts
	Similarity float64
	InGroup    bool    // the nearest text is of the same group
	Alone      bool    // no other text is of its group
	Silhouette float64 // with cosine distance; 0 for a text that is alone
}

// Neighbour is how well the group of a text is told by the nearest other one.
type Neighbour struct {
	InGroup, Of int     // texts whose nearest is of their group, of those whose group has another
	Accuracy    float64 // of all labelled texts: leave-one-out 1-NN
	Majority    float64 // the accuracy of always saying the largest group
}

// ScoreTexts measures the vectors of the texts, for labels for groups or pairs. The
// errors are *[Error], NoVector, WrongCount or WrongTask, and ctx's.
func (l *Labels) ScoreTexts(ctx context.Context, v compare.Vectors) (*Result, error) {
	if v.Len() != l.texts {
		return nil, &Error{Problem: WrongCount, Item: v.Len(), Text: NoText}
	}
	switch l.task {
	case Pairs:
		similarities, err := l.similaritiesOf(v)
		if err != nil {
			return nil, err
		}
		return l.ScorePairs(similarities)
	case Groups:
		return l.scoreGroups(ctx, v)
	default:
		return nil, &Error{Problem: WrongTask, Item: -1, Text: NoText}
	}
}

func (l *Labels) scoreGroups(ctx context.Context, v compare.Vectors) (*Result, error) {
	rows := make([][]float32, len(l.members))
	for i, text := range l.members {
		if rows[i] = v.Row(text); rows[i] == nil {
			return nil, &Error{Problem: NoVector, Item: i, Text: text}
		}
	}
	s, err := newSimilarities(ctx, rows)
	if err != nil {
		return nil, err
	}
	r := &Result{labels: l, Texts: l.textResults(s)}
	r.Neighbour = neighbour(r.Texts)
	r.statistic = newGroupStatistic(l.points(), r.Texts, s)
	values := r.measured(newWeights(l))
	split := l.splitAll(s)
	r.Split = &split
	values[0], values[1], values[2] = split.AUC, split.AP, split.BestF1
	r.Metrics = r.named(values)
	return r, nil
}

// splitAll measures all pairs of labelled texts.
func (l *Labels) splitAll(s *similarities) Split {
	n := len(l.members)
	same := make([]bool, 0, len(s.upper))
	for i := range n {
		for j := i + 1; j < n; j++ {
			same = append(same, l.groups[i] == l.groups[j])
		}
	}
	return newRanking(s.values(), func(k int) bool { return same[k] }).split()
}

// textResults finds the nearest text and the silhouette of every labelled text.
func (l *Labels) textResults(s *similarities) []TextResult {
	count := map[int]int{}
	for _, g := range l.groups {
		count[g]++
	}
	results := make([]TextResult, len(l.members))
	distances := make([]float64, len(count))
	for i, text := range l.members {
		r := TextResult{Text: text, Group: l.groups[i], Nearest: NoText, Similarity: math.Inf(-1)}
		clear(distances)
		for j, other := range l.members {
			if j == i {
				continue
			}
			x := s.at(i, j)
			distances[l.groups[j]] += 1 - x
			if x > r.Similarity {
				r.Nearest, r.Similarity, r.InGroup = other, x, l.groups[j] == r.Group
			}
		}
		r.Alone = count[r.Group] == 1
		r.Silhouette = silhouette(distances, count, r.Group)
		results[i] = r
	}
	return results
}

// silhouette compares the mean distance to the own group with that to the nearest
// other group.
func silhouette(distances []float64, count map[int]int, own int) float64 {
	if count[own] == 1 {
		return 0
	}
	within := distances[own] / float64(count[own]-1)
	nearest := math.Inf(1)
	for group, d := range distances {
		if group != own {
			nearest = min(nearest, d/float64(count[group]))
		}
	}
	if most := max(within, nearest); most > 0 {
		return (nearest - within) / most
	}
	return 0
}

func neighbour(texts []TextResult) *Neighbour {
	n := &Neighbour{}
	count := map[int]int{}
	largest, right := 0, 0
	for _, t := range texts {
		count[t.Group]++
		largest = max(largest, count[t.Group])
		if t.InGroup {
			right++
		}
		if !t.Alone {
			n.Of++
		}
	}
	n.InGroup = right
	n.Accuracy, n.Majority = float64(right)/float64(len(texts)), float64(largest)/float64(len(texts))
	return n
}

// groupStatistic measures groups under weights of texts and of pairs of texts.
type groupStatistic struct {
	ranking
	inGroup, silhouettes []float64 // of every item; inGroup is NaN for one that is alone
}

func newGroupStatistic(p *points, texts []TextResult, s *similarities) groupStatistic {
	scores := make([]float64, len(p.a))
	for k := range scores {
		scores[k] = s.at(int(p.a[k]), int(p.b[k]))
	}
	g := groupStatistic{ranking: newRanking(scores, func(k int) bool { return k < p.positive })}
	for _, t := range texts {
		in := 0.0
		switch {
		case t.Alone:
			in = math.NaN()
		case t.InGroup:
			in = 1
		}
		g.inGroup, g.silhouettes = append(g.inGroup, in), append(g.silhouettes, t.Silhouette)
	}
	return g
}

func (g groupStatistic) measure(w *weights, out, scratch []float64) {
	p := g.ranking.measure(w.points, scratch)
	out[0], out[1], out[2] = p.auc, p.ap, p.best.f1()
	if p.auc != p.auc {
		out[2] = p.auc
	}
	out[3], out[4] = weightedMean(g.inGroup, w.items), weightedMean(g.silhouettes, w.items)
}
