package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vecscope/vecscope/ui/pipeline"
)

// noted stands in for what is kept of usage over sessions.
type noted struct {
	mu   sync.Mutex
	list []pipeline.Spent
}

func (n *noted) Add(_ context.Context, s pipeline.Spent) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.list = append(n.list, s)
	return nil
}

func (n *noted) Totals(context.Context) ([]pipeline.Spent, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.list), nil
}

func TestUsageShowsThisSessionAllTimeAndTheBalance(t *testing.T) {
	s, left := newShop(), 12.5
	s.balance = &left
	o := shopOptions(t, s, "shop/good@4", "local/glove@100")
	log := &noted{list: []pipeline.Spent{{Provider: "shop", Model: "old", Tokens: 1000, USD: 2, Requests: 7}}}
	o.Usage = log
	term := start(t, 100, 30, o)
	term.waitFor("not embedded yet")
	term.press("E")
	term.waitFor("p pay and embed")
	term.press("p")
	term.waitGone("not embedded yet")
	term.press("5")
	term.waitFor("This session", "shop/good", "40 ms", "All time", "shop/old", "$2.00", "shop: $12.50 left")
	log.mu.Lock()
	defer log.mu.Unlock()
	if n := len(log.list); n != 2 || log.list[1].Tokens != 9 || log.list[1].USD != 9*20/1e6 {
		t.Errorf("noted for later: %+v", log.list)
	}
}

func TestUsageFitsEveryWindow(t *testing.T) {
	s, left := newShop(), 12.5
	s.balance = &left
	o := shopOptions(t, s, "shop/good@4", "shop/bad@4", "local/glove@100")
	o.Usage = &noted{}
	a := settled(t, 80, 24, o)
	press(t, a, "E", "p", "5")
	for _, z := range []size{{40, 10}, {60, 15}, {80, 24}, {200, 60}} {
		send(t, a, windowSize(z))
		t.Run(fmt.Sprintf("%dx%d", z.w, z.h), func(t *testing.T) {
			checkFrame(t, a.draw(), z)
			drawn := plain(a)
			for _, want := range []string{"This session", "cost", "5 Usag", "left"} {
				if !strings.Contains(drawn, want) {
					t.Errorf("%q is missing:\n%s", want, drawn)
				}
			}
			press(t, a, "G")
			checkFrame(t, a.draw(), z)
			press(t, a, "g")
		})
	}
}

func TestUsageIsEmptyBeforeAnythingWasSpent(t *testing.T) {
	a := settled(t, 80, 24, optionsWith(t, nil))
	press(t, a, "5", "b")
	if drawn := plain(a); !strings.Contains(drawn, "nothing yet") || !strings.Contains(drawn, "p95") || !strings.Contains(drawn, "no provider that tells its balance") {
		t.Errorf("without anything spent:\n%s", drawn)
	}
}

func TestLatenciesAreGivenByNearestRank(t *testing.T) {
	var latencies []time.Duration
	for i := 20; i >= 1; i-- {
		latencies = append(latencies, time.Duration(i)*100*time.Millisecond)
	}
	s := pipeline.Spent{Latencies: latencies}
	if got, want := latencyText(s, 0.5)+" "+latencyText(s, 0.95), "1.0 s 1.9 s"; got != want {
		t.Errorf("p50 and p95 are %s, want %s", got, want)
	}
}
