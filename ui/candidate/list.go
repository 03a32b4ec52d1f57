package candidate

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// The keys that open and close the list, and what they do to a candidate in it.
var (
	KeyCandidates = ui.Bind("c", "selected models…", "c")
)

// List shows the candidates in their order with how far each has come;
// they can be moved and taken out.
type List struct {
	ui.Closable
	widget.List
	*ui.Context
}

// NewList is the box of all candidates, its cursor on the first.
func NewList(s *ui.Context) *List {
	l := &List{Context: s}
	l.List.Fit(len(s.Session.Candidates()), len(s.Session.Candidates()))
	return l
}

// Actions move the cursor or the candidate under it, take that out, or close the list.
func (l *List) Actions() []ui.Action {
	takeOut := ui.Bind(ui.KeyDelete.Help().Key+"/space", "remove", slices.Concat(ui.KeyDelete.Keys(), ui.KeyChoose.Keys())...)
	return append([]ui.Action{
		{Key: ui.KeyCarryUp, Group: ui.GroupDo, Run: func() tea.Cmd { return l.carry(-1) }},
		{Key: ui.KeyCarryDown, Group: ui.GroupDo, Run: func() tea.Cmd { return l.carry(1) }},
		{Key: takeOut, Group: ui.GroupDo, Run: l.takeOut},
		ui.Closing(l.Dismiss, ui.KeyQuit, ui.KeyEnter, KeyCandidates),
	}, l.Motions()...)
}

// Update takes a key.
func (l *List) Update(msg tea.Msg) tea.Cmd {
	cmd, _ := ui.Press(l.Actions(), msg)
	return cmd
}

// carry moves the candidate under the cursor, the cursor with it.
func (l *List) carry(by int) tea.Cmd {
	cmd := l.Session.MoveCandidate(l.Cursor, by)
	l.Put(l.Cursor + by)
	return cmd
}

func (l *List) takeOut() tea.Cmd {
	if l.Cursor >= len(l.Session.Candidates()) {
		return nil
	}
	c := l.Session.Candidates()[l.Cursor]
	cmd := l.Session.Toggle(c)
	l.Inform("Removed: %s.", c.ID())
	return cmd
}

const (
	candidateHead  = 1 // lines above the list
	candidateWidth = 74
	candidateRest  = 36 // columns of the number, the mark and the state
)

// Fit keeps the cursor in sight in that much room.
func (l *List) Fit(room ui.Size, _ *theme.Theme) {
	states := l.Session.States()
	l.List.Fit(len(states), l.Shown)
	if len(states) == 0 {
		return
	}
	about := l.about(states[l.Cursor], min(candidateWidth, room.W), room.H-candidateHead-len(states)-1)
	l.List.Fit(len(states), max(min(len(states), room.H-candidateHead-len(about)-1), 1))
}

// View draws the list, what the candidate under the cursor is at in full, and the keys.
func (l *List) View(room ui.Size, t *theme.Theme) []string {
	states := l.Session.States()
	w := min(candidateWidth, room.W)
	head := t.Title.Render("Selected models") + t.Dim.Render(fmt.Sprintf("  %d of %d", len(states), session.MaxCandidates))
	lines := []string{term.Fit(head, w)}
	if len(states) == 0 {
		for _, line := range term.SafeLines("No models yet: "+ui.KeyChoose.Help().Key+" on Models selects one at its usual dimensions, "+ui.KeyDimensions.Help().Key+" at others.", w) {
			lines = append(lines, term.Fit(line, w))
		}
		return append(lines, widget.Foot(t, w, "esc", "back"))
	}
	about := l.about(states[l.Cursor], w, room.H-candidateHead-len(states)-1)
	names := 0
	for _, c := range states {
		names = max(names, term.Width(term.Safe(c.ID())))
	}
	names = min(names, max(w-candidateRest, w*2/5, 8))
	ids := make([]string, len(states))
	for i, c := range states {
		ids[i] = term.Safe(c.ID())
	}
	ids = term.DistinctCuts(ids, names)
	for i := l.Top; i < min(l.Top+l.Shown, len(states)); i++ {
		lines = append(lines, l.row(i, states[i], term.Fit(ids[i], names), w, t))
	}
	for _, line := range about {
		lines = append(lines, t.Dim.Render(term.Fit(line, w)))
	}
	return append(lines, widget.Foot(t, w, ui.KeyCarryUp.Help().Key+" "+ui.KeyCarryDown.Help().Key, "move", ui.KeyDelete.Help().Key, "remove", "esc", "back"))
}

// aboutLines is how many lines the state of the candidate under the cursor has
// below the list.
const aboutLines = 3

// about writes that state in full; nothing where there is no room.
func (l *List) about(c session.State, w, room int) []string {
	if room < aboutLines {
		return nil
	}
	text := Summary(c)
	if c.Phase != session.PhaseFailed && c.Row.Provider != "" {
		text = fmt.Sprintf("%s: %s. %s", DimensionsList([]api.Candidate{c.Candidate}), DimensionsOrigin(c.Row, c.Dimensions), widget.Sentence(text))
	}
	lines := term.SafeLines(text, w)
	if c.Err != nil {
		if lines = term.SafeLines(wholeError(c), w); len(lines) > aboutLines {
			lines = failed(c).Block(w, aboutLines)
		}
	}
	for len(lines) < aboutLines {
		lines = append(lines, "")
	}
	return lines[:aboutLines]
}

func (l *List) row(i int, c session.State, name string, w int, t *theme.Theme) string {
	base := ""
	if i == l.Cursor {
		base = t.Codes.Selected
	}
	pen := t.Codes.Good
	switch c.Phase {
	case session.PhaseFailed, session.PhaseUnavailable, session.PhaseUnpaid:
		pen = t.Codes.Warn
	case session.PhaseWaiting, session.PhaseRunning:
		pen = t.Codes.Dim
	}
	state := Summary(c)
	if c.Phase == session.PhaseReady && c.Derived() {
		state += ", derived"
	}
	left := fmt.Sprintf("%s%d %s●%s%s %s  %s", base, i+1, t.Candidate(i), theme.Reset, base, name, pen)
	room := max(w-term.Width(name)-6, 1)
	if c.Phase == session.PhaseFailed {
		state = Of(c).Line(room)
	}
	return left + term.SafeFit(state, room) + theme.Reset
}

// Mouse moves the cursor to what was clicked, or with the wheel.
func (l *List) Mouse(ev ui.Mouse) tea.Cmd {
	l.List.Mouse(ev.Wheel, ev.Y-candidateHead)
	return nil
}
