package registry_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/registry"
	"github.com/vecscope/vecscope/config"
)

// strict is a server that takes at most three texts in a request, and 40 words in a text.
func strict(t *testing.T) (address string, refused *int) {
	t.Helper()
	refused = new(int)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/embeddings") {
			fmt.Fprint(w, `{"data":[{"id":"embed-a","max_model_len":8192}]}`)
			return
		}
		var asked struct{ Input []string }
		_ = json.NewDecoder(r.Body).Decode(&asked)
		var rows []string
		for i, text := range asked.Input {
			if len(strings.Fields(text)) > 40 {
				*refused++
				w.WriteHeader(http.StatusInternalServerError)
				fmt.Fprint(w, `{"error":{"message":"input (90 tokens) is too large to process. increase the physical batch size (current batch size: 40)"}}`)
				return
			}
			rows = append(rows, fmt.Sprintf(`{"index":%d,"embedding":[0.6,0.8,0.1,0.2]}`, i))
		}
		if len(asked.Input) > 3 {
			*refused++
			w.WriteHeader(http.StatusRequestEntityTooLarge)
			fmt.Fprint(w, `{"error":{"message":"too many inputs"}}`)
			return
		}
		fmt.Fprintf(w, `{"data":[%s]}`, strings.Join(rows, ","))
	}))
	t.Cleanup(s.Close)
	return s.URL, refused
}

func TestWhatAServerHasShownOfItsLimitsIsKnownAtTheNextStart(t *testing.T) {
	address, refused := strict(t)
	paths := home(t)
	provider := config.Provider{Name: "mine", BaseURL: address, Free: true, Concurrency: 1}
	texts := make([]string, 20)
	for run := range 3 {
		r := open(t, paths, provider)
		if run == 0 {
			if _, _, err := r.Refresh(t.Context(), "mine"); err != nil {
				t.Fatal(err)
			}
		}
		for i := range texts {
			texts[i] = fmt.Sprintf("text %d of run %d", i, run)
		}
		before := *refused
		got, err := engine(r).Providers["mine"].Embed(t.Context(), api.Request{Model: "embed-a", Texts: texts})
		if err != nil || len(got.Failed) > 0 {
			t.Fatalf("%v, %v", got.Failed, err)
		}
		if lost := *refused - before; (lost > 0) != (run == 0) {
			t.Errorf("run %d: %d requests are refused", run, lost)
		}
		if run != 1 {
			continue
		}
		// It may have been raised since; nor is a clock believed that was wrong.
		const week = 7 * 24 * time.Hour
		for i, age := range []struct {
			by    time.Duration
			still bool
		}{{week - time.Hour, true}, {week + time.Hour, false}, {-time.Hour, false}, {0, true}} {
			makeOlder(t, filepath.Join(paths.Cache, "lists", "mine.json"), age.by)
			old := open(t, paths, provider)
			texts[0] = fmt.Sprint("another text ", i)
			before := *refused
			if _, err := engine(old).Providers["mine"].Embed(t.Context(), api.Request{Model: "embed-a", Texts: texts, Fresh: true}); err != nil || (*refused == before) != age.still {
				t.Errorf("what was shown %v ago still counts: %t, %v", age.by, *refused == before, err)
			}
		}
	}
}

func TestWhatAServerHasShownIsForgottenWhenThePersonAsksForItsListAnew(t *testing.T) {
	address, refused := strict(t)
	paths := home(t)
	provider := config.Provider{Name: "mine", BaseURL: address, Free: true, Concurrency: 1}
	asked := 0
	mustLose := func(what string, r *registry.Registry, want bool) {
		t.Helper()
		texts := make([]string, 5)
		for i := range texts {
			asked++
			texts[i] = fmt.Sprintf("text %d", asked)
		}
		before := *refused
		if _, err := engine(r).Providers["mine"].Embed(t.Context(), api.Request{Model: "embed-a", Texts: texts}); err != nil {
			t.Fatal(err)
		}
		if lost := *refused - before; (lost > 0) != want {
			t.Errorf("%s: %d requests are refused", what, lost)
		}
	}
	read := func(r *registry.Registry) {
		t.Helper()
		if _, _, err := r.Refresh(t.Context(), "mine"); err != nil {
			t.Fatal(err)
		}
	}
	r := open(t, paths, provider)
	read(r)
	mustLose("at first", r, true)
	read(r)
	mustLose("after the list was read as at every start", r, false)
	single := provider
	single.MaxInputs = 1
	mustLose("under settings that send fewer", open(t, paths, single), false)
	mustLose("without those again", open(t, paths, provider), false)
	r.ForgetLimits("mine")
	r.ForgetLimits("nobody")
	read(r)
	mustLose("at the next start", open(t, paths, provider), true)
	mustLose("on the person's word", r, true)
	r.ForgetLimits("mine")
	if err := r.SetKey("mine", api.NewSecret("k")); err != nil {
		t.Fatal(err)
	}
	mustLose("with another key after the person's word", r, true)
}

// makeOlder makes what a list says of limits older.
func makeOlder(t *testing.T, path string, by time.Duration) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var list map[string]any
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	list["learnt"] = time.Now().Add(-by).UTC()
	if data, err = json.Marshal(list); err == nil {
		err = os.WriteFile(path, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatAServerSaysThatItReadsStandsInItsListFromThenOn(t *testing.T) {
	address, _ := strict(t)
	paths := home(t)
	provider := config.Provider{Name: "mine", BaseURL: address, Profile: "llamacpp"}
	first := open(t, paths, provider)
	if _, _, err := first.Refresh(t.Context(), "mine"); err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("word ", 90)
	got, err := engine(first).Providers["mine"].Embed(t.Context(), api.Request{Model: "embed-a", Texts: []string{"short", long}})
	if err != nil || got.Failed[1] == nil {
		t.Fatalf("%v, %v", got.Failed, err)
	}
	if m := row(t, open(t, paths, provider), "mine/embed-a"); m.MaxTokens != 40 {
		t.Errorf("the next start knows of %d tokens", m.MaxTokens)
	}
}
