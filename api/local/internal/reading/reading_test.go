package reading

import (
	"testing"
	"unicode"
)

func TestHowMuchOfATextIsKnown(t *testing.T) {
	latin := func(r rune) bool { return r < 0x80 }
	for _, c := range []struct {
		text              string
		known, all        int
		tooLittle, inPart bool
	}{
		{"", 0, 0, false, false},
		{"reset", 5, 5, false, false},
		{"abcdefghi密", 9, 10, false, true},
		{"abcdefghij密", 10, 11, false, false},
		{"a密密密密", 1, 5, false, true},
		{"a密密密密密", 1, 6, true, true},
		{"密码 12345!", 0, 2, true, true}, // digits say nothing of the language
		{"order ١٢٣٤", 5, 9, false, true},
		{"?! 12", 4, 4, false, false},
		{"。。", 0, 2, true, true},
		{"👍👍", 0, 2, true, true},
		{"a。。。。。。。", 1, 1, false, false},
	} {
		var s Share
		for _, r := range c.text {
			if !unicode.IsSpace(r) {
				s.Add(r, latin(r))
			}
		}
		known, all := s.Of()
		if known != c.known || all != c.all || s.TooLittle() != c.tooLittle || s.InPart() != c.inPart {
			t.Errorf("%q: %d of %d, too little %v, in part %v", c.text, known, all, s.TooLittle(), s.InPart())
		}
	}
}
