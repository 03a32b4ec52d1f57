package models

import (
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/ui/uitest"
)

// Marks of the filter lie on the letters that it found, in every cell.
func TestTheFilterMarksWhatItFound(t *testing.T) {
	marked := func(text string, hits []int) string {
		var b strings.Builder
		for i, r := range text {
			if slices.Contains(hits, i) {
				b.WriteString("[" + string(r) + "]")
			} else {
				b.WriteRune(r)
			}
		}
		return strings.ReplaceAll(b.String(), "][", "")
	}
	m := api.Model{Provider: "nanogpt", ID: "text-embedding-3-small", Languages: "many", Use: "search"}
	for word, want := range map[string][4]string{
		"gpt/te": {"nano[gpt]", "[te]xt-embedding-3-small", "many · search", ""},
		"search": {"nanogpt", "text-embedding-3-small", "many · [search]", ""},
		"many":   {"nanogpt", "text-embedding-3-small", "[many] · search", ""},
		"tes":    {"nanogpt", "[t]ext-[e]mbedding-3-[s]mall", "many · search", ""},
	} {
		match, ok := matchModel(m, []string{word})
		r := catalogRow{model: m, match: match}
		if p, id, l := marked(m.Provider, match.hits[fieldProvider]), marked(m.ID, match.hits[fieldID]), marked(languagesCell(m), languagesHits(r)); !ok || p != want[0] || id != want[1] || l != want[2] {
			t.Errorf("%s: %v %s %s %s, want %q", word, ok, p, id, l, want[:3])
		}
	}
	// What holds the word stands before what has its letters.
	literal, _ := matchModel(api.Model{ID: "a-tes-b"}, []string{"tes"})
	letters, _ := matchModel(m, []string{"tes"})
	if literal.score <= letters.score {
		t.Errorf("the word scores %d, its letters %d", literal.score, letters.score)
	}
}

func TestAFilterThatIsLeftOrBegunAnewIsAsItShouldBe(t *testing.T) {
	a, s := catalogApp(t, 120, 30, "local/glove@100")
	uitest.Press(t, a, "enter")
	if !s.reading {
		t.Fatal("the details are not read")
	}
	uitest.Press(t, a, "/", "g", "l", "o")
	if s.reading || s.query != "glo" || s.selected != "local/glove" {
		t.Errorf("reading %v, words %q, cursor on %s", s.reading, s.query, s.selected)
	}
	uitest.Press(t, a, "enter", "/", "v")
	if s.query != "glov" {
		t.Errorf("the words are %q", s.query)
	}
	uitest.WantShown(t, a, "1 of ")
	uitest.Press(t, a, "esc")
	if s.query != "" || s.editing {
		t.Errorf("esc leaves the words %q", s.query)
	}
	// The guide begins with its own order and its first model, without the filter.
	uitest.Press(t, a, "s", "S", "/", "g", "l", "o", "enter", "w", "down", "enter")
	if s.use == nil || s.query != "" || s.sort != columnNone || s.reverse {
		t.Fatalf("the guide shows %v, filtered %q, sorted %v %v", s.use, s.query, s.sort, s.reverse)
	}
	if first := s.rows()[0].model.Ref(); s.selected != first {
		t.Errorf("the cursor is on %s, not on %s", s.selected, first)
	}
	uitest.WantShown(t, a, s.use.Question+": ")
	uitest.Press(t, a, "w")
	uitest.WantShown(t, a, "● "+s.use.Question)
	if c, _ := s.Command(); len(c.Lacks) != 1 || !strings.Contains(c.Lacks[0], "not only those of the guide") {
		t.Errorf("the command lacks %q", c.Lacks)
	}
	for _, use := range catalog.Guide() {
		s.narrow(&use)
		if rows := s.rows(); use.LocalAlternative != "" && rows[len(rows)-1].model.Ref() != use.LocalAlternative {
			t.Errorf("%s: the last row is %s", use.Question, rows[len(rows)-1].model.Ref())
		}
	}
	uitest.Press(t, a, "esc", "esc")
	s.Filter("local/")
	if c, _ := s.Command(); !strings.HasSuffix(c.Line(), "--provider local") || len(c.Lacks) != 0 {
		t.Errorf("the command is %s, for it %q", c.Line(), c.Lacks)
	}
}

// A word is a reference where it holds the slash and something before or behind it.
func TestReferencesMatchOverTheSlash(t *testing.T) {
	m := api.Model{Provider: "shop", ID: "good-one", Name: "Good one"}
	for word, want := range map[string]struct {
		reference    bool
		provider, id []int
	}{
		"shop":      {provider: []int{0, 1, 2, 3}},
		"shop/":     {reference: true, provider: []int{0, 1, 2, 3}},
		"op/go":     {reference: true, provider: []int{2, 3}, id: []int{0, 1}},
		"/good":     {reference: true, id: []int{0, 1, 2, 3}},
		"SHOP/GOOD": {reference: true, provider: []int{0, 1, 2, 3}, id: []int{0, 1, 2, 3}},
		"one":       {id: []int{5, 6, 7}},
	} {
		var fields [modelFields]string
		for f := range modelFields {
			fields[f] = fieldText(m, f)
		}
		if got := new(modelMatch).addReference(fields, word); got != want.reference {
			t.Errorf("%q is a reference: %t", word, got)
		}
		match, ok := matchModel(m, []string{word})
		if !ok || !slices.Equal(match.hits[fieldProvider], want.provider) || !slices.Equal(match.hits[fieldID], want.id) {
			t.Errorf("%q is found at %v of the provider and %v of the name", word, match.hits[fieldProvider], match.hits[fieldID])
		}
	}
	if match, ok := matchModel(m, []string{"shop//"}); ok {
		t.Errorf("two slashes are found at %v", match.hits)
	}
}
