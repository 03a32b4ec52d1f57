package apitest

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// maxBody is the largest request that is read, in bytes: several times what
// 300,000 tokens need.
const maxBody = 32 << 20

// exchange is one request being answered.
type exchange struct {
	server  *Server
	http    *http.Request
	request Request
	fault   Fault
}

// reply is a whole answer before it is sent.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// sender sends a reply, well or badly.
type sender func(x *exchange, w http.ResponseWriter, r reply)

// handle answers one request: what the server would say, then what the fault
// makes of it.
func (s *Server) handle(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	if err != nil && !errors.As(err, &tooLarge) {
		return // the client is gone
	}
	x := &exchange{server: s, http: r}
	x.request, x.fault = s.arrive(newRequest(r, body))
	defer s.leave()
	s.logRequest(x.request)

	var answer reply
	switch {
	case x.fault.instead != nil:
		answer = x.fault.instead(x)
	case tooLarge != nil:
		answer = x.fail(failure{status: http.StatusRequestEntityTooLarge, kind: "invalid_request_error", message: "the request is too large"})
	default:
		answer = x.route()
	}
	if r.Context().Err() != nil {
		// Merely to return would say 200 to a client that is still there when the
		// server is closed.
		s.logEnd(x.request, "was given up or the server closed")
		panic(http.ErrAbortHandler)
	}
	s.logEnd(x.request, fmt.Sprintf("%d, %d bytes", answer.status, len(answer.body)))
	answer.header.Set("X-Request-ID", fmt.Sprintf("req-%06d", x.request.Number))
	if x.fault.reply != nil {
		x.fault.reply(x, &answer)
	}
	send := sender(sendWhole)
	if x.fault.wire != nil {
		send = x.fault.wire(send)
	}
	send(x, w, answer)
}

// route finds who answers.
func (x *exchange) route() reply {
	d := x.server.speaks
	path := strings.TrimSuffix(x.request.Path, "/")
	for _, e := range d.endpoints() {
		if e.path != path || e.method != x.request.Method || d.query != "" && x.http.URL.RawQuery != d.query {
			continue
		}
		if !e.open {
			if wrong, ok := x.unauthorised(e.apiKeyOnly); ok {
				return wrong
			}
		}
		if x.request.Header.Get("Content-Encoding") != "" {
			return x.fail(failure{status: http.StatusBadRequest, kind: "invalid_request_error", message: "the body is not JSON: compressed requests are not understood"})
		}
		return e.answer(x)
	}
	return d.notFound(x)
}

// unauthorised checks the key, which is asked for as a bearer token or in a header for
// keys; ok tells that wrong is the answer.
func (x *exchange) unauthorised(apiKeyOnly bool) (wrong reply, ok bool) {
	if x.server.Key == "" {
		return reply{}, false
	}
	speaks := x.server.speaks
	given := x.request.Header.Get(cmp.Or(speaks.keyHeader, "X-Api-Key"))
	if bearer, isBearer := strings.CutPrefix(x.request.Header.Get("Authorization"), "Bearer "); isBearer && !apiKeyOnly && !speaks.headerOnly {
		given = bearer
	}
	switch given {
	case x.server.Key:
		return reply{}, false
	case "":
		return x.fail(failure{status: http.StatusUnauthorized, kind: "authentication_error", code: "missing_api_key", message: "Missing API key"}), true
	default:
		return x.fail(failure{status: http.StatusUnauthorized, kind: "authentication_error", code: "invalid_api_key", message: "Invalid API key"}), true
	}
}

// sendWhole sends a reply as it should be.
func sendWhole(_ *exchange, w http.ResponseWriter, r reply) {
	for name, values := range r.header {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Length", fmt.Sprint(len(r.body)))
	w.WriteHeader(r.status)
	// A client that has gone is no error here.
	_, _ = w.Write(r.body)
}

// newReply makes a reply with that body.
func newReply(status int, contentType string, body []byte) reply {
	return reply{status: status, header: http.Header{"Content-Type": {contentType}}, body: body}
}
