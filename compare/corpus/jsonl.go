package corpus

import (
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"
)

// object is one line of a JSON Lines file. An id or group may be a number.
type object struct {
	Text  *string `json:"text"`
	ID    label   `json:"id"`
	Group label   `json:"group"`
	Lang  label   `json:"lang"`
}

// label is a string, or a number as it was written.
type label string

var errLabel = errors.New("neither a string nor a number")

// UnmarshalJSON implements json.Unmarshaler.
func (l *label) UnmarshalJSON(data []byte) error {
	switch c := data[0]; {
	case c == '"':
		return json.Unmarshal(data, (*string)(l))
	case c == '-' || c >= '0' && c <= '9':
		*l = label(data)
	case string(data) != "null":
		return errLabel
	}
	return nil
}

func readJSONL(c *collector, content string) error {
	for row, line := range rows(content) {
		var o object
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			return jsonError(c.name, row, line, err)
		}
		if o.Text == nil {
			return c.fail(row, "", `there is no key "text"`, `write {"text": "…"}`)
		}
		t := Text{ID: strings.TrimSpace(string(o.ID)), Text: *o.Text, Group: strings.TrimSpace(string(o.Group)), Lang: strings.TrimSpace(string(o.Lang))}
		if err := c.add(row, "text", t); err != nil {
			return err
		}
	}
	return nil
}

func jsonError(name string, row int, line string, err error) error {
	e := &ReadError{Name: name, Row: row, Why: "this is not a JSON object", Hint: `write one object a line, such as {"text": "…"}`, Err: err}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		e.Column = utf8.RuneCountInString(line[:min(max(int(syntax.Offset)-1, 0), len(line))]) + 1
		e.Why = "the JSON is wrong here"
	case errors.As(err, &kind) && kind.Field != "":
		e.Field = kind.Field
		e.Why, e.Hint = "this is a "+kind.Value+", not a string", "put it in quotes"
	case errors.Is(err, errLabel):
		e.Why, e.Hint = `"id", "group" and "lang" must be strings or numbers`, "put them in quotes"
	}
	return e
}
