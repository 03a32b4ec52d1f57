package corpus

import (
	"context"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// sampleLength is how many bytes a sample has on either side of what is not ASCII.
const sampleLength = 24

// Sample shows what each encoding that can be meant makes of a line, around its first
// character that is not ASCII, by the encoding's name; UTF-8 makes U+FFFD of bytes that
// it does not know. The error is as that of LoadFile.
func Sample(ctx context.Context, path string, row int) (map[string]string, error) {
	f, _, _, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s := newSource(ctx, f, path, Options{Encoding: utf8Encoding.name})
	lines := s.lines()
	var raw []byte
	for range row {
		if raw, _, _, err = lines.scan(); err != nil {
			return nil, s.failure(err)
		}
	}
	from := firstInvalid(raw)
	raw = raw[max(from-sampleLength, 0):min(from+sampleLength, len(raw))]
	samples := map[string]string{utf8Encoding.name: strings.ToValidUTF8(string(raw), string(utf8.RuneError))}
	for _, e := range knownEncodings {
		if e.unicode {
			continue
		}
		// A character that is cut at the end is no sign of another encoding.
		decoded, _, _ := transform.String(e.decoder(), string(raw))
		if text := strings.TrimSuffix(decoded, string(utf8.RuneError)); !strings.ContainsRune(text, utf8.RuneError) {
			samples[e.name] = text
		}
	}
	return samples, nil
}
