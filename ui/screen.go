package ui

import (
	"cmp"
	"encoding/json"

	tea "charm.land/bubbletea/v2"
)

// Screen is one page of the explorer: a package of its own below ui/screens, and a
// line in the registry of ui/app. It changes itself in Update and in the runs of its
// actions, on the loop alone. All else that a screen may have to say is an interface
// of its own below, which the window asks for.
type Screen interface {
	// Info says what it is called; it never changes.
	Info() Info
	// Update takes messages that are not bound to an action, such as what is typed
	// and pasted into a text.
	Update(msg tea.Msg) tea.Cmd
	// View draws the screen: exactly s.H lines of s.W columns. It must be pure.
	View(s Size) []string
	// Actions are what can be done here, in the order in which help shows them.
	Actions() []Action
}

// Info says what a screen is called.
type Info struct {
	// ID names it in the remembered state and in the ids of its actions.
	ID string
	// Title is its name as the tab and the window title show it, and Short where the
	// window is too narrow for that; an empty one is the title.
	Title, Short string
	// Compares tells that it shows results of the candidates: what is wrong with the
	// one in focus stands in its status line.
	Compares bool
}

// ShortTitle is the title for narrow windows.
func (i Info) ShortTitle() string { return cmp.Or(i.Short, i.Title) }

// Typer is a screen or an overlay into which something can be typed. While Typing
// holds, letters go into a text and are no commands, what is pasted goes there too,
// and the log of messages does not name them.
type Typer interface {
	Typing() bool
}

// Backer is a screen in which one can go a step back: out of a text, a filter, a
// part. Back does it, and gives false when there is none left.
type Backer interface {
	Back() bool
}

// Pointer is a screen whose cursor is on texts: Under gives their indices into the corpus,
// the one that is meant first.
type Pointer interface {
	Under() []int
}

// Clicker is a screen that takes the mouse: a click or a turn of the wheel, relative
// to its own top left corner, in the size that was drawn last.
type Clicker interface {
	Mouse(ev Mouse, s Size) tea.Cmd
}

// Refresher is a screen that keeps what it draws ready: Refresh is called after
// every message while the screen is shown, and must be cheap when nothing that it
// shows has changed.
type Refresher interface {
	Refresh() tea.Cmd
}

// Statuser is a screen that says something in the status line while nothing runs,
// in one line that may be cut; empty says nothing.
type Statuser interface {
	Status() string
}

// Legender is a screen whose drawing has marks: Legend gives each with its meaning,
// for the help.
type Legender interface {
	Legend() [][2]string
}

// Keeper is a screen that remembers choices of its own from one session to the
// next. Save gives nil when there is nothing to remember; Restore takes what Save
// gave, or what another version of the program did, and ignores what it cannot read.
type Keeper interface {
	Save() json.RawMessage
	Restore(kept json.RawMessage)
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

// Opener is a screen that wants to know when the person comes to it.
type Opener interface {
	Opened()
}

// Paster is a screen that takes what is pasted while nothing is being typed.
type Paster interface {
	Pastes()
}

// Offerer is a screen with actions that have no key: the palette alone offers them, by
// their names.
type Offerer interface {
	Offers() []Action
}

// FileTaker is a screen that opens files as the person would there, and asks what
// cannot be told from them.
type FileTaker interface {
	TakeFile(path string) tea.Cmd
	// OpeningFile tells that a file is being read.
	OpeningFile() bool
}

// LeftOutTaker is a screen that shows which rows of a file were left out. It is told of
// the files that the explorer was started with; name is what they are called together,
// and reasons say of the first rows why.
type LeftOutTaker interface {
	TakeLeftOut(name string, rows int, reasons []error)
}

// Filterer is a screen that can be started with a filter, or with a query where that is
// what its field takes: Filter shows what goes with those words.
type Filterer interface {
	Filter(words string)
}

// Printer is a screen of which the command line prints the same: Command gives the words
// for it, or the reason why there is nothing to print yet, as half a sentence.
type Printer interface {
	Command() (c Command, reason string)
}

// Mouse is a click or a turn of the wheel inside a screen or an overlay.
type Mouse struct {
	X, Y  int
	Wheel int // -1 up, 1 down, 0 a click of the left button
}
