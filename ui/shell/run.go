package shell

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
)

// Options are what the explorer starts with.
type Options struct {
	// Engine knows the catalog and the providers.
	Engine *pipeline.Engine
	// Counter counts tokens for the costs.
	Counter *corpus.Counter
	// Settings come from the settings file and the flags.
	Settings config.Settings
	// State is what an earlier session left; the zero State starts the first run.
	State config.State
	// Save remembers the state; it is called now and then and before Run returns.
	Save func(config.State) error
	// Texts, when there are any, take the place of the remembered ones.
	Texts []corpus.Text
	// LeftOut is how Texts were read, where rows were left out; nil when none were.
	LeftOut *corpus.Reading
	// Source says where Texts come from, such as a file's name.
	Source string
	// Files are those that Texts were read from; the zero Files where something else had
	// some of them.
	Files corpus.Files
	// Set is the name of the built-in set that Texts are; else empty. Its labels come
	// with it.
	Set string
	// Open is a file that is opened at the start, since something has to be asked about
	// it; empty is none.
	Open string
	// Labels are a file of labels, or a folder with some, that are opened when Open has become
	// the texts; empty is none.
	Labels string
	// Start says where to start rather than where the last session ended.
	Start Start
	// Notices are lines to show at the start, such as a settings file that could
	// not be read.
	Notices []string
	// Usage keeps what was spent over all sessions; nil knows this session only.
	Usage spending.Log
	// Servers name the providers whose lists Refresh reads in the background.
	Servers []string
	// Refresh reads a server's list, puts it into the engine's catalog and says in
	// a few words what changed, if anything did.
	Refresh func(ctx context.Context, provider string) (changes string, err error)
	// ForgetLimits forgets what a server has shown of its limits, when the person asks for
	// its list anew; nil has nothing to forget.
	ForgetLimits func(provider string)
	// Unasked names those of Servers that are asked nothing before they have a key; nil
	// names none.
	Unasked func() []string
	// Origin says in a few words where a server comes from that nobody has named, and is
	// empty for others; nil knows of none.
	Origin func(provider string) string
	// Find looks for servers on this machine and names the new ones; nil looks for none.
	Find func(ctx context.Context) []string
	// SetKey takes a key that the person has entered until the program ends; nil takes
	// none.
	SetKey func(provider string, key api.Secret) error
	// AllowInsecure lets a provider's key go unencrypted to another machine until the
	// program ends, after the person was asked; nil never asks.
	AllowInsecure func(provider string) error
	// News gives lines to show that came up meanwhile, such as a cache that cannot
	// be written; each once. It may take its time. nil has none.
	News func() []string
	// Unkept tells why what is embedded and spent cannot be kept for later; nil never
	// does.
	Unkept func() error
	// After goes on with then on the loop after a delay; nil lets the time pass, and
	// tests do not.
	After func(ctx context.Context, delay time.Duration, then func() tea.Cmd) tea.Cmd
	// Environ is the environment as os.Environ gives it; nil is the process's own.
	Environ []string
	// Debug, when set, is written a line about every message of the loop, each with
	// one call of Write; never what is typed or pasted into a text.
	Debug io.Writer
}

// session is what of them concerns the session.
func (o Options) session() session.Config {
	return session.Config{
		Engine: o.Engine, Counter: o.Counter, Limits: spending.Limits{PerRun: o.Settings.Spending.PerRun, PerSession: o.Settings.Spending.PerSession}, PerQuery: o.Settings.Spending.PerQuery, Usage: o.Usage, After: o.After,
		Servers: o.Servers, Unasked: o.Unasked, Origin: o.Origin, Find: o.Find, SetKey: o.SetKey, ReadList: o.Refresh, ForgetLimits: o.ForgetLimits, News: o.News, PersistErr: o.Unkept,
	}
}

// ErrInterrupted is what Run returns when a signal ended the explorer.
var ErrInterrupted = errors.New("interrupted")

// framesPerSecond is how often Bubble Tea looks for something to draw where the beat does
// not say otherwise: at 30 a key waits for 33 ms at the most, and is seen within 50.
const framesPerSecond = 30

// accountTime is how long the end waits at the most for requests that it has cut,
// so that what they cost is noted.
const accountTime = 2 * time.Second

// Run shows the explorer with those screens on the terminal until the person quits
// or ctx ends. The state is saved on every way out, after a panic too. Errors are
// ErrInterrupted, that the terminal cannot be used, and that the state could not
// be saved.
func Run(ctx context.Context, o Options, screens []func(*ui.Context) ui.Screen, extra ...tea.ProgramOption) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	// The loop ends a little later than ctx, with the last words.
	loop, endLoop := context.WithCancel(context.WithoutCancel(ctx))
	defer endLoop()
	a := New(ctx, o, screens)
	suspend, words := newSuspender(), &lastWords{}
	options := []tea.ProgramOption{tea.WithContext(loop), tea.WithFPS(framesPerSecond), tea.WithFilter(func(m tea.Model, msg tea.Msg) tea.Msg {
		words.filter(msg)
		return suspend.filter(m, msg)
	})}
	if o.Environ != nil {
		options = append(options, tea.WithEnvironment(o.Environ))
	}
	if colourForbidden(o.Environ) {
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	}
	options = append(options, withKeyboard()...)
	if len(extra) == 0 {
		drawn, leave := a.withFirstFrame()
		defer leave()
		options = append(options, drawn...)
	}
	model := &onBeat{App: a}
	model.program = tea.NewProgram(model, append(options, extra...)...)
	program := model.program
	var beside sync.WaitGroup
	beside.Go(func() { suspend.serve(ctx, program.Send) })
	beside.Go(func() {
		words.await(ctx, loop)
		endLoop()
	})
	_, err := program.Run()
	endLoop()
	model.stop()
	stopped := ctx.Err() != nil
	cancel()
	beside.Wait()
	a.exports.Writer.Wait()
	a.Session.Close(accountTime)
	saved := a.saver.number(a.state())()
	switch {
	case errors.Is(err, tea.ErrInterrupted), stopped:
		return ErrInterrupted
	case err != nil:
		return fmt.Errorf("showing the explorer: %w", err)
	case saved != nil:
		return fmt.Errorf("remembering the session: %w", saved)
	}
	return nil
}

// colourForbidden tells whether NO_COLOR is set to anything but nothing, as
// no-color.org asks; Bubble Tea itself reads it as a boolean.
func colourForbidden(environ []string) bool {
	forbidden := false
	for _, e := range environ {
		if value, ok := strings.CutPrefix(e, "NO_COLOR="); ok {
			forbidden = value != ""
		}
	}
	return forbidden
}
