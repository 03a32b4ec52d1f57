package models

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// detailColumn is how wide a column of details is at the least where several have room.
const detailColumn = 64

// detailColumns are how many columns of details stand side by side in w columns of the
// terminal, and how wide each is.
func detailColumns(w int) (n, each int) {
	if w < 2*detailColumn+3 {
		return 1, w
	}
	return 2, (w - 3) / 2
}

// detailLines are the details of the model under the cursor, exactly as many
// lines as there is room for.
func (s *Screen) detailLines(rows []catalogRow, z ui.Size) []string {
	n, each := detailColumns(z.W)
	var lines []string
	if row, _, ok := s.current(rows); ok {
		lines = s.details(row, each)
	}
	hints, h := "", z.H
	switch page := n * (z.H - 1); {
	case len(lines) > n*z.H && z.H > 1:
		top := s.detailsFrom(len(lines), page)
		hints = widget.Hints(s.Theme, s.scrollKey(), fmt.Sprintf("scroll: lines %d–%d of %d", top+1, top+page, len(lines)))
		lines, h = lines[top:top+page], z.H-1
	case s.reading && len(lines) <= page:
		h, hints = z.H-1, widget.Hints(s.Theme, "esc", "back to the list")
	}
	first, second := lines[:min(len(lines), h)], []string(nil)
	if n > 1 {
		first, second = split(lines, h)
	}
	out := make([]string, 0, z.H)
	for i := range h {
		line := ""
		if i < len(first) {
			line = first[i]
		}
		if i < len(second) {
			line = term.Fit(line, each) + theme.Reset + s.Theme.Codes.Dim + " │ " + theme.Reset + second[i]
		}
		out = append(out, line)
	}
	if h < z.H {
		out = append(out, hints)
	}
	for i := range out {
		out[i] = term.Fit(out[i], z.W) + theme.Reset
	}
	return out
}

// nearHalf is how far from the middle lines are parted so that no paragraph is.
const nearHalf = 4

// split parts lines into two columns of at most h lines, between paragraphs where one ends
// near the middle.
func split(lines []string, h int) (first, second []string) {
	half := (len(lines) + 1) / 2
	for by := range nearHalf {
		for _, at := range []int{half + by, half - by} {
			if at > 0 && at < len(lines) && at <= h && len(lines)-at-1 <= h && lines[at] == "" {
				return lines[:at], lines[at+1:]
			}
		}
	}
	return lines[:half], lines[half:]
}

// scrollKey is the key that scrolls the details now, or leads to them.
func (s *Screen) scrollKey() string {
	if s.reading {
		return "↑↓"
	}
	return "tab"
}

// detailsFrom is the first line shown of so many details, of which a page is in sight.
func (s *Screen) detailsFrom(lines, page int) int {
	return min(max(s.detailTop, 0), max(lines-page, 0))
}

func (s *Screen) scrollDetails(by int) {
	row, _, ok := s.current(s.rows())
	if !ok {
		return
	}
	z := s.layout(s.Body).details.Size()
	n, each := detailColumns(z.W)
	lines, page := len(s.details(row, each)), n*(z.H-1)
	if lines <= n*z.H {
		s.detailTop = 0
		return
	}
	s.detailTop = min(max(s.detailsFrom(lines, page)+by, 0), lines-page)
}

// details is everything known of a model, in lines of at most w columns.
func (s *Screen) details(r catalogRow, w int) []string {
	m, d := r.model, &widget.DetailText{W: w, Theme: s.Theme}
	s.detailTitle(d, r)
	s.detailState(d, r)
	s.detailGuide(d, m)
	d.Gap()
	d.Text(m.Description, "")
	d.Gap()
	detailDimensions(d, r)
	d.Field("reads", readsText(m))
	s.detailMoney(d, m)
	d.Field("languages", m.Languages)
	d.Field("good for", m.Use)
	s.detailRoles(d, m)
	detailSize(d, r)
	for i, note := range m.Notes {
		label := ""
		if i == 0 {
			d.Gap()
			label = "notes"
		}
		d.Field(label, "· "+note)
	}
	d.Gap()
	d.Field("from", sourceText(m))
	if origin := s.Session.Lists().Origin(m.Provider); origin != "" {
		d.Field("", m.Provider+": "+origin+", not from the settings file")
	}
	return d.Lines
}

// detailTitle is the model's name, the filter's hits marked, and its full reference;
// the look tells when the keys scroll here.
func (s *Screen) detailTitle(d *widget.DetailText, r catalogRow) {
	pen := d.Theme.Codes.Header
	if s.reading {
		pen += d.Theme.Codes.Selected
	}
	name := fieldText(r.model, fieldName)
	if name == "" {
		name = fieldText(r.model, fieldID)
	} else {
		name = widget.Highlight(name, r.match.hits[fieldName], 0, pen, d.Theme.Codes.Match)
	}
	by := ""
	if r.model.Owner != "" {
		by = " · by " + r.model.Owner
	}
	d.Lines = append(d.Lines, pen+term.Fit(name, d.W)+theme.Reset)
	d.Text(r.model.Ref()+by, d.Theme.Codes.Dim)
}

// detailState says whether the model takes part and what is in the way.
func (s *Screen) detailState(d *widget.DetailText, r catalogRow) {
	m := r.model
	if why := m.Unselectable(); why != "" {
		d.Text("Cannot be selected: "+why+".", s.Theme.Codes.Warn)
		return
	}
	if m.Unlikely {
		d.Text("Nothing on the list says that it embeds texts; it can be tried.", s.Theme.Codes.Warn)
	}
	for _, c := range r.chosen {
		st := s.Session.State(c)
		pen := s.Theme.Codes.Good
		if st.Phase == session.PhaseUnavailable || st.Phase == session.PhaseFailed || st.Phase == session.PhaseUnpaid {
			pen = s.Theme.Codes.Warn
		}
		// What it lacks is said in full below.
		if st.Phase == session.PhaseUnavailable {
			d.Text("● selected at "+candidate.DimensionsList([]api.Candidate{c})+": waits", pen)
			continue
		}
		d.Text("● selected at "+candidate.DimensionsList([]api.Candidate{c})+": "+candidate.Summary(st)+s.scoreText(c), pen)
	}
	if len(r.chosen) == 0 {
		d.Text("Not selected: space selects it.", s.Theme.Codes.Dim)
	}
	if err := s.Session.Engine().Available(m); err != nil {
		d.Text(widget.Sentence(candidate.UnavailableInFull(err)), s.Theme.Codes.Warn)
	}
}

// detailGuide gives the guide's advice where the model answers its question.
func (s *Screen) detailGuide(d *widget.DetailText, m api.Model) {
	if s.use == nil {
		return
	}
	switch m.Ref() {
	case s.use.Refs[0]:
		d.Gap()
		d.Text(s.use.Question+": "+s.use.Advice, s.Theme.Codes.Accent)
	case s.use.LocalAlternative:
		d.Gap()
		d.Text(s.use.Question+": built in, to compare with for free.", s.Theme.Codes.Accent)
	}
}

// detailDimensions lists the lengths that can be had and how each is made.
func detailDimensions(d *widget.DetailText, r catalogRow) {
	m := r.model
	if m.Unselectable() != "" {
		return
	}
	d.Field("dimensions", lengthText(m))
	if m.NativeDimensions > 0 && m.NativeDimensions != m.Dimensions {
		d.Field("", fmt.Sprintf("documented %d, model card %d", m.Dimensions, m.NativeDimensions))
	}
	if m.ListedDimensions > 0 {
		d.Field("", fmt.Sprintf("the list says %d; the vectors that came have %d, and they count", m.ListedDimensions, m.Dimensions))
	}
	d.Field("", reductionText(m))
	if m.Matryoshka != "" {
		d.Field("", "trained to be cut to "+strings.ReplaceAll(m.Matryoshka, "..", "–"))
	} else if untrainedCut(m) {
		d.Field("", "not trained for truncation: may lose quality")
	}
	if presets := presetWords(r); presets != "" {
		d.Field("choices (D)", presets)
	}
}

// detailSize says how much room vectors take, and how long asking takes as far as that is known.
func detailSize(d *widget.DetailText, r catalogRow) {
	sizes := []int{r.model.Dimensions}
	if len(r.chosen) > 0 {
		sizes = sizes[:0]
		for _, c := range r.chosen {
			sizes = append(sizes, c.Dimensions)
		}
	}
	for i, n := range sizes {
		label := "a vector"
		if i > 0 {
			label = ""
		}
		if n > 0 && r.model.Unselectable() == "" {
			d.Field(label, fmt.Sprintf("%s at %s dimensions; a million %s", format.Bytes(int64(4*n)), format.Thousands(n), format.Bytes(int64(4*n)*1_000_000)))
		}
	}
	if text := r.latencyCell().Text; text != "" {
		d.Field("latency", text+" (p50)")
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
		if n == 0 {
			continue // not known yet
		}
		word := fmt.Sprint(n)
		if slices.Contains(r.chosen, api.Candidate{Model: r.model.Ref(), Dimensions: n}) {
			word = "●" + word
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// detailMoney writes the price, its band, and what the present texts would cost.
func (s *Screen) detailMoney(d *widget.DetailText, m api.Model) {
	switch {
	case m.Price == nil:
		d.Field("price", "unknown")
	case session.Inside(m):
		d.Field("price", "free: it runs here")
	case m.Free():
		d.Field("price", "free")
	default:
		d.Field("price", fmt.Sprintf("$%s per 1M tokens, %s price band", format.Price(m.Price, format.PriceDecimals(*m.Price)), catalog.Band(m)))
	}
	if m.Unselectable() != "" {
		return
	}
	cost := s.costs()
	texts := format.Count(cost.texts, "text")
	switch {
	case cost.texts == 0:
		d.Field("your texts", "none yet: add some on Texts")
	case m.Free():
		d.Field("your texts", texts+": free")
	case !cost.counted:
		d.Field("your texts", texts+", counting their tokens…")
	case m.Price == nil:
		d.Field("your texts", texts+": cost unknown")
	default:
		about, how := "", ""
		if !m.CountsExactly() {
			about, how = "≈", " (counted with OpenAI's cl100k_base, not with its own tokenizer)"
		}
		d.Field("your texts", fmt.Sprintf("%s, %s%s: %s%s", texts, about, format.Count(cost.tokens, "token"), costCell(m, cost.tokens, true), how))
		if cost.tokens > 0 {
			d.Field("", fmt.Sprintf("a million texts like them: %s%s", about, format.Dollars(cost.million(m))))
		}
	}
}

// detailRoles shows how texts are sent in each role, and what the catalog says where a
// person has changed it. Roles in which nothing is sent but the text stand together.
func (s *Screen) detailRoles(d *widget.DetailText, m api.Model) {
	if m.Unselectable() != "" {
		return
	}
	roles, own := s.Session.Roles(m), s.Session.OwnRoles(m)
	if roles.Same(api.Roles{}) && own.Same(roles) {
		words := "none, nor any before texts"
		if own.From == api.RolesUnknown {
			words += ": what it wants is not known"
		}
		d.Field("query prefix", words)
		return
	}
	for _, f := range []struct {
		role         api.Role
		label, where string
	}{
		{api.RoleQuery, "query prefix", " before queries"},
		{api.RoleDocument, "documents", " before texts that are searched"},
		{api.RoleSymmetric, "compared", " before texts compared with each other"},
	} {
		how, its := roles.Of(f.role), own.Of(f.role)
		words := candidate.MannerWords(how)
		if !how.Plain() {
			words += f.where
		}
		d.Field(f.label, words)
		if how != its {
			d.Field("", "edited (e); the catalog's own: "+candidate.MannerWords(its))
		}
	}
}
