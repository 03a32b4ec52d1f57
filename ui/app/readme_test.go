package app

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

const readmePath = "../../README.md"

var update = flag.Bool("update", false, "write the README's table of keys")

// What the README has from the registry of screens: the row of the number keys, and
// the tables of the screens' own keys.
var (
	numberRow = regexp.MustCompile("(?m)^\\| `1` .*$")
	keyTable  = regexp.MustCompile(`(?s)(<!-- generated: keys of the screens -->\n\n).*?(\n\n<!-- end of generated -->\n)`)
)

// meaning is what a key does, and on which screens.
type meaning struct {
	label  string
	titles []string
}

// keyMeanings are the keys of the screens, each with all that it does: those of several
// screens first, since what they have in common is learnt once. The motions that all
// screens have and what works anywhere stand in a table of their own.
func keyMeanings(screens []ui.Screen) (keys []string, meanings map[string][]meaning) {
	meanings = map[string][]meaning{}
	on := map[string]int{}
	for _, s := range screens {
		seen := map[string]bool{}
		for _, act := range s.Actions() {
			if act.Group == ui.GroupMove && !ownMotion(act) || len(act.Key.Keys()) == 0 {
				continue
			}
			key := shell.KeyLabel(act)
			if !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
			if !seen[key] {
				seen[key] = true
				on[key]++
			}
			meanings[key] = meant(meanings[key], strings.TrimSuffix(act.Label(), "…"), s.Info().Title)
		}
	}
	slices.SortStableFunc(keys, func(a, b string) int { return min(on[b], 2) - min(on[a], 2) })
	return keys, meanings
}

// meant adds what a key does on one more screen.
func meant(all []meaning, label, title string) []meaning {
	for i := range all {
		if all[i].label == label {
			all[i].titles = append(all[i].titles, title)
			return all
		}
	}
	return append(all, meaning{label, []string{title}})
}

// readmeKeys are the README's rows for what can be done on the screens: the keys that
// several have, then the keys that are a screen's own.
func readmeKeys(screens []ui.Screen) []string {
	rows := []string{"| key | on several screens |", "|---|---|"}
	own := map[string][]string{}
	keys, meanings := keyMeanings(screens)
	for _, key := range keys {
		var does []string
		for _, m := range meanings[key] {
			does = append(does, strings.Join(m.titles, ", ")+": "+m.label)
		}
		name := "`" + strings.ReplaceAll(key, "|", `\|`) + "`"
		if only := meanings[key]; len(only) == 1 && len(only[0].titles) == 1 {
			own[only[0].titles[0]] = append(own[only[0].titles[0]], name+" "+only[0].label)
			continue
		}
		rows = append(rows, fmt.Sprintf("| %s | %s |", name, strings.Join(does, " · ")))
	}
	rows = append(rows, "", "| screen | its own keys |", "|---|---|")
	for _, s := range screens {
		if title := s.Info().Title; len(own[title]) > 0 {
			rows = append(rows, fmt.Sprintf("| %s | %s |", title, strings.Join(own[title], " · ")))
		}
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
	if len(numberRow.FindAllString(readme, -1)) != 1 || len(keyTable.FindAllString(readme, -1)) != 1 {
		t.Fatal("the README has no place, or several, for the number keys or between the marks for the table of keys")
	}
	var numbers, titles []string
	for i, s := range screens {
		numbers = append(numbers, fmt.Sprintf("`%d`", i+1))
		titles = append(titles, s.Info().Title)
	}
	row := fmt.Sprintf("| %s | %s |", strings.Join(numbers, " "), strings.Join(titles, ", "))
	readme = numberRow.ReplaceAllLiteralString(readme, row)
	marks := keyTable.FindStringSubmatch(readme)
	return keyTable.ReplaceAllLiteralString(readme, marks[1]+strings.Join(readmeKeys(screens), "\n")+marks[2])
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
