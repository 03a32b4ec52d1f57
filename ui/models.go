package ui

import (
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/ui/term"
)

// modelsScreen shows the catalog: every model known, what it can do and costs,
// and which of them take part.
type modelsScreen struct {
	*shared
	// selected is the reference of the model under the cursor, so that the cursor
	// stays on it whatever is filtered and sorted.
	selected string
	list     list
	// looked is when the ages of the lists were told last.
	looked time.Time

	sort    catalogColumn
	reverse bool
	// query filters the rows; editing tells that it is being typed into input.
	query   string
	input   textinput.Model
	editing bool
	// use is the guide's use case that the rows are narrowed to; nil shows all.
	use *catalog.UseCase

	// reading tells that the keys scroll the details: a pane beside the list, or
	// a page in its place where there is no room for both.
	reading   bool
	detailTop int
}

func newModelsScreen(s *shared) screen { return &modelsScreen{shared: s} }

// screenModels is the screen's id.
const screenModels = "models"

func (s *modelsScreen) describe() info { return info{id: screenModels, title: "Models"} }

// update takes what is typed into the filter.
func (s *modelsScreen) update(msg tea.Msg) tea.Cmd {
	if !s.editing {
		return nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok {
		if by, ok := filterStep(press, s.page()); ok {
			s.move(by, 0)
			return nil
		}
		if key.Matches(press, keyEnter) {
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

// marks explain the rows.
func (s *modelsScreen) marks() [][2]string {
	return [][2]string{
		{"●  ●2", "a candidate; 2 of them, at different dimensions"},
		{"●256", "beside the other lengths that d offers: chosen at 256 dimensions"},
		{"(new)", "was not on the list before; (changed): says something else now"},
		{"(gone)", "no longer on the newest list; what was known last is shown"},
		{"1536→1", "1536 dimensions; any down to 1 can be asked of the provider"},
		{"32–2560", "any from 32 to 2560 can be asked of it; enter says what comes unasked"},
		{"512 cut", "512 dimensions; fewer are cut here (derived)"},
		{"7≠1024", "its vectors have 7 dimensions, the list says 1024: the vectors count"},
		{"≈  -", "estimated; unknown, which is not free"},
	}
}

func (s *modelsScreen) typing() bool { return s.editing }

// back leaves the filter, the details, the filter's words, the guide's use case.
func (s *modelsScreen) back() bool {
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

const chooseLabel = "choose the model or take it out"

func (s *modelsScreen) actions() []action {
	name := func(id string) string { return "models." + id }
	list := []action{
		{id: name("choose"), binding: keyChoose, name: chooseLabel, short: "choose", group: groupDo, footer: 2,
			enabled: s.cannotChoose, run: s.choose},
		{id: name("dimensions"), binding: keyDimensions, name: "choose its dimensions…", short: "dims…", group: groupDo, footer: 3,
			enabled: s.cannotHaveDimensions, run: do(s.askDimensions)},
		{id: name("candidates"), binding: keyCandidates, name: "list the candidates, reorder them…", short: "chosen…", group: groupDo, footer: 5,
			run: do(func() { s.open(newCandidateList(s.shared)) })},
		{id: name("copy"), binding: keyCopy, name: "copy the model's name or the table…", short: "copy…", group: groupDo, footer: 10,
			enabled: s.needsModel, run: do(s.askCopy)},
		{id: name("export"), binding: keyExport, name: "export the table to a file…", short: "export…", group: groupDo, footer: 10,
			enabled: s.needsModel, run: func() tea.Cmd { return s.export(s.tableExport()) }},
		{id: name("filter"), binding: keyFilter, name: "filter by provider/name, language or use…", short: "filter…", group: groupShow, footer: 4,
			run: do(s.startFilter)},
		{id: name("guide"), binding: keyGuide, short: "guide…", group: groupShow, footer: 6, run: do(s.askGuide)},
		{id: name("sort"), binding: keySortNext, short: "sort", group: groupShow, footer: 7, run: do(func() { s.sortBy((s.sort + 1) % catalogColumns) })},
		{id: name("reverse"), binding: keySortReverse, group: groupShow, enabled: s.cannotReverse,
			run: do(func() { s.reverse = !s.reverse })},
		{id: name("prefix"), binding: keyPrefix, name: "edit what goes before queries…", group: groupDo, enabled: s.cannotPrefix, run: do(s.askPrefix)},
		{id: name("details"), binding: keyEnter, name: "read the details…", group: groupShow, enabled: s.needsModel,
			run: do(s.toggleReading)},
		{id: name("pane"), binding: keyNextPane, name: "to the details and back", group: groupMove, enabled: s.needsModel,
			run: do(s.toggleReading)},
	}
	return append(list, motions("models", s)...)
}

// current is the model under the cursor and its place among the rows; without
// rows there is none.
func (s *modelsScreen) current(rows []catalogRow) (row catalogRow, at int, ok bool) {
	if len(rows) == 0 {
		return catalogRow{}, 0, false
	}
	at = max(slices.IndexFunc(rows, func(r catalogRow) bool { return r.model.Ref() == s.selected }), 0)
	return rows[at], at, true
}

func (s *modelsScreen) model() (api.Model, bool) {
	row, _, ok := s.current(s.rows())
	return row.model, ok
}

// move moves the cursor, or scrolls the details while they are read.
func (s *modelsScreen) move(rows, _ int) {
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
func (s *modelsScreen) put(row catalogRow) {
	if ref := row.model.Ref(); ref != s.selected {
		s.selected, s.detailTop = ref, 0
	}
}

func (s *modelsScreen) selectFirst() {
	if rows := s.rows(); len(rows) > 0 {
		s.put(rows[0])
	}
}

func (s *modelsScreen) page() int {
	if s.reading {
		return max(s.layout(s.body).details.h-2, 1)
	}
	return s.list.page()
}

func (s *modelsScreen) toggleReading() {
	s.reading, s.detailTop = !s.reading, 0
}

func (s *modelsScreen) needsModel() string {
	if _, ok := s.model(); !ok {
		return "no model matches: esc clears the filter"
	}
	return ""
}

func (s *modelsScreen) startFilter() {
	s.editing, s.reading = true, false
	s.input = newInput(s.theme, "provider/name, language or use")
	s.input.SetValue(s.query)
	s.input.CursorEnd()
}

func (s *modelsScreen) sortBy(c catalogColumn) {
	s.sort, s.reverse = c, false
}

func (s *modelsScreen) cannotReverse() string {
	if s.sort == columnNone {
		return "nothing is sorted yet: s sorts by a column"
	}
	return ""
}

// cannotChoose gives the reason why the model can be neither chosen nor taken
// out.
func (s *modelsScreen) cannotChoose() string {
	m, ok := s.model()
	switch {
	case !ok:
		return s.needsModel()
	case s.store.has(m.Ref()):
		return ""
	case m.Unselectable() != "":
		return m.Unselectable()
	}
	return noRoom(s.store)
}

// choose makes the model a candidate, or takes it out at all its dimensions.
func (s *modelsScreen) choose() tea.Cmd {
	row, _, _ := s.current(s.rows())
	m := row.model
	cmd := s.store.toggleModel(m)
	if !s.store.has(m.Ref()) {
		s.info("Taken out: %s at %s.", m.Ref(), dimensionsList(row.chosen))
	} else {
		tellChosen(s.shared, m, m.Dimensions)
	}
	return cmd
}

// tellChosen says that a candidate takes part now, and what it waits for.
func tellChosen(s *shared, m api.Model, dimensions int) {
	s.chosen(m)
	text := "Chosen: " + api.Candidate{Model: m.Ref(), Dimensions: dimensions}.ID()
	if lacks := missing(s.store.engine.Available(m)); lacks != "" {
		s.notify(noticeWarn, text+" · "+lacks)
		return
	}
	s.notify(noticeGood, text)
}

// status says of the model under the cursor what the list may lack the room for:
// what stands in the way of asking it, and its full reference.
func (s *modelsScreen) status() string {
	row, _, ok := s.current(s.rows())
	if !ok {
		return ""
	}
	m := row.model
	text := term.Safe(s.standing(row)) + " · " + term.Safe(m.Ref())
	if !s.layout(s.body).beside && !s.reading {
		text += " · enter: details"
	}
	return text
}

// failure is the first error of a model's candidates; nil when none failed.
func (s *modelsScreen) failure(row catalogRow) error {
	for _, c := range row.chosen {
		if st := s.store.state(c); st.phase == phaseFailed {
			return st.err
		}
	}
	return nil
}

// standing says whether a model takes part or can, in a few words.
func (s *modelsScreen) standing(row catalogRow) string {
	m := row.model
	lacks := missing(s.store.engine.Available(m))
	switch {
	case m.Unselectable() != "":
		return "cannot be chosen: " + m.Unselectable()
	case lacks != "":
		return lacks
	case s.failure(row) != nil:
		return problemOfError(s.failure(row)).line(far) + " · chosen at " + dimensionsList(row.chosen)
	case len(row.chosen) > 0:
		return "chosen at " + dimensionsList(row.chosen)
	default:
		return "space chooses it"
	}
}
