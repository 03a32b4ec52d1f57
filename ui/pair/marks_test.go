package pair_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui/pair"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
)

// plainly shows the changed words in brackets.
func plainly(line string, t *theme.Theme) string {
	return strings.NewReplacer(t.Codes.Match, "[", theme.Reset, "]").Replace(line)
}

func TestMarkedLineShowsTheFirstDifference(t *testing.T) {
	th := theme.New(true, colorprofile.TrueColor)
	for _, test := range []struct {
		a, b string
		w    int
		want string
	}{
		{"the same", "the same", 20, "the same"},
		{"a cat sat", "a dog sat", 20, "a [cat] sat"},
		{"The comet was last seen in 1986.", "The comet was last seen in 1910.", 14, "… in [1986]."},
		{"The comet was last seen in 1986.", "The comet was last seen in 1910.", 24, "… in [1986]."},
		{"The comet was last seen in 1986.", "The comet was last seen in 1910.", 31, "… seen in [1986]."},
		{"The comet was last seen in 1986.", "The comet was last seen in 1910.", 32, "The comet was last seen in [1986]."},
		{"The comet of 1986 was seen in all countries", "The comet of 1910 was seen in all countries", 20, "The comet of [1986] w…"},
		{"The comets of 1986 were seen in all countries", "The comets of 1910 were seen in all countries", 20, "… of [1986] were seen…"},
		{"The comet was last seen in 1986.", "The comet was last seen in 1910.", 40, "The comet was last seen in [1986]."},
		{"no end in sight for this one", "no end in sight", 12, "no end in s…"},
		{"一二三四五六七八九十", "一二三四五六七八九百", 10, "…八九[十]"},
	} {
		as, _ := pair.MarkedWindows(test.a, test.b, test.w)
		if test.a == "no end in sight for this one" {
			as = as[:1]
		}
		if got := plainly(pair.MarkedLine(as, test.w, th.Codes.Match), th); got != test.want {
			t.Errorf("%q against %q in %d columns is %q, want %q", test.a, test.b, test.w, got, test.want)
		}
	}
}

func TestMarkedLineNeverExceedsItsWidth(t *testing.T) {
	th := theme.New(true, colorprofile.TrueColor)
	for i := range uitest.Hostile {
		for j := range uitest.Hostile {
			for w := range 40 {
				as, bs := pair.MarkedWindows(uitest.Hostile[i].Text, uitest.Hostile[j].Text, w)
				for _, spans := range [][]pair.Span{as, bs} {
					if got := pair.MarkedLine(spans, w, th.Codes.Match); term.Width(got) > w || strings.Contains(got, "\n") {
						t.Fatalf("%q in %d columns takes %d: %q", uitest.Hostile[i].Text, w, term.Width(got), got)
					}
				}
			}
		}
	}
}

func TestMarkedLinesHoldTheWholeTextAndEndTheirLook(t *testing.T) {
	th := theme.New(true, colorprofile.TrueColor)
	texts := append([]string{"one two\nthree four", "a-very-long-word-without-any-space-in-it"}, uitest.Hostile[1].Text, uitest.Hostile[2].Text, uitest.Hostile[5].Text, uitest.Hostile[6].Text)
	for _, a := range texts {
		as, _ := pair.MarkedPair(a, "something else altogether")
		for _, w := range []int{7, 20, 80} {
			lines := pair.MarkedLines(as, w, th)
			for _, l := range lines {
				if on := strings.LastIndex(l, th.Codes.Match); on > strings.LastIndex(l, theme.Reset) {
					t.Errorf("the look of %q goes on after its line", l)
				}
				if term.Width(l) > w {
					t.Errorf("%q is wider than %d", l, w)
				}
			}
			squeeze := func(s string) string { return strings.Join(strings.Fields(ansi.Strip(s)), "") }
			if got, want := squeeze(strings.Join(lines, "")), squeeze(pair.SafeKeepingLines(a)); got != want {
				t.Errorf("in %d columns %q became %q", w, want, got)
			}
		}
	}
}

// Each line has the look of what differs in it, whatever stood before, and ends it.
func TestEveryLineOfWhatDiffersHasItsLook(t *testing.T) {
	th := theme.New(true, colorprofile.TrueColor)
	for _, c := range []struct {
		spans []pair.Span
		w     int
		want  []string
	}{
		{nil, 9, []string{""}},
		{[]pair.Span{{Text: "one two six"}}, 4, []string{"one", "two", "six"}},
		{[]pair.Span{{Text: "one two six", Changed: true}}, 4, []string{"[one]", "[two]", "[six]"}},
		{[]pair.Span{{Text: "one "}, {Text: "two six", Changed: true}, {Text: " ten"}}, 4, []string{"one", "[two]", "[six]", "ten"}},
		{[]pair.Span{{Text: "a\n\nb", Changed: true}, {Text: "\nc"}}, 4, []string{"[a]", "[]", "[b]", "c"}},
		{[]pair.Span{{Text: "one two"}}, 0, []string{"o", "n", "e", "t", "w", "o"}},
	} {
		lines := pair.MarkedLines(c.spans, c.w, th)
		for i := range lines {
			lines[i] = plainly(lines[i], th)
		}
		if !slices.Equal(lines, c.want) {
			t.Errorf("%v in %d columns is %q, want %q", c.spans, c.w, lines, c.want)
		}
	}
}

func TestLinesAndTabsOfForeignTextsStay(t *testing.T) {
	for text, want := range map[string]string{
		"a\tb": "a    b", "a\r\nb": "a\nb", "a\rb": "a\nb", "a\u2028b": "a\nb", "a\n\nb\n": "a\n\nb\n", "a\x1b[1mb\nc\x07": "ab\nc\ufffd", "": "",
	} {
		if got := pair.SafeKeepingLines(text); got != want {
			t.Errorf("%q is drawn as %q, want %q", text, got, want)
		}
	}
}

func TestMarkedPairKeepsForeignSequencesOut(t *testing.T) {
	th := theme.New(true, colorprofile.TrueColor)
	as, bs := pair.MarkedPair(uitest.Hostile[5].Text, "escape \x1b[32mgreen\x1b[0m sequences\x1b]52;c;aGk=\x07")
	for _, spans := range [][]pair.Span{as, bs} {
		text := plainly(strings.Join(pair.MarkedLines(spans, 80, th), "\n"), th)
		if strings.ContainsAny(text, "\x1b\x07") {
			t.Errorf("an escape sequence gets through: %q", text)
		}
	}
}

func TestMarkedLineShowsADifferenceFarFromTheBeginning(t *testing.T) {
	th := theme.New(true, colorprofile.TrueColor)
	long := strings.Repeat("the customer reported that it rains ", 300)
	for _, end := range [][2]string{{"in Graz.", "in Linz."}, {"", "in Wien."}, {"日本", "日光"}} {
		as, bs := pair.MarkedWindows(long+end[0], long+end[1], 24)
		one, other := plainly(pair.MarkedLine(as, 24, th.Codes.Match), th), plainly(pair.MarkedLine(bs, 24, th.Codes.Match), th)
		if one == other || !strings.HasPrefix(one, term.Ellipsis) || !strings.HasPrefix(other, term.Ellipsis) {
			t.Errorf("texts that end in %q and %q are shown as %q and %q", end[0], end[1], one, other)
		}
	}
}

// Both texts of a pair are marked alike, whichever stands first; one that ends where the other
// goes on has an empty change at its end.
func TestMarksAreTheSameInBothOrders(t *testing.T) {
	for _, c := range [][2]string{
		{"a cat sat on the mat", "a cat sat on the mat today"}, {"a cat sat on the mat", "a dog sat on the mat"},
		{"a cat sat on the mat", "a cat sat on the mat"}, {"now a cat sat on the mat", "a cat sat on the mat"}, {"", "a cat"},
	} {
		as, bs := pair.MarkedWindows(c[0], c[1], 40)
		bs2, as2 := pair.MarkedWindows(c[1], c[0], 40)
		if !slices.Equal(as, as2) || !slices.Equal(bs, bs2) {
			t.Errorf("%q and %q are %+v and %+v, the other way round %+v and %+v", c[0], c[1], as, bs, as2, bs2)
		}
	}
	as, bs := pair.MarkedWindows("a cat sat on the mat", "a cat sat on the mat today", 40)
	if n := len(as) - 1; n != 1 || !as[n].Changed || as[n].Text != "" || len(bs) < 2 {
		t.Errorf("the text that ends earlier is %+v beside %+v", as, bs)
	}
}
