package ui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/report"
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

// copyFormat is the one in which an export is copied.
func (e export) copyFormat() exportFormat {
	f, _ := e.format(cmp.Or(e.copied, ".tsv"))
	return f
}

// copy begins to copy an export.
func (s *shared) copy(e export) tea.Cmd { return render(s.store.life, e, e.copyFormat()) }

// copied puts what was written down into the clipboard, or offers a file where
// it is too long; free tells that nothing else is open meanwhile.
func (s *shared) copied(msg copyMsg, free bool) tea.Cmd {
	switch {
	case errors.Is(msg.err, errTooLong):
		s.tooLong(msg.export, free)
	case errors.Is(msg.err, context.Canceled):
	case msg.err != nil:
		s.fail(msg.err)
	default:
		text := fmt.Sprintf("Copied %s (%s).", msg.export.what, report.Bytes(int64(len(msg.text))))
		s.notify(noticeGood, sentences(text, msg.export.remark, msg.remark))
		return tea.SetClipboard(msg.text)
	}
	return nil
}

// tooLong says why something is not copied, and offers a file instead.
func (s *shared) tooLong(e export, free bool) {
	limit := report.Bytes(clipboardLimit)
	if !free {
		s.notify(noticeWarn, fmt.Sprintf("Not copied: %s takes more than the %s that fit into a clipboard; a file takes it.", e.what, limit))
		return
	}
	s.open(newConfirm("Too large to copy: "+e.what, []string{"Only " + limit + " are sure to get through a terminal into the clipboard."},
		answer{key: "e", label: "export it to a file…", run: func() tea.Cmd { return s.askExport(e) }}))
}

// verbatim is a text as it is, for copying and, when that is too much, a file.
func verbatim(what, name, text string) export {
	return export{what: what, name: name, copied: ".txt", formats: []exportFormat{quiet(".txt", func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})}}
}
