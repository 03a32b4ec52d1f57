package config

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
)

// watched is a disk that notes what is done with it, and fails at one of the steps.
type watched struct {
	disk
	steps []string
	fails string
}

type watchedFile struct {
	tempFile
	w *watched
}

var errStep = errors.New("this step fails")

func (w *watched) step(name string, do func() error) error {
	w.steps = append(w.steps, name)
	if name == w.fails {
		return errStep
	}
	return do()
}

func (f watchedFile) Write(p []byte) (n int, err error) {
	err = f.w.step("write", func() error { n, err = f.tempFile.Write(p); return err })
	return n, err
}

func (f watchedFile) Chmod(mode fs.FileMode) error {
	return f.w.step("chmod", func() error { return f.tempFile.Chmod(mode) })
}

func (f watchedFile) Sync() error { return f.w.step("sync", f.tempFile.Sync) }

// Close always lets go of the file.
func (f watchedFile) Close() error {
	err := f.tempFile.Close()
	return f.w.step("close", func() error { return err })
}

func watch(fails string) *watched {
	real, w := realDisk(), &watched{fails: fails}
	w.create = func(dir string) (f tempFile, err error) {
		err = w.step("create", func() error { f, err = real.create(dir); return err })
		return watchedFile{f, w}, err
	}
	w.rename = func(from, to string) error { return w.step("rename", func() error { return real.rename(from, to) }) }
	w.sync = func(dir string) { _ = w.step("sync directory", func() error { real.sync(dir); return nil }) }
	return w
}

func TestAFileIsSafeOnTheDiskBeforeItTakesThePlaceOfAnother(t *testing.T) {
	fill := func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }
	all := []string{"create", "chmod", "write", "sync", "close", "rename", "sync directory"}
	for _, fails := range append([]string{""}, all[:6]...) {
		path := filepath.Join(t.TempDir(), "state.json")
		if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		w := watch(fails)
		err := w.stream(path, 0o600, fill)
		want := "new"
		if fails != "" {
			want = "old"
		}
		if data, readErr := os.ReadFile(path); readErr != nil || string(data) != want || errors.Is(err, errStep) != (fails != "") {
			t.Errorf("after %q failed the file holds %q; %v, %v", fails, data, err, readErr)
		}
		if fails == "" && !slices.Equal(w.steps, all) {
			t.Errorf("the steps are %v, want %v", w.steps, all)
		}
		if left, globErr := filepath.Glob(filepath.Join(filepath.Dir(path), ".vecscope-*")); globErr != nil || len(left) > 0 {
			t.Errorf("after %q failed %s is left", fails, strings.Join(left, ", "))
		}
	}
}

func TestWritingLeavesNothingOpen(t *testing.T) {
	handles := func() int {
		list, _ := os.ReadDir("/proc/self/fd") // empty where the system does not tell
		return len(list)
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // which closes what is forgotten
	before := handles()
	path := filepath.Join(t.TempDir(), "state.json")
	for _, fails := range []string{"", "chmod", "write", "sync", "rename"} {
		_ = watch(fails).stream(path, 0o600, func(w io.Writer) error { _, err := io.WriteString(w, "x"); return err })
	}
	if after := handles(); after > before {
		t.Errorf("%d files stay open", after-before)
	}
}

// What is written to find the places of a file's values grows with the file, and not with
// its square: a path deeper than any setting is not written out.
func TestThePlacesOfDeepKeysTakeLittleRoom(t *testing.T) {
	const deep = 10_000
	for name, content := range map[string]string{
		"keys": strings.Repeat("a.", deep) + "a = 1", "tables": "[" + strings.Repeat("a.", deep) + "a]\nb = 1", "a long name": "[" + strings.Repeat("k", deep) + "]\n" + strings.Repeat("a = 1\n", 100),
	} {
		for at := range placesOf([]byte(content)) {
			if len(at) > (deepest+1)*(longestName+1) {
				t.Errorf("%s: a path of %d bytes", name, len(at))
			}
		}
	}
}
