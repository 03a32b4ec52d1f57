package models

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// wholeDetails are the details of a model, a line each.
func wholeDetails(s *Screen, r catalogRow) string {
	var lines []string
	for _, l := range s.details(r, 200) {
		lines = append(lines, uitest.Flat(l))
	}
	return strings.Join(lines, "\n")
}

func TestDetailsAreToldWhole(t *testing.T) {
	a, s := catalogApp(t, 100, 40)
	price := 2.5
	m := api.Model{
		Provider: "nanogpt", ID: "m", Name: "The Model", Owner: "Somebody", Kind: api.KindEmbedding, Dimensions: 8, MaxTokens: 512, Price: &price,
		Languages: "many", Use: "search", Description: "It embeds.", Notes: []string{"first", "second"}, Source: api.SourceSnapshot, Matryoshka: "2..8",
	}
	tokens, _ := a.Session.CorpusTokens()
	cost := fmt.Sprintf("your texts 3 texts, ≈%d tokens: ≈$0.000040 (counted with OpenAI's cl100k_base, not with its own tokenizer)\na million texts like them: ≈$%.2f", tokens, 2.5*float64(tokens)/3)
	want := "The Model\nnanogpt/m · by Somebody\nNot selected: space selects it.\nNanogpt is not set up: name its server in the settings file.\n\nIt embeds.\n\ndimensions 8\nfewer are cut here from the full vectors (derived)\ntrained to be cut to 2–8\nchoices (D) 8\nreads up to 512 tokens a text; of longer texts only the beginning counts\n" +
		"price $2.50 per 1M tokens, top price band\n" + cost + "\nlanguages many\ngood for search\nquery prefix none, nor any before texts: what it wants is not known\na vector 32 bytes at 8 dimensions; a million 32.0 MB\n\nnotes · first\n· second\n\nfrom snapshot: nanogpt's documentation when this program was built"
	got := wholeDetails(s, catalogRow{model: m})
	got = strings.Replace(got, string(catalog.Band(m)), "top", 1)
	if got != want {
		t.Errorf("it is told\n%s\nwant\n%s", got, want)
	}
	m.Kind = api.KindReranker
	if got := wholeDetails(s, catalogRow{model: m}); strings.Contains(got, "a vector") || strings.Contains(got, "your texts") || strings.Contains(got, "query prefix") || !strings.Contains(got, "Cannot be selected: "+m.Unselectable()+".") {
		t.Errorf("of a reranker it is told\n%s", got)
	}
	m.Kind, m.NativeDimensions, m.Owner, m.Unlikely = api.KindEmbedding, 8, "", true
	if got := wholeDetails(s, catalogRow{model: m}); strings.Contains(got, "model card") || strings.Contains(got, " · by") || !strings.Contains(got, "Nothing on the list says that it embeds texts; it can be tried.") {
		t.Errorf("of a model whose card says the same it is told\n%s", got)
	}
}

func TestLengthsThatAreSelectedAreMarked(t *testing.T) {
	m := api.Model{Provider: "p", ID: "m", Dimensions: 512}
	of := func(n int) api.Candidate { return api.Candidate{Model: "p/m", Dimensions: n} }
	for _, c := range []struct {
		m      api.Model
		chosen []api.Candidate
		want   string
	}{
		{m, nil, "64 128 256 512"}, {m, []api.Candidate{of(256), of(100)}, "64 ●100 128 ●256 512"},
		{api.Model{Provider: "p", ID: "m"}, nil, ""}, {api.Model{Provider: "p", ID: "m"}, []api.Candidate{of(0), of(7)}, "●7"},
	} {
		if got := presetWords(catalogRow{model: c.m, chosen: c.chosen}); got != c.want {
			t.Errorf("%v of %d dimensions: %q, want %q", c.chosen, c.m.Dimensions, got, c.want)
		}
	}
}

func TestWhatWasMeasuredIsWritten(t *testing.T) {
	for _, c := range []struct {
		m                     measured
		score, latency, bytes string
	}{
		{measured{}, "", "", ""},
		{measured{score: 0.5, scored: true, bytes: 2048, latency: time.Millisecond}, "0.500", "1 ms", "2,048"},
		{measured{score: 0.5, scored: true, bytes: 4, dimensions: 100, latency: time.Millisecond - 1}, "0.500 @100", "<1 ms", "4"},
		{measured{bytes: 1, latency: 2 * time.Second}, "", "2.0 s", "1"},
	} {
		if score, latency, bytes := c.m.scoreCell().Text, c.m.latencyCell().Text, c.m.bytesCell().Text; score != c.score || latency != c.latency || bytes != c.bytes {
			t.Errorf("%+v is written %q, %q, %q", c.m, score, latency, bytes)
		}
	}
}

// Costs of a million texts have as many decimals as tell the cheapest, and smaller ones say so.
func TestCostsOfAMillionTextsAreWritten(t *testing.T) {
	price := func(usd float64) *float64 { return &usd }
	c := &textCosts{texts: 10, tokens: 100, counted: true, perMillion: true, decimals: 3}
	for _, x := range []struct {
		m    api.Model
		want string
	}{
		{api.Model{Price: price(1)}, "≈10.000"}, {api.Model{Price: price(1), Tokenizer: "cl100k_base"}, "10.000"}, {api.Model{Price: price(0.0001)}, "≈0.001"},
		{api.Model{Price: price(0.00014)}, "≈0.001"}, {api.Model{Price: price(0.00009)}, "<0.001"}, {api.Model{Price: price(0)}, "free"}, {api.Model{}, "-"},
		{api.Model{Price: price(1), Kind: api.KindReranker}, "-"},
	} {
		if got := c.cell(x.m); got != x.want {
			t.Errorf("%+v costs %q, want %q", x.m, got, x.want)
		}
	}
	o := uitest.LocalOptions(t)
	for _, y := range []struct {
		models   []api.Model
		million  bool
		decimals int
	}{
		{[]api.Model{{Price: price(0)}}, false, 0},
		{[]api.Model{{Price: price(0)}, {Price: price(2)}}, true, 2},
		{[]api.Model{{Price: price(0.02)}, {Price: price(2)}}, true, 3},
		{[]api.Model{{Price: price(2)}, {Price: price(1e6), Kind: api.KindReranker}}, true, 2},
		{[]api.Model{{Price: price(2)}, {Price: price(1e6)}}, false, 0},
	} {
		for i := range y.models {
			if m := &y.models[i]; true {
				m.Provider, m.ID = "p", fmt.Sprint(i)
				if m.Kind == "" {
					m.Kind = api.KindEmbedding
				}
			}
		}
		o.Engine.Catalog = catalog.New(y.models)
		o.Texts = uitest.Texts("one cat", "two dogs")
		s := settled(t, 100, 30, o).Screen(ID).(*Screen)
		if got := s.costs(); got.perMillion != y.million || got.perMillion && got.decimals != y.decimals {
			t.Errorf("%d models: a million %v, %d decimals, want %v, %d", len(y.models), got.perMillion, got.decimals, y.million, y.decimals)
		}
	}
}

// The best match stands first, words in order of letters where they are found best.
func TestTheBestMatchStandsFirst(t *testing.T) {
	_, s := catalogApp(t, 100, 30)
	rows := []catalogRow{{place: 0, match: modelMatch{score: 1}}, {place: 1, match: modelMatch{score: 3}}, {place: 2, match: modelMatch{score: 3}}, {place: 3, model: api.Model{Unlikely: true}, match: modelMatch{score: 9}}}
	s.sortRows(rows)
	var got []int
	for _, r := range rows {
		got = append(got, r.place)
	}
	if !slices.Equal(got, []int{1, 2, 0, 3}) {
		t.Errorf("the rows stand as %v", got)
	}
	literal, ok := matchModel(api.Model{ID: "small", Name: "small"}, []string{"small"})
	if bare, _ := matchModel(api.Model{ID: "a-very-long-name-of-a-small-model"}, []string{"small"}); !ok || literal.score <= bare.score {
		t.Errorf("the whole name scores %d, a part of a long one %d", literal.score, bare.score)
	}
	first, _ := matchModel(api.Model{ID: "s-m", Name: "s-m"}, []string{"sm"})
	if len(first.hits[fieldID]) != 2 || len(first.hits[fieldName]) != 0 {
		t.Errorf("of equal fields the hits are in %v", first.hits)
	}
}

// Without a column of providers the hits in their names are marked in the reference.
func TestHitsInReferencesAreMarkedInTheirOrder(t *testing.T) {
	_, s := catalogApp(t, 100, 30)
	m := api.Model{Provider: "box", ID: "base-o", Kind: api.KindEmbedding, Languages: "en", Use: "boxes"}
	match, _ := matchModel(m, []string{"o"})
	cells := s.cells(catalogRow{model: m, match: match}, 40, true, true)
	if c := cells[columnModel]; c.Text != "box/base-o" || !slices.Equal(c.Matches, []int{1, 9}) {
		t.Errorf("%q is marked at %v", c.Text, c.Matches)
	}
	cells = s.cells(catalogRow{model: m, match: match}, 40, true, false)
	if c, p := cells[columnModel], cells[columnProvider]; c.Text != "base-o" || !slices.Equal(c.Matches, []int{5}) || !slices.Equal(p.Matches, []int{1}) {
		t.Errorf("%q is marked at %v, its provider at %v", c.Text, c.Matches, p.Matches)
	}
	match, _ = matchModel(m, []string{"se", "ba"})
	if c := s.cells(catalogRow{model: m, match: match}, 40, true, false)[columnModel]; !slices.Equal(c.Matches, []int{0, 1, 2, 3}) {
		t.Errorf("two words are marked at %v", c.Matches)
	}
}

// The time of a list of today is told alone, with its day where it is of another.
func TestTheDayOfAListIsToldWhereItIsAnother(t *testing.T) {
	now := time.Date(2026, 3, 4, 10, 0, 0, 0, time.Local)
	for back, want := range map[time.Duration]string{
		30 * time.Second: "list of 09:59, just now", time.Hour - 1: "list of 09:00, 59 min ago", time.Hour: "list of 09:00, 1 hour ago", 10 * time.Hour: "list of 00:00, 10 hours ago",
		11 * time.Hour: "list of 2026-03-03 23:00, 11 hours ago", 47 * time.Hour: "list of 2026-03-02 11:00, 47 hours ago", 48 * time.Hour: "list of 2026-03-02 10:00, 2 days ago", 30 * time.Hour: "list of 2026-03-03 04:00, 30 hours ago",
	} {
		m := api.Model{Provider: "p", Source: api.SourceLive, Listed: now.Add(-back).UTC()}
		if got := originOf([]api.Model{m}, "p", now); got != want {
			t.Errorf("%v later it is said %q, want %q", back, got, want)
		}
	}
}

// A key is taken for the model's provider, or for the only one that needs one.
func TestWhoseKeyIsEnteredIsPlain(t *testing.T) {
	model := func(provider, env string) api.Model {
		return api.Model{Provider: provider, ID: "m" + env, Kind: api.KindEmbedding, KeyEnv: env, Source: api.SourceCached}
	}
	free, one, same, two := model("free", ""), model("one", "ONE"), model("one", "ONE"), model("two", "TWO")
	same.ID = "another"
	for name, c := range map[string]struct {
		models []api.Model
		keys   []string
		want   string
	}{
		"its own":     {[]api.Model{one, two}, []string{"one", "two"}, "one"},
		"the only":    {[]api.Model{free, one, same}, []string{"one"}, "one"},
		"one of two":  {[]api.Model{free, one, two}, []string{"one", "two"}, ""},
		"none at all": {[]api.Model{free}, nil, ""},
		"not taken":   {[]api.Model{free, one}, nil, ""},
		"nor its own": {[]api.Model{one, free}, nil, ""},
	} {
		o := uitest.LocalOptions(t)
		o.Engine.Catalog = catalog.New(c.models)
		o.Servers = c.keys
		o.SetKey = func(string, api.Secret) error { return nil }
		s := settled(t, 100, 30, o).Screen(ID).(*Screen)
		if m, ok := s.keyed(c.models[0]); ok != (c.want != "") || ok && m.Provider != c.want {
			t.Errorf("%s: the key is for %q, %v", name, m.Provider, ok)
		}
		why := ""
		if goTo(t, s, c.models[0].Ref()); c.want == "" {
			why = c.models[0].Provider + " needs no key"
		}
		if got := s.takesNoKey(); got != why {
			t.Errorf("%s: it is said %q, want %q", name, got, why)
		}
		if s.Filter("no such model"); s.takesNoKey() != s.needsModel() || s.needsModel() == "" {
			t.Errorf("%s: without a model it is said %q", name, s.takesNoKey())
		}
	}
}

func TestCommandsNameModelsAsTheyAreSelected(t *testing.T) {
	a, s := catalogApp(t, 100, 30, "local/glove@50", "local/glove@100")
	for ref, want := range map[string]string{"local/glove": "local/glove@50,local/glove@100", "local/use-lite": "local/use-lite@512"} {
		if goTo(t, s, ref); s.reference() != want {
			t.Errorf("%s is named %q, want %q", ref, s.reference(), want)
		}
	}
	o := mysteryOptions(t, uitest.NewShop(), true)
	b := settled(t, 100, 30, o).Screen(ID).(*Screen)
	if goTo(t, b, "shop/mystery"); b.reference() != "shop/mystery" {
		t.Errorf("a model of unknown length is named %q", b.reference())
	}
	b.Filter("no such model")
	if b.reference() != "" || b.needsModel() == "" {
		t.Errorf("without a model it is named %q", b.reference())
	}
	uitest.Send(t, a, uitest.WindowSize(ui.Size{W: 100, H: 30}))
	goTo(t, s, "local/glove")
	if copied := uitest.CopiedBy(t, a, "y", "t"); strings.Count(copied, "key") == 0 && !strings.Contains(copied, "NANOGPT") {
		t.Errorf("the table that is copied does not say what models lack:\n%.600s", copied)
	}
}

// Of a question of the guide the first answer has its advice, the one that is built in says so,
// and all others nothing.
func TestDetailsSayWhatTheGuideSaysOfAModel(t *testing.T) {
	_, s := catalogApp(t, 100, 40)
	for i, use := range catalog.Guide() {
		s.use = &use
		for _, m := range s.Session.Engine().Catalog.Models() {
			d := &widget.DetailText{W: 400, Theme: s.Theme}
			s.detailGuide(d, m)
			want := ""
			switch m.Ref() {
			case use.Refs[0]:
				want = use.Question + ": " + use.Advice
			case use.LocalAlternative:
				want = use.Question + ": built in, to compare with for free."
			}
			if got := uitest.Flat(strings.Join(d.Lines, "\n")); got != want {
				t.Errorf("question %d: of %s it is said %q, want %q", i+1, m.Ref(), got, want)
			}
		}
	}
}

// What is copied of a model are those of its candidates that are selected, else itself at its
// own length, and of all the list that --models takes.
func TestWhatIsCopiedOfModels(t *testing.T) {
	a, s := catalogApp(t, 120, 40, "local/use-lite@512", "local/glove@100", "local/use-lite@64")
	for ref, want := range map[string]string{"local/use-lite": "local/use-lite@512,local/use-lite@64", "local/glove": "local/glove@100", "local/ngrams": "local/ngrams@4096"} {
		goTo(t, s, ref)
		if got := s.reference(); got != want {
			t.Errorf("of %s it is %q, want %q", ref, got, want)
		}
	}
	uitest.Press(t, a, "y", "c")
	uitest.WantNotice(t, a, "local/use-lite@512,local/glove@100,local/use-lite@64")
	s.Filter("no such model")
	if got := s.reference(); got != "" {
		t.Errorf("without a model it is %q", got)
	}
}
