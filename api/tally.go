package api

// Tally is the sum of what asking for one model took: what is shown and kept of
// every Usage, with the costs.
type Tally struct {
	// Texts is how many were answered, Cached how many of them for nothing.
	Texts, Cached int
	// Tokens were read; Estimated of them were not counted by the server.
	Tokens, Estimated int
	// USD is the cost in US dollars of all tokens but Unpriced of them, whose
	// price was unknown.
	USD      float64
	Unpriced int
	// Requests is how many were sent. Of Uncounted of them nobody counted what came
	// of it: texts, failures, latencies. An older version of the program noted those.
	Requests, Uncounted int
	// Failed is how many of Requests brought no vectors, and Lost how many of those
	// the server may bill nevertheless: LostUSD US dollars for about LostTokens
	// tokens, which neither USD nor Tokens counts.
	Failed, Lost, LostTokens int
	LostUSD                  float64
}

// Plus adds a tally.
func (t Tally) Plus(more Tally) Tally {
	t.Texts += more.Texts
	t.Cached += more.Cached
	t.Tokens += more.Tokens
	t.Estimated += more.Estimated
	t.USD += more.USD
	t.Unpriced += more.Unpriced
	t.Requests += more.Requests
	t.Uncounted += more.Uncounted
	t.Failed += more.Failed
	t.Lost += more.Lost
	t.LostTokens += more.LostTokens
	t.LostUSD += more.LostUSD
	return t
}

// Minus takes a tally back out of a sum.
func (t Tally) Minus(less Tally) Tally {
	t.Texts -= less.Texts
	t.Cached -= less.Cached
	t.Tokens -= less.Tokens
	t.Estimated -= less.Estimated
	t.USD -= less.USD
	t.Unpriced -= less.Unpriced
	t.Requests -= less.Requests
	t.Uncounted -= less.Uncounted
	t.Failed -= less.Failed
	t.Lost -= less.Lost
	t.LostTokens -= less.LostTokens
	t.LostUSD -= less.LostUSD
	return t
}
