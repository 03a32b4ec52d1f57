package registry

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/oserr"
	"github.com/vecscope/vecscope/config"
)

const (
	// listVersion is that of the files that remember lists. Those of version 1 do not tell
	// which models are asked on another machine.
	listVersion = 2
	// largestList is the largest of them that is read, in bytes.
	largestList = 16 << 20
)

// rememberedList is a server's list as it was last read.
type rememberedList struct {
	Version int         `json:"version"`
	BaseURL string      `json:"base_url"`
	Profile string      `json:"profile,omitempty"`
	Read    time.Time   `json:"read"`
	Models  []api.Model `json:"models"`
	// Inputs is the most texts in a request that the server has taken, learnt at that
	// time; 0 is not known.
	Inputs int       `json:"inputs,omitempty"`
	Learnt time.Time `json:"learnt,omitzero"`
}

// believed is how long a limit that a server has shown is kept: it may be raised, which
// nothing tells.
const believed = 7 * 24 * time.Hour

func (s *server) listPath() string {
	dir := s.registry.options.Paths.Cache
	if dir == "" {
		return ""
	}
	return filepath.Join(dir, "lists", s.name+".json")
}

// remember keeps a list for the next start.
func (s *server) remember(models []api.Model, read time.Time) {
	path := s.listPath()
	if path == "" {
		return
	}
	if s.free() { // which is found out anew by whoever reads it, not taken from a file
		models = unpriced(models)
	}
	list := rememberedList{Version: listVersion, BaseURL: s.baseURL(), Profile: s.kind().Name, Read: read.UTC(), Models: models}
	list.Inputs, list.Learnt = s.inputs()
	s.write(path, list)
}

// inputs is the most texts in a request as the server has shown it, and when.
func (s *server) inputs() (most int, learnt time.Time) {
	client, err := s.asking()
	if err != nil || client.Inputs() == 0 {
		return 0, time.Time{}
	}
	most = client.Inputs()
	s.mu.Lock()
	defer s.mu.Unlock()
	if most != s.learnt.Inputs {
		s.learnt.Inputs, s.learnt.Learnt = most, time.Now().UTC()
	}
	return most, s.learnt.Learnt
}

// learn keeps for the next start what answers have shown of the server's limits: the next
// run need not lose requests to them again.
func (s *server) learn(model string) {
	client, err := s.asking()
	if err != nil || s.listPath() == "" {
		return
	}
	s.rows.Lock()
	defer s.rows.Unlock()
	s.mu.Lock()
	had := s.learnt.Inputs
	s.mu.Unlock()
	most, learnt := s.inputs()
	changed := most > 0 && most != had
	if !changed && client.Reads(model) == 0 {
		return
	}
	list := s.readList()
	if changed {
		list.Inputs, list.Learnt = most, learnt
	}
	for i, row := range list.Models {
		if row.ID != model {
			continue
		}
		list.Models[i] = row.WithMaxTokens(client.Reads(model))
		changed = changed || list.Models[i].MaxTokens != row.MaxTokens
	}
	if changed {
		list.Version, list.BaseURL, list.Profile = listVersion, s.baseURL(), s.kind().Name
		s.write(s.listPath(), list)
	}
}

// ForgetLimits forgets how few texts in a request a server has shown to take, which it is
// asked to show again: it may take more by now, and nothing else tells.
func (r *Registry) ForgetLimits(provider string) {
	s, err := r.find(provider)
	if err != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.learnt = rememberedList{}
	if s.client != nil {
		s.client.ForgetInputs()
	}
}

// write writes a list; that it cannot be written is a notice.
func (s *server) write(path string, list rememberedList) {
	data, err := json.Marshal(list)
	if err == nil {
		err = config.WriteAtomic(path, data, 0o600)
	}
	if err != nil {
		s.registry.notice(fmt.Sprintf("The list of %s is not remembered: %v", s.name, err))
	}
}

// recall gives the list that was last read from this server; nil when there is
// none that can be used. It is had again for nothing, so nobody need know why.
func (s *server) recall() ([]api.Model, time.Time) {
	if s.Blocked() != nil {
		return nil, time.Time{}
	}
	list := s.readList()
	usable := slices.DeleteFunc(list.Models, func(m api.Model) bool {
		return m.ID == "" || m.Dimensions < 0 || m.MaxDimensions < 0 || m.MaxTokens < 0 || m.Price != nil && !(*m.Price >= 0) || m.Mark != ""
	})
	if list.Profile != s.kind().Name {
		usable = unpriced(usable) // what costs nothing at one kind of server may cost at another
	}
	return usable, list.Read
}

// learntAt is what the server has shown of its limits at an address in its one form.
func (s *server) learntAt(address string) rememberedList {
	list := s.readListOf(address)
	list.Models = nil
	return list
}

// readList reads what is remembered of this server; the zero value without any.
func (s *server) readList() rememberedList { return s.readListOf(s.baseURL()) }

// readListOf reads what is remembered of this server at an address in its one form.
func (s *server) readListOf(address string) (list rememberedList) {
	if s.listPath() == "" {
		return rememberedList{}
	}
	data, err := oserr.ReadRegular(s.listPath(), largestList)
	if err != nil || json.Unmarshal(data, &list) != nil || list.Version != listVersion || list.BaseURL != address {
		return rememberedList{}
	}
	if age := time.Since(list.Learnt); list.Inputs < 1 || age < 0 || age > believed {
		list.Inputs, list.Learnt = 0, time.Time{}
	}
	return list
}

// unpriced are the models without their prices.
func unpriced(models []api.Model) []api.Model {
	models = slices.Clone(models)
	for i := range models {
		models[i].Price = nil
	}
	return models
}
