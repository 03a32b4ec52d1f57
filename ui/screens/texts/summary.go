package texts

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

const (
	// mostSummed is of how many texts it is summed up what they are: the list of more fills
	// every window.
	mostSummed = 2000
	// leastSummary is how many lines under the list are worth it, and lengthClasses how many
	// bars say how long the texts are.
	leastSummary, lengthClasses = 6, 6
)

// summary is what is said of all texts under a list that leaves room.
type summary struct {
	of summaryOf
	// tokens are those of every text, ascending.
	tokens []int
	// groups is how many there are, alone how many have but one text, and same how many texts
	// say the same as another.
	groups, alone, same int
}

// summaryOf is what the summary is made of.
type summaryOf struct {
	revision uint64
	counted  bool
}

// summarise sums up the texts where they have changed.
func (s *Screen) summarise() {
	c := s.Session.Corpus()
	_, counted := s.Session.CorpusTokens()
	of := summaryOf{c.Revision(), counted}
	if s.summary.of == of && s.summary.tokens != nil {
		return
	}
	s.summary = summary{of: of}
	if !counted || c.Len() == 0 || c.Len() > mostSummed {
		return
	}
	groups, wordings := map[string]int{}, map[string]int{}
	for i := range c.Len() {
		t := c.At(i)
		n, _ := s.Session.TokensOf(t.Text)
		s.summary.tokens = append(s.summary.tokens, n)
		if wordings[t.Text]++; wordings[t.Text] > 1 {
			s.summary.same++
		}
		if t.Group != "" {
			groups[t.Group]++
		}
	}
	slices.Sort(s.summary.tokens)
	s.summary.groups = len(groups)
	for _, n := range groups {
		if n == 1 {
			s.summary.alone++
		}
	}
}

// underList puts what is said of all texts into the lines of the list that are free.
func (s *Screen) underList(list []string, w int) {
	from := s.rows() + 2
	if from < 3 || len(list)-from < leastSummary || len(s.summary.tokens) == 0 || s.filter.Shown() {
		return
	}
	free := list[from:]
	lines := s.modelLines(w)
	if len(free)-len(lines)-1 >= lengthClasses+1 {
		lines = append(append(s.lengthLines(w), ""), lines...)
	}
	for i, l := range lines[:min(len(lines), len(free))] {
		free[i] = term.Fit(l, w) + theme.Reset
	}
}

// lengthLines say how long the texts are, with a bar for each class of lengths.
func (s *Screen) lengthLines(w int) []string {
	t := s.summary.tokens
	said := []string{fmt.Sprintf("shortest %s tokens, typical %s, longest %s", format.Thousands(t[0]), format.Thousands(t[len(t)/2]), format.Thousands(t[len(t)-1]))}
	if n := s.summary.groups; n > 0 {
		about := format.Count(n, "group")
		if a := s.summary.alone; a > 0 {
			about += fmt.Sprintf(", %s of one text", format.Thousands(a))
		}
		said = append(said, about)
	}
	if n := s.summary.same; n > 0 {
		said = append(said, format.Count(n, "text")+" twice")
	}
	title := fmt.Sprintf(" All %s: ", format.Count(len(t), "text"))
	lines := []string{s.Theme.Codes.Strong + title + theme.Reset + strings.Join(said, " · ")}
	span := max((t[len(t)-1]-t[0])/lengthClasses+1, 1)
	var counts [lengthClasses]int
	for _, n := range t {
		counts[(n-t[0])/span]++
	}
	most, digits := slices.Max(counts[:]), len(format.Thousands(t[len(t)-1]+span))
	for i, n := range counts {
		from := t[0] + i*span
		if from > t[len(t)-1] {
			break
		}
		label := fmt.Sprintf(" %s–%s tokens ", term.PadLeft(format.Thousands(from), digits), term.PadRight(format.Thousands(from+span-1), digits))
		full := n * max(w-term.Width(label)-len(format.Thousands(most))-2, 1) / most
		if n > 0 {
			full = max(full, 1)
		}
		lines = append(lines, s.Theme.Dim.Render(label)+s.Theme.Codes.Accent+strings.Repeat("█", full)+theme.Reset+" "+format.Thousands(n))
	}
	return lines
}

// modelLines say of every model what it makes of the texts.
func (s *Screen) modelLines(w int) []string {
	states := s.Session.States()
	t := widget.Table{Rows: len(states), Cursor: -1, Styles: s.Theme.Codes, TellHidden: true, Columns: []widget.Column{
		{Title: " under", Width: 30, Min: 14, Flex: 1, CutMiddle: true},
		{Title: "vectors", Width: 8, Align: widget.AlignRight}, {Title: "read in part", Width: 12, Align: widget.AlignRight, Priority: 2},
		{Title: "typical pair", Width: 12, Align: widget.AlignRight, Priority: 1}, {Title: "95% below", Width: 9, Align: widget.AlignRight, Priority: 3},
		{Title: "closest pair", Width: 12, Align: widget.AlignRight, Priority: 4},
	}}
	t.Row = func(i int) []widget.Cell { return s.modelCells(i, states[i]) }
	return t.Draw(w, len(states)+1)
}

func (s *Screen) modelCells(i int, c session.State) []widget.Cell {
	cells := []widget.Cell{{Text: " " + term.Safe(c.Short()), Pen: s.Theme.Candidate(i)}, {Text: format.Unknown}, {}, {}, {}, {}}
	if c.Result == nil {
		return cells
	}
	b := c.Result.Scan.Background
	cells[1].Text, cells[2].Text = format.Thousands(c.Result.Vectors.Present()), format.Thousands(c.Result.InPart())
	if b.Pairs > 0 {
		cells[3].Text, cells[4].Text, cells[5].Text = format.Similarity(b.P50, 3), format.Similarity(b.P95, 3), format.Similarity(b.Max, 3)
	}
	return cells
}
