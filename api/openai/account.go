package openai

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai/internal/answer"
)

// Balance asks what is left to spend, which costs nothing. The error is an *api.KeyError without a key,
// errors.ErrUnsupported for servers that do not tell, ctx's, or an
// *api.ServerError.
func (c *Client) Balance(ctx context.Context) (api.Balance, error) {
	b, err := c.balance(ctx, false)
	return b, public(err)
}

// noBalanceError says in plain words that a server does not tell its balance.
type noBalanceError struct{ provider string }

func (e noBalanceError) Error() string { return e.provider + " does not tell its balance" }

// Unwrap tells the kind of error.
func (e noBalanceError) Unwrap() error { return errors.ErrUnsupported }

// balance is Balance with errors as they are here; once tells not to try again.
func (c *Client) balance(ctx context.Context, once bool) (api.Balance, error) {
	if !c.cfg.Profile.balance {
		return api.Balance{}, noBalanceError{c.cfg.Name}
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
		f := answer.ReadFields(r.body)
		if f == nil {
			return c.unusable(r.header, "the answer is no balance", c.addressAdvice())
		}
		if said := answer.ReadComplaint(r.body); f.Has("error") && said.Message != "" {
			return c.refusal(r.header, said)
		}
		balance = c.readBalance(f)
		return nil
	})
	return balance, err
}

// readBalance reads {"usd_balance":"129.46","nano_balance":"26.7",…}.
func (c *Client) readBalance(f answer.Fields) api.Balance {
	var b api.Balance
	if usd, ok := f.Number("usd_balance"); ok {
		b.USD = &usd
	}
	for key := range f {
		name, isBalance := strings.CutSuffix(key, "_balance")
		amount, ok := f.Number(key)
		if !isBalance || !ok || name == "usd" {
			continue
		}
		if b.Other == nil {
			b.Other = map[string]string{}
		}
		b.Other[c.scrub.Say(name, 30)] = cmp.Or(c.scrub.Say(f.Text(key), 40), strconv.FormatFloat(amount, 'f', -1, 64))
	}
	return b
}

// checkKey gives an *api.KeyError when a key is needed and there is none, or a header has
// no value.
func (c *Client) checkKey() error {
	if c.cfg.Profile.NeedsKey && c.cfg.Key.Empty() {
		return &api.KeyError{Provider: c.cfg.Name, Env: c.cfg.KeyEnv}
	}
	if env := c.cfg.lacking(); env != "" {
		return &api.KeyError{Provider: c.cfg.Name, Env: env}
	}
	return nil
}
