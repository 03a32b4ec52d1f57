package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// gales are texts of two groups that a compass tells apart, but for one.
const gales = "id,text,group\n" +
	"e1,east wind,east\ne2,east gale,east\ne3,north-east breeze,east\n" +
	"n1,north wind,north\nn2,north gale,north\nn3,up north,north\n"

// times are of this machine.
var times = regexp.MustCompile(`("milliseconds":)[\d.]+`)

func TestEvaluate(t *testing.T) {
	pairs := "a,b,score\ne1,e2,1\nn1,n2,1\ne1,n1,0\ne2,n3,0\n"
	graded := "a,b,score\neast wind,north-east,5\neast,north,1\nnorth,north-east,3\n"
	queries := "id,query,relevant\nq1,east of what,e1:2 e2\nq2,north or not,n1\nq3,no direction at all,\n"
	const models = " --models local/compass,local/mirror@2 --resamples 100 "
	for _, c := range []struct{ name, line string }{
		{"groups json", "evaluate --json" + models + "--groups " + file(t, "gales.csv", gales)},
		{"groups text", "evaluate" + models + file(t, "gales.csv", gales)},
		{"pairs markdown", "evaluate --markdown" + models + "--pairs " + file(t, "pairs.csv", pairs) + " " + file(t, "gales.csv", gales)},
		{"graded pairs text", "evaluate" + models + "--pairs " + file(t, "graded.csv", graded)},
		{"graded pairs json", "evaluate --json" + models + "--pairs " + file(t, "graded.csv", graded)},
		{"queries json", "evaluate --json" + models + "--corpus " + file(t, "gales.csv", gales) + " --queries " + file(t, "queries.csv", queries)},
		{"queries and documents markdown", "evaluate --markdown --documents 1200000" + models + "--queries " + file(t, "queries.csv", queries) + " " + file(t, "gales.csv", gales)},
		{"limited groups text", "evaluate --max-dimensions 2 --no-cuts" + models + file(t, "gales.csv", gales)},
		{"queries text", "evaluate" + models + "--corpus " + file(t, "gales.csv", gales) + " --queries " + file(t, "queries.csv", queries)},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSession(t)
			s.do(t, c.line)
			golden.RequireEqual(t, times.ReplaceAllString(s.out.String()+s.err.String(), "${1}0"))
		})
	}
}

func TestEvaluateNamesTextsThatAreTheSameInTwoGroups(t *testing.T) {
	const models = "evaluate --models local/compass,local/mirror@2 --resamples 100 "
	const says = "Texts 1 and 7 are the same, in different groups"
	s := newSession(t)
	s.do(t, models+file(t, "torn.csv", gales+"n4,east wind,north\n"))
	if !strings.Contains(s.err.String(), says) || strings.Contains(s.out.String(), says) {
		t.Errorf("%s\n%s", s.err.String(), s.out.String())
	}
	s = newSession(t)
	s.do(t, models+file(t, "gales.csv", gales))
	if strings.Contains(s.err.String(), "the same, in different") {
		t.Error(s.err.String())
	}
}

func TestEvaluateSaysHowManyTextsEachModelCannotRead(t *testing.T) {
	out := newSession(t).expect(t, ExitFailed, "evaluate --resamples 60 --set multilingual --models local/use-lite,local/glove,local/ngrams", withLocal)
	if !strings.Contains(out, "no vector for") || !strings.Contains(out, "18 of 40 texts") || !strings.Contains(out, "10 of 40 texts") ||
		!strings.Contains(out, "\nlocal/use-lite and local/glove read English only: vecscope models lists those that read other languages.\n") {
		t.Error(out)
	}
	if out = newSession(t).expect(t, ExitDone, "evaluate --resamples 60 --set multilingual --models local/ngrams", withLocal); strings.Contains(out, "English only") {
		t.Error(out)
	}
	out = newSession(t).expect(t, ExitFailed, "evaluate --json --resamples 60 --set multilingual --models local/glove,local/ngrams", withLocal)
	if !strings.Contains(out, `"left_out":18`) || !strings.Contains(out, `"drawn_of":0`) || !strings.Contains(out, `"texts_without_vector":18`) {
		t.Error(out)
	}
	out = newSession(t).expect(t, ExitFailed, "compare --set multilingual --models local/glove,local/ngrams", withLocal)
	if !strings.Contains(out, "These are scores over 22 of 40 labelled texts · local/glove@100: no vector for 18 of 40 texts.") {
		t.Error(out)
	}
}

func TestEvaluateIsTheSameForTheSameSeed(t *testing.T) {
	line := "evaluate --json --resamples 60 --models local/compass,local/mirror " + file(t, "gales.csv", gales)
	verdict := func(line string) string {
		s := newSession(t)
		s.do(t, line)
		var out struct {
			Candidates []struct {
				Metrics map[string]struct{ Value, Low, High *float64 }
			}
			Seed int
		}
		if err := json.Unmarshal(s.out.Bytes(), &out); err != nil {
			t.Fatalf("%v in\n%s%s", err, s.out.String(), s.err.String())
		}
		b, _ := json.Marshal(out.Candidates)
		return string(b)
	}
	if one, two := verdict(line+" --seed 5"), verdict(line+" --seed 5"); one != two {
		t.Errorf("the same seed gives\n%s\nand\n%s", one, two)
	}
	if one, two := verdict(line+" --seed 5"), verdict(line+" --seed 6"); one == two {
		t.Error("another seed gives the same intervals")
	}
}

func TestEvaluateWritesEveryItem(t *testing.T) {
	queries := file(t, "queries.csv", "id,query,relevant\nq 1,east of what,e1\n")
	pairs := file(t, "pairs.csv", "a,b,score\ne1,n1,0\ne1,e3,1\n")
	for name, c := range map[string]struct{ line, want string }{
		"groups.tsv": {"", "text\tgroup\tlocal/compass@3 nearest\tlocal/compass@3 similarity\tlocal/compass@3 in_group\ne1\teast\t"},
		"pairs.tsv":  {"--pairs " + pairs, "a\tb\tscore\tlocal/compass@3\ne1\tn1\t0\t0\ne1\te3\t1\t0.6\n"},
		"run.trec":   {"--queries " + queries, "q_1 Q0 e"},
	} {
		path := filepath.Join(t.TempDir(), name)
		s := newSession(t)
		s.do(t, "evaluate --models local/compass --resamples 20 --per-item "+path+" "+c.line+" "+file(t, "gales.csv", gales))
		got, err := os.ReadFile(path)
		if err != nil || !strings.HasPrefix(string(got), c.want) {
			t.Errorf("%s: %v\n%s%s", name, err, got, s.err.String())
		}
	}
}

func TestWhatIsLeftOutOfABEIRFolderIsSaid(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "small")
	for name, content := range map[string]string{
		"corpus.jsonl":  `{"_id":"e","text":"east"}` + "\n" + `{"_id":"n","text":"north"}` + "\n" + `{"_id":"x","text":""}` + "\n",
		"queries.jsonl": `{"_id":"q1","text":"east wind"}` + "\n" + `{"_id":"q2","text":"to the north"}` + "\n",
		"qrels/dev.tsv": "query-id\tcorpus-id\tscore\nq1\te\t1\nq1\tx\t1\nq2\tn\t1\n",
	} {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := newSession(t)
	s.do(t, "evaluate --models local/compass --resamples 20 --beir "+folder)
	for _, want := range []string{"vecscope: small: judged by " + filepath.Join("qrels", "dev.tsv"), "small: 1 text without a word left out", "1 judgment of such a text left out, from line 3 of dev.tsv on"} {
		if !strings.Contains(s.err.String(), want) {
			t.Errorf("%q lacks %q", s.err.String(), want)
		}
	}
}

func TestWhetherIntervalsAreGivenIsSaidAsItIs(t *testing.T) {
	texts := file(t, "faq.csv", strings.NewReplacer("nr", "id", "frage", "text", "thema", "group").Replace(faq))
	for pairs, want := range map[string]string{
		"a,b,1 b,c,0 a,c,0 d,e,1": "\nNo intervals under 5 items: they would look certain.\n", "a,b,1 b,c,0 a,c,0 d,e,1 e,f,0": "\nIntervals of 95% from 20 resamples (pairs that share texts drawn together), seed 1. ",
		"a,b,1 c,d,1 a,c,0 b,e,0 e,f,1": "\nNo intervals: resampling tells too little of so few independent items.\n",
	} {
		s := newSession(t)
		out := s.expect(t, ExitDone, "evaluate --models local/glove --resamples 20 --pairs "+file(t, "pairs.csv", "a,b,score\n"+strings.ReplaceAll(pairs, " ", "\n"))+" "+texts, withLocal)
		if given := strings.Contains(out, " … "); !strings.Contains(out, want) || given != strings.Contains(want, "Intervals") {
			t.Errorf("of the pairs %s %q is not said, or intervals are given (%t), in\n%s", pairs, want, given, out)
		}
	}
}

func TestLabelsThatCannotBeUsedAreOneLine(t *testing.T) {
	texts := file(t, "gales.csv", gales)
	for name, c := range map[string]struct {
		line string
		code int
		want []string
	}{
		"no groups":           {"evaluate " + file(t, "plain.txt", "east\nnorth\n"), ExitFailed, []string{"no text has a group"}},
		"one group":           {"evaluate --groups " + file(t, "one.csv", "text,group\neast,g\nnorth,g\n"), ExitFailed, []string{"one.csv", "nothing is to be told apart"}},
		"equal labels":        {"evaluate --pairs " + file(t, "same.csv", "a,b,score\ne1,e2,1\nn1,n2,1\n") + " " + texts, ExitFailed, []string{"same.csv", "score 1", "label pairs that differ too"}},
		"a text that is not":  {"evaluate --pairs " + file(t, "gone.csv", "a,b,score\ne1,e2,1\nzz,n2,0\n") + " " + texts, ExitFailed, []string{"gone.csv, line 3", `"zz"`}},
		"a score that is NaN": {"evaluate --pairs " + file(t, "nan.csv", "a,b,score\ne1,e2,NaN\n") + " " + texts, ExitFailed, []string{"nan.csv, line 2", "not a number"}},
		"no qrels":            {"evaluate --beir " + filepath.Dir(texts), ExitFailed, []string{"qrels"}},
		"two kinds":           {"evaluate --pairs a.csv --queries b.csv", ExitUsage, []string{"--pairs and --queries exclude each other"}},
		"a folder and a file": {"evaluate --beir folder " + texts, ExitUsage, []string{"--beir brings texts of its own"}},
		"a folder and a set":  {"evaluate --beir folder --set faq", ExitUsage, []string{"--beir brings texts of its own"}},
		"labels for texts":    {"evaluate " + file(t, "pairs.csv", "a,b,score\ne1,n1,1\n"), ExitUsage, []string{"pairs.csv holds labels and no texts: name it with --pairs"}},
		"queries for texts":   {"evaluate " + texts + " " + file(t, "queries.csv", "query,relevant\nq,e1\n"), ExitUsage, []string{"queries.csv holds labels and no texts: name it with --queries"}},
		"a corpus alone":      {"evaluate --corpus " + texts, ExitUsage, []string{"--corpus names texts to search, but there are no queries"}},
		"pairs in a corpus":   {"evaluate --corpus " + texts + " --pairs pairs.csv", ExitUsage, []string{"--corpus names texts to search, but there are no queries"}},
		"a limit under 0":     {"evaluate --max-latency -1 " + texts, ExitUsage, []string{"a limit under 0 leaves no model"}},
		"no documents":        {"evaluate --documents -1 " + texts, ExitUsage, []string{"--documents -1 are too few to cost anything"}},
		"words without texts": {"evaluate --models local/bm25 " + texts, ExitUsage, []string{"local/bm25 searches"}},
		"too few resamples":   {"evaluate --resamples 3 " + texts, ExitUsage, []string{"use at least 20"}},
	} {
		s := newSession(t)
		s.expect(t, c.code, c.line)
		line := strings.TrimSpace(s.err.String())
		if strings.Contains(line, "\n") {
			t.Errorf("%s: more than one line:\n%s", name, line)
		}
		for _, want := range c.want {
			if !strings.Contains(line, want) {
				t.Errorf("%s: %q lacks %q", name, line, want)
			}
		}
	}
}

func TestEvaluateAsksForQueriesAndTextsWithinOneLimit(t *testing.T) {
	queries := file(t, "queries.csv", "query,relevant\neast or not,e1\n")
	line := "evaluate --models nanogpt/BAAI/bge-m3 --dry-run --json --corpus " + file(t, "gales.csv", gales) + " --queries " + queries
	s := newSession(t)
	s.do(t, line)
	if got := strings.Count(s.out.String(), `"nanogpt/BAAI/bge-m3"`); got < 2 {
		t.Errorf("the costs name the model %d times, for texts and queries it is two\n%s%s", got, s.out.String(), s.err.String())
	}
}

// In a dry run, too, a long query is one of the queries, of which there may be more than
// texts.
func TestALongQueryIsCalledOne(t *testing.T) {
	queries := file(t, "queries.csv", "id,query,relevant\nq1,north,n\nq2,east,e\nq3,east "+strings.Repeat("wind ", 600)+",e\n")
	texts := file(t, "two.csv", "id,text\ne,east wind\nn,north gale\n")
	const model = "nanogpt/BAAI/bge-large-en-v1.5"
	for _, command := range []string{"evaluate --dry-run --corpus ", "search --dry-run "} {
		for flag, want := range map[string]string{"": "\n" + model + " reads 512 tokens, and 1 query is longer (q3): only the beginning is sent", "--json ": `"too_long":["q3"]`} {
			s := newSession(t)
			s.Environ = append(s.Environ, "NANOGPT_API_KEY=none")
			if out := s.expect(t, ExitDone, command+texts+" "+flag+"--models "+model+" --queries "+queries); strings.Count(out, want) != 1 {
				t.Errorf("%s%s prints\n%s", command, flag, out)
			}
		}
	}
}

func TestRolesOffOnAndBoth(t *testing.T) {
	wants := chosen{api.Candidate{Model: "s/e5"}, api.Model{Provider: "s", ID: "e5", Roles: api.Roles{Query: api.Manner{Prefix: "query: "}, From: api.RolesPreset}}}
	plain := chosen{api.Candidate{Model: "s/mini"}, api.Model{Provider: "s", ID: "mini"}}
	for roles, want := range map[string][]string{
		"":     {"s/e5 query: ", "s/mini "},
		"on":   {"s/e5 query: ", "s/mini "},
		"off":  {"s/e5 ", "s/mini "},
		"both": {"s/e5 query: ", "s/e5 ", "s/mini "},
	} {
		var got []string
		for _, c := range inRoles([]chosen{wants, plain}, roles) {
			got = append(got, c.Model+" "+c.model.Roles.Query.Prefix)
		}
		if !slices.Equal(got, want) {
			t.Errorf("--roles %s gives %q, want %q", roles, got, want)
		}
	}
}

func TestPaidModelsAreAskedAsRolesSay(t *testing.T) {
	texts, queries := " --yes --models nanogpt/BAAI/bge-large-en-v1.5 ", " --queries "+file(t, "queries.csv", "query,relevant\neast or not,e1\n")
	corpus := file(t, "gales.csv", gales)
	const prefixed = "Represent this sentence for searching relevant passages: east or not"
	for line, want := range map[string][]string{
		"evaluate --resamples 20 --roles on" + texts + "--corpus " + corpus + queries:   {prefixed},
		"evaluate --resamples 20 --roles off" + texts + "--corpus " + corpus + queries:  {"east or not"},
		"evaluate --resamples 20 --roles both" + texts + "--corpus " + corpus + queries: {prefixed, "east or not"},
		"search --roles off" + texts + corpus + queries:                                 {"east or not"},
	} {
		server := apitest.New(t, apitest.Options{Quick: true})
		s := withServer(t, server, "")
		s.expect(t, ExitDone, line)
		var sent []string
		for _, asked := range server.Embeddings() {
			if len(asked.Inputs) == 1 {
				sent = append(sent, asked.Inputs[0])
			}
		}
		slices.Sort(sent)
		if !slices.Equal(sent, want) || strings.Contains(s.out.String(), "not agreed to") {
			t.Errorf("%s sends %q, want %q\n%s", line, sent, want, s.out.String())
		}
		// Of two that are told apart by their roles alone, one is said to go without.
		with := regexp.MustCompile(`(?m)^nanogpt/BAAI/bge-large-en-v1\.5@1024  `).FindString(s.out.String()) != ""
		without := strings.Contains(s.out.String(), "\nnanogpt/BAAI/bge-large-en-v1.5@1024"+plainly+" ")
		if evaluated := strings.HasPrefix(line, "evaluate"); evaluated && (!with || without != (len(want) > 1)) {
			t.Errorf("%s names the one with roles: %t, without: %t\n%s", line, with, without, s.out.String())
		}
	}
}

func TestItemsThatCannotBeWrittenCostNothingElse(t *testing.T) {
	s := newSession(t)
	s.expect(t, ExitFailed, "evaluate --resamples 20 --per-item "+filepath.Join(file(t, "no-folder", "x"), "x.tsv")+" "+file(t, "gales.csv", gales))
	if !strings.Contains(s.out.String(), "Verdict on 6 labelled texts") || !strings.Contains(s.err.String(), "writing what every model makes of every item") {
		t.Errorf("it prints\n%s\nand says\n%s", s.out.String(), s.err.String())
	}
}

// oneSize are queries over two texts, which are one size alone to rank against; two
// queries have an answer, and the last of three has none.
func oneSize(t *testing.T) string {
	return " --corpus " + file(t, "two.csv", "id,text\ne,east wind\nn,north gale\n") +
		" --queries " + file(t, "queries.csv", "query,relevant\neast rain,e\nnorth gale,n\nnorth-east of it,\n") + " "
}

func TestOneSizeOfTextsIsNoPartOfThem(t *testing.T) {
	out := newSession(t).expect(t, ExitDone, "evaluate --resamples 60 --models local/compass"+oneSize(t))
	if strings.Contains(out, "against a part of the texts") || !strings.Contains(out, "Hits that nobody judged\n") || strings.Contains(out, "  2 texts") {
		t.Error(out)
	}
}

func TestFewQueriesWithoutAnAnswerTellOfNoFloor(t *testing.T) {
	out := newSession(t).expect(t, ExitDone, "evaluate --resamples 60 --models local/compass,local/bm25"+oneSize(t))
	if !strings.Contains(out, "local/compass@3: too few queries without an answer to tell.") || strings.Contains(out, "local/bm25: too few") {
		t.Error(out)
	}
}

func TestASecondFileIsRefusedWhereTheFirstWouldBeLost(t *testing.T) {
	for command, flags := range map[string][]string{
		"evaluate":    {"set", "groups", "pairs", "corpus", "queries", "beir", "per-item"},
		"search":      {"set", "query", "queries"},
		"compare":     {"set"},
		"embed":       {"model", "prefix"},
		"models":      {"provider"},
		"cache prune": {"model"},
	} {
		for _, flag := range flags {
			s := newSession(t)
			s.expect(t, ExitUsage, command+" --"+flag+" one --"+flag+" two")
			if line := s.err.String(); strings.Count(line, "\n") != 1 || !strings.Contains(line, "it is given twice: ") {
				t.Errorf("%s --%s says %q", command, flag, line)
			}
		}
	}
}

// fusable are queries over texts in which a word, a direction or both point to the answer.
func fusable(t *testing.T) string {
	return " --corpus " + file(t, "texts.csv", "id,text\ne,east wind\nn,north gale\ns,a gale from the south\nw,wind in the west\n") +
		" --queries " + file(t, "queries.csv", "query,relevant\neast rain,e\nnorth gale,n\nwind of the west,w\na south storm,s\n") + " "
}

func TestEvaluateRanksAModelTogetherWithWords(t *testing.T) {
	const own, fused, words = "local/compass@3 ", "local/compass@3+bm25 ", "local/bm25 "
	at := func(out, row string) int { return strings.Index(out, "\n"+row) }
	for models, want := range map[string][]string{
		"local/compass,local/compass+bm25":            {own, fused, words},
		"local/compass+bm25":                          {fused, words},
		"local/compass+bm25,local/bm25,local/compass": {own, fused, words},
	} {
		out := newSession(t).expect(t, ExitFailed, "evaluate --resamples 60 --models "+models+fusable(t)) // compass reads no south and no west
		for i, row := range want {
			if at(out, row) < 0 || i > 0 && at(out, row) < at(out, want[i-1]) {
				t.Errorf("%s lacks the row %q in its place:\n%s", models, row, out)
			}
		}
		if len(want) == 2 && at(out, own) >= 0 {
			t.Errorf("%s has a row that nobody asked for:\n%s", models, out)
		}
	}
	alone := newSession(t).expect(t, ExitFailed, "evaluate --resamples 60 --json --models local/compass,local/compass+bm25 --bm25-weight 0"+fusable(t))
	var e struct {
		Candidates []struct {
			ID      string
			Metrics map[string]struct{ Value float64 }
		}
	}
	if err := json.Unmarshal([]byte(alone), &e); err != nil || e.Candidates[0].Metrics["mrr"] != e.Candidates[1].Metrics["mrr"] {
		t.Errorf("with words that weigh nothing the figures are %+v (%v)", e.Candidates, err)
	}
	floors := newSession(t).expect(t, ExitDone, "evaluate --resamples 60 --models local/compass,local/compass+bm25"+oneSize(t))
	if !strings.Contains(floors, "local/compass@3: too few") || strings.Contains(floors, "+bm25: too few") {
		t.Errorf("a fused row has a score from which on a query has an answer:\n%s", floors)
	}
	for flags, say := range map[string]string{
		"--models local/compass+bm25 --groups " + file(t, "g.csv", "text,group\neast,a\nnorth,b\nwest,a\nsouth,b\n"): "local/compass+bm25 searches",
		"--models local/compass --bm25-weight -1" + fusable(t):                                                       "use a number from 0 on",
	} {
		s := newSession(t)
		s.expect(t, ExitUsage, "evaluate "+flags)
		if got := s.err.String(); !strings.Contains(got, say) {
			t.Errorf("%s says %q", flags, got)
		}
	}
}

func TestTextsThatQueriesSearchAreSentAsDocuments(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "[[provider.models]]\nid = \"BAAI/bge-m3\"\nquery_prefix = \"asked: \"\ndocument_prefix = \"searched: \"\n")
	s.do(t, "evaluate --resamples 20 --yes --models nanogpt/BAAI/bge-m3"+oneSize(t))
	var sent []string
	for _, r := range server.Embeddings() {
		sent = append(sent, r.Inputs...)
	}
	all := strings.Join(sent, "\n")
	if strings.Count(all, "searched: ") != 2 || strings.Count(all, "asked: ") != 3 {
		t.Errorf("sent were\n%s\n%s", all, s.err.String())
	}
}

func TestFusionHasTheWeightAndTheRowsThatAreAskedFor(t *testing.T) {
	both, alone := &pipeline.Result{}, &pipeline.Result{}
	ev := &evaluation{weight: .25}
	f, err := ev.fusion(t.Context(), []string{"east wind", "north gale"}, []string{"gale"}, map[*pipeline.Result]shape{both: {true, true}, alone: {own: true}})
	if err != nil || f.Weight != .25 || !slices.Equal(f.Asked, []string{"gale"}) || f.Index == nil {
		t.Fatalf("%+v, %v", f, err)
	}
	for r, want := range map[*pipeline.Result]shape{both: {true, true}, alone: {true, false}} {
		if own, fused := f.Rows(r); own != want.own || fused != want.fused {
			t.Errorf("own %v and fused %v, want %+v", own, fused, want)
		}
	}
	if f, err := ev.fusion(t.Context(), nil, nil, map[*pipeline.Result]shape{alone: {own: true}}); f != nil || err != nil {
		t.Errorf("%+v, %v without a fused row", f, err)
	}
}
