package cli

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/api/apitest"
)

// The golden files are the promise about shapes: a change to one that is not an
// addition breaks the programs that read them.
func TestResults(t *testing.T) {
	const models = " --models local/compass,local/mirror@2,nanogpt/BAAI/bge-m3 "
	for _, c := range []struct {
		name, line string
		code       int
	}{
		{"models json", "models --provider local --json", ExitDone},
		{"models text", "models --provider local", ExitDone},
		{"sets json", "sets --json", ExitDone},
		{"sets text", "sets", ExitDone},
		{"compare json", "compare --json" + models, ExitFailed},
		{"compare text", "compare" + models, ExitFailed},
		{"compare markdown", "compare --markdown" + models, ExitFailed},
		{"duplicates json", "duplicates --json --threshold 0.7" + models, ExitFailed},
		{"duplicates text", "duplicates --threshold 0.7" + models, ExitFailed},
		{"duplicates tsv", "duplicates --tsv --threshold 0.7" + models, ExitFailed},
		{"clusters text", "duplicates --clusters --threshold 0.5" + models, ExitFailed},
		{"clusters json", "duplicates --clusters --json --threshold 0.5" + models, ExitFailed},
		{"clusters tsv", "duplicates --clusters --tsv --threshold 0.5" + models, ExitFailed},
		{"keep one text", "duplicates --keep-one --threshold 0.5" + models, ExitFailed},
		{"keep one tsv", "duplicates --keep-one --tsv --threshold 0.5" + models, ExitFailed},
		{"duplicates none", "duplicates --models local/compass", ExitFailed},
		{"embed jsonl", "embed --model local/compass@2", ExitFailed},
		{"embed json", "embed --model local/compass --json", ExitFailed},
		{"embed tsv", "embed --model local/compass --format tsv", ExitFailed},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSession(t)
			line := c.line
			if !strings.HasPrefix(line, "models") && !strings.HasPrefix(line, "sets") {
				line += " " + file(t, "winds.csv", winds)
			}
			golden.RequireEqual(t, s.expect(t, c.code, line))
		})
	}
}

func TestJSONIsOneDocument(t *testing.T) {
	texts := file(t, "winds.csv", winds)
	for _, line := range []string{
		"models --json",
		"sets --json",
		"compare --json " + texts,
		"compare --json --set polysemy --models nanogpt/BAAI/bge-m3",
		"duplicates --json " + texts,
		"embed --json --model local/compass " + texts,
		"duplicates --clusters --json " + texts,
		"search --json --query east " + texts,
		"search --json --query nowhere --models local/compass " + texts,
		"evaluate --json --resamples 20 " + file(t, "gales.csv", gales),
		"compare --json --dry-run --models local/compass,nanogpt/BAAI/bge-m3 " + texts,
		"usage --json", "cache --json", "cache stats --json", "providers --json",
	} {
		s := newSession(t)
		s.do(t, line)
		var document any
		if err := json.Unmarshal(s.out.Bytes(), &document); err != nil {
			t.Errorf("vecscope %s: %v in\n%s", line, err, s.out.String())
		}
	}
}

func TestEmptyListsAreNotNull(t *testing.T) {
	for _, line := range []string{"compare --json", "duplicates --json"} {
		s := newSession(t).piped("east\n")
		out := s.expect(t, ExitFailed, line+" --models nanogpt/BAAI/bge-m3 -")
		if strings.Contains(out, "null") || !strings.Contains(out, `"candidates":[]`) {
			t.Errorf("vecscope %s:\n%s", line, out)
		}
	}
	if out := newSession(t).piped("east\n").expect(t, ExitDone, "compare --json -"); !strings.Contains(out, `"errors":[]`) {
		t.Errorf("no errors:\n%s", out)
	}
}

func TestOneTextHasNoBackground(t *testing.T) {
	out := newSession(t).piped("east\n").expect(t, ExitDone, "compare --json --models local/compass -")
	if !strings.Contains(out, `"background":{"mean":null,"sd":null,`) {
		t.Error(out)
	}
}

func TestModelsOfServersSayWhyTheyCannotBeAsked(t *testing.T) {
	type row struct {
		ID, Provider, Model, Reason string
		Available                   bool
		Price                       *float64 `json:"price_per_million_tokens"`
	}
	find := func(s *session, id string) row {
		var rows []row
		if err := json.Unmarshal([]byte(s.expect(t, ExitDone, "models --json")), &rows); err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if r.ID == id {
				return r
			}
		}
		t.Fatalf("there is no %s", id)
		return row{}
	}
	r := find(newSession(t), "nanogpt/text-embedding-3-small")
	if r.Provider != "nanogpt" || r.Model != "text-embedding-3-small" || r.Price == nil || *r.Price != 0.02 {
		t.Errorf("row %+v", r)
	}
	if r.Available || !strings.Contains(r.Reason, "NANOGPT_API_KEY") {
		t.Errorf("without a key: %+v", r)
	}
	withKey := newSession(t)
	withKey.Environ = append(withKey.Environ, "NANOGPT_API_KEY=sk-secret")
	if r := find(withKey, "nanogpt/text-embedding-3-small"); strings.Contains(r.Reason, "NANOGPT_API_KEY") {
		t.Errorf("with a key: %+v", r)
	}
	if strings.Contains(withKey.out.String()+withKey.err.String(), "sk-secret") {
		t.Error("the key is in the output")
	}
	if r := find(newSession(t), "nanogpt/BAAI/bge-reranker-large"); r.Available || !strings.Contains(r.Reason, "reranker") {
		t.Errorf("the reranker: %+v", r)
	}
}

func TestNPYCanBeReadBack(t *testing.T) {
	s := newSession(t).piped("east\nnorth-east\n")
	data := []byte(s.expect(t, ExitDone, "embed --model local/compass --format npy -"))
	if !bytes.HasPrefix(data, []byte("\x93NUMPY\x01\x00")) {
		t.Fatalf("begins with %q", data[:8])
	}
	length := int(binary.LittleEndian.Uint16(data[8:]))
	header := string(data[10 : 10+length])
	if (10+length)%64 != 0 || !strings.HasSuffix(header, "\n") {
		t.Errorf("the numbers begin at byte %d after %q", 10+length, header)
	}
	if want := "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"; strings.TrimRight(header, " \n") != want {
		t.Errorf("header %q, want %q", header, want)
	}
	var values []float32
	for rest := data[10+length:]; len(rest) > 0; rest = rest[4:] {
		values = append(values, math.Float32frombits(binary.LittleEndian.Uint32(rest)))
	}
	for i, want := range []float32{1, 0, 0, 0.6, 0.8, 0} {
		if i >= len(values) || math.Abs(float64(values[i]-want)) > 1e-6 {
			t.Fatalf("values %v", values)
		}
	}
}

func TestNPYLeavesNothingOut(t *testing.T) {
	s := newSession(t)
	out := s.expect(t, ExitFailed, "embed --model local/compass --format npy "+file(t, "winds.csv", winds))
	if out != "" || s.err.String() != "vecscope: local/compass@3: a NumPy array cannot leave out text \"calm\", which has no vector (text 4 names no direction); take the text out or use jsonl\n" {
		t.Errorf("%q, %q", out, s.err.String())
	}
}

func TestDuplicateVerdictsAgreeWithTheThreshold(t *testing.T) {
	var d struct {
		Pairs []struct {
			A, B       string
			Similarity map[string]*float64
			Duplicate  map[string]bool
		}
	}
	s := newSession(t)
	out := s.expect(t, ExitDone, "duplicates --json --threshold 0.5 --set near-duplicates --models local/ngrams,local/use-lite@64", withLocal)
	if err := json.Unmarshal([]byte(out), &d); err != nil {
		t.Fatal(err)
	}
	last := math.Inf(1)
	for _, p := range d.Pairs {
		best := math.Inf(-1)
		for id, s := range p.Similarity {
			best = max(best, *s)
			if p.Duplicate[id] != (*s >= 0.5) {
				t.Errorf("%s and %s: %v under %s is a duplicate: %v", p.A, p.B, *s, id, p.Duplicate[id])
			}
		}
		if best < 0.5 || best > last {
			t.Errorf("%s and %s with %v after a pair with %v", p.A, p.B, best, last)
		}
		last = best
	}
	if len(d.Pairs) < 9 {
		t.Errorf("only %d pairs", len(d.Pairs))
	}
}

func TestTheModelsInsideTheBinaryAreTheDefault(t *testing.T) {
	var c struct {
		Texts      []struct{ ID, Text, Group string }
		Candidates []struct {
			ID         string
			Similarity [][]float64
			CostUSD    *float64 `json:"cost_usd"`
		}
	}
	out := newSession(t).expect(t, ExitDone, "compare --json --set polysemy", withLocal)
	if err := json.Unmarshal([]byte(out), &c); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, candidate := range c.Candidates {
		ids = append(ids, candidate.ID)
		if candidate.CostUSD == nil || *candidate.CostUSD != 0 || len(candidate.Similarity) != len(c.Texts) {
			t.Errorf("%s: cost %v, %d rows", candidate.ID, candidate.CostUSD, len(candidate.Similarity))
		}
		for i, row := range candidate.Similarity {
			if len(row) != len(c.Texts) || math.Abs(row[i]-1) > 1e-5 {
				t.Errorf("%s: row %d has %d cells and %v on the diagonal", candidate.ID, i, len(row), row[i])
			}
		}
	}
	if got := strings.Join(ids, " "); got != "local/use-lite@512 local/glove@100 local/ngrams@4096" {
		t.Errorf("candidates %s", got)
	}
	if len(c.Texts) == 0 || c.Texts[0].Group == "" {
		t.Errorf("%d texts", len(c.Texts))
	}
}

func TestUnrulyTextsAreHarmless(t *testing.T) {
	const unruly = `{"id":"\u001b[31mid","text":"\u001b]0;owned\u0007east | *b* \u202eevil\u202c\u009b31m","group":"a\tb\nc"}` + "\n" +
		`{"text":"\u001b[2Jup"}` + "\n" + `{"text":"east"}` + "\n"
	texts := file(t, "unruly.jsonl", unruly)
	for _, line := range []string{
		"compare", "compare --markdown", "compare --json", "duplicates --threshold 0",
		"duplicates --threshold 0 --json", "duplicates --threshold 0 --tsv",
		"embed --model local/ngrams@4", "embed --model local/ngrams@4 --format tsv", "embed --model local/ngrams@4 --json",
	} {
		s := newSession(t)
		out := s.expect(t, ExitDone, line+" "+texts, func(p *program) {
			withLocal(p)
			p.providers[0] = only{p.providers[0], "ngrams"}
		})
		for _, bad := range []string{"\x1b", "\a", "\u009b", "\u202e", "\r"} {
			if strings.Contains(out, bad) {
				t.Errorf("vecscope %s writes %q:\n%q", line, bad, out)
			}
		}
	}
}

func TestIDsInResultsAreUnique(t *testing.T) {
	s := newSession(t)
	texts := file(t, "t.csv", "id,text\n2,east\n,north\n,up\n")
	out := s.expect(t, ExitDone, "embed --model local/compass "+texts)
	var ids []string
	for line := range strings.Lines(out) {
		var row struct{ ID string }
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, row.ID)
	}
	if got := strings.Join(ids, " "); got != "2 #2 3" {
		t.Errorf("ids %s", got)
	}
}

func TestTextsReadOnlyInPartAreTold(t *testing.T) {
	long := strings.Repeat("the printer does not print ", 60)
	tickets := file(t, "tickets.csv", "id,text\nT1,"+long+"after the update\nT2,short\nT3,"+long+"since Monday\n")
	const line = "local/use-lite@512 read only the beginning of 2 texts (its limit is 128 tokens): T1, T3\n"
	for _, command := range []string{"compare ", "compare --markdown ", "compare --json ", "duplicates ", "duplicates --json ", "duplicates --tsv "} {
		s := newSession(t)
		out := s.expect(t, ExitDone, command+"--models local/use-lite,local/ngrams "+tickets, withLocal)
		if got := s.err.String(); got != "vecscope: "+line {
			t.Errorf("%s says %q", command, got)
		}
		switch {
		case strings.Contains(command, "json"):
			if !strings.Contains(out, `"T1","T3"]`) {
				t.Errorf("%s has no ids of clipped texts", command)
			}
		case !strings.Contains(command, "tsv") && !strings.Contains(out, "Read in part"):
			t.Errorf("%s does not tell what was read in part", command)
		}
	}
}

func TestErrorsNameATextByItsID(t *testing.T) {
	tickets := file(t, "tickets.csv", "id,text\nT1,plain words\nT12,☃☃☃\n")
	const named = "text 2 (T12) has no vector"
	for _, command := range []string{"compare --models local/glove ", "duplicates --models local/glove ", "compare --json --models local/glove ", "embed --model local/glove --format jsonl "} {
		s := newSession(t)
		out := s.expect(t, ExitFailed, command+tickets, withLocal)
		said := named
		if !strings.Contains(command, "json") {
			said = "local/glove@100: no vector for 1 of 2 texts; see Missing in the report\n"
		}
		if got := s.err.String(); !strings.Contains(got, said) || !strings.Contains(out, named) {
			t.Errorf("%s says %q and prints\n%s", command, got, out)
		}
	}
}

func TestWhereNoTextHasAVectorTheReasonIsSaid(t *testing.T) {
	s := newSession(t)
	out := s.expect(t, ExitFailed, "embed --model local/compass "+file(t, "texts.csv", "text\nnowhere\n"))
	if !strings.Contains(out, `"embedding":null`) || !strings.Contains(s.err.String(), "names no direction") {
		t.Errorf("it prints %q and says %q", out, s.err.String())
	}
}

// Vectors that a server makes shorter than it was asked for are not those that were
// asked for.
func TestShorterVectorsThanAskedForAreNotWritten(t *testing.T) {
	const want = "nanogpt/Qwen/Qwen3-Embedding-8B@4096: the vectors of nanogpt/Qwen/Qwen3-Embedding-8B have 7 dimensions, fewer than 4096"
	texts := file(t, "texts.csv", breezes)
	for _, line := range []string{"embed --yes --model", "compare --yes --models"} {
		server := apitest.New(t, apitest.Options{Quick: true})
		server.FailWhen(apitest.Always(), apitest.OfLength(7))
		s := withServer(t, server, "")
		out := s.expect(t, ExitFailed, line+" nanogpt/Qwen/Qwen3-Embedding-8B@4096 "+texts)
		if !strings.Contains(s.err.String(), want) || strings.Contains(out, `"embedding"`) {
			t.Errorf("%s says %q:\n%s", line, s.err.String(), out)
		}
	}
}
