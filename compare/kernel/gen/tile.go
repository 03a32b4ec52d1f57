package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// step is how many values of a row every loop takes at a time: a cache line.
const step = 16

// columns is how many rows of b a tile has; their sums fill a register of four.
const columns = 4

// instructions is a set of vector instructions.
type instructions struct {
	name  string
	width int // values in a register
	rows  int // most rows of a tile, for which there are registers
}

var (
	avx2   = instructions{"AVX2", 8, 3}
	avx512 = instructions{"AVX512", 16, 4}
)

// register allocates a register.
func (s instructions) register(c *build.Context) reg.VecVirtual {
	if s.width == 16 {
		return c.ZMM()
	}
	return c.YMM()
}

// zero allocates a register of zeros.
func (s instructions) zero(c *build.Context) reg.VecVirtual {
	r := s.register(c)
	if s.width == 16 {
		c.VPXORD(r, r, r)
	} else {
		c.VXORPS(r, r, r)
	}
	return r
}

// tile adds to out the products of groups of so many rows of a, one group after
// the other, with the same four rows of b, over k values of each. Every product
// has one register of sums, so that its value does not depend on the shape of the
// tile it is computed in.
func tile(c *build.Context, s instructions, rows int) error {
	name := fmt.Sprintf("tile%dx%d%s", rows, columns, s.name)
	declare(c, name, "func(a, b *float32, lda, ldb, k int, out *float32, ldc, groups int)",
		fmt.Sprintf("%s adds to groups×%d rows of out the products of as many rows of a with %d of b.", name, rows, columns))
	k := inBytes(c, "k")
	lda := inBytes(c, "lda")
	a := rowEnds(c, "a", lda, rows, k)
	ldb := inBytes(c, "ldb")
	b := rowEnds(c, "b", ldb, columns, k)
	// The first group fetches half of the four rows of b after these into the second
	// cache, and the next group the other half.
	ahead := []reg.Register{c.GP64(), c.GP64()}
	c.LEAQ(operand.Mem{Base: b[columns-1], Index: ldb, Scale: 1}, ahead[0])
	c.LEAQ(operand.Mem{Base: ahead[0], Index: ldb, Scale: 1}, ahead[1])
	out := c.Load(c.Param("out"), c.GP64())
	ldc := inBytes(c, "ldc")
	groups, err := c.Param("groups").Resolve()
	if err != nil {
		return err
	}
	c.IMUL3Q(operand.U8(uint8(rows)), lda, lda)

	c.Label("group")
	sums := make([][]reg.VecVirtual, rows)
	for i := range sums {
		for range columns {
			sums[i] = append(sums[i], s.zero(c))
		}
	}
	at := inBytes(c, "k")
	c.NEGQ(at)
	c.Label("values")
	for _, row := range ahead {
		c.PREFETCHT1(operand.Mem{Base: row, Index: at, Scale: 1})
	}
	for offset := 0; offset < 4*step; offset += 4 * s.width {
		multiplyAdd(c, s, a, b, at, offset, sums)
	}
	c.ADDQ(operand.Imm(4*step), at)
	c.JNE(operand.LabelRef("values"))
	for _, of := range sums {
		addSums(c, s, of, out)
		c.ADDQ(ldc, out)
	}
	for _, end := range a {
		c.ADDQ(lda, end)
	}
	c.LEAQ(operand.Mem{Base: b[columns-1], Index: ldb, Scale: columns}, ahead[1])
	c.MOVQ(ahead[1], ahead[0])
	c.SUBQ(ldb, ahead[0])
	c.DECQ(groups.Addr)
	c.JNE(operand.LabelRef("group"))
	c.VZEROUPPER()
	c.RET()
	return nil
}

// multiplyAdd multiplies a register of every row of a with one of every row of b.
func multiplyAdd(c *build.Context, s instructions, a, b []reg.Register, at reg.Register, offset int, sums [][]reg.VecVirtual) {
	x := make([]reg.VecVirtual, len(a))
	for i, end := range a {
		x[i] = s.register(c)
		c.VMOVUPS(operand.Mem{Base: end, Index: at, Scale: 1, Disp: offset}, x[i])
	}
	for j, end := range b {
		y := s.register(c)
		c.VMOVUPS(operand.Mem{Base: end, Index: at, Scale: 1, Disp: offset}, y)
		for i := range a {
			c.VFMADD231PS(y, x[i], sums[i][j])
		}
	}
}

// inBytes loads a parameter that counts float32 values, in bytes.
func inBytes(c *build.Context, name string) reg.Register {
	r := c.Load(c.Param(name), c.GP64())
	c.SHLQ(operand.U8(2), r)
	return r
}

// rowEnds points behind the k bytes of each of n rows, so that one index that
// counts up to zero reaches all of them.
func rowEnds(c *build.Context, base string, stride reg.Register, n int, k reg.Register) []reg.Register {
	ends := []reg.Register{c.Load(c.Param(base), c.GP64())}
	c.ADDQ(k, ends[0])
	for i := 1; i < n; i++ {
		end := c.GP64()
		c.LEAQ(operand.Mem{Base: ends[i-1], Index: stride, Scale: 1}, end)
		ends = append(ends, end)
	}
	return ends
}

// addSums adds up each of four registers and adds the four results to out. It works
// in the registers it is given: the instructions reach only the first sixteen.
func addSums(c *build.Context, s instructions, of []reg.VecVirtual, out reg.Register) {
	if s.width == 16 {
		for _, r := range of {
			high := c.ZMM()
			c.VEXTRACTF64X4(operand.U8(1), r, high.AsY())
			c.VADDPS(high, r, r)
		}
	}
	first, second, third, fourth := of[0].AsY(), of[1].AsY(), of[2].AsY(), of[3].AsY()
	low, high := of[0].AsX(), of[1].AsX()
	c.VHADDPS(second, first, first)
	c.VHADDPS(fourth, third, third)
	c.VHADDPS(third, first, first)
	c.VEXTRACTF128(operand.U8(1), first, high)
	c.VADDPS(high, low, low)
	c.VADDPS(operand.Mem{Base: out}, low, low)
	c.VMOVUPS(low, operand.Mem{Base: out})
}
