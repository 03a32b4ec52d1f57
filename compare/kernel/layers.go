package kernel

import "math"

// Add adds values to others, of which there are as many.
func Add(values, more []float32) {
	more = more[:len(values)]
	n := addEights(values, more)
	values, more = values[n:], more[n:]
	for k, x := range more {
		values[k] += x
	}
}

// Rectify puts zero in the place of negative values.
func Rectify(values []float32) {
	values = values[rectifyEights(values):]
	for k, x := range values {
		values[k] = max(0, x)
	}
}

// Norm puts into out values less their mean, over the root of their variance and epsilon,
// times their scales and with their biases; there are as many of each.
func Norm(out, values []float32, epsilon float64, scales, biases []float32) {
	out, scales, biases = out[:len(values)], scales[:len(values)], biases[:len(values)]
	if normEights(out, values, epsilon, scales, biases) {
		return
	}
	mean, variance := spreadOf(values)
	factor := 1 / math.Sqrt(variance+epsilon)
	for k, x := range values {
		out[k] = float32((float64(x)-mean)*factor)*scales[k] + biases[k]
	}
}

// spreadOf gives the mean and variance of values, in four sums each, so that an addition
// need not wait for the last.
func spreadOf(values []float32) (mean, variance float64) {
	var sums, squares [4]float64
	for k, x := range values {
		sums[k%4] += float64(x)
	}
	mean = ((sums[0] + sums[1]) + (sums[2] + sums[3])) / float64(len(values))
	for k, x := range values {
		d := float64(x) - mean
		squares[k%4] += d * d
	}
	return mean, ((squares[0] + squares[1]) + (squares[2] + squares[3])) / float64(len(values))
}

// Softmax turns the values of every row of m, times scale, into weights that sum to 1: the
// exponential of each over the sum of these.
func Softmax(m Matrix, scale float32) {
	for i := range m.rows {
		row := m.Row(i)
		if !softmaxEights(m.values[i*m.stride:][:(m.columns+7)/8*8], len(row), scale) {
			softmax(row, scale)
		}
	}
}

func softmax(row []float32, scale float32) {
	top := float32(math.Inf(-1))
	for k, x := range row {
		row[k] = x * scale
		top = max(top, row[k])
	}
	var sum float32
	for k, x := range row {
		row[k] = float32(math.Exp(float64(x - top)))
		sum += row[k]
	}
	for k := range row {
		row[k] /= sum
	}
}
