package kernel

// addPortable is the loop for processors without one of their own.
func addPortable(x, y part, k int, out []float32, ldc int) {
	for j := 0; j < y.rows; j += rowsAtOnce {
		var b [rowsAtOnce][]float32
		for c := range b {
			b[c] = y.row(j+c, k)
		}
		for i := 0; i < x.rows; i += 2 {
			at := out[i*ldc+j:]
			if i+1 == x.rows {
				one(x.row(i, k), b, at)
			} else {
				two(x.row(i, k), x.row(i+1, k), b, at, at[ldc:])
			}
		}
	}
}

// row returns the first k values of row i.
func (p part) row(i, k int) []float32 { return p.values[i*p.stride:][:k] }

// two adds the products of two rows with four to out and below.
func two(x, y []float32, b [rowsAtOnce][]float32, out, below []float32) {
	y = y[:len(x)]
	b0, b1, b2, b3 := b[0][:len(x)], b[1][:len(x)], b[2][:len(x)], b[3][:len(x)]
	var s0, s1, s2, s3, t0, t1, t2, t3 float32
	for k, v := range x {
		w := y[k]
		c0, c1, c2, c3 := b0[k], b1[k], b2[k], b3[k]
		s0 += v * c0
		s1 += v * c1
		s2 += v * c2
		s3 += v * c3
		t0 += w * c0
		t1 += w * c1
		t2 += w * c2
		t3 += w * c3
	}
	out, below = out[:rowsAtOnce], below[:rowsAtOnce]
	out[0], out[1], out[2], out[3] = out[0]+s0, out[1]+s1, out[2]+s2, out[3]+s3
	below[0], below[1], below[2], below[3] = below[0]+t0, below[1]+t1, below[2]+t2, below[3]+t3
}

// one adds the products of one row with four to out.
func one(x []float32, b [rowsAtOnce][]float32, out []float32) {
	b0, b1, b2, b3 := b[0][:len(x)], b[1][:len(x)], b[2][:len(x)], b[3][:len(x)]
	var s0, s1, s2, s3 float32
	for k, v := range x {
		s0 += v * b0[k]
		s1 += v * b1[k]
		s2 += v * b2[k]
		s3 += v * b3[k]
	}
	out = out[:rowsAtOnce]
	out[0], out[1], out[2], out[3] = out[0]+s0, out[1]+s1, out[2]+s2, out[3]+s3
}
