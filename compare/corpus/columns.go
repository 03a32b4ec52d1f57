package corpus

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Columns names the columns of a table, or the keys of JSON objects, that have the
// texts, their ids and their groups; an empty name is none. Text may name several, as
// JoinColumns writes them: a text then has their values, a line each.
type Columns struct{ Text, ID, Group string }

// ErrColumns tells that somebody must say which column has the texts. A *ReadError has
// it as its cause.
var ErrColumns = errors.New("no column of texts")

// NoColumn is what Options.Columns has for a role that no column is to be guessed for.
const NoColumn = "none"

// role is what a column can be for a text.
type role int

const (
	roleText role = iota
	roleID
	roleGroup
	roleLang
	roleCount
)

// roleNames are what columns are called that need no guessing.
var roleNames = [roleCount]string{"text", "id", "group", "lang"}

// synonyms are what people and programs call such columns otherwise, as plainName
// writes it; what stands earlier is preferred.
var synonyms = [roleCount][]string{
	{"texts", "content", "body", "sentence", "question", "description", "message", "comment", "utterance", "query", "prompt",
		"document", "passage", "review", "feedback", "request", "input", "answer", "subject", "title", "summary"},
	{"ids", "uid", "uuid", "guid", "key", "docid", "documentid", "ticketid", "ticketnumber", "ticketno", "rowid", "recordid", "caseid",
		"casenumber", "messageid", "itemid", "queryid", "qid", "questionid", "pid", "externalid", "number", "nr", "no", "#"},
	{"groups", "label", "labels", "category", "categories", "class", "intent", "topic", "cluster", "tag", "tags"},
	{"language"},
}

// named gives the columns' names by role; nobody names that of the languages.
func (c Columns) named() [roleCount]string { return [roleCount]string{c.Text, c.ID, c.Group, ""} }

func columnName(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// plainName is a column's name without what is often written otherwise.
func plainName(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("_-. ", r) {
			return -1
		}
		return r
	}, columnName(s))
}

// scheme says which columns the texts come from.
type scheme struct {
	names []string
	at    [roleCount]int // the columns, from 0; -1 when there is none
	// texts are those that make a text, in their order; the first is at[roleText].
	texts []int
	// field names them where a text is wrong.
	field string
	// guessed tells that nobody named the column and it is not called by its role.
	guessed [roleCount]bool
	// keys tells that the names are keys of JSON objects, where "Text" may stand
	// beside "text" and is another.
	keys bool
}

// choose finds the columns among names: those that were told, those that are called
// by their role and, unless exact, those that are called something alike.
func choose(names []string, told Columns, exact, keys bool) (scheme, error) {
	s := scheme{names: names, keys: keys}
	for r, name := range told.named() {
		var err error
		if s.at[r], err = s.find(role(r), name); err != nil {
			return s, err
		}
		if s.at[r] < 0 && name == "" && !exact {
			s.at[r] = s.guess(role(r))
			s.guessed[r] = s.at[r] >= 0
		}
		if role(r) == roleText && len(s.texts) == 0 {
			s.texts = []int{s.at[r]}
		}
	}
	if s.at[roleText] < 0 {
		return s, &ReadError{Why: `there is no column "text"; there is ` + list(names), Hint: "name the column with the texts \"text\" in the first row, or say which it is", Err: ErrColumns}
	}
	if s.field = s.columns().Text; len(s.texts) == 1 {
		s.field = strings.TrimSpace(names[s.texts[0]])
	}
	return s, nil
}

// find gives the column that was told or is called by its role; of several with the
// texts the first.
func (s *scheme) find(r role, told string) (int, error) {
	if r == roleText && told != "" {
		var err error
		if s.texts, err = s.several(told); err != nil {
			return -1, err
		}
		return s.texts[0], nil
	}
	return s.single(r, told)
}

// single gives the one column that was told or is called by its role.
func (s *scheme) single(r role, told string) (int, error) {
	wanted := told
	if told == "" {
		wanted = roleNames[r]
	}
	if told != "" || s.keys {
		if at := slices.Index(s.names, wanted); at >= 0 {
			return at, nil
		}
	}
	var found []int
	for i, name := range s.names {
		if columnName(name) == columnName(wanted) {
			found = append(found, i)
		}
	}
	switch {
	case len(found) > 1 && !s.keys:
		return -1, &ReadError{Field: columnName(wanted), Why: "the header names this column twice", Hint: "rename one of them"}
	case len(found) > 0:
		return found[0], nil
	case told == "" || columnName(told) == NoColumn && r != roleText:
		return -1, nil
	}
	return -1, &ReadError{Why: fmt.Sprintf("there is no column %.60q; there is %s", told, list(s.names)), Hint: "name one of these"}
}

// guess gives the column whose name is most like the role; -1 when none is.
func (s *scheme) guess(r role) int {
	for _, name := range append([]string{roleNames[r]}, synonyms[r]...) {
		at := slices.IndexFunc(s.names, func(n string) bool { return plainName(n) == name })
		if at >= 0 && !slices.Contains(s.at[:r], at) && !slices.Contains(s.texts, at) {
			return at
		}
	}
	return -1
}

// sure tells that there is nothing to ask: the texts stand in a column that was told
// or is called so, and so do the groups, unless no column is left that could have them.
func (s *scheme) sure() bool {
	if s.guessed[roleText] || s.guessed[roleGroup] {
		return false
	}
	others := len(s.names) - len(s.texts) + 1
	for _, at := range s.at {
		if at >= 0 {
			others--
		}
	}
	return s.at[roleGroup] >= 0 || others == 0
}

// columns names what was chosen.
func (s *scheme) columns() Columns {
	name := func(r role) string {
		if at := s.at[r]; at >= 0 {
			return strings.TrimSpace(s.names[at])
		}
		return ""
	}
	texts := make([]string, len(s.texts))
	for i, at := range s.texts {
		texts[i] = strings.TrimSpace(s.names[at])
	}
	return Columns{Text: JoinColumns(texts...), ID: name(roleID), Group: name(roleGroup)}
}

// fill names the columns of a header that have no name, and takes quotes off that blanks
// before the mark between columns have left there.
func fill(header []string) []string {
	names := slices.Clone(header)
	for i, name := range names {
		name = strings.TrimSpace(name)
		if n := len(name); n > 1 && name[0] == '"' && name[n-1] == '"' {
			name = name[1 : n-1]
			names[i] = name
		}
		if strings.TrimSpace(name) == "" {
			names[i] = fmt.Sprintf("column %d", i+1)
		}
	}
	return names
}

func columns(n int) string {
	if n == 1 {
		return "1 column"
	}
	return fmt.Sprintf("%d columns", n)
}

// list writes the first few names of a header.
func list(names []string) string {
	const most = 8
	var quoted []string
	for _, name := range names[:min(len(names), most)] {
		quoted = append(quoted, fmt.Sprintf("%.40q", strings.TrimSpace(name)))
	}
	s := strings.Join(quoted, ", ")
	if len(names) > most {
		s += fmt.Sprintf(" and %d more", len(names)-most)
	}
	return s
}
