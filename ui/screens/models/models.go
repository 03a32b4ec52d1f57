package models

import (
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// Screen shows the catalog: every model known, what it can do and costs,
// and which of them take part.
type Screen struct {
	*ui.Context
	// selected is the reference of the model under the cursor, so that the cursor
	// stays on it whatever is filtered and sorted.
	selected string
	list     widget.List
	// looked is when the ages of the lists were told last.
	looked time.Time

	sort    catalogColumn
	reverse bool
	// query filters the rows; editing tells that it is being typed into input.
	query   string
	input   widget.Input
	editing bool
	// use is the guide's use case that the rows are narrowed to; nil shows all.
	use *catalog.UseCase

	// reading tells that the keys scroll the details: a pane beside the list, or
	// a page in its place where there is no room for both.
	reading   bool
	detailTop int

	made *prepared // nil before it is made anew
	// moved tells that the rows made last stand in another order than the catalog's, since what
	// can be used now goes first.
	moved bool
}

// New makes the screen.
func New(s *ui.Context) ui.Screen { return &Screen{Context: s} }

// ID is the screen's id.
const ID = "models"

// Info says what it is called.
func (s *Screen) Info() ui.Info { return ui.Info{ID: ID, Title: "Models"} }

// Update takes what is typed into the filter.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	if !s.editing {
		return nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok {
		if by, ok := widget.FilterStep(press, s.Page()); ok {
			s.Move(by, 0)
			return nil
		}
		if key.Matches(press, ui.KeyEnter) {
			s.editing = false
			return nil
		}
	}
	var cmd tea.Cmd
	s.input, cmd = s.input.Update(msg)
	if s.input.Value() != s.query {
		s.query = s.input.Value()
		s.selectFirst()
	}
	return cmd
}

// Legend explains the rows.
func (s *Screen) Legend() [][2]string {
	return [][2]string{
		{"●  ●2", "selected; twice, at different dimensions"},
		{"●256", "beside the other lengths that D offers: selected at 256 dimensions"},
		{"(new)", "was not on the list before; (changed): says something else now"},
		{"(gone)", "no longer on the newest list; what was known last is shown"},
		{"1536→1", "1536 dimensions; any down to 1 can be asked of the provider"},
		{"32–2560", "any from 32 to 2560 can be asked of it; enter says what comes unasked"},
		{"512 ✂", "512 dimensions; fewer are cut here (derived)"},
		{"7≠1024", "its vectors have 7 dimensions, the list says 1024: the vectors count"},
		{labelling.PartMark, "a score over a part of what is labelled; the details say why"},
		{"≈  -", "estimated; unknown, which is not free"},
		{perMillionTitle, "what a million texts cost that are as long as yours, which are too few to tell prices apart"},
	}
}

// Typing tells that a filter is being typed.
func (s *Screen) Typing() bool { return s.editing }

// Back leaves the filter, the details, the filter's words, the guide's use case.
func (s *Screen) Back() bool {
	switch {
	case s.editing:
		s.editing, s.query = false, ""
	case s.reading:
		s.reading = false
	case s.query != "":
		s.query = ""
	case s.use != nil:
		s.use = nil
	default:
		return false
	}
	return true
}

const chooseLabel = "select the model, or remove it"

// Actions choose, filter, sort and read models.
func (s *Screen) Actions() []ui.Action {
	name := func(id string) string { return "models." + id }
	list := []ui.Action{
		{ID: name("choose"), Key: ui.KeyChoose, Name: chooseLabel, Short: "select", Group: ui.GroupDo, Footer: 2,
			Guard: s.cannotChoose, Run: s.choose},
		{ID: name("dimensions"), Key: ui.KeyDimensions, Name: "choose its dimensions…", Short: "dims…", Group: ui.GroupDo, Footer: 3,
			Guard: s.needsSelectable, Run: ui.Do(s.askDimensions)},
		{ID: name("copy"), Key: ui.KeyCopy, Name: "copy the model's name or the table…", Short: "copy…", Group: ui.GroupDo, Footer: 10,
			Guard: s.needsModel, Run: ui.Do(s.askCopy)},
		{ID: name("export"), Key: ui.KeyExport, Name: "export the table to a file…", Short: "export…", Group: ui.GroupDo, Footer: 10,
			Guard: s.needsModel, Run: func() tea.Cmd { return s.Export(s.tableExport()) }},
		{ID: name("filter"), Key: ui.KeyFilter, Name: "filter by provider/name, language or use…", Short: "filter…", Group: ui.GroupShow, Footer: 4,
			Run: ui.Do(s.startFilter)},
		{ID: name("guide"), Key: keyGuide, Short: "guide…", Group: ui.GroupShow, Footer: 6, Run: ui.Do(s.askGuide)},
		{ID: name("sort"), Key: ui.KeySortNext, Short: "sort", Group: ui.GroupShow, Footer: 7, Run: ui.Do(s.nextSort)},
		{ID: name("reverse"), Key: ui.KeySortReverse, Group: ui.GroupShow, Guard: ui.Unless(func() bool { return s.sorted() != columnNone }, "nothing is sorted yet: s sorts by a column"),
			Run: ui.Do(func() { s.reverse = !s.reverse })},
		{ID: name("prefix"), Key: keyPrefix, Name: "edit what goes before queries and texts…", Group: ui.GroupDo, Guard: s.needsSelectable, Run: ui.Do(s.askRoles)},
		{ID: name("lists"), Key: keyReadLists, Name: "read the lists of all servers again, find those that run here", Short: "lists", Group: ui.GroupDo,
			Guard: s.cannotReadLists, Run: s.readLists},
		{ID: name("key"), Key: keyEnterKey, Group: ui.GroupDo, Guard: s.takesNoKey, Run: ui.Do(s.askKey)},
		{ID: name("details"), Key: ui.KeyEnter, Name: "read the details…", Group: ui.GroupShow, Guard: s.needsModel,
			Run: ui.Do(s.toggleReading)},
		{ID: name("pane"), Key: ui.KeyNextPane, Name: "to the details and back", Group: ui.GroupMove, Guard: s.needsModel,
			Run: ui.Do(s.toggleReading)},
	}
	return append(list, ui.Motions("models", s)...)
}

// current is the model under the cursor and its place among the rows; without
// rows there is none.
func (s *Screen) current(rows []catalogRow) (row catalogRow, at int, ok bool) {
	if len(rows) == 0 {
		return catalogRow{}, 0, false
	}
	at = max(slices.IndexFunc(rows, func(r catalogRow) bool { return r.model.Ref() == s.selected }), 0)
	return rows[at], at, true
}

func (s *Screen) model() (api.Model, bool) {
	row, _, ok := s.current(s.rows())
	return row.model, ok
}

// Move moves the cursor, or scrolls the details while they are read.
func (s *Screen) Move(rows, _ int) {
	if s.reading {
		s.scrollDetails(rows)
		return
	}
	shown := s.rows()
	_, at, ok := s.current(shown)
	if !ok {
		return
	}
	s.put(shown[min(max(at+rows, 0), len(shown)-1)])
}

// put moves the cursor to a row.
func (s *Screen) put(row catalogRow) {
	if ref := row.model.Ref(); ref != s.selected {
		s.selected, s.detailTop = ref, 0
	}
}

func (s *Screen) selectFirst() {
	if rows := s.rows(); len(rows) > 0 {
		s.put(rows[0])
	}
}

// Page is how many rows, or lines of the details, a page has.
func (s *Screen) Page() int {
	if s.reading {
		return max(s.layout(s.Body).details.H-2, 1)
	}
	return s.list.Page()
}

func (s *Screen) toggleReading() {
	s.reading, s.detailTop = !s.reading, 0
}

func (s *Screen) needsModel() string {
	if _, ok := s.model(); !ok {
		return "no model matches: esc clears the filter"
	}
	return ""
}

// needsSelectable gives the reason why there is no model here that can take part.
func (s *Screen) needsSelectable() string {
	m, ok := s.model()
	if !ok {
		return s.needsModel()
	}
	return m.Unselectable()
}

func (s *Screen) startFilter() {
	s.editing, s.reading = true, false
	s.input = widget.NewInput(s.Theme, "provider/name, language or use")
	s.input.SetValue(s.query)
	s.input.CursorEnd()
}

// Filter shows the models that match those words.
func (s *Screen) Filter(words string) {
	s.startFilter()
	s.editing, s.query = false, words
	s.selectFirst()
}

// nextSort sorts by the next column.
func (s *Screen) nextSort() {
	all := s.sortable()
	s.sortBy(all[(slices.Index(all, s.sorted())+1)%len(all)])
}

func (s *Screen) sortBy(c catalogColumn) {
	s.sort, s.reverse = c, false
}

// cannotChoose gives the reason why the model can be neither chosen nor taken
// out.
func (s *Screen) cannotChoose() string {
	if m, ok := s.model(); ok && s.Session.Has(m.Ref()) {
		return ""
	}
	return ui.All(s.needsSelectable, ui.HasRoom(s.Session))()
}

// choose makes the model a candidate, or takes it out at all its dimensions.
func (s *Screen) choose() tea.Cmd {
	row, _, _ := s.current(s.rows())
	m := row.model
	cmd := s.Session.ToggleModel(m)
	if !s.Session.Has(m.Ref()) {
		s.Inform("Removed: %s at %s.", m.Ref(), candidate.DimensionsList(row.chosen))
	} else {
		candidate.TellChosen(s.Context, m, m.Dimensions)
	}
	return cmd
}

// Status says of the model under the cursor what the list may lack the room for:
// what stands in the way of asking it, and its full reference.
func (s *Screen) Status() string {
	row, _, ok := s.current(s.rows())
	if !ok {
		return ""
	}
	m := row.model
	text := term.Safe(s.standing(row)) + " · " + term.Safe(m.Ref())
	if l := s.layout(s.Body); !l.beside && !l.under && !s.reading {
		const details = " · enter: details"
		if use := " · " + languagesCell(m); m.Languages != "" && term.Width(text+use+details) < s.Body.W {
			text += use // which the list may lack the room for
		}
		text += details
	}
	if over, why := labelling.Basis(s.Session); over != "" && len(row.chosen) > 0 {
		text += " · " + over
		if why != "" {
			text += " · " + why
		}
	}
	return text
}

// failure is the first error of a model's candidates; nil when none failed.
func (s *Screen) failure(row catalogRow) error {
	for _, c := range row.chosen {
		if st := s.Session.State(c); st.Phase == session.PhaseFailed {
			return st.Err
		}
	}
	return nil
}

// standing says whether a model takes part or can, in a few words.
func (s *Screen) standing(row catalogRow) string {
	m := row.model
	lacks := candidate.Unavailable(s.Session.Engine().Available(m)).Line(ui.Unlimited)
	switch {
	case m.Unselectable() != "":
		return "cannot be selected: " + m.Unselectable()
	case lacks != "":
		return lacks
	case s.failure(row) != nil:
		return candidate.OfError(s.failure(row)).Line(ui.Unlimited) + " · selected at " + candidate.DimensionsList(row.chosen)
	case len(row.chosen) > 0:
		return "selected at " + candidate.DimensionsList(row.chosen)
	default:
		return "space selects it"
	}
}
