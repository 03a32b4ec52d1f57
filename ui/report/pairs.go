package report

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// DuplicatesText writes the pairs as plain text, one after the other with both
// texts.
func DuplicatesText(w io.Writer, d Duplicates) error {
	doc := d.document()
	return doc.writeText(w)
}

// DuplicatesMarkdown writes the same as Markdown with tables.
func DuplicatesMarkdown(w io.Writer, d Duplicates) error {
	doc := d.document()
	return doc.writeMarkdown(w)
}

func (d Duplicates) document() document {
	var doc document
	title := fmt.Sprintf("Duplicate pairs at %s or more in %s", format.Plain(d.Threshold), format.PlainCount(len(d.Texts), "text"))
	if d.Own != nil {
		title = "Duplicate pairs at each model's own threshold in " + format.PlainCount(len(d.Texts), "text")
	}
	if d.Source != "" {
		title += " from " + term.Written(d.Source)
	}
	doc.heading("%s", title)
	if d.Only != "" {
		doc.line("%s", d.Only)
	}
	if len(d.Results) > 0 {
		doc.table(d.summary())
	}
	doc.problems(d.Comparison)
	doc.readInPart(d.Comparison)
	if len(d.Pairs) == 0 && len(d.Results) > 0 {
		doc.heading("No pair is that similar")
		doc.line("The greatest similarity of each model stands above: a threshold under it finds pairs.")
	}
	ids := textIDs(d.Texts)
	for i, p := range d.Pairs {
		doc.heading("Pair %d: %s and %s", i+1, term.Written(ids[p.A]), term.Written(ids[p.B]))
		doc.table(d.verdicts(p))
		doc.line("%s: %s", term.Written(ids[p.A]), excerpt(d.Texts[p.A].Text))
		doc.line("%s: %s", term.Written(ids[p.B]), excerpt(d.Texts[p.B].Text))
	}
	return doc
}

// summary counts the pairs of each candidate beside its background, because the
// same threshold is strict for one model and loose for another.
func (d Duplicates) summary() *table {
	t := newTable(words("model"), numbers("duplicates"), numbers("of pairs"), numbers("background mean"), numbers("p95"), numbers("max"))
	if d.Own != nil {
		t.columns = append(t.columns, numbers("threshold"))
	}
	for k, r := range d.Results {
		b := r.Scan.Background
		mean, p95, most := format.Unknown, format.Unknown, format.Unknown
		if b.Pairs > 0 {
			mean, p95, most = statistic(b.Mean), percentile(b.P95), format.Near(highest(r), d.threshold(k), 3, 17)
		}
		row := []string{term.Written(r.Candidate.ID()), strconv.Itoa(r.Scan.CountAt(d.threshold(k))), strconv.Itoa(b.Pairs), mean, p95, most}
		if d.Own != nil {
			row = append(row, format.Plain(d.Own[k]))
		}
		t.add(row...)
	}
	return t
}

func (d Duplicates) verdicts(p Pair) *table {
	t := newTable(words("model"), numbers("similarity"), words("duplicate"))
	for k, id := range d.candidates() {
		s, verdict := format.Unknown, "no"
		if !math.IsNaN(p.Similarity[k]) {
			s = format.Near(p.Similarity[k], d.threshold(k), 3, 17)
		}
		if p.Similarity[k] >= d.threshold(k) {
			verdict = "yes"
		}
		t.add(term.Written(id), s, verdict)
	}
	return t
}

// roundNear rounds a similarity down to that many decimals, unless that would put it on
// the other side of the threshold: a threshold copied from the output finds its own
// pair. NaN stays.
func roundNear(s, threshold float64, decimals int) float64 {
	if r := format.Down(s, decimals); (r >= threshold) == (s >= threshold) {
		return r
	}
	return s
}

// DuplicatesTSV writes one line a pair under a header: the ids of the texts, the
// similarity under each candidate (empty when there is none), the candidates that
// call it a duplicate, and the texts.
func DuplicatesTSV(w io.Writer, d Duplicates) error { return newTSV(w).Duplicates(d) }

// Duplicates writes the pairs in the columns of DuplicatesTSV.
func (s *Sheet) Duplicates(d Duplicates) error { return d.columns().fill(s, d.Pairs) }

// columns are what sheets say of every pair.
func (d Duplicates) columns() columns[Pair] {
	ids := textIDs(d.Texts)
	c := columns[Pair]{
		{key: "a", value: func(p Pair) any { return ids[p.A] }},
		{key: "b", value: func(p Pair) any { return ids[p.B] }},
	}
	for k, id := range d.candidates() {
		c = append(c, column[Pair]{key: id, value: func(p Pair) any { return finite(roundNear(p.Similarity[k], d.threshold(k), 9)) }})
	}
	return append(c,
		column[Pair]{key: "duplicate", value: func(p Pair) any { return strings.Join(d.duplicateIn(p), " ") }},
		column[Pair]{key: "text_a", value: func(p Pair) any { return d.Texts[p.A].Text }},
		column[Pair]{key: "text_b", value: func(p Pair) any { return d.Texts[p.B].Text }})
}
