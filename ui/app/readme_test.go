package app

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

const readmePath = "../../README.md"

var update = flag.Bool("update", false, "write the README's tables of keys")

// What the README has from the registry of screens: the row of the number keys, and
// the tables of the screens' own keys.
var (
	numberRow = regexp.MustCompile("(?m)^\\| `1` .*$")
	keyTables = regexp.MustCompile(`(?s)(<!-- generated: keys of the screens -->\n\n).*?(\n\n<!-- end of generated -->\n)`)
)

// readmeKeys are the README's rows for what can be done on one screen. The motions that
// all screens have and what works anywhere stand in a table of their own there.
func readmeKeys(title string, actions []ui.Action) []string {
	rows := []string{fmt.Sprintf("| key | on %s |", title), "|---|---|"}
	for _, act := range actions {
		if act.Group == ui.GroupMove && !ownMotion(act) || len(act.Key.Keys()) == 0 {
			continue
		}
		rows = append(rows, fmt.Sprintf("| `%s` | %s |", strings.ReplaceAll(shell.KeyLabel(act), "|", `\|`), strings.TrimSuffix(act.Label(), "…")))
	}
	return rows
}

// ownMotion tells of a motion that it is one of its screen alone: a letter that moves
// nowhere else.
func ownMotion(act ui.Action) bool {
	keys := act.Key.Keys()
	return len(keys) == 1 && len(keys[0]) == 1 && !strings.Contains("gG", keys[0])
}

// generatedREADME is the README with the keys that the screens have.
func generatedREADME(t *testing.T, readme string, screens []ui.Screen) string {
	t.Helper()
	if len(numberRow.FindAllString(readme, -1)) != 1 || len(keyTables.FindAllString(readme, -1)) != 1 {
		t.Fatal("the README has no place, or several, for the number keys or between the marks for the tables of keys")
	}
	var numbers, titles, tables []string
	for i, s := range screens {
		title := s.Info().Title
		numbers = append(numbers, fmt.Sprintf("`%d`", i+1))
		titles = append(titles, title)
		tables = append(tables, strings.Join(readmeKeys(title, s.Actions()), "\n"))
	}
	row := fmt.Sprintf("| %s | %s |", strings.Join(numbers, " "), strings.Join(titles, ", "))
	readme = numberRow.ReplaceAllLiteralString(readme, row)
	marks := keyTables.FindStringSubmatch(readme)
	return keyTables.ReplaceAllLiteralString(readme, marks[1]+strings.Join(tables, "\n\n")+marks[2])
}

// TestREADMEListsEveryKey compares the README's keys with the screens'; with -update
// it writes them.
func TestREADMEListsEveryKey(t *testing.T) {
	old, err := os.ReadFile(readmePath)
	if err != nil {
		t.Fatal(err)
	}
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	generated := generatedREADME(t, string(old), a.Screens())
	if *update {
		if err := os.WriteFile(readmePath, []byte(generated), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	wanted, found := strings.Split(generated, "\n"), strings.Split(string(old), "\n")
	for i, line := range wanted {
		if i == len(found) || found[i] != line {
			t.Fatalf("line %d of the README is not %q, as the screens have it; with -update this test writes it", i+1, line)
		}
	}
	if len(found) > len(wanted) {
		t.Fatalf("the README has lines that the screens have not: %q", found[len(wanted):])
	}
}
