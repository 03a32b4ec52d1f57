package texts

import (
	"fmt"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// Screen is the list of texts with an editor. The text under the cursor is
// the one that all screens share.
type Screen struct {
	*ui.Context
	list     widget.List
	filter   textFilter
	writing  *writing // the text being written; nil when none is
	reading  bool     // the cursor keys scroll the text instead of the list
	firstRow int      // first line shown of the text under the cursor

	opening *opening // the file that is being read; nil when none is
	last    opened   // the file that was opened last

	query *textQuery // nil while the nearest texts of the one under the cursor are shown

	near    neighbours
	search  nearestSearch
	wrapped wrappedText
	facts   corpusFacts
	summary summary
}

// ID is the screen's id.
const ID = "texts"

// Info says what it is called.
func (s *Screen) Info() ui.Info { return ui.Info{ID: ID, Title: "Texts"} }

// Pastes tells that what is pasted becomes texts.
func (s *Screen) Pastes() {}

// New makes the screen.
func New(s *ui.Context) ui.Screen {
	return &Screen{Context: s, filter: newTextFilter(), facts: corpusFacts{revision: session.NoRevision}}
}

// Legend explains the rows.
func (s *Screen) Legend() [][2]string {
	return [][2]string{
		{"!", "a model has no vector of the text"},
		{"~", "a model reads only its beginning"},
		{"≈", "the tokens are counted as OpenAI's models do, others count differently"},
		{labelling.SameSign + " " + labelling.DifferentSign, "a nearest text belongs with this one, by group, pair or mark, or does not"},
		{labelling.SameSign + " 3 of 5", "so many of the nearest belong with this one"},
		{"+2", "so many models or columns have no room: a wider window shows them"},
	}
}

// Typing tells that a text or a filter is being typed.
func (s *Screen) Typing() bool { return s.writing != nil || s.filter.Typing() }

// Update takes what is typed into a text or the filter, pastes, and the nearest
// texts of a large corpus.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if act, ok := ui.Find(s.Actions(), msg); ok && s.Typing() {
			return s.Perform(act)
		}
		switch {
		case s.writing != nil:
			return s.write(msg)
		case s.filter.Typing():
			return s.filter.Update(msg)
		}
	case tea.PasteMsg:
		if s.filter.Typing() {
			return s.filter.Update(msg)
		}
		return s.pasted(msg.Content)
	}
	return nil
}

// Back stops the reading of a file, else it ends the writing, then the filter, then the reading, then the query.
func (s *Screen) Back() bool {
	switch {
	case s.opening != nil:
		s.Inform("Stopped reading %s; the texts are as they were.", filepath.Base(s.opening.typed))
		s.stopOpening()
	case s.writing != nil:
		s.endWriting()
	case s.filter.Shown():
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

// Refresh follows what has changed in the texts and results.
func (s *Screen) Refresh() tea.Cmd {
	s.facts.follow(s.Session.Corpus())
	filter := s.refilter()
	ask := s.refreshQuery()
	p := s.parts(s.Body)
	if s.writing != nil {
		r := s.detailParts(p.detail, p.wide)
		s.writing.editor.Fit(r.text.W, r.text.H)
	}
	s.wrapped = s.wrap(p)
	s.summarise()
	s.scrollText(0)
	t := s.table(p.list.Size())
	s.list.Cursor = t.Cursor
	s.list.Fit(t.Rows, t.Fit(p.list.W, p.list.H).Rows)
	s.scrollRanking()
	return tea.Batch(filter, ask, s.refreshNearest())
}

// Actions are those of the list, or of what is being typed.
func (s *Screen) Actions() []ui.Action {
	switch {
	case s.writing != nil:
		return s.writingActions()
	case s.filter.Typing():
		return s.filter.Actions(ID, "texts", s.endFilter, s)
	}
	name := func(id string) string { return "texts." + id }
	show := func(place int, when bool) int {
		if when {
			return place
		}
		return 0
	}
	example := 5
	if s.Session.Corpus().Len() > 0 {
		example = 10 // there are texts already: only where there is room to spare
	}
	edits := s.Session.Corpus()
	hasRoom := ui.Unless(s.hasRoom, format.Thousands(corpus.MaxTexts)+" texts are the most: delete some first")
	undoable := ui.Unless(func() bool { return edits.Undoable() != "" }, "nothing has been changed")
	redoable := ui.Unless(func() bool { return edits.Redoable() != "" }, "nothing has been undone")
	unranked := ui.Unless(func() bool { return !s.ranking() }, "a query ranks the texts: esc ends it")
	list := []ui.Action{
		{ID: name("add"), Key: keyAdd, Short: "add…", Group: ui.GroupDo, Footer: 2, Guard: hasRoom, Run: ui.Do(s.add)},
		{ID: name("edit"), Key: keyEdit, Short: "edit…", Group: ui.GroupDo, Footer: 3, Guard: s.needsText, Run: ui.Do(s.edit)},
		{ID: name("select"), Key: keySelect, Short: "select", Group: ui.GroupDo, Footer: 8, Guard: s.needsText, Run: s.selectText},
		{ID: name("group"), Key: ui.KeyLabels, Name: "group of the text…", Group: ui.GroupDo, Guard: s.needsText, Run: ui.Do(s.askGroup)},
		{ID: name("remove"), Key: ui.KeyDelete, Group: ui.GroupDo, Footer: 6, Guard: s.needsText, Run: s.remove},
		{ID: name("undo"), Key: keyUndo, Group: ui.GroupDo, Footer: show(7, undoable() == ""), Guard: undoable, Run: s.undo},
		{ID: name("redo"), Key: keyRedo, Group: ui.GroupDo, Guard: redoable, Run: s.redo},
		{ID: name("up"), Key: ui.KeyCarryUp, Name: "move the text up", Group: ui.GroupDo, Guard: s.cannotMove(-1), Run: func() tea.Cmd { return s.shift(-1) }},
		{ID: name("down"), Key: ui.KeyCarryDown, Name: "move the text down", Group: ui.GroupDo, Guard: s.cannotMove(1), Run: func() tea.Cmd { return s.shift(1) }},
		{ID: name("clear"), Key: keyClear, Group: ui.GroupDo, Guard: s.needsText, Run: ui.Do(s.askClear)},
		{ID: name("open"), Key: keyOpenFile, Short: "open…", Group: ui.GroupDo, Footer: 4, Run: s.askFile},
		{ID: name("leftout"), Key: keyLeftOut, Group: ui.GroupDo, Guard: s.nothingLeftOut, Run: ui.Do(s.showLeftOut)},
		{ID: name("example"), Key: keyExample, Short: "example…", Group: ui.GroupDo, Footer: example, Run: ui.Do(s.askExample)},
		{ID: name("copy"), Key: ui.KeyCopy, Name: "copy the text or all…", Short: "copy…", Group: ui.GroupDo, Footer: 10,
			Guard: s.needsText, Run: ui.Do(s.askCopy)},
		{ID: name("export"), Key: ui.KeyExport, Name: "export the texts to a file…", Short: "export…", Group: ui.GroupDo, Footer: 10,
			Guard: s.lacksTexts, Run: func() tea.Cmd { return s.Export(s.textsExport()) }},
		{ID: name("filter"), Key: ui.KeyFilter, Group: ui.GroupShow, Footer: 7, Guard: ui.All(unranked, s.needsText), Run: ui.Do(s.startFilter)},
		{ID: name("query"), Key: keyQuery, Short: "query…", Group: ui.GroupShow, Footer: 6, Guard: ui.CanCompute(s.Session), Run: ui.Do(s.askQuery)},
		s.tab(),
	}
	return append(list, ui.Motions("texts.go", s)...)
}

// hasRoom tells whether another text can be added.
func (s *Screen) hasRoom() bool { return s.Session.Corpus().Len() < corpus.MaxTexts }

func (s *Screen) needsText() string {
	switch {
	case s.Session.Corpus().Len() == 0:
		return "no texts yet: a adds one, o opens a file, x loads an example"
	case s.rows() == 0:
		return "no text matches the filter: esc clears it"
	}
	return ""
}

// nothingLeftOut tells why no rows can be shown that were left out.
func (s *Screen) nothingLeftOut() string {
	if s.last.reading == nil || s.last.reading.Left == 0 {
		return "nothing was left out of a file"
	}
	return ""
}

// cannotMove gives the reason why the text under the cursor stays where it is.
func (s *Screen) cannotMove(by int) ui.Guard {
	return ui.All(s.needsText, func() string {
		to := s.Session.CursorA() + by
		switch {
		case s.ranking():
			return "the texts stand in the order of the query: esc ends it"
		case s.filter.Words() != "":
			return "the filter hides its neighbours: esc clears it"
		case to < 0:
			return "it is the first"
		case to >= s.Session.Corpus().Len():
			return "it is the last"
		}
		return ""
	})
}

// tab is the key that goes on to the next part, or to the next candidate where
// their rankings do not stand side by side.
func (s *Screen) tab() ui.Action {
	if s.ranking() {
		return ui.Action{ID: "texts.candidate", Key: ui.KeyNextPane, Name: "the ranking of the next model", Short: "next model", Group: ui.GroupShow, Footer: 2, Run: ui.Do(func() { s.Session.CycleFocus(1) })}
	}
	return ui.Action{ID: "texts.read", Key: ui.KeyNextPane, Name: "scroll the text or the list", Group: ui.GroupMove, Guard: s.cannotRead,
		Run: ui.Do(func() { s.reading = !s.reading })}
}

func (s *Screen) cannotRead() string {
	if len(s.wrapped.lines) <= s.textLines() {
		return "all of the text is in sight"
	}
	return ""
}

// textLines is how many lines the text under the cursor has on the screen.
func (s *Screen) textLines() int {
	p := s.parts(s.Body)
	return s.detailParts(p.detail, p.wide).text.H
}

// inSight tells that the text under the cursor and the remarks on it are all in sight.
func (s *Screen) inSight() bool {
	return len(s.wrapped.lines) > 0 && len(s.wrapped.lines) <= s.textLines()
}

// current is the text under the cursor; ok is false when there is none.
func (s *Screen) current() (t corpus.Text, ok bool) {
	if s.Session.CursorA() >= s.Session.Corpus().Len() {
		return corpus.Text{}, false
	}
	return s.Session.Corpus().At(s.Session.CursorA()), true
}

// Under is the text under the cursor.
func (s *Screen) Under() []int {
	if s.Session.Corpus().Len() == 0 {
		return nil
	}
	return []int{s.Session.CursorA()}
}

// Move moves the cursor through the list, or scrolls the text that is read.
func (s *Screen) Move(rows, _ int) {
	if s.reading {
		s.scrollText(rows)
		return
	}
	if s.ranking() {
		s.moveRank(rows)
		return
	}
	s.point(s.rowOf(s.Session.CursorA()) + rows)
}

// point puts the cursor on a row of the list, or the nearest there is.
func (s *Screen) point(row int) {
	if s.rows() == 0 {
		return
	}
	if s.query != nil {
		s.query.cursorPlaced = true
	}
	s.Session.PointAt(s.textOf(min(max(row, 0), s.rows()-1)))
	s.firstRow = 0
}

// Page is how many rows, or lines of the text that is read, a page has.
func (s *Screen) Page() int {
	p := s.parts(s.Body)
	if s.reading {
		return max(s.detailParts(p.detail, p.wide).text.H-1, 1)
	}
	if s.ranking() {
		return s.query.list.Page()
	}
	return s.list.Page()
}

func (s *Screen) scrollText(by int) {
	p := s.parts(s.Body)
	last := max(len(s.wrapped.lines)-s.detailParts(p.detail, p.wide).text.H, 0)
	s.firstRow = min(max(s.firstRow+min(max(by, -ui.Unlimited), ui.Unlimited), 0), last)
}

// Mouse puts the cursor on the text that was clicked, or scrolls what is under
// it.
func (s *Screen) Mouse(ev ui.Mouse, z ui.Size) tea.Cmd {
	p := s.parts(z)
	switch {
	case p.detail.Contains(ev.X, ev.Y):
		switch {
		case s.writing != nil && ev.Wheel != 0:
			s.writing.editor.Vertical(3 * ev.Wheel)
		case s.writing == nil:
			s.scrollText(3 * ev.Wheel)
		}
	case !p.list.Contains(ev.X, ev.Y):
		if ev.Wheel == 0 && s.Session.Corpus().Len() > 0 && s.writing == nil {
			s.startFilter()
		}
	case s.ranking():
		s.mouseInRanking(ev, p.list)
	case ev.Wheel != 0:
		if s.writing == nil {
			s.point(s.rowOf(s.Session.CursorA()) + 3*ev.Wheel)
		}
	default:
		if row, ok := s.table(p.list.Size()).Fit(p.list.W, p.list.H).RowAt(ev.Y - p.list.Y); ok {
			text := s.textOf(row)
			s.endWriting()
			s.filter.Keep()
			s.reading = false
			s.point(s.rowOf(text))
		}
	}
	return nil
}

func (s *Screen) remove() tea.Cmd {
	at := s.Session.CursorA()
	row := s.rowOf(at)
	t := s.Session.Corpus().At(at)
	cmd := s.Session.Edits().Delete(at)
	filtered := s.filter.filters()
	filter := s.refilter()
	if s.filter.filters() == filtered {
		s.point(row)
	} else { // the matches are looked for anew, and rows are of all texts until then
		s.point(at)
	}
	s.Inform("Deleted text %d, “%s”: u undo.", at+1, term.Excerpt(t.Text, 30))
	return tea.Batch(cmd, filter)
}

func (s *Screen) undo() tea.Cmd {
	what, cmd := s.Session.Edits().Undo()
	s.Inform("Undone: %s. U redoes it.", what)
	return cmd
}

func (s *Screen) redo() tea.Cmd {
	what, cmd := s.Session.Edits().Redo()
	s.Inform("Done again: %s. u takes it back.", what)
	return cmd
}

func (s *Screen) shift(by int) tea.Cmd { return s.Session.Edits().Move(s.Session.CursorA(), by) }

// askClear asks before all texts go.
func (s *Screen) askClear() {
	n := format.Count(s.Session.Corpus().Len(), "text")
	s.Open(widget.NewQuestion(s.Context, "Delete all texts?", []string{n + " of “" + s.Session.Corpus().Origin().Title() + "”"},
		widget.Option{Key: "d", Label: "delete them (u undoes that)", Run: func() tea.Cmd {
			s.endFilter()
			s.Inform("Deleted %s: u undo.", n)
			return s.Session.Edits().Clear()
		}}))
}

// askGroup asks for the group of the text under the cursor; tab completes the
// groups that there are.
func (s *Screen) askGroup() {
	at := s.Session.CursorA()
	t := s.Session.Corpus().At(at)
	p := widget.NewPrompt(s.Theme, fmt.Sprintf("Group of text %d", at+1),
		"Matrices can be ordered by group. Leave empty for no group.", "group",
		func(group string) (tea.Cmd, string) {
			cmd, err := s.Session.Edits().Regroup(at, t, group)
			if err != nil {
				return nil, err.Error()
			}
			return cmd, ""
		})
	p.Input.SetValue(t.Group)
	p.Input.ShowSuggestions = true
	p.Input.SetSuggestions(s.facts.groups)
	s.Open(p)
}
