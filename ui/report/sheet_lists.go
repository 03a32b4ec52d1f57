package report

import (
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/format"
)

// Duplicates writes the pairs in the columns of DuplicatesTSV.
func (s *Sheet) Duplicates(d Duplicates) error {
	s.row(d.header()...)
	ids := textIDs(d.Texts)
	for _, p := range d.Pairs {
		if s.err != nil {
			break
		}
		s.texts(ids[p.A], ids[p.B])
		for _, cell := range d.similarities(p) {
			s.bare(cell)
		}
		s.row(strings.Join(d.duplicateIn(p), " "), d.Texts[p.A].Text, d.Texts[p.B].Text)
	}
	return s.close()
}

// Pair writes two texts with their numbers, a line each, and below them every
// candidate's similarity.
func (s *Sheet) Pair(c Comparison, a, b int) error {
	for _, i := range []int{a, b} {
		s.whole(i + 1)
		s.row(c.Texts[i].Text)
	}
	for _, r := range c.Results {
		s.text(r.Candidate.ID())
		s.value(r.Matrix.At(a, b))
		s.end()
	}
	return s.close()
}

// Models writes the catalog in columns named as the keys of ModelsJSON.
func (s *Sheet) Models(rows []Row) error {
	s.row("id", "provider", "model", "name", "dimensions", "max_dimensions", "supports_dimensions", "max_tokens",
		"price_per_million_tokens", "currency", "query_prefix", "languages", "source", "available", "reason")
	for _, r := range rows {
		m := r.json()
		s.texts(m.ID, m.Provider, m.Model, m.Name)
		s.maybe(m.Dimensions)
		s.maybe(m.MaxDimensions)
		s.bare(strconv.FormatBool(m.SupportsDimensions))
		s.maybe(m.MaxTokens)
		s.real(m.PricePerMillionTokens)
		s.texts(m.Currency, m.QueryPrefix, m.Languages, m.Source)
		s.bare(strconv.FormatBool(m.Available))
		s.row(m.Reason)
	}
	return s.close()
}

// maybe writes a number that may be unknown: an empty cell.
func (s *Sheet) maybe(n *int) {
	if n == nil {
		s.bare("")
		return
	}
	s.whole(*n)
}

// real is maybe for numbers with decimals.
func (s *Sheet) real(x *float64) {
	if x == nil {
		s.bare("")
		return
	}
	s.bare(format.Plain(*x))
}

// Texts writes the texts in the columns that vecscope reads, so that it reads the
// same texts: id and group are empty where a text has none.
func (s *Sheet) Texts(texts []corpus.Text) error {
	s.faithful = true
	s.row("id", "text", "group")
	for _, t := range texts {
		s.row(t.ID, t.Text, t.Group)
	}
	return s.close()
}

// Usage writes what was spent in columns named as the keys of UsageJSON.
func (s *Sheet) Usage(u Usage) error {
	s.row("period", "model", "since", "texts", "cached", "tokens", "tokens_estimated", "cost_usd", "requests", "requests_failed",
		"requests_lost", "cost_usd_lost", "requests_uncounted", "latency_p50_ms", "latency_p95_ms")
	for _, p := range u.periods() {
		for _, spent := range p.spent {
			m := spentOf(spent)
			s.texts(p.key, m.Model, m.Since)
			s.whole(m.Texts)
			s.whole(m.Cached)
			s.whole(m.Tokens)
			s.bare(strconv.FormatBool(m.TokensEstimated))
			s.real(m.CostUSD)
			s.whole(m.Requests)
			s.whole(m.RequestsFailed)
			s.whole(m.RequestsLost)
			s.real(m.CostUSDLost)
			s.whole(m.RequestsUncounted)
			s.real(m.LatencyP50)
			s.real(m.LatencyP95)
			s.end()
		}
	}
	return s.close()
}
