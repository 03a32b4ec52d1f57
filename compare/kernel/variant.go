package kernel

import "os"

// forced names the environment variable that chooses the loops, for tests: one of
// the names that [Name] returns. One that this processor cannot run is not heeded.
const forced = "VECSCOPE_KERNEL"

// variant is one way of computing products.
type variant struct {
	name string
	// add adds to out, whose rows are ldc values apart, the products of rows of x
	// with columns, rows of y, over the values [from, to) of each: whole steps. The
	// products of up to panel-1 rows after the columns are added too. Everything is
	// within bounds.
	add func(x, y Matrix, rows, columns Span, from, to int, out []float32, ldc int)
	// products8 puts into out, in rows TileColumns apart, the products of int8 rows of
	// x with columns, rows of y. Everything is within bounds; up to panel-1 products
	// after the columns mean nothing.
	products8 func(x, y *Quantized, rows, columns Span, out []int32)
	// fast8 tells that products8 is faster than add.
	fast8 bool
	// eights tells that the loops of values.go take eight values at a time.
	eights bool
}

// chosen are the loops in use.
var chosen = choose(variants(), os.Getenv(forced))

// choose returns the variant of a name, or else the first, which is the fastest.
func choose(from []variant, name string) variant {
	for _, v := range from {
		if v.name == name {
			return v
		}
	}
	return from[0]
}

// Name tells which loops are in use: avx512, avx2, neon or portable.
func Name() string { return chosen.name }

// PrefersInt8 tells whether products of [Quantized] rows are faster than those of
// float32 ones here.
func PrefersInt8() bool { return chosen.fast8 }
