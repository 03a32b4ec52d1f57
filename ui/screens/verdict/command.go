package verdict

import (
	"path/filepath"
	"strconv"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
)

// Command tries the candidates at the labels; without labels it compares them, which
// tells how far they agree.
func (s *Screen) Command() (c ui.Command, reason string) {
	if reason := export.CanCompare(s.Session)(); reason != "" {
		return c, reason
	}
	task, ok := s.Session.Labels().Task()
	if !ok {
		return export.CommandOf(s.Session, "compare"), ""
	}
	labelled := s.labelArgs(task)
	if labelled.alone {
		c = export.CommandWithout(s.Session, "evaluate")
	} else {
		c = export.CommandOf(s.Session, "evaluate")
	}
	c.Args = append(append(c.Args, labelled.args...), s.choiceArgs()...)
	c.Lacks = append(c.Lacks, labelled.lacks...)
	return c, ""
}

// labelArgs are the words that name labels to the command.
type labelArgs struct {
	args, lacks []string
	// alone tells that the texts come with the labels.
	alone bool
}

// The files that what is said here is exported to.
const marksFile, queriesFile = "vecscope-marks.csv", "vecscope-queries.csv"

func (s *Screen) labelArgs(task session.LabelTask) (l labelArgs) {
	path, tied := s.Session.Labels().Path(), s.Session.Labels().Tied()
	set, isSet := corpus.FindSet(s.Session.Corpus().Origin().Set)
	ofSet := isSet && path == "" // then the labels are, too
	lack := func(text string) { l.lacks = append(l.lacks, text) }
	marked := 0
	for _, p := range tied.Pairs {
		if p.Marked {
			marked++
		}
	}
	switch task.Task {
	case evaluate.Retrieval:
		switch {
		case task.From == "" || path == "" && !ofSet:
			l.args = []string{"--queries", queriesFile}
			lack("your judgments are in no file: Q on Search exports them first, as " + queriesFile)
		case path != "" && s.withTexts(path):
			l.args, l.alone = []string{"--beir", path}, true
		case path != "":
			l.args = []string{"--queries", path}
		}
		if task.Judged > 0 && task.From != "" {
			lack("your judgments are not in " + task.From)
		}
	case evaluate.Pairs:
		switch {
		case task.From == "" || path == "" && !ofSet:
			l.args = []string{"--pairs", marksFile}
			lack("your marks are in no file: M exports them first, as " + marksFile)
		case path != "":
			l.args, l.alone = []string{"--pairs", path}, s.withTexts(path)
		case set.Queries != "":
			lack("it tries them at the queries of the set")
		}
		if marked > 0 && task.From != "" {
			lack("your marks are not in " + task.From)
		}
	default:
		if isSet && (set.Queries != "" || set.Pairs != "") {
			lack("it tries them at the other labels of the set")
		}
	}
	if l.alone && s.Session.Corpus().Origin().Edited {
		lack("your edits are not in " + filepath.Base(path))
	}
	return l
}

// withTexts tells that the texts came with the labels at that path.
func (s *Screen) withTexts(path string) bool {
	from := s.Session.Corpus().Origin()
	return len(from.Files.Paths()) == 0 && from.Source == filepath.Base(path)
}

// choiceArgs are the words for what was chosen here.
func (s *Screen) choiceArgs() (args []string) {
	add := func(flag string, value string) { args = append(args, flag, value) }
	v := s.Session.Verdict()
	if v.Seed() != session.DefaultSeed {
		add("--seed", strconv.FormatUint(v.Seed(), 10))
	}
	if s.documents > 0 {
		add("--documents", strconv.Itoa(s.documents))
	}
	limits := v.Limits()
	if limits.Price > 0 {
		add("--max-price", format.Plain(limits.Price))
	}
	if limits.Dimensions > 0 {
		add("--max-dimensions", strconv.Itoa(limits.Dimensions))
	}
	if limits.Milliseconds > 0 {
		add("--max-latency", format.Plain(limits.Milliseconds))
	}
	if limits.LocalOnly {
		args = append(args, "--local-only")
	}
	if !s.cuts {
		args = append(args, "--no-cuts")
	}
	return args
}
