package labels_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
)

var askedTexts = []corpus.Text{{ID: "a", Text: "invoices come by email"}, {ID: "b", Text: "cancel in the settings"}, {Text: "we ship on Mondays"}}

func TestJudgmentsAreUndoneOneByOne(t *testing.T) {
	a := labels.NewAsked(nil)
	a.Ask("faq", "where is my invoice?", "")
	a.Judge("faq", "where is my invoice?", "invoices come by email", labels.PartlyRelevant)
	a.Judge("faq", "where is my invoice?", "invoices come by email", labels.WhollyRelevant)
	a.Judge("faq", "where is my invoice?", "we ship on Mondays", labels.NotRelevant)
	a.Finish("faq", "where is my invoice?", 10)
	if q := a.Query("faq", "where is my invoice?"); !q.Complete || q.Pool != 10 || len(q.Graded) != 2 {
		t.Fatalf("%+v", q)
	}
	for _, want := range []struct {
		text  string
		grade float64
		ok    bool
	}{{"we ship on Mondays", 0, false}, {"invoices come by email", labels.PartlyRelevant, true}, {"invoices come by email", 0, false}} {
		_, text, ok := a.Undo()
		q := a.Query("faq", "where is my invoice?")
		grade, judged := q.GradeOf(want.text)
		if !ok || text != want.text || grade != want.grade || judged != want.ok || q.Complete && want.text == "we ship on Mondays" {
			t.Errorf("after undo of %q: %+v", text, q)
		}
	}
	if _, _, ok := a.Undo(); ok {
		t.Error("there is more to undo")
	}
}

func TestQueriesAreKeptWithTheirTextsTheLastAskedLast(t *testing.T) {
	a := labels.NewAsked([]labels.AskedQuery{{Of: "faq", Text: "one"}, {Of: "faq", Text: "two"}, {Of: "other", Text: "one"}, {Text: " "}, {Of: "faq", Text: "one", Complete: true}})
	a.Ask("faq", "two", "")
	var words []string
	for _, q := range a.About("faq") {
		words = append(words, q.Text)
	}
	if !slices.Equal(words, []string{"one", "two"}) || !a.Query("faq", "one").Complete || a.Query("other", "one").Complete {
		t.Errorf("%q of %+v", words, a.List())
	}
	if !a.Forget("faq", "one") || a.Forget("faq", "one") || len(a.About("faq")) != 1 || len(a.About("other")) != 1 {
		t.Errorf("%+v", a.List())
	}
	again := labels.NewAsked(a.List())
	if !reflect.DeepEqual(again.List(), a.List()) {
		t.Error("what is kept is not what was")
	}
}

func TestAListOfQueriesStaysAsItWasWhateverIsJudged(t *testing.T) {
	var a labels.Asked
	a.Judge("faq", "q", "x", labels.PartlyRelevant)
	before := a.List()
	a.Judge("faq", "q", "x", labels.WhollyRelevant)
	if grade, _ := before[0].GradeOf("x"); grade != labels.PartlyRelevant {
		t.Errorf("a list that was given out has the grade %g now", grade)
	}
}

func TestOfTooManyQueriesTheOldestThatIsNotJudgedGoes(t *testing.T) {
	var a labels.Asked
	a.Judge("faq", "judged", "x", labels.WhollyRelevant)
	for i := range labels.MaxAsked {
		a.Ask("faq", fmt.Sprint("query ", i), "")
	}
	list := a.List()
	if len(list) != labels.MaxAsked || list[0].Text != "judged" || list[1].Text != "query 1" {
		t.Errorf("%d queries are kept, the first %q and %q", len(list), list[0].Text, list[1].Text)
	}
}

func TestAJudgmentIsOfItsOwnQueryWhereAllOthersAreJudged(t *testing.T) {
	var list []labels.AskedQuery
	for i := range labels.MaxAsked + 2 {
		list = append(list, labels.AskedQuery{Text: fmt.Sprint("query ", i), Graded: []labels.Grade{{Text: fmt.Sprint("text ", i), Grade: labels.WhollyRelevant}}})
	}
	var a labels.Asked
	a.Merge(list)
	if got := a.List(); !reflect.DeepEqual(got, list[2:]) {
		t.Errorf("%d queries are kept, from %+v to %+v", len(got), got[0], got[len(got)-1])
	}
}

func TestJudgedQueriesAreLabels(t *testing.T) {
	l := labels.Labels{
		Queries: []labels.Query{{Text: "from a file", Judged: []labels.Judgment{{Text: "a", Grade: 1}, {Text: "b", Grade: 1}}}},
		Asked: []labels.AskedQuery{
			{Text: "from a file", Graded: []labels.Grade{{Text: "cancel in the settings", Grade: labels.PartlyRelevant}}, Pool: 5},
			{Text: "when?", Graded: []labels.Grade{{Text: "we ship on Mondays", Grade: labels.WhollyRelevant}, {Text: "of other texts", Grade: 2}}},
			{Text: "only looked at", Graded: []labels.Grade{{Text: "we ship on Mondays", Grade: labels.NotRelevant}}},
			{Text: "no answer", Graded: []labels.Grade{{Text: "we ship on Mondays", Grade: labels.NotRelevant}}, Complete: true, Pool: 10},
			{Text: "perhaps answered by what is gone", Graded: []labels.Grade{{Text: "we ship on Mondays"}, {Text: "of other texts"}}, Complete: true, Pool: 20},
			{Text: "not judged"},
		},
	}
	tied := l.Tie(askedTexts)
	var words []string
	for _, q := range tied.Queries {
		words = append(words, l.Wording(q))
	}
	if !slices.Equal(words, []string{"from a file", "when?", "no answer"}) || len(tied.Problems) > 0 {
		t.Fatalf("%q, %v", words, tied.Problems)
	}
	if want := []evaluate.Judgment{{Text: 1, Grade: 1}, {Text: 0, Grade: 2}}; !slices.Equal(tied.Queries[0].Judged, want) || tied.Pools[0] != 5 || tied.Pools[2] != 10 || len(tied.Pools) != 3 {
		t.Errorf("%+v", tied.Queries[0])
	}
	if _, err := tied.ForQueries("yours", evaluate.QueryOptions{}); err != nil {
		t.Error(err)
	}
}

func TestEveryChangeOfWhatWasAskedIsNoticed(t *testing.T) {
	a := labels.NewAsked([]labels.AskedQuery{{Of: "faq", Text: "q"}})
	before := a.Revision()
	for name, change := range map[string]func(){
		"asked":     func() { a.Ask("faq", "q", "made of this") },
		"judged":    func() { a.Judge("faq", "q", "x", labels.WhollyRelevant) },
		"finished":  func() { a.Finish("faq", "q", 5) },
		"undone":    func() { a.Judge("faq", "q", "y", labels.WhollyRelevant); before = a.Revision(); a.Undo() },
		"merged":    func() { a.Merge([]labels.AskedQuery{{Of: "faq", Text: "theirs"}}) },
		"forgotten": func() { a.Forget("faq", "theirs") },
	} {
		before = a.Revision()
		if change(); a.Revision() == before {
			t.Errorf("a query is %s, and nobody notices", name)
		}
	}
}

func TestAQueryThatIsAskedAgainKeepsWhatWasSaidOfIt(t *testing.T) {
	a := labels.NewAsked(nil)
	a.Ask("faq", "q", "made of this")
	a.Judge("faq", "q", "x", labels.WhollyRelevant)
	a.Ask("faq", "q", "")
	if q := a.Query("faq", "q"); q.Source != "made of this" || len(q.Graded) != 1 || len(a.List()) != 1 {
		t.Errorf("%+v of %d", q, len(a.List()))
	}
	a.Ask("faq", "q", "of that")
	if q := a.Query("faq", "q"); q.Source != "of that" {
		t.Errorf("%+v", q)
	}
	a.Judge("faq", "other", "x", labels.WhollyRelevant)
	a.Judge("faq", "q", "y", labels.WhollyRelevant)
	a.Forget("faq", "q")
	if query, _, ok := a.Undo(); !ok || query != "other" {
		t.Errorf("undone is %q: judgments of a query that is forgotten go with it", query)
	}
	if _, _, ok := a.Undo(); ok || len(a.List()) != 1 {
		t.Errorf("there is more to undo, or %+v is back", a.List())
	}
}

func TestWhatWasSaidOfAQueryIsNotLostInAMerge(t *testing.T) {
	a := labels.NewAsked([]labels.AskedQuery{{Text: "q", Source: "mine", Complete: true}, {Text: "r"}})
	a.Merge([]labels.AskedQuery{{Text: "q", Source: "theirs"}, {Text: "r", Source: "theirs", Complete: true}, {Text: "s", Graded: []labels.Grade{{Text: "x", Grade: 1}}}, {Text: "s", Graded: []labels.Grade{{Text: "y", Grade: 2}}}})
	if q, r, s := a.Query("", "q"), a.Query("", "r"), a.Query("", "s"); q.Source != "mine" || !q.Complete || r.Source != "theirs" || !r.Complete || len(s.Graded) != 2 || len(a.List()) != 3 {
		t.Errorf("%+v", a.List())
	}
}

func TestGradesOfAFileAreThoseThatAPersonGives(t *testing.T) {
	queries, err := labels.ReadQueries(strings.NewReader("query,relevant,source\nx,a:5 b:1,\ny,b:0.5,a\n"), "q.csv", corpus.FormatCSV)
	if err != nil {
		t.Fatal(err)
	}
	back, problems := labels.AskedOf("faq", queries, labels.NewTexts(askedTexts))
	want := []labels.AskedQuery{
		{Of: "faq", Text: "x", Complete: true, Graded: []labels.Grade{{Text: askedTexts[0].Text, Grade: 2}, {Text: askedTexts[1].Text, Grade: 1}}},
		{Of: "faq", Text: "y", Complete: true, Source: askedTexts[0].Text, Graded: []labels.Grade{{Text: askedTexts[1].Text, Grade: 0.5}}},
	}
	if !reflect.DeepEqual(back, want) || len(problems) > 0 {
		t.Errorf("%+v, %v", back, problems)
	}
	// A text is named by the first of its words; one whose id has a blank by none.
	var file strings.Builder
	texts := []corpus.Text{{ID: "first", Text: "same"}, {ID: "second", Text: "same"}, {ID: "with blank", Text: "odd"}}
	asked := []labels.AskedQuery{{Text: "q", Graded: []labels.Grade{{Text: "same", Grade: 2}, {Text: "odd", Grade: 1}}}}
	if left, err := labels.WriteAskedCSV(&file, asked, texts); left != 1 || err != nil || !strings.HasSuffix(file.String(), "q,first:2,0\n") {
		t.Errorf("%d left out of %s, %v", left, file.String(), err)
	}
}

func TestTwoPeoplesJudgmentsAreMergedAndDisagreementsListed(t *testing.T) {
	a := labels.NewAsked([]labels.AskedQuery{{Of: "faq", Text: "q", Graded: []labels.Grade{{Text: "x", Grade: 2}, {Text: "y", Grade: 0}}}})
	queries, judgments, disagree := a.Merge([]labels.AskedQuery{
		{Of: "faq", Text: "q", Graded: []labels.Grade{{Text: "x", Grade: 2}, {Text: "y", Grade: 1}, {Text: "z", Grade: 1}}},
		{Of: "faq", Text: "new", Graded: []labels.Grade{{Text: "x", Grade: 0}}, Complete: true},
	})
	if queries != 1 || judgments != 2 || !slices.Equal(disagree, []labels.GradeDisagreement{{Query: "q", Text: "y", Mine: 0, Theirs: 1}}) {
		t.Errorf("%d, %d, %+v", queries, judgments, disagree)
	}
	if grade, _ := a.Query("faq", "q").GradeOf("y"); grade != 0 || !a.Query("faq", "new").Complete {
		t.Error("mine does not stand")
	}
}

func TestJudgmentsAreWrittenAsAFileOfQueriesAndReadBack(t *testing.T) {
	var file strings.Builder
	asked := []labels.AskedQuery{
		{Text: "where, exactly?", Graded: []labels.Grade{{Text: askedTexts[0].Text, Grade: 2}, {Text: askedTexts[2].Text, Grade: 1}, {Text: "gone", Grade: 1}}, Pool: 10},
		{Text: "not judged"},
		{Text: "none", Graded: []labels.Grade{{Text: askedTexts[1].Text}}, Complete: true},
	}
	left, err := labels.WriteAskedCSV(&file, asked, askedTexts)
	if err != nil || left != 1 {
		t.Fatal(left, err)
	}
	if want := "query,relevant,pool\n\"where, exactly?\",a:2 3:1,10\nnone,b:0,0\n"; file.String() != want {
		t.Fatalf("%s", file.String())
	}
	queries, err := labels.ReadQueries(strings.NewReader(file.String()), "asked.csv", corpus.FormatCSV)
	if err != nil {
		t.Fatal(err)
	}
	back, problems := labels.AskedOf("faq", queries, labels.NewTexts(askedTexts))
	if len(problems) > 0 || len(back) != 2 || len(back[0].Graded) != 2 || back[0].Graded[0] != asked[0].Graded[0] || back[0].Graded[1] != asked[0].Graded[1] || back[1].Graded[0].Grade != 0 || !back[1].Complete {
		t.Errorf("%+v, %v", back, problems)
	}
	// Without grades a relevant text is wholly relevant.
	queries, err = labels.ReadQueries(strings.NewReader("query,relevant\nx,a b\n"), "plain.csv", corpus.FormatCSV)
	if err != nil {
		t.Fatal(err)
	}
	if back, _ := labels.AskedOf("", queries, labels.NewTexts(askedTexts)); back[0].Graded[0].Grade != labels.WhollyRelevant {
		t.Errorf("%+v", back)
	}
}

func TestAQueryThatIsAskedAmongVeryManyJudgedOnesIsKept(t *testing.T) {
	var a labels.Asked
	for i := range labels.MaxAsked {
		a.Judge("faq", fmt.Sprint("query ", i), "Hello", labels.WhollyRelevant)
	}
	a.Judge("faq", "one more", "Hello", labels.PartlyRelevant)
	if g, ok := a.Query("faq", "one more").GradeOf("Hello"); !ok || g != labels.PartlyRelevant || len(a.List()) != labels.MaxAsked {
		t.Errorf("judged %v as %v, among %d queries", ok, g, len(a.List()))
	}
	if g, _ := a.Query("faq", fmt.Sprint("query ", labels.MaxAsked-1)).GradeOf("Hello"); g != labels.WhollyRelevant {
		t.Errorf("another query has its judgment: %v", g)
	}
	theirs := []labels.AskedQuery{{Of: "faq", Text: "theirs"}, {Of: "faq", Text: "theirs, judged", Graded: []labels.Grade{{Text: "Hello", Grade: labels.WhollyRelevant}}}}
	if queries, judgments, _ := a.Merge(theirs); queries != 2 || judgments != 1 || len(a.List()) != labels.MaxAsked {
		t.Errorf("%d queries and %d judgments are new, of %d", queries, judgments, len(a.List()))
	}
	if _, ok := a.Query("faq", "theirs, judged").GradeOf("Hello"); !ok {
		t.Error("a judged query of a file is not kept")
	}
}

func TestALaterGradeTakesThePlaceOfAnEarlierOne(t *testing.T) {
	var a labels.Asked
	for _, grade := range []float64{labels.PartlyRelevant, labels.WhollyRelevant, labels.NotRelevant, labels.PartlyRelevant} {
		a.Judge("faq", "q", "x", grade)
		q := a.Query("faq", "q")
		if got, ok := q.GradeOf("x"); got != grade || !ok || len(q.Graded) != 1 {
			t.Errorf("judged %g, it is %+v", grade, q)
		}
	}
	for _, grade := range []float64{labels.NotRelevant, labels.WhollyRelevant, labels.PartlyRelevant} {
		if query, text, ok := a.Undo(); !ok || query != "q" || text != "x" {
			t.Errorf("undone is %q of %q, %v", text, query, ok)
		}
		if got, _ := a.Query("faq", "q").GradeOf("x"); got != grade {
			t.Errorf("undone, it is %g, want %g", got, grade)
		}
	}
}

func TestAQueryIsDecidedByWhatAnswersItOrByAnEnd(t *testing.T) {
	for _, c := range []struct {
		q    labels.AskedQuery
		want bool
	}{
		{labels.AskedQuery{}, false}, {labels.AskedQuery{Complete: true}, true}, {labels.AskedQuery{Graded: []labels.Grade{{Grade: 0}}}, false},
		{labels.AskedQuery{Graded: []labels.Grade{{Grade: 0}, {Grade: labels.PartlyRelevant}}}, true}, {labels.AskedQuery{Pool: 5}, false},
	} {
		if c.q.Decided() != c.want {
			t.Errorf("%+v is decided: %v", c.q, !c.want)
		}
	}
}

func TestAQueryMadeOfATextIsTiedToItWhileThatIsThere(t *testing.T) {
	for source, want := range map[string]int{"": evaluate.NoText, "gone": evaluate.NoText, askedTexts[2].Text: 2, askedTexts[0].Text: 0} {
		l := labels.Labels{Asked: []labels.AskedQuery{{Text: "q", Source: source, Graded: []labels.Grade{{Text: askedTexts[1].Text, Grade: 1}}}}}
		if tied := l.Tie(askedTexts); len(tied.Queries) != 1 || tied.Queries[0].Source != want {
			t.Errorf("made of %q: %+v, want text %d", source, tied.Queries, want)
		}
	}
}

// What is merged says something new once, and takes nothing back.
func TestMergingTakesInWhatIsNewOfEachQuery(t *testing.T) {
	var a labels.Asked
	a.Judge("faq", "q", "x", labels.WhollyRelevant)
	a.Ask("faq", "p", "of mine")
	theirs := []labels.AskedQuery{
		{Of: "faq", Text: "q", Source: "of theirs", Complete: true, Graded: []labels.Grade{{Text: "x", Grade: labels.PartlyRelevant}, {Text: "y", Grade: labels.PartlyRelevant}}},
		{Of: "faq", Text: "p", Source: "of theirs", Graded: []labels.Grade{{Text: "x", Grade: labels.NotRelevant}}},
		{Of: "other", Text: "q", Graded: []labels.Grade{{Text: "x", Grade: labels.NotRelevant}}},
	}
	queries, judgments, disagree := a.Merge(theirs)
	if want := []labels.GradeDisagreement{{Query: "q", Text: "x", Mine: labels.WhollyRelevant, Theirs: labels.PartlyRelevant}}; queries != 1 || judgments != 3 || !slices.Equal(disagree, want) {
		t.Errorf("%d queries, %d judgments, %v", queries, judgments, disagree)
	}
	if q := a.Query("faq", "q"); q.Source != "of theirs" || !q.Complete || len(q.Graded) != 2 {
		t.Errorf("%+v", q)
	}
	if p := a.Query("faq", "p"); p.Source != "of mine" || p.Complete || len(p.Graded) != 1 {
		t.Errorf("%+v", p)
	}
	if queries, judgments, disagree := a.Merge(theirs); queries != 0 || judgments != 0 || len(disagree) != 1 {
		t.Errorf("once more: %d queries, %d judgments, %v", queries, judgments, disagree)
	}
	if len(theirs[0].Graded) != 2 || theirs[0].Graded[0].Grade != labels.PartlyRelevant {
		t.Errorf("what was merged is %+v now", theirs[0])
	}
}
