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
	// Dark tells that the terminal's background is, and Profile which colours it has.
	Dark    bool
	Profile colorprofile.Profile

	// Accent is for what can be pressed, Dim for what matters less, Good, Warn and Bad
	// for how something went, Strong for what is read first, Title for the heads of
	// boxes and panes.
	Accent, Dim, Good, Warn, Bad, Strong, Title Pen
	// Bar is the line of tabs, Tab one of them and TabActive the one that is shown.
	Bar, Tab, TabActive Pen
	// Box is the frame around an overlay.
	Box lipgloss.Style
	// Inputs are the looks of text fields.
	Inputs textinput.Styles

	ramps [RampDiverging + 1]*Ramp

	// Codes holds the same looks as ready-made prefixes for drawings that write
	// many cells.
	Codes Codes
}

// Codes are escape sequences that switch a look on; Reset ends them all.
type Codes struct {
	Dim, Accent, Strong, Header, Selected, Match, Good, Warn, Bad string
	// Candidates are the colours that tell candidates apart, in their order.
	Candidates []string
}

// Reset is the escape sequence that ends every look.
const Reset = "\x1b[m"

// Colourless tells that no colour may be used: selection is shown in reverse.
func (t *Theme) Colourless() bool { return t.Profile <= colorprofile.ASCII }

// New makes the theme for a terminal with a dark or light background and the colours
// of that profile.
func New(dark bool, profile colorprofile.Profile) *Theme {
	t := &Theme{Dark: dark, Profile: profile}
	t.Codes = t.newCodes()
	t.Accent, t.Dim, t.Strong = Pen(t.Codes.Accent), Pen(t.Codes.Dim), Pen(t.Codes.Strong)
	t.Title = t.Accent.Bold()
	t.Good, t.Warn, t.Bad = Pen(t.Codes.Good), Pen(t.Codes.Warn), Pen(t.Codes.Bad)
	t.Tab, t.TabActive = t.Dim, Pen(t.Codes.Selected)
	t.Box = lipgloss.NewStyle().Border(lipgloss.RoundedBorder())
	if t.Colourless() {
		t.TabActive = t.TabActive.Bold()
	} else {
		t.Box = t.Box.BorderForeground(t.pick(accentColour))
		t.Bar = Pen(ansi.NewStyle().BackgroundColor(t.pick(bandColour)).String())
		t.Tab += t.Bar
	}
	for kind := range t.ramps {
		t.ramps[kind] = NewRamp(RampKind(kind), profile, dark)
	}
	t.Inputs = t.inputStyles()
	return t
}

// tone is a colour for light and for dark backgrounds.
type tone struct{ light, dark string }

var (
	accentColour = tone{"#1f5fbf", "#7aa2f7"}
	dimColour    = tone{"#5d6370", "#9aa1b2"}
	goodColour   = tone{"#2f6f16", "#9ece6a"}
	warnColour   = tone{"#8a5a00", "#e0af68"}
	badColour    = tone{"#b3261e", "#f7768e"}
	matchColour  = tone{"#a34700", "#ff9e64"}
	bandColour   = tone{"#e6e9f0", "#262b3d"}
	chosenColour = tone{"#cfdffb", "#33467c"}
)

// pick is the colour for this background; nil where there are no colours.
func (t *Theme) pick(of tone) color.Color {
	if t.Colourless() {
		return nil
	}
	return lipgloss.LightDark(t.Dark)(lipgloss.Color(of.light), lipgloss.Color(of.dark))
}

// ink switches the colour on for what is written; empty where there are no colours.
func (t *Theme) ink(of tone) string {
	c := t.pick(of)
	if c == nil {
		return ""
	}
	return ansi.NewStyle().ForegroundColor(c).String()
}

func (t *Theme) newCodes() Codes {
	bold := ansi.NewStyle().Bold()
	c := Codes{
		Dim: t.ink(dimColour), Accent: t.ink(accentColour), Good: t.ink(goodColour), Warn: t.ink(warnColour), Bad: t.ink(badColour),
		Strong:   bold.String(),
		Header:   bold.String() + t.ink(accentColour),
		Match:    bold.Underline(true).String() + t.ink(matchColour),
		Selected: ansi.NewStyle().Reverse(true).String(),
	}
	if !t.Colourless() {
		c.Selected = ansi.NewStyle().BackgroundColor(t.pick(chosenColour)).Bold().String()
	}
	c.Candidates = candidateCodes(t.Dark, t.Profile)
	return c
}

func (t *Theme) inputStyles() textinput.Styles {
	s := textinput.DefaultStyles(t.Dark)
	plain := lipgloss.NewStyle()
	accent, dim := plain, plain
	if !t.Colourless() {
		accent, dim = plain.Foreground(t.pick(accentColour)), plain.Foreground(t.pick(dimColour))
	}
	for _, state := range []*textinput.StyleState{&s.Focused, &s.Blurred} {
		state.Prompt, state.Placeholder = accent, dim
		state.Text, state.Suggestion = plain, dim
	}
	return s
}

// Ramp is the colour scale of that kind for this terminal.
func (t *Theme) Ramp(k RampKind) *Ramp { return t.ramps[k] }

// Candidate is the colour of the i-th candidate as an escape sequence.
func (t *Theme) Candidate(i int) string { return t.Codes.Candidates[i%len(t.Codes.Candidates)] }
