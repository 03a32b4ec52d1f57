package scrub

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vecscope/vecscope/api"
)

// Scrubber takes the key out of a text, in whatever form. It is a function so
// that printing what holds it shows no key.
type Scrubber func(string) string

const (
	// shortestKey is the length from which a key is looked for in texts. Local
	// servers are given keys such as "x", which are no secrets.
	shortestKey = 4
	// shortestForm is the least that a coded form must have to be told from chance.
	shortestForm = 6
	// startLength is how much of a key gives it away when the rest was cut off.
	startLength = 8
)

// New makes what takes those keys out, the longest first: one may be part of another.
// Keys too short to be secrets are left alone.
func New(keys ...api.Secret) Scrubber {
	keys = slices.SortedStableFunc(slices.Values(keys), func(a, b api.Secret) int { return len(b.Reveal()) - len(a.Reveal()) })
	var each []Scrubber
	for _, key := range keys {
		if k := key.Reveal(); len(k) >= shortestKey {
			each = append(each, of(k))
		}
	}
	return func(text string) string {
		for _, scrub := range each {
			text = scrub(text)
		}
		return text
	}
}

// of takes one key out.
func of(k string) Scrubber {
	forms := []string{k}
	for _, form := range codedForms(k) {
		if len(form) >= shortestForm {
			forms = append(forms, form)
		}
	}
	var pairs []string
	for _, form := range forms {
		pairs = append(pairs, form, api.HiddenKey)
	}
	whole := strings.NewReplacer(pairs...)
	return func(text string) string { return withoutStarts(withoutEnd(whole.Replace(text), forms), k) }
}

// codedForms lists the ways in which a key comes back coded.
func codedForms(key string) []string {
	quoted, _ := json.Marshal(key) // a string always has a JSON form
	forms := []string{
		url.QueryEscape(key), smallDigits(url.QueryEscape(key)),
		url.PathEscape(key), smallDigits(url.PathEscape(key)),
		strings.Trim(string(quoted), `"`),
		hex.EncodeToString([]byte(key)), strings.ToUpper(hex.EncodeToString([]byte(key))),
	}
	return append(forms, base64Forms(key)...)
}

// smallDigits writes %2F as %2f, as some servers do, and leaves the letters beside it.
func smallDigits(escaped string) string {
	parts := strings.Split(escaped, "%")
	for i, part := range parts[1:] { // each begins with two digits
		parts[i+1] = strings.ToLower(part[:2]) + part[2:]
	}
	return strings.Join(parts, "%")
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
		b.WriteString(text[:at] + api.HiddenKey)
		text = text[at:]
		text = text[commonPrefix(text, key):]
	}
}

// withoutEnd takes out the beginning of a key at the end of a text: what reads only so
// much of an answer may have cut through the key.
func withoutEnd(text string, forms []string) string {
	longest := 0
	for _, form := range forms {
		for n := min(len(form)-1, len(text)); n >= max(shortestKey, longest+1); n-- {
			if strings.HasSuffix(text, form[:n]) {
				longest = n
			}
		}
	}
	if longest == 0 {
		return text
	}
	return text[:len(text)-longest] + api.HiddenKey
}

func commonPrefix(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

// Say makes what a server said fit to be shown: one safe line of at most that many characters without
// the key. The order matters: what is taken out must not join pieces of a key,
// and what is cut must not leave one.
func (s Scrubber) Say(text string, limit int) string {
	return Cut(s(Clean(text)), limit)
}

// Clean makes a foreign text one line that is safe to print: no escape sequences,
// no control or invisible characters, no invalid UTF-8. It takes time in proportion
// to the text, whatever it holds.
func Clean(text string) string {
	var b strings.Builder
	space := false
	ends := strings.LastIndexAny(text, stringEnds)
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		at += size
		switch {
		case r == 0x1b && at < len(text):
			at += escapeLength(rune(text[at]), text[at+1:], 1, at <= ends)
			continue
		case r >= 0x80 && r <= 0x9f: // the same commands in one character
			at += escapeLength(r-0x40, text[at:], 0, at <= ends)
			continue
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

// stringEnds are the characters that end a string for the terminal: BEL, the ESC of
// ESC \, and the same in one character.
const stringEnds = "\a\x1b\u009c"

// escapeLength is how much follows ESC that belongs to its sequence: of that kind,
// a character that took that many bytes, and with that rest behind it. ends tells
// whether the rest holds something that ends a string.
func escapeLength(kind rune, rest string, size int, ends bool) int {
	switch kind {
	case '[': // CSI: parameters, then one final byte
		for i := range len(rest) {
			if rest[i] >= 0x40 && rest[i] <= 0x7e {
				return size + i + 1
			}
			if rest[i] < 0x20 || rest[i] > 0x7e {
				return size + i
			}
		}
		return size + len(rest)
	case ']', 'P', '_', '^', 'X': // a string up to BEL or ESC \
		if !ends { // never ended: the text itself is not lost
			return size
		}
		// What ends it is taken out by itself.
		return size + max(0, strings.IndexAny(rest, stringEnds))
	}
	if kind > ' ' && kind <= '~' {
		return size
	}
	return 0
}

// Cut shortens a text to that many characters.
func Cut(text string, limit int) string {
	last, n := 0, 0 // where the last character that stays begins, and how many there are
	for at := range text {
		if n++; n == limit {
			last = at
		}
		if n > limit {
			return text[:last] + "…"
		}
	}
	return text
}
