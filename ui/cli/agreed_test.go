package cli

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/report"
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

// Texts and queries share one limit, and each are paid from what was approved of for them.
func TestEachIsPaidFromWhatWasApprovedOfForIt(t *testing.T) {
	s, _ := expensive(t, "")
	engine, err := s.engine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m, err := engine.Catalog.Find("nanogpt/text-embedding-3-small")
	if err != nil {
		t.Fatal(err)
	}
	cmd := &cobra.Command{}
	req := requestFlags(cmd)
	if err := cmd.ParseFlags([]string{"--yes"}); err != nil {
		t.Fatal(err)
	}
	candidates := []chosen{{api.Candidate{Model: m.Ref(), Dimensions: m.Dimensions}, m}}
	texts := s.runOf(req, engine, candidates, []corpus.Text{{Text: "a text"}, {Text: "another"}, {Text: "one more"}}, "")
	queries := s.runOf(req, engine, candidates, []corpus.Text{{Text: "what"}}, "")
	queries.role, queries.called = api.RoleQuery, report.Queries
	cmd.SetContext(t.Context())
	if err := texts.allow(cmd, req, false, queries); err != nil {
		t.Fatal(err)
	}
	for _, r := range []*run{texts, queries} {
		approval := r.approved[r.sourceOf(m, candidates[0].Candidate).Key()]
		if len(r.approved) != 1 || approval == nil || approval.Cost().Texts != len(r.words) {
			t.Errorf("of %d %s %d are approved of: %+v", len(r.words), r.called.Many, len(r.approved), approval)
		}
	}
}
