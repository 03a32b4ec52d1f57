package openai

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai/internal/answer"
)

// Status is how a provider does. What no answer has proved is false.
type Status struct {
	// Reachable tells that an API answered, if only to refuse. A web page, or a path
	// that is not there, is no API.
	Reachable bool
	// Authorised tells that the server took the key, or asks for none.
	Authorised bool
	// Models is the number of embedding models it has, and Listed are all that its list
	// tells of; nil when it could not be read, or there is none.
	Models int
	Listed []api.Model
	// Balance is what is left to spend, where the provider tells.
	Balance api.Balance
	// Err is what went wrong; nil when nothing did.
	Err error
}

// Check asks the server how it does, each thing once and without spending
// anything.
func (c *Client) Check(ctx context.Context) Status {
	s := c.check(ctx)
	s.Err = public(s.Err)
	return s
}

func (c *Client) check(ctx context.Context) Status {
	var s Status
	models, err := c.models(ctx, true)
	for _, m := range models {
		if m.Unselectable() == "" && !m.Unlikely {
			s.Models++
		}
	}
	p := c.cfg.Profile
	if s.Listed = models; p.list == nil {
		s.Listed, err = nil, c.ping(ctx)
	}
	s.Err = err
	s.Reachable, s.Authorised = proof(err)
	if !s.Reachable {
		return s
	}
	if err := c.checkKey(); err != nil {
		s.Authorised = false
		s.Err = cmp.Or(s.Err, err)
		return s
	}
	switch { // an open list says nothing about the key
	case p.balance:
		s.Balance, err = c.balance(ctx, true)
		if statusOf(err) == http.StatusNotFound {
			err = c.ping(ctx) // something between does not pass the balance on
		}
	case p.openList:
		err = c.ping(ctx)
	default:
		return s
	}
	s.Err = cmp.Or(s.Err, err)
	_, s.Authorised = proof(err)
	return s
}

// ping asks a server for the vectors of nothing. It refuses, which costs nothing,
// and tells by the way whether it takes the key.
func (c *Client) ping(ctx context.Context) error {
	if err := c.checkKey(); err != nil {
		return err
	}
	q := call{
		method: http.MethodPost, url: c.base.JoinPath("embeddings"), limit: errorLimit,
		body: []byte(`{"model":"","input":[]}`), timeout: min(listTimeout, c.cfg.Timeout), once: true,
	}
	err := c.exchange(ctx, ctx, q, func(r reply) *fault {
		if f := answer.ReadFields(r.body); !f.Has("error") && f.List("data") != nil {
			return nil
		}
		return c.unreadable(r, fmt.Errorf("the answer is no list of vectors: %w", answer.ErrNoAPI))
	})
	var f *fault
	if errors.As(err, &f) && f.spoke && refusesNothing(f) {
		return nil
	}
	return err
}

// refusesNothing tells whether a server says that there is nothing to embed, or no
// such model: it has looked at the key before that.
func refusesNothing(f *fault) bool {
	switch f.meant {
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		return true
	case http.StatusNotFound:
		return strings.Contains(strings.ToLower(f.Code+" "+f.Message), "model")
	}
	return false
}

// proof tells from a request's error whether an API answered it and whether that
// took the key.
func proof(err error) (reachable, authorised bool) {
	if err == nil {
		return true, true
	}
	var f *fault
	if !errors.As(err, &f) || f.page {
		return false, false
	}
	switch f.meant {
	case http.StatusUnauthorized, http.StatusForbidden:
		return true, false
	case http.StatusPaymentRequired: // it knows whose account is empty
		return true, true
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return false, false
	}
	return f.spoke, false
}

// statusOf is the HTTP status of an answer that was an error; 0 for none.
func statusOf(err error) int {
	var f *fault
	if errors.As(err, &f) {
		return f.Status
	}
	return 0
}
