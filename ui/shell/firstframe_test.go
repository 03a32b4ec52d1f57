package shell

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

func TestTheFirstFrameIsLeftByWhoTookIt(t *testing.T) {
	const red = "\x1b[38;2;250;0;0mred\x1b[m"
	for name, c := range map[string]struct {
		written []string // by Bubble Tea
		left    bool
	}{
		"nothing was drawn after it": {left: true},
		"only a question was asked":  {written: []string{ansi.RequestModeSynchronizedOutput}, left: true},
		"a frame was drawn":          {written: []string{"\x1b[?u", ansi.SetModeAltScreenSaveCursor + "frame"}},
	} {
		path := filepath.Join(t.TempDir(), "terminal")
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		s := &screenFile{File: file}
		s.show("one\n"+red, colorprofile.ANSI256)
		for _, data := range c.written {
			if n, err := s.Write([]byte(data)); n != len(data) || err != nil {
				t.Errorf("%s: wrote %d, %v", name, n, err)
			}
		}
		s.leave()
		_ = file.Close()
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want := ansi.SetModeAltScreenSaveCursor + ansi.ResetModeTextCursorEnable + ansi.EraseEntireScreen + ansi.CursorHomePosition +
			"one\r\n\x1b[38;5;196mred\x1b[m" + strings.Join(c.written, "")
		if c.left {
			want += ansi.ResetModeAltScreenSaveCursor + ansi.SetModeTextCursorEnable
		}
		if string(got) != want {
			t.Errorf("%s: the terminal got %q, want %q", name, got, want)
		}
	}
}
