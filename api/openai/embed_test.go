package openai

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vecscope/vecscope/api"
)

func TestEveryTextGetsItsVectorAtUnitLength(t *testing.T) {
	for _, p := range Profiles() {
		c := serve(t, p.Name, wellBehaved(t))
		texts := []string{"one", "two and more", "three", "fourth"}
		got, err := embed(c, texts...)
		if err != nil || got.Dimensions != 3 || len(got.Failed) != 0 {
			t.Fatalf("%s: %+v, %v", p.Name, got, err)
		}
		for i, text := range texts {
			if !slices.Equal(got.Vectors[i], unitOf(text)) {
				t.Errorf("%s: %q came as %v", p.Name, text, got.Vectors[i])
			}
		}
		u := got.Usage
		if u.Tokens != 8 || u.Estimated || u.Requests != 1 || len(u.Latencies) != 1 || u.Elapsed <= 0 {
			t.Errorf("%s: usage %+v", p.Name, u)
		}
	}
}

func TestOnlyWhatTheProfileAllowsIsSent(t *testing.T) {
	for kind, want := range map[string]struct{ base64, dimensions, output bool }{
		"nanogpt": {true, true, false}, "openai": {true, true, false}, "ollama": {true, true, false},
		"llamacpp": {true, false, false}, "lmstudio": {false, false, false}, "vllm": {true, false, false},
		"tei": {true, true, false}, "openrouter": {false, true, false}, "mistral": {true, false, true},
		"voyage": {true, false, true}, "jina": {false, true, false}, "generic": {false, true, false},
	} {
		for _, dimensions := range []int{0, 2} {
			var got asked
			c := serve(t, kind, func(w http.ResponseWriter, r *http.Request) {
				got = readAsked(t, r)
				fmt.Fprint(w, answerTo(got))
			})
			if _, err := c.Embed(context.Background(), api.Request{Model: "m", Dimensions: dimensions, Texts: []string{"a"}}); err != nil {
				t.Fatal(err)
			}
			asks := dimensions > 0
			if (got.EncodingFormat != nil) != want.base64 || (got.EncodingFormat != nil && *got.EncodingFormat != "base64") {
				t.Errorf("%s is sent an encoding_format: %v", kind, got.EncodingFormat != nil)
			}
			if (got.Dimensions != nil) != (asks && want.dimensions) || (got.OutputDimension != nil) != (asks && want.output) {
				t.Errorf("%s, asked for %d dimensions, is sent dimensions %v, output_dimension %v", kind, dimensions, got.Dimensions != nil, got.OutputDimension != nil)
			}
		}
	}
}

func TestDimensionsAreAskedOnlyOfModelsThatTakeThem(t *testing.T) {
	var got asked
	answer := func(list string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodGet {
				fmt.Fprint(w, list)
				return
			}
			got = readAsked(t, r)
			fmt.Fprint(w, answerTo(got))
		}
	}
	asks := func(c *Client, model string) bool {
		t.Helper()
		if _, err := c.Embed(context.Background(), api.Request{Model: model, Dimensions: 2, Texts: []string{"a"}}); err != nil {
			t.Fatal(err)
		}
		return got.Dimensions != nil
	}
	nanogpt := serve(t, "nanogpt", answer(`{"data":[{"id":"yes","supports_dimensions":true},{"id":"no","supports_dimensions":false},{"id":"silent"}]}`))
	if !asks(nanogpt, "no") {
		t.Error("before the list is read, nothing is known of a refusal")
	}
	if _, err := nanogpt.Models(context.Background()); err != nil {
		t.Fatal(err)
	}
	if !asks(nanogpt, "yes") || asks(nanogpt, "no") || !asks(nanogpt, "silent") {
		t.Error("nanogpt is asked for what its list excludes, or not for what it allows")
	}
	openai := serve(t, "openai", answer(`{"data":[{"id":"text-embedding-ada-002"},{"id":"text-embedding-3-small"}]}`))
	if _, err := openai.Models(context.Background()); err != nil {
		t.Fatal(err)
	}
	if asks(openai, "text-embedding-ada-002") || !asks(openai, "text-embedding-3-small") {
		t.Error("OpenAI's ada-002 answers dimensions with 400")
	}
	vllm := serveConfig(t, Config{Profile: profile(t, "vllm"), Models: []api.Model{{ID: "matryoshka", SupportsDimensions: true}}}, answer(`{"data":[]}`))
	if !asks(vllm, "matryoshka") || asks(vllm, "other") {
		t.Error("vLLM answers 400 unless a model is Matryoshka, as only the settings know")
	}
}

func TestTheServersVectorLengthWins(t *testing.T) {
	c := serve(t, "nanogpt", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			fmt.Fprint(w, `{"data":[{"id":"m","dimensions":1024,"supports_dimensions":true}]}`)
			return
		}
		fmt.Fprint(w, answerTo(readAsked(t, r)))
	})
	got, err := c.Embed(context.Background(), api.Request{Model: "m", Texts: []string{"a"}})
	if err != nil || got.Dimensions != 3 {
		t.Fatalf("%d dimensions, %v", got.Dimensions, err)
	}
	models, err := c.Models(context.Background())
	if err != nil || models[0].Dimensions != 3 || !slices.Contains(models[0].Notes, "The list says 1024 dimensions; its vectors have 3.") {
		t.Errorf("%+v, %v", models, err)
	}
}

func TestAnAnswerShorterThanTheModelTeachesNothingAboutIt(t *testing.T) {
	c := serve(t, "nanogpt", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			fmt.Fprint(w, `{"data":[{"id":"m","dimensions":1024}]}`)
			return
		}
		fmt.Fprint(w, answerTo(readAsked(t, r)))
	})
	if _, err := c.Embed(context.Background(), api.Request{Model: "m", Dimensions: 3, Texts: []string{"a"}}); err != nil {
		t.Fatal(err)
	}
	if models, err := c.Models(context.Background()); err != nil || models[0].Dimensions != 1024 {
		t.Errorf("asking for 3 dimensions made the model %+v, %v", models, err)
	}
}

func TestPrefixGoesBeforeEveryText(t *testing.T) {
	var got asked
	c := serve(t, "nanogpt", func(w http.ResponseWriter, r *http.Request) {
		got = readAsked(t, r)
		fmt.Fprint(w, answerTo(got))
	})
	_, err := c.Embed(context.Background(), api.Request{Model: "m", Prefix: "Query <&>: ", Texts: []string{"a", "  ", "b"}})
	if err != nil || !slices.Equal(got.Input, []string{"Query <&>: a", "Query <&>: b"}) {
		t.Errorf("%q, %v", got.Input, err)
	}
}

func TestTheRoleIsAFieldOfTheRequest(t *testing.T) {
	var body map[string]any
	c := serve(t, "voyage", func(w http.ResponseWriter, r *http.Request) {
		body = nil
		data, err := io.ReadAll(r.Body)
		if err != nil || json.Unmarshal(data, &body) != nil {
			t.Errorf("%s, %v", data, err)
		}
		fmt.Fprint(w, answerTo(asked{Input: []string{"a"}}))
	})
	for _, want := range []api.Field{{Name: "input_type", Value: "query"}, {}} {
		if _, err := c.Embed(context.Background(), api.Request{Model: "m", Field: want, Texts: []string{"a"}}); err != nil {
			t.Fatal(err)
		}
		if got, said := body["input_type"]; said != (want.Name != "") || said && got != want.Value {
			t.Errorf("%+v is sent as %v", want, got)
		}
	}
}

func TestEmptyTextsAreNamedAndNotSent(t *testing.T) {
	c := serve(t, "openai", wellBehaved(t))
	got, err := embed(c, "a", "", "b", " \n\t")
	if err != nil || len(got.Failed) != 2 || got.Vectors[1] != nil || got.Vectors[3] != nil {
		t.Fatalf("%+v, %v", got, err)
	}
	for _, i := range []int{1, 3} {
		var empty *api.EmptyTextError
		if !errors.As(got.Failed[i], &empty) || empty.Index != i {
			t.Errorf("text %d: %v", i, got.Failed[i])
		}
	}
	if !slices.Equal(got.Vectors[2], unitOf("b")) {
		t.Error("an empty text moved those after it")
	}
}

func TestNothingToEmbedIsNotSent(t *testing.T) {
	c := serve(t, "openai", func(http.ResponseWriter, *http.Request) { t.Error("it was asked") })
	for _, texts := range [][]string{nil, {""}, {" ", "\n"}} {
		if got, err := embed(c, texts...); err != nil || len(got.Vectors) != len(texts) || got.Usage.Requests != 0 {
			t.Errorf("%q: %+v, %v", texts, got, err)
		}
	}
}

func TestAVectorOfZerosFailsItsTextOnly(t *testing.T) {
	c := serve(t, "openai", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, answerOf("[0,0]", "[3,4]")) })
	got, err := embed(c, "a", "b")
	var text *api.TextError
	if err != nil || !errors.As(got.Failed[0], &text) || got.Vectors[0] != nil || !slices.Equal(got.Vectors[1], []float32{0.6, 0.8}) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestBatchesOfDifferentLengthsAreRefused(t *testing.T) {
	var requests atomic.Int64
	cfg := Config{Profile: profile(t, "openai"), Key: api.NewSecret(testKey), MaxInputs: 1, Concurrency: 1, RequestsPerSecond: 1e6}
	c := serveConfig(t, cfg, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, answerOf("[1,2,3"+strings.Repeat(",4", int(requests.Add(1)))+"]"))
	})
	if _, err := embed(c, "a", "b"); err == nil || !strings.Contains(err.Error(), "vectors of 4 and 5 dimensions") {
		t.Errorf("two lengths: %v", err)
	}
}

func TestWhatArrivedBeforeAFailureIsKeptAndCounted(t *testing.T) {
	cfg := Config{Profile: profile(t, "openai"), Key: api.NewSecret(testKey), MaxInputs: 1, Concurrency: 1, RequestsPerSecond: 1e6}
	var requests atomic.Int64
	c := serveConfig(t, cfg, func(w http.ResponseWriter, r *http.Request) {
		if requests.Add(1) == 4 {
			w.WriteHeader(402)
			fmt.Fprint(w, `{"error":"Insufficient balance","requiredBalance":0.0035,"status":402}`)
			return
		}
		fmt.Fprint(w, answerTo(readAsked(t, r)))
	})
	var arrived []int
	got, err := c.Embed(context.Background(), api.Request{Model: "m", Texts: numbered(10), Arrived: func(at []int, _ [][]float32) { arrived = append(arrived, at...) }})
	if err == nil || !strings.Contains(err.Error(), "402 Payment Required: Insufficient balance ($0.0035 needed); add credit") {
		t.Errorf("error %v", err)
	}
	if !slices.Equal(arrived, []int{0, 1, 2}) || requests.Load() != 4 || got.Usage.Tokens != 24 || got.Usage.Requests != 4 {
		t.Errorf("arrived %v after %d requests, usage %+v", arrived, requests.Load(), got.Usage)
	}
}

func TestAFailureAwaitsTheBatchesUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var arrived []int
		c := inside(t, Config{MaxInputs: 1, Concurrency: 2}, func(r *http.Request) (*http.Response, error) {
			a := readAsked(t, r)
			if a.Input[0] == "text 1" {
				time.Sleep(time.Second)
				return response(403, `{"error":{"message":"no"}}`), nil
			}
			time.Sleep(5 * time.Second)
			return response(200, answerTo(a)), nil
		})
		_, err := c.Embed(t.Context(), api.Request{Model: "m", Texts: numbered(10), Arrived: func(at []int, _ [][]float32) { arrived = append(arrived, at...) }})
		if err == nil || !slices.Equal(arrived, []int{0}) {
			t.Errorf("arrived %v, %v: the batch under way is paid for", arrived, err)
		}
	})
}

func TestCancellingCutsWhatIsUnderWayAndKeepsWhatArrived(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		c := inside(t, Config{MaxInputs: 1, Concurrency: 1}, func(r *http.Request) (*http.Response, error) {
			a := readAsked(t, r)
			if a.Input[0] == "text 2" {
				time.AfterFunc(time.Second, cancel)
				<-r.Context().Done()
				return nil, r.Context().Err()
			}
			return response(200, answerTo(a)), nil
		})
		arrived := 0
		got, err := c.Embed(ctx, api.Request{Model: "m", Texts: numbered(10), Arrived: func([]int, [][]float32) { arrived++ }})
		if !errors.Is(err, context.Canceled) || arrived != 2 || got.Usage.Tokens != 16 {
			t.Errorf("arrived %d, usage %+v, %v", arrived, got.Usage, err)
		}
	})
}

func TestRequestsRunSideBySideUnderTheCap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var now, most atomic.Int64
		c := inside(t, Config{MaxInputs: 1, Concurrency: 3, RequestsPerSecond: 1e6}, func(r *http.Request) (*http.Response, error) {
			if n := now.Add(1); n > most.Load() {
				most.Store(n)
			}
			defer now.Add(-1)
			time.Sleep(time.Second)
			return response(200, answerTo(readAsked(t, r))), nil
		})
		start := time.Now()
		var both sync.WaitGroup
		for range 2 { // two candidates at once share the cap
			both.Go(func() {
				if _, err := embed(c, numbered(6)...); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		if took := time.Since(start); most.Load() != 3 || took.Round(time.Second) != 4*time.Second {
			t.Errorf("up to %d at once, in %s", most.Load(), took)
		}
	})
}

func TestOneLimiterHoldsForAllAttempts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var times []time.Time
		c := inside(t, Config{MaxInputs: 1, Concurrency: 8, RequestsPerSecond: 2}, func(r *http.Request) (*http.Response, error) {
			mu.Lock()
			times = append(times, time.Now())
			first := len(times) <= 4
			mu.Unlock()
			if first {
				return response(503, ""), nil
			}
			return response(200, answerTo(readAsked(t, r))), nil
		})
		if _, err := embed(c, numbered(8)...); err != nil {
			t.Fatal(err)
		}
		if len(times) != 12 {
			t.Errorf("%d attempts", len(times))
		}
		for i := 1; i < len(times); i++ {
			if gap := times[i].Sub(times[i-1]); gap < 499*time.Millisecond {
				t.Errorf("attempt %d came %s after the one before", i+1, gap)
			}
		}
	})
}

// What is handed over as it comes need not be in the result too, but nothing is lost
// where nobody takes it.
func TestVectorsAreHeldUnlessTheyAreHandedOver(t *testing.T) {
	c := serve(t, "nanogpt", wellBehaved(t))
	for _, tt := range []struct{ streamed, taken, held bool }{{false, false, true}, {false, true, true}, {true, false, true}, {true, true, false}} {
		req, came := api.Request{Model: "m", Texts: []string{"a", "bc"}, Streamed: tt.streamed}, 0
		if tt.taken {
			req.Arrived = func(at []int, _ [][]float32) { came += len(at) }
		}
		got, err := c.Embed(t.Context(), req)
		if held := len(got.Vectors) == 2 && slices.Equal(got.Vectors[1], unitOf("bc")); err != nil || held != tt.held || (came == 2) != tt.taken {
			t.Errorf("%+v: %d handed over, %v held, %v", tt, came, got.Vectors, err)
		}
	}
}

func TestARequestIsWrittenAsItIsRead(t *testing.T) {
	c := inside(t, Config{}, nil)
	for want, req := range map[string]api.Request{
		`{"encoding_format":"base64","input":["> a <b> & \"c\""],"model":"m"}`:                           {Model: "m", Prefix: "> ", Texts: []string{`a <b> & "c"`}},
		`{"dimensions":8,"encoding_format":"base64","input":["a"],"model":"owner/m","task":"retrieval"}`: {Model: "owner/m", Dimensions: 8, Field: api.Field{Name: "task", Value: "retrieval"}, Texts: []string{"a"}},
	} {
		if got, err := c.newJob(req).body(batch{0}); err != nil || string(got) != want {
			t.Errorf("%s, %v; want %s", got, err, want)
		}
	}
}
