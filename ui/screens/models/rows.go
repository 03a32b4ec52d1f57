package models

import (
	"cmp"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
)

// catalogColumn names what the catalog can be sorted by.
type catalogColumn int

const (
	columnNone catalogColumn = iota // as the catalog lists them, or as well as they match
	columnChosen
	columnModel
	columnProvider
	columnDimensions
	columnMaxTokens
	columnPrice
	columnCost
	columnScore
	columnLatency
	columnBytes
	columnLanguages
	catalogColumns
)

// columnWords are the words for a column in the status line: its name, and what
// comes first when sorted upwards and downwards.
var columnWords = [catalogColumns][3]string{
	columnChosen:     {"selected", "selected first", "selected last to first"},
	columnModel:      {"model", "A to Z", "Z to A"},
	columnProvider:   {"provider", "A to Z", "Z to A"},
	columnDimensions: {"dimensions", "fewest first", "most first"},
	columnMaxTokens:  {"max tokens", "fewest first", "most first"},
	columnPrice:      {"price", "lowest first", "highest first"},
	columnCost:       {"cost of your texts", "lowest first", "highest first"},
	columnScore:      {"score at your labels", "best first", "worst first"},
	columnLatency:    {"latency", "fastest first", "slowest first"},
	columnBytes:      {"bytes a vector", "fewest first", "most first"},
	columnLanguages:  {"languages", "A to Z", "Z to A"},
}

// catalogRow is a model as the catalog shows it.
type catalogRow struct {
	model api.Model
	// place is where it stands when nothing is sorted.
	place int
	// chosen are the model's candidates, first is the place of the first one.
	chosen []api.Candidate
	first  int
	match  modelMatch
	measured
}

// prepared is what is made of the catalog once for all that draws and moves in it; Refresh
// drops it.
type prepared struct {
	of     rowsOf
	rows   []catalogRow
	widths contentWidths
	costs  *textCosts
}

// rowsOf is what rows are made for, besides what the session says.
type rowsOf struct {
	use     *catalog.UseCase
	query   string
	sort    catalogColumn
	reverse bool
}

// prepare makes what is not made yet.
func (s *Screen) prepare() *prepared {
	if s.made == nil {
		s.made = &prepared{}
		for _, m := range s.Session.Engine().Catalog.Models() {
			s.made.widths.add(m)
		}
	}
	if of := (rowsOf{s.use, s.query, s.sort, s.reverse}); s.made.rows == nil || s.made.of != of {
		s.made.of, s.made.rows = of, s.makeRows()
	}
	return s.made
}

// rows are the models to show: those of the guide's use case, of them those that
// the filter lets through, in the order asked for.
func (s *Screen) rows() []catalogRow { return s.prepare().rows }

func (s *Screen) makeRows() []catalogRow {
	rows := s.listed()
	if s.use == nil {
		s.moved = usableFirst(rows, s.Session.Engine().Available)
	}
	for i := range rows {
		rows[i].place = i
	}
	s.measure(rows)
	s.made.widths.score = scoreWidth(rows)
	if words := strings.Fields(s.query); len(words) > 0 {
		rows = filterRows(rows, words)
	}
	s.sortRows(rows)
	return rows
}

// listed are the models of the use case in the guide's order, or all.
func (s *Screen) listed() []catalogRow {
	models := s.Session.Engine().Catalog.Models()
	if s.use != nil {
		models = modelsOf(s.use, models)
	}
	rows := make([]catalogRow, len(models))
	for i, m := range models {
		rows[i] = catalogRow{model: m}
		for at, c := range s.Session.Candidates() {
			if c.Model != m.Ref() {
				continue
			}
			if len(rows[i].chosen) == 0 {
				rows[i].first = at
			}
			rows[i].chosen = append(rows[i].chosen, c)
		}
	}
	return rows
}

// usableFirst brings the models that can be asked now before those that lack something, of
// them those that cost nothing first, such as a server's on this machine, and tells whether
// that moved any.
func usableFirst(rows []catalogRow, available func(api.Model) error) (moved bool) {
	class := func(r catalogRow) int {
		switch {
		case available(r.model) != nil:
			return 2
		case !r.model.Free():
			return 1
		}
		return 0
	}
	classes := map[string]int{}
	for _, r := range rows {
		classes[r.model.Ref()] = class(r)
	}
	byClass := func(a, b catalogRow) int { return classes[a.model.Ref()] - classes[b.model.Ref()] }
	moved = !slices.IsSortedFunc(rows, byClass)
	slices.SortStableFunc(rows, byClass)
	return moved
}

// modelsOf picks the models of a use case, the local alternative last. What the
// catalog does not have is left out.
func modelsOf(use *catalog.UseCase, models []api.Model) []api.Model {
	var out []api.Model
	for _, ref := range append(slices.Clone(use.Refs), use.LocalAlternative) {
		at := slices.IndexFunc(models, func(m api.Model) bool { return m.Ref() == ref })
		if at >= 0 {
			out = append(out, models[at])
		}
	}
	return out
}

// filterRows keeps the rows that every word matches and notes where.
func filterRows(rows []catalogRow, words []string) []catalogRow {
	out := []catalogRow{}
	for _, r := range rows {
		if match, ok := matchModel(r.model, words); ok {
			r.match = match
			out = append(out, r)
		}
	}
	return out
}

// sortRows brings the rows into the order asked for; what is unknown stands last
// whichever way the rest goes, and models that do not look like embedding models behind
// all others. Without a column the best match stands first.
func (s *Screen) sortRows(rows []catalogRow) {
	by := s.sorted()
	slices.SortStableFunc(rows, func(a, b catalogRow) int {
		if a.model.Unlikely != b.model.Unlikely { // these always stand last
			if b.model.Unlikely {
				return -1
			}
			return 1
		}
		if by == columnNone {
			if d := b.match.score - a.match.score; d != 0 {
				return d
			}
			return a.place - b.place
		}
		knownA, knownB := by.known(a), by.known(b)
		switch {
		case knownA && !knownB:
			return -1
		case !knownA && knownB:
			return 1
		case knownA && knownB:
			if d := by.compare(a, b); d != 0 && s.reverse {
				return -d
			} else if d != 0 {
				return d
			}
		}
		return a.place - b.place
	})
}

// known tells whether the row has a value in that column.
func (c catalogColumn) known(r catalogRow) bool {
	switch c {
	case columnChosen:
		return len(r.chosen) > 0
	case columnDimensions:
		return r.model.Dimensions > 0
	case columnMaxTokens:
		return r.model.MaxTokens > 0
	case columnPrice, columnCost:
		return r.model.Price != nil
	case columnScore:
		return r.scored
	case columnLatency:
		return r.latency > 0
	case columnBytes:
		return r.bytes > 0
	case columnLanguages:
		return r.model.Languages != ""
	}
	return true
}

// compare orders two rows that have a value in that column.
func (c catalogColumn) compare(a, b catalogRow) int {
	switch c {
	case columnChosen:
		return cmp.Compare(a.first, b.first)
	case columnModel:
		return compareFolded(a.model.ID, b.model.ID)
	case columnProvider:
		return compareFolded(a.model.Provider, b.model.Provider)
	case columnDimensions:
		return cmp.Compare(a.model.Dimensions, b.model.Dimensions)
	case columnMaxTokens:
		return cmp.Compare(a.model.MaxTokens, b.model.MaxTokens)
	case columnPrice, columnCost:
		// The texts are the same for all, so that the price alone decides.
		return cmp.Compare(*a.model.Price, *b.model.Price)
	case columnScore:
		return cmp.Compare(b.score, a.score)
	case columnLatency:
		return cmp.Compare(a.latency, b.latency)
	case columnBytes:
		return cmp.Compare(a.bytes, b.bytes)
	case columnLanguages:
		return compareFolded(a.model.Languages, b.model.Languages)
	}
	return 0
}

func compareFolded(a, b string) int {
	return cmp.Compare(strings.ToLower(a), strings.ToLower(b))
}
