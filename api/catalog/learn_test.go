package catalog

import (
	"reflect"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/api"
)

func TestMistakesAreCounted(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0}, {"kitten", "sitting", 3}, {"abc", "xabc", 1}, {"xabc", "abc", 1}, {"abc", "cba", 2}, {"ab", "ba", 2}} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("%q and %q differ by %d, want %d", c.a, c.b, got, c.want)
		}
	}
	// A model's own name in other letters is the right one, whoever has it.
	if got := nearest([]string{"own/a-much-longer-owner/BGE-M3", "own/bge-m4"}, "else/another-owner/bge-m3"); len(got) == 0 || got[0] != "own/a-much-longer-owner/BGE-M3" {
		t.Errorf("%q", got)
	}
}

func TestTheLengthThatCameWinsOverTheList(t *testing.T) {
	c := New([]api.Model{{Provider: "p", ID: "a", Dimensions: 8}, {Provider: "p", ID: "b"}})
	before := c.Models()
	for _, step := range []struct {
		ref     string
		came    int
		changed bool
		listed  int // afterwards
	}{{"p/a", 8, false, 0}, {"p/a", 6, true, 8}, {"p/a", 6, false, 8}, {"p/b", 4, true, 0}, {"p/none", 4, false, 0}} {
		if changed := c.Learn(step.ref, step.came); changed != step.changed {
			t.Errorf("%s with %d dimensions: changed is %t", step.ref, step.came, changed)
		}
		m, err := c.Find(step.ref)
		if err == nil && (m.Dimensions != step.came || m.ListedDimensions != step.listed || m.Limit() != step.came || len(m.Notes) > 0 != (step.listed > 0)) {
			t.Errorf("%s is %+v", step.ref, m)
		}
	}
	if before[0].Dimensions != 8 || c.Models()[1].ID != "b" {
		t.Error("a list that was given before has changed, or the order")
	}
}

// Who reads a list while another takes its place reads on in the one that was.
func TestAListIsNeverChanged(t *testing.T) {
	price := 0.5
	for name, change := range map[string]func(*Catalog){
		"replaced": func(c *Catalog) { c.Replace("b", []api.Model{{ID: "3"}}) },
		"emptied":  func(c *Catalog) { c.Replace("a", nil) },
		"learnt":   func(c *Catalog) { c.Learn("a/1", 9); c.LearnLimit("a/2", 9) },
	} {
		c := New([]api.Model{{Provider: "a", ID: "1", Dimensions: 4, Price: &price}, {Provider: "b", ID: "1"}, {Provider: "b", ID: "2"}, {Provider: "a", ID: "2", MaxTokens: 4}})
		before := c.current()
		models := slices.Clone(before.models)
		if change(c); !reflect.DeepEqual(before.models, models) {
			t.Errorf("%s: the list of before is %+v", name, before.models)
		}
		for ref, at := range before.at {
			if before.models[at].Ref() != ref {
				t.Errorf("%s: %s is found as %s", name, ref, before.models[at].Ref())
			}
		}
	}
}
