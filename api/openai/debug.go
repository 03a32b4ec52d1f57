package openai

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// loggedBody is how much of a body the log shows.
const loggedBody = 2000

// debugLog writes requests and answers, one line each, without the key. A nil log
// writes nothing.
type debugLog struct {
	mu    sync.Mutex
	w     io.Writer
	name  string
	scrub scrubber
}

func newDebugLog(w io.Writer, name string, s scrubber) *debugLog {
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
	line := l.scrub.say(fmt.Sprintf(format, args...), 2*loggedBody)
	l.mu.Lock()
	defer l.mu.Unlock()
	_, _ = fmt.Fprintf(l.w, "%s %s %s\n", time.Now().UTC().Format("2006-01-02T15:04:05.000Z"), clean(l.name), line)
}

func (l *debugLog) request(q call, attempt int) {
	if l == nil {
		return
	}
	l.note("-> %s %s attempt %d, %s: %s", q.method, q.url, attempt, bytesText(int64(len(q.body))), l.body(q.body))
}

func (l *debugLog) answer(resp *http.Response, body []byte, elapsed time.Duration) {
	if l == nil {
		return
	}
	var headers strings.Builder
	for _, name := range []string{"Content-Type", "Retry-After", requestID} {
		if value := resp.Header.Get(name); value != "" {
			headers.WriteString(", " + name + ": " + value)
		}
	}
	l.note("<- %d after %s, %s%s: %s", resp.StatusCode, elapsed.Round(time.Millisecond), bytesText(int64(len(body))), headers.String(), l.body(body))
}

// body is the beginning of a body. It is made safe before it is cut, for a cut
// through a key would hide it from the search for it.
func (l *debugLog) body(b []byte) string {
	return l.scrub.say(string(b[:min(len(b), 4*loggedBody)]), loggedBody)
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
