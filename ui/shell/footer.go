package shell

import (
	"slices"
	"strings"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// Footer shows the keys that matter here; ? is always first and stays longest.
// While something lies over the screen, whose keys stand in its own box, it only
// says how to leave.
func (a *App) Footer(w int) string {
	if a.Top() != nil {
		hints := widget.Hints(a.Theme, "esc", "leaves the box", keyInterrupt.Help().Key, keyInterrupt.Help().Desc)
		if 1+term.Width(hints) > w {
			hints = widget.Hints(a.Theme, "esc", "leaves the box")
		}
		return term.Fit(" "+hints, w)
	}
	l := a.footerLine(w)
	return l.B.String() + strings.Repeat(" ", max(w-l.Width, 0))
}

func (a *App) footerLine(w int) *widget.Line {
	l := &widget.Line{}
	shown := slices.DeleteFunc(append(slices.Clone(a.globals), a.current.Actions()...),
		func(act ui.Action) bool {
			// While a text is being typed c and q are letters of it.
			return act.Footer == 0 || typing(a.current) && (act.ID == "quit" || act.ID == "candidates")
		})
	slices.SortStableFunc(shown, func(x, y ui.Action) int { return x.Footer - y.Footer })
	urgent := a.urgent(w)
	shown = slices.Insert(shown, 1, urgent...)
	for _, act := range shown {
		label := act.Short
		if label == "" {
			label = act.Label()
		}
		k := act.Key.Help().Key
		if act.ID == "help" && typing(a.current) {
			k = strings.ToUpper(widget.TypedHelpKey)
		}
		need := term.Width(k) + 1 + term.Width(label) + 2
		if l.Width+need > w {
			continue
		}
		keyStyle, labelStyle := a.Theme.Accent.Bold(), a.Theme.Dim
		if slices.ContainsFunc(urgent, func(u ui.Action) bool { return u.ID == act.ID }) {
			keyStyle, labelStyle = a.Theme.Warn.Bold(), a.Theme.Warn.Bold()
		}
		l.Add(keyStyle, " "+k, act.ID)
		l.Add(labelStyle, " "+label, act.ID)
	}
	return l
}

// payHint is what the footer says while a candidate waits to be paid for: that E
// embeds, and for how much where there is room; waits is false when none does.
func (a *App) payHint(w int) (act ui.Action, waits bool) {
	if a.Session.Payments().Unpaid() == 0 {
		return ui.Action{}, false
	}
	act, _, _ = a.actionByID("embed")
	act.Short = "embed…"
	if total, known := a.Session.Payments().UnpaidEstimate(); known && w >= 60 {
		act.Short = "embed: " + report.Cost(total)
	}
	return act, true
}

// urgent is what the footer says first: how a candidate that waits or has failed goes
// on, and where it is said why.
func (a *App) urgent(w int) []ui.Action {
	if typing(a.current) {
		return nil
	}
	var out []ui.Action
	take := func(id, short string) {
		act, _, _ := a.actionByID(id)
		act.Short = short
		out = append(out, act)
	}
	again := candidate.RetryKeys(a.Session)
	if paying, waits := a.payHint(w); waits {
		out = append(out, paying)
	} else if again["E"] && ui.CanBuy(a.Session)() == "" {
		take("embed", "again…")
	}
	if again["R"] {
		take("recompute", "again")
	}
	if len(again) > 0 || candidate.AnyWaits(a.Session) || candidate.AnyRefused(a.Session) {
		take("errors", "errors")
	}
	return out
}
