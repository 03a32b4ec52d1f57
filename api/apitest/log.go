package apitest

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Request is one request as it arrived.
type Request struct {
	// Number counts all requests of the server, from 1.
	Number int
	// At is when it had been read.
	At time.Time
	// Method, Path, Header and Body are as they were sent.
	Method string
	Path   string
	Header http.Header
	Body   []byte
	// Model, Inputs, Encoding and Dimensions are those of the body; empty when it
	// has none. Dimensions is 0 when none were asked for, by either name.
	Model      string
	Inputs     []string
	Encoding   string
	Dimensions int
	// Fault names what was done to the answer; empty when nothing was.
	Fault string
}

// Embeds tells whether it asks for embeddings.
func (r Request) Embeds() bool {
	return r.Method == http.MethodPost && strings.HasSuffix(r.Path, "/embeddings")
}

// Requests gives every request so far, in the order they arrived.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.log)
}

// Embeddings gives the requests for embeddings so far, in the order they arrived.
func (s *Server) Embeddings() []Request {
	return slices.DeleteFunc(s.Requests(), func(r Request) bool { return !r.Embeds() })
}

// Await returns when n requests have arrived since the server started, those that
// hang included. The error is ctx's.
func (s *Server) Await(ctx context.Context, n int) error {
	for {
		s.mu.Lock()
		enough, next := len(s.log) >= n, s.arrived
		s.mu.Unlock()
		if enough {
			return nil
		}
		select {
		case <-next:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Peak is the most requests that were being answered at the same time.
func (s *Server) Peak() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.peak
}

// arrive writes the request down, finds what goes wrong with it and tells those
// who wait.
func (s *Server) arrive(r Request) (Request, Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r.Number = len(s.log) + 1
	fault := s.nextFault(r)
	r.Fault = fault.name
	s.log = append(s.log, r)
	s.active++
	s.peak = max(s.peak, s.active)
	close(s.arrived)
	s.arrived = make(chan struct{})
	return r, fault
}

// leave ends what arrive began.
func (s *Server) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.active--
}

// newRequest reads what the log tells of a request. A body that is not what it
// should be is written down as it is; answering it is another matter.
func newRequest(r *http.Request, body []byte) Request {
	out := Request{
		At:     time.Now(),
		Method: r.Method,
		Path:   r.URL.Path,
		Header: r.Header.Clone(),
		Body:   body,
	}
	var fields struct {
		Model           string          `json:"model"`
		Input           json.RawMessage `json:"input"`
		Encoding        string          `json:"encoding_format"`
		Dimensions      int             `json:"dimensions"`
		OutputDimension int             `json:"output_dimension"`
	}
	if json.Unmarshal(body, &fields) != nil {
		return out
	}
	out.Model, out.Encoding = fields.Model, fields.Encoding
	out.Dimensions = max(fields.Dimensions, fields.OutputDimension)
	out.Inputs, _ = readInputs(fields.Input)
	return out
}
