package openai

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// complaint is what a server says went wrong, in its own words.
type complaint struct {
	message string
	code    string
	html    bool // a web page came instead
	json    bool // it is an object or a list, as APIs write them
}

// readComplaint reads the body of a failed answer in any of the forms in use:
// {"error":{…}}, {"error":"…"}, {"message":…}, {"detail":…}, lists of these, plain
// text, or a web page.
func readComplaint(body []byte) complaint {
	body = bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(body), []byte("\xef\xbb\xbf")))
	switch {
	case len(body) == 0:
		return complaint{}
	case body[0] == '<':
		return complaint{html: true}
	}
	var v any
	if json.Unmarshal(body, &v) != nil {
		if body[0] == '{' || body[0] == '[' {
			return complaint{} // JSON cut off: its pieces are no message
		}
		return complaint{message: string(body)}
	}
	c := complain(v)
	c.json = body[0] == '{' || body[0] == '['
	return c
}

// complain looks for words in a JSON value, from the most to the least telling.
func complain(v any) complaint {
	switch v := v.(type) {
	case string:
		return complaint{message: v}
	case []any:
		return complainAll(v)
	case map[string]any:
		return complainObject(v)
	}
	return complaint{}
}

func complainObject(v map[string]any) complaint {
	var c complaint
	for _, key := range []string{"error", "errors", "message", "msg", "detail", "title", "error_description"} {
		if found := complain(v[key]); found.message != "" {
			c = found
			break
		}
	}
	if needed, ok := scalar(v["requiredBalance"]); ok {
		c.message += " ($" + needed + " needed)"
	}
	// A name for the failure beside the words; "error" itself may be that name.
	for _, key := range []string{"code", "error_type", "type"} {
		if code, ok := scalar(v[key]); ok && c.code == "" {
			c.code = code
		}
	}
	if where := place(v["loc"]); where != "" && c.message != "" {
		c.message = where + ": " + c.message
	}
	return c
}

// complainAll joins the first few of a list.
func complainAll(list []any) complaint {
	var all complaint
	var messages []string
	for _, v := range list[:min(len(list), 3)] {
		c := complain(v)
		if c.message != "" {
			messages = append(messages, c.message)
		}
		if all.code == "" {
			all.code = c.code
		}
	}
	all.message = strings.Join(messages, "; ")
	return all
}

// place writes where in the request a validation error is: ["body","input",0].
func place(v any) string {
	path, _ := v.([]any)
	var parts []string
	for _, p := range path {
		if s, ok := scalar(p); ok && s != "body" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ".")
}

// scalar writes a string or number.
func scalar(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, v != ""
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	}
	return "", false
}
