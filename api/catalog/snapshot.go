// Package catalog holds what is known about models before any server is asked:
// the list of NanoGPT's embedding models compiled into the binary, the catalog
// that joins the lists of all providers, and the guide to which model suits
// which use. It may import api, and no other package of ours.
package catalog

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/vecscope/vecscope/api"
)

// The provider whose list is compiled in, and the variable that holds its key.
const (
	nanoGPT    = "nanogpt"
	nanoGPTKey = "NANOGPT_API_KEY"
)

// catalog.json holds what NanoGPT's documentation says of each model and, where
// it is silent, what the model's card says.
//
//go:embed catalog.json
var snapshot []byte

// row is one model of catalog.json. Its order in the file is the order shown:
// the best known makers first, what cannot be a candidate last.
type row struct {
	ID                 string   `json:"id"`
	Name               string   `json:"name"`
	Owner              string   `json:"owner"`
	Kind               api.Kind `json:"kind"`
	Description        string   `json:"description"`
	Dimensions         int      `json:"dimensions"`
	NativeDimensions   int      `json:"native_dimensions"`
	MaxDimensions      int      `json:"max_dimensions"`
	MinDimensions      int      `json:"min_dimensions"`
	SupportsDimensions bool     `json:"supports_dimensions"`
	Matryoshka         string   `json:"matryoshka"`
	MaxTokens          int      `json:"max_tokens"`
	Price              *float64 `json:"price"`
	Languages          string   `json:"languages"`
	Use                string   `json:"use"`
	QueryPrefix        string   `json:"query_prefix"`
	Tokenizer          string   `json:"tokenizer"`
	Notes              []string `json:"notes"`
}

func (r row) model() api.Model {
	return api.Model{
		Provider:           nanoGPT,
		ID:                 r.ID,
		Name:               r.Name,
		Owner:              r.Owner,
		Kind:               r.Kind,
		Description:        r.Description,
		Dimensions:         r.Dimensions,
		MaxDimensions:      r.MaxDimensions,
		MinDimensions:      r.MinDimensions,
		NativeDimensions:   r.NativeDimensions,
		SupportsDimensions: r.SupportsDimensions,
		Matryoshka:         r.Matryoshka,
		MaxTokens:          r.MaxTokens,
		Price:              r.Price,
		Languages:          r.Languages,
		Use:                r.Use,
		Roles:              r.roles(),
		Notes:              r.Notes,
		Tokenizer:          r.Tokenizer,
		KeyEnv:             nanoGPTKey,
		Source:             api.SourceSnapshot,
	}
}

// roles are those known of models of that name, with the prefix before queries that
// the documentation gives. NanoGPT is told nothing else.
func (r row) roles() api.Roles {
	roles := api.PresetRoles(r.ID).WithoutFields()
	if r.QueryPrefix != "" {
		roles.Query.Prefix, roles.From = api.QueryPrefix(r.QueryPrefix), api.RolesPreset
	}
	return roles
}

// SnapshotMade is when the documentation was read.
const SnapshotMade = "autumn 2026"

// Snapshot lists NanoGPT's models as documented when the binary was built. Each
// call reads them anew, so that the caller may change what it gets.
func Snapshot() ([]api.Model, error) {
	var file struct {
		Models []row `json:"models"`
	}
	if err := json.Unmarshal(snapshot, &file); err != nil {
		return nil, fmt.Errorf("read the built-in catalog: %w", err)
	}
	models := make([]api.Model, len(file.Models))
	for i, r := range file.Models {
		models[i] = r.model()
	}
	return models, nil
}
