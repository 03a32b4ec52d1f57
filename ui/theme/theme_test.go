package theme

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// Every look has its own colour, which is another one on another background.
func TestLooksAreToldApart(t *testing.T) {
	dark, light := New(true, colorprofile.TrueColor), New(false, colorprofile.TrueColor)
	for name, pens := range map[string][2]Pen{
		"accent": {dark.Accent, light.Accent}, "dim": {dark.Dim, light.Dim}, "good": {dark.Good, light.Good}, "warn": {dark.Warn, light.Warn}, "bad": {dark.Bad, light.Bad},
	} {
		tones := map[string]tone{"accent": accentColour, "dim": dimColour, "good": goodColour, "warn": warnColour, "bad": badColour}
		for i, of := range []*Theme{dark, light} {
			if string(pens[i]) != of.ink(tones[name]) || pens[i] == "" {
				t.Errorf("%s is %q with a dark background %v", name, pens[i], of.Dark)
			}
		}
		if pens[0] == pens[1] {
			t.Errorf("%s is the same on both backgrounds", name)
		}
	}
	ink := func(of tone, dark bool) float64 {
		hex := of.light
		if dark {
			hex = of.dark
		}
		var v uint32
		for _, r := range strings.ToLower(hex[1:]) {
			v = v*16 + uint32(strings.IndexRune("0123456789abcdef", r))
		}
		return luminance(hexRGB(v))
	}
	for _, of := range []tone{accentColour, dimColour, goodColour, warnColour, badColour, matchColour} {
		if ink(of, true) < ink(of, false) {
			t.Errorf("%v is darker on a dark background than on a light one", of)
		}
	}
}

func TestWithoutColoursNothingHasOneAndWhatIsChosenIsInReverse(t *testing.T) {
	for _, profile := range []colorprofile.Profile{colorprofile.ASCII, colorprofile.NoTTY} {
		th := New(true, profile)
		if !th.Colourless() || th.Codes.Selected != Reverse || !strings.Contains(string(th.TabActive), "1") || !strings.Contains(string(th.TabActive), "7") {
			t.Errorf("%v: colourless %v, chosen is %q, the active tab %q", profile, th.Colourless(), th.Codes.Selected, th.TabActive)
		}
		for _, code := range append([]string{th.Codes.Dim, th.Codes.Accent, th.Codes.Good, th.Codes.Warn, th.Codes.Bad}, th.Codes.Candidates...) {
			if code != "" {
				t.Errorf("%v has the colour %q", profile, code)
			}
		}
	}
	if New(true, colorprofile.ANSI).Colourless() {
		t.Error("16 colours are none")
	}
}

func TestCandidatesHaveTheirColoursInTheirOrder(t *testing.T) {
	for _, dark := range []bool{true, false} {
		th := New(dark, colorprofile.TrueColor)
		want := candidatesOnLight
		if dark {
			want = candidatesOnDark
		}
		for i := range 8 {
			if got := th.Candidate(i); got != want.inks(colorprofile.TrueColor)[i%6].sgr(38) {
				t.Errorf("on dark %v the colour of candidate %d is %q", dark, i+1, got)
			}
		}
	}
}

func TestAPenWritesNothingWhereItHasNoLook(t *testing.T) {
	for pen, want := range map[Pen]string{"": "text", "\x1b[31m": "\x1b[31mtext\x1b[m", Pen("\x1b[31m").Bold(): "\x1b[1;31mtext\x1b[m", Pen("").Bold(): "\x1b[1mtext\x1b[m"} {
		if got := pen.Render("text"); got != want || ansi.Strip(got) != "text" {
			t.Errorf("%q writes %q, want %q", pen, got, want)
		}
	}
}
