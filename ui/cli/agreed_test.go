package cli

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
)

// flaky is a provider whose cache loses what it held before it is needed, and whose
// answers get lost: it asks for leave to send so many tokens again, one after the
// other.
type flaky struct {
	api.Provider
	known  bool // what the cache says that it holds
	lost   []int
	leave  []bool
	embeds int
}

func (f *flaky) Known(_ context.Context, req api.Request) ([]bool, error) {
	return slices.Repeat([]bool{f.known}, len(req.Texts)), nil
}

func (f *flaky) Held(_ context.Context, req api.Request) ([][]float32, error) {
	return make([][]float32, len(req.Texts)), nil
}

func (f *flaky) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	f.embeds++
	for _, tokens := range f.lost {
		f.leave = append(f.leave, req.Approval.Allow(tokens))
	}
	return f.Provider.Embed(ctx, req)
}

// before puts it before NanoGPT in a session.
func (f *flaky) before(t *testing.T, s *session) {
	t.Helper()
	engine, err := s.engine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	f.Provider = engine.Providers["nanogpt"]
	engine.Providers["nanogpt"] = f
}

// Between the estimate and the asking another program may prune the cache.
func TestWhatTheCacheLosesIsNotPaidForUnasked(t *testing.T) {
	for _, flags := range []string{"", "--yes ", "--max-cost 5 "} {
		s, server := expensive(t, "")
		f := &flaky{known: true}
		f.before(t, s)
		s.expect(t, ExitFailed, "compare "+flags+"--models nanogpt/text-embedding-3-small,local/compass "+manyWords(t))
		if f.embeds != 0 || len(server.Embeddings()) != 0 {
			t.Errorf("%q: the server was asked", flags)
		}
		if want := "the cache has lost vectors meanwhile"; strings.Count(s.err.String(), want) != 1 || strings.Contains(s.err.String(), "spent") {
			t.Errorf("%q says %q", flags, s.err.String())
		}
	}
}

func TestLostAnswersArePaidForAgainWithinTheLimit(t *testing.T) {
	// The texts cost about four cents, a hundred tokens one.
	for _, tt := range []struct {
		name, settings, flags string
		want                  []bool
	}{
		{"--max-cost leaves two cents", "", "--max-cost 0.0605", []bool{true, false, true}},
		{"--max-cost leaves enough", "", "--max-cost 1", []bool{true, true, true}},
		{"the limit a run leaves nothing", "[spending]\nper_run = 0.0405\n", "--yes", []bool{false, false, false}},
		{"the limit a run leaves three cents", "[spending]\nper_run = 0.0705\n", "--yes", []bool{true, true, false}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, _ := expensive(t, tt.settings)
			f := &flaky{lost: []int{100, 200, 100}}
			f.before(t, s)
			s.expect(t, ExitDone, "embed "+tt.flags+" --model nanogpt/text-embedding-3-small "+manyWords(t))
			if !slices.Equal(f.leave, tt.want) {
				t.Errorf("%v, want %v\n%s", f.leave, tt.want, s.err.String())
			}
		})
	}
}
