// Package cli is the command line: with a terminal it starts the explorer, and
// otherwise, or when asked, it prints results for pipes, files and screen readers.
// It may import ui/app, config, api, compare and the leaves of ui; only main
// imports it.
//
// Exit codes: 0 done; 1 something failed, and what succeeded is printed; 2 wrong
// usage, and nothing was done; 130 interrupted. Errors go to standard error, one
// line each: what failed, why, what to do.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
	xterm "github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/local"
	"github.com/vecscope/vecscope/api/registry"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/kernel"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/app"
	"github.com/vecscope/vecscope/ui/term"
)

// name is how the program is called.
const name = "vecscope"

// Exit codes of Run.
const (
	// ExitDone means that everything asked for was done.
	ExitDone = 0
	// ExitFailed means that something failed; what succeeded is printed.
	ExitFailed = 1
	// ExitUsage means that the command was not understood; nothing was done.
	ExitUsage = 2
	// ExitInterrupted means that a signal ended the program.
	ExitInterrupted = 130
)

// Environment is what the program is started in.
type Environment struct {
	// In, Out and Err are the standard streams. Whether they are terminals decides
	// what the program does without a command.
	In       io.Reader
	Out, Err io.Writer
	// Environ holds the environment's variables as "NAME=value".
	Environ []string
}

// uiCores is how many goroutines of the explorer's loop may run beside those that
// compute, without waiting for one of them.
const uiCores = 2

// Run does what args, without the program's name, ask for, and gives the exit
// code. It stops when ctx ends.
func Run(ctx context.Context, args []string, env Environment) int {
	defer limitGarbage()()
	explore := func(ctx context.Context, o app.Options) error {
		// What a person sees has places of its own beside all that is computed.
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(kernel.Cores() + uiCores))
		return app.Run(kernel.Shared(ctx), o)
	}
	p := &program{Environment: env, isTerminal: isTerminal, explore: explore, providers: []api.Backend{local.New()}}
	p.places = registry.UsualPlaces(p.getenv)
	return p.run(ctx, args)
}

// program is one run of the command line.
type program struct {
	Environment
	// isTerminal tells whether a stream is a terminal.
	isTerminal func(stream any) bool
	// explore shows the explorer.
	explore explorer
	// providers are those inside the binary.
	providers []api.Backend
	// places are where servers are looked for on this machine; none looks nowhere.
	places []registry.Place
	// servers is made when something needs the catalog.
	servers servers
	// ledger is what this run may spend and has spent.
	ledger *spending.Ledger
	// leftOut are the rows of all files that were read which were left out; nil for none.
	leftOut *corpus.Reading
	// folder is what was chosen for the folder of the texts, which is folderAt.
	folder   config.Folder
	folderAt string
	// failure is what the command ended with.
	failure error
}

func (p *program) run(ctx context.Context, args []string) int {
	root := p.root()
	if args == nil {
		args = []string{} // nil would make cobra look at the process's own
	}
	root.SetArgs(args)
	root.SetIn(p.In)
	root.SetOut(p.plain(p.Out))
	root.SetErr(p.plain(p.Err))
	p.addCompletion(root)
	p.styleHelp(ctx, root)
	// The commands keep their errors to themselves; what arrives here was found by
	// cobra, and is always about usage.
	if err := root.ExecuteContext(ctx); err != nil {
		p.failure = &usageError{Err: err, See: name}
	}
	p.closeServers()
	code := p.exit(ctx)
	p.summariseRun()
	return code
}

// exit prints the error, if there is one, and gives the exit code for it.
func (p *program) exit(ctx context.Context) int {
	err := p.failure
	if err == nil {
		return ExitDone
	}
	var incomplete *incompleteError
	if errors.As(err, &incomplete) {
		for _, line := range incomplete.Problems {
			p.warn(line)
		}
		return ExitFailed
	}
	if errors.Is(err, app.ErrInterrupted) || ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		p.warn("interrupted" + p.keptSoFar())
		return ExitInterrupted
	}
	p.warn(err.Error())
	var usage *usageError
	if errors.As(err, &usage) {
		return ExitUsage
	}
	return ExitFailed
}

// fails tells whether the error that the command ends with says that line.
func (p *program) fails(line string) bool {
	var incomplete *incompleteError
	switch {
	case p.failure == nil:
		return false
	case errors.As(p.failure, &incomplete):
		return slices.ContainsFunc(incomplete.Problems, func(problem string) bool { return strings.Contains(problem, line) })
	}
	return strings.Contains(p.failure.Error(), line)
}

// keptSoFar says what an interrupted run has paid for already.
func (p *program) keptSoFar() string {
	n := p.paidVectors()
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf("; %d vectors had arrived: they are kept and not paid for again", n)
}

// paidVectors is how many vectors have arrived that were paid for in this run.
func (p *program) paidVectors() (n int) {
	for _, s := range p.ledger.Paid() {
		n += s.Texts - s.Cached
	}
	return n
}

// warn prints one line to standard error.
func (p *program) warn(line string) {
	// When standard error cannot be written there is nobody left to tell.
	_, _ = fmt.Fprintf(p.Err, "%s: %s\n", name, term.Joined(term.Safe(line)))
}

// command makes a function that returns an error one that cobra can run.
func (p *program) command(do func(cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		p.failure = do(cmd, args)
		return nil
	}
}

// getenv is os.Getenv for the program's own environment; of a variable that is
// set twice the last value counts, as in os/exec.
func (p *program) getenv(key string) string {
	value := ""
	for _, e := range p.Environ {
		if k, v, _ := strings.Cut(e, "="); k == key {
			value = v
		}
	}
	return value
}

// isTerminal tells whether a stream is a file that is a terminal.
func isTerminal(stream any) bool {
	file, ok := stream.(interface{ Fd() uintptr })
	return ok && xterm.IsTerminal(file.Fd())
}

// plain takes the colours out of what fang writes, unless the stream is a terminal
// and NO_COLOR is not set to anything but nothing; fang itself reads NO_COLOR as a
// boolean, and CLICOLOR_FORCE would colour a pipe.
func (p *program) plain(w io.Writer) io.Writer {
	if p.isTerminal(w) && p.getenv("NO_COLOR") == "" {
		return w
	}
	return stripWriter{w}
}

// stripWriter takes escape sequences out. None may be split between two writes.
type stripWriter struct{ w io.Writer }

func (s stripWriter) Write(b []byte) (int, error) {
	if _, err := io.WriteString(s.w, ansi.Strip(string(b))); err != nil {
		return 0, err
	}
	return len(b), nil
}
