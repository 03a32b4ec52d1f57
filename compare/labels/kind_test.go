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
