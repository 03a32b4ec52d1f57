package shell

import (
	"reflect"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

const (
	// quickBeat is how long something new waits to be drawn, and how often the window is
	// drawn at the most.
	quickBeat = 4 * time.Millisecond
	// slowBeat is the beat while nothing is drawn: it costs next to nothing, and draws what
	// a machine that stood still at the wrong moment has left.
	slowBeat = time.Second
	// untilSlow is how long nothing has to be drawn for the slow beat.
	untilSlow = 40 * time.Millisecond
)

// beat sets how often Bubble Tea looks for something to draw: soon when there is, hardly
// ever while nothing happens. Bubble Tea itself looks so many times a second for as long
// as it runs, which takes half a per cent of a core for nothing, and has no option for
// less (github.com/charmbracelet/bubbletea/pull/1796 and 1776 ask for it).
type beat struct {
	ticker *time.Ticker
	mu     sync.Mutex
	quick  bool
	drawn  time.Time
	rest   *time.Timer // slows the beat
}

// newBeat takes over a ticker, which beats quickly from then on. A nil one has none.
func newBeat(ticker *time.Ticker) *beat {
	b := &beat{ticker: ticker}
	b.rest = time.AfterFunc(untilSlow, b.slow)
	b.quicken()
	return b
}

// quicken has what has just been drawn shown soon.
func (b *beat) quicken() {
	if b.ticker == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.drawn = time.Now()
	b.rest.Reset(untilSlow)
	if !b.quick { // setting it anew each time would put it off for as long as much is drawn
		b.quick = true
		b.ticker.Reset(quickBeat)
	}
}

// slow slows the beat, unless something was drawn just now.
func (b *beat) slow() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ticker != nil && b.quick && time.Since(b.drawn) >= untilSlow {
		b.quick = false
		b.ticker.Reset(slowBeat)
	}
}

// stop leaves the ticker as it is.
func (b *beat) stop() { b.rest.Stop() }

// tickerOf finds the ticker of a program that runs; nil when this Bubble Tea has none,
// which then beats as often as it was told.
func tickerOf(program *tea.Program) *time.Ticker {
	field := reflect.ValueOf(program).Elem().FieldByName("ticker")
	if !field.IsValid() || field.Type() != reflect.TypeFor[*time.Ticker]() {
		return nil
	}
	return *(**time.Ticker)(field.Addr().UnsafePointer())
}

// onBeat is the explorer, which has the beat follow what it draws.
type onBeat struct {
	*App
	program *tea.Program
	beat    *beat
}

// Update implements tea.Model.
func (o *onBeat) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := o.App.Update(msg)
	return o, cmd
}

// View implements tea.Model; Bubble Tea calls it before it shows something new.
func (o *onBeat) View() tea.View {
	view := o.App.View()
	if o.beat == nil {
		o.beat = newBeat(tickerOf(o.program)) // which is not there before it runs
	}
	o.beat.quicken()
	return view
}

// stop ends what the beat needs.
func (o *onBeat) stop() {
	if o.beat != nil {
		o.beat.stop()
	}
}
