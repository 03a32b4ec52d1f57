package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

func TestRunHandsEverythingOn(t *testing.T) {
	var out, errOut bytes.Buffer
	if code := run([]string{"embed", "--model", "local/ngrams@2", "-"}, strings.NewReader("hello\n"), &out, &errOut); code != 0 {
		t.Fatalf("exit code %d: %s", code, errOut.String())
	}
	if !strings.HasPrefix(out.String(), `{"id":"1","text":"hello","embedding":[`) {
		t.Error(out.String())
	}
	if code := run([]string{"--nonsense"}, strings.NewReader(""), &out, &errOut); code != 2 || !strings.Contains(errOut.String(), "--nonsense") {
		t.Errorf("exit code %d: %s", code, errOut.String())
	}
}

const module = "github.com/vecscope/vecscope"

// arrows says which packages of this module each package may import. Names end in
// "/*" for everything below. They go one way:
//
//	main → ui/cli → ui/app → {ui/shell, ui/screens/*} → ui/{costs, pair} → ui/export
//	     → ui/candidate → ui/widget → ui → ui/session → compare/{pipeline, corpus}
//	     → api/registry → api/{openai, local, cache, spending, catalog} → api
//
// compare and compare/kernel know nothing above them, config knows api alone, and
// ui/theme, ui/term, ui/format and ui/loop are leaves.
var arrows = []struct {
	from string
	to   []string
}{
	{".", []string{"ui/cli"}},

	{"api", nil},
	{"api/oserr", nil},
	{"api/catalog", []string{"api"}},
	{"api/spending", []string{"api", "api/oserr"}},
	{"api/openai", []string{"api", "api/openai/internal/*"}},
	{"api/openai/internal/answer", []string{"api/openai/internal/scrub"}},
	{"api/openai/internal/scrub", []string{"api"}},
	{"api/cache", []string{"api", "api/oserr"}},
	{"api/local", []string{"api", "api/local/internal/*", "compare/kernel"}},
	{"api/local/gen", []string{"api/local/internal/*"}},
	{"api/local/internal/*", []string{"api/local/internal/*", "compare/kernel"}},
	{"api/registry", []string{"api", "api/*", "config"}},
	{"api/apitest", []string{"api", "api/catalog", "api/local"}},
	{"config", []string{"api", "api/oserr"}},

	{"compare/kernel", nil},
	{"compare/kernel/gen", []string{"compare/kernel"}},
	{"compare", []string{"compare/kernel"}},
	{"compare/lexical", nil},
	{"compare/evaluate", []string{"compare", "compare/kernel"}},
	{"compare/search", []string{"compare", "compare/kernel", "compare/lexical", "compare/evaluate"}},
	{"compare/evaluate/simulate", []string{"compare", "compare/evaluate"}},
	{"compare/corpus", nil},
	{"compare/labels", []string{"compare/corpus", "compare/evaluate"}},
	{"compare/pipeline", []string{"api", "api/*", "compare", "compare/corpus"}},

	{"compare/trial", []string{"api", "api/*", "compare", "compare/*"}},

	{"ui/term", nil},
	{"ui/format", nil},
	{"ui/theme", nil},
	{"ui/loop", nil},
	{"ui/plot", []string{"ui/theme", "ui/term"}},
	{"ui/findings", []string{"compare/evaluate", "compare/trial", "ui/format"}},
	{"ui/report", []string{"api", "api/*", "compare", "compare/*", "ui/findings", "ui/format", "ui/term"}},

	{"ui/session", []string{"ui/loop", below}},
	{"ui", []string{"api", "ui/session", leaves}},
	{"ui/widget", []string{"ui", leaves}},
	{"ui/candidate", []string{"ui/widget", "ui", "ui/session", below, leaves}},
	// Files are written whole or not at all with config's help.
	{"ui/export", []string{"ui/candidate", "ui/widget", "ui", "ui/session", "config", below, leaves}},
	{"ui/pair", []string{"ui/export", "ui/candidate", "ui/widget", "ui", "ui/session", below, leaves}},
	{"ui/costs", []string{"ui/export", "ui/candidate", "ui/widget", "ui", "ui/session", below, leaves}},
	{"ui/labelling", []string{"ui/widget", "ui", "ui/session", below, leaves}},
	{"ui/screens/*", []string{"ui/labelling", "ui/costs", "ui/pair", "ui/export", "ui/candidate", "ui/widget", "ui", "ui/session", below, leaves}},
	// The shell knows screens by the contract alone, so that a screen's own tests can
	// run in it; app hands it the registry.
	{"ui/shell", []string{"ui/costs", "ui/export", "ui/candidate", "ui/widget", "ui", "ui/session", "config", below, leaves}},
	{"ui/app", []string{"ui/screens/*", "ui/shell", "ui"}},
	{"ui/cli", []string{"ui/app", "config", below, leaves}},
	{"ui/uitest", []string{"ui/shell", "ui/pair", "ui/candidate", "ui", "ui/session", "config", below, leaves}},
}

// below is what everything in ui may stand on, and leaves are the packages of ui
// that know nothing of the explorer.
const (
	below  = "api api/* compare compare/*"
	leaves = "ui/theme ui/term ui/format ui/loop ui/plot ui/findings ui/report"
)

// exceptions are imports that arrows forbids and that stand all the same, until
// their reason is gone. There are none.
var exceptions []string

// TestArrows holds the imports of every package, tests aside, against arrows.
func TestArrows(t *testing.T) {
	for from, imports := range packageImports(t) {
		for _, to := range imports {
			arrow := from + " -> " + to
			switch excepted := slices.Contains(exceptions, arrow); {
			case mayImport(from, to) && excepted:
				t.Errorf("%s is allowed: take it off the exceptions", arrow)
			case !mayImport(from, to) && !excepted:
				t.Errorf("%s: no arrow goes that way", arrow)
			}
		}
	}
	for _, e := range exceptions {
		from, to, _ := strings.Cut(e, " -> ")
		if !slices.Contains(packageImports(t)[from], to) {
			t.Errorf("%s is not imported any more: take it off the exceptions", e)
		}
	}
}

// packageImports are the imports within this module, by package.
func packageImports(t *testing.T) map[string][]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatal("go list: ", err)
	}
	all := map[string][]string{}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		from := within(p.ImportPath)
		all[from] = []string{}
		for _, path := range p.Imports {
			if path == module || strings.HasPrefix(path, module+"/") {
				all[from] = append(all[from], within(path))
			}
		}
	}
}

// within is a package's path inside the module; "." for its root.
func within(path string) string {
	if path == module {
		return "."
	}
	return strings.TrimPrefix(path, module+"/")
}

func mayImport(from, to string) bool {
	for _, a := range arrows {
		if !matches(a.from, from) {
			continue
		}
		for _, names := range a.to {
			for _, name := range strings.Fields(names) {
				if matches(name, to) {
					return true
				}
			}
		}
		return false
	}
	return false
}

func matches(name, path string) bool {
	folder, below := strings.CutSuffix(name, "/*")
	return name == path || below && strings.HasPrefix(path, folder+"/")
}

// literals gives the strings of every file of Go but its tests, with where they stand;
// import paths and tags of fields are none.
func literals(t *testing.T, each func(file string, line int, text string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files := token.NewFileSet()
		parsed, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.Field:
				n.Tag = nil
			case *ast.BasicLit:
				if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING {
					each(filepath.ToSlash(path), files.Position(n.Pos()).Line, text)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// names are the strings that hold a word which a person does not read: names of
// actions, keys of JSON, columns of TSV, words that the palette takes as well, and
// errors of packages that know nothing of models.
var names = map[string][]string{
	"compare/evaluate/errors.go": {"candidate %d was measured by other labels than the first"},
	"compare/union.go":           {"joining duplicate pairs: there must be one threshold for each candidate"},
	"ui/report/clusters.go":      {"candidate"},
	"ui/report/estimate.go":      {"candidates"},
	"ui/report/evaluation.go":    {"candidates"},
	"ui/report/json.go":          {"candidates", ",\n\"candidates\":"},
	"ui/report/sheet_matrix.go":  {"candidate"},
	"ui/screens/texts/texts.go":  {"texts.candidate"},
	"ui/shell/globals.go":        {"candidates"},
	"ui/shell/synonyms.go":       {"candidates", "candidate"},
	"ui/uitest/shapes.go":        {"there is no candidate %s"},
}

// plainer are words of the code, or of before, each with the one that a person reads.
var plainer = map[string]string{
	"candidate":         "model",
	"take out":          "remove",
	"taken out":         "removed",
	"inside the binary": "built-in",
	"leave the box":     "close",
}

// TestPeopleReadPlainWords holds what screens, help, commands and errors say against
// plainer: the same word for the same thing, everywhere.
func TestPeopleReadPlainWords(t *testing.T) {
	literals(t, func(file string, line int, text string) {
		if slices.Contains(names[file], text) {
			return
		}
		for word, better := range plainer {
			// A key of JSON in an example of the help is none of them.
			if said := strings.ReplaceAll(text, ".candidates[]", ""); strings.Contains(strings.ToLower(said), word) {
				t.Errorf("%s:%d: a person reads %q; say %s", file, line, text, better)
			}
		}
	})
}

// What computes gives way to others for as long as its thread lives, and the first thread
// lives as long as the program: nothing may compute there.
func TestNothingComputesOnTheFirstThread(t *testing.T) {
	first := fmt.Sprintf("%d/task/%[1]d", os.Getpid())
	const threads = 64 // more than wait for work, so that each of those is used
	var begun, all sync.WaitGroup
	begun.Add(threads)
	for range threads {
		all.Go(func() {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			begun.Done()
			begun.Wait()
			// Elsewhere than on Linux no thread is told.
			if thread, err := os.Readlink("/proc/thread-self"); err == nil && thread == first {
				t.Error("a goroutine runs on the first thread")
			}
		})
	}
	all.Wait()
}
