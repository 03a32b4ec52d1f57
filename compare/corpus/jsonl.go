package corpus

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// object is what one text is written as in JSON.
type object struct {
	row     int
	item    int // in an array, where a line has several; else 0
	members []member
	// bare is a string that stands alone, raw.
	bare  string
	fault *ReadError
}

// member is a key of an object with its value, raw.
type member struct{ key, value string }

// objects reads them one by one, up to io.EOF.
type objects interface {
	next() (object, error)
}

const objectHint = `write one object a line, such as {"text": "…"}`

// jsonLines are objects of which each has a line.
type jsonLines struct{ lines *lineReader }

func (j jsonLines) next() (object, error) {
	l, err := j.lines.next()
	for err == nil && l.broken == "" && strings.TrimSpace(l.text) == "" {
		l, err = j.lines.next()
	}
	if err != nil {
		return object{}, err
	}
	if l.broken != "" {
		return object{row: l.number, fault: brokenLine(l)}, nil
	}
	var raw json.RawMessage
	if err := json.Unmarshal([]byte(l.text), &raw); err != nil {
		return object{row: l.number, fault: syntaxError(l, err)}, nil
	}
	o := objectOf(l.number, strings.TrimSpace(l.text))
	if o.fault == nil && o.bare != "" {
		o.fault = &ReadError{Row: l.number, Why: "this is not a JSON object", Hint: objectHint}
	}
	return o, nil
}

func syntaxError(l line, err error) *ReadError {
	e := &ReadError{Row: l.number, Why: "the JSON is wrong here", Hint: objectHint, Err: err}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		e.Column = utf8.RuneCountInString(l.text[:min(max(int(syntax.Offset)-1, 0), len(l.text))]) + 1
	}
	return e
}

// objectOf takes an object, or a string, apart.
func objectOf(row int, raw string) object {
	o := object{row: row}
	switch {
	case strings.HasPrefix(raw, "{"):
		o.members = members(raw)
	case strings.HasPrefix(raw, `"`):
		o.bare = raw
	default:
		o.fault = &ReadError{Row: row, Why: "this is not a JSON object", Hint: objectHint}
	}
	return o
}

// lookAhead is how many objects are looked at to tell which keys there are.
const lookAhead = 100

// readObjects takes the texts of objects.
func readObjects(c *collector, from objects) error {
	first, err := take(from, lookAhead)
	if err != nil {
		return err
	}
	names := keysOf(first)
	s, err := choose(names, c.options.Columns, c.options.exact, true)
	if err != nil && (c.options.exact || len(names) == 0) {
		s, err = choose(roleNames[:], Columns{}, true, true)
	}
	if err != nil {
		var why *ReadError
		if errors.As(err, &why) {
			why.Row = first[0].row
			return c.named(why)
		}
		return err
	}
	if len(names) > 0 {
		c.chosen(s)
	}
	for _, o := range first {
		if err := takeObject(c, s, o); err != nil {
			return err
		}
	}
	for {
		o, err := from.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = takeObject(c, s, o)
		}
		if err != nil {
			return err
		}
	}
}

// take gives the first objects.
func take(from objects, most int) (first []object, err error) {
	for len(first) < most {
		o, err := from.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return first, err
		}
		first = append(first, o)
	}
	return first, nil
}

// keysOf lists the keys in the order in which they come.
func keysOf(all []object) (names []string) {
	seen := map[string]bool{}
	for _, o := range all {
		for _, m := range o.members {
			if !seen[m.key] {
				seen[m.key] = true
				names = append(names, m.key)
			}
		}
	}
	return names
}

func takeObject(c *collector, s scheme, o object) error {
	c.item = o.item
	if o.fault != nil {
		return c.leave(o.fault)
	}
	var t Text
	var fault *ReadError
	for r, into := range [roleCount]*string{&t.Text, &t.ID, &t.Group, &t.Lang} {
		switch {
		case role(r) == roleText:
			*into, fault = o.text(s)
		case o.bare == "" && s.at[r] >= 0:
			*into, fault = o.decode(role(r), s.names[s.at[r]])
		}
		if fault != nil {
			fault.Row = o.row
			return c.leave(fault)
		}
	}
	t.ID, t.Group, t.Lang = strings.TrimSpace(t.ID), strings.TrimSpace(t.Group), strings.TrimSpace(t.Lang)
	return c.add(o.row, s.field, t)
}

// text gives the text of an object; of several keys one is enough.
func (o object) text(s scheme) (string, *ReadError) {
	if o.bare != "" || len(s.texts) == 1 {
		return o.decode(roleText, s.names[s.at[roleText]])
	}
	var values []string
	for _, at := range s.texts {
		value, fault := o.find(s.names[at])
		if fault == nil && (value == "" || value == "null") {
			continue
		}
		if fault == nil {
			value, fault = decodeMember(roleText, s.names[at], value)
		}
		if fault != nil {
			return "", fault
		}
		values = append(values, value)
	}
	return joined(values), nil
}

// decode gives the value of a key as text.
func (o object) decode(r role, name string) (string, *ReadError) {
	value, fault := o.find(name)
	if fault != nil {
		return "", fault
	}
	return decodeMember(r, name, value)
}

// find gives the value of a key: of the one that is written so, else of the one that
// differs in case alone. Empty is none; two are a fault, since either could be meant.
func (o object) find(name string) (value string, fault *ReadError) {
	if o.bare != "" {
		return o.bare, nil
	}
	for _, same := range []func(string) bool{
		func(key string) bool { return key == name },
		func(key string) bool { return columnName(key) == columnName(name) },
	} {
		found := slices.DeleteFunc(slices.Clone(o.members), func(m member) bool { return !same(m.key) })
		switch {
		case len(found) > 1 && found[0].key == found[1].key:
			return "", &ReadError{Why: fmt.Sprintf("the key %.60q stands twice", name), Hint: "take one away"}
		case len(found) > 1:
			return "", &ReadError{Field: name, Why: fmt.Sprintf("there are %q and %q", found[0].key, found[1].key), Hint: "take one away"}
		case len(found) == 1:
			return found[0].value, nil
		}
	}
	return "", nil
}

// decodeMember makes text of a value; an id or group may be a number or true or
// false, and missing.
func decodeMember(r role, name, value string) (string, *ReadError) {
	isText := r == roleText
	switch {
	case value == "" || value == "null":
		if isText {
			return "", &ReadError{Why: fmt.Sprintf("there is no key %q", name), Hint: fmt.Sprintf(`write {%q: "…"}`, name)}
		}
		return "", nil
	case value[0] == '"':
		if half := loneSurrogate(value); half != "" {
			return "", &ReadError{Field: name, Why: half + " is half a character", Hint: "write the text anew"}
		}
		var s string
		if err := json.Unmarshal([]byte(value), &s); err != nil {
			return "", &ReadError{Field: name, Why: "the JSON is wrong here", Hint: objectHint, Err: err}
		}
		return s, nil
	case isText:
		return "", &ReadError{Field: name, Why: "this is " + kindOf(value) + ", not a string", Hint: "put it in quotes"}
	case value[0] == '{' || value[0] == '[':
		return "", &ReadError{Why: `"id", "group" and "lang" must be strings or numbers`, Hint: "put them in quotes"}
	}
	return value, nil
}

// kindOf names the kind of a value that is no string.
func kindOf(value string) string {
	switch value[0] {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case 't', 'f':
		return "true or false"
	}
	return "a number"
}

// members takes an object apart, which must be valid JSON.
func members(raw string) (all []member) {
	rest := strings.TrimLeft(raw[1:], space)
	for strings.HasPrefix(rest, `"`) {
		n := valueEnd(rest)
		var key string
		// A key is valid, since the object is.
		_ = json.Unmarshal([]byte(rest[:n]), &key)
		rest = strings.TrimLeft(rest[n:], space+":")
		n = valueEnd(rest)
		all = append(all, member{key, strings.TrimRight(rest[:n], space)})
		rest = strings.TrimLeft(rest[n:], space+",")
	}
	return all
}

const space = " \t\r\n"

// valueEnd tells where the value ends that valid JSON begins with.
func valueEnd(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			for i++; i < len(s) && s[i] != '"'; i++ {
				if s[i] == '\\' {
					i++
				}
			}
			if depth == 0 {
				return min(i+1, len(s))
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',':
			if depth == 0 {
				return i
			}
		}
	}
	return len(s)
}

// loneSurrogate finds an escape of half a character in a JSON string, such as \ud83d
// without the other half; empty when there is none. Read as U+FFFD, different texts
// would become equal ones.
func loneSurrogate(raw string) string {
	for i := strings.IndexByte(raw, '\\'); i >= 0 && i+1 < len(raw); {
		size := 2
		if raw[i+1] == 'u' && i+6 <= len(raw) {
			size = 6
			switch first := strings.ToLower(raw[i+2 : i+4]); {
			case first >= "dc" && first <= "df":
				return raw[i : i+6]
			case first >= "d8" && first <= "db":
				second := strings.ToLower(raw[i+6 : min(i+10, len(raw))])
				if second < `\udc` || second >= `\ue` {
					return raw[i : i+6]
				}
				size = 12
			}
		}
		next := strings.IndexByte(raw[min(i+size, len(raw)):], '\\')
		if next < 0 {
			return ""
		}
		i += size + next
	}
	return ""
}
