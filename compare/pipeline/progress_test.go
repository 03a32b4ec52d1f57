package pipeline

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
)

// steady is letters that tells of every text; it heeds a stop.
type steady struct{ letters }

func (s *steady) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	for i := range req.Texts {
		if req.Progress != nil {
			req.Progress(i + 1)
		}
	}
	if err := ctx.Err(); err != nil {
		return api.Result{}, err
	}
	return s.letters.Embed(ctx, req)
}

func TestProgressCountsAllTextsOnce(t *testing.T) {
	p := &steady{}
	e := paidEngine(p)
	s := paidSource(t, e)
	before, err := e.Embed(t.Context(), s, []string{"c", "?"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var told []int
	texts := []string{"too long a text to be sent", "a", "b", "a", "c", "?", "too long a text to be sent"}
	emb, err := e.Embed(t.Context(), s, texts, EmbedOptions{Before: before, Long: LongLeftOut, Count: words, Progress: func(done int) { told = append(told, done) }})
	if err != nil || !slices.Equal(p.asked[1], []string{"a", "b"}) || emb.Vectors.Present() != 4 || len(emb.Failed) != 3 {
		t.Fatalf("asked for %q: %d vectors, %v, %v", p.asked[1:], emb.Vectors.Present(), emb.Failed, err)
	}
	// One is known, one was refused, two are left out; the second a counts when all do.
	if want := []int{5, 7}; !slices.Equal(told, want) {
		t.Errorf("done are %v, want %v", told, want)
	}
}

func TestAStopReachesTheProvider(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	e, m := engine(&steady{})
	if emb, err := e.Embed(ctx, Source{Model: m}, []string{"a"}, EmbedOptions{}); !errors.Is(err, context.Canceled) || !emb.Partial {
		t.Errorf("%+v, %v", emb, err)
	}
}

// careless tells of texts that were never asked for.
type careless struct{ letters }

func (c *careless) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	result, err := c.letters.Embed(ctx, req)
	result.Clipped, result.Unknown = []int{-1, 0, len(req.Texts)}, []int{-7, 1, 99}
	return result, err
}

func TestRemarksOnTextsThatAreNotThereAreLetGo(t *testing.T) {
	e, m := engine(&careless{})
	emb, err := e.Embed(t.Context(), Source{Model: m}, []string{"a", "b"}, EmbedOptions{})
	if err != nil || !slices.Equal(emb.Clipped, []int{0}) || !slices.Equal(emb.Unknown, []int{1}) {
		t.Errorf("read in part %v, known in part %v, %v", emb.Clipped, emb.Unknown, err)
	}
}

func TestATextIsCutByWhatItsServerCounted(t *testing.T) {
	text := strings.Repeat("x", 90)
	for name, c := range map[string]struct {
		prefix string
		limit  api.LimitError
		count  func(string) int
		want   int
	}{
		"the server has counted twice as many": {"", api.LimitError{Limit: 60, Tokens: 180}, bytesOf, 29},      // 97 % of a third
		"the prefix takes its part":            {"12345", api.LimitError{Limit: 60, Tokens: 190}, bytesOf, 24}, // of 95
		"nobody has counted, and we less":      {"", api.LimitError{Limit: 200}, bytesOf, 68},                  // a quarter less than was too much
		"nobody has counted, and we more":      {"", api.LimitError{Limit: 60}, bytesOf, 45},                   // with a quarter in reserve
		"what would be no shorter":             {"", api.LimitError{Limit: 200, Tokens: 100}, bytesOf, 0},
		"nobody counts":                        {"", api.LimitError{Limit: 60, Tokens: 180}, nil, 0},
	} {
		r := newEmbedJob(Source{Model: api.Model{MaxTokens: 8192}, Manner: api.Manner{Prefix: c.prefix}}, nil, EmbedOptions{Count: c.count})
		if got := r.cutTo(text, &c.limit); len(got) != c.want {
			t.Errorf("%s: %d of 90 characters, want %d", name, len(got), c.want)
		}
	}
}

func bytesOf(text string) int { return len(text) }
