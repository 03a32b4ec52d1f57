package search

import (
	"fmt"
	"hash/fnv"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui"
)

// The keys that judge a text.
var (
	keyRelevant = ui.Bind("2", "relevant", "2")
	keyPartly   = ui.Bind("1", "partly", "1")
	keyNot      = ui.Bind("0", "not", "0")
	keyRest     = ui.Bind("Z", "the others in sight: not", "Z")
	keySkip     = ui.Bind("s", "skip", "s")
	keyUndo     = ui.Bind("u", "undo", "u")
)

var gradeKeys = []struct {
	key   key.Binding
	grade float64
}{{keyRelevant, labels.WhollyRelevant}, {keyPartly, labels.PartlyRelevant}, {keyNot, labels.NotRelevant}}

// judging is a box with the query and one of the texts found and nothing else, so that
// neither names nor ranks sway. When all were seen the names are lifted.
type judging struct {
	ui.Closable
	*ui.Context
	screen   *Screen
	query    string
	revision uint64
	texts    []corpus.Text
	pool     []int
	at, top  int
	hits     int   // of every row that is in the pool
	steps    []int // how many texts each step has judged since the box was opened
	// listed is how many of the texts stand in a page below the one in full, which has so
	// many lines as the longest; 0 where that one needs the room.
	listed, longest int
	// listAt is the line of the box in which the list begins.
	listAt int
	// finders says who found each text, to be told in the end, and names what the letters
	// stand for.
	finders map[int]string
	names   string
}

// judge begins to judge what all rows have found for the query.
func (s *Screen) judge() {
	j := &judging{Context: s.Context, screen: s, query: s.query.text, revision: s.Session.ResultsRevision(), texts: s.Session.Texts(), hits: s.hits, finders: map[int]string{}}
	var lists [][]search.Hit
	for _, r := range s.rows() {
		if !r.old {
			lists = append(lists, r.hits)
			if len(r.hits) > 0 {
				j.names += fmt.Sprintf("%s %s  ", r.letter, r.name)
			}
		}
	}
	for _, l := range s.shown.lines {
		j.finders[l.Text], _ = s.finders(l)
	}
	j.pool = search.Pool(seedOf(j.query), s.hits, lists...)
	j.pool = slices.DeleteFunc(j.pool, func(i int) bool { return i >= len(j.texts) })
	if !slices.ContainsFunc(s.Session.Asked().List(), func(q labels.AskedQuery) bool { return q.Text == j.query }) {
		s.Session.Asked().Ask(j.query, s.query.source)
	}
	j.at = max(slices.IndexFunc(j.pool, func(i int) bool { return !j.judged(i) }), 0)
	s.judging = j
	s.Open(j)
}

// blind tells that somebody judges, or will as soon as all is found, and nobody may see yet
// what found the texts.
func (s *Screen) blind() bool {
	if s.waitsToBeJudged() != "" {
		return true
	}
	return s.judging != nil && !s.judging.Closed() && !s.judging.over()
}

// seedOf draws the order of a query's texts: the same always, and another for another
// query.
func seedOf(query string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(query))
	return h.Sum64()
}

// judged tells that the person has said something of a text.
func (j *judging) judged(text int) bool {
	_, ok := j.Session.Asked().Query(j.query).GradeOf(j.texts[text].Text)
	return ok
}

// gone tells that the texts were changed meanwhile.
func (j *judging) gone() bool { return j.Session.ResultsRevision() != j.revision }

// over tells that all texts were seen.
func (j *judging) over() bool { return j.at >= len(j.pool) }

// Update judges the text and goes to the next, passes over it, undoes, or closes.
func (j *judging) Update(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(tea.KeyPressMsg); ok && j.gone() {
		j.Dismiss()
		return nil
	}
	cmd, _ := ui.Press(j.Actions(), msg)
	return cmd
}

// Actions judge the text, pass over it, undo, or close; in the end they scroll.
func (j *judging) Actions() []ui.Action {
	undo := ui.Action{Key: keyUndo, Group: ui.GroupDo, Run: j.undo}
	move := func(b key.Binding, by func()) ui.Action {
		return ui.Action{Key: b, Group: ui.GroupMove, Run: ui.Do(by)}
	}
	if j.over() {
		closing := []key.Binding{ui.KeyQuit, ui.KeyEnter}
		out := []ui.Action{undo}
		if next, ok := j.screen.undecided(j.query); ok {
			closing = closing[:1]
			out = append(out, ui.Action{Key: ui.KeyEnter, Name: "judge the next query", Group: ui.GroupDo, Run: func() tea.Cmd {
				j.Dismiss()
				return j.screen.askToJudge(next)
			}})
		}
		back := func() { j.at = max(j.at-1, 0) }
		return append(out, ui.Closing(j.Dismiss, closing...),
			move(ui.KeyUp, func() { j.top = max(j.top-1, 0) }), move(ui.KeyDown, func() { j.top++ }), move(ui.KeyLeft, back))
	}
	var out []ui.Action
	for _, k := range gradeKeys {
		out = append(out, ui.Action{Key: k.key, Group: ui.GroupDo, Run: func() tea.Cmd { return j.grade(k.grade) }})
	}
	if j.listed > 0 {
		out = append(out, ui.Action{Key: keyRest, Group: ui.GroupDo, Run: j.gradeRest})
	}
	skip := ui.Bind(keySkip.Help().Key+"/↓", keySkip.Help().Desc, slices.Concat(keySkip.Keys(), ui.KeyDown.Keys(), ui.KeyRight.Keys(), ui.KeyChoose.Keys())...)
	before := ui.Bind("↑/k", "the text before", slices.Concat(ui.KeyUp.Keys(), ui.KeyLeft.Keys())...)
	return append(out, undo, ui.Closing(j.Dismiss, ui.KeyQuit), move(skip, func() { j.at = min(j.at+1, len(j.pool)) }), move(before, j.back))
}

// back goes to the text before; from the first to the last in sight, which may be nearer.
func (j *judging) back() {
	switch {
	case j.at > 0:
		j.at--
	case j.listed > 0:
		_, to := j.page()
		j.at = to - 1
	}
}

// goTo goes on at a place; behind the last one, back to the first text that was passed
// over, for what nobody judges counts as not relevant.
func (j *judging) goTo(at int) {
	j.at = at
	if j.over() {
		if first := slices.IndexFunc(j.pool, func(i int) bool { return !j.judged(i) }); first >= 0 {
			j.at = first
		}
	}
}

// grade says how relevant the text is, and goes to the next.
func (j *judging) grade(grade float64) tea.Cmd {
	cmd := j.Session.Asked().Judge(j.query, j.pool[j.at], grade)
	j.steps = append(j.steps, 1)
	j.goTo(j.at + 1)
	return tea.Batch(cmd, j.finish())
}

// gradeRest says that what nobody spoke of on the page in sight is not relevant, and goes
// to the next page.
func (j *judging) gradeRest() tea.Cmd {
	var cmds []tea.Cmd
	from, to := j.page()
	for _, text := range j.pool[from:to] {
		if !j.judged(text) {
			cmds = append(cmds, j.Session.Asked().Judge(j.query, text, labels.NotRelevant))
		}
	}
	if len(cmds) > 0 {
		j.steps = append(j.steps, len(cmds))
	}
	j.goTo(to)
	return tea.Batch(append(cmds, j.finish())...)
}

// finish notes that the pool is judged when no text is left that nobody spoke of.
func (j *judging) finish() tea.Cmd {
	if slices.ContainsFunc(j.pool, func(i int) bool { return !j.judged(i) }) {
		return nil
	}
	return j.Session.Asked().Finish(j.query, j.hits)
}

// marked is how many texts were judged since the box was opened.
func (j *judging) marked() (n int) {
	for _, step := range j.steps {
		n += step
	}
	return n
}

// undo takes the last step of this box back and shows its text again, the first of
// several.
func (j *judging) undo() tea.Cmd {
	if len(j.steps) == 0 {
		return nil
	}
	var cmds []tea.Cmd
	last := len(j.steps) - 1
	for range j.steps[last] {
		_, text, ok, cmd := j.Session.Asked().Undo()
		if !ok {
			break
		}
		cmds = append(cmds, cmd)
		if at := slices.IndexFunc(j.pool, func(i int) bool { return j.texts[i].Text == text }); at >= 0 {
			j.at = at
		}
	}
	j.steps = j.steps[:last]
	return tea.Batch(cmds...)
}

// Mouse goes to the text of the list that was clicked; in the end it scrolls.
func (j *judging) Mouse(ev ui.Mouse) tea.Cmd {
	switch {
	case j.over():
		j.top = max(j.top+ev.Wheel, 0)
	case j.listed > 0 && ev.Wheel == 0:
		from, to := j.page()
		if at := from + ev.Y - j.listAt; at >= from && at < to {
			j.at = at
		}
	}
	return nil
}
