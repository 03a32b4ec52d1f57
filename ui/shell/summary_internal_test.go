package shell

import (
	"errors"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
)

// spent are texts that a model of a shop was sent in one request.
func spent(texts, cached, lost int) api.Tally {
	return api.Tally{Provider: "shop", Model: "paid", Texts: texts, Cached: cached, Tokens: 10, USD: .00001, Requests: 1 + lost, Failed: lost, Lost: lost, LostTokens: 5 * lost}
}

// begun begins a request to a model that nothing comes of here.
func begun(a *App, model string, paid bool) *session.Request {
	source := pipeline.Source{Model: api.Model{Provider: "shop", ID: model, Dimensions: 4}}
	var grant session.Grant
	if paid {
		grant = a.Session.Payments().Grants([]pipeline.Estimate{{Source: source, Paid: true, Texts: 2}}, pipeline.LongCut)[0]
	}
	r, _ := a.Session.Requests().Embed(session.ForCandidates, source, []string{"one", "two"}, grant, func(*pipeline.Embedding, error) tea.Cmd { return nil })
	return r
}

const wholeRun = "Embedded 3 texts: 10 tokens, $0.000010, 1 request."

// What a run took is told once it has ended, after what else is said in the same moment; what
// warns stays until a key is pressed, and news stay with it.
func TestWhatARunTookIsToldWhenItHasEnded(t *testing.T) {
	const took = wholeRun
	const lost = "Embedded 3 texts: 10 tokens, $0.000010+, 2 requests (1 failed); about 5 tokens of 1 request without a usable answer may still be billed."
	longer := []session.LengthChange{{Model: api.Model{ID: "paid", Dimensions: 8}, Came: 4}}
	const lengths = "The vectors of paid have 4 dimensions, not the 8 of its list."
	info, warn := Notice{Level: ui.NoticeInfo, Text: "Wrote a file."}, Notice{Level: ui.NoticeWarn, Text: "The disk is full."}
	news := Notice{Level: ui.NoticeWarn, Text: "A model was replaced.", news: "A model was replaced.", stays: true}
	for name, c := range map[string]struct {
		spent  []api.Tally
		run    session.Run
		now    func(a *App) // what goes on besides
		before Notice
		fresh  bool // the notice before is of the same moment
		want   Notice
		told   bool // what was spent is not told again
	}{
		"nothing":              {nil, session.Run{}, nil, Notice{}, false, Notice{}, false},
		"it has ended":         {[]api.Tally{spent(3, 0, 0)}, session.Run{}, nil, Notice{}, false, Notice{Level: ui.NoticeGood, Text: took}, true},
		"several models":       {[]api.Tally{spent(3, 0, 0), {Provider: "shop", Model: "other", Texts: 2, Tokens: 5, USD: .00001, Requests: 1}}, session.Run{}, nil, Notice{}, false, Notice{Level: ui.NoticeGood, Text: "Embedded 5 texts: 15 tokens, $0.000020, 2 requests."}, true},
		"something runs yet":   {[]api.Tally{spent(3, 0, 0)}, session.Run{}, func(a *App) { begun(a, "paid", false) }, Notice{}, false, Notice{}, false},
		"a stop is awaited":    {[]api.Tally{spent(3, 0, 0)}, session.Run{}, func(a *App) { a.Session.Requests().Stop(begun(a, "paid", true)) }, Notice{}, false, Notice{}, false},
		"an answer was lost":   {[]api.Tally{spent(3, 0, 1)}, session.Run{}, nil, Notice{}, false, Notice{Level: ui.NoticeWarn, Text: lost, stays: true}, true},
		"and ! tells more":     {[]api.Tally{spent(3, 0, 1)}, session.Run{}, func(a *App) { a.Session.Warn("something") }, Notice{}, false, Notice{Level: ui.NoticeWarn, Text: lost + " ! tells more.", stays: true}, true},
		"some have no vector":  {[]api.Tally{spent(4, 0, 0)}, session.Run{Refused: session.Refused{Texts: 1, Why: errors.New("zeros")}}, nil, Notice{}, false, Notice{Level: ui.NoticeWarn, Text: took[:len(took)-1] + "; 1 text has no vector: zeros.", stays: true}, true},
		"another length":       {nil, session.Run{Lengths: longer}, nil, Notice{}, false, Notice{Level: ui.NoticeWarn, Text: lengths, stays: true}, true},
		"both":                 {[]api.Tally{spent(3, 0, 0)}, session.Run{Lengths: longer}, nil, Notice{}, false, Notice{Level: ui.NoticeWarn, Text: took + " " + lengths, stays: true}, true},
		"after other news":     {[]api.Tally{spent(3, 0, 0)}, session.Run{}, nil, info, true, Notice{Level: ui.NoticeGood, Text: took}, true},
		"with a warning":       {[]api.Tally{spent(3, 0, 0)}, session.Run{}, nil, warn, true, Notice{Level: ui.NoticeWarn, Text: "The disk is full. " + took, stays: true}, true},
		"a warning of before":  {[]api.Tally{spent(3, 0, 0)}, session.Run{}, nil, warn, false, Notice{Level: ui.NoticeGood, Text: took}, true},
		"news of before":       {[]api.Tally{spent(3, 0, 0)}, session.Run{}, nil, news, false, Notice{Level: ui.NoticeWarn, Text: "A model was replaced. " + took, news: news.news, stays: true}, true},
		"stopped for nothing":  {[]api.Tally{spent(2, 2, 0)}, session.Run{}, nil, Notice{Level: ui.NoticeWarn, Text: "Stopped.", stopped: true}, false, Notice{Level: ui.NoticeWarn, Text: "Stopped.", stopped: true}, true},
		"stopped, but it came": {[]api.Tally{spent(3, 0, 0)}, session.Run{}, nil, Notice{Level: ui.NoticeWarn, Text: "Stopped.", stopped: true}, false, Notice{Level: ui.NoticeGood, Text: took}, true},
		"all was cached":       {[]api.Tally{spent(2, 2, 0)}, session.Run{}, nil, Notice{}, false, Notice{Level: ui.NoticeWarn, Text: "No vectors came: 10 tokens, $0.000010, 1 request; 2 cached.", stays: true}, true},
		"the person stopped":   {[]api.Tally{spent(3, 0, 0)}, session.Run{Stopped: &session.Stopping{Texts: 3, Of: 5}}, func(a *App) { begun(a, "paid", false) }, info, false, Notice{Level: ui.NoticeWarn, Text: "Stopped: 3 of 5 texts are kept, for 10 tokens, $0.000010. E asks what the rest costs."}, true},
	} {
		a := withModels(t)
		a.reported = map[string]api.Tally{}
		for _, x := range c.spent {
			a.Session.Payments().Ledger().Add(x)
		}
		a.Session.SetRun(c.run)
		if c.now != nil {
			c.now(a)
		}
		noticeBefore := 0
		if a.notice = c.before; c.fresh {
			a.notice.ID = 1
		}
		a.lastNotice = a.notice.ID
		a.SummariseRun(noticeBefore)
		got := a.Notice()
		if got.ID = 0; got != c.want {
			t.Errorf("%s: it says %+v, want %+v", name, got, c.want)
		}
		if a.ClearNotice(); c.now == nil {
			if a.SummariseRun(0); a.Notice() != (Notice{}) {
				t.Errorf("%s: it is told again: %+v", name, a.Notice())
			}
		}
		if told := len(a.reported) > 0; told != (c.told && len(c.spent) > 0) {
			t.Errorf("%s: what was spent is told: %t", name, told)
		}
	}
}

// What was known already before a run is no part of what that took.
func TestWhatWasKnownBeforeIsNoPartOfTheNextRun(t *testing.T) {
	a := withModels(t)
	a.reported = map[string]api.Tally{}
	ledger := a.Session.Payments().Ledger()
	ledger.Add(api.Tally{Provider: "shop", Model: "paid", Texts: 2, Cached: 2})
	if a.SummariseRun(0); a.Notice() != (Notice{}) {
		t.Errorf("of what cost nothing it says %q", a.Notice().Text)
	}
	ledger.Add(spent(3, 0, 0))
	if a.SummariseRun(0); a.Notice().Text != wholeRun {
		t.Errorf("it says %q, want %q", a.Notice().Text, wholeRun)
	}
}
