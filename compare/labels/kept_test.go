package labels_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
)

func TestLabelsThatAreKeptComeBack(t *testing.T) {
	pairs, err := labels.ReadPairs(strings.NewReader("a,b,score\none,two,0.25\nthree,one,1\n"), "pairs.csv", corpus.FormatCSV)
	if err != nil {
		t.Fatal(err)
	}
	queries, err := labels.ReadQueries(strings.NewReader("id,query,relevant,source\nq1,which?,one:2 b:1 two,\nq2,neither?,,three\n"), "asked.csv", corpus.FormatCSV)
	if err != nil {
		t.Fatal(err)
	}
	want := labels.Labels{Pairs: pairs, Queries: queries}
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got labels.Labels
	if err := json.Unmarshal(data, &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s\n%+v, %v\nwant %+v", data, got, err, want)
	}
	// The name of a text that ends like a grade is still one.
	texts := []corpus.Text{{Text: "one"}, {ID: "b:1", Text: "x"}, {Text: "two"}, {Text: "three"}}
	if problems := got.Tie(texts).Problems; len(problems) != 0 {
		t.Error(problems[0])
	}
	// Judgments of a folder in BEIR's layout stand in another file than their query.
	b, err := labels.OpenBEIR(beirFolder(t, map[string]string{"qrels/test.tsv": ""}))
	if err != nil {
		t.Fatal(err)
	}
	want = labels.Labels{Queries: b.Queries}
	if data, err = json.Marshal(want); err != nil || want.Queries[0].Row != want.Queries[0].Judged[0].Row {
		t.Fatalf("%+v, %v", want, err)
	}
	if err := json.Unmarshal(data, &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s\n%+v, %v\nwant %+v", data, got, err, want)
	}
	for _, damaged := range []string{"[]", `{"pairs":7}`, `{"queries":[{"judged":{}}]}`} {
		if err := json.Unmarshal([]byte(damaged), &got); err == nil {
			t.Errorf("%s is read", damaged)
		}
	}
}

// What is kept outlives the program that wrote it.
func TestKeptLabelsAreReadUnderTheirNames(t *testing.T) {
	const written = `{"pairs":[{"name":"p.csv","row":2,"a":"one","b":"two","score":0.25}],` +
		`"queries":[{"name":"q.csv","row":3,"id":"q1","text":"which?","source":"three","judged":[{"name":"r.tsv","row":4,"text":"b:1","grade":2,"written":"b:1:2"}]}]}`
	var got labels.Labels
	if err := json.Unmarshal([]byte(written), &got); err != nil {
		t.Fatal(err)
	}
	if want := []labels.Pair{{Place: labels.Place{Name: "p.csv", Row: 2}, A: "one", B: "two", Score: 0.25}}; !reflect.DeepEqual(got.Pairs, want) {
		t.Errorf("%+v, want %+v", got.Pairs, want)
	}
	if q := got.Queries[0]; q.Place != (labels.Place{Name: "q.csv", Row: 3}) || q.ID != "q1" || q.Text != "which?" || q.Source != "three" ||
		len(q.Judged) != 1 || q.Judged[0].Place != (labels.Place{Name: "r.tsv", Row: 4}) || q.Judged[0].Text != "b:1" || q.Judged[0].Grade != 2 {
		t.Errorf("%+v", q)
	}
	if data, err := json.Marshal(got); err != nil || string(data) != written {
		t.Errorf("written is %s, %v", data, err)
	}
}

func TestAsManyLabelsAsAFileMayHaveAreKept(t *testing.T) {
	list := func(one string, n int) string { return "[" + strings.Repeat(one+",", n-1) + one + "]" }
	for _, c := range []struct {
		pairs, queries int
		ok             bool
	}{
		{labels.MaxPairs, 1, true}, {labels.MaxPairs + 1, 1, false}, {1, labels.MaxQueries, true}, {1, labels.MaxQueries + 1, false},
	} {
		var got labels.Labels
		err := json.Unmarshal([]byte(`{"pairs":`+list("{}", c.pairs)+`,"queries":`+list("{}", c.queries)+`}`), &got)
		if (err == nil) != c.ok || c.ok && (len(got.Pairs) != c.pairs || len(got.Queries) != c.queries) {
			t.Errorf("%d pairs and %d queries: %d and %d, %v", c.pairs, c.queries, len(got.Pairs), len(got.Queries), err)
		}
	}
}
