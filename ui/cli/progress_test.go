package cli

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/term"
)

// long lets a step have run long enough to be told of.
func (g *progress) long() { g.next = time.Time{} }

func TestReadingALongFileShowsHowFarItIs(t *testing.T) {
	var out bytes.Buffer
	g := &progress{w: &out}
	g.start("reading questions.csv", 0)
	g.reportBytes(1, 100)
	if out.Len() > 0 {
		t.Errorf("what is read at once shows %q", out.String())
	}
	for _, step := range []struct {
		tell func()
		want string
	}{
		{func() { g.reportBytes(45, 100) }, "reading questions.csv: 45%"},
		{func() { g.reportBytes(2_000_000, 0) }, "reading questions.csv: 2.0 MB"},
		{func() { g.reportRows(45_000) }, "reading questions.csv: 45,000 rows"},
		{g.announce, "reading questions.csv"},
	} {
		out.Reset()
		g.long()
		if step.tell(); out.String() != clearLine+step.want {
			t.Errorf("it shows %q, want %q", out.String(), step.want)
		}
	}
	out.Reset()
	g.close()
	g.long()
	g.reportBytes(46, 100)
	g.announce()
	if out.String() != clearLine {
		t.Errorf("when it has ended it shows %q", out.String())
	}
}

func TestASilentServerIsSaidToBeWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		g := &progress{w: &out}
		g.start("embedding with own/"+strings.Repeat("long-", 20), 36)
		stop := g.watch()
		said := func(after time.Duration) string {
			time.Sleep(after)
			synctest.Wait()
			g.mu.Lock()
			defer g.mu.Unlock()
			defer out.Reset()
			return out.String()
		}
		last := func(after time.Duration) string {
			text := said(after)
			return text[strings.LastIndex(text, clearLine)+len(clearLine):]
		}
		g.report(12)
		said(0)
		if got := said(quietAfter - time.Second/2); got != "" {
			t.Errorf("at once it shows %q", got)
		}
		if got := last(10 * time.Second); !strings.HasSuffix(got, ": 12 of 36 texts, 12 s; ctrl+c stops") || term.Width(got) != quietWidth {
			t.Errorf("of a silent server it says %q", got)
		}
		g.wait(api.Notice{Reason: "429 Too Many Requests", Wait: time.Minute, Attempt: 2})
		said(0)
		if got := said(time.Minute); got != "" {
			t.Errorf("over a wait that was told it shows %q", got)
		}
		g.wait(api.Notice{Reason: "another vecscope asks for them"})
		if got := last(10 * time.Second); !strings.HasSuffix(got, ": waiting: another vecscope asks for them, 82 s; ctrl+c stops") {
			t.Errorf("of a wait without an end it says %q", got)
		}
		stop()
		said(0)
		if got := said(time.Minute); got != "" {
			t.Errorf("after the step it shows %q", got)
		}
	})
}

// A line is shown after a while, and not too often; what was waited for before is over.
func TestAStepTellsOnlyOfItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		g := &progress{w: &out}
		says := func(want string, tell func()) {
			t.Helper()
			out.Reset()
			if tell(); out.String() != want {
				t.Errorf("it shows %q, want %q", out.String(), want)
			}
		}
		forever := api.Notice{Reason: "somebody else"}
		says("", func() { g.start("one", 8) })
		time.Sleep(progressAfter - time.Millisecond)
		says("", func() { g.report(1) })
		time.Sleep(time.Millisecond)
		says(clearLine+"one: 2 of 8 texts", func() { g.report(2) })
		time.Sleep(progressEvery - time.Millisecond)
		says("", func() { g.report(3) })
		time.Sleep(time.Millisecond)
		says(clearLine+"one: 4 of 8 texts", func() { g.report(4) })
		says(clearLine+"one: waiting: somebody else", func() { g.wait(forever) })
		time.Sleep(quietAfter)
		says(clearLine+"one: waiting: somebody else, 3 s; ctrl+c stops", g.quiet)
		g.report(5)
		time.Sleep(quietAfter)
		says(clearLine+"one: 5 of 8 texts, 6 s; ctrl+c stops", g.quiet)
		g.wait(forever)
		g.wait(api.Notice{Reason: "busy", Wait: time.Second, Attempt: 2})
		time.Sleep(time.Second + quietAfter)
		says(clearLine+"one: 5 of 8 texts, 10 s; ctrl+c stops", g.quiet)
		g.wait(forever)
		says(clearLine+"two", func() { g.start("two", 3) })
		time.Sleep(quietAfter - time.Millisecond)
		says("", g.quiet)
		time.Sleep(time.Millisecond)
		says(clearLine+"two: 0 of 3 texts, 3 s; ctrl+c stops", g.quiet)
		says(clearLine+"two", func() { g.reportRows(0) })
		time.Sleep(progressEvery)
		says(clearLine+"two: 1 row", func() { g.reportRows(1) })
		time.Sleep(progressEvery)
		says(clearLine+"two: 33%, about 10 s left", func() { g.reportPairs(1, 3) })
	})
}

func TestProgressIsForTerminalsThatCanTakeALineAway(t *testing.T) {
	for kind, want := range map[string]bool{"xterm": true, "": true, "dumb": false} {
		s := newSession(t)
		s.onTerminal(&s.err)
		s.Environ = append(s.Environ, "TERM="+kind)
		if got := s.newProgress().w != nil; got != want {
			t.Errorf("on a terminal that is called %q: %t", kind, got)
		}
	}
	s := newSession(t)
	if s.onTerminal(&s.out); s.newProgress().w != nil {
		t.Error("where standard output alone is a terminal it is shown")
	}
}

func TestReadingIsToldOnATerminalAlone(t *testing.T) {
	for _, terminal := range []bool{true, false} {
		s := newSession(t)
		if terminal {
			s.onTerminal(&s.err)
		}
		cmd := s.duplicatesCommand()
		cmd.SetContext(t.Context())
		_, err := s.read(cmd, "questions.csv", func(o corpus.Options) (*corpus.Reading, error) {
			if o.Progress == nil || o.Rows == nil {
				t.Error("reading tells nothing")
			}
			return &corpus.Reading{}, nil
		})
		if err != nil || strings.Contains(s.out.String(), "reading") || !terminal && s.err.Len() > 0 {
			t.Errorf("%v, %q, %q", err, s.out.String(), s.err.String())
		}
	}
}
