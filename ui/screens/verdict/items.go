package verdict

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// opened is a row as it was when its items were opened: what comes later does not
// belong to it.
type opened struct {
	trial    *trial.Trial
	findings *trial.Findings
	row      trial.Row
	texts    []corpus.Text
	queries  []string
}

// openItems opens what the row under the cursor gets right and wrong, item by item.
func (s *Screen) openItems() {
	v := s.Session.Verdict()
	i := opened{v.Trial(), v.Findings(), *s.row(), s.Session.Texts(), s.Session.Labels().Queries()}
	s.Open(&widget.Reader{
		Width: 110, Write: func(w int, th *theme.Theme) []string { return s.items(i, w, th) },
		Foot: func(position string) []string { return widget.WithPosition([]string{"esc", "back"}, 2, position) },
	})
}

// items are the lines of one row: all figures, then every item that failed, then the
// figures of each group.
func (s *Screen) items(o opened, w int, th *theme.Theme) []string {
	t, r := o.trial, &o.row
	d := &widget.DetailText{W: w, Theme: th}
	if s.figures(o, d); r.Score == nil {
		return d.Lines
	}
	d.Gap()
	s.failures(o, term.Safe(s.Session.RowName(r)), d, noEnd)
	s.slices(t, r, o.texts, d, noEnd)
	return d.Lines
}

// noEnd is where lines have all the room they need.
const noEnd = math.MaxInt

// figures are all figures of one row and what it costs, or why it could not be tried.
func (s *Screen) figures(o opened, d *widget.DetailText) {
	t, r, th := o.trial, &o.row, d.Theme
	d.Text(r.ID, th.Codes.Header)
	if r.Lexical {
		d.Text("It counts the words that query and text share: no vectors, no cosines and no price. Where no model does better, words are enough.", th.Codes.Dim)
	}
	if r.Score == nil {
		d.Text(rowError(r), th.Codes.Bad)
		return
	}
	for k, m := range r.Score.Metrics {
		text := findings.Score(m.Value)
		if f := o.findings; f != nil {
			for place, i := range t.Scored {
				if t.Rows[i].ID == r.ID {
					text += "  95% interval " + findings.Interval(f.Estimates[place][k].Interval)
				}
			}
		}
		d.Field(findings.Metric(m.Name), text)
	}
	if split := r.Score.Split; split != nil {
		d.Field("threshold", fmt.Sprintf("best F1 %s at %s (precision %s, recall %s); decided without itself %s",
			findings.Score(split.BestF1), findings.Threshold(split.Threshold), findings.Score(split.Precision), findings.Score(split.Recall), findings.Score(split.LeftOutF1)))
	}
	s.terms(r, d)
}

// terms are what the row costs, in money, room and time, and where it runs: the table
// has room for all of it in very wide windows only.
func (s *Screen) terms(r *trial.Row, d *widget.DetailText) {
	if r.Lexical {
		return
	}
	price := format.Price(r.Price, 2)
	if r.Price != nil && *r.Price > 0 {
		many := max(s.documents, 1_000_000)
		price = fmt.Sprintf("$%s per million tokens: %s for these texts, %s for %s documents of their length",
			format.Price(r.Price, format.PriceDecimals(*r.Price)), s.costOf(r, 0), s.costOf(r, many), format.Thousands(many))
	}
	d.Field("price", price)
	d.Field("a vector", fmt.Sprintf("%s, %s", format.Count(r.Candidate.Dimensions, "dimension"), format.Count(r.BytesPerVector(), "byte")))
	if r.P50 > 0 {
		text := "p50 " + latency(r)
		if r.P95 > 0 {
			text += ", p95 " + format.Duration(r.P95)
		}
		d.Field("latency", text)
	}
	d.Field("runs", term.Safe(where(r)))
}

// rowError says why a row could not be tried, and what to do.
func rowError(r *trial.Row) string {
	switch {
	case errors.Is(r.Err, trial.ErrUnpaid):
		return r.Err.Error() + ": E embeds them and says before what that costs"
	case errors.Is(r.Err, session.ErrBeyondLimits):
		return r.Err.Error() + "; f changes them"
	case r.Err != nil:
		return r.Err.Error()
	}
	return "it could not be tried"
}

// textLine is a text of the trial in one line.
func textLine(texts []corpus.Text, i, w int) string {
	if i < 0 || i >= len(texts) {
		return format.Unknown
	}
	label := term.Safe(texts[i].Label(i)) + " "
	return label + term.Excerpt(texts[i].Text, max(w-term.Width(label), 1))
}

// failures counts the items that the row of that name gets wrong, and lists them as long as
// there are no more than most lines: writing thousands for a few lines would take long.
func (s *Screen) failures(o opened, name string, d *widget.DetailText, most int) {
	t, r := o.trial, &o.row
	text := func(before string, i int) string {
		return "  " + before + textLine(o.texts, i, max(d.W-2-term.Width(before), 1))
	}
	var items []func() []string
	switch {
	case r.Score.Texts != nil:
		for _, x := range r.Score.Texts {
			if !x.InGroup && !x.Alone {
				items = append(items, func() []string {
					return []string{"✗" + text("", x.Text)[1:], text("nearest, "+findings.Score(x.Similarity)+": ", x.Nearest)}
				})
			}
		}
		s.listed(d, name, items, most, "text whose nearest text is of another group", "texts whose nearest text is of another group")
	case r.Score.Pairs != nil:
		for _, x := range r.Score.Pairs {
			if r.Score.Split != nil && x.Over != (x.Score == 1) {
				is := "called the same, is different"
				if x.Score == 1 {
					is = "called different, is the same"
				}
				items = append(items, func() []string {
					return []string{fmt.Sprintf("✗ %s %s", findings.Score(x.Similarity), is), text("", x.A), text("", x.B)}
				})
			}
		}
		s.listed(d, name, items, most, "pair on the wrong side of its best threshold", "pairs on the wrong side of its best threshold")
	default:
		for i, x := range r.Score.Queries {
			if x.Hit == 0 && len(x.Found) > 0 && len(x.Hits) > 0 {
				found := x.Found[0]
				place := fmt.Sprintf("the answer is number %d: ", found.Rank)
				if found.Rank == 0 {
					place = "the answer is not found: "
				}
				query := t.Labels.Origin(i)
				if query < len(o.queries) {
					items = append(items, func() []string {
						asked := fmt.Sprintf("✗ “%s”", term.Excerpt(o.queries[query], max(d.W-4, 1)))
						return []string{asked, text("first hit: ", x.Hits[0].Text), text(place, found.Text)}
					})
				}
			}
		}
		s.listed(d, name, items, most, "query whose first hit is not relevant", "queries whose first hit is not relevant")
	}
}

// listed counts items, which are one or many of something, and lists them as long as there are
// no more than most lines.
func (s *Screen) listed(d *widget.DetailText, name string, items []func() []string, most int, one, many string) {
	d.Text(name+": "+format.Thousands(len(items))+" "+format.Agree(len(items), one, many), s.Theme.Codes.Header)
	for _, item := range items {
		if len(d.Lines) > most {
			return
		}
		for _, l := range item() {
			d.Lines = append(d.Lines, term.Truncate(l, d.W))
		}
	}
	d.Gap()
}

// slices are the deciding figure of each group and language, as long as there are no more than
// most lines: each takes a look at all items.
func (s *Screen) slices(t *trial.Trial, r *trial.Row, texts []corpus.Text, d *widget.DetailText, most int) {
	for _, by := range []struct {
		name string
		of   func(i int) string
	}{
		{"group", func(i int) string { return texts[i].Group }},
		{"language", func(i int) string { return texts[i].Lang }},
	} {
		of := itemNames(t, r, by.of)
		names := slices.Compact(slices.Sorted(slices.Values(of)))
		names = slices.DeleteFunc(names, func(n string) bool { return n == "" })
		if len(names) < 2 {
			continue
		}
		titled := false
		for _, name := range names {
			if len(d.Lines) > most {
				return
			}
			text := sliceText(r.Score.Slice(func(item int) bool { return of[item] == name }))
			if text != "" && !titled {
				d.Text("By "+by.name, s.Theme.Codes.Header)
				titled = true
			}
			d.Field(term.Safe(name), text)
		}
		d.Gap()
	}
}

// sliceText is the figures that a slice allows.
func sliceText(metrics []evaluate.Metric) string {
	text := ""
	for _, m := range metrics {
		if m.Value == m.Value {
			if text != "" {
				text += " · "
			}
			text += findings.Metric(m.Name) + " " + findings.Score(m.Value)
		}
	}
	return text
}

// itemNames gives each item what its text is called by: of a pair what both are.
func itemNames(t *trial.Trial, r *trial.Row, of func(text int) string) []string {
	names := make([]string, t.Labels.Items())
	switch {
	case r.Score.Texts != nil:
		for i, x := range r.Score.Texts {
			names[i] = of(x.Text)
		}
	case r.Score.Pairs != nil:
		for i, x := range r.Score.Pairs {
			if of(x.A) == of(x.B) {
				names[i] = of(x.A)
			}
		}
	default:
		for i, x := range r.Score.Queries {
			if len(x.Found) > 0 {
				names[i] = of(x.Found[0].Text)
			}
		}
	}
	return names
}
