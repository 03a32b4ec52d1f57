package main

import (
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
	declare(c, "compactAVX2", "func(rows *uint8, n, groups int, first, second *int8, out *[2]int32)",
		"compactAVX2 puts into out, for each of n rows of so many groups, the sums of its values, from 1 to 63, times those of both halves of a probe.")
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

// round rounds groups of values to six bits.
func round(c *build.Context) {
	declare(c, "roundAVX2", "func(values *float32, groups int, inverse, scale float32, out *uint8, wrong *float32)",
		"roundAVX2 puts into out the values of so many groups times inverse, none of which is over 31, rounded to six bits, and adds to wrong the squares of what times scale is missing from the values.")
	from, groups, out := c.Load(c.Param("values"), c.GP64()), c.Load(c.Param("groups"), c.GP64()), c.Load(c.Param("out"), c.GP64())
	inverse, scale := broadcastParam(c, "inverse"), broadcastParam(c, "scale")
	order := packedOrder(c)
	six, zero, upper := wholes(c, 0x3f3f3f3f), wholes(c, 0x20202020), wholes(c, 0xc0c0c0c0)
	sums := [2]reg.VecVirtual{avx2.zero(c), avx2.zero(c)}

	c.Label("round")
	var last reg.VecVirtual
	for _, part := range []int{3, 0, 1, 2} {
		var v [4]reg.VecVirtual
		for i := range v {
			v[i] = roundEight(c, operand.Mem{Base: from, Disp: 128*part + 32*i}, inverse, scale, sums[i%2])
		}
		c.VPACKSSDW(v[1], v[0], v[0])
		c.VPACKSSDW(v[3], v[2], v[2])
		c.VPACKSSWB(v[2], v[0], v[0])
		c.VPERMD(v[0], order, v[0])
		c.VPAND(six, v[0], v[0])
		c.VPXOR(zero, v[0], v[0])
		if part == 3 {
			last = v[0]
			continue
		}
		c.VPSLLW(operand.U8(6-2*part), last, v[1])
		c.VPAND(upper, v[1], v[1])
		c.VPOR(v[1], v[0], v[0])
		c.VMOVDQU(v[0], operand.Mem{Base: out, Disp: 32 * part})
	}
	c.ADDQ(operand.U32(4*compactStep), from)
	c.ADDQ(operand.U8(compactBytes), out)
	c.DECQ(groups)
	c.JNE(operand.LabelRef("round"))

	c.VADDPS(sums[1], sums[0], sums[0])
	to, high, all := c.Load(c.Param("wrong"), c.GP64()), c.XMM(), sums[0].AsX()
	c.VEXTRACTF128(operand.U8(1), sums[0], high)
	c.VADDPS(high, all, all)
	c.VHADDPS(all, all, all)
	c.VHADDPS(all, all, all)
	c.VADDSS(operand.Mem{Base: to}, all, all)
	c.VMOVSS(all, operand.Mem{Base: to})
	c.VZEROUPPER()
	c.RET()
}

// roundEight rounds eight values to whole numbers of the scale and adds to the sum the
// squares of what is missing.
func roundEight(c *build.Context, values operand.Mem, inverse, scale, sum reg.VecVirtual) reg.VecVirtual {
	whole, back, rest := c.YMM(), c.YMM(), c.YMM()
	c.VMULPS(values, inverse, whole)
	c.VCVTPS2DQ(whole, whole)
	c.VCVTDQ2PS(whole, back)
	c.VMOVUPS(values, rest)
	c.VFNMADD231PS(back, scale, rest)
	c.VFMADD231PS(rest, rest, sum)
	return whole
}
