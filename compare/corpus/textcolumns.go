package corpus

import (
	"encoding/csv"
	"slices"
	"strings"
)

// JoinColumns names several columns that make a text together, as Columns.Text has
// them: with commas between, a name with a comma in quotes.
func JoinColumns(names ...string) string {
	var out strings.Builder
	w := csv.NewWriter(&out)
	_ = w.Write(names) // a Builder takes everything
	w.Flush()
	return strings.TrimSuffix(out.String(), "\n")
}

// SplitColumns gives the names that JoinColumns joined, without what is blank.
func SplitColumns(joined string) []string {
	in := csv.NewReader(strings.NewReader(joined))
	in.LazyQuotes, in.TrimLeadingSpace = true, true
	names, err := in.Read()
	if err != nil {
		return []string{joined}
	}
	return slices.DeleteFunc(names, func(name string) bool { return strings.TrimSpace(name) == "" })
}

// several gives the columns that have the texts by what was told: the names of some, or
// one name with a comma that nobody put in quotes.
func (s *scheme) several(told string) ([]int, error) {
	all, err := s.each(SplitColumns(told))
	if err == nil && len(all) > 0 {
		return all, nil
	}
	if at, whole := s.single(roleText, told); whole == nil {
		return []int{at}, nil
	} else if err == nil {
		err = whole
	}
	return nil, err
}

// each finds the columns of those names, each once. A name may be some in turn, since
// what was said of columns in several places is joined as it stands.
func (s *scheme) each(names []string) (all []int, err error) {
	for _, name := range names {
		at, err := s.single(roleText, name)
		found := []int{at}
		if inner := SplitColumns(name); err != nil && len(inner) > 1 {
			found, err = s.each(inner)
		}
		if err != nil {
			return nil, err
		}
		for _, at := range found {
			if !slices.Contains(all, at) {
				all = append(all, at)
			}
		}
	}
	return all, nil
}

// inWords writes names as a sentence has them.
func inWords(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// joined makes one text of the values of several columns: a line each, blank ones left
// out.
func joined(values []string) string {
	return strings.Join(slices.DeleteFunc(values, func(v string) bool { return strings.TrimSpace(v) == "" }), "\n")
}
