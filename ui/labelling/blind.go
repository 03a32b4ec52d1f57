package labelling

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// blind is a box with two texts and nothing else, so that neither names nor numbers
// sway: no candidate, no similarity, no group.
type blind struct {
	ui.Closable
	*ui.Context
	pairs    [][2]int
	at       int // of pairs
	revision uint64
	marked   int // since the box was opened
}

// gone tells that the texts were changed meanwhile.
func (x *blind) gone() bool { return x.Session.ResultsRevision() != x.revision }

// over tells that all pairs were seen.
func (x *blind) over() bool { return x.at >= len(x.pairs) }

// Update marks the pair and goes to the next, passes over it, undoes, or closes.
func (x *blind) Update(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(tea.KeyPressMsg); ok && x.gone() {
		x.Dismiss()
		return nil
	}
	cmd, _ := ui.Press(x.Actions(), msg)
	return cmd
}

// Actions mark the pair, pass over it, undo, or close.
func (x *blind) Actions() []ui.Action {
	var out []ui.Action
	for _, k := range markKeys {
		if !x.over() {
			out = append(out, ui.Action{Key: k.key, Group: ui.GroupDo, Run: func() tea.Cmd { return x.mark(k.verdict) }})
		}
	}
	skip := ui.Bind(keyDoubts.Help().Key+"/↓", "skip it", slices.Concat(keyDoubts.Keys(), ui.KeyDown.Keys(), ui.KeyRight.Keys(), ui.KeyChoose.Keys())...)
	before := ui.Bind("↑/k", "the pair before", slices.Concat(ui.KeyUp.Keys(), ui.KeyLeft.Keys())...)
	return append(out, ui.Action{Key: keyUndo, Group: ui.GroupDo, Run: x.undo}, ui.Closing(x.Dismiss, ui.KeyQuit),
		ui.Action{Key: skip, Group: ui.GroupMove, Run: ui.Do(func() { x.at = min(x.at+1, len(x.pairs)) })},
		ui.Action{Key: before, Group: ui.GroupMove, Run: ui.Do(func() { x.at = max(x.at-1, 0) })})
}

// mark says what the pair is, and goes to the next.
func (x *blind) mark(verdict labels.Verdict) tea.Cmd {
	p := x.pairs[x.at]
	changed, cmd := x.Session.Labels().Set(p[0], p[1], verdict)
	if changed {
		x.marked++
	}
	x.at++
	return cmd
}

// undo takes the last mark of this box back and shows its pair again.
func (x *blind) undo() tea.Cmd {
	if x.marked == 0 {
		return nil
	}
	now, ok, cmd := x.Session.Labels().UndoMark()
	if !ok {
		return nil
	}
	x.marked--
	texts := x.Session.Texts()
	for i, p := range x.pairs {
		a, b := texts[p[0]].Text, texts[p[1]].Text
		if a == now.A && b == now.B || a == now.B && b == now.A {
			x.at = i
			break
		}
	}
	return cmd
}

// Dismiss closes the box, the cursor on the pair that it showed last.
func (x *blind) Dismiss() {
	x.Closable.Dismiss()
	if !x.gone() {
		p := x.pairs[min(x.at, len(x.pairs)-1)]
		x.Session.SetCursor(p[0], p[1])
	}
}

// Mouse has nothing to take.
func (x *blind) Mouse(ui.Mouse) tea.Cmd { return nil }

// blindWidth is how wide the box is at the most.
const blindWidth = 90

// View draws the two texts over the keys.
func (x *blind) View(room ui.Size, t *theme.Theme) []string {
	w := min(room.W, blindWidth)
	fit := func(lines ...string) []string {
		for i, l := range lines {
			lines[i] = term.Fit(l, w)
		}
		return lines
	}
	switch {
	case x.gone():
		return fit("These texts were changed meanwhile; esc leads back.")
	case x.over():
		return fit(fmt.Sprintf("That was all: %s.", format.Count(len(x.Session.Labels().Marks()), "mark")),
			widget.Foot(t, w, keyUndo.Help().Key, "undo", ui.KeyBack.Help().Key, "done"))
	}
	lines := fit(t.Title.Render("Same or different?") + t.Dim.Render(fmt.Sprintf("  %d of %d · %d marked · models hidden", x.at+1, len(x.pairs), len(x.Session.Labels().Marks()))))
	texts, each := x.Session.Texts(), max((room.H-5)/2, 1)
	rule := room.H >= 8
	for i, text := range x.pairs[x.at] {
		if rule {
			lines = append(lines, fit(t.Dim.Render(fmt.Sprintf("── %c ", 'A'+i)))...)
		}
		lines = append(lines, fit(excerpt(texts[text].Text, w, each)...)...)
	}
	if now := MarkText(x.Session, t, x.pairs[x.at][0], x.pairs[x.at][1]); now != "" {
		lines = append(lines, fit(now)...)
	} else if rule {
		lines = append(lines, fit("")...)
	}
	return append(lines, widget.Foot(t, w, keySame.Help().Key, "same", keyDifferent.Help().Key, "different", keyUnsure.Help().Key, "unsure",
		keyDoubts.Help().Key, "skip", keyUndo.Help().Key, "undo", ui.KeyBack.Help().Key, "done"))
}

// excerpt is the beginning of a text in at most so many lines.
func excerpt(text string, w, most int) []string {
	if len(text) > 8*w*most {
		text = text[:term.RuneStart(text, 8*w*most)]
	}
	lines := term.SafeLines(text, w)
	if len(lines) > most {
		lines = lines[:most]
		lines[most-1] = term.Truncate(lines[most-1]+" "+term.Ellipsis, w)
	}
	return lines
}
