package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const (
	// wordRows is the most rows of words in a tile, for which there are registers.
	wordRows = 3
	// wordStep is how many values of a row the loops over words take at a time.
	wordStep = 32
)

// words adds to out the products of groups of so many rows of words with the same four
// rows of signed bytes, which follow each other. Bytes become words on the way: two
// products of these and their sum are one instruction. No sum goes over 32 bits, as whoever
// rounded the words saw to it.
func words(c *build.Context, rows int) error {
	name := fmt.Sprintf("words%dx%dAVX2", rows, columns)
	declare(c, name, "func(x *int16, y *byte, ldx, k int, xScales, yScales, out *float32, ldc, groups int)",
		fmt.Sprintf("%s adds to groups×%d rows of out the products, times both scales, of as many rows of words, ldx apart, with %d of k bytes, a multiple of 32.", name, rows, columns))
	k, ldx := c.Load(c.Param("k"), c.GP64()), c.Load(c.Param("ldx"), c.GP64())
	c.SHLQ(operand.U8(1), ldx)
	y := rowEnds(c, "y", k, columns, k)
	c.SHLQ(operand.U8(1), k)
	x := rowEnds(c, "x", ldx, rows, k)
	out, ldc := c.Load(c.Param("out"), c.GP64()), inBytes(c, "ldc")
	xScales, yScales := c.Load(c.Param("xScales"), c.GP64()), c.Load(c.Param("yScales"), c.GP64())
	groups, err := c.Param("groups").Resolve()
	if err != nil {
		return err
	}
	c.IMUL3Q(operand.U8(uint8(rows)), ldx, ldx)

	c.Label("group")
	sums := make([][]reg.VecVirtual, rows)
	for i := range sums {
		for range columns {
			sums[i] = append(sums[i], zeros(c))
		}
	}
	at := c.Load(c.Param("k"), c.GP64())
	c.NEGQ(at)
	c.Label("values")
	for offset := 0; offset < wordStep; offset += 16 {
		multiplyWords(c, x, y, at, offset, sums)
	}
	c.ADDQ(operand.Imm(wordStep), at)
	c.JNE(operand.LabelRef("values"))
	for i, of := range sums {
		addScaled(c, of, operand.Mem{Base: xScales, Disp: 4 * i}, yScales, out)
		c.ADDQ(ldc, out)
	}
	c.ADDQ(operand.Imm(uint64(4*rows)), xScales)
	for _, end := range x {
		c.ADDQ(ldx, end)
	}
	c.DECQ(groups.Addr)
	c.JNE(operand.LabelRef("group"))
	c.VZEROUPPER()
	c.RET()
	return nil
}

// multiplyWords multiplies 16 words of every row of x with bytes of every row of y. Two
// rows of x are in registers; there is none left for a third.
func multiplyWords(c *build.Context, x, y []reg.Register, at reg.Register, offset int, sums [][]reg.VecVirtual) {
	words := make([]operand.Op, len(x))
	for i, end := range x {
		place := operand.Mem{Base: end, Index: at, Scale: 2, Disp: 2 * offset}
		words[i] = place
		if i < 2 {
			v := c.YMM()
			c.VMOVDQU(place, v)
			words[i] = v
		}
	}
	for j, end := range y {
		v := c.YMM()
		c.VPMOVSXBW(operand.Mem{Base: end, Index: at, Scale: 1, Disp: offset}, v)
		for i, of := range words {
			product := c.YMM()
			c.VPMADDWD(of, v, product)
			c.VPADDD(product, sums[i][j], sums[i][j])
		}
	}
}

// addScaled adds up each of four registers and adds the four results times their scales
// and that of the row to out. It works in the registers it is given.
func addScaled(c *build.Context, of []reg.VecVirtual, scale operand.Mem, scales, out reg.Register) {
	low, high := of[0].AsX(), of[1].AsX()
	c.VPHADDD(of[1], of[0], of[0])
	c.VPHADDD(of[3], of[2], of[2])
	c.VPHADDD(of[2], of[0], of[0])
	c.VEXTRACTI128(operand.U8(1), of[0], high)
	c.VPADDD(high, low, low)
	c.VCVTDQ2PS(low, low)
	c.VBROADCASTSS(scale, high)
	c.VMULPS(operand.Mem{Base: scales}, high, high)
	c.VFMADD213PS(operand.Mem{Base: out}, high, low)
	c.VMOVUPS(low, operand.Mem{Base: out})
}

// magnitudes finds how great values are.
func magnitudes(c *build.Context) {
	ends, n := begin(c, "magnitudesAVX2", "func(values *float32, n int, sizes *[2]float32)",
		"magnitudesAVX2 puts into sizes the greatest and the sum of the magnitudes of n values, a multiple of 32.", "values")
	mask := wholes(c, 1<<31-1)
	var most, sums [together / eight]reg.VecVirtual
	for i := range most {
		most[i], sums[i] = avx2.zero(c), avx2.zero(c)
	}
	c.Label("magnitudes")
	for i := range most {
		x := c.YMM()
		c.VANDPS(operand.Mem{Base: ends[0], Index: n, Scale: 1, Disp: 4 * eight * i}, mask, x)
		c.VMAXPS(x, most[i], most[i])
		c.VADDPS(x, sums[i], sums[i])
	}
	c.ADDQ(operand.Imm(4*together), n)
	c.JNE(operand.LabelRef("magnitudes"))
	for half := len(most) / 2; half > 0; half /= 2 {
		for i := range half {
			c.VMAXPS(most[half+i], most[i], most[i])
			c.VADDPS(sums[half+i], sums[i], sums[i])
		}
	}
	sizes := c.Load(c.Param("sizes"), c.GP64())
	narrow(c, c.VMAXPS, most[0], sizes, 0)
	narrow(c, c.VADDPS, sums[0], sizes, 4)
	c.VZEROUPPER()
	c.RET()
}

// roundWords rounds values to words.
func roundWords(c *build.Context) {
	ends, n := begin(c, "roundWordsAVX2", "func(values *float32, n int, inverse float32, out *int16)",
		"roundWordsAVX2 rounds n values, a multiple of 32, times inverse to words.", "values")
	out := c.Load(c.Param("out"), c.GP64())
	inverse := broadcastParam(c, "inverse")
	c.Label("words")
	for half := range 2 {
		var v [2]reg.VecVirtual
		for i := range v {
			v[i] = c.YMM()
			c.VMULPS(operand.Mem{Base: ends[0], Index: n, Scale: 1, Disp: 4 * eight * (2*half + i)}, inverse, v[i])
			c.VCVTPS2DQ(v[i], v[i])
		}
		c.VPACKSSDW(v[1], v[0], v[0])
		// Packing took turns between the halves of the two.
		c.VPERMQ(operand.U8(0b11011000), v[0], v[0])
		c.VMOVDQU(v[0], operand.Mem{Base: out, Disp: together * half})
	}
	c.ADDQ(operand.Imm(2*together), out)
	c.ADDQ(operand.Imm(4*together), n)
	c.JNE(operand.LabelRef("words"))
	c.VZEROUPPER()
	c.RET()
}
