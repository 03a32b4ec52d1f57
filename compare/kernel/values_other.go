//go:build !amd64

package kernel

// There is no assembly for these here: none of the values are done.

func measureEights(_, _ []float32, _ float32, _ []float32, _ *Sums) int { return 0 }

func binEights([]float32, []int32) int            { return 0 }
func dotEights(_, _ []float32, _ *[4]float64) int { return 0 }

func expandEights(string, float32, []float32) int { return 0 }
func divideEights(_, _ []float32, _ float64) int  { return 0 }

func addEights(_, _ []float32) int { return 0 }
func rectifyEights([]float32) int  { return 0 }

func normEights(_, _ []float32, _ float64, _, _ []float32) bool { return false }
func softmaxEights([]float32, int, float32) bool                { return false }

func greatestOf([]float32) float32 { return 0 }

func lengthsOf([]float32, float32) float32 { return 0 }

func bytesInBins([]int32, float32, []float32, []int32, *float32) int { return 0 }

func (*rounding) take([]float32, []int8) {}

func roundEights([]float32, float32, float32, []uint8, *float32) {}
