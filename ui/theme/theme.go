package theme

import (
	"image/color"

	"charm.land/bubbles/v2/textinput"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// Theme holds every style and glyph. It is made anew when the background, the
// colour profile or the scale changes; screens only read it.
type Theme struct {
	Dark    bool
	Profile colorprofile.Profile

	Accent, Dim, Good, Warn, Bad, Strong, match lipgloss.Style
	Tab, TabActive, Bar, selected, Box, Title   lipgloss.Style
	Inputs                                      textinput.Styles

	ramps [RampDiverging + 1]*Ramp

	// Codes holds the same looks as ready-made prefixes for drawings that write
	// many cells.
	Codes Codes
}

// Codes are escape sequences that switch a look on; sgrReset ends them all.
type Codes struct {
	Dim, Accent, Strong, Header, Selected, Match, Good, Warn, Bad string
	// Candidates are the colours that tell candidates apart, in their order.
	Candidates []string
}

const Reset = "\x1b[m"

// Colourless tells that no colour may be used: selection is shown in reverse.
func (t *Theme) Colourless() bool { return t.Profile <= colorprofile.ASCII }

func New(dark bool, profile colorprofile.Profile) *Theme {
	t := &Theme{Dark: dark, Profile: profile}
	pick := func(light, night string) color.Color {
		if t.Colourless() {
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
	t.Accent, t.Dim, t.Good, t.Warn, t.Bad = style(accent), style(dim), style(good), style(warn), style(bad)
	t.Strong = lipgloss.NewStyle().Bold(true)
	t.match = style(match).Bold(true).Underline(true)
	t.Title = style(accent).Bold(true)
	t.Box = style(nil).Border(lipgloss.RoundedBorder())
	if accent != nil {
		t.Box = t.Box.BorderForeground(accent)
	}
	t.Bar, t.selected = lipgloss.NewStyle(), lipgloss.NewStyle().Reverse(true)
	t.Tab, t.TabActive = style(dim), lipgloss.NewStyle().Reverse(true).Bold(true)
	if !t.Colourless() {
		t.Bar = t.Bar.Background(band)
		t.selected = lipgloss.NewStyle().Background(chosen).Bold(true)
		t.Tab = t.Tab.Background(band)
		t.TabActive = lipgloss.NewStyle().Background(chosen).Bold(true)
	}
	t.Codes = t.newSGR(accent, dim, good, warn, bad, match, chosen)
	for kind := range t.ramps {
		t.ramps[kind] = NewRamp(RampKind(kind), profile, dark)
	}
	t.Inputs = t.inputStyles()
	return t
}

func (t *Theme) newSGR(accent, dim, good, warn, bad, match, chosen color.Color) Codes {
	on := func(c color.Color) string {
		if c == nil {
			return ""
		}
		return ansi.NewStyle().ForegroundColor(c).String()
	}
	s := Codes{
		Dim: on(dim), Accent: on(accent), Good: on(good), Warn: on(warn), Bad: on(bad),
		Strong:   ansi.NewStyle().Bold().String(),
		Header:   ansi.NewStyle().Bold().String() + on(accent),
		Match:    ansi.NewStyle().Bold().Underline(true).String() + on(match),
		Selected: ansi.NewStyle().Reverse(true).String(),
	}
	if !t.Colourless() {
		s.Selected = ansi.NewStyle().BackgroundColor(chosen).Bold().String()
	}
	for _, c := range candidateColours {
		night, light := lipgloss.Color(c[1]), lipgloss.Color(c[0])
		if t.Colourless() {
			s.Candidates = append(s.Candidates, "")
			continue
		}
		s.Candidates = append(s.Candidates, on(lipgloss.LightDark(t.Dark)(light, night)))
	}
	return s
}

// candidateColours tell up to six candidates apart, for light and for dark
// backgrounds; after Okabe and Ito's palette for colour-blind readers.
var candidateColours = [][2]string{
	{"#0060a0", "#56b4e9"}, {"#a04800", "#e69f00"}, {"#00694c", "#2cc295"},
	{"#8a2f68", "#e08fc0"}, {"#6b5f00", "#f0e442"}, {"#b03a00", "#ff8552"},
}

func (t *Theme) inputStyles() textinput.Styles {
	s := textinput.DefaultStyles(t.Dark)
	for _, state := range []*textinput.StyleState{&s.Focused, &s.Blurred} {
		state.Prompt, state.Placeholder = t.Accent, t.Dim
		state.Text, state.Suggestion = lipgloss.NewStyle(), t.Dim
	}
	return s
}

// Ramp is the colour scale of that kind for this terminal.
func (t *Theme) Ramp(k RampKind) *Ramp { return t.ramps[k] }

// Candidate is the colour of the i-th candidate as an escape sequence.
func (t *Theme) Candidate(i int) string { return t.Codes.Candidates[i%len(t.Codes.Candidates)] }
