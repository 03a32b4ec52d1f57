package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/pipeline"
)

const (
	// matrixLimit is the number of texts up to which a person can read a matrix.
	matrixLimit = 40
	// bestPairs is how many pairs are listed for each candidate.
	bestPairs = 10
	// fewProblems is how many texts without a vector are listed for each candidate.
	fewProblems = 5
	// textWidth is how many columns of a text are shown in a list.
	textWidth = 160
)

// CompareText writes the comparison as plain text. safe makes foreign text safe
// for one line.
func CompareText(w io.Writer, c Comparison, safe func(string) string) error {
	d := compareDocument(c, safe)
	return d.writeText(w)
}

// CompareMarkdown writes the comparison as Markdown with tables.
func CompareMarkdown(w io.Writer, c Comparison, safe func(string) string) error {
	d := compareDocument(c, safe)
	return d.writeMarkdown(w)
}

func compareDocument(c Comparison, safe func(string) string) document {
	var d document
	title := "Comparison of " + count(len(c.Texts), "text")
	if c.Source != "" {
		title += " from " + safe(c.Source)
	}
	d.heading("%s", title)
	if len(c.Results) > 0 {
		d.candidateList(c.Results, safe)
		d.costs(c, safe)
		d.backgrounds(c.Results, safe)
	}
	d.problems(c, safe)
	d.readInPart(c, safe)
	if Readable(c) {
		d.texts(c, safe)
		for _, r := range c.Results {
			d.matrix(r, safe)
		}
	} else {
		d.heading("Matrices")
		d.line("%d texts are too many to read as a matrix here; the JSON report has every value.", len(c.Texts))
	}
	ids := textIDs(c.Texts)
	for _, r := range c.Results {
		d.mostSimilar(r, c, ids, safe)
	}
	return d
}

// candidateList says what was compared.
func (d *document) candidateList(results []*pipeline.Result, safe func(string) string) {
	d.heading("Candidates")
	t := newTable(words("candidate"), numbers("dimensions"), words("derived"), numbers("$ per 1M tokens"))
	for _, r := range results {
		derived := "no"
		if r.Derived {
			derived = "yes"
		}
		t.add(safe(r.Candidate.ID()), strconv.Itoa(r.Candidate.Dimensions), derived, price(r.Model.Price))
	}
	d.table(t)
}

// costs says what it took to embed the texts, and those that stood there before. Candidates cut from the same vectors
// share that, so the sum stands apart.
func (d *document) costs(c Comparison, safe func(string) string) {
	d.heading("Cost and time")
	t := newTable(words("candidate"), numbers("tokens"), numbers("cached"), numbers("cost"), numbers("ms"), numbers("requests"), numbers("p50 ms"), numbers("p95 ms"))
	for _, r := range c.Results {
		tokens := strconv.Itoa(r.Usage.Tokens)
		if r.Usage.Estimated && r.Usage.Tokens > 0 {
			tokens = "≈" + tokens
		}
		usd := unknown
		if x := cost(r); x != nil {
			usd = Dollars(*x)
		}
		t.add(safe(r.Candidate.ID()), tokens, strconv.Itoa(r.Usage.Cached), usd, tenth(milliseconds(r.Usage.Elapsed)),
			strconv.Itoa(r.Usage.Requests), latencyCell(r, 0.50), latencyCell(r, 0.95))
	}
	d.table(t)
	if slices.ContainsFunc(c.Results, func(r *pipeline.Result) bool { return r.UsageOfOthers }) {
		d.line("Texts that were changed or taken out since are counted too.")
	}
	if line := SpentLine(c.Paid); line != "" {
		d.line("In all %s.", line)
	}
}

// latencyCell is the time of a request that a share of all does not exceed.
func latencyCell(r *pipeline.Result, share float64) string {
	ms := latency(r.Usage.Latencies, share)
	if ms == nil {
		return unknown
	}
	return tenth(*ms)
}

func tenth(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

func (d *document) backgrounds(results []*pipeline.Result, safe func(string) string) {
	d.heading("Background: the similarity of all pairs of different texts")
	t := newTable(words("candidate"), numbers("pairs"), numbers("mean"), numbers("sd"), numbers("p5"), numbers("p50"),
		numbers("p95"), numbers("p99"), numbers("min"), numbers("max"))
	for _, r := range results {
		b := r.Scan.Background
		row := []string{safe(r.Candidate.ID()), strconv.Itoa(b.Pairs)}
		for _, x := range []float64{b.Mean, b.SD, b.P5, b.P50, b.P95, b.P99, b.Min, b.Max} {
			cell := unknown
			if b.Pairs > 0 {
				cell = similarity(x)
			}
			row = append(row, cell)
		}
		t.add(row...)
	}
	d.table(t)
}

// problems says what is missing in the report and why; of many reasons under the
// same candidate only the first few.
func (d *document) problems(c Comparison, safe func(string) string) {
	failures, problems := c.FailureLines(), c.missing()
	if len(failures)+len(problems) == 0 {
		return
	}
	d.heading("Missing")
	for _, line := range failures {
		d.line("%s", safe(line))
	}
	same, more := 0, 0
	for i, p := range problems {
		if i > 0 && p.Candidate != problems[i-1].Candidate {
			same, more = 0, 0
		}
		if same++; same <= fewProblems {
			d.line("%s: %s", safe(p.Candidate), safe(p.Message))
		} else {
			more += len(p.Texts)
		}
		if last := i == len(problems)-1 || problems[i+1].Candidate != p.Candidate; last && more > 0 {
			d.line("%s: and %s", safe(p.Candidate), count(more, "more text"))
		}
	}
}

// readInPart says which candidates did not read all of which texts.
func (d *document) readInPart(c Comparison, safe func(string) string) {
	lines := c.ReadInPart()
	if len(lines) == 0 {
		return
	}
	d.heading("Read only in part")
	for _, l := range lines {
		d.line("%s", safe(l))
	}
}

func (d *document) texts(c Comparison, safe func(string) string) {
	d.heading("Texts")
	t := newTable(numbers("number"), words("id"), words("group"), words("text"))
	for i, text := range c.Texts {
		t.add(strconv.Itoa(i+1), safe(text.ID), safe(text.Group), shown(text.Text, safe))
	}
	d.table(t)
}

// matrix writes the similarities with the texts' numbers at both sides.
func (d *document) matrix(r *pipeline.Result, safe func(string) string) {
	d.heading("Similarity under %s", safe(r.Candidate.ID()))
	n := r.Matrix.Len()
	t := newTable(numbers("text"))
	for i := range n {
		t.columns = append(t.columns, numbers(strconv.Itoa(i+1)))
	}
	for i := range n {
		row := []string{strconv.Itoa(i + 1)}
		for k := range n {
			cell := unknown
			if s, ok := r.Matrix.At(i, k); ok {
				cell = similarity(s)
			}
			row = append(row, cell)
		}
		t.add(row...)
	}
	d.table(t)
}

func (d *document) mostSimilar(r *pipeline.Result, c Comparison, ids []string, safe func(string) string) {
	pairs := r.Scan.Pairs()
	pairs = pairs[:min(len(pairs), bestPairs)]
	if len(pairs) == 0 {
		return
	}
	d.heading("Most similar under %s", safe(r.Candidate.ID()))
	t := newTable(numbers("similarity"), words("a"), words("b"), words("text a"), words("text b"))
	for _, p := range pairs {
		t.add(similarity(p.Similarity), safe(ids[p.A]), safe(ids[p.B]),
			shorter(c.Texts[p.A].Text, safe), shorter(c.Texts[p.B].Text, safe))
	}
	d.table(t)
}

// similarity writes a cosine with three decimals, which is more than the models'
// own accuracy.
func similarity(s float64) string { return fmt.Sprintf("%.3f", round(s, 3)) }

// shown is a text as far as a list shows it.
func shown(text string, safe func(string) string) string { return cut(text, textWidth, safe) }

// shorter is a text where two stand in one line.
func shorter(text string, safe func(string) string) string { return cut(text, textWidth/4, safe) }

// cut makes a text safe and at most that wide. No more of a very long text is
// looked at than could be shown.
func cut(text string, width int, safe func(string) string) string {
	const bytesPerColumn = 32
	if limit := width * bytesPerColumn; len(text) > limit {
		text = text[:limit] + "…"
	}
	return ansi.Truncate(safe(text), width, "…")
}

// Readable tells whether a comparison has few enough texts for the text and
// Markdown reports to print its matrices.
func Readable(c Comparison) bool { return len(c.Texts) <= matrixLimit }
