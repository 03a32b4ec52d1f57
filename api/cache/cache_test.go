package cache

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
)

func TestVectorsComeBackBitForBit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "made", "on the way", "vectors #1 100%?.db")
	c := openAt(t, path)
	texts := []string{"", "a", "Ä\x00b", "\xff not UTF-8", strings.Repeat("long ", 10_000)}
	want := [][]float32{
		{0, float32(math.Copysign(0, -1)), 1},
		{math.SmallestNonzeroFloat32, math.MaxFloat32, -1},
		{0.1, 0.2, 0.3}, {1, 0, 0}, {0, 0, -1},
	}
	if err := c.Put(t.Context(), scopeA, texts, want); err != nil {
		t.Fatal(err)
	}
	check := func(c *Cache) {
		t.Helper()
		for i, got := range get(t, c, scopeA, texts) {
			for k := range want[i] {
				if math.Float32bits(got[k]) != math.Float32bits(want[i][k]) {
					t.Errorf("text %d: %v, want %v", i, got, want[i])
				}
			}
		}
	}
	check(c)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	check(openAt(t, path))
}

func TestMissingVectorsAreNil(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	if err := c.Put(t.Context(), scopeA, []string{"a", "b", "c"}, [][]float32{{1, 0}, nil, {0, 1}}); err != nil {
		t.Fatal(err)
	}
	got := get(t, c, scopeA, []string{"c", "b", "a", "c", "z"})
	want := [][]float32{{0, 1}, nil, {1, 0}, {0, 1}, nil}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	known, err := c.Known(t.Context(), scopeA, []string{"c", "b", "a", "c", "z"})
	if err != nil || !reflect.DeepEqual(known, []bool{true, false, true, true, false}) {
		t.Errorf("known: %v, %v", known, err)
	}
	if n, err := countKnown(t.Context(), c, scopeA, []string{"c", "b", "a", "c", "z"}); err != nil || n != 3 {
		t.Errorf("%d known, %v; want 3", n, err)
	}
	if got := get(t, c, scopeA, nil); len(got) != 0 {
		t.Errorf("no texts give %v", got)
	}
}

func TestEveryPartOfTheScopeTellsVectorsApart(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	scopes := []Scope{
		{"https://a.example/v1", "m", 0, "", ""},
		{"https://b.example/v1", "m", 0, "", ""},
		{"https://a.example/v2", "m", 0, "", ""},
		{"https://a.example/v1", "M", 0, "", ""},
		{"https://a.example/v1", "m", 256, "", ""},
		{"https://a.example/v1", "m", 0, "query: ", ""},
		{"http://a.example/v1", "m", 0, "", ""},
		{"https://a.example:8443/v1", "m", 0, "", ""},
		{"https://a.example/v1", "m", 0, "", "x-region: eu"},
		{"https://a.example/v1", "m", 0, "", "x-region: us"},
	}
	for i, s := range scopes {
		if err := c.Put(t.Context(), s, []string{"text"}, [][]float32{{float32(i), 1}}); err != nil {
			t.Fatal(err)
		}
	}
	for i, s := range scopes {
		if got := get(t, c, s, []string{"text"}); !reflect.DeepEqual(got, [][]float32{{float32(i), 1}}) {
			t.Errorf("%+v has %v", s, got)
		}
	}
}

func TestOneServerHasOneSpelling(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	keep(t, c, Scope{BaseURL: "https://API.example.com/v1/", Model: "m"}, []string{"text"}, 4)
	for _, same := range []string{"https://api.example.com/v1", "HTTPS://api.example.com/v1//", " https://user:pass@api.example.com/v1?key=k#f "} {
		mustHave(t, c, Scope{BaseURL: same, Model: "m"}, []string{"text"}, 4)
	}
}

func TestNewestLengthWins(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	c := openAt(t, path)
	texts := numbered("text", 300)
	keep(t, c, scopeA, texts, 8)
	keep(t, c, scopeB, texts, 8)
	keep(t, c, scopeA, texts[:10], 12)
	mustHave(t, c, scopeA, texts[:10], 12)
	if n, err := countKnown(t.Context(), c, scopeA, texts); err != nil || n != 10 {
		t.Errorf("%d vectors are known, %v; want the 10 new ones", n, err)
	}
	mustHave(t, c, scopeB, texts, 8)
	if s, err := c.Stats(t.Context()); err != nil || s.Entries != 310 || s.Bytes != 10*12*4+300*8*4 {
		t.Errorf("stale vectors are counted: %+v, %v", s, err)
	}
}

func TestNewerVectorReplacesOlder(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	for _, v := range [][]float32{{1, 0}, {0, 1}} {
		if err := c.Put(t.Context(), scopeA, []string{"text"}, [][]float32{v}); err != nil {
			t.Fatal(err)
		}
	}
	if got := get(t, c, scopeA, []string{"text"}); got[0][1] != 1 {
		t.Errorf("the older vector came back: %v", got)
	}
}

func TestVectorsThatDoNotFitAreRefused(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	if err := c.Put(t.Context(), scopeA, []string{"a", "b"}, [][]float32{{1}}); err == nil {
		t.Error("one vector for two texts is kept")
	}
	if err := c.Put(t.Context(), scopeA, []string{"a", "b"}, [][]float32{{1}, {1, 0}}); err == nil {
		t.Error("vectors of two lengths are kept")
	}
	if n, err := countKnown(t.Context(), c, scopeA, []string{"a", "b"}); n != 0 || err != nil {
		t.Errorf("%d of them are known, %v", n, err)
	}
}

func TestNilCacheKnowsNothing(t *testing.T) {
	var c *Cache
	ctx := t.Context()
	keep(t, c, scopeA, []string{"a"}, 2)
	if got := get(t, c, scopeA, []string{"a"}); len(got) != 1 || got[0] != nil {
		t.Errorf("it has %v", got)
	}
	known, err := countKnown(ctx, c, scopeA, []string{"a"})
	_, pruneErr := c.Prune(ctx, Limits{Unused: time.Hour})
	_, clearErr := c.Clear(ctx)
	_, statsErr := c.Stats(ctx)
	usage, usageErr := c.UsageTotals(ctx)
	if err := errors.Join(err, pruneErr, clearErr, statsErr, usageErr, c.AddUsage(ctx, api.Tally{Provider: "p", Model: "m", Tokens: 1}), c.Close()); err != nil {
		t.Error(err)
	}
	if known != 0 || usage != nil || c.Notices() != nil || c.Path() != "" {
		t.Error("it knows something")
	}
}

func TestEndedContextStopsEverything(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	c := openAt(t, path)
	keep(t, c, scopeA, []string{"before"}, 4)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := Open(ended, path); !errors.Is(err, context.Canceled) {
		t.Errorf("Open: %v", err)
	}
	if _, err := c.Get(ended, scopeA, []string{"before"}); !errors.Is(err, context.Canceled) {
		t.Errorf("Get: %v", err)
	}
	if _, err := countKnown(ended, c, scopeA, []string{"before"}); !errors.Is(err, context.Canceled) {
		t.Errorf("Known: %v", err)
	}
	if _, err := c.Stats(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("Stats: %v", err)
	}
	if _, err := c.Prune(ended, Limits{MaxBytes: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("Prune: %v", err)
	}
	if err := c.Put(ended, scopeA, []string{"paid"}, vectorsFor([]string{"paid"}, 4)); !errors.Is(err, context.Canceled) {
		t.Errorf("Put: %v", err)
	}
	if err := c.AddUsage(ended, api.Tally{Provider: "p", Model: "m", Tokens: 7}); !errors.Is(err, context.Canceled) {
		t.Errorf("AddUsage: %v", err)
	}
	// SQLite has words of its own for it.
	for _, err := range []error{c.failed(ended, "reading", errors.New("interrupted (9)")), c.refused(ended, "reading", errors.New("interrupted (9)"))} {
		if err != context.Canceled {
			t.Errorf("stopped by the person, and the file is blamed: %v", err)
		}
	}
	if told := c.Notices(); told != nil {
		t.Errorf("being stopped is told as a fault: %q", told)
	}
	mustHave(t, c, scopeA, []string{"before", "paid"}, 4)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c = openAt(t, path)
	mustHave(t, c, scopeA, []string{"before", "paid"}, 4)
	if totals, err := c.UsageTotals(t.Context()); err != nil || len(totals) != 1 || totals[0].Tokens != 7 {
		t.Errorf("what was spent: %+v, %v", totals, err)
	}
}

func TestManyGoroutinesShareACache(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	c := openAt(t, path)
	texts := numbered("text", 400)
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			own := texts[worker*50 : worker*50+50]
			for i := range 5 {
				keep(t, c, scopeA, own[i*10:i*10+10], 16)
				have(t, c, scopeA, texts, 16)
				if err := c.AddUsage(context.Background(), api.Tally{Provider: "p", Model: "m", Tokens: 1}); err != nil {
					t.Error(err)
				}
				if _, err := c.Stats(context.Background()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	mustHave(t, c, scopeA, texts, 16)
	if totals, err := c.UsageTotals(t.Context()); err != nil || totals[0].Tokens != 40 {
		t.Errorf("what was spent: %+v, %v", totals, err)
	}
	if told := c.Notices(); told != nil {
		t.Errorf("it says %q", told)
	}
}

func TestClosedCacheGivesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	c := openAt(t, path)
	keep(t, c, scopeA, []string{"a"}, 4)
	for range 2 {
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if got := get(t, c, scopeA, []string{"a"}); got[0] != nil {
		t.Error("a closed cache gives vectors")
	}
	if _, err := c.Stats(t.Context()); !errors.Is(err, os.ErrClosed) {
		t.Errorf("Stats of a closed cache: %v", err)
	}
}

func TestNoKeyAndNoTextIsKept(t *testing.T) {
	const key, text = "sk-verysecret", "a private sentence"
	dir := t.TempDir()
	c := openAt(t, filepath.Join(dir, "vectors.db"))
	for _, address := range []string{
		"https://user:" + key + "@api.example.com/v1",
		"https://" + key + "@api.example.com/v1?api_key=" + key + "#" + key,
		"api.example.com:" + key,
		"https://api.example.com:" + key + "/v1",
		"mailto:" + key,
	} {
		keep(t, c, Scope{BaseURL: address, Model: "m"}, []string{text}, 4)
		mustHave(t, c, Scope{BaseURL: address, Model: "m"}, []string{text}, 4)
	}
	search := func() {
		t.Helper()
		files, err := os.ReadDir(dir)
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		for _, f := range files {
			data, err := os.ReadFile(filepath.Join(dir, f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			for _, secret := range []string{key, text} {
				if strings.Contains(string(data), secret) {
					t.Errorf("%s contains %q", f.Name(), secret)
				}
			}
		}
	}
	search()
	stats, err := c.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range stats.Models {
		if strings.Contains(m.BaseURL, key) {
			t.Errorf("the key is shown: %s", m.BaseURL)
		}
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	search()
}
