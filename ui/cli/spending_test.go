package cli

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/spending"
)

// breezes is a table without a text that the compass cannot place.
const breezes = "id,text\ne,east wind\nne,north-east wind\nn,north wind\n"

// manyWords is a file of texts whose embedding costs some cents at the prices of
// expensiveServer.
func manyWords(t *testing.T) string {
	return file(t, "texts.csv", "id,text\nA,east "+strings.Repeat("wind ", 200)+"\nB,north "+strings.Repeat("wind ", 200)+"\n")
}

// expensive is a session with a server whose model costs 100 US dollars for a
// million tokens, so that manyWords costs about four cents.
func expensive(t *testing.T, more string) (*session, *apitest.Server) {
	server := apitest.New(t, apitest.Options{Quick: true})
	models := server.Models()
	for i := range models {
		price := 100.0
		models[i].Price = &price
	}
	server.SetModels(models)
	s := withServer(t, server, more)
	s.expect(t, ExitDone, "models --refresh")
	return s.again(t), server
}

func TestYesPaysUpToTheLimitARun(t *testing.T) {
	const small = " --model nanogpt/text-embedding-3-small "
	for _, tt := range []struct {
		name, settings, flags string
		code                  int
		want                  string
	}{
		{"the default limit covers it", "", "--yes", ExitDone, "spent $0.0"},
		{"a limit in the settings does not", "[spending]\nper_run = 0.01\n", "--yes", ExitUsage, "more than your limit of $0.01 a run: nothing was sent; allow it with --max-cost 0.0"},
		{"nor does one of a session", "[spending]\nper_session = 0.01\n", "--yes", ExitUsage, "more than your limit of $0.01 a run"},
		{"--max-cost goes above it", "[spending]\nper_run = 0.01\n", "--max-cost 1", ExitDone, "spent $0.0"},
		{"with --yes too", "[spending]\nper_run = 0.01\n", "--yes --max-cost $1", ExitDone, "spent $0.0"},
		{"--max-cost stays the most", "[spending]\nper_run = 5\n", "--yes --max-cost 0.01", ExitUsage, "more than --max-cost $0.01: nothing was sent"},
		{"a limit in the settings alone spends nothing", "[spending]\nper_run = 5\n", "", ExitUsage, "nothing was sent; allow it with --yes"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, server := expensive(t, tt.settings)
			s.expect(t, tt.code, "embed "+tt.flags+small+manyWords(t))
			if !strings.Contains(s.err.String(), tt.want) {
				t.Errorf("%q lacks %q", s.err.String(), tt.want)
			}
			if sent := len(server.Embeddings()) > 0; sent != (tt.code == ExitDone) {
				t.Errorf("sent: %t", sent)
			}
		})
	}
}

func TestADryRunWithoutAKeyTellsTheCostAndWhatIsMissing(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "")
	texts := file(t, "texts.csv", winds)
	s.expect(t, ExitDone, "embed --yes --model nanogpt/BAAI/bge-m3 "+texts)
	asked := len(server.Requests())

	locked := s.again(t)
	locked.Environ = append(locked.Environ, "NANOGPT_API_KEY=")
	out := locked.expect(t, ExitDone, "compare --dry-run "+twoPaid+",local/compass "+texts)
	for _, want := range []string{
		"nanogpt/text-embedding-3-small      4       0", "<$0.000001", "nanogpt/BAAI/bge-m3                 4       4", "cached: $0",
		"Nothing was sent.\nnanogpt needs a key: set NANOGPT_API_KEY\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%s\nlacks %q", out, want)
		}
	}
	if len(server.Requests()) != asked {
		t.Error("a dry run asked the server")
	}

	var doc struct {
		Estimates []struct {
			Model, Reason string
			Available     bool
			Cached        int
			CostUSD       *float64 `json:"cost_usd"`
		}
		CostUSD       *float64 `json:"cost_usd"`
		CostUSDAtMost *float64 `json:"cost_usd_at_most"`
	}
	again := s.again(t)
	again.Environ = append(again.Environ, "NANOGPT_API_KEY=")
	if err := json.Unmarshal([]byte(again.expect(t, ExitDone, "compare --json --dry-run "+twoPaid+" "+texts)), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Estimates) != 2 || doc.Estimates[0].Available || !strings.Contains(doc.Estimates[0].Reason, "NANOGPT_API_KEY") ||
		doc.Estimates[1].Cached != 4 || doc.CostUSD == nil || *doc.CostUSD <= 0 || doc.CostUSDAtMost == nil {
		t.Errorf("%+v", doc)
	}
}

// longTable has two texts that bge-m3 does not read whole.
func longTable(t *testing.T) string {
	long := strings.Repeat("antidisestablishmentarianism ", 1700) // few words of many tokens are counted sooner
	return file(t, "tickets.csv", "id,text\nT1,now "+long+"\nT2,east\nT3,again "+long+"\n")
}

func TestWhatBecomesOfLongTexts(t *testing.T) {
	const longer = "nanogpt/text-embedding-3-small reads 8191 tokens, and 2 texts are longer (T1, T3): "
	const skipped = "2 texts have no vector (T1, T3): left out: longer than the 8191 tokens that the model reads"
	const counted = "no vector for 2 of 3 texts; see Missing in the report"
	const failed = longer + "nothing was sent; shorten what is too long, or use --long-texts cut or skip"
	for _, tt := range []struct {
		line   string
		code   int
		say    string
		inputs int
	}{
		{"compare --models", ExitDone, longer + "only the beginning is sent (see --long-texts)", 3},
		{"embed --long-texts cut --model", ExitDone, longer + "only the beginning is sent", 3},
		{"compare --long-texts skip --models", ExitFailed, counted, 1},
		{"duplicates --long-texts skip --models", ExitFailed, counted, 1},
		{"embed --long-texts skip --model", ExitFailed, skipped, 1},
		{"duplicates --long-texts fail --models", ExitFailed, failed, 0},
		{"embed --long-texts fail --model", ExitFailed, failed, 0},
		{"embed --long-texts chop --model", ExitUsage, "cut, skip or fail", 0},
	} {
		t.Run(tt.line, func(t *testing.T) {
			server := apitest.New(t, apitest.Options{Quick: true})
			s := withServer(t, server, "")
			out := s.expect(t, tt.code, tt.line+" nanogpt/text-embedding-3-small --yes "+longTable(t))
			inputs := 0
			for _, r := range server.Embeddings() {
				inputs += len(r.Inputs)
			}
			if inputs != tt.inputs {
				t.Errorf("%d texts were sent, want %d", inputs, tt.inputs)
			}
			if strings.Count(s.err.String(), tt.say) != 1 || strings.Contains(s.err.String(), "read only the beginning") {
				t.Errorf("%q does not say once %q", s.err.String(), tt.say)
			}
			if strings.Contains(tt.line, "skip") && strings.Contains(s.err.String(), longer) {
				t.Errorf("what is left out is said to be sent: %q", s.err.String())
			}
			if tt.say == counted && (strings.Count(out, skipped) != 1 || strings.Contains(s.err.String(), skipped)) {
				t.Errorf("not said once, in the report, why:\n%s\n%s", out, s.err.String())
			}
		})
	}
	s := withServer(t, apitest.New(t, apitest.Options{Quick: true}), "")
	out := s.expect(t, ExitDone, "embed --dry-run --model nanogpt/text-embedding-3-small "+longTable(t))
	if !strings.Contains(out, longer+"only the beginning is sent") {
		t.Errorf("the dry run does not list them:\n%s", out)
	}
	out = s.again(t).expect(t, ExitDone, "embed --dry-run --model nanogpt/BAAI/bge-m3 "+longTable(t))
	if !strings.Contains(out, "only the beginning is sent, about the first 6144 tokens by vecscope's own count, to be safe") {
		t.Errorf("the dry run does not say how much is sent:\n%s", out)
	}
}

func TestLongTextsOfTheModelsInsideTheBinary(t *testing.T) {
	texts := longTable(t)
	s := newSession(t)
	s.expect(t, ExitDone, "embed --model local/use-lite "+texts, withLocal)
	if want := "local/use-lite@512 read only the beginning of 2 texts (its limit is 128 tokens): T1, T3\n"; !strings.HasSuffix(s.err.String(), want) {
		t.Errorf("embed says %q", s.err.String())
	}
	skipped := newSession(t)
	out := skipped.expect(t, ExitFailed, "embed --long-texts skip --model local/use-lite "+texts, withLocal)
	if strings.Count(out, `"embedding":null`) != 2 || !strings.Contains(skipped.err.String(), "2 texts have no vector") {
		t.Errorf("skip: %q", skipped.err.String())
	}
	failed := newSession(t)
	out = failed.expect(t, ExitFailed, "compare --long-texts fail --models local/use-lite,local/ngrams "+texts, withLocal)
	if !strings.Contains(failed.err.String(), "local/use-lite@512: local/use-lite reads 128 tokens, and 2 texts are longer (T1, T3)") || !strings.Contains(out, "Similarity under local/ngrams") {
		t.Errorf("fail: %q", failed.err.String())
	}
}

func TestOneLineSaysWhatWasSpent(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "")
	texts := file(t, "texts.csv", breezes)
	out := s.expect(t, ExitDone, "compare --yes --json --models nanogpt/text-embedding-3-small,nanogpt/text-embedding-3-small@256,local/compass "+texts)
	if want := "vecscope: spent less than $0.000001 for "; !strings.HasPrefix(s.err.String(), want) || strings.Count(s.err.String(), "\n") != 1 {
		t.Errorf("said %q", s.err.String())
	}
	var doc struct {
		Candidates []struct {
			ID       string
			Requests int
			Price    *float64 `json:"price_per_million_tokens"`
			P50      *float64 `json:"latency_p50_ms"`
		}
		Usage struct {
			CostUSD *float64 `json:"cost_usd"`
			Models  []struct {
				Model            string
				Tokens, Requests int
				CostUSD          *float64 `json:"cost_usd"`
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &doc); err != nil {
		t.Fatal(err)
	}
	// The two candidates of one model share what it cost.
	if len(doc.Candidates) != 3 || len(doc.Usage.Models) != 2 || *doc.Usage.CostUSD != *doc.Usage.Models[0].CostUSD || doc.Usage.Models[0].Requests != 1 {
		t.Errorf("%+v", doc)
	}
	if c := doc.Candidates[0]; c.Requests != 1 || c.Price == nil || *c.Price != 0.02 || c.P50 == nil {
		t.Errorf("%+v", c)
	}
	again := s.again(t)
	again.expect(t, ExitDone, "duplicates --models nanogpt/text-embedding-3-small "+texts)
	if got, want := again.err.String(), "vecscope: spent $0; 3 texts from the cache\n"; got != want {
		t.Errorf("of what comes from the cache it says %q, want %q", got, want)
	}
	text := s.again(t).expect(t, ExitDone, "compare --models nanogpt/text-embedding-3-small "+texts)
	for _, want := range []string{"$ per 1M tokens\n", "p50 ms  p95 ms\n", "cached  cost"} {
		if !strings.Contains(text, want) {
			t.Errorf("the table lacks %q:\n%s", want, text)
		}
	}
}

func TestWhatArrivedBeforeAFailureIsPrinted(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	for _, f := range apitest.Faults() {
		if f.Name() == "unpaid" {
			server.FailWhen(apitest.WithText("north wind"), f)
		}
	}
	s := withServer(t, server, "max_inputs = 1\nconcurrency = 1\n")
	out := s.expect(t, ExitFailed, "embed --yes --model nanogpt/BAAI/bge-m3 "+file(t, "texts.csv", winds))
	if n := strings.Count(out, "\n"); n != 4 || strings.Contains(strings.Split(out, "\n")[0], "null") || !strings.Contains(strings.Split(out, "\n")[2], `"embedding":null`) {
		t.Errorf("%d lines: %.2000s", n, out)
	}
	if lines := strings.Split(s.err.String(), "\n"); len(lines) != 3 || !strings.Contains(lines[0], "402") || !strings.HasPrefix(lines[1], "vecscope: spent ") {
		t.Errorf("said %q", s.err.String())
	}
}

func TestAnInterruptSaysWhatIsKeptAndMayBeCharged(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	before := withServer(t, server, "max_inputs = 1\nconcurrency = 1\n")
	before.expect(t, ExitDone, "compare --yes --models nanogpt/BAAI/bge-m3 "+file(t, "one.csv", "text\nno wind\n"))
	for _, f := range apitest.Faults() {
		if f.Name() == "hang" {
			server.FailWhen(apitest.WithText("north wind"), f)
		}
	}
	s := before.again(t) // the fourth text, which was paid for before, does not count
	texts := file(t, "texts.csv", winds)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	run, stop := context.WithCancel(ctx)
	go func() {
		defer stop()
		_ = server.Await(ctx, 4) // the third text hangs
	}()
	if code := s.run(run, strings.Fields("compare --yes --models nanogpt/BAAI/bge-m3 "+texts)); code != ExitInterrupted {
		t.Fatalf("exit code %d: %s", code, s.err.String())
	}
	for _, want := range []string{"interrupted; 2 vectors had arrived: they are kept and not paid for again\n", "for 1 request without a usable answer may be charged on top\n"} {
		if !strings.Contains(s.err.String(), want) {
			t.Errorf("%q lacks %q", s.err.String(), want)
		}
	}
}

// fullDisk is a log that takes no notes.
type fullDisk struct{}

func (fullDisk) Add(context.Context, api.Tally) error { return errors.New("no space left") }

func (fullDisk) Totals(context.Context) ([]api.Tally, error) { return nil, nil }

func TestWhatCannotBeNotedOfTheSpendingIsSaidOnce(t *testing.T) {
	s := newSession(t)
	s.ledger = spending.NewLedger(spending.Limits{PerRun: 1, PerSession: 1}, fullDisk{})
	for range 2 {
		approval := s.ledger.Approve(spending.Cost{Model: api.Model{Provider: "shop", ID: "good"}, Paid: true})[0]
		approval.Begin()
		approval.Record(api.Usage{Requests: 1, Tokens: 3})
		s.record(approval)
	}
	if got := s.servers.said; len(got) != 1 || got[0] != "what was spent is not noted: no space left" {
		t.Errorf("it says %q", got)
	}
}

// Under every fault a failure is one line that names the candidate once, and what
// to do; the other candidates are printed.
func TestAFaultIsOneLine(t *testing.T) {
	for _, tt := range []struct {
		fault string
		want  []string
	}{
		{"unauthorized", []string{"401", "NANOGPT_API_KEY", "[request req-"}},
		{"unpaid", []string{"402", "Insufficient balance", "add credit"}},
		{"not-found-page", []string{"404", "does not look like an embeddings API", "base_url"}},
		{"daily-limit", []string{"429", "opens again at"}},
		{"forbidden", []string{"403"}},
		{"login-page", []string{"does not look like an embeddings API"}},
		{"one-too-many", []string{"4 vectors for 3 texts"}},
		{"one-missing", []string{"2 vectors for 3 texts"}},
		{"index-twice", []string{"index"}},
		{"invalid-json", []string{"nanogpt answered 200"}},
	} {
		t.Run(tt.fault, func(t *testing.T) {
			server := apitest.New(t, apitest.Options{Quick: true})
			found := false
			for _, f := range apitest.Faults() {
				if f.Name() == tt.fault {
					server.FailWhen(apitest.Always(), f)
					found = true
				}
			}
			if !found {
				t.Fatal("there is no such fault")
			}
			s := withServer(t, server, "timeout = \"1s\"\n")
			out := s.expect(t, ExitFailed, "compare --yes --models nanogpt/BAAI/bge-m3,nanogpt/BAAI/bge-m3@512,local/compass "+file(t, "texts.csv", breezes))
			line, rest, _ := strings.Cut(s.err.String(), "\n")
			if rest != "" && !strings.HasPrefix(rest, "vecscope: spent ") {
				t.Errorf("more than one line: %q", rest)
			}
			if !strings.HasPrefix(line, "vecscope: nanogpt/BAAI/bge-m3@1024, nanogpt/BAAI/bge-m3@512: nanogpt answered ") {
				t.Errorf("%q", line)
			}
			for _, want := range tt.want {
				if !strings.Contains(line, want) {
					t.Errorf("%q lacks %q", line, want)
				}
			}
			if !strings.Contains(out, "Similarity under local/compass@3") || !strings.Contains(out, strings.TrimPrefix(line, "vecscope: ")) {
				t.Errorf("printed:\n%s", out)
			}
			s.keepsSecret(t, server.Key)
		})
	}
}
