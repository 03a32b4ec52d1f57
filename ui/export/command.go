package export

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
)

// TextsName is what the texts are called as a file, without its ending, until the person
// says otherwise.
const TextsName = "vecscope-texts"

// CommandOf is a command over the present texts under the candidates; flags stand between
// these. There must be candidates and texts.
func CommandOf(s *session.Session, verb string, flags ...string) ui.Command {
	return CommandOfRows(s, verb, session.CandidateIDs(s.Candidates()), flags...)
}

// CommandOfShown is CommandOf for what shows the selected texts alone.
func CommandOfShown(s *session.Session, verb string, flags ...string) ui.Command {
	c := CommandOf(s, verb, flags...)
	if s.SelectionShown() {
		c.Lacks = append(c.Lacks, "it takes all texts, not only those selected")
	}
	return c
}

// CommandOfRows is CommandOf with what is named as models: search takes more than those.
func CommandOfRows(s *session.Session, verb string, rows []string, flags ...string) ui.Command {
	c := commandWithout(s, verb, rows, flags...)
	texts, lacks := textArgs(s)
	c.Args = append(c.Args, texts...)
	c.Lacks = append(lacks, c.Lacks...)
	return c
}

// CommandWithout is CommandOf without the texts, where flags name them.
func CommandWithout(s *session.Session, verb string, flags ...string) ui.Command {
	return commandWithout(s, verb, session.CandidateIDs(s.Candidates()), flags...)
}

func commandWithout(s *session.Session, verb string, rows []string, flags ...string) ui.Command {
	c := ui.Command{Args: append([]string{verb, "--models", modelsArg(rows)}, flags...)}
	if refs := editedRoles(s); len(refs) > 0 {
		c.Lacks = append(c.Lacks, "it sends prefixes edited here only if "+config.FolderFile+" beside the texts keeps them: "+strings.Join(refs, ", "))
	}
	return c
}

// editedRoles are the models among the candidates that are sent texts as the person has
// said here.
func editedRoles(s *session.Session) (refs []string) {
	edited := s.Choices().Roles
	for _, c := range s.Candidates() {
		if _, ok := edited[c.Model]; ok && !slices.Contains(refs, c.Model) {
			refs = append(refs, c.Model)
		}
	}
	return refs
}

// modelsArg is the value of --models for those rows, as the command line reads it.
func modelsArg(refs []string) string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	// A buffer takes everything.
	_ = w.Write(refs)
	w.Flush()
	return strings.TrimSuffix(b.String(), "\n")
}

// textArgs are the words that name the present texts to a command, and what these lack.
func textArgs(s *session.Session) (args, lacks []string) {
	from := s.Corpus().Origin()
	files := from.Files
	switch {
	case from.Set != "":
		return []string{"--set", from.Set}, nil
	case len(files.Paths()) == 0:
		file := TextsName + ".csv"
		return []string{file}, []string{"these texts are in no file: X on Texts exports them first, as " + file}
	case from.Edited:
		lacks = []string{"your edits are not in " + from.Source + ": X on Texts exports them"}
	}
	for _, o := range []struct{ flag, value string }{
		{"--text-column", files.Columns.Text}, {"--id-column", files.Columns.ID}, {"--group-column", files.Columns.Group}, {"--encoding", files.Encoding},
	} {
		if o.value != "" {
			args = append(args, o.flag, o.value)
		}
	}
	return append(args, files.Paths()...), lacks
}

// CanCompare guards a command over the texts under the candidates.
func CanCompare(s *session.Session) ui.Guard { return ui.All(ui.HasCandidates(s), ui.HasTexts(s)) }

// CopyCommand copies a command, and says what it lacks.
func (s *Dialog) CopyCommand(c ui.Command) tea.Cmd {
	line := c.Line()
	if len(line) > clipboardLimit {
		s.Notify(ui.NoticeWarn, fmt.Sprintf("Not copied: the command takes more than the %s that fit into a clipboard.", format.Bytes(clipboardLimit)))
		return nil
	}
	if len(c.Lacks) == 0 {
		s.Notify(ui.NoticeGood, "Copied: "+term.Excerpt(line, 400))
	} else {
		s.Notify(ui.NoticeWarn, "Copied vecscope "+c.Args[0]+", but "+strings.Join(c.Lacks, " · ")+".")
	}
	return tea.SetClipboard(line)
}
