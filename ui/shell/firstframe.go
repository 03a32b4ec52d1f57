package shell

import (
	"bytes"
	"io"
	"os"
	"runtime"
	"strings"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"github.com/vecscope/vecscope/ui"
)

// screenFile is the terminal with a first frame on it. Bubble Tea draws with a beat, the
// first time after a whole one: a person would wait for that longer than the program
// takes to begin.
type screenFile struct {
	*os.File
	taken atomic.Bool // by Bubble Tea, which then leaves it as it was
}

// Write implements io.Writer for Bubble Tea.
func (s *screenFile) Write(data []byte) (int, error) {
	if bytes.Contains(data, []byte(ansi.SetModeAltScreenSaveCursor)) {
		s.taken.Store(true)
	}
	return s.File.Write(data)
}

// show draws a frame on a screen of its own.
func (s *screenFile) show(frame string, profile colorprofile.Profile) {
	out := colorprofile.Writer{Forward: s.File, Profile: profile}
	_, _ = io.WriteString(&out, ansi.SetModeAltScreenSaveCursor+ansi.ResetModeTextCursorEnable+
		ansi.EraseEntireScreen+ansi.CursorHomePosition+strings.ReplaceAll(frame, "\n", "\r\n"))
}

// leave leaves that screen, if nobody else has.
func (s *screenFile) leave() {
	if !s.taken.Load() {
		_, _ = s.File.WriteString(ansi.ResetModeAltScreenSaveCursor + ansi.SetModeTextCursorEnable)
	}
}

// showFirstFrame draws the window on standard output, where that is a terminal, and gives
// what Bubble Tea then writes to; nil where it is to do all itself, as on Windows, where
// it first has the terminal understand what is written.
func (a *App) showFirstFrame() *screenFile {
	w, h, err := term.GetSize(os.Stdout.Fd())
	if err != nil || w <= 0 || h <= 0 || runtime.GOOS == "windows" {
		return nil
	}
	environ := a.options.Environ
	if environ == nil {
		environ = os.Environ()
	}
	profile := colorprofile.Detect(os.Stdout, environ)
	if colourForbidden(environ) {
		profile = colorprofile.ASCII
	}
	a.window = ui.Size{W: w, H: h}
	a.SetTheme(a.Theme.Dark, profile)
	s := &screenFile{File: os.Stdout}
	s.show(a.View().Content, profile)
	return s
}

// withFirstFrame shows the first frame, where it is to, and gives the options that go
// with it and what is to be done in the end.
func (a *App) withFirstFrame() (options []tea.ProgramOption, leave func()) {
	s := a.showFirstFrame()
	if s == nil {
		return nil, func() {}
	}
	return []tea.ProgramOption{tea.WithOutput(s)}, s.leave
}
