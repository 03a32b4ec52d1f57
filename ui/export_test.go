package ui

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
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
func typePath(t *testing.T, a *app, path string) {
	t.Helper()
	p, ok := a.top().(*pathPrompt)
	if !ok {
		t.Fatalf("no path is asked for; the notice is %q", a.notice.text)
	}
	p.input.SetValue(path)
	press(t, a, "enter")
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
	{screenMatrix, []string{"e", "m"}, "vecscope-matrix-glove@100", []string{".csv", ".tsv", ".json", ".md", ".txt"}},
	{screenMatrix, []string{"e", "a"}, "vecscope-matrices", []string{".csv", ".tsv", ".json", ".md", ".txt"}},
	{screenMatrix, []string{"e", "p"}, "vecscope-pairs", []string{".csv", ".tsv"}},
	{screenMatrix, []string{"X", "d"}, "vecscope-difference-glove@100-use-lite@512", []string{".csv", ".tsv"}},
	{screenDuplicates, []string{"e"}, "vecscope-duplicates", []string{".csv", ".tsv", ".json", ".md", ".txt"}},
	{screenModels, []string{"e"}, "vecscope-models", []string{".csv", ".tsv", ".json", ".md", ".txt"}},
	{screenUsage, []string{"e"}, "vecscope-usage", []string{".csv", ".tsv", ".json", ".md", ".txt"}},
	{screenTexts, []string{"X"}, "vecscope-texts", []string{".csv", ".tsv", ".jsonl", ".json", ".md", ".txt"}},
}

// compared is the explorer with two candidates, a duplicate pair, a difference
// and something spent.
func compared(t *testing.T) *app {
	t.Helper()
	a := plane(t, 100, 30, map[string][]float64{glove: {0, 90, 95}, use: {0, 60, 120}})
	settle(t, a, a.refresh())
	a.store.ledger.Add(api.Tally{Provider: "shop", Model: "good", Tokens: 9, USD: 0.5, Requests: 1})
	press(t, a, "3", "d")
	return a
}

func TestEverythingIsExportedInEveryFormat(t *testing.T) {
	for _, thing := range things {
		for _, ending := range thing.endings {
			t.Run(thing.name+ending, func(t *testing.T) {
				dir, a := inEmptyDirectory(t), compared(t)
				a.setScreen(thing.screen)
				press(t, a, thing.keys...)
				wantShown(t, a, thing.name+thing.endings[0])
				typePath(t, a, thing.name+ending)
				place := filepath.Join(dir, thing.name+ending)
				written := content(t, place)
				wantNotice(t, a, fmt.Sprintf("to %s (%s).", place, format.Bytes(int64(len(written)))))
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
	c := comparisonReport(a.store)
	pairs, err := report.FindDuplicates(c, a.store.threshold)
	if err != nil {
		t.Fatal(err)
	}
	var rows []report.Row
	for _, m := range a.store.engine.Catalog.Models() {
		rows = append(rows, report.Row{Model: m, Unavailable: a.store.engine.Available(m)})
	}
	for _, tt := range []struct {
		screen string
		keys   []string
		write  func(w io.Writer) error
	}{
		{screenMatrix, []string{"e", "a"}, func(w io.Writer) error { return report.CompareJSON(t.Context(), w, c) }},
		{screenDuplicates, []string{"e"}, func(w io.Writer) error { return report.DuplicatesJSON(w, pairs) }},
		{screenModels, []string{"e"}, func(w io.Writer) error { return report.ModelsJSON(w, rows) }},
	} {
		var want strings.Builder
		if err := tt.write(&want); err != nil {
			t.Fatal(err)
		}
		a.setScreen(tt.screen)
		settle(t, a, a.refresh())
		press(t, a, tt.keys...)
		name := tt.screen + ".json"
		typePath(t, a, name)
		if got := content(t, filepath.Join(dir, name)); got != want.String() {
			t.Errorf("%s exports\n%s\nwant\n%s", tt.screen, got, want.String())
		}
	}
}

func TestAMatrixIsExportedInTheOrderShown(t *testing.T) {
	o := optionsWith(t, []corpus.Text{{Text: "one", Group: "b"}, {Text: "two", Group: "a"}, {Text: "=three", Group: "b"}}, "local/ngrams@64")
	a, dir := settled(t, 100, 30, o), inEmptyDirectory(t)
	press(t, a, "o", "e", "m")
	typePath(t, a, "m.CSV")
	rows, err := csv.NewReader(strings.NewReader(content(t, filepath.Join(dir, "m.CSV")))).ReadAll()
	if err != nil || !slices.Equal(rows[0], []string{"id", "text", "1", "3", "2"}) || rows[2][1] != "'=three" || rows[3][0] != "2" {
		t.Errorf("%q, %v", rows, err)
	}
	wantNotice(t, a, "1 text that a spreadsheet would compute got an apostrophe in front.")
}

func TestAReportWithoutMatricesSaysSo(t *testing.T) {
	a := settled(t, 100, 30, optionsWith(t, numbered(41), "local/ngrams@64"))
	inEmptyDirectory(t)
	press(t, a, "e", "m")
	typePath(t, a, "m.md")
	wantNotice(t, a, "Matrices of 41 texts are left out, because nobody can read them there; .csv has them.")
}

func TestMorePairsThanTheListHoldsAreExported(t *testing.T) {
	texts := make([]corpus.Text, 160)
	for i := range texts {
		texts[i].Text = "the same"
	}
	a, dir := settled(t, 100, 30, optionsWith(t, texts, "local/ngrams@64")), inEmptyDirectory(t)
	press(t, a, "4", "e")
	wantShown(t, a, "Export 12,720 duplicate pairs")
	typePath(t, a, "pairs.tsv")
	if n := strings.Count(content(t, filepath.Join(dir, "pairs.tsv")), "\n"); n != 160*159/2+1 {
		t.Errorf("%d lines were written", n)
	}
}

func TestNamesThatCannotBeAreAskedForAgain(t *testing.T) {
	a, dir := compared(t), inEmptyDirectory(t)
	if err := os.Mkdir("folder.csv", 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("file.csv", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	press(t, a, "e", "m")
	for _, tt := range []struct{ path, problem string }{
		{"", "Type the name of a file"},
		{"m", "The name must end in .csv, .tsv, .json, .md or .txt."},
		{"m.png", "The name must end in .csv"},
		{"folder.csv/", "This is a directory"},
		{"folder.csv", filepath.Join(dir, "folder.csv") + " is a directory; type a file's name behind it"},
		{"nowhere/m.csv", "the directory " + filepath.Join(dir, "nowhere") + " does not exist; check the path or make it first"},
		{"file.csv/m.csv", filepath.Join(dir, "file.csv", "m.csv") + " cannot be written (not a directory); check that its directory can be written to"},
		{strings.Repeat("long", 100) + ".csv", "cannot be written (file name too long); take a shorter name"},
	} {
		typePath(t, a, tt.path)
		p, ok := a.top().(*pathPrompt)
		if !ok || !strings.Contains(p.problem, tt.problem) || strings.Contains(p.problem, "\n") {
			t.Fatalf("%q: the problem is %+v, want %q", tt.path, a.top(), tt.problem)
		}
		if p.input.Value() != tt.path {
			t.Errorf("%q became %q", tt.path, p.input.Value())
		}
		checkFrame(t, a.draw(), size{100, 30})
	}
	press(t, a, "esc")
	onlyFiles(t, dir, "file.csv", "folder.csv")
}

func TestAFileIsReplacedOnlyAfterAWord(t *testing.T) {
	a, dir := compared(t), inEmptyDirectory(t)
	path := filepath.Join(dir, "m.csv")
	ask := func() {
		t.Helper()
		if err := os.WriteFile(path, []byte("mine"), 0o640); err != nil {
			t.Fatal(err)
		}
		press(t, a, "e", "m")
		typePath(t, a, "m.csv")
		wantShown(t, a, "Overwrite m.csv?", "It holds 4 bytes: ")
	}
	ask()
	press(t, a, "esc")
	if got := content(t, path); got != "mine" || a.top() != nil {
		t.Errorf("after esc the file holds %q", got)
	}
	ask()
	press(t, a, "n")
	typePath(t, a, "other.csv")
	if got := content(t, path); got != "mine" || len(content(t, filepath.Join(dir, "other.csv"))) == 0 {
		t.Errorf("after another name was taken the file holds %q", got)
	}
	ask()
	press(t, a, "y")
	if got := content(t, path); !strings.HasPrefix(got, "id,text,1,2,3\n") {
		t.Errorf("after yes the file holds %q", got)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("its permissions became %v, %v", info.Mode(), err)
	}
	onlyFiles(t, dir, "m.csv", "other.csv")
}

func TestALateAnswerOpensNothingOverAnotherBox(t *testing.T) {
	a, dir := compared(t), inEmptyDirectory(t)
	if err := os.WriteFile("m.csv", []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd, problem := a.exports.write(matrixExport(a.store), "m.csv", false)
	if problem != "" {
		t.Fatal(problem)
	}
	press(t, a, "?")
	settle(t, a, cmd)
	if _, ok := a.top().(*help); !ok {
		t.Errorf("%T is open", a.top())
	}
	wantNotice(t, a, filepath.Join(dir, "m.csv")+" exists already and was left as it is; take another name")
}

// slow is an export that writes for as long as it may.
func slow(begun chan<- struct{}) export {
	return export{what: "something long", name: "long", formats: []exportFormat{quiet(".csv", func(ctx context.Context, w io.Writer) error {
		if _, err := io.WriteString(w, "a beginning"); err != nil {
			return err
		}
		close(begun)
		<-ctx.Done()
		return ctx.Err()
	})}}
}

func TestEscStopsALongExportAndLeavesNothing(t *testing.T) {
	for _, key := range []string{"esc", "ctrl+c"} {
		a, dir := compared(t), inEmptyDirectory(t)
		begun := make(chan struct{})
		cmd, _ := a.exports.write(slow(begun), "long.csv", false)
		wantNotice(t, a, "Writing long.csv; esc stops it.")
		ended := make(chan tea.Msg, 1)
		go func() { ended <- cmd() }()
		<-begun
		if _, problem := a.exports.write(matrixExport(a.store), "m.csv", false); !strings.Contains(problem, "Another file is still being written") {
			t.Errorf("a second file: %q", problem)
		}
		press(t, a, key)
		if a.quitting {
			t.Error("it quits instead")
		}
		// What begins after the stop is not stopped by its end.
		next, problem := a.exports.write(matrixExport(a.store), "m.csv", false)
		if problem != "" {
			t.Fatal(problem)
		}
		send(t, a, <-ended)
		wantNotice(t, a, "Stopped: long.csv was not written.")
		onlyFiles(t, dir)
		settle(t, a, next)
		onlyFiles(t, dir, "m.csv")
	}
}

func TestTheEndOfTheProgramWaitsForAnExportToStop(t *testing.T) {
	a, dir := compared(t), inEmptyDirectory(t)
	life, quit := context.WithCancel(t.Context())
	begun := make(chan struct{})
	o := exportOrder{export: slow(begun), format: slow(begun).formats[0], path: "long.csv"}
	ended := make(chan error, 1)
	ctx := a.exports.writer.begin(life, &o)
	go func() {
		_, err := a.exports.writer.write(ctx, o)
		ended <- err
	}()
	<-begun
	quit()
	a.exports.writer.wait()
	onlyFiles(t, dir)
	<-ended
	if _, err := a.exports.writer.write(ctx, o); err == nil {
		t.Error("an export begins after the end")
	}
	onlyFiles(t, dir)
}

func TestAFullDiskLeavesNothing(t *testing.T) {
	a, dir := compared(t), inEmptyDirectory(t)
	full := export{what: "something", name: "full", formats: []exportFormat{quiet(".csv", func(context.Context, io.Writer) error {
		return &os.PathError{Op: "write", Path: "somewhere", Err: syscall.ENOSPC}
	})}}
	settle(t, a, a.export(full))
	press(t, a, "enter")
	want := filepath.Join(dir, "full.csv") + " cannot be written (no space left on device); make room there or take another place"
	if p, ok := a.top().(*pathPrompt); !ok || p.problem != want {
		t.Errorf("the problem is %+v, want %q", a.top(), want)
	}
	onlyFiles(t, dir)
}

func TestAProtectedFileIsNotReplaced(t *testing.T) {
	dir := inEmptyDirectory(t)
	// A device is no file that could be replaced.
	if _, err := existing(os.DevNull, true); err == nil || !strings.Contains(err.Error(), "no ordinary file") {
		t.Errorf("%s: %v", os.DevNull, err)
	}
	if err := os.Symlink(filepath.Join(dir, "nothing"), filepath.Join(dir, "link.csv")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := claim(filepath.Join(dir, "link.csv"), true); err == nil {
		t.Error("a link to nothing is replaced")
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
	press(t, a, "e", "m")
	if got := a.top().(*pathPrompt).input.AvailableSuggestions(); !slices.Equal(got, []string{"a.csv", "c.json"}) {
		t.Errorf("completions are %q", got)
	}
}

func TestFileNamesSuitEverySystem(t *testing.T) {
	if got, want := fileWord("a/b:c*d e\x1b日@256_x-y.z"), "a-b-c-d-e--@256_x-y.z"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTheQuestionForAFileFitsEveryWindow(t *testing.T) {
	a := compared(t)
	inEmptyDirectory(t)
	press(t, a, "e", "m")
	for _, z := range []size{{40, 10}, {60, 15}, {80, 24}, {200, 60}} {
		send(t, a, windowSize(z))
		checkFrame(t, a.draw(), z)
		wantShown(t, a, "vecscope-matrix-glove@100")
	}
}

func TestStoryCopyingAndExporting(t *testing.T) {
	dir := inEmptyDirectory(t)
	term := start(t, 80, 24, nearDuplicates(t))
	term.waitFor("use-lite@512 0.", "glove@100 ", "ngrams@4096 0.")
	term.press("y", "v")
	term.waitFor("Copied 0.", "texts 1 and 2 under local/")
	term.press("e")
	term.waitFor("Export", "every pair with all values")
	term.press("m")
	term.waitFor("vecscope-matrix-")
	term.press("enter")
	term.waitFor("Exported the 36×36 matrix of local/", dir)
	term.press("e", "m")
	term.waitFor("vecscope-matrix-")
	term.press("enter")
	term.waitFor("Overwrite vecscope-matrix-", "y yes, replace what it holds")
	term.press("y")
	term.waitFor("Exported the 36×36 matrix")
	term.press("2")
	term.waitFor("The budget meeting")
	term.press("ctrl+p")
	term.waitFor("Every action")
	term.paste("export the texts")
	term.waitFor("export the texts to a file")
	term.press("enter")
	term.waitFor("Export 36 texts", "vecscope-texts.csv")
	term.press("enter")
	term.waitFor("Exported 36 texts")
	term.press("y", "t")
	term.waitCopied("The budget meeting starts at 9:30 on Monday in room 12.")
	term.quit()
	if texts, err := corpus.ReadFile(filepath.Join(dir, "vecscope-texts.csv")); err != nil || len(texts) != 36 {
		t.Errorf("%d texts can be opened again, %v", len(texts), err)
	}
}

func TestNoKeyGetsOutOfTheExplorer(t *testing.T) {
	s := apitest.New(t, apitest.Options{Quick: true})
	s.FailWhen(apitest.OfModel("text-embedding-3-large"), apitest.Unpaid())
	o := serverOptions(t, s, "nanogpt/text-embedding-3-small@1536", "nanogpt/text-embedding-3-large@3072")
	t.Setenv("NANOGPT_API_KEY", s.Key)
	a, dir := settled(t, 100, 30, o), inEmptyDirectory(t)
	a.store.setPerCandidate(false)
	a.store.threshold = -1
	press(t, a, "E", "p")
	var out []string
	for _, thing := range things {
		if slices.Contains(thing.keys, "d") {
			continue
		}
		a.setScreen(thing.screen)
		settle(t, a, a.refresh())
		for _, ending := range thing.endings {
			press(t, a, thing.keys...)
			typePath(t, a, thing.name+ending)
			out = append(out, content(t, filepath.Join(dir, thing.name+ending)))
		}
		out = append(out, copiedBy(t, a, "y", "t"), copiedBy(t, a, "y", "a"), copiedBy(t, a, "y", "p"))
		press(t, a, "esc")
	}
	all := strings.Join(out, "\n")
	if strings.Contains(all, s.Key) {
		t.Error("the key is in what was exported")
	}
	if !strings.Contains(all, "402") || !strings.Contains(all, "text-embedding-3-small") {
		t.Error("what was exported lacks the error or the result, so that nothing was looked at")
	}
	if api.NewSecret(s.Key).String() == s.Key {
		t.Error("the secret of this test is none")
	}
}
