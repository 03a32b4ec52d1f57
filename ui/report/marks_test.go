package report

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/compare/trial"
)

// written is what a report writes.
func written(t *testing.T, write func(*bytes.Buffer) error) string {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestAHitThatOneRowAloneFindsIsMarked(t *testing.T) {
	s := searched()
	s.Rows[0].Hits[0] = []search.Hit{{Index: 1, Score: .5}, {Index: 0, Score: .25}}
	s.Rows[2].Hits[0] = []search.Hit{{Index: 1, Score: 3}}
	s.Grades[0] = map[int]float64{1: 2}
	got := written(t, func(b *bytes.Buffer) error { return SearchText(b, s) })
	for _, want := range []string{"b 0.50 -2.0σ =2 ", "a 0.25 -4.0σ *", "b 3.0 =2", "*: found by no other", "=: judged", "σ: from the similarity"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	s.Grades[0], s.Rows[2].Hits[0] = nil, s.Rows[0].Hits[0]
	got = written(t, func(b *bytes.Buffer) error { return SearchText(b, s) })
	if strings.Contains(got, "*") || strings.Contains(got, "judged") {
		t.Errorf("what both find, and nobody judged, is marked:\n%s", got)
	}
}

// Every row has a floor, norms and figures of its own, under one heading.
func TestEachRowOfASearchHasItsOwnFigures(t *testing.T) {
	s := searched()
	for k := range s.Rows {
		s.Rows[k].Floor = &search.Floor{Separates: k == 0, TooFew: k == 1, Score: .6, LeftOut: .9, Answerable: 10 + k, Unanswerable: 20 + k}
		s.Rows[k].Judged = &search.Judged{Queries: 3, Hit1: .1 + float64(k), Hit3: .2, Hit10: .3, MRR: .4, NDCG: .5, Unjudged: 6, Hits: 7}
		s.Rows[k].Cosine, s.Rows[k].Norms = k < 2, api.Norms{Low: 2, High: 3 + float64(k)}
	}
	got := written(t, func(b *bytes.Buffer) error { return SearchText(b, s) })
	for want, times := range map[string]int{
		"The score under which a query has no answer\n":                              1,
		"s/raw@3: 0.600; decided without itself the mean of both shares is 0.900.\n": 1,
		"s/unit@3: too few queries without an answer to tell.\n":                     1,
		"local/bm25: no floor separates them.\n":                                     1,
		"Vectors that did not come at unit length\n":                                 1,
		"s/raw@3: 2.00 to 3.00 long: ":                                               1,
		"s/unit@3: 2.00 to 4.00 long: ":                                              1,
		"local/bm25: 2.00 to ":                                                       0,
		"At 3 queries with a relevant text\n":                                        1,
		"s/raw@3     0.100  0.200   0.300  0.400    0.500      6 of 7\n":             1,
		"s/unit@3    1.100  0.200   0.300  0.400    0.500      6 of 7\n":             1,
	} {
		if n := strings.Count(got, want); n != times {
			t.Errorf("%q stands %d times, want %d, in\n%s", want, n, times, got)
		}
	}
	got = written(t, func(b *bytes.Buffer) error { return SearchJSON(b, s) })
	for _, want := range []string{
		`"judged":{"queries":3,"hit@1":0.1,"hit@3":0.2,"hit@10":0.3,"mrr":0.4,"ndcg@10":0.5,"unjudged":6,"hits":7}`,
		`"floor":{"separates":true,"score":0.6,"left_out":0.9,"answerable":10,"unanswerable":20}`,
		`"id":"s/raw@3","cosine":true,"background":{"mean":0.75,"sd":0.125}`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
}

func TestALongNameOfARowLeavesItsNeighboursTheirPlace(t *testing.T) {
	s := searched()
	for k := range s.Rows {
		s.Rows[k].ID = fmt.Sprintf("server/a-model-with-a-very-long-name-of-many-words-%d@1024", k+1)
	}
	got := written(t, func(b *bytes.Buffer) error { return SearchText(b, s) })
	head, _, _ := strings.Cut(got[strings.Index(got, "\n")+1:], "\n")
	if len([]rune(head)) > 80 || !strings.Contains(head, "-1@1024") || !strings.Contains(head, "-3@1024") {
		t.Errorf("the head is %q", head)
	}
}

func TestQueriesWithoutAVectorAreNamedWithTheReason(t *testing.T) {
	s := searched()
	why := errors.New("out of order")
	s.Queries, s.Grades = []corpus.Text{{ID: "q1", Text: "one"}, {Text: "two"}, {Text: "three"}}, make([]map[int]float64, 3)
	for k := range s.Rows {
		s.Rows[k].Hits = make([][]search.Hit, 3)
	}
	s.Unasked = []Unasked{{"s/raw@3", map[int]error{0: why, 2: why}}, {"s/unit@3", map[int]error{1: why}}}
	for alone, want := range map[bool]string{
		false: "s/raw@3: 2 queries (q1, 3) have no vector: out of order|s/unit@3: 1 query (2) has no vector: out of order",
		true:  "s/raw@3: the query has no vector: out of order|s/unit@3: the query has no vector: out of order",
	} {
		s.Alone = alone
		if got := strings.Join(s.UnaskedLines(), "|"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	s.Alone = true
	if got := written(t, func(b *bytes.Buffer) error { return SearchJSON(b, s) }); !strings.Contains(got, `{"candidate":"s/unit@3","message":"the query has no vector: out of order","texts":[]}`) {
		t.Error(got)
	}
}

func TestTheMostSimilarPairsAreTenAndTheBest(t *testing.T) {
	c := circle(t, 12)
	got := written(t, func(b *bytes.Buffer) error { return CompareText(t.Context(), b, c) })
	_, list, _ := strings.Cut(got, "Most similar under own/circle@2\n")
	if n := strings.Count(list, "\n"); n != 11 { // a header and ten pairs
		t.Errorf("%d lines:\n%s", n, list)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for name, write := range map[string]func(*bytes.Buffer) error{
		"json": func(b *bytes.Buffer) error { return CompareJSON(over, b, c) }, "text": func(b *bytes.Buffer) error { return CompareText(over, b, c) },
		"markdown": func(b *bytes.Buffer) error { return CompareMarkdown(over, b, c) },
	} {
		var out bytes.Buffer
		if err := write(&out); !errors.Is(err, context.Canceled) {
			t.Errorf("%s that was stopped ends with %v", name, err)
		}
	}
}

func TestOfOneTextNoPairIsSummedUp(t *testing.T) {
	d, err := FindDuplicates(circle(t, 1), .9)
	if err != nil {
		t.Fatal(err)
	}
	got := written(t, func(b *bytes.Buffer) error { return DuplicatesText(b, d) })
	if !strings.Contains(got, "own/circle@2           0         0                -    -    -\n") {
		t.Errorf("it says\n%s", got)
	}
}

func TestTheLeastSimilarityOfAClusterIsExactWhereAllWereCompared(t *testing.T) {
	for atMost, want := range map[bool]string{false: "0.412", true: "≤0.412"} {
		if got := LeastSimilarity(compare.Cluster{Least: .4129, AtMost: atMost}); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	c := circle(t, 3)
	c.Texts[1].Text = strings.Repeat("a long text ", 100)
	found, err := FindClusters(t.Context(), c, .8, true)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(written(t, func(b *bytes.Buffer) error { return ClustersText(b, found) })) {
		if strings.Contains(line, "long text") && len(line) > 250 {
			t.Errorf("a text is not cut: %.300q", line)
		}
	}
}

func TestEscapedColumnsAreThoseThatASpreadsheetWouldCompute(t *testing.T) {
	for want, text := range map[string]corpus.Text{
		"": {ID: "a", Text: "b", Group: "c"}, "id": {ID: "=1", Text: "b"}, "text group": {Text: "=1", Group: "@x"}, "lang": {Text: "b", Lang: "-x"},
	} {
		if got := escapedCells(text); got != want {
			t.Errorf("%+v: %q, want %q", text, got, want)
		}
	}
}

func TestTokensThatOthersCountAreAbout(t *testing.T) {
	for _, c := range []struct {
		tokens    int
		estimated bool
		want      string
	}{{0, true, "0"}, {0, false, "0"}, {7, true, "≈7"}, {7, false, "7"}} {
		if got := about(c.tokens, c.estimated); got != c.want {
			t.Errorf("%d, %t: %q, want %q", c.tokens, c.estimated, got, c.want)
		}
	}
}

// Of a row that is not the best the table says how far it is from there.
func TestTheTableOfAnEvaluationSaysHowFarEachRowIsFromTheBest(t *testing.T) {
	labels, err := evaluate.NewGroups([]int{0, 0, 1, 1})
	if err != nil {
		t.Fatal(err)
	}
	price := 2.0
	row := func(id string) trial.Row {
		return trial.Row{ID: id, Candidate: api.Candidate{Model: id, Dimensions: 8}, Price: &price, Score: &evaluate.Result{}}
	}
	cut, other, baseline, stands := row("cut"), row("other cut"), row("baseline"), row("cut that stands")
	cut.Cut, other.Cut, stands.Cut, baseline.Baseline = true, true, true, true
	failed := trial.Row{ID: "failed", Err: errors.New("out of order")}
	rows := []trial.Row{row("best"), row("tied"), row("worse"), row("outside"), cut, other, baseline, stands, failed}
	made := &trial.Trial{Labels: labels, Rows: rows, Scored: []int{0, 1, 2, 3, 4, 5, 6, 7}}
	metrics := labels.Metrics()
	estimates := make([][]evaluate.Estimate, 8)
	places := make([]evaluate.Place, 8)
	for k := range estimates {
		estimates[k] = make([]evaluate.Estimate, len(metrics))
		for m := range metrics {
			estimates[k][m] = evaluate.Estimate{Value: float64(k)/10 + float64(m)/100, Interval: evaluate.Interval{Low: .1, High: .9}}
		}
		places[k] = evaluate.Place{Candidate: k, ToBest: evaluate.Difference{Value: float64(k) / 100, Interval: evaluate.Interval{Low: 0, High: float64(k) / 50}}}
	}
	places[0].Standing, places[1].Standing, places[2].Standing = evaluate.Best, evaluate.Tied, evaluate.Worse
	places[7].Standing = evaluate.Equal
	cutPlace := places[4]
	cutPlace.Standing = evaluate.Worse
	f := &trial.Findings{Estimates: estimates, Cuts: []evaluate.Place{cutPlace},
		Verdict: evaluate.Verdict{Metric: metrics[0], Places: places, Best: 0, Choice: 0, Tied: []int{0, 1}, Items: 4, Differences: make([]evaluate.Difference, 2)}}
	e := Evaluation{Comparison: Comparison{Texts: make([]corpus.Text, 4)}, Trial: made, Findings: f, Tokens: 1000, Documents: 40}
	for i, want := range []struct {
		standing string
		less     float64 // NaN is none
	}{{"best", -1}, {"tied with the best", .01}, {"worse", .02}, {"outside the limits", -1}, {"cut: worse", .04}, {"cut", -1}, {"baseline", -1}, {"practically equal", .07}, {"", -1}} {
		r := e.rows()[i]
		switch {
		case r.standing != want.standing:
			t.Errorf("%s is said to be %q, want %q", r.ID, r.standing, want.standing)
		case (r.toBest != nil) != (want.less > 0) || r.toBest != nil && r.toBest.Value != -want.less:
			t.Errorf("%s is %+v from the best, want %g under it", r.ID, r.toBest, want.less)
		case r.Err == nil && (*r.cost != .002 || *r.documents != .02):
			t.Errorf("%s costs %g for these texts and %g for 40 documents", r.ID, *r.cost, *r.documents)
		}
	}
	places[0].Standing, places[7].Standing = evaluate.Tied, evaluate.Best
	if r := e.rows()[7]; r.standing != "best" || r.toBest != nil {
		t.Errorf("a cut that is the best is %q, %+v from it", r.standing, r.toBest)
	}
	e.Tokens = TokensUnknown
	if r := e.rows()[0]; r.cost != nil || r.documents != nil {
		t.Errorf("of tokens that nobody has counted the cost is %v and %v", r.cost, r.documents)
	}
	free := 0.0
	made.Rows[0].Price = &free
	if r := e.rows()[0]; r.cost == nil || *r.cost != 0 || r.documents == nil {
		t.Error("what costs nothing costs nothing, however many tokens")
	}
	e.Documents = 0
	if r := e.rows()[0]; r.documents != nil {
		t.Error("nobody has asked what other documents cost")
	}
}

// A candidate that lacks texts, of which others have all, is measured by fewer.
func TestMissingTextsAreCountedForTheirCandidate(t *testing.T) {
	c := Comparison{Texts: make([]corpus.Text, 9), Results: []*pipeline.Result{
		{Candidate: api.Candidate{Model: "a/m", Dimensions: 1}, Failed: map[int]error{}}, {Candidate: api.Candidate{Model: "b/m", Dimensions: 1}, Failed: map[int]error{}},
	}}
	for i := range 7 {
		c.Results[0].Failed[i] = fmt.Errorf("reason %d", i)
	}
	for i := range 6 {
		c.Results[1].Failed[i] = fmt.Errorf("why %d", i)
	}
	var d document
	d.problems(c)
	got := written(t, func(b *bytes.Buffer) error { return d.writeText(b) })
	for _, want := range []string{"a/m@1: and 2 more texts\n", "b/m@1: and 1 more text\n", "a/m@1: reason 4\n", "b/m@1: why 4\n"} {
		if strings.Count(got, want) != 1 {
			t.Errorf("%q is not said once:\n%s", want, got)
		}
	}
	if strings.Contains(got, "reason 5") || strings.Contains(got, "why 5") {
		t.Errorf("more than five are listed:\n%s", got)
	}
}

// Ids of texts, queries and models are foreign: a blank would part the columns of a run,
// and nothing that a terminal obeys comes through anywhere.
func TestForeignIDsBreakNoSearch(t *testing.T) {
	s := searched()
	const foreign = "a b\tc\u00a0d\x1b[31m\u009b31m\u202ee\n"
	s.Texts[0].ID, s.Texts[0].Text, s.Alone = foreign+"1", foreign, false
	s.Texts[1].ID, s.Queries[0].ID, s.Queries[0].Text = foreign+"2", foreign+"q", foreign
	for k := range s.Rows {
		s.Rows[k].ID = foreign + s.Rows[k].ID
		s.Rows[k].Floor = &search.Floor{Separates: k == 0, TooFew: k == 1, Score: .9}
		s.Rows[k].Judged = &search.Judged{}
	}
	s.Failures = []Failure{{foreign, errors.New(foreign)}}
	s.Unasked = []Unasked{{foreign, map[int]error{0: errors.New(foreign)}}}
	run := written(t, func(b *bytes.Buffer) error { return SearchTREC(b, s) })
	for line := range strings.Lines(run) {
		if len(strings.Fields(line)) != 6 {
			t.Errorf("a line has %d columns: %q", len(strings.Fields(line)), line)
		}
	}
	for name, got := range map[string]string{
		"trec": run, "tsv": written(t, func(b *bytes.Buffer) error { return SearchTSV(b, s) }),
		"text": written(t, func(b *bytes.Buffer) error { return SearchText(b, s) }), "json": written(t, func(b *bytes.Buffer) error { return SearchJSON(b, s) }),
	} {
		for _, bad := range []string{"\x1b", "\u009b", "\u202e"} {
			if strings.Contains(got, bad) {
				t.Errorf("%s lets %q through:\n%q", name, bad, got)
			}
		}
	}
}
