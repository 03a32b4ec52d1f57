package openai

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
)

// What a lost answer costs may be paid for again only with leave; what is refused
// costs nothing, and neither does a server on this machine.
func TestWhatMayBeBilledIsSentAgainOnlyWithLeave(t *testing.T) {
	good := answerOf("[1,2]")
	for _, c := range []struct {
		name  string
		kind  string
		bad   func() *http.Response
		most  int // tokens that may be paid for again
		sent  int
		asked []int
		err   string
	}{
		{"cut off, without leave", "nanogpt", func() *http.Response { return response(200, good[:30]) }, 0, 1, []int{3}, "more than was allowed"},
		{"cut off, with leave for more than is worth it", "nanogpt", func() *http.Response { return response(200, good[:30]) }, 100, 2, []int{3}, "cut off"},
		{"empty, with leave for more than is worth it", "nanogpt", func() *http.Response { return response(200, "") }, 100, 2, []int{3}, "cut off"},
		{"a gateway, with leave for once", "nanogpt", func() *http.Response { return response(504, "") }, 3, 2, []int{3, 3}, "more than was allowed"},
		{"a gateway waited in vain", "nanogpt", func() *http.Response { return response(504, "") }, 0, 1, []int{3}, "more than was allowed"},
		{"billed and of no use", "openrouter", func() *http.Response {
			return response(200, `{"error":{"message":"busy","code":502},"usage":{"prompt_tokens":5}}`)
		}, 0, 1, []int{3}, "more than was allowed"},
		{"refused", "nanogpt", func() *http.Response { return response(429, "") }, 0, 4, nil, "429"},
		{"on one's own machine", "ollama", func() *http.Response { return response(504, "") }, 0, 4, nil, "504"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cl := inside(t, Config{Profile: profile(t, c.kind), Count: threes}, func(*http.Request) (*http.Response, error) { return c.bad(), nil })
				var asked []int
				left := c.most
				got, err := cl.Embed(t.Context(), api.Request{Model: "m", Texts: []string{"a"}, Approval: word{allow: func(tokens int) bool {
					asked = append(asked, tokens)
					left -= tokens
					return left >= 0
				}}})
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Errorf("%v, want %q", err, c.err)
				}
				if got.Usage.Requests != c.sent || !slices.Equal(asked, c.asked) {
					t.Errorf("%d requests, asked for leave for %v tokens; want %d, %v", got.Usage.Requests, asked, c.sent, c.asked)
				}
			})
		})
	}
}

func TestWithoutLeaveNothingIsBilledTwice(t *testing.T) {
	s := apitest.New(t, apitest.Options{Quick: true})
	s.Fail(apitest.Cut(), apitest.Cut(), apitest.Cut())
	c, _ := patient(t, s)
	_, err := c.Embed(t.Context(), api.Request{
		Model: "text-embedding-3-small", Texts: []string{"first", "second text"}, Approval: word{allow: func(int) bool { return false }},
	})
	if n := len(s.Embeddings()); err == nil || n != 1 {
		t.Errorf("%d requests, %v", n, err)
	}
}

// word is an approval that consists of what it does; either may be nil.
type word struct {
	allow  func(tokens int) bool
	record func(api.Usage)
}

func (w word) Allow(tokens int) bool { return w.allow == nil || w.allow(tokens) }

func (w word) Record(u api.Usage) {
	if w.record != nil {
		w.record(u)
	}
}

func TestWhichStatusesMayPass(t *testing.T) {
	passing := map[int]bool{408: true, 409: true, 424: true, 425: true, 429: true, 500: true, 502: true, 503: true, 504: true}
	for status := range 600 {
		if want := passing[status] || status >= 520 && status <= 530; retriable(status) != want {
			t.Errorf("%d may pass: %t, want %t", status, !want, want)
		}
	}
}

func TestTheReasonForAWaitIsTheStatusOrWhatWasSaid(t *testing.T) {
	for status, want := range map[int]string{0: "no answer came", 200: "no answer came", 503: "503 Service Unavailable", 599: "599"} {
		f := &fault{ServerError: &api.ServerError{Status: status, Message: "no answer came"}}
		if got := f.reason(); got != want {
			t.Errorf("%d: %q, want %q", status, got, want)
		}
	}
}
