package shell

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/costs"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// Header is the line of tabs with what is loaded at its right end.
func (a *App) Header(w int) string {
	l := a.HeaderLine(w)
	room := w - l.Width - 1
	for _, right := range a.summaries() {
		// A blank more parts it from the tabs.
		if term.Width(right)+1 <= room {
			return l.B.String() + a.Theme.Bar.Render(strings.Repeat(" ", room-term.Width(right))+right+" ")
		}
	}
	return term.Truncate(l.B.String(), w) + a.Theme.Bar.Render(strings.Repeat(" ", max(w-l.Width, 0)))
}

// tabForm is how the tabs are written.
type tabForm int

// The forms of the tabs, the widest first.
const (
	tabsBranded tabForm = iota // whole titles after the program's name
	tabsFull                   // whole titles
	tabsShort                  // short titles
	tabsTight                  // short titles, one blank between them
	tabsNumbers                // numbers, a title for the screen shown
)

// HeaderLine is the tabs, in the widest form that has room.
func (a *App) HeaderLine(w int) *widget.Line {
	for form := tabsBranded; form < tabsNumbers; form++ {
		if l := a.tabs(form); l.Width <= w {
			return l
		}
	}
	return a.tabs(tabsNumbers)
}

// tabs are the tabs in one form.
func (a *App) tabs(form tabForm) *widget.Line {
	l := &widget.Line{}
	if form == tabsBranded {
		l.Add(a.Theme.Tab.Bold(true), " vecscope ", "")
	}
	for i, s := range a.screens {
		style := a.Theme.Tab
		if s == a.current {
			style = a.Theme.TabActive
		}
		info := s.Info()
		text := fmt.Sprintf("%d %s", i+1, info.ShortTitle())
		switch {
		case form <= tabsFull:
			text = fmt.Sprintf(" %d %s ", i+1, info.Title)
		case form == tabsShort:
			text = " " + text + " "
		case form == tabsNumbers && s != a.current:
			text = strconv.Itoa(i + 1)
		}
		if form >= tabsTight && i > 0 {
			l.Add(a.Theme.Tab, " ", "")
		}
		l.Add(style, text, "open."+info.ID)
	}
	return l
}

// sourceWidth is how much of the source's name the header shows.
const sourceWidth = 32

// summaries say what is loaded, the longest first.
func (a *App) summaries() []string {
	texts, candidates := format.Count(a.Session.Corpus().Len(), "text"), format.Count(len(a.Session.Candidates()), "candidate")
	short := texts + " · " + candidates
	if a.Session.Corpus().Len() == 0 {
		return []string{short, texts}
	}
	return []string{term.Excerpt(a.Session.Corpus().Origin().Title(), sourceWidth) + " · " + short, short, texts}
}

// MaxStatusLines is how many lines a notice takes at the most.
const MaxStatusLines = 5

// StatusLines show the notice, else what runs, else what the screen says. Only a
// notice takes more than one line, over the end of the screen: what to do often
// stands last in it.
func (a *App) StatusLines(room ui.Size) []string {
	switch {
	case a.notice.Text != "":
		lines := term.SafeLines(a.notice.Text, room.W-1)
		if len(lines) > room.H {
			lines = lines[:room.H]
			lines[room.H-1] = term.Truncate(lines[room.H-1]+term.Ellipsis, room.W-1)
		}
		for i, l := range lines {
			lines[i] = noticeStyle(a.Theme, a.notice.Level).Render(term.Fit(" "+l, room.W))
		}
		return lines
	case a.Session.Running():
		return []string{a.Theme.Accent.Render(term.Fit(" "+a.ProgressText(room.W-1), room.W))}
	default:
		return []string{a.RestingStatus(room.W)}
	}
}

// RestingStatus is the status while nothing runs: what waits for the person's
// word, what is wrong with the candidate in focus, what the screen says.
func (a *App) RestingStatus(w int) string {
	ask := ""
	switch n := a.Session.Unpaid(); {
	case n == 1:
		ask = "1 candidate waits: E shows its cost · "
	case n > 1:
		ask = fmt.Sprintf("%d candidates wait: E shows their cost · ", n)
	}
	status := status(a.current)
	if a.current.Info().Compares {
		if wrong := candidate.FocusProblem(a.Session, max(w-1-term.Width(ask), 0)); wrong != "" {
			return a.Theme.Warn.Render(term.Fit(" "+ask+wrong, w))
		}
	}
	if ask != "" {
		return a.Theme.Warn.Render(term.Fit(" "+strings.TrimSuffix(ask+status, " · "), w))
	}
	return term.Fit(" "+status, w)
}

// ProgressText says in w columns what is under way and how far it is: in short
// where there is no room for all, and then with names cut to leave each its place.
func (a *App) ProgressText(w int) string {
	const head = "Working, esc stops: "
	works := candidate.UnderWay(a.Session)
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
		name := widget.MiddleCut(k[0], max(room-term.Width(short)-1, 12), nil).Text
		brief = append(brief, name+" "+short)
	}
	return head + strings.Join(brief, " · ")
}

// Footer shows the keys that matter here; ? is always first and stays longest.
// While something lies over the screen, whose keys stand in its own box, it only
// says how to leave.
func (a *App) Footer(w int) string {
	if a.Top() != nil {
		return term.Fit(" "+widget.Hints(a.Theme, "esc", "leaves the box", keyInterrupt.Help().Key, keyInterrupt.Help().Desc), w)
	}
	l := a.footerLine(w)
	return l.B.String() + strings.Repeat(" ", max(w-l.Width, 0))
}

func (a *App) footerLine(w int) *widget.Line {
	l := &widget.Line{}
	shown := slices.DeleteFunc(append(slices.Clone(a.globals), a.current.Actions()...),
		func(act ui.Action) bool {
			// While a text is being typed q is a letter of it.
			return act.Footer == 0 || (act.ID == "quit" && typing(a.current))
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
		need := term.Width(k) + 1 + term.Width(label) + 2
		if l.Width+need > w {
			continue
		}
		keyStyle, labelStyle := a.Theme.Accent.Bold(true), a.Theme.Dim
		if slices.ContainsFunc(urgent, func(u ui.Action) bool { return u.ID == act.ID }) {
			keyStyle, labelStyle = a.Theme.Warn.Bold(true), a.Theme.Warn.Bold(true)
		}
		l.Add(keyStyle, " "+k, act.ID)
		l.Add(labelStyle, " "+label, act.ID)
	}
	return l
}

// payHint is what the footer says while a candidate waits to be paid for: that E
// embeds, and for how much where there is room; waits is false when none does.
func (a *App) payHint(w int) (act ui.Action, waits bool) {
	if a.Session.Unpaid() == 0 {
		return ui.Action{}, false
	}
	act, _, _ = a.actionByID("embed")
	act.Short = "embed…"
	if total, known := a.Session.UnpaidEstimate(); known && w >= 60 {
		act.Short = "embed: " + costs.CostText(total)
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
		take("troubles", "errors")
	}
	return out
}

// actionByID finds an action of any screen; home is the screen it belongs to, nil
// for those that every screen has.
func (a *App) actionByID(id string) (act ui.Action, home ui.Screen, ok bool) {
	for _, g := range a.globals {
		if g.ID == id {
			return g, nil, true
		}
	}
	for _, s := range a.screens {
		for _, act := range s.Actions() {
			if act.ID == id {
				return act, s, true
			}
		}
	}
	return ui.Action{}, nil, false
}

// perform runs an action by its id, showing its screen first.
func (a *App) perform(id string) tea.Cmd {
	act, home, ok := a.actionByID(id)
	if !ok {
		return nil
	}
	if home != nil {
		a.SetScreen(home.Info().ID)
	}
	return a.Perform(act)
}

// mouseAt takes a click or the wheel to what lies under it.
func (a *App) mouseAt(ev ui.Mouse) tea.Cmd {
	f, ok := Layout(a.window.W, a.window.H)
	if !ok {
		return nil
	}
	if top := a.Top(); top != nil {
		_, r := a.place(top)
		if !r.Contains(ev.X, ev.Y) {
			if ev.Wheel == 0 {
				top.Dismiss()
			}
			return nil
		}
		// The box has a border of one cell and a padding of one column.
		ev.X, ev.Y = ev.X-r.X-2, ev.Y-r.Y-1
		return top.Mouse(ev)
	}
	if ev.Wheel == 0 {
		a.ClearNotice()
	}
	switch {
	case f.body.Contains(ev.X, ev.Y):
		ev.X, ev.Y = ev.X-f.body.X, ev.Y-f.body.Y
		return mouse(a.current, ev, f.body.Size())
	case ev.Wheel != 0:
		return nil
	case f.header.Contains(ev.X, ev.Y):
		if id, ok := a.HeaderLine(f.header.W).ZoneAt(ev.X); ok {
			return a.perform(id)
		}
	case f.footer.Contains(ev.X, ev.Y):
		if id, ok := a.footerLine(f.footer.W).ZoneAt(ev.X); ok {
			return a.perform(id)
		}
	}
	return nil
}

func (a *App) wheel(msg tea.MouseWheelMsg) tea.Cmd {
	switch msg.Button {
	case tea.MouseWheelUp:
		return a.mouseAt(ui.Mouse{X: msg.X, Y: msg.Y, Wheel: -1})
	case tea.MouseWheelDown:
		return a.mouseAt(ui.Mouse{X: msg.X, Y: msg.Y, Wheel: 1})
	}
	return nil
}

// noticeStyle is how a notice of that level looks.
func noticeStyle(t *theme.Theme, l ui.NoticeLevel) lipgloss.Style {
	switch l {
	case ui.NoticeGood:
		return t.Good
	case ui.NoticeWarn:
		return t.Warn
	case ui.NoticeError:
		return t.Bad.Bold(true)
	default:
		return t.Accent
	}
}
