package ui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// detailLines are the details of the model under the cursor, exactly as many
// lines as there is room for.
func (s *modelsScreen) detailLines(rows []catalogRow, z size) []string {
	var lines []string
	if row, _, ok := s.current(rows); ok {
		lines = s.details(row, z.w)
	}
	out := make([]string, 0, z.h)
	if len(lines) > z.h && z.h > 1 {
		top := s.detailsFrom(len(lines), z.h)
		out = append(out, lines[top:top+z.h-1]...)
		out = append(out, hints(s.theme, s.scrollKey(), fmt.Sprintf("scroll: lines %d–%d of %d", top+1, top+z.h-1, len(lines))))
	} else {
		out = append(out, lines[:min(len(lines), z.h)]...)
		if s.reading && len(out) < z.h {
			out = append(out, slices.Repeat([]string{""}, z.h-len(out)-1)...)
			out = append(out, hints(s.theme, "esc", "back to the list"))
		}
	}
	for len(out) < z.h {
		out = append(out, "")
	}
	for i := range out {
		out[i] = term.Fit(out[i], z.w) + sgrReset
	}
	return out
}

// scrollKey is the key that scrolls the details now, or leads to them.
func (s *modelsScreen) scrollKey() string {
	if s.reading {
		return "↑↓"
	}
	return "tab"
}

// detailsFrom is the first line shown of so many details in h lines, the last of
// which says where one is.
func (s *modelsScreen) detailsFrom(lines, h int) int {
	return min(max(s.detailTop, 0), max(lines-(h-1), 0))
}

func (s *modelsScreen) scrollDetails(by int) {
	row, _, ok := s.current(s.rows())
	if !ok {
		return
	}
	z := s.layout(s.body).details.size()
	lines := len(s.details(row, z.w))
	if lines <= z.h {
		s.detailTop = 0
		return
	}
	s.detailTop = min(max(s.detailsFrom(lines, z.h)+by, 0), lines-(z.h-1))
}

// details is everything known of a model, in lines of at most w columns.
func (s *modelsScreen) details(r catalogRow, w int) []string {
	m, d := r.model, &detailText{w: w, theme: s.theme}
	s.detailTitle(d, r)
	s.detailState(d, r)
	s.detailGuide(d, m)
	d.gap()
	d.text(m.Description, "")
	d.gap()
	detailDimensions(d, r)
	d.field("reads", readsText(m))
	s.detailMoney(d, m)
	d.field("languages", m.Languages)
	d.field("good for", m.Use)
	s.detailPrefix(d, m)
	for i, note := range m.Notes {
		label := ""
		if i == 0 {
			d.gap()
			label = "notes"
		}
		d.field(label, "· "+note)
	}
	d.gap()
	d.field("from", sourceText(m))
	return d.lines
}

// detailTitle is the model's name, the filter's hits marked, and its full reference;
// the look tells when the keys scroll here.
func (s *modelsScreen) detailTitle(d *detailText, r catalogRow) {
	pen := d.theme.sgr.header
	if s.reading {
		pen += d.theme.sgr.selected
	}
	name := fieldText(r.model, fieldName)
	if name == "" {
		name = fieldText(r.model, fieldID)
	} else {
		name = highlight(name, r.match.hits[fieldName], 0, pen, d.theme.sgr.match)
	}
	by := ""
	if r.model.Owner != "" {
		by = " · by " + r.model.Owner
	}
	d.lines = append(d.lines, pen+term.Fit(name, d.w)+sgrReset)
	d.text(r.model.Ref()+by, d.theme.sgr.dim)
}

// detailState says whether the model takes part and what is in the way.
func (s *modelsScreen) detailState(d *detailText, r catalogRow) {
	m := r.model
	if why := m.Unselectable(); why != "" {
		d.text("Cannot be chosen: "+why+".", s.theme.sgr.warn)
		return
	}
	for _, c := range r.chosen {
		st := s.store.state(c)
		pen := s.theme.sgr.good
		if st.phase == phaseUnavailable || st.phase == phaseFailed || st.phase == phaseUnpaid {
			pen = s.theme.sgr.warn
		}
		// What it lacks is said in full below.
		if st.phase == phaseUnavailable {
			d.text("● chosen at "+dimensionsList([]api.Candidate{c})+": waits", pen)
			continue
		}
		d.text("● chosen at "+dimensionsList([]api.Candidate{c})+": "+stateText(st), pen)
	}
	if len(r.chosen) == 0 {
		d.text("Not chosen: space chooses it.", s.theme.sgr.dim)
	}
	if err := s.store.engine.Available(m); err != nil {
		d.text(sentence(missingAdvice(err)), s.theme.sgr.warn)
	}
}

// detailGuide gives the guide's advice where the model answers its question.
func (s *modelsScreen) detailGuide(d *detailText, m api.Model) {
	if s.use == nil {
		return
	}
	switch m.Ref() {
	case s.use.Refs[0]:
		d.gap()
		d.text(s.use.Question+": "+s.use.Advice, s.theme.sgr.accent)
	case s.use.LocalAlternative:
		d.gap()
		d.text(s.use.Question+": inside the binary, to compare with for nothing.", s.theme.sgr.accent)
	}
}

// detailDimensions lists the lengths that can be had and how each is made.
func detailDimensions(d *detailText, r catalogRow) {
	m := r.model
	if m.Unselectable() != "" {
		return
	}
	d.field("dimensions", lengthText(m))
	if m.NativeDimensions > 0 && m.NativeDimensions != m.Dimensions {
		d.field("", fmt.Sprintf("documented %d, model card %d", m.Dimensions, m.NativeDimensions))
	}
	if m.ListedDimensions > 0 {
		d.field("", fmt.Sprintf("the list says %d; the vectors that came have %d, and they count", m.ListedDimensions, m.Dimensions))
	}
	d.field("", reductionText(m))
	if m.Matryoshka != "" {
		d.field("", "trained to be cut to "+strings.ReplaceAll(m.Matryoshka, "..", "–"))
	} else if untrainedCut(m) {
		d.field("", "not trained for truncation: cut vectors may lose more")
	}
	if presets := presetWords(r); presets != "" {
		d.field("d offers", presets)
	}
}

// untrainedCut tells that fewer dimensions are cut here from vectors that were not
// trained for it.
func untrainedCut(m api.Model) bool {
	_, derived := pipeline.SourceOf(m, api.Candidate{Model: m.Ref(), Dimensions: m.Dimensions - 1})
	return derived && m.Matryoshka == ""
}

// presetWords lists the common lengths, those that take part with a mark.
func presetWords(r catalogRow) string {
	words := make([]string, 0, 8)
	for _, n := range dimensionChoices(r.model, r.chosen) {
		word := fmt.Sprint(n)
		if slices.Contains(r.chosen, api.Candidate{Model: r.model.Ref(), Dimensions: n}) {
			word = "●" + word
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// lengthText says how long the vectors are and can be.
func lengthText(m api.Model) string {
	switch {
	case m.Dimensions == 0:
		return "unknown until its vectors come; d asks for another number"
	case m.Limit() > m.Dimensions:
		return fmt.Sprintf("%d unless asked for others, at most %d", m.Dimensions, m.Limit())
	default:
		return fmt.Sprint(m.Dimensions)
	}
}

// reductionText says who can make other lengths.
func reductionText(m api.Model) string {
	lowest := max(1, m.MinDimensions)
	switch {
	case m.SupportsDimensions && inside(m):
		return fmt.Sprintf("computed anew at any length from %d to %d", lowest, m.Limit())
	case m.SupportsDimensions && m.Free():
		return fmt.Sprintf("%s can be asked for any from %d to %d", m.Provider, lowest, m.Limit())
	case m.SupportsDimensions:
		return fmt.Sprintf("%s can be asked for any from %d to %d; fewer than %d are cut here from the full vectors for nothing (derived)", m.Provider, lowest, m.Limit(), m.Dimensions)
	default:
		return "fewer are cut here from the full vectors (derived)"
	}
}

func readsText(m api.Model) string {
	switch {
	case m.MaxTokens > 0:
		return fmt.Sprintf("up to %s tokens a text; of longer texts only the beginning counts", format.Thousands(m.MaxTokens))
	case inside(m):
		return "texts of any length"
	default:
		return "unknown how long a text may be"
	}
}

// detailMoney writes the price, its band, and what the present texts would cost.
func (s *modelsScreen) detailMoney(d *detailText, m api.Model) {
	switch {
	case m.Price == nil:
		d.field("price", "unknown")
	case inside(m):
		d.field("price", "free: it runs here")
	case m.Free():
		d.field("price", "free")
	default:
		d.field("price", fmt.Sprintf("$%s per 1M tokens, %s price band", format.Price(m.Price, format.PriceDecimals(*m.Price)), catalog.Band(m)))
	}
	if m.Unselectable() != "" {
		return
	}
	tokens, counted := s.store.corpusTokens()
	texts := format.Count(s.store.corpus.Len(), "text")
	switch {
	case s.store.corpus.Len() == 0:
		d.field("your texts", "none yet: add some on Texts")
	case m.Free():
		d.field("your texts", texts+": free")
	case !counted:
		d.field("your texts", texts+", counting their tokens…")
	case m.Price == nil:
		d.field("your texts", texts+": cost unknown")
	case m.CountsExactly():
		d.field("your texts", fmt.Sprintf("%s, %s: %s", texts, format.Count(tokens, "token"), costCell(m, tokens, true)))
	default:
		d.field("your texts", fmt.Sprintf("%s, ≈%s: %s (counted with OpenAI's cl100k_base, not with its own tokenizer)", texts, format.Count(tokens, "token"), costCell(m, tokens, true)))
	}
}

// detailPrefix shows what goes before queries, and what the catalog says where a
// person has changed it.
func (s *modelsScreen) detailPrefix(d *detailText, m api.Model) {
	if m.Unselectable() != "" {
		return
	}
	prefix := s.store.queryPrefix(m)
	words := prefixWords(prefix)
	if prefix != "" {
		words += " before queries, never before documents"
	}
	d.field("query prefix", words)
	if prefix != m.QueryPrefix {
		d.field("", "edited (p); the catalog's own: "+prefixWords(m.QueryPrefix))
	}
}

// sourceText says where the row comes from, how old it is and what the newest
// list changed.
func sourceText(m api.Model) string {
	text := sourceWords(m)
	if !m.Listed.IsZero() {
		text += ", " + m.Listed.Local().Format("2006-01-02 15:04")
	}
	switch m.Mark {
	case api.MarkNew:
		text += "; new on the list"
	case api.MarkChanged:
		text += "; changed on the list"
	case api.MarkVanished:
		text += "; no longer on the newest list"
	}
	return text
}

func sourceWords(m api.Model) string {
	switch m.Source {
	case api.SourceBinary:
		return "binary: the model is inside this program"
	case api.SourceSnapshot:
		return "snapshot: " + m.Provider + "'s documentation when this program was built"
	case api.SourceCached:
		return "cached: " + m.Provider + "'s list from an earlier run"
	case api.SourceLive:
		return "live: " + m.Provider + "'s list read in this run"
	case api.SourceConfig:
		return "config: your settings file"
	default:
		return string(m.Source)
	}
}
