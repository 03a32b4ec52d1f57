package api

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Histogram counts latencies in buckets, so that those of years take little room:
// the number of latencies by bucket. Bucket k holds those from 1.05^k to
// 1.05^(k+1) microseconds, and bucket 0 all that are shorter too. What is told of
// a bucket is its geometric middle, which is within 2.5% of all in it.
type Histogram map[int]int64

const (
	// bucketGrowth is by how much a bucket's end exceeds its beginning.
	bucketGrowth = 1.05
	// HistogramError is by what share of it a latency told by a Histogram may be
	// wrong at the most: √1.05 − 1.
	HistogramError = 0.025
	// lastBucket holds a latency of a day, and all that are longer.
	lastBucket = 516
)

// NewHistogram counts latencies.
func NewHistogram(latencies []time.Duration) Histogram {
	h := Histogram{}
	for _, d := range latencies {
		h[bucketOf(d)]++
	}
	return h
}

func bucketOf(d time.Duration) int {
	if d <= time.Microsecond {
		return 0
	}
	return min(int(math.Log(float64(d)/float64(time.Microsecond))/math.Log(bucketGrowth)), lastBucket)
}

// middleOf is the geometric middle of a bucket.
func middleOf(bucket int) time.Duration {
	return time.Duration(math.Pow(bucketGrowth, float64(bucket)+0.5) * float64(time.Microsecond))
}

// Plus adds the counts of another one.
func (h Histogram) Plus(more Histogram) Histogram {
	sum := maps.Clone(h)
	if sum == nil {
		sum = Histogram{}
	}
	for bucket, n := range more {
		sum[bucket] += n
	}
	return sum
}

// Minus takes counts back out of a sum.
func (h Histogram) Minus(less Histogram) Histogram {
	rest := Histogram{}
	for bucket, n := range h {
		if n -= less[bucket]; n > 0 {
			rest[bucket] = n
		}
	}
	return rest
}

// Total is how many latencies were counted.
func (h Histogram) Total() int64 {
	var total int64
	for _, n := range h {
		total += n
	}
	return total
}

// Percentile is the latency that a share of all does not exceed, by the nearest
// rank, within HistogramError; ok is false without any.
func (h Histogram) Percentile(share float64) (d time.Duration, ok bool) {
	rank := int64(math.Ceil(share * float64(h.Total())))
	for _, bucket := range slices.Sorted(maps.Keys(h)) {
		if rank -= h[bucket]; rank <= 0 {
			return middleOf(bucket), true
		}
	}
	return 0, false
}

// String writes the counts by bucket, "217:12 218:3"; ParseHistogram reads it.
func (h Histogram) String() string {
	var b strings.Builder
	for _, bucket := range slices.Sorted(maps.Keys(h)) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.Itoa(bucket) + ":" + strconv.FormatInt(h[bucket], 10))
	}
	return b.String()
}

// ParseHistogram reads what String wrote, and passes over what it cannot read.
func ParseHistogram(s string) Histogram {
	h := Histogram{}
	for _, field := range strings.Fields(s) {
		name, number, _ := strings.Cut(field, ":")
		bucket, err := strconv.Atoi(name)
		n, failed := strconv.ParseInt(number, 10, 64)
		if err == nil && failed == nil && bucket >= 0 && bucket <= lastBucket && n > 0 {
			h[bucket] += n
		}
	}
	return h
}

// Span is how many latencies lie between two times.
type Span struct {
	From, To time.Duration
	Count    int64
}

// Spans gathers the latencies into at most n spans that follow one another without
// a gap, each as much longer than the one before by the same factor; nil without
// any.
func (h Histogram) Spans(n int) []Span {
	if h.Total() == 0 || n < 1 {
		return nil
	}
	buckets := slices.Collect(maps.Keys(h))
	first, last := slices.Min(buckets), slices.Max(buckets)
	wide := (last-first)/n + 1
	spans := make([]Span, (last-first)/wide+1)
	for i := range spans {
		spans[i].From, spans[i].To = startOf(first+i*wide), startOf(first+(i+1)*wide)
	}
	for bucket, count := range h {
		spans[(bucket-first)/wide].Count += count
	}
	return spans
}

// startOf is where a bucket begins.
func startOf(bucket int) time.Duration {
	return time.Duration(math.Pow(bucketGrowth, float64(bucket)) * float64(time.Microsecond))
}
