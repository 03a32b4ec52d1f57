package openai

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/vecscope/vecscope/api"
)

// picky is a server that refuses what is too large for it, and counts.
type picky struct {
	refuses func(texts []string) bool
	status  int
	body    string

	mu                sync.Mutex
	refused, answered int
}

func (p *picky) handler(t *testing.T) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		a := readAsked(t, r)
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.refuses(a.Input) {
			p.refused++
			w.WriteHeader(p.status)
			fmt.Fprint(w, p.body)
			return
		}
		p.answered++
		fmt.Fprint(w, answerTo(a))
	}
}

// words makes a text of about that many tokens.
func words(n int) string { return strings.Repeat("ab ", n) }

// different makes n texts of about the same length.
func different(text string, n int) []string {
	texts := numbered(n)
	for i := range texts {
		texts[i] += " " + text
	}
	return texts
}

func TestAServerThatRefusesEverySizeIsNotAskedForEveryText(t *testing.T) {
	everything := func([]string) bool { return true }
	for _, c := range []struct {
		name   string
		texts  []string
		config Config
		most   int // requests
		failed int // texts that are noted by themselves
	}{
		{"30 short texts", numbered(30), Config{}, 3, 1},
		{"2 short texts", numbered(2), Config{}, 2, 1},
		{"one", numbered(1), Config{}, 1, 1},
		{"one a request", numbered(30), Config{MaxInputs: 1, Concurrency: 1}, 1, 1},
		{"30 longer texts", slices.Repeat([]string{words(300)}, 30), Config{}, 3, 1},
		{"longer and much longer texts", append([]string{words(300)}, slices.Repeat([]string{words(700)}, 29)...), Config{}, 3, 1},
		{"longer texts, each another", different(words(300), 400), Config{}, 40, 15},
		{"many batches", numbered(2000), Config{MaxInputs: 100, Concurrency: 4}, 12, 1},
	} {
		for status, body := range map[int]string{413: "", 400: `{"error":{"message":"too many tokens","code":"context_length_exceeded"}}`, 500: `{"error":{"message":"input is too large to process"}}`} {
			p := &picky{refuses: everything, status: status, body: body}
			c.config.Profile, c.config.Key, c.config.RequestsPerSecond = profile(t, "generic"), api.NewSecret(testKey), 1e6
			got, err := embed(serveConfig(t, c.config, p.handler(t)), c.texts...)
			var e *api.ServerError
			if !errors.As(err, &e) || e.Status != status || !e.Permanent || len(got.Failed) > c.failed || p.refused > c.most {
				t.Errorf("%s, %d: %d requests, %d texts failed, %v", c.name, status, p.refused, len(got.Failed), err)
			}
			if got.Usage.Requests != p.refused || got.Usage.Failed != p.refused || got.Usage.Lost != 0 {
				t.Errorf("%s, %d: %+v", c.name, status, got.Usage)
			}
		}
	}
}

func TestRefusingEverySizeSaysWhatToDo(t *testing.T) {
	for _, c := range []struct {
		texts []string
		want  string
	}{
		{numbered(30), "413 Request Entity Too Large: it refuses the request for its size: even a text of about 2 tokens is too large for it; check the limits of the server, or choose another model"},
		{slices.Repeat([]string{words(shortText)}, 30), "even a text of about 64 tokens is too large for it; check the limits of the server"},
		{slices.Repeat([]string{words(shortText + 1)}, 30), "even a text of about 65 tokens is too large for it; shorten the texts"},
		{slices.Repeat([]string{words(300)}, 30), "even a text of about 300 tokens is too large for it; shorten the texts, or choose a model that reads longer ones"},
	} {
		p := &picky{refuses: func([]string) bool { return true }, status: 413}
		if _, err := embed(serve(t, "generic", p.handler(t)), c.texts...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

func TestOverLongTextsAreFoundAmongMany(t *testing.T) {
	long := words(9000)
	for _, places := range [][]int{{0}, {2047}, {700}, {0, 1, 2}, {0, 2047}} {
		texts := numbered(2048)
		for _, at := range places {
			texts[at] = long
		}
		p := &picky{status: 400, body: `{"error":{"message":"This model's maximum context length is 8192 tokens"}}`,
			refuses: func(texts []string) bool { return slices.Contains(texts, long) }}
		got, err := embed(serve(t, "openai", p.handler(t)), texts...)
		if err != nil || len(got.Failed) != len(places) {
			t.Fatalf("%v: %d texts failed, %v", places, len(got.Failed), err)
		}
		for _, at := range places {
			var text *api.TextError
			if !errors.As(got.Failed[at], &text) || text.Index != at || !strings.Contains(text.Error(), "shorten the text") {
				t.Errorf("%v: %v", places, got.Failed[at])
			}
		}
		for i, v := range got.Vectors {
			if got.Failed[i] == nil && !slices.Equal(v, unitOf(texts[i])) {
				t.Fatalf("%v: text %d has another's vector", places, i)
			}
		}
		if most := 13 * len(places); p.refused > most {
			t.Errorf("%v: %d requests were refused", places, p.refused)
		}
	}
}

func TestAProxysLimitIsKeptByHalving(t *testing.T) {
	const limit = 20_000 // bytes of text
	p := &picky{status: 413, body: "<html><h1>413 Request Entity Too Large</h1></html>",
		refuses: func(texts []string) bool { return len(strings.Join(texts, "")) > limit }}
	texts := slices.Repeat([]string{words(100)}, 1000)
	got, err := embed(serve(t, "openai", p.handler(t)), texts...)
	if err != nil || len(got.Failed) != 0 || slices.ContainsFunc(got.Vectors, func(v []float32) bool { return v == nil }) {
		t.Fatalf("%d texts failed, %v", len(got.Failed), err)
	}
	if p.answered > 50 || p.refused > 40 {
		t.Errorf("%d requests were answered and %d refused", p.answered, p.refused)
	}
}

func TestABatchOfNothingButLongTextsFailsAlone(t *testing.T) {
	long := words(9000)
	texts := append(slices.Repeat([]string{long}, 8), numbered(8)...)
	p := &picky{status: 413, refuses: func(texts []string) bool { return slices.Contains(texts, long) }}
	cfg := Config{Profile: profile(t, "openai"), Key: api.NewSecret(testKey), MaxInputs: 8, Concurrency: 1, RequestsPerSecond: 1e6}
	got, err := embed(serveConfig(t, cfg, p.handler(t)), texts...)
	if err != nil || len(got.Failed) != 8 || got.Vectors[15] == nil {
		t.Errorf("%d texts failed, %v", len(got.Failed), err)
	}
	if p.refused > 6 {
		t.Errorf("%d requests were refused", p.refused)
	}
}

// Tokens are estimated: what is said to have 300 may be too long where 310 fit.
func TestAnEstimateDoesNotDecideThatTextsAreTooLong(t *testing.T) {
	long := func(text string) bool { return strings.HasPrefix(text, "long") }
	p := &picky{status: 413, refuses: func(texts []string) bool { return slices.ContainsFunc(texts, long) }}
	cfg := Config{Profile: profile(t, "generic"), Key: api.NewSecret(testKey), RequestsPerSecond: 1e6, Count: func(text string) int {
		if long(text) {
			return 300
		}
		return 310
	}}
	got, err := embed(serveConfig(t, cfg, p.handler(t)), "long 1", "fits 1", "long 2", "fits 2")
	if err != nil || got.Vectors[1] == nil || got.Vectors[3] == nil || len(got.Failed) != 2 {
		t.Errorf("%d texts failed, %v (%d answered, %d refused)", len(got.Failed), err, p.answered, p.refused)
	}
}

// Some servers say of everything that it is too many texts.
func TestAServerForWhichOneTextIsTooManyTeachesNothing(t *testing.T) {
	everything := true
	p := &picky{status: 422, body: `{"error":{"message":"batch size too large"}}`, refuses: func([]string) bool { return everything }}
	cfg := Config{Profile: profile(t, "generic"), Key: api.NewSecret(testKey), RequestsPerSecond: 1e6}
	c := serveConfig(t, cfg, p.handler(t))
	texts := different(words(300), 100)
	_, err := embed(c, texts...)
	if want := "batch size too large: even one text is too many for it; check the limits of the server"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want %q", err, want)
	}
	if p.refused > 7 { // 100, 50, 25, 12, 6, 3 and 1
		t.Errorf("%d requests were refused", p.refused)
	}
	everything = false
	if got, err := embed(c, texts...); err != nil || len(got.Failed) != 0 || p.answered != 1 {
		t.Errorf("later it took %d requests, %v", p.answered, err)
	}
}
