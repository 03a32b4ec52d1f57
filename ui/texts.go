package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// textsScreen is the list of texts with an editor. The text under the cursor is
// the one that all screens share.
type textsScreen struct {
	*shared
	list     list
	filter   textFilter
	writing  *writing // the text being written; nil when none is
	reading  bool     // the cursor keys scroll the text instead of the list
	firstRow int      // first line shown of the text under the cursor

	query *textQuery // nil while the nearest texts of the one under the cursor are shown

	near    neighbours
	search  nearestSearch
	wrapped wrappedText
	facts   corpusFacts
}

// screenTexts is the screen's id.
const screenTexts = "texts"

func (s *textsScreen) describe() info { return info{id: screenTexts, title: "Texts"} }

// pastes tells that what is pasted becomes texts.
func (s *textsScreen) pastes() {}

func newTextsScreen(s *shared) screen {
	return &textsScreen{shared: s, facts: corpusFacts{revision: noRevision}}
}

// marks explain the rows.
func (s *textsScreen) marks() [][2]string {
	return [][2]string{
		{"!", "a candidate has no vector of the text"},
		{"~", "a candidate reads only its beginning"},
		{"≈", "the tokens are counted as OpenAI's models do, others count differently"},
	}
}

func (s *textsScreen) typing() bool { return s.writing != nil || s.filter.typing }

// update takes what is typed into a text or the filter, pastes, and the nearest
// texts of a large corpus.
func (s *textsScreen) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if act, ok := find(s.actions(), msg); ok && s.typing() {
			return s.do(act)
		}
		switch {
		case s.writing != nil:
			return s.write(msg)
		case s.filter.typing:
			return s.typeFilter(msg)
		}
	case tea.PasteMsg:
		if s.filter.typing {
			return s.typeFilter(msg)
		}
		return s.pasted(msg.Content)
	}
	return nil
}

// back ends the writing, then the filter, then the reading, then the query.
func (s *textsScreen) back() bool {
	switch {
	case s.writing != nil:
		s.endWriting()
	case s.filter.typing || s.filter.query != "":
		s.endFilter()
	case s.reading:
		s.reading = false
	case s.query != nil:
		s.leaveQuery()
	default:
		return false
	}
	return true
}

// refresh follows what has changed in the texts and results.
func (s *textsScreen) refresh() tea.Cmd {
	s.facts.follow(s.store.corpus)
	s.refilter()
	ask := s.refreshQuery()
	p := s.parts(s.body)
	if s.writing != nil {
		r := s.detailParts(p.detail, p.wide)
		s.writing.editor.fit(r.text.w, r.text.h)
	}
	s.wrapped = s.wrap(p)
	s.scrollText(0)
	t := s.table(p.list.size())
	s.list.cursor = t.Cursor
	s.list.fit(t.Rows, t.Fit(p.list.w, p.list.h).Rows)
	s.scrollRanking()
	return tea.Batch(ask, s.refreshNearest())
}

func (s *textsScreen) actions() []action {
	switch {
	case s.writing != nil:
		return s.writingActions()
	case s.filter.typing:
		return s.filterActions()
	}
	name := func(id string) string { return "texts." + id }
	show := func(place int, when bool) int {
		if when {
			return place
		}
		return 0
	}
	example := 5
	if s.store.corpus.Len() > 0 {
		example = 10 // there are texts already: only where there is room to spare
	}
	list := []action{
		{id: name("add"), binding: keyAdd, short: "add…", group: groupDo, footer: 2, enabled: s.cannotAdd, run: do(s.add)},
		{id: name("edit"), binding: keyEdit, short: "edit…", group: groupDo, footer: 3, enabled: s.needsText, run: do(s.edit)},
		{id: name("group"), binding: keyGroup, group: groupDo, enabled: s.needsText, run: do(s.askGroup)},
		{id: name("remove"), binding: keyRemove, group: groupDo, footer: 6, enabled: s.needsText, run: s.remove},
		{id: name("undo"), binding: keyUndo, group: groupDo, footer: show(7, s.cannotUndo() == ""), enabled: s.cannotUndo, run: s.undo},
		{id: name("redo"), binding: keyRedo, group: groupDo, enabled: s.cannotRedo, run: s.redo},
		{id: name("up"), binding: keyMoveUp, group: groupDo, enabled: s.cannotMove(-1), run: func() tea.Cmd { return s.shift(-1) }},
		{id: name("down"), binding: keyMoveDown, group: groupDo, enabled: s.cannotMove(1), run: func() tea.Cmd { return s.shift(1) }},
		{id: name("clear"), binding: keyClear, group: groupDo, enabled: s.needsText, run: do(s.askClear)},
		{id: name("open"), binding: keyOpenFile, short: "open…", group: groupDo, footer: 4, run: s.askFile},
		{id: name("example"), binding: keyExample, short: "example…", group: groupDo, footer: example, run: do(s.askExample)},
		{id: name("copy"), binding: keyCopy, name: "copy the text or all…", short: "copy…", group: groupDo, footer: 10,
			enabled: s.needsText, run: do(s.askCopy)},
		{id: name("export"), binding: keyExportTexts, name: "export the texts to a file…", short: "export…", group: groupDo, footer: 10,
			enabled: s.lacksTexts, run: func() tea.Cmd { return s.export(s.textsExport()) }},
		{id: name("filter"), binding: keyFilter, group: groupShow, footer: 7, enabled: s.cannotFilter, run: do(s.startFilter)},
		{id: name("query"), binding: keyQuery, short: "query…", group: groupShow, footer: 6, enabled: s.cannotQuery, run: do(s.askQuery)},
		s.tab(),
	}
	return append(list, motions("texts.go", s)...)
}

func (s *textsScreen) needsText() string {
	switch {
	case s.store.corpus.Len() == 0:
		return "no texts yet: a adds one, o opens a file, x loads an example"
	case s.rows() == 0:
		return "no text matches the filter: esc clears it"
	}
	return ""
}

func (s *textsScreen) cannotAdd() string {
	if s.store.corpus.Len() >= corpus.MaxTexts {
		return format.Thousands(corpus.MaxTexts) + " texts are the most: delete some first"
	}
	return ""
}

func (s *textsScreen) cannotUndo() string {
	if s.store.corpus.Undoable() == "" {
		return "nothing has been changed"
	}
	return ""
}

func (s *textsScreen) cannotRedo() string {
	if s.store.corpus.Redoable() == "" {
		return "nothing has been undone"
	}
	return ""
}

func (s *textsScreen) cannotMove(by int) func() string {
	return func() string {
		to := s.store.cursorA + by
		switch {
		case s.needsText() != "":
			return s.needsText()
		case s.ranking():
			return "the texts stand in the order of the query: esc ends it"
		case s.filter.query != "":
			return "the filter hides its neighbours: esc clears it"
		case to < 0:
			return "it is the first"
		case to >= s.store.corpus.Len():
			return "it is the last"
		}
		return ""
	}
}

// tab is the key that goes on to the next part, or to the next candidate where
// their rankings do not stand side by side.
func (s *textsScreen) tab() action {
	if s.ranking() {
		return action{id: "texts.candidate", binding: keyNextPane, name: "the ranking of the next candidate", short: "next model", group: groupShow, footer: 2, run: do(func() { s.store.cycleFocus(1) })}
	}
	return action{id: "texts.read", binding: keyNextPane, name: "scroll the text or the list", group: groupMove, enabled: s.cannotRead,
		run: do(func() { s.reading = !s.reading })}
}

func (s *textsScreen) cannotFilter() string {
	if s.ranking() {
		return "a query ranks the texts: esc ends it"
	}
	return s.needsText()
}

func (s *textsScreen) cannotRead() string {
	if r := s.detailParts(s.parts(s.body).detail, s.parts(s.body).wide); len(s.wrapped.lines) <= r.text.h {
		return "all of the text is in sight"
	}
	return ""
}

// current is the text under the cursor; ok is false when there is none.
func (s *textsScreen) current() (t corpus.Text, ok bool) {
	if s.store.cursorA >= s.store.corpus.Len() {
		return corpus.Text{}, false
	}
	return s.store.corpus.At(s.store.cursorA), true
}

// move moves the cursor through the list, or scrolls the text that is read.
func (s *textsScreen) move(rows, _ int) {
	if s.reading {
		s.scrollText(rows)
		return
	}
	if s.ranking() {
		s.moveRank(rows)
		return
	}
	s.point(s.rowOf(s.store.cursorA) + rows)
}

// point puts the cursor on a row of the list, or the nearest there is.
func (s *textsScreen) point(row int) {
	if s.rows() == 0 {
		return
	}
	if s.query != nil {
		s.query.cursorPlaced = true
	}
	s.store.pointAt(s.textOf(min(max(row, 0), s.rows()-1)))
	s.firstRow = 0
}

func (s *textsScreen) page() int {
	p := s.parts(s.body)
	if s.reading {
		return max(s.detailParts(p.detail, p.wide).text.h-1, 1)
	}
	if s.ranking() {
		return s.query.list.page()
	}
	return s.list.page()
}

func (s *textsScreen) scrollText(by int) {
	p := s.parts(s.body)
	last := max(len(s.wrapped.lines)-s.detailParts(p.detail, p.wide).text.h, 0)
	s.firstRow = min(max(s.firstRow+min(max(by, -far), far), 0), last)
}

// mouse puts the cursor on the text that was clicked, or scrolls what is under
// it.
func (s *textsScreen) mouse(ev mouseEvent, z size) tea.Cmd {
	p := s.parts(z)
	switch {
	case p.detail.contains(ev.x, ev.y):
		switch {
		case s.writing != nil && ev.wheel != 0:
			s.writing.editor.vertical(3 * ev.wheel)
		case s.writing == nil:
			s.scrollText(3 * ev.wheel)
		}
	case !p.list.contains(ev.x, ev.y):
		if ev.wheel == 0 && s.store.corpus.Len() > 0 && s.writing == nil {
			s.startFilter()
		}
	case s.ranking():
		s.mouseInRanking(ev, p.list)
	case ev.wheel != 0:
		if s.writing == nil {
			s.point(s.rowOf(s.store.cursorA) + 3*ev.wheel)
		}
	default:
		if row, ok := s.table(p.list.size()).Fit(p.list.w, p.list.h).RowAt(ev.y - p.list.y); ok {
			text := s.textOf(row)
			s.endWriting()
			s.filter.typing, s.reading = false, false
			s.point(s.rowOf(text))
		}
	}
	return nil
}

func (s *textsScreen) remove() tea.Cmd {
	at := s.store.cursorA
	row := s.rowOf(at)
	t := s.store.corpus.At(at)
	cmd := s.store.deleteText(at)
	s.refilter()
	s.point(row)
	s.info("Deleted text %d, “%s”: u brings it back.", at+1, term.Excerpt(t.Text, 30))
	return cmd
}

func (s *textsScreen) undo() tea.Cmd {
	what, cmd := s.store.undoText()
	s.info("Undone: %s. U makes it again.", what)
	return cmd
}

func (s *textsScreen) redo() tea.Cmd {
	what, cmd := s.store.redoText()
	s.info("Done again: %s. u takes it back.", what)
	return cmd
}

func (s *textsScreen) shift(by int) tea.Cmd { return s.store.moveText(s.store.cursorA, by) }

// askClear asks before all texts go.
func (s *textsScreen) askClear() {
	n := format.Count(s.store.corpus.Len(), "text")
	s.open(newConfirm("Delete all texts?", []string{n + " of “" + s.store.corpus.Origin().Title() + "”"},
		answer{key: "y", label: "yes, delete them; u brings them back", run: func() tea.Cmd {
			s.endFilter()
			s.info("Deleted %s: u brings them back.", n)
			return s.store.clearTexts()
		}}))
}

// askGroup asks for the group of the text under the cursor; tab completes the
// groups that there are.
func (s *textsScreen) askGroup() {
	at := s.store.cursorA
	t := s.store.corpus.At(at)
	p := newPrompt(s.theme, fmt.Sprintf("Group of text %d", at+1),
		"Matrices can be ordered by group. Empty takes the text out of its group.", "group",
		func(group string) (tea.Cmd, string) {
			cmd, err := s.store.regroup(at, t, group)
			if err != nil {
				return nil, err.Error()
			}
			return cmd, ""
		})
	p.input.SetValue(t.Group)
	p.input.ShowSuggestions = true
	p.input.SetSuggestions(s.facts.groups)
	s.open(p)
}
