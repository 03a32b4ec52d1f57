package kernel

// nonzerosEights is nonzerosPortable in vector instructions, for whole steps.
func nonzerosEights(values, found []float32, places []int32) int {
	found, places = found[:len(values)], places[:len(values)]
	return nonzerosAVX2(&values[0], len(values), &found[0], &places[0])
}

// sparseEights is sparsePortable in vector instructions, for one value or more.
func sparseEights(values []float32, places []int32, columns []int8, scales, out []float32) {
	sparse64AVX2(&values[0], &places[0], len(values), &columns[0], &scales[0], &out[0])
}
