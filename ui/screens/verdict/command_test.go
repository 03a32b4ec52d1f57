package verdict

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// onSet is the explorer as it is started with a built-in set.
func onSet(t *testing.T, name string) *shell.App {
	t.Helper()
	set, _ := corpus.FindSet(name)
	o := withSet(t, name)
	o.Texts, o.Source, o.Set = set.Texts, set.Title, set.Name
	return settled(t, 120, 40, o)
}

// copied is the command that is copied, after the models, and what it is said to lack.
func copied(t *testing.T, a *shell.App) (args string, lacks []string) {
	t.Helper()
	c, reason := a.Screen(ID).(*Screen).Command()
	if reason != "" || len(c.Args) < 3 || c.Args[0] != "evaluate" {
		t.Fatalf("copied is %q, %s", c.Args, reason)
	}
	return strings.Join(c.Args[3:], " "), c.Lacks
}

func TestTheCopiedCommandNamesWhatWasChosenAndNoMore(t *testing.T) {
	a := onSet(t, "polysemy")
	s := a.Screen(ID).(*Screen)
	s.documents = 0
	for _, c := range []struct {
		limits    evaluate.Limits
		documents int
		cuts      bool
		want      string
	}{
		{cuts: true},
		{limits: evaluate.Limits{Price: 0.25}, cuts: true, want: " --max-price 0.25"},
		{limits: evaluate.Limits{Dimensions: 300}, cuts: true, want: " --max-dimensions 300"},
		{limits: evaluate.Limits{Milliseconds: 20.5}, cuts: true, want: " --max-latency 20.5"},
		{limits: evaluate.Limits{LocalOnly: true}, cuts: true, want: " --local-only"},
		{documents: 2_000, cuts: true, want: " --documents 2000"},
		{want: " --no-cuts"},
	} {
		s.documents, s.cuts = c.documents, c.cuts
		uitest.Settle(t, a, a.Session.Verdict().SetLimits(c.limits))
		if args, lacks := copied(t, a); args != "--set polysemy"+c.want || len(lacks) > 0 {
			t.Errorf("%+v: %s, which lacks %q", c, args, lacks)
		}
	}
}

func TestTheCopiedCommandSaysWhichLabelsItDoesNotKnow(t *testing.T) {
	pairs := "a,b,score\nbank-money-1,bank-money-2,1\nbank-money-1,bat-animal-1,0\nbat-animal-1,bat-animal-2,1\nbank-money-2,bat-animal-2,0\n"
	traps := "a,b,score\ntrap-01-anchor,trap-01-paraphrase,1\ntrap-01-anchor,trap-02-anchor,0\n"
	queries := "query,relevant\nwhere is my money?,bank-money-1\nwhat flies at night?,bat-animal-1\n"
	judge := func(a *shell.App) { uitest.Settle(t, a, a.Session.Asked().Judge("which?", 0, labels.WhollyRelevant)) }
	mark := func(a *shell.App) {
		uitest.Settle(t, a, a.Session.Labels().Mark(0, 4, labels.Same), a.Session.Labels().Mark(0, 5, labels.Different))
	}
	choose := func(task evaluate.Task) func(a *shell.App) {
		return func(a *shell.App) { uitest.Settle(t, a, a.Session.Labels().ChooseTask(task)) }
	}
	open := func(name, content string) func(a *shell.App) {
		path := uitest.File(t, name, content)
		return func(a *shell.App) { uitest.Press(t, a, "2"); uitest.OpenPath(t, a, path) }
	}
	for name, c := range map[string]struct {
		set   string
		do    []func(*shell.App)
		args  string // the name of a file in the place of its path
		lacks []string
	}{
		"queries of a set":       {set: "faq"},
		"judgments beside those": {set: "faq", do: []func(*shell.App){judge}, lacks: []string{"your judgments are not in Questions and answers"}},
		"judgments alone": {set: "polysemy", do: []func(*shell.App){judge}, args: "--queries vecscope-queries.csv",
			lacks: []string{"your judgments are in no file: Q on Search exports them first, as vecscope-queries.csv"}},
		"pairs of a set":     {set: "paraphrase-traps"},
		"marks beside those": {set: "paraphrase-traps", do: []func(*shell.App){mark}, lacks: []string{"your marks are not in Paraphrase traps"}},
		"groups of a set with pairs": {set: "paraphrase-traps", do: []func(*shell.App){choose(evaluate.Groups)},
			lacks: []string{"it tries them at the other labels of the set"}},
		"groups of a set with pairs beside a file": {set: "paraphrase-traps", do: []func(*shell.App){open("pairs.csv", traps), choose(evaluate.Groups)},
			lacks: []string{"it tries them at the other labels of the set"}},
		"marks alone": {set: "polysemy", do: []func(*shell.App){mark, choose(evaluate.Pairs)}, args: "--pairs vecscope-marks.csv",
			lacks: []string{"your marks are in no file: M exports them first, as vecscope-marks.csv"}},
		"a file of pairs":      {set: "polysemy", do: []func(*shell.App){open("pairs.csv", pairs)}, args: "--pairs pairs.csv"},
		"marks beside a file":  {set: "polysemy", do: []func(*shell.App){open("pairs.csv", pairs), mark}, args: "--pairs pairs.csv", lacks: []string{"your marks are not in pairs.csv"}},
		"a file of queries":    {set: "polysemy", do: []func(*shell.App){open("queries.csv", queries)}, args: "--queries queries.csv"},
		"judged beside a file": {set: "polysemy", do: []func(*shell.App){open("queries.csv", queries), judge}, args: "--queries queries.csv", lacks: []string{"your judgments are not in queries.csv"}},
	} {
		t.Run(name, func(t *testing.T) {
			a := onSet(t, c.set)
			a.Screen(ID).(*Screen).documents = 0
			for _, do := range c.do {
				do(a)
			}
			args, lacks := copied(t, a)
			words := strings.Fields(args)
			for i, w := range words {
				if filepath.IsAbs(w) {
					words[i] = filepath.Base(w)
				}
			}
			want := strings.Fields("--set " + c.set + " " + c.args)
			slices.Sort(words)
			slices.Sort(want)
			if !slices.Equal(words, want) || !slices.Equal(lacks, c.lacks) {
				t.Errorf("copied is %q, which lacks %q", args, lacks)
			}
		})
	}
}

// TestTheCopiedCommandNamesAFolderOfTextsWithQueries opens texts that bring their queries
// along, and deletes one of them.
func TestTheCopiedCommandNamesAFolderOfTextsWithQueries(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "small")
	if err := os.MkdirAll(filepath.Join(folder, "qrels"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"corpus.jsonl":   `{"_id":"e","text":"east"}` + "\n" + `{"_id":"n","text":"north"}` + "\n" + `{"_id":"s","text":"south"}` + "\n",
		"queries.jsonl":  `{"_id":"q1","text":"east wind"}` + "\n" + `{"_id":"q2","text":"to the north"}` + "\n",
		"qrels/test.tsv": "query-id\tcorpus-id\tscore\nq1\te\t1\nq2\tn\t1\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, filepath.FromSlash(name)), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a := settled(t, 120, 40, withSet(t, "polysemy"))
	a.Screen(ID).(*Screen).documents = 0
	uitest.Press(t, a, "2")
	uitest.OpenPath(t, a, filepath.Join(folder, "corpus.jsonl"))
	uitest.WantShown(t, a, "It looks like a folder of texts with 2 queries.")
	uitest.Press(t, a, "enter")
	if args, lacks := copied(t, a); args != "--beir "+folder || len(lacks) > 0 {
		t.Errorf("copied is %q, which lacks %q", args, lacks)
	}
	uitest.Settle(t, a, a.Session.Edits().Delete(2))
	if args, lacks := copied(t, a); args != "--beir "+folder || !slices.Equal(lacks, []string{"your edits are not in small"}) {
		t.Errorf("after an edit copied is %q, which lacks %q", args, lacks)
	}
}
