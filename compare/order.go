package compare

import (
	"context"
	"slices"
)

// linkageLimit is the most texts that are clustered pair by pair (16 MiB of
// working similarities). More are split into parts first.
const linkageLimit = DenseLimit

// OrderBySimilarity returns the indices of all texts in an order that puts
// similar ones beside each other, so that groups become visible as blocks
// along the diagonal. Texts without a vector come last. The same vectors
// always give the same order.
//
// Up to 2,048 texts it is the order of the leaves of an average-linkage
// (UPGMA) clustering, whose branches are turned so that the ends that meet are
// the most similar ones (Gruvaeus and Wainer 1972). More texts are first split
// along their principal direction (Boley 1998), again and again, and the parts
// joined in the same way. It returns the error of ctx when that ends first.
func OrderBySimilarity(ctx context.Context, m *Matrix) ([]int, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	v := m.vectors
	rows := make([]int32, v.Present())
	for i := range rows {
		rows[i] = int32(i)
	}
	a := arranger{matrix: m, limit: linkageLimit}
	rows, err := a.arrange(ctx, rows)
	if err != nil {
		return nil, err
	}
	if n := len(rows); n > 0 && rows[0] > rows[n-1] {
		slices.Reverse(rows)
	}
	order := make([]int, 0, v.Len())
	for _, row := range rows {
		order = append(order, int(v.texts[row]))
	}
	for text := range v.Len() {
		if !v.Has(text) {
			order = append(order, text)
		}
	}
	return order, nil
}

// arranger puts rows of a matrix in order.
type arranger struct {
	matrix *Matrix
	limit  int // most rows clustered at once
}

// arrange returns the rows, given ascending, in order of similarity.
func (a arranger) arrange(ctx context.Context, rows []int32) ([]int32, error) {
	if len(rows) <= 2 {
		return rows, ctx.Err()
	}
	if len(rows) <= a.limit {
		return a.cluster(ctx, rows)
	}
	low, high, err := splitRows(ctx, a.matrix.vectors, rows)
	if err != nil {
		return nil, err
	}
	if low, err = a.arrange(ctx, low); err != nil {
		return nil, err
	}
	if high, err = a.arrange(ctx, high); err != nil {
		return nil, err
	}
	return a.join(low, high), nil
}

// join puts two ordered runs of rows one after the other, turned so that the
// most similar ends meet.
func (a arranger) join(left, right []int32) []int32 {
	ends := func(i, j int) float32 { return a.matrix.similarity(int(left[i]), int(right[j])) }
	lastLeft, lastRight := len(left)-1, len(right)-1
	best, turnLeft, turnRight := ends(lastLeft, 0), false, false
	if s := ends(lastLeft, lastRight); s > best {
		best, turnLeft, turnRight = s, false, true
	}
	if s := ends(0, 0); s > best {
		best, turnLeft, turnRight = s, true, false
	}
	if s := ends(0, lastRight); s > best {
		turnLeft, turnRight = true, true
	}
	if turnLeft {
		slices.Reverse(left)
	}
	if turnRight {
		slices.Reverse(right)
	}
	return append(left, right...)
}

// OrderByGroup returns the indices of all texts with the members of each group
// together: groups in the order they first appear, texts in the order given,
// those without a group ("") last.
func OrderByGroup(groups []string) []int {
	place := make(map[string]int)
	for _, group := range groups {
		if _, known := place[group]; !known && group != "" {
			place[group] = len(place)
		}
	}
	place[""] = len(place)
	order := make([]int, len(groups))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return place[groups[i]] - place[groups[j]] })
	return order
}
