package search

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

// written is what an export has in a format.
func written(t *testing.T, e ui.Export, ending string) string {
	t.Helper()
	f, ok := e.Format("x" + ending)
	if !ok {
		t.Fatalf("%s is not offered", ending)
	}
	var out strings.Builder
	if _, err := f.Write(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Of four columns a key that goes forward and one that goes back lead to different ones.
func TestEveryKeyMovesItsOwnWay(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	for _, step := range []struct {
		key                 string
		column, rank, focus int
	}{
		{"tab", 1, 0, 1}, {"tab", 2, 0, 1}, {"tab", 3, 0, 1}, {"tab", 0, 0, 0}, {"shift+tab", 3, 0, 0}, {"shift+tab", 2, 0, 0}, {"shift+tab", 1, 0, 1},
		{"down", 1, 1, 1}, {"j", 1, 2, 1}, {"up", 1, 1, 1}, {"end", 1, 5, 1}, {"k", 1, 4, 1}, {"home", 1, 0, 1}, {"pgdown", 1, 5, 1}, {"pgup", 1, 0, 1},
		{"left", 0, 0, 0}, {"left", 0, 0, 0}, {"right", 1, 0, 1},
	} {
		uitest.Press(t, a, step.key)
		if got := [3]int{s.column, s.list.Cursor, a.Session.Focused()}; got != [3]int{step.column, step.rank, step.focus} {
			t.Fatalf("%s leads to column, rank, model %v, want %d %d %d", step.key, got, step.column, step.rank, step.focus)
		}
		if at, ok := s.hit(); ok && (a.Session.CursorA() != at || !slices.Equal(s.Under(), []int{at})) {
			t.Errorf("after %s the cursor of all screens is on text %d, under it is %v, and the hit is text %d", step.key, a.Session.CursorA()+1, s.Under(), at+1)
		}
	}
}

// The hybrid is made of the model in focus, and tells the ranks under that one and by words.
func TestTheHybridIsThatOfTheModelInFocus(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	ask(t, a, "set a new password")
	s := screenOf(a)
	for at, letter := range []string{"A", "B"} {
		h := s.rows()[3]
		if want := letter + " + 1×bm25"; h.name != want || h.at != at || h.letter != "H" || h.kind != byBoth {
			t.Errorf("with model %s in focus the hybrid is %+v", letter, h)
		}
		model, words := s.rows()[at], s.rows()[2]
		for _, hit := range h.hits {
			rank := func(r row) string {
				if n := search.Rank(slices.Concat(r.hits, r.further), hit.Index); n > 0 {
					return fmt.Sprint(n)
				}
				return "-"
			}
			if got, distance := s.score(h, hit); got != rank(model)+"·"+rank(words) || distance != "" {
				t.Errorf("text %d has the ranks %q, want %s·%s", hit.Index+1, got, rank(model), rank(words))
			}
		}
		uitest.Press(t, a, "right")
	}
}

func TestEveryColumnHasTheHitsOfItsModel(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	ask(t, a, "where is my invoice")
	s := screenOf(a)
	for at, c := range a.Session.Ready() {
		r := s.rows()[at]
		of, _ := a.Session.Search().Of(c)
		want, err := hitsOf(t.Context(), of, s.query.answers[of.Query.Key()].embedding, len(faq))
		if err != nil || r.id != c.ID() || r.at != at || r.letter != string(rune('A'+at)) || !slices.Equal(r.hits, want) {
			t.Errorf("column %d is %s with %v, want %s with %v, %v", at, r.id, r.hits, c.ID(), want, err)
		}
		head := s.head(at, 44, 3)
		d := distanceText(r.background.Distance(want[0].Score))
		if uitest.Flat(head[0]) != r.letter+" "+c.Short() || uitest.Flat(head[1]) != "cosine · no prefix" || uitest.Flat(head[2]) != "best "+d+" over background" {
			t.Errorf("over it stands %q", head)
		}
		for i, line := range s.drawColumn(at, 44, 10) {
			score, distance := s.score(r, want[i])
			if got := uitest.Flat(line); !strings.Contains(got, score+" "+distance+" "+faq[want[i].Index].Text[:8]) {
				t.Errorf("rank %d is drawn as %q, want text %d with %s %s", i+1, got, want[i].Index+1, score, distance)
			}
		}
	}
	if r := s.rows()[2]; r.id != "local/bm25" || r.letter != "W" || r.kind != byWords || r.hits[0].Index != 0 {
		t.Errorf("the column of words is %+v", r)
	}
}

// Ranks are told against the column before or the best, and which of both is remembered.
func TestRanksAreToldAgainstTheColumnBeforeOrTheBest(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	uitest.Press(t, a, "v")
	uitest.WantNotice(t, a, "no query is judged yet, so that no column is known to do best: J judges")
	uitest.Settle(t, a, a.Session.Asked().Judge("invoice", 0, labels.WhollyRelevant))
	uitest.Press(t, a, "v")
	best := s.best()
	if best < 0 || !s.toBest {
		t.Fatalf("the best is column %d, and ranks are told against it: %v", best, s.toBest)
	}
	uitest.WantNotice(t, a, "Ranks are told against "+s.rows()[best].name+", which does best at the judged queries.")
	for i := range s.rows() {
		want := best
		if i == best {
			want = -1
		}
		if got := s.reference(i); got != want {
			t.Errorf("column %d is compared with %d, want %d", i, got, want)
		}
	}
	again := &Screen{}
	if again.Restore(s.Save()); !again.toBest {
		t.Error("it is not remembered")
	}
	uitest.Press(t, a, "v")
	uitest.WantNotice(t, a, "Ranks are told against the column before.")
	if got := s.reference(2); got != 1 {
		t.Errorf("column 2 is compared with %d", got)
	}
}

// What was found is taken out with the columns that found something for this query, and with
// what was said of it.
func TestWhatWasFoundIsTakenOutAsItStands(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	uitest.Press(t, a, "t", "2", "enter")
	ask(t, a, "where is my invoice")
	s := screenOf(a)
	first := s.rows()[0].hits[0].Index
	uitest.Settle(t, a, a.Session.Asked().Judge("where is my invoice", first, labels.PartlyRelevant))
	e := s.foundExport()
	if e.What != "what was found for “where is my invoice”" {
		t.Errorf("it is called %q", e.What)
	}
	lines := strings.Split(strings.TrimSpace(written(t, e, ".tsv")), "\n")
	var want, got []string
	for _, r := range s.rows() {
		id := r.id
		if r.kind == byBoth {
			id = uitest.Use + "+bm25"
		}
		for rank, h := range r.hits {
			want = append(want, fmt.Sprintf("%s %d %s", id, rank+1, faq[h.Index].ID))
		}
	}
	titles := strings.Split(lines[0], "\t")
	column := func(cells []string, name string) string {
		if at := slices.Index(titles, name); at >= 0 && at < len(cells) {
			return cells[at]
		}
		return "no " + name
	}
	for _, l := range lines[1:] {
		cells := strings.Split(l, "\t")
		got = append(got, column(cells, "model")+" "+column(cells, "rank")+" "+column(cells, "id"))
		if judged := column(cells, "grade"); (judged == "1") != (column(cells, "id") == faq[first].ID) {
			t.Errorf("of %q it is written that it is judged %q", l, judged)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("written is\n%s\nwant\n%s\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"), lines[0])
	}
	if got := uitest.CopiedBy(t, a, "y"); !strings.Contains(got, faq[first].Text) {
		t.Errorf("copied is %q", got)
	}
}

func TestTheCommandAsksTheSameOfTheSameColumns(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	s := screenOf(a)
	if _, why := s.Command(); why != "no query has been asked yet: / asks one" {
		t.Errorf("without a query it says %q", why)
	}
	ask(t, a, "invoice")
	uitest.Press(t, a, "]", "t", "3", "enter")
	line := func() string { c, _ := s.Command(); return c.Line() + " | " + strings.Join(c.Lacks, " | ") }
	for _, want := range []string{"--query invoice", "--top 3", "--bm25-weight 1.1", "local/bm25", uitest.Use, uitest.Glove, uitest.Use + "+bm25"} {
		if !strings.Contains(line(), want) {
			t.Errorf("%q is missing: %s", want, line())
		}
	}
	uitest.Press(t, a, "right")
	if got := line(); !strings.Contains(got, uitest.Glove+"+bm25") {
		t.Errorf("with the other model in focus it is %s", got)
	}
	a.SearchLike(faq[1].Text)
	uitest.Happen(t, a, uitest.Nothing)
	uitest.Press(t, a, "[")
	if got := line(); !strings.Contains(got, "--top 4") || strings.Contains(got, "--bm25-weight") || !strings.Contains(got, "it finds the text itself, too, which is left out here") {
		t.Errorf("of what is like a text it is %s", got)
	}
}

// What is remembered is kept within its bounds.
func TestWhatIsRememberedIsKeptWithinItsBounds(t *testing.T) {
	for kept, want := range map[string]choices{
		`{"hits":100,"weight":2}`:     {Hits: 100, Weight: at(2)},
		`{"hits":101,"weight":2.1}`:   {Hits: 100, Weight: at(2)},
		`{"hits":0,"weight":-1}`:      {Hits: defaultHits, Weight: at(defaultWeight)},
		`{"hits":1,"weight":0}`:       {Hits: 1, Weight: at(0)},
		`{"hits":7,"to_best":true}`:   {Hits: 7, Weight: at(defaultWeight), ToBest: true},
		`not as it should be written`: {Hits: defaultHits, Weight: at(defaultWeight)},
	} {
		s := &Screen{hits: defaultHits, weight: defaultWeight}
		if s.Restore(json.RawMessage(kept)); s.hits != want.Hits || s.weight != *want.Weight || s.toBest != want.ToBest {
			t.Errorf("%s is taken up as %d, %v, %v", kept, s.hits, s.weight, s.toBest)
		}
	}
}

func at(v float64) *float64 { return &v }

// Under the cursor lies the text of an example that is one, and none where it is a query.
func TestUnderTheCursorLiesTheTextOfAnExample(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	s := screenOf(a)
	uitest.Press(t, a, "down", "down")
	if got := s.Under(); !slices.Equal(got, []int{2}) {
		t.Errorf("under the third example is %v", got)
	}
	ask(t, a, "the moon")
	uitest.Press(t, a, "esc", "home")
	if got := s.Under(); s.examples[0].text != "the moon" || got != nil {
		t.Errorf("under the query %q is %v", s.examples[0].text, got)
	}
	// While somebody judges nobody may act on what found the text.
	ask(t, a, "invoice")
	uitest.Press(t, a, "J")
	if got := s.Under(); got != nil {
		t.Errorf("while one judges it is %v", got)
	}
}

// What was asked comes first, the last one of all, as many as are offered at the most, and
// nothing twice.
func TestExamplesBeginWithWhatWasAskedLast(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	for i := range mostAsked + 2 {
		a.Session.Asked().Ask(fmt.Sprint("query ", i+1), "")
	}
	a.Session.Asked().Ask(faq[3].Text, faq[3].Text)
	uitest.Happen(t, a, uitest.Nothing)
	s := screenOf(a)
	var got []string
	for _, e := range s.examples {
		got = append(got, e.text)
	}
	want := []string{faq[3].Text}
	for i := range mostAsked - 1 {
		want = append(want, fmt.Sprint("query ", mostAsked+2-i))
	}
	for i, x := range faq {
		if i != 3 {
			want = append(want, x.Text)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("offered are %q, want %q", got, want)
	}
	if last := s.examples[len(s.examples)-1]; last.at != 5 || last.note != "find texts like 6" || last.source != faq[5].Text {
		t.Errorf("the last one is %+v", last)
	}
}

func TestTheStatusCountsQueriesThatAreAskedAndJudged(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	status := func(want string) {
		t.Helper()
		uitest.Happen(t, a, uitest.Nothing)
		if got := screenOf(a).Status(); got != want {
			t.Errorf("the status is %q, want %q", got, want)
		}
	}
	status("")
	for _, q := range []string{"one", "two", "three"} {
		a.Session.Asked().Ask(q, "")
	}
	status("3 queries asked, none judged yet: J judges")
	uitest.Settle(t, a, a.Session.Asked().Judge("two", 0, labels.WhollyRelevant))
	status("3 queries asked, 1 of them judged")
	uitest.Settle(t, a, a.Session.Asked().Judge("one", 0, labels.WhollyRelevant), a.Session.Asked().Judge("three", 1, labels.WhollyRelevant))
	status("3 queries asked and judged")
	uitest.Settle(t, a, a.Session.Labels().Open(labels.Labels{Queries: []labels.Query{{Text: "bill?", Judged: []labels.Judgment{{Text: "invoice", Grade: 1}}}}}, "q.csv"))
	status("3 queries asked and judged · 1 query with answers came with the labels")
	// Some have no answer, for nothing was judged or all was found to be none.
	judged := func(grades ...float64) (list []labels.Judgment) {
		for i, grade := range grades {
			list = append(list, labels.Judgment{Text: faq[i].Text, Grade: grade})
		}
		return list
	}
	given := []labels.Query{{Text: "a", Judged: judged(0, 1)}, {Text: "b", Judged: judged(.5)}, {Text: "c", Judged: judged(0, 0)}, {Text: "d"}, {Text: "one", Judged: judged(1)}}
	for n, want := range map[int]string{2: "2 queries with answers came with the labels", 3: "3 queries came with the labels, 2 with an answer", 5: "4 queries came with the labels, 2 with an answer"} {
		uitest.Settle(t, a, a.Session.Labels().Open(labels.Labels{Queries: given[:n]}, "q.csv"))
		status("3 queries asked and judged · " + want)
	}
}

// Every figure stands under its own title, in the row that it is of.
func TestFiguresStandUnderTheirTitles(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	s.measured = nil
	for i, r := range s.rows() {
		v := float64(i) / 10
		s.measured = append(s.measured, session.Measured{ID: r.id, Judged: search.Judged{Queries: 3, Hit1: .1 + v, Hit3: .12 + v, Hit10: .13 + v, MRR: .14 + v, NDCG: .15 + v, Unjudged: i + 1, Hits: 30 + i}})
	}
	lines := s.figureLines(120)
	if got := uitest.Flat(lines[1]); got != "hit@1 hit@3 hit@10 MRR nDCG@10 not judged" {
		t.Errorf("the titles are %q", got)
	}
	for i, r := range s.rows() {
		want := fmt.Sprintf("%s %s 0.%d00 0.%d20 0.%d30 0.%d40 0.%d50 %d of %d", r.letter, r.name, i+1, i+1, i+1, i+1, i+1, i+1, 30+i)
		if got := uitest.Flat(lines[2+i]); got != want {
			t.Errorf("row %d is %q, want %q", i+1, got, want)
		}
	}
}

// A query of other texts begins anew: nothing that was found or is looked for stays.
func TestOtherTextsHaveHitsOfTheirOwn(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	ask(t, a, "the rain")
	s := screenOf(a)
	uitest.Press(t, a, "end")
	texts := []corpus.Text{{Text: "your dog is here"}, {Text: "the rain fell"}, {Text: "the rain"}}
	cmd, err := a.Session.Edits().Replace(texts, corpus.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	uitest.Settle(t, a, cmd)
	for _, r := range s.rows() {
		if len(r.hits) == 0 || r.hits[0].Index == 0 || len(r.hits) > len(texts) {
			t.Errorf("%s finds %v: %+v", r.id, r.hits, r.why)
		}
	}
	if s.list.Cursor > 2 {
		t.Errorf("the cursor stands on rank %d", s.list.Cursor+1)
	}
}
