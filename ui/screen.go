package ui

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/term"
)

// info says what a screen is called.
type info struct {
	// id names it in the remembered state and in the ids of its actions.
	id string
	// title is its name as the tab and the window title show it, and short where the
	// window is too narrow for that; empty is the title.
	title, short string
	// compares tells that it shows results of the candidates: what is wrong with the
	// one in focus stands in its status line.
	compares bool
}

// shortTitle is the title for narrow windows.
func (i info) shortTitle() string { return cmp.Or(i.short, i.title) }

// screen is one page of the explorer. It changes itself in update and mouse
// and draws itself in view, which must be pure and fill exactly the size.
type screen interface {
	// describe says what it is called; it never changes.
	describe() info
	// update takes messages that are not bound to an action: typed text while
	// typing, pastes, and results that only this screen asked for.
	update(msg tea.Msg) tea.Cmd
	// view draws the screen, exactly s.h lines of s.w columns.
	view(s size) []string
	// actions are what can be done here, in the order in which help shows them.
	actions() []action
	// mouse takes a click or a turn of the wheel; x and y are relative to the
	// screen's own top left corner, s is the size that was drawn last.
	mouse(ev mouseEvent, s size) tea.Cmd
	// typing tells that letters go into a text and are no commands.
	typing() bool
	// back goes one step back inside the screen; false when there is none.
	back() bool
	// status is the left part of the status line; may be empty.
	status() string
}

// marker is a screen whose drawing has marks; marks are each with its meaning, for
// the help.
type marker interface {
	marks() [][2]string
}

// keeper is a screen that remembers choices of its own from one session to the
// next. save gives nil when there is nothing to remember; restore takes what save
// gave, or what another version of the program did, and ignores what it cannot read.
type keeper interface {
	save() json.RawMessage
	restore(json.RawMessage)
}

// opener is a screen that wants to know when the person comes to it.
type opener interface {
	opened()
}

// paster is a screen that takes what is pasted while nothing is being typed.
type paster interface {
	pastes()
}

// refresher is a screen that keeps what it draws ready: refresh is called after
// every message while the screen is shown, and must be cheap when nothing that
// it shows has changed.
type refresher interface {
	refresh() tea.Cmd
}

// mouseEvent is a click or a turn of the wheel inside a screen or an overlay.
type mouseEvent struct {
	x, y  int
	wheel int // -1 up, 1 down, 0 a click of the left button
}

// shared is what every screen may look at and call.
type shared struct {
	store *store
	theme *theme
	// body is the size in which the screen was last drawn.
	body size
	// export asks for a file and writes something to it; copy puts it into the
	// clipboard.
	export, copy func(e export) tea.Cmd
	// notify shows one line to the person until the next key.
	notify func(level noticeLevel, text string)
	// open puts an overlay on top.
	open func(o overlay)
	// show switches to a screen.
	show func(id string)
	// drawing is what the settings say of drawings, where a screen remembers nothing
	// else.
	drawing drawing
	// undisturbed tells that the person looks at a screen and nothing above it.
	undisturbed func(id string) bool
	// chosen is told of a model that was made a candidate.
	chosen func(m api.Model)
}

// drawing names a colour scale and a way to draw cells as the settings file does.
type drawing struct{ colorScale, cells string }

// noticeLevel tells how a notice looks.
type noticeLevel int

const (
	noticeInfo noticeLevel = iota
	noticeGood
	noticeWarn
	noticeError
)

func (s *shared) info(format string, args ...any) { s.notify(noticeInfo, fmt.Sprintf(format, args...)) }

func (s *shared) fail(err error) { s.notify(noticeError, err.Error()) }

// do runs an action, or says why it cannot be done.
func (s *shared) do(act action) tea.Cmd {
	if reason := act.reason(); reason != "" {
		s.notify(noticeWarn, strings.TrimSuffix(act.label(), term.Ellipsis)+": "+reason)
		return nil
	}
	return act.run()
}

// copyWord copies what is short enough to be shown.
func (s *shared) copyWord(word string) tea.Cmd {
	s.notify(noticeGood, "Copied "+word+".")
	return tea.SetClipboard(word)
}

// remembering writes a screen's choices down for the state. They are plain data, so
// that this cannot fail.
func remembering(choices any) json.RawMessage {
	kept, err := json.Marshal(choices)
	if err != nil {
		return nil
	}
	return kept
}
