package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/compare/corpus"
)

// stdinName stands for standard input where a file is named.
const stdinName = "-"

// errNoTexts tells that no texts were named or piped.
var errNoTexts = errors.New("no texts")

// texts reads what the arguments and --set name or, when they name nothing, what
// is piped in. source says where they come from. The error is errNoTexts when
// there is nothing to read, a usage error, a *corpus.ReadError, or ctx's.
func (p *program) texts(cmd *cobra.Command, files []string, set string) (texts []corpus.Text, source string, err error) {
	switch {
	case set != "" && len(files) > 0:
		return nil, "", misused(cmd, "--set and a file cannot be had at once: choose one")
	case set != "":
		s, ok := corpus.FindSet(set)
		if !ok {
			return nil, "", misused(cmd, "there is no built-in set %q: use %s", set, either(corpus.SetNames()))
		}
		return s.Texts, s.Title, nil
	case len(files) == 0:
		if p.isTerminal(p.In) {
			return nil, "", errNoTexts
		}
		piped := bufio.NewReader(p.In)
		texts, err := waitFor(cmd.Context(), func() ([]corpus.Text, error) {
			if _, err := piped.Peek(1); errors.Is(err, io.EOF) {
				return nil, errNoTexts
			}
			return readStdin(cmd, piped)
		})
		p.hintFormat(cmd, texts)
		return texts, "standard input", err
	}
	return p.files(cmd, files)
}

// needTexts is texts for commands that can do nothing without.
func (p *program) needTexts(cmd *cobra.Command, files []string, set string) ([]corpus.Text, string, error) {
	texts, source, err := p.texts(cmd, files, set)
	if errors.Is(err, errNoTexts) {
		err = misused(cmd, "there are no texts: name a file, - for standard input, or a built-in set with --set")
	}
	return texts, source, err
}

func (p *program) files(cmd *cobra.Command, files []string) (texts []corpus.Text, source string, err error) {
	var names []string
	owner := map[string]string{} // id → the file that has it
	piped := false
	for _, file := range files {
		read, called := func() ([]corpus.Text, error) { return corpus.ReadFile(file) }, filepath.Base(file)
		if file == stdinName {
			if piped {
				return nil, "", misused(cmd, "- stands twice: standard input can be read once")
			}
			piped = true
			read, called = func() ([]corpus.Text, error) { return readStdin(cmd, p.In) }, "standard input"
		}
		more, err := waitFor(cmd.Context(), read)
		if err != nil {
			return nil, "", err
		}
		if file == stdinName {
			p.hintFormat(cmd, more)
		}
		if err := claim(owner, more, called); err != nil {
			return nil, "", err
		}
		texts, names = append(texts, more...), append(names, called)
		if len(texts) > corpus.MaxTexts {
			return nil, "", fmt.Errorf("%s: together there are more than %d texts; take a part of them", strings.Join(names, ", "), corpus.MaxTexts)
		}
	}
	return texts, strings.Join(names, ", "), nil
}

// claim sees to it that an id belongs to one file, because results could not tell
// two texts of the same id apart.
func claim(owner map[string]string, texts []corpus.Text, file string) error {
	for _, t := range texts {
		if t.ID == "" {
			continue
		}
		if first, taken := owner[t.ID]; taken {
			return fmt.Errorf("%s: the id %.60q is in %s too; give each text its own", file, t.ID, first)
		}
		owner[t.ID] = file
	}
	return nil
}

func readStdin(cmd *cobra.Command, in io.Reader) ([]corpus.Text, error) {
	format, _ := corpus.FormatNamed(cmd.Flag(stdinFormat).Value.String())
	return corpus.Read(in, "standard input", format)
}

// hintFormat says how to have standard input read as what its first line looks
// like, when it was read as one text a line because nothing else was said.
func (p *program) hintFormat(cmd *cobra.Command, texts []corpus.Text) {
	if cmd.Flags().Changed(stdinFormat) || len(texts) == 0 {
		return
	}
	if like := corpus.GuessFormat(texts[0].Text); like != corpus.FormatTXT {
		p.warn(fmt.Sprintf("standard input was read as one text a line, but looks like %s: --%s %s reads it as such", like, stdinFormat, like))
	}
}

// waitFor reads without keeping an interrupt waiting: a pipe may never end. The
// goroutine of an interrupted read is left behind, blocked in the system, until the
// process ends right after.
func waitFor[T any](ctx context.Context, read func() (T, error)) (T, error) {
	type answer struct {
		read T
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		got, err := read()
		done <- answer{got, err}
	}()
	select {
	case a := <-done:
		return a.read, a.err
	case <-ctx.Done():
		var nothing T
		return nothing, ctx.Err()
	}
}
