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
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
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
	if s.toJudge != nil && s.toJudge == s.query {
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

// judgingWidth is how wide the box is at the most.
const judgingWidth = 100

// judgingRest are the lines of the box that are neither query nor texts: title, rule, what
// was said, and keys.
const judgingRest = 4

// Fit finds out how many texts can be listed below the one in full, which they must leave
// the room for the longest.
func (j *judging) Fit(room ui.Size, _ *theme.Theme) {
	w := min(room.W, judgingWidth)
	j.listed, j.longest = 0, 1
	left := room.H - judgingRest - len(j.queryLines(ui.Size{W: w, H: room.H}))
	most := left / 3
	for _, i := range j.pool {
		if len(j.texts[i].Text) > 8*w*most {
			return
		}
		j.longest = max(j.longest, len(term.SafeLines(j.texts[i].Text, w)))
	}
	if j.longest <= most {
		j.listed = min(left-j.longest, len(j.pool))
		j.listAt = room.H - 1 - (left - j.longest)
	}
}

// page are the places in the pool that are listed beside the present one.
func (j *judging) page() (from, to int) {
	from = j.at / j.listed * j.listed
	return from, min(from+j.listed, len(j.pool))
}

// View draws the query over the text and the keys; in the end who found what.
func (j *judging) View(room ui.Size, t *theme.Theme) []string {
	w := min(room.W, judgingWidth)
	lines := j.lines(ui.Size{W: w, H: room.H}, t)
	for i := range lines {
		lines[i] = term.Fit(lines[i], w)
	}
	return lines[:min(len(lines), room.H)]
}

func (j *judging) queryLines(z ui.Size) []string {
	return term.CutLines(term.SafeLines("“"+term.Excerpt(j.query, 4*z.W)+"”", z.W), z.W, max(z.H/4, 1))
}

func (j *judging) lines(z ui.Size, t *theme.Theme) []string {
	switch {
	case j.gone():
		return []string{"The texts were changed meanwhile; esc leads back."}
	case j.over():
		return j.lifted(z, t)
	}
	done := 0
	for _, i := range j.pool {
		if j.judged(i) {
			done++
		}
	}
	judged, all := j.Session.Asked().Decided()
	progress := fmt.Sprintf("%d of %d · %d of %s judged", j.at+1, len(j.pool), judged, countQueries(all))
	lines := []string{t.Title.Render("Does it answer?") + t.Dim.Render("  "+progress)}
	for _, l := range j.queryLines(z) {
		lines = append(lines, t.Strong.Render(l))
	}
	if z.H >= 8 {
		lines = append(lines, t.Dim.Render("── a text that some row has found"))
	}
	room := max(z.H-len(lines)-2, 1)
	if j.listed > 0 {
		room = j.longest
	}
	text := j.texts[j.pool[j.at]].Text
	if len(text) > 8*z.W*room {
		text = text[:term.RuneStart(text, 8*z.W*room)]
	}
	full := term.CutLines(term.SafeLines(text, z.W), z.W, room)
	lines = append(lines, full...)
	now := ""
	if g, ok := j.Session.Asked().Query(j.query).GradeOf(j.texts[j.pool[j.at]].Text); ok {
		now = t.Accent.Render("judged: " + gradeWord(g))
	}
	lines = append(lines, now)
	if j.listed > 0 {
		for range room - len(full) {
			lines = append(lines, "") // so that the list stands still
		}
		lines = append(lines, j.list(z.W, t)...)
	}
	return append(lines, j.hints(z.W, t))
}

// list are the texts of the page in one line each, with what was said of them.
func (j *judging) list(w int, t *theme.Theme) (lines []string) {
	asked := j.Session.Asked().Query(j.query)
	from, to := j.page()
	for at := from; at < to; at++ {
		text := j.texts[j.pool[at]].Text
		line := grade(asked.GradeOf(text)) + " " + term.Excerpt(text, max(w-2, 1))
		if at == j.at {
			line = t.Codes.Selected + term.Fit(line, w) + theme.Reset
		}
		lines = append(lines, line)
	}
	return lines
}

// hints are the keys that judge, as many as have room.
func (j *judging) hints(w int, t *theme.Theme) string {
	relevant, not := "relevant", "not"
	if w < 60 {
		relevant, not = "yes", "no"
	}
	hints := []string{keyRelevant.Help().Key, relevant, keyPartly.Help().Key, "partly", keyNot.Help().Key, not}
	if j.listed > 0 {
		hints = append(hints, keyRest.Help().Key, "the others not")
	}
	return widget.Foot(t, w, append(hints, keySkip.Help().Key, "skip", keyUndo.Help().Key, "undo", ui.KeyBack.Help().Key, "done")...)
}

// gradeWord names a grade.
func gradeWord(g float64) string {
	switch {
	case g >= labels.WhollyRelevant:
		return "relevant"
	case g > 0:
		return "partly relevant"
	}
	return "not relevant"
}

// lifted says who found what, the relevant texts first.
func (j *judging) lifted(z ui.Size, t *theme.Theme) []string {
	asked := j.Session.Asked().Query(j.query)
	order := slices.Clone(j.pool)
	value := func(i int) float64 {
		if g, ok := asked.GradeOf(j.texts[i].Text); ok {
			return g
		}
		return -1
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch x, y := value(a), value(b); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	judged, all := j.Session.Asked().Decided()
	lines := []string{t.Title.Render("Who found what") + t.Dim.Render(fmt.Sprintf("  %s judged · %d of %s", format.Count(j.marked(), "text"), judged, countQueries(all)))}
	for _, l := range term.CutLines(term.SafeLines(j.names, z.W), z.W, 3) {
		lines = append(lines, t.Dim.Render(l))
	}
	room := max(z.H-len(lines)-1, 1)
	j.top = max(min(j.top, len(order)-room), 0)
	for _, i := range order[j.top:min(len(order), j.top+room)] {
		g, ok := asked.GradeOf(j.texts[i].Text)
		who := term.Fit(j.finders[i], min(z.W/2, 28))
		lines = append(lines, grade(g, ok)+" "+who+"  "+term.Excerpt(j.texts[i].Text, max(z.W-term.Width(who)-4, 1)))
	}
	hints := []string{ui.KeyEnter.Help().Key, "done"}
	if _, ok := j.screen.undecided(j.query); ok {
		hints = []string{ui.KeyEnter.Help().Key, "next query", ui.KeyBack.Help().Key, "done"}
	}
	return append(lines, widget.Foot(t, z.W, append(hints, "↑↓", "more", keyUndo.Help().Key, "undo")...))
}
