package matrices

import (
	"slices"
	"testing"

	"github.com/vecscope/vecscope/ui/uitest"
)

// Texts that come and go are compared a moment later: until then the matrices are of the former.
func TestAPairNeedsTwoTextsThatWereCompared(t *testing.T) {
	const one, two, later = "needs a text: add some on Texts", "needs two texts: add some on Texts", "these texts have not been compared yet"
	for _, c := range []struct {
		compared, come, gone int // texts
		a, b                 int // where the cursor is put
		want                 string
		under                []int
	}{
		{0, 0, 0, 0, 0, one, nil},
		{1, 0, 1, 0, 0, one, nil},
		{0, 1, 0, 0, 0, two, nil},
		{1, 0, 0, 0, 0, two, nil},
		{2, 0, 1, 0, 1, "", []int{0, 0}},
		{0, 2, 0, 0, 1, later, nil},
		{1, 1, 0, 0, 0, "", []int{0, 0}},
		{1, 1, 0, 0, 1, later, nil},
		{1, 1, 0, 1, 0, later, nil},
		{2, 0, 0, 1, 0, "", []int{1, 0}},
		{2, 1, 0, 0, 2, later, nil},
		{2, 1, 0, 2, 1, later, nil},
		{2, 1, 0, 1, 1, "", []int{1, 1}},
	} {
		a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Numbered(c.compared), uitest.Glove))
		a.SetScreen(ID)
		m := a.Screen(ID).(*Screen)
		if c.come > 0 {
			if _, err := a.Session.Edits().Insert(c.compared, uitest.Numbered(c.come)...); err != nil {
				t.Fatal(err)
			}
		}
		for range c.gone {
			a.Session.Edits().Delete(a.Session.Corpus().Len() - 1)
		}
		a.Session.SetCursor(c.a, c.b)
		if got, under := m.needsPair(), m.Under(); got != c.want || !slices.Equal(under, c.under) {
			t.Errorf("%d texts compared, %d more, %d fewer, the cursor on %d and %d: %q, under it %v; want %q, %v", c.compared, c.come, c.gone, c.a, c.b, got, under, c.want, c.under)
		}
	}
}
