package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// byteMultiplier are the instructions of a tile that depend on what there are: load
// prepares a register of a, multiply adds the products of it with one of b to a sum.
type byteMultiplier struct {
	load     func(operand.Mem) []reg.VecVirtual
	multiply func(x []reg.VecVirtual, y, sum reg.VecVirtual)
}

// byteStep is how many int8 values of a row the loops take at a time.
const byteStep = 64

// byteTile writes to out the products of groups of so many int8 rows of a with the
// same four of b. less is subtracted from every row of out.
func byteTile(c *build.Context, s instructions, rows int, multiplier func() byteMultiplier) error {
	name := fmt.Sprintf("bytes%dx%d%s", rows, columns, s.name)
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
			sums[i] = append(sums[i], s.zero(c))
		}
	}
	with := multiplier() // after the sums, which need the first registers
	at := c.Load(c.Param("k"), c.GP64())
	c.NEGQ(at)
	c.Label("values")
	for offset := 0; offset < byteStep; offset += 4 * s.width {
		var x [][]reg.VecVirtual
		for _, end := range a {
			x = append(x, with.load(operand.Mem{Base: end, Index: at, Scale: 1, Disp: offset}))
		}
		for j, end := range b {
			y := s.register(c)
			move(c, s, operand.Mem{Base: end, Index: at, Scale: 1, Disp: offset}, y)
			for i := range a {
				with.multiply(x[i], y, sums[i][j])
			}
		}
	}
	c.ADDQ(operand.Imm(byteStep), at)
	c.JNE(operand.LabelRef("values"))
	for _, of := range sums {
		putSums(c, s, of, less, out)
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

func move(c *build.Context, s instructions, from operand.Op, to reg.VecVirtual) {
	if s.width == 16 {
		c.VMOVDQU32(from, to)
	} else {
		c.VMOVDQU(from, to)
	}
}

// bytesAVX2 multiplies the magnitude of a with b of a's sign: the sum of two such
// products fits in 16 bits, as no value is -128.
func bytesAVX2(c *build.Context, rows int) error {
	return byteTile(c, avx2, rows, func() byteMultiplier {
		ones := c.YMM()
		c.VPCMPEQW(ones, ones, ones)
		c.VPSRLW(operand.U8(15), ones, ones)
		load := func(m operand.Mem) []reg.VecVirtual {
			x, magnitude := c.YMM(), c.YMM()
			c.VMOVDQU(m, x)
			c.VPABSB(x, magnitude)
			return []reg.VecVirtual{x, magnitude}
		}
		return byteMultiplier{load, func(x []reg.VecVirtual, y, sum reg.VecVirtual) {
			product := c.YMM()
			c.VPSIGNB(x[0], y, product)
			c.VPMADDUBSW(product, x[1], product)
			c.VPMADDWD(ones, product, product)
			c.VPADDD(product, sum, sum)
		}}
	})
}

// bytesVNNI multiplies a+128, which is not negative, with b; less holds 128 times the
// sums of the rows of b.
func bytesVNNI(c *build.Context, rows int) error {
	vnni := avx512
	vnni.name = "VNNI"
	return byteTile(c, vnni, rows, func() byteMultiplier {
		bits, offset := c.GP32(), c.ZMM()
		c.MOVL(operand.U32(0x80808080), bits)
		c.VPBROADCASTD(bits, offset)
		load := func(m operand.Mem) []reg.VecVirtual {
			x := c.ZMM()
			c.VPXORD(m, offset, x)
			return []reg.VecVirtual{x}
		}
		return byteMultiplier{load, func(x []reg.VecVirtual, y, sum reg.VecVirtual) {
			// The library of instructions does not know this one.
			c.Instruction(&ir.Instruction{
				Opcode:   "VPDPBUSD",
				Operands: []operand.Op{y, x[0], sum},
				Inputs:   []operand.Op{y, x[0], sum},
				Outputs:  []operand.Op{sum},
				ISA:      []string{"AVX512VNNI"},
			})
		}}
	})
}

// putSums adds up each of four registers and stores the four results less what is to
// be subtracted. It works in the registers it is given: the instructions reach only
// the first sixteen.
func putSums(c *build.Context, s instructions, of []reg.VecVirtual, less, out reg.Register) {
	if s.width == 16 {
		for _, r := range of {
			high := c.ZMM()
			c.VEXTRACTI64X4(operand.U8(1), r, high.AsY())
			c.VPADDD(high, r, r)
		}
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
