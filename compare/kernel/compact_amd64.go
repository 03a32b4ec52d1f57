package kernel

// compactEights is compactPortable in vector instructions.
func compactEights(rows []uint8, groups int, probe *[2][]int8, out [][2]int32) {
	if len(out) > 0 {
		compactAVX2(&rows[0], len(out), groups, &probe[0][0], &probe[1][0], &out[0])
	}
}

// roundEights is round in vector instructions.
func roundEights(values []float32, inverse, scale float32, out []uint8, wrong *float32) {
	if len(values) > 0 {
		roundAVX2(&values[0], len(values)/compactStep, inverse, scale, &out[0], wrong)
	}
}
