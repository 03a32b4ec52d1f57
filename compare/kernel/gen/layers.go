package main

import (
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// add adds values to others.
func add(c *build.Context) {
	ends, at := begin(c, "addAVX2", "func(values *float32, n int, more *float32)",
		"addAVX2 adds n values, a multiple of 8, to others.", "values", "more")
	c.Label("add")
	x := c.YMM()
	place := operand.Mem{Base: ends[0], Index: at, Scale: 1}
	c.VMOVUPS(place, x)
	c.VADDPS(operand.Mem{Base: ends[1], Index: at, Scale: 1}, x, x)
	c.VMOVUPS(x, place)
	again(c, at, "add")
	c.VZEROUPPER()
	c.RET()
}

// rectify puts zero in the place of negative values.
func rectify(c *build.Context) {
	ends, at := begin(c, "rectifyAVX2", "func(values *float32, n int)",
		"rectifyAVX2 makes those of n values, a multiple of 8, that are negative zero.", "values")
	zero := avx2.zero(c)
	c.Label("rectify")
	x := c.YMM()
	place := operand.Mem{Base: ends[0], Index: at, Scale: 1}
	c.VMAXPS(place, zero, x) // of a NaN and another the first, which is the place
	c.VMOVUPS(x, place)
	again(c, at, "rectify")
	c.VZEROUPPER()
	c.RET()
}

// norm gives values a mean of zero and a variance of one, scales and moves them, in float64
// up to the scaling.
func norm(c *build.Context) {
	ends, at := begin(c, "normAVX2", "func(values *float32, n int, epsilon float64, scales, biases, out *float32)",
		"normAVX2 puts into out n values, a multiple of 8, less their mean, over the root of their variance and epsilon, times their scales and with their biases.",
		"values", "scales", "biases", "out")
	mean := sumOfDoubles(c, at, "sum", func(half int, sum reg.VecVirtual) {
		x := c.YMM()
		c.VCVTPS2PD(operand.Mem{Base: ends[0], Index: at, Scale: 1, Disp: 16 * half}, x)
		c.VADDPD(x, sum, sum)
	})
	divideByCount(c, mean)
	variance := sumOfDoubles(c, at, "squares", func(half int, sum reg.VecVirtual) {
		x := c.YMM()
		c.VCVTPS2PD(operand.Mem{Base: ends[0], Index: at, Scale: 1, Disp: 16 * half}, x)
		c.VSUBPD(mean, x, x)
		c.VFMADD231PD(x, x, sum)
	})
	divideByCount(c, variance)
	factor, root := c.YMM(), c.YMM()
	c.VBROADCASTSD(param(c, "epsilon"), root)
	c.VADDPD(variance, root, root)
	c.VSQRTPD(root, root)
	c.VCVTDQ2PD(wholes(c, 1).AsX(), factor)
	c.VDIVPD(root, factor, factor)

	c.Label("norm")
	var halves [2]reg.VecVirtual
	for half := range halves {
		x := c.YMM()
		c.VCVTPS2PD(operand.Mem{Base: ends[0], Index: at, Scale: 1, Disp: 16 * half}, x)
		c.VSUBPD(mean, x, x)
		c.VMULPD(factor, x, x)
		c.VCVTPD2PSY(x, x.AsX())
		halves[half] = x
	}
	c.VINSERTF128(operand.U8(1), halves[1].AsX(), halves[0], halves[0])
	scale := c.YMM()
	c.VMOVUPS(operand.Mem{Base: ends[1], Index: at, Scale: 1}, scale)
	c.VFMADD213PS(operand.Mem{Base: ends[2], Index: at, Scale: 1}, scale, halves[0])
	c.VMOVUPS(halves[0], operand.Mem{Base: ends[3], Index: at, Scale: 1})
	again(c, at, "norm")
	c.VZEROUPPER()
	c.RET()
}

// sumOfDoubles adds up what is made of all values, eight at a time, in every lane of a
// register. Afterwards at is as it was.
func sumOfDoubles(c *build.Context, at reg.Register, label string, addHalf func(half int, sum reg.VecVirtual)) reg.VecVirtual {
	sums := [2]reg.VecVirtual{avx2.zero(c), avx2.zero(c)}
	start := c.GP64()
	c.MOVQ(at, start)
	c.Label(label)
	for half, sum := range sums {
		addHalf(half, sum)
	}
	again(c, at, label)
	c.MOVQ(start, at)
	sum, other := sums[0], sums[1]
	c.VADDPD(other, sum, sum)
	c.VPERMPD(operand.U8(0b01001110), sum, other)
	c.VADDPD(other, sum, sum)
	c.VHADDPD(sum, sum, sum)
	return sum
}

// divideByCount divides by the parameter n.
func divideByCount(c *build.Context, sum reg.VecVirtual) {
	n, count := c.Load(c.Param("n"), c.GP64()), c.YMM()
	c.VXORPD(count, count, count)
	c.VCVTSI2SDQ(n, count.AsX(), count.AsX())
	c.VBROADCASTSD(count.AsX(), count)
	c.VDIVPD(count, sum, sum)
}

const (
	// leastPower is the least power of 2 that a float32 value with all its bits is.
	leastPower, exponentBias, significandBits = -126, 127, 23
	// toNearest rounds to whole numbers, half to even.
	toNearest = 8
)

// powerSeries are the coefficients of 2 to a power from -1/2 to 1/2, the last first.
var powerSeries = []float32{1.5403530e-4, 1.33335581e-3, 9.61812911e-3, 5.55041087e-2, 2.40226507e-1, 6.93147181e-1, 1}

// softmax turns scores into weights that sum to 1.
func softmax(c *build.Context) {
	ends, at := begin(c, "softmaxAVX2", "func(values *float32, n int, scale float32)",
		"softmaxAVX2 makes of n values, a multiple of 8, 2 to the power of each times scale, which is over 0, over the sum of all these.", "values")
	place := operand.Mem{Base: ends[0], Index: at, Scale: 1}
	start := c.GP64()
	c.MOVQ(at, start)
	scale, most := broadcastParam(c, "scale"), c.YMM()
	c.VMULPS(place, scale, most)
	c.Label("scale")
	x := c.YMM()
	c.VMULPS(place, scale, x)
	c.VMOVUPS(x, place)
	c.VMAXPS(x, most, most)
	again(c, at, "scale")
	inEveryLane(c, c.VMAXPS, most)

	sum := avx2.zero(c)
	least, bias := broadcast(c, leastPower), wholes(c, exponentBias)
	series := make([]reg.VecVirtual, len(powerSeries))
	for i, v := range powerSeries {
		series[i] = broadcast(c, v)
	}
	c.MOVQ(start, at)
	c.Label("powers")
	x, whole, y := c.YMM(), c.YMM(), c.YMM()
	c.VMOVUPS(place, x)
	c.VSUBPS(most, x, x)
	c.VMAXPS(x, least, x) // of a NaN and another the first, as in rectify
	c.VROUNDPS(operand.U8(toNearest), x, whole)
	c.VSUBPS(whole, x, x)
	c.VMOVAPS(series[0], y)
	for _, v := range series[1:] {
		c.VFMADD213PS(v, x, y)
	}
	c.VCVTPS2DQ(whole, whole)
	c.VPADDD(bias, whole, whole)
	c.VPSLLD(operand.U8(significandBits), whole, whole)
	c.VMULPS(whole, y, y)
	c.VADDPS(y, sum, sum)
	c.VMOVUPS(y, place)
	again(c, at, "powers")
	inEveryLane(c, c.VADDPS, sum)

	factor := broadcast(c, 1)
	c.VDIVPS(sum, factor, factor)
	c.MOVQ(start, at)
	c.Label("weights")
	x = c.YMM()
	c.VMULPS(place, factor, x)
	c.VMOVUPS(x, place)
	again(c, at, "weights")
	c.VZEROUPPER()
	c.RET()
}

// inEveryLane makes every value of a register what all eight together are.
func inEveryLane(c *build.Context, join func(...operand.Op), r reg.VecVirtual) {
	other := c.YMM()
	c.VPERMPD(operand.U8(0b01001110), r, other)
	join(other, r, r)
	c.VPERMILPS(operand.U8(0b01001110), r, other)
	join(other, r, r)
	c.VPERMILPS(operand.U8(0b10110001), r, other)
	join(other, r, r)
}
