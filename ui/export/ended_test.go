package export_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/screens/models"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

func TestNamesThatCannotBeAreAskedForAgain(t *testing.T) {
	a, dir := compared(t), inEmptyDirectory(t)
	if err := os.Mkdir("folder.csv", 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("file.csv", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	uitest.Press(t, a, "X", "m")
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
		p, ok := a.Top().(*widget.PathPrompt)
		if !ok || !strings.Contains(p.Problem, tt.problem) || strings.Contains(p.Problem, "\n") {
			t.Fatalf("%q: the problem is %+v, want %q", tt.path, a.Top(), tt.problem)
		}
		if p.Input.Value() != tt.path {
			t.Errorf("%q became %q", tt.path, p.Input.Value())
		}
		uitest.CheckFrame(t, a.Draw(), ui.Size{W: 100, H: 30})
	}
	uitest.Press(t, a, "esc")
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
		uitest.Press(t, a, "X", "m")
		typePath(t, a, "m.csv")
		uitest.WantShown(t, a, "Overwrite m.csv?", "It holds 4 bytes: ")
	}
	ask()
	uitest.Press(t, a, "esc")
	if got := content(t, path); got != "mine" || a.Top() != nil {
		t.Errorf("after esc the file holds %q", got)
	}
	ask()
	uitest.Press(t, a, "n")
	if p, ok := a.Top().(*widget.PathPrompt); !ok || p.Input.Value() != "m.csv" || p.Problem != "" {
		t.Errorf("another name is asked for in %+v", a.Top())
	}
	typePath(t, a, "other.csv")
	if got := content(t, path); got != "mine" || len(content(t, filepath.Join(dir, "other.csv"))) == 0 {
		t.Errorf("after another name was taken the file holds %q", got)
	}
	ask()
	_, problem := a.Exports().Write(slow(nil), "slow.csv", export.LeaveExisting) // and another begins
	uitest.Press(t, a, "O")
	uitest.WantNotice(t, a, "Another file is still being written: esc twice stops that.")
	if got := content(t, path); problem != "" || got != "mine" {
		t.Errorf("while another file is written, %q, the file holds %q", problem, got)
	}
	a.Exports().Writer.Stop()
	ask()
	uitest.Press(t, a, "O")
	if got := content(t, path); !strings.HasPrefix(got, "id,text,1,2,3\n") {
		t.Errorf("after yes the file holds %q", got)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("its permissions became %v, %v", info.Mode(), err)
	}
	onlyFiles(t, dir, "m.csv", "other.csv")
}

// The name of a file is shown safely in the question, whatever is in it.
func TestTheQuestionBeforeAFileIsReplacedIsSafe(t *testing.T) {
	a := compared(t)
	d := export.Dialog{Context: &a.Context}
	d.AskOverwrite(export.Matrix(a.Session), filepath.Join("folder", "m\x1b[31m.csv"), 4)
	uitest.WantShown(t, a, "Overwrite m.csv?", "It holds 4 bytes: "+filepath.Join("folder", "m.csv"))
	if drawn := a.Draw(); strings.Contains(drawn, "\x1b[31m") {
		t.Errorf("the name gets through:\n%q", drawn)
	}
}

func TestALateAnswerOpensNothingOverAnotherBox(t *testing.T) {
	a, dir := compared(t), inEmptyDirectory(t)
	if err := os.WriteFile("m.csv", []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd, problem := a.Exports().Write(export.Matrix(a.Session), "m.csv", export.LeaveExisting)
	if problem != "" {
		t.Fatal(problem)
	}
	uitest.Press(t, a, "?")
	uitest.Settle(t, a, cmd)
	if h, ok := a.Top().(*widget.Reader); !ok || !strings.HasPrefix(h.Title, "Keys on ") {
		t.Errorf("%T is open", a.Top())
	}
	uitest.WantNotice(t, a, filepath.Join(dir, "m.csv")+" exists already and was left as it is; take another name")
}

// slow is an export that writes for as long as it may.
func slow(begun chan<- struct{}) ui.Export {
	return ui.Export{What: "something long", Name: "long", Formats: []ui.ExportFormat{export.Quiet(".csv", func(ctx context.Context, w io.Writer) error {
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
		cmd, _ := a.Exports().Write(slow(begun), "long.csv", export.LeaveExisting)
		uitest.WantNotice(t, a, "Writing long.csv; esc stops it.")
		ended := make(chan tea.Msg, 1)
		go func() { ended <- cmd() }()
		<-begun
		if _, problem := a.Exports().Write(export.Matrix(a.Session), "m.csv", export.LeaveExisting); !strings.Contains(problem, "Another file is still being written") {
			t.Errorf("a second file: %q", problem)
		}
		uitest.Press(t, a, key)
		if a.Quitting() {
			t.Error("it quits instead")
		}
		// What begins after the stop is not stopped by its end.
		next, problem := a.Exports().Write(export.Matrix(a.Session), "m.csv", export.LeaveExisting)
		if problem != "" {
			t.Fatal(problem)
		}
		uitest.Send(t, a, <-ended)
		uitest.WantNotice(t, a, "Stopped: long.csv was not written.")
		onlyFiles(t, dir)
		uitest.Settle(t, a, next)
		onlyFiles(t, dir, "m.csv")
	}
}

// A writer that has all in memory may not look whether it was stopped.
func TestWhatIsStoppedAtItsLastByteIsNotWritten(t *testing.T) {
	a, dir := compared(t), inEmptyDirectory(t)
	life, quit := context.WithCancel(t.Context())
	heedless := ui.ExportFormat{Ending: ".csv", Write: func(_ context.Context, w io.Writer) (string, error) {
		defer quit()
		_, err := io.WriteString(w, "all of it\n")
		return "", err
	}}
	o := export.NewOrder(ui.Export{What: "it", Name: "long", Formats: []ui.ExportFormat{heedless}}, heedless, "long.csv")
	if _, err := a.Exports().Writer.Write(a.Exports().Writer.Begin(life, &o), o); !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
	onlyFiles(t, dir)
}

func TestTheEndOfTheProgramWaitsForAnExportToStop(t *testing.T) {
	a, dir := compared(t), inEmptyDirectory(t)
	life, quit := context.WithCancel(t.Context())
	begun := make(chan struct{})
	o := export.NewOrder(slow(begun), slow(begun).Formats[0], "long.csv")
	ended := make(chan error, 1)
	ctx := a.Exports().Writer.Begin(life, &o)
	go func() {
		_, err := a.Exports().Writer.Write(ctx, o)
		ended <- err
	}()
	<-begun
	quit()
	a.Exports().Writer.Wait()
	onlyFiles(t, dir)
	<-ended
	if _, err := a.Exports().Writer.Write(ctx, o); err == nil {
		t.Error("an export begins after the end")
	}
	onlyFiles(t, dir)
}

// Until an export has ended the program has not: half a file would stay.
func TestTheProgramEndsAfterItsExport(t *testing.T) {
	dir := inEmptyDirectory(t)
	begun := make(chan struct{})
	var ended, savedAfter atomic.Bool
	o := uitest.LocalOptions(t)
	o.Save = func(config.State) error {
		savedAfter.Store(ended.Load())
		return nil
	}
	long := slow(begun)
	write := long.Formats[0].Write
	long.Formats[0].Write = func(ctx context.Context, w io.Writer) (string, error) {
		defer ended.Store(true)
		defer func() { <-time.After(20 * time.Millisecond) }() // an end that does not wait is past it by then
		return write(ctx, w)
	}
	var shared *ui.Context
	shown := append([]func(*ui.Context) ui.Screen{func(c *ui.Context) ui.Screen { shared = c; return models.New(c) }}, screens[1:]...)
	term := uitest.Start(t, 100, 30, o, shown)
	term.WaitFor("Sample texts")
	term.Program.Send(loop.Done(func() tea.Cmd { return shared.Export(long) }))
	term.WaitFor("Export something long")
	term.Press("enter")
	<-begun
	term.Quit()
	if !savedAfter.Load() {
		t.Error("the session was saved and the end reached before the export had ended")
	}
	onlyFiles(t, dir)
}

func TestAFullDiskLeavesNothing(t *testing.T) {
	a, dir := compared(t), inEmptyDirectory(t)
	full := ui.Export{What: "something", Name: "full", Formats: []ui.ExportFormat{export.Quiet(".csv", func(context.Context, io.Writer) error {
		return &os.PathError{Op: "write", Path: "somewhere", Err: syscall.ENOSPC}
	})}}
	uitest.Settle(t, a, a.Export(full))
	uitest.Press(t, a, "enter")
	want := filepath.Join(dir, "full.csv") + " cannot be written (no space left on device); make room there or take another place"
	if p, ok := a.Top().(*widget.PathPrompt); !ok || p.Problem != want {
		t.Errorf("the problem is %+v, want %q", a.Top(), want)
	}
	onlyFiles(t, dir)
}

func TestAProtectedFileIsNotReplaced(t *testing.T) {
	dir := inEmptyDirectory(t)
	// A device is no file that could be replaced.
	if _, err := export.ReplacedMode(os.DevNull, export.ReplaceExisting); err == nil || !strings.Contains(err.Error(), "no ordinary file") {
		t.Errorf("%s: %v", os.DevNull, err)
	}
	if err := os.Symlink(filepath.Join(dir, "nothing"), filepath.Join(dir, "link.csv")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := export.Claim(filepath.Join(dir, "link.csv"), export.ReplaceExisting); err == nil {
		t.Error("a link to nothing is replaced")
	}
	// Its directory alone would let a file be replaced that cannot be written to. Root
	// may write to everything but a program that runs, on most systems.
	locked, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name, mode := range map[string]os.FileMode{"locked.csv": 0o400, "mine.csv": 0o640} {
		if err := errors.Join(os.WriteFile(name, nil, 0o600), os.Chmod(name, mode)); err != nil {
			t.Fatal(err)
		}
	}
	for _, place := range []string{locked, filepath.Join(dir, "locked.csv"), filepath.Join(dir, "mine.csv")} {
		f, refused := os.OpenFile(place, os.O_WRONLY, 0)
		if refused == nil {
			refused = f.Close()
		}
		mode, err := export.ReplacedMode(place, export.ReplaceExisting)
		if (err == nil) != (refused == nil) {
			t.Errorf("%s is replaced: %v, and can be written to: %v", place, err, refused)
		}
		if filepath.Base(place) == "mine.csv" && mode != 0o640 {
			t.Errorf("what replaces %s has the permissions %v", place, mode)
		}
	}
}

func TestNoKeyGetsOutOfTheExplorer(t *testing.T) {
	s := apitest.New(t, apitest.Options{Quick: true})
	s.FailWhen(apitest.OfModel("text-embedding-3-large"), apitest.Unpaid())
	o := uitest.ServerOptions(t, s, "nanogpt/text-embedding-3-small@1536", "nanogpt/text-embedding-3-large@3072")
	t.Setenv("NANOGPT_API_KEY", s.Key)
	a, dir := settled(t, 100, 30, o), inEmptyDirectory(t)
	a.Session.Thresholds().SetEach(false)
	a.Session.Thresholds().Set("", -1)
	uitest.Press(t, a, "E", "p")
	var out []string
	for _, thing := range things {
		if slices.Contains(thing.keys, "f") {
			continue
		}
		a.SetScreen(thing.screen)
		uitest.Settle(t, a, a.Refresh())
		for _, ending := range thing.endings {
			uitest.Press(t, a, thing.keys...)
			typePath(t, a, thing.name+ending)
			out = append(out, content(t, filepath.Join(dir, thing.name+ending)))
		}
		out = append(out, uitest.CopiedBy(t, a, "y", "t"), uitest.CopiedBy(t, a, "y", "a"), uitest.CopiedBy(t, a, "y", "b"))
		uitest.Press(t, a, "esc")
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
