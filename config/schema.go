package config

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// setter puts a value where it belongs; a value that cannot be is answered with
// what to use.
type setter func(any) (use string)

// hideValue begins the answer of a setter whose value must not be repeated.
const hideValue = "\x00"

// table says what may stand in a table of the file.
type table struct {
	values map[string]setter
	// tables are those within it; lists make the schema for each [[table]].
	tables map[string]table
	lists  map[string]func() table
	// free, when set, takes names that the person chooses, or says why one cannot be.
	free func(name string) (set setter, why string)
	// needs are the values that must be there.
	needs []string
}

// names lists everything that may stand in the table.
func (t table) names() []string {
	names := slices.Collect(maps.Keys(t.values))
	names = slices.AppendSeq(names, maps.Keys(t.tables))
	names = slices.AppendSeq(names, maps.Keys(t.lists))
	slices.Sort(names)
	return names
}

// below lists what is a table or a list of tables, and everything that may stand in
// those, at any depth.
func (t table) below() []string {
	var names []string
	inner := slices.Collect(maps.Values(t.tables))
	for each := range maps.Values(t.lists) {
		inner = append(inner, each())
	}
	for name := range t.tables {
		names = append(names, name)
	}
	for name := range t.lists {
		names = append(names, name)
	}
	for _, in := range inner {
		names = slices.AppendSeq(append(names, in.below()...), maps.Keys(in.values))
	}
	return names
}

// reader checks a file against a schema.
type reader struct {
	places   map[path]place
	cosmetic map[string]bool // keys at the top
	problems []Problem
}

func (r *reader) complain(at path, format string, args ...any) {
	p := r.places[at]
	top, _, _ := strings.Cut(strings.TrimPrefix(string(at), "\x00"), "\x00")
	r.problems = append(r.problems, Problem{Line: p.line, Column: p.column, Why: fmt.Sprintf(format, args...), Cosmetic: r.cosmetic[top]})
}

// read takes the values of a table in the order of the file.
func (r *reader) read(t table, values map[string]any, at path) {
	keys := slices.Collect(maps.Keys(values))
	slices.SortFunc(keys, func(a, b string) int {
		p, q := r.places[at.key(a)], r.places[at.key(b)]
		return cmp.Or(cmp.Compare(p.line, q.line), cmp.Compare(p.column, q.column), strings.Compare(a, b))
	})
	for _, key := range keys {
		r.one(t, key, values[key], at.key(key))
	}
	for _, name := range t.needs {
		if _, ok := values[name]; !ok {
			r.complain(at, "%s is missing", name)
		}
	}
}

func (r *reader) one(t table, key string, value any, at path) {
	if set, ok := t.values[key]; ok {
		r.set(set, key, value, at)
		return
	}
	if t.free != nil {
		set, why := t.free(key)
		if why != "" {
			r.complain(at, "%s", why)
			return
		}
		r.set(set, key, value, at)
		return
	}
	if inner, ok := t.tables[key]; ok {
		values, isTable := value.(map[string]any)
		if !isTable {
			r.complain(at, "%s is a table: write [%s] and its settings below", key, key)
			return
		}
		r.read(inner, values, at)
		return
	}
	if each, ok := t.lists[key]; ok {
		r.list(each, key, value, at)
		return
	}
	r.complain(at, "there is no setting %.40q: use %s", key, either(t.names()))
}

// set puts a value where it belongs.
func (r *reader) set(set setter, key string, value any, at path) {
	use := set(value)
	if rest, hidden := strings.CutPrefix(use, hideValue); hidden {
		r.complain(at, "%s is not right: use %s", key, rest)
	} else if use != "" {
		r.complain(at, "%s cannot be %s: use %s", key, describe(value), use)
	}
}

func (r *reader) list(each func() table, key string, value any, at path) {
	elements, ok := value.([]any)
	for n, element := range elements {
		values, isTable := element.(map[string]any)
		if !isTable {
			ok = false
			break
		}
		r.read(each(), values, at.element(n))
	}
	if !ok {
		r.complain(at, "%s is a list of tables: write [[%s]] and the settings of each below", key, key)
	}
}

// describe writes a value so that it can be recognised.
func describe(value any) string {
	switch v := value.(type) {
	case string:
		return fmt.Sprintf("%.40q", v)
	case map[string]any:
		return "a table"
	case []any:
		return "a list"
	default:
		return fmt.Sprint(v)
	}
}

// either writes "a, b or c".
func either(choices []string) string {
	last := len(choices) - 1
	if last < 1 {
		return strings.Join(choices, "")
	}
	return strings.Join(choices[:last], ", ") + " or " + choices[last]
}

func quoted(words []string) []string {
	list := make([]string, len(words))
	for i, word := range words {
		list[i] = strconv.Quote(word)
	}
	return list
}
