package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestFactsOfAModel(t *testing.T) {
	zero, dime := 0.0, 0.1
	for name, c := range map[string]struct {
		model              Model
		free, exact, never bool
		cost               float64 // of ten million tokens
	}{
		"unknown":            {Model{}, false, false, false, 0},
		"free":               {Model{Price: &zero}, true, false, false, 0},
		"a dime a million":   {Model{Price: &dime}, false, false, false, 1},
		"OpenAI's tokenizer": {Model{Tokenizer: "cl100k_base"}, false, true, false, 0},
		"another":            {Model{Tokenizer: "o200k_base"}, false, false, false, 0},
		"an embedding model": {Model{Kind: KindEmbedding}, false, false, false, 0},
		"a reranker":         {Model{Kind: KindReranker}, false, false, true, 0},
	} {
		usd, priced := c.model.Cost(10_000_000)
		if c.model.Free() != c.free || c.model.CountsExactly() != c.exact || (c.model.Unselectable() != "") != c.never || usd != c.cost || priced != (c.model.Price != nil) {
			t.Errorf("%s: free %v, counts exactly %v, never %q, costs $%v, %v", name, c.model.Free(), c.model.CountsExactly(), c.model.Unselectable(), usd, priced)
		}
	}
	if m := (Model{Dimensions: 1}).WithDimensions(2); len(m.Notes) != 1 || m.ListedDimensions != 1 {
		t.Errorf("one dimension was listed: %+v", m)
	}
	for listed, want := range map[int]int{0: 2, 1: 1, 2: 2, 3: 2} {
		if m := (Model{MaxTokens: listed}).WithMaxTokens(2); m.MaxTokens != want || (len(m.Notes) == 1) != (listed > 2) {
			t.Errorf("of %d listed tokens a server reads 2: %+v", listed, m)
		}
	}
	unknown := Model{}
	if err := unknown.CheckDimensions(mostDimensions); err != nil {
		t.Error(err)
	}
	if err := unknown.CheckDimensions(mostDimensions + 1); err == nil {
		t.Error("more dimensions than any model has can be asked for")
	}
}

func TestCandidatesAtTheEdges(t *testing.T) {
	for text, want := range map[string]Candidate{
		"p/m@1": {"p/m", 1}, "p/@m": {}, "p/m@01": {"p/m", 1}, "p/m@99999999999999999999": {}, "@1": {}, "@": {}, "/@1": {}, "p/@1": {}, "p/m@1@2": {"p/m@1", 2}, "a/": {}, "m@2": {},
	} {
		if got, err := ParseCandidate(text); got != want || (err == nil) != (want != Candidate{}) {
			t.Errorf("%q reads as %+v, %v", text, got, err)
		}
	}
}

// set numbers the fields of a struct from first on, those that count.
func set(v reflect.Value, first int) {
	for i := range v.NumField() {
		switch f := v.Field(i); f.Kind() {
		case reflect.Int, reflect.Int64:
			f.SetInt(int64(first * (i + 1)))
		}
	}
}

func TestEveryCounterOfUsageIsAddedAndTakenAway(t *testing.T) {
	var one, two, three Usage
	set(reflect.ValueOf(&one).Elem(), 1)
	set(reflect.ValueOf(&two).Elem(), 2)
	set(reflect.ValueOf(&three).Elem(), 3)
	if sum := one.Plus(two); !reflect.DeepEqual(sum, three) {
		t.Errorf("%+v, want %+v", sum, three)
	}
	rest := three.Minus(two)
	if rest.Latencies = nil; !reflect.DeepEqual(rest, one) {
		t.Errorf("%+v, want %+v", rest, one)
	}
}

func TestATallyIsOfTheModelAddedLast(t *testing.T) {
	early, late := time.Unix(10, 0), time.Unix(20, 0)
	for _, c := range []struct{ a, b, want time.Time }{{early, late, late}, {late, early, late}, {time.Time{}, early, early}, {early, time.Time{}, early}} {
		sum := Tally{Last: c.a}.Plus(Tally{Provider: "p", Model: "m", Last: c.b})
		if sum.Ref() != "p/m" || !sum.Last.Equal(c.want) {
			t.Errorf("%s, last at %v, want %v", sum.Ref(), sum.Last, c.want)
		}
	}
	for want, sums := range map[bool][]Tally{true: {{Estimated: 1, USD: .1}}, false: {{}, {Estimated: 1}, {USD: .1}}} {
		for _, sum := range sums {
			if sum.CostEstimated() != want {
				t.Errorf("the cost of %+v is estimated: %v", sum, !want)
			}
		}
	}
}

func TestPercentilesByTheNearestRank(t *testing.T) {
	four := []time.Duration{40, 10, 30, 20}
	for share, want := range map[float64]time.Duration{0: 10, .01: 10, .25: 10, .26: 20, .5: 20, .51: 30, .75: 30, .95: 40, 1: 40, 2: 40} {
		if got, ok := Percentile(four, share); got != want || !ok {
			t.Errorf("%v do not exceed %v, want %v", share, got, want)
		}
	}
	if four[0] != 40 {
		t.Error("the latencies were put into order")
	}
	if _, ok := Percentile(nil, .5); ok {
		t.Error("nothing has a latency")
	}
}

func TestCountsAreReadAsDecimalNumbers(t *testing.T) {
	if got := ParseHistogram("10:10 7:08"); got[10] != 10 || got[7] != 8 || got.String() != "7:8 10:10" {
		t.Errorf("%v", got)
	}
	if spans := (Histogram{3: 1}).Spans(0); spans != nil {
		t.Errorf("no spans are %v", spans)
	}
	if rest := (Histogram{1: 5, 2: 3, 3: 1}).Minus(Histogram{1: 5, 2: 1, 3: 4, 4: 1}); !reflect.DeepEqual(rest, Histogram{2: 2}) {
		t.Errorf("the rest is %v", rest)
	}
}

func TestNothingPrintsASecret(t *testing.T) {
	const key = "sk-0123456789abcdef"
	secret := NewSecret(" \t" + key + "\n")
	if secret.Empty() || secret.Reveal() != key {
		t.Fatalf("the key is %q", secret.Reveal())
	}
	for _, none := range []Secret{{}, NewSecret(""), NewSecret(" \n")} {
		if !none.Empty() || none.Reveal() != "" {
			t.Errorf("no key is %q", none.Reveal())
		}
	}
	holder := struct {
		Name string
		Key  Secret
		By   map[string]Secret
	}{"n", secret, map[string]Secret{"k": secret}}
	var logged bytes.Buffer
	slog.New(slog.NewTextHandler(&logged, nil)).Info("m", "key", secret, "holder", holder)
	written, err := json.Marshal(holder)
	if err != nil {
		t.Fatal(err)
	}
	text, _ := secret.MarshalText()
	said := []string{secret.String(), secret.GoString(), string(text), logged.String(), string(written)}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		said = append(said, fmt.Sprintf(verb, secret), fmt.Sprintf(verb, []Secret{secret}), fmt.Sprintf("%+v", holder))
	}
	for _, s := range said {
		if !strings.Contains(s, HiddenKey) || strings.Contains(s, key) {
			t.Errorf("%q", s)
		}
	}
}

func TestPresetsThatSayNothingOfARoleSendNothing(t *testing.T) {
	for model, want := range map[string]Roles{
		"voyage-3":         {Query: Manner{Field: Field{"input_type", "query"}}, Document: Manner{Field: Field{"input_type", "document"}}, From: RolesPreset},
		"own:e5-base":      {},
		"e5-small:e5-base": PresetRoles("e5-small"),
		// Of several names that fit the longest counts, and only as a whole word.
		"xe5-base-e5-base":        PresetRoles("e5-base"),
		"embedding-2-bge-base-zh": PresetRoles("bge-base-zh"),
	} {
		if got := PresetRoles(model); got != want {
			t.Errorf("%s: %+v, want %+v", model, got, want)
		}
	}
	if !PresetRoles("voyage-3").Symmetric.Plain() || PresetRoles("voyage-3").Query.Plain() || (Manner{Prefix: " "}).Plain() {
		t.Error("what is sent as it is")
	}
}
