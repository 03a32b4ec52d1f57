package pair

import (
	"runtime"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"github.com/vecscope/vecscope/ui/theme"
)

// diffWords is compareWords without what the two share.
func diffWords(a, b string) (as, bs []Span) {
	as, bs, _ = compareWords(a, b)
	return as, bs
}

// marked writes changed spans in brackets.
func marked(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		if s.Changed {
			b.WriteString("[" + s.Text + "]")
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func joined(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

func TestDiffWordsMarksWhatDiffers(t *testing.T) {
	for _, c := range []struct{ name, a, b, wantA, wantB string }{
		{"equal texts", "the same text", "the same text", "the same text", "the same text"},
		{"a word replaced", "the cat sat", "the dog sat", "the [cat] sat", "the [dog] sat"},
		{"words added", "I like tea", "I really do like tea", "I like tea", "I [really do] like tea"},
		{"a word lost at the end", "one two three", "one two", "one two [three]", "one two"},
		{"case counts", "Apple pie", "apple pie", "[Apple] pie", "[apple] pie"},
		{"punctuation is its own word", "Really?", "Really!", "Really[?]", "Really[!]"},
		{"numbers", "costs 5.25 dollars", "costs 5.75 dollars", "costs 5.[25] dollars", "costs 5.[75] dollars"},
		{"nothing in common", "one two", "three four", "[one two]", "[three four]"},
		{"empty", "", "text", "", "[text]"},
		{"both empty", "", "", "", ""},
		{"only space differs", "a b c", "a  b c", "a[ ]b c", "a[  ]b c"},
		{"scripts without spaces", "我喜欢茶", "我喜欢酒", "我喜欢[茶]", "我喜欢[酒]"},
		{"accents belong to their letter", "cafe\u0301 x", "cafe x", "[cafe\u0301] x", "[cafe] x"},
		{"moved words keep the longest run", "a b c d", "c d a b", "a b [c d]", "[c d] a b"},
		{"a mark without a letter is a word", "a \u0301", "a", "a [\u0301]", "a"},
		{"Thai has no spaces between words", "แมว", "แมง", "แม[ว]", "แม[ง]"},
		{"letters with a vowel sign", "กิน", "กัน", "[กิ]น", "[กั]น"},
		{"newlines", "one\ntwo", "one\nthree", "one\n[two]", "one\n[three]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			as, bs := diffWords(c.a, c.b)
			if got := marked(as); got != c.wantA {
				t.Errorf("first text: %q, want %q", got, c.wantA)
			}
			if got := marked(bs); got != c.wantB {
				t.Errorf("second text: %q, want %q", got, c.wantB)
			}
		})
	}
}

func TestWordsAreMarkedOnlyWhereMostAreShared(t *testing.T) {
	for _, c := range []struct{ a, b, wantA, wantB string }{
		{"my card was charged twice", "my card was charged again", "my card was charged [twice]", "my card was charged [again]"},
		{"I want my money back", "my card was charged twice", "I want my money back", "my card was charged twice"},
		{"a b", "a c", "a b", "a c"}, // half of them is not most
		{"", "text", "", "text"},
		{"the same", "the same", "the same", "the same"},
	} {
		as, bs := markWords(c.a, c.b)
		if marked(as) != c.wantA || marked(bs) != c.wantB {
			t.Errorf("%q against %q is marked %q and %q", c.a, c.b, marked(as), marked(bs))
		}
	}
}

func TestDiffWordsOfVeryLongTextsKeepsBeginningAndEnd(t *testing.T) {
	middleA, middleB := strings.Repeat("x y ", 2000), strings.Repeat("v w ", 2000)
	as, bs := diffWords("start "+middleA+"end", "start "+middleB+"end")
	for _, spans := range [][]Span{as, bs} {
		if len(spans) != 3 || spans[0].Text != "start " || spans[0].Changed || !spans[1].Changed || spans[2].Changed || strings.TrimSpace(spans[2].Text) != "end" {
			t.Errorf("the spans are %.80q …", marked(spans))
		}
	}
}

// allocated is how many bytes that takes from memory, also those that are given back.
func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestMarkingGrowsWithTheLengthOfTheTextsNotItsSquare(t *testing.T) {
	th := theme.New(true, colorprofile.TrueColor)
	for name, pair := range map[string][2]string{
		"all the same":          {"word and word ", "word and word "},
		"all different":         {"word and word ", "other or others "},
		"every third different": {"word and word ", "word and other "},
		"without spaces":        {"日本語", "日光語"},
		"one word":              {"aaaaaaaaaa", "aaaaaaaaab"},
	} {
		work := func(n int) uint64 {
			a, b := "one "+strings.Repeat(pair[0], n/len(pair[0]))+" end", "two "+strings.Repeat(pair[1], n/len(pair[1]))+" ends"
			return allocated(func() {
				as, bs := markedPair(a, b)
				markedLines(as, 100, th)
				markedLines(bs, 100, th)
			})
		}
		// Up to that, a table of bounded size may be made or not.
		const bounded = 2*diffSteps + 1<<23
		if short, long := work(100_000), work(400_000); long > 5*short+8*bounded {
			t.Errorf("%s: 100,000 characters take %d bytes, 400,000 take %d", name, short, long)
		}
	}
}

func TestTheWorkOnLongTextsIsBounded(t *testing.T) {
	a, b := make([]int32, 50_000), make([]int32, 50_000)
	for i := range a {
		a[i], b[i] = int32(i%7), int32(i%5)
	}
	const limit = 100_000
	matched := 0
	if steps := matchNearby(a, b, limit, func(int, int) { matched++ }); steps > limit+len(a) || matched != 0 {
		t.Errorf("%d steps, %d words in common", steps, matched)
	}
}

func TestFewDifferencesInLongTextsAreFound(t *testing.T) {
	long := strings.Repeat("the printer prints ", 3000)
	as, bs := diffWords("my "+long+"today "+long+"now", "our "+long+"every day "+long+"then")
	want := "[my] " + long + "[today] " + long + "[now]"
	if got := marked(as); got != want {
		t.Errorf("the first text differs at %d of %d bytes", differs(got, want), len(want))
	}
	want = "[our] " + long + "[every day] " + long + "[then]"
	if got := marked(bs); got != want {
		t.Errorf("the second text differs at %d of %d bytes", differs(got, want), len(want))
	}
}

func differs(a, b string) (at int) {
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	return at
}

// FuzzMatchNearby holds it against the table of all pairs.
func FuzzMatchNearby(f *testing.F) {
	f.Add([]byte("abcabba"), []byte("cbabac"))
	f.Add([]byte(""), []byte("x"))
	f.Fuzz(func(t *testing.T, as, bs []byte) {
		var a, b []int32
		for _, x := range as[:min(len(as), 200)] {
			a = append(a, int32(x%4))
		}
		for _, x := range bs[:min(len(bs), 200)] {
			b = append(b, int32(x%4))
		}
		longest, found := 0, 0
		matchLongest(a, b, func(int, int) { longest++ })
		lastA, lastB := len(a), len(b)
		matchNearby(a, b, diffSteps, func(i, j int) {
			if i >= lastA || j >= lastB || a[i] != b[j] {
				t.Fatalf("%v and %v: %d and %d are no pair", a, b, i, j)
			}
			lastA, lastB = i, j
			found++
		})
		if found != longest {
			t.Errorf("%v and %v have %d in common, not %d", a, b, longest, found)
		}
	})
}

func FuzzDiffWordsLosesNothing(f *testing.F) {
	f.Add("the cat sat", "the dog  sat")
	f.Add("\u0301a \xff", "日本 \n")
	f.Fuzz(func(t *testing.T, a, b string) {
		as, bs := diffWords(a, b)
		if joined(as) != a || joined(bs) != b {
			t.Fatalf("%q and %q became %q and %q", a, b, joined(as), joined(bs))
		}
		if a == b && marked(as) != a {
			t.Fatalf("%q differs from itself: %q", a, marked(as))
		}
	})
}
