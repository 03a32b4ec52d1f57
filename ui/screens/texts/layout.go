package texts

import (
	"slices"
	"strings"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
)

// textsParts is how the texts screen is divided: a line that says what is loaded
// or holds the filter, the list, and the text under the cursor beside or below
// it.
type textsParts struct {
	caption, list, detail ui.Rect
	wide                  bool // the detail stands beside the list
}

// besideWidth is the width from which the text stands beside the list.
const besideWidth = 110

// besideRule stands between the two.
const besideRule = " │ "

func (s *Screen) parts(z ui.Size) textsParts {
	p := textsParts{wide: z.W >= besideWidth}
	p.caption = ui.Rect{X: 0, Y: 0, W: z.W, H: 0}
	if z.H >= 10 || (z.H >= 5 && (s.filter.Shown() || s.query != nil)) {
		p.caption.H = 1
	}
	body := ui.Rect{X: 0, Y: p.caption.H, W: z.W, H: z.H - p.caption.H}
	if p.wide {
		list := min(max(z.W*11/20, 60), 120)
		p.list = ui.Rect{X: 0, Y: body.Y, W: list, H: body.H}
		x := list + term.Width(besideRule)
		p.detail = ui.Rect{X: x, Y: body.Y, W: z.W - x, H: body.H}
		return p
	}
	below := s.belowLines(z)
	p.list = ui.Rect{X: 0, Y: body.Y, W: z.W, H: body.H - below}
	p.detail = ui.Rect{X: 0, Y: body.Y + body.H - below, W: z.W, H: below}
	return p
}

// The nearest texts of more models than namedBelow need a line more, under letters, which they
// have in windows of manyBelow lines or more.
const namedBelow, manyBelow = 4, 20

// belowLines is how many lines the text takes below the list, its heading
// included.
func (s *Screen) belowLines(z ui.Size) int {
	writing := s.writing != nil
	switch {
	case s.Session.Corpus().Len() == 0 && !writing:
		return 0
	case z.H >= 18 && writing:
		return 8
	case z.H >= manyBelow && len(s.Session.Candidates()) > namedBelow:
		return 7
	case z.H >= 18:
		return 6
	case z.H >= 10 && writing:
		return 5
	case z.H >= 10:
		return 3
	case writing:
		return 3
	}
	return 0
}

// detailParts is how the detail is divided.
type detailParts struct{ heading, text, nearest ui.Rect }

// mostLines is how many lines what all candidates say of a text takes below it at the most.
const mostLines = 3

// detailParts divides the detail: beside the list the text has the lines that it
// needs and the nearest texts leave, below it all but one or, where it needs fewer, two.
func (s *Screen) detailParts(r ui.Rect, wide bool) detailParts {
	d := detailParts{heading: ui.Rect{X: r.X, Y: r.Y, W: r.W, H: min(1, r.H)}}
	room := r.H - d.heading.H
	near := 0
	switch {
	case wide:
		near = min(max(len(s.Session.Candidates()), 1)*(min(nearestShown, max(len(s.Session.Texts())-1, 1))+1), room*3/5)
		if s.query != nil {
			near = max(room-len(s.wrapped.lines)-1, room*3/4)
		}
		text := max(room-near-1, 1)
		if s.writing != nil {
			text = min(text, max(room/3, 3))
		} else {
			text = min(max(room-near-1, 1), max(len(s.wrapped.lines), 1))
		}
		near = room - text - 1
	case room >= 5 && s.writing != nil:
		near = 1
	case room >= 5: // the text leaves what it does not need
		near = len(s.candidateLines(r.W, min(max(room-len(s.wrapped.lines), 1), mostLines)))
	}
	gap := 0
	if wide {
		gap = 1
	}
	d.text = ui.Rect{X: r.X, Y: r.Y + d.heading.H, W: r.W, H: max(room-near-gap, 0)}
	d.nearest = ui.Rect{X: r.X, Y: d.text.Y + d.text.H + gap, W: r.W, H: max(near, 0)}
	return d
}

// corpusFacts are what the list needs to know of the whole corpus; they are
// gathered once a revision.
type corpusFacts struct {
	revision           uint64
	idWidth, groupWide int      // in columns, 0 when no text has one
	idStart            int      // bytes that all ids there are begin with, whole words
	groups             []string // sorted
	bytes              int      // of all texts, about
}

// widest is how wide an id or a group is in the list at the most.
const widest = 18

func (f *corpusFacts) follow(c session.Corpus) {
	if f.revision == c.Revision() {
		return
	}
	*f = corpusFacts{revision: c.Revision()}
	seen := map[string]bool{}
	start := ""
	for i := range c.Len() {
		t := c.At(i)
		if f.idWidth == 0 { // the first id there is
			start = t.ID
		} else if t.ID != "" {
			start = commonStart(start, t.ID)
		}
		f.bytes += len(t.Text) + len(t.ID) + len(t.Group)
		if len(t.ID) > f.idWidth && f.idWidth < widest { // no text is wider than its bytes
			f.idWidth = max(f.idWidth, term.Width(term.Excerpt(t.ID, widest)))
		}
		if t.Group != "" && !seen[t.Group] {
			seen[t.Group] = true
			f.groups = append(f.groups, t.Group)
			f.groupWide = max(f.groupWide, term.Width(term.Excerpt(t.Group, widest)))
		}
	}
	f.idStart = strings.LastIndexAny(start, "-_./: ") + 1
	slices.Sort(f.groups)
}

// commonStart is what both begin with.
func commonStart(a, b string) string {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return a[:n]
}
