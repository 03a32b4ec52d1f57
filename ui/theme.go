package ui

import (
	"image/color"

	"charm.land/bubbles/v2/textinput"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// theme holds every style and glyph. It is made anew when the background, the
// colour profile or the scale changes; screens only read it.
type theme struct {
	dark    bool
	profile colorprofile.Profile

	accent, dim, good, warn, bad, strong, match lipgloss.Style
	tab, tabActive, bar, selected, box, title   lipgloss.Style
	inputs                                      textinput.Styles

	ramps [RampDiverging + 1]*Ramp

	// sgr holds the same looks as ready-made prefixes for drawings that write
	// many cells.
	sgr sgrStyles
}

// sgrStyles are escape sequences that switch a look on; sgrReset ends them all.
type sgrStyles struct {
	dim, accent, strong, header, selected, match, good, warn, bad string
	// candidates are the colours that tell candidates apart, in their order.
	candidates []string
}

const sgrReset = "\x1b[m"

// colourless tells that no colour may be used: selection is shown in reverse.
func (t *theme) colourless() bool { return t.profile <= colorprofile.ASCII }

func newTheme(dark bool, profile colorprofile.Profile) *theme {
	t := &theme{dark: dark, profile: profile}
	pick := func(light, night string) color.Color {
		if t.colourless() {
			return nil
		}
		return lipgloss.LightDark(dark)(lipgloss.Color(light), lipgloss.Color(night))
	}
	accent := pick("#1f5fbf", "#7aa2f7")
	dim := pick("#5d6370", "#9aa1b2")
	good := pick("#2f6f16", "#9ece6a")
	warn := pick("#8a5a00", "#e0af68")
	bad := pick("#b3261e", "#f7768e")
	match := pick("#a34700", "#ff9e64")
	band := pick("#e6e9f0", "#262b3d")
	chosen := pick("#cfdffb", "#33467c")

	style := func(c color.Color) lipgloss.Style {
		if c == nil {
			return lipgloss.NewStyle()
		}
		return lipgloss.NewStyle().Foreground(c)
	}
	t.accent, t.dim, t.good, t.warn, t.bad = style(accent), style(dim), style(good), style(warn), style(bad)
	t.strong = lipgloss.NewStyle().Bold(true)
	t.match = style(match).Bold(true).Underline(true)
	t.title = style(accent).Bold(true)
	t.box = style(nil).Border(lipgloss.RoundedBorder())
	if accent != nil {
		t.box = t.box.BorderForeground(accent)
	}
	t.bar, t.selected = lipgloss.NewStyle(), lipgloss.NewStyle().Reverse(true)
	t.tab, t.tabActive = style(dim), lipgloss.NewStyle().Reverse(true).Bold(true)
	if !t.colourless() {
		t.bar = t.bar.Background(band)
		t.selected = lipgloss.NewStyle().Background(chosen).Bold(true)
		t.tab = t.tab.Background(band)
		t.tabActive = lipgloss.NewStyle().Background(chosen).Bold(true)
	}
	t.sgr = t.newSGR(accent, dim, good, warn, bad, match, chosen)
	for kind := range t.ramps {
		t.ramps[kind] = NewRamp(RampKind(kind), profile, dark)
	}
	t.inputs = t.inputStyles()
	return t
}

func (t *theme) newSGR(accent, dim, good, warn, bad, match, chosen color.Color) sgrStyles {
	on := func(c color.Color) string {
		if c == nil {
			return ""
		}
		return ansi.NewStyle().ForegroundColor(c).String()
	}
	s := sgrStyles{
		dim: on(dim), accent: on(accent), good: on(good), warn: on(warn), bad: on(bad),
		strong:   ansi.NewStyle().Bold().String(),
		header:   ansi.NewStyle().Bold().String() + on(accent),
		match:    ansi.NewStyle().Bold().Underline(true).String() + on(match),
		selected: ansi.NewStyle().Reverse(true).String(),
	}
	if !t.colourless() {
		s.selected = ansi.NewStyle().BackgroundColor(chosen).Bold().String()
	}
	for _, c := range candidateColours {
		night, light := lipgloss.Color(c[1]), lipgloss.Color(c[0])
		if t.colourless() {
			s.candidates = append(s.candidates, "")
			continue
		}
		s.candidates = append(s.candidates, on(lipgloss.LightDark(t.dark)(light, night)))
	}
	return s
}

// candidateColours tell up to six candidates apart, for light and for dark
// backgrounds; after Okabe and Ito's palette for colour-blind readers.
var candidateColours = [][2]string{
	{"#0060a0", "#56b4e9"}, {"#a04800", "#e69f00"}, {"#00694c", "#2cc295"},
	{"#8a2f68", "#e08fc0"}, {"#6b5f00", "#f0e442"}, {"#b03a00", "#ff8552"},
}

func (t *theme) inputStyles() textinput.Styles {
	s := textinput.DefaultStyles(t.dark)
	for _, state := range []*textinput.StyleState{&s.Focused, &s.Blurred} {
		state.Prompt, state.Placeholder = t.accent, t.dim
		state.Text, state.Suggestion = lipgloss.NewStyle(), t.dim
	}
	return s
}

// ramp is the colour scale of that kind for this terminal.
func (t *theme) ramp(k RampKind) *Ramp { return t.ramps[k] }

// candidate is the colour of the i-th candidate as an escape sequence.
func (t *theme) candidate(i int) string { return t.sgr.candidates[i%len(t.sgr.candidates)] }
