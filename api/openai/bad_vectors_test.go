package openai

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
)

// spoiled answers with the vectors of all texts, but for those with a "!" that value.
func spoiled(t *testing.T, value string, requests *int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		*requests++
		a := readAsked(t, r)
		values := make([]string, len(a.Input))
		for i, text := range a.Input {
			if values[i] = inNumbers(vectorOf(text)); strings.Contains(text, "!") {
				values[i] = value
			}
		}
		fmt.Fprint(w, answerOf(values...))
	}
}

func TestTheResultSaysHowLongVectorsWere(t *testing.T) {
	answers := map[string]string{"short": "[0.3,0.4,0]", "long": "[3,0,4]", "unit": "[0,1,0]", "zeros": "[0,0,0]"}
	client := serve(t, "openai", func(w http.ResponseWriter, r *http.Request) {
		var values []string
		for _, text := range readAsked(t, r).Input {
			values = append(values, answers[text])
		}
		fmt.Fprint(w, answerOf(values...))
	})
	for _, c := range []struct {
		texts []string
		low   float64
		high  float64
	}{{[]string{"unit", "long", "zeros", "short"}, .5, 5}, {[]string{"unit"}, 1, 1}} {
		got, err := client.Embed(t.Context(), api.Request{Model: "m", Texts: c.texts})
		if n := got.Norms; err != nil || math.Abs(n.Low-c.low) > 1e-6 || math.Abs(n.High-c.high) > 1e-6 {
			t.Errorf("%q: from %v to %v, %v", c.texts, n.Low, n.High, err)
		}
	}
}

func TestABadVectorIsNamedByItsTextAndCostsNoOther(t *testing.T) {
	for value, why := range map[string]string{
		"null": "neither numbers nor base64", "[]": "empty", `""`: "empty", "[NaN,1,2]": `"NaN" is no finite number`, "[1,null,2]": `"null" is no finite number`,
		"[1e999,1,2]": `"1e999" is no finite number`, "[0,0,0]": "a vector of zeros", `"AAAAAAA="`: "5 bytes",
	} {
		for _, c := range []struct {
			texts []string
			bad   []int
		}{
			{[]string{"a", "", "b", "c!", "d"}, []int{3}},
			{[]string{"a!", "b!", "c"}, []int{0, 1}},
			{[]string{"a!"}, []int{0}},                                                   // the only one that is not kept from before
			{[]string{"a!", "b!", "c!"}, []int{0, 1, 2}},                                 // likewise
			{append(slices.Repeat([]string{"a!"}, 40), numbered(40)...), placesUpTo(40)}, // one batch
		} {
			requests := 0
			client := serve(t, "openai", spoiled(t, value, &requests))
			arrived, done := 0, 0
			got, err := client.Embed(t.Context(), api.Request{Model: "m", Texts: c.texts, Progress: func(n int) { done = n },
				Arrived: func(at []int, _ [][]float32) { arrived += len(at) }})
			if err != nil || requests != 1 {
				t.Fatalf("%s for %v: %d requests, %v", value, c.bad, requests, err)
			}
			for i, text := range c.texts {
				var one *api.TextError
				switch {
				case slices.Contains(c.bad, i):
					if !errors.As(got.Failed[i], &one) || one.Index != i || !strings.Contains(one.Error(), fmt.Sprintf("text %d has no vector", i+1)) ||
						!strings.Contains(one.Error(), "choose another model") || text != "" && !strings.Contains(one.Error(), why) {
						t.Errorf("%s, text %d: %v", value, i, got.Failed[i])
					}
				case text != "" && !slices.Equal(got.Vectors[i], unitOf(text)):
					t.Errorf("%s: text %d came as %v", value, i, got.Vectors[i])
				}
			}
			if good := len(c.texts) - len(got.Failed); arrived != good || done != len(c.texts) || got.Usage.Tokens != 8 {
				t.Errorf("%s: %d of %d arrived, %d texts are done, usage %+v", value, arrived, good, done, got.Usage)
			}
		}
	}
}

func placesUpTo(n int) []int {
	places := make([]int, n)
	for i := range places {
		places[i] = i
	}
	return places
}

func TestAServerWithoutOneGoodVectorIsNotPaidForAllTexts(t *testing.T) {
	for _, inputs := range []int{1, 5, 100} {
		requests := 0
		cfg := Config{Profile: profile(t, "openai"), Key: api.NewSecret(testKey), MaxInputs: inputs, Concurrency: 1, RequestsPerSecond: 1e6}
		client := serveConfig(t, cfg, spoiled(t, "[NaN,NaN]", &requests))
		_, err := embed(client, slices.Repeat([]string{"all of them!"}, 200)...)
		if err == nil || !strings.Contains(err.Error(), `vector 1: "NaN" is no finite number; the server's answer is faulty`) || requests > refusedEnough {
			t.Errorf("%d a request: %d requests, %v", inputs, requests, err)
		}
	}
}
