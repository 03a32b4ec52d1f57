package shell

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// Footer shows the keys that matter here and do something now; ? is always first and stays
// longest.
// While something lies over the screen, whose keys stand in its own box, it only
// says what esc and ctrl+c do.
func (a *App) Footer(w int) string {
	if top := a.Top(); top != nil {
		return a.boxFooter(top, w)
	}
	l := a.footerLine(w)
	return l.B.String() + strings.Repeat(" ", max(w-l.Width, 0))
}

// footerKey is what the footer calls the key of an action: while something is typed the
// first of its keys that writes nothing, and empty where all of them do.
func (a *App) footerKey(act ui.Action) string {
	label, keys := act.Key.Help().Key, act.Key.Keys()
	if !typing(a.current) || !slices.ContainsFunc(keys, ui.Writes) {
		return label
	}
	at := slices.IndexFunc(keys, func(k string) bool { return !ui.Writes(k) })
	switch {
	case at < 0:
		return ""
	case keys[at] == widget.TypedHelpKey:
		return strings.ToUpper(keys[at])
	}
	return keys[at]
}

// boxFooter says what esc does in a box now, and what ctrl+c does everywhere.
func (a *App) boxFooter(box ui.Overlay, w int) string {
	var hints []string
	if leave, ok := ui.Find(box.Actions(), tea.KeyPressMsg{Code: tea.KeyEscape}); ok {
		hints = append(hints, ui.KeyBack.Help().Key, leave.Label())
	}
	stop := "quit"
	if a.Session.Running() {
		stop = "cancel"
	}
	all := widget.Hints(a.Theme, append(slices.Clip(hints), keyInterrupt.Help().Key, stop)...)
	if 1+term.Width(all) > w {
		all = widget.Hints(a.Theme, hints...)
	}
	return term.Fit(" "+all, w)
}

func (a *App) footerLine(w int) *widget.Line {
	l := &widget.Line{}
	shown := slices.DeleteFunc(append(slices.Clone(a.globals), a.current.Actions()...),
		func(act ui.Action) bool { return act.Footer == 0 || a.footerKey(act) == "" || act.Reason() != "" })
	slices.SortStableFunc(shown, func(x, y ui.Action) int { return x.Footer - y.Footer })
	urgent := a.urgent(w)
	shown = slices.Insert(shown, 1, append(urgent, a.missing()...)...)
	fitting := a.fitting(shown, w)
	more := ""
	if len(fitting) < len(shown) {
		more = moreHints(len(shown)-len(fitting), w)
		fitting = a.fitting(shown, w-term.Width(more)+1) // the mark needs no gap behind it
		more = moreHints(len(shown)-len(fitting), w)
	}
	for _, act := range fitting {
		keyStyle, labelStyle := a.Theme.Accent.Bold(), a.Theme.Dim
		if slices.ContainsFunc(urgent, func(u ui.Action) bool { return u.ID == act.ID }) {
			keyStyle, labelStyle = a.Theme.Warn.Bold(), a.Theme.Warn.Bold()
		}
		l.Add(keyStyle, " "+a.footerKey(act), act.ID)
		l.Add(labelStyle, " "+footerLabel(act), act.ID)
	}
	if more != "" && l.Width+term.Width(more) <= w {
		l.Add(a.Theme.Dim, more, "help")
	}
	return l
}

// footerLabel is what the footer calls an action.
func footerLabel(act ui.Action) string {
	if act.Short != "" {
		return act.Short
	}
	return act.Label()
}

// fitting are the actions of those whose hints have room in w columns.
func (a *App) fitting(actions []ui.Action, w int) (fit []ui.Action) {
	used := 0
	for _, act := range actions {
		hint := 1 + term.Width(a.footerKey(act)) + 1 + term.Width(footerLabel(act))
		if used+hint < w {
			fit, used = append(fit, act), used+hint
		}
	}
	return fit
}

// longFooter is the width from which it is said in words how many hints have no room, and
// shortFooter that under which only the number is.
const longFooter, shortFooter = 100, 60

// moreHints says how many hints have no room; help lists all.
func moreHints(n, w int) string {
	switch {
	case w < shortFooter:
		return fmt.Sprintf(" +%d", n)
	case w < longFooter:
		return fmt.Sprintf(" +%d: ?", n)
	}
	return fmt.Sprintf(" +%d more: ?", n)
}

// missing are the screens on which what this one compares is chosen, while it lacks that.
func (a *App) missing() (out []ui.Action) {
	if !a.current.Info().Compares || typing(a.current) {
		return nil
	}
	lacks := func(id string, much bool) {
		at := slices.IndexFunc(a.screens, func(s ui.Screen) bool { return s.Info().ID == id })
		if !much || at < 0 {
			return
		}
		act, _, _ := a.actionByID("open." + id)
		act.Short = strings.ToLower(a.screens[at].Info().Title)
		out = append(out, act)
	}
	lacks("models", len(a.Session.Candidates()) == 0)
	lacks("texts", a.Session.Corpus().Len() < 2)
	return out
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
