package labels_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
)

var shop = []corpus.Text{
	{ID: "a1", Text: "My card was charged twice.", Group: "billing"},
	{ID: "a2", Text: "I paid two times", Group: "billing"},
	{ID: "b1", Text: " The parcel never came ", Group: "delivery"},
	{Text: "Hello", Group: ""},
	{ID: "doc:7", Text: "=SUM(A1)", Group: "odd"},
}

func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPairsAreTiedByIDNumberAndWords(t *testing.T) {
	for name, content := range map[string]string{
		"ids.csv":   "a,b,score\na1,a2,1\nb1,4,0\n",
		"words.csv": "a,b,score\nMy card was charged twice.,I paid two times,1\nThe parcel never came,Hello,0\n",
		"mixed.tsv": "score\ta\tb\nsame\ta2\tMy card was charged twice.\ndifferent\tHello\tb1\n",
		"semi.csv":  "\uFEFFA;B;Score\r\na1;a2;1\r\nb1;Hello;0.0\r\n",
		"bar.csv":   "a|b|score\na1|a2|1\nb1|Hello|0\n",
		"p.json":    `[{"a":"a1","b":"a2","score":1},` + "\n" + `{"a":"b1","b":"Hello","score":0}]`,
		"p.jsonl":   `{"sentence1":"a1","sentence2":"a2","label":1}` + "\n\n" + `{"sentence1":"b1","sentence2":"Hello","label":false}` + "\n",
		"yes.csv":   "a,b,score\na1,a2,Yes\nb1,Hello,no\n",
		"true.tsv":  "a\tb\tscore\na1\ta2\tTRUE\nb1\tHello\tfalse\n",
		"comma.csv": "a;b;score\na1;a2;1,0\nb1;Hello;0,00\n",
	} {
		pairs, err := labels.OpenPairs(file(t, name, content))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		tied := labels.Labels{Pairs: pairs}.Tie(shop)
		want := []labels.TiedPair{{Pair: evaluate.Pair{A: 0, B: 1, Score: 1}, Label: 0}, {Pair: evaluate.Pair{A: 2, B: 3, Score: 0}, Label: 1}}
		if err := errors.Join(tied.Strict(), of(tied.ForPairs(name))); err != nil || !slices.Equal(tied.Pairs, want) {
			t.Errorf("%s: %v, %v", name, tied.Pairs, err)
		}
	}
}

func TestQueriesNameTextsWithAndWithoutGrades(t *testing.T) {
	const content = "query,relevant,source,id\nmoney back?,a1:2 a2,b1,q1\nwhat is this,doc:7 4:0,,q2\nis there a shop,,,q3\n"
	queries, err := labels.OpenQueries(file(t, "q.csv", content))
	if err != nil {
		t.Fatal(err)
	}
	tied := labels.Labels{Queries: queries}.Tie(shop)
	want := []labels.TiedQuery{
		{Query: evaluate.Query{Source: 2, Judged: []evaluate.Judgment{{Text: 0, Grade: 2}, {Text: 1, Grade: 1}}}, Label: 0},
		{Query: evaluate.Query{Source: evaluate.NoText, Judged: []evaluate.Judgment{{Text: 4, Grade: 1}, {Text: 3, Grade: 0}}}, Label: 1},
		{Query: evaluate.Query{Source: evaluate.NoText}, Label: 2},
	}
	if err := errors.Join(tied.Strict(), of(tied.ForQueries("q.csv", evaluate.QueryOptions{}))); err != nil || fmt.Sprint(tied.Queries) != fmt.Sprint(want) {
		t.Errorf("%v, %v", tied.Queries, err)
	}
	if queries[0].ID != "q1" || queries[1].Text != "what is this" {
		t.Errorf("%+v", queries)
	}
}

func TestIDsMayHaveOtherThanSpacesBetweenThem(t *testing.T) {
	for _, relevant := range []string{"a1 b1", "a1,b1", "a1, b1", "a1;b1", "a1|b1", " a1 | b1; "} {
		queries, err := labels.OpenQueries(file(t, "q.tsv", "query\trelevant\nwhy\t"+relevant+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(labels.Labels{Queries: queries}.Tie(shop).Queries); got != "[{{[{0 1} {2 1}] -1} 0}]" {
			t.Errorf("%q is read as %s", relevant, got)
		}
	}
}

func TestGradesMayHaveACommaBeforeTheirDecimals(t *testing.T) {
	pairs, err := labels.OpenPairs(file(t, "p.csv", "a;b;score\na1;a2;0,8\na1;b1;-1,25\na1;4;3\n"))
	if err != nil || len(pairs) != 3 || pairs[0].Score != 0.8 || pairs[1].Score != -1.25 || pairs[2].Score != 3 {
		t.Errorf("%v, %v", pairs, err)
	}
}

func TestJSONQueriesListTheirTexts(t *testing.T) {
	const content = `{"query":"one","relevant":["a1","b1"]}` + "\n" + `{"query":"two","relevant":{"a1":3,"a2":1}}` + "\n" + `{"query":"none"}`
	queries, err := labels.OpenQueries(file(t, "q.jsonl", content))
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(labels.Labels{Queries: queries}.Tie(shop).Queries); got != "[{{[{0 1} {2 1}] -1} 0} {{[{0 3} {1 1}] -1} 1} {{[] -1} 2}]" {
		t.Error(got)
	}
}

func TestQuotesInATSVFileArePartsOfTextsUnlessTheyEncloseThem(t *testing.T) {
	const content = "a\tb\tscore\r\n\"Open\tsaid \"so\"\t1\r\n\"all \"\"quoted\"\"\"\tend\"\t0\r\n"
	for _, name := range []string{"p.tsv", "p.csv"} {
		pairs, err := labels.OpenPairs(file(t, name, content))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range pairs {
			got = append(got, p.A, p.B, fmt.Sprint(p.Row))
		}
		if want := []string{`"Open`, `said "so"`, "2", `all "quoted"`, `end"`, "3"}; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestColumnsWithoutANameMayBeSeveral(t *testing.T) {
	if pairs, err := labels.OpenPairs(file(t, "p.csv", "a,b,score,,\na1,a2,1,,\n")); err != nil || len(pairs) != 1 {
		t.Errorf("%v, %v", pairs, err)
	}
}

// of is why labels are of no use.
func of(_ *evaluate.Labels, err error) error { return err }

// TestBadLabelsAreNamedInOneLine has of everything that labels can be wrong in what
// is said of it: the file, the row, and why.
func TestBadLabelsAreNamedInOneLine(t *testing.T) {
	tooMany := "a,b,score\n" + strings.Repeat("x,y,1\n", labels.MaxPairs+1) + "\"what follows is not looked at\n"
	var manyQueries strings.Builder
	manyQueries.WriteString("query,relevant\n")
	for i := range labels.MaxQueries + 1 {
		fmt.Fprintf(&manyQueries, "query %d,a1\n", i)
	}
	for _, c := range []struct {
		name, file, content string
		problem             labels.Problem
		want                []string
	}{
		{"a text that there is not", "p.csv", "a,b,score\na1,a2,1\na1,zz,0\nzz,a2,0\n", labels.NoSuchText, []string{"line 3", `column "b"`, `"zz"`, "and 1 more"}},
		{"a text with itself", "p.csv", "a,b,score\na1,My card was charged twice.,1\n", labels.SameText, []string{"line 2", "itself"}},
		{"a score that is no number", "p.csv", "a,b,score\na1,a2,high\n", labels.NotANumber, []string{"line 2", `column "score"`, `"high"`}},
		{"a score that is NaN", "p.csv", "a,b,score\na1,a2,1\na1,b1,NaN\n", labels.NotANumber, []string{"line 3", `"NaN"`}},
		{"an endless score", "p.csv", "a,b,score\na1,a2,-Inf\n", labels.NotANumber, []string{"line 2"}},
		{"a score with a point and a comma", "p.csv", "a;b;score\na1;a2;1.000,5\n", labels.NotANumber, []string{"line 2", `"1.000,5"`, "such as 0.8"}},
		{"a word among grades", "p.csv", "a,b,score\na1,a2,yes\na1,b1,0.5\n", labels.NotANumber, []string{"line 2", `"yes"`, "grade"}},
		{"no score", "p.csv", "a,b,score\na1,a2,\n", labels.NotANumber, []string{"line 2"}},
		{"two scores", "p.csv", "a,b,score\na1,a2,1\nb1,a1,0\na2,a1,0\n", labels.Contradiction, []string{"line 4"}},
		{"all labels equal", "p.csv", "a,b,score\na1,a2,1\na1,b1,1\n", labels.AllEqual, []string{"all 2 pairs", "score 1"}},
		{"a pair with a blank side", "p.csv", "a,b,score\na1, ,1\n", labels.NoWords, []string{"line 2", `column "b"`}},
		{"a column is missing", "p.csv", "a,c,score\na1,a2,1\n", labels.NoColumn, []string{"line 1", `"b"`, `"c"`, "name the columns in the first row"}},
		{"a column is missing among many", "p.csv", "a,c,d,e,f,g,h,i,j,score\n1,2,3,4,5,6,7,8,9,1\n", labels.NoColumn, []string{`there is "a", "c", "d", "e", "f", "g", "h", "i" and 2 more; name`}},
		{"a number that is written otherwise", "p.csv", "a,b,score\na1,04,1\n", labels.NoSuchText, []string{"line 2", `"04"`}},
		{"the number of a text with an id", "p.csv", "a,b,score\na1,2,1\n", labels.NoSuchText, []string{"line 2", `"2"`}},
		{"a number after the last", "p.csv", "a,b,score\na1,6,1\n", labels.NoSuchText, []string{"line 2", `"6"`}},
		{"a comma before a sign", "p.csv", "a;b;score\na1;a2;1,-5\n", labels.NotANumber, []string{"line 2", `"1,-5"`}},
		{"a comma and nothing", "p.csv", "a;b;score\na1;a2;1,\n", labels.NotANumber, []string{"line 2", `"1,"`}},
		{"only a header", "p.csv", "a,b,score\n", labels.NoLabels, []string{"no labels"}},
		{"all unsure", "p.csv", "a,b,score\na1,a2,unsure\n", labels.NoLabels, []string{"no pair"}},
		{"a row too short", "p.csv", "a,b,score\na1,a2,1\na1,a2\n", labels.Unreadable, []string{"line 3", "2 columns"}},
		{"a quote that does not end", "p.csv", "a,b,score\n\"a1,a2,1\n", labels.Unreadable, []string{"line 2", "quotes"}},
		{"broken JSON", "p.jsonl", "{\"a\":\"a1\"\n", labels.Unreadable, []string{"line 1", "JSON"}},
		{"too many pairs", "p.csv", tooMany, labels.TooMany, []string{fmt.Sprintf("line %d", labels.MaxPairs+2), "20000"}},
		{"two columns of one name", "p.csv", "a,b,B,score\na1,a2,a2,1\n", labels.Twice, []string{"line 1", `column "b"`}},
		{"two columns of one name in a .tsv file", "p.tsv", "a\tb\tscore\tscore\na1\ta2\t1\t0\n", labels.Twice, []string{"line 1", `column "score"`}},
		{"a key twice", "p.jsonl", `{"a":"a1","b":"a2","score":1}` + "\n" + `{"a":"a1","b":"b1","score":0,"score":1}`, labels.Twice, []string{"line 2", `column "score"`}},
		{"two keys that differ in case", "p.jsonl", `{"a":"a1","A":"a2","b":"b1","score":1}`, labels.Twice, []string{"line 1", `column "a"`}},
		{"two objects on a line", "p.jsonl", `{"a":"a1","b":"a2","score":1}{"a":"a1","b":"b1","score":0}`, labels.Unreadable, []string{"line 1, column", "JSON"}},
		{"words after an object", "p.jsonl", `{"a":"a1","b":"a2","score":1} and more`, labels.Unreadable, []string{"line 1, column", "JSON"}},
		{"a list on a line", "p.jsonl", `["a1","a2",1]`, labels.Unreadable, []string{"line 1", "JSON"}},
		{"a quote over two lines of a .tsv file", "p.tsv", "a\tb\tscore\n\"My card\nwas charged\"\ta1\t1\n", labels.Unreadable, []string{"line 2", "a quote opens here and ends in line 3"}},
		{"a quote over a tab", "p.tsv", "a\tb\tscore\n\"a1\ta2\"\tb1\t1\n", labels.NoSuchText, []string{"line 2", `"a1\ta2"`}},
		{"a score that is missing in an object", "p.jsonl", `{"a":"a1","b":"a2","score":1}` + "\n" + `{"a":"a1","b":"b1"}`, labels.NoColumn, []string{"line 2", `"score"`, "name the keys so in every object"}},
		{"bytes that are no UTF-8", "p.csv", "a,b,score\na1,a2,1\na1,\xff,0\n", labels.Unreadable, []string{"line 3", "is not UTF-8; save it as UTF-8"}},
		{"a side too long", "p.csv", "a,b,score\na1," + strings.Repeat("x", 100_001) + ",1\n", labels.TooLong, []string{"line 2", `column "b"`, "100001"}},
		{"too many queries", "q.csv", manyQueries.String(), labels.TooMany, []string{fmt.Sprintf("line %d", labels.MaxQueries+2), "20000"}},
		{"plain text", "p.txt", "a,b\n", labels.Unreadable, []string{".csv"}},
		{"another kind of file", "p.pdf", "%PDF", labels.Unreadable, []string{".pdf"}},

		{"a query with no text", "q.csv", "query,relevant\nwhy,a1\n ,a2\n", labels.NoWords, []string{"line 3", `column "query"`, "empty"}},
		{"the same query twice", "q.csv", "query,relevant\nwhy,a1\nhow,a1\nwhy,a2\n", labels.Twice, []string{"line 4", "line 2", `"why"`}},
		{"the same id twice", "q.csv", "id,query,relevant\n1,why,a1\n1,how,a2\n", labels.Twice, []string{"line 3", "line 2", `id "1"`}},
		{"a text named twice", "q.csv", "query,relevant\nwhy,a1 a1:2\n", labels.Twice, []string{"line 2", `"a1"`}},
		{"a grade that is NaN", "q.csv", "query,relevant\nwhy,a1:nan\n", labels.NotANumber, []string{"line 2", `"a1:nan"`}},
		{"an endless grade", "q.csv", "query,relevant\nwhy,a1:inf\n", labels.NotANumber, []string{"line 2", `"a1:inf"`}},
		{"a grade under 0", "q.csv", "query,relevant\nwhy,a1:-1\n", labels.NotANumber, []string{"line 2", `"a1:-1"`, "under 0"}},
		{"an answer that there is not", "q.csv", "query,relevant\nwhy,a1 zz:2\n", labels.NoSuchText, []string{"line 2", `"zz"`, "commas"}},
		{"a source that there is not", "q.csv", "query,relevant,source\nwhy,a1,zz\n", labels.NoSuchText, []string{"line 2", `column "source"`}},
		{"no object has answers", "q.jsonl", `{"query":"why"}` + "\n" + `{"query":"how"}`, labels.NoColumn, []string{"line 1", `"relevant"`}},
		{"no query has an answer", "q.csv", "query,relevant\nwhy,\nhow,a1:0\n", labels.NoAnswers, []string{"no query has"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := use(file(t, c.file, c.content))
			var problem *labels.Error
			if !errors.As(err, &problem) || problem.Problem != c.problem {
				t.Fatalf("%v is not problem %d", err, c.problem)
			}
			if strings.Contains(err.Error(), "say its encoding") {
				t.Errorf("%q: nobody can", err)
			}
			for _, want := range append(c.want, c.file) {
				if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
					t.Errorf("%q lacks %q", err, want)
				}
			}
		})
	}
}

func TestAsManyLabelsAsAreReadAreRead(t *testing.T) {
	pairs, err := labels.ReadPairs(strings.NewReader("a,b,score\n"+strings.Repeat("x,y,1\n", labels.MaxPairs)), "p.csv", corpus.FormatCSV)
	if err != nil || len(pairs) != labels.MaxPairs {
		t.Errorf("%d pairs, %v", len(pairs), err)
	}
	var file strings.Builder
	file.WriteString("query,relevant\n")
	for i := range labels.MaxQueries {
		fmt.Fprintf(&file, "query %d,a1\n", i)
	}
	queries, err := labels.ReadQueries(strings.NewReader(file.String()), "q.csv", corpus.FormatCSV)
	if err != nil || len(queries) != labels.MaxQueries {
		t.Errorf("%d queries, %v", len(queries), err)
	}
}

func TestQueriesOverOneTextTellNothingApart(t *testing.T) {
	queries, err := labels.OpenQueries(file(t, "q.csv", "query,relevant\nwhy,a1\n"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = labels.Labels{Queries: queries}.Tie(shop[:1]).ForQueries("q.csv", evaluate.QueryOptions{})
	var problem *labels.Error
	if !errors.As(err, &problem) || problem.Problem != labels.OneText || !strings.Contains(err.Error(), "one text only, which every search finds") {
		t.Errorf("%v", err)
	}
}

// use reads labels, ties them to the shop and checks that they are of use.
func use(path string) error {
	if strings.HasPrefix(filepath.Base(path), "p.") {
		pairs, err := labels.OpenPairs(path)
		if err != nil {
			return err
		}
		tied := labels.Labels{Pairs: pairs}.Tie(shop)
		if err := tied.Strict(); err != nil {
			return err
		}
		return of(tied.ForPairs(path))
	}
	queries, err := labels.OpenQueries(path)
	if err != nil {
		return err
	}
	tied := labels.Labels{Queries: queries}.Tie(shop)
	if err := tied.Strict(); err != nil {
		return err
	}
	return of(tied.ForQueries(path, evaluate.QueryOptions{}))
}

// Ids can have colons of their own: a grade is what stands behind the last one.
func TestAGradeStandsBehindTheLastColon(t *testing.T) {
	texts := []corpus.Text{{ID: "doc:7", Text: "one"}, {ID: "urn:x:9", Text: "two"}, {ID: "a:b", Text: "three"}}
	for written, want := range map[string]evaluate.Judgment{
		"doc:7:2": {Text: 0, Grade: 2}, "urn:x:9:0.5": {Text: 1, Grade: .5}, "doc:7": {Text: 0, Grade: 1}, "urn:x:9": {Text: 1, Grade: 1},
		"a:b:0": {Text: 2, Grade: 0}, "a:b": {Text: 2, Grade: 1},
	} {
		queries, err := labels.ReadQueries(strings.NewReader("query,relevant\nwhich?,"+written+"\n"), "q.csv", corpus.FormatCSV)
		if err != nil {
			t.Fatal(err)
		}
		tied := labels.Labels{Queries: queries}.Tie(texts)
		if len(tied.Queries) != 1 || !slices.Equal(tied.Queries[0].Judged, []evaluate.Judgment{want}) {
			t.Errorf("%s is read as %+v, want %+v", written, tied.Queries, want)
		}
	}
}

func TestGroupsOfNoUseAreNamed(t *testing.T) {
	for want, groups := range map[labels.Problem][]string{
		labels.NoGroups: {"", ""}, labels.OneGroup: {"a", "a", ""}, labels.NothingShared: {"a", "b", ""}, 0: {"a", "b", "b", ""},
	} {
		var texts []corpus.Text
		for i, g := range groups {
			texts = append(texts, corpus.Text{Text: fmt.Sprint(i), Group: g})
		}
		err := of(labels.Labels{}.Tie(texts).ForGroups("t.csv"))
		var problem *labels.Error
		if errors.As(err, &problem); (err != nil) != (want != 0) || err != nil && problem.Problem != want {
			t.Errorf("%v: %v", groups, err)
		}
	}
}

func TestWhatIsSaidOfTwoTexts(t *testing.T) {
	texts := append(slices.Clone(shop), corpus.Text{Text: "Hello", Group: "greeting"}, corpus.Text{ID: "b2", Text: "lost parcel", Group: "delivery"})
	l := labels.Labels{
		Pairs: []labels.Pair{{A: "a1", B: "b1", Score: 1}, {A: "a1", B: "Hello", Score: 0}},
		Marks: []labels.Mark{{A: "lost parcel", B: " The parcel never came ", Verdict: labels.Different}, {A: "Hello", B: "My card was charged twice.", Verdict: labels.Same}},
	}
	tied := l.Tie(texts)
	for _, c := range []struct {
		a, b        int
		same, known bool
		why         string
	}{
		{0, 1, true, true, "they are of one group"},
		{1, 2, false, true, "they are of two groups"},
		{0, 2, true, true, "a pair counts before groups"},
		{2, 6, false, true, "a mark counts before groups"},
		{0, 3, true, true, "a mark counts before a pair"},
		{5, 0, true, true, "a mark is of all texts with the same words"},
		{3, 4, false, false, "one has no group"},
	} {
		if same, known := tied.Same(c.a, c.b); same != c.same || known != c.known {
			t.Errorf("texts %d and %d: %v, %v, although %s", c.a, c.b, same, known, c.why)
		}
	}
	// A mark takes the place of a pair, for the figures too.
	want := []labels.TiedPair{
		{Pair: evaluate.Pair{A: 0, B: 2, Score: 1}},
		{Pair: evaluate.Pair{A: 0, B: 3, Score: 1}, Marked: true, Label: 1},
		{Pair: evaluate.Pair{A: 2, B: 6, Score: 0}, Marked: true},
	}
	if !slices.Equal(tied.Pairs, want) {
		t.Errorf("the pairs are %+v, want %+v", tied.Pairs, want)
	}
}

func TestTheLabelsOfEverySetAreOfUse(t *testing.T) {
	for _, s := range corpus.Sets() {
		l, err := labels.OfSet(s)
		if err != nil {
			t.Fatal(err)
		}
		tied := l.Tie(s.Texts)
		errs := []error{tied.Strict(), of(tied.ForGroups(s.Name))}
		if s.Pairs != "" {
			errs = append(errs, of(tied.ForPairs(s.Name)))
		}
		if s.Queries != "" {
			errs = append(errs, of(tied.ForQueries(s.Name, evaluate.QueryOptions{})))
		}
		if err := errors.Join(errs...); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
		for _, p := range tied.Pairs {
			if grouped := tied.Groups[p.A] == tied.Groups[p.B]; grouped != (p.Score == 1) {
				t.Errorf("%s: the pair %s and %s has the score %g, its groups say otherwise", s.Name, s.Texts[p.A].ID, s.Texts[p.B].ID, p.Score)
			}
		}
	}
}

func TestPairsAreTextsWhereThereAreNoOthers(t *testing.T) {
	pairs, err := labels.OpenPairs(file(t, "p.csv", "a,b,score\none,two,1\ntwo,three,0\n"))
	if err != nil {
		t.Fatal(err)
	}
	texts := labels.TextsOf(pairs)
	if fmt.Sprint(texts) != "[{ one  } { two  } { three  }]" || (labels.Labels{Pairs: pairs}).Tie(texts).Strict() != nil {
		t.Error(texts)
	}
}

func TestKindOfAFile(t *testing.T) {
	beir := filepath.Dir(file(t, "corpus.jsonl", `{"_id":"1","text":"x"}`))
	for path, want := range map[string]labels.Kind{
		beir: labels.KindBEIR,
		file(t, "a.csv", "id;text;group\n1;x;y\n"):                        labels.KindTexts,
		file(t, "b.csv", "\uFEFF\"a\",b,Score\n1,2,1\n"):                  labels.KindPairs,
		file(t, "c.tsv", "query\trelevant\nx\ty\n"):                       labels.KindQueries,
		file(t, "d.jsonl", `{"question":"x","answers":["a"]}`):            labels.KindQueries,
		file(t, "e.txt", "a,b,score\n"):                                   labels.KindTexts,
		file(t, "f.csv", "text,a,b,score\n"):                              labels.KindTexts,
		file(t, "g.jsonl", strings.Repeat(`{"text":"very long"}`, 10000)): labels.KindTexts,
	} {
		if got, err := labels.KindOf(path); got != want || err != nil {
			t.Errorf("%s: kind %d, want %d; %v", filepath.Base(path), got, want, err)
		}
	}
	if _, err := labels.KindOf("missing.csv"); !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), "no such file") {
		t.Error(err)
	}
}
