//go:build unix

package shell

import (
	"bytes"
	"errors"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// escapeWait is how long what could follow the key esc is waited for, with which other
// keys begin: a terminal sends a key at once. Bubble Tea waits for 50 ms, after which no
// answer to esc would be at once.
const escapeWait = 10 * time.Millisecond

// The key esc as terminals send it that part it from the beginning of others, and what
// stands around a paste.
const (
	escape      = "\x1b"
	certainEsc  = "\x1b[27u"
	pasteBegins = "\x1b[200~"
	pasteEnds   = "\x1b[201~"
)

// keyboard is a terminal's input in which esc is certain when nothing follows it.
type keyboard struct {
	*os.File
	// follows tells whether more comes within escapeWait.
	follows func() bool
	pasting bool
}

// withKeyboard reads keys from standard input where that is a terminal; else Bubble Tea
// finds one.
func withKeyboard() []tea.ProgramOption {
	if !term.IsTerminal(os.Stdin.Fd()) {
		return nil
	}
	k := &keyboard{File: os.Stdin}
	k.follows = k.ready
	return []tea.ProgramOption{tea.WithInput(k)}
}

// Read implements io.Reader.
func (k *keyboard) Read(data []byte) (int, error) {
	n, err := k.File.Read(data)
	read := data[:max(n, 0)]
	if begins, ends := bytes.LastIndex(read, []byte(pasteBegins)), bytes.LastIndex(read, []byte(pasteEnds)); begins != ends {
		k.pasting = begins > ends
	}
	if err != nil || k.pasting || !bytes.HasSuffix(read, []byte(escape)) || len(data)-n < len(certainEsc) || k.follows() {
		return n, err
	}
	return n - len(escape) + copy(data[n-len(escape):], certainEsc), nil
}

// ready tells whether the terminal has more to read, or will have in a moment.
func (k *keyboard) ready() bool {
	polled := []unix.PollFd{{Fd: int32(k.Fd()), Events: unix.POLLIN}}
	n, err := unix.Poll(polled, int(escapeWait.Milliseconds()))
	return n > 0 || err != nil && !errors.Is(err, unix.EINTR)
}
