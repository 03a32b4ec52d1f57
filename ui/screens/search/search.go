package search

import (
	"encoding/json"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/widget"
)

// Screen searches the texts.
type Screen struct {
	*ui.Context
	input  widget.Input
	typing bool
	query  *query // nil before the first
	// hits is how many first hits are shown of every row, and weight what BM25 weighs in
	// the hybrid, where the candidate weighs 1.
	hits   int
	weight float64
	// toBest has rank changes told against the row that does best at the judged queries,
	// rather than against the column before.
	toBest bool
	// list is the cursor among the ranks, column the row in focus and first the first of
	// the columns in sight.
	list          widget.List
	column, first int
	// examples are what is offered while no query is asked, and offered the cursor among
	// them.
	examples []example
	offered  widget.List
	given    givenQueries
	measured []session.Measured
	shown    shown
	// judging is the box that was opened last; nil before the first. ToJudge is the query
	// that opens the next one when its hits are there.
	judging *judging
	toJudge *query
	// paying are the sources, by key, that are sent a query for money.
	paying map[string]bool
}

// New makes the screen.
func New(s *ui.Context) ui.Screen {
	return &Screen{Context: s, input: widget.NewInput(s.Theme, placeholder), hits: defaultHits, weight: defaultWeight, paying: map[string]bool{}}
}

// placeholder is what an empty field says, and placeholderLast where there is a query to
// bring back.
const placeholder, placeholderLast = "a question, or some words", "a question, or some words; ↑ brings the last one back"

const (
	// defaultHits is how many first hits are shown of every row, and mostHits how many
	// can be.
	defaultHits, mostHits = 10, 100
	// defaultWeight is what BM25 weighs in the hybrid, as the command has it.
	defaultWeight = 1.
	mostWeight    = 2.
)

// ID is the screen's id.
const ID = "search"

// Info says what it is called.
func (s *Screen) Info() ui.Info { return ui.Info{ID: ID, Title: "Search", Compares: true} }

// choices are what is remembered of the screen.
type choices struct {
	Hits   int      `json:"hits,omitempty"`
	Weight *float64 `json:"weight,omitempty"`
	ToBest bool     `json:"to_best,omitempty"`
}

// Save gives how many hits are shown, the weight of words, and what ranks are compared
// with.
func (s *Screen) Save() json.RawMessage { return ui.Encode(choices{s.hits, &s.weight, s.toBest}) }

// Restore shows what was shown before.
func (s *Screen) Restore(kept json.RawMessage) {
	var c choices
	if json.Unmarshal(kept, &c) != nil {
		return
	}
	if c.Hits > 0 {
		s.hits = min(c.Hits, mostHits)
	}
	if c.Weight != nil && *c.Weight >= 0 {
		s.weight = min(*c.Weight, mostWeight)
	}
	s.toBest = c.ToBest
}

// Typing tells that letters go into the query.
func (s *Screen) Typing() bool { return s.typing }

// Pastes tells that what is pasted becomes a query.
func (s *Screen) Pastes() {}

// Back leaves the query that is being typed, else goes from what was found to what can be
// asked.
func (s *Screen) Back() bool {
	if !s.typing {
		if s.query == nil {
			return false
		}
		s.end()
		s.query, s.toJudge = nil, nil
		return true
	}
	s.typing = false
	return true
}

// Update edits the query, which a paste begins too. Letters begin none: most of them are
// commands, one of which ends the program.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	press, isKey := msg.(tea.KeyPressMsg)
	_, isPaste := msg.(tea.PasteMsg)
	switch {
	case !s.typing && isKey, !isKey && !isPaste:
		return nil
	case !s.typing:
		s.beginTyping("")
	}
	if isKey {
		if key.Matches(press, keyLastQuery) && s.input.Value() == "" && s.last() != "" {
			s.beginTyping(s.last())
			return nil
		}
		if by, moves := widget.FilterStep(press, s.Page()); moves {
			s.Move(by, 0)
			return nil
		}
		switch {
		case key.Matches(press, ui.KeyEnter):
			return s.enter()
		case key.Matches(press, ui.KeyNextPane):
			s.page(1)
			return nil
		}
	}
	before := s.input.Value()
	var cmd tea.Cmd
	if s.input, cmd = s.input.Update(msg); s.input.Value() != before {
		s.live()
	}
	return cmd
}

// beginTyping begins to type a query from a text on.
func (s *Screen) beginTyping(text string) {
	s.typing = true
	s.input.Placeholder = placeholder
	if s.last() != "" {
		s.input.Placeholder = placeholderLast
	}
	s.input.SetValue(text)
	s.input.CursorEnd()
}

// last is the query that can be brought back: the present one, or else the one that was
// asked last; empty where there is none.
func (s *Screen) last() string {
	if s.query != nil && s.query.source == "" {
		return s.query.text
	}
	for _, q := range slices.Backward(s.Session.Asked().List()) {
		if q.Source == "" {
			return q.Text
		}
	}
	return ""
}

// Filter searches for those words, as far as it costs nothing: a filter of this screen is
// a query.
func (s *Screen) Filter(words string) {
	s.input.SetValue(words)
	s.live()
}

// live searches for what is typed so far, as far as it costs nothing.
func (s *Screen) live() {
	if text := strings.TrimSpace(s.input.Value()); text != "" && len([]rune(text)) <= corpus.MaxTextLength {
		s.start(text, "")
	}
}

// enter takes what was typed as a query that is to be asked of all.
func (s *Screen) enter() tea.Cmd {
	text := strings.TrimSpace(s.input.Value())
	switch {
	case text == "":
		s.Notify(ui.NoticeWarn, "The query is empty: type a question or some words.")
		return nil
	case len([]rune(text)) > corpus.MaxTextLength:
		s.Notify(ui.NoticeWarn, "A query has at most "+format.Thousands(corpus.MaxTextLength)+" characters.")
		return nil
	}
	s.typing = false
	source := ""
	if s.query != nil && s.query.text == text {
		source = s.query.source
	}
	return s.ask(text, source)
}

// ask searches for a query, keeps it, and asks what costs something too; source are the
// words of the text that it was made of.
func (s *Screen) ask(text, source string) tea.Cmd {
	s.start(text, source)
	s.query.entered = true
	s.Session.Asked().Ask(text, source)
	return s.pay()
}

// again asks the query once more what failed or was not asked.
func (s *Screen) again() tea.Cmd {
	for key, a := range s.query.answers {
		if a.err != nil || a.phase == unpaid {
			delete(s.query.answers, key)
		}
	}
	s.query.entered = true
	s.Session.Asked().Ask(s.query.text, s.query.source)
	return s.pay()
}

// Opened asks for what is like a text where that was wanted. Whoever has been elsewhere
// meanwhile does not wait for a query to judge any more.
func (s *Screen) Opened() {
	s.toJudge = nil
	s.askWanted()
}

// askWanted asks for what is like a text where that is wanted.
func (s *Screen) askWanted() {
	if text := s.Session.Asked().TakeWanted(); text != "" {
		s.typing = false
		s.start(text, text)
		s.query.entered = true
		s.Session.Asked().Ask(text, text)
	}
}

// Refresh has everything searched that is not yet, as far as it costs nothing.
func (s *Screen) Refresh() tea.Cmd {
	s.askWanted() // more like a text of this screen
	s.dropGone()
	cmd := s.searchAll()
	s.makeRows()
	s.fit()
	s.gatherGiven()
	s.makeExamples()
	s.offered.Fit(len(s.examples), s.beginLayout(s.Body).list.H)
	s.judgeArrived()
	if s.typing {
		return cmd
	}
	hybrid := ""
	if c, ok := s.fused(); ok {
		hybrid = c.ID()
	}
	var measuring tea.Cmd
	s.measured, measuring = s.Session.Search().Measured(hybrid, s.weight)
	return tea.Batch(cmd, measuring)
}

// fused is the candidate that the hybrid is made of: the one in focus.
func (s *Screen) fused() (session.State, bool) {
	if len(s.Session.Candidates()) == 0 {
		return session.State{}, false
	}
	c := s.Session.State(s.Session.Candidates()[s.Session.Focused()])
	return c, c.Phase == session.PhaseReady
}
