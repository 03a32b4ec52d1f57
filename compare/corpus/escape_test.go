package corpus_test

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
)

func TestWhatASpreadsheetWouldComputeIsGuardedAndComesBack(t *testing.T) {
	for cell, guarded := range map[string]bool{
		"=1+1": true, "+49 30 1234": true, "-2+3": true, "@SUM(A1)": true, "＝1+1": true, "＋1+1": true, "－1+1": true, "＠x": true,
		"\t=1": true, "\r=1": true, "\n=1": true, " =1": true, "\t-5": true, " +1": true, "'=1": true, "''＠x": true, "-": true, "-Inf": true,
		"": false, " ": false, "-5": false, "+3.25": false, "-1e-9": false, "a=b": false, "'quoted'": false, "'-5": false, "–5": false,
	} {
		safe, escaped := corpus.EscapeFormula(cell)
		if escaped != guarded || guarded && safe != "'"+cell || !guarded && safe != cell {
			t.Errorf("%q is written as %q", cell, safe)
		}
		if strings.TrimSpace(cell) == "" {
			continue
		}
		column := map[bool]string{true: "text", false: ""}[escaped]
		file := `text,escaped` + "\n" + `"` + safe + `",` + column + "\n"
		read, err := corpus.Read(strings.NewReader(file), "texts.csv", corpus.FormatCSV)
		if err != nil || len(read) != 1 || strings.TrimSpace(read[0].Text) != strings.TrimSpace(cell) {
			t.Errorf("%q comes back as %v, %v", cell, read, err)
		}
	}
}

// A person may have edited the file meanwhile.
func TestAnApostropheThatGuardsNothingStays(t *testing.T) {
	for cell, want := range map[string]string{"'tis": "'tis", "'-5": "'-5", "'": "'", "'=1": "=1", "''=1": "'=1", "=1": "=1"} {
		read, err := corpus.Read(strings.NewReader("text,escaped\n"+cell+",text\n"), "texts.csv", corpus.FormatCSV)
		if err != nil || len(read) != 1 || read[0].Text != want {
			t.Errorf("%q is read as %v, %v", cell, read, err)
		}
	}
}
