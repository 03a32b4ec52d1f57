package cli

import (
	"cmp"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
)

// labelledTexts are what is evaluated: texts, what is said of them, and what is asked.
type labelledTexts struct {
	texts   []corpus.Text
	source  string
	labels  *evaluate.Labels
	queries []corpus.Text // with the ids of the queries, where there are queries
	note    string        // what is odd about the labels; empty for nothing
}

// labelled reads what is to be evaluated.
func (p *program) labelled(cmd *cobra.Command, ev *evaluation, files []string) (labelledTexts, error) {
	if err := onlyOne(cmd, "groups", "pairs", "queries", "beir"); err != nil {
		return labelledTexts{}, err
	}
	switch {
	case ev.corpus != "" && ev.queries == "":
		return labelledTexts{}, misused(cmd, "--corpus names texts to search, but there are no queries: add --queries FILE")
	case ev.beir != "" && (len(files) > 0 || ev.set != ""):
		return labelledTexts{}, misused(cmd, "--beir brings texts of its own: leave out other files and --set")
	case ev.beir != "":
		return p.beir(ev.beir)
	case ev.groups != "":
		files = append([]string{ev.groups}, files...)
	case ev.corpus != "":
		files = append([]string{ev.corpus}, files...)
	}
	p.takeFolder(cmd, files)
	if ev.groups == "" && ev.pairs == "" && ev.queries == "" {
		p.folderLabels(ev)
	}
	ev.models = p.folderModels(cmd, ev.models)
	unlabelled := ev.groups == "" && ev.pairs == "" && ev.queries == ""
	if unlabelled {
		if err := noLabels(cmd, files); err != nil {
			return labelledTexts{}, err
		}
	}
	l, err := labelsOf(ev)
	if err != nil {
		return labelledTexts{}, err
	}
	if ev.pairs != "" && len(files) == 0 && ev.set == "" {
		return ofPairs(l, ev.pairs)
	}
	texts, source, err := p.needTexts(cmd, files, ev.set)
	if err != nil {
		return labelledTexts{}, err
	}
	if set, ok := corpus.FindSet(ev.set); ok && unlabelled {
		if l, err = labels.OfSet(set); err != nil {
			return labelledTexts{}, err
		}
	}
	return tied(l, texts, source, ev)
}

// noLabels reports a file that holds labels where texts are wanted.
func noLabels(cmd *cobra.Command, files []string) error {
	flags := map[labels.Kind]string{labels.KindPairs: "--pairs", labels.KindQueries: "--queries"}
	for _, file := range files {
		kind, err := labels.KindOf(file)
		if flag := flags[kind]; err == nil && flag != "" {
			return misused(cmd, "%s holds labels and no texts: name it with %s", file, flag)
		}
	}
	return nil
}

// labelsOf reads the labels that stand in a file of their own.
func labelsOf(ev *evaluation) (l labels.Labels, err error) {
	if ev.pairs != "" {
		l.Pairs, err = labels.OpenPairs(ev.pairs)
	}
	if ev.queries != "" {
		l.Queries, err = labels.OpenQueries(ev.queries)
	}
	return l, err
}

// ofPairs takes the words of the pairs themselves for the texts.
func ofPairs(l labels.Labels, name string) (labelledTexts, error) {
	return tied(l, labels.TextsOf(l.Pairs), name, &evaluation{pairs: name})
}

// tied ties labels to texts; every label must name texts that there are.
func tied(l labels.Labels, texts []corpus.Text, source string, ev *evaluation) (labelledTexts, error) {
	t := l.Tie(texts)
	if err := t.Strict(); err != nil {
		return labelledTexts{}, err
	}
	out := labelledTexts{texts: texts, source: source}
	var err error
	switch {
	case len(t.Queries) > 0:
		for _, q := range t.Queries {
			out.queries = append(out.queries, corpus.Text{ID: l.Queries[q.Label].ID, Text: l.Queries[q.Label].Text})
		}
		out.labels, err = t.ForQueries(source, evaluate.QueryOptions{})
	case len(t.Pairs) > 0 || ev.pairs != "":
		out.labels, err = t.ForPairs(ev.pairs)
		if n := t.Repeated; n > 0 {
			out.note = fmt.Sprintf("%s: %s %s repeated and %s once", filepath.Base(cmp.Or(ev.pairs, source)), format.PlainCount(n, "pair"), format.Agree(n, "is", "are"), format.Agree(n, "counts", "count"))
		}
	default:
		out.labels, err = t.ForGroups(source)
		if a, b, ok := t.Torn(); ok {
			out.note = findings.Torn(a, b)
		}
	}
	return out, err
}

// beir reads a folder in BEIR's layout.
func (p *program) beir(folder string) (labelledTexts, error) {
	b, err := labels.OpenBEIR(folder)
	if err != nil {
		return labelledTexts{}, err
	}
	for _, note := range b.Notes() {
		p.warn(filepath.Base(folder) + ": " + note)
	}
	return tied(labels.Labels{Queries: b.Queries}, b.Texts, folder, &evaluation{})
}
