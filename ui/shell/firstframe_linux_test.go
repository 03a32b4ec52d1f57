package shell

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"golang.org/x/sys/unix"

	"github.com/vecscope/vecscope/ui"
)

// terminal opens a terminal of that size: what a program writes to, and where that is read.
func terminal(t *testing.T, w, h int) (program, seen *os.File) {
	t.Helper()
	seen, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = seen.Close() })
	fd := int(seen.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: uint16(h), Col: uint16(w)}); err != nil {
		t.Fatal(err)
	}
	program, err = os.OpenFile(filepath.Join("/dev/pts", strconv.Itoa(n)), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = program.Close() })
	return program, seen
}

// readUntil reads what a terminal is written until those words.
func readUntil(t *testing.T, seen *os.File, words string) string {
	t.Helper()
	var all bytes.Buffer
	part := make([]byte, 4096)
	for !strings.Contains(all.String(), words) {
		n, err := seen.Read(part)
		if err != nil {
			t.Fatalf("the terminal was written %q, and then %v", all.String(), err)
		}
		all.Write(part[:n])
	}
	return all.String()
}

// The first frame fills the terminal in the colours that it has and the person allows; what is no
// terminal, or has no size, gets none.
func TestTheFirstFrameFitsTheTerminal(t *testing.T) {
	stdout := os.Stdout
	defer func() { os.Stdout = stdout }()
	for name, c := range map[string]struct {
		w, h    int
		environ []string
		shown   bool
		profile colorprofile.Profile
	}{
		"all colours":       {60, 12, []string{"TERM=xterm-256color", "COLORTERM=truecolor"}, true, colorprofile.TrueColor},
		"some colours":      {60, 12, []string{"TERM=xterm-256color"}, true, colorprofile.ANSI256},
		"none are allowed":  {60, 12, []string{"TERM=xterm-256color", "COLORTERM=truecolor", "NO_COLOR=yes"}, true, colorprofile.ASCII},
		"no width":          {0, 12, nil, false, colorprofile.TrueColor},
		"no height":         {60, 0, nil, false, colorprofile.TrueColor},
		"smaller than that": {30, 5, []string{"TERM=xterm-256color"}, true, colorprofile.ANSI256},
	} {
		a, _ := withScreens(t)
		a.current, a.globals, a.options.Environ = &drawn{still{id: "one"}}, a.globalActions(), c.environ
		program, seen := terminal(t, c.w, c.h)
		os.Stdout = program
		options, leave := a.withFirstFrame()
		if (len(options) > 0) != c.shown || a.Theme.Profile != c.profile || c.shown && a.window != (ui.Size{W: c.w, H: c.h}) {
			t.Errorf("%s: shown is %t in %v with the colours %v", name, len(options) > 0, a.window, a.Theme.Profile)
		}
		leave()
		if _, err := program.WriteString("that is all"); err != nil {
			t.Fatal(err)
		}
		got := readUntil(t, seen, "that is all")
		if !c.shown {
			if got != "that is all" {
				t.Errorf("%s: the terminal was written %q", name, got)
			}
			continue
		}
		frame, _, _ := strings.Cut(a.View().Content, "\n")
		if !strings.Contains(ansi.Strip(got), strings.TrimRight(ansi.Strip(frame), " ")) || strings.Contains(got, "38;2;") && c.profile != colorprofile.TrueColor || strings.Contains(got, "38;5;") && c.profile == colorprofile.ASCII {
			t.Errorf("%s: the terminal was written %q", name, got)
		}
		if !strings.Contains(got, ansi.ResetModeAltScreenSaveCursor) {
			t.Errorf("%s: its screen is not left", name)
		}
	}
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	a, _ := withScreens(t)
	if os.Stdout = file; a.showFirstFrame() != nil {
		t.Error("a file is drawn a frame")
	}
}
