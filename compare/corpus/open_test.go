package corpus

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
)

func TestAFileThatCannotBeOpenedSaysWhyAndLetsTheCauseBeFound(t *testing.T) {
	for cause, want := range map[error]string{
		fs.ErrPermission: "you are not allowed to read it; check its permissions",
		fs.ErrNotExist:   "there is no such file; check the path",
		fs.ErrInvalid:    "it cannot be opened (invalid argument); check the path",
	} {
		err := openError("in.csv", &fs.PathError{Op: "open", Path: "in.csv", Err: cause})
		var known *ReadError
		if !errors.Is(err, cause) || !errors.As(err, &known) || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%v is told as %q, want %q", cause, err, want)
		}
	}
}
