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

// texts is gather for commands: what is to be said of the reading is said on standard
// error.
func (p *program) texts(cmd *cobra.Command, files []string, set string) ([]corpus.Text, string, error) {
	texts, source, notes, err := p.gather(cmd, files, set)
	for _, note := range notes {
		p.warn(note)
	}
	return texts, source, err
}

// gather reads what the arguments and --set name or, when they name nothing, what
// is piped in. source says where they come from, and notes, a line each, what was left
// out, changed or guessed. The error is errNoTexts when there is nothing to read, a
// usage error, a *corpus.ReadError, or ctx's.
func (p *program) gather(cmd *cobra.Command, files []string, set string) (texts []corpus.Text, source string, notes []string, err error) {
	switch {
	case set != "" && len(files) > 0:
		return nil, "", nil, misused(cmd, "--set and a file exclude each other: give one of them")
	case set != "":
		s, ok := corpus.FindSet(set)
		if !ok {
			return nil, "", nil, misused(cmd, "there is no built-in set %q: use %s", set, either(corpus.SetNames()))
		}
		return s.Texts, s.Title, nil, nil
	case len(files) == 0 && p.isTerminal(p.In):
		return nil, "", nil, errNoTexts
	case len(files) == 0:
		piped := bufio.NewReader(p.In)
		reading, err := p.read(cmd, stdinCalled, func(o corpus.Options) (*corpus.Reading, error) {
			if _, err := piped.Peek(1); errors.Is(err, io.EOF) {
				return nil, errNoTexts
			}
			return readStdin(cmd, piped, o)
		})
		if err != nil {
			return nil, "", nil, err
		}
		return reading.Texts, stdinCalled, notesOf(cmd, stdinCalled, reading), nil
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

func (p *program) files(cmd *cobra.Command, files []string) (texts []corpus.Text, source string, notes []string, err error) {
	var names []string
	owner := map[string]string{} // id → the file that has it
	piped := false
	for _, file := range files {
		path := corpus.PathOf(file)
		read, called := func(o corpus.Options) (*corpus.Reading, error) { return corpus.LoadFile(cmd.Context(), path, o) }, filepath.Base(path)
		if file == stdinName {
			if piped {
				return nil, "", nil, misused(cmd, "- stands twice: standard input can be read once")
			}
			piped = true
			read, called = func(o corpus.Options) (*corpus.Reading, error) { return readStdin(cmd, p.In, o) }, stdinCalled
		}
		reading, err := p.read(cmd, called, read)
		if err != nil {
			return nil, "", nil, err
		}
		if err := claim(owner, reading.Texts, called); err != nil {
			return nil, "", nil, err
		}
		notes = append(notes, notesOf(cmd, called, reading)...)
		texts, names = append(texts, reading.Texts...), append(names, called)
		if len(texts) > corpus.MaxTexts {
			return nil, "", nil, fmt.Errorf("%s: together there are more than %d texts; take a part of them", namesOf(names), corpus.MaxTexts)
		}
	}
	return texts, namesOf(names), notes, nil
}

// mostNamed is how many files are named one by one.
const mostNamed = 4

// namesOf names files in a few words, be they a whole folder's.
func namesOf(names []string) string {
	if len(names) <= mostNamed {
		return strings.Join(names, ", ")
	}
	named := names[:mostNamed-2]
	return fmt.Sprintf("%s and %d more files", strings.Join(named, ", "), len(names)-len(named))
}

// read reads what is called so as the flags say, and shows how far it is.
func (p *program) read(cmd *cobra.Command, called string, read func(corpus.Options) (*corpus.Reading, error)) (*corpus.Reading, error) {
	shown := p.newProgress()
	defer shown.close()
	shown.start("reading "+called, 0)
	o := readingOptions(cmd)
	o.Progress, o.Rows = shown.reportBytes, shown.reportRows
	reading, err := waitFor(cmd.Context(), func() (*corpus.Reading, error) { return read(o) })
	if err == nil && reading.Left > 0 {
		p.keepLeftOut(reading)
	}
	return reading, advised(err)
}

// keepLeftOut keeps which rows were left out of a file, for the explorer.
func (p *program) keepLeftOut(r *corpus.Reading) {
	if p.leftOut == nil {
		p.leftOut = &corpus.Reading{}
	}
	p.leftOut.Left += r.Left
	p.leftOut.Reasons = append(p.leftOut.Reasons, r.Reasons...)
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

// stdinCalled is what standard input is called to people.
const stdinCalled = "standard input"

func readStdin(cmd *cobra.Command, in io.Reader, o corpus.Options) (*corpus.Reading, error) {
	format, _ := corpus.FormatNamed(cmd.Flag(stdinFormat).Value.String())
	return corpus.Load(cmd.Context(), in, stdinCalled, format, o)
}

// notesOf are the lines to be said of a reading. One says how to have standard input
// read as what its first line looks like, when it was read as one text a line because
// nothing else was said.
func notesOf(cmd *cobra.Command, called string, r *corpus.Reading) (notes []string) {
	if called == stdinCalled && !cmd.Flags().Changed(stdinFormat) {
		if like := corpus.GuessFormat(r.Texts[0].Text); like != corpus.FormatTXT {
			notes = append(notes, fmt.Sprintf("standard input was read as one text a line, but looks like %s: --%s %s reads it as such", like, stdinFormat, like))
		}
	}
	if note := readingNote(called, r); note != "" {
		notes = append(notes, note)
	}
	return notes
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
