package session

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestTheEndWaitsForWhatIsUnderWayAndLetsNothingBegin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		for range 2 {
			if !g.begin() {
				t.Fatal("nothing may begin")
			}
		}
		ended := make(chan struct{})
		go func() {
			g.close(time.Hour)
			close(ended)
		}()
		for under := range 2 {
			synctest.Wait()
			select {
			case <-ended:
				t.Errorf("the end does not wait for request %d", 2-under)
			default:
			}
			if g.begin() {
				t.Error("a request begins after the end")
			}
			g.done()
		}
		<-ended
	})
}

// What never answers does not keep the program from ending.
func TestTheEndWaitsNoLongerThanPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		g.begin()
		began := time.Now()
		if g.close(time.Second); time.Since(began) != time.Second {
			t.Errorf("it waits %v", time.Since(began))
		}
	})
}
