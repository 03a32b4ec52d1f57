package shell

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// readFolder is what the file of a folder says, and what labels it names that are there.
type readFolder struct {
	config.Folder
	problem string
	labels  string // their path; empty for none
}

// followFolder reads what was chosen for a folder when texts of it were opened.
func (a *App) followFolder() tea.Cmd {
	files := a.Session.Corpus().Origin().Files
	if files == a.files {
		return nil
	}
	a.files = files
	folder := files.Folder()
	if folder == "" {
		return nil
	}
	work := func(context.Context) (readFolder, error) {
		var f readFolder
		f.Folder, f.problem = config.LoadFolder(folder)
		if f.Labels != "" {
			if path, kind := labels.Beside(folder, f.Labels); kind != labels.KindTexts {
				f.labels = path
			} else {
				f.problem = strings.TrimPrefix(f.problem+" · "+f.Labels+" holds no labels that can be read", " · ")
			}
		}
		return f, nil
	}
	return loop.Async(a.Session.Life(), work, func(f readFolder, _ error) tea.Cmd {
		if a.files != files {
			return nil // other texts have come meanwhile
		}
		return a.takeFolder(f)
	})
}

// takeFolder takes up what was chosen for the folder of the texts.
func (a *App) takeFolder(f readFolder) tea.Cmd {
	var said []string
	cmd, taken, left := a.takeFolderModels(f.Models)
	cmds := []tea.Cmd{cmd}
	if taken > 0 {
		said = append(said, format.Count(taken, "model"))
	}
	if a.takeFolderThresholds(f.Folder) {
		said = append(said, "thresholds")
	}
	for _, ref := range slices.Sorted(maps.Keys(f.Prefixes)) {
		if m, err := a.Session.Engine().Catalog.Find(ref); err == nil {
			cmds = append(cmds, a.Session.SetRoles(m, f.Prefixes[ref].Apply(a.Session.OwnRoles(m))))
			said = append(said, "prefixes of "+ref)
		}
	}
	if f.labels != "" && !a.labelsGiven() {
		for _, s := range a.screens {
			if taker, ok := s.(ui.FileTaker); ok {
				cmds = append(cmds, taker.TakeFile(f.labels))
				said = append(said, "labels of "+f.Labels)
			}
		}
	}
	a.tellFolder(said, left, f.problem)
	return tea.Batch(cmds...)
}

// labelsGiven tells that the program was started with labels for the present texts.
func (a *App) labelsGiven() bool {
	if a.given.labelled != (corpus.Files{}) {
		return a.files == a.given.labelled
	}
	return a.options.Open != "" && a.files == a.options.Files
}

// tellFolder says what was taken up, which models were not, and what is wrong.
func (a *App) tellFolder(said, left []string, problem string) {
	var parts []string
	level := ui.NoticeGood
	if len(said) > 0 {
		parts = append(parts, config.FolderFile+" beside the texts: "+strings.Join(said, ", "))
	}
	if len(left) > 0 {
		level = ui.NoticeWarn
		parts = append(parts, "not selected: "+strings.Join(left, ", ")+" (select on Models what you want to send these texts to)")
	}
	if problem != "" {
		level = ui.NoticeWarn
		parts = append(parts, problem)
		a.Session.Warn(problem)
	}
	if len(parts) > 0 {
		a.Notify(level, strings.Join(parts, " · ")+".")
	}
}

// takeFolderModels makes these the candidates. The file may come from a stranger, so that
// none is chosen that texts would be sent to at once: what is no part of the program has to
// wait for E, or to be a candidate already. The models that the program was started with
// stay.
func (a *App) takeFolderModels(refs []string) (cmd tea.Cmd, taken int, left []string) {
	if len(a.options.Start.Models) > 0 {
		return nil, 0, nil
	}
	s := a.Session
	var wanted []api.Candidate
	for _, ref := range refs {
		c, m, err := s.Engine().Catalog.Resolve(ref)
		safe := err == nil && (session.Inside(m) || s.Engine().Paid(m) || slices.Contains(s.Candidates(), c))
		if !safe || len(wanted) == session.MaxCandidates {
			left = append(left, ref)
		} else if !slices.Contains(wanted, c) {
			wanted = append(wanted, c)
		}
	}
	if len(wanted) == 0 {
		return nil, 0, left
	}
	var cmds []tea.Cmd
	for _, c := range slices.Clone(s.Candidates()) {
		if !slices.Contains(wanted, c) {
			cmds = append(cmds, s.Toggle(c))
		}
	}
	for _, c := range wanted {
		if !slices.Contains(s.Candidates(), c) {
			cmds = append(cmds, s.Toggle(c))
		}
	}
	return tea.Batch(cmds...), len(wanted), left
}

// takeFolderThresholds tells whether there were any. The threshold that the program was
// started with stays.
func (a *App) takeFolderThresholds(f config.Folder) bool {
	if f.Threshold == nil && len(f.Thresholds) == 0 || a.options.Start.Threshold != nil {
		return false
	}
	t := a.Session.Thresholds()
	t.SetEach(false)
	if f.Threshold != nil {
		t.Set("", *f.Threshold)
	}
	if len(f.Thresholds) > 0 {
		t.SetEach(true)
		for _, id := range session.CandidateIDs(a.Session.Candidates()) {
			t.Set(id, t.Common())
		}
		for id, x := range f.Thresholds {
			t.Set(id, x)
		}
	}
	return true
}

// noFolder is why there is no folder to keep choices for; empty when there is one.
func (a *App) noFolder() string {
	if a.Session.Corpus().Origin().Files.Folder() == "" {
		return "these texts are of no folder: open a file of them with o on Texts"
	}
	return ""
}

// askKeepFolder asks before what is chosen now is kept beside the texts.
func (a *App) askKeepFolder() {
	folder := a.Session.Corpus().Origin().Files.Folder()
	f := a.folderChoices(folder)
	a.Open(widget.NewQuestion(&a.Context, "Keep these choices for this folder?", []string{
		strings.Join(keptParts(f), ", ") + " go to " + term.Safe(filepath.Join(folder, config.FolderFile)) + a.labelsNotKept(f) + ".",
		"Whoever opens a file of the folder starts with them. No key or server is written; an older such file is replaced.",
	}, widget.Option{Key: "y", Label: "yes, write it", Run: func() tea.Cmd {
		work := func(context.Context) (string, error) { return config.SaveFolder(folder, f) }
		return loop.Async(a.Session.Life(), work, func(path string, err error) tea.Cmd {
			if err != nil {
				a.Fail(err)
				return nil
			}
			a.Notify(ui.NoticeGood, fmt.Sprintf("Wrote %s: %s.", term.Safe(path), strings.Join(keptParts(f), ", ")+a.labelsNotKept(f)))
			return nil
		})
	}}))
}

// keptParts are what a file of a folder keeps, in words.
func keptParts(f config.Folder) []string {
	parts := []string{format.Count(len(f.Models), "model"), "thresholds"}
	if len(f.Prefixes) > 0 {
		parts = append(parts, "edited prefixes")
	}
	if f.Labels != "" {
		parts = append(parts, "the labels of "+term.Safe(f.Labels))
	}
	return parts
}

// labelsNotKept says that labels are in use that the file of the folder does not name; empty
// where there are none, or they come with the texts.
func (a *App) labelsNotKept(f config.Folder) string {
	if a.Session.Labels().Path() == "" || f.Labels != "" {
		return ""
	}
	return "; not the labels, which are no file of this folder"
}

// folderChoices is what is chosen now, as it is kept for a folder.
func (a *App) folderChoices(folder string) config.Folder {
	chosen := a.Session.Choices()
	f := config.Folder{Models: session.CandidateIDs(a.Session.Candidates()), Threshold: &chosen.Threshold}
	for _, c := range a.Session.Candidates() {
		if own, ok := chosen.Thresholds[c.ID()]; ok && chosen.PerCandidate {
			if f.Thresholds == nil {
				f.Thresholds = map[string]float64{}
			}
			f.Thresholds[c.ID()] = own
		}
		if roles, ok := chosen.Roles[c.Model]; ok {
			if f.Prefixes == nil {
				f.Prefixes = map[string]config.Prefixes{}
			}
			f.Prefixes[c.Model] = config.Prefixes{Query: &roles.Query.Prefix, Document: &roles.Document.Prefix, Symmetric: &roles.Symmetric.Prefix}
		}
	}
	if dir, name := filepath.Split(a.Session.Labels().Path()); filepath.Clean(dir) == folder && config.CanKeepLabels(name) {
		f.Labels = name
	}
	return f
}

// filesAtStart are those whose folder has had its say: none where texts were just opened.
func (a *App) filesAtStart(opened bool) corpus.Files {
	if opened {
		return corpus.Files{}
	}
	return a.Session.Corpus().Origin().Files
}
