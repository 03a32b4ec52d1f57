package report

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// DuplicatesText writes the pairs as plain text, one after the other with both
// texts. safe makes foreign text safe for one line.
func DuplicatesText(w io.Writer, d Duplicates, safe func(string) string) error {
	var doc document
	title := fmt.Sprintf("Duplicate pairs at %s or more in %s", threshold(d.Threshold), count(len(d.Texts), "text"))
	if d.Source != "" {
		title += " from " + safe(d.Source)
	}
	doc.heading("%s", title)
	if len(d.Results) > 0 {
		doc.table(d.summary(safe))
	}
	doc.problems(d.Comparison, safe)
	doc.readInPart(d.Comparison, safe)
	if len(d.Pairs) == 0 && len(d.Results) > 0 {
		doc.heading("No pair is that similar")
		doc.line("The greatest similarity of each candidate stands above: a threshold under it finds pairs.")
	}
	ids := textIDs(d.Texts)
	for i, p := range d.Pairs {
		doc.heading("Pair %d: %s and %s", i+1, safe(ids[p.A]), safe(ids[p.B]))
		doc.table(d.verdicts(p, safe))
		doc.line("%s: %s", safe(ids[p.A]), shown(d.Texts[p.A].Text, safe))
		doc.line("%s: %s", safe(ids[p.B]), shown(d.Texts[p.B].Text, safe))
	}
	return doc.writeText(w)
}

// summary counts the pairs of each candidate beside its background, because the
// same threshold does not mean the same in two models.
func (d Duplicates) summary(safe func(string) string) *table {
	t := newTable(words("candidate"), numbers("duplicates"), numbers("of pairs"), numbers("background mean"), numbers("p95"), numbers("max"))
	for _, r := range d.Results {
		b := r.Scan.Background
		mean, p95, most := unknown, unknown, unknown
		if b.Pairs > 0 {
			mean, p95, most = similarity(b.Mean), similarity(b.P95), beside(b.Max, d.Threshold)
		}
		t.add(safe(r.Candidate.ID()), strconv.Itoa(r.Scan.CountAt(d.Threshold)), strconv.Itoa(b.Pairs), mean, p95, most)
	}
	return t
}

func (d Duplicates) verdicts(p Pair, safe func(string) string) *table {
	t := newTable(words("candidate"), numbers("similarity"), words("duplicate"))
	for k, id := range d.candidates() {
		s, verdict := unknown, "no"
		if !math.IsNaN(p.Similarity[k]) {
			s = beside(p.Similarity[k], d.Threshold)
		}
		if p.Similarity[k] >= d.Threshold {
			verdict = "yes"
		}
		t.add(safe(id), s, verdict)
	}
	return t
}

// beside writes a similarity with three decimals, or with as many as it takes to
// stand on the right side of the threshold.
func beside(s, threshold float64) string {
	for decimals := 3; decimals < 9; decimals++ {
		if (round(s, decimals) >= threshold) == (s >= threshold) {
			return strconv.FormatFloat(round(s, decimals), 'f', decimals, 64)
		}
	}
	return strconv.FormatFloat(s, 'g', -1, 64)
}

// nearly rounds a similarity to nine decimals, unless that would put it on the
// other side of the threshold. NaN stays.
func nearly(s, threshold float64) float64 {
	if r := round(s, 9); (r >= threshold) == (s >= threshold) {
		return r
	}
	return s
}

func threshold(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// DuplicatesTSV writes one line a pair under a header: the ids of the texts, the
// similarity under each candidate (empty when there is none), the candidates that
// call it a duplicate, and the texts.
func DuplicatesTSV(w io.Writer, d Duplicates) error {
	t := newTSV(w)
	candidates := d.candidates()
	header := append([]string{"a", "b"}, candidates...)
	t.row(append(header, "duplicate", "text_a", "text_b")...)
	ids := textIDs(d.Texts)
	for _, p := range d.Pairs {
		row := []string{ids[p.A], ids[p.B]}
		for _, s := range p.Similarity {
			cell := ""
			if !math.IsNaN(s) {
				cell = strconv.FormatFloat(nearly(s, d.Threshold), 'f', -1, 64)
			}
			row = append(row, cell)
		}
		t.row(append(row, strings.Join(d.duplicateIn(p), " "), d.Texts[p.A].Text, d.Texts[p.B].Text)...)
	}
	return t.end()
}
