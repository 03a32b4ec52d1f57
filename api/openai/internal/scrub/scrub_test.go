package scrub

import (
	"encoding/base64"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/vecscope/vecscope/api"
)

func TestForeignTextIsOneSafeLine(t *testing.T) {
	hostile := "a\x1b[31mred\x1b[0m\x1b]0;title\aT\x1b]8;;http://evil\x1b\\link\x07\r\nnext\u202eline\u009b5m\u009d0;title\a\x00 \xff\t end\x1b"
	if got := Clean(hostile); got != "aredTlink nextline end" {
		t.Errorf("%q", got)
	}
	for text, want := range map[string]string{
		"a\u009d0;title\u009cb": "ab", "a\x1bPq#0\x1b\\b": "ab", "a\u0090never ended": "anever ended", "a\x1b]0;x\u009cb": "ab",
		"Größe ünd 漢字 👍": "Größe ünd 漢字 👍", "a\uFFFDb": "a\uFFFDb", "a\u0080b\u009fc": "abc", "a\u009fx\u009cb": "ab", "a\x1b]\ab": "ab", "a\u009d\ab": "ab",
		"a\x1b_x\x1b\\b\x1b^y\ac\x1bXz\u009cd": "abcd", "a\x1b[5~b\x1b[5@c\x1b[5 qd": "abcd", "a\x1b[5\nb": "a b", "a\x1b[5éb": "aéb", "a\x1b[5\x7fb": "ab", "a\x1b[12": "a",
		"a\x1b~b\x1b(Bc": "abBc", "a\x1b\x7fb": "ab", "a\x1b b": "a b", "a\x1b!b": "ab",
		"\u0098\u0098a\a\u0098b": "b", "a\x1b": "a", "\x1b\x1b[1mb": "b", "a\u009b": "a", "  a  ": "a",
	} {
		if got := Clean(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// pieces begin each a string that nothing ends, or that ends far away.
var pieces = []string{"\u0090", "\u0098", "\u009d", "\u009e", "\u009f", "\x1b]", "\x1bP", "\u009b0", "\x1b[", "\x1b", "\u009d\a", "\u0090x\u009c", "a\u009d ", "\xff"}

func TestWhatManyStringsLeaveDoesNotDependOnTheirNumber(t *testing.T) {
	for _, piece := range pieces {
		for _, end := range []string{"", "\u009c"} {
			few, many := Clean(strings.Repeat(piece, 3)+end), Clean(strings.Repeat(piece, 3000)+end)
			few, many = strings.Trim(few, "a "), strings.Trim(many, "a ")
			if few != many || strings.ContainsFunc(many, unicode.IsControl) {
				t.Errorf("%q and %q: three leave %q, 3000 leave %.80q", piece, end, few, many)
			}
		}
	}
}

// The time of a byte stays the same with the size: a quadratic one grows with it.
func BenchmarkCleaning(b *testing.B) {
	for _, size := range []int{1 << 14, 1 << 17, 1 << 20} {
		var texts []string
		for _, piece := range pieces {
			texts = append(texts, strings.Repeat(piece, size/len(piece)))
		}
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			b.SetBytes(int64(len(texts) * size))
			for b.Loop() {
				for _, text := range texts {
					Clean(text)
				}
			}
		})
	}
}

func TestCuttingKeepsWholeCharacters(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{{"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"äöüß", 3, "äö…"}, {"äöü", 3, "äöü"}, {"", 3, ""}, {"ab", 1, "…"}} {
		if got := Cut(c.text, c.limit); got != c.want {
			t.Errorf("%q cut to %d is %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}

// keys of every length that is looked for: short ones have no beginning that gives them
// away in the middle of a text.
var keys = []string{"k3yz", "k3y-5", "secret-7", "sk-12345678", "sk-nano-9f8e7d6c/5b4a+3210=distinct?ive"}

// telling is how much of a key may be seen.
const telling = shortestKey

func holdsPart(text, key string) bool {
	for at := 0; at+telling <= len(key); at++ {
		if strings.Contains(text, key[at:at+telling]) {
			return true
		}
	}
	return false
}

// Wherever a message is cut, the key is taken out before.
func TestNoCutGoesThroughTheKey(t *testing.T) {
	const limit = 40
	for _, key := range keys {
		for _, form := range append(codedForms(key), key) {
			if len(form) < shortestForm && form != key {
				continue
			}
			for before := range limit + 5 {
				said := New(api.NewSecret(key)).Say(strings.Repeat("~", before)+form+strings.Repeat("~", limit), limit)
				if holdsPart(said, key) || holdsPart(said, form) || utf8.RuneCountInString(said) > limit {
					t.Fatalf("%q after %d: %q", form, before, said)
				}
			}
		}
	}
}

// The forms are written out here, since the program's own list of them may lack one.
func TestAKeyIsFoundInEveryFormInWhichItComesBack(t *testing.T) {
	const key = "sk-Ab 9/+=?&%\"<é>\\z"
	for name, form := range map[string]string{
		"as it is":                     key,
		"in a query":                   "sk-Ab+9%2F%2B%3D%3F%26%25%22%3C%C3%A9%3E%5Cz",
		"in a query with small digits": "sk-Ab+9%2f%2b%3d%3f%26%25%22%3c%c3%a9%3e%5cz",
		"in a path":                    "sk-Ab%209%2F+=%3F&%25%22%3C%C3%A9%3E%5Cz",
		"in a path with small digits":  "sk-Ab%209%2f+=%3f&%25%22%3c%c3%a9%3e%5cz",
		"in JSON":                      `sk-Ab 9/+=?\u0026%\"\u003cé\u003e\\z`,
		"in hexadecimal digits":        "736b2d416220392f2b3d3f2625223cc3a93e5c7a",
		"in large hexadecimal digits":  "736B2D416220392F2B3D3F2625223CC3A93E5C7A",
	} {
		if said := New(api.NewSecret(key)).Say("x "+form+" y", 200); said != "x "+api.HiddenKey+" y" {
			t.Errorf("%s: %s", name, said)
		}
	}
}

// One key can be the beginning of another, in whatever order they are given.
func TestOfSeveralKeysTheLongestIsTakenOutFirst(t *testing.T) {
	short, long := api.NewSecret("abcd1234"), api.NewSecret("abcd1234-efgh")
	for _, keys := range [][]api.Secret{{short, long}, {long, short}} {
		if said := New(keys...).Say("a abcd1234-efgh b abcd1234 c", 100); said != "a [key] b [key] c" {
			t.Error(said)
		}
	}
}

// What is as short as a word may stand in a text by chance.
func TestShortFormsAreLeftAlone(t *testing.T) {
	for _, key := range []string{"k3y", "k3yz"} {
		for _, form := range codedForms(key) {
			if len(form) < shortestForm && form != key {
				if said := New(api.NewSecret(key)).Say("x "+form+" y", 100); said != "x "+form+" y" {
					t.Errorf("%q of %q: %s", form, key, said)
				}
			}
		}
		if said := New(api.NewSecret(key)).Say("x "+key+" y", 100); (said == "x "+key+" y") != (len(key) < shortestKey) {
			t.Error(said)
		}
	}
}

// What a server says back in base64, as in a header or a trace, has the key anywhere in
// it: those of its characters that follow from the key alone must not be seen.
func TestAKeyInsideBase64IsFound(t *testing.T) {
	for _, key := range keys {
		for _, coding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawStdEncoding, base64.RawURLEncoding} {
			for before := range 7 {
				said := coding.EncodeToString([]byte(strings.Repeat("~", before) + key + "~~~~"))
				core := said[(before*8+5)/6 : (before+len(key))*8/6]
				if got := New(api.NewSecret(key)).Say(said, 200); len(core) >= shortestForm && strings.Contains(got, core) {
					t.Errorf("%q after %d characters: %q", key, before, got)
				}
			}
		}
	}
}

// What came was cut before it was here, as by the limit of what is read.
func TestTheBeginningOfAKeyAtTheEndIsTakenOut(t *testing.T) {
	for _, key := range keys {
		for _, form := range append(codedForms(key), key) {
			if len(form) < shortestForm && form != key {
				continue
			}
			for n := telling; n < len(form); n++ {
				if said := New(api.NewSecret(key)).Say("message: "+form[:n], 100); holdsPart(said, form) {
					t.Fatalf("%q", said)
				}
			}
		}
	}
	// The beginning of one that repeats itself ends with a shorter one.
	if said := New(api.NewSecret("keyskeyskeys")).Say("message: keyskeysk", 100); said != "message: "+api.HiddenKey {
		t.Error(said)
	}
	if said := New(api.NewSecret("sk-1234567")).Say("it is at risk", 100); said != "it is at risk" {
		t.Errorf("%q", said)
	}
}

// Of a long key the beginning gives it away, wherever the rest was cut off; what follows
// stays.
func TestTheBeginningOfALongKeyIsTakenOutAnywhere(t *testing.T) {
	key := "sk-4567890abcdef"
	for n := startLength; n < len(key); n++ {
		if said := New(api.NewSecret(key)).Say("x "+key[:n]+" y and more words than the key has letters", 100); said != "x [key] y and more words than the key has letters" {
			t.Errorf("%d letters of it: %s", n, said)
		}
	}
	if said := New(api.NewSecret(key[:2*startLength-1])).Say("x "+key[:startLength]+" y", 100); said != "x "+key[:startLength]+" y" {
		t.Errorf("half of a short one: %s", said)
	}
}

// What is taken out must not join the pieces of a key.
func TestAKeyInPiecesIsFound(t *testing.T) {
	for _, key := range keys {
		for _, between := range []string{"\x1b[0m", "\u009b1m", "\x00", "\u202e", "\x1b]0;t\a", "\xff", "\u200d"} {
			for at := 1; at < len(key); at++ {
				if said := New(api.NewSecret(key)).Say("x "+key[:at]+between+key[at:]+" y", 100); said != "x "+api.HiddenKey+" y" {
					t.Fatalf("%q: %q", between, said)
				}
			}
		}
	}
}

// FuzzSay looks for texts that come out unsafe, too long, or with the key in them.
func FuzzSay(f *testing.F) {
	f.Add("a\x1b]0;b\a\u009dkey", uint8(10))
	f.Add("sk-nano\x1b[0m-9f8e7d6c\u0090/5b4a", uint8(30))
	f.Add("\u0098\u009c\xff\u202e", uint8(3))
	key := keys[len(keys)-1]
	say := New(api.NewSecret(key))
	f.Fuzz(func(t *testing.T, text string, limit uint8) {
		for _, text := range []string{text, text + key, key + text} {
			said := say.Say(text, int(limit)+1)
			if !utf8.ValidString(said) || strings.ContainsFunc(said, func(r rune) bool { return !unicode.IsGraphic(r) || r != ' ' && unicode.IsSpace(r) }) {
				t.Fatalf("%q becomes %q", text, said)
			}
			if utf8.RuneCountInString(said) > int(limit)+1 || strings.Contains(said, key[:startLength]) {
				t.Fatalf("%q becomes %q", text, said)
			}
		}
	})
}
