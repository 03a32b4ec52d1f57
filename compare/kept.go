package compare

import "context"

// NearestKept returns how many texts have the same nearest text in both matrices, and how
// many have one in both. It returns ctx's error when that ends first.
func NearestKept(ctx context.Context, a, b *Matrix) (kept, of int, err error) {
	for i := range min(a.Len(), b.Len()) {
		if err := ctx.Err(); err != nil {
			return 0, 0, err
		}
		x, y := a.nearest(i), b.nearest(i)
		if x < 0 || y < 0 {
			continue
		}
		of++
		if x == y {
			kept++
		}
	}
	return kept, of, nil
}

// nearest is the first of the texts most similar to one; -1 when it has none.
func (m *Matrix) nearest(text int) int {
	at, most := -1, 0.0
	for j := range m.Len() {
		if v, ok := m.At(text, j); ok && j != text && (at < 0 || v > most) {
			at, most = j, v
		}
	}
	return at
}
