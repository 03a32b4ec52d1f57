package config

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAdviceForSettingsThatCannotBeReadFitsTheReason(t *testing.T) {
	if got := adviceUnread(&fs.PathError{Op: "open", Err: fs.ErrPermission}); got != "check its permissions" {
		t.Errorf("not allowed: %q", got)
	}
	dir := t.TempDir()
	large := filepath.Join(dir, "large.toml")
	if err := os.WriteFile(large, []byte(strings.Repeat("#", maxSettings+1)), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		dir:   dir + ": cannot be read (it is no regular file); move it away to start with new settings",
		large: large + ": cannot be read (it is larger than 1 MB); move it away to start with new settings",
	} {
		if _, err := Load(path); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
