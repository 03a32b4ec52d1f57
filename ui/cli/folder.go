package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api/local"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/config"
)

// takeFolder reads what was chosen for the folder of those files; flags win over it.
func (p *program) takeFolder(cmd *cobra.Command, files []string) {
	dir := filesOf(cmd, files).Folder()
	if dir == "" {
		return
	}
	var problem string
	if p.folder, problem = config.LoadFolder(dir); problem != "" {
		p.warn(problem)
	}
	p.folderAt = dir
}

// folderModels are the models that the file of the folder names, where --models names
// none. It may come from a stranger: those that a server is asked for have to be named by
// who pays for them and whose texts they are sent.
func (p *program) folderModels(cmd *cobra.Command, refs []string) []string {
	if cmd.Flags().Changed("models") || len(p.folder.Models) == 0 {
		return refs
	}
	engine, err := p.engine(cmd.Context())
	if err != nil {
		return refs // which is said where the models are wanted
	}
	var here, left []string
	for _, ref := range p.folder.Models {
		switch _, _, err := engine.Catalog.Resolve(ref); {
		case !strings.HasPrefix(ref, local.Name+"/"):
			left = append(left, ref)
		case err != nil:
			p.warn(config.FolderFile + ": " + err.Error())
		default:
			here = append(here, ref)
		}
	}
	if len(here) > 0 {
		p.warn(fmt.Sprintf("the models are those of %s beside the texts: %s (--models names others)", config.FolderFile, strings.Join(here, ", ")))
	}
	if len(left) > 0 {
		p.warn(fmt.Sprintf("%s names %s, which a server is asked for: name them with --models", config.FolderFile, strings.Join(left, ", ")))
	}
	return here
}

// folderPrefixes puts the prefixes of the folder in the place of those of the models.
func (p *program) folderPrefixes(list []chosen) {
	for i := range list {
		if own, ok := p.folder.Prefixes[list[i].Model]; ok {
			list[i].model.Roles = own.Apply(list[i].model.Roles)
		}
	}
}

// folderThresholds takes the thresholds of the folder where the flag says none.
func (p *program) folderThresholds(cmd *cobra.Command, t *thresholds, r *run) {
	if cmd.Flags().Changed(thresholdFlag) {
		return
	}
	if p.folder.Threshold != nil {
		t.common = cosine(*p.folder.Threshold)
	}
	for _, c := range r.candidates {
		if x, ok := p.folder.Thresholds[c.ID()]; ok {
			if t.own == nil {
				t.own = map[string]float64{}
			}
			t.own[c.ID()] = x
		}
	}
}

// folderLabels has the labels of the folder decide where no flag names any.
func (p *program) folderLabels(ev *evaluation) {
	if p.folder.Labels == "" {
		return
	}
	switch path, kind := labels.Beside(p.folderAt, p.folder.Labels); kind {
	case labels.KindPairs:
		ev.pairs = path
		p.tellFolderLabels()
	case labels.KindQueries:
		ev.queries = path
		p.tellFolderLabels()
	default:
		p.warn(fmt.Sprintf("%s names %s, which holds no labels that can be read", config.FolderFile, p.folder.Labels))
	}
}

// tellFolderLabels says whose labels decide, for nobody has named them.
func (p *program) tellFolderLabels() {
	p.warn(fmt.Sprintf("the labels are those that %s beside the texts names: %s", config.FolderFile, p.folder.Labels))
}
