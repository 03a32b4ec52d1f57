package apitest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// chat answers by repeating the last message: at once, or word by word as
// server-sent events.
func (x *exchange) chat() reply {
	var body struct {
		Model    string `json:"model"`
		Messages []struct {
			Role    string `json:"role"`
			Content string `json:"content"`
		} `json:"messages"`
		Stream        bool `json:"stream"`
		StreamOptions struct {
			IncludeUsage bool `json:"include_usage"`
		} `json:"stream_options"`
	}
	if err := json.Unmarshal(x.request.Body, &body); err != nil {
		return x.fail(*invalid("", "the body is not the JSON that is expected: "+err.Error()))
	}
	if len(body.Messages) == 0 {
		return x.fail(failure{status: http.StatusBadRequest, kind: invalidRequest, code: "missing_required_parameter", param: "messages", message: "you must provide a messages parameter"})
	}
	words := strings.SplitAfter("You said: "+body.Messages[len(body.Messages)-1].Content, " ")
	c := completion{id: fmt.Sprintf("chatcmpl-%06d", x.request.Number), model: body.Model, words: words}
	for _, m := range body.Messages {
		c.prompt += len(strings.Fields(m.Content))
	}
	if body.Stream {
		return newReply(http.StatusOK, "text/event-stream; charset=utf-8", c.events(body.StreamOptions.IncludeUsage))
	}
	return jsonReply(http.StatusOK, c.whole())
}

// completion is what the chat says.
type completion struct {
	id, model string
	words     []string
	prompt    int // tokens of the question, one a word
}

func (c completion) usage() object {
	return object{"prompt_tokens": c.prompt, "completion_tokens": len(c.words), "total_tokens": c.prompt + len(c.words)}
}

func (c completion) body(kind string, choices ...any) object {
	return object{"id": c.id, "object": kind, "created": listed, "model": c.model, "choices": choices}
}

func (c completion) whole() object {
	out := c.body("chat.completion", object{
		"index": 0, "finish_reason": "stop",
		"message": object{"role": "assistant", "content": strings.Join(c.words, "")},
	})
	out["usage"] = c.usage()
	return out
}

// events writes the chunks: one a word, one with the reason for the end, the
// usage when it is asked for, and the mark that all has been said.
func (c completion) events(withUsage bool) []byte {
	const kind = "chat.completion.chunk"
	var out []byte
	event := func(data any) {
		out = append(out, "data: "...)
		out = appendJSON(out, data)
		out = append(out, "\n\n"...)
	}
	for _, word := range c.words {
		event(c.body(kind, object{"index": 0, "delta": object{"role": "assistant", "content": word}, "finish_reason": nil}))
	}
	event(c.body(kind, object{"index": 0, "delta": object{}, "finish_reason": "stop"}))
	if withUsage {
		last := c.body(kind)
		last["choices"] = []any{}
		last["usage"] = c.usage()
		event(last)
	}
	return append(out, "data: [DONE]\n\n"...)
}
