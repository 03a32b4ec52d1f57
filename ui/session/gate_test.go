package session

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestTheEndWaitsForWhatIsUnderWayAndLetsNothingBegin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		if !g.begin() {
			t.Fatal("nothing may begin")
		}
		ended := make(chan struct{})
		go func() {
			g.close(time.Hour)
			close(ended)
		}()
		synctest.Wait()
		select {
		case <-ended:
			t.Error("the end does not wait for a request")
		default:
		}
		if g.begin() {
			t.Error("a request begins after the end")
		}
		g.done()
		<-ended
	})
}
