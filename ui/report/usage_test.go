package report

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/cache"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// spentInAllSessions has everything that can happen.
var spentInAllSessions = []api.Tally{
	{
		Provider: "shop", Model: "good",
		Texts: 1200, Cached: 600, Tokens: 34567, USD: 0.5,
		Requests: 10, Failed: 4, Lost: 2, LostTokens: 15, LostUSD: 0.0003,
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
shop/good   1200     600   34567  $0.50+        10       4      98    2013
shop/old       -       -      55   $0.25         7       -       -       -
box/free       9       0     ≈90      $0         3       3       -       -
in all     >1209    >600  ≈34712  $0.75+        20      >7      98    2013

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

// No two numbers of a row are the same here, so that none can stand under another's key.
func TestEveryNumberOfUsageStandsUnderItsKey(t *testing.T) {
	var out strings.Builder
	if err := UsageJSON(&out, spentInAllSessions[:1]); err != nil {
		t.Fatal(err)
	}
	want := `{"cost_usd":0.5,"cost_usd_lost":0.0003,"models":[{"model":"shop/good","since":"2026-03-04","texts":1200,"cached":600,"tokens":34567,"tokens_estimated":false,"cost_usd":0.5,"requests":10,"requests_failed":4,"requests_lost":2,"cost_usd_lost":0.0003,"latency_p50_ms":97.7,"latency_p95_ms":2012.9}]}
`
	if out.String() != want {
		t.Errorf("\n%s\nwant\n%s", out.String(), want)
	}
}

func TestEveryNumberOfTheCacheStandsUnderItsKey(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 3, n, 12, 0, 0, 0, time.Local) }
	s := cache.Stats{Path: "/c/vectors.db", FileBytes: 9000, Entries: 7, Bytes: 6000, Models: []cache.ModelStats{
		{BaseURL: "https://shop.example/v1", Model: "good", Entries: 3, Bytes: 4000, Oldest: day(1), Newest: day(2), LastUsed: day(3)},
		{BaseURL: "https://shop.example/v1", Model: "bad", Entries: 4, Bytes: 2000, Oldest: day(4), Newest: day(5), LastUsed: day(6)},
	}}
	var out strings.Builder
	if err := CacheJSON(&out, s); err != nil {
		t.Fatal(err)
	}
	want := `{"path":"/c/vectors.db","file_bytes":9000,"entries":7,"bytes":6000,"models":[` +
		`{"base_url":"https://shop.example/v1","model":"good","entries":3,"bytes":4000,"last_used":"2026-03-03"},` +
		`{"base_url":"https://shop.example/v1","model":"bad","entries":4,"bytes":2000,"last_used":"2026-03-06"}]}
`
	if out.String() != want {
		t.Errorf("\n%s\nwant\n%s", out.String(), want)
	}
}

func TestEveryNumberOfAnEstimateStandsUnderItsKey(t *testing.T) {
	price := 2.0
	texts := []corpus.Text{{ID: "a", Text: "one"}, {ID: "b", Text: "two"}, {ID: "c", Text: "three"}}
	estimates := []pipeline.Estimate{
		{Source: pipeline.Source{Model: api.Model{Provider: "shop", ID: "good", Price: &price}}, Candidates: []string{"shop/good@4", "shop/good@2"},
			Paid: true, Texts: 9, Cached: 4, Tokens: 1000, Estimated: true, USD: 0.002, Priced: true, Long: []int{1, 2}},
		{Source: pipeline.Source{Model: api.Model{Provider: "shop", ID: "locked"}, Manner: api.Manner{Prefix: "passage: "}}, Candidates: []string{"shop/locked@8"},
			Paid: true, Texts: 3, Cached: 3, Priced: true, Unavailable: errors.New("it needs a key"), Long: []int{1, 0}},
	}
	var out strings.Builder
	if err := EstimatesJSON(&out, Estimated{estimates[:1], texts}, Estimated{estimates[1:], []corpus.Text{{Text: "a query"}, {ID: "q", Text: "another"}}}); err != nil {
		t.Fatal(err)
	}
	// At most 1.5 times 1,000 tokens and three for each of five texts: 1,515.
	want := `{"estimates":[
{"model":"shop/good","candidates":["shop/good@4","shop/good@2"],"texts":9,"cached":4,"tokens":1000,"tokens_estimated":true,"price_per_million_tokens":2,"cost_usd":0.002,"cost_usd_at_most":0.00303,"too_long":["b","c"],"available":true,"reason":""},
{"model":"shop/locked","candidates":["shop/locked@8"],"prefix":"passage: ","texts":3,"cached":3,"tokens":0,"tokens_estimated":false,"price_per_million_tokens":null,"cost_usd":0,"cost_usd_at_most":0,"too_long":["q","1"],"available":false,"reason":"it needs a key"}
],
"cost_usd":0.002,"cost_usd_at_most":0.00303}
`
	if out.String() != want {
		t.Errorf("\n%s\nwant\n%s", out.String(), want)
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
