package search

import (
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/widget"
)

var (
	keyAsk         = ui.Bind("/", "ask a query…", "/")
	keyAgain       = ui.Bind(".", "ask the query again", ".")
	keyJudge       = ui.Bind("J", "judge what was found, names hidden…", "J")
	keyAsked       = ui.Bind("Q", "queries asked…", "Q")
	keyLess        = ui.Bind("[", "words count less in the hybrid", "[")
	keyMore        = ui.Bind("]", "words count more in the hybrid", "]")
	keyColumns     = ui.Bind("tab", "other columns", "tab")
	keyColumnsBack = ui.Bind("shift+tab", "other columns, back", "shift+tab")
	keyLeft        = ui.Bind("←/h", "column to the left", "left", "h")
	keyRight       = ui.Bind("→/l", "column to the right", "right", "l")
	keyFirst       = ui.Bind("home", "first rank", "home")
	keyLast        = ui.Bind("end", "last rank", "end")
	// keyLastQuery is pressed in an empty field, in which letters are typed.
	keyLastQuery = ui.Bind("↑", "the last query", "up")
)

// Actions ask, judge, and open what was found.
func (s *Screen) Actions() []ui.Action {
	name := func(id string) string { return "search." + id }
	move := func(id string, k ui.Action, by func()) ui.Action {
		k.ID, k.Group, k.Run = name(id), ui.GroupMove, ui.Do(by)
		return k
	}
	return []ui.Action{
		{ID: name("ask"), Key: keyAsk, Short: "query…", Group: ui.GroupDo, Footer: 2, Guard: s.canSearch, Run: ui.Do(s.edit)},
		{ID: name("judge"), Key: keyJudge, Short: "judge…", Group: ui.GroupDo, Footer: 3, Guard: s.needsJudgeable, Run: s.judgeOrNext},
		s.entering(name("open")),
		{ID: name("asked"), Key: keyAsked, Short: "asked…", Group: ui.GroupDo, Footer: 5, Run: ui.Do(s.openAsked)},
		{ID: name("again"), Key: keyAgain, Short: "again", Group: ui.GroupDo, Footer: 10, Guard: s.needsQuery, Run: s.again},
		{ID: name("less"), Key: keyLess, Group: ui.GroupShow, Run: ui.Do(func() { s.weigh(-1) })},
		{ID: name("more"), Key: keyMore, Group: ui.GroupShow, Run: ui.Do(func() { s.weigh(1) })},
		{ID: name("hits"), Key: ui.KeyNumber, Name: "how many hits…", Short: "hits…", Group: ui.GroupShow, Footer: 11, Run: ui.Do(s.askHits)},
		{ID: name("changes"), Key: ui.KeyView, Name: "ranks against the column before or the best", Group: ui.GroupShow, Guard: s.needsBest, Run: ui.Do(s.compareRanks)},
		{ID: name("figures"), Key: ui.KeyFull, Name: "figures of all columns…", Short: "figures…", Group: ui.GroupShow, Footer: 7, Guard: s.needsFigures, Run: ui.Do(s.openFigures)},
		{ID: name("copy"), Key: ui.KeyCopy, Name: "copy what was found", Group: ui.GroupDo, Guard: s.needsHits, Run: func() tea.Cmd { return s.Copy(s.foundExport()) }},
		{ID: name("export"), Key: ui.KeyExport, Name: "export what was found to a file…", Short: "export…", Group: ui.GroupDo, Footer: 12, Guard: s.needsHits, Run: func() tea.Cmd { return s.Export(s.foundExport()) }},
		move("columns", ui.Action{Key: keyColumns, Short: "columns", Footer: 6, Guard: s.needsColumns}, func() { s.page(1) }),
		move("columns.back", ui.Action{Key: keyColumnsBack, Guard: s.needsColumns}, func() { s.page(-1) }),
		move("up", ui.Action{Key: ui.KeyUp}, func() { s.Move(-1, 0) }),
		move("down", ui.Action{Key: ui.KeyDown}, func() { s.Move(1, 0) }),
		move("left", ui.Action{Key: keyLeft}, func() { s.Move(0, -1) }),
		move("right", ui.Action{Key: keyRight}, func() { s.Move(0, 1) }),
		move("pageup", ui.Action{Key: ui.KeyPageUp}, func() { s.Move(-s.Page(), 0) }),
		move("pagedown", ui.Action{Key: ui.KeyPageDown}, func() { s.Move(s.Page(), 0) }),
		move("home", ui.Action{Key: keyFirst}, func() { s.Move(-ui.Unlimited, 0) }),
		move("end", ui.Action{Key: keyLast}, func() { s.Move(ui.Unlimited, 0) }),
	}
}

// entering is what enter does: it opens the hit, or asks the example, under the cursor.
func (s *Screen) entering(id string) ui.Action {
	enter := ui.Action{ID: id, Key: ui.KeyEnter, Name: "open the hit in full, or ask the example…", Short: "in full…", Group: ui.GroupDo, Footer: 4, Guard: s.needsHit, Run: ui.Do(s.openHit)}
	if s.offers() {
		enter.Short, enter.Footer, enter.Guard, enter.Run = "ask it", 2, nil, s.askExample
	}
	return enter
}

func (s *Screen) canSearch() string {
	return ui.All(ui.HasCandidates(s.Session), ui.HasTexts(s.Session))()
}

func (s *Screen) needsQuery() string {
	if s.query == nil {
		return "no query yet: / asks one"
	}
	return ""
}

// needsColumns gives the reason why there are no columns to go to.
func (s *Screen) needsColumns() string {
	if why := s.needsQuery(); why != "" {
		return why
	}
	if len(s.rows()) < 2 {
		return "there are no columns yet"
	}
	return ""
}

func (s *Screen) needsHits() string {
	if why := ui.All(s.needsQuery, s.waitsToBeJudged)(); why != "" {
		return why
	}
	for _, r := range s.rows() {
		if len(r.hits) > 0 && !r.old {
			return ""
		}
	}
	return "nothing is found yet"
}

func (s *Screen) needsHit() string {
	if why := ui.All(s.needsQuery, s.waitsToBeJudged)(); why != "" {
		return why
	}
	if _, ok := s.hit(); !ok {
		return "there is no hit under the cursor"
	}
	return ""
}

func (s *Screen) needsFigures() string {
	if len(s.measured) == 0 && (s.query == nil || len(s.overlaps()) == 0) {
		return "no query is judged yet: J judges what was found"
	}
	return ""
}

func (s *Screen) needsBest() string {
	if !s.toBest && s.best() < 0 {
		return "no query is judged yet, so that no column is known to do best: J judges"
	}
	return ""
}

// edit begins to type a new query.
func (s *Screen) edit() {
	if s.canSearch() == "" {
		s.beginTyping("")
	}
}

// weigh changes what words weigh in the hybrid.
func (s *Screen) weigh(by int) {
	s.weight = max(min(s.weight+float64(by)*.1, mostWeight), 0)
	s.weight = float64(int(s.weight*10+.5)) / 10
	s.Session.MarkUnsaved()
	s.Inform("Hybrid: words weigh %s, the model 1.", format.Plain(s.weight))
}

func (s *Screen) compareRanks() {
	s.toBest = !s.toBest
	s.Session.MarkUnsaved()
	if s.toBest {
		if best := s.best(); best >= 0 {
			s.Inform("Ranks are told against %s, which does best at the judged queries.", s.rows()[best].name)
		}
		return
	}
	s.Inform("Ranks are told against the column before.")
}

// askHits asks how many hits are shown of every row.
func (s *Screen) askHits() {
	about := fmt.Sprintf("How many first hits are shown and judged of every column, 1 to %d.", mostHits)
	s.Open(widget.NewPrompt(s.Theme, "How many hits", about, strconv.Itoa(s.hits), func(typed string) (tea.Cmd, string) {
		n, err := strconv.Atoi(typed)
		if err != nil || n < 1 || n > mostHits {
			return nil, fmt.Sprintf("a whole number from 1 to %d", mostHits)
		}
		s.hits = n
		s.Session.MarkUnsaved()
		if texts := len(s.Session.Texts()); n > texts && s.Session.ResultsRevision() != session.NoRevision {
			s.Inform("There are only %s: all are shown.", format.Count(texts, "text"))
		}
		return nil, ""
	}))
}
