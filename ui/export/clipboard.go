package export

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/widget"
)

// clipboardLimit is how many bytes are copied at the most. The sequence that sets
// the clipboard (OSC 52) carries base64, which makes four bytes of three, and
// sequences of more than 100,000 bytes, eight of them its frame, some terminals
// cut and others drop without a word.
const clipboardLimit = (100_000 - 8) / 4 * 3

// errTooLong tells that something does not go into the clipboard.
var errTooLong = errors.New("too long for the clipboard")

// clip takes what is to be copied; no more than fits.
type clip struct{ b strings.Builder }

func (c *clip) Write(p []byte) (int, error) {
	if c.b.Len()+len(p) > clipboardLimit {
		return 0, errTooLong
	}
	return c.b.Write(p)
}

// Copy begins to copy an export.
func (s *Dialog) Copy(e ui.Export) tea.Cmd {
	f := e.CopyFormat()
	work := func(ctx context.Context) (rendered, error) {
		c := &clip{}
		remark, err := f.Write(ctx, c)
		return rendered{c.b.String(), remark}, err
	}
	return loop.Async(s.Session.Life(), work, func(r rendered, err error) tea.Cmd { return s.copied(e, r, err) })
}

// rendered is what is to be copied, and what to know of it.
type rendered struct{ text, remark string }

// copied puts what was written down into the clipboard, or offers a file where
// it is too long.
func (s *Dialog) copied(e ui.Export, r rendered, err error) tea.Cmd {
	switch {
	case errors.Is(err, errTooLong):
		s.tooLong(e)
	case errors.Is(err, context.Canceled):
	case err != nil:
		s.Fail(err)
	default:
		text := fmt.Sprintf("Copied %s (%s).", e.What, format.Bytes(int64(len(r.text))))
		s.Notify(ui.NoticeGood, sentences(text, e.Remark, r.remark))
		return tea.SetClipboard(r.text)
	}
	return nil
}

// tooLong says why something is not copied, and offers a file instead.
func (s *Dialog) tooLong(e ui.Export) {
	limit := format.Bytes(clipboardLimit)
	if !s.Free() {
		s.Notify(ui.NoticeWarn, fmt.Sprintf("Not copied: %s takes more than the %s that fit into a clipboard; a file takes it.", e.What, limit))
		return
	}
	s.Open(widget.NewQuestion(s.Context, "Too large to copy: "+e.What, []string{"Only " + limit + " are sure to get through a terminal into the clipboard."},
		widget.Option{Key: "X", Label: "export it to a file…", Run: func() tea.Cmd { return s.Ask(e) }}))
}
