package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/format"
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
func writing(err error) error {
	return fmt.Errorf("the results could not be written: %w; write them to another place", err)
}

// incompleteError reports that a part of the results is missing; the rest is
// printed.
type incompleteError struct {
	// Problems are one line each.
	Problems []string
}

func (e *incompleteError) Error() string { return e.Problems[0] }

// fewReasons is how many reasons are told why texts have no vector.
const fewReasons = 5

// incomplete is nil when nothing is missing in a comparison.
func incomplete(c report.Comparison, more ...error) error {
	var lines []string
	for _, r := range c.Results {
		lines = append(lines, withoutVector(r.Candidate.ID(), r.Failed, c.Texts)...)
	}
	return lacking(c, lines, more)
}

// listed is incomplete after a report for people, whose heading Missing has the list of
// texts without a vector: it says of how many each candidate has none.
func listed(c report.Comparison, more ...error) error {
	var lines []string
	for _, r := range c.Results {
		if n := len(r.Failed); n > 0 {
			lines = append(lines, fmt.Sprintf("%s: no vector for %d of %s; see Missing in the report", r.Candidate.ID(), n, format.PlainCount(len(c.Texts), "text")))
		}
	}
	return lacking(c, lines, more)
}

// lacking is what a comparison lacks: candidates, vectors, and more; nil for nothing.
func lacking(c report.Comparison, vectors []string, more []error) error {
	lines := append(c.FailureLines(), vectors...)
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

// withoutVector says which texts have no vector and why.
func withoutVector(candidate string, failed map[int]error, texts []corpus.Text) []string {
	var lines []string
	more := 0
	for i, p := range report.Missing(candidate, failed, texts) {
		if i < fewReasons {
			lines = append(lines, candidate+": "+p.Message)
			continue
		}
		more += len(p.Texts)
	}
	if more > 0 {
		lines = append(lines, fmt.Sprintf("%s: and %s", candidate, format.PlainCount(more, "more text")))
	}
	return lines
}
