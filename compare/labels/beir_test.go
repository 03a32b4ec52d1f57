package labels_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/labels"
)

// beirFolder writes a small data set, with what is given in place of its files; an
// empty file is left out.
func beirFolder(t *testing.T, instead map[string]string) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "my [beir]")
	files := map[string]string{
		"corpus.jsonl":   `{"_id":"d1","title":"Cats","text":"They purr."}` + "\n" + `{"_id":"d2","title":"","text":"Dogs bark."}` + "\n" + `{"_id":"d3","title":"","text":""}` + "\n",
		"queries.jsonl":  `{"_id":"q1","text":"what purrs"}` + "\n" + `{"_id":"q2","text":"of another split"}` + "\n",
		"qrels/test.tsv": "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n",
		"qrels/dev.tsv":  "query-id\tcorpus-id\tscore\nq2\td2\t1\n",
	}
	for name, content := range instead {
		files[name] = content
	}
	for name, content := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if content == "" {
			continue
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// That a text without a word does not answer a query takes no answer away.
func TestAQueryKeepsItsPlaceWithoutATextThatWasNoAnswer(t *testing.T) {
	for score, want := range map[string]string{
		"0": "[1 text without a word left out 1 judgment of such a text left out, from line 3 of test.tsv on]",
		"1": "[1 text without a word left out 1 judgment of such a text left out, from line 3 of test.tsv on 1 query that nothing else answers left out]",
	} {
		b, err := labels.OpenBEIR(beirFolder(t, map[string]string{"qrels/test.tsv": "query-id\tcorpus-id\tscore\nq1\td1\t2\nq2\td3\t" + score + "\nq2\td2\t0\n"}))
		if err != nil || fmt.Sprint(b.Notes()) != want {
			t.Errorf("at %s: %v, %v, want %s", score, b.Notes(), err, want)
		}
	}
}

func TestBEIRFolder(t *testing.T) {
	b, err := labels.OpenBEIR(beirFolder(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Texts) != 2 || b.Texts[0].Text != "Cats They purr." || b.Texts[1].Text != "Dogs bark." || fmt.Sprint(b.Notes()) != "[1 text without a word left out]" {
		t.Errorf("%+v", b)
	}
	tied := labels.Labels{Queries: b.Queries}.Tie(b.Texts)
	if got := fmt.Sprint(tied.Queries); got != "[{{[{0 2} {1 0}] -1} 0}]" || tied.Strict() != nil {
		t.Errorf("%s, %v", got, tied.Strict())
	}
	if b, err = labels.OpenBEIR(beirFolder(t, map[string]string{"qrels/test.tsv": ""})); err != nil || fmt.Sprint(b.Notes()) != "[judged by "+filepath.Join("qrels", "dev.tsv")+" 1 text without a word left out]" || b.Queries[0].ID != "q2" {
		t.Errorf("%+v, %v", b, err)
	}
}

func TestABEIRQueryThatIsATextIsMadeOfIt(t *testing.T) {
	b, err := labels.OpenBEIR(beirFolder(t, map[string]string{
		"queries.jsonl":  `{"_id":"d1","text":"They purr."}` + "\n" + `{"_id":"d2","text":"what barks"}` + "\n" + `{"_id":"q","text":"Dogs bark."}`,
		"qrels/test.tsv": "query-id\tcorpus-id\tscore\nd1\td2\t1\nd2\td2\t1\nq\td2\t1\n",
	}))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"d1", "", ""} {
		if got := b.Queries[i].Source; got != want {
			t.Errorf("query %s is made of %q, want %q", b.Queries[i].ID, got, want)
		}
	}
}

func TestWhatIsJudgedOfATextWithoutWordsGoesWithIt(t *testing.T) {
	b, err := labels.OpenBEIR(beirFolder(t, map[string]string{
		"qrels/test.tsv": "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td3\t2\nq2\td3\t1\nq2\td1\t0\n",
	}))
	if err != nil {
		t.Fatal(err)
	}
	tied := labels.Labels{Queries: b.Queries}.Tie(b.Texts)
	if got := fmt.Sprint(tied.Queries); got != "[{{[{0 1}] -1} 0}]" || tied.Strict() != nil {
		t.Errorf("%s, %v: a query that only a text without words answers is left out whole", got, tied.Strict())
	}
	want := "1 text without a word left out|2 judgments of such texts left out, from line 3 of test.tsv on|1 query that nothing else answers left out"
	if got := strings.Join(b.Notes(), "|"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestOfJudgmentsThatAreLeftOutTheFirstInTheFileIsNamed(t *testing.T) {
	b, err := labels.OpenBEIR(beirFolder(t, map[string]string{
		"qrels/test.tsv": "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td3\t0\nq2\td1\t1\nq1\td3\t1\n",
	}))
	if err != nil || len(b.Queries) != 2 || !slices.Contains(b.Notes(), "2 judgments of such texts left out, from line 3 of test.tsv on") {
		t.Errorf("%+v, %v", b, err)
	}
	b, err = labels.OpenBEIR(beirFolder(t, map[string]string{
		"qrels/test.tsv": "query-id\tcorpus-id\tscore\nq2\td3\t0\nq2\td1\t1\nq1\td1\t1\nq1\td3\t1\n",
	}))
	if err != nil || !slices.Contains(b.Notes(), "2 judgments of such texts left out, from line 2 of test.tsv on") {
		t.Errorf("%+v, %v", b, err)
	}
}

func TestOfSeveralQrelsThatOfTheTestOrTheFirstByNameCounts(t *testing.T) {
	for missing, want := range map[string]string{"": "q1", "qrels/test.tsv": "q2"} {
		files := map[string]string{"qrels/train.tsv": "query-id\tcorpus-id\tscore\nq1\td2\t1\n"}
		if missing != "" {
			files[missing] = ""
		}
		if b, err := labels.OpenBEIR(beirFolder(t, files)); err != nil || len(b.Queries) != 1 || b.Queries[0].ID != want {
			t.Errorf("without %q: %+v, %v", missing, b, err)
		}
	}
}

func TestGradesOfTRECUnderZeroAreNotRelevant(t *testing.T) {
	b, err := labels.OpenBEIR(beirFolder(t, map[string]string{"qrels/test.tsv": "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t-2\n"}))
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(labels.Labels{Queries: b.Queries}.Tie(b.Texts).Queries); got != "[{{[{0 1} {1 0}] -1} 0}]" {
		t.Errorf("%s: a text called less than not relevant is not relevant", got)
	}
	if notes := b.Notes(); !slices.Contains(notes, "grades under 0 read as 0, not relevant: 1") {
		t.Errorf("%q does not say so", notes)
	}
}

func TestJudgmentsOfTextsThatThereAreNotAreCountedAndNamed(t *testing.T) {
	b, err := labels.OpenBEIR(beirFolder(t, map[string]string{
		"qrels/test.tsv": "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td8\t1\nq2\td9\t1\n",
	}))
	if err != nil {
		t.Fatal(err)
	}
	problem := labels.Labels{Queries: b.Queries}.Tie(b.Texts).Strict()
	for _, want := range []string{"test.tsv, line 3", `"d8"`, "and 1 more like this"} {
		if problem == nil || !strings.Contains(problem.Error(), want) {
			t.Errorf("%v lacks %q", problem, want)
		}
	}
}

func TestOnlyTheQueriesThatAreJudgedAreLimited(t *testing.T) {
	var queries, all strings.Builder
	all.WriteString("query-id\tcorpus-id\tscore\n")
	for i := range labels.MaxQueries + 1 {
		fmt.Fprintf(&queries, `{"_id":"q%d","text":"query %d"}`+"\n", i, i)
		fmt.Fprintf(&all, "q%d\td1\t1\n", i)
	}
	some, _, _ := strings.Cut(all.String(), fmt.Sprintf("q%d\t", labels.MaxQueries))
	if b, err := labels.OpenBEIR(beirFolder(t, map[string]string{"queries.jsonl": queries.String(), "qrels/test.tsv": some})); err != nil || len(b.Queries) != labels.MaxQueries {
		t.Error(err)
	}
	var problem *labels.Error
	_, err := labels.OpenBEIR(beirFolder(t, map[string]string{"queries.jsonl": queries.String(), "qrels/test.tsv": all.String()}))
	if !errors.As(err, &problem) || problem.Problem != labels.TooMany || problem.Row != labels.MaxQueries+1 {
		t.Error(err)
	}
}

func TestBadBEIRFolders(t *testing.T) {
	for _, c := range []struct {
		name    string
		instead map[string]string
		problem labels.Problem
		want    []string
	}{
		{"no qrels", map[string]string{"qrels/test.tsv": "", "qrels/dev.tsv": ""}, labels.NoJudgments, []string{"qrels/*.tsv", "my [beir]"}},
		{"no queries", map[string]string{"queries.jsonl": ""}, labels.Unreadable, []string{"queries.jsonl", "no such file"}},
		{"no corpus", map[string]string{"corpus.jsonl": ""}, labels.Unreadable, []string{"corpus.jsonl", "no such file"}},
		{"an id twice", map[string]string{"corpus.jsonl": `{"_id":"d1","text":"x"}` + "\n" + `{"_id":"d1","text":"y"}`}, labels.Twice, []string{"corpus.jsonl, line 2", "line 1"}},
		{"a query twice", map[string]string{"queries.jsonl": `{"_id":"q1","text":"x"}` + "\n" + `{"_id":"q1","text":"y"}`}, labels.Twice, []string{"queries.jsonl, line 2"}},
		{"a query with no text", map[string]string{"queries.jsonl": `{"_id":"q1","text":""}`}, labels.NoWords, []string{"queries.jsonl, line 1"}},
		{"a text too long", map[string]string{"corpus.jsonl": `{"_id":"d1","text":"` + strings.Repeat("x", 100_001) + `"}`}, labels.TooLong, []string{"corpus.jsonl, line 1", "100001"}},
		{"a query too long", map[string]string{"queries.jsonl": `{"_id":"q1","text":"` + strings.Repeat("x", 100_001) + `"}`}, labels.TooLong, []string{"queries.jsonl, line 1"}},
		{"a query that there is not", map[string]string{"qrels/test.tsv": "query-id\tcorpus-id\tscore\nzz\td1\t1\n"}, labels.NoSuchText, []string{"test.tsv, line 2", `"zz"`}},
		{"a score that is NaN", map[string]string{"qrels/test.tsv": "query-id\tcorpus-id\tscore\nq1\td1\tNaN\n"}, labels.NotANumber, []string{"test.tsv, line 2"}},
		{"no header", map[string]string{"qrels/test.tsv": "q1\td1\t1\nq1\td2\t1\n"}, labels.NoColumn, []string{"test.tsv, line 1", "query-id"}},
		{"a text that there is not", map[string]string{"qrels/test.tsv": "query-id\tcorpus-id\tscore\nq1\td9\t1\n"}, labels.NoSuchText, []string{"test.tsv, line 2", `"d9"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := labels.OpenBEIR(beirFolder(t, c.instead))
			if err == nil {
				err = labels.Labels{Queries: b.Queries}.Tie(b.Texts).Strict()
			}
			var problem *labels.Error
			if !errors.As(err, &problem) || problem.Problem != c.problem {
				t.Fatalf("%v", err)
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q lacks %q", err, want)
				}
			}
		})
	}
}
