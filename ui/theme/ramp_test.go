package theme

import (
	"bytes"
	"image/color"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
)

var (
	rampKinds     = []RampKind{RampViridis, RampCividis, RampGrey, RampDiverging}
	colourDepths  = []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI}
	backgrounds   = map[bool]string{true: "dark", false: "light"}
	leastContrast = 4.5
)

// eachRamp runs f for every scale, colour depth and background.
func eachRamp(t *testing.T, f func(t *testing.T, r *Ramp, dark bool)) {
	for _, kind := range rampKinds {
		for _, depth := range colourDepths {
			for dark, name := range backgrounds {
				t.Run(kind.String()+"/"+depth.String()+"/"+name, func(t *testing.T) { f(t, NewRamp(kind, depth, dark), dark) })
			}
		}
	}
}

func TestInkIsLegibleOnEveryStep(t *testing.T) {
	eachRamp(t, func(t *testing.T, r *Ramp, _ bool) {
		for i, c := range r.colors {
			ink := inkFor(c, colorprofile.TrueColor).rgb
			if got := contrast(c, ink); got < leastContrast {
				t.Errorf("step %d: ink %v on %v has contrast %.2f", i, ink, c, got)
			}
			if !strings.Contains(r.Cell(i), r.Background[i]) || !strings.Contains(r.Cell(i), inkFor(c, depthOf(r)).sgr(38)) {
				t.Errorf("step %d: the cell %q does not use its colours", i, r.Cell(i))
			}
		}
	})
}

// depthOf is the colour depth that the ramp's sequences are written for.
func depthOf(r *Ramp) colorprofile.Profile {
	switch {
	case strings.Contains(r.Background[0], ";2;"):
		return colorprofile.TrueColor
	case strings.Contains(r.Background[0], ";5;"):
		return colorprofile.ANSI256
	}
	return colorprofile.ANSI
}

func TestLightnessIsMonotone(t *testing.T) {
	eachRamp(t, func(t *testing.T, r *Ramp, dark bool) {
		rising := r.kind != RampGrey || dark
		for i := 1; i < RampSteps; i++ {
			up := rising
			if r.kind == RampDiverging { // towards the middle it sinks into the background
				up = (i > RampSteps/2) == dark
			}
			change := luminance(r.colors[i]) - luminance(r.colors[i-1])
			if r.kind == RampDiverging && i == RampSteps/2 {
				continue
			}
			if !up {
				change = -change
			}
			if change < 0 {
				t.Errorf("step %d turns back: %v after %v", i, r.colors[i], r.colors[i-1])
			}
		}
	})
}

var backgroundSGR = regexp.MustCompile(`\x1b\[(?:4[0-7]|10[0-7]|48;[0-9;]+)m`)

func distinctBackgrounds(s string) int {
	seen := map[string]bool{}
	for _, b := range backgroundSGR.FindAllString(s, -1) {
		seen[b] = true
	}
	return len(seen)
}

func TestFiveStepsRemainWithFewColours(t *testing.T) {
	for _, c := range []struct{ made, shown colorprofile.Profile }{
		{colorprofile.TrueColor, colorprofile.ANSI256}, // before the terminal has told
		{colorprofile.ANSI256, colorprofile.ANSI256},
		{colorprofile.ANSI, colorprofile.ANSI},
	} {
		for _, kind := range rampKinds {
			for dark, name := range backgrounds {
				r := NewRamp(kind, c.made, dark)
				var reduced bytes.Buffer
				w := &colorprofile.Writer{Forward: &reduced, Profile: c.shown}
				if _, err := w.WriteString(strings.Join(r.Background[:RampSteps], " ")); err != nil {
					t.Fatal(err)
				}
				if n := distinctBackgrounds(reduced.String()); n < 5 {
					t.Errorf("%v on %s made for %v shows only %d colours with %v", kind, name, c.made, n, c.shown)
				}
			}
		}
	}
}

func TestStepsFollowTheScale(t *testing.T) {
	r := NewRamp(RampViridis, colorprofile.TrueColor, true)
	for _, c := range []struct {
		v, lo, hi float64
		want      int
	}{
		{0, 0, 1, 0}, {1, 0, 1, RampSteps - 1}, {0.5, 0, 1, RampSteps / 2}, {-3, 0, 1, 0}, {7, 0, 1, RampSteps - 1},
		{0.999999, 0, 1, RampSteps - 1}, {0.3, 0.3, 0.3, RampSteps / 2},
		{math.NaN(), 0, 1, NoStep}, {math.Inf(1), 0, 1, NoStep}, {math.Inf(-1), 0, 1, NoStep},
	} {
		if got := r.Step(c.v, c.lo, c.hi); got != c.want {
			t.Errorf("Step(%v, %v, %v) = %d, want %d", c.v, c.lo, c.hi, got, c.want)
		}
	}
}

func TestWithoutColoursStepsAreShades(t *testing.T) {
	for _, profile := range []colorprofile.Profile{colorprofile.ASCII, colorprofile.NoTTY} {
		r := NewRamp(RampViridis, profile, true)
		var got strings.Builder
		for i := range len(shades) {
			step := r.Step(float64(i), 0, float64(len(shades)-1))
			got.WriteString(r.Shade(step) + r.Cell(step) + r.Ink(step))
		}
		if got.String() != " ░▒▓█" || r.Colour() {
			t.Errorf("%v: the shades are %q", profile, got.String())
		}
		if r.Half(60, 3) != "▀" || r.Half(3, 60) != "▄" || r.Half(60, 60) != "█" || r.Half(3, NoStep) != " " {
			t.Errorf("%v: halves without colours are wrong", profile)
		}
	}
}

func TestDifferencesWithoutColoursShowTheirSign(t *testing.T) {
	r := NewRamp(RampDiverging, colorprofile.ASCII, true)
	var got strings.Builder
	for _, v := range []float64{-1, -0.5, -0.2, 0, 0.2, 0.5, 1} {
		got.WriteString(r.Shade(r.Step(v, -1, 1)))
	}
	if got.String() != "≡=- ░▒█" {
		t.Errorf("the shades of differences are %q", got.String())
	}
}

func TestAbsentValuesLookLikeNoStep(t *testing.T) {
	r := NewRamp(RampGrey, colorprofile.TrueColor, true)
	for i := range RampSteps {
		if r.Cell(i) == r.Cell(NoStep) || r.Half(i, i) == r.Half(NoStep, NoStep) || r.Shade(i) == r.Shade(NoStep) {
			t.Fatalf("step %d looks like an absent value", i)
		}
	}
	if got := r.Half(NoStep, 5); !strings.HasSuffix(got, "▄") {
		t.Errorf("a lower half alone is %q", got)
	}
}

func TestPaletteMatchesTheTerminalLibrary(t *testing.T) {
	for index := range 256 {
		c := xtermColour(index)
		want := colorprofile.ANSI256.Convert(color.RGBA{c.r, c.g, c.b, 255})
		r, g, b, _ := want.RGBA()
		if got := (rgb{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8)}); index >= 16 && index < 232 && got != c {
			t.Errorf("colour %d is %v, the library has %v", index, c, got)
		}
	}
}

func TestRampNamesAreReadBack(t *testing.T) {
	for _, k := range []RampKind{RampViridis, RampCividis, RampGrey} {
		if got, ok := ParseRampKind(k.String()); !ok || got != k {
			t.Errorf("%s is read as %v, %v", k, got, ok)
		}
	}
	for _, name := range []string{"diverging", "jet", ""} {
		if _, ok := ParseRampKind(name); ok {
			t.Errorf("%q is not a scale for similarities", name)
		}
	}
}
