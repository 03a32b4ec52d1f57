package cli

import (
	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/local"
	"github.com/vecscope/vecscope/ui/pipeline"
)

// chosen is a candidate and its model.
type chosen struct {
	api.Candidate
	model api.Model
}

// candidates reads the references of --models; without any it takes the models
// inside the binary. A reference that names no candidate is wrong usage.
func (p *program) candidates(cmd *cobra.Command, refs []string) (*pipeline.Engine, []chosen, error) {
	engine, err := p.engine(cmd.Context())
	if err != nil {
		return nil, nil, err
	}
	if err := p.listed(cmd.Context(), refs); err != nil {
		return nil, nil, err
	}
	list, err := choose(cmd, engine, refs)
	return engine, list, err
}

func choose(cmd *cobra.Command, engine *pipeline.Engine, refs []string) ([]chosen, error) {
	if len(refs) == 0 && !cmd.Flags().Changed("models") {
		return inside(engine), nil
	}
	var list []chosen
	seen := map[string]bool{}
	for _, ref := range refs {
		c, m, err := engine.Catalog.Resolve(ref)
		if err != nil {
			return nil, &usageError{Err: err}
		}
		if !seen[c.ID()] {
			seen[c.ID()] = true
			list = append(list, chosen{c, m})
		}
	}
	if len(list) == 0 {
		return nil, misused(cmd, "--models names no model: write provider/model, such as local/use-lite")
	}
	return list, nil
}

// inside lists the models inside the binary at their full length.
func inside(engine *pipeline.Engine) []chosen {
	var list []chosen
	for _, m := range engine.Catalog.Models() {
		if m.Provider == local.Name {
			list = append(list, chosen{api.Candidate{Model: m.Ref(), Dimensions: m.Dimensions}, m})
		}
	}
	return list
}
