package candidate

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
)

var (
	shop   = api.Candidate{Model: "shop/good", Dimensions: 4}
	paid   = api.Model{Provider: "shop", ID: "good"}
	busy   = &api.ServerError{Provider: "shop", Status: 503, Message: "busy", Advice: "try again later"}
	noKey  = &api.KeyError{Provider: "shop", Env: "SHOP_KEY"}
	far    = &api.InsecureKeyError{Provider: "shop", Host: "example.com:80"}
	refuse = &api.TextError{Index: 1, Err: errors.New("the server gave a vector of zeros")}
)

// result is one of four texts, some of which have no vector for a reason.
func result(t *testing.T, usage api.Usage, failed map[int]error) *pipeline.Result {
	t.Helper()
	vectors, err := compare.NewVectors([][]float32{{1, 0}, {0, 1}, {1, 0}, {0, 1}})
	if err != nil {
		t.Fatal(err)
	}
	return &pipeline.Result{Vectors: vectors, Failed: failed, Usage: usage}
}

// TestStatus holds what is said of a candidate in every phase: in parts, in a line, at
// length, in full, and which candidates have a problem.
func TestStatus(t *testing.T) {
	rest := &pipeline.Estimate{Texts: 1}
	waits := &session.Waiting{Left: 3e9, Reason: "busy", Attempt: 2}
	for _, c := range []struct {
		name    string
		state   session.State
		want    Status
		line    string
		summary string
		full    string
		problem bool
	}{
		{name: "waiting", state: session.State{Phase: session.PhaseWaiting},
			want: Status{What: "waiting"}, line: "waiting", summary: "waiting"},
		{name: "running", state: session.State{Phase: session.PhaseRunning, Done: 1, Total: 4},
			want: Status{What: "embedding 1 of 4 texts"}, line: "embedding 1 of 4 texts", summary: "embedding 1 of 4 texts"},
		{name: "looking", state: session.State{Phase: session.PhaseRunning, Work: session.SourceWork{Checking: true}},
			want: Status{What: "looking up what is known"}, line: "looking up what is known", summary: "looking up what is known"},
		{name: "comparing", state: session.State{Phase: session.PhaseRunning, Comparing: true, Compared: 40},
			want: Status{What: "comparing, 40%"}, line: "comparing, 40%", summary: "comparing, 40%"},
		{name: "comparing for long", state: session.State{Phase: session.PhaseRunning, Comparing: true, Compared: 40, ComparedFor: time.Minute},
			want: Status{What: "comparing, 40%, about 90 s left"}, line: "comparing, 40%, about 90 s left", summary: "comparing, 40%, about 90 s left"},
		{name: "embedding for long", state: session.State{Phase: session.PhaseRunning, Done: 100, Total: 1000, Work: session.SourceWork{Elapsed: time.Minute}},
			want: Status{What: "embedding 100 of 1,000 texts, about 9 min left, 60 s"}, line: "embedding 100 of 1,000 texts, about 9 min left, 60 s", summary: "embedding 100 of 1,000 texts, about 9 min left, 60 s"},
		{name: "waiting for the server", state: session.State{Phase: session.PhaseRunning, Total: 4, Work: session.SourceWork{Waits: waits}},
			want: Status{What: "embedding 0 of 4 texts; waits 3 s: busy, attempt 2", Advice: "esc stops it", Key: "esc"},
			line: "embedding 0 of 4 texts; waits 3 s: busy, attempt 2", summary: "embedding 0 of 4 texts; waits 3 s: busy, attempt 2",
			full: "Waits 3 s: busy, attempt 2; esc stops it"},
		{name: "unpaid", state: session.State{Phase: session.PhaseUnpaid, Unpaid: rest, Again: "E"},
			want: Status{What: "not embedded yet: E shows its cost", Key: "E"}, line: "not embedded yet: E shows its cost",
			summary: "not embedded yet: E shows its cost", full: "not embedded yet: E shows its cost", problem: true},
		{name: "beyond the limits", state: session.State{Phase: session.PhaseUnpaid, Unpaid: rest, Again: "E", HeldBack: true},
			want: Status{What: "not embedded: beyond your limits, f on Verdict"}, line: "not embedded: beyond your limits, f on Verdict",
			summary: "not embedded: beyond your limits, f on Verdict", full: "not embedded: beyond your limits, f on Verdict", problem: true},
		{name: "partial and beyond the limits", state: session.State{Phase: session.PhaseReady, Missing: 1, Unpaid: rest, Again: "E", HeldBack: true, Result: result(t, api.Usage{}, nil)},
			want: Status{What: "3 of 4 texts", Advice: "the rest is beyond your limits, f on Verdict", joint: " · "}, line: "3 of 4 texts · the rest is beyond your limits, f on Verdict",
			summary: "3 of 4 texts · the rest is beyond your limits, f on Verdict"},
		{name: "waiting to begin", state: session.State{}, want: Status{What: "waiting"}, line: "waiting", summary: "waiting"},
		{name: "without a key", state: session.State{Phase: session.PhaseUnavailable, Err: noKey, Again: "E"},
			want: Status{What: "no key", Advice: "set SHOP_KEY"}, line: "no key; set SHOP_KEY",
			summary: "needs key: set SHOP_KEY", full: "shop needs a key: set SHOP_KEY", problem: true},
		{name: "unencrypted", state: session.State{Phase: session.PhaseUnavailable, Err: far, Again: "R"},
			want:    Status{What: "not asked: the key would go unencrypted to example.com:80", Advice: "E asks whether to send it", Key: "E"},
			line:    "not asked: the key would go unencrypted to example.com:80; E asks whether to send it",
			summary: "not asked: the key would go unencrypted to example.com:80; E asks whether to send it",
			full:    far.Error(), problem: true},
		{name: "failed", state: session.State{Phase: session.PhaseFailed, Err: busy, Again: "E"},
			want: Status{What: "503: busy", Advice: "press E later to try again", Key: "E"}, line: "503: busy; press E later to try again",
			summary: "failed: " + busy.Error(), full: "shop answered 503 Service Unavailable: busy; press E later to try again", problem: true},
		{name: "stopped", state: session.State{Phase: session.PhaseFailed, Err: session.ErrStopped, Again: "E"},
			want: Status{What: "stopped before all had arrived", Advice: "R goes on", Key: "R"}, line: "stopped before all had arrived; R goes on",
			summary: "failed: stopped before all had arrived", full: "stopped before all had arrived", problem: true},
		{name: "ready", state: session.State{Phase: session.PhaseReady, Result: result(t, api.Usage{}, nil)},
			want: Status{What: "ready"}, line: "ready", summary: "ready"},
		{name: "cached", state: session.State{Phase: session.PhaseReady, Result: result(t, api.Usage{Cached: 4}, nil)},
			want: Status{What: "ready, cached: $0"}, line: "ready, cached: $0", summary: "ready, cached: $0"},
		{name: "partly cached", state: session.State{Phase: session.PhaseReady, Result: result(t, api.Usage{Cached: 3, Requests: 1}, nil)},
			want: Status{What: "ready, 3 cached"}, line: "ready, 3 cached", summary: "ready, 3 cached"},
		{name: "without a vector", state: session.State{Phase: session.PhaseReady, Again: "E", Row: paid, Result: result(t, api.Usage{}, map[int]error{1: refuse})},
			want: Status{What: "ready; no vector for 1 text"}, line: "ready; no vector for 1 text", summary: "ready; no vector for 1 text"},
		{name: "partial and unpaid", state: session.State{Phase: session.PhaseReady, Missing: 1, Unpaid: rest, Again: "E", Result: result(t, api.Usage{}, nil)},
			want: Status{What: "3 of 4 texts", Advice: "E embeds 1", Key: "E", joint: " · "}, line: "3 of 4 texts · E embeds 1", summary: "3 of 4 texts · E embeds 1"},
		{name: "partial and free", state: session.State{Phase: session.PhaseReady, Missing: 1, Again: "R", Result: result(t, api.Usage{}, nil)},
			want: Status{What: "3 of 4 texts", Advice: "R tries the rest", Key: "R", joint: " · "}, line: "3 of 4 texts · R tries the rest", summary: "3 of 4 texts · R tries the rest"},
		{name: "partial and stopped", state: session.State{Phase: session.PhaseReady, Missing: 1, Unpaid: rest, Again: "E", Err: session.ErrStopped, Result: result(t, api.Usage{}, nil)},
			want: Status{What: "stopped at 3 of 4 texts", Advice: "E embeds 1", Key: "E", joint: " · "}, line: "stopped at 3 of 4 texts · E embeds 1", summary: "stopped at 3 of 4 texts · E embeds 1"},
		{name: "partial and at work", state: session.State{Phase: session.PhaseReady, Missing: 1, Working: true, Done: 3, Total: 4, Result: result(t, api.Usage{}, nil)},
			want: Status{What: "3 of 4 texts", Advice: "embedding 3 of 4 texts", joint: " · "}, line: "3 of 4 texts · embedding 3 of 4 texts", summary: "3 of 4 texts · embedding 3 of 4 texts"},
		{name: "partial and failed", state: session.State{Phase: session.PhaseReady, Missing: 1, Unpaid: rest, Again: "E", Err: busy, Result: result(t, api.Usage{}, nil)},
			want: Status{What: "3 of 4 texts", Advice: "E embeds 1", Key: "E", joint: " · "}, line: "3 of 4 texts · E embeds 1",
			summary: "3 of 4 texts · E embeds 1; failed: " + busy.Error(), full: "shop answered 503 Service Unavailable: busy; press E later to try again", problem: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.state.Candidate = shop
			got := Of(c.state)
			shown := got
			if shown.inBlocks = false; shown != c.want {
				t.Errorf("the status is %+v, want %+v", shown, c.want)
			}
			if line := got.Line(ui.Unlimited); line != c.line {
				t.Errorf("in a line it is %q, want %q", line, c.line)
			}
			if text := Summary(c.state); text != c.summary {
				t.Errorf("at length it is %q, want %q", text, c.summary)
			}
			if text := Full(c.state); c.name != "without a vector" && text != c.full {
				t.Errorf("in full it is %q, want %q", text, c.full)
			}
			if _, ok := Problem(c.state); ok != c.problem {
				t.Errorf("it is said to have a problem: %v", ok)
			}
		})
	}
}

func TestPartialResultsThatFailedTellTheFailureAsTheirProblem(t *testing.T) {
	c := session.State{Candidate: shop, Phase: session.PhaseReady, Missing: 1, Again: "R", Err: busy, Result: result(t, api.Usage{}, nil)}
	if got, ok := Problem(c); !ok || got != (Status{What: "503: busy", Advice: "press R later to try again", Key: "R"}) {
		t.Errorf("its problem is %+v, %v", got, ok)
	}
}

func TestStatusInABlockHasItsAdviceBelow(t *testing.T) {
	waits := Status{What: "1 of 2 batches; waits", Advice: "esc stops it", inBlocks: true}
	for _, c := range []struct {
		status Status
		w, h   int
		want   []string
	}{
		{Status{What: "waiting"}, 20, 3, []string{"waiting"}},
		{Status{What: "no key", Advice: "set SHOP_KEY"}, 20, 3, []string{"no key", "set SHOP_KEY"}},
		{Status{What: "no key", Advice: "set SHOP_KEY"}, 20, 1, []string{"no key; set SHOP_KEY"}},
		{waits, 40, 2, []string{"1 of 2 batches; waits", "esc stops it"}},
		{waits, 40, 1, []string{"1 of 2 batches; waits; esc stops it"}},
	} {
		if got := c.status.Block(c.w, c.h); !slices.Equal(got, c.want) {
			t.Errorf("%+v in %d×%d is %q, want %q", c.status, c.w, c.h, got, c.want)
		}
	}
}

func TestTextsWithoutAVectorSayWhyAndWhichKeyAsksAgain(t *testing.T) {
	for _, c := range []struct {
		row    api.Model
		again  string
		failed map[int]error
		want   string
	}{
		{paid, "E", map[int]error{1: refuse}, "text 2 has no vector: the server gave a vector of zeros. It is not sent again unless R, then E, asks for it."},
		{paid, "R", map[int]error{1: refuse}, "text 2 has no vector: the server gave a vector of zeros. R asks again."},
		{api.Model{Provider: "local", Source: api.SourceBinary}, "R", map[int]error{1: refuse}, "text 2 has no vector: the server gave a vector of zeros"},
		{paid, "E", map[int]error{1: refuse, 3: &api.TextError{Index: 3, ID: "d", Err: errors.New("it is null")}},
			"2 texts have no vector: text 2, the server gave a vector of zeros; text 4 (d), it is null. They are not sent again unless R, then E, asks for them."},
	} {
		st := session.State{Candidate: shop, Phase: session.PhaseReady, Row: c.row, Again: c.again, Result: result(t, api.Usage{}, c.failed)}
		if got := Full(st); got != c.want {
			t.Errorf("in full it is\n%s\nwant\n%s", got, c.want)
		}
	}
}

func TestModelsThatCannotBeAskedSayWhatTheyLack(t *testing.T) {
	for _, c := range []struct {
		err         error
		short, full string
	}{
		{nil, "", ""},
		{noKey, "needs key: set SHOP_KEY", "needs an API key: set SHOP_KEY, or enter one with K; it can be selected without, and waits"},
		{far, "not asked: the key would go unencrypted to example.com:80; E asks whether to send it", far.Error()},
		{errors.New("no such model"), "no such model", "no such model"},
	} {
		if got := Unavailable(c.err).Line(ui.Unlimited); got != c.short {
			t.Errorf("%v in short is %q, want %q", c.err, got, c.short)
		}
		if c.err == nil {
			continue
		}
		if got := UnavailableInFull(c.err); got != c.full {
			t.Errorf("%v in full is %q, want %q", c.err, got, c.full)
		}
	}
}

func TestAnAdviceNamesTheKeyThatAsksAgain(t *testing.T) {
	for _, c := range []struct{ again, advice, want string }{
		{"E", "try again later", "press E later to try again"}, {"R", "mend it and try again", "mend it and press R to try again"}, {"E", "ask once more in an hour", "press E in an hour"},
		{"E", "add credit", "add credit"}, {"", "try again", "try again"},
	} {
		if got := adviceWithKey(session.State{Again: c.again}, c.advice); got != c.want {
			t.Errorf("%q with %q: %q, want %q", c.advice, c.again, got, c.want)
		}
	}
}

// How far a request is: what matters most first, and nothing before it says something.
func TestARequestSaysHowFarItIs(t *testing.T) {
	const second = time.Second
	sends := &pipeline.Estimate{Tokens: 1}
	for want, c := range map[string]struct {
		work        session.SourceWork
		done, total int
	}{
		"embedding 0 of 1 text":                            {session.SourceWork{}, 0, 1},
		"embedding 1,200 of 3,400 texts":                   {session.SourceWork{Elapsed: second - 1, Rate: .9}, 1200, 3400},
		"embedding 1 of 4 texts, 1 s, 1 texts/s":           {session.SourceWork{Elapsed: second, Rate: 1}, 1, 4},
		"embedding 1 of 4 texts, 1 token, 2 s":             {session.SourceWork{Elapsed: 2 * second, Sends: sends}, 1, 4},
		"embedding 1 of 4 texts ":                          {session.SourceWork{Batches: session.Batches{Done: 0, Total: 1}}, 1, 4},
		"1 of 2 batches, 1,200 s, 1,500 texts/s":           {session.SourceWork{Batches: session.Batches{Done: 1, Total: 2}, Elapsed: 1200 * second, Rate: 1500.9}, 1, 4},
		"stopping, 1 of 4 texts":                           {session.SourceWork{Stopping: true, Batches: session.Batches{Done: 1, Total: 2}, Elapsed: second}, 1, 4},
		"1 of 2 batches; waits 2 s: busy, attempt 3":       {session.SourceWork{Batches: session.Batches{Done: 1, Total: 2}, Elapsed: second, Waits: &session.Waiting{Left: 1100 * time.Millisecond, Reason: "busy", Attempt: 3}}, 1, 4},
		"embedding 1 of 4 texts; waits 1 s: a, attempt 2":  {session.SourceWork{Waits: &session.Waiting{Left: second, Reason: "a", Attempt: 2}}, 1, 4},
		"embedding 1 of 4 texts; waits 1 s: a, attempt 2 ": {session.SourceWork{Waits: &session.Waiting{Left: time.Millisecond, Reason: "\x1b[1ma", Attempt: 2}}, 1, 4},
	} {
		if got := AskText(c.work, c.done, c.total); got != strings.TrimSpace(want) {
			t.Errorf("%+v: %q, want %q", c.work, got, want)
		}
	}
	for want, e := range map[string]pipeline.Estimate{"0 tokens": {Estimated: true}, "≈1 token": {Tokens: 1, Estimated: true}, "1,200 tokens": {Tokens: 1200}, "≈1,200 tokens": {Tokens: 1200, Estimated: true}} {
		if got := TokensText(e); got != want {
			t.Errorf("%+v: %q, want %q", e, got, want)
		}
	}
}

// What is wrong gives way to what to do; in little room there is only what is wrong.
func TestAStatusIsCutToItsLine(t *testing.T) {
	s := Status{What: "503: the server is busy", Advice: "try again later"}
	for w, want := range map[int]string{
		41: "503: the server is busy; try again later", 40: "503: the server is busy; try again later", 39: "503: the server is bu…; try again later", 22: "503:…; try again later",
		21: "503: the …; try agai…", 20: "503: the …; try aga…", 19: "503: the server is…", 5: "503:…", 1: "…",
	} {
		if got := s.Line(w); got != want {
			t.Errorf("in %d columns: %q, want %q", w, got, want)
		}
	}
	joined := Status{What: "3 of 4 texts", Advice: "R tries the rest", joint: " · "}
	for w, want := range map[int]string{31: "3 of 4 texts · R tries the rest", 30: "3 of 4 tex… · R tries the rest"} {
		if got := joined.Line(w); got != want {
			t.Errorf("in %d columns: %q, want %q", w, got, want)
		}
	}
	if got := (Status{What: "waits for long", Advice: "esc", inBlocks: true}).Line(8); got != "waits f…" {
		t.Errorf("what is worth a line of its own: %q", got)
	}
}

// Of many texts without a vector the first are named, and the others counted.
func TestTenTextsWithoutAVectorAreNamed(t *testing.T) {
	for n, want := range map[int]string{9: "9 texts have no vector: 9", 10: "10 texts have no vector: 10", 11: "11 texts have no vector: 10; and 1 more", 1211: "1,211 texts have no vector: 10; and 1,201 more"} {
		failed := map[int]error{}
		for i := range n {
			failed[i] = refuse
		}
		named, whole := strings.Repeat("text 2, the server gave a vector of zeros; ", min(n, 10)), ""
		head, tail, _ := strings.Cut(want, ": ")
		_, more, _ := strings.Cut(tail, ";")
		if whole = head + ": " + strings.TrimSuffix(named, "; "); more != "" {
			whole += ";" + more
		}
		st := session.State{Candidate: shop, Phase: session.PhaseReady, Row: paid, Again: "R", Result: result(t, api.Usage{}, failed)}
		if got := Full(st); got != whole+". R asks again." {
			t.Errorf("%d: %q, want %q", n, got, whole)
		}
	}
}

// How many of the texts were known is not to be told where others that are gone were counted.
func TestOnlyTheseTextsAreCalledCached(t *testing.T) {
	for _, c := range []struct {
		usage  api.Usage
		others bool
		want   string
	}{
		{api.Usage{}, false, ""},
		{api.Usage{Requests: 2}, false, ""},
		{api.Usage{Cached: 1200, Requests: 2}, false, ", 1,200 cached"},
		{api.Usage{Cached: 1200, Requests: 2}, true, ""},
		{api.Usage{Cached: 1200}, false, ", cached: $0"},
		{api.Usage{Cached: 1200}, true, ", cached: $0"},
	} {
		r := result(t, c.usage, nil)
		r.UsageOfOthers = c.others
		if got := CachedText(session.State{Result: r}); got != c.want {
			t.Errorf("%+v, of others too: %v: %q, want %q", c.usage, c.others, got, c.want)
		}
	}
}

func TestBatchesAndWaitsAreCounted(t *testing.T) {
	for want, b := range map[string]session.Batches{"0 of 1 batch": {Done: 0, Total: 1}, "1,200 of 3,400 batches": {Done: 1200, Total: 3400}} {
		if got := BatchesText(b); got != want {
			t.Errorf("%+v: %q, want %q", b, got, want)
		}
	}
	for want, w := range map[string]session.Waiting{
		"waits 3 s: busy, attempt 2": {Left: 2100 * time.Millisecond, Reason: "busy", Attempt: 2}, "waits: another": {Unknown: true, Reason: "another", Attempt: 2},
		"waits 1 s: busy, attempt 3": {Left: 0, Reason: "busy", Attempt: 3}, "waits 1 s: busy, attempt 5": {Left: 400 * time.Microsecond, Reason: "busy", Attempt: 5},
		"waits 3 s: busy, the answer was lost: the next attempt may be billed again, attempt 4": {Left: 3 * time.Second, Reason: "busy", Attempt: 4, Lost: true},
	} {
		if got := WaitText(w); got != want {
			t.Errorf("%+v: %q, want %q", w, got, want)
		}
	}
}
