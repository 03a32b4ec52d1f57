package corpus

import (
	"context"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// sampleLength is how many bytes a sample has on either side of what is not ASCII.
const sampleLength = 24

// ellipsis stands for what a sample leaves out.
const ellipsis = "…"

// Sample shows what each encoding that can be meant makes of a line, around its first
// character that is not ASCII, by the encoding's name; UTF-8 makes U+FFFD of bytes that
// it does not know. "…" stands where the line is cut. The error is as that of LoadFile.
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
	at := firstInvalid(raw)
	from, to := max(at-sampleLength, 0), min(at+sampleLength, len(raw))
	before, behind := "", ""
	if from > 0 {
		before = ellipsis
	}
	if to < len(raw) {
		behind = ellipsis
	}
	raw = raw[from:to]
	samples := map[string]string{utf8Encoding.name: before + strings.ToValidUTF8(string(raw), string(utf8.RuneError)) + behind}
	for _, e := range knownEncodings {
		if e.unicode {
			continue
		}
		// A character that is cut at the end is no sign of another encoding.
		decoded, _, _ := transform.String(e.decoder(), string(raw))
		if text := strings.TrimSuffix(decoded, string(utf8.RuneError)); !strings.ContainsRune(text, utf8.RuneError) {
			samples[e.name] = before + text + behind
		}
	}
	return samples, nil
}
