package theme

import (
	"math"

	"github.com/charmbracelet/colorprofile"
)

// rgb is an sRGB colour.
type rgb struct{ r, g, b uint8 }

func hexRGB(v uint32) rgb { return rgb{uint8(v >> 16), uint8(v >> 8), uint8(v)} }

// anchors are equally spaced colours of each scale; steps between them are
// interpolated. Diverging has one list for dark and one for light terminals,
// so that "no difference" sinks into the background.
var (
	viridisAnchors = []uint32{
		0x440154, 0x48186a, 0x472d7b, 0x424086, 0x3b528b, 0x33638d, 0x2c728e, 0x26828e, 0x21918c,
		0x1f9f88, 0x27ad81, 0x3dbc74, 0x5cc863, 0x81d34d, 0xaadc32, 0xd5e21a, 0xfde725,
	}
	cividisAnchors = []uint32{
		0x00224e, 0x002e6a, 0x1a386f, 0x32436d, 0x434e6c, 0x535a6d, 0x61656f, 0x6f7073, 0x7d7c78,
		0x8b8778, 0x9a9376, 0xaaa073, 0xbbad6d, 0xccba64, 0xddc858, 0xefd748, 0xfee838,
	}
	greyAnchors           = []uint32{0x101012, 0xfafafa}
	divergingDarkAnchors  = []uint32{0xb5e2ff, 0x5fb2f5, 0x2f7fd0, 0x1f4f86, 0x1b2d44, 0x1c1c20, 0x45271d, 0x85401f, 0xc85f22, 0xf58c4a, 0xffd0a8}
	divergingLightAnchors = []uint32{0x08306b, 0x1c5fa8, 0x4a90d0, 0x8fbfe6, 0xcde1f2, 0xf7f7f7, 0xfbdfc9, 0xf5b183, 0xe07b3e, 0xb64d12, 0x7a2a00}
)

// indexedScale is a scale chosen by hand from a terminal's palette, lowest
// first: the nearest colours of the full scale would waver in hue and turn back
// in lightness. Diverging has one for dark and one for light terminals.
type indexedScale struct{ viridis, cividis, grey, divergingDark, divergingLight []int }

// scales256 use the fixed part of the 256-colour palette.
var scales256 = indexedScale{
	viridis:        []int{53, 54, 55, 24, 30, 35, 71, 77, 113, 149, 184, 220, 226},
	cividis:        []int{17, 18, 238, 60, 242, 244, 101, 143, 179, 185, 221},
	grey:           []int{233, 234, 235, 236, 237, 238, 239, 240, 241, 242, 243, 244, 245, 246, 247, 248, 249, 250, 251, 252, 253, 254, 255},
	divergingDark:  []int{153, 75, 32, 25, 18, 234, 52, 94, 166, 209, 223},
	divergingLight: []int{18, 25, 32, 75, 153, 255, 223, 215, 166, 130, 88},
}

// scales16 use the colours that every terminal has. Grey borrows blue for the
// dark grey that is missing among them.
var scales16 = indexedScale{
	viridis:        []int{4, 5, 6, 10, 11},
	cividis:        []int{4, 12, 8, 7, 11},
	grey:           []int{0, 4, 8, 7, 15},
	divergingDark:  []int{14, 12, 4, 0, 1, 9, 11},
	divergingLight: []int{4, 12, 14, 15, 11, 9, 1},
}

// paletteFor is the scale in the colours the terminal can show.
func paletteFor(kind RampKind, profile colorprofile.Profile, dark bool) (p [RampSteps]paletteColour) {
	switch profile {
	case colorprofile.ANSI:
		return scales16.palette(kind, profile, dark)
	case colorprofile.ANSI256:
		return scales256.palette(kind, profile, dark)
	}
	anchors := anchorsFor(kind, dark)
	for i := range p {
		p[i] = paletteColour{rgb: between(anchors, float64(i)/(RampSteps-1)), kind: colorprofile.TrueColor}
	}
	return p
}

func (s indexedScale) palette(kind RampKind, profile colorprofile.Profile, dark bool) (p [RampSteps]paletteColour) {
	indices := s.indices(kind, dark)
	for i := range p {
		p[i] = indexedColour(indices[i*len(indices)/RampSteps], profile)
	}
	return p
}

func (s indexedScale) indices(kind RampKind, dark bool) []int {
	switch {
	case kind == RampCividis:
		return s.cividis
	case kind == RampGrey && dark:
		return s.grey
	case kind == RampGrey: // on white paper more is darker
		return reversed(s.grey)
	case kind == RampDiverging && dark:
		return s.divergingDark
	case kind == RampDiverging:
		return s.divergingLight
	}
	return s.viridis
}

func indexedColour(index int, profile colorprofile.Profile) paletteColour {
	return paletteColour{xtermColour(index), profile, index}
}

func anchorsFor(kind RampKind, dark bool) []uint32 {
	switch {
	case kind == RampCividis:
		return cividisAnchors
	case kind == RampGrey && dark:
		return greyAnchors
	case kind == RampGrey:
		return reversed(greyAnchors)
	case kind == RampDiverging && dark:
		return divergingDarkAnchors
	case kind == RampDiverging:
		return divergingLightAnchors
	}
	return viridisAnchors
}

func reversed[T any](s []T) []T {
	out := make([]T, len(s))
	for i, v := range s {
		out[len(s)-1-i] = v
	}
	return out
}

// between is the colour at t, 0 to 1, along the anchors.
func between(anchors []uint32, t float64) rgb {
	at := t * float64(len(anchors)-1)
	i := min(int(at), len(anchors)-2)
	a, b, f := hexRGB(anchors[i]), hexRGB(anchors[i+1]), at-float64(i)
	mix := func(x, y uint8) uint8 { return uint8(math.Round(float64(x) + f*(float64(y)-float64(x)))) }
	return rgb{mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b)}
}

// xtermColour is what a terminal's palette usually holds at index.
func xtermColour(index int) rgb {
	cube := [...]uint8{0x00, 0x5f, 0x87, 0xaf, 0xd7, 0xff}
	switch {
	case index == 7:
		return rgb{0xc0, 0xc0, 0xc0}
	case index == 8:
		return rgb{0x80, 0x80, 0x80}
	case index < 16:
		on := uint8(0x80)
		if index > 8 {
			on = 0xff
		}
		bit := func(n int) uint8 { return on * uint8(index>>n&1) }
		return rgb{bit(0), bit(1), bit(2)}
	case index < 232:
		n := index - 16
		return rgb{cube[n/36], cube[n/6%6], cube[n%6]}
	}
	grey := uint8(8 + 10*(index-232))
	return rgb{grey, grey, grey}
}

// luminance is the relative luminance of WCAG 2: 0 for black, 1 for white.
func luminance(c rgb) float64 {
	return 0.2126*linearOf(c.r) + 0.7152*linearOf(c.g) + 0.0722*linearOf(c.b)
}

// linearOf is how much light a channel of sRGB gives, 0 to 1.
func linearOf(v uint8) float64 {
	x := float64(v) / 255
	if x <= 0.04045 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}

// contrast is the contrast ratio of WCAG 2, from 1 to 21.
func contrast(a, b rgb) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}
