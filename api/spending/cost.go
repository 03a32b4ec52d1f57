// Package spending holds the rules about money, for the explorer and the command
// line alike: the limits, an Approval that says what may still be sent and takes
// note of what was, and the Ledger of a session, which adds it all up. Nothing is
// sent that nobody approved, and what was lost is sent again only as far as the
// limits leave room. It may import api alone.
package spending

import (
	"math"

	"github.com/vecscope/vecscope/api"
)

// Cost is what sending texts to a model takes.
type Cost struct {
	Model api.Model
	// Paid tells that sending anything costs money, or may.
	Paid bool
	// Texts is how many would be sent, and Tokens about how many they have.
	Texts, Tokens int
	// Estimated tells that Tokens was not counted with the model's own tokenizer.
	Estimated bool
	// USD is what sending them costs in US dollars; without Priced nobody knows.
	USD    float64
	Priced bool
}

// Sends tells that money would be spent.
func (c Cost) Sends() bool { return c.Paid && c.Texts > 0 }

// AtMost is what the server can charge at the most in US dollars, as far as the
// price is known: it may count more tokens than were estimated.
func (c Cost) AtMost() float64 {
	if !c.Estimated || !c.Sends() {
		return c.USD
	}
	usd, _ := c.Model.Cost(mostTokens(c.Model, c.Tokens, c.Texts))
	return usd
}

// AtMost is what all of them can cost together at the most in US dollars, as far as
// their prices are known.
func AtMost(costs []Cost) float64 {
	sum := 0.0
	for _, c := range costs {
		sum += c.AtMost()
	}
	return sum
}

// How many more tokens a server may count than were estimated with another
// tokenizer than the model's own: tokenizers differ by half on ordinary texts, and
// models put up to three of their own around every text.
const (
	Margin      = 1.5
	extraTokens = 3
)

// mostTokens is how many tokens the server of a model may count of texts that have
// about so many together.
func mostTokens(m api.Model, tokens, texts int) int {
	if m.CountsExactly() || tokens == 0 {
		return tokens
	}
	return int(math.Ceil(Margin*float64(tokens))) + extraTokens*texts
}

// tallyOf is what was used of a model with its cost; paid tells that using it costs
// money, or may.
func tallyOf(m api.Model, paid bool, u api.Usage) api.Tally {
	t := api.Tally{
		Provider: m.Provider, Model: m.ID, Latencies: u.Latencies,
		Texts: u.Texts, Cached: u.Cached, Tokens: u.Tokens, Requests: u.Requests,
		Failed: u.Failed, Lost: u.Lost, LostTokens: u.LostTokens,
	}
	if u.Estimated {
		t.Estimated = u.Tokens
	}
	if !paid {
		return t
	}
	usd, priced := m.Cost(u.Tokens)
	t.USD = usd
	t.LostUSD, _ = m.Cost(mostTokens(m, u.LostTokens, u.LostTexts))
	if !priced {
		t.Unpriced = u.Tokens
	}
	return t
}
