package shell

import (
	"context"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// App is the only tea.Model. It routes messages, owns the overlays and the
// notice, and sets every field of tea.View.
type App struct {
	ui.Context
	options  Options
	window   ui.Size
	current  ui.Screen
	screens  []ui.Screen
	globals  []ui.Action
	overlays []ui.Overlay
	exports  export.Dialog

	history history
	// opener is the screen that opens the file that the explorer was started with; empty
	// without one, and once the person has gone to another screen.
	opener string
	given  given
	// files are those of the texts whose folder was read last.
	files corpus.Files

	notice     Notice
	lastNotice int
	// reported is what had been used when the person was told last, by model.
	reported        map[string]api.Tally
	themeChoice     string // "auto", "dark" or "light"
	lightBackground bool   // of the terminal, when it last said
	mouseOn         bool
	// clusters tells that the terminal counts grapheme clusters, as it says itself, and
	// Bubble Tea with it; others add up characters.
	clusters    bool
	saver       *saver
	saveDue     bool   // a save has been scheduled
	saveProblem string // why the last save failed; empty when it did not
	quitting    bool
	// stopping is the question whether a paid run shall stop; nil before the first.
	stopping *widget.Choice
}

// New makes the explorer with those screens and takes up the remembered session. Work
// that it begins ends with life.
func New(life context.Context, o Options, screens []func(*ui.Context) ui.Screen) *App {
	a := &App{options: o, themeChoice: o.Settings.Theme, mouseOn: o.Settings.Mouse, saver: &saver{write: o.Save}, reported: map[string]api.Tally{}}
	a.Context = ui.Context{
		Session:     session.New(life, o.session()),
		Theme:       theme.New(o.Settings.Theme != "light", colorprofile.TrueColor),
		Drawing:     ui.Drawing{ColorScale: o.Settings.ColorScale, Cells: o.Settings.Cells},
		Notify:      a.setNotice,
		Open:        func(ov ui.Overlay) { a.overlays = append(a.overlays, ov) },
		Go:          a.SetScreen,
		Chosen:      a.chosenInsecure,
		Undisturbed: a.undisturbed,
	}
	a.exports.Context, a.exports.Free = &a.Context, func() bool { return len(a.overlays) == 0 }
	a.Export, a.Copy = a.exports.Ask, a.exports.Copy
	for _, make := range screens {
		a.screens = append(a.screens, make(&a.Context))
	}
	a.globals = a.globalActions()
	a.restore()
	a.files = a.filesAtStart(len(o.Texts) > 0)
	a.tellLeftOut()
	return a
}

// Init asks the terminal for its background, and has everything computed and the
// lists read.
func (a *App) Init() tea.Cmd {
	open := a.openGiven() // first, since it may keep the rest from computing
	return tea.Batch(tea.RequestBackgroundColor, a.Session.Invalidate(0), a.Session.Lists().Begin(), open)
}

// Update takes a message, and notes it in the log of messages where there is one.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	return a, messageLog{a.options.Debug}.logged(msg, a.takesText(), a.update)
}

// update routes a message: what concerns the window or the results first,
// whichever screen is shown; keys to the top overlay, a screen that is taking
// text, the global actions, the screen's own; the rest to the screen.
func (a *App) update(msg tea.Msg) tea.Cmd {
	before := a.notice.ID
	a.Session.Touch() // lists, keys and progress change outside the loop
	cmd, handled := a.updateShared(msg)
	if !handled {
		switch msg := msg.(type) {
		case tea.KeyPressMsg:
			cmd = a.pressed(msg)
		case tea.PasteMsg:
			cmd = a.pasted(msg)
		case tea.MouseClickMsg:
			if msg.Button == tea.MouseLeft {
				cmd = a.mouseAt(ui.Mouse{X: msg.X, Y: msg.Y})
			}
		case tea.MouseWheelMsg:
			cmd = a.wheel(msg)
		default:
			cmd = a.toTop(msg)
		}
	}
	a.TellEvents()
	a.SummariseRun(before)
	a.dropQuestion()
	a.closeOverlays()
	f, _ := a.frame()
	a.Body = f.body.Size()
	refreshed := a.Refresh()
	for _, o := range a.overlays {
		o.Fit(a.room(), a.Theme)
	}
	return tea.Batch(cmd, refreshed, a.followGiven(), a.followFolder(), a.scheduleSave(), a.ScheduleExpiry())
}

// Refresh lets the screen that is shown follow what has changed.
func (a *App) Refresh() tea.Cmd { return refresh(a.current) }

// updateShared handles what concerns no screen in particular.
func (a *App) updateShared(msg tea.Msg) (cmd tea.Cmd, handled bool) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.window = ui.Size{W: msg.Width, H: msg.Height}
	case tea.BackgroundColorMsg:
		a.lightBackground = !msg.IsDark()
		if a.themeChoice == "auto" {
			a.SetTheme(msg.IsDark(), a.Theme.Profile)
		}
	case tea.ModeReportMsg:
		a.clusters = a.clusters || msg.Mode == ansi.ModeUnicodeCore &&
			(msg.Value == ansi.ModeReset || msg.Value == ansi.ModeSet || msg.Value == ansi.ModePermanentlySet)
	case tea.ColorProfileMsg:
		a.SetTheme(a.Theme.Dark, msg.Profile)
	case loop.Done:
		return msg(), true
	default:
		return nil, false
	}
	return nil, true
}

// toTop hands a message to the top overlay, or to the screen below.
func (a *App) toTop(msg tea.Msg) tea.Cmd {
	if top := a.Top(); top != nil {
		return top.Update(msg)
	}
	return a.current.Update(msg)
}

// pasted hands on what was pasted, and says so where nothing takes it.
func (a *App) pasted(msg tea.PasteMsg) tea.Cmd {
	switch top := a.Top(); {
	case top == nil && !takesPaste(a.current) && !typing(a.current):
		a.Inform("What is pasted becomes texts on %s: go there and paste again.", a.pastingTitle())
	case top != nil && !typing(top):
		a.Notify(ui.NoticeWarn, "What was pasted was not taken: esc closes the box, then paste again.")
	}
	return a.toTop(msg)
}

// pressed takes a key to whoever may have it: see update.
func (a *App) pressed(msg tea.KeyPressMsg) tea.Cmd {
	a.ClearNotice()
	if act, ok := ui.Find(a.always(), msg); ok {
		return a.Perform(act)
	}
	if top := a.Top(); top != nil {
		if asksForKeys(top, msg) {
			a.openBoxHelp(top)
			return nil
		}
		return top.Update(msg)
	}
	s := a.current
	if typing(s) {
		if act, ok := ui.Find(a.globals, msg); ok && !ui.Writes(msg.String()) {
			return a.Perform(act)
		}
		return s.Update(msg)
	}
	if act, ok := ui.Find(a.globals, msg); ok {
		return a.Perform(act)
	}
	if act, ok := ui.Find(s.Actions(), msg); ok {
		return a.Perform(act)
	}
	return s.Update(msg)
}

// always are the actions that no overlay and no typing takes away.
func (a *App) always() []ui.Action {
	var out []ui.Action
	for _, act := range a.globals {
		if act.ID == "interrupt" || act.ID == "suspend" {
			out = append(out, act)
		}
	}
	return out
}

// takesText tells that what is typed becomes part of a text.
func (a *App) takesText() bool {
	if top := a.Top(); top != nil {
		return typing(top)
	}
	return typing(a.current)
}
