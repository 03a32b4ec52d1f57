package openai

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/vecscope/vecscope/api/openai/internal/scrub"
)

// loggedBody is how much of a body the log shows.
const loggedBody = 2000

// debugLog writes requests and answers, one line each, without the key. A nil log
// writes nothing.
type debugLog struct {
	mu    sync.Mutex
	w     io.Writer
	name  string
	scrub scrub.Scrubber
}

func newDebugLog(w io.Writer, name string, s scrub.Scrubber) *debugLog {
	if w == nil {
		return nil
	}
	return &debugLog{w: w, name: name, scrub: s}
}

// note writes a line. That the log cannot be written must not stop the work, so
// its errors are let go.
func (l *debugLog) note(format string, args ...any) {
	if l == nil {
		return
	}
	line := l.scrub.Say(fmt.Sprintf(format, args...), 2*loggedBody)
	l.mu.Lock()
	defer l.mu.Unlock()
	_, _ = fmt.Fprintf(l.w, "%s %s %s\n", time.Now().UTC().Format("2006-01-02T15:04:05.000Z"), scrub.Clean(l.name), line)
}

// noteOf writes a line about an attempt of a call. Each names the request and the
// attempt, for those of several models come in any order.
func (l *debugLog) noteOf(q call, format string, args ...any) {
	l.note("request %d, attempt %d "+format, append([]any{q.number, q.attempt}, args...)...)
}

func (l *debugLog) request(q call) {
	if l == nil {
		return
	}
	l.noteOf(q, "-> %s %s, %s: %s", q.method, q.url, bytesText(int64(len(q.body))), l.body(q.body))
}

func (l *debugLog) answer(q call, resp *http.Response, body []byte, elapsed time.Duration) {
	if l == nil {
		return
	}
	var headers strings.Builder
	for _, name := range []string{"Content-Type", "Retry-After", requestID} {
		if value := resp.Header.Get(name); value != "" {
			headers.WriteString(", " + name + ": " + value)
		}
	}
	l.noteOf(q, "<- %d after %s, %s%s: %s", resp.StatusCode, elapsed.Round(time.Millisecond), bytesText(int64(len(body))), headers.String(), l.body(body))
}

// failed writes why an attempt failed, whose provider every line names already. What
// ctx has cut short has been stopped.
func (l *debugLog) failed(ctx context.Context, q call, f *fault) {
	if l == nil {
		return
	}
	what := "failed: " + strings.TrimLeft(strings.TrimPrefix(f.Error(), f.Provider), ": ")
	if errors.Is(ctx.Err(), context.Canceled) {
		what = "stopped"
	}
	l.noteOf(q, "%s", what)
	if f.lost && q.paid {
		l.noteOf(q, "the answer was lost: if the server has done the work, asking again is billed again")
	}
}

// body is the beginning of a body. It is made safe before it is cut, for a cut
// through a key would hide it from the search for it.
func (l *debugLog) body(b []byte) string {
	return l.scrub.Say(string(b[:min(len(b), 4*loggedBody)]), loggedBody)
}

// bytesText writes a number of bytes for people.
func bytesText(n int64) string {
	switch {
	case n < 10_000:
		return fmt.Sprintf("%d bytes", n)
	case n < 10_000_000:
		return fmt.Sprintf("%d kB", n/1000)
	}
	return fmt.Sprintf("%d MB", n/1_000_000)
}
