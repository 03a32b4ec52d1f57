package corpus_test

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
)

// openHandles is how many files this program has open; -1 where the system does not tell.
func openHandles() int {
	handles, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return -1
	}
	return len(handles)
}

// On Windows a file that stays open can be neither replaced nor removed.
func TestNoFileStaysOpen(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // which closes what is forgotten
	paths := []string{workbook(t, [][]any{{"text", "id"}, {"a", "1"}, {"b", "1"}}), filepath.Join(t.TempDir(), "none.csv"), t.TempDir()}
	for name, content := range map[string]string{
		"a.txt": "a\nb\n", "b.csv": "text,id\na,1\nb,1\n", "c.jsonl": "{\"text\":\"a\"}\n{", "d.json": `[{"text":"a"}`, "e.tsv": "a\tb\n\xff\t1\n", "f.xlsx": "PK", "g.csv": "", "h.parquet": "x",
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	for _, path := range paths {
		before := openHandles()
		for _, strict := range []bool{true, false} {
			_, _ = corpus.LoadFile(t.Context(), path, corpus.Options{Strict: strict}) // also with an error
		}
		_, _ = corpus.LookAt(t.Context(), path, corpus.Options{})
		_, _ = corpus.Sample(t.Context(), path, 1)
		_ = corpus.EachRowOf(t.Context(), path, func(corpus.Row) error { return nil })
		if after := openHandles(); after > before {
			t.Errorf("%s: %d files stay open", filepath.Base(path), after-before)
		}
	}
}

func TestOfVeryManyRowsThatAreLeftOutTheFirstAreListed(t *testing.T) {
	const listed = 1000
	for _, left := range []int{listed - 1, listed, listed + 1, 3 * listed} {
		reading, err := corpus.Load(t.Context(), strings.NewReader("text,id\nx,1\n"+strings.Repeat(",2\n", left)), "a.csv", corpus.FormatCSV, corpus.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if reading.Left != left || len(reading.Reasons) != min(left, listed) || len(reading.Texts) != 1 {
			t.Errorf("of %d rows left out %d are counted and %d listed", left, reading.Left, len(reading.Reasons))
		}
	}
}
