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
	// listVersion is that of the files that remember lists.
	listVersion = 1
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
}

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
	data, err := json.Marshal(rememberedList{Version: listVersion, BaseURL: s.baseURL(), Profile: s.kind().Name, Read: read.UTC(), Models: models})
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
	if s.Blocked() != nil || s.listPath() == "" {
		return nil, time.Time{}
	}
	data, err := oserr.ReadRegular(s.listPath(), largestList)
	if err != nil {
		return nil, time.Time{}
	}
	var list rememberedList
	if json.Unmarshal(data, &list) != nil || list.Version != listVersion || list.BaseURL != s.baseURL() {
		return nil, time.Time{}
	}
	usable := slices.DeleteFunc(list.Models, func(m api.Model) bool {
		return m.ID == "" || m.Dimensions < 0 || m.MaxDimensions < 0 || m.MaxTokens < 0 || m.Price != nil && !(*m.Price >= 0) || m.Mark != ""
	})
	if list.Profile != s.kind().Name {
		usable = unpriced(usable) // what costs nothing at one kind of server may cost at another
	}
	return usable, list.Read
}

// unpriced are the models without their prices.
func unpriced(models []api.Model) []api.Model {
	models = slices.Clone(models)
	for i := range models {
		models[i].Price = nil
	}
	return models
}
