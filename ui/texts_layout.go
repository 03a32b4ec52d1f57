package ui

import (
	"slices"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/term"
)

// textsParts is how the texts screen is divided: a line that says what is loaded
// or holds the filter, the list, and the text under the cursor beside or below
// it.
type textsParts struct {
	caption, list, detail rect
	wide                  bool // the detail stands beside the list
}

// besideWidth is the width from which the text stands beside the list.
const besideWidth = 110

// besideRule stands between the two.
const besideRule = " │ "

func (s *textsScreen) parts(z size) textsParts {
	p := textsParts{wide: z.w >= besideWidth}
	p.caption = rect{0, 0, z.w, 0}
	if z.h >= 10 || (z.h >= 5 && (s.filter.typing || s.filter.query != "" || s.query != nil)) {
		p.caption.h = 1
	}
	body := rect{0, p.caption.h, z.w, z.h - p.caption.h}
	if p.wide {
		list := min(max(z.w*11/20, 60), 120)
		p.list = rect{0, body.y, list, body.h}
		x := list + term.Width(besideRule)
		p.detail = rect{x, body.y, z.w - x, body.h}
		return p
	}
	below := s.belowLines(z)
	p.list = rect{0, body.y, z.w, body.h - below}
	p.detail = rect{0, body.y + body.h - below, z.w, below}
	return p
}

// belowLines is how many lines the text takes below the list, its heading
// included.
func (s *textsScreen) belowLines(z size) int {
	writing := s.writing != nil
	switch {
	case s.store.corpus.Len() == 0 && !writing:
		return 0
	case z.h >= 18 && writing:
		return 8
	case z.h >= 18:
		return 6
	case z.h >= 10 && writing:
		return 5
	case z.h >= 10:
		return 3
	case writing:
		return 3
	}
	return 0
}

// detailParts is how the detail is divided.
type detailParts struct{ heading, text, nearest rect }

// detailParts divides the detail: beside the list the text has the lines that it
// needs and the nearest texts leave, below it all but one.
func (s *textsScreen) detailParts(r rect, wide bool) detailParts {
	d := detailParts{heading: rect{r.x, r.y, r.w, min(1, r.h)}}
	room := r.h - d.heading.h
	near := 0
	switch {
	case wide:
		near = min(max(len(s.store.candidates), 1)*(nearestShown+1), room*3/5)
		if s.query != nil {
			near = max(room-len(s.wrapped.lines)-1, room*3/4)
		}
		text := max(room-near-1, 1)
		if s.writing != nil {
			text = min(text, max(room/3, 3))
		} else {
			text = min(text, max(len(s.wrapped.lines), 1))
		}
		near = room - text - 1
	case room >= 5:
		near = 1
	}
	gap := 0
	if wide {
		gap = 1
	}
	d.text = rect{r.x, r.y + d.heading.h, r.w, max(room-near-gap, 0)}
	d.nearest = rect{r.x, d.text.y + d.text.h + gap, r.w, max(near, 0)}
	return d
}

// corpusFacts are what the list needs to know of the whole corpus; they are
// gathered once a revision.
type corpusFacts struct {
	revision           uint64
	idWidth, groupWide int      // in columns, 0 when no text has one
	groups             []string // sorted
}

// widest is how wide an id or a group is in the list at the most.
const widest = 18

func (f *corpusFacts) follow(c *corpus.Corpus) {
	if f.revision == c.Revision() {
		return
	}
	*f = corpusFacts{revision: c.Revision()}
	seen := map[string]bool{}
	for i := range c.Len() {
		t := c.At(i)
		if t.ID != "" && f.idWidth < widest {
			f.idWidth = max(f.idWidth, term.Width(term.Excerpt(t.ID, widest)))
		}
		if t.Group != "" && !seen[t.Group] {
			seen[t.Group] = true
			f.groups = append(f.groups, t.Group)
			f.groupWide = max(f.groupWide, term.Width(term.Excerpt(t.Group, widest)))
		}
	}
	slices.Sort(f.groups)
}
