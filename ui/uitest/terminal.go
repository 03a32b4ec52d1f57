package uitest

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"go.uber.org/goleak"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/api/local"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/term"
)

// Terminal runs the whole program on a virtual screen, as a person would see
// and use it.
type Terminal struct {
	t *testing.T
	// Screen is what is shown, and takes the keys.
	Screen *vt.SafeEmulator
	// Program takes what is no key: pastes, the mouse, a new size.
	Program *tea.Program
	// Saved are the states that were to be written; nil when the options have a Save
	// of their own.
	Saved *savedStates
	// Output is everything that was written to the terminal.
	Output *newlines
	err    error
	ended  chan struct{}
	// clipboards are what was copied so far, the last one last.
	clipboards *clipboards
}

// clipboards stands in for the clipboard that a terminal sets.
type clipboards struct {
	mu   sync.Mutex
	list []string
}

// set takes the sequence OSC 52: "52;c;" and base64.
func (c *clipboards) set(data []byte) bool {
	_, encoded, _ := strings.Cut(strings.TrimPrefix(string(data), "52;"), ";")
	text, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, string(text))
	return true
}

// last is what the clipboard holds.
func (c *clipboards) last() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.list) == 0 {
		return ""
	}
	return c.list[len(c.list)-1]
}

// patience is how long a story waits for something to appear before it fails.
const patience = 30 * time.Second

// Start runs the explorer in a window of that size; everything is over when the
// test ends.
func Start(t *testing.T, w, h int, o shell.Options, screens []func(*ui.Context) ui.Screen) *Terminal {
	t.Helper()
	vterm := &Terminal{t: t, Screen: vt.NewSafeEmulator(w, h), ended: make(chan struct{}), clipboards: &clipboards{}}
	vterm.Screen.RegisterOscHandler(52, vterm.clipboards.set)
	ctx, cancel := context.WithCancel(t.Context())
	input := newMailbox()
	replies := make(chan struct{})
	go func() {
		defer close(replies)
		_, _ = io.Copy(input, vterm.Screen)
	}()
	if o.Save == nil {
		vterm.Saved = &savedStates{}
		o.Save = vterm.Saved.save
	}
	// Without a terminal for input nothing turns line feeds into new lines.
	output := &newlines{to: vterm.Screen}
	vterm.Output = output
	go func() {
		defer close(vterm.ended)
		vterm.err = shell.Run(ctx, o, screens, tea.WithInput(input), tea.WithOutput(output),
			tea.WithWindowSize(w, h), tea.WithColorProfile(colorprofile.TrueColor),
			tea.WithEnvironment([]string{"TERM=xterm-256color", "COLORTERM=truecolor"}),
			tea.WithoutSignals(), withProgram(&vterm.Program))
	}()
	t.Cleanup(func() {
		cancel()
		<-vterm.ended
		// Close alone would race with the copying of the replies, which it ends.
		if pipe, ok := vterm.Screen.InputPipe().(io.Closer); ok {
			_ = pipe.Close()
		}
		<-replies
		_ = vterm.Screen.Close()
		_ = input.Close()
	})
	return vterm
}

// mailbox takes what is written at once and keeps it until it is read. Keys are
// sent under the lock of the screen, which the program needs for drawing before
// it reads on: without room in between both would wait for each other.
type mailbox struct {
	mu     sync.Mutex
	filled *sync.Cond
	bytes  bytes.Buffer
	closed bool
}

func newMailbox() *mailbox {
	m := &mailbox{}
	m.filled = sync.NewCond(&m.mu)
	return m
}

func (m *mailbox) Write(p []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	defer m.filled.Signal()
	return m.bytes.Write(p)
}

// Read waits until there is something, or nothing more will come.
func (m *mailbox) Read(p []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for m.bytes.Len() == 0 && !m.closed {
		m.filled.Wait()
	}
	return m.bytes.Read(p)
}

// Close ends waiting for more.
func (m *mailbox) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
	m.filled.Broadcast()
	return nil
}

// withProgram is an option that only remembers the program.
func withProgram(to **tea.Program) tea.ProgramOption {
	return func(p *tea.Program) { *to = p }
}

// newlines turns "\n" into "\r\n" and keeps everything that was written.
type newlines struct {
	to  io.Writer
	mu  sync.Mutex
	raw bytes.Buffer
}

// Written is everything that the program has told the terminal.
func (n *newlines) Written() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.raw.String()
}

func (n *newlines) Write(p []byte) (int, error) {
	n.mu.Lock()
	n.raw.Write(p)
	n.mu.Unlock()
	if _, err := n.to.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Text is what the screen shows now.
func (v *Terminal) Text() string { return ansi.Strip(v.Screen.Render()) }

// lines are the lines of the screen without trailing blanks.
func (v *Terminal) lines() []string {
	lines := strings.Split(v.Text(), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " \r")
	}
	return lines
}

// WaitFor waits until the screen shows every one of the texts.
func (v *Terminal) WaitFor(wanted ...string) {
	v.t.Helper()
	v.Until(func(screen string) bool {
		for _, w := range wanted {
			if !strings.Contains(screen, w) {
				return false
			}
		}
		return true
	}, "to show %q", wanted)
}

// WaitGone waits until the screen does not show the text any more.
func (v *Terminal) WaitGone(text string) {
	v.t.Helper()
	v.Until(func(screen string) bool { return !strings.Contains(screen, text) }, "not to show %q any more", text)
}

// Until waits until the screen is as wanted; format and args say what that is: "to show 3".
func (v *Terminal) Until(ok func(screen string) bool, format string, args ...any) {
	v.t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	for !ok(v.Text()) {
		select {
		case <-poll.C:
		case <-v.ended:
			if ok(v.Text()) {
				return
			}
			v.t.Fatalf("the program ended (%v) while the screen was expected "+format+"\n%s", append(append([]any{v.err}, args...), v.Text())...)
		case <-deadline.C:
			v.t.Fatalf("the screen was expected "+format+"; it shows\n%s", append(args, v.Text())...)
		}
	}
}

// Pay asks what the paid candidates cost, and pays.
func (v *Terminal) Pay() {
	v.t.Helper()
	v.Press("E")
	v.WaitFor("p pay and embed")
	v.Press("p")
}

// Press sends keys: those of NamedKeys, and all else as text, one key a letter.
func (v *Terminal) Press(keys ...string) {
	v.t.Helper()
	for _, k := range keys {
		if k == "esc" {
			v.Screen.SendText(escape)
			continue
		}
		if code, ok := NamedKeys[k]; ok {
			v.Screen.SendKey(code)
			continue
		}
		v.Screen.SendText(k)
	}
}

// escape is the key esc as terminals tell it that know the disambiguated form: the bare
// byte and a key sent within 50 ms would be read as one key with alt.
const escape = "\x1b[27u"

// NamedKeys are the keys that are no letters, by the names that Bubble Tea gives them.
var NamedKeys = map[string]vt.KeyPressEvent{
	"f1":    {Code: tea.KeyF1},
	"enter": {Code: vt.KeyEnter}, "esc": {Code: vt.KeyEscape}, "tab": {Code: vt.KeyTab},
	"up": {Code: vt.KeyUp}, "down": {Code: vt.KeyDown}, "left": {Code: vt.KeyLeft}, "right": {Code: vt.KeyRight},
	"home": {Code: vt.KeyHome}, "end": {Code: vt.KeyEnd}, "pgdown": {Code: vt.KeyPgDown}, "pgup": {Code: vt.KeyPgUp},
	"backspace": {Code: vt.KeyBackspace}, "space": {Code: ' ', Text: " "},
	"ctrl+c": {Code: 'c', Mod: vt.ModCtrl}, "ctrl+p": {Code: 'p', Mod: vt.ModCtrl},
	"ctrl+t": {Code: 't', Mod: vt.ModCtrl}, "ctrl+y": {Code: 'y', Mod: vt.ModCtrl},
}

// Paste sends text as a terminal does for a paste.
func (v *Terminal) Paste(text string) { v.Program.Send(tea.PasteMsg{Content: text}) }

// Click presses the left mouse button on a cell.
func (v *Terminal) Click(x, y int) {
	v.Program.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
}

// Wheel turns the mouse wheel over a cell: up is negative.
func (v *Terminal) Wheel(x, y, by int) {
	button := tea.MouseWheelDown
	if by < 0 {
		button = tea.MouseWheelUp
	}
	v.Program.Send(tea.MouseWheelMsg{X: x, Y: y, Button: button})
}

// Resize changes the window.
func (v *Terminal) Resize(w, h int) {
	v.Screen.Resize(w, h)
	v.Program.Send(tea.WindowSizeMsg{Width: w, Height: h})
}

// WaitCopied waits until the clipboard holds a text.
func (v *Terminal) WaitCopied(want string) {
	v.t.Helper()
	v.Until(func(string) bool { return v.clipboards.last() == want }, "to have copied %q", want)
}

// Find gives the place of a text on the screen.
func (v *Terminal) Find(text string) (x, y int) {
	v.t.Helper()
	for y, l := range v.lines() {
		if at := strings.Index(l, text); at >= 0 {
			return term.Width(l[:at]), y
		}
	}
	v.t.Fatalf("the screen does not show %q:\n%s", text, v.Text())
	return 0, 0
}

// End waits until the program has ended by itself and gives its error.
func (v *Terminal) End() error {
	v.t.Helper()
	select {
	case <-v.ended:
	case <-time.After(patience):
		v.t.Fatalf("the program goes on; it shows\n%s", v.Text())
	}
	return v.err
}

// savedStates stands in for the state file.
type savedStates struct {
	mu     sync.Mutex
	states []config.State
}

func (s *savedStates) save(st config.State) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.states = append(s.states, st)
	return nil
}

// Last is the state saved last; only meaningful after the program has ended.
func (s *savedStates) Last() config.State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.states[len(s.states)-1]
}

// localModels are the models inside the binary, whose weights all tests of a package read
// once.
var localModels = sync.OnceValue(local.New)

// LocalOptions are the explorer with the models inside the binary and the
// built-in catalog, as on a fresh machine without a key.
func LocalOptions(t testing.TB) shell.Options {
	t.Helper()
	snapshot, err := catalog.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	provider := localModels()
	models, err := provider.Models(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return shell.Options{
		Engine: &pipeline.Engine{
			Catalog:   catalog.New(models, snapshot),
			Providers: map[string]api.Provider{"local": api.Uncached{Embedder: provider}},
			HasKey:    func(string) bool { return false },
		},
		Counter:  corpus.NewCounter(),
		Settings: config.Defaults(),
	}
}

// TestMain runs the tests of a package and fails when they leave a goroutine behind.
func TestMain(m *testing.M) {
	// Bubble Tea's input reader waits for ever to hand over a key that came while
	// the program was ending: its goroutine, not ours, and not to be reached.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/charmbracelet/ultraviolet.(*TerminalReader).sendEvents"))
}

// Quit ends the program as a person does.
func (v *Terminal) Quit() {
	v.t.Helper()
	v.Press("q")
	if err := v.End(); err != nil {
		v.t.Fatal(err)
	}
}
