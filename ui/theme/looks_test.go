package theme

import (
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// The sequences are worked out by hand from the colours' names in hexadecimal.
func TestEveryLookIsWrittenInItsOwnColours(t *testing.T) {
	for _, c := range []struct {
		dark    bool
		profile colorprofile.Profile
		want    map[string]string
	}{
		{true, colorprofile.TrueColor, map[string]string{
			"title": "\x1b[1;38;2;122;162;247m", "header": "\x1b[1m\x1b[38;2;122;162;247m", "match": "\x1b[1;4m\x1b[38;2;255;158;100m",
			"selected": "\x1b[48;2;51;70;124;1m", "bar": "\x1b[48;2;38;43;61m", "tab": "\x1b[38;2;154;161;178m\x1b[48;2;38;43;61m", "active": "\x1b[48;2;51;70;124;1m",
		}},
		{false, colorprofile.TrueColor, map[string]string{
			"title": "\x1b[1;38;2;31;95;191m", "header": "\x1b[1m\x1b[38;2;31;95;191m", "match": "\x1b[1;4m\x1b[38;2;163;71;0m",
			"selected": "\x1b[48;2;207;223;251;1m", "bar": "\x1b[48;2;230;233;240m", "tab": "\x1b[38;2;93;99;112m\x1b[48;2;230;233;240m", "active": "\x1b[48;2;207;223;251;1m",
		}},
		{true, colorprofile.ASCII, map[string]string{
			"title": "\x1b[1m", "header": "\x1b[1m", "match": "\x1b[1;4m", "selected": "\x1b[7m", "bar": "", "tab": "", "active": "\x1b[1;7m",
		}},
	} {
		th := New(c.dark, c.profile)
		for name, got := range map[string]string{
			"title": string(th.Title), "header": th.Codes.Header, "match": th.Codes.Match, "selected": th.Codes.Selected,
			"bar": string(th.Bar), "tab": string(th.Tab), "active": string(th.TabActive),
		} {
			if got != c.want[name] {
				t.Errorf("dark %v, %v: %s is %q, want %q", c.dark, c.profile, name, got, c.want[name])
			}
		}
	}
}

func TestTextFieldsHaveAnAccentedPromptAndDimHints(t *testing.T) {
	for _, dark := range []bool{true, false} {
		th := New(dark, colorprofile.TrueColor)
		looks := map[string]string{}
		for name, style := range map[string]lipgloss.Style{
			"prompt": th.Inputs.Focused.Prompt, "hint": th.Inputs.Focused.Placeholder, "text": th.Inputs.Focused.Text, "completion": th.Inputs.Focused.Suggestion,
			"prompt left": th.Inputs.Blurred.Prompt, "hint left": th.Inputs.Blurred.Placeholder,
		} {
			looks[name] = style.Render("x")
		}
		accent, dim := th.Accent.Render("x"), th.Dim.Render("x")
		for name, want := range map[string]string{"prompt": accent, "hint": dim, "text": "x", "completion": dim, "prompt left": accent, "hint left": dim} {
			if looks[name] != want {
				t.Errorf("dark %v: %s is %q, want %q", dark, name, looks[name], want)
			}
		}
	}
	for _, style := range []lipgloss.Style{New(true, colorprofile.ASCII).Inputs.Focused.Prompt, New(true, colorprofile.NoTTY).Inputs.Blurred.Placeholder} {
		if got := style.Render("x"); got != "x" {
			t.Errorf("without colours a text field has %q", got)
		}
	}
}

// A theme has each scale for its own background, as that of similarities in grey shows.
func TestScalesOfAThemeAreThoseOfItsBackground(t *testing.T) {
	for _, dark := range []bool{true, false} {
		th := New(dark, colorprofile.ANSI256)
		for _, kind := range rampKinds {
			if got, want := th.Ramp(kind), NewRamp(kind, colorprofile.ANSI256, dark); got.kind != kind || got.Cell(0) != want.Cell(0) || got.Cell(RampSteps-1) != want.Cell(RampSteps-1) {
				t.Errorf("dark %v: %v is from %q to %q", dark, kind, got.Cell(0), got.Cell(RampSteps-1))
			}
		}
	}
}

func TestTheCursorOfAScaleIsItsCellTurnedRound(t *testing.T) {
	for _, c := range []struct {
		profile                 colorprofile.Profile
		lowest, highest, absent string // of cells
		low, high, none         string // turned round
		mark                    string
	}{
		{colorprofile.TrueColor, "\x1b[48;2;68;1;84m\x1b[38;2;255;255;255m", "\x1b[48;2;253;231;37m\x1b[38;2;0;0;0m", Faint,
			"\x1b[48;2;255;255;255m\x1b[38;2;68;1;84m", "\x1b[48;2;0;0;0m\x1b[38;2;253;231;37m", Reverse, "\x1b[38;2;255;45;111m"},
		{colorprofile.ANSI256, "\x1b[48;5;53m\x1b[38;5;231m", "\x1b[48;5;226m\x1b[38;5;16m", Faint, "\x1b[48;5;231m\x1b[38;5;53m", "\x1b[48;5;16m\x1b[38;5;226m", Reverse, "\x1b[38;5;197m"},
		{colorprofile.ANSI, "\x1b[44m\x1b[97m", "\x1b[103m\x1b[30m", Faint, "\x1b[107m\x1b[34m", "\x1b[40m\x1b[93m", Reverse, "\x1b[91m"},
		{colorprofile.ASCII, "", "", Faint, Reverse, Reverse, Reverse, ""},
	} {
		r := NewRamp(RampViridis, c.profile, true)
		if r.Cell(0) != c.lowest || r.Cell(RampSteps-1) != c.highest || r.Cell(NoStep) != c.absent {
			t.Errorf("%v: cells are %q, %q and %q", c.profile, r.Cell(0), r.Cell(RampSteps-1), r.Cell(NoStep))
		}
		if r.Inverted(0) != c.low || r.Inverted(RampSteps-1) != c.high || r.Inverted(NoStep) != c.none {
			t.Errorf("%v: turned round they are %q, %q and %q", c.profile, r.Inverted(0), r.Inverted(RampSteps-1), r.Inverted(NoStep))
		}
		if r.Mark != c.mark {
			t.Errorf("%v: the mark is %q, want %q", c.profile, r.Mark, c.mark)
		}
	}
}

// The cursor among half-blocks has a colour that no step has, whatever the terminal.
func TestTheMarkOfAScaleIsNoneOfItsSteps(t *testing.T) {
	for _, c := range []struct {
		kind    RampKind
		profile colorprofile.Profile
		dark    bool
		want    string
	}{
		{RampGrey, colorprofile.TrueColor, false, "\x1b[38;2;255;45;111m"}, {RampCividis, colorprofile.ANSI256, false, "\x1b[38;5;197m"},
		{RampDiverging, colorprofile.TrueColor, true, "\x1b[38;2;80;250;123m"}, {RampDiverging, colorprofile.ANSI256, true, "\x1b[38;5;84m"}, {RampDiverging, colorprofile.ANSI, true, "\x1b[92m"},
		{RampDiverging, colorprofile.TrueColor, false, "\x1b[38;2;0;120;50m"}, {RampDiverging, colorprofile.ANSI256, false, "\x1b[38;5;28m"}, {RampDiverging, colorprofile.ANSI, false, "\x1b[32m"},
	} {
		r := NewRamp(c.kind, c.profile, c.dark)
		if r.Mark != c.want {
			t.Errorf("%v, %v, dark %v: the mark is %q, want %q", c.kind, c.profile, c.dark, r.Mark, c.want)
		}
		for step := range RampSteps {
			if r.Ink(step) == r.Mark {
				t.Errorf("%v, %v, dark %v: step %d looks like the mark", c.kind, c.profile, c.dark, step)
			}
		}
	}
}

func TestHalvesShowTwoStepsOrTheGround(t *testing.T) {
	r := NewRamp(RampGrey, colorprofile.ANSI256, true)
	for _, c := range []struct {
		top, bottom int
		want        string
	}{
		{0, RampSteps - 1, "\x1b[38;5;233m\x1b[48;5;255m▀"}, {RampSteps - 1, 0, "\x1b[38;5;255m\x1b[48;5;233m▀"},
		{NoStep, 0, "\x1b[38;5;233m\x1b[49m▄"}, {0, NoStep, "\x1b[38;5;233m\x1b[49m▀"}, {NoStep, NoStep, "\x1b[49m "},
	} {
		if got := r.Half(c.top, c.bottom); got != c.want {
			t.Errorf("%d over %d is %q, want %q", c.top, c.bottom, got, c.want)
		}
	}
	plain := NewRamp(RampGrey, colorprofile.ASCII, true)
	for _, c := range []struct {
		top, bottom int
		want        string
	}{{31, 32, "▄"}, {32, 31, "▀"}, {32, 32, "█"}, {31, 31, " "}, {NoStep, 63, "▄"}} {
		if got := ansi.Strip(plain.Half(c.top, c.bottom)); got != c.want {
			t.Errorf("without colours %d over %d is %q, want %q", c.top, c.bottom, got, c.want)
		}
	}
}
