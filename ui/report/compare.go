package report

import (
	"context"
	"io"
	"slices"
	"strconv"

	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

const (
	// MatrixLimit is the number of texts up to which matrices are printed: a person cannot
	// read larger ones.
	MatrixLimit = 40
	// bestPairs is how many pairs are listed for each candidate.
	bestPairs = 10
	// fewProblems is how many texts without a vector are listed for each candidate.
	fewProblems = 5
	// textWidth is how many columns of a text are shown in a list.
	textWidth = 160
)

// CompareText writes the comparison as plain text. The error is ctx's when that ends
// first, or w's.
func CompareText(ctx context.Context, w io.Writer, c Comparison) error {
	d, err := compareDocument(ctx, c)
	if err != nil {
		return err
	}
	return d.writeText(w)
}

// CompareMarkdown writes the comparison as Markdown with tables, with the same errors.
func CompareMarkdown(ctx context.Context, w io.Writer, c Comparison) error {
	d, err := compareDocument(ctx, c)
	if err != nil {
		return err
	}
	return d.writeMarkdown(w)
}

func compareDocument(ctx context.Context, c Comparison) (document, error) {
	var d document
	title := "Comparison of " + format.PlainCount(len(c.Texts), "text")
	if c.Source != "" {
		title += " from " + term.Written(c.Source)
	}
	d.heading("%s", title)
	if len(c.Results) > 0 {
		d.candidateList(c.Results)
		d.costs(c)
		d.backgrounds(c.Results)
	}
	judged, err := c.judge(ctx)
	if err != nil {
		return d, err
	}
	d.judged(judged)
	d.problems(c)
	d.readInPart(c)
	switch {
	case Readable(c):
		d.texts(c)
		for _, r := range c.Results {
			d.matrix(r)
		}
	case len(c.Results) > 0:
		d.heading("Matrices")
		d.line("%d texts are too many to read as a matrix here; the JSON report has every value.", len(c.Texts))
	}
	ids := textIDs(c.Texts)
	for _, r := range c.Results {
		d.mostSimilar(r, c, ids)
	}
	return d, nil
}

// candidateList says what was compared.
func (d *document) candidateList(results []*pipeline.Result) {
	d.heading("Models")
	d.table(candidateColumns(nil).pick("id", "dimensions", "derived", "price_per_million_tokens").table(results))
}

// costs says what it took to embed the texts, and those that stood there before. Candidates cut from the same vectors
// share that, so the sum stands apart.
func (d *document) costs(c Comparison) {
	d.heading("Cost and time")
	d.table(candidateColumns(nil).pick("id", "tokens", "cached", "cost_usd", "milliseconds", "requests", "latency_p50_ms", "latency_p95_ms").table(c.Results))
	if slices.ContainsFunc(c.Results, func(r *pipeline.Result) bool { return r.UsageOfOthers }) {
		d.line("Texts that were changed or removed since are counted too.")
	}
	if line := SpentLine(c.Paid); line != "" {
		d.line("Total: %s.", line)
	}
}

func (d *document) backgrounds(results []*pipeline.Result) {
	d.heading("Background: the similarity of all pairs of different texts")
	d.table(append(candidateColumns(nil).pick("id"), backgroundColumns...).table(results))
}

// problems says what is missing in the report and why; of many reasons under the
// same candidate only the first few. More stands behind them.
func (d *document) problems(c Comparison, more ...Problem) {
	failures, problems := c.FailureLines(), c.missing()
	if len(failures)+len(problems)+len(more) == 0 {
		return
	}
	d.heading("Missing")
	for _, line := range failures {
		d.line("%s", term.Written(line))
	}
	same, others := 0, 0
	for i, p := range problems {
		if i > 0 && p.Candidate != problems[i-1].Candidate {
			same, others = 0, 0
		}
		if same++; same <= fewProblems {
			d.line("%s: %s", term.Written(p.Candidate), term.Written(p.Message))
		} else {
			others += len(p.Texts)
		}
		if last := i == len(problems)-1 || problems[i+1].Candidate != p.Candidate; last && others > 0 {
			d.line("%s: and %s", term.Written(p.Candidate), format.PlainCount(others, "more text"))
		}
	}
	for _, p := range more {
		d.line("%s: %s", term.Written(p.Candidate), term.Written(p.Message))
	}
}

// readInPart says which candidates did not read all of which texts.
func (d *document) readInPart(c Comparison) {
	lines := c.ReadInPart()
	if len(lines) == 0 {
		return
	}
	d.heading("Read in part")
	for _, l := range lines {
		d.line("%s", term.Written(l))
	}
}

func (d *document) texts(c Comparison) {
	d.heading("Texts")
	d.table(textTable(c.Texts, excerpt))
}

// matrix writes the similarities with the texts' numbers at both sides.
func (d *document) matrix(r *pipeline.Result) {
	d.heading("Similarity under %s", term.Written(r.Candidate.ID()))
	n := r.Matrix.Len()
	t := newTable(numbers("text"))
	for i := range n {
		t.columns = append(t.columns, numbers(strconv.Itoa(i+1)))
	}
	for i := range n {
		row := []string{strconv.Itoa(i + 1)}
		for k := range n {
			cell := format.Unknown
			if r.Vectors.Has(i) && r.Vectors.Has(k) {
				cell = format.Similarity(r.Vectors.Similarity(i, k), 3)
			}
			row = append(row, cell)
		}
		t.add(row...)
	}
	d.table(t)
}

func (d *document) mostSimilar(r *pipeline.Result, c Comparison, ids []string) {
	pairs := r.Scan.Pairs()
	pairs = pairs[:min(len(pairs), bestPairs)]
	if len(pairs) == 0 {
		return
	}
	d.heading("Most similar under %s", term.Written(r.Candidate.ID()))
	t := newTable(numbers("similarity"), words("a"), words("b"), words("text a"), words("text b"))
	for _, p := range pairs {
		t.add(format.Similarity(p.Similarity, 3), term.Written(ids[p.A]), term.Written(ids[p.B]),
			shortExcerpt(c.Texts[p.A].Text), shortExcerpt(c.Texts[p.B].Text))
	}
	d.table(t)
}

// percentile writes a cosine under which a share of all pairs lies, rounded down as that of
// a pair is. What float32 has lost of it, under six decimals, does not count.
func percentile(s float64) string { return format.Similarity(format.Round(s, 6), 3) }

// statistic writes a mean or a deviation, which nobody takes for a threshold.
func statistic(v float64) string { return format.Fixed(format.Round(v, 3), 3) }

// excerpt is a text as far as a list shows it.
func excerpt(text string) string { return term.WrittenExcerpt(text, textWidth) }

// shortExcerpt is a text where two stand in one line.
func shortExcerpt(text string) string { return term.WrittenExcerpt(text, textWidth/4) }

// Readable tells whether a comparison has few enough texts for the text and
// Markdown reports to print its matrices.
func Readable(c Comparison) bool { return len(c.Texts) <= MatrixLimit }
