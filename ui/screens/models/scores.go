package models

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// measured is what is known of a model because texts were embedded with it.
type measured struct {
	// score is that of the best of its candidates at the labels; scored tells that there is
	// one. bytes is the size of a vector of that candidate, without a score of the first.
	score float64
	bytes int
	// dimensions are those of that candidate where they are not the model's own; else 0.
	dimensions int
	scored     bool
	// latency is what half of the requests did not exceed, or the mean time of a text
	// inside the program; 0 when nothing was timed.
	latency time.Duration
}

// metric is the name of what candidates are tried by; empty when there are no labels.
func (s *Screen) metric() string {
	if t := s.Session.Verdict().Trial(); t != nil {
		return labelling.ScoreName(s.Session, findings.Metric(t.Labels.Metrics()[0]))
	}
	return ""
}

// scoreOf is how a candidate does at the labels; ok is false when that is not known.
func (s *Screen) scoreOf(id string) (score float64, ok bool) {
	r := s.Session.Verdict().Score(id)
	if r == nil || math.IsNaN(r.Metrics[0].Value) {
		return 0, false
	}
	return r.Metrics[0].Value, true
}

// scoreText is a candidate's score behind its state: " · AUC 0.912"; empty without one.
func (s *Screen) scoreText(c api.Candidate) string {
	score, ok := s.scoreOf(c.ID())
	if !ok {
		return ""
	}
	return " · " + s.metric() + " " + findings.Score(score)
}

// measure gathers what is known of the models of all candidates with a result.
func (s *Screen) measure(rows []catalogRow) {
	of, known := map[string]*measured{}, map[string]int{}
	for i := range rows {
		of[rows[i].model.Ref()] = &rows[i].measured
		known[rows[i].model.Ref()] = rows[i].model.Dimensions
	}
	for _, c := range s.Session.Ready() {
		m := of[c.Model]
		if m == nil {
			continue
		}
		score, ok := s.scoreOf(c.ID())
		bytes := 4 * c.Result.Vectors.Dim()
		if m.bytes == 0 {
			m.bytes = bytes
		}
		if ok && (!m.scored || score > m.score || score == m.score && bytes < m.bytes) {
			m.score, m.bytes, m.scored, m.dimensions = score, bytes, true, 0
			if d := c.Result.Vectors.Dim(); known[c.Model] > 0 && d != known[c.Model] {
				m.dimensions = d
			}
		}
		if m.latency == 0 {
			m.latency = s.latencyOf(c)
		}
	}
}

// latencyOf is how long asking a candidate's model takes: as its result was made, or, when
// that came from the cache, as earlier requests of this session took.
func (s *Screen) latencyOf(c session.State) time.Duration {
	if p50, _ := trial.Latency(c.Result.Usage); p50 > 0 {
		return p50
	}
	if spent, ok := s.Session.Payments().Ledger().Of(c.Model); ok {
		if p50, known := spent.Latency(0.5); known {
			return p50
		}
	}
	return 0
}

// has tells whether there is anything to show in a column.
func (s *Screen) has(c catalogColumn) bool {
	switch c {
	case columnScore:
		return s.metric() != ""
	case columnBytes:
		return len(s.Session.Ready()) > 0
	case columnLatency:
		return slices.ContainsFunc(s.Session.Ready(), func(c session.State) bool { return s.latencyOf(c) > 0 })
	}
	return true
}

// sortable are the columns that can be sorted by, in the order of the key.
func (s *Screen) sortable() []catalogColumn {
	all := []catalogColumn{columnNone}
	for c := columnNone + 1; c < catalogColumns; c++ {
		if s.has(c) {
			all = append(all, c)
		}
	}
	return all
}

// sorted is the column that is sorted by; none when there is nothing to show in it.
func (s *Screen) sorted() catalogColumn {
	if !s.has(s.sort) {
		return columnNone
	}
	return s.sort
}

func (m measured) scoreCell() widget.Cell {
	if !m.scored {
		return widget.Cell{}
	}
	text := findings.Score(m.score)
	if m.dimensions > 0 {
		text += fmt.Sprintf(" @%d", m.dimensions)
	}
	return widget.Cell{Text: text}
}

// scoreWidth is what the longest score of some models needs.
func scoreWidth(rows []catalogRow) int {
	w := term.Width("0.000")
	for _, r := range rows {
		w = max(w, term.Width(r.scoreCell().Text))
	}
	return w
}

func (m measured) latencyCell() widget.Cell {
	switch {
	case m.latency == 0:
		return widget.Cell{}
	case m.latency < time.Millisecond:
		return widget.Cell{Text: "<1 ms"}
	}
	return widget.Cell{Text: format.Duration(m.latency)}
}

func (m measured) bytesCell() widget.Cell {
	if m.bytes == 0 {
		return widget.Cell{}
	}
	return widget.Cell{Text: format.Thousands(m.bytes)}
}
