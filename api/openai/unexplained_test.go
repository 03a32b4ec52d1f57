package openai

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vecscope/vecscope/api"
)

// grumpy is a server that refuses requests with some text in words of its own.
type grumpy struct {
	status  int
	body    string
	refuses func(request int, texts []string) bool

	requests int
	sent     []int // texts in each request
}

// embed asks it for texts; times are made up. took is how long that was.
func (g *grumpy) embed(t *testing.T, cfg Config, req api.Request) (got api.Result, took time.Duration, err error) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		cfg.RequestsPerSecond = 1e6
		c := inside(t, cfg, func(r *http.Request) (*http.Response, error) {
			a := readAsked(t, r)
			g.requests++
			g.sent = append(g.sent, len(a.Input))
			if g.refuses(g.requests, a.Input) {
				return response(g.status, g.body), nil
			}
			return response(200, answerTo(a)), nil
		})
		start := time.Now()
		req.Model = "m"
		got, err = c.Embed(t.Context(), req)
		took = time.Since(start).Round(time.Second)
	})
	return got, took, err
}

// holds refuses what holds one of those texts.
func holds(texts ...string) func(int, []string) bool {
	return func(_ int, sent []string) bool {
		return slices.ContainsFunc(sent, func(s string) bool { return slices.Contains(texts, s) })
	}
}

// Words that gateways have for a text that is too long, or that they cannot read, of
// which no list is complete.
var ownWords = []string{
	`{"error":{"message":"prompt exceeds what this deployment accepts"}}`,
	`{"error":"sequence of 9001 elements is above the ceiling"}`,
	`{"detail":"Unprocessable"}`,
	`{"detail":[{"loc":["body","input",11],"msg":"string should be shorter"}]}`,
	`{"message":"InternalError.Algo: Range of input length should be [1, 8192]","code":"InvalidParameter"}`,
	`{"errors":[{"message":"AiError: bad input"}],"success":false}`,
	`{"fault":{"faultstring":"Body buffer overflow"}}`,
	`{"code":20015,"message":"The parameter is invalid. Please check again.","data":null}`,
	`Bad Request`,
	``,
}

func TestTheTextAtFaultIsFoundWhateverTheWords(t *testing.T) {
	for _, body := range ownWords {
		for _, status := range []int{400, 413, 422, 500} {
			for _, bad := range [][]int{{0}, {11}, {15}, {3, 4, 5, 6, 7, 8, 9, 10}} {
				texts := numbered(16)
				var refused []string
				for _, at := range bad {
					if status == 413 { // which only a long text can mean
						texts[at] += " " + words(300)
					}
					refused = append(refused, texts[at])
				}
				g := &grumpy{status: status, body: body, refuses: holds(refused...)}
				got, took, err := g.embed(t, Config{}, api.Request{Texts: texts})
				if err != nil || len(got.Failed) != len(bad) || got.Usage.Lost != 0 {
					t.Fatalf("%d %s, %v: %v, %v", status, body, bad, got.Failed, err)
				}
				for i := range texts {
					var text *api.TextError
					var server *api.ServerError
					switch {
					case slices.Contains(bad, i):
						if !errors.As(got.Failed[i], &text) || text.Index != i || !errors.As(got.Failed[i], &server) || server.Status != status || server.Advice == "" {
							t.Errorf("%d %s: text %d: %v", status, body, i, got.Failed[i])
						}
					case !slices.Equal(got.Vectors[i], unitOf(texts[i])):
						t.Errorf("%d %s: text %d came as %v", status, body, i, got.Vectors[i])
					}
				}
				if len(bad) == 1 && g.requests > 14 || took > 20*time.Second {
					t.Errorf("%d %s, %v: %d requests in %s", status, body, bad, g.requests, took)
				}
			}
		}
	}
}

// Who takes other texts has something against this one, and can be told what to do with it.
func TestWhatHelpsATextThatIsRefusedAloneIsSaid(t *testing.T) {
	const helps = "leave this text out, or shorten it: the server takes others"
	for name, c := range map[string]struct {
		texts []string
		want  bool
	}{"others are taken": {[]string{"a", "bad", "b", "c"}, true}, "nothing is taken": {[]string{"bad"}, false}} {
		g := &grumpy{status: 400, body: `{"error":"no"}`, refuses: holds("bad")}
		got, _, err := g.embed(t, Config{}, api.Request{Texts: c.texts})
		at := slices.Index(c.texts, "bad")
		if why := fmt.Sprint(errors.Join(got.Failed[at], err)); strings.Contains(why, helps) != c.want {
			t.Errorf("%s: it says %s", name, why)
		}
	}
}

func TestAServerThatFailsAtEverythingIsBelieved(t *testing.T) {
	for _, status := range []int{400, 422, 500} {
		for _, n := range []int{1, 2, 30, 2000} {
			g := &grumpy{status: status, body: `{"error":{"message":"no"}}`, refuses: func(int, []string) bool { return true }}
			got, took, err := g.embed(t, Config{}, api.Request{Texts: numbered(n)})
			var e *api.ServerError
			var text *api.TextError
			if !errors.As(err, &e) || e.Status != status || errors.As(err, &text) || g.requests > 20 || took > 30*time.Second {
				t.Errorf("%d for %d texts: %d requests in %s, %v", status, n, g.requests, took, err)
			}
			if len(got.Vectors) > 0 && slices.ContainsFunc(got.Vectors, func(v []float32) bool { return v != nil }) {
				t.Errorf("%d: vectors came from nowhere", status)
			}
		}
	}
}

func TestAServerThatBreaksDownBlamesNoText(t *testing.T) {
	for _, c := range []struct{ status, inputs, most int }{{500, 1, 12}, {500, 8, 20}, {400, 1, 24}, {400, 8, 30}} {
		g := &grumpy{status: c.status, body: `{"error":{"message":"out of order"}}`, refuses: func(n int, _ []string) bool { return n > 5 }}
		arrived := 0
		_, _, err := g.embed(t, Config{MaxInputs: c.inputs, Concurrency: 1}, api.Request{Texts: numbered(100),
			Arrived: func(at []int, _ [][]float32) { arrived += len(at) }})
		if err == nil || !strings.Contains(err.Error(), "out of order") || arrived != 5*c.inputs || g.requests > c.most {
			t.Errorf("%d, %d a request: %d arrived in %d requests, %v", c.status, c.inputs, arrived, g.requests, err)
		}
	}
}

func TestAServerThatBreaksDownInsideAnAnswerIsBelieved(t *testing.T) {
	for _, failure := range []string{`{"error":{}}`, `{"error":"gone"}`, `{"error":[]}`, `{}`, ``, `null`} {
		synctest.Test(t, func(t *testing.T) {
			requests := 0
			c := inside(t, Config{MaxInputs: 1, Concurrency: 1, RequestsPerSecond: 1e6}, func(r *http.Request) (*http.Response, error) {
				a := readAsked(t, r)
				switch requests++; {
				case requests == 1:
					return response(200, answerTo(a)), nil
				case a.Input[0] == "text 0": // asked for once more
					return response(200, failure), nil
				}
				return response(500, `{"error":{"message":"out of order"}}`), nil
			})
			got, err := c.Embed(t.Context(), api.Request{Model: "m", Texts: numbered(10)})
			if err == nil || !strings.Contains(err.Error(), "out of order") || got.Vectors[0] == nil || len(got.Failed) > 0 {
				t.Errorf("%s: %v, %v", failure, got.Failed, err)
			}
		})
	}
}

func TestAFailureThatPassesCostsNoText(t *testing.T) {
	for _, inputs := range []int{1, 100} {
		g := &grumpy{status: 500, body: `{"error":{"message":"busy"}}`, refuses: func(n int, _ []string) bool { return n <= 3 }}
		got, _, err := g.embed(t, Config{MaxInputs: inputs, Concurrency: 1}, api.Request{Texts: numbered(5)})
		if err != nil || len(got.Failed) != 0 {
			t.Errorf("%d a request: %v, %v", inputs, got.Failed, err)
		}
	}
}

func TestAVectorThatJSONCannotHoldIsNotWaitedFor(t *testing.T) {
	g := &grumpy{status: 500, body: `{"error":"failed to encode response: json: unsupported value: NaN"}`, refuses: holds("text 5")}
	got, took, err := g.embed(t, Config{Profile: profile(t, "ollama")}, api.Request{Texts: numbered(16)})
	if err != nil || len(got.Failed) != 1 || got.Failed[5] == nil || took != 0 || g.requests > 11 {
		t.Errorf("%v after %d requests and %s, %v", got.Failed, g.requests, took, err)
	}
}

func TestWhatIsAboutNoTextIsNotAskedAgain(t *testing.T) {
	for _, body := range []string{
		`{"error":{"message":"Model not exist","code":"invalid_parameter_error"}}`,
		`{"error":{"message":"no","param":"dimensions"}}`,
		`{"error":{"message":"no","code":"model_not_found"}}`,
		`{"error":{"message":"Incorrect API key provided"}}`,
		`{"detail":[{"loc":["body","encoding_format"],"msg":"Extra inputs are not permitted"}]}`,
		`{"message":"Model does not support matryoshka representation"}`,
		`<html><h1>400 Bad Request</h1></html>`,
	} {
		g := &grumpy{status: 400, body: body, refuses: func(int, []string) bool { return true }}
		if _, _, err := g.embed(t, Config{}, api.Request{Texts: numbered(30)}); err == nil || g.requests != 1 {
			t.Errorf("%s: %d requests, %v", body, g.requests, err)
		}
	}
}

func TestHalvingKeepsTheLimitsOfMoney(t *testing.T) {
	never := word{allow: func(int) bool { return false }}
	// A refusal is not billed, and what is sent in its parts was agreed to.
	g := &grumpy{status: 400, body: `{"error":{"message":"no"}}`, refuses: holds("text 3")}
	got, _, err := g.embed(t, Config{}, api.Request{Texts: numbered(8), Approval: never})
	if err != nil || len(got.Failed) != 1 {
		t.Errorf("a refusal: %v, %v", got.Failed, err)
	}
	// An answer of status 200 may be, whatever it says.
	g = &grumpy{status: 200, body: `{"error":{"message":"no","code":500}}`, refuses: holds("text 3")}
	_, _, err = g.embed(t, Config{}, api.Request{Texts: numbered(8), Approval: never})
	if err == nil || !strings.Contains(err.Error(), "not sent again") || g.requests != 1 {
		t.Errorf("an answer that may be billed: %d requests, %v", g.requests, err)
	}
	// Where nothing is billed nobody is asked.
	g = &grumpy{status: 200, body: `{"error":{"message":"no","code":500}}`, refuses: holds("text 3")}
	got, _, err = g.embed(t, Config{Profile: profile(t, "ollama"), BaseURL: "http://127.0.0.1:9"}, api.Request{Texts: numbered(8), Approval: never})
	if err != nil || len(got.Failed) != 1 {
		t.Errorf("a free server: %d requests, %v, %v", g.requests, got.Failed, err)
	}
	// Whether the server still works is not asked for money that was not agreed to.
	g = &grumpy{status: 500, body: `{"error":{"message":"no"}}`, refuses: func(n int, _ []string) bool { return n > 3 }}
	_, _, err = g.embed(t, Config{MaxInputs: 1, Concurrency: 1}, api.Request{Texts: numbered(8), Approval: never})
	if err == nil || g.requests != 3+maxAttempts {
		t.Errorf("a probe: %d requests, %v", g.requests, err)
	}
}

func TestWhatAProbeTakesIsCounted(t *testing.T) {
	g := &grumpy{status: 500, body: `{"error":{"message":"no"}}`, refuses: holds("text 3")}
	var told api.Usage
	got, _, err := g.embed(t, Config{MaxInputs: 1, Concurrency: 1}, api.Request{Texts: numbered(5), Approval: word{allow: func(int) bool { return true }, record: func(u api.Usage) { told = told.Plus(u) }}})
	if err != nil || len(got.Failed) != 1 || got.Usage.Requests != g.requests || got.Usage.Tokens != 8*(g.requests-maxAttempts) || told.Tokens != got.Usage.Tokens || told.Requests != g.requests {
		t.Errorf("%d requests: %+v, told %+v, %v, %v", g.requests, got.Usage, told, got.Failed, err)
	}
	if fmt.Sprint(g.sent) != "[1 1 1 1 1 1 1 1 1]" { // three, one in four attempts, the probe, the last
		t.Errorf("%v", g.sent)
	}
}
