package kernel

// addPortable is the loop for processors without one of their own. Three rows with two are
// what the compiler keeps in registers: with more it puts products into memory, which takes
// half as long again.
func addPortable(x, y part, k int, out []float32, ldc int) {
	threes := x.rows / 3 * 3
	for j := 0; j < y.rows; j += 2 {
		b, c := y.row(j, k), y.row(j+1, k)
		for i := 0; i < threes; i += 3 {
			for r, sums := range three(x.row(i, k), x.row(i+1, k), x.row(i+2, k), b, c) {
				addTo(out[(i+r)*ldc+j:], sums[:])
			}
		}
	}
	for i := threes; i < x.rows; i++ {
		for j := 0; j < y.rows; j += rowsAtOnce {
			sums := one(x.row(i, k), y.row(j, k), y.row(j+1, k), y.row(j+2, k), y.row(j+3, k))
			addTo(out[i*ldc+j:], sums[:])
		}
	}
}

// row returns the first k values of row i.
func (p part) row(i, k int) []float32 { return p.values[i*p.stride:][:k] }

func addTo(out, sums []float32) {
	out = out[:len(sums)]
	for i, sum := range sums {
		out[i] += sum
	}
}

// three returns the products of each of three rows with two.
func three(x, y, z, b, c []float32) [3][2]float32 {
	y, z, b, c = y[:len(x)], z[:len(x)], b[:len(x)], c[:len(x)]
	var xb, xc, yb, yc, zb, zc float32
	for k, p := range x {
		q, r := y[k], z[k]
		v, w := b[k], c[k]
		xb += p * v
		xc += p * w
		yb += q * v
		yc += q * w
		zb += r * v
		zc += r * w
	}
	return [3][2]float32{{xb, xc}, {yb, yc}, {zb, zc}}
}

// one returns the products of a row with four.
func one(x, a, b, c, d []float32) [rowsAtOnce]float32 {
	a, b, c, d = a[:len(x)], b[:len(x)], c[:len(x)], d[:len(x)]
	var xa, xb, xc, xd float32
	for k, p := range x {
		xa += p * a[k]
		xb += p * b[k]
		xc += p * c[k]
		xd += p * d[k]
	}
	return [rowsAtOnce]float32{xa, xb, xc, xd}
}
