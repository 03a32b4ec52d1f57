package candidate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/screens/models"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// listed is the explorer with the box of four models open.
func listed(t *testing.T) (*shell.App, *candidate.List) {
	t.Helper()
	a := uitest.Settled(t, 100, 30, uitest.OptionsWith(t, uitest.Texts("one cat", "two cats"), "local/ngrams@64", "nanogpt/BAAI/bge-m3@1024", "local/glove@100", "local/use-lite@256"),
		[]func(*ui.Context) ui.Screen{models.New, matrices.New})
	l := candidate.NewList(&a.Context)
	a.Open(l)
	return a, l
}

// Each key moves or removes the model under the cursor, and the cursor goes with it.
func TestKeysOfTheListActOnTheModelUnderTheCursor(t *testing.T) {
	a, l := listed(t)
	for _, step := range []struct {
		key    string
		order  string
		cursor int
	}{
		{"j", "ngrams bge-m3 glove use-lite", 1}, {">", "ngrams glove bge-m3 use-lite", 2}, {">", "ngrams glove use-lite bge-m3", 3}, {">", "ngrams glove use-lite bge-m3", 3},
		{"<", "ngrams glove bge-m3 use-lite", 2}, {"k", "ngrams glove bge-m3 use-lite", 1}, {"<", "glove ngrams bge-m3 use-lite", 0}, {"<", "glove ngrams bge-m3 use-lite", 0},
		{"G", "glove ngrams bge-m3 use-lite", 3}, {"g", "glove ngrams bge-m3 use-lite", 0}, {"down", "glove ngrams bge-m3 use-lite", 1}, {"d", "glove bge-m3 use-lite", 1}, {"space", "glove use-lite", 1},
	} {
		uitest.Press(t, a, step.key)
		var order []string
		for _, id := range session.CandidateIDs(a.Session.Candidates()) {
			id, _, _ = strings.Cut(id[strings.LastIndexByte(id, '/')+1:], "@")
			order = append(order, id)
		}
		if got := strings.Join(order, " "); got != step.order || l.Cursor != step.cursor {
			t.Fatalf("%s leads to %s and row %d, want %s and row %d", step.key, got, l.Cursor, step.order, step.cursor)
		}
	}
	uitest.WantNotice(t, a, "Removed: nanogpt/BAAI/bge-m3@1024.")
	if uitest.Press(t, a, "d", "d", "d"); len(a.Session.Candidates()) != 0 { // the last has nothing to remove
		t.Errorf("left are %v", a.Session.Candidates())
	}
}

// Every row has its number, its colour and the state of its own model.
func TestRowsOfTheListHaveTheStateOfTheirModel(t *testing.T) {
	a, l := listed(t)
	for cursor := range 4 {
		l.Put(cursor)
		l.Fit(ui.Size{W: 90, H: 20}, a.Theme)
		lines := l.View(ui.Size{W: 90, H: 20}, a.Theme)
		if got := uitest.Flat(lines[0]); got != "Selected models 4 of 6" {
			t.Errorf("the box is called %q", got)
		}
		for i, c := range a.Session.States() {
			state, pen := candidate.Summary(c), a.Theme.Codes.Good
			if c.Phase == session.PhaseUnavailable {
				pen = a.Theme.Codes.Warn
			}
			if c.Derived() {
				state += ", derived"
			}
			want := fmt.Sprintf("%d ● %s %s", i+1, c.ID(), state)
			if got := uitest.Flat(lines[1+i]); got != want || !strings.Contains(lines[1+i], a.Theme.Candidate(i)+"●") || !strings.Contains(lines[1+i], pen) || strings.HasPrefix(lines[1+i], a.Theme.Codes.Selected) != (i == cursor) {
				t.Errorf("with row %d under the cursor row %d is %q, want %q", cursor+1, i+1, lines[1+i], want)
			}
		}
		about := uitest.Flat(strings.Join(lines[5:8], " "))
		if c := a.Session.States()[cursor]; c.Err == nil && !strings.HasPrefix(about, fmt.Sprintf("%d dimensions: %s.", c.Dimensions, candidate.DimensionsOrigin(c.Row, c.Dimensions))) || c.Err != nil && !strings.Contains(about, "NANOGPT_API_KEY") {
			t.Errorf("of model %d it is said %q", cursor+1, about)
		}
	}
}

func TestMouseOnTheListOfSelectedModels(t *testing.T) {
	a, l := listed(t)
	uitest.ClickOn(t, a, "3 ● local/glove@100")
	if l.Cursor != 2 {
		t.Errorf("a click on the third row leads to row %d", l.Cursor+1)
	}
	x, y := uitest.PlaceOf(t, a, "1 ● local/ngrams@64")
	uitest.Send(t, a, tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelDown})
	if l.Cursor != 3 {
		t.Errorf("the wheel leads to row %d", l.Cursor+1)
	}
	// What stands in the way is told of the model in focus first, in the order of the others.
	a.Session.SetFocus(1)
	var names []string
	for _, p := range candidate.Problems(a.Session) {
		names = append(names, p[0])
	}
	if !slices.Equal(names[:1], []string{"nanogpt/BAAI/bge-m3@1024"}) {
		t.Errorf("told of are %q", names)
	}
}

// The list is drawn whole at every width: names keep what tells them apart, and of what is
// not ready yet nothing is said that only a result has.
func TestTheListIsDrawnWhole(t *testing.T) {
	s := uitest.NewShop()
	s.Fails = map[string]error{"bad": &api.ServerError{Provider: "shop", Status: 402, Message: "no credit on this account at all", Advice: "add credit to the account"}}
	a := shopping(t, s, "shop/good@2", "shop/bad@2", "local/glove@50", "local/ngrams@64")
	a.Open(candidate.NewList(&a.Context))
	const foot, derived = "? keys  < > move  d remove  esc back", "1 ● shop/good@2      ready, derived"
	const glove, ngrams = "3 ● local/glove@50   ready, derived", "4 ● local/ngrams@64  ready"
	for _, c := range []struct {
		w, h, cursor int
		want         []string
	}{
		{74, 20, 0, []string{"1 ● shop/good@2      not embedded yet: E shows its cost", "2 ● shop/bad@2       not embedded yet: E shows its cost", glove, ngrams,
			"2 dimensions: derived: cut here, not trained for truncation. Not embedded", "yet: E shows its cost.", "", foot}},
		{74, 20, 1, []string{derived, "2 ● shop/bad@2       402: no credit on this ac…; add credit to the account", glove, ngrams,
			"shop answered 402 Payment Required: no credit on this account at all; add", "credit to the account, then press E", "", foot}},
		{50, 12, 0, []string{derived, "2 ● shop/bad@2       402: no credi…; add credit t…", glove, ngrams,
			"2 dimensions: derived: cut here, not trained for", "truncation. Ready.", "", foot}},
		{40, 6, 3, []string{derived, "2 ● shop/bad@2       402: no credit on …", glove, ngrams, foot}},
		{40, 5, 3, []string{"2 ● shop/bad@2       402: no credit on …", glove, ngrams, foot}},
		{40, 8, 3, []string{derived, "2 ● shop/bad@2       402: no credit on …", glove, ngrams, foot}},
		{40, 9, 3, []string{derived, "2 ● shop/bad@2       402: no credit on …", glove, ngrams, "64 dimensions: computed at this length.", "Ready.", "", foot}},
	} {
		if c.cursor == 1 {
			uitest.Press(t, a, "esc", "E", "p")
		}
		l := candidate.NewList(&a.Context)
		l.Put(c.cursor)
		l.Fit(ui.Size{W: c.w, H: c.h}, a.Theme)
		var lines []string
		for _, line := range l.View(ui.Size{W: c.w, H: c.h}, a.Theme) {
			lines = append(lines, strings.TrimRight(ansi.Strip(line), " "))
		}
		if !slices.Equal(lines, append([]string{"Selected models  4 of 6"}, c.want...)) {
			t.Errorf("in %d×%d there is\n%s", c.w, c.h, strings.Join(lines, "\n"))
		}
	}
}
