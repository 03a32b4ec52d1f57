package main

import (
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const (
	// byteChunk is how many values of a row are added up in 16 bits.
	byteChunk = 128
	// stepBytes is how many bytes a step of a panel of int8 rows takes: four values of each.
	stepBytes = 4 * eight * across
	// byteUnrolled is how many such steps the loop takes at a time.
	byteUnrolled = 8
)

// bytePanel adds to out the products of groups of four rows of x, of values that are not
// negative, with a panel of int8 rows: four values of each of 24 rows, the next four. They
// are added up in 16 bits over a chunk of values, before each of which lies what the sums
// begin at, and then in 32.
func bytePanel(c *build.Context) {
	declare(c, "bytes4x24AVX2", "func(x, panel *int8, ldx, chunks int, out *int32, ldc, groups int)",
		"bytes4x24AVX2 adds to groups×4 rows of 24 in out the products of as many rows of x with a panel, over so many chunks of 128 values.")
	k := c.Load(c.Param("chunks"), c.GP64())
	c.SHLQ(operand.U8(7), k)
	ldx := c.Load(c.Param("ldx"), c.GP64())
	x := rowEnds(c, "x", ldx, columns, k)
	out, ldc := c.Load(c.Param("out"), c.GP64()), inBytes(c, "ldc")
	groups := c.Load(c.Param("groups"), c.GP64())
	c.SHLQ(operand.U8(2), ldx)
	three, steps := c.GP64(), c.GP64()
	c.LEAQ(operand.Mem{Base: ldc, Index: ldc, Scale: 2}, three)

	c.Label("group")
	from := c.Load(c.Param("panel"), c.GP64())
	at := c.GP64()
	c.MOVQ(k, at)
	c.NEGQ(at)
	c.Label("chunk")
	sums := beginBytes(c, from)
	c.MOVQ(operand.U32(byteChunk/4/byteUnrolled), steps)
	c.Label("values")
	for kk := range byteUnrolled {
		stepOfBytes(c, operand.Mem{Base: from, Disp: stepBytes * kk}, x, at, 4*kk, sums)
	}
	c.ADDQ(operand.U32(stepBytes*byteUnrolled), from)
	c.ADDQ(operand.Imm(4*byteUnrolled), at)
	c.DECQ(steps)
	c.JNE(operand.LabelRef("values"))
	widenBytes(c, sums, fourRows(out, ldc, three))
	c.TESTQ(at, at)
	c.JNE(operand.LabelRef("chunk"))

	c.LEAQ(operand.Mem{Base: out, Index: ldc, Scale: 4}, out)
	for _, end := range x {
		c.ADDQ(ldx, end)
	}
	c.DECQ(groups)
	c.JNE(operand.LabelRef("group"))
	c.VZEROUPPER()
	c.RET()
}

// beginBytes gives the sums of a chunk as they begin, and moves on to its values.
func beginBytes(c *build.Context, from reg.Register) (sums [columns][across]reg.VecVirtual) {
	for j := range across {
		for i := range sums {
			sums[i][j] = c.YMM()
			if i == 0 {
				c.VMOVDQU(operand.Mem{Base: from, Disp: 4 * eight * j}, sums[i][j])
			} else {
				c.VMOVDQA(sums[0][j], sums[i][j])
			}
		}
	}
	c.ADDQ(operand.Imm(stepBytes), from)
	return sums
}

// stepOfBytes adds the products of four values of each row. There are sixteen registers
// in all: the last of the panel is read from memory each time.
func stepOfBytes(c *build.Context, from operand.Mem, x []reg.Register, at reg.Register, disp int, sums [columns][across]reg.VecVirtual) {
	const last = across - 1
	var y [last]reg.VecVirtual
	for j := range y {
		y[j] = c.YMM()
		c.VMOVDQU(from.Offset(4*eight*j), y[j])
	}
	for i := range sums {
		v, product := c.YMM(), c.YMM()
		c.VPBROADCASTD(operand.Mem{Base: x[i], Index: at, Scale: 1, Disp: disp}, v)
		for j := range y {
			c.VPMADDUBSW(y[j], v, product)
			c.VPADDW(product, sums[i][j], sums[i][j])
		}
		c.VPMADDUBSW(from.Offset(4*eight*last), v, v)
		c.VPADDW(v, sums[i][last], sums[i][last])
	}
}

// widenBytes adds the sums of a chunk to those in 32 bits.
func widenBytes(c *build.Context, sums [columns][across]reg.VecVirtual, to [columns]operand.Mem) {
	ones := c.YMM()
	c.VPCMPEQW(ones, ones, ones)
	c.VPSRLW(operand.U8(15), ones, ones)
	for i, of := range sums {
		for j, sum := range of {
			c.VPMADDWD(ones, sum, sum)
			c.VPADDD(to[i].Offset(4*eight*j), sum, sum)
			c.VMOVDQU(sum, to[i].Offset(4*eight*j))
		}
	}
}

// byteBias puts before each chunk of a panel what its sums begin at: minus the products
// of its rows with what was added to all values of x.
func byteBias(c *build.Context) {
	declare(c, "bias24AVX2", "func(panel *int8, chunks int)",
		"bias24AVX2 puts before each of so many chunks of a panel minus 90 times the sums of its values, in pairs.")
	at := c.Load(c.Param("panel"), c.GP64())
	chunks := c.Load(c.Param("chunks"), c.GP64())
	bits, added := c.GP32(), c.YMM()
	c.MOVL(operand.U32(0x5a5a5a5a), bits)
	c.VMOVD(bits, added.AsX())
	c.VPBROADCASTD(added.AsX(), added)
	steps, first := c.GP64(), c.GP64()

	c.Label("chunk")
	var sums [across]reg.VecVirtual
	for j := range sums {
		sums[j] = zeros(c)
	}
	c.MOVQ(at, first)
	c.ADDQ(operand.Imm(stepBytes), at)
	c.MOVQ(operand.U32(byteChunk/4), steps)
	c.Label("values")
	for j, sum := range sums {
		product := c.YMM()
		c.VPMADDUBSW(operand.Mem{Base: at, Disp: 4 * eight * j}, added, product)
		c.VPSUBW(product, sum, sum)
	}
	c.ADDQ(operand.Imm(stepBytes), at)
	c.DECQ(steps)
	c.JNE(operand.LabelRef("values"))
	for j, sum := range sums {
		c.VMOVDQU(sum, operand.Mem{Base: first, Disp: 4 * eight * j})
	}
	c.DECQ(chunks)
	c.JNE(operand.LabelRef("chunk"))
	c.VZEROUPPER()
	c.RET()
}
