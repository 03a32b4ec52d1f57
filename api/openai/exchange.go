package openai

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/vecscope/vecscope/api"
)

// errStopped ends the waits of requests that need not be sent any more.
var errStopped = errors.New("stopped because another request failed")

// notAllowedAgain is the advice where the limits of spending keep a request from being
// sent again.
const notAllowedAgain = "it may be billed, and was not sent again, which could have cost more than was allowed: to send it again, ask once more"

// call is a request to be sent, as often as it takes.
type call struct {
	number  int64 // of this client's calls, from 1
	attempt int   // from 1
	method  string
	url     *url.URL
	body    []byte // JSON; nil for none
	limit   int64  // the most bytes read of an answer
	// timeout is the longest wait for the answer.
	timeout time.Duration
	// apiKey sends the key as x-api-key, where Authorization is not understood.
	apiKey bool
	// paid tells that the server bills an answer even if it gets lost.
	paid bool
	// once tells not to try again.
	once bool
	// tries, when set, is how often it is sent at most when nobody knows whether
	// another attempt helps.
	tries int
	// allowed, when set, tells whether it may be paid for once more after a failure that
	// the server may bill.
	allowed func() bool
	// served, when set, tells whether the server has answered before, or took a request:
	// then one on this machine that does not is believed to be starting again.
	served func() bool
	// begun, when set, is told when a request was sent and not answered: it has reached
	// somebody.
	begun *atomic.Bool
	// notice is told of waits; may be nil.
	notice func(api.Notice)
	// sent, when set, is told of every attempt, and failed of those that failed.
	sent   func()
	failed func(*fault)
}

// reply is a successful answer.
type reply struct {
	header  http.Header
	body    []byte
	elapsed time.Duration // from the sending to the last byte
}

// exchange sends a call until it is answered, refused or not worth another try.
// Waits end with stop, what is being sent only with ctx. read makes something of
// a successful answer; what it finds wrong is a fault like any other. The error
// is ctx's, errStopped, or an *api.ServerError (inside a *fault).
func (c *Client) exchange(ctx, stop context.Context, q call, read func(reply) *fault) error {
	timeouts, unread := 0, 0
	q.number = c.calls.Add(1)
	for attempt := 1; ; attempt++ {
		q.attempt = attempt
		if err := c.admit(stop); err != nil {
			err = ended(ctx, err)
			c.log.noteOf(q, "not sent: %s", whyStopped(err))
			return err
		}
		f := c.attempt(ctx, q, read)
		c.slots.Release(1)
		if f == nil {
			return nil
		}
		if q.failed != nil {
			q.failed(f)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if f.timeout {
			timeouts++
		}
		if f.unread {
			unread++
		}
		if timeouts == maxTimeouts {
			f.Message += ", asked twice"
		}
		wait := max(f.RetryAfter, c.pause(backoff(min(attempt, maxAttempts))))
		if wait > longestWait && f.again {
			f.OpensAt = c.gate.clock.now().Add(f.RetryAfter).Round(time.Second)
			f.again = false
			if f.Advice == tryLater { // when is known
				f.Advice = ""
			}
		}
		if q.once || !f.again || attempt >= q.most(f) || timeouts == maxTimeouts || unread == maxUnread {
			f.tellWait()
			return f
		}
		if q.paid && f.costs() && q.allowed != nil && !q.allowed() {
			f.Advice = notAllowedAgain
			return f
		}
		if err := c.await(stop, q, f, wait); err != nil {
			err = ended(ctx, err)
			c.log.noteOf(q, "not followed by another: %s", whyStopped(err))
			return err
		}
	}
}

// pause is how long to wait before asking again. Many ask a service at once and must not
// all come back at once; a server on one's own machine gets all the time to start again.
func (c *Client) pause(most time.Duration) time.Duration {
	if c.Loopback() {
		return most
	}
	return c.jitter(most)
}

// tellWait says how long the server wants to be left alone, where it said so.
func (f *fault) tellWait() {
	if f.Advice == tryLater && f.RetryAfter > 0 {
		f.Advice = "try again in " + max(time.Second, f.RetryAfter.Round(time.Second)).String()
	}
}

// most is how often a call is sent that fails like that.
func (q call) most(f *fault) int {
	if q.tries > 0 && f.size == sizeUnknown {
		return q.tries
	}
	if f.loading {
		return maxLoading
	}
	return maxAttempts
}

// ended tells why a wait ended early.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return errStopped
}

// whyStopped says why what was to be sent is not.
func whyStopped(err error) string {
	if errors.Is(err, context.Canceled) {
		return "stopped"
	}
	return err.Error()
}

// admit waits for a slot, the end of a pause and the rate limit. On success the
// caller gives the slot back.
func (c *Client) admit(ctx context.Context) error {
	if err := c.slots.Acquire(ctx, 1); err != nil {
		return err
	}
	for {
		err := c.gate.pass(ctx)
		if err == nil {
			if err = c.limiter.Wait(ctx); err != nil && ctx.Err() == nil {
				err = context.DeadlineExceeded // its turn would come too late
			}
		}
		if err != nil {
			c.slots.Release(1)
			return err
		}
		if c.gate.left() == 0 { // else it was closed while the limiter held us
			return nil
		}
	}
}

// await waits before the next attempt. What a server says about its load holds
// for every worker, other failures for this request only.
func (c *Client) await(stop context.Context, q call, f *fault, wait time.Duration) error {
	next := q.attempt + 1
	if q.notice != nil {
		q.notice(api.Notice{Provider: c.cfg.Name, Wait: wait, Reason: f.reason(), Attempt: next, Lost: f.lost && q.paid})
	}
	c.log.noteOf(q, "waiting %s before attempt %d: %s", wait.Round(time.Millisecond), next, f.reason())
	if f.pause {
		c.gate.pause(wait)
		return stop.Err()
	}
	return c.gate.clock.sleep(stop, wait)
}

// attempt sends a call once, reads the answer and logs what failed.
func (c *Client) attempt(ctx context.Context, q call, read func(reply) *fault) *fault {
	f := c.sendOnce(ctx, q, read)
	if f == nil {
		return nil
	}
	if errors.Is(f, syscall.ECONNREFUSED) && q.served != nil && q.served() {
		f.again, f.Permanent = true, false
	}
	c.log.failed(ctx, q, f)
	return f
}

// sendOnce sends a call and reads the answer.
func (c *Client) sendOnce(ctx context.Context, q call, read func(reply) *fault) *fault {
	if q.sent != nil {
		q.sent()
	}
	ctx, cancel := c.gate.clock.timeout(ctx, q.timeout)
	defer cancel()
	start := time.Now()
	c.log.request(q)
	var begun atomic.Bool
	resp, err := c.http.Do(c.request(ctx, q, &begun))
	if err != nil {
		f := c.networkFault(ctx, err, q.timeout)
		f.lost = f.lost && begun.Load()
		if q.begun != nil && f.lost {
			q.begun.Store(true)
		}
		if !begun.Load() && !f.timeout {
			c.unreached(f, err)
		}
		return f
	}
	defer resp.Body.Close()
	good := resp.StatusCode/100 == 2
	limit := q.limit
	if !good {
		limit = errorLimit
	}
	body, err := c.large.read(ctx, resp, limit)
	c.log.answer(q, resp, body, time.Since(start))
	switch {
	case !good: // what came of an error is better than what cut it off
		return c.answerFault(resp.StatusCode, resp.Header, body)
	case errors.Is(err, errTooLarge):
		advice := faultyAnswer
		if q.method == http.MethodGet {
			advice = c.addressAdvice()
		}
		f := c.unusable(resp.Header, "the answer is larger than "+bytesText(limit)+", more than any embeddings need", advice)
		f.lost = true
		return f
	case err != nil:
		return c.cutFault(ctx, resp, err, q.timeout)
	}
	return read(reply{header: resp.Header, body: body, elapsed: time.Since(start)})
}

// outgoing is a body that notes when its sending begins: what has not left this
// machine is not billed.
type outgoing struct {
	io.Reader
	begun *atomic.Bool
}

func (o outgoing) Read(p []byte) (int, error) {
	o.begun.Store(true)
	return o.Reader.Read(p)
}

// Close implements io.Closer.
func (o outgoing) Close() error { return nil }

// request makes the HTTP request of a call, which notes when its body begins to be
// sent. Bodies are never compressed: not all servers read them.
func (c *Client) request(ctx context.Context, q call, begun *atomic.Bool) *http.Request {
	r := (&http.Request{
		Method: q.method,
		URL:    q.url,
		Host:   q.url.Host,
		Header: http.Header{"Accept": {"application/json"}, "User-Agent": {"vecscope"}},
	}).WithContext(ctx)
	c.cfg.dress(r.Header)
	if q.body != nil {
		r.Header.Set("Content-Type", "application/json")
		r.ContentLength = int64(len(q.body))
		r.GetBody = func() (io.ReadCloser, error) { return outgoing{bytes.NewReader(q.body), begun}, nil }
		r.Body = outgoing{bytes.NewReader(q.body), begun}
	}
	switch key := c.cfg.Key; {
	case key.Empty():
	case q.apiKey && r.Header.Get("X-Api-Key") == "": // a person's own goes first
		r.Header.Set("X-Api-Key", key.Reveal())
	case azure(c.base):
		r.Header.Set("Api-Key", key.Reveal())
	default:
		r.Header.Set("Authorization", "Bearer "+key.Reveal())
	}
	return r
}
