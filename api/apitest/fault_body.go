package apitest

import (
	"bytes"
	"encoding/json"
)

// Dirt is what EscapeSequences puts behind every string: a colour, a new window
// title, something for the clipboard, a cleared screen in both spellings, a bell,
// a zero byte, line ends, writing direction turned around, and a joiner. Nothing
// of it may reach a terminal.
const Dirt = "\x1b[31;5m\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x07\x1b[2J\u009b2J\a\x00\r\n\u202e\u2066\u200d"

// HeaderDirt is what it puts behind X-Request-ID: an 8-bit escape sequence and
// writing direction turned around. Go's client refuses others in a header.
const HeaderDirt = "\u009b31m\u202e"

// EscapeSequences puts Dirt behind every string of the answer, error messages,
// names and ids included, and HeaderDirt behind X-Request-ID. Vectors stay as they
// are.
func EscapeSequences() Fault {
	return Fault{name: "escape-sequences", reply: func(_ *exchange, r *reply) {
		r.header.Set("X-Request-ID", r.header.Get("X-Request-ID")+HeaderDirt)
		body, ok := decode(r.body)
		if !ok {
			r.body = append(r.body, Dirt...)
			return
		}
		r.body = appendJSON(nil, soil(body))
	}}
}

// decode reads any JSON, numbers as they are written.
func decode(body []byte) (value any, ok bool) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	return value, d.Decode(&value) == nil
}

// soil puts Dirt behind every string in value, except vectors.
func soil(value any) any {
	switch v := value.(type) {
	case string:
		return v + Dirt
	case []any:
		for i := range v {
			v[i] = soil(v[i])
		}
	case map[string]any:
		for name := range v {
			if name != "embedding" {
				v[name] = soil(v[name])
			}
		}
	}
	return value
}

// InvalidJSON sends the first half of the answer as if it were all of it.
func InvalidJSON() Fault {
	return Fault{name: "invalid-json", reply: func(_ *exchange, r *reply) { r.body = r.body[:len(r.body)/2] }}
}

// TrailingGarbage sends something after the end of the JSON.
func TrailingGarbage() Fault {
	return Fault{name: "trailing-garbage", reply: func(_ *exchange, r *reply) { r.body = append(r.body, "}]garbage"...) }}
}

// EmptyBody sends the status and no body.
func EmptyBody() Fault {
	return Fault{name: "empty-body", reply: func(_ *exchange, r *reply) { r.body = nil }}
}

// NullData writes null in place of the list of a good answer.
func NullData() Fault {
	return eachList("null-data", func([]any) any { return nil })
}

// BareList leaves of every model in a list only what NanoGPT promises.
func BareList() Fault {
	return eachList("bare-list", func(list []any) any {
		for i := range list {
			entry, _ := list[i].(object)
			bare := object{}
			for _, field := range []string{"id", "object", "created", "owned_by"} {
				if value, ok := entry[field]; ok {
					bare[field] = value
				}
			}
			list[i] = bare
		}
		return list
	})
}

// WrongList spoils the models in a list. The first and every sixth from there stay
// right; those between have, by turns, wrong types, nulls, senseless numbers, no
// id, and the id of the first. At the end come entries that are no models at all.
func WrongList() Fault {
	return eachList("wrong-list", func(list []any) any {
		var first any
		for i := range list {
			entry, isObject := list[i].(object)
			if !isObject {
				continue
			}
			if i == 0 {
				first = entry["id"]
			}
			spoil(entry, i%6, first)
		}
		return append(list, nil, "model", 7, []any{})
	})
}

// spoil spoils one model of a list.
func spoil(entry object, way int, first any) {
	switch way {
	case 1:
		entry["dimensions"], entry["pricing"], entry["supports_dimensions"], entry["created"] = "many", "cheap", "perhaps", "yesterday"
	case 2:
		entry["dimensions"], entry["pricing"], entry["name"], entry["max_tokens"] = nil, nil, nil, nil
	case 3:
		entry["dimensions"], entry["max_tokens"] = json.Number("-1"), json.Number("1e300")
		entry["pricing"] = object{"per_million_tokens": json.Number("-0.02"), "currency": "USD"}
	case 4:
		delete(entry, "id")
	case 5:
		entry["id"] = first
	}
}

// eachList changes the lists "data" and "models" of an answer. What has none, an
// error for example, stays as it is.
func eachList(name string, change func([]any) any) Fault {
	return Fault{name: name, reply: func(_ *exchange, r *reply) {
		value, _ := decode(r.body)
		body, ok := value.(object)
		if !ok {
			return
		}
		for _, field := range []string{"data", "models"} {
			if list, ok := body[field].([]any); ok {
				body[field] = change(list)
			}
		}
		r.body = appendJSON(nil, body)
	}}
}
