package search

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

// The same query of the same text goes on; all else begins anew.
func TestAQueryBeginsAnewUnlessItIsTheSame(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	first := s.query
	if s.start("invoice", ""); s.query != first {
		t.Error("the same query begins anew")
	}
	if s.start("invoice", faq[1].Text); s.query == first || first.ctx.Err() == nil {
		t.Error("the same words of a text are no other query, or the one before goes on")
	}
	second := s.query
	if s.start("invoices", faq[1].Text); s.query == second || len(s.query.before) != len(s.rows()) {
		t.Errorf("%d rows keep their hits in sight", len(s.query.before))
	}
	// Hits in other texts do not stay in sight.
	for _, by := range []uint64{1, ^uint64(0)} {
		s.query.revision = a.Session.ResultsRevision() + by
		if s.start(s.query.text+"s", ""); len(s.query.before) != 0 {
			t.Errorf("%d rows keep hits in other texts in sight", len(s.query.before))
		}
	}
}

// What is entered anew is still made of its text as long as its words stay.
func TestWordsThatStayAreStillThoseOfTheirText(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	s := screenOf(a)
	for words, want := range map[string]string{faq[1].Text: faq[1].Text, "others": ""} {
		uitest.Settle(t, a, s.ask(faq[1].Text, faq[1].Text))
		s.beginTyping(words)
		uitest.Press(t, a, "enter")
		if s.query.text != words || s.query.source != want {
			t.Errorf("%q is made of %q, want %q", s.query.text, s.query.source, want)
		}
	}
	// Up brings back the last query where nothing is typed, and only there.
	ask(t, a, "invoice")
	uitest.Press(t, a, "/", "ctrl+u", "up")
	if got := s.input.Value(); got != "invoice" {
		t.Errorf("up brings back %q", got)
	}
	// Else it leads from hit to hit.
	uitest.Press(t, a, "ctrl+u", "m", "down", "down", "up")
	if got := s.input.Value(); got != "m" || s.list.Cursor != 1 {
		t.Errorf("up makes %q of what is typed, and leads to hit %d", got, s.list.Cursor+1)
	}
}

// To ask again drops what failed and what was not asked, and keeps what is known or under way.
func TestAskingAgainKeepsWhatIsKnown(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	s.query.entered = false
	s.query.answers = map[string]answer{"known": {embedding: &pipeline.Embedding{}}, "failed": {err: errStopped}, "not paid": {phase: unpaid}, "asking": {phase: asking}, "waiting": {phase: waiting}}
	s.again()
	var kept []string
	for key := range s.query.answers {
		kept = append(kept, key)
	}
	slices.Sort(kept)
	if !slices.Equal(kept, []string{"asking", "known", "waiting"}) || !s.query.entered {
		t.Errorf("kept are %q", kept)
	}
}

func TestBackFromAQueryWaitsForNoneToJudge(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	s.toJudge = s.query
	if !s.Back() || s.query != nil || s.toJudge != nil || s.Back() {
		t.Errorf("after esc there is %+v, to judge %+v", s.query, s.toJudge)
	}
}

// A query that was sent for money is not priced while its answer is awaited; one whose box was
// left is not offered again unasked.
func TestAQueryIsOfferedOnceForMoney(t *testing.T) {
	shop := uitest.NewShop()
	a := shopping(t, shop)
	ask(t, a, "first")
	s := screenOf(a)
	if a.Top() == nil || s.query.entered {
		t.Fatalf("over all lies %T; entered %t", a.Top(), s.query.entered)
	}
	uitest.Press(t, a, "esc")
	if got := s.costLine(); !strings.HasPrefix(got, ". asks 1 paid model: ") {
		t.Errorf("it is said %q", got)
	}
	cost := s.costLine()
	for w, told := range map[int]bool{len([]rune(cost)) + 20: false, len([]rune(cost)) + 21: true} {
		line := uitest.Flat(s.queryLine(w, layout{columns: s.layout(a.Body).columns, first: 0}))
		if hidden := len(s.rows()) - len(s.layout(a.Body).columns); hidden > 0 {
			t.Fatalf("%d columns are hidden", hidden)
		}
		if strings.HasSuffix(line, cost) != told {
			t.Errorf("in %d columns: %q", w, line)
		}
	}
	of, _ := a.Session.Search().Of(uitest.CandidateIn(t, a, "shop/good@4"))
	key := of.Query.Key()
	s.paying[key] = true
	ask(t, a, "second")
	if _, asked := s.query.answers[key]; asked || a.Top() != nil {
		t.Error("a source is asked while it is paid for")
	}
	delete(s.paying, key)
	uitest.Happen(t, a, uitest.Nothing)
	if s.query.answers[key].phase != unpaid || a.Top() == nil {
		t.Errorf("after that it is %+v", s.query.answers[key])
	}
}

// The candidates of a source are those that it answers.
func TestASourceAnswersItsOwnCandidates(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t, uitest.Use, uitest.Glove, "local/use-lite@64"))
	s := screenOf(a)
	for _, c := range a.Session.Ready() {
		of, _ := a.Session.Search().Of(c)
		want := []string{uitest.Use, "local/use-lite@64"}
		if c.Model == "local/glove" {
			want = []string{uitest.Glove}
		}
		if got := s.candidatesOf(of.Query); !slices.Equal(got, want) {
			t.Errorf("the source of %s answers %v, want %v", c.ID(), got, want)
		}
	}
}

// A search that comes late does not take the place of one that went deeper.
func TestOfTwoSearchesTheDeeperOneStays(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	c := a.Session.Ready()[0]
	of, _ := a.Session.Search().Of(c)
	emb := s.query.answers[of.Query.Key()].embedding
	had := s.query.found[c.ID()]
	if s.search(c, of, emb) != nil {
		t.Error("what was found is looked for again")
	}
	for depth, replaced := range map[int]bool{search.FuseDepth - 1: true, search.FuseDepth: false, search.FuseDepth + 1: false} {
		f := had
		f.asked, f.depth, f.hits = 0, 0, nil
		s.query.found[c.ID()] = f
		cmd := s.search(c, of, emb)
		f = s.query.found[c.ID()]
		f.depth = depth
		s.query.found[c.ID()] = f
		uitest.Settle(t, a, cmd)
		if got := len(s.query.found[c.ID()].hits) > 0; got != replaced {
			t.Errorf("one of depth %d takes the place of one of depth %d: %t", search.FuseDepth, depth, got)
		}
	}
	// Of another result it is looked for anew.
	other := c
	other.Result = &pipeline.Result{}
	*other.Result = *c.Result
	if s.search(other, of, emb) == nil {
		t.Error("hits of another result stay")
	}
}

// Something may still be found as long as a row has neither hits nor a reason why not.
func TestWhatMayStillBeFoundIsWaitedFor(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	c := a.Session.Ready()[0]
	other := a.Session.Ready()[1].ID()
	of, _ := a.Session.Search().Of(c)
	key := of.Query.Key()
	had, words, found1, found2 := s.query.answers[key], s.query.words, s.query.found[c.ID()], s.query.found[other]
	with := func(change func(f *found), id string) func() {
		return func() {
			f := s.query.found[id]
			change(&f)
			s.query.found[id] = f
		}
	}
	for name, step := range map[string]struct {
		change func()
		waits  bool
	}{
		"all is found": {func() {}, false}, "words": {func() { s.query.words.over = false }, true}, "not asked": {func() { delete(s.query.answers, key) }, true},
		"typing may go on": {func() { s.query.answers[key] = answer{phase: waiting} }, true}, "being priced": {func() { s.query.answers[key] = answer{phase: lookedUp} }, true},
		"asking": {func() { s.query.answers[key] = answer{phase: asking} }, true}, "not paid": {func() { s.query.answers[key] = answer{phase: unpaid} }, false}, "failed": {func() { s.query.answers[key] = answer{err: errStopped} }, false},
		"the hybrid needs more":       {with(func(f *found) { f.depth = search.FuseDepth - 1 }, c.ID()), true},
		"the search failed":           {with(func(f *found) { f.depth, f.err = 0, errStopped }, c.ID()), false},
		"no hybrid is made of it":     {with(func(f *found) { f.depth = 1 }, other), false},
		"the other is looked through": {with(func(f *found) { f.over = false }, other), true},
	} {
		s.query.answers[key], s.query.words, s.query.found[c.ID()], s.query.found[other] = had, words, found1, found2
		step.change()
		if got := s.lookingFor(); got != step.waits {
			t.Errorf("%s: waited for %t", name, got)
		}
	}
}

func TestTheNextQueryIsOneThatNobodyHasJudged(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	s := screenOf(a)
	for _, q := range []string{"one", "two", "three"} {
		a.Session.Asked().Ask(q, "")
	}
	uitest.Settle(t, a, a.Session.Asked().Judge("one", 0, labels.WhollyRelevant))
	for but, want := range map[string]string{"": "two", "two": "three", "three": "two"} {
		if q, ok := s.undecided(but); !ok || q.Text != want {
			t.Errorf("but for %q the next is %q", but, q.Text)
		}
	}
	uitest.Settle(t, a, a.Session.Asked().Judge("two", 0, labels.WhollyRelevant))
	if q, ok := s.undecided("three"); ok {
		t.Errorf("but for the last there is %q", q.Text)
	}
}

func TestAsManyHitsCanBeShownAsAreAllowed(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	s := screenOf(a)
	for _, c := range []struct {
		typed string
		want  int // 0 is refused
		said  bool
	}{{"1", 1, false}, {"0", 0, false}, {"6", 6, false}, {"7", 7, true}, {"100", 100, true}, {"101", 0, false}, {"x", 0, false}} {
		s.hits = 3
		uitest.Press(t, a, "esc", "t")
		uitest.Press(t, a, "ctrl+u")
		uitest.Letters(t, a, c.typed)
		uitest.Press(t, a, "enter")
		if want := max(c.want, 3*map[bool]int{true: 1}[c.want == 0]); s.hits != want || (a.Top() == nil) != (c.want > 0) {
			t.Errorf("%q makes %d hits, over all lies %T", c.typed, s.hits, a.Top())
		}
		if said := strings.Contains(a.Notice().Text, "There are only 6 texts: all are shown."); said != c.said {
			t.Errorf("of %q it is said %q", c.typed, a.Notice().Text)
		}
		if a.Top() != nil {
			uitest.Press(t, a, "esc")
		}
		a.Notify(ui.NoticeInfo, "-")
	}
}

// Ranks can be told against the column before again when no column is known to do best any more.
func TestTheBestColumnCanBeLeft(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	s := screenOf(a)
	for toBest, want := range map[bool]bool{true: true, false: false} {
		s.toBest = toBest
		if can := s.needsBest() == ""; can != want {
			t.Errorf("told against the best %t: it can be changed %t", toBest, can)
		}
	}
}

// What is taken out has cosines where there are some, and a floor where one is known.
func TestWhatIsTakenOutHasItsFloor(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	ask(t, a, "where is my invoice")
	s := screenOf(a)
	s.measured = []session.Measured{
		{ID: uitest.Use, Judged: search.Judged{Queries: 3}, Floor: search.Floor{Separates: true, Score: .25}, HasFloor: true}, {ID: uitest.Glove, Judged: search.Judged{Queries: 3}, Floor: search.Floor{Score: .5}},
	}
	var out struct {
		Rows []struct {
			ID     string
			Cosine bool
			Floor  *struct{ Score float64 }
		}
	}
	text := written(t, s.foundExport(), ".json")
	if err := json.Unmarshal([]byte(text), &out); err != nil || len(out.Rows) != 4 {
		t.Fatalf("%v: %s", err, text)
	}
	for i, want := range []bool{true, false, false, false} {
		r := out.Rows[i]
		if (r.Floor != nil) != want || want && r.Floor.Score != .25 || r.Cosine != (i < 2) {
			t.Errorf("%s has cosines %t and the floor %+v", r.ID, r.Cosine, r.Floor)
		}
	}
}

func TestTheCommandWeighsWordsAsTheScreenDoes(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	for weight, want := range map[float64]string{.9: "--bm25-weight 0.9", 1: "", 1.1: "--bm25-weight 1.1", 0: "--bm25-weight 0"} {
		s.weight = weight
		c, _ := s.Command()
		if line := c.Line(); want != "" && !strings.Contains(line, want) || strings.Contains(line, "--bm25-weight") != (want != "") {
			t.Errorf("of the weight %g it is %q", weight, line)
		}
	}
}

func TestQueriesOfAFileAreCounted(t *testing.T) {
	for _, c := range []struct {
		m     session.MergedQueries
		want  string
		lacks bool
	}{
		{session.MergedQueries{All: 5, Queries: 2, Judgments: 1}, "5 queries, 2 new; 1 judgment new.", false}, {session.MergedQueries{All: 1, Judgments: 4}, "1 query, 0 new; 4 judgments new.", false},
		{session.MergedQueries{All: 3, LeftOut: []*labels.Error{{ReadError: &corpus.ReadError{}}, {ReadError: &corpus.ReadError{}}}}, "3 queries, 0 new; 0 judgments new. 2 left out: ", true},
	} {
		got := takenQueries(c.m)
		if !strings.HasPrefix(got.Said, c.want) || got.Lacks != c.lacks || got.Disagreements != nil {
			t.Errorf("of %+v it is said %q", c.m, got.Said)
		}
	}
}
