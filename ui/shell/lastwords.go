package shell

import (
	"context"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
)

// lastWords lets what is typed arrive when a signal ends the program, so that it is saved
// with the session: keys that were read together are handed over one after the other, and
// the end of Bubble Tea's context cuts off the rest of them.
type lastWords struct {
	at atomic.Int64 // when the last key came, in nanoseconds since 1970
}

const (
	// quietTime is how long no key comes when all have arrived.
	quietTime = 60 * time.Millisecond
	// lastWordsTime is how long they may take at the most: a key held down never ends.
	lastWordsTime = 500 * time.Millisecond
)

// filter sees when keys come.
func (w *lastWords) filter(msg tea.Msg) {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		w.note()
	}
}

func (w *lastWords) note() { w.at.Store(time.Now().UnixNano()) }

// await returns when ctx has ended and all keys have arrived, or as soon as the loop that
// takes them has ended.
func (w *lastWords) await(ctx, loop context.Context) {
	select {
	case <-loop.Done():
		return
	case <-ctx.Done():
	}
	w.note()
	end := time.Now().Add(lastWordsTime)
	for {
		left := min(time.Until(time.Unix(0, w.at.Load()).Add(quietTime)), time.Until(end))
		if left <= 0 {
			return
		}
		select {
		case <-loop.Done():
			return
		case <-time.After(left):
		}
	}
}
