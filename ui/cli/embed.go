package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/ui/report"
)

// Formats of embed.
const (
	formatJSONL = "jsonl"
	formatNPY   = "npy"
	formatTSV   = "tsv"
	formatJSON  = "json" // by --json
)

func (p *program) embedCommand() *cobra.Command {
	var r *request
	var model string
	var asJSON bool
	format := newChoice(formatJSONL, formatNPY, formatTSV)
	cmd := &cobra.Command{
		Use:   "embed --model M [FILE…]",
		Short: "Write the vectors of one model over the texts",
		Long: `Write the vectors of one model over the texts, each of unit length.

jsonl is one line a text: {"id","text","embedding"}; a text without a vector has the embedding null and a key "error". npy is a NumPy array of N×D float32; it cannot leave a text out, so one without a vector is an error. tsv is a header, then id, text and D columns of numbers; a tab or line break in a text becomes a space. A text without an id has its number.`,
		Example: `vecscope embed --model local/use-lite questions.csv
# cut to 256 dimensions, as a NumPy array
vecscope embed --model local/use-lite@256 --format npy questions.csv > questions.npy
echo "How do I get my money back?" | vecscope embed --model local/glove -`,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			if err := onlyOne(cmd, "format", "json"); err != nil {
				return err
			}
			if model == "" {
				return misused(cmd, "--model is missing: say which model, such as --model local/use-lite")
			}
			as := formatJSONL
			if asJSON {
				as = formatJSON
			} else if format.value != "" {
				as = format.value
			}
			r.models = []string{model}
			return p.embed(cmd, r, args, as)
		}),
	}
	cmd.Flags().StringVar(&model, "model", "", "the model: provider/model, or provider/model@256 for that many dimensions")
	cmd.Flags().Var(format, "format", "what to write: "+format.list()+" (jsonl)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write one JSON array of what jsonl has in lines")
	r = requestFlags(cmd)
	p.completeModels(cmd, "model")
	completeWith(cmd, "format", func() []string { return format.words })
	return cmd
}

func (p *program) embed(cmd *cobra.Command, r *request, files []string, format string) error {
	if format == formatNPY && p.isTerminal(p.Out) {
		return misused(cmd, "npy is binary and would disturb the terminal: write it to a file with > vectors.npy")
	}
	w, err := p.prepare(cmd, r, files, format == formatJSON)
	if err != nil {
		return done(err)
	}
	one := w.candidates[0]
	out, err := w.vectors(cmd.Context(), one)
	if err != nil {
		if cmd.Context().Err() != nil {
			return err
		}
		return &incompleteError{report.Comparison{Failures: []report.Failure{{Candidate: one.ID(), Err: err}}}.FailureLines()}
	}
	return p.writeEmbeddings(one.ID(), out, format)
}

func (p *program) writeEmbeddings(candidate string, e report.Embeddings, format string) error {
	write := map[string]func() error{
		formatJSONL: func() error { return report.EmbeddingsJSONL(p.Out, e) },
		formatJSON:  func() error { return report.EmbeddingsJSON(p.Out, e) },
		formatNPY:   func() error { return report.EmbeddingsNPY(p.Out, e) },
		formatTSV:   func() error { return report.EmbeddingsTSV(p.Out, e) },
	}[format]
	var missing *report.MissingVectorError
	switch err := write(); {
	case errors.As(err, &missing):
		return fmt.Errorf("%s: %w", candidate, err)
	case err != nil:
		return writing(err)
	}
	if line := withoutVector(e.Failed, e.Texts); line != "" {
		return &incompleteError{[]string{candidate + ": " + line}}
	}
	return nil
}
