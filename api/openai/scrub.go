package openai

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// scrubber takes the key out of a text, in whatever form. It is a function so
// that printing what holds it shows no key.
type scrubber func(string) string

const (
	// shortestKey is the length from which a key is looked for in texts. Local
	// servers are given keys such as "x", which are no secrets.
	shortestKey = 4
	// shortestForm is the least that a coded form must have to be told from chance.
	shortestForm = 6
	// startLength is how much of a key gives it away when the rest was cut off.
	startLength = 8
)

func newScrubber(key Secret) scrubber {
	k := key.value()
	if len(k) < shortestKey {
		return func(text string) string { return text }
	}
	pairs := []string{k, hidden}
	for _, form := range codedForms(k) {
		if len(form) >= shortestForm && form != k {
			pairs = append(pairs, form, hidden)
		}
	}
	forms := strings.NewReplacer(pairs...)
	return func(text string) string { return withoutStarts(forms.Replace(text), k) }
}

// codedForms lists the ways in which a key comes back coded.
func codedForms(key string) []string {
	quoted, _ := json.Marshal(key) // a string always has a JSON form
	forms := []string{
		url.QueryEscape(key), strings.ToLower(url.QueryEscape(key)),
		url.PathEscape(key), strings.ToLower(url.PathEscape(key)),
		strings.Trim(string(quoted), `"`),
		hex.EncodeToString([]byte(key)), strings.ToUpper(hex.EncodeToString([]byte(key))),
	}
	return append(forms, base64Forms(key)...)
}

// base64Forms lists what the key looks like inside longer texts in base64: it can
// begin at each of three places of a group, and the characters that also depend
// on its neighbours are left out.
func base64Forms(key string) []string {
	var forms []string
	for _, coding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for shift := range 3 {
			coded := coding.EncodeToString(append(make([]byte, shift), key...))
			first := (shift*8 + 5) / 6
			last := (shift + len(key)) * 8 / 6
			forms = append(forms, coded[first:last])
		}
	}
	return forms
}

// withoutStarts takes out what is left of a long key whose end was cut off.
func withoutStarts(text, key string) string {
	if len(key) < 2*startLength {
		return text
	}
	var b strings.Builder
	for {
		at := strings.Index(text, key[:startLength])
		if at < 0 {
			return b.String() + text
		}
		b.WriteString(text[:at] + hidden)
		text = text[at:]
		text = text[commonPrefix(text, key):]
	}
}

func commonPrefix(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

// say makes what a server said fit to be shown: one safe line of at most that many characters without
// the key. The order matters: what is taken out must not join pieces of a key,
// and what is cut must not leave one.
func (s scrubber) say(text string, limit int) string {
	return cut(s(clean(text)), limit)
}

// clean makes a foreign text one line that is safe to print: no escape sequences,
// no control or invisible characters, no invalid UTF-8.
func clean(text string) string {
	var b strings.Builder
	space := false
	for len(text) > 0 {
		if text[0] == 0x1b {
			text = text[escapeLength(text):]
			continue
		}
		r, size := utf8.DecodeRuneInString(text)
		text = text[size:]
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case r == utf8.RuneError && size == 1, !unicode.IsGraphic(r):
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

// escapeLength is the length of the escape sequence that the text begins with.
func escapeLength(text string) int {
	if len(text) < 2 {
		return len(text)
	}
	switch text[1] {
	case '[': // CSI: parameters, then one final byte
		for i := 2; i < len(text); i++ {
			if text[i] >= 0x40 && text[i] <= 0x7e {
				return i + 1
			}
			if text[i] < 0x20 || text[i] > 0x7e {
				return i
			}
		}
		return len(text)
	case ']', 'P', '_', '^', 'X': // a string up to BEL or ESC \
		if i := strings.IndexAny(text[2:], "\a\x1b"); i >= 0 {
			if text[2+i] == 0x1b {
				return 2 + i // what follows is a sequence of its own
			}
			return 2 + i + 1
		}
		return 2 // never ended: the text itself is not lost
	}
	if text[1] > ' ' && text[1] <= '~' {
		return 2
	}
	return 1
}

// cut shortens a text to that many characters.
func cut(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	return string([]rune(text)[:limit-1]) + "…"
}
