package corpus_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/vecscope/vecscope/compare/corpus"
)

// padded gives a workbook some of whose parts have so many blanks before their last tag
// that they are unpacked onto the disk, and others what damages them.
func padded(t *testing.T, book []byte, pad string, damaged string) string {
	t.Helper()
	from, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	blanks := bytes.Repeat([]byte(" "), 1<<16)
	var made bytes.Buffer
	to := zip.NewWriter(&made)
	for _, part := range from.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(part.Name, damaged) {
			data = []byte("<?xml version=\"1.0\"?><styleSheet><a></b>")
		}
		w, err := to.Create(part.Name)
		last := bytes.LastIndex(data, []byte("</"))
		if err == nil {
			_, err = w.Write(data[:last])
		}
		for n := 0; n < excelize.StreamChunkSize && err == nil && strings.HasSuffix(part.Name, pad); n += len(blanks) {
			_, err = w.Write(blanks)
		}
		if err == nil {
			_, err = w.Write(data[last:])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "padded.xlsx")
	if err := os.WriteFile(path, made.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A large sheet is unpacked onto the disk: nothing of it stays there.
func TestNothingOfALargeWorkbookStaysOnTheDisk(t *testing.T) {
	full, err := os.ReadFile(workbook(t, [][]any{{"text", "id"}, {"a", 1}, {"b", 2}, {"c", 3}}))
	if err != nil {
		t.Fatal(err)
	}
	empty, err := os.ReadFile(workbook(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // which closes what is forgotten
	load := func(ctx context.Context, path string) error {
		_, err := corpus.LoadFile(ctx, path, corpus.Options{})
		return err
	}
	look := func(ctx context.Context, path string) error {
		_, err := corpus.LookAt(ctx, path, corpus.Options{})
		return err
	}
	rows := func(ctx context.Context, path string) error {
		return corpus.EachRowOf(ctx, path, func(corpus.Row) error { return context.Canceled })
	}
	large := padded(t, full, "sheet2.xml", "none")
	for _, c := range []struct {
		name string
		ctx  context.Context
		read func(context.Context, string) error
		path string
		ok   bool
	}{
		{"a workbook that is loaded", t.Context(), load, large, true},
		{"one that is looked at", t.Context(), look, large, true},
		{"one whose rows are refused", t.Context(), rows, large, false},
		{"one whose reading is cancelled", stopped, load, large, false},
		{"an empty sheet before the one with the texts", t.Context(), load, padded(t, full, "sheet1.xml", "none"), true},
		{"none but empty sheets", t.Context(), load, padded(t, empty, "sheet2.xml", "none"), false},
		{"a damaged workbook", t.Context(), load, padded(t, full, "sheet2.xml", "styles.xml"), false},
	} {
		temporary := t.TempDir()
		t.Setenv("TMPDIR", temporary)
		t.Setenv("TMP", temporary)
		before := openHandles()
		if err := c.read(c.ctx, c.path); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
		if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
			t.Errorf("%s: %d files stay, %v", c.name, len(left), err)
		}
		if after := openHandles(); after > before {
			t.Errorf("%s: %d handles stay open", c.name, after-before)
		}
	}
}
