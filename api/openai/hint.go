package openai

import (
	"cmp"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// retryAfter finds how long a server wants to be left alone, in its headers or in what
// it said; 0 when it does not say.
func retryAfter(status int, header http.Header, said string) time.Duration {
	after := cmp.Or(milliseconds(header.Get("Retry-After-Ms")), secondsOrDate(header))
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		after = cmp.Or(after, resets(header), waitIn(said))
	}
	return min(after, farthest)
}

// milliseconds reads a number of them; 0 for anything else.
func milliseconds(text string) time.Duration {
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return 0
	}
	return lasting(n / 1000)
}

// lasting is a time of so many seconds, 0 of those that make no sense.
func lasting(seconds float64) time.Duration {
	if !(seconds > 0) {
		return 0
	}
	return time.Duration(min(seconds, farthest.Seconds()) * float64(time.Second))
}

// secondsOrDate reads Retry-After. A date is measured by the server's own clock.
func secondsOrDate(header http.Header) time.Duration {
	text := strings.TrimSpace(header.Get("Retry-After"))
	if text == "" {
		return 0
	}
	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		return lasting(seconds)
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	now := time.Now()
	if theirs, err := http.ParseTime(header.Get("Date")); err == nil {
		now = theirs
	}
	return max(0, at.Sub(now))
}

// resets reads when limits are lifted, of requests and of tokens. That of one that is
// used up counts; when none is said to be, the next.
func resets(header http.Header) time.Duration {
	var usedUp, next time.Duration
	for _, of := range []string{"Requests", "Tokens"} {
		reset := spelled(header.Get("X-Ratelimit-Reset-" + of))
		if reset == 0 {
			continue
		}
		if header.Get("X-Ratelimit-Remaining-"+of) == "0" {
			usedUp = max(usedUp, reset)
		}
		if next == 0 || reset < next {
			next = reset
		}
	}
	return cmp.Or(usedUp, next)
}

// spelled reads a time such as 1m30s, 6ms or 20, which is seconds; 0 for anything else.
func spelled(text string) time.Duration {
	text = strings.TrimSpace(text)
	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		return lasting(seconds)
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0
	}
	return max(0, d)
}

// waitWords are those in which servers say how long to wait: "Please try again in 20s",
// "retry after 26 seconds".
var waitWords = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:try again|retry|wait)(?: again)?(?: in| after| for)?:? (?:about )?((?:[0-9.]+(?:ms|s|m|h))+\b|[0-9.]+) ?(milliseconds?|seconds?|secs?|minutes?|hours?)?`)
})

// waitIn finds a time to wait in words; 0 for none.
func waitIn(said string) time.Duration {
	found := waitWords().FindStringSubmatch(said[:min(len(said), 4*messageLimit)])
	if found == nil {
		return 0
	}
	unit, isNumber := map[string]string{"millisecond": "ms", "second": "s", "sec": "s", "minute": "m", "hour": "h"}[strings.TrimSuffix(strings.ToLower(found[2]), "s")]
	if isNumber {
		return spelled(found[1] + unit)
	}
	return spelled(found[1])
}
