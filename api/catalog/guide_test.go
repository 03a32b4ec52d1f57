package catalog_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/api/local"
)

// everything is the catalog as the program has it: the models inside the binary
// and the snapshot.
func everything(t *testing.T) *catalog.Catalog {
	t.Helper()
	models, err := local.New().Models(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return catalog.New(models, snapshot(t))
}

func TestTheGuideNamesOnlyModelsThatCanBeChosen(t *testing.T) {
	c := everything(t)
	for _, use := range catalog.Guide() {
		if len(use.Refs) == 0 {
			t.Errorf("%s names no model", use.Key)
		}
		for _, ref := range use.Refs {
			if _, _, err := c.Resolve(ref); err != nil {
				t.Errorf("%s: %v", use.Key, err)
			}
		}
		if use.LocalAlternative == "" {
			continue
		}
		if m, err := c.Find(use.LocalAlternative); err != nil || m.Provider != local.Name {
			t.Errorf("%s: %s is not in the binary (%v)", use.Key, use.LocalAlternative, err)
		}
	}
}

func TestTheGuideRecommendsWhatNanoGPTRecommends(t *testing.T) {
	want := map[string]string{
		"general-english":  "nanogpt/text-embedding-3-small",
		"highest-accuracy": "nanogpt/text-embedding-3-large",
		"multilingual":     "nanogpt/BAAI/bge-m3",
		"code":             "nanogpt/jina-embeddings-v2-base-code",
		"budget":           "nanogpt/BAAI/bge-large-en-v1.5",
		"chinese":          "nanogpt/BAAI/bge-large-zh-v1.5",
		"german":           "nanogpt/jina-embeddings-v2-base-de",
		"spanish":          "nanogpt/jina-embeddings-v2-base-es",
		"fast-search":      "nanogpt/text-embedding-3-small",
		"offline":          "local/use-lite",
	}
	guide := catalog.Guide()
	if len(guide) != len(want) {
		t.Errorf("%d use cases, want %d", len(guide), len(want))
	}
	for _, use := range guide {
		if use.Refs[0] != want[use.Key] {
			t.Errorf("%s recommends %s, want %s", use.Key, use.Refs[0], want[use.Key])
		}
		if use.Question == "" || use.Advice == "" || strings.Contains(use.Advice, "\n") {
			t.Errorf("%s: question %q, advice %q", use.Key, use.Question, use.Advice)
		}
	}
}

func TestTheGuidesPricesAreTheCatalogs(t *testing.T) {
	c := everything(t)
	for _, use := range catalog.Guide() {
		m, err := c.Find(use.Refs[0])
		if err != nil {
			t.Fatal(err)
		}
		want := "free"
		if !m.Free() {
			want = "$" + strconv.FormatFloat(*m.Price, 'f', 2, 64) + " per 1M"
		}
		if use.Price != want {
			t.Errorf("%s: %q, the catalog says %q", use.Key, use.Price, want)
		}
	}
}

func TestFastSearchNamesOnlyReducibleModels(t *testing.T) {
	c := catalog.New(snapshot(t))
	for _, use := range catalog.Guide() {
		if use.Key != "fast-search" {
			continue
		}
		for _, ref := range use.Refs {
			if m, err := c.Find(ref); err != nil || !m.SupportsDimensions {
				t.Errorf("%s cannot be reduced (%v)", ref, err)
			}
		}
	}
}

func TestPriceBands(t *testing.T) {
	want := map[catalog.PriceBand][]float64{
		catalog.BandLowest:  {0.01},
		catalog.BandLow:     {0.02, 0.03},
		catalog.BandMiddle:  {0.04, 0.05},
		catalog.BandHigh:    {0.07, 0.088, 0.1},
		catalog.BandHighest: {0.13, 0.15},
	}
	got := map[catalog.PriceBand][]float64{}
	for _, m := range snapshot(t) {
		band := catalog.Band(m)
		if !slices.Contains(got[band], *m.Price) {
			got[band] = append(got[band], *m.Price)
		}
	}
	for band, prices := range want {
		slices.Sort(got[band])
		if !slices.Equal(got[band], prices) {
			t.Errorf("%s: %v, want %v", band, got[band], prices)
		}
	}
	if len(got) != len(want) {
		t.Errorf("bands %v", got)
	}
	free := 0.0
	if b := catalog.Band(api.Model{Price: &free}); b != catalog.BandFree {
		t.Errorf("price 0 is %s", b)
	}
	if b := catalog.Band(api.Model{}); b != catalog.BandUnknown {
		t.Errorf("no price is %s", b)
	}
}
