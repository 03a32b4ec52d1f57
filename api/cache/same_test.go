package cache

import (
	"errors"
	"math"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
)

// weighed are the vectors of texts by the model with those weights.
func weighed(weights string, texts []string, length int) [][]float32 {
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		vectors[i] = vectorFor(weights+text, length)
	}
	return vectors
}

func TestVectorsOfTwoModelsOfOneNameAreNeverMixed(t *testing.T) {
	cases := []struct {
		name          string
		before, after api.Identity
		asked         []string // after the model was replaced
	}{
		{"its server tells a sum of the weights", "digest:1", "digest:2", []string{"a", "b", "c"}},
		{"its server tells its size", "meta:size=1", "meta:size=2", []string{sampleText, "a", "b", "c"}},
		{"two of the same size", "meta:size=1", "meta:size=1", []string{sampleText, "a", "b", "c"}},
		{"nothing is told", "", "", []string{sampleText, "a", "b", "c"}},
		{"it is told from now on", "", "digest:2", []string{sampleText, "a", "b", "c"}},
		{"it is told no longer", "digest:1", "", []string{sampleText, "a", "a", "b", "c"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := &server{free: true, identity: c.before, weights: "old ", length: 8, batch: 10}
			p, kept := behind(t, s)
			embed(t, p, api.Request{Model: "m", Texts: []string{"a", "b"}})
			s.identity, s.weights, s.paid = c.after, "new ", nil
			texts := []string{"a", "b", "c"}
			result := embed(t, p, api.Request{Model: "m", Texts: texts})
			if want := weighed("new ", texts, 8); !reflect.DeepEqual(result.Vectors, want) {
				t.Error("vectors of the former model are among the answer")
			}
			slices.Sort(s.paid)
			slices.Sort(c.asked)
			if !slices.Equal(s.paid, c.asked) {
				t.Errorf("asked for %q, want %q", s.paid, c.asked)
			}
			if told := kept.Notices(); len(told) != 1 || !strings.Contains(told[0], "mine/m is another model than before") {
				t.Errorf("it says %q", told)
			}
			s.paid = nil
			again := embed(t, p, api.Request{Model: "m", Texts: []string{"a", "c", "d"}})
			if again.Version != result.Version || slices.Contains(s.paid, "a") || kept.Notices() != nil {
				t.Errorf("the next run asks for %q", s.paid)
			}
			if n := countEntries(t, kept); n != 2+4 {
				t.Errorf("%d vectors are kept, the former ones among them", n)
			}
		})
	}
}

func TestAModelThatIsPutBackFindsItsVectors(t *testing.T) {
	s := &server{free: true, identity: "digest:1", weights: "old ", length: 8, batch: 10}
	p, _ := behind(t, s)
	texts := []string{"a", "b"}
	embed(t, p, api.Request{Model: "m", Texts: texts})
	s.identity, s.weights = "digest:2", "new "
	if got := embed(t, p, api.Request{Model: "m", Texts: texts}); !reflect.DeepEqual(got.Vectors, weighed("new ", texts, 8)) {
		t.Error("a run that needs no new vectors takes those of the former model")
	}
	s.identity, s.weights, s.paid = "digest:1", "old ", nil
	got := embed(t, p, api.Request{Model: "m", Texts: texts})
	if !reflect.DeepEqual(got.Vectors, weighed("old ", texts, 8)) || s.paid != nil {
		t.Errorf("asked again for %q", s.paid)
	}
}

func TestAModelOfAnotherSizeIsNoticedAfterOneOfTheSameSize(t *testing.T) {
	s := &server{free: true, identity: "meta:size=1", weights: "first ", length: 8, batch: 10}
	p, _ := behind(t, s)
	texts := []string{"a", "b"}
	embed(t, p, api.Request{Model: "m", Texts: texts})
	s.weights = "second "
	texts = append(texts, "c")
	embed(t, p, api.Request{Model: "m", Texts: texts})
	s.identity, s.weights = "meta:size=2", "third "
	if got := embed(t, p, api.Request{Model: "m", Texts: texts}); !reflect.DeepEqual(got.Vectors, weighed("third ", texts, 8)) {
		t.Error("a run that needs no new vectors takes those of the former model")
	}
}

func TestOfModelsOfOneNameAndSizeOnlyTheSameComesBack(t *testing.T) {
	for _, third := range []string{"first ", "third "} {
		s := &server{free: true, identity: "meta:size=1", weights: "first ", length: 8, batch: 10}
		p, _ := behind(t, s)
		texts := []string{"a", "b"}
		embed(t, p, api.Request{Model: "m", Texts: texts})
		s.identity, s.weights = "meta:size=2", "second "
		texts = append(texts, "c")
		embed(t, p, api.Request{Model: "m", Texts: texts})
		s.identity, s.weights, s.paid = "meta:size=1", third, nil
		texts = append(texts, "d")
		got := embed(t, p, api.Request{Model: "m", Texts: texts})
		if !reflect.DeepEqual(got.Vectors, weighed(third, texts, 8)) {
			t.Errorf("%s: vectors of two models are among the answer", third)
		}
		if back := !slices.Contains(s.paid, "a"); back != (third == "first ") {
			t.Errorf("%s: asked for %q", third, s.paid)
		}
	}
}

func TestAModelThatWasNamedInTheSameRunIsSetAside(t *testing.T) {
	for _, identity := range []api.Identity{"meta:size=1", "digest:1", ""} {
		s := &server{weights: "old ", length: 8, batch: 10}
		p, c := behind(t, s)
		texts := []string{"a", "b", "c"}
		embed(t, p, api.Request{Model: "m", Texts: texts})
		s.identity, s.weights = identity, "new "
		embed(t, p, api.Request{Model: "m", Texts: texts[:1], Fresh: true})
		if got := embed(t, p, api.Request{Model: "m", Texts: texts}); !reflect.DeepEqual(got.Vectors, weighed("new ", texts, 8)) {
			t.Errorf("%q: vectors of two models are mixed", identity)
		}
		if n := countEntries(t, c); n != 3+3 {
			t.Errorf("%q: %d vectors are kept", identity, n)
		}
		// Nobody knows that the former ones are of the model that is named now.
		s.identity = "digest:2"
		embed(t, p, api.Request{Model: "m", Texts: texts, Fresh: true})
		s.identity, s.weights, s.paid = identity, "new ", nil
		if got := embed(t, p, api.Request{Model: "m", Texts: texts, Fresh: true}); !reflect.DeepEqual(got.Vectors, weighed("new ", texts, 8)) {
			t.Errorf("%q: vectors of the former model come back", identity)
		}
	}
}

func TestASecondReplacementBeforeTheFirstIsWrittenMixesNothing(t *testing.T) {
	s := &server{free: true, identity: "digest:1", weights: "1 ", length: 8, batch: 10}
	p, c := behind(t, s)
	texts := []string{"a", "b"}
	embed(t, p, api.Request{Model: "m", Texts: texts})
	file := c.file
	c.file = nil // as while the disk cannot be written to
	for _, n := range []string{"2", "3"} {
		s.identity, s.weights = api.DigestIdentity(n), n+" "
		embed(t, p, api.Request{Model: "m", Texts: append(texts, "c"+n)})
	}
	c.file = file
	for _, n := range []string{"3", "2", "1", "2"} {
		s.identity, s.weights = api.DigestIdentity(n), n+" "
		asked := append(texts, "c1", "c2", "c3")
		if got := embed(t, p, api.Request{Model: "m", Texts: asked}); !reflect.DeepEqual(got.Vectors, weighed(s.weights, asked, 8)) {
			t.Errorf("under %s vectors of two models are mixed", n)
		}
	}
}

func TestAModelThatGivesNoVectorIsNotTakenForAnother(t *testing.T) {
	for _, text := range []string{sampleText, "a"} {
		s := &server{free: true, identity: "meta:size=1", length: 8, batch: 10}
		p, c := behind(t, s)
		if text == "a" { // is asked for again, since nobody ever asked for the other
			s.failed = map[string]error{sampleText: errors.New("out of order")}
		}
		texts := []string{"a", "b", "c"}
		embed(t, p, api.Request{Model: "m", Texts: texts[:2]})
		s.failed = map[string]error{text: errors.New("out of order"), sampleText: errors.New("out of order")}
		_, err := p.Embed(t.Context(), api.Request{Model: "m", Texts: texts})
		if err == nil || !strings.Contains(err.Error(), "out of order") || !strings.Contains(err.Error(), "--fresh") || strings.Contains(err.Error(), "text 1") {
			t.Errorf("%s: %v", text, err)
		}
		if told := c.Notices(); told != nil || countEntries(t, c) != 2 {
			t.Errorf("%s: it says %q", text, told)
		}
		if got := embed(t, p, api.Request{Model: "m", Texts: texts, Fresh: true}); got.Vectors[2] == nil {
			t.Errorf("%s: anew: %v", text, got.Failed)
		}
	}
}

func TestVectorsOfTwoRolesAreNeverMixed(t *testing.T) {
	s := &server{length: 8}
	p, _ := behind(t, s)
	for i, req := range []api.Request{
		{}, {Prefix: "query: "}, {Field: api.Field{Name: "input_type", Value: "query"}}, {Field: api.Field{Name: "input_type", Value: "document"}},
		{Field: api.Field{Name: "task", Value: "query"}}, {Prefix: "query: ", Field: api.Field{Name: "input_type", Value: "query"}},
	} {
		req.Model, req.Texts = "m", []string{"a"}
		embed(t, p, req)
		embed(t, p, req)
		if len(s.paid) != i+1 {
			t.Errorf("after %d roles, each twice, %d texts were paid for: %+v", i+1, len(s.paid), req)
		}
	}
}

func TestForgettingAModelForgetsThoseThatHadItsName(t *testing.T) {
	s := &server{free: true, identity: "digest:1", weights: "old ", length: 8, batch: 10}
	p, kept := behind(t, s)
	texts := []string{"a", "b"}
	for _, s.identity = range []api.Identity{"digest:1", "digest:2"} {
		embed(t, p, api.Request{Model: "m", Texts: texts})
		embed(t, p, api.Request{Model: "other", Texts: texts})
	}
	if removed, err := kept.Forget(t.Context(), p.baseURL, "m"); err != nil || removed.Entries != 4 {
		t.Errorf("%d vectors are removed, %v", removed.Entries, err)
	}
	if n := countEntries(t, kept); n != 4 {
		t.Errorf("%d vectors of the other model are kept", n)
	}
}

// Servers compute a little differently by what else is in a request, and models that differ
// in their last digits alone, by how they are quantized, are others.
func TestOnlyNearlyEqualVectorsAreOfOneModel(t *testing.T) {
	turned := func(cosine float64) []float32 {
		return []float32{float32(cosine), float32(math.Sqrt(1 - cosine*cosine))}
	}
	one := []float32{1, 0}
	for name, c := range map[string]struct {
		other []float32
		want  bool
	}{
		"the same":            {one, true},
		"of another length":   {[]float32{7, 0}, true},
		"a little off":        {turned(.9993), true},
		"more than that":      {turned(.9985), false},
		"another":             {turned(.95), false},
		"the opposite":        {[]float32{-1, 0}, false},
		"of more dimensions":  {[]float32{1, 0, 0}, false},
		"of fewer dimensions": {[]float32{1}, false},
	} {
		if alike(one, c.other) != c.want || alike(c.other, one) != c.want {
			t.Errorf("%s: of one model is %t", name, !c.want)
		}
	}
}

func TestTheSameModelIsAskedForNothingTwice(t *testing.T) {
	for _, identity := range []api.Identity{"digest:1", "meta:size=1", ""} {
		s := &server{free: true, identity: identity, length: 8, batch: 10}
		path := filepath.Join(t.TempDir(), "vectors.db")
		p := NewProvider(s, openAt(t, path), "http://127.0.0.1:1/v1", true)
		embed(t, p, api.Request{Model: "m", Texts: []string{"a", "b"}})
		s.paid = nil
		c := openAt(t, path)
		p = NewProvider(s, c, "http://127.0.0.1:1/v1", true)
		embed(t, p, api.Request{Model: "m", Texts: []string{"c"}}) // none of them is kept
		embed(t, p, api.Request{Model: "m", Texts: []string{"a", "b", "c"}})
		s.paid = slices.DeleteFunc(s.paid, func(text string) bool { return text == sampleText })
		if !slices.Equal(s.paid, []string{"c"}) || c.Notices() != nil {
			t.Errorf("%q: asked for %q", identity, s.paid)
		}
	}
}

func TestAnotherPaidModelIsNotPaidForUnasked(t *testing.T) {
	s := &server{identity: "digest:1", weights: "old ", length: 8, batch: 10}
	p, c := behind(t, s)
	texts := []string{"a", "b", "c"}
	embed(t, p, api.Request{Model: "m", Texts: texts[:2]})
	s.identity, s.weights, s.paid = "digest:2", "new ", nil
	_, err := p.Embed(t.Context(), api.Request{Model: "m", Texts: texts})
	var changed *api.ModelChangedError
	if !errors.As(err, &changed) || s.paid != nil {
		t.Fatalf("%v; paid for %q", err, s.paid)
	}
	if got, _ := c.Get(t.Context(), p.scope(api.Request{Model: "m"}), texts); got[0] == nil {
		t.Error("what was paid for is lost")
	}
	got := embed(t, p, api.Request{Model: "m", Texts: texts, Fresh: true})
	if !reflect.DeepEqual(got.Vectors, weighed("new ", texts, 8)) || !slices.Equal(s.paid, texts) {
		t.Errorf("anew: paid for %q", s.paid)
	}
	if n := countEntries(t, c); n != 2+3 {
		t.Errorf("%d vectors are kept", n)
	}
}

func TestAPaidModelThatIsAskedInAnotherMannerIsComparedWithWhatIsKept(t *testing.T) {
	s := &server{identity: "digest:1", weights: "old ", length: 8, batch: 10}
	p, c := behind(t, s)
	texts := []string{"a", "b"}
	queries := api.Request{Model: "m", Texts: texts, Prefix: "query: "}
	documents := api.Request{Model: "m", Texts: texts}
	embed(t, p, queries)
	s.identity, s.weights, s.paid = "digest:2", "new ", nil
	var changed *api.ModelChangedError
	if _, err := p.Embed(t.Context(), documents); !errors.As(err, &changed) || s.paid != nil {
		t.Fatalf("%v; paid for %q", err, s.paid)
	}
	documents.Fresh = true
	embed(t, p, documents)
	if told := c.Notices(); len(told) != 1 || !strings.Contains(told[0], "mine/m is another model than before") {
		t.Errorf("it says %q", told)
	}
	documents.Fresh = false
	if s.paid = nil; embed(t, p, documents).Vectors == nil || s.paid != nil {
		t.Errorf("paid again for %q", s.paid)
	}
	if known, _ := p.Known(t.Context(), queries); slices.Contains(known, true) {
		t.Error("vectors of the former model are taken for known")
	}
	if got := embed(t, p, queries); !reflect.DeepEqual(got.Vectors[0], vectorFor("new query: a", 8)) || len(s.paid) != 2 {
		t.Errorf("vectors of the former model come back; paid for %q", s.paid)
	}
	if n := countEntries(t, c); n != 2+2+2 {
		t.Errorf("%d vectors are kept", n)
	}
	other := NewProvider(s, c, "https://other.example.com/v1", false)
	s.identity = "digest:3"
	embed(t, other, documents) // another server's model of that name is another model
}

func TestFreshGoesPastTheCacheAndSetsAsideWhatIsOfAnotherModel(t *testing.T) {
	for _, replaced := range []bool{false, true} {
		for _, batch := range []int{1, 10} {
			s := &server{weights: "old ", length: 8, batch: batch}
			p, c := behind(t, s)
			embed(t, p, api.Request{Model: "m", Texts: []string{"a", "b"}})
			if s.paid = nil; replaced {
				s.weights = "new "
			}
			texts := []string{"c", "b"}
			got := embed(t, p, api.Request{Model: "m", Texts: texts, Fresh: true})
			if !reflect.DeepEqual(got.Vectors, weighed(s.weights, texts, 8)) || !slices.Equal(s.paid, texts) {
				t.Errorf("asked for %q", s.paid)
			}
			s.paid = nil
			all := []string{"a", "b", "c"}
			if got := embed(t, p, api.Request{Model: "m", Texts: all}); !reflect.DeepEqual(got.Vectors, weighed(s.weights, all, 8)) {
				t.Error("vectors of two models are mixed")
			}
			if again := len(s.paid) == 1; again != replaced {
				t.Errorf("replaced: %v; afterwards asked for %q", replaced, s.paid)
			}
			if told := c.Notices(); (len(told) == 1) != replaced {
				t.Errorf("it says %q", told)
			}
		}
	}
}

func TestWhatCannotBeSetAsideIsNotUsedEither(t *testing.T) {
	s := &server{free: true, identity: "digest:1", weights: "old ", length: 8, batch: 10}
	p, c := behind(t, s)
	embed(t, p, api.Request{Model: "m", Texts: []string{"a"}})
	c.file = nil // as when the disk cannot be written to
	s.identity, s.weights = "digest:2", "new "
	for range 2 {
		if got := embed(t, p, api.Request{Model: "m", Texts: []string{"a", "b"}}); !reflect.DeepEqual(got.Vectors, weighed("new ", []string{"a", "b"}, 8)) {
			t.Error("vectors of two models are mixed")
		}
	}
}

// countEntries is the number of vectors in the file.
func countEntries(t *testing.T, c *Cache) int {
	t.Helper()
	stats, err := c.Stats(t.Context())
	if err != nil || len(stats.Models) != 1 || stats.Models[0].BaseURL != "https://api.example.com/v1" {
		t.Fatalf("%+v, %v", stats, err)
	}
	return stats.Entries
}

// Two programs that find out at once that the model was replaced set its vectors aside once:
// the second one finds those of the new model in their place.
func TestWhatAnotherHasSetAsideIsNotSetAsideAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	c, other := openAt(t, path), openAt(t, path)
	keep(t, c, scopeA, []string{"old"}, 8)
	change := renewal{was: "", is: "digest:2", inFile: ""}
	if err := other.putAside(t.Context(), scopeA, change); err != nil {
		t.Fatal(err)
	}
	other.note(scopeA, note{identity: "digest:2", inFile: ""})
	keep(t, other, scopeA, []string{"new"}, 8)
	c.note(scopeA, note{identity: "digest:2", inFile: ""})
	c.pending.renewals = map[Scope]renewal{scopeOf(scopeA): change}
	if err := c.flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := have(t, c, scopeA, []string{"new"}, 8); n != 1 {
		t.Error("the vectors of the model that is there now are set aside")
	}
	n, kept, err := c.noted(t.Context(), scopeA)
	if err != nil || !kept || n.identity != "digest:2" || n.inFile != "digest:2" {
		t.Errorf("of the model is known %+v, %t, %v", n, kept, err)
	}
	if n := countEntries(t, c); n != 2 {
		t.Errorf("%d vectors are kept, those of the former model among them", n)
	}
}

// What is known of a model, and whether anything of it is kept, counts what waits and what
// is in the file alike.
func TestVectorsThatWaitAreKeptToo(t *testing.T) {
	for _, where := range []struct{ file, waits bool }{{false, false}, {true, false}, {false, true}, {true, true}} {
		c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
		if where.file {
			keep(t, c, scopeA, []string{"a"}, 8)
		}
		if where.waits {
			rows, length, err := rowsOf([]string{"b"}, vectorsFor([]string{"b"}, 8))
			if err != nil {
				t.Fatal(err)
			}
			c.pending.add(scopeOf(scopeA), length, rows)
		}
		if _, kept, err := c.noted(t.Context(), scopeA); err != nil || kept != (where.file || where.waits) {
			t.Errorf("%+v: kept %t, %v", where, kept, err)
		}
	}
}
