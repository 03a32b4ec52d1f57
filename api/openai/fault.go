package openai

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai/internal/answer"
	"github.com/vecscope/vecscope/api/openai/internal/scrub"
)

// requestID is the header by which a server's support finds a request.
const requestID = "X-Request-Id"

// The most characters shown of what a server says.
const (
	messageLimit = 300
	codeLimit    = 60
)

// fault is a failed attempt and what can be done about it.
type fault struct {
	*api.ServerError
	again   bool     // another attempt may succeed
	pause   bool     // the server asks everyone to wait
	loading bool     // the server is loading the model
	size    sizeKind // the request was too large, and how
	lost    bool     // the server may have done the work, and bill it
	billed  int      // tokens that it counted although its answer is of no use
	timeout bool     // no answer came in time
	unread  bool     // an answer of status 200 came whole and cannot be read
	page    bool     // a web page came in place of an answer
	refused bool     // an answer of status 200 says that the request was at fault
	meant   int      // the status, or what stands for it in an answer of status 200
	spoke   bool     // it came as JSON, as an API's words do
	// limit is how many tokens the server says that it reads in a text, and given how
	// many it counted; 0 where it does not.
	limit, given int
	// wrong says of each text of a request why its vector is of no use, by its place
	// in the request, where that is all that is wrong with an answer.
	wrong map[int]error
}

// Unwrap gives the error that callers of the package see.
func (f *fault) Unwrap() error { return f.ServerError }

// costs tells whether the server bills the request, or may.
func (f *fault) costs() bool { return f.lost || f.billed > 0 }

// reason says in a few words why there is a wait.
func (f *fault) reason() string {
	if f.Status != 0 && f.Status != http.StatusOK {
		return strings.TrimSpace(strconv.Itoa(f.Status) + " " + http.StatusText(f.Status))
	}
	return f.Message
}

// public gives callers of the package the error without what is only of use here.
func public(err error) error {
	var f *fault
	if errors.As(err, &f) {
		return f.ServerError
	}
	return err
}

// retriable are the statuses after which the same request may succeed.
func retriable(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly, http.StatusTooManyRequests,
		http.StatusFailedDependency, http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return status >= cloudflareFirst && status <= cloudflareLast
}

// The statuses by which Cloudflare says that the server behind it did not answer well.
// Of these only 524 means that it had the request and was working.
const (
	cloudflareFirst   = 520
	cloudflareTimeout = 524
	cloudflareLast    = 530
)

// answerFault reads an answer that reports a failure.
func (c *Client) answerFault(status int, header http.Header, body []byte) *fault {
	said := answer.ReadComplaint(body)
	html := said.HTML || (said.Message == "" && strings.Contains(header.Get("Content-Type"), "html"))
	f := c.complaintFault(status, header, said)
	if f.Code == strconv.Itoa(status) {
		f.Code = ""
	}
	if html {
		c.aboutPage(f)
		if f.size == sizeUnknown { // no API has looked at the texts
			f.size = sizeFits
		}
	}
	return f
}

// complaintFault classifies what a server complains about as if it had that
// status.
func (c *Client) complaintFault(status int, header http.Header, said answer.Complaint) *fault {
	f := &fault{ServerError: &api.ServerError{
		Provider:   c.cfg.Name,
		Status:     status,
		Code:       c.scrub.Say(said.Code, codeLimit),
		Message:    c.scrub.Say(said.Message, messageLimit),
		RequestID:  c.requestID(header),
		RetryAfter: retryAfter(status, header, said.Message),
	}}
	f.meant, f.spoke = status, said.JSON
	text := strings.ToLower(said.Code + " " + said.Message)
	f.size = sizeOf(status, text, said)
	if f.size == sizeTooLong {
		f.limit, f.given = limitIn(text[:min(len(text), errorLimit)])
	}
	hopeless := ""
	if f.size == sizeFits {
		hopeless = incapableAdvice(text)
	}
	f.again = retriable(status) && (f.size == sizeFits || f.size == sizeUnknown) && !containsAny(text, futileWords) && !exhausted(said.Code, f.RetryAfter) && hopeless == ""
	f.loading = status == http.StatusServiceUnavailable && containsAny(text, loadingWords)
	f.lost = status == http.StatusGatewayTimeout || status == cloudflareTimeout // who is behind the gateway may still be working
	f.pause = status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable && f.RetryAfter > 0
	f.Permanent = !f.again && (status != http.StatusTooManyRequests || f.RetryAfter == 0)
	f.Advice = cmp.Or(hopeless, c.advice(status, said.Code, f.size))
	return f
}

// exhausted tells whether a limit will not be lifted by waiting a moment.
func exhausted(code string, after time.Duration) bool {
	switch code {
	case "insufficient_quota", "billing_hard_limit_reached":
		return true
	case "daily_rpd_limit_exceeded", "daily_usd_limit_exceeded":
		return after == 0
	}
	return false
}

func (c *Client) requestID(header http.Header) string {
	return c.scrub.Say(header.Get(requestID), 100)
}

// aboutPage says that a web page came instead of an answer. Failing gateways send
// such pages too; those need no other address.
func (c *Client) aboutPage(f *fault) {
	f.page = true
	if f.Status == http.StatusTooManyRequests || f.Status >= 500 || f.Status == http.StatusRequestEntityTooLarge {
		f.Message = "a web page instead of an answer"
		return
	}
	f.Message = "a web page: this does not look like an embeddings API"
	f.Advice = "check base_url (" + c.base.String() + ")"
}

// advice says what the person can do about a complaint.
func (c *Client) advice(status int, code string, size sizeKind) string {
	switch code {
	case "insufficient_quota", "billing_hard_limit_reached":
		return "add credit to the account"
	case "model_not_found", "model_not_available":
		if retriable(status) {
			return "try again later, or choose another model"
		}
		return "choose another model, or refresh the list of models"
	case "model_not_allowed":
		return "allow the model for this key, or choose another"
	case "content_policy_violation":
		return "leave out the text that is refused"
	}
	if size == sizeTooLong || size == sizeTooMany {
		return "shorten the text"
	}
	switch status {
	case http.StatusUnauthorized:
		return "check " + c.cfg.keyPlace()
	case http.StatusPaymentRequired:
		return "add credit to the account"
	case http.StatusForbidden:
		return "check what " + c.cfg.keyPlace() + " may do"
	case http.StatusNotFound:
		return "check the model's name and base_url (" + c.base.String() + ")"
	}
	if status == http.StatusTooManyRequests || status >= 500 {
		return tryLater
	}
	return "check the model and the texts; --debug FILE shows what was sent"
}

// tryLater is the advice where the server cannot work now.
const tryLater = "try again later"

// faultyAnswer is the advice where the server, and no setting, is at fault.
const faultyAnswer = "the server's answer is faulty: try again, or choose another model"

// addressAdvice is the advice where something else than the API answers.
func (c *Client) addressAdvice() string {
	return "check base_url (" + c.base.String() + ") and the provider's profile (" + c.cfg.Profile.Name + ")"
}

// unusable reports an answer of status 200 that cannot be used.
func (c *Client) unusable(header http.Header, why, advice string) *fault {
	return &fault{ServerError: &api.ServerError{
		Provider:  c.cfg.Name,
		Status:    http.StatusOK,
		Message:   c.scrub.Say(why, messageLimit),
		RequestID: c.requestID(header),
		Advice:    advice,
		Permanent: true,
	}}
}

// cutFault reports an answer that ended before its end.
func (c *Client) cutFault(ctx context.Context, resp *http.Response, err error, limit time.Duration) *fault {
	f := c.networkFault(ctx, err, limit)
	f.Status = resp.StatusCode
	f.RequestID = c.requestID(resp.Header)
	if !f.timeout {
		f.Message, f.Advice = "the answer was cut off", tryLater
	}
	return f
}

// networkFault reports that no whole answer came. The cause is kept only where it
// is an error without words of its own: others may repeat what the server sent.
func (c *Client) networkFault(ctx context.Context, err error, limit time.Duration) *fault {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err // the address is known, and says nothing about the failure
	}
	f := &fault{again: true, lost: true, ServerError: &api.ServerError{
		Provider: c.cfg.Name,
		Message:  c.scrub.Say("the connection failed: "+err.Error(), messageLimit),
		Advice:   "try again later, or check base_url (" + c.base.String() + ")",
	}}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		f.timeout = true
		f.Message = "no answer within " + limit.String()
		f.Advice = "try again later, or raise the timeout in the settings"
		f.Err = os.ErrDeadlineExceeded
		return f
	}
	for _, plain := range []error{context.Canceled, io.ErrUnexpectedEOF, io.EOF, syscall.ECONNREFUSED, syscall.ECONNRESET} {
		if errors.Is(err, plain) {
			f.Err = plain
			break
		}
	}
	c.explain(f, err)
	f.Permanent = !f.again
	return f
}

// explain finds the failures of a connection that have a remedy.
func (c *Client) explain(f *fault, err error) {
	var (
		redirect  *redirectError
		untrusted *tls.CertificateVerificationError
		unknown   x509.UnknownAuthorityError
		record    tls.RecordHeaderError
		dns       *net.DNSError
		op        *net.OpError
	)
	if errors.As(err, &op) && op.Op == "dial" {
		f.lost = false
	}
	switch {
	case errors.As(err, &redirect):
		f.final(c.scrub.Say(redirect.Error(), messageLimit), "correct base_url if that is where the API is")
	case errors.As(err, &untrusted), errors.As(err, &unknown):
		f.final(c.scrub.Say("its certificate cannot be trusted: "+rootCause(err), messageLimit),
			"correct base_url, or let this machine trust the certificate's issuer")
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		f.final("the server does not speak https", "write base_url with http://")
	case errors.As(err, &dns) && dns.IsNotFound:
		f.final("there is no host "+scrub.Clean(c.base.Hostname()), "check base_url and the connection to the internet")
	case errors.Is(err, syscall.ECONNREFUSED):
		f.Message = "nothing answers at " + c.base.Host
		if c.Loopback() {
			f.final(f.Message, "start the server, or correct base_url")
		}
	}
}

// final makes a fault one that another attempt cannot mend.
func (f *fault) final(message, advice string) {
	f.Message, f.Advice = message, advice
	f.again, f.lost = false, false
}

// rootCause is the innermost error's text.
func rootCause(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		err = inner
	}
}
