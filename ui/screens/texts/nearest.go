package texts

import (
	"cmp"
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui/loop"
)

const (
	// nearestShown is how many of the nearest texts are looked for, and shown where there is
	// room.
	nearestShown = 50
	// nearestCounted is of how many of them it is counted whether they belong with the text.
	nearestCounted = 5
)

// neighbour is a text and how similar it is to the one under the cursor.
type neighbour struct {
	text       int
	similarity float64
}

// neighbours are the texts nearest to one, under each candidate that is ready.
type neighbours struct {
	query nearestQuery
	lists map[string][]neighbour // by candidate id, nearest first
}

// nearestQuery asks for the texts nearest to text at, in the texts of that
// revision.
type nearestQuery struct {
	at       int
	revision uint64
	sources  []nearestSource
}

// nearestSource is a candidate with its similarities.
type nearestSource struct {
	candidate string
	matrix    *compare.Matrix
}

func (q nearestQuery) equal(o nearestQuery) bool {
	return q.at == o.at && q.revision == o.revision && slices.Equal(q.sources, o.sources)
}

// quick tells that all similarities are in memory, so that looking is no wait.
func (q nearestQuery) quick() bool {
	return !slices.ContainsFunc(q.sources, func(s nearestSource) bool { return !s.matrix.Dense() })
}

// search looks through all texts. The error is that of ctx.
func (q nearestQuery) search(ctx context.Context) (neighbours, error) {
	found := neighbours{query: q, lists: map[string][]neighbour{}}
	for _, s := range q.sources {
		list, err := nearestIn(ctx, s.matrix, q.at)
		if err != nil {
			return neighbours{}, err
		}
		found.lists[s.candidate] = list
	}
	return found, nil
}

// nearestIn gives the texts most similar to text at, equally similar ones in
// their order.
func nearestIn(ctx context.Context, m *compare.Matrix, at int) ([]neighbour, error) {
	if !m.Dense() {
		return nearestOfMany(ctx, m, at)
	}
	var best []neighbour
	for j := range m.Len() {
		if j%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		v, ok := m.At(at, j)
		if !ok || j == at || (len(best) == nearestShown && v <= best[nearestShown-1].similarity) {
			continue
		}
		place := len(best)
		for place > 0 && v > best[place-1].similarity {
			place--
		}
		best = slices.Insert(best, place, neighbour{text: j, similarity: v})
		best = best[:min(len(best), nearestShown)]
	}
	return exactly(m.Vectors(), at, best), nil
}

// nearestOfMany is nearestIn where no similarity is in memory.
func nearestOfMany(ctx context.Context, m *compare.Matrix, at int) ([]neighbour, error) {
	v := m.Vectors()
	if !v.Has(at) {
		return nil, ctx.Err()
	}
	hits, err := compare.Nearest(ctx, v, v.Row(at), nearestShown+1)
	if err != nil {
		return nil, err
	}
	var best []neighbour
	for _, h := range hits {
		if h.Text != at && len(best) < nearestShown {
			best = append(best, neighbour{text: h.Text})
		}
	}
	return exactly(v, at, best), nil
}

// exactly gives the texts nearest to text at with their exact similarities, as these are
// wherever else the pair is shown, and in the order of these.
func exactly(v compare.Vectors, at int, list []neighbour) []neighbour {
	for k, n := range list {
		list[k].similarity = v.Similarity(at, n.text)
	}
	slices.SortStableFunc(list, func(a, b neighbour) int { return cmp.Compare(b.similarity, a.similarity) })
	return list
}

// nearestSearch is the looking that goes on in a large corpus.
type nearestSearch struct {
	query  nearestQuery
	cancel context.CancelFunc // nil while nothing is looked for
}

// nearestQuery is what to look for now; ok is false while the results have not
// followed the texts.
func (s *Screen) nearestQuery() (q nearestQuery, ok bool) {
	if s.Session.Stale() || s.Session.CursorA() >= len(s.Session.Texts()) {
		return nearestQuery{}, false
	}
	q = nearestQuery{at: s.Session.CursorA(), revision: s.Session.ResultsRevision()}
	for _, c := range s.Session.Ready() {
		q.sources = append(q.sources, nearestSource{c.ID(), c.Result.Matrix})
	}
	return q, true
}

// refreshNearest looks for the nearest texts when the cursor or the results have
// changed: at once, or by a command when there are many texts.
func (s *Screen) refreshNearest() tea.Cmd {
	q, ok := s.nearestQuery()
	if !ok || q.equal(s.near.query) {
		return nil
	}
	if q.quick() {
		s.stopSearch()
		s.near, _ = q.search(s.Session.Life())
		return nil
	}
	if s.search.cancel != nil && q.equal(s.search.query) {
		return nil
	}
	s.stopSearch()
	var ctx context.Context
	ctx, s.search.cancel = context.WithCancel(s.Session.Life())
	s.search.query = q
	return loop.Async(ctx, q.search, func(found neighbours, err error) tea.Cmd {
		if err == nil {
			s.foundNearest(found)
		}
		return nil
	})
}

func (s *Screen) stopSearch() {
	if s.search.cancel != nil {
		s.search.cancel()
	}
	s.search = nearestSearch{}
}

// foundNearest takes in what a command has found, if it is still asked for.
func (s *Screen) foundNearest(found neighbours) {
	if s.search.cancel != nil && found.query.equal(s.search.query) {
		s.stopSearch()
		s.near = found
	}
}

// nearest are the texts nearest to the one under the cursor; known is false while
// they are looked for. While the results follow the typing it is the last ones.
func (s *Screen) nearest(candidate string) (list []neighbour, known bool) {
	q := s.near.query
	if q.at != s.Session.CursorA() || q.revision != s.Session.ResultsRevision() || s.near.lists == nil {
		return nil, false
	}
	list, known = s.near.lists[candidate]
	return list, known
}
