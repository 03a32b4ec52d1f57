package report

import (
	"strconv"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/format"
)

// candidateColumns are what is said of every candidate besides its matrix; ids name
// the texts.
func candidateColumns(ids []string) columns[*pipeline.Result] {
	return columns[*pipeline.Result]{
		{key: "id", head: "model", value: func(r *pipeline.Result) any { return r.Candidate.ID() }},
		{key: "model", value: func(r *pipeline.Result) any { return r.Candidate.Model }},
		{key: "dimensions", head: "dimensions", right: true, value: func(r *pipeline.Result) any { return r.Candidate.Dimensions }},
		{key: "derived", head: "derived", value: func(r *pipeline.Result) any { return r.Derived }},
		{key: "tokens", head: "tokens", right: true, value: func(r *pipeline.Result) any { return r.Usage.Tokens },
			text: func(r *pipeline.Result) string { return about(r.Usage.Tokens, r.Usage.Estimated) }},
		{key: "tokens_estimated", value: func(r *pipeline.Result) any { return r.Usage.Estimated }},
		{key: "price_per_million_tokens", head: "$ per 1M tokens", right: true, value: func(r *pipeline.Result) any { return r.Model.Price }},
		{key: "cost_usd", head: "cost", right: true, value: func(r *pipeline.Result) any { return cost(r) }, text: func(r *pipeline.Result) string {
			if usd := cost(r); usd != nil {
				return format.Dollars(*usd)
			}
			return format.Unknown
		}},
		{key: "cached", head: "cached", right: true, value: func(r *pipeline.Result) any { return r.Usage.Cached }}, // texts
		{key: "requests", head: "requests", right: true, value: func(r *pipeline.Result) any { return r.Usage.Requests }},
		timeColumn("milliseconds", "ms", func(r *pipeline.Result) *float64 {
			ms := milliseconds(r.Usage.Elapsed)
			return &ms
		}),
		timeColumn("latency_p50_ms", "p50 ms", func(r *pipeline.Result) *float64 { return latency(r.Usage.Latencies, 0.50) }),
		timeColumn("latency_p95_ms", "p95 ms", func(r *pipeline.Result) *float64 { return latency(r.Usage.Latencies, 0.95) }),
		{key: "background", value: func(r *pipeline.Result) any { return object[*pipeline.Result]{backgroundColumns, r} }},
		{key: "clipped", value: func(r *pipeline.Result) any { return idsAt(r.Clipped, ids) }}, // ids of texts
		{key: "known_in_part", value: func(r *pipeline.Result) any { return idsAt(r.Unknown, ids) }},
		// how the texts were sent to be compared with each other
		{key: "prefix", omit: true, value: func(r *pipeline.Result) any { return r.Model.Roles.Symmetric.Prefix }},
		{key: "role_field", omit: true, value: func(r *pipeline.Result) any { return fieldWords(r.Model.Roles.Symmetric.Field) }},
	}
}

// timeColumn is a time in milliseconds, or nil, with one decimal for people.
func timeColumn(key, head string, ms func(*pipeline.Result) *float64) column[*pipeline.Result] {
	return column[*pipeline.Result]{
		key: key, head: head, right: true, value: func(r *pipeline.Result) any { return ms(r) },
		text: func(r *pipeline.Result) string {
			if x := ms(r); x != nil {
				return format.Fixed(*x, 1)
			}
			return format.Unknown
		},
	}
}

// backgroundColumns describe how similar any two texts are to a candidate; all are
// unknown when there is no pair to describe.
var backgroundColumns = columns[*pipeline.Result]{
	{head: "pairs", right: true, text: func(r *pipeline.Result) string { return strconv.Itoa(r.Scan.Background.Pairs) }},
	backgroundColumn("mean", statistic, func(b compare.Background) float64 { return b.Mean }),
	backgroundColumn("sd", statistic, func(b compare.Background) float64 { return b.SD }),
	backgroundColumn("p5", percentile, func(b compare.Background) float64 { return b.P5 }),
	backgroundColumn("p50", percentile, func(b compare.Background) float64 { return b.P50 }),
	backgroundColumn("p95", percentile, func(b compare.Background) float64 { return b.P95 }),
	backgroundColumn("p99", percentile, func(b compare.Background) float64 { return b.P99 }),
	backgroundColumn("min", percentile, func(b compare.Background) float64 { return b.Min }),
	highestColumn(),
}

// highestColumn is the similarity of the most similar pair, which is written as the pair
// itself is.
func highestColumn() column[*pipeline.Result] {
	c := backgroundColumn("max", percentile, func(b compare.Background) float64 { return b.Max })
	c.value = func(r *pipeline.Result) any {
		if r.Scan.Background.Pairs == 0 {
			return nil
		}
		return format.Down(highest(r), 6)
	}
	c.text = func(r *pipeline.Result) string {
		if r.Scan.Background.Pairs == 0 {
			return format.Unknown
		}
		return format.Similarity(highest(r), 3)
	}
	return c
}

// highest is the exact similarity of the most similar pair, or what is known of it where
// no pair was kept.
func highest(r *pipeline.Result) float64 {
	if pairs := r.Scan.Pairs(); len(pairs) > 0 {
		return pairs[0].Similarity
	}
	return r.Scan.Background.Max
}

func backgroundColumn(key string, write func(float64) string, of func(compare.Background) float64) column[*pipeline.Result] {
	return column[*pipeline.Result]{
		key: key, head: key, right: true,
		value: func(r *pipeline.Result) any {
			if r.Scan.Background.Pairs == 0 {
				return nil
			}
			return format.Round(of(r.Scan.Background), 6)
		},
		text: func(r *pipeline.Result) string {
			if r.Scan.Background.Pairs == 0 {
				return format.Unknown
			}
			return write(of(r.Scan.Background))
		},
	}
}

// cost is what the tokens of a result cost in US dollars; nil is unknown.
func cost(r *pipeline.Result) *float64 {
	usd, ok := r.Model.Cost(r.Usage.Tokens)
	if !ok {
		return nil
	}
	usd = format.Round(usd, 12)
	return &usd
}

func milliseconds(d time.Duration) float64 { return format.Round(d.Seconds()*1000, 3) }

// latency is the time in milliseconds that a share of the requests did not exceed;
// nil without any.
func latency(times []time.Duration, share float64) *float64 {
	d, ok := api.Percentile(times, share)
	if !ok {
		return nil
	}
	ms := milliseconds(d)
	return &ms
}
