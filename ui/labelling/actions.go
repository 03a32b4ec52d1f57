package labelling

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// The keys that say what a pair is. Unsure is no label: it keeps a pair from being
// suggested again.
var (
	keySame      = ui.Bind("=", "mark the pair: same", "=")
	keyDifferent = ui.Bind("#", "mark the pair: not the same", "#")
	keyUnsure    = ui.Bind(",", "mark the pair: unsure", ",")
	keyUndo      = ui.Bind("u", "undo the last mark", "u")
	keyDoubts    = ui.Bind("N", "mark what models disagree on…", "N")
)

// markKeys are the keys with what each says.
var markKeys = []struct {
	id, short string
	key       key.Binding
	verdict   labels.Verdict
}{
	{"same", "same", keySame, labels.Same},
	{"different", "different", keyDifferent, labels.Different},
	{"unsure", "unsure", keyUnsure, labels.Unsure},
}

// Cursor gives the pair under a screen's cursor, or why there is none.
type Cursor func() (a, b int, reason string)

// Actions mark the pair under the cursor of the screen of that id, and lead to the pairs
// that are worth marking. The actions' ids begin with prefix.
func Actions(c *ui.Context, screen, prefix string, cursor Cursor) []ui.Action {
	m := marker{c, screen, cursor}
	var list []ui.Action
	for _, k := range markKeys {
		list = append(list, ui.Action{ID: prefix + "." + k.id, Key: k.key, Short: k.short, Group: ui.GroupDo, Guard: m.cannotMark,
			Run: func() tea.Cmd { return m.mark(k.verdict) }})
	}
	return append(list,
		ui.Action{ID: prefix + ".unmark", Key: keyUndo, Group: ui.GroupDo, Run: func() tea.Cmd { return UndoMark(c) }},
		Doubts(c, screen, prefix))
}

// Doubts leads from the screen of that id to the pairs that are worth marking.
func Doubts(c *ui.Context, screen, prefix string) ui.Action {
	return ui.Action{ID: prefix + ".doubts", Key: keyDoubts, Short: "mark pairs…", Group: ui.GroupDo, Footer: 11,
		Guard: ui.All(ui.HasTwoTexts(c.Session), ui.HasTwoResults(c.Session)), Run: marker{Context: c, screen: screen}.askDoubts}
}

type marker struct {
	*ui.Context
	screen string // its id
	cursor Cursor
}

func (m marker) cannotMark() string {
	a, b, reason := m.cursor()
	switch texts := m.Session.Texts(); {
	case reason != "":
		return reason
	case max(a, b) >= len(texts): // the cursor is on a text that was added
		return "the results do not have this text yet"
	case a == b:
		return "this is one text beside itself: move the cursor to two"
	}
	return ""
}

// mark says what the pair is and what follows from that.
func (m marker) mark(v labels.Verdict) tea.Cmd {
	a, b, _ := m.cursor()
	if texts := m.Session.Texts(); texts[a].Text == texts[b].Text {
		m.Inform("Nothing to mark: the two texts are the same.")
		return nil
	}
	cmd := m.Session.Labels().Mark(a, b, v)
	now := m.Session.Labels().Marked(a, b)
	if now == "" {
		m.Inform("Texts %d and %d are not marked any more.", a+1, b+1)
	} else {
		m.Inform("Texts %d and %d are marked %s (u takes it back); %s.", a+1, b+1, now, format.Count(len(m.Session.Labels().Marks()), "mark"))
	}
	return cmd
}

// UndoMark takes the last mark back and says what its pair is now.
func UndoMark(c *ui.Context) tea.Cmd {
	now, ok, cmd := c.Session.Labels().UndoMark()
	if !ok {
		c.Inform("There is no mark of this session to take back.")
		return nil
	}
	is := "not marked any more"
	if now.Verdict != "" {
		is = "marked " + string(now.Verdict) + " again"
	}
	c.Inform("Taken back: “%s” and “%s” are %s.", term.Excerpt(now.A, 30), term.Excerpt(now.B, 30), is)
	return cmd
}

// askDoubts opens the box with the pairs on which candidates disagree most, unless the
// person looks at something else by the time they are found.
func (m marker) askDoubts() tea.Cmd {
	return m.Session.Labels().Doubts(func(pairs [][2]int, err error) tea.Cmd {
		switch {
		case err != nil:
			m.Fail(err)
			return nil
		case len(pairs) == 0:
			m.Inform("There is no pair left that the models rank differently.")
			return nil
		case !m.Undisturbed(m.screen):
			return nil
		}
		m.Open(&blind{Context: m.Context, pairs: pairs, revision: m.Session.ResultsRevision()})
		return nil
	})
}
