package pair

// matchNearby calls match for the pairs of a longest common subsequence of long texts
// that differ in few words, and for none where finding them takes more than that many
// steps. It follows Myers, An O(ND) Difference Algorithm and Its Variations (1986). It
// gives the steps that it took.
func matchNearby(a, b []int32, limit int, match func(i, j int)) (steps int) {
	// reached[d] holds, for the diagonals -d, -d+2 … d, how far into a one comes with d
	// words left out of either text.
	var reached [][]int32
	for d := 0; d <= len(a)+len(b); d++ {
		row := make([]int32, d+1)
		for at := range row {
			diagonal := 2*at - d
			i := begin(reached, d, at)
			j := i - diagonal
			for i < len(a) && j < len(b) && j >= 0 && a[i] == b[j] {
				i++
				j++
				steps++
			}
			row[at] = int32(i)
			if i >= len(a) && j >= len(b) {
				matchBack(append(reached, row), at, diagonal, match)
				return steps
			}
		}
		if steps += d + 1; steps > limit {
			return steps
		}
		reached = append(reached, row)
	}
	return steps
}

// begin is how far into a one comes on a diagonal with the d-th word left out, before
// what is the same there.
func begin(reached [][]int32, d, at int) int {
	switch {
	case d == 0:
		return 0
	case at == 0: // a word of b left out
		return int(reached[d-1][0])
	case at == d, reached[d-1][at-1] >= reached[d-1][at]: // a word of a
		return int(reached[d-1][at-1]) + 1
	}
	return int(reached[d-1][at])
}

// matchBack follows the way that was found from its end.
func matchBack(reached [][]int32, at, diagonal int, match func(i, j int)) {
	for d := len(reached) - 1; d >= 0; d-- {
		from := begin(reached, d, at)
		for i := int(reached[d][at]) - 1; i >= from; i-- {
			match(i, i-diagonal)
		}
		switch {
		case d == 0:
		case at == 0:
			diagonal++
		case at == d || reached[d-1][at-1] >= reached[d-1][at]:
			at--
			diagonal--
		default:
			diagonal++
		}
	}
}
