package cli

import (
	"context"
	"slices"
	"strings"

	"charm.land/fang/v2"
	"github.com/charmbracelet/x/ansi"
	xterm "github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const (
	// helpWidth is the width of help that goes to no terminal, and widestHelp the
	// greatest on one.
	helpWidth, widestHelp = 80, 120
	// helpMargin stands before the names of flags and commands, helpGap after them.
	helpMargin, helpGap = 4, 2
	// narrowestHelp is the least room for what a flag does.
	narrowestHelp = 24
)

// styleHelp gives the commands fang's help and version. fang gives its help only to
// the command that it executes, and leaves two things out that are added here: the
// names of the flags' values, and lines no wider than the terminal.
func (p *program) styleHelp(ctx context.Context, root *cobra.Command) {
	styled := &cobra.Command{Use: name, Run: func(*cobra.Command, []string) {}}
	styled.SetArgs([]string{})
	styled.SetOut(p.plain(p.Out))
	styled.SetErr(p.plain(p.Err))
	// A command that does nothing cannot fail.
	_ = fang.Execute(ctx, styled, fang.WithVersion(version()), fang.WithCommit(commit()), fang.WithoutManpage())
	help := styled.HelpFunc()
	root.Version, root.SilenceErrors, root.SilenceUsage = styled.Version, true, true
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		help(shown(cmd, p.helpWidth()), args)
	})
}

func (p *program) helpWidth() int {
	if file, ok := p.Out.(interface{ Fd() uintptr }); ok {
		if w, _, err := xterm.GetSize(file.Fd()); err == nil {
			return widthFor(w)
		}
	}
	return helpWidth
}

// widthFor is the width of help on a terminal of so many columns; some tell none.
func widthFor(columns int) int {
	if columns <= 0 {
		return helpWidth
	}
	return min(columns, widestHelp)
}

// shown is a command as its help shows it: a copy, among copies of those around
// it, whose texts are as wide as there is room for.
func shown(cmd *cobra.Command, width int) *cobra.Command {
	copied := outline(cmd)
	copied.Long = wrap(copied.Long, width-helpMargin)
	copied.SetOut(cmd.OutOrStdout())
	space := describe(cmd, copied, width)
	for _, c := range cmd.Commands() {
		child := outline(c)
		child.Short = wrap(child.Short, max(width-helpMargin-space-helpGap, narrowestHelp))
		copied.AddCommand(child)
	}
	for child, parent := copied, cmd.Parent(); parent != nil; parent = parent.Parent() {
		above := outline(parent)
		above.AddCommand(child)
		for _, c := range parent.Commands() {
			if c.Name() != child.Name() {
				above.AddCommand(outline(c))
			}
		}
		child = above
	}
	return copied
}

// outline copies what a command is called and says of itself.
func outline(c *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use: c.Use, Short: c.Short, Long: c.Long, Example: c.Example, Hidden: c.Hidden,
		DisableFlagsInUseLine: c.DisableFlagsInUseLine, Run: func(*cobra.Command, []string) {},
	}
}

// describe copies the flags of a command with the names of their values, and gives
// the width of the column of names.
func describe(cmd, copied *cobra.Command, width int) (space int) {
	var flags []*pflag.Flag
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden || asksNobody(cmd) && cmd.InheritedFlags().Lookup(f.Name) != nil {
			return
		}
		is := *f
		if value := valueName(f); value != "" {
			is.Name += " " + value
		}
		if !slices.Contains([]string{"", "false", "0", "$0", "0s", "[]"}, f.DefValue) {
			is.Usage += " (default " + f.DefValue + ")"
		}
		is.DefValue = ""
		flags = append(flags, &is)
		space = max(space, len("--"+is.Name))
	})
	for _, c := range cmd.Commands() {
		if !c.Hidden {
			space = max(space, ansi.StringWidth(c.Use))
		}
	}
	for _, f := range flags {
		f.Usage = wrap(f.Usage, max(width-helpMargin-space-helpGap, narrowestHelp))
		copied.Flags().AddFlag(f)
	}
	return space
}

// asksNobody tells that a command has nothing to do with servers, and so no use for
// the flags about them.
func asksNobody(cmd *cobra.Command) bool {
	for c := cmd; c != nil; c = c.Parent() {
		if slices.Contains([]string{"config", "completion", "help", moneyTopic}, c.Name()) {
			return true
		}
	}
	return false
}

// wrap breaks lines at spaces alone: a flag's name stays whole.
func wrap(text string, width int) string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		line := ""
		for _, word := range strings.Fields(paragraph) {
			switch {
			case line == "":
				line = word
			case ansi.StringWidth(line)+1+ansi.StringWidth(word) > width:
				lines = append(lines, line)
				line = word
			default:
				line += " " + word
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// valueName is what stands for a flag's value; empty for one that takes none.
func valueName(f *pflag.Flag) string {
	switch f.Name {
	case "debug", "queries", "corpus", "pairs", "groups", "per-item":
		return "FILE"
	case "beir":
		return "FOLDER"
	case "set", "provider", "fault", "dialect", textColumn, idColumn, groupColumn:
		return "NAME"
	case "format", stdinFormat:
		return "FORMAT"
	case "prefix":
		return "TEXT"
	case "model":
		return "MODEL"
	case "models":
		return "MODELS"
	case "max-size":
		return "MB"
	}
	switch kind := f.Value.Type(); kind {
	case "bool":
		return ""
	case "duration":
		return "TIME"
	case "int", "uint64", "float64":
		return "NUMBER"
	case "string":
		return "TEXT"
	default:
		return strings.ToUpper(kind)
	}
}
