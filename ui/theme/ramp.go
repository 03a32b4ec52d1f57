package theme

import (
	"math"
	"strconv"

	"github.com/charmbracelet/colorprofile"
)

// RampKind names a colour scale.
type RampKind int

// The scales. Viridis is matplotlib's default (Smith, van der Walt and Firing;
// CC0), cividis is made for colour-blind readers (Nuñez, Anderton and Renslow
// 2018), grey has no hue at all, and diverging runs from blue over nothing to
// orange-red, for differences.
const (
	RampViridis RampKind = iota
	RampCividis
	RampGrey
	RampDiverging
)

var rampNames = [...]string{"viridis", "cividis", "grey", "diverging"}

// String is the name that settings and flags use.
func (k RampKind) String() string { return rampNames[k] }

// ParseRampKind reads the name of a scale for similarities.
func ParseRampKind(name string) (RampKind, bool) {
	for k := RampViridis; k <= RampGrey; k++ {
		if k.String() == name {
			return k, true
		}
	}
	return 0, false
}

const (
	// RampSteps is the number of steps of every ramp.
	RampSteps = 64
	// NoStep is the step of a value that is absent or not finite.
	NoStep = -1
)

// Ramp is a colour scale as ready-made SGR strings for one terminal. With 256
// or 16 colours its steps are chosen from the palette here, so that they stay
// ordered by lightness; without colours a step is a shade. A Ramp is not
// changed after it is made.
type Ramp struct {
	kind           RampKind
	colour         bool
	colors         [RampSteps]rgb
	cell           [RampSteps + 1]string // background and ink, NoStep last
	fg, Background [RampSteps + 1]string // the step itself as foreground, as background
	invert         [RampSteps + 1]string // ink as background, the step as foreground
	Mark           string                // foreground that none of the steps has
	shade          [RampSteps + 1]string
}

// shades stand for steps where there are no colours; of differences the
// negative ones are lines.
var (
	shades          = []string{" ", "░", "▒", "▓", "█"}
	divergingShades = []string{"≡", "=", "-", " ", "░", "▒", "█"}
)

const (
	absentShade = "·"
	Faint       = "\x1b[2m"
	Bold        = "\x1b[1m"
	Reverse     = "\x1b[7m"
	sgrPlainBg  = "\x1b[49m"
)

// NewRamp makes the scale for a terminal with that profile (Unknown counts as
// true colour: the renderer converts) and a dark or light background.
func NewRamp(kind RampKind, profile colorprofile.Profile, dark bool) *Ramp {
	r := &Ramp{kind: kind, colour: profile != colorprofile.NoTTY && profile != colorprofile.ASCII}
	r.cell[RampSteps], r.invert[RampSteps] = Faint, Reverse
	r.shade[RampSteps], r.Background[RampSteps] = absentShade, sgrPlainBg
	glyphs := shades
	if kind == RampDiverging {
		glyphs = divergingShades
	}
	palette := paletteFor(kind, profile, dark)
	for i := range RampSteps {
		r.shade[i] = glyphs[i*len(glyphs)/RampSteps]
		if r.colour {
			r.setStep(i, palette[i])
		}
	}
	if r.colour {
		r.Mark = markColour(kind, profile, dark).sgr(38)
	}
	return r
}

func (r *Ramp) setStep(i int, c paletteColour) {
	ink := inkFor(c.rgb, c.kind)
	r.colors[i] = c.rgb
	r.fg[i], r.Background[i] = c.sgr(38), c.sgr(48)
	r.cell[i] = c.sgr(48) + ink.sgr(38)
	r.invert[i] = ink.sgr(48) + c.sgr(38)
}

// Colour tells whether the ramp has colours; without, steps are shades.
func (r *Ramp) Colour() bool { return r.colour }

// Step is where v lies on the scale from lo to hi: 0 to RampSteps-1, values
// outside at the ends; NoStep when v is not finite.
func (r *Ramp) Step(v, lo, hi float64) int {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return NoStep
	}
	if !(hi > lo) {
		lo, hi = lo-1, lo+1
	}
	return max(0, min(RampSteps-1, int((v-lo)/(hi-lo)*RampSteps)))
}

// Cell is the SGR prefix that paints a cell: the step as background with an ink
// that is legible on it. It is empty without colours, faint for NoStep.
func (r *Ramp) Cell(step int) string { return r.cell[Slot(step)] }

// Inverted is Cell with ink and step exchanged, for a cursor; reverse video
// without colours.
func (r *Ramp) Inverted(step int) string {
	if !r.colour {
		return Reverse
	}
	return r.invert[Slot(step)]
}

// Ink is the SGR prefix that writes in the colour of the step, for bars and
// lines on the terminal's own background; empty without colours.
func (r *Ramp) Ink(step int) string { return r.fg[Slot(step)] }

// Shade is one column that shows the step without colours: a shade, a space for
// the lowest, "·" for NoStep.
func (r *Ramp) Shade(step int) string { return r.shade[Slot(step)] }

// Half is one column with two steps above one another: SGR prefix and glyph.
// A half that is NoStep shows the terminal's background. Without colours a half
// is filled when its step is in the upper half of the scale.
func (r *Ramp) Half(top, bottom int) string {
	fg, bg, glyph := r.Split(top, bottom)
	return fg + bg + glyph
}

// Split is Half in its parts: the SGR prefixes of foreground and background, and the
// glyph.
func (r *Ramp) Split(top, bottom int) (fg, bg, glyph string) {
	switch {
	case !r.colour:
		return "", "", [...]string{" ", "▄", "▀", "█"}[filled(top)*2+filled(bottom)]
	case top == NoStep && bottom != NoStep:
		return r.fg[Slot(bottom)], sgrPlainBg, "▄"
	case top == NoStep:
		return "", sgrPlainBg, " "
	}
	return r.fg[Slot(top)], r.Background[Slot(bottom)], "▀"
}

func filled(step int) int {
	if step >= RampSteps/2 {
		return 1
	}
	return 0
}

// Slot is where a table of all steps has the step; NoStep has the last place.
func Slot(step int) int {
	if step < 0 || step >= RampSteps {
		return RampSteps
	}
	return step
}

// paletteColour is a colour in the form in which the terminal is told.
type paletteColour struct {
	rgb
	kind  colorprofile.Profile
	index int // with 256 or 16 colours
}

// sgr is the sequence for foreground (38) or background (48).
func (c paletteColour) sgr(layer int) string {
	switch c.kind {
	case colorprofile.ANSI:
		n := layer - 8 + c.index
		if c.index >= 8 {
			n += 60 - 8
		}
		return "\x1b[" + strconv.Itoa(n) + "m"
	case colorprofile.ANSI256:
		return "\x1b[" + strconv.Itoa(layer) + ";5;" + strconv.Itoa(c.index) + "m"
	}
	return "\x1b[" + strconv.Itoa(layer) + ";2;" + strconv.Itoa(int(c.r)) + ";" +
		strconv.Itoa(int(c.g)) + ";" + strconv.Itoa(int(c.b)) + "m"
}

// inkFor is black or white, whichever stands out more: at least 4.5:1 on any
// colour (WCAG 2 contrast).
func inkFor(on rgb, kind colorprofile.Profile) paletteColour {
	black := paletteColour{rgb{0, 0, 0}, kind, 0}
	white := paletteColour{rgb{255, 255, 255}, kind, 15}
	if kind == colorprofile.ANSI256 {
		black.index, white.index = 16, 231
	}
	if contrast(on, black.rgb) >= contrast(on, white.rgb) {
		return black
	}
	return white
}

// markColour stands out from every step of the scale.
func markColour(kind RampKind, profile colorprofile.Profile, dark bool) paletteColour {
	full, index256, index16 := rgb{255, 45, 111}, 197, 9
	switch {
	case kind == RampDiverging && dark:
		full, index256, index16 = rgb{80, 250, 123}, 84, 10
	case kind == RampDiverging:
		full, index256, index16 = rgb{0, 120, 50}, 28, 2
	}
	switch profile {
	case colorprofile.ANSI:
		return indexedColour(index16, profile)
	case colorprofile.ANSI256:
		return indexedColour(index256, profile)
	}
	return paletteColour{rgb: full, kind: colorprofile.TrueColor}
}
