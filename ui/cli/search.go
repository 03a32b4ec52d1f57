package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/report"
)

// searching is what the flags of search say.
type searching struct {
	*request
	query, queries string
	top            int
	weight         float64
	roles          *choice
}

func (p *program) searchCommand() *cobra.Command {
	var s searching
	var asJSON, asTSV, asTREC bool
	cmd := &cobra.Command{
		Use:   "search [FILE…]",
		Short: "Find the texts that answer a query, under each model",
		Long: `Find the texts nearest to a query under each model, side by side, and how much of what they find is the same.

Beside models stand local/bm25, which counts words, and MODEL+bm25, both rankings fused (reciprocal rank fusion, 1/(60 + rank) of each; --bm25-weight says what the words weigh where the model weighs 1: equal weights can make a good model worse). Without --models the built-in models and local/bm25 search.

A cosine stands beside its distance, in standard deviations (σ), from the similarity of any two of the texts: short queries are often under 0, so compare queries with each other. Scores of BM25 and of fused rankings compare within one query alone. Vectors are of unit length, so cosine, dot product and Euclidean distance rank alike.

--queries takes a .txt file (one query a line), or a .csv, .tsv or .jsonl file with a column "query"; "id" and "relevant" (ids with spaces between them, id:2 for a grade) if you like. With relevant texts it says how often they are found. Queries and texts are sent as the model wants each, unless --roles off. An index counts from 0, a rank from 1.

` + payHelp,
		Example: `vecscope search --query "cancel an order" faq.csv
vecscope search --set faq --top 3
vecscope search --models local/use-lite,local/use-lite+bm25,local/bm25 \
--queries questions.csv faq.csv --json
vecscope search --models local/glove --queries q.txt faq.csv --trec`,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			if err := onlyOne(cmd, "json", "tsv", "trec"); err != nil {
				return err
			}
			found, err := p.searched(cmd, &s, args, asJSON)
			if err != nil {
				return done(err)
			}
			missing := incomplete
			switch {
			case asJSON:
				err = report.SearchJSON(p.Out, found)
			case asTSV:
				err = report.SearchTSV(p.Out, found)
			case asTREC:
				err = report.SearchTREC(p.Out, found)
			default:
				missing = listed
				err = report.SearchText(p.Out, found)
			}
			if err != nil {
				return writing(err)
			}
			return missing(found.Comparison, linesAsErrors(found.UnaskedLines())...)
		}),
	}
	s.request = requestFlags(cmd)
	p.modelsFlag(cmd, &s.models)
	f := cmd.Flags()
	f.Lookup("models").Usage = "what searches, with commas between them: provider/model, provider/model@256, " + trial.BM25 + ", or a model with " + report.FusedSuffix + " behind it (default the built-in models and " + trial.BM25 + ")"
	onceFlag(cmd, &s.query, "query", "name a file of queries with --queries", "what is searched for")
	onceFlag(cmd, &s.queries, "queries", "put all queries into one file", "a file of queries")
	f.IntVar(&s.top, "top", 5, "how many hits of each")
	fusionFlag(cmd, &s.weight)
	s.roles = newChoice(rolesOn, rolesOff)
	f.Var(s.roles, "roles", "send texts as models want queries and documents: "+s.roles.list()+" (default "+rolesOn+")")
	completeWith(cmd, "roles", func() []string { return s.roles.words })
	f.BoolVar(&asJSON, "json", false, "write one JSON object")
	f.BoolVar(&asTSV, "tsv", false, "write one line a hit, with tabs between the columns")
	f.BoolVar(&asTREC, "trec", false, "write a TREC run")
	return cmd
}

// asked are the queries of a search.
type asked struct {
	labels.Questions
	alone  bool
	source string
}

// texts are the queries as texts to embed, with their ids.
func (a asked) texts() []corpus.Text {
	texts := make([]corpus.Text, len(a.Queries))
	for i, q := range a.Queries {
		texts[i] = corpus.Text{ID: q.ID, Text: q.Text}
	}
	return texts
}

// check says what is wrong with the flags.
func (s *searching) check(cmd *cobra.Command) error {
	if err := onlyOne(cmd, "query", "queries"); err != nil {
		return err
	}
	switch {
	case cmd.Flags().Changed("query") && strings.TrimSpace(s.query) == "":
		return misused(cmd, "the query is empty: write what is searched for")
	case s.top < 1:
		return misused(cmd, "--top %d shows no hit: use at least 1", s.top)
	}
	return checkWeight(cmd, s.weight)
}

// questions are what is asked: the query, the file of queries, or those that come with the
// built-in set. What is left out of a file is said on standard error.
func (p *program) questions(cmd *cobra.Command, s *searching) (asked, error) {
	switch {
	case s.query != "":
		q := labels.Query{Text: strings.TrimSpace(s.query)}
		return asked{Questions: labels.Questions{Queries: []labels.Query{q}}, alone: true}, nil
	case s.queries != "":
		q, err := labels.OpenQuestions(s.queries)
		for _, skipped := range q.Skipped {
			p.warn(skipped.Error())
		}
		return asked{Questions: q, source: s.queries}, err
	}
	if set, ok := corpus.FindSet(s.set); ok && set.Queries != "" {
		l, err := labels.OfSet(set)
		return asked{Questions: labels.Questions{Queries: l.Queries, Judged: true}, source: set.Title}, err
	}
	return asked{}, misused(cmd, "there is no query: write --query TEXT, or name a file with --queries")
}

// linesAsErrors makes an error of every line.
func linesAsErrors(lines []string) []error {
	errs := make([]error, len(lines))
	for i, line := range lines {
		errs[i] = errors.New(line)
	}
	return errs
}
