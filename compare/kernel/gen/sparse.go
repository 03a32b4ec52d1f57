package main

import (
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// nonzeros finds the few values of a row that are not zero.
func nonzeros(c *build.Context) {
	ends, at := begin(c, "nonzerosAVX2", "func(values *float32, n int, found *float32, places *int32) int",
		"nonzerosAVX2 puts into found those of n values, a multiple of 8, that are not zero, and into places where they were, and returns how many.", "values")
	next, places := c.Load(c.Param("found"), c.GP64()), c.Load(c.Param("places"), c.GP64())
	c.SUBQ(next, places)
	size := c.GP64()
	c.MOVQ(at, size)
	c.NEGQ(size)
	zero := avx2.zero(c)

	c.Label("eight")
	differs, bits := c.YMM(), c.GP32()
	c.VCMPPS(operand.U8(4), operand.Mem{Base: ends[0], Index: at, Scale: 1}, zero, differs) // 4: not equal, or NaN
	c.VMOVMSKPS(differs, bits)
	c.TESTL(bits, bits)
	c.JE(operand.LabelRef("none"))
	c.Label("found")
	which, value := c.GP64(), c.GP32()
	c.BSFL(bits, which.As32())
	c.LEAQ(operand.Mem{Base: at, Index: which, Scale: 4}, which)
	c.MOVL(operand.Mem{Base: ends[0], Index: which, Scale: 1}, value)
	c.MOVL(value, operand.Mem{Base: next})
	c.ADDQ(size, which)
	c.SHRQ(operand.U8(2), which)
	c.MOVL(which.As32(), operand.Mem{Base: next, Index: places, Scale: 1})
	c.ADDQ(operand.Imm(4), next)
	less := c.GP32()
	c.LEAL(operand.Mem{Base: bits, Disp: -1}, less)
	c.ANDL(less, bits)
	c.JNE(operand.LabelRef("found"))
	c.Label("none")
	again(c, at, "eight")

	c.SUBQ(c.Load(c.Param("found"), c.GP64()), next)
	c.SHRQ(operand.U8(2), next)
	c.Store(next, c.ReturnIndex(0))
	c.VZEROUPPER()
	c.RET()
}

// blockRows is how many rows of columns are multiplied at a time: they are a cache line of
// each, and their sums fill half of the registers.
const blockRows = 64

// sparse multiplies the few values of a row that are not zero with columns of bytes.
func sparse(c *build.Context) {
	declare(c, "sparse64AVX2", "func(values *float32, places *int32, n int, columns *int8, scales, out *float32)",
		"sparse64AVX2 adds to 64 values of out, times their scales, the products of n values with the 64 of the columns at their places.")
	values, places, at := c.Load(c.Param("values"), c.GP64()), c.Load(c.Param("places"), c.GP64()), c.Load(c.Param("n"), c.GP64())
	columns := c.Load(c.Param("columns"), c.GP64())
	scales, out := c.Load(c.Param("scales"), c.GP64()), c.Load(c.Param("out"), c.GP64())
	c.LEAQ(operand.Mem{Base: values, Index: at, Scale: 4}, values)
	c.LEAQ(operand.Mem{Base: places, Index: at, Scale: 4}, places)
	c.NEGQ(at)
	var sums [blockRows / eight]reg.VecVirtual
	for i := range sums {
		sums[i] = avx2.zero(c)
	}
	c.Label("place")
	place, value := c.GP64(), c.YMM()
	c.MOVLQSX(operand.Mem{Base: places, Index: at, Scale: 4}, place)
	c.VBROADCASTSS(operand.Mem{Base: values, Index: at, Scale: 4}, value)
	c.SHLQ(operand.U8(6), place) // times 64
	for i, sum := range sums {
		v := c.YMM()
		c.VPMOVSXBD(operand.Mem{Base: columns, Index: place, Scale: 1, Disp: eight * i}, v)
		c.VCVTDQ2PS(v, v)
		c.VFMADD231PS(v, value, sum)
	}
	c.INCQ(at)
	c.JNE(operand.LabelRef("place"))
	for i, sum := range sums {
		into := operand.Mem{Base: out, Disp: 4 * eight * i}
		scale := c.YMM()
		c.VMOVUPS(operand.Mem{Base: scales, Disp: 4 * eight * i}, scale)
		c.VFMADD213PS(into, scale, sum)
		c.VMOVUPS(sum, into)
	}
	c.VZEROUPPER()
	c.RET()
}
