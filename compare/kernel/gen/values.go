package main

import (
	"math"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// eight is how many values the loops over similarities take at a time.
const eight = 8

// declare starts a function, which calls no other and keeps nothing that it is given.
func declare(c *build.Context, name, signature, doc string) {
	c.Function(name)
	c.Attributes(attr.NOSPLIT)
	c.Pragma("noescape")
	c.SignatureExpr(signature)
	c.Doc(doc)
}

// begin starts a function over n values and gives the register
// behind the last of each of the slices named, and one that counts up to zero.
func begin(c *build.Context, name, signature, doc string, slices ...string) (ends []reg.Register, at reg.Register) {
	declare(c, name, signature, doc)
	at = inBytes(c, "n")
	for _, slice := range slices {
		end := c.Load(c.Param(slice), c.GP64())
		c.ADDQ(at, end)
		ends = append(ends, end)
	}
	c.NEGQ(at)
	return ends, at
}

// again closes the loop that label opened.
func again(c *build.Context, at reg.Register, label string) {
	c.ADDQ(operand.Imm(4*eight), at)
	c.JNE(operand.LabelRef(label))
}

// broadcast fills a register with one float32.
func broadcast(c *build.Context, value float32) reg.VecVirtual {
	bits, r := c.GP32(), c.YMM()
	c.MOVL(operand.U32(math.Float32bits(value)), bits)
	c.VMOVD(bits, r.AsX())
	c.VBROADCASTSS(r.AsX(), r)
	return r
}

// broadcastParam fills a register with a float32 parameter.
func broadcastParam(c *build.Context, name string) reg.VecVirtual {
	r := c.YMM()
	c.VBROADCASTSS(param(c, name), r)
	return r
}

// param is where a parameter is. An instruction that reads it there itself is faster than
// the one of before AVX that loads it, which waits for all of its register.
func param(c *build.Context, name string) operand.Mem {
	at, err := c.Param(name).Resolve()
	if err != nil {
		panic(err) // of a function that does not have it
	}
	return at.Addr
}

// measure scales values, where these are factors, clips them to [-1, 1] and adds up their
// distances from an origin.
func measure(c *build.Context, scaled bool) {
	name, more, doing, slices := "measureAVX2", "", "", []string{"values", "out"}
	if scaled {
		name, more, slices = "measureScaledAVX2", ", factor float32, factors *float32", append(slices, "factors")
		doing = "each times the factor and its own of factors, "
	}
	ends, at := begin(c, name, "func(values *float32, n int, out *float32, origin float64, sums *[2]float64, limits *[2]float32"+more+")",
		name+" puts n values, a multiple of 8, "+doing+"clipped to [-1, 1], into out, adds to sums their distances from the origin and the squares of these, and widens limits to hold them.",
		slices...)
	sumsAt, limitsAt := c.Load(c.Param("sums"), c.GP64()), c.Load(c.Param("limits"), c.GP64())
	one, minusOne := broadcast(c, 1), broadcast(c, -1)
	origin, least, most := c.YMM(), c.YMM(), c.YMM()
	c.VBROADCASTSD(param(c, "origin"), origin)
	// The limits so far come in last, so that no value waits for them.
	c.VMOVAPS(one, least)
	c.VMOVAPS(minusOne, most)
	var sum, squares [2]reg.VecVirtual
	for h := range sum {
		sum[h], squares[h] = avx2.zero(c), avx2.zero(c)
	}
	var factor reg.VecVirtual
	if scaled {
		factor = broadcastParam(c, "factor")
	}

	c.Label("measure")
	x := c.YMM()
	place := operand.Mem{Base: ends[0], Index: at, Scale: 1}
	if scaled {
		c.VMULPS(place, factor, x)
		c.VMULPS(operand.Mem{Base: ends[2], Index: at, Scale: 1}, x, x)
		c.VMINPS(x, one, x)
	} else {
		c.VMINPS(place, one, x)
	}
	c.VMAXPS(x, minusOne, x)
	c.VMOVUPS(x, operand.Mem{Base: ends[1], Index: at, Scale: 1})
	c.VMINPS(x, least, least)
	c.VMAXPS(x, most, most)
	high := c.XMM()
	c.VEXTRACTF128(operand.U8(1), x, high)
	for h, half := range []reg.Register{x.AsX(), high} {
		d := c.YMM()
		c.VCVTPS2PD(half, d)
		c.VSUBPD(origin, d, d)
		c.VADDPD(d, sum[h], sum[h])
		c.VFMADD231PD(d, d, squares[h])
	}
	again(c, at, "measure")

	for i, of := range [][2]reg.VecVirtual{sum, squares} {
		high := c.XMM()
		c.VADDPD(of[1], of[0], of[0])
		c.VEXTRACTF128(operand.U8(1), of[0], high)
		c.VADDPD(high, of[0].AsX(), of[0].AsX())
		c.VHADDPD(of[0].AsX(), of[0].AsX(), of[0].AsX())
		c.VADDSD(operand.Mem{Base: sumsAt, Disp: 8 * i}, of[0].AsX(), of[0].AsX())
		c.VMOVSD(of[0].AsX(), operand.Mem{Base: sumsAt, Disp: 8 * i})
	}
	lowest, highest := narrowest(c, c.VMINPS, least), narrowest(c, c.VMAXPS, most)
	c.VMINSS(operand.Mem{Base: limitsAt}, lowest, lowest)
	c.VMAXSS(operand.Mem{Base: limitsAt, Disp: 4}, highest, highest)
	c.VMOVSS(lowest, operand.Mem{Base: limitsAt})
	c.VMOVSS(highest, operand.Mem{Base: limitsAt, Disp: 4})
	c.VZEROUPPER()
	c.RET()
}

// narrow stores the least or greatest of a register's eight values.
func narrow(c *build.Context, choose func(...operand.Op), r reg.VecVirtual, to reg.Register, disp int) {
	c.VMOVSS(narrowest(c, choose, r), operand.Mem{Base: to, Disp: disp})
}

// narrowest puts the least or greatest of a register's eight values in front.
func narrowest(c *build.Context, choose func(...operand.Op), r reg.VecVirtual) reg.Register {
	x, other := r.AsX(), c.XMM()
	c.VEXTRACTF128(operand.U8(1), r, other)
	choose(other, x, x)
	c.VPERMILPS(operand.U8(0b01001110), x, other)
	choose(other, x, x)
	c.VPERMILPS(operand.U8(0b10110001), x, other)
	choose(other, x, x)
	return x
}

// bins gives the place of values from -1 to 1 among 1<<18 equal ones.
func bins(c *build.Context) {
	ends, at := begin(c, "binsAVX2", "func(values *float32, n int, bins *int32)",
		"binsAVX2 gives the bins of n values, a multiple of 8.", "values", "bins")
	half, last := broadcast(c, 1<<17), wholes(c, 1<<18-1)

	c.Label("bins")
	x := c.YMM()
	c.VMOVUPS(operand.Mem{Base: ends[0], Index: at, Scale: 1}, x)
	c.VFMADD213PS(half, half, x)
	c.VCVTTPS2DQ(x, x)
	c.VPMINSD(last, x, x)
	c.VMOVDQU(x, operand.Mem{Base: ends[1], Index: at, Scale: 1})
	again(c, at, "bins")
	c.VZEROUPPER()
	c.RET()
}

// bytesInBins gives the places of similarities computed in int8 among 1<<14 equal ones, and
// the greatest of these.
func bytesInBins(c *build.Context) {
	ends, at := begin(c, "bytesInBinsAVX2", "func(products *int32, n int, scale float32, scales *float32, bins *int32, most *float32)",
		"bytesInBinsAVX2 gives the coarse bins of n products, a multiple of 8, each times the product of scale and its own of scales, and the greatest such value.", "products", "scales", "bins")
	half, last, none := broadcast(c, 1<<13), wholes(c, 1<<14-1), zeros(c)
	scale, mostAt := broadcastParam(c, "scale"), c.Load(c.Param("most"), c.GP64())
	most := c.YMM()
	c.VBROADCASTSS(operand.Mem{Base: mostAt}, most)

	c.Label("bins")
	x, factor := c.YMM(), c.YMM()
	c.VCVTDQ2PS(operand.Mem{Base: ends[0], Index: at, Scale: 1}, x)
	c.VMULPS(operand.Mem{Base: ends[1], Index: at, Scale: 1}, scale, factor)
	c.VMULPS(factor, x, x)
	c.VMAXPS(x, most, most)
	c.VFMADD213PS(half, half, x)
	c.VCVTTPS2DQ(x, x)
	c.VPMINSD(last, x, x)
	c.VPMAXSD(none, x, x)
	c.VMOVDQU(x, operand.Mem{Base: ends[2], Index: at, Scale: 1})
	again(c, at, "bins")
	narrow(c, c.VMAXPS, most, mostAt, 0)
	c.VZEROUPPER()
	c.RET()
}

// dot64 multiplies float32 values in float64, where the products are exact, into four
// strands of sums.
func dot64(c *build.Context) {
	ends, at := begin(c, "dot64AVX2", "func(x, y *float32, n int, sums *[4]float64)",
		"dot64AVX2 puts into sums, for each of the four strands of n values, a multiple of 8, the product in float64.", "x", "y")
	sum := avx2.zero(c)
	c.Label("dot64")
	for half := range 2 {
		x, y := c.YMM(), c.YMM()
		c.VCVTPS2PD(operand.Mem{Base: ends[0], Index: at, Scale: 1, Disp: 4 * eight / 2 * half}, x)
		c.VCVTPS2PD(operand.Mem{Base: ends[1], Index: at, Scale: 1, Disp: 4 * eight / 2 * half}, y)
		c.VMULPD(y, x, x)
		c.VADDPD(x, sum, sum)
	}
	again(c, at, "dot64")
	c.VMOVUPD(sum, operand.Mem{Base: c.Load(c.Param("sums"), c.GP64())})
	c.VZEROUPPER()
	c.RET()
}

// divide divides values in float64.
func divide(c *build.Context) {
	ends, at := begin(c, "divideAVX2", "func(values *float32, n int, by float64, out *float32)",
		"divideAVX2 puts into out n values, a multiple of 8, divided in float64.", "values", "out")
	by := c.YMM()
	c.VBROADCASTSD(param(c, "by"), by)
	c.Label("divide")
	for half := range 2 {
		x := c.YMM()
		c.VCVTPS2PD(operand.Mem{Base: ends[0], Index: at, Scale: 1, Disp: 4 * eight / 2 * half}, x)
		c.VDIVPD(by, x, x)
		c.VCVTPD2PSY(x, x.AsX())
		c.VMOVUPS(x.AsX(), operand.Mem{Base: ends[1], Index: at, Scale: 1, Disp: 4 * eight / 2 * half})
	}
	again(c, at, "divide")
	c.VZEROUPPER()
	c.RET()
}
