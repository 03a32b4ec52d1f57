package ui

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// readmeKeys are the README's rows for what can be done on one screen. Moving
// and what works anywhere stand in a table of their own there.
func readmeKeys(title string, actions []action) []string {
	rows := []string{fmt.Sprintf("| key | on %s |", title), "|---|---|"}
	for _, act := range actions {
		if act.group == groupMove || len(act.binding.Keys()) == 0 {
			continue
		}
		rows = append(rows, fmt.Sprintf("| `%s` | %s |", keyLabel(act), strings.TrimSuffix(act.label(), "…")))
	}
	return rows
}

func TestREADMEListsEveryKey(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	a := settled(t, 80, 24, localOptions(t))
	for _, shown := range a.screens {
		title := shown.describe().title
		table := strings.Join(readmeKeys(title, shown.actions()), "\n")
		if !strings.Contains(string(readme), table) {
			t.Errorf("the README's keys of %s are not these:\n%s", title, table)
		}
	}
}
