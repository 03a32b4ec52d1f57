package main

import (
	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const (
	// compactStep is how many values of a row compactBytes bytes hold, in six bits each.
	compactStep, compactBytes = 128, 96
	// compactAhead is how many bytes ahead compact rows are fetched.
	compactAhead = 2048
)

// compact multiplies rows in six bits with both halves of a probe in int8. The sum of four
// products of six bits with seven fits in 16.
func compact(c *build.Context) {
	c.Function("compactAVX2")
	c.Attributes(attr.NOSPLIT)
	c.Pragma("noescape")
	c.SignatureExpr("func(rows *uint8, n, groups int, first, second *int8, out *[2]int32)")
	c.Doc("compactAVX2 puts into out, for each of n rows of so many groups, the sums of its values, from 1 to 63, times those of both halves of a probe.")
	rows, n, out := c.Load(c.Param("rows"), c.GP64()), c.Load(c.Param("n"), c.GP64()), c.Load(c.Param("out"), c.GP64())
	var halves, at [2]reg.GPVirtual
	for i, name := range []string{"first", "second"} {
		halves[i], at[i] = c.GP64(), c.GP64()
		c.Load(c.Param(name), halves[i])
	}
	lower, ones := wholes(c, 0x3f3f3f3f), wholes(c, 0x00010001)
	upper := [3]reg.VecVirtual{wholes(c, 0x03030303), wholes(c, 0x0c0c0c0c), wholes(c, 0x30303030)}

	c.Label("row")
	left := c.Load(c.Param("groups"), c.GP64())
	sums := [2]reg.VecVirtual{zeros(c), zeros(c)}
	for i := range at {
		c.MOVQ(halves[i], at[i])
	}
	c.Label("groups")
	c.PREFETCHT0(operand.Mem{Base: rows, Disp: compactAhead})
	c.PREFETCHT0(operand.Mem{Base: rows, Disp: compactAhead + 64})
	values := unpack(c, rows, lower, upper)
	for i, sum := range sums {
		var products [4]reg.VecVirtual
		for k, v := range values {
			products[k] = c.YMM()
			c.VPMADDUBSW(operand.Mem{Base: at[i], Disp: 32 * k}, v, products[k])
		}
		for k := 0; k < 4; k += 2 {
			c.VPADDW(products[k+1], products[k], products[k])
			c.VPMADDWD(ones, products[k], products[k])
			c.VPADDD(products[k], sum, sum)
		}
		c.ADDQ(operand.U8(compactStep), at[i])
	}
	c.ADDQ(operand.U8(compactBytes), rows)
	c.DECQ(left)
	c.JNE(operand.LabelRef("groups"))
	high := c.XMM()
	c.VPHADDD(sums[1], sums[0], sums[0])
	c.VPHADDD(sums[0], sums[0], sums[0])
	c.VEXTRACTI128(operand.U8(1), sums[0], high)
	c.VPADDD(high, sums[0].AsX(), sums[0].AsX())
	c.VMOVQ(sums[0].AsX(), operand.Mem{Base: out})
	c.ADDQ(operand.U8(8), out)
	c.DECQ(n)
	c.JNE(operand.LabelRef("row"))
	c.VZEROUPPER()
	c.RET()
}

// unpack gives the four times 32 values of a group.
func unpack(c *build.Context, rows reg.Register, lower reg.VecVirtual, upper [3]reg.VecVirtual) (values [4]reg.VecVirtual) {
	for k := range upper {
		values[k] = c.YMM()
		c.VMOVDQU(operand.Mem{Base: rows, Disp: 32 * k}, values[k])
		part := c.YMM()
		c.VPSRLW(operand.U8(6-2*k), values[k], part)
		c.VPAND(upper[k], part, part)
		c.VPAND(lower, values[k], values[k])
		if k == 0 {
			values[3] = part
		} else {
			c.VPOR(part, values[3], values[3])
		}
	}
	return values
}

// wholes fills a register with 32 bits.
func wholes(c *build.Context, value uint32) reg.VecVirtual {
	bits, r := c.GP32(), c.YMM()
	c.MOVL(operand.U32(value), bits)
	c.VMOVD(bits, r.AsX())
	c.VPBROADCASTD(r.AsX(), r)
	return r
}
