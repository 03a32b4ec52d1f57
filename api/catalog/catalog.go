package catalog

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/vecscope/vecscope/api"
)

// Catalog joins the models of all providers. Every model's reference occurs
// once. It is safe for concurrent use.
type Catalog struct {
	mu   sync.RWMutex
	list list
}

// list is models in order and their places by reference. It is never changed, so
// that it may be read while another takes its place.
type list struct {
	models []api.Model
	at     map[string]int
}

// listOf makes a list. Of two models with the same reference the first stays.
func listOf(models []api.Model) list {
	l := list{models: make([]api.Model, 0, len(models)), at: make(map[string]int, len(models))}
	for _, m := range models {
		if _, twice := l.at[m.Ref()]; !twice {
			l.at[m.Ref()] = len(l.models)
			l.models = append(l.models, m)
		}
	}
	return l
}

func (l list) find(ref string) (api.Model, bool) {
	i, ok := l.at[ref]
	if !ok {
		return api.Model{}, false
	}
	return l.models[i], true
}

// New makes a catalog of those lists, in that order. Of two models with the same
// reference the first stays.
func New(lists ...[]api.Model) *Catalog {
	return &Catalog{list: listOf(slices.Concat(lists...))}
}

// current is the list of now.
func (c *Catalog) current() list {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.list
}

// Models lists every model in the order of the lists it was made from. The slice
// is the caller's; what its models point to is shared and must not be changed.
func (c *Catalog) Models() []api.Model {
	return slices.Clone(c.current().models)
}

// Find gives the model with that full reference, "nanogpt/BAAI/bge-m3". The error
// is an *api.UnknownModelError with the best guesses first.
func (c *Catalog) Find(ref string) (api.Model, error) {
	l := c.current()
	if m, ok := l.find(ref); ok {
		return m, nil
	}
	return api.Model{}, &api.UnknownModelError{Ref: ref, Known: guess(l.models, ref)}
}

// Resolve reads "provider/model" or "provider/model@256" and gives the candidate
// with its dimensions filled in, and its model; dimensions that are neither written
// nor known stay 0. It fails with an *api.UnknownModelError, an
// *api.DimensionsError or an *UnselectableError, or when what was written is no
// reference.
func (c *Catalog) Resolve(s string) (api.Candidate, api.Model, error) {
	m, dims, err := c.current().lookup(strings.TrimSpace(s))
	if err != nil {
		return api.Candidate{}, api.Model{}, err
	}
	if why := m.Unselectable(); why != "" {
		return api.Candidate{}, api.Model{}, &UnselectableError{Ref: m.Ref(), Why: why}
	}
	if dims == 0 {
		dims = m.Dimensions
	}
	if dims != 0 {
		if err := m.CheckDimensions(dims); err != nil {
			return api.Candidate{}, api.Model{}, err
		}
	}
	return api.Candidate{Model: m.Ref(), Dimensions: dims}, m, nil
}

// lookup finds the model that is written with or without dimensions; those are 0
// when they are not written.
func (l list) lookup(s string) (api.Model, int, error) {
	// A model's own name may hold an @, which then does not introduce dimensions.
	if m, ok := l.findTagged(s); ok {
		return m, 0, nil
	}
	cand, err := api.ParseCandidate(s)
	if err != nil {
		// A known name without its provider is better answered with the full
		// reference than with the rule for writing one.
		name, _, _ := strings.Cut(s, "@")
		if known := guess(l.models, name); len(known) > 0 && !strings.Contains(name, "/") {
			err = &api.UnknownModelError{Ref: name, Known: known}
		}
		return api.Model{}, 0, err
	}
	if m, ok := l.findTagged(cand.Model); ok {
		return m, cand.Dimensions, nil
	}
	unknown := &api.UnknownModelError{Ref: cand.Model, Known: guess(l.models, cand.Model)}
	if len(unknown.Known) == 0 {
		return api.Model{}, 0, fmt.Errorf("%w; vecscope models lists those there are", unknown)
	}
	return api.Model{}, 0, unknown
}

// findTagged finds a model by its reference. A name without a tag means the latest, as
// Ollama has it.
func (l list) findTagged(ref string) (api.Model, bool) {
	if m, ok := l.find(ref); ok {
		return m, true
	}
	return l.find(ref + ":latest")
}

// Replace puts the list in place of all models of that provider, where they
// stood, or at the end when there were none. The models become that provider's.
func (c *Catalog) Replace(provider string, models []api.Model) {
	theirs := slices.Clone(models)
	for i := range theirs {
		theirs[i].Provider = provider
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	isTheirs := func(m api.Model) bool { return m.Provider == provider }
	at := slices.IndexFunc(c.list.models, isTheirs)
	if at < 0 {
		at = len(c.list.models)
	}
	others := slices.DeleteFunc(slices.Clone(c.list.models), isTheirs)
	c.list = listOf(slices.Concat(others[:at], theirs, others[at:]))
}

// Learn lets the length of a model's vectors that came win over what its list says;
// changed tells that it was another. A model that the catalog lacks teaches nothing.
func (c *Catalog) Learn(ref string, came int) (changed bool) {
	return c.change(ref, func(m api.Model) (api.Model, bool) { return m.WithDimensions(came), came != m.Dimensions })
}

// LearnLimit does the same for the most tokens that a model's server reads in a text,
// by its own word.
func (c *Catalog) LearnLimit(ref string, reads int) (changed bool) {
	return c.change(ref, func(m api.Model) (api.Model, bool) {
		learnt := m.WithMaxTokens(reads)
		return learnt, learnt.MaxTokens != m.MaxTokens
	})
}

// change puts another row in the place of a model's, if it is to be changed.
func (c *Catalog) change(ref string, how func(api.Model) (now api.Model, changed bool)) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	m, ok := c.list.find(ref)
	if !ok {
		return false
	}
	now, changed := how(m)
	if !changed {
		return false
	}
	models := slices.Clone(c.list.models)
	models[c.list.at[ref]] = now
	c.list = listOf(models)
	return true
}

// UnselectableError reports a model that can never be a candidate.
type UnselectableError struct {
	Ref string
	Why string
}

func (e *UnselectableError) Error() string {
	return fmt.Sprintf("%s cannot be compared: %s; choose an embedding model", e.Ref, e.Why)
}

// presets are the lengths that people and papers commonly use.
var presets = []int{64, 128, 256, 512, 768, 1024}

// Presets lists the dimensions worth offering for a model, ascending: the common
// ones within what it can do, the number it gives unasked, and at the end the
// most that it can do. It is nil when that is unknown or the model has no vectors.
func Presets(m api.Model) []int {
	limit := m.Limit()
	if limit == 0 || m.Unselectable() != "" {
		return nil
	}
	var dims []int
	for _, n := range append([]int{m.Dimensions}, presets...) {
		if n >= max(1, m.MinDimensions) && n < limit {
			dims = append(dims, n)
		}
	}
	dims = append(dims, limit)
	slices.Sort(dims)
	return slices.Compact(dims)
}
