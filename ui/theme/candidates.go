package theme

import "github.com/charmbracelet/colorprofile"

// candidateColours tell up to six candidates apart on one background: of their own for
// each number of colours, since the nearest ones of a small palette would fall together.
type candidateColours struct {
	full       [6]uint32
	indexed256 [6]int
	indexed16  [6]int
}

// Blue, ochre or orange, green, violet, and two more that differ from these in lightness
// too: red and green alone would be one colour to a colour-blind reader. The test says how
// far apart they are, and what for.
var (
	candidatesOnDark = candidateColours{
		full:       [6]uint32{0x67cbff, 0xf9af0e, 0x07fab2, 0xca64ff, 0xffff20, 0xeb6a76},
		indexed256: [6]int{81, 214, 49, 171, 226, 204},
		indexed16:  [6]int{14, 3, 10, 13, 7, 9},
	}
	candidatesOnLight = candidateColours{
		full:       [6]uint32{0x1169e7, 0x996504, 0x007c76, 0x551569, 0x7c1100, 0x091aae},
		indexed256: [6]int{26, 94, 23, 53, 88, 19},
		indexed16:  [6]int{4, 1, 6, 5, 2, 12},
	}
)

// inks are the colours in the order of the candidates for a terminal with that profile.
func (c candidateColours) inks(profile colorprofile.Profile) (inks [6]paletteColour) {
	for i := range inks {
		switch profile {
		case colorprofile.ANSI:
			inks[i] = indexedColour(c.indexed16[i], profile)
		case colorprofile.ANSI256:
			inks[i] = indexedColour(c.indexed256[i], profile)
		default:
			inks[i] = paletteColour{rgb: hexRGB(c.full[i]), kind: colorprofile.TrueColor}
		}
	}
	return inks
}

// candidateCodes are the sequences that switch the colours of the candidates on; empty
// ones where there are no colours.
func candidateCodes(dark bool, profile colorprofile.Profile) []string {
	colours := candidatesOnLight
	if dark {
		colours = candidatesOnDark
	}
	codes := make([]string, len(colours.full))
	if profile > colorprofile.ASCII {
		for i, ink := range colours.inks(profile) {
			codes[i] = ink.sgr(38)
		}
	}
	return codes
}
