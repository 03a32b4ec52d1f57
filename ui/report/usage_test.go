package report

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
)

// spentInAllSessions has everything that can happen.
var spentInAllSessions = []api.Tally{
	{
		Provider: "shop", Model: "good",
		Texts: 1200, Cached: 600, Tokens: 34567, USD: 0.5,
		Requests: 10, Failed: 2, Lost: 2, LostTokens: 15, LostUSD: 0.0003,
		Histogram: api.NewHistogram([]time.Duration{100 * time.Millisecond, 2 * time.Second}), Since: time.Date(2026, 3, 4, 12, 0, 0, 0, time.Local),
	},
	{Provider: "shop", Model: "old\x1b[31m", Tokens: 55, USD: 0.25, Requests: 7, Uncounted: 7, Since: time.Date(2026, 3, 1, 12, 0, 0, 0, time.Local)},
	{Provider: "box", Model: "free", Texts: 9, Tokens: 90, Estimated: 90, Requests: 3, Failed: 3, Since: time.Date(2026, 3, 2, 12, 0, 0, 0, time.Local)},
}

func TestUsageOfAllSessionsAsText(t *testing.T) {
	var out strings.Builder
	if err := UsageText(&out, spentInAllSessions); err != nil {
		t.Fatal(err)
	}
	want := `What servers were asked for since 2026-03-01. Latencies are within 2.5%.

model      texts  cached  tokens    cost  requests  failed  p50 ms  p95 ms
shop/good   1200     600   34567  $0.50+        10       2      98    2013
shop/old       -       -      55   $0.25         7       -       -       -
box/free       9       0     ≈90      $0         3       3       -       -
in all     >1209    >600  ≈34712  $0.75+        20      >5      98    2013

≈ was not counted by the server.
> is at least: a price is unknown, or an older version of vecscope did not count it.
+ may be billed on top: up to $0.0003 for 2 requests without a usable answer.
`
	if out.String() != want {
		t.Errorf("\n%s\nwant\n%s", out.String(), want)
	}
	out.Reset()
	if err := UsageText(&out, nil); err != nil || out.String() != "No server was asked for anything yet.\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
}

func TestUsageOfAllSessionsAsJSON(t *testing.T) {
	var out strings.Builder
	if err := UsageJSON(&out, spentInAllSessions); err != nil {
		t.Fatal(err)
	}
	var got struct {
		CostUSD     float64 `json:"cost_usd"`
		CostUSDLost float64 `json:"cost_usd_lost"`
		Models      []struct {
			Model, Since string
			Texts        int
			Uncounted    int      `json:"requests_uncounted"`
			P95          *float64 `json:"latency_p95_ms"`
		}
	}
	if err := json.Unmarshal([]byte(out.String()), &got); err != nil || len(got.Models) != 3 || got.CostUSD != 0.75 || got.CostUSDLost != 0.0003 {
		t.Fatalf("%s: %+v, %v", out.String(), got, err)
	}
	good, old := got.Models[0], got.Models[1]
	if good.Texts != 1200 || good.Since != "2026-03-04" || good.P95 == nil || *good.P95 < 1950 || *good.P95 > 2050 || old.Uncounted != 7 || old.P95 != nil {
		t.Errorf("%+v", got.Models)
	}
	if strings.Contains(out.String(), "\x1b") {
		t.Error("an escape sequence is written raw")
	}
}
