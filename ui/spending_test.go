package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/config"
)

// shop is a paid provider with a cache: it notes what it was asked for, and may
// wait, fail or stop on the way.
type shop struct {
	mu    sync.Mutex
	asked [][]string
	known map[string]bool
	// notice is told before the first answer.
	notice *api.Notice
	// holds, when set, keeps every answer back after its first text until it is
	// closed or the asking ends.
	holds chan struct{}
	// meanwhile, when set, is called once after that many texts have been answered:
	// what a person does while the rest is under way.
	meanwhile func()
	after     int
	// lost is how many requests are said to be lost when the asking is cut.
	lost int
	// breaks is the error after the texts of meanwhile.
	breaks error
	// fails are the models that answer with an error.
	fails map[string]error
	// length is that of full vectors.
	length int
	// tilt is added to vectors that are shorter at the server.
	tilt    float32
	balance *float64
	// forgets lets it know nothing any more as soon as it has told what it knows.
	forgets bool
	// loses is how many tokens its first answer holds, which is lost.
	loses int
}

func newShop() *shop { return &shop{length: 4, known: map[string]bool{}} }

func (s *shop) Known(_ context.Context, req api.Request) ([]bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	known := make([]bool, len(req.Texts))
	for i, t := range req.Texts {
		known[i] = s.known[req.Model+t]
	}
	if s.forgets {
		s.known = map[string]bool{}
	}
	return known, nil
}

func (s *shop) Held(_ context.Context, req api.Request) ([][]float32, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	held := make([][]float32, len(req.Texts))
	for i, t := range req.Texts {
		if s.known[req.Model+t] {
			held[i] = s.vector(req, t)
		}
	}
	return held, nil
}

// vector is what a model answers to a text.
func (s *shop) vector(req api.Request, text string) []float32 {
	length := req.Dimensions
	if length == 0 {
		length = s.length
	}
	vector := make([]float32, length)
	for k := range vector {
		vector[k] = float32(len(text)%(k+2)) + 1
	}
	if req.Dimensions > 0 {
		vector[0] += s.tilt
	}
	return vector
}

func (s *shop) Balance(context.Context) (api.Balance, error) { return api.Balance{USD: s.balance}, nil }

func (s *shop) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	if err := s.fails[req.Model]; err != nil {
		return api.Result{}, err
	}
	result := api.Result{Dimensions: req.Dimensions, Vectors: make([][]float32, len(req.Texts))}
	if result.Dimensions == 0 {
		result.Dimensions = s.length
	}
	if s.notice != nil && req.Notice != nil {
		req.Notice(*s.notice)
	}
	if s.loses > 0 && !req.Approval.Allow(s.loses) {
		return api.Result{Usage: api.Usage{Requests: 1, Failed: 1, Lost: 1, LostTokens: s.loses}}, errors.New("the answer was lost")
	}
	var sent []string
	for i, t := range req.Texts {
		result.Vectors[i] = s.vector(req, t)
		s.mu.Lock()
		if s.known[req.Model+t] {
			result.Usage.Cached++
		} else {
			sent = append(sent, t)
			result.Usage.Tokens += 3
		}
		s.known[req.Model+t] = true
		s.mu.Unlock()
		if req.Arrived != nil {
			req.Arrived([]int{i}, result.Vectors[i:i+1])
		}
		if req.Progress != nil {
			req.Progress(i + 1)
		}
		if req.Batch != nil {
			req.Batch(i+1, len(req.Texts))
		}
		if err := s.pause(ctx, i+1); err != nil {
			s.note(sent)
			result.Usage.Requests, result.Usage.Failed = i+1+s.lost, s.lost
			result.Usage.Lost, result.Usage.LostTokens = s.lost, 600*s.lost
			return api.Result{Usage: result.Usage}, err
		}
		if s.holds != nil {
			select {
			case <-s.holds:
			case <-ctx.Done():
				s.note(sent)
				return api.Result{Usage: result.Usage}, ctx.Err()
			}
		}
	}
	if len(sent) > 0 {
		result.Usage.Requests, result.Usage.Latencies = 1, []time.Duration{40 * time.Millisecond}
		s.note(sent)
	}
	return result, nil
}

// pause lets the person do something after so many answers.
func (s *shop) pause(ctx context.Context, answered int) error {
	if do := s.meanwhile; do != nil && answered == s.after {
		s.meanwhile = nil
		do()
		if s.breaks != nil {
			return s.breaks
		}
	}
	return ctx.Err()
}

func (s *shop) note(sent []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, sent)
}

// sent is how many texts were paid for.
func (s *shop) sent() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, a := range s.asked {
		n += len(a)
	}
	return n
}

// shopTexts are few and short.
var shopTexts = []corpus.Text{{Text: "one"}, {Text: "a second text"}, {Text: "and the third"}}

// shopOptions are the explorer with a paid provider beside the local models.
func shopOptions(t testing.TB, s *shop, candidates ...string) Options {
	o := optionsWith(t, shopTexts, candidates...)
	cost := 20.0
	model := func(id string) api.Model {
		return api.Model{
			Provider: "shop", ID: id, Name: id, Kind: api.KindEmbedding, Dimensions: 4, SupportsDimensions: true,
			MaxTokens: 50, Price: &cost, KeyEnv: "SHOP_KEY", Source: api.SourceCached,
		}
	}
	local := o.Engine.Catalog.Models()
	o.Engine.Catalog = catalog.New(local, []api.Model{model("good"), model("bad")})
	o.Engine.Providers["shop"] = s
	o.Engine.HasKey = func(env string) bool { return env == "SHOP_KEY" }
	return o
}

// spentOn is what the session has spent on a model.
func spentOn(a *app, ref string) api.Tally {
	spent, _ := a.store.ledger.Of(ref)
	return spent
}

// setSession makes of the ledger one of a session that has spent just that.
func setSession(a *app, limits spending.Limits, spent ...api.Tally) {
	a.store.setLedger(spending.NewLedger(limits, a.store.ledger.Log()))
	for _, t := range spent {
		a.store.ledger.Add(t)
	}
}

// setLimits lets the ledger have other limits.
func setLimits(a *app, limits config.Spending) {
	setSession(a, spending.Limits(limits), a.store.ledger.Session()...)
}

// mostOf is what estimates can cost at most.
func mostOf(estimates []pipeline.Estimate) float64 {
	return spending.AtMost(pipeline.Costs(estimates))
}

// plain is what the window shows, without its colours.
func plain(a *app) string { return ansi.Strip(a.draw()) }

func candidateIn(t testing.TB, a *app, id string) candidateState {
	t.Helper()
	for _, c := range a.store.states() {
		if c.ID() == id {
			return c
		}
	}
	t.Fatalf("there is no candidate %s", id)
	return candidateState{}
}

func TestEstimateThenAWordThenMatrices(t *testing.T) {
	s := newShop()
	term := start(t, 100, 30, shopOptions(t, s, "local/glove@100", "shop/good@4"))
	term.waitFor("local/glove@100", "background", "not embedded yet: E shows its cost")
	if s.sent() != 0 {
		t.Fatal("a paid model was asked before a word was said")
	}
	term.press("E")
	term.waitFor("Embed with paid models", "good@4", "In all 3 texts to send", "p pay and embed")
	term.press("enter")
	term.press("esc")
	term.waitGone("Embed with paid models")
	if s.sent() != 0 {
		t.Fatal("enter or esc paid")
	}
	term.pay()
	term.waitGone("not embedded yet")
	term.waitFor("shop/good@4", "one range for all")
	term.waitGone("good@4 –")
	if s.sent() != 3 {
		t.Errorf("%d texts were sent, want 3", s.sent())
	}
}

func TestSecondRunCostsNothingAndSaysSo(t *testing.T) {
	s := newShop()
	a := settled(t, 100, 30, shopOptions(t, s, "shop/good@4"))
	press(t, a, "E", "p")
	if s.sent() != 3 || spentOn(a, "shop/good").Tokens != 9 {
		t.Fatalf("the first run sent %d texts and used %+v", s.sent(), a.store.ledger.Session())
	}
	b := settled(t, 100, 30, shopOptions(t, s, "shop/good@4"))
	c := candidateIn(t, b, "shop/good@4")
	if c.phase != phaseReady || s.sent() != 3 || stateText(c) != "ready, cached: $0" {
		t.Errorf("the second run is in phase %d (%s) and paid for %d texts", c.phase, stateText(c), s.sent()-3)
	}
	press(t, b, "E")
	if drawn := plain(b); !strings.Contains(drawn, "Everything is known already") {
		t.Errorf("E says\n%s", drawn)
	}
}

func TestStoppedRunPaysOnlyForTheRest(t *testing.T) {
	s := newShop()
	s.holds = make(chan struct{})
	term := start(t, 100, 30, shopOptions(t, s, "shop/good@4"))
	term.waitFor("not embedded yet")
	term.pay()
	term.waitFor("1 of 3")
	term.press("esc")
	term.waitFor("Stop?")
	term.press("y")
	term.waitFor("E asks what the rest costs")
	term.press("E")
	term.waitFor("In all 2 texts to send")
	close(s.holds)
	term.press("p")
	term.waitGone("not embedded yet")
	term.waitFor("background")
	if s.sent() != 3 {
		t.Errorf("%d texts were paid for in both runs, want 3", s.sent())
	}
}

func TestWaitIsShownAndCanBeCancelled(t *testing.T) {
	s := newShop()
	s.holds = make(chan struct{})
	s.notice = &api.Notice{Provider: "shop", Wait: time.Hour, Reason: "rate limit (429)", Attempt: 2}
	term := start(t, 120, 30, shopOptions(t, s, "shop/good@4"))
	term.waitFor("not embedded yet")
	term.pay()
	term.waitFor("waits 3", "rate limit (429), attempt 2", "esc stops it", "! errors")
	term.press("!")
	term.waitFor("What is in the way", "Waits 3")
	term.press("esc")
	term.waitFor("! errors")
	term.press("ctrl+c")
	term.waitFor("Stop?")
	term.press("ctrl+c")
	term.waitFor("Stopped: 1 of 3 batches is kept. E asks what the rest costs.")
}

func TestFailingCandidateHidesNoOther(t *testing.T) {
	s := newShop()
	s.fails = map[string]error{"bad": &api.ServerError{Provider: "shop", Status: 402, Message: "Insufficient balance", Advice: "add credit", RequestID: "r1"}}
	a := settled(t, 100, 30, shopOptions(t, s, "shop/good@4", "shop/bad@4", "local/glove@100"))
	press(t, a, "E", "p")
	for id, want := range map[string]phase{"shop/good@4": phaseReady, "shop/bad@4": phaseFailed, "local/glove@100": phaseReady} {
		if c := candidateIn(t, a, id); c.phase != want {
			t.Errorf("%s is in phase %d, want %d", id, c.phase, want)
		}
	}
	failed := candidateIn(t, a, "shop/bad@4")
	if got := stateText(failed); !strings.Contains(got, "402 Payment Required: Insufficient balance; add credit [request r1]") {
		t.Errorf("the failure reads %q", got)
	}
}

func TestChangedTextsAreNotPaidForUnasked(t *testing.T) {
	s := newShop()
	a := settled(t, 100, 30, shopOptions(t, s, "shop/good@4"))
	press(t, a, "E", "p")
	cmd, err := a.store.insertTexts(0, corpus.Text{Text: "a new one"})
	if err != nil {
		t.Fatal(err)
	}
	settle(t, a, cmd)
	if c := candidateIn(t, a, "shop/good@4"); c.phase != phaseReady || c.missing != 1 || c.unpaid == nil || s.sent() != 3 {
		t.Fatalf("after a new text the candidate is in phase %d, lacks %d texts, and %d were sent", c.phase, c.missing, s.sent())
	}
	press(t, a, "E", "p")
	if s.sent() != 4 {
		t.Errorf("%d texts were sent, want only the new one more", s.sent()-3)
	}
}

func TestAboveTheLimitIsAskedTwice(t *testing.T) {
	s := newShop()
	o := shopOptions(t, s, "shop/good@4")
	o.Settings.Spending = config.Spending{PerRun: 0.00001}
	a := settled(t, 80, 24, o)
	press(t, a, "E", "p")
	if drawn := plain(a); s.sent() != 0 || !strings.Contains(drawn, "more than your limit of $0.000010 a run and, with") || !strings.Contains(flat(drawn), "your limit of $0 a session. Spend it") {
		t.Fatalf("%d texts were sent; the question is\n%s", s.sent(), drawn)
	}
	press(t, a, "p", "esc")
	if s.sent() != 0 || a.top() == nil {
		t.Fatal("esc does not go one step back")
	}
	press(t, a, "p", "y")
	if s.sent() != 3 {
		t.Errorf("after y %d texts were sent", s.sent())
	}
}

func TestLongTextsAreFlaggedAndCutOrLeftOut(t *testing.T) {
	s := newShop()
	o := shopOptions(t, s, "shop/good@4")
	o.State.Texts[1].Text = strings.Repeat("word ", 100)
	a := settled(t, 80, 24, o)
	press(t, a, "E")
	if drawn := plain(a); !strings.Contains(drawn, "Text 2 is longer than the 50 tokens that good reads: only the beginning") {
		t.Fatalf("the long text is not flagged:\n%s", drawn)
	}
	press(t, a, "t")
	if drawn := plain(a); !strings.Contains(drawn, "left out") {
		t.Fatalf("t does not leave it out:\n%s", drawn)
	}
	press(t, a, "p")
	c := candidateIn(t, a, "shop/good@4")
	var long *pipeline.LongTextError
	if c.phase != phaseReady || s.sent() != 2 || !errors.As(c.result.Failed[1], &long) {
		t.Errorf("phase %d, %d texts sent", c.phase, s.sent())
	}
}

func TestPaidModelsWithoutKeySayWhatIsMissing(t *testing.T) {
	s := newShop()
	o := shopOptions(t, s, "shop/good@4")
	o.Engine.HasKey = func(string) bool { return false }
	a := settled(t, 80, 24, o)
	press(t, a, "E")
	for _, want := range []string{"good@4", "≈$0.00014", "good@4 cannot be asked: no key; set SHOP_KEY", "In all 3 texts to send"} {
		if drawn := plain(a); !strings.Contains(drawn, want) {
			t.Errorf("E without a key lacks %q:\n%s", want, drawn)
		}
	}
	press(t, a, "p")
	if drawn := plain(a); a.top() == nil || s.sent() != 0 || !strings.Contains(drawn, "Nothing was sent: no key; set SHOP_KEY.") {
		t.Errorf("p without a key leads to\n%s", drawn)
	}
}

func TestOnlyWhatCanBeAskedIsPaidFor(t *testing.T) {
	s := newShop()
	o := shopOptions(t, s, "shop/good@4", "nanogpt/BAAI/bge-m3@1024")
	a := settled(t, 80, 24, o)
	press(t, a, "E")
	for _, want := range []string{"bge-m3@1024 cannot be asked: no key; set NANOGPT_API_KEY", "In all 3 texts to send, ≈7 tokens: ≈$0.00014"} {
		if drawn := flat(a.draw()); !strings.Contains(strings.ReplaceAll(drawn, " │ │ ", " "), want) {
			t.Errorf("%q is missing:\n%s", want, plain(a))
		}
	}
	press(t, a, "p")
	if c := candidateIn(t, a, "shop/good@4"); c.phase != phaseReady || s.sent() != 3 {
		t.Errorf("the one that can be asked is in phase %d, %d texts were sent", c.phase, s.sent())
	}
}

func TestEnterPaysNothingAndSaysWhatDoes(t *testing.T) {
	for _, z := range []size{{40, 10}, {80, 24}} {
		s := newShop()
		o := shopOptions(t, s, "shop/good@4")
		a := settled(t, z.w, z.h, o)
		press(t, a, "E", "enter")
		if drawn := flat(a.draw()); a.top() == nil || s.sent() != 0 || !strings.Contains(drawn, "Enter sends nothing: p pays and") {
			t.Errorf("enter leads to\n%s", plain(a))
		}
		setLimits(a, config.Spending{PerRun: 0.00001, PerSession: a.store.ledger.Limits().PerSession})
		press(t, a, "p", "enter")
		if drawn := flat(a.draw()); s.sent() != 0 || !strings.Contains(drawn, "Enter spends nothing here: y") {
			t.Errorf("enter at the second question leads to\n%s", plain(a))
		}
		press(t, a, "y", "E", "enter")
		if drawn := flat(a.draw()); a.top() == nil || !strings.Contains(drawn, "Enter does nothing here: p") {
			t.Errorf("enter with everything known leads to\n%s", plain(a))
		}
		press(t, a, "p")
		if c := candidateIn(t, a, "shop/good@4"); c.phase != phaseReady || s.sent() != 3 || a.top() != nil {
			t.Errorf("p with everything known: phase %d, %d sent", c.phase, s.sent())
		}
	}
}

func TestWhichTextsAreTooLongCanBeSeenBeforeChoosing(t *testing.T) {
	s := newShop()
	o := shopOptions(t, s, "shop/good@4")
	o.State.Texts[1] = config.Text{ID: "T2", Text: "the second " + strings.Repeat("word ", 100)}
	for _, z := range []size{{40, 10}, {80, 24}} {
		a := settled(t, z.w, z.h, o)
		press(t, a, "E", "l")
		checkFrame(t, a.draw(), z)
		if box := flat(a.draw()); !strings.Contains(box, "good reads 50 tokens:") || !strings.Contains(box, "2 · T2 ≈103 tokens") {
			t.Errorf("l shows\n%s", plain(a))
		}
		press(t, a, "esc", "t")
		if _, ok := a.top().(*costs); !ok {
			t.Error("esc does not lead back to the costs")
		}
		press(t, a, "p")
		if s.sent() != 2 {
			t.Errorf("%d texts were sent, want the two short ones", s.sent())
		}
	}
}

func TestCostsFitEveryWindow(t *testing.T) {
	s := newShop()
	o := shopOptions(t, s, "shop/good@4", "shop/bad@4", "shop/good@2")
	o.State.Texts[1].Text = strings.Repeat("word ", 100)
	o.Settings.Spending = config.Spending{PerRun: 0.00001, PerSession: 1}
	a := settled(t, 80, 24, o)
	press(t, a, "E")
	for _, z := range []size{{40, 10}, {60, 15}, {80, 24}, {200, 60}} {
		send(t, a, windowSize(z))
		t.Run(fmt.Sprintf("%dx%d", z.w, z.h), func(t *testing.T) {
			checkFrame(t, a.draw(), z)
			for _, want := range []string{"p pay", "In all", "good@4"} {
				if drawn := plain(a); !strings.Contains(drawn, want) {
					t.Errorf("%q is missing:\n%s", want, drawn)
				}
			}
			press(t, a, "p")
			checkFrame(t, a.draw(), z)
			if drawn := plain(a); !strings.Contains(drawn, "yes, spend it") {
				t.Errorf("the second question is missing:\n%s", drawn)
			}
			press(t, a, "esc")
		})
	}
}

func TestLastAnswerMayBeAFailure(t *testing.T) {
	s := newShop()
	s.fails = map[string]error{"bad": errors.New("the vectors have different lengths")}
	a := settled(t, 100, 30, shopOptions(t, s, "shop/bad@4", "local/glove@100"))
	press(t, a, "E", "p")
	if c := candidateIn(t, a, "shop/bad@4"); c.phase != phaseFailed || a.store.job != nil {
		t.Errorf("after the last answer failed the candidate is in phase %d, job %v", c.phase, a.store.job)
	}
}

func TestATextThatWasLeftOutIsNotOfferedAgain(t *testing.T) {
	s := newShop()
	o := shopOptions(t, s, "shop/good@4")
	o.State.Texts[1].Text = strings.Repeat("word ", 100)
	a := settled(t, 100, 30, o)
	press(t, a, "E", "t", "p")
	if n := a.store.unpaid(); n != 0 || s.sent() != 2 {
		t.Fatalf("%d candidates wait, %d texts were sent", n, s.sent())
	}
	settle(t, a, a.store.deleteText(0))
	if c := candidateIn(t, a, "shop/good@4"); c.unpaid != nil || c.missing != 0 {
		t.Errorf("after another was deleted %d are missing: %s", c.missing, lackText(c))
	}
	press(t, a, "E", "p")
	if s.sent() != 2 {
		t.Errorf("E and p have sent it: %d texts in all", s.sent())
	}
	press(t, a, "E", "t", "p")
	if c := candidateIn(t, a, "shop/good@4"); s.sent() != 3 || len(c.result.Failed) != 0 {
		t.Errorf("after t and p %d texts were sent in all, %v failed", s.sent(), c.result.Failed)
	}
}
