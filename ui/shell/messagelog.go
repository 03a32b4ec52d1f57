package shell

import (
	"fmt"
	"io"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/term"
)

// messageLog writes the messages of the loop, one line each: when it came, its type,
// which key it was, and how long Update took. What a message carries is not written,
// and no character that becomes part of a text: it may be part of a key.
type messageLog struct{ w io.Writer }

// logged is Update with a line about it. The line is written after a panic too, for
// then it is the one that is looked for.
func (l messageLog) logged(msg tea.Msg, typing bool, update func(tea.Msg) tea.Cmd) tea.Cmd {
	if l.w == nil {
		return update(msg)
	}
	what := messageText(msg, typing)
	begin := time.Now()
	defer func() {
		// That the log cannot be written must not stop the work.
		_, _ = fmt.Fprintf(l.w, "%s explorer %s, %s\n", begin.UTC().Format("2006-01-02T15:04:05.000Z"), what, time.Since(begin).Round(time.Microsecond))
	}()
	return update(msg)
}

// messageText names a message: its type, and of a key which, unless it is typed.
func messageText(msg tea.Msg, typing bool) string {
	what := fmt.Sprintf("%T", msg)
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
		return what
	case typing && press.Text != "":
		return what + " of a character"
	}
	return what + " " + term.Safe(press.String())
}
