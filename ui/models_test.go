package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/config"
)

// catalogApp is the explorer on the catalog screen, with those candidates.
func catalogApp(t testing.TB, w, h int, candidates ...string) (*app, *modelsScreen) {
	t.Helper()
	o := localOptions(t)
	o.State = config.State{Version: 1, Threshold: 0.95, Candidates: candidates, Screen: screenModels}
	for _, text := range []string{"A cat sat on a mat.", "Dogs bark.", "Prices fell on Monday."} {
		o.State.Texts = append(o.State.Texts, config.Text{Text: text})
	}
	a := settled(t, w, h, o)
	return a, a.screen(screenModels).(*modelsScreen)
}

// foreignModels are rows as a careless or hostile server might list them.
func foreignModels() []api.Model {
	price := func(usd float64) *float64 { return &usd }
	return []api.Model{
		{Provider: "odd", ID: "plain", Kind: api.KindEmbedding, Dimensions: 8, Price: price(2.5)},
		{Provider: "odd", ID: "nothing-known", Kind: api.KindEmbedding},
		{Provider: "odd", ID: "free-there", Kind: api.KindEmbedding, Dimensions: 16, Price: price(0), MaxTokens: 512},
		{Provider: "odd", ID: "cheap", Kind: api.KindEmbedding, Dimensions: 32, Price: price(0.0004), Source: api.SourceLive},
		{
			Provider: "o\x1b[31md\nd", ID: "漢字\x1b]0;title\x07/" + strings.Repeat("very-long-", 40), Name: "e\u0301 نص 👩‍👩‍👧‍👦",
			Kind: api.KindEmbedding, Dimensions: 1 << 30, MaxTokens: 1 << 40, Price: price(123456.789),
			Languages: "tab\there", Use: "new\nline", Description: strings.Repeat("words\tand 漢字 ", 200),
			QueryPrefix: "\x1b[2J\n", Notes: []string{"", strings.Repeat("x", 500)}, Owner: "\u202eowner",
		},
	}
}

// foreignApp is the catalog screen with those models alone.
func foreignApp(t testing.TB, w, h int) (*app, *modelsScreen) {
	t.Helper()
	o := localOptions(t)
	o.Engine.Catalog = catalog.New(foreignModels())
	o.State = config.State{Version: 1, Threshold: 0.95, Screen: screenModels, Texts: []config.Text{{Text: "one"}}}
	a := settled(t, w, h, o)
	return a, a.screen(screenModels).(*modelsScreen)
}

// shownModels are the ids of the rows, in their order.
func shownModels(s *modelsScreen) []string {
	var ids []string
	for _, r := range s.rows() {
		ids = append(ids, r.model.ID)
	}
	return ids
}

// goTo puts the cursor on a model.
func goTo(t testing.TB, s *modelsScreen, ref string) {
	t.Helper()
	at := slices.IndexFunc(s.rows(), func(r catalogRow) bool { return r.model.Ref() == ref })
	if at < 0 {
		t.Fatalf("%s is not in the list", ref)
	}
	s.put(s.rows()[at])
}

var bodySizes = []size{{40, 7}, {60, 12}, {80, 21}, {110, 27}, {200, 57}}

func TestCatalogFillsEverySizeExactly(t *testing.T) {
	for name, open := range map[string]func(testing.TB, int, int) (*app, *modelsScreen){
		"catalog": func(t testing.TB, w, h int) (*app, *modelsScreen) { return catalogApp(t, w, h, "local/use-lite@512") },
		"foreign": foreignApp,
	} {
		for _, keys := range [][]string{nil, {"G"}, {"G", "enter"}, {"G", "tab", "G"}, {"/", "漢"}, {"/", "e"}, {"/", "z", "z", "q", "enter"}, {"s", "s", "S"}, {"w", "enter"}} {
			t.Run(name+"/"+strings.Join(keys, " "), func(t *testing.T) {
				a, s := open(t, 80, 24)
				press(t, a, keys...)
				for _, z := range bodySizes {
					send(t, a, windowSize(size{z.w, z.h + 3}))
					checkFrame(t, strings.Join(s.view(z), "\n"), z)
					checkFrame(t, a.draw(), size{z.w, z.h + 3})
				}
			})
		}
	}
}

func TestCatalogOverlaysFitEveryWindow(t *testing.T) {
	for _, keys := range [][]string{{"w"}, {"d"}, {"d", "9", "9"}, {"c"}} {
		for _, candidates := range [][]string{nil, {"local/use-lite@512", "local/use-lite@256", "nanogpt/BAAI/bge-m3@1024", "local/glove@100", "local/ngrams@64", "local/ngrams@4096"}} {
			a, _ := catalogApp(t, 80, 24, candidates...)
			press(t, a, keys...)
			for _, z := range []size{{40, 10}, {60, 15}, {80, 24}, {200, 60}} {
				send(t, a, windowSize(z))
				checkFrame(t, a.draw(), z)
			}
		}
	}
}

func TestCatalogDrawing(t *testing.T) {
	for _, z := range []size{{60, 12}, {80, 21}, {120, 37}, {200, 57}} {
		t.Run(fmt.Sprintf("%dx%d", z.w, z.h), func(t *testing.T) {
			_, s := catalogApp(t, z.w, z.h+3, "local/use-lite@512", "nanogpt/text-embedding-3-small@256", "nanogpt/text-embedding-3-small@1536")
			goTo(t, s, "nanogpt/text-embedding-3-small")
			drawing := ansi.Strip(strings.Join(s.view(z), "\n"))
			var lines []string
			for l := range strings.SplitSeq(drawing, "\n") {
				lines = append(lines, strings.TrimRight(l, " "))
			}
			golden.RequireEqual(t, strings.Join(lines, "\n"))
		})
	}
}

func TestEveryModelIsListedAndTheRerankerSaysWhyNot(t *testing.T) {
	a, s := catalogApp(t, 200, 60)
	if n := len(s.rows()); n != 27 {
		t.Fatalf("%d models are listed, want 24 of NanoGPT and 3 local ones", n)
	}
	press(t, a, "G", "space")
	if len(a.store.candidates) != 0 || !strings.Contains(a.notice.text, "a reranker scores a query against a text") {
		t.Errorf("space on the reranker: candidates %v, notice %q", a.store.candidates, a.notice.text)
	}
	press(t, a, "d")
	if a.top() != nil || !strings.Contains(a.notice.text, "has no vectors to compare") {
		t.Errorf("d on the reranker: notice %q", a.notice.text)
	}
	if screen := ansi.Strip(a.draw()); !strings.Contains(screen, "Cannot be chosen: a reranker") {
		t.Errorf("the details do not say why:\n%s", screen)
	}
}

func TestSpaceChoosesAModelAndTakesItOut(t *testing.T) {
	a, s := catalogApp(t, 80, 24)
	press(t, a, "space")
	if got := candidateIDs(a.store.candidates); !slices.Equal(got, []string{"local/use-lite@512"}) {
		t.Fatalf("space chose %v", got)
	}
	if a.notice.text != "Chosen: local/use-lite@512" {
		t.Errorf("the notice says %q", a.notice.text)
	}
	if mark := s.cells(s.rows()[0], 30, true, false)[0].Text; mark != "●" {
		t.Errorf("a chosen model is marked %q", mark)
	}
	press(t, a, "space")
	if len(a.store.candidates) != 0 || a.notice.text != "Taken out: local/use-lite at 512 dimensions." {
		t.Errorf("space took out: %v, notice %q", a.store.candidates, a.notice.text)
	}
}

func TestModelsThatNeedAKeyCanBeChosenAndSayWhichVariable(t *testing.T) {
	a, s := catalogApp(t, 80, 24)
	goTo(t, s, "nanogpt/netease-youdao/bce-embedding-base_v1")
	if status := a.statusLines(size{80, 1})[0]; !strings.Contains(status, "needs key: set NANOGPT_API_KEY") {
		t.Errorf("the status line says %q", status)
	}
	press(t, a, "space")
	if !a.store.has("nanogpt/netease-youdao/bce-embedding-base_v1") || !strings.Contains(a.notice.text, "needs key: set NANOGPT_API_KEY") {
		t.Errorf("chosen %v, notice %q", a.store.candidates, a.notice.text)
	}
	press(t, a, "c")
	if screen := ansi.Strip(a.draw()); !strings.Contains(screen, "dding-base_v1@1024  needs key: set NANOGPT_API_KEY") {
		t.Errorf("the list of candidates lacks the state:\n%s", screen)
	}
}

func TestTheSeventhCandidateIsRefusedWithTheReason(t *testing.T) {
	a, s := catalogApp(t, 80, 24, "local/ngrams@64", "local/ngrams@128", "local/ngrams@256", "local/ngrams@512", "local/ngrams@768", "local/ngrams@1024")
	press(t, a, "space")
	if len(a.store.candidates) != 6 || !strings.Contains(a.notice.text, "six candidates are the most") {
		t.Errorf("%d candidates, notice %q", len(a.store.candidates), a.notice.text)
	}
	press(t, a, "d", "enter")
	if len(a.store.candidates) != 6 || !strings.Contains(a.notice.text, "six candidates are the most") {
		t.Errorf("with d: %d candidates, notice %q", len(a.store.candidates), a.notice.text)
	}
	press(t, a, "esc")
	goTo(t, s, "local/ngrams")
	press(t, a, "space")
	if len(a.store.candidates) != 0 || !strings.Contains(a.notice.text, "64, 128, 256, 512, 768 and 1024 dimensions") {
		t.Errorf("taking out all six: %v, notice %q", a.store.candidates, a.notice.text)
	}
}

func TestOneModelAtSeveralDimensions(t *testing.T) {
	a, s := catalogApp(t, 80, 24, "local/use-lite@512")
	press(t, a, "d", "down", "space", "3", "0", "0", "enter")
	want := []string{"local/use-lite@512", "local/use-lite@128", "local/use-lite@300"}
	if got := candidateIDs(a.store.candidates); !slices.Equal(got, want) {
		t.Fatalf("the candidates are %v, want %v", got, want)
	}
	screen := ansi.Strip(a.draw())
	for _, text := range []string{"● 128", "● 300", "● 512", "  256", "not trained for truncation", "full length"} {
		if !strings.Contains(screen, text) {
			t.Errorf("the dimensions lack %q:\n%s", text, screen)
		}
	}
	press(t, a, "9", "9", "9", "enter")
	if len(a.store.candidates) != 3 || !strings.Contains(a.notice.text, "ask for 1 to 512") {
		t.Errorf("999 of 512: %v, notice %q", candidateIDs(a.store.candidates), a.notice.text)
	}
	press(t, a, "esc", "esc")
	if a.top() != nil {
		t.Fatal("esc does not close the dimensions")
	}
	if mark := s.cells(s.rows()[0], 30, true, false)[0].Text; mark != "●3" {
		t.Errorf("three candidates are marked %q", mark)
	}
}

func TestDimensionsSayWhereTheyComeFrom(t *testing.T) {
	c := catalog.New(must(catalog.Snapshot()))
	for _, tc := range []struct {
		ref  string
		n    int
		want string
	}{
		{"nanogpt/text-embedding-3-small", 1536, "full length"},
		{"nanogpt/text-embedding-3-small", 256, "derived: cut here, trained for truncation"},
		{"nanogpt/BAAI/bge-m3", 256, "derived: cut here, not trained for truncation"},
		{"nanogpt/gemini-embedding-001", 64, "derived: cut here, below what it was trained for"},
		{"nanogpt/Qwen/Qwen3-Embedding-4B", 1536, "what the provider gives unasked"},
		{"nanogpt/Qwen/Qwen3-Embedding-4B", 2560, "asked of nanogpt"},
	} {
		m, err := c.Find(tc.ref)
		if err != nil {
			t.Fatal(err)
		}
		if got := dimensionsOrigin(m, tc.n); got != tc.want {
			t.Errorf("%s at %d: %q, want %q", tc.ref, tc.n, got, tc.want)
		}
	}
	a, s := catalogApp(t, 80, 24)
	goTo(t, s, "local/ngrams")
	press(t, a, "d")
	if screen := ansi.Strip(a.draw()); !strings.Contains(screen, "256  computed at this length") || !strings.Contains(screen, "any number from 1 to 65536") {
		t.Errorf("the dimensions of ngrams:\n%s", screen)
	}
}

func must(models []api.Model, err error) []api.Model {
	if err != nil {
		panic(err)
	}
	return models
}

func TestDetailsTellEverything(t *testing.T) {
	a, s := catalogApp(t, 200, 60, "nanogpt/Qwen/Qwen3-Embedding-4B@1536")
	for ref, wanted := range map[string][]string{
		"nanogpt/Qwen/Qwen3-Embedding-4B": {
			"Qwen3 Embedding 4B", "● chosen at 1536 dimensions: waits", "Needs NANOGPT_API_KEY: set it", "1536 unless asked for others, at most 2560",
			"documented 1536, model card 2560", "any from 32 to 2560", "trained to be cut to 32–2560", "64 128 256 512 768 1024 ●1536 2560",
			"32,768 tokens", "$0.03 per 1M tokens, low price band", "3 texts, ≈16 tokens: <$0.000001", `“Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:”`, "never before documents", "snapshot: nanogpt's documentation",
		},
		"nanogpt/text-embedding-3-large": {"3 texts, 16 tokens: $0.0000021", "Not chosen: space chooses it", "any from 1 to 3072"},
		"nanogpt/BAAI/bge-m3":            {"query prefix none", "not trained for truncation", "Queries need no prefix."},
		"local/ngrams":                   {"computed anew at any length from 1 to 65536", "free: it runs here", "texts of any length", "3 texts: free", "binary: the model is inside this program"},
	} {
		goTo(t, s, ref)
		screen := strings.Join(strings.Fields(ansi.Strip(strings.Join(s.detailLines(s.rows(), size{58, 57}), " "))), " ")
		for _, want := range wanted {
			if !strings.Contains(screen, want) {
				t.Errorf("the details of %s lack %q:\n%s", ref, want, ansi.Strip(a.draw()))
			}
		}
	}
}

func TestLongDetailsScroll(t *testing.T) {
	for _, z := range []size{{60, 15}, {110, 15}} {
		a, s := catalogApp(t, z.w, z.h)
		goTo(t, s, "nanogpt/gemini-embedding-001")
		press(t, a, "enter")
		if screen := ansi.Strip(a.draw()); !strings.Contains(screen, "Gemini Embedding 001") || strings.Contains(screen, "snapshot:") {
			t.Errorf("%d columns: the details begin\n%s", z.w, screen)
		}
		press(t, a, "G")
		if screen := ansi.Strip(a.draw()); !strings.Contains(screen, "snapshot:") {
			t.Errorf("%d columns: the details end\n%s", z.w, screen)
		}
		press(t, a, "g")
		if screen := ansi.Strip(a.draw()); !strings.Contains(screen, "Gemini Embedding 001") {
			t.Errorf("%d columns: g does not lead back\n%s", z.w, screen)
		}
		if s.selected != "nanogpt/gemini-embedding-001" {
			t.Errorf("%d columns: scrolling moved the cursor to %s", z.w, s.selected)
		}
		press(t, a, "esc")
		if s.reading {
			t.Errorf("%d columns: esc does not lead back to the list", z.w)
		}
	}
}

func TestCursorAndFilterSurviveResizingAndLeaving(t *testing.T) {
	a, s := catalogApp(t, 200, 60)
	press(t, a, "/", "b", "g", "e", "enter", "j", "j")
	selected := s.selected
	for _, z := range []size{{40, 10}, {10, 5}, {80, 24}, {200, 60}} {
		send(t, a, windowSize(z))
		press(t, a, "3", "1")
		_, at, _ := s.current(s.rows())
		table := s.table(s.rows(), s.layout(a.body).list.size())
		if g := table.Fit(s.layout(a.body).list.w, s.layout(a.body).list.h); a.body.h > 2 && (at < g.Top || at >= g.Top+g.Rows) {
			t.Errorf("at %v row %d is not among the %d from %d", z, at, g.Rows, g.Top)
		}
	}
	if s.selected != selected || s.query != "bge" {
		t.Errorf("the cursor is on %s with filter %q, want %s and bge", s.selected, s.query, selected)
	}
}

func TestMouseInTheCatalog(t *testing.T) {
	a, s := catalogApp(t, 80, 24)
	send(t, a, click(10, 5))
	if s.selected != "local/ngrams" {
		t.Fatalf("a click on the third row selects %s", s.selected)
	}
	send(t, a, click(0, 4))
	if got := candidateIDs(a.store.candidates); !slices.Equal(got, []string{"local/glove@100"}) {
		t.Errorf("a click on glove's mark chooses %v", got)
	}
	x := strings.Index(ansi.Strip(strings.Split(a.draw(), "\n")[2]), "$/1M")
	send(t, a, click(x, 2))
	send(t, a, click(x, 2))
	if s.sort != columnPrice || !s.reverse {
		t.Errorf("two clicks on the price sort by %d, reversed %v", s.sort, s.reverse)
	}
	press(t, a, "g")
	send(t, a, tea.MouseWheelMsg{X: 10, Y: 10, Button: tea.MouseWheelDown})
	if _, at, _ := s.current(s.rows()); at != 1 {
		t.Errorf("the wheel leads to row %d", at)
	}
	send(t, a, click(5, 1))
	if !s.editing {
		t.Error("a click on the filter does not open it")
	}
	send(t, a, windowSize(size{110, 20}))
	send(t, a, tea.MouseWheelMsg{X: 100, Y: 10, Button: tea.MouseWheelDown})
	if s.detailTop != 3 {
		t.Errorf("the wheel over the details scrolls to line %d", s.detailTop)
	}
}

func BenchmarkCatalogFrame(b *testing.B) {
	a, s := catalogApp(b, 200, 60, "local/use-lite@512")
	press(b, a, "/", "e", "n")
	for b.Loop() {
		s.view(size{200, 57})
	}
}
