package cli

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
)

// bearings are texts with a vector by compass: east, 0.6 east and 0.8 north, north, and
// one without.
const bearings = "id,text\ne,east wind\nne,north-east wind and rain\nn,north gale\nx,rain all day\n"

func TestSearch(t *testing.T) {
	queries := file(t, "queries.csv", "id,query,relevant\nq1,east rain,ne:2 e\nq2,north gale,n\n")
	const models = " --models local/compass,local/mirror,local/bm25,local/compass+bm25 --top 3 "
	texts := file(t, "bearings.csv", strings.ReplaceAll(bearings, "x,rain all day\n", "n2,up and away\n"))
	for _, c := range []struct{ name, line string }{
		{"one json", "search --json --query east" + models + texts},
		{"one text", "search --query east" + models + texts},
		{"many json", "search --json" + models + "--queries " + queries + " " + texts},
		{"many text", "search" + models + "--queries " + queries + " " + texts},
		{"many tsv", "search --tsv" + models + "--queries " + queries + " " + texts},
		{"many trec", "search --trec" + models + "--queries " + queries + " " + texts},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSession(t)
			out := s.expect(t, ExitDone, c.line)
			golden.RequireEqual(t, times.ReplaceAllString(out+s.err.String(), "${1}0"))
		})
	}
}

// found is what search --json says of a query.
type found struct {
	Query      string
	K          int
	Candidates []struct {
		ID   string
		Hits []struct {
			Rank, Index int
			ID, Text    string
			Score       float64
			Distance    *float64
		}
	}
	Overlap []struct {
		A, B  string
		K     int
		Value *float64
	}
	Errors []struct{ Candidate, Message string }
}

func TestSearchFindsWhatCanBeWorkedOutByHand(t *testing.T) {
	s := newSession(t)
	line := "search --json --query east --top 2 --models local/compass,local/bm25 " + file(t, "bearings.csv", bearings)
	var out found
	if err := json.Unmarshal([]byte(s.expect(t, ExitFailed, line)), &out); err != nil {
		t.Fatal(err)
	}
	if out.Query != "east" || out.K != 2 || len(out.Candidates) != 2 || len(out.Overlap) != 1 {
		t.Fatalf("%+v", out)
	}
	// Any two texts: 0.6, 0 and 0.8, of mean 7/15 and variance 26/225.
	compass, sd := out.Candidates[0], math.Sqrt(26./225)
	if compass.ID != "local/compass@3" || len(compass.Hits) != 2 {
		t.Fatalf("%+v", compass)
	}
	for i, want := range []struct {
		id    string
		score float64
	}{{"e", 1}, {"ne", .6}} {
		h := compass.Hits[i]
		if h.Rank != i+1 || h.Index != i || h.ID != want.id || math.Abs(h.Score-want.score) > 1e-6 || math.Abs(*h.Distance-(want.score-7./15)/sd) > 1e-5 {
			t.Errorf("hit %d: %+v, distance %v", i+1, h, *h.Distance)
		}
	}
	// Both texts with the word: "east wind" is the shorter.
	words := out.Candidates[1]
	if words.ID != "local/bm25" || len(words.Hits) != 2 || words.Hits[0].ID != "e" || words.Hits[0].Distance != nil {
		t.Errorf("%+v", words)
	}
	if o := out.Overlap[0]; o.A != compass.ID || o.B != words.ID || o.K != 2 || *o.Value != 1 {
		t.Errorf("%+v", o)
	}
	if len(out.Errors) != 1 || !strings.Contains(out.Errors[0].Message, "x") || !strings.Contains(s.err.String(), "names no direction") {
		t.Errorf("the text without a vector is not told: %+v\n%s", out.Errors, s.err.String())
	}
}

func TestSearchGoesOnWhereOneCannot(t *testing.T) {
	texts := file(t, "bearings.csv", strings.TrimSuffix(bearings, "x,rain all day\n"))
	for name, c := range map[string]struct {
		line string
		code int
		says []string // on standard error, a line each
		out  []string
	}{
		"a query that one has no vector for": {"--models local/compass,local/bm25 --query rain ", ExitFailed, []string{"local/compass@3: the query has no vector: "}, []string{"local/bm25", "ne"}},
		"one of several": {
			"--models local/compass,local/bm25 --queries " + file(t, "q.txt", "rain\neast\nsnow\n") + " ", ExitFailed,
			[]string{"local/compass@3: 1 query (1) has no vector: ", "local/compass@3: 1 query (3) has no vector: "}, []string{"Query 2: east", "1.00"},
		},
		"k above the number of texts":     {"--models local/compass --query east --top 50 ", ExitDone, []string{"--top 50: there are only 3 texts, and all are listed"}, []string{"3  n"}},
		"an empty query among others":     {"--models local/compass --queries " + file(t, "q.csv", "id,query\na,\nb,east\n") + " ", ExitDone, []string{`line 2, column "query": the query is empty`}, []string{"Query b: east"}},
		"a grade below nothing":           {"--models local/compass --queries " + file(t, "g.csv", "query,relevant\neast,e:-1\neast wind,e\n") + " ", ExitDone, []string{`line 2, column "relevant": the grade of "e:-1" is under 0`}, []string{"Query 1: east wind"}},
		"a relevant text that is not":     {"--models local/compass --queries " + file(t, "r.csv", "id,query,relevant\na,east,zz\nb,east wind,e\n") + " ", ExitDone, []string{`there is no text "zz"`}, []string{"Query a: east", "At 1 query with a relevant text"}},
		"words that no text has":          {"--models local/bm25 --query snow ", ExitDone, nil, []string{"local/bm25 finds nothing."}},
		"a row named twice":               {"--models local/bm25,local/compass,local/bm25,local/compass@3 --query east ", ExitDone, []string{"local/compass@3 is named twice: it is taken once"}, []string{"local/bm25"}},
		"no relevant text with a vector":  {"--models local/compass --queries " + file(t, "n.csv", "query,relevant\neast,\n") + " ", ExitDone, []string{"is not measured: no query has a relevant text"}, []string{"Query 1: east"}},
		"hybrids of a model nobody asked": {"--models local/compass+bm25 --bm25-weight 0 --query east ", ExitDone, nil, []string{"local/compass@3+bm25", "0.0164"}},
	} {
		s := newSession(t)
		out := s.expect(t, c.code, "search "+c.line+texts)
		lines := strings.Split(strings.TrimSpace(s.err.String()), "\n")
		for _, want := range c.says {
			if n := len(slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return !strings.Contains(l, want) })); n != 1 {
				t.Errorf("%s: %d lines say %q:\n%s", name, n, want, s.err.String())
			}
		}
		if len(c.says) == 0 && s.err.Len() > 0 {
			t.Errorf("%s: %s", name, s.err.String())
		}
		for _, want := range c.out {
			if !strings.Contains(out, want) {
				t.Errorf("%s: no %q in\n%s", name, want, out)
			}
		}
	}
}

func TestAQueryLongerThanTheModelReadsIsSaid(t *testing.T) {
	queries := file(t, "long.txt", "north\neast "+strings.Repeat("wind and rain ", 100)+"\n")
	s := newSession(t)
	out := s.expect(t, ExitDone, "search --models local/use-lite,local/bm25 --queries "+queries+" "+file(t, "bearings.csv", bearings), withLocal)
	if got := s.err.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "local/use-lite@512 read only the beginning of 1 query (its limit is 128 tokens): 2") {
		t.Error(got)
	}
	if !strings.Contains(out, "Query 2: east wind") {
		t.Error(out)
	}
}

func TestAQueryThatAModelKnowsInPartIsSaid(t *testing.T) {
	queries := file(t, "q.csv", "id,query\nq1,a new password\nq2,Please reset my パスワード\n")
	s := newSession(t)
	s.expect(t, ExitDone, "search --models local/use-lite --queries "+queries+" "+file(t, "plain.txt", "reset the password\nbuy a train ticket\n"), withLocal)
	if want := "vecscope: local/use-lite@512 knows only a part of 1 query, and what it does not know looks all alike to it: q2\n"; s.err.String() != want {
		t.Errorf("it says %q, want %q", s.err.String(), want)
	}
}

func TestSearchSaysInOneLineWhatItCannotDo(t *testing.T) {
	texts := " " + file(t, "bearings.csv", bearings)
	for name, c := range map[string]struct {
		line string
		code int
		says string
	}{
		"no query":                     {"search --models local/bm25" + texts, ExitUsage, "there is no query"},
		"two kinds of queries":         {"search --query a --queries b.txt" + texts, ExitUsage, "--query and --queries exclude each other"},
		"a file without queries":       {"search --queries " + file(t, "none.csv", "query,relevant\n") + texts, ExitFailed, "none.csv: there are no queries in it"},
		"a file that is not":           {"search --queries gone.csv" + texts, ExitFailed, "there is no such file"},
		"two queries":                  {"search --query a --query b" + texts, ExitUsage, "it is given twice: name a file of queries with --queries"},
		"two models to embed":          {"embed --model local/compass,local/mirror" + texts, ExitUsage, "embed takes one model"},
		"a model twice":                {"embed --model local/compass --model local/mirror" + texts, ExitUsage, "embed takes one model"},
		"a seed below nothing":         {"evaluate --seed -1" + texts, ExitUsage, "use a whole number from 0"},
		"hits in words":                {"search --top few --query a" + texts, ExitUsage, "for --top: use a whole number"},
		"no hits":                      {"search --top 0 --query a" + texts, ExitUsage, "--top 0 shows no hit: use at least 1"},
		"a weight below nothing":       {"search --bm25-weight -1 --query a" + texts, ExitUsage, "use a number from 0 on"},
		"two formats":                  {"search --json --trec --query a" + texts, ExitUsage, "exclude each other"},
		"words are not compared":       {"compare --models local/bm25" + texts, ExitUsage, "local/bm25 searches by words and has no vectors"},
		"words have no duplicates":     {"duplicates --models local/compass,local/compass+bm25" + texts, ExitUsage, "local/compass+bm25 searches by words and has no vectors"},
		"words have no vectors either": {"embed --model local/bm25" + texts, ExitUsage, "local/bm25 searches by words and has no vectors"},
		"a model that is not":          {"search --models local/nothing+bm25 --query a" + texts, ExitUsage, "nothing"},
		"no texts":                     {"search --models local/bm25 --query a", ExitUsage, "there are no texts"},
	} {
		s := newSession(t)
		s.isTerminal = func(any) bool { return true }
		out := s.expect(t, c.code, c.line)
		line := strings.TrimSpace(s.err.String())
		if strings.Contains(line, "\n") || !strings.Contains(ansi.Strip(line), c.says) || out != "" {
			t.Errorf("%s: %s\n%s", name, line, out)
		}
	}
	s := newSession(t)
	if code := s.run(t.Context(), []string{"search", "--query", " ", strings.TrimSpace(texts)}); code != ExitUsage || !strings.Contains(s.err.String(), "the query is empty") {
		t.Errorf("%d: %s", code, s.err.String())
	}
}

func TestSearchFitsEightyColumns(t *testing.T) {
	long := strings.Repeat("a-very-long-name-of-a-text-", 3)
	texts := file(t, "long.csv", "id,text\n"+long+"1,east \x1b[31m wind\n"+long+"2,"+strings.Repeat("north 東京 ", 40)+"\n")
	s := newSession(t)
	out := s.expect(t, ExitDone, "search --models local/compass,local/mirror,local/bm25,local/compass+bm25 --query east "+texts)
	if strings.Contains(out, "\x1b") {
		t.Error("an escape sequence comes through")
	}
	for line := range strings.Lines(out) {
		if w := ansi.StringWidth(strings.TrimRight(line, "\n")); w > 80 {
			t.Errorf("%d columns: %s", w, line)
		}
	}
	if !strings.Contains(out, "-1 1.00") || !strings.Contains(out, "-2 0.00") {
		t.Errorf("names are not told apart:\n%s", out)
	}
}

func TestTheQueriesOfASetAreAsked(t *testing.T) {
	s := newSession(t)
	out := s.expect(t, ExitDone, "search --set faq --models local/bm25 --top 1")
	for _, want := range []string{"Query 16: ", "At 14 queries with a relevant text"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if strings.Contains(out, "The score under which a query has no answer") {
		t.Errorf("words have scores that compare within one query alone, and a floor\n%s", out)
	}
	out = newSession(t).expect(t, ExitDone, "search --set faq --models local/use-lite,local/use-lite+bm25 --top 1", withLocal)
	if !strings.Contains(out, "local/use-lite@512: too few queries without an answer to tell.") || strings.Contains(out, "+bm25: too few") {
		t.Errorf("two queries without an answer tell of a floor\n%s", out)
	}
}

func TestASearchThatCostsMoneyIsAgreedTo(t *testing.T) {
	texts := file(t, "bearings.csv", bearings)
	s := newSession(t)
	s.Environ = append(s.Environ, "NANOGPT_API_KEY=none")
	s.expect(t, ExitUsage, "search --query east --models nanogpt/BAAI/bge-m3,local/bm25 "+texts)
	if !strings.Contains(s.err.String(), "nothing was sent") {
		t.Error(s.err.String())
	}
	s = newSession(t)
	if out := s.expect(t, ExitDone, "search --query east --models nanogpt/BAAI/bge-m3+bm25 --dry-run --json "+texts); strings.Count(out, `"nanogpt/BAAI/bge-m3"`) < 2 {
		t.Errorf("the query and the texts have a cost each:\n%s", out)
	}
}

// A query that names a text which is not there takes no part in what is measured.
func TestAQueryWhoseTextIsNotThereIsNotMeasured(t *testing.T) {
	texts := file(t, "gales.csv", gales)
	measured := func(queries string) string {
		out := newSession(t).expect(t, ExitDone, "search --top 1 --models local/compass,local/bm25 --queries "+file(t, "q.csv", queries)+" "+texts)
		at := strings.Index(out, "with a relevant text")
		if at < 0 {
			t.Fatalf("nothing is measured:\n%s", out)
		}
		return out[strings.LastIndex(out[:at], "\n")+1:]
	}
	one := "query,relevant\neast of what,e1\nnorth,n3\n"
	if whole, part := measured(one), measured(one+"up,nowhere\n"); whole != part {
		t.Errorf("with a query that cannot be judged it is measured\n%s\nwithout it\n%s", part, whole)
	}
}
