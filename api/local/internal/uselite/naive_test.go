package uselite

import "math"

// naive is the model written down once more, in float64 and as plainly as
// possible, to check the fast one against: a sentence is a matrix, a row a position.
func naive(w *Weights, ids []int) []float64 {
	half := len(w.Frequencies)
	var x [][]float64
	for p, id := range ids {
		embedding := make([]float32, 2*half)
		w.Embedding.Row(id, embedding)
		row := make([]float64, 2*half)
		for i := range row {
			angle := float64(float32(p) * w.Frequencies[i%half])
			row[i] = 2*float64(embedding[i]) + math.Sin(angle)
			if i >= half {
				row[i] = 2*float64(embedding[i]) + math.Cos(angle)
			}
		}
		x = append(x, row)
	}
	for _, l := range w.Layers {
		x = naiveLayer(l, x)
	}
	mean := make([]float64, len(x[0]))
	for _, row := range x {
		for i, v := range row {
			mean[i] += v / float64(len(x))
		}
	}
	y := naiveDense(w.Head, mean)
	length := 0.0
	for i, v := range y {
		y[i] = math.Tanh(v)
		length = math.Hypot(length, y[i])
	}
	for i := range y {
		y[i] /= length
	}
	return y
}

func naiveLayer(l Layer, x [][]float64) [][]float64 {
	width := len(x[0])
	var q, k, v, out [][]float64
	for _, row := range x {
		qkv := naiveDense(l.QKV, naiveNorm(l.AttentionNorm, row))
		q, k, v = append(q, qkv[:width]), append(k, qkv[width:2*width]), append(v, qkv[2*width:])
	}
	for p, row := range x {
		mixed := make([]float64, width)
		for i := range mixed {
			first := i / (width / heads) * (width / heads) // of the head that place i is in
			var sum, total float64
			for other := range x {
				score := 0.0
				for j := first; j < first+width/heads; j++ {
					score += q[p][j] * k[other][j]
				}
				e := math.Exp(score * float64(l.Scale))
				total += e
				sum += e * v[other][i]
			}
			mixed[i] = sum / total
		}
		if l.Residual != nil {
			row = naiveDense(*l.Residual, row)
		}
		y := naiveSum(naiveDense(l.Output, mixed), row)
		inner := naiveDense(l.Inner, naiveNorm(l.FeedForwardNorm, y))
		for i := range inner {
			inner[i] = math.Max(0, inner[i])
		}
		out = append(out, naiveSum(y, naiveDense(l.Outer, inner)))
	}
	return out
}

func naiveDense(d Dense, x []float64) []float64 {
	y := make([]float64, len(d.Bias))
	row := make([]float32, len(x))
	for o := range y {
		y[o] = float64(d.Bias[o])
		d.Rows.Row(o, row)
		for i, v := range x {
			y[o] += float64(row[i]) * v
		}
	}
	return y
}

func naiveNorm(n Norm, x []float64) []float64 {
	var mean, variance float64
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		variance += (v - mean) * (v - mean) / float64(len(x))
	}
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = (v-mean)/math.Sqrt(variance+1e-6)*float64(n.Scale[i]) + float64(n.Bias[i])
	}
	return y
}

func naiveSum(a, b []float64) []float64 {
	sum := make([]float64, len(a))
	for i := range a {
		sum[i] = a[i] + b[i]
	}
	return sum
}
