package pair

import (
	"strings"
	"testing"
)

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

func TestDiffWordsOfVeryLongTextsKeepsBeginningAndEnd(t *testing.T) {
	middleA, middleB := strings.Repeat("x y ", 2000), strings.Repeat("y x ", 2000)
	as, bs := diffWords("start "+middleA+"end", "start "+middleB+"end")
	for _, spans := range [][]Span{as, bs} {
		if len(spans) != 3 || spans[0].Text != "start " || spans[0].Changed || !spans[1].Changed || spans[2].Changed || strings.TrimSpace(spans[2].Text) != "end" {
			t.Errorf("the spans are %.80q …", marked(spans))
		}
	}
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
