//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/uitest"
)

// pipeAt makes a named pipe that nobody writes into.
func pipeAt(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAPipeInThePlaceOfAFileIsNotWaitedFor(t *testing.T) {
	server := speaking(t, apitest.Ollama)
	texts := file(t, "texts.csv", three)
	for name, c := range map[string]struct {
		at   func(config.Paths) string
		line string
		code int
		want string
	}{
		"settings": {func(p config.Paths) string { return p.Settings }, "models", ExitDone, "cannot be read (it is no regular file)"},
		"cache": {func(p config.Paths) string { return filepath.Join(p.Cache, "vectors.db") },
			"embed --model ollama/nomic-embed-text:latest " + texts, ExitDone, "it is no regular file"},
		"list":  {func(p config.Paths) string { return filepath.Join(p.Cache, "lists", "nanogpt.json") }, "models", ExitDone, ""},
		"debug": {func(p config.Paths) string { return filepath.Join(p.Cache, "log") }, "models --debug ", ExitFailed, "the file of --debug cannot be written (no such device or address); name another"},
	} {
		s := newSession(t)
		paths, err := config.FindPaths(s.getenv)
		if err != nil {
			t.Fatal(err)
		}
		pipeAt(t, c.at(paths))
		if name == "debug" {
			c.line += c.at(paths)
		}
		s.expect(t, c.code, c.line, whereOllamaIs(server))
		if said := s.err.String(); !strings.Contains(said, c.want) {
			t.Errorf("%s: %q", name, said)
		}
	}
	s := newSession(t)
	paths, err := config.FindPaths(s.getenv)
	if err != nil {
		t.Fatal(err)
	}
	pipeAt(t, paths.State)
	s.onTerminal(s.In, s.Out, s.Err)
	s.expect(t, ExitDone, "")
	if said := strings.Join(s.explored[0].Notices, " "); !strings.Contains(said, "could not be read (it is no regular file); it was kept as state.json.corrupt-1") {
		t.Errorf("state: %q", said)
	}
}

func TestTheDebuggingFileIsNobodyElses(t *testing.T) {
	for _, before := range []os.FileMode{0o644, 0o640, 0o604, 0o600} {
		log := file(t, "old.log", "before\n")
		if err := os.Chmod(log, before); err != nil {
			t.Fatal(err)
		}
		newSession(t).expect(t, ExitDone, "models --debug "+log)
		info, err := os.Stat(log)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("after %v it has %v, %v", before, info.Mode(), err)
		}
		if data, err := os.ReadFile(log); err != nil || !strings.HasPrefix(string(data), "before\n") {
			t.Errorf("%q, %v", data, err)
		}
	}
}

func TestWhatGoesWrongWithFilesIsSafeToPrint(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "\x1b[2Jno", "log")
	for _, line := range []string{"models --debug " + bad, "config init"} {
		s := newSession(t)
		if line == "config init" {
			s.Environ = append(s.Environ, "XDG_CONFIG_HOME="+filepath.Join(file(t, "\x1b[2Jfile", ""), "x"))
		}
		s.expect(t, ExitFailed, line)
		if said := s.err.String(); strings.ContainsRune(said, '\x1b') || !strings.HasPrefix(said, "vecscope: ") || strings.Count(said, "\n") != 1 {
			t.Errorf("%s: %q", line, said)
		}
	}
}

// TestAFolderOfAStrangerLeadsNowhereElse: what it names may be a pipe or a link to a file of the person's.
func TestAFolderOfAStrangerLeadsNowhereElse(t *testing.T) {
	private := file(t, "private.csv", "a,b,score\na,b,1\nc,d,1\ne,f,1\na,c,0\nb,e,0\n")
	for name, put := range map[string]func(path string) error{
		"pipe": func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"link": func(path string) error { return os.Symlink(private, path) },
	} {
		path := sharedFolder(t, "models = ['local/ngrams@64']\nlabels = 'mine.csv'\n")
		if err := put(filepath.Join(filepath.Dir(path), "mine.csv")); err != nil {
			t.Fatal(err)
		}
		s := newSession(t)
		out := s.expect(t, ExitDone, "evaluate --resamples 50 --json "+path, withLocal)
		if !strings.Contains(s.err.String(), "names mine.csv, which holds no labels that can be read") || !strings.Contains(out, `"task":"groups"`) {
			t.Errorf("%s: %s\n%s", name, s.err.String(), out)
		}
		a := onFile(t, matrices.ID, path)
		if uitest.WantNotice(t, a, "mine.csv holds no labels that can be read"); a.Session.Labels().Path() != "" {
			t.Errorf("%s: labels of %s", name, a.Session.Labels().Path())
		}
	}
	texts := file(t, "faq.csv", "id,text\na,one\nb,two\n")
	pipeAt(t, filepath.Join(filepath.Dir(texts), config.FolderFile))
	s := newSession(t)
	if s.expect(t, ExitDone, "compare --models local/ngrams@64 "+texts, withLocal); !strings.Contains(s.err.String(), "it is no regular file) and has no effect") {
		t.Error(s.err.String())
	}
}
