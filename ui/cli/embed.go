package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
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
	var req *request
	var model, prefix string
	var asJSON, asQuery bool
	role := newChoice(api.RoleNames()...)
	format := newChoice(formatJSONL, formatNPY, formatTSV)
	cmd := &cobra.Command{
		Use:   "embed --model M [FILE…]",
		Short: "Write the vectors of one model",
		Long: `Write the vectors of one model over the texts, each of unit length.

jsonl is one line a text: {"id","text","embedding"}; a text without a vector has the embedding null and a key "error". npy is a NumPy array of N×D float32; it cannot leave a text out, so one without a vector is an error. tsv is a header, then id, text and D columns of numbers; a tab or line break in a text becomes a space. A text without an id has its number.

Many models want certain words, or a field of the request, for queries, for the documents that are searched, and for texts that are compared with each other. Texts are embedded as documents unless --role says otherwise; --query is short for --role query, --prefix puts other words before every text (vecscope models --json has those of each model). Standard error says how the texts were sent, and the key "prefix" of jsonl what went before them; "text" is what was read. Prefixes edited in the explorer do not apply here.

` + payHelp,
		Example: `vecscope embed --model local/use-lite questions.csv
# cut to 256 dimensions, as a NumPy array
vecscope embed --model local/use-lite@256 --format npy a.csv > a.npy
echo "How do I get my money back?" | \
vecscope embed --model local/glove -
# as queries, with the model's query prefix or one of your own
vecscope embed --model nanogpt/BAAI/bge-large-en-v1.5 \
--query --yes queries.txt
vecscope embed --model nanogpt/Qwen/Qwen3-Embedding-8B \
--prefix $'Instruct: Find the answer\nQuery:' --yes queries.txt`,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			err := onlyOne(cmd, "format", "json")
			if err != nil {
				return err
			}
			if model == "" {
				return misused(cmd, "--model is missing: say which model, such as --model local/use-lite")
			}
			if strings.Contains(model, ",") {
				return misused(cmd, "embed takes one model: run it once for each of %s", model)
			}
			as := formatJSONL
			if asJSON {
				as = formatJSON
			} else if format.value != "" {
				as = format.value
			}
			if err := req.takeRole(cmd, asQuery, role.value, prefix); err != nil {
				return err
			}
			req.models = []string{model}
			return p.embed(cmd, req, args, as)
		}),
	}
	onceFlag(cmd, &model, "model", "embed takes one model", "which model: provider/model, or provider/model@256 for that many dimensions")
	cmd.Flags().Var(format, "format", "what to write: "+format.list()+" (default jsonl)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write one JSON array of what jsonl has in lines")
	cmd.Flags().BoolVar(&asQuery, "query", false, "the texts are queries: the same as --role query")
	cmd.Flags().Var(role, "role", "what the texts are embedded as: "+role.list()+" (default document)")
	onceFlag(cmd, &prefix, "prefix", "write all that goes before a text in one", "put this before every text")
	req = requestFlags(cmd)
	p.completeModels(cmd, "model")
	completeWith(cmd, "role", api.RoleNames)
	completeWith(cmd, "format", func() []string { return format.words })
	return cmd
}

// takeRole takes how the texts are sent by the flags --query, --role and --prefix.
func (req *request) takeRole(cmd *cobra.Command, asQuery bool, role, own string) error {
	if err := onlyOne(cmd, "query", "role", "prefix"); err != nil {
		return err
	}
	if why := api.QueryPrefixProblem(own); why != "" {
		return misused(cmd, "--prefix cannot be that: %s", why)
	}
	req.role = api.RoleDocument
	switch {
	case asQuery:
		req.role = api.RoleQuery
	case role != "":
		req.role = api.Role(role)
	case cmd.Flags().Changed("prefix"):
		words := api.QueryPrefix(own)
		req.prefix = &words
	}
	return nil
}

func (p *program) embed(cmd *cobra.Command, req *request, files []string, format string) error {
	if format == formatNPY && p.isTerminal(p.Out) {
		return misused(cmd, "npy is binary and would disturb the terminal: write it to a file with > vectors.npy")
	}
	r, err := p.prepare(cmd, req, files, format == formatJSON)
	if err != nil {
		return done(err)
	}
	if len(r.candidates) == 0 {
		return incomplete(report.Comparison{Failures: r.failures})
	}
	one := r.candidates[0]
	out, err := r.vectors(cmd.Context(), one)
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
	if lines := withoutVector(candidate, e.Failed, e.Texts); len(lines) > 0 {
		return &incompleteError{lines}
	}
	return nil
}
