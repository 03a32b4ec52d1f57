package session

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// ended runs commands, and those that follow from them, as the loop does.
func ended(cmds ...tea.Cmd) {
	for len(cmds) > 0 {
		brought := messages(cmds...)
		cmds = nil
		for _, message := range brought {
			cmds = append(cmds, message())
		}
	}
}

// lists are servers whose lists are read; asked are those that were, forgotten those whose
// limits were.
type lists struct {
	asked, forgotten []string
	err              error
}

// withServers has a session read the lists of those.
func withServers(t *testing.T, servers ...string) (*Session, *lists) {
	t.Helper()
	s, l := bare(t), &lists{}
	s.lists.servers = servers
	s.lists.read = func(_ context.Context, provider string) (string, error) {
		l.asked = append(l.asked, provider)
		return "", l.err
	}
	s.lists.forget = func(provider string) { l.forgotten = append(l.forgotten, provider) }
	return s, l
}

func TestAKeyIsTakenByServersAlone(t *testing.T) {
	s, l := withServers(t, "shop")
	if s.TakesKeys("shop") {
		t.Error("nobody takes keys, and one is asked for")
	}
	wrong := errors.New("it is in quotes")
	for _, err := range []error{wrong, nil} {
		s.setKey = func(string, api.Secret) error { return err }
		if !s.TakesKeys("shop") || s.TakesKeys("local") {
			t.Errorf("shop %t, local %t", s.TakesKeys("shop"), s.TakesKeys("local"))
		}
		ended(s.SetKey("shop", api.NewSecret("key")))
		events := s.TakeEvents()
		if key, ok := events[0].(KeyEvent); !ok || key.Provider != "shop" || !errors.Is(key.Err, err) {
			t.Errorf("%v: %+v", err, events)
		}
		if asked := len(l.asked) > 0; asked != (err == nil) {
			t.Errorf("%v: the list is read: %t", err, asked)
		}
	}
}

func TestAListThatIsReadAgainIsNoLongerSilent(t *testing.T) {
	s, l := withServers(t, "a", "b")
	s.lists.unasked = func() []string { return []string{"b"} }
	l.err = &api.ServerError{Provider: "a", Message: "nothing answers"}
	ended(s.Lists().Begin())
	if got := s.Lists().All(); len(got) != 2 || got[0].Err == nil || got[1].Err != nil || !slices.Equal(l.asked, []string{"a"}) || len(l.forgotten) != 0 {
		t.Errorf("%+v, asked %v", got, l.asked)
	}
	s.TakeEvents()
	l.err = nil
	cmd := s.Lists().RefreshAll()
	if s.Lists().CanRefresh() {
		t.Error("the lists can be read again while they are")
	}
	ended(cmd)
	if got := s.Lists().All(); got[0].Err != nil || !s.Lists().CanRefresh() || !slices.Equal(l.forgotten, []string{"a", "b"}) {
		t.Errorf("%+v, forgotten %v", got, l.forgotten)
	}
	events := s.TakeEvents()
	if again, ok := events[len(events)-1].(ReadAgainEvent); !ok || again.More != 0 {
		t.Errorf("in the end %+v", events)
	}
	for name, c := range map[string]struct {
		models int // after the lists are read
		more   int
	}{"it grows": {3, 2}, "it shrinks": {0, 0}} {
		s.lists.unasked = nil // two lists, and one end
		s.engine.Catalog = catalog.New([]api.Model{{Provider: "a", ID: "m"}})
		s.lists.read = func(context.Context, string) (string, error) {
			var models []api.Model
			for i := range c.models {
				models = append(models, api.Model{Provider: "a", ID: fmt.Sprint(i)})
			}
			s.engine.Catalog = catalog.New(models)
			return "", nil
		}
		s.TakeEvents()
		ended(s.Lists().RefreshAll())
		events := s.TakeEvents()
		if again, ok := events[len(events)-1].(ReadAgainEvent); !ok || again.More != c.more || len(events) != 3 {
			t.Errorf("%s: %+v", name, events)
		}
	}
	if none, _ := withServers(t); none.Lists().CanRefresh() {
		t.Error("there is no list, and it can be read again")
	}
}

// What costs nothing is asked again when its silent server answers; what costs money, and
// what was refused, is not.
func TestOnlyWhatIsFreeAndWasSilentIsAskedAgain(t *testing.T) {
	free, price := 0.0, 1.0
	for name, c := range map[string]struct {
		price *float64
		err   error
		again bool
	}{
		"free and silent": {&free, &api.ServerError{Provider: "a", Message: "nothing answers"}, true}, "free and refused": {&free, &api.ServerError{Provider: "a", Status: 503}, false},
		"paid and silent": {&price, &api.ServerError{Provider: "a", Message: "nothing answers"}, false}, "of another kind": {&free, errors.New("x"), false},
	} {
		s, _ := withServers(t, "a")
		s.engine.Catalog = catalog.New([]api.Model{{Provider: "a", ID: "m", Kind: api.KindEmbedding, Dimensions: 4, Price: c.price, Source: api.SourceCached}})
		s.Restore().Candidate(api.Candidate{Model: "a/m", Dimensions: 4})
		s.current.outcomes["a/m@4"] = outcome{err: c.err}
		if got := s.costsNothingNow("a"); got != c.again || (s.current.outcomes["a/m@4"].err == nil) != c.again {
			t.Errorf("%s: asked again %t", name, got)
		}
		s.current.outcomes["a/m@4"] = outcome{err: c.err}
		if s.costsNothingNow("b") {
			t.Errorf("%s: another server has answered", name)
		}
	}
	for err, want := range map[error]bool{&api.ServerError{Status: 503}: true, &api.ServerError{}: false, errors.New("x"): false, nil: false} {
		if got := GaveNoList(err); got != want {
			t.Errorf("%v gave no list: %t", err, got)
		}
	}
}

func TestFoundServersAreListedOnce(t *testing.T) {
	s, l := withServers(t, "a")
	s.lists.find = func(context.Context) []string { return []string{"b", "a", "b", "c"} }
	ended(s.Lists().findServers())
	found := 0
	for _, e := range s.TakeEvents() {
		if f, ok := e.(FoundEvent); ok && f.Provider == "b" {
			found++
		}
	}
	if found != 1 || !slices.Equal(s.lists.servers, []string{"a", "b", "c"}) || !slices.Equal(l.asked, []string{"b", "c"}) {
		t.Errorf("found %d times; %v, asked %v", found, s.lists.servers, l.asked)
	}
}

func TestALeaveIsAskedForOnceForEachServer(t *testing.T) {
	s := bare(t)
	var models []api.Model
	for _, id := range []string{"a/m", "a/n", "b/m", "c/m"} {
		c, _ := api.ParseCandidate(id + "@4")
		s.Restore().Candidate(c)
		models = append(models, api.Model{Provider: id[:1], ID: id[2:], Kind: api.KindEmbedding, Dimensions: 4, Source: api.SourceCached})
	}
	s.engine.Catalog = catalog.New(models)
	for _, p := range []string{"a", "b"} {
		s.engine.Providers[p] = locked{provider: p}
	}
	var names []string
	for _, e := range s.InsecureCandidates() {
		names = append(names, e.Provider)
	}
	if !slices.Equal(names, []string{"a", "b"}) {
		t.Errorf("asked for are %v", names)
	}
}

// locked is a provider whose key must not go.
type locked struct {
	api.Provider
	provider string
}

func (l locked) Blocked() error { return &api.InsecureKeyError{Provider: l.provider} }

func TestOnlyWhatCanBeAskedIsEmbeddedAnew(t *testing.T) {
	s, _ := withModel(t, 0, 4, 4)
	for _, c := range []struct {
		provider api.Provider
		can      bool
	}{{open{}, true}, {locked{provider: "a"}, false}} {
		s.engine.Providers["a"] = c.provider
		if got := s.CanEmbedAnew(); got != c.can {
			t.Errorf("of %T it can be asked for: %t", c.provider, got)
		}
		if s.EmbedAnew(); len(s.anew) > 0 != c.can {
			t.Errorf("of %T it is asked for: %v", c.provider, s.anew)
		}
		clear(s.anew)
	}
}

func TestEmbeddingAnewForgetsWhatTrialsKept(t *testing.T) {
	s := bare(t)
	s.trying.kept.embeddings = map[string]*pipeline.Embedding{"q": {}}
	if s.EmbedAnew(); s.trying.kept.embeddings != nil {
		t.Error("queries are not asked anew")
	}
}
