package term

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

// clusterLimit bounds the bytes of one cluster: heaps of combining marks would
// otherwise spill over the lines above and below.
const clusterLimit = 32

// steadyClusters goes through the grapheme clusters and mends each; joined emoji may be
// kept.
func steadyClusters(s string, emoji bool) string {
	var b strings.Builder
	b.Grow(len(s))
	for s = thaiAM.Replace(strings.Map(visible, s)); s != ""; {
		cluster, w := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		s = s[len(cluster):]
		if len(cluster) == 1 {
			b.WriteString(cluster)
			continue
		}
		if emoji && isEmoji(cluster) || b.Len() > 0 && standsApart(cluster) {
			b.WriteString(cluster)
			continue
		}
		b.WriteString(steadyCluster(cluster, w))
	}
	return b.String()
}

// visible drops format characters; joiners are judged with their cluster.
func visible(r rune) rune {
	if unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d' {
		return -1
	}
	return r
}

// standsApart tells of a cluster of marks, as Burmese has them, that it takes the same
// columns after any letter and needs none in front.
func standsApart(c string) bool {
	first, _ := utf8.DecodeRuneInString(c)
	if !unicode.Is(unicode.Mc, first) || len(c) > clusterLimit || !steady(c) {
		return false
	}
	before, _ := ansi.FirstGraphemeCluster("a"+c, ansi.GraphemeWidth)
	return before == "a"
}

func steadyCluster(c string, w int) string {
	first, n := utf8.DecodeRuneInString(c)
	switch {
	case emojiPart(first) < 0: // without its emoji
		return ""
	case unicode.IsMark(first):
		return steadyCluster("◌"+c, 1)
	case w == 0:
		return ""
	case n == len(c) && !isFlagHalf(first):
		return c
	}
	for len(c) > clusterLimit {
		_, n := utf8.DecodeLastRuneInString(c)
		c = c[:len(c)-n]
	}
	if steady(c) {
		return c
	}
	if composed := norm.NFC.String(c); steady(composed) {
		return composed
	}
	if parts := strings.Map(emojiPart, c); steady(parts) {
		return parts
	}
	return apart(c)
}

// apart puts a boundary before each character of a cluster that takes a column of its
// own where characters are added up: what is written around a letter in the scripts of
// India and its neighbours.
func apart(c string) string {
	var b strings.Builder
	for i, r := range c {
		if i > 0 && ansi.StringWidthWc(string(r)) > 0 {
			b.WriteString(boundary)
		}
		b.WriteRune(r)
	}
	if s := b.String(); steady(s) {
		return s
	}
	return strings.Map(func(r rune) rune { // whatever it is, borders come first
		if unicode.IsMark(r) {
			return -1
		}
		return r
	}, c)
}

// boundary ends a cluster and takes no column.
const boundary = "\u200b"

// thaiAM takes apart a sign of Thai and of Lao that is two, of which only the first
// belongs to the letter before.
var thaiAM = strings.NewReplacer("\u0e33", "\u0e4d\u0e32", "\u0eb3", "\u0ecd\u0eb2")

// Joined puts together again what Safe has parted. It is for what is written to terminals
// that add up characters, where it takes the same columns, and for files: the parts of a
// syllable on their own are hard to read, and no longer what the person wrote.
func Joined(s string) string { return joining.Replace(s) }

var joining = strings.NewReplacer(boundary, "", "\u0e4d\u0e32", "\u0e33", "\u0ecd\u0eb2", "\u0eb3")

// steady tells that both ways of measuring agree.
func steady(s string) bool { return ansi.StringWidth(s) == ansi.StringWidthWc(s) }

// emojiPart drops what joins emoji to one picture; a lone half of a flag
// becomes its letter.
func emojiPart(r rune) rune {
	switch {
	case r == '\u200d', isSelector(r), r >= 0x1f3fb && r <= 0x1f3ff:
		return -1
	case isFlagHalf(r):
		return 'A' + r - 0x1f1e6
	}
	return r
}

// emojiLimit bounds the bytes of one picture: a family of four, each with its skin, has 41.
const emojiLimit = 48

// isEmoji tells that a cluster is signs and what joins them to one picture, and leaves
// nothing that would join what follows.
func isEmoji(c string) bool {
	if last, _ := utf8.DecodeLastRuneInString(c); last == '\u200d' || len(c) > emojiLimit {
		return false
	}
	for i, r := range c {
		joins := r == '\u200d' || r == '\ufe0f'
		if i == 0 && joins || !joins && !unicode.In(r, unicode.So, unicode.Sk) {
			return false
		}
	}
	return true
}

func isFlagHalf(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }

func isSelector(r rune) bool {
	return r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0100 && r <= 0xe01ef || r >= 0x180b && r <= 0x180f
}

// closedEnds sees to it that neither end of s joins what is drawn next to it.
func closedEnds(s string) string {
	for s != "" && Width(s+"│") != Width(s)+1 {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	s = strings.TrimRight(s, "\u200c\u200d")
	if s != "" && Width("│"+s) != Width(s)+1 {
		s = "◌" + s
	}
	return s
}
