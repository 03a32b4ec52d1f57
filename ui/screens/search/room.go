package search

import (
	"fmt"
	"math"
	"strings"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// wordLines say under the hits by words which words of the query are how rare, in lines of w
// columns: they weigh as much in the scores.
func (s *Screen) wordLines(w, h int) []string {
	weights := s.query.words.weights
	if len(weights) == 0 || h < 4 {
		return nil
	}
	most := 0.
	wide := len("word")
	for _, x := range weights {
		most, wide = max(most, x.Weight), max(wide, term.Width(term.Safe(x.Word)))
	}
	wide = min(wide, max(w/3, 1))
	all := len(s.Session.Texts())
	lines := []string{s.Theme.Strong.Render(term.Truncate("Words of the query: the rarer, the more they count", w)),
		s.Theme.Dim.Render(term.Truncate(fmt.Sprintf("%s  %9s  %6s", term.PadRight("word", wide), "texts", "weight"), w))}
	for i, x := range weights {
		if len(lines) == h-1 && i < len(weights)-1 {
			return append(lines, s.Theme.Dim.Render(term.Truncate(fmt.Sprintf("… %d more", len(weights)-i), w)))
		}
		in, weight := fmt.Sprintf("%s of %s", format.Thousands(x.Texts), format.Thousands(all)), fmt.Sprintf("%.2f", x.Weight)
		if x.Texts == 0 {
			in, weight = "none", format.Unknown
		}
		left := fmt.Sprintf("%s  %9s  %6s ", term.Fit(term.Safe(x.Word), wide), in, weight)
		bar := ""
		if most > 0 && x.Texts > 0 {
			bar = strings.Repeat("█", max(int(math.Round(x.Weight/most*float64(max(w-term.Width(left)-1, 1)))), 1))
		}
		lines = append(lines, term.Truncate(left, w)+s.Theme.Codes.Accent+term.Truncate(bar, max(w-term.Width(left), 0))+theme.Reset)
	}
	return lines
}

// leastScale is how many lines are worth it to draw scales in.
const leastScale = 4

// scaleLines draw for every model where the hits lie among the similarities: from the
// typical pair of texts to 1, the hits by their letters, so that it is seen how far the
// first stand out.
func (s *Screen) scaleLines(w, h int) []string {
	if h < leastScale || s.query == nil {
		return nil
	}
	lines := []string{"", " " + s.Theme.Strong.Render(term.Truncate("Hits among all pairs of texts: │ typical, ┊ 95% below, • further hits", w-1))}
	name := 0
	names := s.rowNames(max(min(w/5, 40), 1))
	for _, n := range names {
		name = max(name, term.Width(n))
	}
	var scales []string
	for i, r := range s.rows() {
		if r.kind == byVectors && len(r.hits) > 0 && s.background(r) != nil {
			scales = append(scales, " "+s.pen(r)+term.PadRight(names[i], name)+theme.Reset+" "+s.scale(r, max(w-name-3, 1)))
		}
	}
	if room := h - len(lines); len(scales) > room {
		more := fmt.Sprintf(" … %s more", format.Count(len(scales)-room+1, "model"))
		scales = append(scales[:room-1], s.Theme.Dim.Render(term.Truncate(more, w)))
	}
	lines = append(lines, scales...)
	if len(lines) == 2 {
		return nil
	}
	return lines
}

// background are the mean, the 95th percentile and the range of a row's similarities.
func (s *Screen) background(r row) *[4]float64 {
	if r.state.Result == nil || r.state.Result.Scan.Background.Pairs == 0 {
		return nil
	}
	b := r.state.Result.Scan.Background
	return &[4]float64{b.P50, b.P95, b.Min, b.Max}
}

// scale is the line of one row.
func (s *Screen) scale(r row, w int) string {
	b := s.background(r)
	lo, hi := min(b[2], 0), max(b[3], r.hits[0].Score)
	for _, h := range r.further {
		lo = min(lo, h.Score)
	}
	hi = max(hi, lo+1e-9)
	from, to := format.Similarity(lo, 2)+" ", " "+format.Similarity(hi, 2)
	cols := max(w-term.Width(from)-term.Width(to), 1)
	cells := make([]string, cols)
	put := func(v float64, glyph, pen string) {
		x := min(max(int(math.Round((v-lo)/(hi-lo)*float64(cols-1))), 0), cols-1)
		for x < cols-1 && cells[x] != "" && glyph != "•" && strings.Trim(cells[x], "•") != "" && glyph != "│" && glyph != "┊" {
			x++ // beside another letter
		}
		cells[x] = pen + glyph + theme.Reset
	}
	put(b[0], "│", s.Theme.Codes.Dim)
	put(b[1], "┊", s.Theme.Codes.Dim)
	for _, h := range r.further {
		put(h.Score, "•", s.Theme.Codes.Dim)
	}
	for i := len(r.hits) - 1; i >= 0; i-- {
		glyph, pen := s.shown.marks[r.hits[i].Index], s.pen(r)
		if glyph == "" {
			glyph = "◆"
		} else {
			pen = s.Theme.Candidate(s.shown.place[r.hits[i].Index])
		}
		put(r.hits[i].Score, glyph, pen)
	}
	for x, c := range cells {
		if c == "" {
			cells[x] = s.Theme.Codes.Dim + "·" + theme.Reset
		}
	}
	return s.Theme.Dim.Render(from) + strings.Join(cells, "") + s.Theme.Dim.Render(to)
}
