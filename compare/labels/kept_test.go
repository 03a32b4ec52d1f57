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
	for _, damaged := range []string{"[]", `{"pairs":7}`, `{"queries":[{"judged":{}}]}`} {
		if err := json.Unmarshal([]byte(damaged), &got); err == nil {
			t.Errorf("%s is read", damaged)
		}
	}
}
