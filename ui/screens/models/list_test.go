package models

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestFilterOverNameLanguageAndUse(t *testing.T) {
	for query, want := range map[string][]string{
		"german":         {"jina-embeddings-v2-base-de"},
		"chinese search": {"BAAI/bge-large-zh-v1.5", "netease-youdao/bce-embedding-base_v1", "BAAI/bge-reranker-large"},
		"te3s":           {"text-embedding-3-small"},
		"ada 002":        {"text-embedding-ada-002"},
		"LOCAL":          {"use-lite", "glove", "ngrams"},
		"gpt 4B":         {"Qwen/Qwen3-Embedding-4B"},
		"zzz":            nil,
	} {
		a, s := catalogApp(t, 80, 24)
		uitest.Press(t, a, "/")
		for _, r := range query {
			if r == ' ' {
				uitest.Press(t, a, "space")
				continue
			}
			uitest.Press(t, a, string(r))
		}
		got := shownModels(s)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q shows %v, want %v", query, got, want)
		}
	}
}

func TestFilterShowsItsHitsAndCountAndEscClearsIt(t *testing.T) {
	a, s := catalogApp(t, 200, 60)
	uitest.Press(t, a, "/", "b", "g", "e", "-", "m")
	screen := a.Draw()
	if !strings.Contains(screen, "BAAI/"+a.Theme.Codes.Match+"bge-m"+theme.Reset) {
		t.Errorf("the hits are not marked:\n%q", strings.Split(screen, "\n")[3])
	}
	if plain := ansi.Strip(screen); !strings.Contains(plain, "1 of 27 · best match first") {
		t.Errorf("the count is missing:\n%s", plain)
	}
	uitest.Press(t, a, "q", "2")
	if s.query != "bge-mq2" || a.Current().Info().ID != ID {
		t.Errorf("letters typed into the filter did something else: %q on %s", s.query, a.Current())
	}
	if plain := ansi.Strip(a.Draw()); !strings.Contains(plain, "No model matches") || !strings.Contains(plain, "0 of 27") {
		t.Errorf("a filter without a match shows\n%s", plain)
	}
	uitest.Press(t, a, "esc")
	if s.editing || s.query != "" || len(s.rows()) != 27 {
		t.Errorf("esc leaves the filter %q with %d rows", s.query, len(s.rows()))
	}
	if s.selected != "nanogpt/BAAI/bge-m3" {
		t.Errorf("the cursor left the model that was found for %s", s.selected)
	}
}

func TestFilterStaysAfterEnterUntilEsc(t *testing.T) {
	a, s := catalogApp(t, 80, 24)
	uitest.Press(t, a, "/", "j", "i", "n", "a", "down", "enter")
	if s.editing || s.query != "jina" {
		t.Fatalf("enter leaves editing %v, filter %q", s.editing, s.query)
	}
	if _, at, _ := s.current(s.rows()); at != 1 {
		t.Errorf("down while typing leads to row %d", at)
	}
	if plain := ansi.Strip(a.Draw()); !strings.Contains(plain, "/ jina · esc clears") {
		t.Errorf("the filter cannot be seen:\n%s", plain)
	}
	uitest.Press(t, a, "esc")
	if s.query != "" {
		t.Errorf("esc leaves the filter %q", s.query)
	}
}

func TestEveryCatalogColumnSorts(t *testing.T) {
	a, s := catalogApp(t, 200, 60, "nanogpt/BAAI/bge-m3@1024", "local/glove@100")
	first := map[catalogColumn][2]string{
		columnChosen:     {"BAAI/bge-m3", "glove"},
		columnModel:      {"BAAI/bge-base-en-v1.5", "zhipu-embedding-2"},
		columnProvider:   {"use-lite", "text-embedding-3-small"},
		columnDimensions: {"glove", "ngrams"},
		columnMaxTokens:  {"use-lite", "Qwen/Qwen3-Embedding-0.6B"},
		columnPrice:      {"use-lite", "gemini-embedding-001"},
		columnCost:       {"use-lite", "gemini-embedding-001"},
		columnLatency:    {"glove", "glove"}, // nothing else was embedded
		columnBytes:      {"glove", "glove"},
		columnLanguages:  {"BAAI/bge-m3", "jina-embeddings-v2-base-es"},
	}
	for range len(s.sortable()) - 1 {
		uitest.Press(t, a, "s")
		header := ansi.Strip(strings.Split(a.Draw(), "\n")[2])
		up := shownModels(s)[0]
		uitest.Press(t, a, "S")
		turned := ansi.Strip(strings.Split(a.Draw(), "\n")[2])
		if down := shownModels(s)[0]; up != first[s.sort][0] || down != first[s.sort][1] {
			t.Errorf("by %s %s and %s stand first, want %v", columnWords[s.sort][0], up, down, first[s.sort])
		}
		if strings.Count(header, "▲") != 1 || strings.Count(turned, "▼") != 1 {
			t.Errorf("by %s the headers are %q and %q", columnWords[s.sort][0], header, turned)
		}
	}
	uitest.Press(t, a, "s")
	if s.sort != columnNone || shownModels(s)[0] != "use-lite" {
		t.Errorf("after the last column %s stands first", shownModels(s)[0])
	}
	uitest.Press(t, a, "S")
	if !strings.Contains(a.Notice().Text, "nothing is sorted yet") {
		t.Errorf("S without a column says %q", a.Notice().Text)
	}
}

func TestUnknownSortsLastBothWaysAndIsNeverFree(t *testing.T) {
	a, s := foreignApp(t, 200, 60)
	s.sortBy(columnPrice)
	if got := shownModels(s); got[0] != "free-there" || got[1] != "cheap" || got[4] != "nothing-known" {
		t.Errorf("by price: %q", got)
	}
	uitest.Press(t, a, "S")
	if got := shownModels(s); got[3] != "free-there" || got[4] != "nothing-known" {
		t.Errorf("by price, highest first: %q", got)
	}
	s.sortBy(columnDimensions)
	for range 2 {
		if got := shownModels(s); got[4] != "nothing-known" {
			t.Errorf("by dimensions, reversed %v: %q", s.reverse, got)
		}
		uitest.Press(t, a, "S")
	}
	line := ""
	for l := range strings.SplitSeq(ansi.Strip(a.Draw()), "\n") {
		if strings.Contains(l, "nothing-known") {
			line = l
		}
	}
	if strings.Contains(line, "free") || strings.Contains(line, "$") {
		t.Errorf("a model of which nothing is known reads %q", line)
	}
	goTo(t, s, "odd/nothing-known")
	uitest.Press(t, a, "space")
	if got := session.CandidateIDs(a.Session.Candidates()); !slices.Equal(got, []string{"odd/nothing-known"}) {
		t.Errorf("choosing it: %v, %q", got, a.Notice().Text)
	}
	uitest.Press(t, a, "space")
	uitest.Press(t, a, "D", "7", "enter")
	if got := session.CandidateIDs(a.Session.Candidates()); !slices.Equal(got, []string{"odd/nothing-known@7"}) {
		t.Errorf("with a number: %v", got)
	}
}

func TestCosts(t *testing.T) {
	usd := func(v float64) *float64 { return &v }
	openAI := api.Model{Price: usd(0.02), Tokenizer: "cl100k_base"}
	other := api.Model{Price: usd(0.02)}
	for _, tc := range []struct {
		model   api.Model
		tokens  int
		counted bool
		want    string
	}{
		{openAI, 420, true, "$0.0000084"},
		{other, 420, true, "≈$0.0000084"},
		{other, 5, true, "<$0.000001"},
		{openAI, 1_000_000, true, "$0.020"},
		{openAI, 100_000_000, true, "$2.00"},
		{openAI, 420, false, "counting…"},
		{openAI, 0, true, "-"},
		{api.Model{Price: usd(0)}, 420, false, "free"},
		{api.Model{}, 420, true, "-"},
		{api.Model{Price: usd(0.01), Kind: api.KindReranker}, 420, true, "-"},
	} {
		if got := costCell(tc.model, tc.tokens, tc.counted); got != tc.want {
			t.Errorf("%d tokens, counted %v: %q, want %q", tc.tokens, tc.counted, got, tc.want)
		}
	}
}

func TestDimensionsCell(t *testing.T) {
	for _, tc := range []struct {
		model api.Model
		long  string
		short string
	}{
		{api.Model{Dimensions: 1536, MinDimensions: 1, SupportsDimensions: true}, "1536 → any 1–1536", "1536→1"},
		{api.Model{Dimensions: 1536, MinDimensions: 32, MaxDimensions: 2560, NativeDimensions: 2560, SupportsDimensions: true}, "1536 → 32–2560 (card: 2560)", "32–2560"},
		{api.Model{Dimensions: 512, NativeDimensions: 512}, "512, fewer cut here", "512 ✂"},
		{api.Model{Dimensions: 1024, NativeDimensions: 768}, "1024 (card: 768), fewer cut here", "1024 ✂"},
		{api.Model{Dimensions: 7, ListedDimensions: 1024, NativeDimensions: 1024}, "7 (list says 1024)", "7≠1024"},
		{api.Model{}, "-", "-"},
	} {
		if long, short := dimensionsCell(tc.model, false), dimensionsCell(tc.model, true); long != tc.long || short != tc.short {
			t.Errorf("%q and %q, want %q and %q", long, short, tc.long, tc.short)
		}
	}
}

func TestGuideNarrowsTheList(t *testing.T) {
	a, s := catalogApp(t, 80, 24)
	uitest.Press(t, a, "w", "g", "e", "r", "m", "a", "n", "enter")
	if got := shownModels(s); !slices.Equal(got, []string{"jina-embeddings-v2-base-de", "BAAI/bge-m3", "ngrams"}) {
		t.Fatalf("German shows %v", got)
	}
	if !strings.HasPrefix(a.Notice().Text, "German: Jina v2 Base German") {
		t.Errorf("the advice is %q", a.Notice().Text)
	}
	plain := ansi.Strip(a.Draw())
	if !strings.Contains(plain, "for: German · esc clears") || !strings.Contains(plain, "3 of 27 · in the guide's order") {
		t.Errorf("the list does not say what it is narrowed to:\n%s", plain)
	}
	uitest.Press(t, a, "/", "b", "g", "e", "enter")
	if got := shownModels(s); !slices.Equal(got, []string{"BAAI/bge-m3"}) {
		t.Errorf("the filter within it shows %v", got)
	}
	uitest.Press(t, a, "esc")
	if len(s.rows()) != 3 {
		t.Errorf("the first esc leaves %d rows", len(s.rows()))
	}
	uitest.Press(t, a, "esc")
	if s.use != nil || len(s.rows()) != 27 {
		t.Errorf("the second esc leaves %d rows", len(s.rows()))
	}
}

func TestGuideShowsAdviceAndPrice(t *testing.T) {
	a, _ := catalogApp(t, 80, 24)
	uitest.Press(t, a, "w", "down")
	plain := ansi.Strip(a.Draw())
	for _, want := range []string{"Highest accuracy", "$0.13 per 1M", "text-embedding-3-large at its full 3072 dimensions"} {
		if !strings.Contains(plain, want) {
			t.Errorf("the guide lacks %q:\n%s", want, plain)
		}
	}
	// The names stand under each other, whole.
	column, shown := -1, 0
	for _, use := range catalog.Guide() {
		_, name, _ := strings.Cut(use.Refs[0], "/")
		for line := range strings.Lines(plain) {
			if before, _, found := strings.Cut(line, "  "+name+"  "); found && strings.Contains(line, use.Question+"  ") {
				at := term.Width(before)
				if column < 0 {
					column = at
				}
				if at != column {
					t.Errorf("%s stands at %d, and others at %d:\n%s", name, at, column, plain)
				}
				shown++
			}
		}
	}
	if shown != len(catalog.Guide()) {
		t.Errorf("%d of %d use cases are shown whole", shown, len(catalog.Guide()))
	}
}

func TestPickersPutWhatHoldsTheWordsFirst(t *testing.T) {
	a, s := catalogApp(t, 80, 24)
	uitest.Press(t, a, "w", "f", "a", "enter")
	if s.use == nil || s.use.Key != "fast-search" {
		t.Errorf("fa chooses %v, want the fast search", s.use)
	}
}

func TestCandidateListMovesAndTakesOut(t *testing.T) {
	a, _ := catalogApp(t, 80, 24, "local/use-lite@256", "nanogpt/BAAI/bge-m3@1024", "local/glove@100")
	uitest.Press(t, a, "c")
	plain := ansi.Strip(a.Draw())
	for _, want := range []string{"3 of 6", "< > move", "1 ● local/use-lite@256", "ready, derived", "needs key: set NANOGPT_API_KEY", "not trained for truncation"} {
		if !strings.Contains(plain, want) {
			t.Errorf("the candidates lack %q:\n%s", want, plain)
		}
	}
	uitest.Press(t, a, ">", ">", ">", "<")
	if got := session.CandidateIDs(a.Session.Candidates()); !slices.Equal(got, []string{"nanogpt/BAAI/bge-m3@1024", "local/use-lite@256", "local/glove@100"}) {
		t.Errorf("moving leads to %v", got)
	}
	uitest.Press(t, a, "d", "G", "d")
	if got := session.CandidateIDs(a.Session.Candidates()); !slices.Equal(got, []string{"nanogpt/BAAI/bge-m3@1024"}) {
		t.Errorf("taking out leaves %v", got)
	}
	if a.Notice().Text != "Removed: local/glove@100." {
		t.Errorf("the notice says %q", a.Notice().Text)
	}
	uitest.Press(t, a, "d", "d", ">")
	if plain := ansi.Strip(a.Draw()); len(a.Session.Candidates()) != 0 || !strings.Contains(plain, "No models yet: space on Models selects one") {
		t.Errorf("without candidates:\n%s", plain)
	}
	uitest.Press(t, a, "esc")
	if a.Top() != nil {
		t.Error("esc does not close the candidates")
	}
}

func TestClickSelectsACandidate(t *testing.T) {
	a, _ := catalogApp(t, 80, 24, "local/use-lite@256", "local/glove@100", "local/ngrams@64")
	uitest.Press(t, a, "c")
	for y, l := range strings.Split(ansi.Strip(a.Draw()), "\n") {
		if at := strings.Index(l, "3 ● local/ngrams@64"); at >= 0 {
			uitest.Send(t, a, uitest.Click(term.Width(l[:at]), y))
		}
	}
	uitest.Press(t, a, "d")
	if got := session.CandidateIDs(a.Session.Candidates()); !slices.Equal(got, []string{"local/use-lite@256", "local/glove@100"}) {
		t.Errorf("after the click d takes out the wrong one: %v", got)
	}
}

func TestRowsSayWhatTheNewestListChanged(t *testing.T) {
	a, s := catalogApp(t, 80, 24)
	var rows []api.Model
	marks := []api.Mark{api.MarkNew, api.MarkChanged, api.MarkVanished}
	for _, m := range a.Session.Engine().Catalog.Models() {
		if m.Provider == "nanogpt" && len(rows) < len(marks) {
			m.Mark = marks[len(rows)]
			rows = append(rows, m)
		}
	}
	a.Session.Engine().Catalog.Replace("nanogpt", rows)
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 80, H: 24}, {W: 200, H: 60}} {
		uitest.Send(t, a, uitest.WindowSize(z))
		uitest.Press(t, a, "G")
		drawn := ansi.Strip(a.Draw())
		uitest.CheckFrame(t, a.Draw(), z)
		for i, want := range []string{"(new)", "(changed)", "(gone)"} {
			if !strings.Contains(drawn, want) {
				t.Errorf("%d×%d: %s is not marked %s:\n%s", z.W, z.H, rows[i].ID, want, drawn)
			}
		}
	}
	if got := len(s.rows()); got == 0 {
		t.Error("no rows are left")
	}
}

// twinOptions have models of the same name at two providers.
func twinOptions(t *testing.T) shell.Options {
	o := uitest.LocalOptions(t)
	model := func(provider string) api.Model {
		return api.Model{Provider: provider, ID: "text-embedding-3-small", Name: "small", Kind: api.KindEmbedding, Dimensions: 8, Source: api.SourceCached}
	}
	o.Engine.Catalog = catalog.New(o.Engine.Catalog.Models(), []api.Model{model("own"), model("other")})
	return o
}

func TestModelsOfOneNameAreToldApartWithoutAColumnOfProviders(t *testing.T) {
	a := settled(t, 80, 24, twinOptions(t))
	uitest.Press(t, a, "1", "/")
	uitest.Letters(t, a, "text-embedding-3")
	drawn := uitest.Plain(a)
	for _, want := range []string{" own/text", " other/tex", " nanogpt/tex", " text-embedding-3-large"} {
		if !strings.Contains(drawn, want) {
			t.Errorf("%q is missing in\n%s", want, drawn)
		}
	}
}

func TestTheFilterFindsReferences(t *testing.T) {
	a := settled(t, 80, 24, twinOptions(t))
	s := a.Screen(ID).(*Screen)
	for query, want := range map[string]int{"own/": 1, "OWN/text": 1, "n/text-emb": 1, "r/text": 1, "own/local": 0, "/text-embedding-3": 4} {
		s.query = query
		if rows := s.rows(); len(rows) != want {
			t.Errorf("%q finds %d models, want %d", query, len(rows), want)
		}
	}
	s.query = "own/text"
	if hits := s.rows()[0].match.hits; !slices.Equal(hits[fieldProvider], []int{0, 1, 2}) || !slices.Equal(hits[fieldID], []int{0, 1, 2, 3}) {
		t.Errorf("marked are %v", hits)
	}
}

func TestFewTextsTellPricesApartByAMillionOfThem(t *testing.T) {
	a, s := catalogApp(t, 200, 60)
	tokens, counted := a.Session.CorpusTokens()
	if !counted || tokens == 0 {
		t.Fatalf("%d tokens are counted", tokens)
	}
	small, err := a.Session.Find("nanogpt/text-embedding-3-small")
	if err != nil {
		t.Fatal(err)
	}
	million := format.Fixed(*small.Price*float64(tokens)/3, 3) // of three texts, in dollars for a million tokens
	uitest.LineWith(t, a, "model", "$/M texts", "languages · use")
	uitest.LineWith(t, a, "text-embedding-3-small", " "+million+" ")
	uitest.LineWith(t, a, "ngrams", " free ")
	goTo(t, s, "nanogpt/text-embedding-3-small")
	uitest.WantShown(t, a, "a million texts like them: "+format.Dollars(*small.Price*float64(tokens)/3))

	many := make([]string, 1500)
	for i := range many {
		many[i] = fmt.Sprint("Number ", i, strings.Repeat(" has not come, and the driver left no note", 8))
	}
	a = settled(t, 200, 60, uitest.OptionsWith(t, uitest.Texts(many...)))
	uitest.Press(t, a, "1")
	uitest.LineWith(t, a, "model", "your texts", "languages · use")
}
