package usage

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/costs"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/uitest"
)

// noted stands in for what is kept of usage over sessions.
type noted struct {
	mu   sync.Mutex
	list []api.Tally
	err  error
}

func (n *noted) Add(_ context.Context, s api.Tally) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.list = append(n.list, s)
	return nil
}

func (n *noted) Totals(context.Context) ([]api.Tally, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.list), n.err
}

func TestUsageShowsThisSessionAllTimeAndTheBalance(t *testing.T) {
	s, left := uitest.NewShop(), 12.5
	s.Left = &left
	o := uitest.ShopOptions(t, s, "shop/good@4", "local/glove@100")
	log := &noted{list: []api.Tally{{Provider: "shop", Model: "old", Tokens: 1000, USD: 2, Requests: 7}}}
	o.Usage = log
	term := start(t, 100, 30, o)
	term.WaitFor("not embedded yet")
	term.Pay()
	term.WaitGone("not embedded yet")
	term.Press("5")
	term.WaitFor("This session", "good", "40 ms", "All time", "old", "$2.00", "Balance at shop: $12.50 left, asked at ")
	log.mu.Lock()
	defer log.mu.Unlock()
	if n := len(log.list); n != 2 || log.list[1].Tokens != 9 || log.list[1].USD != 9*20/1e6 || log.list[1].Texts != 3 {
		t.Errorf("noted for later: %+v", log.list)
	}
}

func TestTextsFromTheCacheAreNotedToo(t *testing.T) {
	s := uitest.NewShop()
	for _, text := range uitest.ShopTexts {
		s.Knows["good"+text.Text] = true
	}
	o := uitest.ShopOptions(t, s, "shop/good@4")
	log := &noted{}
	o.Usage = log
	settled(t, 80, 24, o)
	if len(log.list) != 1 || log.list[0].Texts != 3 || log.list[0].Cached != 3 || log.list[0].Requests != 0 {
		t.Errorf("noted: %+v", log.list)
	}
}

// usageSample is a session and earlier ones with everything that can happen.
func usageSample(t testing.TB, z ui.Size) *shell.App {
	t.Helper()
	s, left := uitest.NewShop(), 129.4612
	s.Left = &left
	o := uitest.ShopOptions(t, s, "local/glove@100")
	latencies := func(from, n int) (list []time.Duration) {
		for i := range n {
			list = append(list, time.Duration(from+i*i)*time.Millisecond)
		}
		return list
	}
	o.Usage = &noted{list: []api.Tally{
		{
			Provider: "shop", Model: "good",
			Texts: 12345, Cached: 6789, Tokens: 1234567, USD: 24.69,
			Requests: 1042, Failed: 17, Lost: 2, LostTokens: 15, LostUSD: 0.0003,
			Histogram: api.NewHistogram(latencies(90, 60)), Since: time.Date(2026, 3, 4, 12, 0, 0, 0, time.Local),
		},
		{Provider: "shop", Model: "sentence-transformers/a-model-with-a-long-name-v2", Tokens: 55, USD: 0.00012, Requests: 7, Uncounted: 7, Since: time.Date(2026, 3, 1, 12, 0, 0, 0, time.Local)},
		{Provider: "box", Model: "free\x1b[31m", Texts: 9, Tokens: 90, Estimated: 90, Requests: 3, Failed: 3, Since: time.Date(2026, 3, 2, 12, 0, 0, 0, time.Local)},
	}}
	a := settled(t, z.W, z.H, o)
	uitest.SetSession(a, a.Session.Payments().Ledger().Limits(),
		api.Tally{Provider: "shop", Model: "good", Texts: 36, Cached: 12, Tokens: 918, USD: 0.01836, Requests: 3, Failed: 1, Lost: 1, LostTokens: 15, LostUSD: 0.0003, Latencies: latencies(340, 2)},
		api.Tally{Provider: "shop", Model: "bad", Texts: 36, Tokens: 940, Estimated: 40, USD: 0.002, Unpriced: 40, Requests: 12, Latencies: latencies(980, 12)},
		api.Tally{Provider: "local", Model: "glove", Texts: 36, Tokens: 700, Estimated: 700},
	)
	uitest.Press(t, a, "5")
	answers := a.Screen(ID).(*Screen).balances.answers
	msg := answers["shop"]
	msg.at, msg.Balance.Other = time.Date(2026, 3, 5, 14, 5, 0, 0, time.Local), map[string]string{"nano": "26.735801"}
	answers["shop"] = msg
	at := time.Date(2026, 3, 5, 14, 4, 0, 0, time.Local)
	a.Session.SetEnded([]session.Ended{
		{Model: "shop/bad", Texts: 36, At: at, Took: 1200 * time.Millisecond, Spent: api.Usage{Requests: 1}, Err: &api.ServerError{Provider: "shop", Status: 402, Message: "no money", Advice: "top it up"}},
		{Model: "shop/good", Texts: 36, Came: 36, At: at, Took: 680 * time.Millisecond, Spent: api.Usage{Requests: 3, Failed: 1, Cached: 12, Tokens: 918}},
		{Model: "shop/good", Purpose: session.ForQuery, Texts: 1, Came: 1, At: at, Took: time.Millisecond, Spent: api.Usage{Cached: 1, Texts: 1}},
		{Model: "local/glove", Texts: 36, Came: 36, At: at, Took: 3 * time.Millisecond, Spent: api.Usage{Tokens: 700, Estimated: true}},
	})
	uitest.Happen(t, a, uitest.Nothing)
	a.ClearNotice() // what a run took, which lies over the end of the screen
	return a
}

func TestUsageDrawing(t *testing.T) {
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 60, H: 15}, {W: 80, H: 24}, {W: 200, H: 60}} {
		t.Run(fmt.Sprintf("%dx%d", z.W, z.H), func(t *testing.T) {
			a := usageSample(t, z)
			uitest.Press(t, a, "j", "j")
			uitest.CheckFrame(t, a.Draw(), z)
			golden.RequireEqual(t, uitest.Plain(a)+"\n")
		})
	}
}

func TestLatenciesAreGivenByNearestRank(t *testing.T) {
	var latencies []time.Duration
	for i := 20; i >= 1; i-- {
		latencies = append(latencies, time.Duration(i)*100*time.Millisecond)
	}
	s := api.Tally{Latencies: latencies}
	if got, want := costs.LatencyOf(s, 0.5)+" "+costs.LatencyOf(s, 0.95), "1.0 s 1.9 s"; got != want {
		t.Errorf("p50 and p95 are %s, want %s", got, want)
	}
}

func TestUsageIsReadableInEveryWindow(t *testing.T) {
	for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ASCII} {
		for _, z := range []ui.Size{{W: 40, H: 10}, {W: 41, H: 12}, {W: 60, H: 15}, {W: 79, H: 24}, {W: 80, H: 24}, {W: 100, H: 30}, {W: 129, H: 40}, {W: 130, H: 40}, {W: 200, H: 60}} {
			a := usageSample(t, z)
			uitest.Send(t, a, tea.ColorProfileMsg{Profile: profile})
			uitest.Press(t, a, "ctrl+t")
			u := a.Screen(ID).(*Screen)
			for range u.rows() {
				uitest.CheckFrame(t, a.Draw(), z)
				if profile == colorprofile.ASCII && regexp.MustCompile(`\x1b\[[0-9;]*[34]8`).MatchString(a.Draw()) {
					t.Errorf("%v has colour without being allowed any", z)
				}
				uitest.Press(t, a, "j")
			}
			list := u.rows()
			place := u.layout(list, a.Body).table
			table := u.table(list, place)
			for _, p := range table.Fit(place.W, place.H).Places {
				for i, r := range list {
					if text := table.Row(i)[p.Column].Text; p.Column != usageModel && term.Width(text) > p.W {
						t.Errorf("%v: %q of %q is cut to %d columns", z, text, r.title, p.W)
					}
				}
			}
		}
	}
}

func TestEveryColumnThatMattersIsThereAt80Columns(t *testing.T) {
	a := usageSample(t, ui.Size{W: 80, H: 24})
	header := strings.Fields(strings.Split(uitest.Plain(a), "\n")[1])
	if want := []string{"model", "texts", "cached", "tokens", "cost", "reqs", "p50", "p95", "+1"}; !slices.Equal(header, want) {
		t.Errorf("the columns are %q, want %q", header, want)
	}
}

func TestSumsSayWhatIsKnown(t *testing.T) {
	a := usageSample(t, ui.Size{W: 120, H: 40})
	for _, c := range []struct {
		row  []string
		want string
	}{
		{[]string{"  good", "918"}, "good 36 12 918 $0.018+ 3 1 340 ms 341 ms"},
		{[]string{"  bad"}, "bad 36 0 ≈940 >$0.0020 12 0 1.0 s 1.1 s"},
		{[]string{"  glove"}, "glove 36 0 ≈700 $0 0 0 - -"},
		// An older version noted neither texts nor failures; some of the sum is known.
		{[]string{"long-name"}, "a-model-with-a-long-name-v2 - - 55 $0.00012 7 - - -"},
		{[]string{" shop", "1,049"}, "shop >12,345 >6,789 1,234,622 $24.69+ 1,049 >17 922 ms 3.3 s"},
		// The estimated tokens cost nothing, so the cost is exact.
		{[]string{"All time"}, "All time >12,354 >6,789 ≈1,234,712 $24.69+ 1,052 >20 922 ms 3.3 s"},
	} {
		if got := strings.Join(strings.Fields(uitest.LineWith(t, a, c.row...)), " "); got != c.want {
			t.Errorf("the row is  %s\nwant        %s", got, c.want)
		}
	}
}

func TestModelsInTheBinaryAreInTheSessionAlone(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), "local/glove@100")
	log := &noted{}
	o.Usage = log
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "5")
	if len(log.list) != 0 {
		t.Errorf("noted: %+v", log.list)
	}
	uitest.LineWith(t, a, "  glove", "3")
	uitest.LineWith(t, a, "no server yet")
	uitest.Press(t, a, "G")
	uitest.WantShown(t, a, "No server was asked yet; built-in models are not counted")
	uitest.Press(t, a, "up")
	uitest.WantShown(t, a, "All time: no server was asked yet; built-in models are not counted")
}

func TestDetailsReachEverythingInASmallWindow(t *testing.T) {
	a := usageSample(t, ui.Size{W: 40, H: 10})
	uitest.Press(t, a, "j", "j", "enter")
	seen := ""
	for range 20 {
		uitest.CheckFrame(t, a.Draw(), ui.Size{W: 40, H: 10})
		seen += uitest.Plain(a) + "\n"
		uitest.Press(t, a, "down")
	}
	for _, want := range []string{"shop/good", "36, 12 cached", "918", "$0.018, $20.00 per 1M", "3, 1 failed", "+ up to $0.0003 for 1 request", "p50 340 ms, p95 341 ms", "$129.46, 26.7 nano left"} {
		if !strings.Contains(seen, want) {
			t.Errorf("%q cannot be reached:\n%s", want, seen)
		}
	}
	uitest.Press(t, a, "esc")
	if a.Top() != nil {
		t.Error("esc does not close the details")
	}
}

func TestDetailsDrawHowLatenciesLie(t *testing.T) {
	a := usageSample(t, ui.Size{W: 80, H: 24})
	uitest.Press(t, a, "G", "k", "k", "k", "enter")
	for _, want := range []string{"shop/good", "all time", "within 2.5%", "requests by latency", "█"} {
		if !strings.Contains(uitest.Plain(a), want) {
			t.Errorf("%q is missing:\n%s", want, uitest.Plain(a))
		}
	}
}

func TestAllTimeSaysSinceWhenAndOfWhom(t *testing.T) {
	a := usageSample(t, ui.Size{W: 80, H: 24})
	uitest.Press(t, a, "j", "j", "j", "j", "j", "j")
	if !strings.Contains(uitest.Plain(a), "All servers since 2026-03-01") {
		t.Error(uitest.Plain(a))
	}
}

func TestCursorStaysOnItsRow(t *testing.T) {
	a := usageSample(t, ui.Size{W: 80, H: 24})
	uitest.Press(t, a, "j", "j", "j")
	u := a.Screen(ID).(*Screen)
	a.Session.Payments().Ledger().Add(api.Tally{Provider: "shop", Model: "bad", USD: 1}) // it is the first of its provider now
	if list := u.rows(); list[u.at(list)].key.model != "bad" || list[2].key.model != "bad" {
		t.Errorf("the cursor is on %+v", list[u.at(list)].key)
	}
	uitest.LineWith(t, a, "shop/bad, this session")
}

func TestLimitsAreShownWithWhatIsSpent(t *testing.T) {
	a := usageSample(t, ui.Size{W: 80, H: 24})
	uitest.SetLimits(a, config.Spending{PerRun: 0.25, PerSession: 0.04})
	if line := uitest.LineWith(t, a, "this session ", "█"); !strings.Contains(line, "up to $0.021 of $0.040 this session  ██████████░░░░░░░░░░  limit $0.25 a run") {
		t.Error(line)
	}
	u := a.Screen(ID).(*Screen)
	for session, pen := range map[float64]string{1: a.Theme.Codes.Good, 0.022: a.Theme.Codes.Warn, 0.01: a.Theme.Codes.Bad, 0: a.Theme.Codes.Bad} {
		uitest.SetLimits(a, config.Spending{PerRun: 0.25, PerSession: session})
		if line := u.limitLine(80); !strings.Contains(line, pen+"█") && !strings.Contains(line, pen+"▏") {
			t.Errorf("with a limit of %g: %q", session, line)
		}
	}
	uitest.SetLimits(a, config.Spending{PerRun: 0.25})
	uitest.Send(t, a, uitest.WindowSize(ui.Size{W: 40, H: 10}))
	uitest.LineWith(t, a, "up to $0.021 of $0 this") // what was lost may be charged, and counts
}

func TestEarlierSumsThatCannotBeReadAreSaid(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop())
	o.Usage = &noted{err: errors.New("the disk failed"), list: []api.Tally{{Provider: "shop", Model: "kept", Tokens: 5}}}
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "5")
	uitest.LineWith(t, a, "The sums of earlier sessions cannot be read: the disk failed")
	uitest.LineWith(t, a, "  kept")
}

func TestTheFilterLeavesTheSumsOfItsModels(t *testing.T) {
	a := usageSample(t, ui.Size{W: 120, H: 40})
	u := a.Screen(ID).(*Screen)
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, "shop GOOD")
	uitest.LineWith(t, a, "2 of 6, sums of these")
	uitest.LineWith(t, a, " This session", " 918 ", "$0.018+")
	uitest.LineWith(t, a, " All time", "1,234,567")
	if drawn := uitest.Plain(a); strings.Contains(drawn, "glove") || strings.Contains(drawn, " bad ") {
		t.Errorf("others are still there:\n%s", drawn)
	}
	uitest.Press(t, a, "enter", "j", "j")
	uitest.LineWith(t, a, "shop/good, this session")
	if c, _ := u.Command(); !slices.ContainsFunc(c.Lacks, func(l string) bool { return strings.Contains(l, "filter") }) {
		t.Errorf("the command lacks %q", c.Lacks)
	}
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, "x")
	uitest.LineWith(t, a, "0 of 6")
	uitest.WantShown(t, a, "none has these words")
	uitest.CheckFrame(t, a.Draw(), ui.Size{W: 120, H: 40})
	uitest.Press(t, a, "esc")
	uitest.LineWith(t, a, "  glove")
	if len(u.rows()) != 12 {
		t.Errorf("after esc there are %d rows", len(u.rows()))
	}
}

func TestDetailsOfASectionHaveNoEmptyLinesTogether(t *testing.T) {
	for _, z := range []ui.Size{{W: 80, H: 24}, {W: 200, H: 60}} {
		a := usageSample(t, z)
		u := a.Screen(ID).(*Screen)
		for _, r := range u.rows() {
			lines := u.panel(r, 60)
			for i := range lines[1:] {
				if strings.TrimSpace(ansi.Strip(lines[i]+lines[i+1])) == "" {
					t.Errorf("two empty lines follow each other in those of %q", r.title)
				}
			}
		}
	}
}

// TestAWideWindowSaysWhatEmbeddingCosts looks at what stands in the room that the table leaves:
// prices of the selected models first, the last requests with their answers, what is left.
func TestAWideWindowSaysWhatEmbeddingCosts(t *testing.T) {
	a := usageSample(t, ui.Size{W: 200, H: 60})
	for _, want := range [][]string{
		{"What embedding your 3 texts costs, and a million like them"},
		{"● local/glove@100", "free", "400 bytes", "400.0 MB"},
		{"shop/good", "20.00", "≈$46.67", "█"},
		{"14:04:00", "shop/bad", "0 of 36", "1.2 s", "402: no money; top it up"},
		{"14:04:00", "shop/good", "918", "3 requests, 1 failed and repeated, 12 from the cache"},
		{"14:04:00", "shop/good", "query", "all from the cache"},
		{"14:04:00", "local/glove", "≈700", "computed here"},
		{"per_session"},
	} {
		uitest.LineWith(t, a, want...)
	}
	uitest.Press(t, a, "/")
	uitest.Press(t, a, "g", "l", "o", "v", "e")
	uitest.LineWith(t, a, "● local/glove@100")
	if strings.Contains(uitest.Plain(a), "  shop/good  ") {
		t.Errorf("the filter leaves prices of other models:\n%s", uitest.Plain(a))
	}
}

func TestTheFilterMarksItsWordsInModelsAlone(t *testing.T) {
	a := usageSample(t, ui.Size{W: 120, H: 40})
	uitest.Press(t, a, "/", "i", "enter")
	u := a.Screen(ID).(*Screen)
	list := u.rows()
	table := u.table(list, ui.Rect{W: 118, H: 30})
	models := 0
	for i, r := range list {
		marked := len(table.Row(i)[usageModel].Matches) > 0
		if marked && r.key.provider == "" {
			t.Errorf("the heading %q is marked", table.Row(i)[usageModel].Text)
		}
		if marked {
			models++
		}
	}
	if models == 0 {
		t.Error("no model is marked")
	}
}
