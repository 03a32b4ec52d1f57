package registry

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/vecscope/vecscope/api"
)

// Changes tells what a server's newest list has that the one before did not.
type Changes struct {
	// New, Changed and Vanished are the ids of models.
	New, Changed, Vanished []string
}

// Any tells whether there are any.
func (c Changes) Any() bool { return len(c.New)+len(c.Changed)+len(c.Vanished) > 0 }

// String says it in a few words; empty when there is nothing to say.
func (c Changes) String() string {
	var parts []string
	for _, part := range []struct {
		n    int
		what string
	}{{len(c.New), "new"}, {len(c.Changed), "changed"}, {len(c.Vanished), "vanished"}} {
		if part.n > 0 {
			parts = append(parts, strconv.Itoa(part.n)+" "+part.what)
		}
	}
	return strings.Join(parts, ", ")
}

// firstList is what is known of a server's models before it is asked: its list as
// it was last read, else what the binary knows, and what the settings name.
func (s *server) firstList() []api.Model {
	models, read := s.recall()
	if models != nil {
		for i := range models {
			models[i].Source, models[i].Listed = api.SourceCached, read
		}
		models = s.withFacts(models)
		return s.finish(s.withVanished(models, s.snapshot()))
	}
	return s.finish(s.snapshot())
}

// snapshot is the list inside the binary, for servers of NanoGPT's kind.
func (s *server) snapshot() []api.Model {
	if s.kind().Name != builtIn {
		return nil
	}
	return slices.Clone(s.registry.facts)
}

// Refresh asks a server for its list, puts it into the catalog and remembers it.
// It gives the rows and what changed; new, changed and vanished models are
// marked. On an error the catalog stays as it is; the error is an *UnknownError,
// ctx's, an *api.ServerError, or says what is wrong with the settings. A list
// that cannot be remembered is a notice.
func (r *Registry) Refresh(ctx context.Context, provider string) ([]api.Model, Changes, error) {
	s, err := r.find(provider)
	if err != nil {
		return nil, Changes{}, err
	}
	if err := s.look(ctx); err != nil {
		return nil, Changes{}, err
	}
	listed, err := s.Models(ctx)
	if err != nil {
		return nil, Changes{}, err
	}
	rows, changes := s.take(listed)
	return rows, changes, nil
}

// take puts a list that was read just now into the catalog and remembers it.
func (s *server) take(listed []api.Model) ([]api.Model, Changes) {
	s.rows.Lock()
	defer s.rows.Unlock()
	now := time.Now()
	for i := range listed {
		if listed[i].Source == api.SourceLive {
			listed[i].Listed = now
		}
	}
	s.remember(listed, now)
	before := s.current()
	rows := s.finish(s.withFacts(slices.Clone(listed)))
	changes := mark(rows, before)
	rows = s.withVanished(rows, before)
	changes.Vanished = vanished(rows, before)
	s.registry.catalog.Replace(s.name, rows)
	return rows, changes
}

// finish makes rows this server's and completes them from the settings.
func (s *server) finish(models []api.Model) []api.Model {
	places := placesOf(models)
	for _, row := range s.configured() {
		i, ok := places[row.ID]
		if !ok {
			if row.Name == "" {
				row.Name = row.ID
			}
			places[row.ID] = len(models)
			models = append(models, s.withFacts([]api.Model{row})...)
			continue
		}
		models[i] = models[i].WithSettings(row)
	}
	kind := s.kind()
	rolesOf := s.roles(kind)
	needed, free := s.neededKey(kind), s.free()
	for i := range models {
		models[i].Roles = rolesOf(models[i].ID)
		models[i].Provider, models[i].KeyEnv = s.name, needed
		if models[i].Price == nil && free && (s.settings.Free || !models[i].Elsewhere) {
			models[i].Price = new(float64) // one's own machine sends no bill
		}
	}
	return models
}

// placesOf tells where models stand, by their ids; the first of two counts.
func placesOf(models []api.Model) map[string]int {
	places := make(map[string]int, len(models))
	for i := len(models) - 1; i >= 0; i-- {
		places[models[i].ID] = i
	}
	return places
}

// fill gives a value where there is none.
func fill[T comparable](to *T, value T) {
	var zero T
	if *to == zero {
		*to = value
	}
}

// withFacts completes rows with what the binary knows of models of that name,
// wherever they are served. What depends on who serves them, such as the price,
// is taken for NanoGPT alone.
func (s *server) withFacts(models []api.Model) []api.Model {
	for i := range models {
		m := &models[i]
		at := slices.IndexFunc(s.registry.facts, func(f api.Model) bool { return strings.EqualFold(f.ID, m.ID) })
		if at < 0 {
			continue
		}
		f := s.registry.facts[at]
		if m.Name == m.ID {
			m.Name = f.Name
		}
		fill(&m.Name, f.Name)
		fill(&m.Owner, f.Owner)
		fill(&m.Description, f.Description)
		fill(&m.NativeDimensions, f.NativeDimensions)
		fill(&m.Matryoshka, f.Matryoshka)
		fill(&m.Languages, f.Languages)
		fill(&m.Use, f.Use)
		fill(&m.Tokenizer, f.Tokenizer)
		if f.Kind == api.KindReranker { // whose list says 1,024 dimensions
			m.Kind, m.Dimensions, m.MaxDimensions, m.SupportsDimensions = f.Kind, 0, 0, false
		}
		if s.kind().Name != builtIn {
			fill(&m.Dimensions, f.NativeDimensions)
			continue
		}
		fill(&m.Dimensions, f.Dimensions)
		fill(&m.MaxDimensions, f.MaxDimensions)
		fill(&m.MinDimensions, f.MinDimensions)
		fill(&m.MaxTokens, f.MaxTokens)
		fill(&m.Price, f.Price)
		m.Notes = append(slices.Clone(f.Notes), m.Notes...)
	}
	return models
}

// mark marks the models that before did not have or said something else of, and
// gives their ids.
func mark(models, before []api.Model) (c Changes) {
	if !slices.ContainsFunc(before, func(b api.Model) bool { return b.Source != api.SourceConfig }) {
		return Changes{} // the first list of all: everything would be new
	}
	places := placesOf(before)
	for i := range models {
		m := &models[i]
		if m.Unlikely {
			continue
		}
		at, ok := places[m.ID]
		if !ok || before[at].Mark == api.MarkVanished {
			m.Mark = api.MarkNew
			c.New = append(c.New, m.ID)
			continue
		}
		if what := differences(before[at], *m); len(what) > 0 {
			m.Mark = api.MarkChanged
			m.Notes = append(slices.Clone(m.Notes), "Changed on the server's list: "+strings.Join(what, ", ")+".")
			c.Changed = append(c.Changed, m.ID)
		}
	}
	return c
}

func plain(price float64) string { return strconv.FormatFloat(price, 'f', -1, 64) }

// differences says what changed, where both sides know.
func differences(before, now api.Model) (what []string) {
	number := func(name string, was, is int) {
		if was != is && was != 0 && is != 0 {
			what = append(what, fmt.Sprintf("%s %d → %d", name, was, is))
		}
	}
	if before.Price != nil && now.Price != nil && *before.Price != *now.Price {
		what = append(what, fmt.Sprintf("price $%s → $%s per million tokens", plain(*before.Price), plain(*now.Price)))
	}
	number("dimensions", before.Dimensions, now.Dimensions)
	number("max tokens", before.MaxTokens, now.MaxTokens)
	return what
}

// withVanished adds the rows of before that the list lacks, marked so.
func (s *server) withVanished(models, before []api.Model) []api.Model {
	places := placesOf(models)
	for _, m := range before {
		if _, ok := places[m.ID]; ok {
			continue
		}
		if m.Source != api.SourceAsked {
			m.Mark = api.MarkVanished
		}
		models = append(models, m)
	}
	return models
}

// vanished gives the ids of the rows that are marked so and were not before.
func vanished(rows, before []api.Model) (ids []string) {
	places := placesOf(before)
	for _, m := range rows {
		at, ok := places[m.ID]
		if m.Mark == api.MarkVanished && !(ok && before[at].Mark == api.MarkVanished) {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// NeverListed tells that nothing is known of a server's models but what the
// settings say: its list was never read.
func (r *Registry) NeverListed(provider string) bool {
	s, err := r.find(provider)
	if err != nil {
		return false
	}
	return !slices.ContainsFunc(s.current(), func(m api.Model) bool { return m.Source != api.SourceConfig })
}

// Askable tells that there is such a server and that it can be asked: no key is missing
// and no leave to send it.
func (r *Registry) Askable(provider string) bool {
	s, err := r.find(provider)
	return err == nil && s.Blocked() == nil && (!s.kind().NeedsKey || !s.keyValue().Empty())
}

// HasList tells whether a server lists its models; where it does not, every name may be
// asked for.
func (r *Registry) HasList(provider string) bool {
	s, err := r.find(provider)
	return err == nil && s.kind().HasList()
}

// Adopt puts a model into the catalog that no list has, by its reference, so that it
// can be asked for all the same. The error is an *UnknownError, or says that the
// reference names no model.
func (r *Registry) Adopt(ref string) error {
	c, err := api.ParseCandidate(ref)
	if err != nil {
		return err
	}
	provider, id, _ := strings.Cut(c.Model, "/")
	s, err := r.find(provider)
	if err != nil {
		return err
	}
	s.rows.Lock()
	defer s.rows.Unlock()
	rows := s.withFacts([]api.Model{{ID: id, Name: id, Kind: api.KindEmbedding, Source: api.SourceAsked}})
	r.catalog.Replace(s.name, s.finish(append(s.current(), rows...)))
	return nil
}
