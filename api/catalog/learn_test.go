package catalog

import (
	"testing"

	"github.com/vecscope/vecscope/api"
)

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
