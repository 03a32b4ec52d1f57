package shell

import (
	"slices"

	"github.com/vecscope/vecscope/ui"
)

// view is what was looked at: a screen, the texts under the cursor, the candidate in
// focus. All else screens keep themselves.
type view struct {
	screen      string
	a, b, focus int
}

// history has the views visited before and after the present one, the nearest last.
type history struct{ before, after []view }

// mostViews is how many views back one can go.
const mostViews = 100

// view is the present one.
func (a *App) view() view {
	return view{a.current.Info().ID, a.Session.CursorA(), a.Session.CursorB(), a.Session.Focused()}
}

// leave notes the present view before another one is shown.
func (h *history) leave(v view) {
	h.before = append(h.before, v)
	if len(h.before) > mostViews {
		h.before = slices.Delete(h.before, 0, 1)
	}
	h.after = nil
}

// goTo shows the last view of one list, and puts the present one into the other.
func (a *App) goTo(from, to *[]view) {
	last := len(*from) - 1
	v := (*from)[last]
	*from, *to = (*from)[:last], append(*to, a.view())
	a.show(a.Screen(v.screen))
	a.Session.SetCursor(v.a, v.b)
	a.Session.SetFocus(v.focus)
}

// viewActions lead back and forward through the views visited.
func (a *App) viewActions() []ui.Action {
	h := &a.history
	visited := func(list *[]view, reason string) ui.Guard {
		return ui.Unless(func() bool { return len(*list) > 0 }, reason)
	}
	return []ui.Action{
		{ID: "view.back", Key: keyViewBack, Group: ui.GroupAnywhere, Guard: visited(&h.before, "no view was visited before this one"),
			Run: ui.Do(func() { a.goTo(&h.before, &h.after) })},
		{ID: "view.forward", Key: keyViewForward, Group: ui.GroupAnywhere, Guard: visited(&h.after, "this is the last view visited"),
			Run: ui.Do(func() { a.goTo(&h.after, &h.before) })},
	}
}
