package models

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/uitest"
)

// catalogApp is the explorer on the catalog screen, with those candidates.
func catalogApp(t testing.TB, w, h int, candidates ...string) (*shell.App, *Screen) {
	t.Helper()
	o := uitest.LocalOptions(t)
	o.State = config.State{Version: 1, Threshold: 0.95, Candidates: candidates, Screen: ID}
	for _, text := range []string{"A cat sat on a mat.", "Dogs bark.", "Prices fell on Monday."} {
		o.State.Texts = append(o.State.Texts, config.Text{Text: text})
	}
	a := settled(t, w, h, o)
	return a, a.Screen(ID).(*Screen)
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
			Roles: api.Roles{Query: api.Manner{Prefix: "\x1b[2J\n"}}, Notes: []string{"", strings.Repeat("x", 500)}, Owner: "\u202eowner",
		},
	}
}

// foreignApp is the catalog screen with those models alone.
func foreignApp(t testing.TB, w, h int) (*shell.App, *Screen) {
	t.Helper()
	o := uitest.LocalOptions(t)
	o.Engine.Catalog = catalog.New(foreignModels())
	o.State = config.State{Version: 1, Threshold: 0.95, Screen: ID, Texts: []config.Text{{Text: "one"}}}
	a := settled(t, w, h, o)
	return a, a.Screen(ID).(*Screen)
}

func TestWhatCanBeUsedNowStandsFirst(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop())
	paid, err := o.Engine.Catalog.Find("shop/good")
	if err != nil {
		t.Fatal(err)
	}
	locked, free := paid, paid
	locked.ID, locked.KeyEnv = "locked", "NO_KEY"
	free.ID, free.KeyEnv = "free", ""
	o.Engine.Catalog = catalog.New([]api.Model{locked, paid, free})
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "1")
	s := a.Screen(ID).(*Screen)
	if got := shownModels(s); !slices.Equal(got, []string{"good", "free", "locked"}) {
		t.Errorf("the rows are %v", got)
	}
	uitest.WantShown(t, a, "usable now first")
	uitest.Press(t, a, "s")
	if words := s.orderWords(); words == "usable now first" {
		t.Errorf("sorted rows are said to be %s", words)
	}
	o.Engine.Catalog = catalog.New([]api.Model{paid, free, locked})
	same := settled(t, 80, 24, o)
	uitest.Press(t, same, "1")
	uitest.WantShown(t, same, "in catalog order")
}

// shownModels are the ids of the rows, in their order.
func shownModels(s *Screen) []string {
	var ids []string
	for _, r := range s.rows() {
		ids = append(ids, r.model.ID)
	}
	return ids
}

// goTo puts the cursor on a model.
func goTo(t testing.TB, s *Screen, ref string) {
	t.Helper()
	at := slices.IndexFunc(s.rows(), func(r catalogRow) bool { return r.model.Ref() == ref })
	if at < 0 {
		t.Fatalf("%s is not in the list", ref)
	}
	s.put(s.rows()[at])
}

var bodySizes = []ui.Size{{W: 40, H: 7}, {W: 60, H: 12}, {W: 80, H: 21}, {W: 110, H: 27}, {W: 200, H: 57}}

func TestCatalogFillsEverySizeExactly(t *testing.T) {
	for name, open := range map[string]func(testing.TB, int, int) (*shell.App, *Screen){
		"catalog": func(t testing.TB, w, h int) (*shell.App, *Screen) { return catalogApp(t, w, h, "local/use-lite@512") },
		"foreign": foreignApp,
	} {
		for _, keys := range [][]string{nil, {"G"}, {"G", "enter"}, {"G", "tab", "G"}, {"/", "漢"}, {"/", "e"}, {"/", "z", "z", "q", "enter"}, {"s", "s", "S"}, {"w", "enter"}} {
			t.Run(name+"/"+strings.Join(keys, " "), func(t *testing.T) {
				a, s := open(t, 80, 24)
				uitest.Press(t, a, keys...)
				for _, z := range bodySizes {
					uitest.Send(t, a, uitest.WindowSize(ui.Size{W: z.W, H: z.H + 3}))
					uitest.CheckFrame(t, strings.Join(s.View(z), "\n"), z)
					uitest.CheckFrame(t, a.Draw(), ui.Size{W: z.W, H: z.H + 3})
				}
			})
		}
	}
}

func TestCatalogOverlaysFitEveryWindow(t *testing.T) {
	for _, keys := range [][]string{{"w"}, {"d"}, {"d", "9", "9"}, {"c"}} {
		for _, candidates := range [][]string{nil, {"local/use-lite@512", "local/use-lite@256", "nanogpt/BAAI/bge-m3@1024", "local/glove@100", "local/ngrams@64", "local/ngrams@4096"}} {
			a, _ := catalogApp(t, 80, 24, candidates...)
			uitest.Press(t, a, keys...)
			for _, z := range []ui.Size{{W: 40, H: 10}, {W: 60, H: 15}, {W: 80, H: 24}, {W: 200, H: 60}} {
				uitest.Send(t, a, uitest.WindowSize(z))
				uitest.CheckFrame(t, a.Draw(), z)
			}
		}
	}
}

// timed is a latency, which differs each time, behind the blanks before it.
var timed = regexp.MustCompile(` +<?\d+ ms`)

func TestCatalogDrawing(t *testing.T) {
	for _, z := range []ui.Size{{W: 60, H: 12}, {W: 80, H: 21}, {W: 120, H: 37}, {W: 200, H: 57}} {
		t.Run(fmt.Sprintf("%dx%d", z.W, z.H), func(t *testing.T) {
			_, s := catalogApp(t, z.W, z.H+3, "local/use-lite@512", "nanogpt/text-embedding-3-small@256", "nanogpt/text-embedding-3-small@1536")
			goTo(t, s, "nanogpt/text-embedding-3-small")
			drawing := timed.ReplaceAllStringFunc(ansi.Strip(strings.Join(s.View(z), "\n")), func(m string) string { return term.PadLeft("N ms", len(m)) })
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
	uitest.Press(t, a, "G", "space")
	if len(a.Session.Candidates()) != 0 || !strings.Contains(a.Notice().Text, "a reranker scores a query against a text") {
		t.Errorf("space on the reranker: candidates %v, notice %q", a.Session.Candidates(), a.Notice().Text)
	}
	uitest.Press(t, a, "D")
	if a.Top() != nil || !strings.Contains(a.Notice().Text, "has no vectors to compare") {
		t.Errorf("d on the reranker: notice %q", a.Notice().Text)
	}
	if screen := ansi.Strip(a.Draw()); !strings.Contains(screen, "Cannot be selected: a reranker") {
		t.Errorf("the details do not say why:\n%s", screen)
	}
}

func TestSpaceChoosesAModelAndTakesItOut(t *testing.T) {
	a, s := catalogApp(t, 80, 24)
	uitest.Press(t, a, "space")
	if got := session.CandidateIDs(a.Session.Candidates()); !slices.Equal(got, []string{"local/use-lite@512"}) {
		t.Fatalf("space chose %v", got)
	}
	if a.Notice().Text != "Selected: local/use-lite@512" {
		t.Errorf("the notice says %q", a.Notice().Text)
	}
	if mark := s.cells(s.rows()[0], 30, true, false)[columnChosen].Text; mark != "●" {
		t.Errorf("a chosen model is marked %q", mark)
	}
	uitest.Press(t, a, "space")
	if len(a.Session.Candidates()) != 0 || a.Notice().Text != "Removed: local/use-lite at 512 dimensions." {
		t.Errorf("space took out: %v, notice %q", a.Session.Candidates(), a.Notice().Text)
	}
}

func TestModelsThatNeedAKeyCanBeChosenAndSayWhichVariable(t *testing.T) {
	a, s := catalogApp(t, 80, 24)
	goTo(t, s, "nanogpt/netease-youdao/bce-embedding-base_v1")
	if status := a.StatusLines(ui.Size{W: 80, H: 1})[0]; !strings.Contains(status, "needs key: set NANOGPT_API_KEY") {
		t.Errorf("the status line says %q", status)
	}
	uitest.Press(t, a, "space")
	if !a.Session.Has("nanogpt/netease-youdao/bce-embedding-base_v1") || !strings.HasSuffix(a.Notice().Text, " · needs key: set NANOGPT_API_KEY") {
		t.Errorf("chosen %v, notice %q", a.Session.Candidates(), a.Notice().Text)
	}
	uitest.Press(t, a, "c")
	uitest.WantShown(t, a, "● bce-embedding-base_v1@1024 ", " needs key: set NANOGPT_API_KEY │")
}

func TestTheSeventhCandidateIsRefusedWithTheReason(t *testing.T) {
	a, s := catalogApp(t, 80, 24, "local/ngrams@64", "local/ngrams@128", "local/ngrams@256", "local/ngrams@512", "local/ngrams@768", "local/ngrams@1024")
	uitest.Press(t, a, "space")
	if len(a.Session.Candidates()) != 6 || !strings.Contains(a.Notice().Text, "six models are the most") {
		t.Errorf("%d candidates, notice %q", len(a.Session.Candidates()), a.Notice().Text)
	}
	uitest.Press(t, a, "D", "enter")
	if len(a.Session.Candidates()) != 6 || !strings.Contains(a.Notice().Text, "six models are the most") {
		t.Errorf("with d: %d candidates, notice %q", len(a.Session.Candidates()), a.Notice().Text)
	}
	uitest.Press(t, a, "esc")
	goTo(t, s, "local/ngrams")
	uitest.Press(t, a, "space")
	if len(a.Session.Candidates()) != 0 || !strings.Contains(a.Notice().Text, "64, 128, 256, 512, 768 and 1024 dimensions") {
		t.Errorf("taking out all six: %v, notice %q", a.Session.Candidates(), a.Notice().Text)
	}
}

func TestOneModelAtSeveralDimensions(t *testing.T) {
	a, s := catalogApp(t, 80, 24, "local/use-lite@512")
	uitest.Press(t, a, "D", "down", "space", "3", "0", "0", "enter")
	want := []string{"local/use-lite@512", "local/use-lite@128", "local/use-lite@300"}
	if got := session.CandidateIDs(a.Session.Candidates()); !slices.Equal(got, want) {
		t.Fatalf("the candidates are %v, want %v", got, want)
	}
	screen := ansi.Strip(a.Draw())
	for _, text := range []string{"● 128", "● 300", "● 512", "  256", "not trained for truncation", "full length"} {
		if !strings.Contains(screen, text) {
			t.Errorf("the dimensions lack %q:\n%s", text, screen)
		}
	}
	uitest.Press(t, a, "9", "9", "9", "enter")
	if len(a.Session.Candidates()) != 3 || !strings.Contains(a.Notice().Text, "ask for 1 to 512") {
		t.Errorf("999 of 512: %v, notice %q", session.CandidateIDs(a.Session.Candidates()), a.Notice().Text)
	}
	uitest.Press(t, a, "esc", "esc")
	if a.Top() != nil {
		t.Fatal("esc does not close the dimensions")
	}
	if mark := s.cells(s.rows()[0], 30, true, false)[columnChosen].Text; mark != "●3" {
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
		if got := candidate.DimensionsOrigin(m, tc.n); got != tc.want {
			t.Errorf("%s at %d: %q, want %q", tc.ref, tc.n, got, tc.want)
		}
	}
	a, s := catalogApp(t, 80, 24)
	goTo(t, s, "local/ngrams")
	uitest.Press(t, a, "D")
	if screen := ansi.Strip(a.Draw()); !strings.Contains(screen, "256  computed at this length") || !strings.Contains(screen, "any number from 1 to 65536") {
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
			"Qwen3 Embedding 4B", "● selected at 1536 dimensions: waits", "Needs an API key: set NANOGPT_API_KEY", "1536 unless asked for others, at most 2560",
			"documented 1536, model card 2560", "any from 32 to 2560", "trained to be cut to 32–2560", "64 128 256 512 768 1024 ●1536 2560",
			"32,768 tokens", "$0.03 per 1M tokens, low price band", "3 texts, ≈16 tokens: <$0.000001", `“Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:”`, "before queries documents none compared none", "snapshot: nanogpt's documentation",
		},
		"nanogpt/text-embedding-3-large": {"3 texts, 16 tokens: $0.0000021", "Not selected: space selects it", "any from 1 to 3072"},
		"nanogpt/BAAI/bge-m3":            {"query prefix none", "not trained for truncation", "Queries need no prefix."},
		"local/ngrams":                   {"computed anew at any length from 1 to 65536", "free: it runs here", "texts of any length", "3 texts: free", "binary: the model is inside this program"},
	} {
		goTo(t, s, ref)
		screen := strings.Join(strings.Fields(ansi.Strip(strings.Join(s.detailLines(s.rows(), ui.Size{W: 58, H: 57}), " "))), " ")
		for _, want := range wanted {
			if !strings.Contains(screen, want) {
				t.Errorf("the details of %s lack %q:\n%s", ref, want, ansi.Strip(a.Draw()))
			}
		}
	}
}

func TestLongDetailsScroll(t *testing.T) {
	for _, z := range []ui.Size{{W: 60, H: 15}, {W: 110, H: 15}} {
		a, s := catalogApp(t, z.W, z.H)
		goTo(t, s, "nanogpt/gemini-embedding-001")
		uitest.Press(t, a, "enter")
		if screen := ansi.Strip(a.Draw()); !strings.Contains(screen, "Gemini Embedding 001") || strings.Contains(screen, "snapshot:") {
			t.Errorf("%d columns: the details begin\n%s", z.W, screen)
		}
		uitest.Press(t, a, "G")
		if screen := ansi.Strip(a.Draw()); !strings.Contains(screen, "snapshot:") {
			t.Errorf("%d columns: the details end\n%s", z.W, screen)
		}
		uitest.Press(t, a, "g")
		if screen := ansi.Strip(a.Draw()); !strings.Contains(screen, "Gemini Embedding 001") {
			t.Errorf("%d columns: g does not lead back\n%s", z.W, screen)
		}
		if s.selected != "nanogpt/gemini-embedding-001" {
			t.Errorf("%d columns: scrolling moved the cursor to %s", z.W, s.selected)
		}
		uitest.Press(t, a, "esc")
		if s.reading {
			t.Errorf("%d columns: esc does not lead back to the list", z.W)
		}
	}
}

func TestCursorAndFilterSurviveResizingAndLeaving(t *testing.T) {
	a, s := catalogApp(t, 200, 60)
	uitest.Press(t, a, "/", "b", "g", "e", "enter", "j", "j")
	selected := s.selected
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 10, H: 5}, {W: 80, H: 24}, {W: 200, H: 60}} {
		uitest.Send(t, a, uitest.WindowSize(z))
		uitest.Press(t, a, "3", "1")
		_, at, _ := s.current(s.rows())
		table := s.table(s.rows(), s.layout(a.Body).list.Size())
		if g := table.Fit(s.layout(a.Body).list.W, s.layout(a.Body).list.H); a.Body.H > 2 && (at < g.Top || at >= g.Top+g.Rows) {
			t.Errorf("at %v row %d is not among the %d from %d", z, at, g.Rows, g.Top)
		}
	}
	if s.selected != selected || s.query != "bge" {
		t.Errorf("the cursor is on %s with filter %q, want %s and bge", s.selected, s.query, selected)
	}
}

func TestMouseInTheCatalog(t *testing.T) {
	a, s := catalogApp(t, 80, 24)
	uitest.Send(t, a, uitest.Click(10, 5))
	if s.selected != "local/ngrams" {
		t.Fatalf("a click on the third row selects %s", s.selected)
	}
	uitest.Send(t, a, uitest.Click(0, 4))
	if got := session.CandidateIDs(a.Session.Candidates()); !slices.Equal(got, []string{"local/glove@100"}) {
		t.Errorf("a click on glove's mark chooses %v", got)
	}
	x := strings.Index(ansi.Strip(strings.Split(a.Draw(), "\n")[2]), "$/1M")
	uitest.Send(t, a, uitest.Click(x, 2))
	uitest.Send(t, a, uitest.Click(x, 2))
	if s.sort != columnPrice || !s.reverse {
		t.Errorf("two clicks on the price sort by %d, reversed %v", s.sort, s.reverse)
	}
	uitest.Press(t, a, "g")
	uitest.Send(t, a, tea.MouseWheelMsg{X: 10, Y: 10, Button: tea.MouseWheelDown})
	if _, at, _ := s.current(s.rows()); at != 1 {
		t.Errorf("the wheel leads to row %d", at)
	}
	uitest.Send(t, a, uitest.Click(5, 1))
	if !s.editing {
		t.Error("a click on the filter does not open it")
	}
	uitest.Send(t, a, uitest.WindowSize(ui.Size{W: 110, H: 20}))
	uitest.Send(t, a, tea.MouseWheelMsg{X: 100, Y: 10, Button: tea.MouseWheelDown})
	if s.detailTop != 3 {
		t.Errorf("the wheel over the details scrolls to line %d", s.detailTop)
	}
}

func BenchmarkCatalogFrame(b *testing.B) {
	a, s := catalogApp(b, 200, 60, "local/use-lite@512")
	uitest.Press(b, a, "/", "e", "n")
	for b.Loop() {
		s.View(ui.Size{W: 200, H: 57})
	}
}
