package cli

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// Whose labels decide, and over which texts, follows from what is named.
func TestNamedLabelsDecideOverNamedTexts(t *testing.T) {
	texts := file(t, "gales.csv", gales)
	pairs := file(t, "pairs.csv", "a,b,score\ne1,e2,1\nn1,n2,1\ne1,n1,0\ne2,n3,0\n")
	ofSet := file(t, "ofset.csv", "a,b,score\nbank-money-1,bank-money-2,1\nbank-money-1,bank-river-1,0\nbank-river-1,bank-river-2,1\n")
	askSet := file(t, "askset.csv", "query,relevant\nwho lends money?,bank-money-1\n")
	own := file(t, "own.csv", "a,b,score\neast wind,east gale,1\neast wind,north wind,0\n")
	queries := file(t, "queries.csv", "query,relevant\neast of what,e1\n")
	for line, want := range map[string]string{
		"--set polysemy":                          "labelled texts", // the labels of the set
		"--set polysemy --pairs " + ofSet:         "Verdict on 3 labelled pairs",
		"--set polysemy --queries " + askSet:      "Verdict on 1 query",
		"--pairs " + pairs + " " + texts:          "Verdict on 4 labelled pairs",
		"--pairs " + own:                          "Verdict on 2 labelled pairs",
		"--groups " + texts:                       "Verdict on 6 labelled texts",
		"--queries " + queries + " " + texts:      "Ranked against 6 texts",
		"--queries " + askSet + " --set polysemy": "Verdict on 1 query",
	} {
		out := newSession(t).expect(t, ExitDone, "evaluate --resamples 20 --no-cuts --models local/ngrams "+line, withLocal)
		if !strings.Contains(out, want) {
			t.Errorf("evaluate %s does not say %q:\n%s", line, want, out)
		}
	}
	for line, want := range map[string]string{
		"--corpus " + texts:                      "--corpus names texts to search, but there are no queries: add --queries FILE",
		"--beir . " + texts:                      "--beir brings texts of its own: leave out other files and --set",
		"--beir . --set polysemy":                "--beir brings texts of its own: leave out other files and --set",
		pairs:                                    pairs + " holds labels and no texts: name it with --pairs",
		queries:                                  queries + " holds labels and no texts: name it with --queries",
		"--pairs " + pairs + " --queries " + own: "--pairs and --queries exclude each other",
		"--set polysemy " + texts:                "--set and a file exclude each other",
		"--max-latency -1 " + texts:              "a limit under 0 leaves no model",
		"--max-price -1 " + texts:                "a limit under 0 leaves no model",
		"--max-dimensions -1 " + texts:           "a limit under 0 leaves no model",
		"--resamples 19 " + texts:                "--resamples 19 is too few",
		"--documents -1 " + texts:                "--documents -1 are too few",
		"--bm25-weight -1 " + texts:              "--bm25-weight -1 is no weight",
		"--bm25-weight +Inf " + texts:            "is no weight",
		"--bm25-weight NaN " + texts:             "is no weight",
	} {
		s := newSession(t)
		if out := s.expect(t, ExitUsage, "evaluate "+line); out != "" || !strings.Contains(s.err.String(), want) {
			t.Errorf("evaluate %s prints %q and says %s", line, out, s.err.String())
		}
	}
}

// Pairs that stand twice count once, which is said.
func TestRepeatedPairsAreNamed(t *testing.T) {
	texts := file(t, "gales.csv", gales)
	const once = "a,b,score\ne1,e2,1\ne1,n1,0\n"
	for content, want := range map[string]string{once: "", once + "e2,e1,1\n": "vecscope: pairs.csv: 1 pair is repeated and counts once\n", once + "e2,e1,1\ne1,n1,0\n": "vecscope: pairs.csv: 2 pairs are repeated and count once\n"} {
		s := newSession(t)
		out := s.expect(t, ExitDone, "evaluate --resamples 20 --no-cuts --models local/ngrams --pairs "+file(t, "pairs.csv", content)+" "+texts, withLocal)
		if !strings.Contains(out, "Verdict on 2 labelled pairs") || s.err.String() != want {
			t.Errorf("of %q it says %q:\n%s", content, s.err.String(), out)
		}
	}
}

// Files with labels are for the explorer, or for the command that tries models at them.
func TestLabelsBesideTextsNeedATerminal(t *testing.T) {
	texts, pairs := file(t, "gales.csv", gales), file(t, "pairs.csv", "a,b,score\ne1,e2,1\ne1,n1,0\n")
	for _, line := range []string{texts + " " + pairs, pairs + " " + texts, pairs} {
		s := newSession(t)
		want := pairs + " has labels, which the explorer opens: vecscope evaluate tries models at them; see vecscope --help"
		if out := s.expect(t, ExitUsage, line); out != "" || !strings.Contains(s.err.String(), want) {
			t.Errorf("vecscope %s prints %q and says %s", line, out, s.err.String())
		}
	}
	s := newSession(t)
	s.onTerminal(s.Out)
	if s.expect(t, ExitDone, texts+" "+pairs); len(s.explored) != 1 || s.explored[0].Open != pairs || len(s.explored[0].Texts) != 6 {
		t.Errorf("on a terminal the explorer starts with %+v", s.explored)
	}
}

// Who says how a file is to be read says that it has texts.
func TestAFileThatIsSaidToHaveTextsIsNoFileOfLabels(t *testing.T) {
	pairs := file(t, "pairs.csv", "a,b,score\neast,north,1\neast,north,0\n")
	for _, flags := range []string{"--encoding utf-8", "--text-column a", "--encoding utf-8 --text-column b"} {
		s := newSession(t)
		s.onTerminal(s.Out)
		code := s.do(t, flags+" "+pairs)
		if texts := strings.Contains(flags, "column"); texts != (len(s.explored) == 1 && len(s.explored[0].Texts) == 2 && s.explored[0].Open == "") || !texts && code == ExitUsage {
			t.Errorf("vecscope %s FILE ends with %d, explored is %+v: %s", flags, code, s.explored, s.err.String())
		}
	}
}

// Without a terminal the file is compared, with all that is said of its reading; nothing is
// asked.
func TestWithoutATerminalAFileIsComparedAtOnce(t *testing.T) {
	s := newSession(t)
	out := s.expect(t, ExitFailed, file(t, "winds.csv", winds))
	if want := "local/compass@3: no vector for 1 of 4 texts; see Missing in the report\n"; !strings.Contains(s.err.String(), want) || !strings.Contains(out, "east wind") {
		t.Errorf("%s\n%s", out, s.err.String())
	}
	s = newSession(t)
	out = s.expect(t, ExitDone, file(t, "rows.csv", "id,text\n1,east\n2,\n3,north\n"))
	if !strings.Contains(s.err.String(), "vecscope: rows.csv: 1 row") || !strings.Contains(out, "north") {
		t.Errorf("%s\n%s", out, s.err.String())
	}
	s = newSession(t)
	s.do(t, file(t, "odd.csv", "kind,remark\neast,north\nnorth,east\n"))
	if len(s.explored) != 0 {
		t.Errorf("the explorer is opened: %+v", s.explored)
	}
}

// Of very many texts pairs are found down to the threshold, however low that is.
func TestALowThresholdHoldsForManyTextsToo(t *testing.T) {
	var texts strings.Builder
	for i := range 501 { // of 500 every pair is kept
		fmt.Fprintf(&texts, "%x\n", uint64(i+7)*0x9E3779B97F4A7C15)
	}
	path := file(t, "many.txt", texts.String())
	for flags, least := range map[string]float64{"--threshold 0.15": .15, "--threshold 0.9 --threshold local/ngrams=0.15": .15} {
		out := newSession(t).expect(t, ExitDone, "duplicates --tsv --models local/ngrams "+flags+" "+path, withLocal)
		last := 1.0
		for _, line := range strings.Split(strings.TrimSpace(out), "\n")[1:] {
			similarity, err := strconv.ParseFloat(strings.Split(line, "\t")[2], 64)
			if err != nil || similarity < least {
				t.Fatalf("%s lists %q: %v", flags, line, err)
			}
			last = min(last, similarity)
		}
		if last > least+.05 {
			t.Errorf("%s lists no pair under %v", flags, last)
		}
	}
}
