package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// header is the line of tabs with what is loaded at its right end.
func (a *app) header(w int) string {
	l := a.headerLine(w)
	room := w - l.width - 1
	for _, right := range a.summaries() {
		// A blank more parts it from the tabs.
		if term.Width(right)+1 <= room {
			return l.b.String() + a.theme.bar.Render(strings.Repeat(" ", room-term.Width(right))+right+" ")
		}
	}
	return term.Truncate(l.b.String(), w) + a.theme.bar.Render(strings.Repeat(" ", max(w-l.width, 0)))
}

// brandWidth is the width from which the program's name stands before the tabs.
const brandWidth = 64

func (a *app) headerLine(w int) *line {
	l := &line{}
	if w >= brandWidth {
		l.add(a.theme.tab.Bold(true), " vecscope ", "")
	}
	for i, s := range a.screens {
		style := a.theme.tab
		if s == a.current {
			style = a.theme.tabActive
		}
		info := s.describe()
		name, id := info.title, "open."+info.id
		switch {
		case w < 48:
			if i > 0 {
				l.add(a.theme.tab, " ", "")
			}
			l.add(style, fmt.Sprintf("%d %s", i+1, info.shortTitle()), id)
			continue
		case w < 54:
			name = info.shortTitle()
		}
		l.add(style, fmt.Sprintf(" %d %s ", i+1, name), id)
	}
	return l
}

// sourceWidth is how much of the source's name the header shows.
const sourceWidth = 32

// summaries say what is loaded, the longest first.
func (a *app) summaries() []string {
	texts, candidates := format.Count(a.store.corpus.Len(), "text"), format.Count(len(a.store.candidates), "candidate")
	short := texts + " · " + candidates
	if a.store.corpus.Len() == 0 {
		return []string{short, texts}
	}
	return []string{term.Excerpt(a.store.corpus.Origin().Title(), sourceWidth) + " · " + short, short, texts}
}

// maxStatusLines is how many lines a notice takes at the most.
const maxStatusLines = 5

// statusLines show the notice, else what runs, else what the screen says. Only a
// notice takes more than one line, over the end of the screen: what to do often
// stands last in it.
func (a *app) statusLines(room size) []string {
	switch {
	case a.notice.text != "":
		lines := term.SafeLines(a.notice.text, room.w-1)
		if len(lines) > room.h {
			lines = lines[:room.h]
			lines[room.h-1] = term.Truncate(lines[room.h-1]+term.Ellipsis, room.w-1)
		}
		for i, l := range lines {
			lines[i] = noticeStyle(a.theme, a.notice.level).Render(term.Fit(" "+l, room.w))
		}
		return lines
	case a.store.running():
		return []string{a.theme.accent.Render(term.Fit(" "+a.progressText(room.w-1), room.w))}
	default:
		return []string{a.restingStatus(room.w)}
	}
}

// restingStatus is the status while nothing runs: what waits for the person's
// word, what is wrong with the candidate in focus, what the screen says.
func (a *app) restingStatus(w int) string {
	ask := ""
	switch n := a.store.unpaid(); {
	case n == 1:
		ask = "1 candidate waits: E shows its cost · "
	case n > 1:
		ask = fmt.Sprintf("%d candidates wait: E shows their cost · ", n)
	}
	status := a.current.status()
	if a.current.describe().compares {
		if wrong := focusProblem(a.store, max(w-1-term.Width(ask), 0)); wrong != "" {
			return a.theme.warn.Render(term.Fit(" "+ask+wrong, w))
		}
	}
	if ask != "" {
		return a.theme.warn.Render(term.Fit(" "+strings.TrimSuffix(ask+status, " · "), w))
	}
	return term.Fit(" "+status, w)
}

// progressText says in w columns what is under way and how far it is: in short
// where there is no room for all, and then with names cut to leave each its place.
func (a *app) progressText(w int) string {
	const head = "Working, esc stops: "
	works := underWay(a.store)
	var full, brief []string
	for _, k := range works {
		full = append(full, k[0]+" "+k[1])
	}
	if text := head + strings.Join(full, " · "); term.Width(text) <= w {
		return text
	}
	room := (w-term.Width(head))/max(len(works), 1) - 3
	for _, k := range works {
		short, _, _ := strings.Cut(k[1], ", ")
		if strings.Contains(k[1], "waits") {
			short = k[1]
		}
		name := middleCut(k[0], max(room-term.Width(short)-1, 12), nil).Text
		brief = append(brief, name+" "+short)
	}
	return head + strings.Join(brief, " · ")
}

// footer shows the keys that matter here; ? is always first and stays longest.
// While something lies over the screen, whose keys stand in its own box, it only
// says how to leave.
func (a *app) footer(w int) string {
	if a.top() != nil {
		return term.Fit(" "+hints(a.theme, "esc", "leaves the box", keyInterrupt.Help().Key, keyInterrupt.Help().Desc), w)
	}
	l := a.footerLine(w)
	return l.b.String() + strings.Repeat(" ", max(w-l.width, 0))
}

func (a *app) footerLine(w int) *line {
	l := &line{}
	shown := slices.DeleteFunc(append(slices.Clone(a.globals), a.current.actions()...),
		func(act action) bool {
			// While a text is being typed q is a letter of it.
			return act.footer == 0 || (act.id == "quit" && a.current.typing())
		})
	slices.SortStableFunc(shown, func(x, y action) int { return x.footer - y.footer })
	urgent := a.urgent(w)
	shown = slices.Insert(shown, 1, urgent...)
	for _, act := range shown {
		label := act.short
		if label == "" {
			label = act.label()
		}
		k := act.binding.Help().Key
		need := term.Width(k) + 1 + term.Width(label) + 2
		if l.width+need > w {
			continue
		}
		keyStyle, labelStyle := a.theme.accent.Bold(true), a.theme.dim
		if slices.ContainsFunc(urgent, func(u action) bool { return u.id == act.id }) {
			keyStyle, labelStyle = a.theme.warn.Bold(true), a.theme.warn.Bold(true)
		}
		l.add(keyStyle, " "+k, act.id)
		l.add(labelStyle, " "+label, act.id)
	}
	return l
}

// payHint is what the footer says while a candidate waits to be paid for: that E
// embeds, and for how much where there is room; waits is false when none does.
func (a *app) payHint(w int) (act action, waits bool) {
	if a.store.unpaid() == 0 {
		return action{}, false
	}
	act, _, _ = a.actionByID("embed")
	act.short = "embed…"
	if total, known := a.store.unpaidEstimate(); known && w >= 60 {
		act.short = "embed: " + costText(total)
	}
	return act, true
}

// urgent is what the footer says first: how a candidate that waits or has failed goes
// on, and where it is said why.
func (a *app) urgent(w int) []action {
	if a.current.typing() {
		return nil
	}
	var out []action
	take := func(id, short string) {
		act, _, _ := a.actionByID(id)
		act.short = short
		out = append(out, act)
	}
	again := retryKeys(a.store)
	if paying, waits := a.payHint(w); waits {
		out = append(out, paying)
	} else if again["E"] && nothingToBuy(a.store) == "" {
		take("embed", "again…")
	}
	if again["R"] {
		take("recompute", "again")
	}
	if len(again) > 0 || anyWaits(a.store) || anyRefused(a.store) {
		take("troubles", "errors")
	}
	return out
}

// actionByID finds an action of any screen; home is the screen it belongs to, nil
// for those that every screen has.
func (a *app) actionByID(id string) (act action, home screen, ok bool) {
	for _, g := range a.globals {
		if g.id == id {
			return g, nil, true
		}
	}
	for _, s := range a.screens {
		for _, act := range s.actions() {
			if act.id == id {
				return act, s, true
			}
		}
	}
	return action{}, nil, false
}

// perform runs an action by its id, showing its screen first.
func (a *app) perform(id string) tea.Cmd {
	act, home, ok := a.actionByID(id)
	if !ok {
		return nil
	}
	if home != nil {
		a.setScreen(home.describe().id)
	}
	return a.do(act)
}

// mouseAt takes a click or the wheel to what lies under it.
func (a *app) mouseAt(ev mouseEvent) tea.Cmd {
	f, ok := layout(a.window.w, a.window.h)
	if !ok {
		return nil
	}
	if top := a.top(); top != nil {
		_, r := a.place(top)
		if !r.contains(ev.x, ev.y) {
			if ev.wheel == 0 {
				top.dismiss()
			}
			return nil
		}
		// The box has a border of one cell and a padding of one column.
		ev.x, ev.y = ev.x-r.x-2, ev.y-r.y-1
		return top.mouse(ev)
	}
	if ev.wheel == 0 {
		a.clearNotice()
	}
	switch {
	case f.body.contains(ev.x, ev.y):
		ev.x, ev.y = ev.x-f.body.x, ev.y-f.body.y
		return a.current.mouse(ev, f.body.size())
	case ev.wheel != 0:
		return nil
	case f.header.contains(ev.x, ev.y):
		if id, ok := a.headerLine(f.header.w).zoneAt(ev.x); ok {
			return a.perform(id)
		}
	case f.footer.contains(ev.x, ev.y):
		if id, ok := a.footerLine(f.footer.w).zoneAt(ev.x); ok {
			return a.perform(id)
		}
	}
	return nil
}

func (a *app) wheel(msg tea.MouseWheelMsg) tea.Cmd {
	switch msg.Button {
	case tea.MouseWheelUp:
		return a.mouseAt(mouseEvent{x: msg.X, y: msg.Y, wheel: -1})
	case tea.MouseWheelDown:
		return a.mouseAt(mouseEvent{x: msg.X, y: msg.Y, wheel: 1})
	}
	return nil
}

// noticeStyle is how a notice of that level looks.
func noticeStyle(t *theme, l noticeLevel) lipgloss.Style {
	switch l {
	case noticeGood:
		return t.good
	case noticeWarn:
		return t.warn
	case noticeError:
		return t.bad.Bold(true)
	default:
		return t.accent
	}
}
