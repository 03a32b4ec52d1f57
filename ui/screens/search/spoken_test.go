package search

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

// What the person says of a text counts before what labels say of it.
func TestWhatThePersonSaysCountsBeforeTheLabels(t *testing.T) {
	texts := slices.Clone(faq)
	for i := range texts {
		texts[i].Group = []string{"money", "account", "goods", "account", "money", ""}[i]
	}
	a := settled(t, 120, 40, uitest.OptionsWith(t, texts, uitest.Use))
	a.SearchLike(texts[1].Text)
	uitest.Happen(t, a, uitest.Nothing)
	s := screenOf(a)
	for text, want := range map[int]string{3: "✓", 0: "✗", 5: " "} {
		if got := grade(s.gradeOf(text)); got != want {
			t.Errorf("by the labels text %d has %q, want %q", text+1, got, want)
		}
	}
	asked := a.Session.Asked()
	uitest.Settle(t, a, asked.Judge(texts[1].Text, 3, labels.NotRelevant), asked.Judge(texts[1].Text, 0, labels.PartlyRelevant))
	uitest.Happen(t, a, uitest.Nothing)
	for text, want := range map[int]string{3: "✗", 0: "~", 5: " "} {
		if got := grade(s.gradeOf(text)); got != want {
			t.Errorf("as it was judged text %d has %q, want %q", text+1, got, want)
		}
	}
}

// A query that is asked again is the last one that was asked.
func TestAQueryThatIsAskedAgainIsTheLastOne(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	ask(t, a, "one")
	ask(t, a, "two")
	ask(t, a, "one")
	a.Session.Asked().Ask("three", "")
	uitest.Press(t, a, ".")
	var list []string
	for _, q := range a.Session.Asked().List() {
		list = append(list, q.Text)
	}
	if got := strings.Join(list, " "); got != "two three one" {
		t.Errorf("asked were %s", got)
	}
	if s := screenOf(a); s.last() != "one" {
		t.Errorf("brought back is %q", s.last())
	}
}

// Every line of the list of queries is as wide as the box.
func TestTheListOfQueriesIsAsWideAsItsBox(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	ask(t, a, strings.Repeat("a long question ", 20))
	ask(t, a, "漢字とかな")
	uitest.Press(t, a, "Q")
	for _, w := range []int{40, 60, 100} {
		lines := a.Top().View(ui.Size{W: w, H: 20}, a.Theme)
		uitest.RequireSize(t, strings.Join(lines, "\n"), w, len(lines))
	}
}

// What is taken out is of the model in focus, and of this query alone.
func TestWhatIsTakenOutIsOfThisQueryAndOfTheModelInFocus(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	ask(t, a, "set a new password")
	uitest.Press(t, a, "right")
	s := screenOf(a)
	if got := written(t, s.foundExport(), ".tsv"); !strings.Contains(got, "\t"+uitest.Glove+"+bm25\t") || strings.Contains(got, uitest.Use+"+bm25") {
		t.Errorf("with the second model in focus is written\n%s", got)
	}
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, "where is my parce")
	_, later := a.Update(uitest.KeyPress("l"))
	got, old := written(t, s.foundExport(), ".tsv"), 0
	for _, r := range s.rows() {
		if r.old && r.kind != byBoth {
			old++
			if strings.Contains(got, "\t"+r.id+"\t") {
				t.Errorf("what %s has found for the query before is written:\n%s", r.id, got)
			}
		}
	}
	if old == 0 {
		t.Error("no column has hits of the query before: the test tests nothing")
	}
	uitest.Settle(t, a, later)
}

// Of vectors that did not come with length 1 the legend says how long they were.
func TestTheLegendNamesVectorsOfOtherLengths(t *testing.T) {
	a := settled(t, 120, 30, uitest.OptionsWith(t, uitest.Texts("one cat", "two dogs"), uitest.Use, uitest.Glove))
	s := screenOf(a)
	for _, c := range []struct {
		norms api.Norms
		want  string
	}{
		{api.Norms{}, ""}, {api.Norms{Low: 1, High: 1}, ""}, {api.Norms{Low: 1, High: 1.0001}, ""},
		{api.Norms{Low: 0.5, High: 12.345}, "use-lite@512: vectors came 0.50 to 12.35 long; in a database by dot product they would rank otherwise."},
		{api.Norms{Low: 2, High: 2}, "use-lite@512: vectors came 2.00 to 2.00 long; in a database by dot product they would rank otherwise."},
	} {
		for _, st := range a.Session.States() {
			result := *st.Result
			if result.Norms = (api.Norms{Low: 1, High: 1}); st.ID() == uitest.Use {
				result.Norms = c.norms
			}
			a.Session.SetResult(st.ID(), &result)
		}
		var got []string
		for _, l := range s.lengths() {
			got = append(got, l[1])
		}
		if said := strings.Join(got, "\n"); said != c.want {
			t.Errorf("%+v: %q, want %q", c.norms, said, c.want)
		}
	}
}

// How a column does is known where it was measured at a query at least, and that did not fail.
func TestWhetherAColumnWasMeasuredIsKnown(t *testing.T) {
	s := screenOf(settled(t, 120, 30, uitest.OptionsWith(t, uitest.Texts("one cat", "two dogs"), uitest.Use)))
	measured := func(queries int, err error) session.Measured {
		return session.Measured{ID: "x", Judged: search.Judged{Queries: queries}, Err: err}
	}
	for _, c := range []struct {
		all  []session.Measured
		want bool
	}{
		{nil, false}, {[]session.Measured{{ID: "y", Judged: search.Judged{Queries: 3}}}, false}, {[]session.Measured{measured(0, nil)}, false},
		{[]session.Measured{measured(1, nil)}, true}, {[]session.Measured{measured(3, errors.New("no vectors"))}, false},
	} {
		s.measured = c.all
		if _, ok := s.measuredOf("x"); ok != c.want {
			t.Errorf("of %+v it is known %t", c.all, ok)
		}
	}
}
