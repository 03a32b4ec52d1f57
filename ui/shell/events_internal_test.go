package shell

import (
	"errors"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
)

func TestWhatAPaidAskingGoesOnWithIsSaid(t *testing.T) {
	for _, c := range []struct {
		of   session.Detached
		want string
	}{
		{session.Detached{Model: "shop/good", Agreed: 1, Unwanted: true}, "shop/good goes on with the 1 text that was agreed to, and what it brings is kept; esc stops it."},
		{session.Detached{Model: "shop/good", Agreed: 3, Changed: 1}, "shop/good goes on with the 3 texts that were agreed to; the changed text waits for E."},
		{session.Detached{Model: "shop/good", Agreed: 3, Changed: 1200}, "shop/good goes on with the 3 texts that were agreed to; the 1,200 changed texts wait for E."},
		{session.Detached{Model: "shop/good", Agreed: 3}, "shop/good goes on with the 3 texts that were agreed to."},
	} {
		if got := detachedText(c.of); got != c.want {
			t.Errorf("%+v: %q, want %q", c.of, got, c.want)
		}
	}
}

func TestWhichLabelsDecideIsSaid(t *testing.T) {
	for _, c := range []struct {
		of   session.DecidingEvent
		want string
	}{
		{session.DecidingEvent{Before: evaluate.Groups, Now: evaluate.Pairs, Marks: 1}, "Your 1 mark decides now."},
		{session.DecidingEvent{Before: evaluate.Groups, Now: evaluate.Pairs, Marks: 20, Left: true}, "Your 20 marks decide now; L on Verdict selects groups again."},
		{session.DecidingEvent{Before: evaluate.Pairs, Now: evaluate.Retrieval, Judged: 1, Left: true}, "Your 1 judged query decides now; L on Verdict selects pairs again."},
		{session.DecidingEvent{Before: evaluate.Pairs, Now: evaluate.Retrieval, Judged: 2}, "Your 2 judged queries decide now."},
		{session.DecidingEvent{Before: evaluate.Pairs, Now: evaluate.Groups, Marks: 3, Judged: 2}, "Groups decide now."},
		{session.DecidingEvent{Before: evaluate.Retrieval, Now: evaluate.Pairs, Judged: 2, Left: true}, "Pairs decide now; L on Verdict selects queries again."},
		{session.DecidingEvent{Before: evaluate.Groups, Now: evaluate.Retrieval, Marks: 3}, "Queries decide now."},
	} {
		if got := decidingText(c.of); got != c.want {
			t.Errorf("%+v: %q, want %q", c.of, got, c.want)
		}
	}
}

// A server that is silent is none that refuses.
func TestServersThatRefuseTheirListAreNamedTogether(t *testing.T) {
	refuses := func(name string) session.ServerList {
		return session.ServerList{Server: name, Err: &api.ServerError{Provider: name, Status: 503, Message: "under repair"}}
	}
	silent := session.ServerList{Server: "c", Err: &api.ServerError{Provider: "c", Message: "nothing answers"}}
	other := session.ServerList{Server: "d", Err: errors.New("no key")}
	one, two := refuses("a").Err.Error(), refuses("b").Err.Error()
	if got, want := listRefusals([]session.ServerList{silent, refuses("a"), other, {Server: "e"}}), "The list of models could not be read: "+one; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := listRefusals([]session.ServerList{refuses("b"), silent, refuses("a")}), "Lists of models could not be read: "+one+"; "+two; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Whatever happens is told in its own words and as urgently as it is; news alone stay until a
// key is pressed, and are told again with what a run took.
func TestWhatHappensIsTold(t *testing.T) {
	const refused = "shop answers 503"
	for name, c := range map[string]struct {
		events []session.Event
		want   Notice
	}{
		"nothing": {nil, Notice{}},
		"two go on": {[]session.Event{session.DetachedEvent{{Model: "shop/a", Agreed: 1}, {Model: "shop/b", Agreed: 2}}},
			Notice{Level: ui.NoticeInfo, Text: "shop/a goes on with the 1 text that was agreed to. shop/b goes on with the 2 texts that were agreed to."}},
		"gone from the cache": {[]session.Event{session.UncachedEvent{Model: "shop/a"}},
			Notice{Level: ui.NoticeWarn, Text: "shop/a: some vectors are no longer in the cache. Nothing was sent; E shows what they cost."}},
		"a list":              {[]session.Event{session.ListEvent{Provider: "shop", Changes: "1 new"}}, Notice{Level: ui.NoticeInfo, Text: "The list of shop: 1 new."}},
		"a silent server":     {[]session.Event{session.ListEvent{Provider: "shop", Err: errors.New("no answer"), Changes: "1 new"}}, Notice{}},
		"a server was found":  {[]session.Event{session.FoundEvent{Provider: "ollama"}}, Notice{Level: ui.NoticeInfo, Text: "ollama runs on this machine: Models lists what it has. discover = false in the settings file looks for no server."}},
		"read again":          {[]session.Event{session.ReadAgainEvent{More: 2}}, Notice{Level: ui.NoticeGood, Text: "The lists have been read again: 2 models more."}},
		"a key":               {[]session.Event{session.KeyEvent{Provider: "shop"}}, Notice{Level: ui.NoticeGood, Text: "The key for shop is kept until the program ends, and written nowhere."}},
		"a key that is none":  {[]session.Event{session.KeyEvent{Provider: "shop", Err: errors.New("it is empty")}}, Notice{Level: ui.NoticeError, Text: "it is empty"}},
		"news":                {[]session.Event{session.NewsEvent{Lines: []string{"one\x1b[1m.", "two."}}}, Notice{Level: ui.NoticeWarn, Text: "one. two.", news: "one. two.", stays: true}},
		"not noted":           {[]session.Event{session.UnrecordedEvent{Err: errors.New("the disk is full")}}, Notice{Level: ui.NoticeWarn, Text: "What was spent is not noted for later: the disk is full"}},
		"other labels decide": {[]session.Event{session.DecidingEvent{Before: evaluate.Groups, Now: evaluate.Pairs, Marks: 2, Left: true}}, Notice{Level: ui.NoticeInfo, Text: "Your 2 marks decide now; L on Verdict selects groups again."}},
		"a failure":           {[]session.Event{session.FailedEvent{Err: errors.New(refused)}}, Notice{Level: ui.NoticeError, Text: refused}},
		"the last of several": {[]session.Event{session.NewsEvent{Lines: []string{"one."}}, session.FailedEvent{Err: errors.New(refused)}}, Notice{Level: ui.NoticeError, Text: refused}},
	} {
		a, _ := withoutScreens(t)
		for _, e := range c.events {
			a.Session.Emit(e)
		}
		a.TellEvents()
		got := a.Notice()
		if got.ID = 0; got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
		if a.ClearNotice(); a.Notice() != (Notice{}) {
			t.Errorf("%s: after a key there is %+v", name, a.Notice())
		}
		if a.TellEvents(); a.Notice() != (Notice{}) {
			t.Errorf("%s: it is told twice", name)
		}
	}
}
