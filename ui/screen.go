package ui

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// Info says what a screen is called.
type Info struct {
	// ID names it in the remembered state and in the ids of its actions.
	ID string
	// Title is its name as the tab and the window title show it, and short where the
	// window is too narrow for that; empty is the title.
	Title, Short string
	// Compares tells that it shows results of the candidates: what is wrong with the
	// one in focus stands in its status line.
	Compares bool
}

// ShortTitle is the title for narrow windows.
func (i Info) ShortTitle() string { return cmp.Or(i.Short, i.Title) }

// Screen is one page of the explorer. It changes itself in update and mouse
// and draws itself in view, which must be pure and fill exactly the size.
type Screen interface {
	// Info says what it is called; it never changes.
	Info() Info
	// Update takes messages that are not bound to an action: typed text while
	// typing, pastes, and results that only this screen asked for.
	Update(msg tea.Msg) tea.Cmd
	// View draws the screen, exactly s.h lines of s.w columns.
	View(s Size) []string
	// Actions are what can be done here, in the order in which help shows them.
	Actions() []Action
	// Mouse takes a click or a turn of the wheel; x and y are relative to the
	// screen's own top left corner, s is the size that was drawn last.
	Mouse(ev Mouse, s Size) tea.Cmd
	// Typing tells that letters go into a text and are no commands.
	Typing() bool
	// Back goes one step back inside the screen; false when there is none.
	Back() bool
	// Status is the left part of the status line; may be empty.
	Status() string
}

// Marker is a screen whose drawing has marks; marks are each with its meaning, for
// the help.
type Marker interface {
	Marks() [][2]string
}

// Keeper is a screen that remembers choices of its own from one session to the
// next. save gives nil when there is nothing to remember; restore takes what save
// gave, or what another version of the program did, and ignores what it cannot read.
type Keeper interface {
	Save() json.RawMessage
	Restore(json.RawMessage)
}

// Opener is a screen that wants to know when the person comes to it.
type Opener interface {
	Opened()
}

// Paster is a screen that takes what is pasted while nothing is being typed.
type Paster interface {
	Pastes()
}

// Refresher is a screen that keeps what it draws ready: refresh is called after
// every message while the screen is shown, and must be cheap when nothing that
// it shows has changed.
type Refresher interface {
	Refresh() tea.Cmd
}

// Mouse is a click or a turn of the wheel inside a screen or an overlay.
type Mouse struct {
	X, Y  int
	Wheel int // -1 up, 1 down, 0 a click of the left button
}

// Context is what every screen may look at and call.
type Context struct {
	Session *session.Session
	Theme   *theme.Theme
	// Body is the size in which the screen was last drawn.
	Body Size
	// Export asks for a file and writes something to it; copy puts it into the
	// clipboard.
	Export, Copy func(e Export) tea.Cmd
	// Notify shows one line to the person until the next key.
	Notify func(level NoticeLevel, text string)
	// Open puts an overlay on top.
	Open func(o Overlay)
	// Go switches to a screen.
	Go func(id string)
	// Drawing is what the settings say of drawings, where a screen remembers nothing
	// else.
	Drawing drawing
	// Undisturbed tells that the person looks at a screen and nothing above it.
	Undisturbed func(id string) bool
	// Chosen is told of a model that was made a candidate.
	Chosen func(m api.Model)
}

// drawing names a colour scale and a way to draw cells as the settings file does.
type drawing struct{ ColorScale, Cells string }

// NoticeLevel tells how a notice looks.
type NoticeLevel int

const (
	NoticeInfo NoticeLevel = iota
	NoticeGood
	NoticeWarn
	NoticeError
)

func (s *Context) Inform(format string, args ...any) {
	s.Notify(NoticeInfo, fmt.Sprintf(format, args...))
}

func (s *Context) Fail(err error) { s.Notify(NoticeError, err.Error()) }

// Perform runs an action, or says why it cannot be done.
func (s *Context) Perform(act Action) tea.Cmd {
	if reason := act.Reason(); reason != "" {
		s.Notify(NoticeWarn, strings.TrimSuffix(act.Label(), term.Ellipsis)+": "+reason)
		return nil
	}
	return act.Run()
}

// CopyWord copies what is short enough to be shown.
func (s *Context) CopyWord(word string) tea.Cmd {
	s.Notify(NoticeGood, "Copied "+word+".")
	return tea.SetClipboard(word)
}

// Encode writes a screen's choices down for the state. They are plain data, so
// that this cannot fail.
func Encode(choices any) json.RawMessage {
	kept, err := json.Marshal(choices)
	if err != nil {
		return nil
	}
	return kept
}
