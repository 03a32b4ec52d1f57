package term

import (
	"fmt"
	"strings"
	"unicode"
)

// plainInShells are the characters that mean nothing to a POSIX shell, wherever they
// stand in a word, beside letters and digits of ASCII. zsh looks for a program where "="
// begins one.
const plainInShells = "_@%+=:,./-"

// ShellWord writes a word so that a POSIX shell takes it for that one word, whatever is
// in it. Control characters, of which some would act on the terminal that the word is
// pasted into, are written as printf names them. A NUL cannot be part of a word and is
// left out.
func ShellWord(s string) string {
	s = strings.ReplaceAll(s, "\x00", "")
	plain := func(r rune) bool {
		return r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(plainInShells, r))
	}
	if s != "" && s[0] != '=' && !strings.ContainsFunc(s, func(r rune) bool { return !plain(r) }) {
		return s
	}
	if strings.ContainsFunc(s, acts) {
		return printed(s)
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// acts tells that a character does something to a terminal rather than stand there, or is
// no character at all.
func acts(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && !joins(r) || r == unicode.ReplacementChar
}

// joins tells that a character of format only joins or parts its neighbours.
func joins(r rune) bool { return r == '\u200c' || r == '\u200d' }

// printed has printf write a word; new lines at its very end a shell takes off. bash and
// zsh look for commands of before behind "!", though it stands in single quotes there.
func printed(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '\'':
			b.WriteString(`'\''`)
		case r == '\\':
			b.WriteString(`\\`)
		case acts(r) || r == '!':
			end := i + len(string(r))
			if r == unicode.ReplacementChar && !strings.HasPrefix(s[i:], string(r)) {
				end = i + 1 // a byte that is no UTF-8
			}
			for _, c := range []byte(s[i:end]) {
				fmt.Fprintf(&b, `\0%03o`, c)
			}
		default:
			b.WriteRune(r)
		}
	}
	return `"$(printf %b '` + b.String() + `')"`
}
