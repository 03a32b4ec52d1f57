package oserr

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
)

func TestAFileIsReadUpToALimit(t *testing.T) {
	const limit = 1 << 20
	dir := t.TempDir()
	for size, fits := range map[int]bool{0: true, 1: true, limit: true, limit + 1: false, 3 * limit: false} {
		path := filepath.Join(dir, "file")
		content := strings.Repeat("x", size)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		data, err := ReadRegular(path, limit)
		switch {
		case fits && (err != nil || string(data) != content):
			t.Errorf("%d bytes: %d are read, %v", size, len(data), err)
		case !fits && (err == nil || err.Error() != "it is larger than 1 MB" || data != nil):
			t.Errorf("%d bytes: %d are read, %v", size, len(data), err)
		}
	}
	path := filepath.Join(dir, "small")
	if err := os.WriteFile(path, []byte(strings.Repeat("x", 4000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadRegular(path, 3<<10); err == nil || err.Error() != "it is larger than 3 kB" {
		t.Errorf("%v", err)
	}
	if err := CheckRegular(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nothing: %v", err)
	}
	if _, err := ReadRegular(dir, limit); !errors.Is(err, ErrIrregular) {
		t.Errorf("a directory: %v", err)
	}
	if _, err := ReadRegular(filepath.Join(dir, "none"), limit); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nothing: %v", err)
	}
	if data, err := ReadRegular(os.DevNull, limit); err != nil || len(data) != 0 {
		t.Errorf("the null device: %q, %v", data, err)
	}
}

func TestNoFileStaysOpen(t *testing.T) {
	handles := func() int {
		list, _ := os.ReadDir("/proc/self/fd") // empty where the system does not tell
		return len(list)
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // which closes what is forgotten
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte("content"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := handles()
	for _, limit := range []int64{1, 100} {
		_, _ = ReadRegular(path, limit)
	}
	_, _ = ReadRegular(filepath.Dir(path), 100)
	if after := handles(); after > before {
		t.Errorf("%d files stay open", after-before)
	}
}
