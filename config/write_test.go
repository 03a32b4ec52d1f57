package config_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/vecscope/vecscope/config"
)

func TestAStreamIsWrittenWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out.csv")
	lines := func(n int, end error) func(io.Writer) error {
		return func(w io.Writer) error {
			for i := range n {
				if _, err := fmt.Fprintln(w, i); err != nil {
					return err
				}
			}
			return end
		}
	}
	if err := config.StreamAtomic(path, 0o640, lines(3, nil)); err != nil {
		t.Fatal(err)
	}
	err := config.StreamAtomic(path, 0o640, lines(100, context.Canceled))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a stream that was stopped ends with %v", err)
	}
	data, err := os.ReadFile(path)
	if err != nil || string(data) != "0\n1\n2\n" {
		t.Errorf("the file holds %q, %v", data, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o600 != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("left behind: %v", got)
	}
}

func TestWhatToDoFollowsFromTheCause(t *testing.T) {
	for cause, want := range map[error]string{
		syscall.EDQUOT:       "make room there or take another place",
		syscall.ENOSPC:       "make room there or take another place",
		syscall.ENAMETOOLONG: "take a shorter name",
		syscall.EACCES:       "check that its directory can be written to",
	} {
		err := config.StreamAtomic(filepath.Join(t.TempDir(), "out.csv"), 0o600, func(io.Writer) error {
			return &fs.PathError{Op: "write", Path: "elsewhere", Err: cause}
		})
		if err == nil || !strings.HasSuffix(err.Error(), want) || strings.Contains(err.Error(), "elsewhere") {
			t.Errorf("%v is told as %q, want … %s", cause, err, want)
		}
	}
}
