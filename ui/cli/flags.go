package cli

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/format"
)

// choice is a flag that takes one of a few words; empty when it was not given.
type choice struct {
	value string
	words []string
}

func newChoice(words ...string) *choice { return &choice{words: words} }

func (c *choice) String() string { return c.value }

func (c *choice) Type() string { return "word" }

func (c *choice) Set(s string) error {
	if !slices.Contains(c.words, s) {
		return errors.New("use " + c.list())
	}
	c.value = s
	return nil
}

// list writes "a, b or c".
func (c *choice) list() string { return either(c.words) }

func either(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// once is a flag that takes one text: a second is refused, for the first would be lost.
type once struct {
	value *string
	given bool
	use   string // what to do with several
}

func (o *once) String() string {
	if o.value == nil {
		return ""
	}
	return *o.value
}

func (o *once) Type() string { return "string" }

func (o *once) Set(s string) error {
	if o.given {
		return errors.New("it is given twice: " + o.use)
	}
	*o.value, o.given = s, true
	return nil
}

// onceFlag adds a flag that takes one text; a second is refused with what to do instead.
func onceFlag(cmd *cobra.Command, value *string, name, use, usage string) {
	cmd.Flags().Var(&once{value: value, use: use}, name, usage)
}

// inWords says what a number has to be where a flag's value is none.
func inWords(err error) error {
	var invalid *pflag.InvalidValueError
	var number *strconv.NumError
	if !errors.As(err, &invalid) {
		return err
	}
	use := ""
	switch kind := invalid.GetFlag().Value.Type(); {
	case kind == "duration" && strings.HasPrefix(invalid.Unwrap().Error(), "time: "):
		use = "use a time such as 500ms or 2s"
	case !errors.As(err, &number):
		return err
	case errors.Is(number, strconv.ErrRange):
		use = "that is too large a number"
	case kind == "uint64":
		use = "use a whole number from 0"
	case kind == "int":
		use = "use a whole number"
	case kind == "float64":
		use = "use a number such as 0.5"
	default:
		return err
	}
	return fmt.Errorf("invalid argument %q for --%s: %s", invalid.GetValue(), invalid.GetFlag().Name, use)
}

// cosine is a flag that takes a similarity.
type cosine float64

func (c *cosine) String() string { return strconv.FormatFloat(float64(*c), 'g', -1, 64) }

func (c *cosine) Type() string { return "number" }

func (c *cosine) Set(s string) error {
	x, problem := format.ParseThreshold(s)
	if problem != "" {
		return errors.New("use a number from -1 to 1, such as 0.95")
	}
	*c = cosine(x)
	return nil
}

// age is a flag that takes a time in days, such as 90d, or in hours and less.
type age time.Duration

func (a *age) String() string { return time.Duration(*a).String() }

func (a *age) Type() string { return "duration" }

func (a *age) Set(s string) error {
	const use = "use a time above 0 such as 90d or 12h"
	d, err := time.ParseDuration(s)
	if days, ok := strings.CutSuffix(s, "d"); ok {
		var n float64
		n, err = strconv.ParseFloat(days, 64)
		if !(n > 0 && n < 36_500) {
			return errors.New(use)
		}
		d = time.Duration(n * 24 * float64(time.Hour))
	}
	if err != nil || d <= 0 {
		return errors.New(use)
	}
	*a = age(d)
	return nil
}

// megabytes is a flag that takes a size.
type megabytes int64

func (m *megabytes) String() string { return strconv.FormatInt(int64(*m), 10) }

func (m *megabytes) Type() string { return "MB" }

func (m *megabytes) Set(s string) error {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 1 || n > 1e9 {
		return errors.New("use a whole number of megabytes from 1 on; vecscope cache clear removes everything")
	}
	*m = megabytes(n)
	return nil
}

// bytes are how many they are.
func (m megabytes) bytes() int64 { return int64(m) * 1_000_000 }

// stdinFormat is the flag that tells the format of standard input, which has no
// name to tell it.
const stdinFormat = "stdin-format"

// setFlag adds the flags about texts: --set takes those of a built-in set,
// --stdin-format tells how those on standard input are written, and the others how
// they are to be read.
func setFlag(cmd *cobra.Command, set *string) {
	onceFlag(cmd, set, "set", "take one set", "take a built-in set of texts instead of a file: "+either(corpus.SetNames()))
	completeWith(cmd, "set", corpus.SetNames)
	format := newChoice(corpus.FormatNames()...)
	cmd.Flags().Var(format, stdinFormat, "how the texts on standard input are written: "+format.list()+" (default txt, one a line)")
	completeWith(cmd, stdinFormat, corpus.FormatNames)
	readingFlags(cmd)
}

// modelsFlag adds --models.
func (p *program) modelsFlag(cmd *cobra.Command, models *[]string) {
	cmd.Flags().StringSliceVar(models, "models", nil,
		"models to compare, with commas between them: provider/model, or provider/model@256 for that many dimensions (default the built-in models)")
	p.completeModels(cmd, "models")
}

// unlistedFlag is the flag that asks for models that no list has.
const unlistedFlag = "unlisted"

// completeModels completes the last of several references.
func (p *program) completeModels(cmd *cobra.Command, flag string) {
	complete := func(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		engine, err := p.engine(cmd.Context())
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		before := typed[:strings.LastIndexByte(typed, ',')+1]
		var refs []string
		for _, m := range engine.Catalog.Models() {
			if m.Unselectable() == "" && !m.Unlikely {
				refs = append(refs, before+m.Ref())
			}
		}
		return refs, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
	mustComplete(cmd.RegisterFlagCompletionFunc(flag, complete))
}

// completeWith completes a flag with fixed words.
func completeWith(cmd *cobra.Command, flag string, words func() []string) {
	complete := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return words(), cobra.ShellCompDirectiveNoFileComp
	}
	mustComplete(cmd.RegisterFlagCompletionFunc(flag, complete))
}

// mustComplete fails for a flag or command that does not exist, which is a mistake
// in the program that its first run shows.
func mustComplete(err error) {
	if err != nil {
		panic(fmt.Sprintf("cli: %v", err))
	}
}

// onlyOne reports when more than one of the flags was given.
func onlyOne(cmd *cobra.Command, flags ...string) error {
	var given []string
	for _, f := range flags {
		if cmd.Flags().Changed(f) {
			given = append(given, "--"+f)
		}
	}
	if len(given) > 1 {
		return misused(cmd, "%s exclude each other: give one of them", strings.Join(given, " and "))
	}
	return nil
}
