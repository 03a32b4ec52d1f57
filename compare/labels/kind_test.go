package labels_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/vecscope/vecscope/compare/labels"
)

func TestLabelsBesideOthersArePlainFilesOfPairsOrQueries(t *testing.T) {
	folder := filepath.Dir(file(t, "pairs.csv", "a,b,score\n1,2,1\n"))
	for name, content := range map[string]string{"queries.csv": "query,relevant\nx,1\n", "texts.csv": "text\nx\n", "corpus.jsonl": `{"_id":"1","text":"x"}`} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]labels.Kind{"pairs.csv": labels.KindPairs, "queries.csv": labels.KindQueries, "texts.csv": labels.KindTexts, "none.csv": labels.KindTexts, ".": labels.KindTexts}
	if runtime.GOOS != "windows" { // where links need rights
		if err := os.Symlink(filepath.Join(folder, "pairs.csv"), filepath.Join(folder, "link.csv")); err != nil {
			t.Fatal(err)
		}
		want["link.csv"] = labels.KindTexts
	}
	for name, kind := range want {
		if path, got := labels.Beside(folder, name); got != kind || path != filepath.Join(folder, name) {
			t.Errorf("%s: %s of kind %d, want %d", name, path, got, kind)
		}
	}
}

func TestAFileHoldsLabelsOnlyIfItHasAllTheirColumns(t *testing.T) {
	for columns, want := range map[string]labels.Kind{
		"a,b,score": labels.KindPairs, "Score,B,A": labels.KindPairs, "a,b,score,note": labels.KindPairs, "a,b": labels.KindTexts, "a,score": labels.KindTexts, "b,score": labels.KindTexts,
		"query,relevant": labels.KindQueries, "relevant,query,id": labels.KindQueries, "query,id": labels.KindTexts, "relevant,id": labels.KindTexts,
		"a,b,score,text": labels.KindTexts, "query,relevant,text": labels.KindTexts, "text,id": labels.KindTexts,
	} {
		got, err := labels.KindOf(file(t, "f.csv", columns+"\n1,2,3,4\n"))
		if err != nil || got != want {
			t.Errorf("%s: kind %d, %v, want %d", columns, got, err, want)
		}
		if _, beside := labels.Beside(filepath.Dir(file(t, "f.csv", columns+"\n")), "f.csv"); beside != want {
			t.Errorf("%s: beside others it is of kind %d, want %d", columns, beside, want)
		}
	}
	if _, err := labels.KindOf(file(t, "f.pdf", "%PDF")); err == nil {
		t.Error("a file that cannot be read has a kind")
	}
}
