package app

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

// TestAKeyThatDeletesPaysOrOverwritesMeansNothingElse looks for another meaning of such
// keys on any screen, where a person could press them without harm in mind.
func TestAKeyThatDeletesPaysOrOverwritesMeansNothingElse(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	only := map[string]string{"d": "texts.remove", "delete": "texts.remove", "C": "texts.clear", "p": "", "P": "", "O": ""}
	for _, s := range a.Screens() {
		a.SetScreen(s.Info().ID)
		for _, act := range append(s.Actions(), a.Globals()...) {
			for _, k := range act.Key.Keys() {
				if id, known := only[k]; known && act.ID != id {
					t.Errorf("%s on %s: %s", k, s.Info().Title, act.ID)
				}
			}
		}
	}
}

// TestLettersMeanOneThing finds letters that screens use for different things: those that
// they share are declared once, in the package of all screens, or named here.
func TestLettersMeanOneThing(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	// Editing, undoing, queries, and less and more are the same with texts and with other things.
	shared := map[string]bool{"e": true, "u": true, "Q": true, "[": true, "]": true}
	for _, b := range []ui.Action{{Key: ui.KeyOnly}, {Key: ui.KeyView}, {Key: ui.KeyNumber}, {Key: ui.KeyEach}, {Key: ui.KeyLabels}, {Key: ui.KeyFull}, {Key: ui.KeyCopy},
		{Key: ui.KeyExport}, {Key: ui.KeySortNext}, {Key: ui.KeySortReverse}, {Key: ui.KeyFilter}, {Key: ui.KeyEnter}} {
		for _, k := range b.Key.Keys() {
			shared[k] = true
		}
	}
	meaning := map[string]string{}
	for _, s := range a.Screens() {
		for _, act := range s.Actions() {
			_, what, _ := strings.Cut(act.ID, ".")
			for _, k := range act.Key.Keys() {
				if act.Group == ui.GroupMove || shared[k] || len(k) > 1 {
					continue
				}
				if before, known := meaning[k]; known && before != what {
					t.Errorf("%s is %s on %s and %s elsewhere", k, what, s.Info().Title, before)
				}
				meaning[k] = what
			}
		}
	}
}

// namesKey finds a key that a sentence names with its screen: "X on Texts exports them",
// "on Texts a adds one".
var namesKey = regexp.MustCompile(`(?:^|[\s(])([^\s:;,.]) on (Models|Texts|Matrices|Duplicates|Search|Verdict|Usage)\b|\bon (Models|Texts|Matrices|Duplicates|Search|Verdict|Usage) (\S) [a-z]+s\b`)

// TestSentencesNameKeysThatScreensHave reads what the explorer says: a key that moved must
// not stay behind in a sentence.
func TestSentencesNameKeysThatScreensHave(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	has := func(title, k string) bool {
		for _, s := range a.Screens() {
			if s.Info().Title == title {
				return slices.ContainsFunc(s.Actions(), func(act ui.Action) bool { return slices.Contains(act.Key.Keys(), k) })
			}
		}
		return false
	}
	found := 0
	err := filepath.WalkDir("..", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			text, ok := n.(*ast.BasicLit)
			if !ok || text.Kind != token.STRING {
				return true
			}
			for _, m := range namesKey.FindAllStringSubmatch(strings.Trim(text.Value, "\"`"), -1) {
				found++
				if title, k := m[2]+m[3], m[1]+m[4]; !has(title, k) {
					t.Errorf("%s: %s has no key %s: %s", path, title, k, text.Value)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 10 {
		t.Errorf("only %d keys are named", found)
	}
}
