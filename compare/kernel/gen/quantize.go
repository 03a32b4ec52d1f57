package main

import (
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// together is how many values the loops that make int8 values take at a time: what
// fills a register of them.
const together = 32

// greatest finds the greatest magnitude of values.
func greatest(c *build.Context) {
	ends, n := begin(c, "greatestAVX2", "func(values *float32, n int, most *float32)",
		"greatestAVX2 gives the greatest magnitude of n values, a multiple of 32.", "values")
	mask := c.YMM()
	c.VPCMPEQD(mask, mask, mask)
	c.VPSRLD(operand.U8(1), mask, mask)
	var most [together / eight]reg.VecVirtual
	for i := range most {
		most[i] = avx2.zero(c)
	}
	c.Label("greatest")
	for i := range most {
		x := c.YMM()
		c.VANDPS(operand.Mem{Base: ends[0], Index: n, Scale: 1, Disp: 4 * eight * i}, mask, x)
		c.VMAXPS(x, most[i], most[i])
	}
	c.ADDQ(operand.Imm(4*together), n)
	c.JNE(operand.LabelRef("greatest"))
	for _, other := range most[1:] {
		c.VMAXPS(other, most[0], most[0])
	}
	narrow(c, c.VMAXPS, most[0], c.Load(c.Param("most"), c.GP64()), 0)
	c.VZEROUPPER()
	c.RET()
}

// lengths finds the greatest of the sums of squares that bound what is added up in 16
// bits: of every other pair of a chunk of values.
func lengths(c *build.Context) {
	ends, n := begin(c, "lengthsAVX2", "func(values *float32, n int, factor float32, most *float32)",
		"lengthsAVX2 gives the greatest sum of the squares of n values, a multiple of 128, times factor, over every other pair of a chunk of 128.", "values")
	factor, most, steps := broadcastParam(c, "factor"), avx2.zero(c), c.GP64()
	c.Label("chunk")
	sums := [4]reg.VecVirtual{}
	for i := range sums {
		sums[i] = avx2.zero(c)
	}
	c.MOVQ(operand.U32(byteChunk/eight/len(sums)), steps)
	c.Label("values")
	for i, sum := range sums {
		x := c.YMM()
		c.VMULPS(operand.Mem{Base: ends[0], Index: n, Scale: 1, Disp: 4 * eight * i}, factor, x)
		c.VFMADD231PS(x, x, sum)
	}
	c.ADDQ(operand.U32(4*eight*len(sums)), n)
	c.DECQ(steps)
	c.JNE(operand.LabelRef("values"))
	for _, other := range sums[1:] {
		c.VADDPS(other, sums[0], sums[0])
	}
	high := c.XMM()
	c.VEXTRACTF128(operand.U8(1), sums[0], high)
	c.VADDPS(high, sums[0].AsX(), sums[0].AsX())
	c.VHADDPS(sums[0].AsX(), sums[0].AsX(), sums[0].AsX())
	c.VMAXPS(sums[0], most, most)
	c.TESTQ(n, n)
	c.JNE(operand.LabelRef("chunk"))
	narrow(c, c.VMAXPS, most, c.Load(c.Param("most"), c.GP64()), 0)
	c.VZEROUPPER()
	c.RET()
}

// quantize rounds values to int8 multiples of a scale.
func quantize(c *build.Context) {
	ends, n := begin(c, "quantizeAVX2", "func(values *float32, n int, inverse, scale float32, added int8, out *int8, sums *[2]int32, wrong *float64)",
		"quantizeAVX2 rounds n values, a multiple of 32, times inverse to int8 and gives the sum of these, that of their squares, and that of the squares of what times scale is missing from the values. At last it adds a number to all.", "values")
	out := c.Load(c.Param("out"), c.GP64())
	inverse, scale := broadcastParam(c, "inverse"), c.YMM()
	c.VMOVSS(param(c, "scale"), scale.AsX())
	c.VCVTSS2SD(scale.AsX(), scale.AsX(), scale.AsX())
	c.VBROADCASTSD(scale.AsX(), scale)
	deepest, least := broadcast(c, 127), broadcast(c, -127)
	order, added := packedOrder(c), c.YMM()
	c.VPBROADCASTB(param(c, "added"), added)
	sum, squares := zeros(c), zeros(c)
	wrong := [2]reg.VecVirtual{avx2.zero(c), avx2.zero(c)}

	c.Label("quantize")
	var packed [2]reg.VecVirtual
	for half := range packed {
		var v [2]reg.VecVirtual
		for i := range v {
			v[i] = c.YMM()
			place := operand.Mem{Base: ends[0], Index: n, Scale: 1, Disp: 4 * eight * (2*half + i)}
			c.VMULPS(place, inverse, v[i])
			c.VMINPS(deepest, v[i], v[i])
			c.VMAXPS(least, v[i], v[i])
			c.VCVTPS2DQ(v[i], v[i])
			c.VPADDD(v[i], sum, sum)
			addWrong(c, v[i], place, scale, wrong)
		}
		packed[half] = v[0]
		c.VPACKSSDW(v[1], v[0], v[0])
		square := c.YMM()
		c.VPMADDWD(v[0], v[0], square)
		c.VPADDD(square, squares, squares)
	}
	c.VPACKSSWB(packed[1], packed[0], packed[0])
	c.VPERMD(packed[0], order, packed[0])
	c.VPADDB(added, packed[0], packed[0])
	c.VMOVDQU(packed[0], operand.Mem{Base: out})
	c.ADDQ(operand.Imm(together), out)
	c.ADDQ(operand.Imm(4*together), n)
	c.JNE(operand.LabelRef("quantize"))

	to := c.Load(c.Param("sums"), c.GP64())
	for i, of := range []reg.VecVirtual{sum, squares} {
		high := c.XMM()
		c.VEXTRACTI128(operand.U8(1), of, high)
		c.VPADDD(high, of.AsX(), of.AsX())
		c.VPHADDD(of.AsX(), of.AsX(), of.AsX())
		c.VPHADDD(of.AsX(), of.AsX(), of.AsX())
		c.VMOVD(of.AsX(), operand.Mem{Base: to, Disp: 4 * i})
	}
	c.VADDPD(wrong[1], wrong[0], wrong[0])
	high, all := c.XMM(), wrong[0].AsX()
	c.VEXTRACTF128(operand.U8(1), wrong[0], high)
	c.VADDPD(high, all, all)
	c.VHADDPD(all, all, all)
	c.VMOVSD(all, operand.Mem{Base: c.Load(c.Param("wrong"), c.GP64())})
	c.VZEROUPPER()
	c.RET()
}

// packedOrder is the order in which packing leaves the fours of a register.
func packedOrder(c *build.Context) reg.VecVirtual {
	bits, order := c.GP64(), c.YMM()
	c.MOVQ(operand.U64(0x0703060205010400), bits)
	c.VMOVQ(bits, order.AsX())
	c.VPMOVZXBD(order.AsX(), order)
	return order
}

// zeros allocates a register of whole zeros.
func zeros(c *build.Context) reg.VecVirtual {
	r := c.YMM()
	c.VPXOR(r, r, r)
	return r
}

// addWrong adds up the squares of how far eight values are from whole ones times the
// scale, in float64.
func addWrong(c *build.Context, whole reg.VecVirtual, values operand.Mem, scale reg.VecVirtual, wrong [2]reg.VecVirtual) {
	high := c.XMM()
	c.VEXTRACTI128(operand.U8(1), whole, high)
	for h, half := range []reg.Register{whole.AsX(), high} {
		x, v := c.YMM(), c.YMM()
		c.VCVTPS2PD(values.Offset(4*eight/2*h), x)
		c.VCVTDQ2PD(half, v)
		c.VFNMADD231PD(v, scale, x)
		c.VFMADD231PD(x, x, wrong[h])
	}
}
