package duplicates

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// pairFilter lets through the pairs whose texts have all words between them.
type pairFilter struct {
	input  widget.Input
	typing bool
	words  string
}

// The keys while words are typed into the filter.
var (
	keyFilterKeep  = ui.Bind("enter", "keep the filter", "enter")
	keyFilterClear = ui.Bind("esc", "clear the filter")
	keyFilterUp    = ui.Bind("↑", "up", "up")
	keyFilterDown  = ui.Bind("↓", "down", "down")
)

// Typing tells that words go into the filter.
func (d *Screen) Typing() bool { return d.filter.typing }

// Update takes what is typed into the filter.
func (d *Screen) Update(msg tea.Msg) tea.Cmd {
	if !d.filter.typing {
		return nil
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if act, ok := ui.Find(d.Actions(), msg); ok {
			return d.Perform(act)
		}
	case tea.PasteMsg:
	default:
		return nil
	}
	var cmd tea.Cmd
	d.filter.input, cmd = d.filter.input.Update(msg)
	d.filter.words = strings.Join(strings.Fields(d.filter.input.Value()), " ")
	return cmd
}

func (d *Screen) startFilter() {
	if d.filter.words == "" {
		d.filter.input = widget.NewInput(d.Theme, "words in either text; enter keeps it, esc clears it")
		d.filter.input.Prompt = "/ "
	}
	d.filter.typing = true
	d.filter.input.Focus()
}

// endFilter shows all pairs again.
func (d *Screen) endFilter() { d.filter = pairFilter{} }

func (d *Screen) filterActions() []ui.Action {
	return []ui.Action{
		{ID: "duplicates.filter.keep", Key: keyFilterKeep, Short: "to the pairs", Group: ui.GroupDo, Footer: 2, Run: ui.Do(func() {
			if d.filter.typing = false; d.filter.words == "" {
				d.endFilter()
			}
		})},
		{ID: "duplicates.filter.end", Key: keyFilterClear, Group: ui.GroupDo, Footer: 3, Run: ui.Do(d.endFilter)},
		{ID: "duplicates.filter.up", Key: keyFilterUp, Group: ui.GroupMove, Run: ui.Do(func() { d.Move(-1, 0) })},
		{ID: "duplicates.filter.down", Key: keyFilterDown, Group: ui.GroupMove, Run: ui.Do(func() { d.Move(1, 0) })},
	}
}

// filtering tells that the line of the filter is shown.
func (d *Screen) filtering() bool { return d.filter.typing || d.filter.words != "" }

// filterLine is the line in which words are typed, with how many pairs have them.
func (d *Screen) filterLine(w int) string {
	found := fmt.Sprintf("  %s of %s", format.Thousands(d.found.total), format.Thousands(d.found.all))
	if d.searching() {
		found = ""
	}
	in := d.filter.input
	if !d.filter.typing {
		in.Blur()
	}
	room := max(w-term.Width(found)-2, 1)
	in.SetWidth(max(room-3, 1))
	return term.Fit(" "+widget.InputLine(in, room)+d.Theme.Dim.Render(found), w)
}

// having tells of pairs whether their texts, ids or groups have all words between them,
// whatever the case.
func having(texts []corpus.Text, words string) func(p [2]int32) bool {
	wanted := strings.Fields(strings.ToLower(words))
	if len(wanted) == 0 {
		return func([2]int32) bool { return true }
	}
	known := map[int32][]bool{}
	has := func(i int32) []bool {
		if known[i] == nil {
			t := texts[i]
			all := strings.ToLower(t.Text + "\n" + t.ID + "\n" + t.Group)
			for _, word := range wanted {
				known[i] = append(known[i], strings.Contains(all, word))
			}
		}
		return known[i]
	}
	return func(p [2]int32) bool {
		return each(has(p[0]), has(p[1]))
	}
}

// each tells that of every two at least one holds.
func each(a, b []bool) bool {
	for i := range a {
		if !a[i] && !b[i] {
			return false
		}
	}
	return true
}

// foundCell is a text with the words of the filter marked: its beginning, or what lies
// around the first of them when that is further back.
func (d *Screen) foundCell(text string, w int) widget.Cell {
	shown := term.Excerpt(text, w)
	for _, word := range strings.Fields(d.filter.words) {
		if at := widget.IndexFold(text, word); at > w*3/4 {
			shown = term.Ellipsis + term.Excerpt(text[term.RuneStart(text, at-w/4):], max(w-1, 1))
		} else if at >= 0 {
			break
		}
	}
	return widget.Cell{Text: shown, Matches: widget.WordHits(shown, d.filter.words)}
}
