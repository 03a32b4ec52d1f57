package kernel

// variants are the loops that this processor can run, the fastest first: every
// arm64 has NEON.
func variants() []variant {
	return []variant{
		{name: "neon", add: addNEON, products8: quantizedPortable, compact: compactPortable, nonzeros: nonzerosPortable, sparse: sparsePortable},
		{name: "portable", add: addPortable, products8: quantizedPortable, compact: compactPortable, nonzeros: nonzerosPortable, sparse: sparsePortable},
	}
}

// lanes4x4NEON stores the products of four rows of a with four of b, in four sums
// each, over k values.
//
//go:noescape
func lanes4x4NEON(a, b *float32, lda, ldb, k int, lanes *[64]float32)

// lanes1x4NEON is lanes4x4NEON for one row of a.
//
//go:noescape
func lanes1x4NEON(a, b *float32, ldb, k int, lanes *[64]float32)

// addNEON implements variant.
func addNEON(x, y part, k int, out []float32, ldc int) {
	var lanes [64]float32
	for j := 0; j < y.rows; j += rowsAtOnce {
		b := &y.values[j*y.stride]
		for i := 0; i < x.rows; {
			a, n := &x.values[i*x.stride], 1
			if x.rows-i >= 4 {
				n = 4
				lanes4x4NEON(a, b, x.stride, y.stride, k, &lanes)
			} else {
				lanes1x4NEON(a, b, y.stride, k, &lanes)
			}
			for r := range n {
				addLanes(out[(i+r)*ldc+j:], lanes[4*rowsAtOnce*r:])
			}
			i += n
		}
	}
}

// addLanes adds the four sums of each of four products to out.
func addLanes(out, lanes []float32) {
	out, lanes = out[:rowsAtOnce], lanes[:4*rowsAtOnce]
	for j := range out {
		of := lanes[4*j : 4*j+4]
		out[j] += (of[0] + of[1]) + (of[2] + of[3])
	}
}
