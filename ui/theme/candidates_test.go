package theme

import (
	"math"
	"slices"
	"testing"

	"github.com/charmbracelet/colorprofile"
)

// The ways in which colours are seen, as matrices on linear RGB: by most people, and where
// the long or the middle cones are missing (G. M. Machado, M. M. Oliveira and L. A. F.
// Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency",
// IEEE TVCG 15(6), 2009, at severity 1).
var visions = map[string][3][3]float64{
	"normal":       {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
}

// times is the matrix applied to the vector.
func times(m [3][3]float64, v [3]float64) (out [3]float64) {
	for i, row := range m {
		out[i] = row[0]*v[0] + row[1]*v[1] + row[2]*v[2]
	}
	return out
}

// oklab is the colour in OKLab as that vision sees it (B. Ottosson, "A perceptual color
// space for image processing", 2020): distances in it are about as people see them, and
// .02 is about the least that one sees.
func oklab(c rgb, vision [3][3]float64) [3]float64 {
	linear := times(vision, [3]float64{linearOf(c.r), linearOf(c.g), linearOf(c.b)})
	for i, v := range linear {
		linear[i] = max(0, min(1, v))
	}
	cones := times([3][3]float64{{0.4122214708, 0.5363325363, 0.0514459929}, {0.2119034982, 0.6806995451, 0.1073969566}, {0.0883024619, 0.2817188376, 0.6299787005}}, linear)
	for i, v := range cones {
		cones[i] = math.Cbrt(v)
	}
	return times([3][3]float64{{0.2104542553, 0.7936177850, -0.0040720468}, {1.9779984951, -2.4285922050, 0.4505937099}, {0.0259040371, 0.7827717662, -0.8086757660}}, cones)
}

// apart is how far two colours are from each other to that vision.
func apart(a, b rgb, vision [3][3]float64) float64 {
	x, y := oklab(a, vision), oklab(b, vision)
	return math.Hypot(math.Hypot(x[0]-y[0], x[1]-y[1]), x[2]-y[2])
}

func TestOKLabIsAsItsAuthorGivesIt(t *testing.T) {
	for c, want := range map[rgb][3]float64{
		{255, 255, 255}: {1, 0, 0}, {0, 0, 0}: {0, 0, 0},
		{255, 0, 0}: {0.628, 0.225, 0.126}, {0, 0, 255}: {0.452, -0.032, -0.312},
	} {
		got := oklab(c, visions["normal"])
		for i := range got {
			if math.Abs(got[i]-want[i]) > 0.001 {
				t.Errorf("%v is %.3f, not %v", c, got, want)
			}
		}
	}
}

// TestCandidatesAreToldApartByTheirColours measures any two of the six colours as most
// people and as colour-blind people see them. Sixteen colours hold no six that are as far
// apart; there only what cannot be seen at all is an error.
func TestCandidatesAreToldApartByTheirColours(t *testing.T) {
	least := map[colorprofile.Profile]map[string]float64{
		colorprofile.TrueColor: {"normal": 0.17, "protanopia": 0.11, "deuteranopia": 0.11},
		colorprofile.ANSI256:   {"normal": 0.16, "protanopia": 0.1, "deuteranopia": 0.1},
		colorprofile.ANSI:      {"normal": 0.14, "protanopia": 0.05, "deuteranopia": 0.05},
	}
	for name, colours := range map[string]candidateColours{"dark": candidatesOnDark, "light": candidatesOnLight} {
		for profile, wanted := range least {
			inks := colours.inks(profile)
			for vision, want := range wanted {
				for i, a := range inks {
					for j, b := range inks[:i] {
						if d := apart(a.rgb, b.rgb, visions[vision]); d < want {
							t.Errorf("%s, %v: %c and %c are %.3f apart to %s, not %.2f", name, profile, 'A'+j, 'A'+i, d, vision, want)
						}
					}
				}
			}
		}
	}
}

// TestCandidatesAreLegible compares each colour with the grounds that terminals have, and
// with the row under the cursor, which is bold as well.
func TestCandidatesAreLegible(t *testing.T) {
	for _, c := range []struct {
		name    string
		colours candidateColours
		grounds []uint32
		row     uint32
	}{
		{"dark", candidatesOnDark, []uint32{0x000000, 0x1e1e2e, 0x282a36, 0x002b36}, 0x33467c},
		{"light", candidatesOnLight, []uint32{0xffffff, 0xfdf6e3}, 0xcfdffb},
	} {
		for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI} {
			grounds := c.grounds
			if profile == colorprofile.ANSI {
				grounds = grounds[:1] // what the sixteen colours look like changes with the ground
			}
			for i, ink := range c.colours.inks(profile) {
				for _, ground := range grounds {
					if got := contrast(ink.rgb, hexRGB(ground)); got < leastContrast {
						t.Errorf("%s, %v: %c on #%06x has contrast %.2f", c.name, profile, 'A'+i, ground, got)
					}
				}
				if got := contrast(ink.rgb, hexRGB(c.row)); profile != colorprofile.ANSI && got < 2.9 {
					t.Errorf("%s, %v: %c on the row under the cursor has contrast %.2f", c.name, profile, 'A'+i, got)
				}
			}
		}
	}
}

func TestCandidatesHaveTheColoursOfTheTerminal(t *testing.T) {
	for profile, want := range map[colorprofile.Profile]string{
		colorprofile.TrueColor: "\x1b[38;2;103;203;255m",
		colorprofile.ANSI256:   "\x1b[38;5;81m", colorprofile.ANSI: "\x1b[96m", colorprofile.ASCII: "", colorprofile.NoTTY: "",
	} {
		codes := New(true, profile).Codes.Candidates
		if len(codes) != 6 || codes[0] != want {
			t.Errorf("%v: the candidates are written in %q", profile, codes)
		}
		if sorted := slices.Compact(slices.Sorted(slices.Values(codes))); want != "" && len(sorted) != 6 {
			t.Errorf("%v: %d colours for six candidates", profile, len(sorted))
		}
	}
}
