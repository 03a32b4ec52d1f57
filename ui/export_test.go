package ui_test

import (
	"testing"

	"github.com/vecscope/vecscope/ui"
)

// exportIn is an export in formats with those endings.
func exportIn(copied string, endings ...string) (e ui.Export) {
	e.Copied = copied
	for _, ending := range endings {
		e.Formats = append(e.Formats, ui.ExportFormat{Ending: ending})
	}
	return e
}

func TestTheEndingOfAFileTellsItsFormat(t *testing.T) {
	e := exportIn("", ".csv", ".tsv", ".json")
	for name, want := range map[string]string{
		"a.csv": ".csv", "a.TSV": ".tsv", "dir.csv/a.json": ".json", "a.b.json": ".json", ".csv": ".csv", "a": "", "a.txt": "", "csv": "", "a.csv/b": "", "": "",
	} {
		f, ok := e.Format(name)
		if f.Ending != want || ok != (want != "") {
			t.Errorf("%q is written as %q, %v; want %q", name, f.Ending, ok, want)
		}
	}
}

func TestTheFormatsOfAnExportAreNamedAndOneIsCopied(t *testing.T) {
	for _, c := range []struct {
		e               ui.Export
		endings, copied string
	}{
		{exportIn("", ".tsv"), ".tsv", ".tsv"}, {exportIn("", ".csv", ".tsv"), ".csv or .tsv", ".tsv"},
		{exportIn(".json", ".csv", ".tsv", ".json"), ".csv, .tsv or .json", ".json"}, {exportIn(".csv", ".csv"), ".csv", ".csv"},
	} {
		if got := c.e.Endings(); got != c.endings || c.e.CopyFormat().Ending != c.copied {
			t.Errorf("its formats are %q, and %q is copied; want %q and %q", got, c.e.CopyFormat().Ending, c.endings, c.copied)
		}
	}
}

func TestACommandIsWrittenForAShell(t *testing.T) {
	for want, args := range map[string][]string{
		"vecscope": nil, "vecscope compare --threshold local/glove@100=0.9": {"compare", "--threshold", "local/glove@100=0.9"},
		"vecscope search 'how do I' ''": {"search", "how do I", ""}, "vecscope compare 'my texts.csv'": {"compare", "my texts.csv"},
	} {
		if got := (ui.Command{Args: args}).Line(); got != want {
			t.Errorf("%q is written %s, want %s", args, got, want)
		}
	}
}
