package report

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/format"
)

// Failure is a candidate that something went wrong with.
type Failure struct {
	// Candidate is its id.
	Candidate string
	// Err says what went wrong, in one line.
	Err error
}

// Message is what went wrong, without the provider's name where the candidate's
// begins with it already.
func (f Failure) Message() string {
	provider, _, _ := strings.Cut(f.Candidate, "/")
	return strings.TrimPrefix(f.Err.Error(), provider+": ")
}

// Noun is what texts are called, one and many.
type Noun struct{ One, Many string }

// What texts are called.
var (
	Texts   = Noun{"text", "texts"}
	Queries = Noun{"query", "queries"}
)

// count is "1 text", "2 texts".
func (n Noun) count(k int) string { return strconv.Itoa(k) + " " + format.Agree(k, n.One, n.Many) }

// Comparison is what is known of some candidates over the same texts.
type Comparison struct {
	// Source says where the texts come from, such as a file's name; may be empty.
	Source string
	// Texts are what was compared, in order.
	Texts []corpus.Text
	// Called is what they are called; empty is Texts.
	Called Noun
	// Results holds the candidates that could be compared, in the order asked for.
	Results []*pipeline.Result
	// Failures holds the others.
	Failures []Failure
	// Spent is what asking the models took, a row for each, and Paid the rows of
	// those that cost money.
	Spent, Paid []api.Tally
}

// FailureLines says why candidates could not be compared, a line for each reason:
// those that are made from the same vectors share it.
func (c Comparison) FailureLines() []string {
	var reasons []string
	names := map[string][]string{}
	for _, f := range c.Failures {
		why := f.Message()
		if names[why] == nil {
			reasons = append(reasons, why)
		}
		names[why] = append(names[why], f.Candidate)
	}
	lines := make([]string, len(reasons))
	for i, why := range reasons {
		lines[i] = strings.Join(names[why], ", ") + ": " + why
	}
	return lines
}

// fewClipped is how many of the texts that a candidate read only in part are
// named in a line.
const fewClipped = 20

// namedMissing is how many of the texts without a vector are named in a line.
const namedMissing = 5

// ReadInPart says of every candidate that read only the beginning of some texts, or
// does not know a good part of them, which ones, a line each.
func (c Comparison) ReadInPart() []string {
	var lines []string
	var ids []string
	called := cmp.Or(c.Called, Texts)
	for _, r := range c.Results {
		if ids == nil && r.InPart() > 0 {
			ids = textIDs(c.Texts)
		}
		if len(r.Clipped) > 0 {
			limit := ""
			if n := r.Model.MaxTokens; n > 0 {
				limit = fmt.Sprintf(" (its limit is %s)", format.PlainCount(n, "token"))
			}
			lines = append(lines, fmt.Sprintf("%s read only the beginning of %s%s: %s",
				r.Candidate.ID(), called.count(len(r.Clipped)), limit, fewIDs(r.Clipped, ids)))
		}
		if len(r.Unknown) > 0 {
			lines = append(lines, fmt.Sprintf("%s knows only a part of %s, and what it does not know looks all alike to it: %s",
				r.Candidate.ID(), called.count(len(r.Unknown)), fewIDs(r.Unknown, ids)))
		}
	}
	return lines
}

// TooLong says which of the texts, which are called so, are longer than a model reads.
func TooLong(m api.Model, at []int, texts []corpus.Text, called Noun) string {
	are := "are"
	if len(at) == 1 {
		are = "is"
	}
	return fmt.Sprintf("%s reads %s, and %s %s longer (%s)", m.Ref(), format.PlainCount(m.MaxTokens, "token"), called.count(len(at)), are, fewIDs(at, textIDs(texts)))
}

// fewIDs names texts by their ids, of many only the first.
func fewIDs(at []int, ids []string) string { return firstIDs(at, ids, fewClipped) }

// firstIDs names texts by their ids, at most so many.
func firstIDs(at []int, ids []string, most int) string {
	more := ""
	if n := len(at) - most; n > 0 {
		at, more = at[:most], fmt.Sprintf(" and %d more", n)
	}
	return strings.Join(idsAt(at, ids), ", ") + more
}

// idsAt gives the ids of texts; never nil.
func idsAt(at []int, ids []string) []string {
	out := make([]string, len(at))
	for k, i := range at {
		out[k] = ids[i]
	}
	return out
}

// textIDs names every text by one word that no other text has: its id or, when it
// was given none, its number from 1. A number that is another text's id gets a
// "#" in front.
func textIDs(texts []corpus.Text) []string {
	taken := make(map[string]bool, len(texts))
	for _, t := range texts {
		taken[t.ID] = true
	}
	ids := make([]string, len(texts))
	for i, t := range texts {
		ids[i] = t.ID
		if t.ID != "" {
			continue
		}
		id := strconv.Itoa(i + 1)
		for taken[id] {
			id = "#" + id
		}
		ids[i] = id
	}
	return ids
}
