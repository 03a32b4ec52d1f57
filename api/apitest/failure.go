package apitest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

const jsonType = "application/json; charset=utf-8"

// failure is what went wrong, before a dialect puts it into words of its own.
type failure struct {
	status  int
	kind    string // "invalid_request_error"
	code    string // "model_not_found"
	param   string
	message string
}

// object is a JSON object being made.
type object = map[string]any

// jsonReply encodes a body. All that is handed to it can be encoded.
func jsonReply(status int, body any) reply {
	encoded, err := json.Marshal(body)
	if err != nil {
		panic(fmt.Sprintf("encode an answer: %v", err))
	}
	return newReply(status, jsonType, encoded)
}

// fail puts a failure into the dialect's words.
func (x *exchange) fail(f failure) reply { return jsonReply(f.status, x.server.speaks.failure(f)) }

// orNull is nil, JSON's null, for an empty string.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// errorObject is OpenAI's form, which NanoGPT and most others use.
func errorObject(f failure) any {
	return object{"error": object{"message": f.message, "type": f.kind, "param": orNull(f.param), "code": orNull(f.code)}}
}

// numberedError has the status as its code: OpenRouter's and llama.cpp's form.
func numberedError(f failure) any {
	return object{"error": object{"code": f.status, "message": f.message, "type": f.kind}}
}

// swapError is llama-swap's form, which tells its own failures from those of its servers.
func swapError(f failure) any {
	if f.status == http.StatusNotFound && f.param == "model" {
		f.code, f.message = "not_found", "no router for requested model"
	}
	return object{"src": "llama-swap", "error": object{"message": f.message, "type": f.kind, "param": nil, "code": orNull(f.code)}}
}

// azureError is Azure's: its code is a word, or the status as a text.
func azureError(f failure) any {
	code := f.code
	switch f.status {
	case http.StatusUnauthorized:
		code, f.message = "401", "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource."
	case http.StatusTooManyRequests:
		code = "429"
	}
	return object{"error": object{"code": cmp.Or(code, fmt.Sprint(f.status)), "message": f.message}}
}

// azureNotFound tells a deployment that does not exist from an address that none has.
func azureNotFound(x *exchange) reply {
	f := failure{status: http.StatusNotFound, code: "404", message: "Resource not found"}
	if strings.HasSuffix(x.request.Path, "/embeddings") && x.http.URL.RawQuery == x.server.speaks.query {
		f.code = "DeploymentNotFound"
		f.message = "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again."
	}
	return x.fail(f)
}

// errorString is {"error":"text"}: LM Studio's form and that of Ollama's own
// endpoints.
func errorString(f failure) any { return object{"error": f.message} }

// flatError is vLLM's older form.
func flatError(f failure) any {
	return object{"object": "error", "message": f.message, "type": f.kind, "param": orNull(f.param), "code": f.status}
}

// shortFlatError is that of text-embeddings-inference.
func shortFlatError(f failure) any {
	kind := "Validation"
	if f.status != http.StatusUnprocessableEntity {
		kind = f.kind
	}
	return object{"message": f.message, "code": f.status, "type": kind}
}

// detail is the form of servers made with FastAPI: a text, or for a body that
// does not validate a list.
func detail(f failure) any {
	if f.status != http.StatusUnprocessableEntity {
		return object{"detail": f.message}
	}
	place := []string{"body"}
	if f.param != "" {
		place = append(place, f.param)
	}
	return object{"detail": []any{object{"type": "value_error", "loc": place, "msg": f.message}}}
}

const notFoundPage = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>404: This page could not be found.</title></head>
<body><h1>404</h1><h2>This page could not be found.</h2></body></html>
`

func pageNotFound(*exchange) reply {
	return newReply(http.StatusNotFound, "text/html; charset=utf-8", []byte(notFoundPage))
}

func plainNotFound(*exchange) reply {
	return newReply(http.StatusNotFound, "text/plain; charset=utf-8", []byte("404 page not found"))
}

func failedNotFound(x *exchange) reply {
	return x.fail(failure{status: http.StatusNotFound, kind: "not_found_error", message: "Not Found"})
}

func emptyNotFound(*exchange) reply {
	return newReply(http.StatusNotFound, "text/plain; charset=utf-8", nil)
}

// notFoundIn200 is LM Studio's way: the status says that all is well.
func notFoundIn200(x *exchange) reply {
	return jsonReply(http.StatusOK, object{"error": fmt.Sprintf("Unexpected endpoint or method. (%s %s)", x.request.Method, x.request.Path)})
}
