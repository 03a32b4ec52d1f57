package shell

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// Notice is one line shown to the person until the next key or a while later.
type Notice struct {
	ID    int
	Level ui.NoticeLevel
	Text  string
	// expires tells that its end has been scheduled.
	expires bool
	// stays tells that it has no end until a key is pressed: it may not have been
	// read when it is about money.
	stays bool
	// news is the part of it about what came up beside the work, such as that a model was
	// replaced; what a run took does not displace it.
	news string
	// stopped tells that it says that the person has stopped what ran: a failure of that
	// is none, and is not told in its place.
	stopped bool
}

// noticeTime is how long a notice can be read.
const noticeTime = 8 * time.Second

// ClearNotice takes away what the person has been told.
func (a *App) ClearNotice() { a.notice = Notice{} }

func (a *App) setNotice(level ui.NoticeLevel, text string) {
	a.lastNotice++
	a.notice = Notice{ID: a.lastNotice, Level: level, Text: term.Safe(text)}
}

// ScheduleExpiry takes a new notice away after it could be read.
func (a *App) ScheduleExpiry() tea.Cmd {
	if a.notice.Text == "" || a.notice.expires || a.notice.stays {
		return nil
	}
	a.notice.expires = true
	id := a.notice.ID
	return a.Session.After(noticeTime, func() tea.Cmd {
		if a.notice.ID == id {
			a.ClearNotice()
		}
		return nil
	})
}

// noticeStyle is how a notice of that level looks.
func noticeStyle(t *theme.Theme, l ui.NoticeLevel) theme.Pen {
	switch l {
	case ui.NoticeGood:
		return t.Good
	case ui.NoticeWarn:
		return t.Warn
	case ui.NoticeError:
		return t.Bad.Bold()
	default:
		return t.Accent
	}
}
