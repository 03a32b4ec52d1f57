package apitest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api/apitest"
)

// threeTexts is a request for three vectors of four dimensions.
func threeTexts(encoding string) fields {
	return fields{"model": small, "input": []string{"one", "two", "three"}, "dimensions": 4, "encoding_format": encoding}
}

func TestFaultsThatAnswerInPlaceOfTheServer(t *testing.T) {
	date := time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, tt := range []struct {
		fault      apitest.Fault
		status     int
		code       any
		contains   string
		retryAfter string
	}{
		{apitest.Unauthorized(), 401, "invalid_api_key", "", ""},
		{apitest.Forbidden(), 403, "model_not_allowed", "", ""},
		{apitest.Refused(), 400, "content_policy_violation", "", ""},
		{apitest.TooLarge(), 413, nil, "too large", ""},
		{apitest.TooManyTokens(), 400, "max_tokens_per_request", "", ""},
		{apitest.Unpaid(), 402, nil, `"error":"Insufficient balance","requiredBalance":0.0035`, ""},
		{apitest.Status(409, "conflict", "busy"), 409, "conflict", "busy", ""},
		{apitest.ServerError(), 500, nil, "server_error", ""},
		{apitest.Unavailable(), 503, "model_not_available", "", ""},
		{apitest.TooLargeToProcess(), 500, 500.0, "is too large to process", ""},
		{apitest.ErrorIn200(), 200, 502.0, "No successful provider", ""},
		{apitest.RateLimited(), 429, "rate_limit_exceeded", "", ""},
		{apitest.RateLimitedFor(17), 429, "rate_limit_exceeded", "", "17"},
		{apitest.RateLimitedUntil(date), 429, "rate_limit_exceeded", "", "Wed, 02 Jan 2030 03:04:05 GMT"},
		{apitest.DailyLimit(), 429, "daily_usd_limit_exceeded", "", "86400"},
		{apitest.DailyRequests(), 429, "daily_rpd_limit_exceeded", "", "86400"},
	} {
		t.Run(tt.fault.Name(), func(t *testing.T) {
			s := quick(t)
			s.Fail(tt.fault)
			r := post(t, s, threeTexts("float"))
			if r.status != tt.status || r.errorCode(t) != tt.code || !strings.Contains(string(r.body), tt.contains) || r.header.Get("Retry-After") != tt.retryAfter {
				t.Errorf("status %d, Retry-After %q: %s", r.status, r.header.Get("Retry-After"), r.body)
			}
			if s.Spent() != 0 {
				t.Errorf("cost %v", s.Spent())
			}
			if v := post(t, s, threeTexts("float")).vectors(t); len(v) != 3 {
				t.Errorf("the next request has %d vectors", len(v))
			}
		})
	}
}

func TestPages(t *testing.T) {
	for _, tt := range []struct {
		fault  apitest.Fault
		status int
	}{{apitest.NotFoundPage(), 404}, {apitest.LoginPage(), 200}, {apitest.BadGateway(), 502}} {
		s := quick(t)
		s.Fail(tt.fault)
		r := post(t, s, threeTexts("float"))
		if r.status != tt.status || !strings.HasPrefix(r.header.Get("Content-Type"), "text/html") || !bytes.Contains(r.body, []byte("<html")) {
			t.Errorf("%s: status %d, %s: %s", tt.fault, r.status, r.header.Get("Content-Type"), r.body)
		}
	}
}

func TestARedirectNamesThePlace(t *testing.T) {
	s := quick(t)
	s.Fail(apitest.Redirect("http://elsewhere.invalid/v1/embeddings"))
	if r := post(t, s, threeTexts("float")); r.status != http.StatusTemporaryRedirect || r.header.Get("Location") != "http://elsewhere.invalid/v1/embeddings" {
		t.Errorf("status %d to %q", r.status, r.header.Get("Location"))
	}
}

func TestFaultsInTheVectors(t *testing.T) {
	none := -99 // no index
	for _, tt := range []struct {
		fault   apitest.Fault
		indices []int
		lengths []int
	}{
		{apitest.Fine(), []int{0, 1, 2}, []int{4, 4, 4}},
		{apitest.Shuffled(), []int{1, 2, 0}, []int{4, 4, 4}},
		{apitest.NoIndices(), []int{none, none, none}, []int{4, 4, 4}},
		{apitest.SomeIndices(), []int{none, 1, none}, []int{4, 4, 4}},
		{apitest.IndexTwice(), []int{0, 1, 0}, []int{4, 4, 4}},
		{apitest.IndexOutside(), []int{0, 1, 3}, []int{4, 4, 4}},
		{apitest.IndexNegative(), []int{-1, 1, 2}, []int{4, 4, 4}},
		{apitest.OneShort(), []int{0, 1, 2}, []int{4, 4, 3}},
		{apitest.EmptyVector(), []int{0, 1, 2}, []int{0, 4, 4}},
		{apitest.NullVector(), []int{0, 1, 2}, []int{0, 4, 4}},
		{apitest.OfLength(7), []int{0, 1, 2}, []int{7, 7, 7}},
		{apitest.OneMissing(), []int{0, 1}, []int{4, 4}},
		{apitest.OneTooMany(), []int{0, 1, 2, 3}, []int{4, 4, 4, 4}},
		{apitest.NoVectors(), nil, nil},
		{apitest.NoVectors().And(apitest.IndexTwice()), nil, nil},
		{apitest.Shuffled().And(apitest.OneShort()), []int{1, 2, 0}, []int{4, 4, 3}},
		{apitest.OneShort().And(apitest.Shuffled()), []int{1, 2, 0}, []int{4, 3, 4}},
	} {
		t.Run(tt.fault.Name(), func(t *testing.T) {
			s := quick(t)
			s.Fail(tt.fault)
			r := post(t, s, threeTexts("float"))
			var indices, lengths []int
			for _, row := range r.list(t, "data") {
				index := none
				if n, ok := row["index"].(float64); ok {
					index = int(n)
				}
				indices, lengths = append(indices, index), append(lengths, len(vector(t, row["embedding"])))
			}
			if !slices.Equal(indices, tt.indices) || !slices.Equal(lengths, tt.lengths) {
				t.Errorf("indices %v, lengths %v; want %v, %v", indices, lengths, tt.indices, tt.lengths)
			}
		})
	}
}

func TestASingleVectorIsDoubledWhereTwoAreNeeded(t *testing.T) {
	for _, fault := range []apitest.Fault{apitest.SomeIndices(), apitest.IndexTwice(), apitest.OneShort()} {
		s := quick(t)
		s.Fail(fault)
		if v := post(t, s, fields{"model": small, "input": "x"}).vectors(t); len(v) != 2 {
			t.Errorf("%s: %d vectors", fault, len(v))
		}
	}
}

func TestFaultsInTheNumbers(t *testing.T) {
	for _, tt := range []struct {
		fault    apitest.Fault
		encoding string
		begins   string // the first vector, as it stands in the answer
	}{
		{apitest.NumbersForBase64(), "base64", "["},
		{apitest.Base64ForNumbers(), "float", `"`},
		{apitest.BrokenBase64(), "base64", `"AAAA*~~~AAA="`},
		{apitest.OddBase64(), "base64", `"AAAAAAA="`},
		{apitest.NotANumber(), "float", "[NaN,"},
		{apitest.Infinite(), "float", "[Infinity,"},
		{apitest.NullNumber(), "float", "[null,"},
		{apitest.NullNumber(), "base64", "[null,"},
		{apitest.HugeNumber(), "float", "[1e999,"},
		{apitest.ZeroVector(), "float", "[0,0,0,0]"},
		{apitest.ZeroVector(), "base64", `"AAAAAAAAAAAAAAAAAAAAAA=="`},
	} {
		t.Run(tt.fault.Name()+" "+tt.encoding, func(t *testing.T) {
			s := quick(t)
			s.Fail(tt.fault)
			r := post(t, s, threeTexts(tt.encoding))
			if _, rest, found := strings.Cut(string(r.body), `"embedding":`); !found || !strings.HasPrefix(rest, tt.begins) {
				t.Errorf("status %d: %s", r.status, r.body)
			}
		})
	}
}

func TestNotFiniteInBase64(t *testing.T) {
	s := quick(t)
	s.Fail(apitest.NotANumber(), apitest.Infinite())
	if v := post(t, s, threeTexts("base64")).vectors(t); !math.IsNaN(float64(v[0][0])) {
		t.Errorf("%v", v[0])
	}
	if v := post(t, s, threeTexts("base64")).vectors(t); !math.IsInf(float64(v[0][0]), 1) {
		t.Errorf("%v", v[0])
	}
}

func TestVectorsThatAreNotUnitLengthKeepTheirDirection(t *testing.T) {
	s := quick(t)
	right := post(t, s, threeTexts("float")).vectors(t)
	s.Fail(apitest.NotUnitLength())
	for i, v := range post(t, s, threeTexts("float")).vectors(t) {
		if got := cosine(v, right[i]); math.Abs(got-3) > 1e-5 {
			t.Errorf("text %d is %v times as long", i, got)
		}
	}
}

func TestFaultsInTheUsage(t *testing.T) {
	s := quick(t)
	s.Fail(apitest.NoUsage(), apitest.ZeroUsage(), apitest.TotalUsage())
	for _, want := range []string{`null`, `{"prompt_tokens":0,"total_tokens":0}`, `{"total_tokens":3}`} {
		got, err := json.Marshal(post(t, s, threeTexts("float")).decode(t)["usage"])
		if err != nil || string(got) != want {
			t.Errorf("usage %s, %v; want %s", got, err, want)
		}
	}
}

func TestEscapeSequencesInEveryString(t *testing.T) {
	s := quick(t)
	s.FailWhen(apitest.To(""), apitest.EscapeSequences())
	answer := post(t, s, threeTexts("base64"))
	if answer.decode(t)["model"] != small+apitest.Dirt || !strings.HasSuffix(answer.header.Get("X-Request-ID"), apitest.HeaderDirt) {
		t.Errorf("model %q, id %q", answer.decode(t)["model"], answer.header.Get("X-Request-ID"))
	}
	if v := answer.vectors(t); len(v) != 3 || len(v[0]) != 4 {
		t.Errorf("the vectors are spoilt: %v", v)
	}
	wrong := post(t, s, fields{"model": "nope", "input": "x"}).decode(t)["error"].(fields)
	for _, field := range []string{"message", "type", "code", "param"} {
		if !strings.HasSuffix(wrong[field].(string), apitest.Dirt) {
			t.Errorf("error.%s is %q", field, wrong[field])
		}
	}
	row := send(t, s, http.MethodGet, s.URL+"/embedding-models", nil).list(t, "data")[0]
	for _, field := range []string{"id", "name", "description", "owned_by"} {
		if !strings.HasSuffix(row[field].(string), apitest.Dirt) {
			t.Errorf("%s is %q", field, row[field])
		}
	}
	if r := send(t, s, http.MethodGet, root(s), nil); !strings.HasSuffix(string(r.body), apitest.Dirt) {
		t.Errorf("a page: %q", r.body)
	}
}

func TestFaultsInTheBody(t *testing.T) {
	s := quick(t)
	s.Fail(apitest.InvalidJSON(), apitest.TrailingGarbage(), apitest.EmptyBody(), apitest.NullData())
	for _, name := range []string{"invalid", "trailing", "empty"} {
		if r := post(t, s, threeTexts("float")); r.status != http.StatusOK || json.Valid(r.body) {
			t.Errorf("%s: status %d: %.100s", name, r.status, r.body)
		}
	}
	if body := post(t, s, threeTexts("float")).decode(t); body["data"] != nil || body["object"] != "list" {
		t.Errorf("null: %v", body)
	}
}

func TestListsWithoutWhatIsNotPromised(t *testing.T) {
	s := quick(t)
	s.FailWhen(apitest.To("/embedding-models"), apitest.BareList())
	rows := send(t, s, http.MethodGet, s.URL+"/embedding-models", nil).list(t, "data")
	if len(rows) != len(s.Models()) {
		t.Fatalf("%d models", len(rows))
	}
	for _, row := range rows {
		if len(row) != 4 || row["id"] == nil || row["object"] == nil || row["created"] == nil || row["owned_by"] == nil {
			t.Errorf("%v", row)
		}
	}
}

func TestListsWithWrongFields(t *testing.T) {
	s := quick(t)
	s.FailWhen(apitest.To("/embedding-models"), apitest.WrongList())
	rows := send(t, s, http.MethodGet, s.URL+"/embedding-models", nil).decode(t)["data"].([]any)
	models := s.Models()
	if len(rows) != len(models)+4 || rows[len(models)] != nil {
		t.Fatalf("%d rows: %v", len(rows), rows[len(models):])
	}
	field := func(i int, name string) any { return rows[i].(fields)[name] }
	if field(0, "id") != models[0].ID || field(1, "dimensions") != "many" || field(2, "pricing") != nil ||
		field(3, "max_tokens") != 1e300 || field(4, "id") != nil || field(5, "id") != models[0].ID || field(6, "id") != models[6].ID {
		t.Errorf("%v", rows[:7])
	}
}

func TestACutConnectionCostsWhatItCost(t *testing.T) {
	s := quick(t)
	s.Fail(apitest.Cut(), apitest.CutBefore())
	r, err := try(t.Context(), s, http.MethodPost, s.URL+"/embeddings", threeTexts("float"))
	if !errors.Is(err, io.ErrUnexpectedEOF) || len(r.body) == 0 || json.Valid(r.body) {
		t.Errorf("in the middle: %v after %d bytes", err, len(r.body))
	}
	spent := s.Spent()
	if r, err := try(t.Context(), s, http.MethodPost, s.URL+"/embeddings", threeTexts("float")); !errors.Is(err, io.EOF) {
		t.Errorf("at the beginning: status %d, %v", r.status, err)
	}
	if spent <= 0 || s.Spent() != 2*spent {
		t.Errorf("spent %v, then %v", spent, s.Spent())
	}
}

func TestWaysOfSendingThatHarmNothing(t *testing.T) {
	s := quick(t)
	want := post(t, s, threeTexts("float"))
	for _, fault := range []apitest.Fault{apitest.Drip(), apitest.Gzip(), apitest.Drip().And(apitest.Gzip()), apitest.Huge(1000), apitest.Huge(100_000).And(apitest.Gzip())} {
		s.Fail(fault)
		if got := post(t, s, threeTexts("float")); !slices.EqualFunc(got.vectors(t), want.vectors(t), slices.Equal) {
			t.Errorf("%s: %.300s", fault, got.body)
		}
	}
}

func TestHugeAnswers(t *testing.T) {
	s := quick(t)
	const size = 1 << 20
	s.Fail(apitest.Huge(size), apitest.NotFoundPage().And(apitest.Huge(size)))
	if r := post(t, s, threeTexts("float")); len(r.body) < size || !json.Valid(r.body) {
		t.Errorf("%d bytes", len(r.body))
	}
	if r := post(t, s, threeTexts("float")); len(r.body) < size || r.status != http.StatusNotFound {
		t.Errorf("status %d, %d bytes", r.status, len(r.body))
	}
}

func TestGzipOnlyForThoseWhoUnderstandIt(t *testing.T) {
	s := quick(t)
	s.FailWhen(apitest.Always(), apitest.Gzip())
	plain := post(t, s, threeTexts("float"), "Authorization", "Bearer "+s.Key, "Accept-Encoding", "identity")
	if plain.header.Get("Content-Encoding") != "" || !json.Valid(plain.body) {
		t.Errorf("unasked: %q", plain.header.Get("Content-Encoding"))
	}
	packed := post(t, s, threeTexts("float"), "Authorization", "Bearer "+s.Key, "Accept-Encoding", "gzip")
	if packed.header.Get("Content-Encoding") != "gzip" || json.Valid(packed.body) {
		t.Errorf("asked: %q", packed.header.Get("Content-Encoding"))
	}
}

func TestRules(t *testing.T) {
	s := quick(t)
	s.FailWhen(apitest.OfModel("BAAI/bge-m3"), apitest.Forbidden())
	s.FailWhen(apitest.WithMoreThan(2), apitest.TooLarge())
	s.FailWhen(apitest.WithText("bad"), apitest.Refused())
	ask := func(model string, texts ...string) int {
		return post(t, s, fields{"model": model, "input": texts}).status
	}
	for range 2 {
		for _, tt := range []struct{ got, want int }{
			{ask(small, "a", "b"), 200},
			{ask("BAAI/bge-m3", "a"), 403},
			{ask(small, "a", "b", "c"), 413},
			{ask(small, "bad", "b"), 400},
			{ask("BAAI/bge-m3", "a", "b", "c"), 403},
		} {
			if tt.got != tt.want {
				t.Errorf("status %d, want %d", tt.got, tt.want)
			}
		}
	}
	s.Fail(apitest.ServerError())
	if got := ask("BAAI/bge-m3", "a"); got != 500 {
		t.Errorf("the script comes first: status %d", got)
	}
	s.Fail(apitest.ServerError())
	s.Recover()
	if got := ask("BAAI/bge-m3", "a", "b", "bad"); got != 200 {
		t.Errorf("recovered: status %d", got)
	}
}

func TestAScriptIsForEmbeddingsOnly(t *testing.T) {
	s := quick(t)
	s.Fail(apitest.ServerError())
	if r := send(t, s, http.MethodGet, s.URL+"/embedding-models", nil); r.status != http.StatusOK {
		t.Errorf("the list: status %d", r.status)
	}
	if r := post(t, s, threeTexts("float")); r.status != http.StatusInternalServerError {
		t.Errorf("embeddings: status %d", r.status)
	}
}

func TestEveryFaultHasItsOwnName(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range apitest.Faults() {
		if f.Name() == "" || f.Name() != f.String() || seen[f.Name()] || strings.ContainsAny(f.Name(), " ,+") {
			t.Errorf("%q", f.Name())
		}
		seen[f.Name()] = true
	}
}
