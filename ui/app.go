package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/term"
)

// app is the only tea.Model. It routes messages, owns the overlays and the
// notice, and sets every field of tea.View.
type app struct {
	shared
	options  Options
	window   size
	current  screen
	screens  []screen
	globals  []action
	overlays []overlay
	exports  exportDialog

	notice     notice
	lastNotice int
	// reported is what had been used when the person was told last, by model.
	reported    map[string]api.Tally
	themeChoice string // "auto", "dark" or "light"
	mouseOn     bool
	saver       *saver
	saveDue     bool   // a save has been scheduled
	saveProblem string // why the last save failed; empty when it did not
	quitting    bool
	// stopping is the question whether a paid run shall stop; nil before the first.
	stopping *confirm
}

// notice is one line shown to the person until the next key or a while later.
type notice struct {
	id    int
	level noticeLevel
	text  string
	// expires tells that its end has been scheduled.
	expires bool
	// stays tells that it has no end until a key is pressed: it may not have been
	// read when it is about money.
	stays bool
}

// noticeTime is how long a notice can be read.
const noticeTime = 8 * time.Second

// saveDelay gathers changes so that the state is not written at every key.
const saveDelay = time.Second

func newApp(life context.Context, o Options, screens []func(*shared) screen) *app {
	a := &app{options: o, themeChoice: o.Settings.Theme, mouseOn: o.Settings.Mouse, saver: &saver{write: o.Save}, reported: map[string]api.Tally{}}
	a.shared = shared{
		store:       newStore(life, o.session()),
		theme:       newTheme(o.Settings.Theme != "light", colorprofile.TrueColor),
		notify:      a.setNotice,
		open:        func(ov overlay) { a.overlays = append(a.overlays, ov) },
		show:        a.setScreen,
		chosen:      a.chosenInsecure,
		undisturbed: func(id string) bool { return len(a.overlays) == 0 && a.current.describe().id == id },
	}
	a.exports.shared, a.exports.free = &a.shared, func() bool { return len(a.overlays) == 0 }
	a.export, a.copy = a.exports.ask, a.exports.copy
	for _, make := range screens {
		a.screens = append(a.screens, make(&a.shared))
	}
	a.globals = a.global()
	a.restore()
	return a
}

func (a *app) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, a.store.invalidate(0), a.store.refreshLists())
}

// Update takes a message, and notes it in the log of messages where there is one.
func (a *app) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	return a, messageLog{a.options.Debug}.logged(msg, a.takesText(), a.update)
}

// update routes a message: what concerns the window or the results first,
// whichever screen is shown; keys to the top overlay, a screen that is taking
// text, the global actions, the screen's own; the rest to the screen.
func (a *app) update(msg tea.Msg) tea.Cmd {
	before := a.notice.id
	a.store.touch() // lists, keys and progress change outside the loop
	cmd, handled := a.updateShared(msg)
	if !handled {
		switch msg := msg.(type) {
		case tea.KeyPressMsg:
			cmd = a.pressed(msg)
		case tea.PasteMsg:
			cmd = a.pasted(msg)
		case tea.MouseClickMsg:
			if msg.Button == tea.MouseLeft {
				cmd = a.mouseAt(mouseEvent{x: msg.X, y: msg.Y})
			}
		case tea.MouseWheelMsg:
			cmd = a.wheel(msg)
		default:
			cmd = a.toTop(msg)
		}
	}
	a.tellEvents()
	a.summariseRun(before)
	a.dropQuestion()
	a.closeOverlays()
	refreshed := a.refresh()
	for _, o := range a.overlays {
		o.fit(a.room(), a.theme)
	}
	return tea.Batch(cmd, refreshed, a.scheduleSave(), a.scheduleExpiry())
}

// refresh lets the screen that is shown follow what has changed.
func (a *app) refresh() tea.Cmd {
	if s, ok := a.current.(refresher); ok {
		return s.refresh()
	}
	return nil
}

// updateShared handles what concerns no screen in particular.
func (a *app) updateShared(msg tea.Msg) (cmd tea.Cmd, handled bool) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.window = size{msg.Width, msg.Height}
		f, _ := layout(msg.Width, msg.Height)
		a.body = f.body.size()
	case tea.BackgroundColorMsg:
		if a.themeChoice == "auto" {
			a.setTheme(msg.IsDark(), a.theme.profile)
		}
	case tea.ColorProfileMsg:
		a.setTheme(a.theme.dark, msg.Profile)
	case done:
		return msg(), true
	default:
		return nil, false
	}
	return nil, true
}

// toTop hands a message to the top overlay, or to the screen below.
func (a *app) toTop(msg tea.Msg) tea.Cmd {
	if top := a.top(); top != nil {
		return top.update(msg)
	}
	return a.current.update(msg)
}

// pasted hands on what was pasted, and says so where nothing takes it.
func (a *app) pasted(msg tea.PasteMsg) tea.Cmd {
	_, takesPaste := a.current.(paster)
	switch top := a.top(); {
	case top == nil && !takesPaste && !a.current.typing():
		a.info("What is pasted becomes texts on %s: go there and paste again.", a.pastingTitle())
	case top != nil && !takesText(top):
		a.notify(noticeWarn, "What was pasted was not taken: esc leaves the box, then paste again.")
	}
	return a.toTop(msg)
}

func (a *app) pressed(msg tea.KeyPressMsg) tea.Cmd {
	a.clearNotice()
	if act, ok := find(a.always(), msg); ok {
		return a.do(act)
	}
	if top := a.top(); top != nil {
		cmd := top.update(msg)
		if q, ok := top.(*confirm); ok && !q.closed() {
			a.info("The question takes %s.", q.keysText())
		}
		return cmd
	}
	s := a.current
	if s.typing() {
		if act, ok := find(a.globals, msg); ok && (msg.Mod.Contains(tea.ModCtrl) || msg.Code == tea.KeyEscape) {
			return a.do(act)
		}
		return s.update(msg)
	}
	if act, ok := find(a.globals, msg); ok {
		return a.do(act)
	}
	if act, ok := find(s.actions(), msg); ok {
		return a.do(act)
	}
	return s.update(msg)
}

// always are the actions that no overlay and no typing takes away.
func (a *app) always() []action {
	var out []action
	for _, act := range a.globals {
		if act.id == "interrupt" || act.id == "suspend" {
			out = append(out, act)
		}
	}
	return out
}

func (a *app) top() overlay {
	if len(a.overlays) == 0 {
		return nil
	}
	return a.overlays[len(a.overlays)-1]
}

func (a *app) closeOverlays() {
	kept := a.overlays[:0]
	for _, o := range a.overlays {
		if !o.closed() {
			kept = append(kept, o)
		}
	}
	clear(a.overlays[len(kept):])
	a.overlays = kept
}

// clearNotice takes away what the person has been told.
func (a *app) clearNotice() { a.notice = notice{} }

func (a *app) setNotice(level noticeLevel, text string) {
	a.lastNotice++
	a.notice = notice{id: a.lastNotice, level: level, text: term.Safe(text)}
}

func (a *app) setTheme(dark bool, p colorprofile.Profile) {
	a.shared.theme = newTheme(dark, p)
}

func (a *app) toggleTheme() {
	a.themeChoice = "light"
	if !a.theme.dark {
		a.themeChoice = "dark"
	}
	a.setTheme(!a.theme.dark, a.theme.profile)
	a.store.markUnsaved()
	a.info("Colours for a %s background.", a.themeChoice)
}

func (a *app) toggleMouse() {
	a.mouseOn = !a.mouseOn
	a.store.markUnsaved()
	if a.mouseOn {
		a.info("The mouse selects and scrolls.")
	} else {
		a.info("The mouse is the terminal's again: select text to copy it; %s gives it back.", keyMouse.Help().Key)
	}
}

// scheduleExpiry takes a new notice away after it could be read.
func (a *app) scheduleExpiry() tea.Cmd {
	if a.notice.text == "" || a.notice.expires || a.notice.stays {
		return nil
	}
	a.notice.expires = true
	id := a.notice.id
	return a.store.after(a.store.life, noticeTime, func() tea.Cmd {
		if a.notice.id == id {
			a.clearNotice()
		}
		return nil
	})
}

// saved says once why the state cannot be saved, not at every change.
func (a *app) saved(err error) {
	before := a.saveProblem
	a.saveProblem = ""
	if err == nil {
		return
	}
	if a.saveProblem = "the session is not remembered: " + err.Error(); a.saveProblem != before {
		a.notify(noticeWarn, a.saveProblem)
	}
}

// scheduleSave remembers the state a moment after something changed.
func (a *app) scheduleSave() tea.Cmd {
	if !a.store.unsaved || a.saveDue || a.quitting {
		return nil
	}
	a.saveDue = true
	return a.store.after(a.store.life, saveDelay, a.save)
}

// save remembers the state. It is written whole even when the program ends.
func (a *app) save() tea.Cmd {
	a.saveDue = false
	a.store.saved()
	write := a.saver.number(a.state())
	return async(a.store.life, func(context.Context) (struct{}, error) { return struct{}{}, write() }, func(_ struct{}, err error) tea.Cmd {
		a.saved(err)
		return nil
	})
}

// takesText tells that what is typed becomes part of a text.
func (a *app) takesText() bool {
	if top := a.top(); top != nil {
		return takesText(top)
	}
	return a.current.typing()
}

// takesText tells that something can be typed or pasted into an overlay.
func takesText(o overlay) bool {
	switch o.(type) {
	case *confirm, *menu, *help, *pairView, *candidateList, *costs:
		return false
	default:
		return true
	}
}
