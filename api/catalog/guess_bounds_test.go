package catalog

import (
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
)

func TestTheNearestNamesComeFirst(t *testing.T) {
	for _, c := range []struct {
		refs  string
		wrong string
		want  string
	}{
		// Fewer mistakes before more, whatever the order of the catalog.
		{"p/abcdefghxx p/abcdefghix p/abcdefghij", "p/abcdefghij", "p/abcdefghij p/abcdefghix p/abcdefghxx"},
		// Without provider, or without owner too, as much is compared as was written.
		{"p/owner/model1", "owner/model2", "p/owner/model1"},
		{"p/owner/model1", "modelX", "p/owner/model1"},
		{"p/OWNER/Model1", "owner/mOdel1", "p/OWNER/Model1"}, {"p/OWNER/Model1", "owner/mOdel2", "p/OWNER/Model1"},
		// A fifth of the letters may be mistaken, and one of few.
		{"p/abcdefghij", "abcdefghxx", "p/abcdefghij"}, {"p/abcdefghij", "abcdefgxxx", ""},
		{"p/abcd", "abcx", "p/abcd"}, {"p/abcd", "abxx", ""}, {"p/abcdefghi", "abcdefgxx", ""},
		// The right name of another provider counts as one mistake: after what is just so.
		{"q/model p/model", "p/model", "p/model q/model"},
		{"p/model", "a-very-long-provider-that-nobody-has/model", "p/model"},
	} {
		if got := strings.Join(nearest(strings.Fields(c.refs), c.wrong), " "); got != c.want {
			t.Errorf("%s of %s: %q, want %q", c.wrong, c.refs, got, c.want)
		}
	}
}

func TestGuessesAreFewAndOfNamesThatSomebodyMayHaveTyped(t *testing.T) {
	long := strings.Repeat("x", maxGuessed)
	var models []api.Model
	for _, id := range []string{"aa1", "aa2", "aa3", "aa4", "aa5", "aa6", long[2:]} {
		models = append(models, api.Model{Provider: "p", ID: id})
	}
	if got := guess(models, "p/aa"); len(got) != maxGuesses || got[0] != "p/aa1" {
		t.Errorf("%q", got)
	}
	if got := guess(models, "p/"+long[2:]); len(got) != 1 {
		t.Errorf("the longest name is guessed as %q", got)
	}
	for _, wrong := range []string{"", "p/" + long[1:]} {
		if got := guess(models, wrong); got != nil {
			t.Errorf("%d bytes are guessed as %q", len(wrong), got)
		}
	}
	got := guess(models, "p/aa4")
	if slices.Sort(got); len(slices.Compact(got)) != maxGuesses {
		t.Errorf("a guess stands twice: %q", got)
	}
}

func TestAPriceThatMovesALittleStaysInItsBand(t *testing.T) {
	for price, want := range map[float64]PriceBand{
		-1: BandFree, 0: BandFree, 1e-9: BandLowest, 0.0149: BandLowest, 0.015: BandLow, 0.0349: BandLow, 0.035: BandMiddle,
		0.0599: BandMiddle, 0.06: BandHigh, 0.1149: BandHigh, 0.115: BandHighest, 9: BandHighest,
	} {
		if got := Band(api.Model{Price: &price}); got != want {
			t.Errorf("$%v is %s, want %s", price, got, want)
		}
	}
}

func TestThePrefixThatIsDocumentedGoesBeforeWhatIsKnownOfTheName(t *testing.T) {
	for _, c := range []struct {
		row  row
		want api.Roles
	}{
		{row{ID: "own"}, api.Roles{}},
		{row{ID: "own", QueryPrefix: "find: {text}"}, api.Roles{Query: api.Manner{Prefix: "find: "}, From: api.RolesPreset}},
		{row{ID: "multilingual-e5-small", QueryPrefix: "find: "}, api.Roles{
			Query: api.Manner{Prefix: "find: "}, Document: api.Manner{Prefix: "passage: "}, Symmetric: api.Manner{Prefix: "query: "}, From: api.RolesPreset,
		}},
		{row{ID: "jina-embeddings-v3"}, api.Roles{}},
	} {
		if got := c.row.roles(); got != c.want {
			t.Errorf("%+v: %+v, want %+v", c.row, got, c.want)
		}
	}
}

func TestALimitIsLearntWhereItIsNews(t *testing.T) {
	c := New([]api.Model{{Provider: "p", ID: "a", MaxTokens: 8}, {Provider: "p", ID: "b"}})
	for _, step := range []struct {
		ref     string
		reads   int
		changed bool
		now     int
	}{
		{"p/a", 9, false, 8}, {"p/a", 8, false, 8}, {"p/a", 0, false, 8}, {"p/a", 7, true, 7}, {"p/a", 7, false, 7}, {"p/b", 1, true, 1}, {"p/b", 1, false, 1}, {"p/none", 4, false, 0},
	} {
		changed := c.LearnLimit(step.ref, step.reads)
		if m, _ := c.Find(step.ref); changed != step.changed || m.MaxTokens != step.now {
			t.Errorf("%s reads %d tokens: changed %v to %d, want %v to %d", step.ref, step.reads, changed, m.MaxTokens, step.changed, step.now)
		}
	}
}

func TestWhatIsWrittenIsResolved(t *testing.T) {
	c := New([]api.Model{{Provider: "p", ID: "o/a", Dimensions: 8, MaxDimensions: 16}, {Provider: "p", ID: "unknown-length"}, {Provider: "p", ID: "small", Dimensions: 1}})
	for written, want := range map[string]api.Candidate{
		" p/o/a ":            {Model: "p/o/a", Dimensions: 8},
		"p/o/a@16":           {Model: "p/o/a", Dimensions: 16},
		"p/o/a@1":            {Model: "p/o/a", Dimensions: 1},
		"p/unknown-length":   {Model: "p/unknown-length"},
		"p/unknown-length@3": {Model: "p/unknown-length", Dimensions: 3},
		"p/small":            {Model: "p/small", Dimensions: 1},
	} {
		if got, m, err := c.Resolve(written); err != nil || got != want || m.Ref() != want.Model {
			t.Errorf("%q is %+v of %s, %v; want %+v", written, got, m.Ref(), err, want)
		}
	}
	for written, want := range map[string]string{
		"a":          "there is no model a; did you mean p/o/a?",
		"small@1":    "there is no model small; did you mean p/small?",
		"zzzz":       `"zzzz": a model is written provider/model, such as local/use-lite`,
		"p/smal":     "there is no model p/smal; did you mean p/small?",
		"q/zzzz":     "there is no model q/zzzz; vecscope models lists those there are",
		"p/o/a@17":   "p/o/a cannot have 17 dimensions: ask for 1 to 16",
		"p/o/a@0":    `"p/o/a@0": after @ comes a number of dimensions, such as p/o/a@256`,
		"p/small@2":  "p/small cannot have 2 dimensions: ask for 1 to 1",
		"o/a@x":      `"o/a@x": after @ comes a number of dimensions, such as o/a@256`,
		"p/smal@999": "there is no model p/smal; did you mean p/small?",
	} {
		if _, _, err := c.Resolve(written); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", written, err, want)
		}
	}
}
