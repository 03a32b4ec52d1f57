package corpus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unsafe"
)

// The bounds that would take very many texts or bytes to reach are tried where they are drawn.

func TestAFileOfTheGreatestSizeIsReadAndNoLargerOne(t *testing.T) {
	for content, want := range map[string]error{"": nil, "ab": nil, "abc": nil, "abcd": errTooLarge} {
		in := &counted{ctx: t.Context(), in: strings.NewReader(content), read: MaxFileSize - 3}
		if got, err := io.ReadAll(in); !errors.Is(err, want) || err == nil && string(got) != content {
			t.Errorf("three bytes before the end of what is read, %q gives %q, %v", content, got, err)
		}
	}
	path := filepath.Join(t.TempDir(), "a.txt")
	for size, want := range map[int64]bool{MaxFileSize - 1: true, MaxFileSize: true, MaxFileSize + 1: false} {
		f, err := os.Create(path)
		if err == nil {
			err = errors.Join(f.Truncate(size), f.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
		opened, told, _, err := openFile(path)
		if (err == nil) != want || err == nil && told != size {
			t.Errorf("a file of %d bytes is opened with %d, %v", size, told, err)
		}
		if err == nil {
			_ = opened.Close()
		}
	}
}

func TestUndoForgetsOnlyWhatWouldTakeMoreMemoryThanIsMeant(t *testing.T) {
	// A deleted text takes its words and its place in a list.
	half := strings.Repeat("x", maxUndoBytes/2-int(unsafe.Sizeof(Text{})))
	for more, want := range map[string]int{"": 2, "y": 1} {
		for _, last := range []Text{{Text: half, ID: more}, {ID: half, Text: more}, {Group: half, Text: more}, {Lang: half, Text: more}} {
			c := New([]Text{{Text: half}, last, {Text: "z"}})
			c.Delete(0)
			c.Delete(0)
			if len(c.undo) != want {
				t.Errorf("with %d bytes over the bound %d changes can be taken back, want %d", len(more), len(c.undo), want)
			}
		}
	}
	// New texts count as places of a list, since their words stand in it anyway.
	c := New(nil)
	_ = c.Set([]Text{{ID: half, Text: "a"}, {ID: half, Text: "b"}, {Text: "y"}}, Origin{})
	_ = c.Add(Text{Text: "z"})
	if len(c.undo) != 2 {
		t.Errorf("%d changes can be taken back", len(c.undo))
	}
	if got, want := (change{new: make([]Text, 3), old: make([]Text, 2)}).bytes(), 5*int(unsafe.Sizeof(Text{})); got != want {
		t.Errorf("five places take %d bytes, want %d", got, want)
	}
}

func TestAsManyChangesAreToldAsAreRemembered(t *testing.T) {
	c := New(nil)
	for n := range mostSplices + 1 {
		if _, _, _, ok := c.Since(0); ok != (n <= mostSplices) {
			t.Errorf("after %d changes the first is known: %v", n, ok)
		}
		_ = c.Add(Text{Text: "a"})
	}
	if _, _, _, ok := c.Since(0); ok {
		t.Errorf("after %d changes the first is known", mostSplices+1)
	}
	if at, gone, come, ok := c.Since(1); !ok || at != 1 || gone != 0 || come != mostSplices {
		t.Errorf("since the second: from %d on %d gone and %d come, %v", at, gone, come, ok)
	}
	if _, _, _, ok := c.Since(c.Revision() + 1); ok {
		t.Error("what is yet to come is known")
	}
}

func TestHalvesOfCharactersAreFoundAtBothEndsOfTheirRange(t *testing.T) {
	for raw, want := range map[string]string{
		`"\ud7ff"`: "", `"\ud800"`: `\ud800`, `"\udbff"`: `\udbff`, `"\udc00"`: `\udc00`, `"\udfff"`: `\udfff`, `"\ue000"`: "",
		`"\uD83D"`: `\uD83D`, `"\uDBFFx"`: `\uDBFF`, `"\uDFFFx"`: `\uDFFF`,
		`"\ud800\udc00"`: "", `"\udbff\udfff"`: "", `"\uDBFF\uDFFF"`: "", `"\ud800\udbff"`: `\ud800`, `"\ud800\ue000"`: `\ud800`, `"\ud800\ud800"`: `\ud800`,
		`"\ud800\udc00\udc01"`: `\udc01`, `"\ud800 \udc00"`: `\ud800`, `"\ud800\\udc00"`: `\ud800`, `"\\ud800"`: "", `"\\\ud800"`: `\ud800`, `"\n\udfff"`: `\udfff`,
		`"a"`: "", `""`: "",
	} {
		if got := loneSurrogate(raw); got != want {
			t.Errorf("%s has half a character %q, want %q", raw, got, want)
		}
	}
}

// A file whose encoding somebody told, or a mark shows, is not asked about.
func TestAnEncodingThatWasToldIsNotAskedFor(t *testing.T) {
	for _, c := range []struct {
		start, told string
		want        string
		skip        int
		assumed     bool
	}{
		{"a", "", "utf-8", 0, true}, {"a", "utf-8", "utf-8", 0, false}, {"a", "windows-1252", "windows-1252", 0, false}, {"a", "klingon", "utf-8", 0, true}, {"", "", "utf-8", 0, true},
		{mark + "a", "", "utf-8", 3, true}, {mark + "a", "utf-8", "utf-8", 3, false}, {mark + "a", "windows-1252", "utf-8", 3, false},
		{"\xff\xfea\x00", "", "utf-16le", 2, false}, {"\xff\xfea\x00", "utf-8", "utf-16le", 2, false}, {"\xfe\xff\x00a", "", "utf-16be", 2, false},
		{"a\x00b\x00", "", "utf-16le", 0, false}, {"\x00a\x00b", "", "utf-16be", 0, false}, {"a\x00b\x00", "utf-8", "utf-8", 0, false},
	} {
		if e, skip := findEncoding([]byte(c.start), c.told); e.name != c.want || skip != c.skip || e.assumed != c.assumed {
			t.Errorf("%q, told %q, is %s after %d bytes, assumed %v; want %s after %d, %v", c.start, c.told, e.name, skip, e.assumed, c.want, c.skip, c.assumed)
		}
	}
	for told, asked := range map[string]bool{"": true, "utf-8": false} {
		_, err := Load(t.Context(), strings.NewReader(mark+"a\n\xfc\n"), "in", FormatTXT, Options{Encoding: told})
		if errors.Is(err, ErrEncoding) != asked {
			t.Errorf("told %q: %v", told, err)
		}
	}
}

func TestWhatEndsAReadingIsToldWhateverWrapsIt(t *testing.T) {
	own := &ReadError{Name: "in", Why: "own"}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for _, c := range []struct {
		ctx       context.Context
		err, want error
		said      string
	}{
		{t.Context(), nil, nil, "<nil>"},
		{t.Context(), fmt.Errorf("reading: %w", own), own, "reading: in: own"},
		{t.Context(), fmt.Errorf("reading: %w", errTooLarge), nil, "in: it is larger than 256 MB, the most that is read; take a part of it"},
		{t.Context(), io.ErrUnexpectedEOF, io.ErrUnexpectedEOF, "in: it cannot be read (unexpected EOF); try again"},
		{t.Context(), &os.PathError{Op: "read", Path: "/x\x1b", Err: io.ErrNoProgress}, io.ErrNoProgress, "in: it cannot be read (multiple Read calls return no data or error); try again"},
		{stopped, io.ErrUnexpectedEOF, context.Canceled, "context canceled"},
	} {
		s := &source{name: "in", raw: &counted{ctx: c.ctx}}
		if got := s.failure(c.err); fmt.Sprint(got) != c.said || c.want != nil && !errors.Is(got, c.want) {
			t.Errorf("%v is told as %v, want %s", c.err, got, c.said)
		}
	}
	c := newCollector("in.xlsx", Options{})
	for _, err := range []error{fmt.Errorf("row 3: %w", context.Canceled), fmt.Errorf("row 3: %w", context.DeadlineExceeded)} {
		if got := c.failure(err); got != err { //nolint:errorlint // that very one
			t.Errorf("%v is told as %v", err, got)
		}
	}
	if got := c.failure(fmt.Errorf("sheet: %w", &ReadError{Row: 2, Why: "wrong"})); got.Error() != "in.xlsx, row 2: wrong" {
		t.Errorf("a row is told as %v", got)
	}
	if got := c.failure(io.ErrNoProgress); !errors.Is(got, io.ErrNoProgress) || !strings.HasPrefix(got.Error(), "in.xlsx: it cannot be read (") {
		t.Errorf("another cause is told as %v", got)
	}
}

// What is given to a corpus, and what it gives, is nobody else's to change.
func TestNobodyWritesIntoTheListOfACorpus(t *testing.T) {
	given := []Text{{Text: "a"}, {Text: "b"}, {Text: "c"}}
	own := slices.Clone(given)
	kept := New(own)
	own[0].Text = "!"
	kept.Delete(1)
	if kept.At(0).Text != "a" || own[1].Text != "b" || own[2].Text != "c" {
		t.Errorf("%v of what was given, which is %v", kept.Texts(), own)
	}
	for name, change := range map[string]func(*Corpus, []Text){
		"at the end":       func(c *Corpus, more []Text) { _ = c.Add(more...) },
		"in the middle":    func(c *Corpus, more []Text) { _ = c.Insert(1, more...) },
		"at the beginning": func(c *Corpus, more []Text) { _ = c.Insert(0, more...) },
		"into an empty one": func(c *Corpus, more []Text) {
			c.Clear()
			_ = c.Add(more...)
		},
	} {
		mine := slices.Clone(given)
		c := New(mine)
		more := []Text{{Text: "x"}, {Text: "y"}}
		change(c, more)
		want := c.Texts()
		mine[0].Text, mine[1].Text, mine[2].Text, more[0].Text, more[1].Text = "!", "!", "!", "!", "!"
		c.Texts()[0].Text = "!"
		c.Undo()
		c.Redo()
		if got := c.Texts(); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
