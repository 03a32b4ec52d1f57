package report

import (
	"testing"

	"github.com/vecscope/vecscope/api"
)

func TestWhatWasSpentInOneLine(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spent []api.Tally
		want  string
	}{
		{"nothing", nil, ""},
		{"all from the cache", []api.Tally{{Texts: 3, Cached: 3}}, "spent $0; 3 texts from the cache"},
		{"free, and nobody was asked", []api.Tally{{Texts: 2, Tokens: 7}}, "spent $0 for 7 tokens in 0 requests"},
		{"tiny, and nobody counted", []api.Tally{{Tokens: 3, Estimated: 3, USD: 3e-8, Requests: 1}}, "spent less than $0.000001 for ≈3 tokens in 1 request"},
		{"refused", []api.Tally{{Requests: 1, Failed: 1}}, "spent $0 in 1 request; it failed"},
		{"failed at the server again and again", []api.Tally{{Requests: 8, Failed: 8}}, "spent $0 in 8 requests; 8 of them failed"},
		{"one", []api.Tally{{Texts: 1, Tokens: 1, USD: 0.02, Requests: 1}}, "spent $0.020 for 1 token in 1 request"},
		{"tiny", []api.Tally{{Tokens: 3, USD: 3e-8, Requests: 1}}, "spent less than $0.000001 for 3 tokens in 1 request"},
		{"two models, one with tokens that nobody counted", []api.Tally{
			{Texts: 30, Cached: 10, Tokens: 200, USD: 0.01, Requests: 2},
			{Texts: 30, Tokens: 300, Estimated: 300, USD: 0.02, Requests: 3, Failed: 1},
		}, "spent ≈$0.030 for ≈500 tokens in 5 requests; 1 of them failed; 10 texts from the cache"},
		{"no price", []api.Tally{{Tokens: 9, Unpriced: 9, Requests: 1}}, "spent an unknown amount for 9 tokens in 1 request"},
		{"one without a price", []api.Tally{{Tokens: 9, Unpriced: 9, Requests: 1}, {Tokens: 1000, USD: 1.5, Requests: 1}},
			"spent $1.50 and an unknown amount (9 tokens without a price) for 1009 tokens in 2 requests"},
		{"lost", []api.Tally{{Requests: 2, Failed: 2, Lost: 2, LostTokens: 100, LostUSD: 0.00201}},
			"spent $0 in 2 requests; 2 of them failed; up to $0.0021 for 2 requests without a usable answer may be charged on top"},
		{"lost without a price", []api.Tally{{Requests: 1, Failed: 1, Lost: 1, LostTokens: 40}},
			"spent $0 in 1 request; it failed; about 40 tokens of 1 request without a usable answer may be charged on top"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := SpentLine(tt.spent); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
