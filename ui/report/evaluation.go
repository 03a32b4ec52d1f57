package report

import (
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// Evaluation is how candidates do on labelled texts, and what follows.
type Evaluation struct {
	Comparison
	Trial    *trial.Trial
	Findings *trial.Findings
	// Tokens is how many the texts have, counted or estimated, or TokensUnknown, and
	// Documents for how many texts like them costs are told; 0 is none but these.
	Tokens, Documents int
	// Queries are those of the labels as given, and Unasked the candidates that have no
	// vector for some of them.
	Queries []corpus.Text
	Unasked []Unasked
}

// TokensUnknown stands for tokens that are not counted yet.
const TokensUnknown = -1

// Sentence is the verdict in plain words.
func (e Evaluation) Sentence() string {
	return findings.Sentence(e.Trial, e.Findings, func(r *trial.Row) string { return r.ID })
}

// TokensOf is how many tokens so many documents have that are like the texts; 0
// documents are the texts themselves.
func (e Evaluation) TokensOf(documents int) float64 {
	if documents == 0 || len(e.Texts) == 0 {
		return float64(e.Tokens)
	}
	return float64(e.Tokens) / float64(len(e.Texts)) * float64(documents)
}

// evaluationRow is a row of the table with its figures.
type evaluationRow struct {
	*trial.Row
	estimates []evaluate.Estimate // nil without a score
	standing  string
	toBest    *evaluate.Difference // the row less the best; nil when it is not compared
	cost      *float64             // of the texts
	documents *float64             // of so many documents
}

// metrics are the names of the metrics that were measured.
func (e Evaluation) metrics() []string { return e.Trial.Labels.Metrics() }

// rows are the rows of the trial with what was found of them.
func (e Evaluation) rows() []evaluationRow {
	rows := make([]evaluationRow, len(e.Trial.Rows))
	for i := range e.Trial.Rows {
		r := evaluationRow{Row: &e.Trial.Rows[i]}
		if place := e.Trial.PlaceOf(i); place >= 0 {
			r.estimates = e.Findings.Estimates[place]
			r.standing, r.toBest = e.standing(r.Row, place)
		}
		if usd, known := r.CostOf(e.TokensOf(0)); known && (e.Tokens != TokensUnknown || usd == 0) {
			r.cost = &usd
		}
		if usd, known := r.CostOf(e.TokensOf(e.Documents)); known && e.Documents > 0 && (e.Tokens != TokensUnknown || usd == 0) {
			r.documents = &usd
		}
		rows[i] = r
	}
	return rows
}

// standing is where a row stands in the verdict, or among what is cut from its choice,
// and the row less the best.
func (e Evaluation) standing(r *trial.Row, place int) (string, *evaluate.Difference) {
	p, ok := findings.PlaceOf(e.Trial, e.Findings, place)
	d := findings.LessBest(p)
	switch {
	case r.Baseline:
		return "baseline", nil
	case !ok:
		return findings.OtherCut, nil
	case p.Standing == evaluate.Outside:
		return findings.Standing(p.Standing), nil
	case r.Cut && findings.Compared(e.Findings, p) && p.Standing != evaluate.Best:
		return findings.Standing(p.Standing), &d
	case r.Cut && findings.Compared(e.Findings, p):
		return findings.Standing(p.Standing), nil
	case r.Cut:
		return "cut: " + findings.CutStanding(p), &d
	case p.Standing == evaluate.Best:
		return findings.Standing(p.Standing), nil
	}
	return findings.Standing(p.Standing), &d
}

// columns are those of the table for people and sheets.
func (e Evaluation) columns() columns[evaluationRow] {
	c := columns[evaluationRow]{{key: "id", head: "model", value: func(r evaluationRow) any { return r.ID }}}
	for k, name := range e.metrics() {
		of := func(r evaluationRow, pick func(evaluate.Estimate) float64) any {
			if r.estimates == nil {
				return (*float64)(nil)
			}
			return rounded(pick(r.estimates[k]))
		}
		text := func(r evaluationRow) string {
			if r.estimates == nil {
				return format.Unknown
			}
			return findings.Score(r.estimates[k].Value)
		}
		c = append(c, column[evaluationRow]{key: name, head: findings.Metric(name), right: true, text: text,
			value: func(r evaluationRow) any { return of(r, func(e evaluate.Estimate) float64 { return e.Value }) }})
		interval := column[evaluationRow]{key: name + "_low", value: func(r evaluationRow) any { return of(r, func(e evaluate.Estimate) float64 { return e.Low }) }}
		if k == 0 {
			interval.head, interval.right = "95% interval", true
			interval.text = func(r evaluationRow) string {
				if r.estimates == nil {
					return format.Unknown
				}
				return findings.Interval(r.estimates[0].Interval)
			}
		}
		c = append(c, interval, column[evaluationRow]{key: name + "_high", value: func(r evaluationRow) any { return of(r, func(e evaluate.Estimate) float64 { return e.High }) }})
	}
	if slices.ContainsFunc(e.Trial.Lacking, func(l trial.Lacking) bool { return l.Texts > 0 }) {
		c = append(c, column[evaluationRow]{head: "no vector for", right: true, text: func(r evaluationRow) string { return e.lacks(r).text() }})
	}
	c = append(c, termColumns...)
	if e.Documents > 0 {
		c = append(c, column[evaluationRow]{key: "cost_usd_documents", head: format.Count(e.Documents, "document"), right: true,
			value: func(r evaluationRow) any { return r.documents }, text: func(r evaluationRow) string { return costText(r.documents) }})
	}
	return c
}

// lacks says for how many texts a row has no vector.
func (e Evaluation) lacks(r evaluationRow) lacking {
	if l := e.Trial.Lacks(r.Row); l != nil {
		return lacking{l.Texts, l.Of}
	}
	return lacking{}
}

// lacking is how many texts of all have no vector; 0 where that keeps none from taking
// part.
type lacking struct{ texts, of int }

func (l lacking) text() string {
	if l.texts == 0 {
		return format.Unknown
	}
	return fmt.Sprintf("%d of %s", l.texts, format.PlainCount(l.of, "text"))
}

// termColumns are what a row costs and where it stands.
var termColumns = columns[evaluationRow]{
	{key: "standing", head: "standing", value: func(r evaluationRow) any { return r.standing }},
	{head: "to the best", right: true, text: func(r evaluationRow) string {
		if r.toBest == nil {
			return format.Unknown
		}
		return findings.SignedWithInterval(*r.toBest)
	}},
	{key: "price_per_million_tokens", head: "$ per 1M", right: true, value: func(r evaluationRow) any { return r.Price },
		text: func(r evaluationRow) string { return format.Price(r.Price, 2) }},
	{key: "cost_usd", head: "these texts", right: true, value: func(r evaluationRow) any { return r.cost }, text: func(r evaluationRow) string { return costText(r.cost) }},
	{key: "dimensions", head: "dimensions", right: true, value: func(r evaluationRow) any { return ofVectors(r, r.Candidate.Dimensions) }},
	{key: "bytes_per_vector", head: "bytes", right: true, value: func(r evaluationRow) any { return ofVectors(r, r.BytesPerVector()) }},
	{key: "milliseconds", head: "p50 ms", right: true, value: func(r evaluationRow) any { return latencyMS(r) },
		text: func(r evaluationRow) string {
			if ms := latencyMS(r); ms != nil {
				return format.Fixed(*ms, 1)
			}
			return format.Unknown
		}},
}

// ofVectors is a number that rows without vectors do not have.
func ofVectors(r evaluationRow, n int) *int {
	if r.Lexical {
		return nil
	}
	return &n
}

func latencyMS(r evaluationRow) *float64 {
	if r.P50 == 0 {
		return nil
	}
	ms := format.Round(milliseconds(r.P50), 3)
	return &ms
}

func costText(usd *float64) string {
	if usd == nil {
		return format.Unknown
	}
	return format.Dollars(*usd)
}

// rounded is a figure with as many decimals as it has meaning; nil for NaN.
func rounded(v float64) *float64 { return finite(format.Round(v, 6)) }

type estimateJSON struct {
	Value *float64 `json:"value"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
}

type evaluatedJSON struct {
	ID         string                  `json:"id"`
	Metrics    map[string]estimateJSON `json:"metrics"`
	Standing   string                  `json:"standing"`
	Derived    bool                    `json:"derived"`
	Baseline   bool                    `json:"baseline"`
	Dimensions *int                    `json:"dimensions"`
	Cost       *float64                `json:"cost_usd"`
	Documents  *float64                `json:"cost_usd_documents,omitempty"`
	Price      *float64                `json:"price_per_million_tokens"`
	Bytes      *int                    `json:"bytes_per_vector"`
	MS         *float64                `json:"milliseconds"`
	Threshold  *float64                `json:"threshold,omitempty"`
	LeftOutF1  *float64                `json:"best_f1_left_out,omitempty"`
	Lacks      int                     `json:"texts_without_vector,omitempty"`
	Error      string                  `json:"error,omitempty"`
}

type comparisonJSON struct {
	A          string   `json:"a"`
	B          string   `json:"b"`
	Metric     string   `json:"metric"`
	Difference *float64 `json:"difference"`
	Low        *float64 `json:"low"`
	High       *float64 `json:"high"`
	P          *float64 `json:"p"`
	HolmP      *float64 `json:"holm_p"`
}

type verdictJSON struct {
	Metric      string   `json:"metric"`
	Choice      string   `json:"choice"`
	Best        string   `json:"best"`
	Tied        []string `json:"tied"`
	Enough      bool     `json:"enough"`
	ItemsNeeded int      `json:"items_needed"`
	Sentence    string   `json:"sentence"`
}

// EvaluationJSON writes the evaluation as one JSON object.
func EvaluationJSON(w io.Writer, e Evaluation) error {
	j := newJSON(w)
	l := e.Trial.Labels
	j.raw(fmt.Sprintf(`{"task":%q,"items":%d,"pool":%d,"left_out":%d,"drawn_of":%d,"seed":%d,"resamples":%d,"resampled":%q,`,
		l.Task(), l.Items(), l.Pool(), e.Trial.LeftOut, e.Trial.Drawn, e.Findings.Seed, e.Findings.Resamples, l.Resampled()))
	j.raw("\n")
	rows := e.rows()
	j.list("candidates", len(rows), func(i int) { j.value(e.evaluated(rows[i])) })
	j.raw(",\n")
	d := e.Findings.Differences
	j.list("comparisons", len(d), func(i int) {
		j.value(comparisonJSON{e.Trial.At(d[i].A).ID, e.Trial.At(d[i].B).ID, d[i].Metric, rounded(d[i].Value), rounded(d[i].Low), rounded(d[i].High), rounded(d[i].P), rounded(d[i].HolmP)})
	})
	j.raw(",\n\"verdict\":")
	j.value(e.verdict())
	j.raw(",\n")
	j.usage(e.Comparison)
	j.raw(",\n")
	j.errors(append(e.Problems(), e.lacking()...))
	j.raw("}")
	return j.end()
}

func (e Evaluation) verdict() verdictJSON {
	v := e.Findings.Verdict
	out := verdictJSON{Metric: v.Metric, Tied: []string{}, Enough: v.Enough, ItemsNeeded: v.ItemsNeeded, Sentence: e.Sentence()}
	if v.Choice >= 0 {
		out.Choice, out.Best = e.Trial.At(v.Choice).ID, e.Trial.At(v.Best).ID
	}
	for _, place := range v.Tied {
		out.Tied = append(out.Tied, e.Trial.At(place).ID)
	}
	return out
}

func (e Evaluation) evaluated(r evaluationRow) evaluatedJSON {
	out := evaluatedJSON{ID: r.ID, Metrics: map[string]estimateJSON{}, Standing: r.standing, Derived: r.Cut, Baseline: r.Baseline,
		Dimensions: ofVectors(r, r.Candidate.Dimensions), Cost: r.cost, Documents: r.documents, Price: r.Price, Bytes: ofVectors(r, r.BytesPerVector()), MS: latencyMS(r)}
	for k, name := range e.metrics() {
		if r.estimates != nil {
			x := r.estimates[k]
			out.Metrics[name] = estimateJSON{rounded(x.Value), rounded(x.Low), rounded(x.High)}
		}
	}
	if r.Score != nil && r.Score.Split != nil {
		out.Threshold, out.LeftOutF1 = rounded(r.Score.Split.Threshold), rounded(r.Score.Split.LeftOutF1)
	}
	out.Lacks = e.lacks(r).texts
	if r.Err != nil {
		out.Error = r.Err.Error()
	}
	return out
}

// EvaluationText writes the evaluation as plain text.
func EvaluationText(w io.Writer, e Evaluation) error {
	d := e.document()
	return d.writeText(w)
}

// EvaluationMarkdown writes the evaluation as Markdown.
func EvaluationMarkdown(w io.Writer, e Evaluation) error {
	d := e.document()
	return d.writeMarkdown(w)
}

// english are the models that read English alone and have no vector for some texts.
func (e Evaluation) english() (models []string) {
	for i := range e.Trial.Rows {
		r := &e.Trial.Rows[i]
		if name := r.Model.Ref(); r.Model.EnglishOnly() && e.lacks(evaluationRow{Row: r}).texts > 0 && !slices.Contains(models, name) {
			models = append(models, name)
		}
	}
	return models
}

// hasIntervals tells that some row has an interval, which none has where all pairs hang
// together by the texts that they share.
func (e Evaluation) hasIntervals() bool {
	return slices.ContainsFunc(e.Findings.Estimates, func(row []evaluate.Estimate) bool { return !math.IsNaN(row[0].Low) })
}

func (e Evaluation) document() document {
	var d document
	l := e.Trial.Labels
	d.heading("Verdict on %s", findings.Items(l))
	d.line("%s", term.Written(e.Sentence()))
	if english := e.english(); len(english) > 0 {
		d.line("%s: vecscope models lists those that read other languages.", term.Written(findings.EnglishOnly(english)))
	}
	d.heading("Models")
	d.table(e.columns().table(e.rows()))
	d.line("%s is %s.", findings.Metric(e.metrics()[0]), findings.Meaning(e.metrics()[0]))
	switch {
	case l.Measured() < trial.FewForIntervals:
		d.line("No intervals under %d items: they would look certain.", trial.FewForIntervals)
	case !e.hasIntervals():
		d.line("No intervals: resampling tells too little of so few independent items.")
	default:
		d.line("Intervals of 95%% from %s (%s), seed %d. Of several models a difference counts if it holds after Holm's correction too.", format.PlainCount(e.Findings.Resamples, "resample"), findings.Resampled(l), e.Findings.Seed)
	}
	if e.Trial.Drawn > 0 {
		d.line("Of %s with a group these were drawn at random.", format.PlainCount(e.Trial.Drawn, "text"))
	}
	if l.Task() == evaluate.Retrieval {
		d.line("Ranked against %s.", format.PlainCount(l.Pool(), "text"))
	}
	for _, r := range e.Trial.Rows {
		if r.Err != nil {
			d.line("%s: %s", term.Written(r.ID), term.Written(r.Err.Error()))
		}
	}
	d.details(e)
	d.problems(e.Comparison, unasked(e.Unasked, e.Queries, false)...)
	return d
}

// Evaluation writes a row for every candidate.
func (s *Sheet) Evaluation(e Evaluation) error { return e.columns().fill(s, e.rows()) }
