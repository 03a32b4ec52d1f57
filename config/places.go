package config

import (
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// place is where something stands in the file, from 1.
type place struct{ line, column int }

// before tells the order in the file.
func (p place) before(q place) bool {
	return p.line < q.line || p.line == q.line && p.column < q.column
}

// path names a value: the keys to it, and the numbers of the elements of lists.
type path string

func (p path) key(name string) path { return p + "\x00" + path(name) }

func (p path) element(n int) path { return p.key(strconv.Itoa(n)) }

// mapper finds where every value of a file stands: the decoder does not say.
type mapper struct {
	parser   unstable.Parser
	places   map[path]place
	elements map[path]int // of the lists written as [[name]]
}

// placesOf gives the place of every key of the file and of every [[table]].
func placesOf(data []byte) map[path]place {
	m := &mapper{places: map[path]place{}, elements: map[path]int{}}
	m.parser.Reset(data)
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
			start := m.parser.Shape(k.Raw).Start
			m.places[at] = place{start.Line, start.Column}
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
	start := m.parser.Shape(keys.Node().Raw).Start
	return place{start.Line, start.Column}
}

func (m *mapper) pair(table path, e *unstable.Node) {
	m.value(m.keys(table, e.Key()), e.Value(), m.start(e))
}

// value looks into lists and tables in braces; near is the nearest place known.
func (m *mapper) value(at path, v *unstable.Node, near place) {
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
