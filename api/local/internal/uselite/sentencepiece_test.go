package uselite

import (
	"slices"
	"strings"
	"testing"
)

// smallVocabulary has the special pieces first, as the real one.
var smallVocabulary = []Piece{
	{"\uFFFD", 0}, {"<s>", 0}, {"</s>", 0}, {"a1", 0}, {"a2", 0}, {"a3", 0},
	{"▁", -3}, {"▁the", -2}, {"▁then", -9}, {"n", -4}, {"th", -5}, {"e", -4}, {"fi", -5}, {"▁fi", -6}, {"<", -7}, {"s", -4}, {">", -7},
}

func TestTokenizeTakesTheMostProbableSplit(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"the whole word", "the", []string{"▁the"}},
		{"two pieces (−6) beat one (−9)", "then", []string{"▁the", "n"}},
		{"one piece (−6) beats two (−8)", "fi", []string{"▁fi"}},
		{"every word starts anew", "the then", []string{"▁the", "▁the", "n"}},
		{"white space of any kind and length", "\tthe \u00a0\n then  ", []string{"▁the", "▁the", "n"}},
		{"compatibility forms (NFKC)", "ﬁ", []string{"▁fi"}},
		{"an unknown character", "thez", []string{"▁the", "\uFFFD"}},
		{"unknown characters merge", "zzz密码then", []string{"▁", "\uFFFD", "th", "e", "n"}},
		{"but not over words", "z z", []string{"▁", "\uFFFD", "▁", "\uFFFD"}},
		{"special pieces are no text", "<s>", []string{"▁", "<", "s", ">"}},
		{"invalid UTF-8", "the\xff\xfe", []string{"▁the", "\uFFFD"}},
		{"nothing", "", nil},
		{"only white space", " \t\n\u3000", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			ids := newTokenizer(smallVocabulary).tokenize(c.text).IDs
			for _, id := range ids {
				got = append(got, smallVocabulary[id].Text)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q: got %q, want %q", c.text, got, c.want)
			}
		})
	}
}

func TestTokenizeReadsTheFirstPieces(t *testing.T) {
	tokens := newTokenizer(smallVocabulary)
	for name, text := range map[string]string{
		"many words":    strings.Repeat("then the ", 20_000),
		"one long word": strings.Repeat("then", 50_000),
		"behind spaces": strings.Repeat(" ", 100_000) + strings.Repeat("then ", 1000),
	} {
		if got := tokens.tokenize(text).IDs; len(got) != MaxPieces {
			t.Errorf("%s: %d pieces, want %d", name, len(got), MaxPieces)
		}
	}
	if got := tokens.tokenize(strings.Repeat("密", 100_000)).IDs; len(got) != 2 {
		t.Errorf("100,000 unknown characters: %d pieces, want the word's mark and one unknown", len(got))
	}
}

func TestClipCutsBetweenCharacters(t *testing.T) {
	for _, lead := range []string{"", "a", "ab"} {
		got := clip(lead + strings.Repeat("密", maxBytes))
		if len(got) > maxBytes || len(got) < maxBytes-3 || strings.ToValidUTF8(got, "") != got {
			t.Errorf("after %q: %d bytes, or half a character at the end", lead, len(got))
		}
	}
	if got := clip(strings.Repeat("\x80", maxBytes+9)); len(got) > maxBytes {
		t.Errorf("invalid bytes: %d left", len(got))
	}
}

func TestATextThatIsTooLongIsCalledClipped(t *testing.T) {
	tokens := newTokenizer(nil)
	for text, want := range map[string]bool{
		"":                                        false,
		strings.Repeat("a ", MaxPieces):           false,
		strings.Repeat("a ", MaxPieces) + "\n":    false,
		strings.Repeat("a ", MaxPieces) + "b":     true,
		strings.Repeat("密", 100_000):              true, // one piece, cut for its bytes
		strings.Repeat(" ", 2*maxBytes) + "a":     false,
		"a" + strings.Repeat(" ", 2*maxBytes):     false,
		strings.Repeat("a ", MaxPieces-1) + "end": false,
	} {
		if clipped := tokens.tokenize(text).Clipped; clipped != want {
			t.Errorf("a text of %d bytes that ends in %q: clipped is %v", len(text), text[max(len(text)-8, 0):], clipped)
		}
	}
}

func TestWhatNoPieceCoversIsNotKnown(t *testing.T) {
	for text, want := range map[string][2]int{
		"the then": {7, 7},
		"thez":     {3, 4},
		"密码":       {0, 2},
		"the, 密":   {3, 4}, // a comma says nothing
		"":         {0, 0},
		"the π":    {3, 4}, // of other scripts there are but single letters
		" \tn \n ": {1, 1},
	} {
		tokens := newTokenizer(append(slices.Clone(smallVocabulary), Piece{"π", -3}))
		if known, all := tokens.tokenize(text).Share.Of(); [2]int{known, all} != want {
			t.Errorf("%q: %d of %d are known, want %v", text, known, all, want)
		}
	}
}
