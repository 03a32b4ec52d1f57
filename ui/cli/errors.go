package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/corpus"
	"github.com/vecscope/vecscope/ui/report"
)

// usageError reports a command that was not understood.
type usageError struct {
	Err error
	// See is the command whose help says more; may be empty.
	See string
}

func (e *usageError) Error() string {
	line := e.Err.Error()
	switch {
	case e.See == "":
		return line
	case strings.HasSuffix(line, "?"):
		return fmt.Sprintf("%s See %s --help", line, e.See)
	}
	return fmt.Sprintf("%s; see %s --help", line, e.See)
}

// Unwrap gives the cause.
func (e *usageError) Unwrap() error { return e.Err }

// misused is a usageError that points to the command's help.
func misused(cmd *cobra.Command, format string, args ...any) error {
	return &usageError{Err: fmt.Errorf(format, args...), See: cmd.CommandPath()}
}

// writing is the error for results that could not be written.
func writing(err error) error { return fmt.Errorf("the results could not be written: %w", err) }

// incompleteError reports that a part of the results is missing; the rest is
// printed.
type incompleteError struct {
	// Problems are one line each.
	Problems []string
}

func (e *incompleteError) Error() string { return e.Problems[0] }

// incomplete is nil when nothing is missing in a comparison.
func incomplete(c report.Comparison, more ...error) error {
	lines := c.FailureLines()
	for _, r := range c.Results {
		if line := withoutVector(r.Failed, c.Texts); line != "" {
			lines = append(lines, r.Candidate.ID()+": "+line)
		}
	}
	for _, err := range more {
		if err != nil {
			lines = append(lines, err.Error())
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return &incompleteError{lines}
}

// withoutVector says how many texts have no vector and why the first has none.
func withoutVector(failed map[int]error, texts []corpus.Text) string {
	if len(failed) == 0 {
		return ""
	}
	at := slices.Min(slices.Collect(maps.Keys(failed)))
	first := api.WithID(failed[at], texts[at].ID)
	if len(failed) == 1 {
		return first.Error()
	}
	return fmt.Sprintf("%d texts have no vector; the first: %v", len(failed), first)
}
