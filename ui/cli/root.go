package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/app"
	"github.com/vecscope/vecscope/ui/report"
)

// explorer shows the explorer until the person quits.
type explorer func(ctx context.Context, o app.Options) error

const rootHelp = `Compare embedding models on your own texts.

On a terminal vecscope opens the explorer, with the texts of the files when some are named, and of a pipe when there is one. Where it cannot, because the output goes to a file or a pipe, it prints a comparison of the built-in models; so do the commands below, in plain lines that a screen reader can follow.

Labels can stand beside the texts, as in "vecscope texts.csv pairs.csv": pairs (columns a, b and score), queries (columns query and relevant) or a folder in BEIR's layout, which has texts too.

A FILE is .txt (one text a line), .csv, .tsv or .xlsx (a header with a column "text"; "id", "group" and "lang" if you like), .jsonl or .json (the same names as keys), in UTF-8; "-" is standard input, one text a line unless --stdin-format says otherwise. Several files are read one after the other. Write ./models for a file that is called like a command.

Exit codes: 0 done, 1 something failed (what succeeded is printed), 2 wrong usage, 130 interrupted.`

func (p *program) root() *cobra.Command {
	theme := newChoice(config.Themes()...)
	var set string
	start := newStart()
	root := &cobra.Command{
		Use:   name + " [FILE…]",
		Short: "Compare embedding models on your own texts",
		Long:  rootHelp,
		Example: `# the explorer, with the texts of the last session
vecscope
# the explorer with your own texts
vecscope questions.csv
# straight to what you want to see
vecscope questions.csv --screen duplicates --threshold 0.9
# with models of your choice
vecscope --models local/use-lite,local/use-lite@64 questions.csv
# the same comparison without the explorer
vecscope compare questions.csv`,
		Args: cobra.ArbitraryArgs,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			return p.open(cmd, args, set, theme.value, start)
		}),
		SuggestionsMinimumDistance: 2,
	}
	root.Flags().Var(theme, "theme", "colours of the explorer: "+theme.list()+" (as in the settings file)")
	p.startFlags(root, start)
	setFlag(root, &set)
	completeWith(root, "theme", config.Themes)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		p.failure = misused(cmd, "%w", inWords(err))
		return nil
	})
	p.serverFlags(root)
	root.AddCommand(p.modelsCommand(), p.embedCommand(), p.compareCommand(), p.duplicatesCommand(), p.searchCommand(), p.evaluateCommand(), p.setsCommand(),
		p.providersCommand(), p.cacheCommand(), p.usageCommand(), p.configCommand(), p.moneyHelp(), p.serveTestCommand())
	root.SetHelpCommand(p.helpCommand())
	return root
}

// open shows the explorer or, where there is no terminal for it, prints what a
// first look at the texts would show.
func (p *program) open(cmd *cobra.Command, args []string, set, theme string, given *start) error {
	if err := notACommand(cmd, args); err != nil {
		return err
	}
	explores := p.isTerminal(p.Out) && p.getenv("TERM") != "dumb"
	switch flag := startGiven(cmd); {
	case flag == startModelsFlag && !explores:
		return misused(cmd, "--%s starts the explorer with them, which needs a terminal: %s compare --%s prints", flag, name, flag)
	case flag != "" && !explores:
		return misused(cmd, "--%s is for the explorer, which needs a terminal; the commands print: %s help", flag, name)
	}
	start := given.options(cmd)
	var err error
	if start.Models, err = p.startModels(cmd, given.models); err != nil {
		return err
	}
	args, labelled, err := labelsAmong(cmd, args)
	if err != nil {
		return err
	}
	if explores && asks(cmd, args, set) {
		return p.show(cmd.Context(), app.Options{Open: args[0], Labels: labelled, Start: start}, theme)
	}
	texts, source, notes, err := p.gather(cmd, args, set)
	if explores && errors.Is(err, corpus.ErrEncoding) && askable(cmd, args, set) { // further on than asks looks
		return p.show(cmd.Context(), app.Options{Open: args[0], Labels: labelled, Start: start}, theme)
	}
	nothing := errors.Is(err, errNoTexts)
	if err != nil && !nothing {
		return err
	}
	if explores {
		return p.show(cmd.Context(), app.Options{Start: start, Texts: texts, Source: source, Files: filesOf(cmd, args), Set: set, Notices: notes, LeftOut: p.leftOut, Open: labelled}, theme)
	}
	if labelled != "" {
		return misused(cmd, "%s has labels, which the explorer opens: %s evaluate tries models at them", labelled, name)
	}
	for _, note := range notes {
		p.warn(note)
	}
	if nothing {
		return cmd.Help()
	}
	engine, candidates, _, err := p.candidates(cmd, nil)
	if err != nil {
		return err
	}
	c, err := p.newRun(engine, candidates, texts, source).compare(cmd.Context())
	if err != nil {
		return err
	}
	if err := report.CompareText(cmd.Context(), p.Out, c); err != nil {
		return writing(err)
	}
	return listed(c)
}

// notACommand tells a mistyped command from a file that is missing: a file has a
// directory or an ending, or is there.
func notACommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 || args[0] == stdinName || strings.ContainsAny(args[0], `./\`) {
		return nil
	}
	if _, err := os.Stat(args[0]); err == nil {
		return nil
	}
	guess := ""
	if like := cmd.SuggestionsFor(args[0]); len(like) > 0 {
		guess = fmt.Sprintf("; did you mean %s %s?", name, like[0])
	}
	return misused(cmd, "there is no command and no file %q%s", args[0], guess)
}

// show starts the explorer with what the last session left, and with what o has of
// texts already.
func (p *program) show(ctx context.Context, o app.Options, theme string) error {
	providers, err := p.registry(ctx)
	if err != nil {
		return err
	}
	engine, err := p.engine(ctx)
	if err != nil {
		return err
	}
	o.Engine, o.Counter, o.Environ, o.Usage = engine, corpus.NewCounter(), p.Environ, providers.Usage()
	o.Servers, o.News, o.Unkept, o.AllowInsecure = providers.Servers(), providers.Notices, providers.Unkept, providers.AllowInsecure
	o.Unasked, o.Origin, o.Find, o.SetKey = providers.Unasked, providers.Origin, providers.Discover, providers.SetKey
	o.Debug = p.servers.debug
	o.Refresh = func(ctx context.Context, provider string) (string, error) {
		_, changes, err := providers.Refresh(ctx, provider)
		return changes.String(), err
	}
	o.ForgetLimits = providers.ForgetLimits
	p.remember(&o)
	if theme != "" {
		o.Settings.Theme, o.State.Theme = theme, theme
	}
	return p.explore(ctx, o)
}

// remember fills in the settings, the last session and how to save this one.
// Nothing that goes wrong here keeps the explorer from starting.
func (p *program) remember(o *app.Options) {
	if p.servers.home != nil {
		o.Notices = append(o.Notices, p.servers.home.Error())
	}
	o.Notices = append(append(o.Notices, p.notices()...), p.servers.settings.Warnings...)
	o.Settings = p.servers.settings
	path := p.servers.paths.State
	state, aside, err := config.LoadState(path)
	if err != nil {
		o.Notices = append(o.Notices, err.Error())
	}
	if aside != "" {
		o.Notices = append(o.Notices, aside)
	}
	o.State = state
	if path == "" || err != nil {
		// There is no place to save to, or what stands there must not be replaced.
		o.Save = func(config.State) error { return nil }
		return
	}
	o.Save = func(s config.State) error { return config.SaveState(path, s) }
}

// addCompletion adds cobra's command, bound to the root's output as it is now; it
// would answer the name of an unknown shell with its help and success.
func (p *program) addCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	cmd, _, err := root.Find([]string{"completion"})
	mustComplete(err)
	cmd.Short = "Make a shell complete names and flags"
	cmd.Args = cobra.ArbitraryArgs
	cmd.RunE = p.command(func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return misused(cmd, "there is no completion for %q: use bash, fish, powershell or zsh", args[0])
		}
		return misused(cmd, "completion needs a shell: use bash, fish, powershell or zsh")
	})
}

// helpCommand is cobra's, but a command that does not exist is wrong usage.
func (p *program) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "Help about a command",
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			about, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return misused(root, "there is no command %q", strings.Join(args, " "))
			}
			about.InitDefaultHelpFlag()
			return about.Help()
		}),
		ValidArgsFunction: cobra.NoFileCompletions,
	}
}
