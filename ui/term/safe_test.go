package term

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

func TestSafeMakesOneHarmlessLine(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain text stays", "How do I return it?", "How do I return it?"},
		{"newlines are shown", "one\ntwo\r\nthree\rfour\u2028five", "one⏎two⏎three⏎four⏎five"},
		{"a tab is a space", "a\tb", "a b"},
		{"colour is taken out", "\x1b[31mred\x1b[0m", "red"},
		{"a window title is taken out", "a\x1b]0;owned\ab\x1b]0;owned\x1b\\c", "abc"},
		{"a device string is taken out", "a\x1bP1$r0m\x1b\\b", "ab"},
		{"8-bit sequences are taken out", "a\u009b31mb\u009d0;owned\u009cc", "abc"},
		{"two-byte sequences are taken out", "a\x1bcb\x1b(0c\x1b7d", "abcd"},
		{"an unfinished string swallows nothing", "a\x1b]0;the rest", "a0;the rest"},
		{"an unfinished sequence goes", "a\x1b[", "a"},
		{"a lone escape goes", "a\x1b", "a"},
		{"other controls are shown", "a\x00b\bc\x7fd\u0084e", "a�b�c�d�e"},
		{"invalid bytes are shown", "a\xffb\x9bc", "a�b�c"},
		{"bidi controls go", "a\u202eb\u2066c\u2069\u200fd\u061ce\ufefff", "abcdef"},
		{"right-to-left letters stay in order", "שלום 12", "שלום 12"},
		{"tags and zero-width spaces go", "a\u200bb\U000e0041c\u00add", "abcd"},
		{"wide characters stay", "日本語", "日本語"},
		{"a combining mark stays on its base", "e\u0301a", "e\u0301a"},
		{"a lone combining mark gets a base", "\u0301a", "◌\u0301a"},
		{"a joined emoji is shown as its parts", "👩\u200d👩\u200d👧!", "👩👩👧!"},
		{"a skin tone goes", "👍🏽", "👍"},
		{"a picture selector goes", "❤\ufe0f 1\ufe0f\u20e3", "❤ 1\u20e3"},
		{"a flag stays, half a flag is its letter", "🇩🇪🇫", "🇩🇪F"},
		{"Hangul letters are composed", "\u1100\u1161\u11a8", "각"},
		{"a dangling joiner goes", "a👩\u200d", "a👩"},
		{"signs beside Devanagari letters stand apart", "हिन्दी", "ह\u200bिन्\u200bद\u200bी"},
		{"Burmese signs need no base of their own", "ကော်", "က\u200bော်"},
		{"a Thai sign of two is two", "กำ ที่ น้ำ", "กํา ที่ น้ํา"},
		{"a delete among letters is shown", "a\x7f", "a�"},
		{"a sequence with a blank in it is taken out", "a\x1b[0 qb", "ab"},
		{"private strings are taken out", "a\x1b^owned\x1b\\b\x1bXowned\x1b\\c\x1b_owned\x1b\\d", "abcd"},
		{"8-bit private strings are taken out", "a\u009fowned\u009cb\u009eowned\u009cc\u0098owned\u009cd", "abcd"},
		{"a set of characters of several bytes is taken out", "a\x1b$(Dxb", "axb"},
		{"an escape ends a string that has no end", "a\x1b]0;x\x1b[31mred\ab", "a0;xred�b"},
		{"what parts the letters of a word stays", "می\u200cخواهم", "می\u200cخواهم"},
		{"a Burmese sign without a letter gets a base", "ော", "◌\u200bော"},
		{"joiners at the ends go", "\u200dab\u200c", "ab"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Safe(c.in); got != c.want {
				t.Errorf("Safe(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestSafeBoundsHeapsOfMarks(t *testing.T) {
	got := Safe("a" + strings.Repeat("\u0301", 500) + "b")
	if len(got) > clusterLimit+1 || !strings.HasSuffix(got, "b") {
		t.Errorf("a heap of marks is %d bytes after Safe: %q", len(got), got)
	}
	if got := Safe("က\u102b" + strings.Repeat("\u103a", 500)); len(got) > 2*clusterLimit {
		t.Errorf("a heap of marks behind a sign of their own is %d bytes after Safe", len(got))
	}
}

func TestFitIsExact(t *testing.T) {
	red, reset := "\x1b[31m", "\x1b[m"
	for _, c := range []struct {
		in          string
		w           int
		left, right string
	}{
		{"abc", 5, "abc  ", "  abc"},
		{"abcdef", 4, "abc…", "abc…"},
		{"日本語", 6, "日本語", "日本語"},
		{"日本語", 4, "日… ", " 日…"},
		{"日本語", 2, "… ", " …"},
		{"日", 1, "…", "…"},
		{"abc", 0, "", ""},
		{"abc", -1, "", ""},
		{"", 2, "  ", "  "},
		{red + "abcdef" + reset, 4, red + "abc…" + reset, red + "abc…" + reset},
	} {
		if got := Fit(c.in, c.w); got != c.left {
			t.Errorf("Fit(%q, %d) = %q, want %q", c.in, c.w, got, c.left)
		}
		if got := FitLeft(c.in, c.w); got != c.right {
			t.Errorf("FitLeft(%q, %d) = %q, want %q", c.in, c.w, got, c.right)
		}
	}
}

func TestPaddingNeverCuts(t *testing.T) {
	if got := PadRight("abc", 2) + PadLeft("abc", 2) + PadRight("日", 3) + PadLeft("日", 3); got != "abcabc日  日" {
		t.Errorf("got %q", got)
	}
}

// What is looked for as the end of a string is not looked for through a whole text.
func TestAStrayIntroducerSwallowsNoText(t *testing.T) {
	for n, swallowed := range map[int]bool{10: true, stringLimit - 1: true, stringLimit: false, 4 * stringLimit: false} {
		if got := Safe("a\x1b]" + strings.Repeat("x", n) + "\ab"); (got == "ab") != swallowed {
			t.Errorf("of a string of %d characters %d bytes are left", n, len(got))
		}
	}
}

func TestSafeFitReadsOnlyWhatItShows(t *testing.T) {
	long := strings.Repeat("word ", 100_000)
	if got := SafeFit(long, 12); got != "word word w…" {
		t.Errorf("got %q", got)
	}
	if got := SafeFit(strings.Repeat("\x1b[31m", 1000)+"end", 12); got != "…           " {
		t.Errorf("%q does not say that something is left out", got)
	}
	if got := SafeFit("short\n", 8); got != "short⏎  " {
		t.Errorf("got %q", got)
	}
}

func TestSafeLinesWrapsToWidth(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		want  []string
	}{
		{"one two three", 7, []string{"one two", "three"}},
		{"one\n\ntwo", 7, []string{"one", "", "two"}},
		{"\x1b[2Jone\r\ntwo\u2028three", 9, []string{"one", "two", "three"}},
		{"abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"日本語", 4, []string{"日本", "語"}},
		{"日本", 1, []string{"", "…", "…"}},
		{"a\tb", 8, []string{"a    b"}},
		{"", 5, []string{""}},
		{"AUC -0.2", 3, []string{"AUC", "-0.", "2"}},
		{"one two -3", 7, []string{"one two", "-3"}},
		{"AUC -0.131, interval", 7, []string{"AUC", "-0.131,", "interva", "l"}},
		{"next (-0.131 …", 8, []string{"next", "(-0.131", "…"}},
		{"take use-lite@512 now", 12, []string{"take", "use-lite@512", "now"}},
		{"a well-known -x", 9, []string{"a well-", "known -x"}},
		{"a non\u2011breaking well-known", 12, []string{"a", "non\u2011breaking", "well-known"}},
		{"text", 0, nil},
	} {
		got := SafeLines(c.in, c.width)
		if strings.Join(got, "|") != strings.Join(c.want, "|") || len(got) != len(c.want) {
			t.Errorf("SafeLines(%q, %d) = %q, want %q", c.in, c.width, got, c.want)
		}
	}
}

// requireHarmless fails when s could move anything on a terminal line.
func requireHarmless(t *testing.T, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Fatalf("%q is not valid UTF-8", s)
	}
	for _, r := range s {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
			t.Fatalf("%q contains %U", s, r)
		}
	}
}

// TestEveryScriptHasOneWidth takes a word of every script apart and together: a
// border after it must stand where every terminal sees it.
func TestEveryScriptHasOneWidth(t *testing.T) {
	for _, s := range []string{
		"मेरा नाम राम है", "पानी की कीमत क्या है", "क्षत्रिय", "ภาษาไทยน้ำที่กำ", "ພາສາລາວ ນ້ຳ", "தமிழ் மொழி", "বাংলা ভাষা", "తెలుగు", "ಕನ್ನಡ", "മലയാളം",
		"ខ្មែរ", "မြန်မာဘာသာ", "සිංහල", "བོད་ཡིག", "שָׁלוֹם", "العَرَبِيَّة", "한국어", "日本語ガ", "👩\u200d👩\u200d👧", "ﷺ",
	} {
		safe := Safe(s)
		if a, b := ansi.StringWidth(safe), ansi.StringWidthWc(safe); a != b || a == 0 {
			t.Errorf("%q is %d columns wide in clusters, %d in characters", safe, a, b)
		}
		for w := range 20 {
			line := Fit(safe, w) + "│0.154"
			if a, b := ansi.StringWidth(line), ansi.StringWidthWc(line); a != w+6 || b != w+6 {
				t.Errorf("%q is %d and %d columns wide, not %d", line, a, b, w+6)
			}
		}
	}
}

func TestJoinedIsWhatWasWrittenAndAsWide(t *testing.T) {
	for _, s := range []string{"मेरा नाम राम है", "क्षत्रिय", "น้ำที่กำ", "ນ້ຳ", "தமிழ் மொழி", "మాట్లాడు", "ကော်", "ខ្មែរ", "日本語 déjà"} {
		safe := Safe(s)
		if joined := Joined(safe); joined != s || ansi.StringWidthWc(joined) != ansi.StringWidthWc(safe) {
			t.Errorf("%q is %q again, %d columns wide, not %d", s, joined, ansi.StringWidthWc(joined), ansi.StringWidthWc(safe))
		}
	}
}

func FuzzSafeFit(f *testing.F) {
	for _, s := range []string{
		"plain", "\x1b[31mred\x1b[0m", "日本語 text", "👩\u200d👩\u200d👧", "\u0600", "\u06001", "\u0301\u0302", "a\x9b\x1b]", "हिन्दी",
		"🇩", "\u1100", "\u200d", "\u0903x", "\u0e33", "שלום\u202e", "\U000110bd", "กำ", "e\u0301\u200d", "\u180e", "\U0001f3fd", "\ufe0f",
	} {
		f.Add(s, 5)
	}
	f.Fuzz(func(t *testing.T, s string, w int) {
		w = min(max(w, 0), 300)
		safe := Safe(s)
		requireHarmless(t, safe)
		if again := Safe(safe); again != safe {
			t.Fatalf("Safe(%q) = %q, and again %q", s, safe, again)
		}
		for _, fitted := range []string{Fit(safe, w), FitLeft(safe, w), SafeFit(s, w)} {
			requireHarmless(t, fitted)
			if got := ansi.StringWidthWc(fitted); got != w {
				t.Fatalf("%q made of %q is %d columns wide where characters are added up, want %d", fitted, s, got, w)
			}
			if got := Width(fitted); got != w {
				t.Fatalf("%q made of %q is %d columns wide, want %d", fitted, s, got, w)
			}
			if got := ansi.StringWidthWc(Joined(fitted)); got != w {
				t.Fatalf("joined, %q made of %q is %d columns wide, want %d", fitted, s, got, w)
			}
			if got := Width("│" + fitted + "│"); got != w+2 {
				t.Fatalf("between borders %q made of %q is %d columns wide, want %d", fitted, s, got, w+2)
			}
		}
		for _, line := range SafeLines(s, w) {
			requireHarmless(t, line)
			if got := ansi.StringWidth(line); got > w {
				t.Fatalf("the line %q of %q is %d columns wide, at most %d wanted", line, s, got, w)
			}
		}
	})
}

// A report goes to a pipe, where an id must be what it was in its file.
func TestReportsKeepEmojiWhole(t *testing.T) {
	family, heart, skin, flag := "👩\u200d👩\u200d👧", "❤\ufe0f", "👍\U0001f3fd", "🇩🇪"
	for _, whole := range []string{family, heart, skin, flag, "id-" + family + heart + " " + skin} {
		if got := Written(whole); got != whole {
			t.Errorf("%q is written as %q", whole, got)
		}
		if got := WrittenExcerpt(whole+" and more", 40); got != whole+" and more" {
			t.Errorf("%q is cut to %q", whole, got)
		}
	}
	for given, want := range map[string]string{
		"👩\u200d": "👩", "a\u200db\ufe0f": Safe("a\u200db\ufe0f"), "\x1b[31m" + family + "\u202e": family, "\u200d" + heart: heart,
		"👩" + strings.Repeat("\u200d👩", 40): Safe("👩" + strings.Repeat("\u200d👩", 40)),
	} {
		if got := Written(given); got != want {
			t.Errorf("%q is written as %q, not %q", given, got, want)
		}
	}
}

func TestEveryEndOfALineIsOne(t *testing.T) {
	for _, end := range []string{"\n", "\r", "\r\n", "\v", "\f", "\u0085", "\u2028", "\u2029"} {
		if got := Safe("a" + end + "b"); got != "a⏎b" {
			t.Errorf("%q leaves %q", end, got)
		}
		if got := SafeLines("a"+end+"b", 9); !slices.Equal(got, []string{"a", "b"}) {
			t.Errorf("%q makes the lines %q", end, got)
		}
	}
	if got := SafeLines("ab", 1); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("in one column %q", got)
	}
	if got := SafeLines("ab", 0); got != nil {
		t.Errorf("in none %q", got)
	}
}

func TestACharacterIsFoundByAnyOfItsBytes(t *testing.T) {
	for at, want := range map[int]int{-5: 0, 0: 0, 1: 1, 2: 1, 3: 1, 4: 4, 5: 5, 99: 5} {
		if got := RuneStart("a日b", at); got != want {
			t.Errorf("byte %d belongs to that at %d, want %d", at, got, want)
		}
	}
}

// Text may end, or be cut, anywhere in a sequence.
func TestASequenceThatIsNotWholeIsTakenOutAsFarAsItGoes(t *testing.T) {
	for _, whole := range []string{"\x1b[31;1m", "\x1b]0;title\a", "\x1b]0;title\x1b\\", "\x1b(B", "\x1b#8", "\x1b  F", "\x1bc", "\u009b31m", "\u009d0;t\u009c", "\x1bPdata\x1b\\", "\x1b"} {
		if got := Safe(whole + "end"); !strings.HasSuffix(got, "nd") || strings.ContainsAny(got, "\x1b\u009b\u009d") {
			t.Errorf("%q leaves %q", whole, got)
		}
		for n := range whole {
			for _, after := range []string{"", "\n", "日本"} {
				if got := Safe(whole[:n] + after); strings.ContainsAny(got, "\x1b\u009b\u009d\u009c\a") {
					t.Errorf("%q leaves %q", whole[:n]+after, got)
				}
			}
		}
	}
}

func TestNoLineEndsBehindAMinusSign(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  []string
	}{
		{"it is -9.5 there", 8, []string{"it is", "-9.5", "there"}},
		{"it is (-0.1 there", 8, []string{"it is", "(-0.1", "there"}},
		{"at a-b@1-2 x", 8, []string{"at", "a-b@1-2", "x"}},
		{"at self-made x", 8, []string{"at self-", "made x"}},
	} {
		if got := SafeLines(c.text, c.width); !slices.Equal(got, c.want) {
			t.Errorf("%q in %d columns: %q, want %q", c.text, c.width, got, c.want)
		}
	}
}
