package texts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/uitest"
)

// As many texts are asked for as the screen lists, and the text itself.
func TestTheCommandAsksForAsManyTextsAsAreNearest(t *testing.T) {
	for n, want := range map[int]int{2: 2, nearestShown: nearestShown, nearestShown + 1: nearestShown + 1, nearestShown + 2: nearestShown + 1} {
		a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Numbered(n), "local/ngrams@64"))
		c, reason := a.Screen(ID).(*Screen).Command()
		if reason != "" || !strings.Contains(c.Line()+" ", fmt.Sprintf(" --top %d ", want)) {
			t.Errorf("of %d texts it is %q %s", n, c.Line(), reason)
		}
	}
}

// The command looks for what the screen shows: the nearest of the text under the cursor, or the
// ranking of all for a query; what it cannot say is told.
func TestTheCommandOfTextsFindsWhatIsShown(t *testing.T) {
	const unsent, all = "it sends no prefixes, as texts that are compared with each other have here", "it takes all texts, not only those of the filter"
	for _, c := range []struct {
		name    string
		n       int // texts
		model   string
		cursor  int
		filter  string
		query   string
		command string
		args    []string
		lacks   []string
	}{
		{"few texts", 3, "library/gives@8", 1, "", "", "search", []string{"--query", "text number 2", "--roles", "off", "--top", "3"}, nil},
		{"as many as are shown", nearestShown + 1, "library/gives@8", 0, "", "", "search", []string{"--query", "text number 1", "--roles", "off", "--top", "51"}, nil},
		{"more", nearestShown + 9, "library/gives@8", 0, "", "", "search", []string{"--query", "text number 1", "--roles", "off", "--top", "51"}, nil},
		{"a filter", 3, "library/gives@8", 1, "number", "", "search", []string{"--query", "text number 2", "--roles", "off", "--top", "3"}, []string{all}},
		{"a model with prefixes for queries alone", 3, "library/wants@8", 0, "", "", "search", []string{"--query", "text number 1", "--roles", "off", "--top", "3"}, nil},
		{"a model with prefixes for texts", 3, "library/nomic@8", 0, "", "", "search", []string{"--query", "text number 1", "--roles", "off", "--top", "3"}, []string{unsent}},
		{"a query", 9, "library/gives@8", 0, "", "abba", "search", []string{"--query", "abba", "--top", "9"}, nil},
		{"no text", 0, "library/gives@8", 0, "", "", "", nil, nil},
	} {
		o := libraryOptions(t, &library{}, c.model)
		o.Engine.Catalog = catalog.New([]api.Model{{Provider: "library", ID: "nomic", Kind: api.KindEmbedding, Dimensions: 8, Roles: api.PresetRoles("nomic-embed-text")}}, o.Engine.Catalog.Models())
		o.State.Texts = uitest.OptionsWith(t, uitest.Numbered(c.n)).State.Texts
		a := settled(t, 80, 24, o)
		s := a.Screen(ID).(*Screen)
		if c.query != "" {
			ask(t, a, c.query)
		}
		a.Session.PointAt(c.cursor)
		if c.filter != "" {
			s.Filter(c.filter)
		}
		got, reason := s.Command()
		if c.command == "" {
			if reason == "" {
				t.Errorf("%s: the command is %q", c.name, got.Args)
			}
			continue
		}
		lacks := slices.DeleteFunc(slices.Clone(got.Lacks), func(l string) bool { return strings.HasPrefix(l, "these texts are in no file") })
		if got.Args[0] != c.command || !slices.Equal(got.Args[3:3+len(c.args)], c.args) || !slices.Equal(lacks, c.lacks) {
			t.Errorf("%s: the command is %q, which lacks %q", c.name, got.Args, lacks)
		}
	}
}

func TestWhatWasLeftOutOfAFileIsShownWhereAnythingWas(t *testing.T) {
	s := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one"))).Screen(ID).(*Screen)
	for _, c := range []struct {
		read *corpus.Reading
		want string
	}{{nil, "nothing was left out of a file"}, {&corpus.Reading{}, "nothing was left out of a file"}, {&corpus.Reading{Left: 1}, ""}} {
		s.last.reading = c.read
		if got := s.nothingLeftOut(); got != c.want {
			t.Errorf("of %+v it is said %q, want %q", c.read, got, c.want)
		}
	}
}
