package session

// selection are texts that were picked out, by their words, so that they stay picked
// wherever they stand.
type selection struct {
	texts  map[string]bool
	hidden bool // all texts are shown in place of them
	// changes is raised by every change, and list are their indices in the corpus as they
	// were at change and revision.
	changes          uint64
	list             []int
	listed, revision uint64
	shown            shownOrder
}

// shownOrder is what the selection leaves of an order, which is asked for many times a
// frame.
type shownOrder struct {
	of      *comparison
	order   *int // the first of the whole order: every order has a list of its own
	changes uint64
	list    []int
}

// leastSelected is how many texts there must be to be compared.
const leastSelected = 2

// Select picks texts of the corpus out, or puts them back.
func (s *Session) Select(on bool, texts ...int) {
	for _, i := range texts {
		if on {
			s.selected.texts[s.corpus.At(i).Text] = true
		} else {
			delete(s.selected.texts, s.corpus.At(i).Text)
		}
	}
	s.ShowSelection(true)
}

// SelectNone puts all texts back.
func (s *Session) SelectNone() {
	clear(s.selected.texts)
	s.ShowSelection(true)
}

// Selected tells that a text of the corpus is picked out.
func (s *Session) Selected(i int) bool { return s.selected.texts[s.corpus.At(i).Text] }

// Selection are the indices of the texts that are picked out. The slice is the session's
// own.
func (s *Session) Selection() []int {
	x := &s.selected
	if len(x.texts) == 0 {
		return nil
	}
	if x.listed != x.changes || x.revision != s.corpus.Revision() {
		x.listed, x.revision, x.list = x.changes, s.corpus.Revision(), nil
		for i, t := range s.corpus.Snapshot() {
			if x.texts[t.Text] {
				x.list = append(x.list, i)
			}
		}
	}
	return x.list
}

// SelectionShown tells that matrices and lists of pairs show the selection alone.
func (s *Session) SelectionShown() bool {
	return !s.selected.hidden && len(s.Selection()) >= leastSelected
}

// ShowSelection shows the selection alone, or all texts.
func (s *Session) ShowSelection(alone bool) {
	s.selected.hidden = !alone
	s.selected.changes++
	s.Touch()
}

// SelectionChanges is another number whenever other texts are shown because of the
// selection.
func (s *Session) SelectionChanges() uint64 { return s.selected.changes }

// Shows tells whether a text of the results is among those that are shown.
func (s *Session) Shows(i int) bool {
	return !s.SelectionShown() || s.selected.texts[s.current.texts[i].Text]
}

// shownOf are those of an order that are shown.
func (s *Session) shownOf(order []int) []int {
	if len(order) == 0 || !s.SelectionShown() {
		return order
	}
	known := &s.selected.shown
	if known.of != s.current || known.order != &order[0] || known.changes != s.selected.changes {
		*known = shownOrder{of: s.current, order: &order[0], changes: s.selected.changes}
		for _, i := range order {
			if s.Shows(i) {
				known.list = append(known.list, i)
			}
		}
	}
	if len(known.list) < leastSelected { // the results are of other texts yet
		return order
	}
	return known.list
}
