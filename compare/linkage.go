package compare

import "context"

// linkage is an average-linkage clustering under way, found by following
// chains of nearest neighbours (Murtagh 1983): n² steps, and the same tree as
// joining the closest two again and again.
type linkage struct {
	n          int
	similarity []float32 // between clusters, n×n, symmetric
	size       []float32 // rows in a cluster; 0 once it was joined to another
	runs       [][]int32 // the rows of a cluster in order
	chain      []int
}

// cluster orders rows by the leaves of their clustering.
func (a arranger) cluster(ctx context.Context, rows []int32) ([]int32, error) {
	l, err := a.newLinkage(ctx, rows)
	if err != nil {
		return nil, err
	}
	for range l.n - 1 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		x, y := l.nextPair()
		keep, gone := min(x, y), max(x, y)
		l.runs[keep] = a.join(l.runs[keep], l.runs[gone])
		l.merge(keep, gone)
	}
	return l.runs[0], nil
}

// newLinkage starts with every row a cluster of its own.
func (a arranger) newLinkage(ctx context.Context, rows []int32) (*linkage, error) {
	n := len(rows)
	similarity, err := a.among(ctx, rows)
	if err != nil {
		return nil, err
	}
	l := &linkage{n: n, similarity: make([]float32, n*n), size: make([]float32, n), runs: make([][]int32, n)}
	for i, row := range rows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		l.size[i] = 1
		l.runs[i] = []int32{row}
		for j := i + 1; j < n; j++ {
			s := similarity(i, j)
			l.similarity[i*n+j], l.similarity[j*n+i] = s, s
		}
	}
	return l, nil
}

// among returns the similarity of two rows by their places among rows, computed at
// once for all when the matrix does not hold them.
func (a arranger) among(ctx context.Context, rows []int32) (func(i, j int) float32, error) {
	if a.matrix.upper != nil {
		return func(i, j int) float32 { return a.matrix.similarity(int(rows[i]), int(rows[j])) }, nil
	}
	part, err := a.matrix.vectors.only(rows)
	if err != nil {
		return nil, err
	}
	m, err := Similarities(ctx, part, nil)
	if err != nil {
		return nil, err
	}
	return m.similarity, nil
}

// nextPair follows the chain to two clusters that are each other's nearest,
// and takes them off it.
func (l *linkage) nextPair() (x, y int) {
	if len(l.chain) == 0 {
		first := 0
		for l.size[first] == 0 {
			first++
		}
		l.chain = append(l.chain, first)
	}
	for {
		top := l.chain[len(l.chain)-1]
		before := -1
		if len(l.chain) > 1 {
			before = l.chain[len(l.chain)-2]
		}
		next := l.nearest(top, before)
		if next == before {
			l.chain = l.chain[:len(l.chain)-2]
			return top, before
		}
		l.chain = append(l.chain, next)
	}
}

// nearest returns the cluster most similar to x: preferred when it is among
// the most similar, which keeps the chain from running in circles, else the
// first.
func (l *linkage) nearest(x, preferred int) int {
	best := preferred
	row := l.similarity[x*l.n : (x+1)*l.n]
	for j, s := range row {
		if j == x || l.size[j] == 0 {
			continue
		}
		if best < 0 || s > row[best] {
			best = j
		}
	}
	return best
}

// merge makes keep stand for both clusters: its similarity to every other is
// the mean over all pairs of their rows.
func (l *linkage) merge(keep, gone int) {
	n, total := l.n, l.size[keep]+l.size[gone]
	ofKeep, ofGone := l.size[keep]/total, l.size[gone]/total
	for j := range n {
		if l.size[j] == 0 || j == keep || j == gone {
			continue
		}
		s := ofKeep*l.similarity[keep*n+j] + ofGone*l.similarity[gone*n+j]
		l.similarity[keep*n+j], l.similarity[j*n+keep] = s, s
	}
	l.size[keep], l.size[gone] = total, 0
	l.runs[gone] = nil
}
