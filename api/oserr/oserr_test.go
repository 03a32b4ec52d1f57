package oserr

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestReasonLeavesOutCallAndPaths(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing")
	_, open := os.Open(missing)
	rename := os.Rename(missing, missing+"2")
	for _, c := range []struct {
		err  error
		want string
	}{
		{&fs.PathError{Op: "open", Path: "a\x1bb", Err: errors.New("permission denied")}, "permission denied"},
		{&os.LinkError{Op: "rename", Old: "a", New: "b", Err: errors.New("no space left on device")}, "no space left on device"},
		{fmt.Errorf("reading: %w", open), Reason(errors.Unwrap(open))},
		{rename, Reason(errors.Unwrap(rename))},
		{errors.New("anything else"), "anything else"},
		{errors.New("with \x1b[31m"), `"with \x1b[31m"`},
	} {
		if got := Reason(c.err); got != c.want {
			t.Errorf("the reason of %q is %q, want %q", c.err, got, c.want)
		}
	}
}

func TestPrintableQuotesOnlyWhatDisturbs(t *testing.T) {
	for name, want := range map[string]string{
		"texts.csv": "texts.csv", "Größe 你好.csv": "Größe 你好.csv", "": "",
		"a\nb": `"a\nb"`, "\x1b]0;x\a": `"\x1b]0;x\a"`, "bad\xff": `"bad\xff"`, "a\u202eb": `"a\u202eb"`,
	} {
		if got := Printable(name); got != want {
			t.Errorf("%q is written %s, want %s", name, got, want)
		}
	}
}
