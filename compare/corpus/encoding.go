package corpus

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	xencoding "golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/transform"
)

// ErrEncoding tells that bytes are not what the file's encoding, taken for granted,
// has: somebody has to say which it is. A *ReadError has it as its cause.
var ErrEncoding = errors.New("not UTF-8")

// encoding is how characters are written as bytes.
type encoding struct {
	// name is what people call it, and about whose it is.
	name, about string
	// decoder makes UTF-8 of it; nil where it is UTF-8 already.
	decoder func() transform.Transformer
	// unicode tells that it can write U+FFFD itself; in others that stands for
	// bytes that mean nothing.
	unicode bool
	// assumed tells that nobody said so and no mark shows it.
	assumed bool
}

func charset(name, about string, e xencoding.Encoding) encoding {
	return encoding{name: name, about: about, decoder: func() transform.Transformer { return e.NewDecoder() }}
}

var (
	utf8Encoding   = encoding{name: "utf-8", about: "every language", unicode: true}
	utf16Little    = encoding{name: "utf-16le", about: "Windows programs", unicode: true, decoder: func() transform.Transformer { return utf16Decoder{little: true} }}
	utf16Big       = encoding{name: "utf-16be", about: "seldom", unicode: true, decoder: func() transform.Transformer { return utf16Decoder{} }}
	knownEncodings = []encoding{
		utf8Encoding, utf16Little, utf16Big,
		charset("windows-1252", "Western Europe, Excel on Windows", charmap.Windows1252),
		charset("iso-8859-1", "Western Europe, Latin-1", charmap.ISO8859_1),
		charset("iso-8859-15", "Western Europe, Latin-9", charmap.ISO8859_15),
		charset("macintosh", "Western Europe, Excel on a Mac", charmap.Macintosh),
		charset("windows-1250", "Central Europe", charmap.Windows1250),
		charset("windows-1251", "Cyrillic", charmap.Windows1251),
		charset("shift_jis", "Japanese", japanese.ShiftJIS),
		charset("gb18030", "Chinese, GBK too", simplifiedchinese.GB18030),
		charset("big5", "Chinese, traditional", traditionalchinese.Big5),
		charset("euc-kr", "Korean", korean.EUCKR),
	}
	encodingAliases = map[string]string{
		"utf8": "utf-8", "utf16": "utf-16le", "utf16le": "utf-16le", "utf16be": "utf-16be", "unicode": "utf-16le",
		"windows1252": "windows-1252", "cp1252": "windows-1252", "ansi": "windows-1252", "latin1": "iso-8859-1", "latin9": "iso-8859-15",
		"cp1250": "windows-1250", "cp1251": "windows-1251", "mac": "macintosh", "macroman": "macintosh",
		"sjis": "shift_jis", "cp932": "shift_jis", "gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "cp949": "euc-kr",
	}
)

// Encoding is a way in which texts can be written as bytes.
type Encoding struct {
	// Name is what Options.Encoding takes; About says in a few words whose it is.
	Name, About string
}

// Encodings lists those that can be read, the most likely first.
func Encodings() []Encoding {
	var all []Encoding
	for _, e := range knownEncodings {
		all = append(all, Encoding{e.name, e.about})
	}
	return all
}

// EncodingNamed gives the name of an encoding as Encodings has it for one of the
// ways in which people write it, such as "Latin-1"; ok is false for an unknown one.
func EncodingNamed(name string) (known string, ok bool) {
	bare := strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_ ", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
	for _, e := range knownEncodings {
		if strings.NewReplacer("-", "", "_", "").Replace(e.name) == bare {
			return e.name, true
		}
	}
	known, ok = encodingAliases[bare]
	return known, ok
}

// findEncoding tells how a stream that begins with start is written: as its mark
// says, as told, or as it looks. skip is how many bytes its mark takes.
func findEncoding(start []byte, told string) (e encoding, skip int) {
	for prefix, e := range map[string]encoding{mark: utf8Encoding, "\xFF\xFE": utf16Little, "\xFE\xFF": utf16Big} {
		if bytes.HasPrefix(start, []byte(prefix)) {
			e.assumed = e.decoder == nil && told == ""
			return e, len(prefix)
		}
	}
	if at := slices.IndexFunc(knownEncodings, func(e encoding) bool { return e.name == told }); at >= 0 {
		return knownEncodings[at], 0
	}
	for parity, e := range []encoding{utf16Big, utf16Little} {
		if looksUTF16(start, parity) {
			return e, 0
		}
	}
	e = utf8Encoding
	e.assumed = true
	return e, 0
}

// looksUTF16 tells that bytes without a mark are UTF-16 whose NUL bytes stand at the
// even places (parity 0) or the odd ones: most are NUL in western texts; in others
// at least the line ends have some, and the rest is neither ASCII nor UTF-8.
func looksUTF16(start []byte, parity int) bool {
	start = start[:len(start)&^1]
	var nul [2]int
	for i, b := range start {
		if b == 0 {
			nul[i&1]++
		}
	}
	if nul[parity] <= 8*nul[1-parity] || 4*nul[parity] < len(start) && utf8.Valid(start) {
		return false
	}
	decoded, _, err := transform.Bytes(utf16Decoder{little: parity == 1}, start)
	if err != nil {
		return false
	}
	if !bytes.ContainsAny(decoded, "\r\n") && 4*nul[parity] < len(start) {
		return false
	}
	for _, r := range string(decoded) {
		if !unicode.IsGraphic(r) && !unicode.Is(unicode.Cf, r) && !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}

// utf16Decoder makes UTF-8 of UTF-16. Half of a character comes out as bytes that
// are not UTF-8, so that its line is named: as U+FFFD different texts would become
// equal ones.
type utf16Decoder struct {
	transform.NopResetter
	little bool
}

func (d utf16Decoder) unit(src []byte) rune {
	if d.little {
		return rune(src[0]) | rune(src[1])<<8
	}
	return rune(src[1]) | rune(src[0])<<8
}

// Transform implements transform.Transformer.
func (d utf16Decoder) Transform(dst, src []byte, atEOF bool) (to, from int, err error) {
	for from < len(src) {
		if len(dst)-to < utf8.UTFMax {
			return to, from, transform.ErrShortDst
		}
		rest := src[from:]
		if len(rest) < 2 || utf16.IsSurrogate(d.unit(rest)) && len(rest) < 4 {
			if !atEOF {
				return to, from, transform.ErrShortSrc
			}
			dst[to] = 0xFF
			return to + 1, len(src), nil
		}
		r, size := d.unit(rest), 2
		if utf16.IsSurrogate(r) {
			if r = utf16.DecodeRune(r, d.unit(rest[2:])); r == utf8.RuneError {
				dst[to] = 0xFF
				to, from = to+1, from+2
				continue
			}
			size = 4
		}
		to += utf8.EncodeRune(dst[to:], r)
		from += size
	}
	return to, from, nil
}
