package shell

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
)

// ticks counts how often a ticker beats in a time, while something is drawn again and
// again, or nothing when every is zero.
func ticks(b *beat, during, every time.Duration) int {
	end := time.After(during)
	var draw <-chan time.Time
	if every > 0 {
		drawing := time.NewTicker(every)
		defer drawing.Stop()
		draw = drawing.C
	}
	for n := 0; ; {
		select {
		case <-end:
			select { // what is due in the same moment belongs to the time
			case <-b.ticker.C:
				n++
			default:
			}
			return n
		case <-draw:
			b.quicken()
		case <-b.ticker.C:
			n++
		}
	}
}

func TestTheBeatFollowsWhatIsDrawn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBeat(time.NewTicker(time.Second / framesPerSecond))
		defer b.stop()
		ticks(b, time.Minute, 0)
		if n := ticks(b, time.Minute, 0); n > 60 {
			t.Errorf("%d looks in a minute in which nothing is drawn", n)
		}
		b.quicken()
		if n := ticks(b, quickBeat, 0); n != 1 {
			t.Errorf("%d looks right after something was drawn", n)
		}
		ticks(b, time.Minute, 0)
		// However often something is drawn, the window shows it.
		for _, every := range []time.Duration{quickBeat / 4, quickBeat, 3 * quickBeat, untilSlow - time.Millisecond} {
			if n, want := ticks(b, time.Second, every), int(time.Second/quickBeat); n < want-int(untilSlow/quickBeat)-1 || n > want {
				t.Errorf("drawn every %v: %d looks in a second", every, n)
			}
		}
	})
}

// An alarm that had gone off when something was drawn must not slow the beat then.
func TestALateAlarmDoesNotSlowTheBeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBeat(time.NewTicker(time.Hour))
		defer b.stop()
		time.Sleep(untilSlow / 2)
		b.quicken()
		b.slow()
		if !b.quick {
			t.Error("it is slow right after something was drawn")
		}
	})
}

// looked tells once that it was drawn, and with that what ticker its program has.
type looked struct {
	program *tea.Program
	ticker  chan *time.Ticker
}

func (l *looked) Init() tea.Cmd                       { return tea.Quit }
func (l *looked) Update(tea.Msg) (tea.Model, tea.Cmd) { return l, nil }
func (l *looked) View() tea.View {
	select {
	case l.ticker <- tickerOf(l.program):
	default:
	}
	return tea.NewView("")
}

// A Bubble Tea that keeps its ticker elsewhere would beat all the time again, unseen.
func TestBubbleTeaHasATicker(t *testing.T) {
	model := &looked{ticker: make(chan *time.Ticker, 1)}
	model.program = tea.NewProgram(model, tea.WithInput(nil), tea.WithOutput(&bytes.Buffer{}), tea.WithoutSignals())
	if _, err := model.program.Run(); err != nil {
		t.Fatal(err)
	}
	if ticker := <-model.ticker; ticker == nil {
		t.Error("its ticker was not found")
	}
}

func TestAProgramWithoutATickerIsDrawnAllTheSame(t *testing.T) {
	b := newBeat(nil)
	defer b.stop()
	b.quicken()
	b.slow()
	if b.quick {
		t.Error("it beats quickly without a ticker")
	}
}
