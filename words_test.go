package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

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
