package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/local"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/report"
)

// chosen is a candidate and its model.
type chosen struct {
	api.Candidate
	model api.Model
}

// candidates reads the references of --models; without any it takes the models
// inside the binary. A reference that names no candidate is wrong usage; one to a
// server whose list could not be read is a failure, which hides no other.
func (p *program) candidates(cmd *cobra.Command, refs []string) (*pipeline.Engine, []chosen, []report.Failure, error) {
	for _, ref := range refs {
		if ref = strings.TrimSpace(ref); ref == trial.BM25 || strings.HasSuffix(ref, report.FusedSuffix) {
			return nil, nil, nil, misused(cmd, "%s searches by words and has no vectors: it takes part in search, and in evaluate where there are queries", ref)
		}
	}
	engine, err := p.engine(cmd.Context())
	if err != nil {
		return nil, nil, nil, err
	}
	if len(refs) == 0 && !cmd.Flags().Changed("models") {
		list := inside(engine)
		p.folderPrefixes(list)
		return engine, list, nil, nil
	}
	unlisted, err := p.listed(cmd.Context(), refs)
	if err != nil {
		return nil, nil, nil, err
	}
	wanted, _ := cmd.Flags().GetBool(unlistedFlag)
	p.adopt(p.servers.registry, refs, wanted)
	list, failures, err := p.choose(cmd, engine, refs, unlisted)
	p.folderPrefixes(list)
	return engine, list, failures, err
}

func (p *program) choose(cmd *cobra.Command, engine *pipeline.Engine, refs []string, unlisted map[string]error) (list []chosen, failures []report.Failure, err error) {
	seen := map[string]bool{}
	for _, ref := range refs {
		c, m, err := engine.Catalog.Resolve(ref)
		provider := providerOf(ref)
		switch why := unlisted[provider]; {
		case err != nil && why != nil && p.servers.registry.NeverListed(provider):
			failures = append(failures, report.Failure{Candidate: strings.TrimSpace(ref), Err: why})
		case err != nil:
			return nil, nil, &usageError{Err: p.unknown(err, provider, why)}
		case seen[c.ID()]:
			p.warn(c.ID() + " is named twice: it is taken once")
		default:
			seen[c.ID()] = true
			list = append(list, chosen{c, m})
		}
	}
	if len(list)+len(failures) == 0 {
		return nil, nil, misused(cmd, "--models names no model: write provider/model, such as local/use-lite")
	}
	return list, failures, nil
}

// unknown adds to the error about a model that no list has what was tried and what
// helps; why is why the list could not be read again, nil when it could.
func (p *program) unknown(err error, provider string, why error) error {
	var unknown *api.UnknownModelError
	switch {
	case !errors.As(err, &unknown) || !slices.Contains(p.servers.registry.Servers(), provider):
		return err
	case why != nil:
		return fmt.Errorf("%w (its list could not be read again: %w)", err, why)
	case strings.HasSuffix(err.Error(), "?"):
		return fmt.Errorf("%w --%s asks %s for it all the same", err, unlistedFlag, provider)
	}
	return fmt.Errorf("%w; --%s asks %s for it all the same", err, unlistedFlag, provider)
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
