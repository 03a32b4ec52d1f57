package texts

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

const noTexts = "No texts yet: a adds one, o opens a file, x loads an example. A paste is taken too, one text a line if you like."

// View draws the list, or a ranking in its place, and the text under the cursor.
func (s *Screen) View(z ui.Size) []string {
	p := s.parts(z)
	lines := make([]string, 0, z.H)
	if p.caption.H > 0 {
		lines = append(lines, s.caption(z.W))
	}
	var list []string
	if s.ranking() {
		list = s.drawRanking(p.list.Size())
	} else {
		list = s.drawList(p.list.Size())
		s.underList(list, p.list.W)
	}
	if !p.wide {
		lines = append(append(lines, list...), s.drawDetail(p)...)
	} else {
		rule := s.Theme.Dim.Render(besideRule)
		for i, l := range s.drawDetail(p) {
			lines = append(lines, list[i]+rule+l)
		}
	}
	for i, l := range lines {
		lines[i] = term.Fit(l, z.W)
	}
	return lines
}

// caption says what is loaded, or holds the filter.
func (s *Screen) caption(w int) string {
	if s.filter.Shown() {
		return s.filterLine(w)
	}
	if s.query != nil {
		return s.queryLine(w)
	}
	c := s.Session.Corpus()
	if c.Len() == 0 {
		return ""
	}
	title := term.Excerpt(c.Origin().Title(), max(w/2, 10))
	if c.Origin().Set != "" {
		title = "Built-in set “" + title + "”"
	}
	about := " · " + format.Count(c.Len(), "text")
	if several := c.Origin().Files.Columns.Text; len(corpus.SplitColumns(several)) > 1 {
		about = " · " + term.Excerpt(several, max(w/3, 10)) + about
	}
	if tokens, complete := s.Session.CorpusTokens(); complete {
		about += " · " + s.approximate() + format.Thousands(tokens) + " tokens"
	}
	return " " + s.Theme.Strong.Render(title) + s.Theme.Dim.Render(about)
}

// approximate is "≈" when a candidate counts tokens in its own way.
func (s *Screen) approximate() string {
	for _, c := range s.Session.States() {
		if !c.Row.CountsExactly() {
			return "≈"
		}
	}
	return ""
}

// Status says how far the reading of a file is, what is amiss with the text under the
// cursor where that is not in sight with it, else how tokens are counted.
func (s *Screen) Status() string {
	if s.opening != nil {
		return s.openingText()
	}
	if s.writing != nil {
		return "Results update when you stop typing."
	}
	if t, ok := s.current(); ok && !s.inSight() {
		if remarks := s.remarks(s.Session.CursorA(), t); len(remarks) > 0 {
			return remarks[0]
		}
	}
	switch {
	case s.Session.Corpus().Len() == 0:
		return "With no texts there is nothing to compare."
	case s.approximate() != "":
		return "Tokens as OpenAI counts them, ≈ for other models · ! no vector · ~ read in part"
	default:
		return "Tokens as OpenAI counts them, exact for your models"
	}
}

// textColumn is what a column of the list shows.
type textColumn int

const (
	textMark textColumn = iota
	textSelected
	textNumber
	textGroup
	textID
	textTokens
	textItself
)

// mostTag is how much of a list of w columns ids and groups take at the most.
func mostTag(w int) int {
	if w >= 100 {
		return w / 6
	}
	return max(w/8, 5)
}

// shortID is an id in a list of w columns: where they have no room, the beginning that all
// ids have is left out, so that what tells them apart stays.
func (s *Screen) shortID(id string, w int) string {
	if s.facts.idWidth > mostTag(w) && s.facts.idStart > 0 && s.facts.idStart < len(id) {
		id = "…" + id[s.facts.idStart:]
	}
	return term.Excerpt(id, w)
}

// columns of a list of w columns of the terminal; groups and ids only where
// there are any.
func (s *Screen) columns(w int) (kinds []textColumn, columns []widget.Column) {
	add := func(k textColumn, c widget.Column) { kinds, columns = append(kinds, k), append(columns, c) }
	tag := func(k textColumn, title string, width, priority int) {
		if width > 0 {
			add(k, widget.Column{Title: title, Width: min(max(width, term.Width(title)), mostTag(w)), Priority: priority, CutMiddle: true})
		}
	}
	add(textMark, widget.Column{Width: 1})
	if len(s.Session.Selection()) > 0 {
		add(textSelected, widget.Column{Width: 1})
	}
	add(textNumber, widget.Column{Title: "#", Width: max(len(format.Thousands(s.Session.Corpus().Len())), 2), Align: widget.AlignRight})
	tag(textGroup, "group", s.facts.groupWide, 1)
	tag(textID, "id", s.facts.idWidth, 3)
	add(textTokens, widget.Column{Title: "tokens", Width: 7, Priority: 2, Align: widget.AlignRight})
	add(textItself, widget.Column{Title: "text", Width: 24, Min: 12, Flex: 1})
	return kinds, columns
}

// table is the list as a table of that size.
func (s *Screen) table(z ui.Size) widget.Table {
	kinds, columns := s.columns(z.W)
	states := s.Session.States()
	return widget.Table{
		Columns: columns, Rows: s.rows(), Cursor: s.rowOf(s.Session.CursorA()), Top: s.list.Top, TellHidden: true, Styles: s.Theme.Codes,
		Empty: "No text matches: esc clears the filter.",
		Row: func(row int) []widget.Cell {
			i := s.textOf(row)
			t := s.Session.Corpus().At(i)
			cells := make([]widget.Cell, len(kinds))
			for k, kind := range kinds {
				cells[k] = s.cell(kind, i, t, z.W)
			}
			cells[0] = s.markOf(i, t, states)
			return cells
		},
	}
}

// cell shows one thing of text i, at most w columns of it.
func (s *Screen) cell(kind textColumn, i int, t corpus.Text, w int) widget.Cell {
	found := func(shown, pen string) widget.Cell {
		return widget.Cell{Text: shown, Pen: pen, Matches: s.filter.hits(shown)}
	}
	dim := s.Theme.Codes.Dim
	switch kind {
	case textSelected:
		if s.Session.Selected(i) {
			return widget.Cell{Text: selectedMark, Pen: s.Theme.Codes.Accent}
		}
	case textNumber:
		return widget.Cell{Text: format.Thousands(i + 1), Pen: dim}
	case textGroup:
		return found(term.Excerpt(t.Group, widest), "")
	case textID:
		return found(s.shortID(t.ID, w), dim)
	case textTokens:
		if n, ok := s.Session.TokensOf(t.Text); ok {
			return widget.Cell{Text: format.Thousands(n), Pen: dim}
		}
	case textItself:
		return found(s.filter.window(i, t.Text, w), "")
	}
	return widget.Cell{}
}

func (s *Screen) drawList(z ui.Size) []string {
	if z.H <= 0 {
		return nil
	}
	if s.Session.Corpus().Len() == 0 {
		return widget.CenteredText(noTexts, z, s.Theme)
	}
	t := s.table(z)
	t.Top = t.Fit(z.W, z.H).Scroll(t.Cursor, t.Top)
	return t.Draw(z.W, z.H)
}

// markOf marks text i: "!" when a candidate has no vector for it, "~" when one
// does not read all of it.
func (s *Screen) markOf(i int, t corpus.Text, states []session.State) widget.Cell {
	cut := false
	for _, c := range states {
		if s.failure(c, i, t) != nil {
			return widget.Cell{Text: "!", Pen: s.Theme.Codes.Bad}
		}
		cut = cut || s.tooLong(c, i, t) || s.knownInPart(c, i, t)
	}
	if cut {
		return widget.Cell{Text: "~", Pen: s.Theme.Codes.Warn}
	}
	return widget.Cell{}
}

// failure is the reason why a candidate has no vector for text i. The results may
// be those of an earlier revision, in which another text has that place.
func (s *Screen) failure(c session.State, i int, t corpus.Text) error {
	if c.Result == nil || len(c.Result.Failed) == 0 || !s.compared(i, t) {
		return nil
	}
	return api.WithID(c.Result.Failed[i], term.Excerpt(t.ID, widest))
}

// compared tells that the results at place i are those of the text.
func (s *Screen) compared(i int, t corpus.Text) bool {
	texts := s.Session.Texts()
	return i < len(texts) && texts[i].Text == t.Text
}

// tooLong tells whether the candidate's model reads only a part of text i. The
// models inside the binary know; of others it is told by the number of tokens.
func (s *Screen) tooLong(c session.State, i int, t corpus.Text) bool {
	if c.Result != nil && s.compared(i, t) {
		if c.Result.ReadInPart(i) {
			return true
		}
		if c.Row.Source == api.SourceBinary {
			return false
		}
	}
	tokens, _ := s.Session.TokensOf(t.Text)
	return c.Row.MaxTokens > 0 && tokens > c.Row.MaxTokens
}

// knownInPart tells that the candidate's model does not know a good part of text i.
func (s *Screen) knownInPart(c session.State, i int, t corpus.Text) bool {
	return c.Result != nil && s.compared(i, t) && c.Result.KnownInPart(i)
}

// remarks say which candidates have no vector for text i, and why, and which do
// not read or know all of it.
func (s *Screen) remarks(i int, t corpus.Text) []string {
	var failed, cut []string
	for _, c := range s.Session.States() {
		name := term.Safe(c.Short())
		switch why := s.failure(c, i, t); {
		case why != nil:
			failed = append(failed, "! "+name+": "+term.Safe(why.Error()))
		case s.tooLong(c, i, t):
			cut = append(cut, fmt.Sprintf("~ %s reads about the first %s tokens of text %s", name, format.Thousands(c.Row.MaxTokens), format.Thousands(i+1)))
		}
		if s.knownInPart(c, i, t) {
			cut = append(cut, fmt.Sprintf("~ %s knows only a part of text %s; the rest looks all alike to it", name, format.Thousands(i+1)))
		}
	}
	return append(failed, cut...)
}

// wrappedText is a text wrapped for the detail with the remarks on it, kept
// because wrapping a long one at every frame would be slow.
type wrappedText struct {
	text, remarks string
	width         int
	theme         *theme.Theme
	lines         []string
}

// wrap wraps the text under the cursor for the detail.
func (s *Screen) wrap(p textsParts) wrappedText {
	t, ok := s.current()
	if !ok || p.detail.W < 1 || p.detail.H == 0 {
		return wrappedText{}
	}
	remarks := strings.Join(s.remarks(s.Session.CursorA(), t), "\n")
	if w := s.wrapped; w.lines != nil && w.text == t.Text && w.remarks == remarks && w.width == p.detail.W && w.theme == s.Theme {
		return w
	}
	lines := term.SafeLines(t.Text, p.detail.W)
	if remarks != "" {
		for _, l := range term.SafeLines(remarks, p.detail.W) {
			lines = append(lines, s.Theme.Warn.Render(l))
		}
	}
	return wrappedText{t.Text, remarks, p.detail.W, s.Theme, lines}
}
