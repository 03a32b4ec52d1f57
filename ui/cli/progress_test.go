package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/compare/corpus"
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
