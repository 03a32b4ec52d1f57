package openai

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/api"
)

// Balance implements api.Balancer. The error is an *api.KeyError without a key,
// errors.ErrUnsupported for servers that do not tell, ctx's, or an
// *api.ServerError.
func (c *Client) Balance(ctx context.Context) (api.Balance, error) {
	return c.balance(ctx, false)
}

func (c *Client) balance(ctx context.Context, once bool) (api.Balance, error) {
	if !c.cfg.Profile.balance {
		return api.Balance{}, fmt.Errorf("%s does not tell its balance: %w", c.cfg.Name, errors.ErrUnsupported)
	}
	if err := c.checkKey(); err != nil {
		return api.Balance{}, err
	}
	var balance api.Balance
	q := call{
		method: http.MethodPost, url: root(c.base).JoinPath("check-balance"), limit: errorLimit,
		timeout: min(listTimeout, c.cfg.Timeout), apiKey: true, once: once,
	}
	err := c.exchange(ctx, ctx, q, func(r reply) *fault {
		f := readFields(r.body)
		if f == nil {
			return c.unusable(r.header, "the answer is no balance")
		}
		if said := readComplaint(r.body); f["error"] != nil && said.message != "" {
			return c.refusal(r.header, said)
		}
		balance = readBalance(f)
		return nil
	})
	if err != nil {
		return api.Balance{}, public(err)
	}
	return balance, nil
}

// readBalance reads {"usd_balance":"129.46","nano_balance":"26.7",…}.
func readBalance(f fields) api.Balance {
	var b api.Balance
	if usd, ok := f.number("usd_balance"); ok {
		b.USD = &usd
	}
	for key := range f {
		name, isBalance := strings.CutSuffix(key, "_balance")
		amount, ok := f.number(key)
		if !isBalance || !ok || name == "usd" {
			continue
		}
		if b.Other == nil {
			b.Other = map[string]string{}
		}
		b.Other[cut(clean(name), 30)] = or(f.text(40, key), strconv.FormatFloat(amount, 'f', -1, 64))
	}
	return b
}

// checkKey gives an *api.KeyError when a key is needed and there is none.
func (c *Client) checkKey() error {
	if c.cfg.Profile.NeedsKey && c.cfg.Key.Empty() {
		return &api.KeyError{Provider: c.cfg.Name, Env: c.cfg.KeyEnv}
	}
	return nil
}

// Status is how a provider does.
type Status struct {
	// Reachable tells that a server answered, if only to refuse.
	Reachable bool
	// Authorised tells that the server takes the key, or asks for none.
	Authorised bool
	// Models is the number of embedding models it has.
	Models int
	// Balance is what is left to spend, where the provider tells.
	Balance api.Balance
	// Err is what went wrong; nil when nothing did.
	Err error
}

// Check asks the server how it does, each thing once and without spending
// anything.
func (c *Client) Check(ctx context.Context) Status {
	var s Status
	models, err := c.models(ctx, true)
	for _, m := range models {
		if m.Unselectable() == "" {
			s.Models++
		}
	}
	p := c.cfg.Profile
	if p.list == nil {
		err = c.ping(ctx)
	}
	s.Err = err
	s.Reachable, s.Authorised = answered(err)
	if !s.Reachable {
		return s
	}
	if err := c.checkKey(); err != nil {
		s.Authorised = false
		s.Err = or(s.Err, err)
		return s
	}
	switch { // an open list says nothing about the key
	case p.balance:
		s.Balance, err = c.balance(ctx, true)
	case p.openList:
		err = c.ping(ctx)
	default:
		return s
	}
	s.Err = or(s.Err, err)
	_, s.Authorised = answered(err)
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
	err := public(c.exchange(ctx, ctx, q, func(reply) *fault { return nil }))
	var e *api.ServerError
	if errors.As(err, &e) && (e.Status == http.StatusBadRequest || e.Status == http.StatusUnprocessableEntity) {
		return nil
	}
	return err
}

// answered tells from a request's error whether a server answered it at all and
// whether it took the key.
func answered(err error) (reachable, authorised bool) {
	if err == nil {
		return true, true
	}
	var e *api.ServerError
	if !errors.As(err, &e) || e.Status == 0 {
		return false, false
	}
	return true, e.Status != http.StatusUnauthorized && e.Status != http.StatusForbidden
}
