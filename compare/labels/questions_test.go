package labels_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/labels"
)

func questions(t *testing.T, name, content string) (labels.Questions, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return labels.OpenQuestions(path)
}

func TestQuestionsAreReadWhateverStandsBesideThem(t *testing.T) {
	for name, c := range map[string]struct {
		file, content string
		want          string // id=wording, one after the other
		judged        bool
	}{
		"lines":       {"q.txt", "\uFEFFone\r\n\n  two \nthree", "=one|=two|=three", false},
		"a column":    {"q.csv", "id,question\na,one\nb,two\n", "a=one|b=two", false},
		"as texts":    {"q.jsonl", `{"id":"a","text":"one"}` + "\n", "a=one", false},
		"some judged": {"q.jsonl", `{"query":"one","relevant":["x","y:2"]}` + "\n" + `{"query":"two"}` + "\n", "=one|=two", true},
		"with labels": {"q.tsv", "query\trelevant\none\tx y:2\ntwo\t\n", "=one|=two", true},
	} {
		got, err := questions(t, c.file, c.content)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var all []string
		for _, q := range got.Queries {
			all = append(all, q.ID+"="+q.Text)
		}
		if list := strings.Join(all, "|"); list != c.want || got.Judged != c.judged || len(got.Skipped) != 0 {
			t.Errorf("%s: %s, judged %v, skipped %v", name, list, got.Judged, got.Skipped)
		}
		if c.judged && (len(got.Queries[0].Judged) != 2 || got.Queries[0].Judged[1].Grade != 2) {
			t.Errorf("%s: %+v", name, got.Queries[0].Judged)
		}
	}
}

func TestAQuestionThatCannotBeAskedHidesNoOther(t *testing.T) {
	got, err := questions(t, "q.csv", "id,query,relevant\na,one,x\nb,,y\nc,one,x\na,two,x\nd,three,x:nan\ne,four,\n")
	if err != nil || len(got.Queries) != 2 || got.Queries[1].Text != "four" {
		t.Fatalf("%+v, %v", got, err)
	}
	var lines []string
	for _, e := range got.Skipped {
		lines = append(lines, e.Error())
	}
	for i, want := range []string{"line 3", "line 4", "line 5", "line 6"} {
		if i >= len(lines) || !strings.Contains(lines[i], want) {
			t.Errorf("no word of %s in %q", want, lines)
		}
	}
}

func TestAFileWithoutQuestionsSaysSo(t *testing.T) {
	for name, c := range map[string]struct {
		file, content string
		problem       labels.Problem
		says          string
	}{
		"empty":              {"q.txt", " \n\n", labels.NoLabels, "there are no queries in it"},
		"a header alone":     {"q.csv", "query,relevant\n", labels.NoLabels, "there are no queries in it"},
		"every one is empty": {"q.csv", "id,query\na,\nb, \n", labels.NoLabels, "there are no queries in it"},
		"no column":          {"q.csv", "id,words\na,b\n", labels.NoColumn, `there is no column "query"; there is "id", "words"; name`},
		"not UTF-8":          {"q.txt", "caf\xe9", labels.Unreadable, "UTF-8"},
	} {
		_, err := questions(t, c.file, c.content)
		var e *labels.Error
		if !errors.As(err, &e) || e.Problem != c.problem || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
