package cache

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/api"
)

// slowServer is a server whose answers wait for a word.
func slowServer() (s *server, begun chan struct{}, answer chan struct{}) {
	begun, answer = make(chan struct{}, 10), make(chan struct{})
	s = &server{length: 8, batch: 2, stop: func(int) {
		begun <- struct{}{}
		<-answer
	}}
	return s, begun, answer
}

// embedded is what Embed gave.
type embedded struct {
	api.Result
	err error
}

// embedLater embeds in the background; told is closed when it waits for others.
func embedLater(ctx context.Context, p *Provider, req api.Request) (told chan struct{}, done chan embedded) {
	told, done = make(chan struct{}), make(chan embedded, 1)
	req.Notice = func(n api.Notice) {
		if n.Wait == 0 && n.Attempt == 0 && n.Provider == "mine" && n.Reason != "" {
			close(told)
		}
	}
	go func() {
		result, err := p.Embed(ctx, req)
		done <- embedded{result, err}
	}()
	return told, done
}

// besides puts the same file, opened once more, before a server.
func besides(t *testing.T, path string, s *server) *Provider {
	t.Helper()
	return NewProvider(s, openAt(t, path), "https://api.example.com/v1", s.free)
}

func TestWhatAnotherIsPayingForIsWaitedForAndNotPaidTwice(t *testing.T) {
	for name, free := range map[string]bool{"paid": false, "free": true} {
		t.Run(name, func(t *testing.T) { waitsForAnother(t, free) })
	}
}

func waitsForAnother(t *testing.T, free bool) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	first, begun, answer := slowServer()
	second := &server{length: 8}
	first.free, second.free = free, free
	first.identity, second.identity = "digest:1", "digest:1"
	a, b := besides(t, path, first), besides(t, path, second)
	texts := []string{"a", "b", "c"}
	_, firstDone := embedLater(t.Context(), a, api.Request{Model: "m", Texts: texts})
	<-begun
	var arrived, progress []int
	told, secondDone := embedLater(t.Context(), b, api.Request{Model: "m", Texts: []string{"c", "d", "a"}, Progress: func(n int) { progress = append(progress, n) }, Arrived: func(at []int, _ [][]float32) { arrived = append(arrived, at...) }})
	<-told
	close(answer)
	if got := <-firstDone; got.err != nil || !reflect.DeepEqual(first.paid, texts) {
		t.Fatalf("the first paid for %q, %v", first.paid, got.err)
	}
	got := <-secondDone
	if want := []string{"d"}; got.err != nil || !reflect.DeepEqual(second.paid, want) {
		t.Fatalf("the second paid for %q, want %q; %v", second.paid, want, got.err)
	}
	if !reflect.DeepEqual(got.Vectors, vectorsFor([]string{"c", "d", "a"}, 8)) || got.Usage.Cached != 2 {
		t.Errorf("the second got %+v", got)
	}
	slices.Sort(arrived)
	if !reflect.DeepEqual(arrived, []int{0, 1, 2}) || !reflect.DeepEqual(progress, []int{3}) {
		t.Errorf("texts at %v arrived, %v are done", arrived, progress)
	}
	mustLeaveNoClaims(t, path)
}

// mustLeaveNoClaims checks that nothing stays of claims but the gate.
func mustLeaveNoClaims(t *testing.T, path string) {
	t.Helper()
	files, err := os.ReadDir(path + "-asking")
	if err != nil || len(files) != 1 || files[0].Name() != gateName {
		t.Errorf("left are %v, %v", files, err)
	}
}

func TestOtherTextsModelsAndPrefixesWaitForNobody(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	first, begun, answer := slowServer()
	_, done := embedLater(t.Context(), besides(t, path, first), api.Request{Model: "m", Texts: []string{"a"}})
	<-begun
	for name, req := range map[string]api.Request{
		"other texts": {Model: "m", Texts: []string{"b"}}, "another model": {Model: "n", Texts: []string{"a"}},
		"a query": {Model: "m", Texts: []string{"a"}, Prefix: "query: "}, "other dimensions": {Model: "m", Dimensions: 8, Texts: []string{"a"}},
	} {
		req.Notice = func(n api.Notice) { t.Errorf("%s: %+v", name, n) }
		embed(t, besides(t, path, &server{length: 8}), req)
	}
	close(answer)
	if got := <-done; got.err != nil {
		t.Error(got.err)
	}
}

func TestWhatAnotherCouldNotGetIsAskedForAfterIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	first, begun, answer := slowServer()
	ctx, stop := context.WithCancel(t.Context())
	_, firstDone := embedLater(ctx, besides(t, path, first), api.Request{Model: "m", Texts: []string{"a", "b", "c", "d"}})
	<-begun
	second := &server{length: 8}
	told, secondDone := embedLater(t.Context(), besides(t, path, second), api.Request{Model: "m", Texts: []string{"a", "b", "c", "d"}})
	<-told
	stop()
	close(answer)
	if got := <-firstDone; !errors.Is(got.err, context.Canceled) {
		t.Fatal(got.err)
	}
	if got, want := <-secondDone, []string{"c", "d"}; got.err != nil || !reflect.DeepEqual(second.paid, want) {
		t.Errorf("the second paid for %q, want %q; %v", second.paid, want, got.err)
	}
}

func TestWaitingForAnotherCanBeStopped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	first, begun, answer := slowServer()
	_, firstDone := embedLater(t.Context(), besides(t, path, first), api.Request{Model: "m", Texts: []string{"a", "b", "c"}})
	<-begun
	second := &server{length: 8}
	p := besides(t, path, second)
	embed(t, p, api.Request{Model: "m", Texts: []string{"d"}})
	ctx, stop := context.WithCancel(t.Context())
	told, secondDone := embedLater(ctx, p, api.Request{Model: "m", Texts: []string{"c", "d"}})
	<-told
	stop()
	got := <-secondDone
	if !errors.Is(got.err, context.Canceled) || len(second.paid) != 1 || got.Usage.Cached != 1 {
		t.Errorf("%q were paid for: %+v", second.paid, got)
	}
	close(answer)
	<-firstDone
}

func TestWithoutAPlaceForLocksNobodyWaits(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	if err := os.WriteFile(path+"-asking", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	gateless := filepath.Join(t.TempDir(), "vectors.db")
	if err := os.MkdirAll(filepath.Join(gateless+"-asking", gateName), 0o700); err != nil {
		t.Fatal(err)
	}
	memory, _ := openNoticed(t, "")
	for name, p := range map[string]*Provider{
		"no directory":   besides(t, path, &server{length: 8}),
		"no gate":        besides(t, gateless, &server{length: 8}),
		"no cache":       NewProvider(&server{length: 8}, nil, "https://api.example.com/v1", false),
		"in memory only": NewProvider(&server{length: 8}, memory, "https://api.example.com/v1", false),
	} {
		if got := embed(t, p, api.Request{Model: "m", Texts: []string{"a"}}); got.Vectors[0] == nil {
			t.Errorf("%s: no vector", name)
		}
	}
}

// claimForever claims texts and says so, and never gives them back.
func claimForever(path string) error {
	c, err := openChild(path)
	if err != nil {
		return err
	}
	if _, err := c.claim(context.Background(), claimedScope, []string{"a"}, func() {}); err != nil {
		return err
	}
	fmt.Println("claimed")
	select {}
}

// claimedScope is what besides asks for.
var claimedScope = Scope{BaseURL: "https://api.example.com/v1", Model: "m"}

func TestAClaimEndsWithItsProgram(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	s := &server{length: 8}
	p := besides(t, path, s)
	other := start(t, "claim", path)
	if line := other.line(t); line != "claimed" {
		t.Fatal(line)
	}
	told, done := embedLater(t.Context(), p, api.Request{Model: "m", Texts: []string{"a"}})
	<-told
	if err := other.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if got := <-done; got.err != nil || len(s.paid) != 1 {
		t.Errorf("%q were paid for, %v", s.paid, got.err)
	}
	if err := other.Wait(); err == nil {
		t.Error("the other program ended by itself")
	}
	mustLeaveNoClaims(t, path)
}

func TestWhatADeadProgramLeftOfAClaimIsRemoved(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	p := besides(t, path, &server{length: 8})
	left, err := p.cache.claim(t.Context(), claimedScope, []string{"a"}, func() {})
	if err != nil || left.lock.Close() != nil {
		t.Fatal(err)
	}
	embed(t, p, api.Request{Model: "m", Texts: []string{"b"}})
	mustLeaveNoClaims(t, path)
}

// waiting is a context that tells when somebody begins to wait for its end.
type waiting struct {
	context.Context
	begins func()
}

func (w waiting) Done() <-chan struct{} {
	w.begins()
	return w.Context.Done()
}

func TestWaitingForSeveralIsSaidOnce(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	claims := map[string]*claim{} // by their names, in which order they are found
	for _, text := range []string{"a", "b"} {
		mine, err := c.claim(t.Context(), claimedScope, []string{text}, func() { t.Error("it waits for other texts") })
		if err != nil {
			t.Fatal(err)
		}
		claims[mine.base] = mine
	}
	bases := slices.Sorted(maps.Keys(claims))
	told, waits := 0, 0
	ctx, stop := context.WithCancel(t.Context())
	_, err := c.claim(waiting{ctx, func() { waits++; stop() }}, claimedScope, []string{"a", "b"}, func() {
		if told++; told == 1 {
			claims[bases[0]].release() // so that it has to wait for the other
		}
	})
	if !errors.Is(err, context.Canceled) || told != 1 || waits != 1 {
		t.Errorf("said %d times in %d waits, %v", told, waits, err)
	}
	claims[bases[1]].release()
	mustLeaveNoClaims(t, c.path)
}

// What the file holds under one scope is claimed under one name.
func TestAClaimIsToWhatTheFileHolds(t *testing.T) {
	name := scopeName(claimedScope)
	for _, c := range []struct {
		scope Scope
		same  bool
	}{
		{Scope{BaseURL: "HTTPS://key@API.example.com/v1/", Model: "m"}, true},
		{Scope{BaseURL: claimedScope.BaseURL, Model: "m", Headers: "x-team: search"}, false},
		{Scope{BaseURL: claimedScope.BaseURL, Model: "m", Prefix: "p"}, false},
	} {
		if got := scopeName(c.scope) == name; got != c.same {
			t.Errorf("%+v: the same %t", c.scope, got)
		}
	}
}
