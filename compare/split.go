package compare

import (
	"cmp"
	"context"
	"math"
	"slices"
)

const (
	// powerSteps is the number of power iterations towards the principal
	// direction, which need not be reached: any direction of wide spread parts
	// the rows well.
	powerSteps = 8
	// leastShare of the rows comes to each side of a split, so that splitting
	// ends soon.
	leastShare = 8
)

// splitRows parts rows in two along the direction in which they spread most,
// at their mean. Both parts are ascending and not empty.
func splitRows(ctx context.Context, v Vectors, rows []int32) (low, high []int32, err error) {
	projections, err := projectRows(ctx, v, rows)
	if err != nil {
		return nil, nil, err
	}
	places := make([]int, len(rows))
	for i := range places {
		places[i] = i
	}
	slices.SortFunc(places, func(i, j int) int {
		return cmp.Or(cmp.Compare(projections[i], projections[j]), cmp.Compare(i, j))
	})
	below := 0
	for below < len(places) && projections[places[below]] < 0 {
		below++
	}
	least := max(1, len(rows)/leastShare)
	below = min(len(rows)-least, max(least, below))
	for k, place := range places {
		if k < below {
			low = append(low, rows[place])
		} else {
			high = append(high, rows[place])
		}
	}
	slices.Sort(low)
	slices.Sort(high)
	return low, high, nil
}

// projectRows returns how far each row lies from the mean along the principal
// direction.
func projectRows(ctx context.Context, v Vectors, rows []int32) ([]float32, error) {
	mean, err := weightedSum(ctx, v, rows, nil)
	if err != nil {
		return nil, err
	}
	for k := range mean {
		mean[k] /= float32(len(rows))
	}
	direction := farthest(v, rows, mean)
	projections := make([]float32, len(rows))
	for range powerSteps {
		toUnit(direction)
		origin := dot(mean, direction)
		var sum float32
		for i, row := range rows {
			projections[i] = dot(v.row(int(row)), direction) - origin
			sum += projections[i]
		}
		if direction, err = weightedSum(ctx, v, rows, projections); err != nil {
			return nil, err
		}
		for k := range direction {
			direction[k] -= sum * mean[k]
		}
	}
	return projections, nil
}

// weightedSum adds up rows times their weights; nil weights are all 1.
func weightedSum(ctx context.Context, v Vectors, rows []int32, weights []float32) ([]float32, error) {
	sum := make([]float32, v.dim)
	for i, row := range rows {
		if i%512 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		weight := float32(1)
		if weights != nil {
			weight = weights[i]
		}
		for k, x := range v.row(int(row)) {
			sum[k] += weight * x
		}
	}
	return sum, nil
}

// farthest returns the row farthest from the mean, less the mean.
func farthest(v Vectors, rows []int32, mean []float32) []float32 {
	at, least := 0, float32(math.Inf(1))
	for i, row := range rows {
		// Of unit rows the one with the least product is the farthest.
		if s := dot(v.row(int(row)), mean); s < least {
			at, least = i, s
		}
	}
	difference := slices.Clone(v.row(int(rows[at])))
	for k := range difference {
		difference[k] -= mean[k]
	}
	return difference
}

// toUnit scales a vector to unit length; a zero vector stays.
func toUnit(x []float32) {
	length := math.Sqrt(dot64(x, x))
	if length == 0 {
		return
	}
	for k := range x {
		x[k] = float32(float64(x[k]) / length)
	}
}
