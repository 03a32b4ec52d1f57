package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const (
	// across is how many registers hold one value of each of the rows of a panel.
	across = 3
	// unrolled is how many values of a row the loop over panels takes at a time.
	unrolled = 8
)

// panel adds to out the products of groups of rows of x, four or eight, one group after the
// other, with a panel: rows that lie value by value, as many as fill three registers. Each
// value of these then has the sum of one product, and none need be added up at the end.
func panel(c *build.Context, s instructions, rows int) error {
	width := across * s.width
	name := fmt.Sprintf("panel%dx%d%s", rows, width, s.name)
	declare(c, name, "func(x, panel *float32, ldx, k int, out *float32, ldc, groups int)",
		fmt.Sprintf("%s adds to groups×%d rows of %d in out the products of as many rows of x with a panel, over k values, a multiple of 16.", name, rows, width))
	k, ldx := inBytes(c, "k"), inBytes(c, "ldx")
	three, group, onward := c.GP64(), c.GP64(), c.GP64()
	c.LEAQ(operand.Mem{Base: ldx, Index: ldx, Scale: 2}, three)
	c.IMUL3Q(operand.U8(uint8(rows)), ldx, group)
	c.MOVQ(group, onward)
	c.SUBQ(k, onward)
	// Each points to four rows.
	x := []reg.Register{c.Load(c.Param("x"), c.GP64())}
	for len(x) < rows/columns {
		fours := c.GP64()
		c.LEAQ(operand.Mem{Base: x[0], Index: ldx, Scale: columns}, fours)
		x = append(x, fours)
	}
	out, ldc := c.Load(c.Param("out"), c.GP64()), inBytes(c, "ldc")
	groups, err := c.Param("groups").Resolve()
	if err != nil {
		return err
	}

	c.Label("group")
	sums := make([][across]reg.VecVirtual, rows)
	for i := range sums {
		for j := range sums[i] {
			sums[i][j] = s.zero(c)
		}
	}
	from := c.Load(c.Param("panel"), c.GP64())
	left := c.GP64()
	c.MOVQ(k, left)
	// The next group's rows are fetched meanwhile.
	c.Label("values")
	for kk := range unrolled {
		if kk < rows {
			ahead := c.GP64()
			c.LEAQ(fourRows(x[kk/columns], ldx, three)[kk%columns], ahead)
			c.PREFETCHT0(operand.Mem{Base: ahead, Index: group, Scale: 1})
		}
		var y [across]reg.VecVirtual
		for j := range y {
			y[j] = s.register(c)
			c.VMOVUPS(operand.Mem{Base: from, Disp: 4 * s.width * (across*kk + j)}, y[j])
		}
		for i := range sums {
			v := s.register(c)
			c.VBROADCASTSS(fourRows(x[i/columns], ldx, three)[i%columns].Offset(4*kk), v)
			for j := range y {
				c.VFMADD231PS(y[j], v, sums[i][j])
			}
		}
	}
	c.ADDQ(operand.U32(uint32(4*width*unrolled)), from)
	for _, fours := range x {
		c.ADDQ(operand.Imm(4*unrolled), fours)
	}
	c.SUBQ(operand.Imm(4*unrolled), left)
	c.JNE(operand.LabelRef("values"))
	for i := range sums {
		for j, sum := range sums[i] {
			place := operand.Mem{Base: out, Disp: 4 * s.width * j}
			c.VADDPS(place, sum, sum)
			c.VMOVUPS(sum, place)
		}
		c.ADDQ(ldc, out)
	}
	for _, fours := range x {
		c.ADDQ(onward, fours)
	}
	c.DECQ(groups.Addr)
	c.JNE(operand.LabelRef("group"))
	c.VZEROUPPER()
	c.RET()
	return nil
}

// transpose puts rows of values side by side.
func transpose(c *build.Context) {
	declare(c, "transpose8AVX2", "func(x *float32, ldx, n int, out *float32, ldc int)",
		"transpose8AVX2 puts the n values, a multiple of 8, of eight rows of x into as many rows of eight in out.")
	low := c.Load(c.Param("x"), c.GP64())
	ldx := inBytes(c, "ldx")
	n := c.Load(c.Param("n"), c.GP64())
	out := c.Load(c.Param("out"), c.GP64())
	ldc := inBytes(c, "ldc")
	three, threeOut, high, below := c.GP64(), c.GP64(), c.GP64(), c.GP64()
	c.LEAQ(operand.Mem{Base: ldx, Index: ldx, Scale: 2}, three)
	c.LEAQ(operand.Mem{Base: ldc, Index: ldc, Scale: 2}, threeOut)
	c.LEAQ(operand.Mem{Base: low, Index: ldx, Scale: 4}, high)

	c.Label("values")
	// Halves of the rows i and i+4 make one register, so that fours of it are all that
	// is left to be moved.
	var r [eight]reg.VecVirtual
	for half := range 2 {
		for i, place := range fourRows(low, ldx, three) {
			r[4*half+i] = c.YMM()
			c.VMOVUPS(place.Offset(16*half), r[4*half+i].AsX())
		}
		for i, place := range fourRows(high, ldx, three) {
			c.VINSERTF128(operand.U8(1), place.Offset(16*half), r[4*half+i], r[4*half+i])
		}
	}
	c.LEAQ(operand.Mem{Base: out, Index: ldc, Scale: 4}, below)
	for half, to := range []reg.Register{out, below} {
		for i, v := range fours(c, r[4*half:]) {
			c.VMOVUPS(v, fourRows(to, ldc, threeOut)[i])
		}
	}
	c.LEAQ(operand.Mem{Base: below, Index: ldc, Scale: 4}, out)
	c.ADDQ(operand.Imm(4*eight), low)
	c.ADDQ(operand.Imm(4*eight), high)
	c.SUBQ(operand.Imm(eight), n)
	c.JNE(operand.LabelRef("values"))
	c.VZEROUPPER()
	c.RET()
}

// fourRows are the places of four rows.
func fourRows(first, stride, three reg.Register) [4]operand.Mem {
	return [4]operand.Mem{
		{Base: first}, {Base: first, Index: stride, Scale: 1}, {Base: first, Index: stride, Scale: 2}, {Base: first, Index: three, Scale: 1},
	}
}

// fours transposes the fours of four registers.
func fours(c *build.Context, r []reg.VecVirtual) [4]reg.VecVirtual {
	var pairs, out [4]reg.VecVirtual
	for i := range pairs {
		pairs[i], out[i] = c.YMM(), c.YMM()
	}
	c.VUNPCKLPS(r[1], r[0], pairs[0])
	c.VUNPCKHPS(r[1], r[0], pairs[1])
	c.VUNPCKLPS(r[3], r[2], pairs[2])
	c.VUNPCKHPS(r[3], r[2], pairs[3])
	for i := range out {
		choose := operand.U8(0b01000100)
		if i%2 == 1 {
			choose = operand.U8(0b11101110)
		}
		c.VSHUFPS(choose, pairs[2+i/2], pairs[i/2], out[i])
	}
	return out
}
