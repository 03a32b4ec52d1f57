package verdict

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/ui/uitest"
)

// Of a query that fails it is said where the answer stands, or that it is not found at all.
func TestAQueryThatFailsSaysWhereItsAnswerStands(t *testing.T) {
	texts := uitest.Texts("a cat purrs on the mat", "the cat is purring", "stocks fell on Monday", "☃☃☃", "rain fell all night", "a parcel is late")
	a := settled(t, 140, 50, uitest.OptionsWith(t, texts, uitest.Glove))
	asked := a.Session.Asked()
	for query, relevant := range map[string]int{"a purring cat": 4, "falling stocks": 2, "snow": 3} {
		asked.Ask(query, "")
		uitest.Settle(t, a, asked.Judge(query, relevant, 2))
	}
	a.SetScreen(ID)
	uitest.Happen(t, a, uitest.Nothing)
	s := a.Screen(ID).(*Screen)
	tr := a.Session.Verdict().Trial()
	if tr == nil {
		t.Fatalf("there is no verdict:\n%s", uitest.Plain(a))
	}
	checked := 0
	for _, i := range s.rows() {
		r := tr.Rows[i]
		if r.Score == nil || r.Score.Queries == nil {
			continue
		}
		o := opened{tr, a.Session.Verdict().Findings(), r, a.Session.Texts(), a.Session.Labels().Queries()}
		text := uitest.Flat(strings.Join(s.items(o, 130, s.Theme), "\n"))
		failed := 0
		for _, x := range r.Score.Queries {
			if x.Hit != 0 || len(x.Found) == 0 || len(x.Hits) == 0 {
				continue
			}
			failed++
			want := fmt.Sprintf("the answer is number %d: ", x.Found[0].Rank)
			if x.Found[0].Rank == 0 {
				want = "the answer is not found: "
			}
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is missing in\n%s", r.ID, want, text)
			}
		}
		noun := "queries whose first hit is not relevant"
		if failed == 1 {
			noun = "query whose first hit is not relevant"
		}
		if want := fmt.Sprintf("%d %s", failed, noun); !strings.Contains(text, want) {
			t.Errorf("%s: %q is missing in\n%s", r.ID, want, text)
		}
		checked += failed
	}
	if checked == 0 {
		t.Error("no query fails")
	}
}
