package cli

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

const (
	// progressAfter is how long a step runs before its progress is worth a line.
	progressAfter = 300 * time.Millisecond
	// progressEvery is the least time between two changes of the line.
	progressEvery = 100 * time.Millisecond
	// quietAfter is how long nothing may be told before the line says how long it has been.
	quietAfter = 3 * time.Second
	// quietWidth is what a line may fill that is written over and over: one that wraps cannot
	// be taken away.
	quietWidth = 79
)

// clearLine takes away what stands in the cursor's line.
const clearLine = "\r\x1b[K"

// progress is one line on standard error that changes while something long runs.
// Without a terminal there it does nothing.
type progress struct {
	w io.Writer // nil writes nothing

	mu    sync.Mutex // reports come from several goroutines
	step  string
	total int
	began time.Time
	next  time.Time // when the line may change
	shown bool

	done  int       // of total
	told  time.Time // when something was told last, or a wait that was told ends
	waits string    // what is waited for, nobody knows how long; empty for nothing
}

func (p *program) newProgress() *progress {
	if p.isTerminal(p.Err) && p.getenv("TERM") != "dumb" {
		return &progress{w: p.Err}
	}
	return &progress{}
}

// start begins a step of that many texts. A line that is shown changes at once,
// because nothing may be reported of this step.
func (g *progress) start(step string, total int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	g.step, g.total, g.began, g.next = term.Safe(step), total, now, now.Add(progressAfter)
	g.done, g.told, g.waits = 0, now, ""
	if g.shown {
		_, _ = io.WriteString(g.w, clearLine+g.step)
	}
}

// report tells how many texts are done.
func (g *progress) report(done int) {
	g.mu.Lock()
	g.done, g.told, g.waits = done, time.Now(), ""
	g.mu.Unlock()
	g.line(func() string { return fmt.Sprintf("%d of %d texts", done, g.total) + g.left(done, g.total) })
}

// wait tells of a wait before it begins.
func (g *progress) wait(n api.Notice) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.w == nil {
		return
	}
	g.shown = true
	text := fmt.Sprintf("waiting %s (%s), attempt %d follows", n.Wait.Round(100*time.Millisecond), term.Safe(n.Reason), n.Attempt)
	g.told, g.waits = time.Now().Add(n.Wait), ""
	if n.Wait == 0 {
		text = "waiting: " + term.Safe(n.Reason)
		g.waits = text
	}
	// A line that cannot be shown is not missed.
	_, _ = fmt.Fprintf(g.w, "%s%s: %s", clearLine, g.step, text)
}

// watch says while a server is silent how long the step has taken, and what stops it. stop
// ends that.
func (g *progress) watch() (stop func()) {
	if g.w == nil {
		return func() {}
	}
	stopped, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-stopped:
				return
			case <-tick.C:
				g.quiet()
			}
		}
	}()
	return func() {
		close(stopped)
		<-ended
	}
}

// quiet changes the line where nothing has been told for a while.
func (g *progress) quiet() {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	if g.w == nil || now.Sub(g.told) < quietAfter {
		return
	}
	text := g.waits
	if text == "" {
		text = fmt.Sprintf("%d of %d texts", g.done, g.total)
	}
	text = fmt.Sprintf(": %s, %d s; ctrl+c stops", text, int(now.Sub(g.began).Seconds()))
	g.shown = true
	_, _ = io.WriteString(g.w, clearLine+term.Truncate(g.step, max(quietWidth-term.Width(text), 0))+text)
}

// reportPairs tells how many pairs of texts are compared.
func (g *progress) reportPairs(done, total int) {
	g.line(func() string { return fmt.Sprintf("%d%%", 100*done/max(total, 1)) + g.left(done, total) })
}

// left says how long the rest of the step takes.
func (g *progress) left(done, total int) string {
	return format.TimeLeft(time.Since(g.began), done, total)
}

// reportBytes tells how much of a file is read; size is 0 when nobody knows.
func (g *progress) reportBytes(read, size int64) {
	g.line(func() string {
		if size > 0 {
			return fmt.Sprintf("%d%%", min(100*read/size, 100))
		}
		return format.Bytes(read)
	})
}

// reportRows tells how many rows are read; none yet while a large file is unpacked.
func (g *progress) reportRows(read int) {
	if read == 0 {
		g.announce()
		return
	}
	g.line(func() string { return format.Count(read, "row") })
}

// announce shows the line at once: the step is going to be long, and may tell nothing for
// a while.
func (g *progress) announce() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.w != nil {
		g.shown = true
		_, _ = io.WriteString(g.w, clearLine+g.step)
	}
}

// close takes the line away for good, also when something tells of itself later.
func (g *progress) close() {
	g.end()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.w = nil
}

// line changes the line when it is time to.
func (g *progress) line(text func() string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	if g.w == nil || now.Before(g.next) {
		return
	}
	g.next, g.shown = now.Add(progressEvery), true
	// A line that cannot be shown is not missed.
	_, _ = fmt.Fprintf(g.w, "%s%s: %s", clearLine, g.step, text())
}

// end takes the line away.
func (g *progress) end() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shown {
		_, _ = io.WriteString(g.w, clearLine)
		g.shown = false
	}
}
