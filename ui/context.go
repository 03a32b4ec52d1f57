package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// Context is what every screen and overlay may look at and call. There is one for
// the program; it is used on the loop alone.
type Context struct {
	// Session is the shared state: texts, candidates, results, what was spent.
	Session *session.Session
	// Theme has the colours; another one takes its place when the terminal tells more.
	Theme *theme.Theme
	// Body is the size in which screens are drawn.
	Body Size
	// Drawing is what the settings say of drawings, where a screen remembers nothing
	// else.
	Drawing Drawing
	// Notify shows one line to the person until the next key.
	Notify func(level NoticeLevel, text string)
	// Open puts an overlay on top.
	Open func(o Overlay)
	// Go switches to the screen of that id.
	Go func(id string)
	// Export asks for a file and writes something to it; Copy puts it into the
	// clipboard.
	Export, Copy func(e Export) tea.Cmd
	// Undisturbed tells that the person looks at the screen of that id and nothing
	// above it.
	Undisturbed func(id string) bool
	// Chosen is told of a model that was made a candidate.
	Chosen func(m api.Model)
}

// Drawing names a colour scale and a way to draw cells as the settings file does.
type Drawing struct{ ColorScale, Cells string }

// NoticeLevel tells how a notice looks.
type NoticeLevel int

// The levels, the more urgent ones later.
const (
	NoticeInfo NoticeLevel = iota
	NoticeGood
	NoticeWarn
	NoticeError
)

// ReadingLists is what is said while lists are read again.
const ReadingLists = "Reading the lists again…"

// Inform shows one line, formatted as by fmt.Sprintf.
func (c *Context) Inform(format string, args ...any) {
	c.Notify(NoticeInfo, fmt.Sprintf(format, args...))
}

// Fail shows an error.
func (c *Context) Fail(err error) { c.Notify(NoticeError, err.Error()) }

// Perform runs an action, or says why it cannot be done.
func (c *Context) Perform(act Action) tea.Cmd {
	if reason := act.Reason(); reason != "" {
		c.Notify(NoticeWarn, strings.TrimSuffix(act.Label(), term.Ellipsis)+": "+reason)
		return nil
	}
	return act.Run()
}

// searchScreen is the id of the one on which texts are searched.
const searchScreen = "search"

// SearchLike has texts searched that are like one of those words.
func (c *Context) SearchLike(words string) {
	c.Session.Asked().Want(words)
	c.Go(searchScreen)
}

// CopyWord copies what is short enough to be shown.
func (c *Context) CopyWord(word string) tea.Cmd {
	c.Notify(NoticeGood, "Copied "+word+".")
	return tea.SetClipboard(word)
}
