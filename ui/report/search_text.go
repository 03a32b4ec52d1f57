package report

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

const (
	// searchWidth is how wide the columns of hits may be together, and narrowestHits the
	// least for one row's.
	searchWidth, narrowestHits = 80, 22
	// rankWidth is what the ranks take, and searchGap what stands between two columns.
	rankWidth, searchGap = 4, 2
	// widestID is how much of a text's id stands before its wording.
	widestID = 24
)

// SearchText writes the hits of the rows side by side, rank beside rank, as plain text no
// wider than 80 columns but for what the ids of models take.
func SearchText(w io.Writer, s Search) error {
	d := s.document()
	return d.writeText(w)
}

func (s Search) document() document {
	var d document
	texts, queries := textIDs(s.Texts), textIDs(s.Queries)
	for i, q := range s.Queries {
		name := "Query"
		if !s.Alone {
			name = "Query " + term.Written(queries[i])
		}
		d.heading("%s: %s", name, excerpt(q.Text))
		s.sideBySide(&d, i, texts)
		s.doubts(&d, i)
		s.foundTexts(&d, i, texts)
	}
	d.shared(s)
	d.judgedRows(s)
	d.floorsOf(s)
	d.norms(s)
	d.problems(s.Comparison, unasked(s.Unasked, s.Queries, s.Alone)...)
	return d
}

// sideBySide writes the hits of as many rows beside each other as there is room for.
func (s Search) sideBySide(d *document, query int, texts []string) {
	lines := search.Align(s.Top, s.lists(query)...)
	alone := map[int]int{} // of a text that one row alone finds that row
	for _, l := range lines {
		if k := l.Alone(); k >= 0 {
			alone[l.Text] = k
		}
	}
	together := max(1, min(len(s.Rows), (searchWidth-rankWidth+searchGap)/(narrowestHits+searchGap)))
	for from := 0; from < len(s.Rows); from += together {
		rows := s.Rows[from:min(len(s.Rows), from+together)]
		t, names := s.hitTable(rows, query, alone, texts)
		if from > 0 {
			d.line("")
		}
		d.table(t)
		for k, r := range rows {
			if len(r.Hits[query]) == 0 {
				d.line("%s finds nothing.", names[k])
			}
		}
	}
	if legend := s.legend(query, len(alone) > 0); legend != "" {
		d.line("%s", legend)
	}
}

// hitTable has a column of hits for each of some rows, and the names over them.
func (s Search) hitTable(rows []SearchRow, query int, alone map[int]int, texts []string) (*table, []string) {
	width := (searchWidth-rankWidth)/len(rows) - searchGap
	names := make([]string, len(rows))
	for k, r := range rows {
		names[k] = term.Written(r.ID)
	}
	if len(rows) > 1 {
		names = term.DistinctCuts(names, width)
	}
	t := newTable(numbers("#"))
	var lines [][]string
	for k, r := range rows {
		t.columns = append(t.columns, words(names[k]))
		for at, hit := range s.column(query, r, alone, texts, width) {
			if at == len(lines) {
				lines = append(lines, append([]string{strconv.Itoa(at + 1)}, make([]string, len(rows))...))
			}
			lines[at][k+1] = hit
		}
	}
	for _, cells := range lines {
		t.add(cells...)
	}
	return t, names
}

// legend says what the marks beside the hits of a query mean.
func (s Search) legend(query int, alone bool) string {
	var parts []string
	if slices.ContainsFunc(s.Rows, func(r SearchRow) bool { return r.Cosine && len(r.Hits[query]) > 0 }) {
		parts = append(parts, "σ: from the similarity of any two texts")
	}
	if alone {
		parts = append(parts, "*: found by no other")
	}
	if len(s.Grades[query]) > 0 {
		parts = append(parts, "=: judged")
	}
	return strings.Join(parts, " · ")
}

// column writes the hits of a row at most so wide: the text's name, what it scores, how
// far out that is, its grade where it was judged, and whether no other row finds it.
func (s Search) column(query int, r SearchRow, alone map[int]int, texts []string, width int) []string {
	hits := r.Hits[query]
	names, scores, widest := make([]string, len(hits)), make([]string, len(hits)), 0
	for i, h := range hits {
		names[i], scores[i] = term.Written(texts[h.Index]), scoreText(r, h)
		if d := r.distance(h); !math.IsNaN(d) {
			scores[i] += " " + distanceText(d)
		}
		if grade, judged := s.Grades[query][h.Index]; judged {
			scores[i] += " =" + format.Plain(grade)
		}
		if _, only := alone[h.Index]; only {
			scores[i] += " *"
		}
		widest = max(widest, term.Width(scores[i]))
	}
	names = term.DistinctCuts(names, max(1, width-1-widest))
	wide := term.Widest(names)
	for i := range hits {
		names[i] = term.PadRight(names[i], wide) + " " + scores[i]
	}
	return names
}

// scoreText writes a cosine with two decimals, BM25 with one, and what ranks add up to
// with four.
func scoreText(r SearchRow, h search.Hit) string {
	switch {
	case r.Cosine:
		return format.Similarity(format.Round(h.Score, 6), 2)
	case h.Score < 1 && strings.HasSuffix(r.ID, FusedSuffix):
		return format.Fixed(h.Score, 4)
	}
	return format.Fixed(h.Score, 1)
}

// FusedSuffix ends the ids of rows in which a candidate is fused with BM25.
const FusedSuffix = trial.FusedSuffix

func distanceText(d float64) string { return fmt.Sprintf("%+.1fσ", format.Round(d, 1)) }

// doubts names the rows whose best hit may be no answer, as queries without one say that
// were judged. The background of whole texts says nothing of it: short queries lie under it.
func (s Search) doubts(d *document, query int) {
	for _, r := range s.Rows {
		if len(r.Hits[query]) == 0 {
			continue
		}
		best := r.Hits[query][0]
		if r.Floor != nil && r.Floor.Separates && best.Score < r.Floor.Score {
			d.line("%s: best hit under the floor of %s: perhaps no answer here.", term.Written(r.ID), format.Fixed(r.Floor.Score, 2))
		}
	}
}

// foundTexts writes every text that is found once.
func (s Search) foundTexts(d *document, query int, texts []string) {
	lines := search.Align(s.Top, s.lists(query)...)
	if len(lines) == 0 {
		return
	}
	widest := 0
	for _, l := range lines {
		widest = max(widest, term.Width(term.Written(texts[l.Text])))
	}
	widest = min(widest, widestID)
	t := newTable(words("id"), words("text"))
	for _, l := range lines {
		t.add(term.TailedCut(term.Written(texts[l.Text]), widest, widest/2), term.WrittenExcerpt(s.Texts[l.Text].Text, searchWidth-widest-searchGap))
	}
	d.line("")
	d.table(t)
}

// shared says how much of the first hits every two rows have in common, on average over
// the queries.
func (d *document) shared(s Search) {
	if len(s.Rows) < 2 {
		return
	}
	d.heading("Hits in common among the first %d", s.Top)
	t := newTable(words("model"), words("and"), numbers("in common"))
	for k, a := range s.Rows {
		for _, b := range s.Rows[k+1:] {
			var total, n float64
			for i := range s.Queries {
				if o := search.Overlap(s.Top, a.Hits[i], b.Hits[i]); !math.IsNaN(o) {
					total, n = total+o, n+1
				}
			}
			cell := format.Unknown
			if n > 0 {
				cell = format.Fixed(100*total/n, 0) + "%"
			}
			t.add(term.Written(a.ID), term.Written(b.ID), cell)
		}
	}
	d.table(t)
}

// judgedRows writes how the rows do at the queries that somebody judged.
func (d *document) judgedRows(s Search) {
	t := newTable(words("model"), numbers("hit@1"), numbers("hit@3"), numbers("hit@10"), numbers("MRR"), numbers("nDCG@10"), numbers("not judged"))
	queries := 0
	for _, r := range s.Rows {
		if m := r.Judged; m != nil {
			queries = m.Queries
			t.add(term.Written(r.ID), findings.Score(m.Hit1), findings.Score(m.Hit3), findings.Score(m.Hit10), findings.Score(m.MRR), findings.Score(m.NDCG),
				fmt.Sprintf("%d of %d", m.Unjudged, m.Hits))
		}
	}
	if len(t.rows) == 0 {
		return
	}
	d.heading("At %s with a relevant text", Queries.count(queries))
	d.table(t)
	d.line("Hits that nobody judged count as not relevant. Whether a difference is more")
	d.line("than chance, vecscope evaluate tells.")
}

// floorsOf says under which score a best hit is no answer, where queries without an answer
// tell.
func (d *document) floorsOf(s Search) {
	begun := false
	for _, r := range s.Rows {
		if r.Floor == nil {
			continue
		}
		if !begun {
			d.heading("The score under which a query has no answer")
			begun = true
		}
		d.floor(r.ID, *r.Floor)
	}
}

// floor says what a row's floor is.
func (d *document) floor(id string, f search.Floor) {
	switch {
	case f.TooFew:
		d.line("%s: too few queries without an answer to tell.", term.Written(id))
	case !f.Separates:
		d.line("%s: no floor separates them.", term.Written(id))
	default:
		d.line("%s: %s; decided without itself the mean of both shares is %s.", term.Written(id), findings.Score(f.Score), findings.Score(f.LeftOut))
	}
}

// norms names the candidates whose vectors came unnormalised.
func (d *document) norms(s Search) {
	begun := false
	for _, r := range s.Rows {
		if !r.Cosine || !r.Norms.Unnormalised() {
			continue
		}
		if !begun {
			d.heading("Vectors that did not come at unit length")
			begun = true
		}
		d.line("%s: %s to %s long: by dot product they would rank otherwise.", term.Written(r.ID), format.Fixed(r.Norms.Low, 2), format.Fixed(r.Norms.High, 2))
	}
}
