package openai

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai/internal/answer"
)

// listTimeout is the longest wait for a list or a balance, which take no work.
const listTimeout = 30 * time.Second

// memory is what has been learned of the models.
type memory struct {
	mu         sync.Mutex
	configured []api.Model     // as the settings name them
	supports   map[string]bool // models known to give shorter vectors
	refuses    map[string]bool // models known not to
	lengths    map[string]int  // of the full vectors that came
	elsewhere  map[string]bool // models that are passed on to another machine
	limits     map[string]int  // the most tokens that models read, by their servers' word
}

func (m *memory) configure(models []api.Model) {
	m.configured = slices.Clone(models)
	m.supports, m.refuses = map[string]bool{}, map[string]bool{}
	m.lengths, m.limits = map[string]int{}, map[string]int{}
	m.elsewhere = map[string]bool{}
	for _, row := range models {
		if row.SupportsDimensions {
			m.supports[row.ID] = true
		}
	}
}

// listed remembers which models give shorter vectors.
func (m *memory) listed(models []api.Model, refusing map[string]bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, row := range models {
		if row.SupportsDimensions {
			m.supports[row.ID] = true
		}
		if row.Elsewhere {
			m.elsewhere[row.ID] = true
		}
	}
	m.refuses = maps.Clone(refusing)
}

// passedOn tells whether a model is asked on another machine.
func (m *memory) passedOn(id string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.elsewhere[id]
}

// mayShorten tells whether the server can be asked for shorter vectors.
func (m *memory) mayShorten(id string, when Dimensioning) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch when {
	case DimensionsAlways:
		return true
	case DimensionsIfSupported:
		return m.supports[id]
	case DimensionsUnlessRefused:
		return m.supports[id] || !m.refuses[id]
	}
	return false
}

// came remembers the length of a model's full vectors.
func (m *memory) came(id string, dimensions int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lengths[id] = dimensions
}

// reads remembers the most tokens that a model's server says it reads.
func (m *memory) reads(id string, tokens int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.limits[id] = tokens
}

// limit is the most tokens that a model reads, as its server told; 0 when it did not.
func (m *memory) limit(id string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.limits[id]
}

// correct puts what is known better into listed rows: what the settings say, and
// above all the length of the vectors that came.
func (m *memory) correct(models []api.Model) []api.Model {
	m.mu.Lock()
	defer m.mu.Unlock()
	place := make(map[string]int, len(models))
	for i, row := range models {
		place[row.ID] = i
	}
	for _, row := range m.configured {
		i, listed := place[row.ID]
		if !listed {
			row.Kind = cmp.Or(row.Kind, api.KindEmbedding)
			row.Name = cmp.Or(row.Name, row.ID)
			row.Source = api.SourceConfig
			place[row.ID] = len(models)
			models = append(models, row)
			continue
		}
		models[i] = models[i].WithSettings(row)
	}
	for i := range models {
		row := &models[i]
		if n := m.lengths[row.ID]; n != 0 {
			*row = row.WithDimensions(n)
		}
		*row = row.WithMaxTokens(m.limits[row.ID])
	}
	return models
}

// Models implements api.Backend: it asks the server for its list and completes
// it with what the settings name. A server without a list has the models of the
// settings only, and is not asked. Rows that make no sense are left out, fields of
// the wrong type are as if missing. The error is ctx's, an *api.ServerError, or an
// *api.KeyError when a header has no value.
func (c *Client) Models(ctx context.Context) ([]api.Model, error) {
	models, err := c.models(ctx, false)
	return models, public(err)
}

// models is Models with errors as they are here; once tells not to try again.
func (c *Client) models(ctx context.Context, once bool) ([]api.Model, error) {
	list := c.cfg.Profile.list
	if list == nil {
		return c.finish(nil), nil
	}
	if env := c.cfg.lacking(); env != "" {
		return nil, &api.KeyError{Provider: c.cfg.Name, Env: env}
	}
	models, err := c.ask(ctx, list, once)
	var f *fault
	if errors.As(err, &f) && list.otherwise != nil && (f.meant == http.StatusNotFound || f.Status == http.StatusOK) {
		if others, failed := c.ask(ctx, list.otherwise, once); failed == nil {
			models, err = others, nil
		}
	}
	if err != nil {
		if f != nil && f.meant == http.StatusNotFound { // no model was asked for
			f.Advice = c.addressAdvice()
		}
		return nil, err
	}
	return c.finish(models), nil
}

// ask reads one list of the server.
func (c *Client) ask(ctx context.Context, list *listing, once bool) ([]api.Model, error) {
	var models []api.Model
	base := c.base
	if list.beside {
		base = root(base)
	}
	q := call{
		method: http.MethodGet, url: base.JoinPath(list.path), limit: listLimit,
		timeout: min(listTimeout, c.cfg.Timeout), once: once,
	}
	err := c.exchange(ctx, ctx, q, func(r reply) *fault {
		rows, refusing, err := list.read(r.body)
		if err != nil {
			return c.noList(r, err)
		}
		models = c.tidy(rows)
		maps.DeleteFunc(refusing, func(id string, _ bool) bool { return c.scrub.Say(id, nameLimit) != id })
		c.known.listed(models, refusing)
		return nil
	})
	return models, err
}

// noList reports an answer of status 200 that is no list of models.
func (c *Client) noList(r reply, err error) *fault {
	if said := answer.ReadComplaint(r.body); said.HTML || said.Message != "" {
		f := c.refusal(r.header, said)
		if said.HTML {
			c.aboutPage(f)
		}
		return f
	}
	return c.unusable(r.header, err.Error(), c.addressAdvice())
}

// The most characters kept of what a list says.
const (
	nameLimit        = 200
	descriptionLimit = 1000
)

// tidy makes what rows say fit to be shown. A row that cannot be asked for by what is
// left of its name is left out.
func (c *Client) tidy(models []api.Model) []api.Model {
	return slices.DeleteFunc(models, func(m api.Model) bool {
		return c.scrub.Say(m.ID, nameLimit) != m.ID
	})
}

// finish makes rows this provider's.
func (c *Client) finish(models []api.Model) []api.Model {
	models = c.tidy(models)
	for i := range models {
		row := &models[i]
		row.Name, row.Owner = c.scrub.Say(row.Name, nameLimit), c.scrub.Say(row.Owner, nameLimit)
		row.Description = c.scrub.Say(row.Description, descriptionLimit)
		models[i].Source = api.SourceLive
		if !c.paid(row.ID) && models[i].Price == nil {
			models[i].Price = new(float64) // one's own machine sends no bill
		}
	}
	models = c.known.correct(models)
	for i := range models {
		models[i].Provider = c.cfg.Name
		if c.cfg.Profile.NeedsKey {
			models[i].KeyEnv = c.cfg.KeyEnv
		}
	}
	return models
}
