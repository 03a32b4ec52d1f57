package texts

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// library answers with vectors that count letters, and notes what it was asked. A
// text it has answered it knows, as a cache would.
type library struct {
	api.Uncached
	mu    sync.Mutex
	asked []api.Request
	known map[string]bool
	fails map[string]error // by model
	late  bool             // its answers come even when nobody waits any more
}

func (l *library) Known(_ context.Context, req api.Request) ([]bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	known := make([]bool, len(req.Texts))
	for i, t := range req.Texts {
		known[i] = l.known[req.Model+req.Prefix+"|"+t]
	}
	return known, nil
}

func (l *library) Held(_ context.Context, req api.Request) ([][]float32, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	held := make([][]float32, len(req.Texts))
	for i, t := range req.Texts {
		if l.known[req.Model+req.Prefix+"|"+t] {
			held[i] = letterCounts(req.Prefix + t)
		}
	}
	return held, nil
}

// letterCounts are how often each letter occurs, by its code modulo 8.
func letterCounts(text string) []float32 {
	vector := make([]float32, 8)
	for _, r := range text {
		vector[int(r)%8]++
	}
	return vector
}

func (l *library) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	if err := ctx.Err(); err != nil && !l.late {
		return api.Result{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.fails[req.Model]; err != nil {
		return api.Result{}, err
	}
	l.asked = append(l.asked, req)
	result := api.Result{Dimensions: 8, Vectors: make([][]float32, len(req.Texts))}
	for i, t := range req.Texts {
		result.Vectors[i] = letterCounts(req.Prefix + t)
		if key := req.Model + req.Prefix + "|" + t; !l.known[key] {
			l.known[key] = true
			result.Usage.Tokens += 3
			result.Usage.Requests = 1
		}
	}
	return result, nil
}

// queries are the requests whose only text is the query.
func (l *library) queries(query string) (out []api.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, r := range l.asked {
		if len(r.Texts) == 1 && r.Texts[0] == query {
			out = append(out, r)
		}
	}
	return out
}

// libraryOptions are the explorer with two paid models and a free one; "wants" and
// "gives" want a prefix before queries.
func libraryOptions(t testing.TB, l *library, candidates ...string) shell.Options {
	o := uitest.OptionsWith(t, uitest.Texts("abba", "cd", "hhhh", "abcdefgh"), candidates...)
	l.known = map[string]bool{}
	row := func(id, prefix string, price float64) api.Model {
		return api.Model{Provider: "library", ID: id, Name: id, Kind: api.KindEmbedding, Dimensions: 8, MaxTokens: 50, Price: &price, Roles: api.Roles{Query: api.Manner{Prefix: prefix}}, Source: api.SourceCached}
	}
	o.Engine.Catalog = catalog.New(o.Engine.Catalog.Models(), []api.Model{row("wants", "query: ", 20), row("plain", "", 20), row("gives", "find: ", 0)})
	o.Engine.Providers["library"] = l
	o.State.Screen = ID
	return o
}

// ask types a query.
func ask(t testing.TB, a *shell.App, query string) {
	t.Helper()
	uitest.Press(t, a, "Q", "ctrl+u")
	for _, r := range query {
		uitest.Press(t, a, string(r))
	}
	uitest.Press(t, a, "enter")
}

func TestAQueryRanksTheTextsUnderEveryCandidate(t *testing.T) {
	o := uitest.OptionsWith(t, uitest.Texts("A cat sat on a mat.", "Prices fell on Monday.", "Dogs bark."), "local/use-lite@512", "local/ngrams@64")
	o.State.Screen = ID
	term := start(t, 80, 24, o)
	term.WaitFor("3 texts · ≈", "nearest  use-lite@512 → 3")
	term.Press("Q")
	term.WaitFor("Ask a query")
	term.Press("W", "h", "a", "t", "space", "b", "a", "r", "k", "s", "?", "enter")
	term.WaitFor("Query “What barks?”", "local/use-lite@512  1 of 2", "prefix: none", "rank", "cosine", "rank  use-lite@512 1 (")
	if x, y := term.Find("Dogs bark."); y != 5 || x == 0 {
		t.Errorf("the nearest text is not the first rank:\n%s", term.Text())
	}
	term.Press("tab")
	term.WaitFor("local/ngrams@64  2 of 2")
	term.Press("esc")
	term.WaitGone("Query “")
	term.WaitFor("3 texts")
}

func TestWideWindowsShowAllRankings(t *testing.T) {
	a := settled(t, 200, 60, libraryOptions(t, &library{}, "library/gives@8", "local/use-lite@512"))
	ask(t, a, "hh")
	drawn := uitest.Plain(a)
	for _, want := range []string{"Query “hh”", "nearest to the query in library/gives@8", "prefix: “find:␣”", "nearest to the query in local/use-lite@512", "prefix: none"} {
		if !strings.Contains(drawn, want) {
			t.Errorf("%q is not shown:\n%s", want, drawn)
		}
	}
	uitest.Press(t, a, "esc")
	if drawn = uitest.Plain(a); strings.Contains(drawn, "to the query") || !strings.Contains(drawn, "nearest in library/gives@8") {
		t.Errorf("esc does not bring the nearest texts of the text back:\n%s", drawn)
	}
}

func TestPrefixesGoBeforeQueriesAndNeverBeforeTexts(t *testing.T) {
	l := &library{}
	a := settled(t, 80, 24, libraryOptions(t, l, "library/gives@8"))
	ask(t, a, "abba")
	for _, r := range l.asked {
		if want := len(r.Texts) == 1; (r.Prefix == "find: ") != want || strings.Contains(strings.Join(r.Texts, ""), "find") {
			t.Errorf("asked for %q with the prefix %q", r.Texts, r.Prefix)
		}
	}
	if n := len(l.queries("abba")); n != 1 {
		t.Errorf("the query was asked %d times", n)
	}
	m, err := a.Session.Engine().Catalog.Find("library/gives")
	if err != nil {
		t.Fatal(err)
	}
	a.Session.SetRoles(m, api.Roles{Query: api.Manner{Prefix: "mine:\n"}})
	uitest.Press(t, a, "down")
	if q := l.queries("abba"); len(q) != 2 || q[1].Prefix != "mine:\n" || !strings.Contains(uitest.Plain(a), `prefix: “mine:\n”`) {
		t.Errorf("an edited prefix is not asked with: %+v\n%s", q, uitest.Plain(a))
	}
}

// TestAQueryIsComparedWithDocumentsWhereTheyDiffer has of a model whose vectors of
// documents are others than those that the matrices have.
func TestAQueryIsComparedWithDocumentsWhereTheyDiffer(t *testing.T) {
	l := &library{}
	o := libraryOptions(t, l, "library/nomic@8")
	free := 0.0
	o.Engine.Catalog = catalog.New([]api.Model{{Provider: "library", ID: "nomic", Kind: api.KindEmbedding, Dimensions: 8, Price: &free, Roles: api.PresetRoles("nomic-embed-text")}})
	a := settled(t, 80, 24, o)
	ask(t, a, "abba")
	prefixes := map[string]bool{}
	for _, r := range l.asked {
		prefixes[r.Prefix] = true
		if (r.Prefix == "search_query: ") != (len(r.Texts) == 1 && r.Texts[0] == "abba") {
			t.Errorf("asked for %q with the prefix %q", r.Texts, r.Prefix)
		}
	}
	if !prefixes["search_document: "] || !prefixes["search_query: "] {
		t.Errorf("asked with the prefixes %v", prefixes)
	}
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "prefix: “search_query:␣”") || strings.Contains(drawn, "as before the texts") {
		t.Errorf("it is not said how the query is sent:\n%s", drawn)
	}
}

func TestAFailedQueryHidesNoOther(t *testing.T) {
	l := &library{}
	a := settled(t, 200, 60, libraryOptions(t, l, "library/gives@8", "local/ngrams@64"))
	l.fails = map[string]error{"gives": errors.New("the server is on fire; try again later")}
	ask(t, a, "abba")
	drawn := uitest.Plain(a)
	if !strings.Contains(drawn, "the server is on fire") || !strings.Contains(drawn, "try again later") || !strings.Contains(drawn, "1.0000  1  abba") {
		t.Errorf("one failed, the other did not:\n%s", drawn)
	}
	l.fails = nil
	uitest.Press(t, a, "Q", "enter")
	if drawn = uitest.Plain(a); strings.Contains(drawn, "on fire") || len(l.queries("abba")) != 1 {
		t.Errorf("the same query again does not ask what failed:\n%s", drawn)
	}
}

// Another query is asked, and not answered with what came for the one before.
func TestAnotherQueryIsAskedAnew(t *testing.T) {
	l := &library{}
	a := settled(t, 80, 24, libraryOptions(t, l, "library/gives@8"))
	for _, c := range []struct{ query, first string }{{"abba", "   1   0."}, {"hhhh", "   1   0.8839   3  hhhh"}} {
		ask(t, a, c.query)
		if drawn := uitest.Plain(a); !strings.Contains(drawn, c.first) {
			t.Errorf("for %q %q is missing in\n%s", c.query, c.first, drawn)
		}
	}
	// Below stands how similar the text under the cursor is, and not the first.
	uitest.Press(t, a, "home", "down")
	uitest.WantShown(t, a, "rank  gives@8 2 (0.62")
}

func TestRankingsFollowTextsAndCandidates(t *testing.T) {
	l := &library{}
	a := settled(t, 80, 24, libraryOptions(t, l, "library/gives@8"))
	ask(t, a, "hh")
	uitest.Settle(t, a, a.Session.Toggle(api.Candidate{Model: "library/gives", Dimensions: 4}))
	uitest.Press(t, a, "tab")
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "library/gives@4  2 of 2") || len(l.queries("hh")) != 1 || !strings.Contains(drawn, "   4   ") {
		t.Errorf("a derived candidate is not ranked with the vector that is there (%d asked):\n%s", len(l.queries("hh")), drawn)
	}
	uitest.Press(t, a, "g", "d")
	if drawn := uitest.Plain(a); strings.Contains(drawn, "   4   ") || !strings.Contains(drawn, "   3   ") {
		t.Errorf("the deleted text is still ranked:\n%s", drawn)
	}
}

func TestTheCursorMovesThroughTheRanking(t *testing.T) {
	a := settled(t, 80, 24, libraryOptions(t, &library{}, "local/ngrams@64"))
	ask(t, a, "hhhh")
	if a.Session.CursorA() != 2 {
		t.Errorf("the cursor is on text %d, not on the nearest", a.Session.CursorA()+1)
	}
	hits, _ := a.Screen(ID).(*Screen).hits(a.Session.State(a.Session.Candidates()[0]))
	uitest.Press(t, a, "down", "down")
	if a.Session.CursorA() != hits[2].Text {
		t.Errorf("two down the cursor is on text %d, want %d", a.Session.CursorA()+1, hits[2].Text+1)
	}
	uitest.Press(t, a, "G")
	if a.Session.CursorA() != hits[len(hits)-1].Text {
		t.Errorf("G leads to text %d", a.Session.CursorA()+1)
	}
	uitest.Send(t, a, uitest.Click(10, 5))
	if a.Session.CursorA() != hits[0].Text {
		t.Errorf("a click on the first rank leads to text %d:\n%s", a.Session.CursorA()+1, uitest.Plain(a))
	}
	for key, reason := range map[string]string{"/": "esc ends it", ">": "in the order of the query"} {
		if uitest.Press(t, a, key); !strings.Contains(a.Notice().Text, reason) {
			t.Errorf("%s says %q", key, a.Notice().Text)
		}
	}
}

func TestLargeRankingsAreMadeByACommand(t *testing.T) {
	var many []corpus.Text
	for i := range 40 {
		many = append(many, corpus.Text{Text: fmt.Sprintf("text number %d", i)})
	}
	o := uitest.OptionsWith(t, many, "local/ngrams@65536")
	o.State.Screen = ID
	a := settled(t, 80, 24, o)
	ask(t, a, "text number 7")
	if a.Session.CursorA() != 7 || !strings.Contains(uitest.Plain(a), "1.0000") {
		t.Errorf("the cursor is on text %d:\n%s", a.Session.CursorA()+1, uitest.Plain(a))
	}
}

func TestAQueryNeedsWordsTextsAndCandidates(t *testing.T) {
	a := settled(t, 80, 24, libraryOptions(t, &library{}, "local/ngrams@64"))
	uitest.Press(t, a, "Q", "space", "enter")
	if len(a.Overlays()) != 1 || !strings.Contains(uitest.Plain(a), "type a query") {
		t.Errorf("an empty query was taken:\n%s", uitest.Plain(a))
	}
	uitest.Press(t, a, "ctrl+u")
	uitest.Send(t, a, tea.PasteMsg{Content: strings.Repeat("a", corpus.MaxTextLength+1)})
	uitest.Press(t, a, "enter")
	if s := a.Screen(ID).(*Screen); s.query != nil || !strings.Contains(uitest.Plain(a), "a query has at most 100,000 characters") {
		t.Errorf("a query of 100,001 characters was taken:\n%s", uitest.Plain(a))
	}
	uitest.Press(t, a, "backspace", "enter")
	if s := a.Screen(ID).(*Screen); s.query == nil || len(s.query.text) != corpus.MaxTextLength {
		t.Errorf("a query of 100,000 characters was not taken:\n%s", uitest.Plain(a))
	}
	for reason, o := range map[string]shell.Options{"no models": libraryOptions(t, &library{}), "no texts": uitest.OptionsWith(t, nil, "local/ngrams@64")} {
		o.State.Screen = ID
		a := settled(t, 80, 24, o)
		uitest.Press(t, a, "Q")
		if !strings.Contains(a.Notice().Text, reason) {
			t.Errorf("n says %q, want %q", a.Notice().Text, reason)
		}
	}
}

func TestQueriesFitEveryWindow(t *testing.T) {
	for _, query := range []string{"hh", strings.Repeat("long words ", 40), "日本語のテキスト🙂 \u202eabc\x1b[31m é"} {
		a := settled(t, 80, 24, libraryOptions(t, &library{}, "library/gives@8", "local/use-lite@512", "library/wants@8", "nanogpt/BAAI/bge-m3@1024", "local/ngrams@64"))
		s := a.Screen(ID).(*Screen)
		s.startQuery(query)
		uitest.Press(t, a, "down")
		for _, z := range []ui.Size{{W: 40, H: 10}, {W: 60, H: 15}, {W: 80, H: 24}, {W: 110, H: 20}, {W: 200, H: 60}} {
			uitest.Send(t, a, uitest.WindowSize(z))
			for range a.Session.Candidates() {
				uitest.CheckFrame(t, a.Draw(), z)
				uitest.Press(t, a, "tab")
			}
			if drawn := uitest.Plain(a); !strings.Contains(drawn, "Query “") {
				t.Errorf("%v: the query is not shown:\n%s", z, drawn)
			}
		}
	}
}

func TestAQueryOfAnotherLengthSaysWhatHelps(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 200, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	uitest.Press(t, a, "E", "p")
	s.Length = 6
	uitest.Press(t, a, "2")
	ask(t, a, "hh")
	uitest.Press(t, a, "p")
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "the query's vector has 6 dimensions, those of the texts have 4") || !strings.Contains(drawn, "quit and run: vecscope cache prune --model shop/good") {
		t.Errorf("this is drawn:\n%s", drawn)
	}
}
