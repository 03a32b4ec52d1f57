package shell

import (
	"errors"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/evaluate"
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
