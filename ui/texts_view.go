package ui

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

const noTexts = "No texts yet: a adds one, o opens a file, x loads an example. A paste is taken too, one text a line if you like."

func (s *textsScreen) view(z size) []string {
	p := s.parts(z)
	lines := make([]string, 0, z.h)
	if p.caption.h > 0 {
		lines = append(lines, s.caption(z.w))
	}
	var list []string
	if s.ranking() {
		list = s.drawRanking(p.list.size())
	} else {
		list = s.drawList(p.list.size())
	}
	if !p.wide {
		lines = append(append(lines, list...), s.drawDetail(p)...)
	} else {
		rule := s.theme.dim.Render(besideRule)
		for i, l := range s.drawDetail(p) {
			lines = append(lines, list[i]+rule+l)
		}
	}
	for i, l := range lines {
		lines[i] = term.Fit(l, z.w)
	}
	return lines
}

// caption says what is loaded, or holds the filter.
func (s *textsScreen) caption(w int) string {
	if s.filter.typing || s.filter.query != "" {
		return s.filterLine(w)
	}
	if s.query != nil {
		return s.queryLine(w)
	}
	c := s.store.corpus
	if c.Len() == 0 {
		return ""
	}
	title := term.Excerpt(c.Origin().Title(), max(w/2, 10))
	if c.Origin().Set != "" {
		title = "Built-in set “" + title + "”"
	}
	about := " · " + format.Count(c.Len(), "text")
	if tokens, complete := s.store.corpusTokens(); complete {
		about += " · " + s.approximate() + format.Thousands(tokens) + " tokens"
	}
	return " " + s.theme.strong.Render(title) + s.theme.dim.Render(about)
}

// approximate is "≈" when a candidate counts tokens in its own way.
func (s *textsScreen) approximate() string {
	for _, c := range s.store.states() {
		if !c.model.CountsExactly() {
			return "≈"
		}
	}
	return ""
}

func (s *textsScreen) status() string {
	if s.writing != nil {
		return "Everything is computed anew a moment after you stop typing."
	}
	if t, ok := s.current(); ok {
		if remarks := s.remarks(s.store.cursorA, t); len(remarks) > 0 {
			return remarks[0]
		}
	}
	switch {
	case s.store.corpus.Len() == 0:
		return "With no texts there is nothing to compare."
	case s.approximate() != "":
		return "Tokens as OpenAI's models count them (cl100k), ≈ for others. ! no vector, ~ cut"
	default:
		return "Tokens as OpenAI's models count them (cl100k): exact for your candidates."
	}
}

// textColumn is what a column of the list shows.
type textColumn int

const (
	textMark textColumn = iota
	textNumber
	textGroup
	textID
	textTokens
	textItself
)

// columns of a list of w columns of the terminal; groups and ids only where
// there are any.
func (s *textsScreen) columns(w int) (kinds []textColumn, columns []Column) {
	add := func(k textColumn, c Column) { kinds, columns = append(kinds, k), append(columns, c) }
	tag := func(k textColumn, title string, width, priority int) {
		if width > 0 {
			add(k, Column{Title: title, Width: min(max(width, term.Width(title)), max(w/8, 5)), Priority: priority})
		}
	}
	add(textMark, Column{Width: 1})
	add(textNumber, Column{Title: "#", Width: max(len(format.Thousands(s.store.corpus.Len())), 2), Align: AlignRight})
	tag(textGroup, "group", s.facts.groupWide, 1)
	tag(textID, "id", s.facts.idWidth, 3)
	if tokens := "tokens (cl100k)"; w >= 60 {
		add(textTokens, Column{Title: tokens, Width: len(tokens), Priority: 2, Align: AlignRight})
	} else {
		add(textTokens, Column{Title: "tokens", Width: 7, Priority: 2, Align: AlignRight})
	}
	add(textItself, Column{Title: "text", Width: 24, Min: 12, Flex: 1})
	return kinds, columns
}

// table is the list as a table of that size.
func (s *textsScreen) table(z size) Table {
	kinds, columns := s.columns(z.w)
	states := s.store.states()
	return Table{
		Columns: columns, Rows: s.rows(), Cursor: s.rowOf(s.store.cursorA), Top: s.list.top, Styles: s.theme.sgr,
		Empty: "No text matches: esc clears the filter.",
		Row: func(row int) []Cell {
			i := s.textOf(row)
			t := s.store.corpus.At(i)
			cells := make([]Cell, len(kinds))
			for k, kind := range kinds {
				cells[k] = s.cell(kind, i, t, z.w)
			}
			cells[0] = s.markOf(i, t, states)
			return cells
		},
	}
}

// cell shows one thing of text i, at most w columns of it.
func (s *textsScreen) cell(kind textColumn, i int, t corpus.Text, w int) Cell {
	found := func(shown, pen string) Cell { return Cell{Text: shown, Pen: pen, Matches: s.filter.hits(shown)} }
	dim := s.theme.sgr.dim
	switch kind {
	case textNumber:
		return Cell{Text: format.Thousands(i + 1), Pen: dim}
	case textGroup:
		return found(term.Excerpt(t.Group, widest), "")
	case textID:
		return found(term.Excerpt(t.ID, widest), dim)
	case textTokens:
		if n, ok := s.store.tokens[t.Text]; ok {
			return Cell{Text: format.Thousands(n), Pen: dim}
		}
	case textItself:
		return found(s.filter.window(i, t.Text, w), "")
	}
	return Cell{}
}

func (s *textsScreen) drawList(z size) []string {
	if z.h <= 0 {
		return nil
	}
	if s.store.corpus.Len() == 0 {
		return centeredText(noTexts, z, s.theme)
	}
	t := s.table(z)
	t.Top = t.Fit(z.w, z.h).Scroll(t.Cursor, t.Top)
	return t.Draw(z.w, z.h)
}

// markOf marks text i: "!" when a candidate has no vector for it, "~" when one
// does not read all of it.
func (s *textsScreen) markOf(i int, t corpus.Text, states []candidateState) Cell {
	cut := false
	for _, c := range states {
		if s.failure(c, i, t) != nil {
			return Cell{Text: "!", Pen: s.theme.sgr.bad}
		}
		cut = cut || s.tooLong(c, i, t)
	}
	if cut {
		return Cell{Text: "~", Pen: s.theme.sgr.warn}
	}
	return Cell{}
}

// failure is the reason why a candidate has no vector for text i. The results may
// be those of an earlier revision, in which another text has that place.
func (s *textsScreen) failure(c candidateState, i int, t corpus.Text) error {
	if c.result == nil || len(c.result.Failed) == 0 || !s.compared(i, t) {
		return nil
	}
	return api.WithID(c.result.Failed[i], term.Excerpt(t.ID, widest))
}

// compared tells that the results at place i are those of the text.
func (s *textsScreen) compared(i int, t corpus.Text) bool {
	texts := s.store.texts()
	return i < len(texts) && texts[i].Text == t.Text
}

// tooLong tells whether the candidate's model reads only a part of text i. The
// models inside the binary know; of others it is told by the number of tokens.
func (s *textsScreen) tooLong(c candidateState, i int, t corpus.Text) bool {
	if c.result != nil && s.compared(i, t) {
		if c.result.ReadInPart(i) {
			return true
		}
		if c.model.Source == api.SourceBinary {
			return false
		}
	}
	return c.model.MaxTokens > 0 && s.store.tokens[t.Text] > c.model.MaxTokens
}

// remarks say which candidates have no vector for text i, and why, and which do
// not read all of it.
func (s *textsScreen) remarks(i int, t corpus.Text) []string {
	var failed, cut []string
	for _, c := range s.store.states() {
		name := term.Safe(c.Short())
		switch why := s.failure(c, i, t); {
		case why != nil:
			failed = append(failed, "! "+name+": "+term.Safe(why.Error()))
		case s.tooLong(c, i, t):
			cut = append(cut, fmt.Sprintf("~ %s reads about the first %s tokens of text %s", name, format.Thousands(c.model.MaxTokens), format.Thousands(i+1)))
		}
	}
	return append(failed, cut...)
}

// wrappedText is a text wrapped for the detail with the remarks on it, kept
// because wrapping a long one at every frame would be slow.
type wrappedText struct {
	text, remarks string
	width         int
	theme         *theme
	lines         []string
}

// wrap wraps the text under the cursor for the detail.
func (s *textsScreen) wrap(p textsParts) wrappedText {
	t, ok := s.current()
	if !ok || p.detail.w < 1 || p.detail.h == 0 {
		return wrappedText{}
	}
	remarks := strings.Join(s.remarks(s.store.cursorA, t), "\n")
	if w := s.wrapped; w.lines != nil && w.text == t.Text && w.remarks == remarks && w.width == p.detail.w && w.theme == s.theme {
		return w
	}
	lines := term.SafeLines(t.Text, p.detail.w)
	if remarks != "" {
		for _, l := range term.SafeLines(remarks, p.detail.w) {
			lines = append(lines, s.theme.warn.Render(l))
		}
	}
	return wrappedText{t.Text, remarks, p.detail.w, s.theme, lines}
}
