package main

import (
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
)

// expand multiplies signed bytes by a scale.
func expand(c *build.Context) {
	ends, n := begin(c, "expandAVX2", "func(out *float32, n int, bytes *byte, scale float32)",
		"expandAVX2 puts into out n signed bytes, a multiple of 8, times scale.", "out")
	from := c.Load(c.Param("bytes"), c.GP64())
	scale := broadcastParam(c, "scale")

	c.Label("expand")
	x := c.YMM()
	c.VPMOVSXBD(operand.Mem{Base: from}, x)
	c.VCVTDQ2PS(x, x)
	c.VMULPS(scale, x, x)
	c.VMOVUPS(x, operand.Mem{Base: ends[0], Index: n, Scale: 1})
	c.ADDQ(operand.Imm(eight), from)
	again(c, n, "expand")
	c.VZEROUPPER()
	c.RET()
}
