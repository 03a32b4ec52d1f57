package config

import (
	"sort"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// place is where something stands in the file, from 1.
type place struct{ line, column int }

// path names a value: the keys to it, and the numbers of the elements of lists.
type path string

// What a path tells apart: more keys, or longer ones, stand nowhere in a schema, and
// would make the time to read a file grow with its square.
const (
	deepest     = 8
	longestName = 100
)

// key is the path of a value in a table. What is deeper than any setting has the path of
// its table.
func (p path) key(name string) path {
	if strings.Count(string(p), "\x00") >= deepest {
		return p
	}
	return p + "\x00" + path(name[:min(len(name), longestName)])
}

func (p path) element(n int) path { return p.key(strconv.Itoa(n)) }

// mapper finds where every value of a file stands: the decoder does not say.
type mapper struct {
	parser   unstable.Parser
	lines    []int // where each begins
	places   map[path]place
	elements map[path]int // of the lists written as [[name]]
}

// placesOf gives the place of every key of the file and of every [[table]].
func placesOf(data []byte) map[path]place {
	m := &mapper{places: map[path]place{}, elements: map[path]int{}}
	m.parser.Reset(data)
	m.lines = append(m.lines, 0)
	for i, c := range data {
		if c == '\n' {
			m.lines = append(m.lines, i+1)
		}
	}
	table := path("")
	for m.parser.NextExpression() {
		switch e := m.parser.Expression(); e.Kind {
		case unstable.Table:
			table = m.keys("", e.Key())
		case unstable.ArrayTable:
			table = m.keys("", e.Key())
			// The path that keys gave ends in the element before this one.
			list := m.list(table)
			m.elements[list]++
			table = list.element(m.elements[list] - 1)
			m.places[table] = m.start(e)
		case unstable.KeyValue:
			m.pair(table, e)
		}
	}
	return m.places
}

// list is the list that a path to its last element, if it has any, is in.
func (m *mapper) list(p path) path {
	if i := strings.LastIndexByte(string(p), 0); i >= 0 && m.elements[p[:i]] > 0 {
		return p[:i]
	}
	return p
}

// keys follows dotted keys from a table, and lists to their last elements.
func (m *mapper) keys(from path, keys unstable.Iterator) path {
	at := from
	for keys.Next() {
		k := keys.Node()
		at = at.key(string(k.Data))
		if _, known := m.places[at]; !known {
			m.places[at] = m.placeAt(k.Raw)
		}
		if n := m.elements[at]; n > 0 {
			at = at.element(n - 1)
		}
	}
	return at
}

// start is where the first key of an expression stands.
func (m *mapper) start(e *unstable.Node) place {
	keys := e.Key()
	keys.Next()
	return m.placeAt(keys.Node().Raw)
}

// placeAt is where a part of the file begins.
func (m *mapper) placeAt(r unstable.Range) place {
	line := sort.SearchInts(m.lines, int(r.Offset)+1)
	return place{line, int(r.Offset) - m.lines[line-1] + 1}
}

func (m *mapper) pair(table path, e *unstable.Node) {
	m.value(m.keys(table, e.Key()), e.Value(), m.start(e))
}

// value looks into lists and tables in braces; near is the nearest place known.
func (m *mapper) value(at path, v *unstable.Node, near place) {
	if strings.Count(string(at), "\x00") >= deepest {
		return
	}
	children := v.Children()
	switch v.Kind {
	case unstable.InlineTable:
		for children.Next() {
			m.pair(at, children.Node())
		}
	case unstable.Array:
		for n := 0; children.Next(); n++ {
			element := at.element(n)
			m.places[element] = near
			if first := children.Node().Child(); children.Node().Kind == unstable.InlineTable && first != nil {
				m.places[element] = m.start(first)
			}
			m.value(element, children.Node(), near)
		}
	}
}
