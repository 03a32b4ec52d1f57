package export_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/screens/duplicates"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/screens/models"
	"github.com/vecscope/vecscope/ui/screens/texts"
	"github.com/vecscope/vecscope/ui/screens/usage"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// inEmptyDirectory makes an empty directory the present one.
func inEmptyDirectory(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	return dir
}

// typePath puts a path into the open question and sends it off.
func typePath(t *testing.T, a *shell.App, path string) {
	t.Helper()
	p, ok := a.Top().(*widget.PathPrompt)
	if !ok {
		t.Fatalf("no path is asked for; the notice is %q", a.Notice().Text)
	}
	p.Input.SetValue(path)
	uitest.Press(t, a, "enter")
}

func content(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// onlyFiles fails when a directory holds anything but those files.
func onlyFiles(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if !slices.Equal(got, want) {
		t.Errorf("the directory holds %q, want %q", got, want)
	}
}

// things are everything that can be exported: the screen, the keys, the name
// proposed, and its formats.
var things = []struct {
	screen  string
	keys    []string
	name    string
	endings []string
}{
	{matrices.ID, []string{"X", "m"}, "vecscope-matrix-glove@100", []string{".csv", ".tsv", ".json", ".md", ".txt"}},
	{matrices.ID, []string{"X", "a"}, "vecscope-matrices", []string{".csv", ".tsv", ".json", ".md", ".txt"}},
	{matrices.ID, []string{"X", "t"}, "vecscope-pairs", []string{".csv", ".tsv"}},
	{matrices.ID, []string{"X", "f"}, "vecscope-difference-glove@100-use-lite@512", []string{".csv", ".tsv"}},
	{duplicates.ID, []string{"X"}, "vecscope-duplicates", []string{".csv", ".tsv", ".json", ".md", ".txt"}},
	{models.ID, []string{"X"}, "vecscope-models", []string{".csv", ".tsv", ".json", ".md", ".txt"}},
	{usage.ID, []string{"X"}, "vecscope-usage", []string{".csv", ".tsv", ".json", ".md", ".txt"}},
	{texts.ID, []string{"X"}, "vecscope-texts", []string{".csv", ".tsv", ".jsonl", ".json", ".md", ".txt"}},
}

// compared is the explorer with two candidates, a duplicate pair, a difference
// and something spent.
func compared(t *testing.T) *shell.App {
	t.Helper()
	a := plane(t, 100, 30, map[string][]float64{uitest.Glove: {0, 90, 95}, uitest.Use: {0, 60, 120}})
	uitest.Settle(t, a, a.Refresh())
	a.Session.Payments().Ledger().Add(api.Tally{Provider: "shop", Model: "good", Tokens: 9, USD: 0.5, Requests: 1})
	uitest.Press(t, a, "3", "f")
	return a
}

func TestEverythingIsExportedInEveryFormat(t *testing.T) {
	for _, thing := range things {
		for _, ending := range thing.endings {
			t.Run(thing.name+ending, func(t *testing.T) {
				dir, a := inEmptyDirectory(t), compared(t)
				a.SetScreen(thing.screen)
				uitest.Press(t, a, thing.keys...)
				uitest.WantShown(t, a, thing.name+thing.endings[0])
				typePath(t, a, thing.name+ending)
				place := filepath.Join(dir, thing.name+ending)
				written := content(t, place)
				uitest.WantNotice(t, a, fmt.Sprintf("to %s (%s).", place, format.Bytes(int64(len(written)))))
				onlyFiles(t, dir, thing.name+ending)
				switch ending {
				case ".csv":
					if rows, err := csv.NewReader(strings.NewReader(written)).ReadAll(); err != nil || len(rows) < 2 {
						t.Errorf("%d rows, %v", len(rows), err)
					}
				case ".md":
					if !strings.Contains(written, "| --- |") && !strings.Contains(written, "---:") {
						t.Errorf("no table:\n%s", written)
					}
				}
			})
		}
	}
}

func TestExportedJSONIsTheCommandLines(t *testing.T) {
	a := compared(t)
	dir := inEmptyDirectory(t)
	c := export.ComparisonReport(a.Session)
	pairs, err := report.FindDuplicates(c, a.Session.Thresholds().Common())
	if err != nil {
		t.Fatal(err)
	}
	var rows []report.Row
	for _, m := range a.Session.Engine().Catalog.Models() {
		rows = append(rows, report.Row{Model: m, Unavailable: a.Session.Engine().Available(m)})
	}
	for _, tt := range []struct {
		screen string
		keys   []string
		write  func(w io.Writer) error
	}{
		{matrices.ID, []string{"X", "a"}, func(w io.Writer) error { return report.CompareJSON(t.Context(), w, c) }},
		{duplicates.ID, []string{"X"}, func(w io.Writer) error { return report.DuplicatesJSON(w, pairs) }},
		{models.ID, []string{"X"}, func(w io.Writer) error { return report.ModelsJSON(w, rows) }},
	} {
		var want strings.Builder
		if err := tt.write(&want); err != nil {
			t.Fatal(err)
		}
		a.SetScreen(tt.screen)
		uitest.Settle(t, a, a.Refresh())
		uitest.Press(t, a, tt.keys...)
		name := tt.screen + ".json"
		typePath(t, a, name)
		if got := content(t, filepath.Join(dir, name)); got != want.String() {
			t.Errorf("%s exports\n%s\nwant\n%s", tt.screen, got, want.String())
		}
	}
}

func TestACandidateWithAllItsAnswersIsNoFailure(t *testing.T) {
	s := uitest.NewShop()
	s.Fails = map[string]error{"bad": errors.New("the server is on holiday")}
	for _, tt := range []struct {
		o    shell.Options
		want []string
	}{
		{uitest.PlaneOptions(t, map[string][]float64{uitest.Use: {0, 60, 120}}), nil},
		{uitest.OptionsWith(t, uitest.Texts("one text", "東京都", "another"), uitest.Glove), nil}, // its result tells which has no vector
		{uitest.ShopOptions(t, s, "shop/good@4"), []string{"shop/good@4"}},
	} {
		a := settled(t, 100, 30, tt.o)
		uitest.Settle(t, a, a.Refresh())
		var got []string
		for _, f := range export.ComparisonReport(a.Session).Failures {
			got = append(got, f.Candidate)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("failures of %q, want %q", got, tt.want)
		}
	}
}

// What has no result is reported with its error, or with what it waits for.
func TestAReportSaysWhyThereIsNoResult(t *testing.T) {
	s := uitest.NewShop()
	s.Fails = map[string]error{"bad": errors.New("the server is on holiday")}
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4", "shop/bad@4", uitest.Glove))
	said := func() string { return fmt.Sprint(export.ComparisonReport(a.Session).Failures) }
	if got, want := said(), "[{shop/good@4 not embedded yet: E shows its cost} {shop/bad@4 not embedded yet: E shows its cost}]"; got != want {
		t.Errorf("before they are asked it is said %s, want %s", got, want)
	}
	uitest.Press(t, a, "E", "p")
	if got, want := said(), "[{shop/bad@4 the server is on holiday}]"; got != want {
		t.Errorf("after one failed it is said %s, want %s", got, want)
	}
}

func TestAMatrixIsExportedInTheOrderShown(t *testing.T) {
	o := uitest.OptionsWith(t, []corpus.Text{{Text: "one", Group: "b"}, {Text: "two", Group: "a"}, {Text: "=three", Group: "b"}}, "local/ngrams@64")
	a, dir := settled(t, 100, 30, o), inEmptyDirectory(t)
	uitest.Press(t, a, "X", "m")
	typePath(t, a, "m.CSV")
	rows, err := csv.NewReader(strings.NewReader(content(t, filepath.Join(dir, "m.CSV")))).ReadAll()
	if err != nil || !slices.Equal(rows[0], []string{"id", "text", "1", "3", "2"}) || rows[2][1] != "'=three" || rows[3][0] != "2" {
		t.Errorf("%q, %v", rows, err)
	}
	uitest.WantNotice(t, a, "1 text that a spreadsheet would compute got an apostrophe in front.")
}

func TestAReportWithoutMatricesSaysSo(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Numbered(41), "local/ngrams@64"))
	inEmptyDirectory(t)
	uitest.Press(t, a, "X", "m")
	typePath(t, a, "m.md")
	uitest.WantNotice(t, a, "Matrices of 41 texts are left out, because nobody can read them there; .csv has them.")
}

func TestMorePairsThanTheListHoldsAreExported(t *testing.T) {
	texts := make([]corpus.Text, 160)
	for i := range texts {
		texts[i].Text = "the same"
	}
	a, dir := settled(t, 100, 30, uitest.OptionsWith(t, texts, "local/ngrams@64")), inEmptyDirectory(t)
	uitest.Press(t, a, "4", "X")
	uitest.WantShown(t, a, "Export 12,720 duplicate pairs")
	typePath(t, a, "pairs.tsv")
	if n := strings.Count(content(t, filepath.Join(dir, "pairs.tsv")), "\n"); n != 160*159/2+1 {
		t.Errorf("%d lines were written", n)
	}
}

func TestCompletionsOfAnExportAreFilesOfItsFormats(t *testing.T) {
	a := compared(t)
	inEmptyDirectory(t)
	for _, name := range []string{"a.csv", "b.png", "c.json", "d.jsonl"} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	uitest.Press(t, a, "X", "m")
	if got := a.Top().(*widget.PathPrompt).Input.AvailableSuggestions(); !slices.Equal(got, []string{"a.csv", "c.json"}) {
		t.Errorf("completions are %q", got)
	}
}

func TestFileNamesSuitEverySystem(t *testing.T) {
	if got, want := export.FileWord("a/b:c*d e\x1b日@256_x-y.z"), "a-b-c-d-e--@256_x-y.z"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTheQuestionForAFileFitsEveryWindow(t *testing.T) {
	a := compared(t)
	inEmptyDirectory(t)
	uitest.Press(t, a, "X", "m")
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 60, H: 15}, {W: 80, H: 24}, {W: 200, H: 60}} {
		uitest.Send(t, a, uitest.WindowSize(z))
		uitest.CheckFrame(t, a.Draw(), z)
		uitest.WantShown(t, a, "vecscope-matrix-glove@100")
	}
}

func TestStoryCopyingAndExporting(t *testing.T) {
	dir := inEmptyDirectory(t)
	term := start(t, 80, 24, uitest.NearDuplicates(t))
	term.WaitFor("use-lite@512 0.", "glove@100 ", "ngrams@4096 0.")
	term.Press("y", "v")
	term.WaitFor("Copied 0.", "texts 1 and 2 under local/")
	term.Press("X")
	term.WaitFor("Export", "every pair with all values")
	term.Press("m")
	term.WaitFor("vecscope-matrix-")
	term.Press("enter")
	term.WaitFor("Exported the 36×36 matrix of local/", dir)
	term.Press("X", "m")
	term.WaitFor("vecscope-matrix-")
	term.Press("enter")
	term.WaitFor("Overwrite vecscope-matrix-", "O overwrite it")
	term.Press("O")
	term.WaitFor("Exported the 36×36 matrix")
	term.Press("2")
	term.WaitFor("The budget meeting")
	term.Press("ctrl+p")
	term.WaitFor("Every action")
	term.Paste("export the texts")
	term.WaitFor("export the texts to a file")
	term.Press("enter")
	term.WaitFor("Export 36 texts", "vecscope-texts.csv")
	term.Press("enter")
	term.WaitFor("Exported 36 texts")
	term.Press("y", "t")
	term.WaitCopied("The budget meeting starts at 9:30 on Monday in room 12.")
	term.Quit()
	if reading, err := corpus.LoadFile(t.Context(), filepath.Join(dir, "vecscope-texts.csv"), corpus.Options{}); err != nil || len(reading.Texts) != 36 {
		t.Errorf("what can be opened again is %v, %v", reading, err)
	}
}
