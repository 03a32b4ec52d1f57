package texts

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// opening is a file that is being read.
type opening struct {
	typed   string // its path, as it was typed
	options corpus.Options
	// plain tells that it holds texts, whatever its columns are called; present are
	// those that labels may name.
	plain   bool
	present []corpus.Text
	ctx     context.Context
	stop    context.CancelFunc
	// read and size are the bytes that were read, and all of them; the reading itself
	// writes them.
	read, size atomic.Int64
}

// found is what the reading of a file brought: its texts, labels, or what is to be
// asked.
type found struct {
	path    string
	look    *corpus.Look
	reading *corpus.Reading
	labels  *labelFile
}

// openInterval is how often the progress of a reading is drawn.
const openInterval = 100 * time.Millisecond

// openFile reads the texts of a file, or labels; one that is being read is given up.
// What cannot be told from the file is asked.
func (s *Screen) openFile(typed string, options corpus.Options) tea.Cmd {
	return s.open(&opening{typed: typed, options: options, present: s.Session.Corpus().Snapshot()})
}

// openTexts reads a file that looks like labels as texts all the same.
func (s *Screen) openTexts(typed string, options corpus.Options) tea.Cmd {
	return s.open(&opening{typed: typed, options: options, plain: true})
}

func (s *Screen) open(o *opening) tea.Cmd {
	s.stopOpening()
	o.ctx, o.stop = context.WithCancel(s.Session.Life())
	o.options.Progress = func(read, size int64) {
		o.read.Store(read)
		o.size.Store(size)
	}
	s.opening = o
	return tea.Batch(loop.Async(o.ctx, o.work, func(f found, err error) tea.Cmd {
		if s.opening != o {
			return nil // it was given up
		}
		s.stopOpening()
		return s.found(o, f, err)
	}), s.watchOpening(o))
}

// TakeFile opens a file that the explorer was started with.
func (s *Screen) TakeFile(path string) tea.Cmd { return s.openFile(path, corpus.Options{}) }

// OpeningFile tells that a file is being read.
func (s *Screen) OpeningFile() bool { return s.opening != nil }

// TakeLeftOut takes in which rows of the files were left out that the explorer was started
// with.
func (s *Screen) TakeLeftOut(name string, rows int, reasons []error) {
	left := &corpus.Reading{Left: rows}
	for _, err := range reasons {
		var why *corpus.ReadError
		if errors.As(err, &why) {
			left.Reasons = append(left.Reasons, why)
		}
	}
	s.last = opened{name, left}
}

// work reads the file, unless there is something to be asked about its columns.
func (o *opening) work(ctx context.Context) (f found, err error) {
	f.path = corpus.PathOf(o.typed)
	asked := o.options.Columns != (corpus.Columns{})
	if !o.plain && !asked && o.options.Encoding == "" {
		if kind, where := kindOf(f.path); kind != labels.KindTexts {
			f.labels, err = readLabels(ctx, where, kind, o.present)
			return f, err
		}
	}
	if !asked {
		if f.look, err = corpus.LookAt(ctx, f.path, o.options); err != nil || !f.look.Sure {
			return f, err
		}
	}
	f.reading, err = corpus.LoadFile(ctx, f.path, o.options)
	return f, err
}

// watchOpening draws the progress from time to time.
func (s *Screen) watchOpening(o *opening) tea.Cmd {
	return s.Session.After(openInterval, func() tea.Cmd {
		if s.opening != o {
			return nil
		}
		return s.watchOpening(o)
	})
}

// stopOpening gives up the file that is being read; false when none is.
func (s *Screen) stopOpening() bool {
	if s.opening == nil {
		return false
	}
	s.opening.stop()
	s.opening = nil
	return true
}

// openingText says how far the reading is.
func (s *Screen) openingText() string {
	text := "Reading " + term.Safe(filepath.Base(s.opening.typed))
	if size := s.opening.size.Load(); size > 0 {
		text += fmt.Sprintf(": %d%%", min(100*s.opening.read.Load()/size, 100))
	}
	return text + " · esc stops"
}

// found takes the texts, or asks for what they lack.
func (s *Screen) found(o *opening, f found, err error) tea.Cmd {
	var where *corpus.ReadError
	switch {
	case errors.Is(err, corpus.ErrEncoding) && errors.As(err, &where) && s.Undisturbed(ID) && !s.Typing():
		return s.askEncoding(o, f.path, where.Row)
	case err == nil && f.labels != nil:
		return s.takeLabels(o, f.labels)
	case err != nil || f.reading != nil:
		if err != nil {
			f.path = o.typed // where it can be mended
		}
		return s.takeReading(f.path, o.options, f.reading, err)
	case !s.Undisturbed(ID) || s.Typing():
		s.Inform("%s waits to be told which column has the texts: o opens it.", filepath.Base(f.path))
		return nil
	}
	s.askColumns(o, f)
	return nil
}

// askEncoding asks how a file is written that is not UTF-8, and shows what each
// encoding makes of the line that showed it.
func (s *Screen) askEncoding(o *opening, path string, row int) tea.Cmd {
	work := func(ctx context.Context) (map[string]string, error) { return corpus.Sample(ctx, path, row) }
	o.ctx, o.stop = context.WithCancel(s.Session.Life())
	s.opening = o // it is still being read
	return loop.Async(o.ctx, work, func(samples map[string]string, err error) tea.Cmd {
		if s.opening != o {
			return nil // it was given up
		}
		s.stopOpening()
		if err != nil {
			return s.takeReading(o.typed, o.options, nil, err)
		}
		p := widget.NewPicker(s.Context, "How is "+term.Safe(filepath.Base(path))+" written?", fmt.Sprintf("Line %d is not UTF-8: choose what reads well.", row), func() []widget.PickItem {
			var items []widget.PickItem
			all := corpus.Encodings()
			for _, e := range append(all[1:], all[0]) { // it is not UTF-8 as a whole
				sample, ok := samples[e.Name]
				if !ok {
					continue
				}
				options := o.options
				options.Encoding = e.Name
				items = append(items, widget.PickItem{Label: e.Name, Detail: term.Safe(sample), Note: e.About,
					Choose: func() tea.Cmd { return s.openFile(path, options) }})
			}
			return items
		})
		p.Aligned = true
		s.Open(p)
		return nil
	})
}

// showLeftOut shows which rows of the file that was opened last were left out, and
// why.
func (s *Screen) showLeftOut() {
	var lines []string
	reasons := s.last.reading.Reasons
	for _, why := range reasons {
		line := widget.SentenceStart(why.Unnamed())
		if first, last := reasons[0], reasons[len(reasons)-1]; first.Name != last.Name {
			line = why.Error()
		}
		lines = append(lines, line)
	}
	if more := s.last.reading.Left - len(lines); more > 0 {
		lines = append(lines, fmt.Sprintf("… and %s more", format.Thousands(more)))
	}
	s.Open(widget.NewReader(s.Context, "Rows left out of "+term.Safe(s.last.name), strings.Join(lines, "\n"), func(w int, _ *theme.Theme) []string {
		var wrapped []string
		for _, l := range lines {
			wrapped = append(wrapped, term.SafeLines(l, w)...)
		}
		return wrapped
	}))
}

// opened is the file that was opened last, and how it was read.
type opened struct {
	name    string
	reading *corpus.Reading
}
