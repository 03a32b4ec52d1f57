package shell

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
)

func TestASignalWaitsForTheKeysThatHaveBeenTyped(t *testing.T) {
	const ms = time.Millisecond
	key, paste := tea.Msg(tea.KeyPressMsg{Code: 'a', Text: "a"}), tea.Msg(tea.PasteMsg{Content: "a"})
	for name, c := range map[string]struct {
		before, every time.Duration // how long before the signal the first comes, and the rest
		count         int
		msg           tea.Msg
		want          time.Duration // from the signal to the end
	}{
		"nobody types":               {0, 0, 0, key, quietTime},
		"long before":                {300 * ms, 1, 1, key, quietTime},
		"a burst":                    {0, 20 * ms, 5, key, 80*ms + quietTime},
		"a paste in the end":         {0, 40 * ms, 2, paste, 40*ms + quietTime},
		"a key is held down":         {0, 20 * ms, 100, key, lastWordsTime},
		"something else is going on": {0, 20 * ms, 5, tea.FocusMsg{}, quietTime},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, signal := context.WithCancel(t.Context())
				loop, end := context.WithCancel(context.Background())
				var w lastWords
				go func() {
					for n := 0; n < c.count && loop.Err() == nil; n++ {
						w.filter(c.msg)
						time.Sleep(c.every)
					}
				}()
				time.Sleep(c.before)
				synctest.Wait()
				began := time.Now()
				signal()
				w.await(ctx, loop)
				if took := time.Since(began); took != c.want {
					t.Errorf("it ends after %v, want %v", took, c.want)
				}
				end()
				time.Sleep(c.every)
			})
		})
	}
}

func TestALoopThatHasEndedWaitsForNoKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, signal := context.WithCancel(t.Context())
		loop, end := context.WithCancel(context.Background())
		var w lastWords
		began := time.Now()
		time.AfterFunc(10*time.Millisecond, signal)
		time.AfterFunc(30*time.Millisecond, end)
		w.await(ctx, loop)
		w.await(t.Context(), loop)
		if took := time.Since(began); took != 30*time.Millisecond {
			t.Errorf("it ends after %v", took)
		}
	})
}
