package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
)

// short is a server that reads fewer tokens than its list says, a token being a
// character and a half of a text's own count.
type short struct {
	api.Uncached
	limit, mute int
	asked       [][]string
	streamed    []bool // whether it need not give vectors twice
}

func (s *short) Embed(_ context.Context, req api.Request) (api.Result, error) {
	s.asked, s.streamed = append(s.asked, slices.Clone(req.Texts)), append(s.streamed, req.Streamed)
	result := api.Result{Dimensions: 2, Vectors: make([][]float32, len(req.Texts)), Failed: map[int]error{}, Usage: api.Usage{Requests: 1}}
	for i, text := range req.Texts {
		if req.Progress != nil {
			req.Progress(i + 1)
		}
		if req.Batch != nil {
			req.Batch(i+1, len(req.Texts))
		}
		if has := len(text) * 3 / 2; has > s.limit {
			told := &api.LimitError{Limit: s.limit, Tokens: has, Err: errors.New("too large")}
			if s.mute > 0 {
				told.Tokens = 0
			}
			result.Failed[i] = &api.TextError{Index: i, Err: told}
			continue
		}
		result.Vectors[i] = []float32{1, 0}
		req.Arrived([]int{i}, [][]float32{{1, 0}})
	}
	return result, nil
}

func TestATextOverAToldLimitIsCutAndSentAgainWhereThatWasPromised(t *testing.T) {
	texts := []string{"short", strings.Repeat("x", 90), "also short", strings.Repeat("y", 61)}
	for _, mute := range []int{0, 1} {
		for _, long := range []Long{LongCut, LongSent, LongLeftOut} {
			server := &short{limit: 60, mute: mute}
			m := api.Model{Provider: "p", ID: "m", Dimensions: 2, MaxTokens: 8192, Price: price(0)}
			e := &Engine{Catalog: catalog.New([]api.Model{m}), Providers: map[string]api.Provider{"p": server}, HasKey: func(string) bool { return true }}
			var done, batches []int
			emb, err := e.Embed(context.Background(), Source{Model: m}, texts, EmbedOptions{Long: long, Count: func(s string) int { return len(s) },
				Progress: func(n int) { done = append(done, n) }, Batch: func(n, _ int) { batches = append(batches, n) }})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.IsSorted(done) || !slices.IsSorted(batches) || done[len(done)-1] != len(texts) {
				t.Errorf("done are %v texts and %v batches", done, batches)
			}
			learnt, err := e.Catalog.Find("p/m")
			if err != nil || learnt.MaxTokens != 60 {
				t.Errorf("the catalog says %d, %v", learnt.MaxTokens, err)
			}
			if long != LongCut {
				var left *LongTextError
				if len(emb.Failed) != 2 || emb.Vectors.Has(1) || len(server.asked) != 1 || errors.As(emb.Failed[3], &left) != (long == LongLeftOut) {
					t.Errorf("%d: %v after %d askings", long, emb.Failed, len(server.asked))
				}
				continue
			}
			if len(emb.Failed) != 0 || !slices.Equal(emb.Clipped, []int{1, 3}) || emb.Vectors.Present() != 4 || emb.Usage.Requests != len(server.asked) || emb.Usage.Texts != 4 {
				t.Errorf("%v, clipped %v, usage %+v", emb.Failed, emb.Clipped, emb.Usage)
			}
			if last := len(server.streamed) - 1; slices.Index(server.streamed, false) != 1 || server.streamed[last] {
				t.Errorf("it is asked to give vectors once: %v, and it gave those of the first asking twice", server.streamed)
			}
			again := server.asked[len(server.asked)-1]
			if !strings.HasPrefix(texts[1], again[0]) || len(again[0]) < 25 {
				t.Errorf("cut to %q", again)
			}
		}
	}
}

// shortAndBroken is such a server that breaks off when it is asked again.
type shortAndBroken struct{ short }

func (s *shortAndBroken) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	if len(s.asked) > 0 {
		return api.Result{Usage: api.Usage{Requests: 1, Failed: 1, Lost: 1, LostTokens: 7}}, errors.New("broken off")
	}
	return s.short.Embed(ctx, req)
}

func TestWhatAskingForACutTextTookCountsWhenItFails(t *testing.T) {
	m := api.Model{Provider: "p", ID: "m", Dimensions: 2, MaxTokens: 8192, Price: price(0)}
	e := &Engine{Catalog: catalog.New([]api.Model{m}), Providers: map[string]api.Provider{"p": &shortAndBroken{short{limit: 60}}}, HasKey: func(string) bool { return true }}
	emb, err := e.Embed(t.Context(), Source{Model: m}, []string{"short", strings.Repeat("x", 90)}, EmbedOptions{Long: LongCut, Count: func(s string) int { return len(s) }})
	if err == nil || emb.Usage.Requests != 2 || emb.Usage.LostTokens != 7 || !emb.Vectors.Has(0) {
		t.Errorf("%+v, %v", emb.Usage, err)
	}
}

func TestTheTextsThatAreOverALimitAreFoundWhereverTheyStand(t *testing.T) {
	limit, another := &api.LimitError{Limit: 8}, &api.LimitError{Limit: 9}
	over := overLimit(map[int]error{
		0: fmt.Errorf("asking: %w", limit), 1: errors.New("out of order"), 2: &api.TextError{Index: 2, Err: another},
	})
	if len(over) != 2 || over[0] != limit || over[2] != another {
		t.Errorf("%v", over)
	}
	if over := overLimit(nil); len(over) != 0 {
		t.Errorf("of none failed %v", over)
	}
}

// Of a text that is counted by another tokenizer than the model's a quarter is kept in
// reserve.
func TestATextIsCutToWhatAModelReadsForCertain(t *testing.T) {
	for name, c := range map[string]struct {
		model    api.Model
		tokens   int
		reserved bool
	}{
		"counted exactly": {api.Model{MaxTokens: 8191, Tokenizer: "cl100k_base"}, 8191, false},
		"counted about":   {api.Model{MaxTokens: 8191}, 6144, true},
		"few":             {api.Model{MaxTokens: 3}, 3, true},
	} {
		if tokens, reserved := CutTo(c.model); tokens != c.tokens || reserved != c.reserved {
			t.Errorf("%s: %d tokens, reserved %t", name, tokens, reserved)
		}
	}
}
