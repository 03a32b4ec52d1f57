package cli

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
)

// The flags that say how files and standard input are to be read.
const (
	textColumn   = "text-column"
	idColumn     = "id-column"
	groupColumn  = "group-column"
	encodingFlag = "encoding"
	strictFlag   = "strict"
)

// encoding is a flag that takes the name of one.
type encoding string

func (e *encoding) String() string { return string(*e) }

func (e *encoding) Type() string { return "name" }

func (e *encoding) Set(s string) error {
	known, ok := corpus.EncodingNamed(s)
	if !ok {
		return errors.New("use " + either(encodingNames()))
	}
	*e = encoding(known)
	return nil
}

func encodingNames() []string {
	var names []string
	for _, e := range corpus.Encodings() {
		names = append(names, e.Name)
	}
	return names
}

// readingFlags adds them.
func readingFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArray(textColumn, nil, `column, or JSON key, with the texts (default "text", else one called alike, such as "question"); several, as in "subject,body", make one text of their values`)
	flags.String(idColumn, "", `column or key with their ids (default "id", else one called alike; "none" for no ids)`)
	flags.String(groupColumn, "", `column or key with their groups (default "group", else one called alike, such as "label"; "none" for no groups)`)
	flags.Var(new(encoding), encodingFlag, "how characters are written, such as windows-1252 (default utf-8, or utf-16 where a file shows it)")
	flags.Bool(strictFlag, false, "stop at the first row that cannot be used, instead of leaving it out")
	completeWith(cmd, encodingFlag, encodingNames)
}

// readingOptions are what those flags say.
func readingOptions(cmd *cobra.Command) corpus.Options {
	value := func(flag string) string { return cmd.Flag(flag).Value.String() }
	return corpus.Options{
		Columns:  corpus.Columns{Text: textColumns(cmd), ID: value(idColumn), Group: value(groupColumn)},
		Encoding: value(encodingFlag),
		Strict:   value(strictFlag) == "true",
	}
}

// textColumns are those that were named for the texts, by one flag or several.
func textColumns(cmd *cobra.Command) string {
	list, ok := cmd.Flag(textColumn).Value.(pflag.SliceValue)
	if !ok {
		return ""
	}
	told := list.GetSlice()
	if len(told) == 1 {
		return told[0] // it may name several itself
	}
	return corpus.JoinColumns(told...)
}

// filesOf are the files that those arguments name, read as the flags say; the zero Files
// where standard input is among them.
func filesOf(cmd *cobra.Command, args []string) corpus.Files {
	if len(args) == 0 || slices.Contains(args, stdinName) {
		return corpus.Files{}
	}
	paths := make([]string, len(args))
	for i, file := range args {
		paths[i] = corpus.PathOf(file)
	}
	return corpus.FilesAt(readingOptions(cmd), paths...)
}

// asks tells that the explorer has something to ask about the one file that it is
// started with: how it is written, or which column has what.
func asks(cmd *cobra.Command, files []string, set string) bool {
	if !askable(cmd, files, set) {
		return false
	}
	look, err := corpus.LookAt(cmd.Context(), corpus.PathOf(files[0]), readingOptions(cmd))
	return errors.Is(err, corpus.ErrEncoding) || err == nil && !look.Sure
}

// askable tells that the explorer is started with one file of which nothing was said.
func askable(cmd *cobra.Command, files []string, set string) bool {
	o := readingOptions(cmd)
	if set != "" || len(files) != 1 || files[0] == stdinName || o.Strict || o.Encoding != "" || o.Columns != (corpus.Columns{}) {
		return false
	}
	info, err := os.Stat(corpus.PathOf(files[0]))
	return err == nil && info.Mode().IsRegular() // a pipe can be read once
}

// labelsAmong takes the file of labels, or the folder that has some, out of the files
// that the explorer is started with; labelled is empty when there is none. The error
// says that there are several.
func labelsAmong(cmd *cobra.Command, files []string) (texts []string, labelled string, err error) {
	if o := readingOptions(cmd); o.Encoding != "" || o.Columns != (corpus.Columns{}) {
		return files, "", nil // they are said to be texts
	}
	for _, file := range files {
		kind, err := labels.KindOf(corpus.PathOf(file))
		switch {
		case file == stdinName || err != nil || kind == labels.KindTexts:
			texts = append(texts, file)
		case labelled != "":
			return nil, "", misused(cmd, "%s and %s both have labels: open one after the other", labelled, file)
		default:
			labelled = file
		}
	}
	return texts, labelled, nil
}

// readingNote says in one line what of a file was left out, changed or guessed; empty
// when it was read as it stands.
func readingNote(called string, r *corpus.Reading) string {
	notes := r.Notes()
	if len(notes) == 0 {
		return ""
	}
	line := called + ": " + strings.Join(notes, "; ")
	if r.Guessed {
		line += fmt.Sprintf(" (--%s, --%s and --%s name others)", textColumn, idColumn, groupColumn)
	}
	return line
}

// advised adds to an error which flag helps.
func advised(err error) error {
	var read *corpus.ReadError
	switch {
	case err == nil || !errors.As(err, &read):
	case errors.Is(err, corpus.ErrEncoding):
		return fmt.Errorf("%w (--%s)", err, encodingFlag)
	case errors.Is(err, corpus.ErrColumns):
		return fmt.Errorf("%w (--%s)", err, textColumn)
	}
	return err
}
