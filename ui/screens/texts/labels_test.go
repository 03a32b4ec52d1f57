package texts

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

const catPairs = "a,b,score\na cat purrs,the cat is purring,1\nstocks fell,a cat purrs,0\nthe market dropped,stocks fell,1\n"

func TestPairsThatFitAreOpenedAsLabelsOfTheTexts(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("a cat purrs", "the cat is purring", "stocks fell", "the market dropped"), "local/ngrams@64"))
	uitest.OpenPath(t, a, uitest.File(t, "pairs.csv", catPairs))
	uitest.WantWords(t, a, "a cat purrs", "the cat is purring", "stocks fell", "the market dropped")
	uitest.WantNotice(t, a, "pairs.csv: 3 labelled pairs for 4 texts.")
	if task, ok := a.Session.Labels().Task(); !ok || task.Task != evaluate.Pairs || task.Labels.Items() != 3 || task.From != "pairs.csv" {
		t.Errorf("%+v, %v", task, ok)
	}
	// They stay where the texts are edited.
	uitest.Press(t, a, ">")
	if task, ok := a.Session.Labels().Task(); !ok || task.Task != evaluate.Pairs {
		t.Errorf("after an edit: %+v, %v", task, ok)
	}
}

// Pairs that stand twice fit, and are counted; they are nothing to ask about.
func TestRepeatedPairsAreNamedAndNotAskedAbout(t *testing.T) {
	texts := uitest.Texts("a cat purrs", "the cat is purring", "stocks fell", "the market dropped")
	again := catPairs + "the cat is purring,a cat purrs,1\nstocks fell,a cat purrs,0\n"
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, texts, "local/ngrams@64"))
	uitest.OpenPath(t, a, uitest.File(t, "pairs.csv", again))
	uitest.WantNotice(t, a, "pairs.csv: 3 labelled pairs for 4 texts, 2 repeated.")
	a = textsApp(t, 80, 24, uitest.OptionsWith(t, texts[:3], "local/ngrams@64"))
	uitest.OpenPath(t, a, uitest.File(t, "pairs.csv", again))
	uitest.WantShown(t, a, "It looks like 5 labelled pairs, 2 repeated.", "2 of 5 labelled pairs fit them")
	uitest.Press(t, a, "enter")
	uitest.WantNotice(t, a, `pairs.csv: 2 labelled pairs for 3 texts, 2 repeated. 1 left out: line 4, column "a": there is no text "the market dropped"; write the id or the words of one.`)
	a = textsApp(t, 80, 24, uitest.OptionsWith(t, nil, "local/ngrams@64"))
	uitest.OpenPath(t, a, uitest.File(t, "pairs.csv", again))
	uitest.Press(t, a, "down", "enter")
	uitest.WantNotice(t, a, "pairs.csv: 3 labelled pairs for 4 texts, 2 repeated.")
}

func TestWhatAFileOfLabelsIsIsAskedWhereItIsNotPlain(t *testing.T) {
	for _, size := range []ui.Size{{W: 80, H: 24}, {W: 200, H: 60}, {W: 40, H: 10}} {
		a := textsApp(t, size.W, size.H, uitest.OptionsWith(t, uitest.Texts("a cat purrs", "the cat is purring", "stocks fell"), "local/ngrams@64"))
		path := uitest.File(t, "pairs.csv", catPairs)
		uitest.OpenPath(t, a, path)
		uitest.CheckFrame(t, a.Draw(), size)
		if size.W >= 80 {
			uitest.WantShown(t, a, "What is pairs.csv?", "2 of 3 labelled pairs fit them", "Line 4", `there is no text "the market dropped"`, "4 texts, such as")
		}
		uitest.Press(t, a, "enter")
		uitest.WantNotice(t, a, `pairs.csv: 2 labelled pairs for 3 texts. 1 left out: line 4, column "a": there is no text "the market dropped"; write the id or the words of one.`)
		uitest.Press(t, a, "i")
		uitest.WantShown(t, a, "Rows left out of pairs.csv")
		if size.W >= 80 {
			uitest.WantShown(t, a, `Line 4, column "a": there is no text "the market dropped"`)
		}
		uitest.Press(t, a, "esc")
		uitest.OpenPath(t, a, path)
		uitest.Press(t, a, "down", "enter")
		uitest.WantWords(t, a, "a cat purrs", "the cat is purring", "stocks fell", "the market dropped")
		uitest.WantNotice(t, a, "pairs.csv: 3 labelled pairs for 4 texts. u brings your own texts back.")
		if task, ok := a.Session.Labels().Task(); !ok || task.Task != evaluate.Pairs || task.Labels.Items() != 3 {
			t.Errorf("%+v, %v", task, ok)
		}
		uitest.Press(t, a, "u")
		uitest.OpenPath(t, a, path)
		uitest.Press(t, a, "down", "down", "enter")
		uitest.WantShown(t, a, "Which columns of pairs.csv?")
	}
}

func TestQueriesThatNameNothingHereCannotBeChosen(t *testing.T) {
	a := textsApp(t, 120, 24, uitest.OptionsWith(t, uitest.Texts("one", "two"), "local/ngrams@64"))
	uitest.OpenPath(t, a, uitest.File(t, "asked.csv", "query,relevant\nwhich?,T7\n"))
	uitest.WantShown(t, a, "What is asked.csv?", "It looks like 1 query.", "0 of 1 query fit them")
	uitest.Press(t, a, "up", "enter")
	uitest.WantNotice(t, a, `there is no text "T7"`)
	if a.Top() == nil {
		t.Error("what cannot be chosen was")
	}
	uitest.Press(t, a, "esc")
	uitest.OpenPath(t, a, uitest.File(t, "asked.csv", "query,relevant\nfirst?,1\nsecond?,2\nneither?,\n"))
	uitest.WantNotice(t, a, "asked.csv: 3 queries for 2 texts.")
}

func TestLabelsThatTellNothingApartOrAreDamagedSayWhy(t *testing.T) {
	a := textsApp(t, 120, 24, uitest.OptionsWith(t, uitest.Texts("one", "two", "three"), "local/ngrams@64"))
	uitest.OpenPath(t, a, uitest.File(t, "equal.csv", "a,b,score\none,two,1\none,three,1\n"))
	uitest.WantNotice(t, a, "all 2 pairs have the score 1, so nothing is to be told apart")
	if a.Notice().Level != ui.NoticeWarn {
		t.Errorf("it is told as %v", a.Notice().Level)
	}
	uitest.OpenPath(t, a, uitest.File(t, "unanswered.csv", "query,relevant\nneither?,\nnor this?,\n"))
	uitest.WantNotice(t, a, "unanswered.csv: 2 queries for 3 texts. Column \"relevant\": no query has a relevant text; name the texts that answer it.")
	if a.Notice().Level != ui.NoticeWarn {
		t.Errorf("it is told as %v", a.Notice().Level)
	}
	uitest.OpenPath(t, a, uitest.File(t, "damaged.csv", "a,b,score\none,two,1\none,three,NaN\n"))
	uitest.WantShown(t, a, "line 3", `"NaN" is not a number`)
}

func TestAFolderOfTextsAndQueriesIsOpenedWhole(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tiny")
	if err := os.MkdirAll(filepath.Join(dir, "qrels"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"corpus.jsonl":   `{"_id":"d1","title":"Cats","text":"purr"}` + "\n" + `{"_id":"d2","text":"stocks fell"}` + "\n" + `{"_id":"d3","text":" "}` + "\n",
		"queries.jsonl":  `{"_id":"q1","text":"what purrs?"}` + "\n",
		"qrels/test.tsv": "query-id\tcorpus-id\tscore\nq1\td1\t1\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a := textsApp(t, 120, 24, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	uitest.OpenPath(t, a, filepath.Join(dir, "corpus.jsonl"))
	uitest.WantShown(t, a, "What is tiny?", "It looks like a folder of texts with 1 query.")
	uitest.Press(t, a, "enter")
	uitest.WantWords(t, a, "Cats purr", "stocks fell")
	uitest.WantNotice(t, a, "tiny: 1 query for 2 texts. 1 text without a word left out. u brings your own texts back.")
	if task, ok := a.Session.Labels().Task(); !ok || task.Task != evaluate.Retrieval {
		t.Errorf("%+v, %v", task, ok)
	}
	uitest.Press(t, a, "u")
	uitest.OpenPath(t, a, filepath.Join(dir, "corpus.jsonl"))
	uitest.Press(t, a, "down", "enter", "enter")
	uitest.WantWords(t, a, "purr", "stocks fell")
	uitest.Press(t, a, "u")
	s := a.Screen(ID).(*Screen)
	uitest.Settle(t, a, s.TakeFile(dir))
	uitest.WantWords(t, a, "Cats purr", "stocks fell")
}

func TestLabelsWithoutTextsAskForTheirTextsFirst(t *testing.T) {
	a := textsApp(t, 120, 24, uitest.OptionsWith(t, nil, "local/ngrams@64"))
	uitest.OpenPath(t, a, uitest.File(t, "asked.csv", "query,relevant\nwhich?,T7\n"))
	uitest.Press(t, a, "up", "enter")
	uitest.WantNotice(t, a, "there are no texts yet: open theirs first")
}

func TestPairsThatComeWithTheirTextsSayWhatBecameOfThose(t *testing.T) {
	a := textsApp(t, 120, 24, uitest.LocalOptions(t))
	a.SetScreen(ID)
	path := uitest.File(t, "pairs.csv", catPairs)
	uitest.OpenPath(t, a, path)
	uitest.Press(t, a, "down", "enter")
	if got := a.Notice().Text; got != "pairs.csv: 3 labelled pairs for 4 texts." {
		t.Errorf("of a built-in set that gave way it says %q", got)
	}
	b := textsApp(t, 120, 24, uitest.OptionsWith(t, uitest.Texts("a cat purrs", "the cat is purring"), "local/ngrams@64"))
	uitest.OpenPath(t, b, path)
	uitest.Press(t, b, "enter")
	uitest.WantNotice(t, b, "1 labelled pair for 2 texts. 2 left out: line 3, column \"a\": there is no text \"stocks fell\"; write the id or the words of one (and 1 more like this).")
}

// Texts are the folder in BEIR's layout that they lie in only where its queries lie there, too.
func TestAFolderInBEIRsLayoutHasQueries(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, beirCorpus)
	if err := os.WriteFile(path, []byte("{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if kind, where := kindOf(path); kind != labels.KindTexts || where != path {
		t.Errorf("alone it is %v, %s", kind, where)
	}
	if err := os.WriteFile(filepath.Join(folder, "queries.jsonl"), []byte("{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if kind, where := kindOf(path); kind != labels.KindBEIR || where != folder {
		t.Errorf("beside queries it is %v, %s", kind, where)
	}
}
