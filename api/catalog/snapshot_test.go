package catalog_test

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
)

func snapshot(t *testing.T) []api.Model {
	t.Helper()
	models, err := catalog.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	return models
}

// documented reads what the documentation and the model cards say, one record a
// model, by column.
func documented(t *testing.T) map[string]map[string]string {
	t.Helper()
	f, err := os.Open("testdata/documented.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma = '\t'
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	facts := map[string]map[string]string{}
	for _, line := range lines[1:] {
		record := map[string]string{}
		for i, column := range lines[0] {
			record[column] = line[i]
		}
		facts[record["id"]] = record
	}
	return facts
}

func number(t *testing.T, s string) int {
	t.Helper()
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSnapshotAgreesWithTheDocumentation(t *testing.T) {
	facts := documented(t)
	models := snapshot(t)
	if len(models) != 24 || len(facts) != 24 {
		t.Fatalf("%d models, %d documented, want 24 of each", len(models), len(facts))
	}
	for _, m := range models {
		t.Run(m.ID, func(t *testing.T) {
			want, ok := facts[m.ID]
			if !ok {
				t.Fatal("no such model is documented")
			}
			dims := number(t, want["dimensions"])
			if m.Kind == api.KindReranker {
				dims = 0 // whatever the list says, it has no vectors
			}
			if m.Dimensions != dims {
				t.Errorf("dimensions %d, documented %d", m.Dimensions, dims)
			}
			if card := number(t, want["card_dimensions"]); m.NativeDimensions != card {
				t.Errorf("native dimensions %d, the card says %d", m.NativeDimensions, card)
			}
			tokens := number(t, want["max_tokens"])
			if tokens == 0 {
				tokens = number(t, want["card_max_tokens"])
			}
			if m.MaxTokens != tokens {
				t.Errorf("max tokens %d, want %d", m.MaxTokens, tokens)
			}
			price, err := strconv.ParseFloat(want["price"], 64)
			if err != nil {
				t.Fatal(err)
			}
			if m.Price == nil || *m.Price != price {
				t.Errorf("price %v, documented %v", m.Price, price)
			}
			if got := strconv.FormatBool(m.SupportsDimensions); got != want["supports_dimensions"] {
				t.Errorf("supports dimensions %s, documented %s", got, want["supports_dimensions"])
			}
			if string(m.Kind) != want["kind"] {
				t.Errorf("kind %s, want %s", m.Kind, want["kind"])
			}
		})
	}
}

func TestEverySnapshotRowCanBeShownAndAsked(t *testing.T) {
	for _, m := range snapshot(t) {
		t.Run(m.ID, func(t *testing.T) {
			for what, value := range map[string]string{"name": m.Name, "owner": m.Owner, "description": m.Description, "languages": m.Languages, "use": m.Use} {
				if strings.TrimSpace(value) == "" {
					t.Errorf("no %s", what)
				}
			}
			if m.Provider != "nanogpt" || m.KeyEnv != "NANOGPT_API_KEY" || m.Source != api.SourceSnapshot {
				t.Errorf("provider %q, key %q, source %q", m.Provider, m.KeyEnv, m.Source)
			}
			if m.Price == nil || *m.Price <= 0 {
				t.Error("nothing at NanoGPT is free")
			}
			if (m.Tokenizer == "cl100k_base") != (m.Owner == "openai") {
				t.Errorf("tokenizer %q for owner %s", m.Tokenizer, m.Owner)
			}
			if m.SupportsDimensions && m.Matryoshka == "" {
				t.Error("can be asked for fewer dimensions without being trained for it")
			}
			for _, s := range append(m.Notes, m.Description) {
				if !strings.HasSuffix(s, ".") {
					t.Errorf("%q is no sentence", s)
				}
			}
		})
	}
}

func TestOnlyTheRerankerCannotBeChosen(t *testing.T) {
	var refused []string
	for _, m := range snapshot(t) {
		if why := m.Unselectable(); why != "" {
			refused = append(refused, m.ID)
			if !strings.Contains(why, "reranker") {
				t.Errorf("%s: %q does not say that it is a reranker", m.ID, why)
			}
		}
	}
	if len(refused) != 1 || refused[0] != "BAAI/bge-reranker-large" {
		t.Errorf("refused %v, want the reranker alone", refused)
	}
}

func TestConflictingDimensionsAreNoted(t *testing.T) {
	for _, m := range snapshot(t) {
		if m.Kind != api.KindEmbedding || m.Dimensions == m.NativeDimensions {
			continue
		}
		notes := strings.Join(m.Notes, " ")
		for _, n := range []int{m.Dimensions, m.NativeDimensions} {
			if !strings.Contains(notes, strconv.Itoa(n)) {
				t.Errorf("%s: no note names %d dimensions", m.ID, n)
			}
		}
	}
}

func TestSnapshotsDoNotShareMemory(t *testing.T) {
	first := snapshot(t)
	*first[0].Price = 0
	if *snapshot(t)[0].Price == 0 {
		t.Error("changing one snapshot changed the next")
	}
}
