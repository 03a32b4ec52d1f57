package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// byteStep is how many int8 values of a row the loops take at a time.
const byteStep = 64

// bytesVNNI writes to out the products of groups of so many int8 rows of a with the same
// four of b: of a+128, which is not negative. less holds 128 times the sums of the rows of
// b, and is subtracted from every row of out.
func bytesVNNI(c *build.Context, rows int) error {
	name := fmt.Sprintf("bytes%dx%dVNNI", rows, columns)
	declare(c, name, "func(a, b *int8, lda, ldb, k int, less, out *int32, ldc, groups int)",
		fmt.Sprintf("%s puts into groups×%d rows of out the products of as many rows of a with %d of b.", name, rows, columns))
	k, lda, ldb := c.Load(c.Param("k"), c.GP64()), c.Load(c.Param("lda"), c.GP64()), c.Load(c.Param("ldb"), c.GP64())
	a, b := rowEnds(c, "a", lda, rows, k), rowEnds(c, "b", ldb, columns, k)
	less, out := c.Load(c.Param("less"), c.GP64()), c.Load(c.Param("out"), c.GP64())
	groups, err := c.Param("groups").Resolve()
	if err != nil {
		return err
	}
	c.IMUL3Q(operand.U8(uint8(rows)), lda, lda)

	c.Label("group")
	sums := make([][]reg.VecVirtual, rows)
	for i := range sums {
		for range columns {
			sums[i] = append(sums[i], avx512.zero(c))
		}
	}
	bits, offset := c.GP32(), c.ZMM() // after the sums, which need the first registers
	c.MOVL(operand.U32(0x80808080), bits)
	c.VPBROADCASTD(bits, offset)
	at := c.Load(c.Param("k"), c.GP64())
	c.NEGQ(at)
	c.Label("values")
	x := make([]reg.VecVirtual, rows)
	for i, end := range a {
		x[i] = c.ZMM()
		c.VPXORD(operand.Mem{Base: end, Index: at, Scale: 1}, offset, x[i])
	}
	for j, end := range b {
		y := c.ZMM()
		c.VMOVDQU32(operand.Mem{Base: end, Index: at, Scale: 1}, y)
		for i := range a {
			multiplyBytes(c, y, x[i], sums[i][j])
		}
	}
	c.ADDQ(operand.Imm(byteStep), at)
	c.JNE(operand.LabelRef("values"))
	for _, of := range sums {
		putSums(c, of, less, out)
		ldc := inBytes(c, "ldc")
		c.ADDQ(ldc, out)
	}
	for _, end := range a {
		c.ADDQ(lda, end)
	}
	c.DECQ(groups.Addr)
	c.JNE(operand.LabelRef("group"))
	c.VZEROUPPER()
	c.RET()
	return nil
}

// multiplyBytes adds the products of bytes to a sum. The library of instructions does not
// know this one.
func multiplyBytes(c *build.Context, y, x, sum reg.VecVirtual) {
	c.Instruction(&ir.Instruction{
		Opcode:   "VPDPBUSD",
		Operands: []operand.Op{y, x, sum},
		Inputs:   []operand.Op{y, x, sum},
		Outputs:  []operand.Op{sum},
		ISA:      []string{"AVX512VNNI"},
	})
}

// putSums adds up each of four registers and stores the four results less what is to
// be subtracted. It works in the registers it is given: the instructions reach only
// the first sixteen.
func putSums(c *build.Context, of []reg.VecVirtual, less, out reg.Register) {
	for _, r := range of {
		high := c.ZMM()
		c.VEXTRACTI64X4(operand.U8(1), r, high.AsY())
		c.VPADDD(high, r, r)
	}
	first, second, third, fourth := of[0].AsY(), of[1].AsY(), of[2].AsY(), of[3].AsY()
	low, high := of[0].AsX(), of[1].AsX()
	c.VPHADDD(second, first, first)
	c.VPHADDD(fourth, third, third)
	c.VPHADDD(third, first, first)
	c.VEXTRACTI128(operand.U8(1), first, high)
	c.VPADDD(high, low, low)
	c.VPSUBD(operand.Mem{Base: less}, low, low)
	c.VMOVDQU(low, operand.Mem{Base: out})
}
