package answer

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// Complaint is what a server says went wrong, in its own words.
type Complaint struct {
	Message string // empty when it finds no words
	Code    string // its name or number for the failure; may be empty
	Param   string // the part of the request that it is about, where it says so
	HTML    bool   // a web page came instead
	JSON    bool   // it is an object or a list, as APIs write them
}

// ReadComplaint reads the body of a failed answer in any of the forms in use:
// {"error":{…}}, {"error":"…"}, {"message":…}, {"detail":…}, lists of these, plain
// text, or a web page.
func ReadComplaint(body []byte) Complaint {
	body = bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(body), []byte("\xef\xbb\xbf")))
	switch {
	case len(body) == 0:
		return Complaint{}
	case body[0] == '<':
		return Complaint{HTML: true}
	}
	var v any
	if json.Unmarshal(body, &v) != nil {
		if body[0] == '{' || body[0] == '[' {
			return Complaint{} // JSON cut off: its pieces are no message
		}
		return Complaint{Message: string(body)}
	}
	c := complain(v)
	c.JSON = body[0] == '{' || body[0] == '['
	return c
}

// complain looks for words in a JSON value, from the most to the least telling.
func complain(v any) Complaint {
	switch v := v.(type) {
	case string:
		return Complaint{Message: v}
	case []any:
		return complainAll(v)
	case map[string]any:
		return complainObject(v)
	}
	return Complaint{}
}

func complainObject(v map[string]any) Complaint {
	var c Complaint
	for _, key := range []string{"error", "errors", "message", "msg", "detail", "title", "error_description"} {
		if found := complain(v[key]); found.Message != "" {
			c = found
			break
		}
	}
	if needed, ok := scalar(v["requiredBalance"]); ok {
		c.Message += " ($" + needed + " needed)"
	}
	// A name for the failure beside the words; "error" itself may be that name.
	for _, key := range []string{"code", "error_type", "type"} {
		if code, ok := scalar(v[key]); ok && c.Code == "" {
			c.Code = code
		}
	}
	if where := place(v["loc"]); where != "" && c.Message != "" {
		c.Message, c.Param = where+": "+c.Message, where
	}
	if param, ok := v["param"].(string); ok && c.Param == "" {
		c.Param = param
	}
	return c
}

// complainAll joins the first few of a list.
func complainAll(list []any) Complaint {
	var all Complaint
	var messages []string
	for _, v := range list[:min(len(list), 3)] {
		c := complain(v)
		if c.Message != "" {
			messages = append(messages, c.Message)
		}
		if all.Code == "" {
			all.Code = c.Code
		}
		if all.Param == "" {
			all.Param = c.Param
		}
	}
	all.Message = strings.Join(messages, "; ")
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
